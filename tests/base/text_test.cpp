// Tests of base/text.h: runs of words against a plain reading.
#include "base/text.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

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
    ASSERT_EQ(words_run(view), plain(view)) << '"' << view << '"';
  }
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

}  // namespace
}  // namespace offprint
