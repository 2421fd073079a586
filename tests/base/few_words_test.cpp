#include "base/few_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace offprint {
namespace {

constexpr std::string_view words[] = {"ab", "abba", "b-a", "/a/", "aab"};
constexpr WordBeginnings beginnings{words};

TEST(FewWords, Found) {
  EXPECT_EQ(words_in("", words, beginnings), 0u);
  EXPECT_EQ(words_in("a", words, beginnings), 0u);
  EXPECT_EQ(words_in("xAb", words, beginnings), 1u);
  EXPECT_EQ(words_in("ABBA", words, beginnings), 0b11u);
  EXPECT_EQ(words_in("x b-a /A/", words, beginnings), 0b1100u);
  EXPECT_EQ(words_in("abb", words, beginnings), 1u);
  EXPECT_EQ(words_in("\xc3\xa4"
                     "b",
                     words, beginnings),
            0u);
}

// As one search after another finds them.
TEST(FewWords, AsSearchesDo) {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % 12, ' ');
    for (char& c : text) c = "abAB-/o \xe1"[random() % 9];
    std::string lower = text;
    for (char& c : lower) c = to_lower(c);
    unsigned expected = 0;
    for (std::size_t i = 0; i < std::size(words); ++i)
      if (lower.find(words[i]) != std::string::npos) expected |= 1u << i;
    ASSERT_EQ(words_in(text, words, beginnings), expected) << text;
  }
}

// Whatever was asked before, the answer is that of the function; strings asked for again are not looked at
// again.
TEST(FewWords, RecentStrings) {
  std::mt19937 random(11);
  std::vector<std::string> strings{"", "a", "eight by"};
  for (int i = 0; i < 500; ++i)
    strings.push_back(std::string(random() % 20, 'x') + std::to_string(random() % 200));
  RecentStrings<std::size_t> recent;
  int looked = 0;
  const auto find = [&](std::string_view text) {
    ++looked;
    return std::hash<std::string_view>{}(text);
  };
  for (int i = 0; i < 20000; ++i) {
    const std::string& text = strings[random() % (i % 2 == 0 ? 5 : strings.size())];
    ASSERT_EQ(recent.get(text, find), std::hash<std::string_view>{}(text)) << text;
  }
  EXPECT_LT(looked, 15000);
  looked = 0;
  for (int i = 0; i < 100; ++i) (void)recent.get(strings[2], find);
  EXPECT_LE(looked, 1);
}

}  // namespace
}  // namespace offprint
