// Tests of blocks/text_scan.h: the fast pass against its twin, words and their hashes against a plain reading.
#include "blocks/text_scan.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/cpu.h"
#include "blocks/lexicon.h"

namespace offprint {
namespace {

// Text of ASCII, punctuation and characters of several bytes; also broken ones.
std::string some_text(std::mt19937& random, std::size_t size) {
  static const char* const pieces[] = {"a", "Zebra", "the ", "9", " ", ". ", "?", "!\"", ",", ";", "$", "|", "@", ">", "\xC2\xA9", "\xC2\xA3",
                                       "\xC2\xBB", "\xC3\xA9", "\xE2\x82\xAC", "\xE2\x86\x92", "\xE2\x80\xBA", "\xE2\x80\xA2",
                                       "\xE3\x80\x82", "\xE3\x80\x81", "\xEF\xBC\x81", "\xEF\xBC\x8C", "\xD8\x8C", "\xF0\x9F\x98\x80", "\xE2", "\xC2",
                                       "supercalifragilisticexpialidocious", "donate ", "Maybe later", "-", "'"};
  std::string text;
  while (text.size() < size) text += pieces[random() % std::size(pieces)];
  text.resize(size);
  return text;
}

struct Found {
  std::size_t begin, end;
  std::uint32_t hash;
  bool operator==(const Found&) const = default;
};

void compare_with_twin(cpu::Level most) {
  cpu::allow_at_most(most);
  std::mt19937 random(3);
  const auto fast = std::make_unique<TextScan>(), slow = std::make_unique<TextScan>();
  for (int round = 0; round < 3000; ++round) {
    const std::size_t size = round < 300 ? static_cast<std::size_t>(round) : random() % (round % 50 == 0 ? 20000u : 300u);
    const std::string text = some_text(random, size);
    const std::unique_ptr<char[]> exact(new char[size]);  // so that a sanitizer sees one byte too many
    std::copy(text.begin(), text.end(), exact.get());
    const std::string_view view(exact.get(), size);
    scan_text(view, *fast);
    scan_text_portable(view, *slow);
    ASSERT_EQ(fast->commas, slow->commas);
    ASSERT_EQ(fast->ends, slow->ends);
    ASSERT_EQ(fast->letters, slow->letters);
    ASSERT_EQ(fast->upper, slow->upper);
    ASSERT_EQ(fast->digits, slow->digits);
    ASSERT_EQ(fast->currency, slow->currency);
    ASSERT_EQ(fast->copyright, slow->copyright);
    ASSERT_EQ(fast->pipe, slow->pipe);
    ASSERT_EQ(fast->at_sign, slow->at_sign);
    ASSERT_EQ(fast->arrow, slow->arrow);
    for (std::size_t at = 0; at < slow->scanned; at += 64) ASSERT_EQ(fast->high[at / 64], slow->high[at / 64]);
    ASSERT_EQ(fast->scanned, slow->scanned);
    ASSERT_EQ(fast->any_high, slow->any_high);
    ASSERT_EQ(fast->digit[0], slow->digit[0]);
    ASSERT_EQ(fast->digit[1], slow->digit[1]);
    ASSERT_EQ(std::string_view(fast->low, fast->scanned), std::string_view(slow->low, slow->scanned));
    for (std::size_t i = 0; i * 64 < fast->scanned; ++i) ASSERT_EQ(fast->words[i], slow->words[i]);
    for (std::size_t i = 0; i * 64 < fast->scanned; ++i) ASSERT_EQ(fast->untied[i], slow->untied[i]);
    // Words and their hashes, against the plain reading.
    std::vector<std::uint32_t> hashes, plain;
    std::size_t before = 0;
    each_word(*fast, [&](std::size_t begin, std::size_t end) {
      ASSERT_LT(begin, end);
      ASSERT_GE(begin, before);
      before = end;
      const std::string word(fast->low + begin, end - begin);
      hashes.push_back(hash_scanned(fast->low + begin, end - begin));
      ASSERT_EQ(hashes.back(), hash_word(word));
    });
    each_word_hash(view, most_scanned, [&](std::uint32_t h) { plain.push_back(h); });
    ASSERT_EQ(hashes, plain);
  }
}

TEST(TextScan, SaysWhatItsTwinSays) {
  compare_with_twin(cpu::Level::base);
  compare_with_twin(cpu::Level::avx512);
}

// Words that stand behind something that ends a phrase, by a plain reading.
TEST(TextScan, KnowsWhichWordsAreTied) {
  std::mt19937 random(5);
  const auto scan = std::make_unique<TextScan>();
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t n = random() % 300; text.size() < n;) text += random() % 2 == 0 ? 'a' : static_cast<char>(random() % 128);
    scan_text(text, *scan);
    std::size_t before = 0;
    each_word(*scan, [&](std::size_t begin, std::size_t end) {
      ASSERT_EQ((scan->untied[begin / 64] >> (begin % 64) & 1) == 0, are_soft(std::string_view(text).substr(before, begin - before))) << text;
      before = end;
    });
  }
}

TEST(NameScan, SaysWhatItsTwinSays) {
  std::mt19937 random(4);
  const auto fast = std::make_unique<NameScan>(), slow = std::make_unique<NameScan>();
  for (const cpu::Level most : {cpu::Level::base, cpu::Level::avx512}) {
    cpu::allow_at_most(most);
    for (int round = 0; round < 2000; ++round) {
      const std::size_t size = round < 700 ? static_cast<std::size_t>(round) : random() % 200;
      const std::unique_ptr<char[]> exact(new char[size]);
      for (std::size_t i = 0; i < size; ++i) exact[i] = round % 2 == 0 ? "aZ-_ bC\t9\xC3"[random() % 10] : static_cast<char>(random());
      scan_name({exact.get(), size}, *fast);
      scan_name_portable({exact.get(), size}, *slow);
      ASSERT_EQ(fast->size, slow->size);
      ASSERT_EQ(std::string_view(fast->low, fast->size), std::string_view(slow->low, slow->size));
      for (std::size_t i = 0; i < fast->size / 64 + 1; ++i) {
        ASSERT_EQ(fast->upper[i], slow->upper[i]);
        ASSERT_EQ(fast->lower[i], slow->lower[i]);
        ASSERT_EQ(fast->high[i], slow->high[i]);
        ASSERT_EQ(fast->blank[i], slow->blank[i]);
      }
    }
  }
}

TEST(TextScan, CountsWhatTheTextHolds) {
  const auto scan = std::make_unique<TextScan>();
  scan_text("Price: $12, \xE2\x82\xAC" "9; really? Yes! (\xC2\xA9 2024 | a@b > c)", *scan);
  EXPECT_EQ(scan->commas, 2u);
  EXPECT_EQ(scan->ends, 2u);
  EXPECT_EQ(scan->digits, 7u);
  EXPECT_EQ(scan->upper, 2u);
  EXPECT_EQ(scan->letters, 17u);
  EXPECT_EQ(scan->currency, 2u);
  EXPECT_TRUE(scan->copyright && scan->pipe && scan->at_sign && scan->arrow);
}

TEST(TextScan, WordsAcrossManyOf64Bytes) {
  const auto scan = std::make_unique<TextScan>();
  for (const std::size_t size : {63u, 64u, 65u, 128u, 200u, 4095u, 4096u, 5000u}) {
    std::string text(size + 3, 'w');
    text[0] = '.';
    text[size + 1] = ' ';
    text[size + 2] = 'x';
    scan_text(text, *scan);
    std::vector<Found> words;
    each_word(*scan, [&](std::size_t begin, std::size_t end) { words.push_back({begin, end, 0}); });
    ASSERT_EQ(words[0], (Found{1, std::min<std::size_t>(size + 1, most_scanned), 0})) << size;
    ASSERT_EQ(words.size(), size + 2 < most_scanned ? 2u : 1u) << size;
  }
}

}  // namespace
}  // namespace offprint
