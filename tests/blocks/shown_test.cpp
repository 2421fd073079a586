// Text as a reader sees it: what has no width, icon fonts, encoded addresses, breaks, headings of several boxes, parts that come later.
#include <gtest/gtest.h>

#include <string>

#include "blocks/blocks.h"

namespace offprint {
namespace {

// "kind:text" of each block, hidden ones in parentheses.
std::string shown(const std::string& body) {
  std::string html = "<!DOCTYPE html><body>";
  html += body;
  Page page;
  Blocks blocks;
  Meter meter;
  parse(page, html, {}, meter);
  find_blocks(page, blocks, meter);
  std::string s;
  for (const RawBlock& b : blocks.blocks) {
    const bool hidden = b.hidden != Hidden::no;
    s += hidden ? "(" : "[";
    if (b.kind == BlockKind::heading) s += std::string("h").append(std::to_string(b.level)).append(" ");
    if (b.kind == BlockKind::control) s += "control ";
    if (b.kind == BlockKind::table) s += "row ";
    s.append(b.text).append(hidden ? ")" : "]");
  }
  return s;
}

TEST(Shown, SpacesAndMarksOfNoWidth) {
  EXPECT_EQ(shown("<p>Kapi&shy;talismus, zero&ZeroWidthSpace;width&#xFEFF;"), "[Kapitalismus, zerowidth]");
  EXPECT_EQ(shown("<p>&nbsp; Price:&nbsp;&nbsp;about&nbsp;<b>&nbsp;5</b>&nbsp;"), "[Price: about 5]");
  EXPECT_EQ(shown("<p>&nbsp;<p>&shy;<p>x"), "[x]");
  EXPECT_EQ(shown("<p>été “quoted”"), "[été “quoted”]");  // shares first bytes with them
  EXPECT_EQ(shown("<pre>a&nbsp;b\n&nbsp;c</pre>"), "[a b\n c]");
}

TEST(Shown, IconFontsSayNothing) {
  EXPECT_EQ(shown("<p><i class=material-icons>check</i> Included"), "[Included]");
  EXPECT_EQ(shown("<p><span class='material-symbols-outlined x'>expand_more</span>More"), "[More]");
  EXPECT_EQ(shown("<p><span class=material-icons-list>check</span>"), "[check]");
}

TEST(Shown, EncodedAddresses) {
  EXPECT_EQ(shown("<p>Write to <a href=/cdn-cgi/l/email-protection class=__cf_email__ data-cfemail=4228232c2702302d276c273a232f322e27>[email&#160;protected]</a>."),
            "[Write to jane@roe.example.]");
  for (const char* broken : {"", "42", "4228zz", "4200ff"})
    EXPECT_EQ(shown(std::string("<p>To <span class=__cf_email__ data-cfemail='") + broken + "'>[hidden]</span>"), "[To [hidden]]") << broken;
}

TEST(Shown, BreaksByTheirClass) {
  EXPECT_EQ(shown("<p>One.<span class='x-component br'></span>Two."), "[One. Two.]");
  EXPECT_EQ(shown("<p>One.<span class=br></span><span class=br></span>Two."), "[One.][Two.]");
  EXPECT_EQ(shown("<p>One<span class=bright></span>Two"), "[OneTwo]");
}

TEST(Shown, ScreenReadersTextStandsApart) {
  EXPECT_EQ(shown("<p><span aria-hidden=true>$899.00</span><span class=plp-price__sr-text>Price $ 899.00</span>"), "[$899.00](Price $ 899.00)");
  EXPECT_EQ(shown("<table><tr><th>A<th>B<tr><td>1<span class=visually-hidden>yes</span><td>2</table>"), "[row A | B][row 1 | 2]");
}

TEST(Headings, ButtonsThatOpenWhatStandsBelow) {
  EXPECT_EQ(shown("<h3><button>What is it?</button></h3><p>A dog."), "[h3 What is it?][A dog.]");
  EXPECT_EQ(shown("<h2><button><p>Description</p></button></h2>"), "[h2 Description]");
  EXPECT_EQ(shown("<h2>Dogs <button>Edit</button></h2>"), "[h2 Dogs][control Edit]");
}

TEST(Headings, OfSeveralBoxesAreOne) {
  EXPECT_EQ(shown("<h3><div class=number>1</div> Over the trees</h3>"), "[h3 1 Over the trees]");
  EXPECT_EQ(shown("<h2><p>One</p><p>Two</p></h2>"), "[h2 One Two]");
  std::string open = "<h2>Never closed";
  for (int i = 0; i < 60; ++i) open += "<div>A paragraph of the page.</div>";
  EXPECT_EQ(shown(open).substr(0, 60), "[h2 Never closed][h2 A paragraph of the page.][h2 A paragrap");
}

TEST(Headings, LinksToThemselvesGo) {
  EXPECT_EQ(shown("<h2>Modules<a href=#modules class=headerlink>¶</a></h2>"), "[h2 Modules]");
  EXPECT_EQ(shown("<h2><a href=#m>#</a> Modules <a class=hash-link href=#m>&#8203;</a></h2>"), "[h2 Modules]");
  EXPECT_EQ(shown("<h2><a href=#c>C#</a></h2>"), "[h2 C#]");
  EXPECT_EQ(shown("<p>See <a href=#n>*</a>"), "[See *]");
}

TEST(Headings, WhatAriaCallsOne) {
  EXPECT_EQ(shown("<div role=heading aria-level=3>Power</div><p>Text"), "[h3 Power][Text]");
  EXPECT_EQ(shown("<div role=heading>Power</div>"), "[h2 Power]");
  EXPECT_EQ(shown("<div role=heading aria-level=3>" + std::string(700, 'x') + "</div>").substr(0, 3), "[xx");
}

TEST(Definitions, OfSeveralBoxesAreOne) {
  EXPECT_EQ(shown("<dl><dt>Milk<dd><span>300 ml</span><div>oat milk</div></dl>"), "[Milk][300 ml oat milk]");
}

TEST(Tables, HeadedByHeadings) {
  EXPECT_EQ(shown("<table><tr><td><h3>Site</h3><td><h3>Score</h3><tr><td>A<td>1<tr><td>B<td>2</table>"), "[row Site | Score][row A | 1][row B | 2]");
  EXPECT_EQ(shown("<table><tr><td><h3>Site</h3><td>text<tr><td>A<td>1<tr><td>B<td>2</table>").find("row"), std::string::npos);
}

TEST(Tables, PostsAreNone) {
  const std::string user = "<td><div>jane</div><div>Member</div><div>Joined: 2024</div><div>Posts: 3</div><div>Likes: 4</div><div>x</div>";
  const std::string post = "<td><div>Re: dogs</div><div>Hello.<br>I have<br>a dog.<br>It<br>barks.</div>";
  EXPECT_EQ(shown("<table><tr>" + user + post + "<tr><td>Reply<td>Quote</table>").find("row"), std::string::npos);
}

TEST(Streamed, PartsStandInTheirPlaces) {
  const std::string end = "<div hidden id=S:5><p>The story.</p></div><script>$RC=function(){};$RC(\"B:1\",\"S:5\")</script>";
  EXPECT_EQ(shown("<h1>Dogs</h1><!--$?--><template id=B:1></template><p>Loading</p><!--/$--><p>Footer</p>" + end), "[h1 Dogs][The story.][Footer]");
  EXPECT_EQ(shown("<template id=P:2></template><p>Footer</p><div hidden id=S:2>In</div><script>$RS(\"S:2\",\"P:2\")</script>"), "[In][Footer]");
  // Nobody calls for it.
  EXPECT_EQ(shown("<template id=B:1></template><p>Footer</p><div hidden id=S:5>In</div>"), "[Footer](In)");
}

TEST(Streamed, HostilePlaces) {
  for (const char* html :
       {"<div hidden id=S:1><template id=B:1></template>x</div><script>$RC(\"B:1\",\"S:1\")</script>",
        "<template id=B:1></template><div hidden id=S:1>x</div><script>$RC(\"B:1\",\"S:1\");$RC(\"B:1\",\"S:1\")</script>",
        "<div hidden id=S:1><template id=B:2></template></div><div hidden id=S:2><template id=B:1></template></div><script>$RC(\"B:1\",\"S:1\");$RC(\"B:2\",\"S:2\")</script>",
        "<template id=B:1></template><script>$RC(\"B:1\",\"B:1\")</script>", "<template id=B:1></template><script>$RC(\"B:1\",</script>", "<template></template><script>$R</script>"})
    EXPECT_NO_FATAL_FAILURE(shown(html)) << html;
}

}  // namespace
}  // namespace offprint
