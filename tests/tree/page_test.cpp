// Spans, names, attributes and text of ordinary pages.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/tree/dat.h"
#include "tests/tree/well_formed.h"
#include "tree/plain_ends.h"

namespace offprint::tests {
namespace {

struct Parsed {
  std::unique_ptr<char[]> buffer;
  Page page;
  Meter meter;

  explicit Parsed(std::string_view html, Budgets budgets = {})
      : buffer(new char[html.size()]), meter(budgets) {
    html.copy(buffer.get(), html.size());
    parse(page, {buffer.get(), html.size()}, {}, meter);
  }
  NodeId find(std::string_view element) const {
    for (NodeId at = document_node; at != no_node; at = next_in_order(page, at, document_node))
      if (page[at].kind == NodeKind::element && name(page, at) == element) return at;
    return no_node;
  }
  std::string source(NodeId id) const {
    return std::string(page.input.substr(page[id].span.begin, page[id].span.size()));
  }
};

constexpr std::string_view article =
    "<!DOCTYPE html><html lang=en><head><title>A title</title></head>\n<body class='x'>"
    "<h1>Head</h1><p>One <b>bold</b> and <a href='?a=1&amp;b=2'>link</a>.</p><ul><li>1</li><li>2</li></ul>"
    "<table><tbody><tr><td>cell</td></tr></tbody></table><pre>\r\nx\r\ny</pre><img src=i></body></html>";

TEST(Spans, ElementsBeginWithTheirTagAndEndWithTheirEndTag) {
  const Parsed p(article);
  ASSERT_TRUE(well_formed(p.page));
  for (NodeId at = document_node; at != no_node; at = next_in_order(p.page, at, document_node)) {
    const Node& n = p.page[at];
    if (n.kind != NodeKind::element) continue;
    const std::string source = p.source(at), tag(name(p.page, at));
    EXPECT_TRUE(source.starts_with("<" + tag)) << source;
    EXPECT_EQ(p.page.input[n.open_end - 1], '>') << source;
    if (tag != "img") {
      EXPECT_TRUE(source.ends_with("</" + tag + ">")) << source;
    }
  }
  EXPECT_EQ(p.source(p.find("img")), "<img src=i>");
  EXPECT_EQ(p.source(p.find("b")), "<b>bold</b>");
}

TEST(Spans, ChildrenLieInsideTheirParents) {
  const Parsed p(article);
  for (NodeId at = p.page.html; at != no_node; at = next_in_order(p.page, at, p.page.html)) {
    const Node& n = p.page[at];
    const Node& parent = p.page[n.parent];
    EXPECT_GE(n.span.begin, parent.span.begin) << p.source(at);
    EXPECT_LE(n.span.end, parent.span.end) << p.source(at);
    if (n.previous != no_node) {
      EXPECT_GE(n.span.begin, p.page[n.previous].span.end) << p.source(at);
    }
  }
}

TEST(Spans, VerbatimTextIsItsSource) {
  const Parsed p(article);
  int verbatim = 0;
  for (NodeId at = document_node; at != no_node; at = next_in_order(p.page, at, document_node)) {
    if (p.page[at].kind != NodeKind::text) continue;
    const std::string source = p.source(at);
    if (source.find('\r') != std::string::npos) {
      EXPECT_EQ(p.page[at].text(), "x\ny");  // the first newline of <pre> is neither text nor span
      EXPECT_EQ(source, "x\r\ny");
      continue;
    }
    EXPECT_EQ(p.page[at].text(), source);
    ++verbatim;
  }
  EXPECT_EQ(verbatim, 11);
}

TEST(Spans, ImpliedElementsHaveNoTagOfTheirOwn) {
  const Parsed p("<p>x<table><td>y</table>z");
  for (const char* tag : {"html", "head", "body", "tbody", "tr"}) {
    const Node& n = p.page[p.find(tag)];
    EXPECT_EQ(n.open_end, n.span.begin) << tag;
  }
  EXPECT_EQ(p.source(p.find("table")), "<table><td>y</table>");
  EXPECT_EQ(p.source(p.find("tbody")), "<td>y");  // from where it was implied to where it was closed
  EXPECT_EQ(p.source(p.find("td")), "<td>y");
  EXPECT_EQ(p.source(p.find("body")), "<p>x<table><td>y</table>z");
}

TEST(Spans, WithoutAnEndTagAnElementEndsWhereItIsClosed) {
  const Parsed p("<body><p>one<p>two<ul><li>a<li>b</ul></body>");
  EXPECT_EQ(p.source(p.find("p")), "<p>one");
  EXPECT_EQ(p.source(p.find("li")), "<li>a");
  EXPECT_EQ(p.source(p.find("ul")), "<ul><li>a<li>b</ul>");
  EXPECT_EQ(p.source(p.find("body")), "<body><p>one<p>two<ul><li>a<li>b</ul></body>");
}

TEST(Spans, ClonesShareTheAttributesOfTheirOriginal) {
  const Parsed p("<p><b class=x>1<p>2");
  const NodeId first = p.find("b");
  NodeId second = no_node;
  for (NodeId at = first + 1; at < p.page.nodes.size(); ++at)
    if (p.page[at].tag == Tag::b) second = at;
  ASSERT_NE(second, no_node);
  EXPECT_EQ(p.page[first].attributes_begin, p.page[second].attributes_begin);
  EXPECT_EQ(p.page[second].attributes_count, 1u);
  EXPECT_EQ(p.page[second].open_end, p.page[second].span.begin);
}

TEST(Attributes, AreFoundByNameAndDecodedOnDemand) {
  Parsed p("<a href='?a=1&amp;b=2' data-odd=&lt; empty Title=T>x</a>");
  const NodeId a = p.find("a");
  EXPECT_EQ(attribute(p.page, a, AttributeName::href), "?a=1&b=2");
  EXPECT_EQ(attribute(p.page, a, "data-odd"), "<");
  EXPECT_EQ(attribute(p.page, a, "title"), "T");
  EXPECT_EQ(attribute(p.page, a, "absent"), "");
  EXPECT_TRUE(has_attribute(p.page, a, AttributeName::title));
  EXPECT_FALSE(has_attribute(p.page, a, AttributeName::class_));
}

TEST(Attributes, OfForeignElementsAreFoundAsTheyWereWritten) {
  Parsed p("<svg viewbox='0 0 1 1' xlink:href=h xlink:title=t xml:space=preserve foo=bar></svg>");
  const NodeId svg = p.find("svg");
  EXPECT_EQ(attribute(p.page, svg, "viewbox"), "0 0 1 1");
  EXPECT_EQ(attribute(p.page, svg, AttributeName::xlink_href), "h");
  EXPECT_EQ(attribute(p.page, svg, AttributeName::href), "");
  EXPECT_EQ(attribute(p.page, svg, "xlink:title"), "t");
  EXPECT_EQ(attribute(p.page, svg, "title"), "");
  EXPECT_EQ(attribute(p.page, svg, "xml:space"), "preserve");
  EXPECT_EQ(attribute(p.page, svg, "foo"), "bar");
}

TEST(Attributes, OfDroppedTagsAreDropped) {
  const Parsed p("<body><td a=1 b=2>x</p c=3><body d=4></body e=5><hr f=6>");
  EXPECT_EQ(p.page.attributes.size(), 2u);  // d and f
}

TEST(Attributes, OfLaterHtmlAndBodyTagsAreMerged) {
  Parsed p("<html a=1><body x=1><b y=2></b><html b=2 a=3><p c=1></p><html c=3><body x=2 z=3>");
  EXPECT_EQ(attribute(p.page, p.page.html, "a"), "1");
  EXPECT_EQ(attribute(p.page, p.page.html, "b"), "2");
  EXPECT_EQ(attribute(p.page, p.page.html, "c"), "3");
  EXPECT_EQ(p.page[p.page.html].attributes_count, 3u);
  EXPECT_EQ(attribute(p.page, p.page.body, "x"), "1");
  EXPECT_EQ(attribute(p.page, p.page.body, "z"), "3");
  EXPECT_EQ(attribute(p.page, p.find("b"), "y"), "2");
}

TEST(Text, PiecesComeTogetherInOneNode) {
  const Parsed p("<body>one</x> two &amp;</y> three<table>a</x> </x>b</x> </table>");
  const Node& first = p.page[p.page[p.page.body].first_child];
  EXPECT_EQ(first.kind, NodeKind::text);
  EXPECT_EQ(first.text(), "one two & threeab");
  EXPECT_EQ(p.page[p.page[p.find("table")].first_child].text(), "  ");
}

TEST(Page, IsReusedWithoutAMemory) {
  Page page;
  std::string first, second;
  for (int round = 0; round < 3; ++round) {
    Meter meter;
    parse(page, "<frameset><frame>", {}, meter);
    EXPECT_EQ(page[page.body].tag, Tag::frameset);
    parse(page, article, {}, meter);
    EXPECT_EQ(page.quirks, QuirksMode::no_quirks);
    (round == 0 ? first : second) = serialise(page, false);
    if (round > 0) {
      EXPECT_EQ(first, second);
    }
  }
}

TEST(Page, OfNothingHasHtmlHeadAndBody) {
  const Parsed p("");
  EXPECT_TRUE(well_formed(p.page));
  EXPECT_EQ(p.page.nodes.size(), 4u);
  EXPECT_NE(p.page.body, no_node);
  EXPECT_EQ(p.page.quirks, QuirksMode::quirks);
}

TEST(Page, TemplateContentsAreAFragmentInPlace) {
  const Parsed p("<template><p>x</template>");
  const NodeId contents = p.page[p.find("template")].first_child;
  EXPECT_EQ(p.page[contents].kind, NodeKind::fragment);
  EXPECT_EQ(p.page[p.find("p")].parent, contents);
}

TEST(PlainEnds, AreTheNamesOfTheirTags) {
  for (std::size_t i = 0; i < tag_count; ++i) {
    if (plain_ends[i].size == 0) continue;
    const std::string_view tag = name_of(static_cast<Tag>(i));
    const PlainEnd wanted = plain_end(tag);
    EXPECT_EQ(plain_ends[i].bytes, wanted.bytes) << tag;
    EXPECT_EQ(plain_ends[i].mask, wanted.mask) << tag;
    EXPECT_EQ(plain_ends[i].size, wanted.size) << tag;
  }
}

// End tags in upper case always become tokens.
TEST(PlainEnds, MakeTheTreeThatTokensMake) {
  for (std::size_t i = 0; i < tag_count; ++i) {
    if (plain_ends[i].size == 0) continue;
    const std::string tag(name_of(static_cast<Tag>(i)));
    std::string upper = tag;
    for (char& c : upper) c = static_cast<char>(c - (c >= 'a' && c <= 'z' ? 32 : 0));
    for (const std::string_view shape :
         {"<body>a<T>b</T>c", "<body><T><b>x</T>y</b>z", "<table><tr><td><T> x</T>y</table>", "<b><T></b>x</T>y",
          "<T><p>x</T></p>y", "<p><T>x</T></T>y", "<template><T>x</T>y</template>", "<svg><T>x</T>y</svg>z",
          "<table><T>x</T><tr>y", "<pre></pre>\n<T>\n</T>\n", "<T>x</Tx>y</T >z</T\n>"}) {
      std::string pages[2];
      for (const char c : shape)
        for (std::string& page : pages) page += c != 'T' ? std::string(1, c) : &page == pages || page.back() != '/' ? tag : upper;
      for (std::string& page : pages) page += "<!-- long enough -->";
      const Parsed plain(pages[0]), tokens(pages[1]);
      ASSERT_EQ(plain.page.nodes.size(), tokens.page.nodes.size()) << pages[0];
      for (std::size_t n = 0; n < plain.page.nodes.size(); ++n) {
        const Node &a = plain.page.nodes[n], &b = tokens.page.nodes[n];
        EXPECT_EQ(a.parent, b.parent) << pages[0];
        EXPECT_EQ(a.next, b.next) << pages[0];
        EXPECT_EQ(a.previous, b.previous) << pages[0];
        EXPECT_EQ(a.first_child, b.first_child) << pages[0];
        EXPECT_EQ(a.span, b.span) << pages[0];
        EXPECT_EQ(a.tag, b.tag) << pages[0];
        EXPECT_EQ(a.text(), b.text()) << pages[0];
      }
    }
  }
}

}  // namespace
}  // namespace offprint::tests
