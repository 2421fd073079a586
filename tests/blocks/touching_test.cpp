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

TEST(Touching, LettersBeyondAscii) {
  EXPECT_EQ(first_block("<p><span>Москва</span><span>Россия</span>"), "Москва Россия");
  EXPECT_EQ(first_block("<p><span>Café</span><span>Paris</span>"), "Café Paris");
  EXPECT_EQ(first_block("<p><span>Berlin</span><span>Österreich</span>"), "Berlin Österreich");
  EXPECT_EQ(first_block("<p><b>МОСК</b><span>ВА</span>"), "МОСКВА");
  EXPECT_EQ(first_block("<p><b>漢</b><span>字</span>"), "漢字");
}

// What an editor made of one word, or of two labels.
TEST(Touching, SetAlikeTwice) {
  const auto marked = [](std::string_view html) {
    const Found found{std::string(html)};
    const RawBlock& b = found.blocks.blocks.at(0);
    std::string s(b.text);
    for (std::uint32_t i = 0; i < b.marks_count; ++i) {
      const RawMark& m = found.blocks.marks[b.marks_begin + i];
      s.append(" ").append(std::to_string(m.begin)).append("-").append(std::to_string(m.end));
    }
    return s;
  };
  EXPECT_EQ(marked("<p><b>AC</b><b>TUARIAL</b> <b>x</b>"), "ACTUARIAL x 0-9 10-11");
  EXPECT_EQ(marked("<p><b>Java</b><b>Script</b>"), "Java Script 0-4 5-11");
  EXPECT_EQ(marked("<p><b>un<i>der</i></b><b>way</b>"), "underway 0-8 2-5");
  EXPECT_EQ(marked("<p><i><b>un</b></i><b>der</b>"), "under 0-2 0-2 2-5");  // would end behind what it stands in
  EXPECT_EQ(marked("<p><i>p <b>a</b> q <b>x</b></i><b>y</b>"), "p a q xy 0-7 2-3 6-7 7-8");
  EXPECT_EQ(marked("<p><b>a</b><b>b</b><b>c</b>"), "abc 0-3");
  EXPECT_EQ(marked("<p><a href=a>un</a><a href=a>der</a>"), "under 0-2 2-5");
  EXPECT_EQ(marked("<p>x<sup>1</sup><sup>2</sup>"), "x12 1-2 2-3");
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
