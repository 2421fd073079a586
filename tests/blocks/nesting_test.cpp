// In how many lists and quotations a block stands.
#include <gtest/gtest.h>

#include "tests/blocks/found.h"

namespace offprint {
namespace {

// Of each block: its text, lists, quotations, and which of the page's lists is the outermost.
std::string nesting(std::string_view html) {
  const Found found{std::string(html)};
  std::string out;
  for (const RawBlock& b : found.blocks.blocks)
    out += std::string(b.text) + " " + std::to_string(b.in.lists) + std::to_string(b.in.quotes) + std::to_string(b.in.list) + "; ";
  return out;
}

TEST(Nesting, ListsAndQuotes) {
  EXPECT_EQ(nesting("<p>a<ul><li>b<ol><li>c</ol>d<li>e</ul><p>f<ul><li>g</ul>"), "a 000; b 101; c 201; d 101; e 101; f 000; g 102; ");
  EXPECT_EQ(nesting("<ul><li>a<blockquote>b<pre>c</pre><ul><li>d</ul></blockquote>e</ul>"), "a 101; b 111; c 111; d 211; e 101; ");
  EXPECT_EQ(nesting("<blockquote>a<ul><li>b</ul><blockquote>c</blockquote></blockquote>d"), "a 010; b 111; c 020; d 000; ");
}

// A table is a group of its own, and yet stands in a list.
TEST(Nesting, TablesInItems) {
  EXPECT_EQ(nesting("<ul><li>a<table><tr><th>b<th>c<tr><td>d<td>e</table></ul><table><tr><th>f<th>g<tr><td>h<td>i</table>"),
            "a 101; b | c 101; d | e 101; f | g 000; h | i 000; ");
}

}  // namespace
}  // namespace offprint
