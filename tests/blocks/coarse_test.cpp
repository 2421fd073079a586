// Pages of a million tiny blocks: past fine_blocks_of() boundaries part no more, and no visible text is lost.
#include <gtest/gtest.h>

#include <string>

#include "tests/blocks/found.h"

namespace offprint {
namespace {

std::string repeat(std::string_view what, std::size_t times) {
  std::string s;
  for (std::size_t i = 0; i < times; ++i) s += what;
  return s;
}

std::size_t letters(const Blocks& blocks, char letter) {
  std::size_t n = 0;
  for (const RawBlock& b : blocks.blocks)
    for (char c : b.text) n += c == letter;
  return n;
}

constexpr std::size_t times = 50'000;

TEST(Coarse, ManyParagraphsAreJoined) {
  const std::string html = repeat("<p>a", times);
  const Found f(html);
  EXPECT_LE(f.blocks.blocks.size(), fine_blocks_of(html.size()) + html.size() / coarse_bytes + 1);
  EXPECT_GE(f.blocks.blocks.size(), fine_blocks_of(html.size()));
  EXPECT_EQ(letters(f.blocks, 'a'), times);
  EXPECT_EQ(f.meter.noted, Limit::nodes);
  EXPECT_EQ(f.meter.spent, Limit::none);
  // Joined by a blank, not run together.
  EXPECT_EQ(f.blocks.blocks.back().text.substr(0, 4), "a a ");
}

TEST(Coarse, HiddenTextIsDropped) {
  const std::string html = repeat("<p>a", times / 2) + repeat("<p hidden>b<p>a", times / 2);
  const Found f(html);
  EXPECT_EQ(letters(f.blocks, 'a'), times);
  EXPECT_EQ(letters(f.blocks, 'b'), 0u);
}

TEST(Coarse, FewBlocksAreLeftAlone) {
  const Found f(repeat("<p>a<p hidden>b", 1000));
  EXPECT_EQ(f.blocks.blocks.size(), 2000u);
  EXPECT_EQ(f.meter.noted, Limit::none);
}

TEST(Coarse, ManyLinesOfTextAreJoined) {
  for (const char* line : {"a\n", "a\r", "a\n\n", "* a\n", "1. a\n", "# a\n"}) {
    const std::string text = repeat(line, times);
    Arena arena;
    Blocks blocks;
    Meter meter;
    flat_blocks(text, arena, blocks, meter);
    EXPECT_LE(blocks.blocks.size(), fine_blocks_of(text.size()) + text.size() / coarse_bytes + 1) << line;
    EXPECT_EQ(letters(blocks, 'a'), times) << line;
    EXPECT_EQ(meter.noted, Limit::nodes) << line;
    for (std::size_t i = 1; i < blocks.blocks.size(); ++i)
      EXPECT_LE(blocks.blocks[i - 1].span.end, blocks.blocks[i].span.begin);
  }
}

}  // namespace
}  // namespace offprint
