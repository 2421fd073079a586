// The words of a block are cut once for all who ask: what the lexicons say of them is what they say of the text alone.
#include "blocks/facts.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "blocks/features.h"

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
  compute_facts(Page{}, blocks, PageHints{}, node_lexicon().words, features);
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

}  // namespace
}  // namespace offprint
