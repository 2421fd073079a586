// Tests of base/text.h: runs of words against a plain reading.
#include "base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>

#include "base/ascii.h"
#include "base/cpu.h"

namespace offprint {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

// Word by word: on while a single blank and a further word follow.
std::size_t plain(std::string_view s) {
  std::size_t end = 0;
  for (;;) {
    while (end < s.size() && !is_blank(s[end])) ++end;
    if (end + 1 >= s.size() || s[end] != ' ' || is_blank(s[end + 1])) return end;
    ++end;
  }
}

TEST(Text, RunsOfWordsEndWhereBlanksAreNotSingle) {
  EXPECT_EQ(words_run(""), 0u);
  EXPECT_EQ(words_run("one"), 3u);
  EXPECT_EQ(words_run("one two "), 7u);
  EXPECT_EQ(words_run("one two  three"), 7u);
  EXPECT_EQ(words_run("one two\nthree"), 7u);
  EXPECT_EQ(words_run("one two \nthree"), 7u);
  std::mt19937 random(5);
  for (int round = 0; round < 20000; ++round) {
    const std::size_t size = 1 + random() % 80;
    const std::unique_ptr<char[]> exact(new char[size]);
    const unsigned rare = 1 + random() % 40;
    for (std::size_t i = 0; i < size; ++i)
      exact[i] = random() % rare == 0 ? "\n\t\r\f "[random() % 5] : random() % 5 == 0 ? ' ' : static_cast<char>('a' + random() % 26);
    exact[0] = 'x';
    const std::string_view view(exact.get(), size);
    for (const cpu::Level level : {cpu::Level::base, cpu::Level::avx512}) {
      cpu::allow_at_most(level);
      ASSERT_EQ(words_run(view), plain(view)) << '"' << view << '"';
    }
  }
}

TEST(CountWords, IsTheSameWithEachLevel) {
  std::mt19937 random(7);
  constexpr std::string_view pieces[] = {"a", "Z", "9", " ", " ", "-", "\n", "[", "`", "{", "/", ":", "\xC3\xA9", "\xE2\x80\x9C", "\xE4\xB8\xAD", "\xE0\xB8\x81", "\xC2\xA0"};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const std::size_t few = random() % 3 == 0 ? std::size(pieces) : 12;
    for (std::size_t left = random() % 200; left != 0; --left) text += pieces[random() % (random() % 40 == 0 ? std::size(pieces) : few)];
    const std::unique_ptr<char[]> exact(new char[text.size()]);
    text.copy(exact.get(), text.size());
    cpu::allow_at_most(cpu::Level::base);
    const std::uint32_t expected = count_words({exact.get(), text.size()});
    cpu::allow_at_most(cpu::Level::avx512);
    ASSERT_EQ(count_words({exact.get(), text.size()}), expected) << text;
  }
}

// Wherever it stands: at the seams of 64 bytes, at the end, behind what looks alike.
TEST(Unseen, IsNeverPassedOver) {
  for (const std::string_view unseen : {"\xC2\x92", "\xC2\xA0", "\xC2\xAD", "\xE2\x80\x8B", "\xE2\x81\xA0", "\xE2\x81\xA4", "\xEF\xBB\xBF"})
    for (std::size_t before = 0; before < 140; ++before)
      for (const std::string_view behind : {"", "a", "\xE2\x80\x99 and so on"}) {
        const std::string text = std::string(before, 'a').append(unseen).append(behind);
        ASSERT_TRUE(may_hold_unseen(text)) << before;
      }
  if (!cpu::has_avx512()) return;
  for (const std::string_view plain : {"", "plain", "caf\xC3\xA9", "\xE2\x80\x9Cquoted\xE2\x80\x9D as most are", "\xE6\x96\x87\xEF\xBC\x8C\xE5\xAD\x97"}) EXPECT_FALSE(may_hold_unseen(plain)) << plain;
}

TEST(Tokens, PartedByWhiteSpace) {
  const auto tokens = [](std::string_view text) {
    std::string all;
    any_token(text, [&](std::string_view token) {
      all.append(token).append("|");
      return token == "stop";
    });
    return all;
  };
  EXPECT_EQ(tokens(" a\tbc\n d "), "a|bc|d|");
  EXPECT_EQ(tokens("a stop b"), "a|stop|");
  EXPECT_EQ(tokens(" \f\r"), "");
  EXPECT_EQ(tokens(""), "");
}

TEST(SpacesRun, AsLongAsThereIsWhiteSpace) {
  std::mt19937 random(5);
  for (int round = 0; round < 5000; ++round) {
    const std::size_t size = random() % 60;
    const std::unique_ptr<char[]> exact(new char[size]);
    for (std::size_t i = 0; i < size; ++i) exact[i] = random() % 20 == 0 ? "a\v\0\xA0"[random() % 4] : " \n\t\r\f"[random() % 5];
    std::size_t expected = 0;
    while (expected < size && is_blank(exact[expected])) ++expected;
    ASSERT_EQ(spaces_run({exact.get(), size}), expected);
  }
}

TEST(WhiteSpace, GivesTheRunsOfAWholeText) {
  cpu::allow_at_most(cpu::Level::base);
  WhiteSpace none;
  EXPECT_FALSE(find_white_space("a b", none));
  cpu::allow_at_most(cpu::Level::avx512);
  std::mt19937 random(9);
  for (int round = 0; round < 20000; ++round) {
    const std::size_t size = random() % 70;
    const std::unique_ptr<char[]> exact(new char[size]);
    const unsigned rare = 1 + random() % 20;
    for (std::size_t i = 0; i < size; ++i)
      exact[i] = random() % rare == 0 ? "\n\t\r\f \v"[random() % 6] : random() % 4 == 0 ? ' ' : "az\xA0"[random() % 3];
    const std::string_view view(exact.get(), size);
    WhiteSpace spaces;
    if (!find_white_space(view, spaces)) {
      EXPECT_TRUE(size > 64 || !cpu::has_avx512());
      continue;
    }
    for (std::size_t at = 0; at < size;) {
      const std::string_view rest = view.substr(at);
      ASSERT_EQ((spaces.white >> at & 1) != 0, is_blank(rest[0]));
      const std::size_t end = at + (is_blank(rest[0]) ? spaces_run(rest) : plain(rest));
      ASSERT_EQ(is_blank(rest[0]) ? spaces.spaces_end(at) : spaces.words_end(at), end) << '"' << view << '"' << at;
      ASSERT_EQ(spaces.in(at, end), static_cast<std::size_t>(std::count_if(view.begin() + at, view.begin() + end, is_blank)));
      at = end;
    }
  }
}

}  // namespace
}  // namespace offprint
