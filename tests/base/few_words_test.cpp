#include "base/few_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/places.h"

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

// As one search after another finds them, by all ways of looking.
TEST(FewWords, AsSearchesDo) {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % (round % 3 == 0 ? 12 : round % 3 == 1 ? 60 : 200), ' ');
    for (char& c : text) c = "abAB-/o \xe1"[random() % 9];
    std::string lower = text;
    for (char& c : lower) c = to_lower(c);
    unsigned expected = 0;
    for (std::size_t i = 0; i < std::size(words); ++i)
      if (lower.find(words[i]) != std::string::npos) expected |= 1u << i;
    for (const cpu::Level most : {cpu::Level::base, cpu::Level::avx512}) {
      cpu::allow_at_most(most);
      ASSERT_EQ(words_in(text, words, beginnings), expected) << text;
    }
  }
}

TEST(Places, EveryOneIsFoundOnceInOrder) {
  for (std::size_t size = 0; size < 70; ++size)
    for (std::size_t step = 1; step < 9; ++step) {
      std::string text(size, 'x');
      std::vector<std::size_t> put, found;
      for (std::size_t at = step - 1; at < size; at += step) {
        text[at] = '/';
        put.push_back(at);
      }
      each_place(text, '/', [&](std::size_t at) { found.push_back(at); });
      EXPECT_EQ(found, put) << text;
      for (std::size_t i = 0; i < put.size(); i += 2) text[put[i]] = '=';
      found.clear();
      each_place(text, '/', '=', [&](std::size_t at) { found.push_back(at); });
      EXPECT_EQ(found, put) << text;
    }
}

}  // namespace
}  // namespace offprint
