// Formulas: MathML, KaTeX, MathJax and pictures as TeX, in running text and alone.
#include "blocks/math.h"

#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "blocks/blocks.h"

namespace offprint {
namespace {

struct Found {
  std::string html;
  Page page;
  Blocks blocks;
  Meter meter;
  explicit Found(std::string_view body) : html("<!DOCTYPE html><body>") {
    html += body;
    parse(page, html, {}, meter);
    find_blocks(page, blocks, meter);
  }
  // "kind:text" of every block, formulas in angle brackets.
  std::string all() const {
    std::string s;
    for (const RawBlock& b : blocks.blocks) {
      s.append(name_of(b.kind)).append(":");
      std::size_t at = 0;
      for (std::uint32_t i = 0; i < b.marks_count; ++i) {
        const RawMark& m = blocks.marks[b.marks_begin + i];
        if (m.kind != MarkKind::math) continue;
        s.append(b.text.substr(at, m.begin - at))
            .append("<")
            .append(b.text.substr(m.begin, m.end - m.begin))
            .append(">");
        at = m.end;
      }
      s.append(b.text.substr(at)).append("\n");
    }
    return s;
  }
};

std::string tex(std::string_view mathml) {
  Found f(std::string("<math>").append(mathml).append("</math>"));
  for (NodeId id = 0; id < f.page.nodes.size(); ++id) {
    if (f.page[id].tag != Tag::math) continue;
    std::string s;
    EXPECT_TRUE(tex_of_mathml(f.page, id, s));
    return s;
  }
  return "no math";
}

TEST(MathMl, FractionsRootsAndScripts) {
  EXPECT_EQ(tex("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>"), "\\frac{a}{b+1}");
  EXPECT_EQ(tex("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msup><mi>y</mi><mn>10</mn></msup>"),
            "x^2+y^{10}");
  EXPECT_EQ(tex("<msubsup><mi>a</mi><mi>i</mi><mrow><mn>2</mn><mi>k</mi></mrow></msubsup>"), "a_i^{2k}");
  EXPECT_EQ(tex("<msqrt><mi>x</mi><mo>−</mo><mn>1</mn></msqrt>"), "\\sqrt{x-1}");
  EXPECT_EQ(tex("<mroot><mi>x</mi><mn>3</mn></mroot>"), "\\sqrt[3]{x}");
  EXPECT_EQ(tex("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>"), "{(a)}^2");
  EXPECT_EQ(tex("<mfrac><mi>a</mi><mfrac><mi>b</mi><mi>c</mi></mfrac></mfrac>"), "\\frac{a}{\\frac{b}{c}}");
}

TEST(MathMl, SymbolsNamesAndText) {
  EXPECT_EQ(tex("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></"
                "munderover><mi>α</mi><mi>x</mi>"),
            "\\sum_{i=1}^n\\alpha x");
  EXPECT_EQ(tex("<mi>sin</mi><mo>&#x2061;</mo><mi>θ</mi>"), "\\sin\\theta");
  EXPECT_EQ(tex("<mi>rate</mi><mtext>if 5% left</mtext>"), "\\mathrm{rate}\\text{if 5\\% left}");
  EXPECT_EQ(tex("<mover><mi>x</mi><mo>→</mo></mover><mover><mi>y</mi><mo>^</mo></mover>"),
            "\\vec{x}\\hat{y}");
  EXPECT_EQ(tex("<mi mathvariant=bold>v</mi><mo>≤</mo><mi>c</mi>"), "\\mathbf{v}\\le c");
}

TEST(MathMl, TablesAndFences) {
  EXPECT_EQ(tex("<mfenced><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></"
                "mtd><mtd><mn>1</mn>"
                "</mtd></mtr></mtable></mfenced>"),
            "\\left(\\begin{matrix} 1 & 0 \\\\ 0 & 1 \\end{matrix}\\right)");
  EXPECT_EQ(tex("<mfenced open='[' close=']'><mi>a</mi><mi>b</mi></mfenced>"), "\\left[a,b\\right]");
}

TEST(MathMl, TooDeepIsNoFormula) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<msqrt>";
  Found f("<p><math>" + deep + "<mi>x</mi>");
  EXPECT_EQ(f.all(), "paragraph:x\n");
}

TEST(Formulas, MathMlInRunningText) {
  EXPECT_EQ(Found("<p>Where <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>, "
                  "all is well.")
                .all(),
            "paragraph:Where <E=mc^2>, all is well.\n");
  EXPECT_EQ(Found("<p>It follows <math display=block><mi>a</mi><mo>=</mo><mi>b</mi></math> at once.").all(),
            "paragraph:It follows\nmath:<a=b>\nparagraph:at once.\n");
  EXPECT_EQ(Found("<table><tr><th>n<th>f<tr><td>1<td><math display=block><mi>x</mi></math></table>").all(),
            "table:n | f\ntable:1 | <x>\n");
}

TEST(Formulas, TheTexThatIsNoted) {
  EXPECT_EQ(Found("<p>Let <span class=katex><span "
                  "class=katex-mathml><math><semantics><mrow><mi>x</mi></mrow><annotation "
                  "encoding='application/x-tex'>x\n \\in X</annotation></semantics></math></span><span "
                  "class=katex-html "
                  "aria-hidden=true>x∈X</span></span> be.")
                .all(),
            "paragraph:Let <x \\in X> be.\n");
  EXPECT_EQ(
      Found("<p>So <span class=mwe-math-element><span style='display: none'><math alttext='{\\displaystyle "
            "x^{2}}'><mi>x</mi>"
            "</math></span><img class=mwe-math-fallback-image-inline alt='{\\displaystyle x^{2}}'></span>.")
          .all(),
      "paragraph:So <x^{2}>.\n");
  EXPECT_EQ(Found("<p>As <img class=latex alt='E=mc^2' src=x.png> says.").all(),
            "paragraph:As <E=mc^2> says.\n");
}

TEST(Formulas, MathJax) {
  EXPECT_EQ(
      Found(
          "<p>Of <span class=MathJax_Preview>[x]</span><span class=MathJax id=a><span>x</span></span><script "
          "type='math/tex'>x_1</script> more.")
          .all(),
      "paragraph:Of <x_1> more.\n");
  EXPECT_EQ(Found("<p>A<div class=MathJax_Display><span class=MathJax>x</span></div><script type='math/tex; "
                  "mode=display'>x^2"
                  "</script>B")
                .all(),
            "paragraph:A\nmath:<x^2>\nparagraph:B\n");
  EXPECT_EQ(Found("<p>By "
                  "<mjx-container><mjx-math></mjx-math><mjx-assistive-mml><math><mfrac><mn>1</mn><mi>n</mi></"
                  "mfrac></math>"
                  "</mjx-assistive-mml></mjx-container>.")
                .all(),
            "paragraph:By <\\frac{1}{n}>.\n");
}

// A box that holds none is looked through for every box around it; together no more than a few times the
// page.
TEST(Formulas, BoxesWithinBoxesCostLittle) {
  std::string html = "<math></math>";
  for (int i = 0; i < 20'000; ++i) html += "<span class=katex>x</span><span class=katex>";
  const std::clock_t start = std::clock();
  EXPECT_EQ(Found(html).blocks.blocks.size(), 1u);
  EXPECT_LT(double(std::clock() - start) / CLOCKS_PER_SEC, 2.0);
}

TEST(Formulas, WhatIsNone) {
  EXPECT_EQ(
      Found("<p>A <img class=photo alt='x^2'> b <span class=katex>c</span> <script>var a</script> d.").all(),
      "paragraph:A b c d.\n");
}

// As they stand in a page that loads MathJax or KaTeX to set them.
TEST(RawTex, OfPagesThatSetThem) {
  const std::string mathjax = "<script src=/lib/mathjax@3/tex-chtml.js></script>", dollars = "<script>MathJax={tex:{inlineMath:[['$','$']]}}</script>" + mathjax;
  const auto all = [](const std::string& body) { return Found(body).all(); };
  EXPECT_EQ(all(mathjax + "<p>Let \\(a_1 + b_2\\) be, or \\[ x \\] or $$y$$."), "paragraph:Let <a_1 + b_2> be, or <x> or <y>.\n");
  EXPECT_EQ(all("<p>Let \\(a_1\\) be $$y$$."), "paragraph:Let \\(a_1\\) be $$y$$.\n");  // nothing sets them
  EXPECT_EQ(all(mathjax + "<p>$$\\frac{a}\n{b}$$<p>$$a$$ b"), "math:<\\frac{a} {b}>\nparagraph:<a> b\n");
  EXPECT_EQ(all(mathjax + "<p>It costs $5 and $6, \\$7, \\(8"), "paragraph:It costs $5 and $6, \\$7, \\(8\n");
  EXPECT_EQ(all(dollars + "<p>$x^2$ costs \\$5; $ 5 and 6$7"), "paragraph:<x^2> costs \\$5; $ 5 and 6$7\n");
  EXPECT_EQ(all(mathjax + "<p><code>\\(x\\)</code> is \\(a<em>1 + b</em>2\\) <b>bold</b><pre>$$x$$</pre>"), "paragraph:\\(x\\) is <a1 + b2> bold\ncode:$$x$$\n");
  EXPECT_EQ(all("<script src=/katex/contrib/auto-render.min.js></script><table><tr><th>a<th>b<tr><td>\\(x\\)<td>\\(y\\)</table>"), "table:a | b\ntable:<x> | <y>\n");
}

TEST(RawTex, BordersOfFormulas) {
  const std::string mathjax = "<script src=mathjax.js></script>";
  const auto all = [](const std::string& body) { return Found(body).all(); };
  EXPECT_EQ(all(mathjax + "<table><tr><th>a<th>b<th>c<tr><td>x<td>$$ to<td>$$ more</table>"), "table:a | b | c\ntable:x | $$ to | $$ more\n");
  EXPECT_EQ(all(mathjax + "<p><code>\\(</code> before \\(x^2\\)"), "paragraph:\\( before <x^2>\n");
  EXPECT_EQ(all(mathjax + "<p>\\(x\\ \\) and \\(a $ b\\)"), "paragraph:<x\\ > and \\(a $ b\\)\n");
}

TEST(RawTex, MarksMoveWithTheText) {
  const Found f("<script src=mathjax.js></script><p><b>a</b> \\(x\\) <b>c</b>");
  const RawBlock& b = f.blocks.blocks.at(0);
  ASSERT_EQ(b.text, "a x c");
  ASSERT_EQ(b.marks_count, 3u);
  const RawMark* const m = &f.blocks.marks[b.marks_begin];
  EXPECT_EQ(m[1].kind, MarkKind::math);
  EXPECT_EQ(m[2].kind, MarkKind::strong);
  EXPECT_EQ(b.text.substr(m[2].begin, m[2].end - m[2].begin), "c");
}

}  // namespace
}  // namespace offprint
