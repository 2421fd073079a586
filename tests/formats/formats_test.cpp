#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <random>

#include "formats/escape.h"
#include "formats/inline.h"
#include "offprint/offprint.h"
#include "tests/formats/sample.h"

namespace offprint {
namespace {

using sample::Made;

std::string written(const Document& document, Format format, const WriteOptions& options = {}) {
  std::string out;
  write(document, format, out, options);
  return out;
}
std::string markdown(Made& made, const WriteOptions& options = {}) {
  return written(made.finish(), Format::markdown, options);
}
// The Markdown of one paragraph, without its line feed.
std::string inline_markdown(std::string_view text, std::vector<Mark> marks = {}) {
  Made made;
  made.body(text, std::move(marks));
  std::string out = markdown(made);
  EXPECT_EQ(out.back(), '\n');
  out.pop_back();
  return out;
}
// What stands between <main> and </main>, <article> and </article>, or <body> and </body>.
std::string inner(const std::string& out, std::string_view tag) {
  std::string open("<"), close("</");  // not "<" + …: GCC 12 warns of an overlap that is none
  open.append(tag).append(">\n");
  close.append(tag).append(">");
  const std::size_t begin = out.find(open) + open.size();
  return out.substr(begin, out.find(close) - begin);
}

Mark mark(MarkKind kind, std::uint32_t begin, std::uint32_t end, std::string_view target = {},
          std::string_view label = {}) {
  return {kind, begin, end, false, target, label};
}

void fill_story(Made& made) {
  Document& d = made.document;
  d.source = "a/story.html";
  d.url = "https://example.org/story?a=1&b=2";
  d.title = "A Story";
  d.language = "en";
  d.site = "The Example";
  d.date = "2015-12-15T18:20:00+03:00";
  d.page_type = PageType::article;
  d.encoding = "UTF-8";
  made.authors = {"Ann Author", "Bo \"B\" Writer"};
  made.add(Role::navigation, BlockKind::list_item, "Home");
  Block& headline = made.add(Role::headline, BlockKind::heading, "A Story");
  headline.content = true;
  headline.level = 1;
  made.body("First, with a link.", {mark(MarkKind::link, 14, 18, "https://example.org/x_(y)?q=1&r=2")});
  made.heading("Parts", 2);
  made.item("one", 1, 1);
  made.item("deeper", 2, 1);
  made.item("two", 1, 1);
  made.item("first", 1, 2, 3);
  made.item("second", 1, 2, 4);
  made.row({"#Name", "#Value"}, 3);
  made.row({"a|b", "1"}, 3);
  Block& code = made.add(Role::body, BlockKind::code, "if (a < b) {\n  `x`;\n}\n");
  code.language = "c++";
  made.add(Role::body, BlockKind::quote, "Said he.").level = 1;
  made.add(Role::body, BlockKind::quote, "Said she.").level = 1;
  made.add(Role::body, BlockKind::image, "",
           {mark(MarkKind::image, 0, 0, "https://example.org/a b.jpg", "A [cat]")});
  made.add(Role::body, BlockKind::caption, "The cat. Ann / Agency");
  made.add(Role::footer, BlockKind::paragraph, "© Example").hidden = true;
}

TEST(Formats, MarkdownOfAStory) {
  Made made;
  fill_story(made);
  EXPECT_EQ(markdown(made), R"(# A Story

First, with a [link](https://example.org/x_%28y%29?q=1&r=2).

## Parts

- one
  - deeper
- two

3. first
4. second

| Name | Value |
| --- | --- |
| a\|b | 1 |

```c++
if (a < b) {
  `x`;
}
```

> Said he.
>
> Said she.

![A \[cat\]](https://example.org/a%20b.jpg)

*The cat. Ann / Agency*
)");
}

TEST(Formats, TextIsTheDocumentsText) {
  Made made;
  made.body("One.");
  made.body("Two.");
  EXPECT_EQ(written(made.finish(), Format::text), "One.\n\nTwo.\n");
  Made empty;
  EXPECT_EQ(written(empty.finish(), Format::text), "");
  EXPECT_EQ(written(empty.finish(), Format::markdown), "");
}

TEST(Formats, HtmlOfAStory) {
  Made made;
  fill_story(made);
  EXPECT_EQ(written(made.finish(), Format::html), R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>A Story</title>
<link rel="canonical" href="https://example.org/story?a=1&amp;b=2">
<meta name="author" content="Ann Author">
<meta name="author" content="Bo &quot;B&quot; Writer">
<meta name="date" content="2015-12-15T18:20:00+03:00">
<meta name="application-name" content="The Example">
</head>
<body>
<article>
<h1>A Story</h1>
<p>First, with a <a href="https://example.org/x_(y)?q=1&amp;r=2">link</a>.</p>
<h2>Parts</h2>
<ul>
<li>one
<ul>
<li>deeper
</li>
</ul>
</li>
<li>two
</li>
</ul>
<ol start="3">
<li>first
</li>
<li>second
</li>
</ol>
<table>
<tr><th>Name</th><th>Value</th></tr>
<tr><td>a|b</td><td>1</td></tr>
</table>
<pre><code class="language-c++">if (a &lt; b) {
  `x`;
}
</code></pre>
<blockquote>
<p>Said he.</p>
<p>Said she.</p>
</blockquote>
<figure>
<img src="https://example.org/a%20b.jpg" alt="A [cat]" loading="lazy">
<figcaption>The cat. Ann / Agency</figcaption>
</figure>
</article>
</body>
</html>
)");
}

TEST(Formats, XmlOfAStory) {
  Made made;
  fill_story(made);
  EXPECT_EQ(written(made.finish(), Format::xml), R"(<?xml version="1.0" encoding="UTF-8"?>
<doc sitename="The Example" title="A Story" author="Ann Author; Bo &quot;B&quot; Writer" date="2015-12-15T18:20:00+03:00" source="https://example.org/story?a=1&amp;b=2" language="en" pagetype="article" status="ok">
<main>
<head rend="h1">A Story</head>
<p>First, with a <ref target="https://example.org/x_(y)?q=1&amp;r=2">link</ref>.</p>
<head rend="h2">Parts</head>
<list rend="ul">
<item>one
<list rend="ul">
<item>deeper
</item>
</list>
</item>
<item>two
</item>
</list>
<list rend="ol">
<item>first
</item>
<item>second
</item>
</list>
<table>
<row><cell role="head">Name</cell><cell role="head">Value</cell></row>
<row><cell>a|b</cell><cell>1</cell></row>
</table>
<code xml:space="preserve" lang="c++">if (a &lt; b) {
  `x`;
}
</code>
<quote>
<p>Said he.</p>
<p>Said she.</p>
</quote>
<p><graphic src="https://example.org/a%20b.jpg" alt="A [cat]"/></p>
<p rend="caption">The cat. Ann / Agency</p>
</main>
</doc>
)");
}

TEST(Formats, TeiOfAStory) {
  Made made;
  fill_story(made);
  EXPECT_EQ(written(made.finish(), Format::tei), R"(<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
<teiHeader>
<fileDesc>
<titleStmt><title type="main">A Story</title><author>Ann Author</author><author>Bo "B" Writer</author></titleStmt>
<publicationStmt><publisher>The Example</publisher><date type="published" when="2015-12-15">2015-12-15T18:20:00+03:00</date></publicationStmt>
<sourceDesc><bibl><title>A Story</title><author>Ann Author</author><author>Bo "B" Writer</author><publisher>The Example</publisher><date type="published" when="2015-12-15">2015-12-15T18:20:00+03:00</date><ptr type="URL" target="https://example.org/story?a=1&amp;b=2"/></bibl></sourceDesc>
</fileDesc>
<profileDesc><langUsage><language ident="en"/></langUsage></profileDesc>
</teiHeader>
<text>
<body>
<div>
<head>A Story</head>
<p>First, with a <ref target="https://example.org/x_(y)?q=1&amp;r=2">link</ref>.</p>
<div>
<head>Parts</head>
<list rend="bulleted">
<item>one
<list rend="bulleted">
<item>deeper
</item>
</list>
</item>
<item>two
</item>
</list>
<list rend="numbered">
<item n="3">first
</item>
<item n="4">second
</item>
</list>
<table>
<row><cell role="label">Name</cell><cell role="label">Value</cell></row>
<row><cell>a|b</cell><cell>1</cell></row>
</table>
<p rend="code" xml:space="preserve"><code lang="c++">if (a &lt; b) {
  `x`;
}
</code></p>
<quote>
<p>Said he.</p>
<p>Said she.</p>
</quote>
<figure>
<p><graphic url="https://example.org/a%20b.jpg"><desc>A [cat]</desc></graphic></p>
<p rend="caption">The cat. Ann / Agency</p>
</figure>
</div>
</div>
</body>
</text>
</TEI>
)");
}

TEST(Formats, JsonHasExactlyTheKnownKeys) {
  Made made;
  made.document.source = "a.html";
  made.document.encoding = "windows-1252";
  Block& block = made.body("Said “he”\n\"x\"");
  block.span_begin = 10;
  block.span_end = 5'000'000'000;
  block.confidence = 0.8765f;
  block.reason = "long text";
  made.add(Role::controls, BlockKind::control, "Close").hidden = true;
  made.add(Role::consent, BlockKind::heading, "Cookies").level = 3;
  EXPECT_EQ(
      written(made.finish(), Format::json),
      R"({"source":"a.html","status":"ok","encoding":"windows-1252","text":"Said “he”\n\"x\"","blocks":[{"role":"body","kind":"paragraph","text":"Said “he”\n\"x\"","span":[10,5000000000],"confidence":0.877,"content":true,"reason":"long text"},{"role":"controls","kind":"control","text":"Close","span":[5000000000,5000000005],"confidence":0.9,"hidden":true},{"role":"consent","kind":"heading","text":"Cookies","level":3,"span":[5000000005,5000000012],"confidence":0.9}]})");
  WriteOptions options;
  options.blocks = false;
  EXPECT_EQ(written(made.finish(), Format::json, options),
            R"({"source":"a.html","status":"ok","encoding":"windows-1252","text":"Said “he”\n\"x\""})");
}

TEST(Formats, JsonConfidence) {
  const auto written_confidence = [](float value) {
    Made made;
    made.body("x").confidence = value;
    const std::string out = written(made.finish(), Format::json);
    const std::size_t at = out.find("\"confidence\":") + 13;
    return out.substr(at, out.find(',', at) - at);
  };
  EXPECT_EQ(written_confidence(0), "0");
  EXPECT_EQ(written_confidence(0.0004f), "0");
  EXPECT_EQ(written_confidence(0.001f), "0.001");
  EXPECT_EQ(written_confidence(0.05f), "0.05");
  EXPECT_EQ(written_confidence(0.5f), "0.5");
  EXPECT_EQ(written_confidence(0.9996f), "1");
  EXPECT_EQ(written_confidence(7), "1");
}

TEST(Formats, JsonSupport) {
  Made made;
  made.document.encoding = "UTF-8";
  Support& support = made.document.support;
  support.present = true;
  made.asks = {"Help us.", "We need it."};
  made.frequencies = {"once", "monthly"};
  made.amounts = {{5, "USD", "monthly", ""}, {2.5, "EUR", "", ""}};
  support.has_minimum = true;
  support.minimum = {2, "USD", "monthly", ""};
  made.costs = {{10000, "USD", "month", "This costs us $10,000 a month."}};
  support.ad_free_since = "2024-07-01";
  support.defer = "Remind me later.";
  made.methods = {"PayPal"};
  support.url = "https://example.org/give";
  EXPECT_EQ(
      written(made.finish(), Format::json),
      R"({"source":"","status":"empty","text":"","blocks":[],"support":{"asks":["Help us.","We need it."],"frequencies":["once","monthly"],"amounts":[{"amount":5,"currency":"USD","frequency":"monthly"},{"amount":2.5,"currency":"EUR"}],"minimum":{"amount":2,"currency":"USD","frequency":"monthly"},"costs":[{"amount":10000,"currency":"USD","per":"month","text":"This costs us $10,000 a month."}],"ad_free_since":"2024-07-01","defer":"Remind me later.","methods":["PayPal"],"url":"https://example.org/give"}})");
  Made bare;
  bare.document.support.present = true;
  EXPECT_TRUE(written(bare.finish(), Format::json).ends_with(R"("support":{}})"));
}

TEST(Escape, Numbers) {
  const auto number = [](double value) {
    std::string out;
    append_number(value, out);
    return out;
  };
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(100000), "100000");
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(-2.5), "-2.5");
  EXPECT_EQ(number(1e300), "1e+300");
  EXPECT_EQ(number(5e-324), "5e-324");
  EXPECT_EQ(number(std::nan("")), "0");
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "0");
}

TEST(Escape, Addresses) {
  for (const std::string_view bad :
       {"javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "java\nscript:x", "\x01javascript:x", " javascript:x", "", "blob:x", "https\t:x"}) {
    EXPECT_FALSE(is_link_address(bad)) << bad;
    EXPECT_FALSE(is_web_address(bad)) << bad;
  }
  for (const std::string_view good :
       {"https://a", "HTTP://a", "mailto:a@b", "tel:1", "/path", "#x", "?a:b", "a/b:c"})
    EXPECT_TRUE(is_link_address(good)) << good;
  EXPECT_FALSE(is_web_address("/path"));
  std::string out;
  append_address("http://a/\"><img onerror=1>\n(&)", true, true, out);
  EXPECT_EQ(out, "http://a/%22%3E%3Cimg%20onerror=1%3E%0A%28&amp;%29");
}

TEST(Markdown, Escapes) {
  EXPECT_EQ(inline_markdown("*a* _b_ `c` [d](e) <f> a\\b"), R"(\*a\* \_b\_ \`c\` \[d](e) \<f> a\\b)");
  EXPECT_EQ(inline_markdown("snake_case_name 3 < 4 & 5 &amp; ~x~"),
            R"(snake_case_name 3 < 4 & 5 \&amp; \~x\~)");
  EXPECT_EQ(inline_markdown("# not a heading"), R"(\# not a heading)");
  EXPECT_EQ(inline_markdown("#tag"), "#tag");
  EXPECT_EQ(inline_markdown("1. not a list"), R"(1\. not a list)");
  EXPECT_EQ(inline_markdown("1.5 litres"), "1.5 litres");
  EXPECT_EQ(inline_markdown("- dash"), R"(\- dash)");
  EXPECT_EQ(inline_markdown("---"), R"(\---)");
  EXPECT_EQ(inline_markdown("> quoted"), R"(\> quoted)");
  EXPECT_EQ(inline_markdown("    indented"), "indented");
  EXPECT_EQ(inline_markdown("a\n# b\n===\n2) c"), "a\\\n\\# b\\\n\\===\\\n2\\) c");
  EXPECT_EQ(inline_markdown(std::string_view("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
}

TEST(Markdown, AmpersandsThatBeginNoCharacter) {
  EXPECT_EQ(inline_markdown("P&L, &copy;, Q&A"), "P&L, \\&copy;, Q\\&A");
  EXPECT_EQ(inline_markdown("AT&T now &#8364; & more"), "AT&T now \\&#8364; & more");
}

TEST(Markdown, EmphasisKeepsSpacesOutside) {
  EXPECT_EQ(inline_markdown("a bold word", {mark(MarkKind::strong, 1, 7)}), "a **bold** word");
  EXPECT_EQ(inline_markdown("a  b", {mark(MarkKind::emphasis, 1, 3)}), "a  b");
  EXPECT_EQ(inline_markdown("both", {mark(MarkKind::strong, 0, 4), mark(MarkKind::emphasis, 0, 4)}),
            "***both***");
  EXPECT_EQ(inline_markdown("twice", {mark(MarkKind::strong, 0, 5), mark(MarkKind::strong, 1, 4)}),
            "**twice**");
  EXPECT_EQ(inline_markdown("half", {mark(MarkKind::strong, 0, 2)}), "**ha**lf");
  EXPECT_EQ(inline_markdown("Note:text", {mark(MarkKind::strong, 0, 5)}), "<strong>Note:</strong>text");
  EXPECT_EQ(inline_markdown("abcd", {mark(MarkKind::strong, 0, 2), mark(MarkKind::strong, 2, 4)}),
            "**ab**<strong>cd</strong>");
  EXPECT_EQ(inline_markdown("这是重点内容", {mark(MarkKind::strong, 6, 12)}), "这是**重点**内容");
  EXPECT_EQ(inline_markdown("是「重」内", {mark(MarkKind::strong, 3, 12)}), "是<strong>「重」</strong>内");
  EXPECT_EQ(inline_markdown("old new", {mark(MarkKind::deleted, 0, 3)}), "~~old~~ new");
  EXPECT_EQ(inline_markdown("H2O", {mark(MarkKind::subscript, 1, 2)}), "H<sub>2</sub>O");
}

TEST(Markdown, Links) {
  EXPECT_EQ(inline_markdown("see it!", {mark(MarkKind::link, 4, 6, "https://a/b c")}),
            "see [it](https://a/b%20c)!");
  EXPECT_EQ(inline_markdown("wow!it", {mark(MarkKind::link, 4, 6, "https://a")}), "wow\\![it](https://a)");
  EXPECT_EQ(inline_markdown("a ] b", {mark(MarkKind::link, 0, 5, "https://a")}), "[a \\] b](https://a)");
  EXPECT_EQ(inline_markdown("bad", {mark(MarkKind::link, 0, 3, "javascript:alert(1)")}), "bad");
  EXPECT_EQ(
      inline_markdown("big link", {mark(MarkKind::link, 0, 8, "https://a"), mark(MarkKind::strong, 0, 3)}),
      "[**big** link](https://a)");
  WriteOptions options;
  options.links = options.images = false;
  Made made;
  made.body("it is",
            {mark(MarkKind::link, 0, 2, "https://a"), mark(MarkKind::image, 3, 3, "https://p", "pic")});
  EXPECT_EQ(markdown(made, options), "it is\n");
  // A link around a picture alone.
  EXPECT_EQ(inline_markdown(
                "", {mark(MarkKind::link, 0, 0, "https://a"), mark(MarkKind::image, 0, 0, "https://p", "x")}),
            "[![x](https://p)](https://a)");
}

TEST(Markdown, CodeAndBreaks) {
  EXPECT_EQ(inline_markdown("run `x` now", {mark(MarkKind::code, 4, 7)}), "run `` `x` `` now");
  EXPECT_EQ(inline_markdown("a*b", {mark(MarkKind::code, 0, 3)}), "`a*b`");
  EXPECT_EQ(inline_markdown("one two", {mark(MarkKind::line_break, 3, 4)}), "one\\\ntwo");
  EXPECT_EQ(inline_markdown("one\ntwo", {mark(MarkKind::line_break, 3, 3)}), "one\\\ntwo");
  EXPECT_EQ(inline_markdown("end\n", {mark(MarkKind::line_break, 3, 4)}), "end");
  EXPECT_EQ(inline_markdown("do push pull", {mark(MarkKind::code, 3, 12), mark(MarkKind::line_break, 7, 8)}), "do `push pull`");
  EXPECT_EQ(inline_markdown("pushpull on", {mark(MarkKind::code, 0, 8), mark(MarkKind::line_break, 0, 0), mark(MarkKind::line_break, 4, 4), mark(MarkKind::line_break, 8, 9)}), "`push pull`\\\non");
  Made made;
  made.add(Role::body, BlockKind::code, "a\n````\n\n  b");
  EXPECT_EQ(markdown(made), "`````\na\n````\n\n  b\n`````\n");
  EXPECT_EQ(inline_markdown("E=mc2 costs $5", {mark(MarkKind::math, 0, 5, "E=mc^2")}), "$E=mc^2$ costs \\$5");
  Made formula;
  formula.add(Role::body, BlockKind::math, "x", {mark(MarkKind::math, 0, 1, "\\frac{1}{2}")});
  EXPECT_EQ(markdown(formula), "$$\n\\frac{1}{2}\n$$\n");
}

TEST(Markdown, ListsQuotesTables) {
  Made made;
  made.item("a", 1, 1);
  made.body("more of a");
  made.within(1, 1, 0);
  made.item("b", 2, 1, 1);
  made.item("c", 3, 1);
  made.item("d", 1, 1);
  made.item("other list", 1, 2);
  EXPECT_EQ(markdown(made), "- a\n\n  more of a\n  1. b\n     - c\n- d\n- other list\n");

  Made quotes;
  quotes.add(Role::body, BlockKind::quote, "one\ntwo").level = 1;
  quotes.add(Role::body, BlockKind::quote, "inner").level = 2;
  quotes.body("after");
  EXPECT_EQ(markdown(quotes), "> one\\\n> two\n>\n> > inner\n\nafter\n");

  Made table;
  table.row({"Weight", "5 kg"}, 1);
  table.row({"Size"}, 1);
  table.row({"#A"}, 2);
  EXPECT_EQ(markdown(table), "|  |  |\n| --- | --- |\n| Weight | 5 kg |\n| Size |  |\n\n| A |\n| --- |\n");

  Made definitions;
  definitions.add(Role::body, BlockKind::term, "Term");
  definitions.add(Role::body, BlockKind::definition, "Meaning");
  definitions.add(Role::body, BlockKind::definition, "Other meaning");
  EXPECT_EQ(markdown(definitions), "Term\n: Meaning\n: Other meaning\n");
  Made indent;  // of a wiki: no term
  indent.body("It says:");
  indent.add(Role::body, BlockKind::definition, "Dogs bite.");
  EXPECT_EQ(markdown(indent), "It says:\n\nDogs bite.\n");
}

// What stands in an item stays there, and lists stay in their quotations.
TEST(Markdown, ListsHoldQuotesAndQuotesLists) {
  Made made;
  made.item("a", 1, 1);
  made.quote("said", 1);
  made.within(1, 1, 1);
  made.quote("and said", 1);
  made.within(1, 1, 1);
  made.body("behind");
  made.within(1, 1, 0);
  made.item("b", 2, 1, 1);
  made.quote("deep", 1);
  made.within(2, 1, 1);
  made.item("in it", 3, 1);
  made.within(3, 1, 1);
  made.item("c", 1, 1);
  made.row({"#K", "#V"}, 2);
  made.within(1, 1, 0);
  made.row({"x", "1"}, 2);
  made.within(1, 1, 0);
  made.row({"y", "2"}, 3);  // of another list, whose item is not there
  made.within(1, 4, 0);
  EXPECT_EQ(markdown(made),
            "- a\n\n  > said\n  >\n  > and said\n\n  behind\n  1. b\n\n     > deep\n     >\n     > - in it\n"
            "- c\n\n  | K | V |\n  | --- | --- |\n  | x | 1 |\n\n|  |  |\n| --- | --- |\n| y | 2 |\n");

  Made quotes;
  quotes.quote("says", 1);
  quotes.item("a", 1, 1);
  quotes.within(1, 1, 1);
  quotes.add(Role::body, BlockKind::code, "x\ny");
  quotes.within(1, 1, 1);
  quotes.item("b", 1, 1);
  quotes.within(1, 1, 1);
  quotes.item("1", 1, 2, 1);
  quotes.within(1, 2, 1);
  quotes.add(Role::body, BlockKind::paragraph, "goes on");
  quotes.within(0, 0, 1);
  quotes.item("out", 1, 3);
  EXPECT_EQ(markdown(quotes), "> says\n>\n> - a\n>\n>   ```\n>   x\n>   y\n>   ```\n> - b\n>\n> 1. 1\n>\n> goes on\n\n- out\n");

  Made around;  // what no page should do: a quotation right in a list, around an item
  around.item("a", 1, 1);
  around.item("b", 1, 1);
  around.within(1, 1, 1);
  EXPECT_EQ(markdown(around), "- a\n\n  > b\n");
}

// As deep as it goes in every way at once: what is open is bounded.
TEST(Markdown, NestingIsBounded) {
  Made made;
  made.add(Role::body, BlockKind::term, "t");
  for (int i = 1; i <= 40; ++i) {
    made.add(Role::body, BlockKind::term, "t");
    made.within(0, 0, i);
  }
  for (int i = 1; i <= 40; ++i) {
    made.add(Role::body, BlockKind::definition, "d");
    made.within(0, 0, 40, i);
    made.add(Role::body, BlockKind::term, "t");
    made.within(0, 0, 40, i);
  }
  for (int i = 1; i <= 40; ++i) {
    made.item("i", i, 1);
    made.within(i, 1, 40, 40);
    made.add(Role::body, BlockKind::term, "t");
    made.within(i, 1, 40, 40);
  }
  const std::string text = markdown(made);
  EXPECT_EQ(std::count(text.begin(), text.end(), 'i'), 40);
  EXPECT_LT(text.size(), 20000u);
}

// Bold cells alone head a table, too; one of them is but a label.
TEST(Markdown, BoldRowsHeadTables) {
  const auto table = [](std::vector<Mark> marks) {
    Made made;
    marks.insert(marks.end(), {mark(MarkKind::cell, 0, 4), mark(MarkKind::cell, 7, 12)});
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.begin != b.begin ? a.begin < b.begin : is_cell(a) && !is_cell(b); });
    made.add(Role::body, BlockKind::table, "Size | Price", marks).group = 1;
    made.row({"S", "5"}, 1);
    return markdown(made);
  };
  EXPECT_EQ(table({mark(MarkKind::strong, 0, 4), mark(MarkKind::strong, 7, 12)}), "| **Size** | **Price** |\n| --- | --- |\n| S | 5 |\n");
  EXPECT_EQ(table({mark(MarkKind::strong, 0, 4)}), "|  |  |\n| --- | --- |\n| **Size** | Price |\n| S | 5 |\n");
}

TEST(Markdown, EmphasisBesideCode) {
  EXPECT_EQ(inline_markdown("of 'ß'U+00DF and x'y'z", {mark(MarkKind::strong, 3, 7), mark(MarkKind::code, 7, 13), mark(MarkKind::code, 18, 19), mark(MarkKind::strong, 19, 22)}),
            "of **'ß'**`U+00DF` and `x`<strong>'y'</strong>z");
}

TEST(Markdown, EmphasisBesideBreaksAndSigns) {
  EXPECT_EQ(inline_markdown("RA Prof\nLaw", {mark(MarkKind::emphasis, 0, 7), mark(MarkKind::line_break, 7, 7), mark(MarkKind::strong, 8, 11)}), "*RA Prof*\\\n**Law**");
  EXPECT_EQ(inline_markdown("Tent. Budget: low", {mark(MarkKind::strong, 4, 13)}), "Tent. **Budget:** low");
  EXPECT_EQ(inline_markdown("a.b", {mark(MarkKind::strong, 1, 3)}), "a<strong>.b</strong>");
  EXPECT_EQ(inline_markdown("Acme®", {mark(MarkKind::superscript, 4, 6)}), "Acme®");
}

TEST(Markdown, CodeBesideCode) {
  EXPECT_EQ(inline_markdown("status pid", {mark(MarkKind::code, 0, 10), mark(MarkKind::emphasis, 7, 10)}), "`status pid`");
  EXPECT_EQ(inline_markdown("spawn;rt", {mark(MarkKind::code, 0, 6), mark(MarkKind::code, 6, 8)}), "`spawn;` `rt`");
}

TEST(Markdown, EmbedsAreLinks) {
  Made made;
  made.body("Look:");
  made.add(Role::body, BlockKind::embed, "", {mark(MarkKind::link, 0, 0, "https://example.org/v.mp4")}).content = false;
  WriteOptions options;
  EXPECT_NE(markdown(made, options).find("v.mp4"), std::string::npos);
  options.links = false;
  EXPECT_EQ(written(made.document, Format::markdown, options), "Look:\n");
  EXPECT_EQ(written(made.document, Format::html, options).find("v.mp4"), std::string::npos);
}

// The block stage marks a cell by the point where its text begins; an empty cell has no bar.
TEST(Markdown, CellsAsPoints) {
  Made made;
  Block& row =
      made.add(Role::body, BlockKind::table, "a | c",
               {mark(MarkKind::cell, 0, 0), mark(MarkKind::strong, 0, 1), mark(MarkKind::cell, 1, 1),
                mark(MarkKind::cell, 4, 4), mark(MarkKind::emphasis, 4, 5), mark(MarkKind::cell, 5, 5)});
  row.group = 1;
  EXPECT_EQ(markdown(made), "|  |  |  |  |\n| --- | --- | --- | --- |\n| **a** |  | *c* |  |\n");
}

TEST(Markdown, PicturesBeforeABlockStandAlone) {
  Made made;
  made.add(Role::body, BlockKind::caption, "The cat.",
           {mark(MarkKind::image, 0, 0, "https://a/c.jpg", "cat")});
  made.body("Text", {mark(MarkKind::image, 0, 0, "data:image/png;base64,x", "dot")});
  made.item("item", 1, 1).marks =
      made.marks.emplace_back(std::vector{mark(MarkKind::image, 0, 0, "/i.png", "")});
  EXPECT_EQ(markdown(made), "![cat](https://a/c.jpg)\n\n*The cat.*\n\nText\n\n- ![](/i.png) item\n");
}

TEST(Markdown, TermsOfOneDefinition) {
  Made made;
  for (const auto& [kind, text] : {std::pair{BlockKind::term, "-a"}, {BlockKind::term, "--all"}, {BlockKind::definition, "All."}, {BlockKind::term, "-b"}, {BlockKind::definition, "Some."}}) {
    Block& block = made.body(text);
    block.kind = kind;
  }
  EXPECT_EQ(markdown(made), "-a\n\\--all\n: All.\n\n-b\n: Some.\n");
  Made alone;
  for (const char* text : {"One", "Two"}) alone.body(text).kind = BlockKind::term;
  alone.body("Text");
  EXPECT_EQ(markdown(alone), "One\n\nTwo\n\nText\n");
}

TEST(Markdown, FurtherBlocksOfANumberedItem) {
  Made made;
  made.item("one", 1, 1, 1);
  made.item("more", 1, 1, 1);
  made.item("two", 1, 1, 2);
  EXPECT_EQ(markdown(made), "1. one\n\n   more\n2. two\n");
}

// A heading ends a list, but not the numbered item that it stands in.
TEST(Markdown, HeadingsInItems) {
  const auto step = [](Made& made, std::string_view text, std::uint32_t ordinal) {
    Block& heading = made.heading(text, 3);
    heading.ordinal = heading.in.item = ordinal;
    heading.in.list = heading.in.lists = 1;
  };
  const auto paragraph = [](Made& made, std::string_view text, std::uint32_t ordinal) {
    Block& block = made.body(text);
    block.ordinal = block.in.item = ordinal;
    block.in.list = block.in.lists = 1;
  };
  Made steps;
  step(steps, "First", 1);
  paragraph(steps, "Do it.", 1);
  paragraph(steps, "Look at it.", 1);
  step(steps, "Second", 2);
  steps.body("Done.");
  EXPECT_EQ(markdown(steps), "1. ### First\n\n   Do it.\n\n   Look at it.\n2. ### Second\n\nDone.\n");
  EXPECT_NE(written(steps.finish(), Format::html).find("<ol>\n<li>\n<h3>First</h3>\n<p>Do it.</p>"), std::string::npos);
  EXPECT_NE(written(steps.finish(), Format::tei).find("<item n=\"2\">\n<label>Second</label>\n</item>"), std::string::npos);

  Made cards;  // bullets
  step(cards, "Card", 0);
  cards.blocks[0].in.item = 1;
  paragraph(cards, "What it says.", 0);
  EXPECT_EQ(markdown(cards), "### Card\n\nWhat it says.\n");
}

// Between posts of a thread stands a rule, where who wrote them and when is no text.
TEST(Markdown, PostsOfAThread) {
  const auto thread = [](Made& made, PageType type) {
    made.document.page_type = type;
    made.add(Role::headline, BlockKind::heading, "Why?").content = true;
    made.add(Role::byline, BlockKind::paragraph, "Jane");
    made.body("I ask.");
    made.body("Why?");
    made.add(Role::controls, BlockKind::control, "Reply");
    made.add(Role::byline, BlockKind::paragraph, "John");
    made.add(Role::date, BlockKind::paragraph, "5 May");
    made.body("I answer.");
    made.add(Role::byline, BlockKind::paragraph, "John wrote:");
    made.body("And go on.");
    made.add(Role::controls, BlockKind::control, "Reply");
    made.body("Jack");  // a name that is text
    made.add(Role::date, BlockKind::paragraph, "6 May Edit");
    made.body("So do I.");
    made.add(Role::date, BlockKind::paragraph, "Edited 7 May");
    made.body("At last.");
    made.add(Role::byline, BlockKind::paragraph, "Jane");
    made.body("Thanks a lot");  // no name
    made.add(Role::byline, BlockKind::paragraph, "Joan");
    made.body("Indeed.");
  };
  Made forum, article;
  thread(forum, PageType::forum);
  EXPECT_EQ(markdown(forum), "# Why?\n\nI ask.\n\nWhy?\n\n---\n\nI answer.\n\nAnd go on.\n\nJack\n\nSo do I.\n\nAt last.\n\n---\n\nThanks a lot\n\n---\n\nIndeed.\n");
  EXPECT_EQ(forum.finish().text.find("---"), std::string_view::npos);
  thread(article, PageType::article);
  EXPECT_EQ(markdown(article).find("---"), std::string::npos);
}

// <figcaption> behind its figure: no part of the text, and yet the picture's.
TEST(Markdown, CaptionsBehindTheirPictures) {
  Made made;
  Mark picture = mark(MarkKind::image, 4, 4, "https://a/c.jpg", "cat");
  picture.apart = true;
  made.body("Text", {picture});
  made.add(Role::caption, BlockKind::caption, "The cat.");
  made.body("More", {});
  made.add(Role::caption, BlockKind::caption, "Of no picture.");
  made.body("End");
  EXPECT_EQ(markdown(made), "Text\n\n![cat](https://a/c.jpg)\n\n*The cat.*\n\nMore\n\nEnd\n");
  WriteOptions words;
  words.images = false;
  Made listing;
  listing.body("See:");
  listing.add(Role::body, BlockKind::code, "x()");
  listing.add(Role::caption, BlockKind::caption, "Listing 1");
  listing.body("End");
  EXPECT_EQ(markdown(listing, words), "See:\n\n```\nx()\n```\n\n*Listing 1*\n\nEnd\n");
  Made beside;  // what is said of a picture behind a listing
  const Mark other = mark(MarkKind::image, 0, 0, "https://a/d.jpg", "dog");
  beside.body("See:");
  beside.add(Role::body, BlockKind::code, "x()");
  beside.add(Role::caption, BlockKind::caption, "The dog.", {other});
  beside.body("End");
  EXPECT_EQ(markdown(beside, words), "See:\n\n```\nx()\n```\n\nEnd\n");
}

TEST(Markdown, TitleExactlyOnce) {
  Made without;
  without.document.title = "The *Title*";
  without.heading("Part", 1);
  EXPECT_EQ(markdown(without), "# The \\*Title\\*\n\n## Part\n");
  Made same;
  same.document.title = "The  title";
  same.heading("The Title", 2);
  same.body("x");
  EXPECT_EQ(markdown(same), "# The Title\n\nx\n");
  Made further;  // the name of a thing that is told of
  further.document.title = "The Title";
  for (const char* text : {"a", "b", "c", "d", "e", "The Title"}) further.body(text);
  EXPECT_EQ(markdown(further), "# The Title\n\na\n\nb\n\nc\n\nd\n\ne\n\nThe Title\n");
}

// The headline stands above the text and is not part of it: what says the same further down is a heading like any other.
TEST(Markdown, TitleWhereTheHeadlineStands) {
  Made made;
  made.document.title = "The Title";
  made.add(Role::headline, BlockKind::heading, "The Title");
  made.body("x");
  made.heading("The Title", 2);
  EXPECT_EQ(markdown(made), "# The Title\n\nx\n\n## The Title\n");
  Made other;  // what says something else is not where the title stands
  other.document.title = "The Title";
  other.add(Role::headline, BlockKind::heading, "News");
  other.body("x");
  other.heading("The Title", 2);
  EXPECT_EQ(markdown(other), "x\n\n# The Title\n");
}

TEST(Markdown, Tasks) {
  Made made;
  for (const char* text : {"☑ [done]", "☐ open", "☐", "a ☐ b"}) made.add(Role::body, BlockKind::list_item, text).group = 1;
  made.body("☐ no item");
  EXPECT_EQ(markdown(made), "- [x] \\[done]\n- [ ] open\n- ☐\n- a ☐ b\n\n☐ no item\n");
}

// A flat row, with no marks for its cells.
TEST(Markdown, RowsOfFlattenedText) {
  Made made;
  made.add(Role::body, BlockKind::table, "a | b").group = 1;
  made.add(Role::body, BlockKind::table, "c | d").group = 1;
  EXPECT_EQ(markdown(made), "|  |  |\n| --- | --- |\n| a | b |\n| c | d |\n");
}

const std::string& hostile() {
  static const std::string text = [] {
    std::string s =
        "]]> <script>alert(1)</script> <!-- --> &amp; &#0; \"quoted\" 'x' %00 \xE2\x80\xAE"
        "rtl\xE2\x80\xAC "
        "مرحبا 你好 😀 \r\n\t\f\v \xEF\xBF\xBE \xEF\xBF\xBF \xE2\x80\xA8 | ``` ~~~ # * _ $ \\ ";
    for (int c = 0; c < 256; ++c) s.push_back(static_cast<char>(c));
    s += "\xC3\x28 \xE2\x82 \xF0\x9F\x98 \xED\xA0\x80 \xF4\x90\x80\x80 \xC0\xAF";
    return s;
  }();
  return text;
}

void fill_hostile(Made& made) {
  Document& d = made.document;
  const std::string_view text = hostile();
  d.source = d.url = d.title = d.language = d.site = d.description = d.image = d.date = d.modified =
      d.budget = d.error = text;
  d.encoding = text;
  made.authors = {text, text};
  d.support.present = true;
  made.asks = made.frequencies = made.methods = {text};
  made.costs = made.amounts = {{std::nan(""), text, text, text}};
  d.support.defer = d.support.url = d.support.ad_free_since = text;
  const auto size = static_cast<std::uint32_t>(text.size());
  for (int kind = 0; kind <= static_cast<int>(BlockKind::rule); ++kind) {
    for (int m = 0; m <= static_cast<int>(MarkKind::math); ++m) {
      Block& block =
          made.add(Role::body, static_cast<BlockKind>(kind), text,
                   {mark(static_cast<MarkKind>(m), 0, size, text, text), mark(MarkKind::strong, 3, 30),
                    mark(MarkKind::link, 4, 40, "https://x/"),
                    mark(MarkKind::image, 5, 5, "https://y/", text), mark(MarkKind::emphasis, 20, 2000)});
      block.reason = block.language = text;
      block.level = static_cast<std::uint8_t>(m * 20);
      block.ordinal = m % 2 == 0 ? 0u : 0xFFFFFFFFu;
      block.group = static_cast<std::uint32_t>(m / 3);
      block.confidence = std::numeric_limits<float>::quiet_NaN();
    }
  }
}

// Random marks over random text: nothing but well-formed output may come of it.
void fill_random(Made& made, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
  const std::string_view pieces[] = {"word", " ", "*",  "_",    "`",  "\n",  "<b>", "]]>",
                                     "|",    "é", "。", "\xFF", "- ", "1. ", "&",   "\xC2\xA0"};
  made.document.title = "T";
  for (int i = 0; i < 30; ++i) {
    std::string text;
    for (unsigned n = below(20); n > 0; --n) text += pieces[below(std::size(pieces))];
    std::vector<Mark> marks;
    const auto size = static_cast<std::uint32_t>(text.size());
    for (unsigned n = below(10); n > 0; --n) {
      const std::uint32_t begin = below(size + 2);
      marks.push_back(
          mark(static_cast<MarkKind>(below(14)), begin, begin + below(size + 2), "https://t/", "label"));
    }
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    Block& block = made.add(Role::body, static_cast<BlockKind>(below(14)), text, std::move(marks));
    block.level = static_cast<std::uint8_t>(below(5));
    block.group = below(3);
    block.ordinal = below(3);
    block.in.lists = static_cast<std::uint8_t>(below(4) == 0 ? below(256) : below(3));
    block.in.quotes = static_cast<std::uint8_t>(below(4) == 0 ? below(256) : below(3));
    block.in.list = below(3);
    block.in.quote = below(3);
    block.in.definitions = static_cast<std::uint8_t>(below(4) == 0 ? below(256) : below(3));
    block.content = below(5) != 0;
  }
}

TEST(Hostile, JsonParsesAndIsUtf8) {
  for (int seed = -1; seed < 100; ++seed) {
    Made made;
    if (seed < 0) {
      fill_hostile(made);
    } else {
      fill_random(made, static_cast<unsigned>(seed));
    }
    const std::string json = written(made.finish(), Format::json);
    EXPECT_EQ(json.find('\n'), std::string::npos);
    EXPECT_TRUE(simdjson::validate_utf8(json));
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    ASSERT_EQ(parser.parse(json).get(root), simdjson::SUCCESS) << seed;
    if (seed < 0) {
      EXPECT_FALSE(std::string_view(root["support"]["asks"].at(0)).empty());
    }
    const std::string markdown_text = written(made.document, Format::markdown);
    EXPECT_EQ(markdown_text.find('\0'), std::string::npos);
  }
}

TEST(Hostile, XmlAndTeiAreWellFormed) {
  if (std::system("python3 -c 0 >/dev/null 2>&1") != 0) GTEST_SKIP() << "needs python3";
  std::string command = "python3 -c 'import sys, xml.dom.minidom as m; [m.parse(f) for f in sys.argv[1:]]'";
  for (int seed = -1; seed < 60; ++seed) {
    Made made;
    if (seed < 0) {
      fill_hostile(made);
    } else {
      fill_random(made, static_cast<unsigned>(seed));
    }
    made.finish();
    for (const Format format : {Format::xml, Format::tei}) {
      const std::string out = written(made.document, format);
      EXPECT_TRUE(simdjson::validate_utf8(out));
      const std::string path = ::testing::TempDir() + "offprint_" + std::to_string(seed) +
                               (format == Format::xml ? ".xml" : ".tei.xml");
      std::ofstream(path, std::ios::binary) << out;
      command += " " + path;
    }
  }
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(Hostile, HtmlHoldsNoMarkupOfThePage) {
  Made made;
  fill_hostile(made);
  const std::string out = written(made.finish(), Format::html);
  EXPECT_TRUE(simdjson::validate_utf8(out));
  EXPECT_EQ(out.find("<script"), std::string::npos);
  EXPECT_EQ(out.find("<!--"), std::string::npos);
  EXPECT_EQ(out.find('\0'), std::string::npos);
  Made links;
  links.body("x y", {mark(MarkKind::link, 0, 1, "javascript:alert(1)"),
                     mark(MarkKind::link, 2, 3, "https://a/\"onclick=\"x")});
  EXPECT_EQ(inner(written(links.finish(), Format::html), "article"),
            "<p>x <a href=\"https://a/%22onclick=%22x\">y</a></p>\n");
}

}  // namespace
}  // namespace offprint
