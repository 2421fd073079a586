// Code keeps its lines and their indentation, whatever boxes a highlighter made of them.
#include <gtest/gtest.h>

#include <string>

#include "blocks/code_lines.h"
#include "tests/blocks/found.h"

namespace offprint {
namespace {

std::string blocks_of(std::string_view body) {
  const Found found(in_body(body));
  std::string s;
  for (const RawBlock& b : found.blocks.blocks) s.append(name_of(b.kind)).append("[").append(b.text).append("]");
  return s;
}

std::string without_numbers(std::string code) {
  drop_line_numbers(code);
  return code;
}

TEST(Code, LinesAndIndentation) {
  EXPECT_EQ(blocks_of("<p>See:</p><pre>\n\ndef f():\n    return 1\n\n</pre>"),
            "paragraph[See:]code[def f():\n    return 1]");
  EXPECT_EQ(blocks_of("<pre>    x\n  y</pre>"), "code[    x\n  y]");
  EXPECT_EQ(blocks_of("<pre>a<br>  b</pre>"), "code[a\n  b]");
}

TEST(Code, BoxesOfLines) {
  EXPECT_EQ(blocks_of("<pre><code><div class=line>if x:</div><div class=line>    y</div></code></pre>"),
            "code[if x:\n    y]");
  EXPECT_EQ(blocks_of("<pre><ol><li>a();<li>  b();</ol></pre><p>So."), "code[a();\n  b();]paragraph[So.]");
  EXPECT_EQ(blocks_of("<pre><span class=line>a</span>\n<span class=line>  b</span></pre>"), "code[a\n  b]");
  EXPECT_EQ(blocks_of("<pre>>>> run()\n<div>out 1\nout 2\n</div>>>> end()\n</pre>"),
            "code[>>> run()\nout 1\nout 2\n>>> end()]");
  EXPECT_EQ(blocks_of("<pre>a<div hidden>copy</div>b</pre>"), "code[a]code[copy]code[b]");
}

TEST(Code, SpansOfLines) {
  EXPECT_EQ(blocks_of("<pre><code><span class=line><i>let</i> a</span><span class=line>let b</span></code></pre>"), "code[let a\nlet b]");
  EXPECT_EQ(blocks_of("<pre><span class=line>a\n</span><span class=line>b\n</span></pre>"), "code[a\nb]");
  EXPECT_EQ(blocks_of("<pre><span class=k>a</span><span class=k>b</span></pre>"), "code[ab]");
}

TEST(Code, NumbersOfLines) {
  EXPECT_EQ(without_numbers("1\nimport os\n2\n3\n    x()"), "import os\n\n    x()");
  EXPECT_EQ(without_numbers(" 1 a\n 2   b\n 3 c"), "a\n  b\nc");
  EXPECT_EQ(without_numbers("1a\n2  b\n3"), "a\n  b\n");
  EXPECT_EQ(
      blocks_of("<pre><div><span>1</span><div>a</div></div><div><span>2</span><div>  b</div></div></pre>"),
      "code[a\n  b]");
}

// In a cell of their own, as highlighters lay them out.
TEST(Code, NumbersInACell) {
  EXPECT_EQ(blocks_of("<table><tr><td><pre><span>1</span>\n<span>2</span></pre><td><pre>a\nb</pre></table>"), "code[a\nb]");
  EXPECT_EQ(blocks_of("<table><tr><td><div><pre>9\n10</pre></div><td><pre>a\nb</pre></table>"), "code[a\nb]");
  EXPECT_EQ(blocks_of("<pre>1\n2</pre><table><tr><td><pre>a</pre><td><pre>3</pre></table>"), "code[1\n2]code[a]code[3]");
  EXPECT_EQ(blocks_of("<table><tr><td class=gutter><pre>1</pre><td><pre>a</pre></table>"), "code[a]");
  EXPECT_EQ(blocks_of("<table><tr><td class=lntd><pre>1</pre><td class=lntd><pre>a</pre></table>"), "code[a]");
  EXPECT_EQ(blocks_of("<table><tr><td><pre>1\n2\n3</pre><td><pre><div>a</div>\n<div>b</div><div>c</div></pre></table>"), "code[a\nb\nc]");
  for (const char* none : {"", "1 3", "2\n1", "1a", "1\n2 b", "0"}) EXPECT_EQ(count_line_numbers(none), 0u) << none;
  EXPECT_EQ(count_line_numbers(" 9\n10 "), 2u);
}

// What a program reads, beside what it is to write.
TEST(Code, NumbersThatAreData) {
  EXPECT_EQ(blocks_of("<table><tr><td><pre>3</pre><td><pre>6</pre></table>"), "code[3]code[6]");
  EXPECT_EQ(blocks_of("<table><tr><td><pre>1</pre><td><pre>one</pre></table>"), "code[1]code[one]");
  EXPECT_EQ(blocks_of("<table><tr><td><pre>1\n2</pre><td><pre>3\n4</pre></table>"), "code[1\n2]code[3\n4]");
  EXPECT_EQ(blocks_of("<table><tr><td><pre>4\n5\n6\n7</pre><td><pre>yes</pre></table>"), "code[4\n5\n6\n7]code[yes]");
}

TEST(Code, OtherNumbersStay) {
  for (const char* code : {"1\n2\n3", "1 a\n3 b\n4 c", "10 PRINT\n20 GOTO 10", "1 a\n2 b", "1\na\nb\n2\nc",
                           "", "1", "x\n1\n2", "1234567 a\nb\nc"})
    EXPECT_EQ(without_numbers(code), code);
}

}  // namespace
}  // namespace offprint
