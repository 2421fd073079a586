// Marks of duplicates: equal texts are equal, like texts near, others far.
#include "pipeline/hashes.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace offprint::testing {
namespace {

using pipeline::simhash;
using pipeline::text_hash;

std::string text_of(unsigned seed, int words) {
  std::mt19937 random(seed);
  std::string text;
  for (int i = 0; i < words; ++i) {
    for (unsigned n = 3 + random() % 6; n > 0; --n) text.push_back(static_cast<char>('a' + random() % 26));
    text.push_back(i % 20 == 19 ? '\n' : ' ');
  }
  return text;
}
int apart(std::string_view a, std::string_view b) {
  return std::popcount(simhash(a) ^ simhash(b));
}

TEST(Hashes, ExactOnes) {
  EXPECT_EQ(text_hash(""), "99aa06d3014798d86001c324468d497f");  // as xxhsum -H2 has it
  EXPECT_NE(text_hash("a"), text_hash("a "));
  EXPECT_EQ(text_hash(text_of(1, 500)), text_hash(text_of(1, 500)));
}

TEST(Hashes, NearOnesAreNear) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    const std::string text = text_of(seed, 400);
    std::string changed = text;
    changed.replace(text.find(' ', 700) + 1, 3, "xyz");
    EXPECT_LE(apart(text, changed), 8) << seed;
    EXPECT_LE(apart(text, text + "Read more: one two three"), 8) << seed;
    EXPECT_GE(apart(text, text_of(seed + 1000, 400)), 12) << seed;
  }
}

TEST(Hashes, OnlyWordsCount) {
  const std::string text = text_of(7, 60);
  std::string shouted, spaced;
  for (const char c : text) {
    shouted.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    spaced += c == ' ' ? ", \xe2\x80\x94 " : std::string(1, c);
  }
  EXPECT_EQ(simhash(text), simhash(shouted));
  EXPECT_EQ(simhash(text), simhash(spaced));
  EXPECT_EQ(simhash("a\xc2\xa0"
                    "b c"),
            simhash("a b c"));
  EXPECT_NE(simhash("one two three"), simhash("three two one"));
}

TEST(Hashes, ShortOnes) {
  EXPECT_EQ(simhash(""), 0u);
  EXPECT_EQ(simhash(" \n.,-"), 0u);
  EXPECT_NE(simhash("one"), 0u);
  EXPECT_NE(simhash("one"), simhash("two"));
  EXPECT_NE(simhash("one two"), simhash("two one"));
  // Ideographs are words each: a run of them has neighbours.
  EXPECT_EQ(simhash("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"),
            simhash("\xe6\x97\xa5 \xe6\x9c\xac \xe8\xaa\x9e"));
  // Bytes that end amid a character are nothing to fear.
  for (const char* cut : {"\xe6", "\xe6\x97", "\xc3", "\xf0\x9f", "a\xc2"}) simhash(cut);
}

// Every count that the planes add up is right: against plain counting.
TEST(Hashes, PlanesCountAsLoopsDo) {
  // All features the same: the simhash is that of one of them.
  std::string same;
  for (int i = 0; i < 1000; ++i) same += "x ";
  EXPECT_EQ(simhash(same), simhash("x x x"));
  // Ten, twenty and so on of random ones: the bits that most of them have.
  std::vector<std::string> words;
  for (int n = 3; n < 200; ++n) {
    words.clear();
    std::string text;
    for (int i = 0; i < n; ++i) {
      words.push_back(std::to_string(i * i % 97));
      words.back().push_back(i % 2 == 0 ? 'a' : 'b');
      text.append(words.back()).append(1, ' ');
    }
    std::array<int, 64> set{};
    for (std::size_t i = 2; i < words.size(); ++i) {
      std::string three = words[i - 2];
      three.append(1, ' ').append(words[i - 1]).append(1, ' ').append(words[i]);
      const std::uint64_t feature = simhash(three);
      for (unsigned bit = 0; bit < 64; ++bit) set[bit] += feature >> bit & 1;
    }
    std::uint64_t expected = 0;
    for (unsigned bit = 0; bit < 64; ++bit)
      if (2 * set[bit] > n - 2) expected |= std::uint64_t{1} << bit;
    ASSERT_EQ(simhash(text), expected) << n;
  }
}

TEST(Hashes, Speed) {
  const std::string text = text_of(3, 200'000);
  std::uint64_t sum = 0;
  double least = 1e9;  // of five rounds, microseconds of CPU time
  for (int i = 0; i < 5; ++i) {
    rusage before{}, after{};
    ::getrusage(RUSAGE_SELF, &before);
    sum += simhash(text) + text_hash(text).size();
    ::getrusage(RUSAGE_SELF, &after);
    least = std::min(least, static_cast<double>(after.ru_utime.tv_sec - before.ru_utime.tv_sec) * 1e6 +
                                static_cast<double>(after.ru_utime.tv_usec - before.ru_utime.tv_usec));
  }
  const double per_kb = least / (static_cast<double>(text.size()) / 1000);
  std::printf("%.2f us/KB (%d)\n", per_kb, sum != 0);
  // Below 5 on the machine that it was written on; others may be half as fast.
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(per_kb, 10);
#endif
}

}  // namespace
}  // namespace offprint::testing
