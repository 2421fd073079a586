// The words of a block are cut once for all who ask: what the lexicons say of them is what they say of the text alone.
#include "blocks/facts.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <set>
#include <string>

#include "base/cpu.h"
#include "blocks/features.h"
#include "blocks/head_words.h"
#include "blocks/text_scan.h"

namespace offprint {
namespace {

TEST(Facts, HitsAreThoseOfTheTextAlone) {
  const char* pieces[] = {"donate",  "become a supporter", "don’t", "“once”",     " ",   " ",     " ",       "-",      "’",      "…",
                          "пожертвовать", "unterstützen Sie uns", "café", "cookie",  "ﬁ",   "寄付する", "クッキー", "e\u0301", ". ",     "\u00AD",
                          "newsletter",   "sign up",              "€ 5",  "Spenden", "x",   "—",     "؟",       "ادعمنا", "\u00A0", "a month"};
  std::mt19937 random(17);
  std::string text;
  for (int line = 0; line < 3000; ++line) {
    const std::size_t count = 1 + random() % (line % 5 == 0 ? 160 : 12);  // some lines are longer than what is looked at
    for (std::size_t k = 0; k < count; ++k) text += pieces[random() % std::size(pieces)];
    text += "\n\n";
  }
  Arena arena;
  Blocks blocks;
  Meter meter;
  flat_blocks(text, arena, blocks, meter);
  ASSERT_GT(blocks.blocks.size(), 2000u);
  Features features;
  compute_facts(blocks, PageHints{}, node_lexicon().words, features);
  std::size_t hits = 0, beyond = 0;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    const std::string_view s = blocks.blocks[i].text;
    LexiconHits alone;
    match_lexicons(s, alone);
    const LexiconHits& said = features.facts[i].hits;
    ASSERT_EQ(said.purposes, alone.purposes) << s;
    ASSERT_EQ(said.count, alone.count) << s;
    ASSERT_EQ(said.bytes, alone.bytes) << s;
    ASSERT_EQ(said.scanned, alone.scanned) << s;
    hits += alone.purposes != 0;
    beyond += alone.purposes != 0 && s.size() > lexicon_bytes;
  }
  EXPECT_GT(hits, 1000u);
  EXPECT_GT(beyond, 100u);
}

// The vector of a text is the mean of those of its first words, however it is summed; what is said twice
// shares one.
TEST(Facts, VectorsAreMeansOfWords) {
  const char* pieces[] = {"the",    "of",   "read", "more", "sign", "in",     "comments",  "share",
                          "xqzzyk", "news", "by",   "2021", "über", "cookie", "Subscribe", "ask"};
  std::mt19937 random(5);
  std::string text;
  for (int line = 0; line < 400; ++line) {
    const std::size_t count = 1 + random() % (line % 9 == 0 ? 40 : 6);
    for (std::size_t k = 0; k < count; ++k) text += std::string(pieces[random() % std::size(pieces)]) + " ";
    text += "\n\n";
  }
  text += "xqzzyk\n\n";
  Arena arena;
  Blocks blocks;
  Meter meter;
  flat_blocks(text, arena, blocks, meter);
  const NodeLexicon lexicon = node_lexicon();
  Page none;
  for (const cpu::Level most : {cpu::Level::base, cpu::Level::avx2, cpu::Level::avx512})
    for (const bool flat : {true, false}) {
      cpu::allow_at_most(most);
      blocks.flat = flat;
      const TokenTable& table = flat ? lexicon.flat_words : lexicon.words;
      Features features;
      prepare_features(none, blocks, PageHints{}, lexicon, features);
      std::size_t some = 0;
      std::vector<std::uint32_t> words;
      for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
        collect_words(blocks.blocks[i].text, words);
        std::vector<int> sums(vector_width);
        int count = 0;
        for (const std::uint32_t word : words) {
          const TokenRecord* const record = table.find(word);
          const TokenVector* const vector = record == nullptr ? nullptr : table.vector_of(record);
          if (vector == nullptr) continue;
          ++count;
          for (std::size_t k = 0; k < vector_width; ++k) sums[k] += vector->of[k];
        }
        some += count > 0;
        ASSERT_EQ(features.vectors.of_block[i] == 0, count == 0) << blocks.blocks[i].text;
        for (std::size_t k = 0; k < vector_width; ++k) {
          const int mean = count == 0 ? 0 : (sums[k] * ((4096 + count / 2) / count)) >> 8;
          ASSERT_EQ(features.vectors.of(i)[k], mean) << blocks.blocks[i].text;
        }
      }
      EXPECT_GT(some, 390u);
      EXPECT_LT(features.vectors.means.size(), some + 1) << "some lines are said twice";
    }
  cpu::allow_at_most(cpu::Level::avx512);
}

// What a text has in common with the head is counted word by word here.
void expect_shares(std::size_t words) {
  std::mt19937 random(static_cast<unsigned>(words));
  const auto add_word = [](std::string& to, std::size_t k) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    k = k * k % 1201;
    to += letters[k / 36];
    to += letters[k % 36];
    to += k % 7 == 0 ? ", " : " ";
  };
  const auto some = [&](std::size_t count) {
    std::string s;
    for (std::size_t k = 0; k < count; ++k) add_word(s, random());
    return s;
  };
  const std::string title = some(20);
  std::string description;
  for (std::size_t k = 0; k < words; ++k) add_word(description, k);
  std::string text;
  for (int line = 0; line < 300; ++line) text += some(1 + random() % 30) + "\n\n";
  text += text;  // each comes twice
  Arena arena;
  Blocks blocks;
  Meter meter;
  flat_blocks(text, arena, blocks, meter);
  Features features;
  PageHints hints;
  hints.title = title;
  hints.description = description;
  auto scan = std::make_unique<TextScan>();
  EXPECT_EQ(HeadWords(hints, *scan).crowded, words > 300);
  compute_facts(blocks, hints, node_lexicon().words, features);
  const auto set_of = [](std::string_view s) {
    std::set<std::uint32_t> set;
    each_word_hash(s, 1200, [&](std::uint32_t h) { set.insert(h); });
    return set;
  };
  const std::set<std::uint32_t> of_title = set_of(title), of_description = set_of(description);
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    std::size_t all = 0, in_title = 0, in_description = 0;
    each_word_hash(blocks.blocks[i].text, most_scanned, [&](std::uint32_t h) {
      ++all;
      in_title += of_title.count(h);
      in_description += of_description.count(h);
    });
    const TextFacts& f = features.facts[i];
    ASSERT_EQ(f.block_in_title, static_cast<float>(in_title) / static_cast<float>(all));
    ASSERT_EQ(f.block_in_description, static_cast<float>(in_description) / static_cast<float>(all));
    ASSERT_GE(f.duplicates, 2);
  }
}
TEST(Facts, SharesOfTheHead) {
  expect_shares(40);
}
// More words than its buckets hold.
TEST(Facts, SharesOfALongHead) {
  expect_shares(380);
}

// Hashes made to begin at the same slot: only so many are kept, and looking for any of them ends soon.
TEST(Facts, WordsThatCollide) {
  std::uint32_t inverse = 1;  // of the factor by which slots are told, modulo 2^32
  for (int i = 0; i < 5; ++i) inverse *= 2 - 0x9E3779B1u * inverse;
  WordSet set;
  set.build(16'384);
  for (std::uint32_t i = 0; i < 16'384; ++i) set.insert(inverse * ((i & 127) | 5u << 7 | i >> 7 << 25));
  EXPECT_GT(set.count, 100u);
  EXPECT_LE(set.count, most_probes);
  std::size_t found = 0;
  for (std::uint32_t i = 0; i < 16'384; ++i) found += set.contains(inverse * ((i & 127) | 5u << 7 | i >> 7 << 25));
  EXPECT_EQ(found, set.count);
}

}  // namespace
}  // namespace offprint
