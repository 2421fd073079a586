// Where elements touch and style sheets would set what they hold apart.
#include <gtest/gtest.h>

#include "tests/blocks/found.h"

namespace offprint {
namespace {

std::string first_block(std::string_view html) {
  const Found found{std::string(html)};
  return found.blocks.blocks.empty() ? "" : std::string(found.blocks.blocks[0].text);
}

TEST(Touching, WordsOfElementsAreParted) {
  EXPECT_EQ(first_block("<p><span>By</span><b>Jane</b>"), "By Jane");
  EXPECT_EQ(first_block("<p><span><i>Jane</i></span><span><i>March</i></span>"), "Jane March");
  EXPECT_EQ(first_block("<p><span>accessories</span><span>1385</span>"), "accessories 1385");
  EXPECT_EQ(first_block("<p><span>14</span><span>items</span>"), "14 items");
  EXPECT_EQ(first_block("<p><span>KEEN</span><span>Zionic</span>"), "KEEN Zionic");
  EXPECT_EQ(first_block("<p><span>28.09.19</span><span>12:44</span>"), "28.09.19 12:44");
  EXPECT_EQ(first_block("<p><span>4.9</span><span class=line></span><span>1,316 reviews</span>"), "4.9 1,316 reviews");
  EXPECT_EQ(first_block("<p><span>was</span><s>$500</s>"), "was $500");
  EXPECT_EQ(first_block("<p><span>A wall in 2025.</span><span>Getty Images</span>"), "A wall in 2025. Getty Images");
}

TEST(Touching, PartsOfWordsAreNot) {
  EXPECT_EQ(first_block("<p><b>O</b><span>nce</span> upon"), "Once upon");
  EXPECT_EQ(first_block("<p><b>T</b><span>HE STORY</span>"), "THE STORY");
  EXPECT_EQ(first_block("<p>Java<b>Script</b>"), "JavaScript");
  EXPECT_EQ(first_block("<p><b>U.</b><b>S.</b>"), "U.S.");
  EXPECT_EQ(first_block("<p>1<sup>st</sup>"), "1st");
  EXPECT_EQ(first_block("<p><span>19</span><sup>99</sup>"), "1999");
  EXPECT_EQ(first_block("<p><i>x</i><sup>2</sup><i>y</i>"), "x2y");
  EXPECT_EQ(first_block("<p><b>un</b><i>likely</i>"), "unlikely");
  EXPECT_EQ(first_block("<p><span>1</span><span>3</span><span>2</span>"), "132");  // digits of a counter
  EXPECT_EQ(first_block("<p><b>2</b><b>024</b>"), "2024");
  EXPECT_EQ(first_block("<p><a href=/p>P</a><a href=/p>acking cubes</a>"), "Packing cubes");
}

}  // namespace
}  // namespace offprint
