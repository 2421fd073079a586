// Embeds as blocks of their own, footnotes bound to their marks, formulas: what assemble() makes of a page's
// content.
#include "document/assemble.h"

#include <gtest/gtest.h>

#include <string>

#include "offprint/offprint.h"

namespace offprint {
namespace {

// Every block is content but those in <footer>, to share in <nav>, and, as captions, in <figcaption> and in .caption.
struct Assembled {
  std::string html;
  Page page;
  Blocks blocks;
  Decisions decisions;
  Assembly out;
  Document document;
  Meter meter;
  DecodedText decoded;
  explicit Assembled(std::string_view body, bool captions = false) : html("<!DOCTYPE html><body>") {
    html += body;
    parse(page, html, {}, meter);
    find_blocks(page, blocks, meter);
    decoded.utf8 = html;
    for (const RawBlock& b : blocks.blocks) {
      Role role = Role::body;
      for (NodeId id = b.node; id != no_node; id = page[id].parent) {
        if (page[id].tag == Tag::footer) role = Role::footer;
        if (page[id].tag == Tag::nav) role = Role::social;
        if (captions && (page[id].tag == Tag::figcaption || attribute(page, id, AttributeName::class_) == "caption")) role = Role::caption;
      }
      decisions.of_block.push_back({.role = role, .chosen = role == Role::body});
    }
    assemble(page, blocks, decisions, decoded, "https://a.example/dir/page", page.arena, meter, out);
    document.blocks = out.blocks;
    document.text = out.text;
  }
  std::string as(Format format) const {
    std::string s;
    write(document, format, s);
    return s;
  }
};

TEST(Links, OfPagesThatAnArchiveSaved) {
  const Assembled a("<p>See <a href='/web/2016im_/https://b.example/x'>there</a>, <a href='https://web.example/web/2016/https://c.example/'>and</a> <a href=/web/https://d>this</a>.");
  EXPECT_EQ(a.as(Format::markdown), "See [there](https://b.example/x), [and](https://web.example/web/2016/https://c.example/) [this](https://a.example/web/https://d).\n");
}

TEST(Embeds, BecomeLinks) {
  const Assembled a(
      "<p>Before.</p><figure><iframe width=560 src='/player?v=1&amp;x=2' title='A "
      "film'></iframe></figure><p>After.</p>"
      "<video><source src=clip.mp4></video><p>End.</p>");
  ASSERT_EQ(a.out.blocks.size(), 5u);
  EXPECT_EQ(a.out.blocks[1].kind, BlockKind::embed);
  EXPECT_FALSE(a.out.blocks[1].content);
  EXPECT_EQ(a.html.substr(a.out.blocks[1].span_begin, 7), "<iframe");
  EXPECT_EQ(a.out.text, "Before.\n\nAfter.\n\nEnd.");
  EXPECT_EQ(a.as(Format::markdown),
            "Before.\n\n[A film](https://a.example/player?v=1&x=2)\n\nAfter.\n\n"
            "[https://a.example/dir/clip.mp4](https://a.example/dir/clip.mp4)\n\nEnd.\n");
  EXPECT_NE(a.as(Format::html).find("<p><a href=\"https://a.example/player?v=1&amp;x=2\">A film</a></p>"),
            std::string::npos);
  EXPECT_NE(a.as(Format::json).find("\"kind\":\"embed\",\"text\":\"\""), std::string::npos);
  EXPECT_NE(a.as(Format::json).find("\"url\":\"https://a.example/player?v=1&x=2\",\"label\":\"A film\""),
            std::string::npos);
}

TEST(Embeds, WhatIsNone) {
  for (const char* markup : {"<iframe src='//count.example/x' width=1 height=1></iframe>",
                             "<iframe src='about:blank'></iframe>", "<iframe></iframe>", "<video></video>", "<video autoplay muted loop src=/sky.mp4></video>",
                             "<div style='display:none'><iframe src=/x></iframe></div>", "<canvas></canvas>"})
    EXPECT_EQ(Assembled(std::string("<p>A.</p>") + markup + "<p>B.</p>").out.blocks.size(), 2u) << markup;
  // Outside the content.
  EXPECT_EQ(Assembled("<p>A.</p><footer><iframe src=/map></iframe><p>B.</p></footer>").out.blocks.size(), 2u);
  EXPECT_EQ(Assembled("<nav>A<iframe src=/map></iframe>B</nav><p>C.</p>").out.blocks.size(), 2u);
}

TEST(Embeds, VideosThatPlayByThemselvesHaveControls) {
  EXPECT_EQ(Assembled("<p>A.</p><video autoplay controls src=/talk.mp4></video><p>B.</p>").out.blocks.size(), 3u);
}

// Lines of a cell stay apart: items, paragraphs, breaks.
TEST(Embeds, StayWhereTheyAre) {
  EXPECT_EQ(Assembled("<ol><li>One<iframe src=/player></iframe>more<li>Two</ol>").as(Format::markdown), "1. One more\n\n   [https://a.example/player](https://a.example/player)\n2. Two\n");
  EXPECT_EQ(Assembled("<p>One.</p><p><img src=/p.png></p><p><iframe src=/player></iframe></p><p>Two.").as(Format::markdown),
            "One.\n\n![](https://a.example/p.png)\n\n[https://a.example/player](https://a.example/player)\n\nTwo.\n");
  const std::string query(80, 'q');
  EXPECT_EQ(Assembled("<p>One.</p><iframe src='https://www.b.example/player/v?" + query + "'></iframe><p>Two.").as(Format::markdown),
            "One.\n\n[b.example/player](https://www.b.example/player/v?" + query + ")\n\nTwo.\n");
}

TEST(Embeds, InItemsOfTheirOwn) {
  EXPECT_EQ(Assembled("<ol><li>One<figure><img src=/p.png></figure><li><iframe src=/player></iframe><p>Two</p><li>Three</ol>").as(Format::markdown),
            "1. One\n\n   ![](https://a.example/p.png)\n2. [https://a.example/player](https://a.example/player)\n\n   Two\n3. Three\n");
  EXPECT_NE(Assembled("<ol><li>One<figure><img src=/p.png></figure><li><iframe src=/player></iframe><p>Two</p></ol>").as(Format::html).find("</figure>\n</li>\n<li>\n<p><a href"), std::string::npos);
  EXPECT_EQ(Assembled("<ol><li>One<li><iframe src=/player></iframe><p>Two</p><li>Three</ol>").as(Format::markdown),
            "1. One\n2. [https://a.example/player](https://a.example/player)\n\n   Two\n3. Three\n");
}

// What a script puts in place of an element: players by the number of their video, posts by the quotation that stands there until then.
TEST(Embeds, BehindElementsThatStandInForThem) {
  const auto of = [](const std::string& markup) {
    const Assembled a("<p>One.</p>" + markup + "<p>Two.</p>");
    for (const Block& block : a.out.blocks)
      if (block.kind == BlockKind::embed) return std::string(block.marks[0].target) + " " + std::string(block.marks[0].label);
    return std::string("none");
  };
  EXPECT_EQ(of("<lite-youtube videoid=abcdefghi-1 playlabel=Piers></lite-youtube>"), "https://www.youtube.com/watch?v=abcdefghi-1 Piers");
  EXPECT_EQ(of("<youtube-lite video-id=abcdefghi-1></youtube-lite>"), "https://www.youtube.com/watch?v=abcdefghi-1 ");
  EXPECT_EQ(of("<amp-youtube data-videoid=abcdefghi-1></amp-youtube>"), "https://www.youtube.com/watch?v=abcdefghi-1 ");
  EXPECT_EQ(of("<div class=youtube-player data-id=abcdefghi-1></div>"), "https://www.youtube.com/watch?v=abcdefghi-1 ");
  EXPECT_EQ(of("<amp-vimeo data-videoid=76543210></amp-vimeo>"), "https://vimeo.com/76543210 ");
  EXPECT_EQ(of("<amp-twitter data-tweetid=1234567890123456789></amp-twitter>"), "https://twitter.com/i/status/1234567890123456789 ");
  EXPECT_EQ(of("<amp-instagram data-shortcode=AbCdEfGhIjK></amp-instagram>"), "https://www.instagram.com/p/AbCdEfGhIjK ");
  EXPECT_EQ(of("<amp-iframe src=/map title=Map></amp-iframe>"), "https://a.example/map Map");
  EXPECT_EQ(of("<amp-video controls><source src=clip.mp4></amp-video>"), "https://a.example/dir/clip.mp4 ");
  EXPECT_EQ(of("<div data-oembed-url=https://v.example/1></div>"), "https://v.example/1 ");
  EXPECT_EQ(of("<figure><oembed url=https://v.example/1></oembed></figure>"), "https://v.example/1 ");
  EXPECT_EQ(of("<div class=fb-post data-href=https://f.example/posts/1></div>"), "https://f.example/posts/1 ");
  for (const char* none : {"<div class=fb-like data-href=https://f.example/x></div>", "<lottie-player src=/moves.json></lottie-player>", "<x-card href=https://b.example/></x-card>",
                           "<div class=vimeo data-id=abc></div>", "<amp-youtube data-videoid=short></amp-youtube>", "<div class=comment-frame data-href=https://b.example/></div>"})
    EXPECT_EQ(of(none), "none") << none;
}

TEST(Embeds, QuotationsOfPosts) {
  const auto of = [](const std::string& quote) { return Assembled("<p>One.</p>" + quote + "<p>Two.</p>").as(Format::markdown); };
  const std::string shown = "One.\n\n[https://n.example/ann/post/17](https://n.example/ann/post/17)\n\nTwo.\n";
  EXPECT_EQ(of("<blockquote class=instagram-media data-instgrm-permalink=https://n.example/ann/post/17><footer>View this</footer></blockquote>"), shown);
  EXPECT_EQ(of("<blockquote class=tiktok-embed cite=https://n.example/ann/post/17><footer>View this</footer></blockquote>"), shown);
  EXPECT_EQ(of("<blockquote class=reddit-embed-bq><footer><a href=https://n.example/ann>Ann</a>, <a href='https://n.example/ann/post/17'>on oak</a></footer></blockquote>"), shown);
  // Whose text leads there.
  EXPECT_EQ(of("<blockquote class=bluesky-embed>Oak is hard. <a href=https://n.example/ann/post/17?ref=x>May 1</a></blockquote>"),
            "One.\n\n> Oak is hard. [May 1](https://n.example/ann/post/17?ref=x)\n\nTwo.\n");
  EXPECT_EQ(of("<blockquote cite=https://n.example/book><footer>Said.</footer></blockquote>"), "One.\n\nTwo.\n");
  EXPECT_EQ(of("<blockquote class=wp-embedded-content><footer><a href=https://n.example/other>Another story</a></footer></blockquote>"), "One.\n\nTwo.\n");
}

TEST(Embeds, HaveCaptions) {
  EXPECT_EQ(Assembled("<p>One.</p><figure><iframe src=/player title=Film></iframe><figcaption>The film of 1926</figcaption></figure><p>Two.", true).as(Format::markdown),
            "One.\n\n[Film](https://a.example/player)\n\n*The film of 1926*\n\nTwo.\n");
  EXPECT_EQ(Assembled("<p>One.</p><figure><blockquote>Said.</blockquote><figcaption>Niels, <cite>Notes</cite></figcaption></figure><p>Two.", true).as(Format::markdown),
            "One.\n\n> Said.\n\n*Niels, Notes*\n\nTwo.\n");
}

TEST(Tables, LinesOfCells) {
  const Assembled a("<table><tr><th>Read<th>in<br>week<tr><td><ul><li>One<li>Two</ul><td><p>3</p><tr><td><br>x<br><td>4<div>5</div></table>");
  EXPECT_EQ(a.out.text, "Read | in week\n\nOne Two | 3\n\nx | 4 5");
  EXPECT_EQ(a.as(Format::markdown), "| Read | in<br>week |\n| --- | --- |\n| One<br>Two | 3 |\n| x | 4<br>5 |\n");
  EXPECT_NE(a.as(Format::html).find("<tr><td>One<br>Two</td><td>3</td></tr>"), std::string::npos);
  EXPECT_EQ(Assembled("<table><tr><th>A<th>B<tr><td>Total <button>?</button> in all<td>a<br><img src=/i.png> b</table>").as(Format::markdown),
            "| A | B |\n| --- | --- |\n| Total ? in all | a<br>![](https://a.example/i.png) b |\n");
}

// Cells that span columns or rows leave room for what they take.
TEST(Tables, Spans) {
  EXPECT_EQ(Assembled("<table><tr><th rowspan=2>Firm<th colspan=2>First<th>Last<tr><th>In<th>Out<th>In<tr><td>A<td colspan=2>none<td>3</table>").as(Format::markdown),
            "| Firm | First |  | Last |\n| --- | --- | --- | --- |\n|  | In | Out | In |\n| A | none |  | 3 |\n");
  EXPECT_EQ(Assembled("<table><tr><th>A<th>B<th>C<tr><td>1<td rowspan=0>2<td>3<tr><td>4<td>5<tbody><tr><td>6<td>7<td>8</table>").as(Format::markdown),
            "| A | B | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n| 4 |  | 5 |\n| 6 | 7 | 8 |\n");
  EXPECT_EQ(Assembled("<table><tr><th>A<th>B<tr><td>1<td rowspan=2>2<tr><td colspan=x>3</table>").as(Format::html).find("<tr><td>3</td><td></td></tr>") != std::string::npos, true);
  EXPECT_EQ(Assembled("<table><tr><th>A<th>B<tr><td>1<td rowspan=2>2<tr><tr><td>3<td>4<tr><td colspan=100>5</table>").as(Format::markdown), "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n| 5 |  |\n");
  const Assembled row("<table><tr><th>A<th>B<th>C<tr><td colspan=' 2'>1<td>2</table>");
  EXPECT_EQ(row.out.blocks[1].text, "1 | 2");
  EXPECT_EQ(row.out.blocks[1].marks.size(), 3u);
  EXPECT_FALSE(row.out.blocks[1].marks[1].apart);
  EXPECT_EQ(Assembled("<table><tr><th>A<th>B<tr><td><iframe src=/x></iframe><td>Film<tr><td><img src=/p.png><td>Other</table>").as(Format::markdown),
            "| A | B |\n| --- | --- |\n|  | Film |\n| ![](https://a.example/p.png) | Other |\n");
}

TEST(Tables, PicturesInCells) {
  EXPECT_EQ(Assembled("<table><tr><th>A<th>B<th>C<tr><td>1<td><img src=/p.png> <a href=/x>Name</a><td><img src=/q.png><tr><td><img src=/r.png><td>2<td>3</table>").as(Format::markdown),
            "| A | B | C |\n| --- | --- | --- |\n| 1 | ![](https://a.example/p.png) [Name](https://a.example/x) | ![](https://a.example/q.png) |\n| ![](https://a.example/r.png) | 2 | 3 |\n");
}

TEST(Tables, CaptionsOfTheirNumbers) {
  const std::string table = "<p>One.</p><table><tr><th>A<th>B<tr><td>1<td>2</table>", shown = "One.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n";
  EXPECT_EQ(Assembled(table + "<p class=caption>Table 1. Ships and tons</p><p>Two.", true).as(Format::markdown), shown + "*Table 1. Ships and tons*\n\nTwo.\n");
  for (const char* none : {"Photo by Ann", "Table of all", "1. Ships"})
    EXPECT_EQ(Assembled(table + "<p class=caption>" + none + "</p><p>Two.", true).as(Format::markdown), shown + "Two.\n") << none;
}

// Rows of nothing else.
TEST(Tables, RowsOfPictures) {
  const Assembled a("<table><tr><th colspan=2>Pier<tr><td colspan=2><img src=/p.png><tr><th>Built<td>1911<tr><th>Length<td>90 m</table>");
  EXPECT_EQ(a.as(Format::markdown), "| Pier |  |\n| --- | --- |\n| ![](https://a.example/p.png) |  |\n| Built | 1911 |\n| Length | 90 m |\n");
  EXPECT_NE(a.as(Format::html).find("<tr><th>Pier</th><td></td></tr>\n<tr><td><img src=\"https://a.example/p.png\" alt=\"\" loading=\"lazy\"></td><td></td></tr>\n<tr><th>Built</th>"), std::string::npos);
  const Assembled first("<table><tr><td colspan=2><img src=/p.png><tr><th>Built<td>1911<tr><th>Length<td>90 m</table>");
  EXPECT_EQ(first.as(Format::markdown), "![](https://a.example/p.png)\n\n|  |  |\n| --- | --- |\n| Built | 1911 |\n| Length | 90 m |\n");
  EXPECT_NE(first.as(Format::html).find("</figure>\n<table>\n<tr><th>Built"), std::string::npos);
}

TEST(Tables, PicturesBefore) {
  EXPECT_EQ(Assembled("<p>See:</p><p><img src=/p.png></p><table><tr><th>A<th>B<tr><td>1<td>2</table>").as(Format::markdown),
            "See:\n\n![](https://a.example/p.png)\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n");
}

// A paragraph that is code alone has lines; amid a text code has none.
TEST(Marks, LinesOfCode) {
  EXPECT_EQ(Assembled("<p>So:</p><p><code>git add .<br>git commit<br />\ngit push</code></p><ul><li>One<p><code>a<br>b</code></ul>").as(Format::markdown),
            "So:\n\n```\ngit add .\ngit commit\ngit push\n```\n\n- One\n\n  ```\n  a\n  b\n  ```\n");
  EXPECT_EQ(Assembled("<p>Then <code>a<br>b</code> and <code>c</code>").as(Format::markdown), "Then `a b` and `c`\n");
  EXPECT_EQ(Assembled("<p><code>a</code><br><code>b</code>").as(Format::markdown), "`a`\\\n`b`\n");
}

// Letters set otherwise by a style attribute, and the titles of notes.
TEST(Marks, ByStyle) {
  EXPECT_EQ(Assembled("<p>Press <span style='color:red;font-weight: Bold'>Enter</span> or <span style=font-style:italic>Escape</span>, <span style='font-weight:400'>now</span>.").as(Format::markdown),
            "Press **Enter** or *Escape*, now.\n");
  EXPECT_EQ(Assembled("<p><b>All <span style='font-weight:700'>of it</span></b>").as(Format::html).find("<strong><strong>"), std::string::npos);
  EXPECT_EQ(Assembled("<details><summary>Where?</summary>Here.</details><details><summary><h3>When?</h3></summary>Now.</details>").as(Format::markdown), "**Where?**\n\nHere.\n\n### When?\n\nNow.\n");
  EXPECT_EQ(Assembled("<pre><span style='font-weight:bold'>def</span> f:</pre>").out.blocks[0].marks.size(), 0u);  // as highlighters write
  EXPECT_EQ(Assembled("<div class='admonition note'><p class='admonition-title'>Note<p>Mind the gap.</div>").as(Format::markdown), "**Note**\n\nMind the gap.\n");
  for (const char* title : {"admonition__title", "admonitionHeading_Gvgb", "x admonition-heading"})
    EXPECT_EQ(Assembled("<div class=admonition><div class='" + std::string(title) + "'>Note</div>Mind the gap.</div>").as(Format::markdown), "**Note**\n\nMind the gap.\n") << title;
  for (const char* none : {"admonitionContent_Gvgb", "admonitionHeading_of_all", "no-admonition-title"})
    EXPECT_EQ(Assembled("<div class=admonition><div class='" + std::string(none) + "'>Note</div>Mind the gap.</div>").as(Format::markdown), "Note\n\nMind the gap.\n") << none;
}

// A picture before a list is no part of its first item.
TEST(Pictures, BeforeLists) {
  EXPECT_EQ(Assembled("<p>See:</p><img src=/p.png alt=Plan><ol><li>One</ol>").as(Format::markdown), "See:\n\n![Plan](https://a.example/p.png)\n\n1. One\n");
  EXPECT_EQ(Assembled("<footer>Share</footer><img src=/p.png><ul><li>One<li><img src=/q.png>Two</ul>").as(Format::markdown),
            "![](https://a.example/p.png)\n\n- One\n- ![](https://a.example/q.png) Two\n");
  EXPECT_EQ(Assembled("<blockquote>Said.</blockquote><img src=/p.png><ul><li>One</ul>").as(Format::markdown), "> Said.\n\n![](https://a.example/p.png)\n\n- One\n");
  EXPECT_EQ(Assembled("<ul><li>One<img src=/p.png><ol><li>Deep</ol><li>Two</ul>").as(Format::markdown), "- One ![](https://a.example/p.png)\n  1. Deep\n- Two\n");
}

// A picture above a bar to share by is none of its icons, and goes to what follows.
TEST(Pictures, AboveABar) {
  const std::string list = "<ul><li>Share<li>Print</ul>", line = "<a>Share</a> <a>Print</a>", shown = "Text.\n\n![](https://a.example/p.png)\n\nMore.\n";
  EXPECT_EQ(Assembled("<p>Text.</p><nav><img src=/p.png>" + list + "</nav><p>More.").as(Format::markdown), shown);
  EXPECT_EQ(Assembled("<p>Text.</p><figure><a><img src=/p.png></a></figure><nav>" + line + "</nav><nav>Save</nav><p>More.").as(Format::markdown), shown);
  EXPECT_EQ(Assembled("<p>Text.</p><nav><figure><a><img src=/p.png></a></figure><img src=/icon.png>" + line + "</nav><nav>Save</nav><p>More.").as(Format::markdown), shown);
  EXPECT_EQ(Assembled("<nav><img src=/logo.png>" + list + "</nav><p>Text.").as(Format::markdown), "Text.\n");
  EXPECT_EQ(Assembled("<p>Text.</p><nav><ul><li><img src=/icon.png>Share<li>Print</ul></nav><p>More.").as(Format::markdown), "Text.\n\nMore.\n");
  EXPECT_EQ(Assembled("<p>Text.</p><footer><img src=/p.png>" + list + "</footer><p>More.").as(Format::markdown), "Text.\n\nMore.\n");
  EXPECT_EQ(Assembled("<p>Text.</p><nav><img src=/p.png>" + list + "</nav><ul><li>More.</ul>").as(Format::markdown),
            "Text.\n\n![](https://a.example/p.png)\n\n- More.\n");
  EXPECT_EQ(Assembled("<ul><li>Chair<figure><img src=/p.png></figure><nav><b>Compare</b></nav><p>Of oak.</ul>").as(Format::markdown), "- Chair\n\n  ![](https://a.example/p.png)\n\n  Of oak.\n");
}

TEST(Pictures, BeforeQuotations) {
  EXPECT_EQ(Assembled("<p>See:</p><p><img src=/p.png></p><blockquote><p>Said.</p><p><img src=/q.png></p><p>And said.</p></blockquote>").as(Format::markdown),
            "See:\n\n![](https://a.example/p.png)\n\n> Said.\n>\n> ![](https://a.example/q.png) And said.\n");
}

TEST(Pictures, Addresses) {
  const auto of = [](const std::string& attributes, const std::string& before = "") {
    const Assembled a("<p>" + before + "<img " + attributes + ">Text");
    return a.out.blocks[0].marks.empty() ? std::string("none") : std::string(a.out.blocks[0].marks[0].target) + " " + std::string(a.out.blocks[0].marks[0].label);
  };
  EXPECT_EQ(of("src=/a.jpg alt=Cat"), "https://a.example/a.jpg Cat");
  EXPECT_EQ(of("src=/blank.gif data-src=/a.jpg"), "https://a.example/a.jpg ");
  EXPECT_EQ(of("src=data:x data-lazy-src=/a.jpg"), "https://a.example/a.jpg ");
  EXPECT_EQ(of("src=/img/placeholder.svg nitro-lazy-src=//b.example/a.jpg"), "https://b.example/a.jpg ");
  EXPECT_EQ(of("srcset='/a.jpg 300w, /b.jpg 600w'"), "https://a.example/a.jpg ");
  EXPECT_EQ(of("src=/spacer.gif", "<picture><source srcset=/a.webp>"), "https://a.example/a.webp ");
  EXPECT_EQ(of("src=/placeholder.png"), " ");
  EXPECT_EQ(of("src=/missing-image.svg data-srcset='/a.jpg 300w'"), "https://a.example/a.jpg ");
  EXPECT_EQ(of("src=/default-wide.jpg data-lazy-src=/a.jpg"), "https://a.example/a.jpg ");
  EXPECT_EQ(of("src=/default-wide.jpg srcset='/small.jpg 300w'"), "https://a.example/default-wide.jpg ");
  EXPECT_EQ(of("src=/a.jpg data-lazy-src=/b.jpg"), "https://a.example/a.jpg ");
  EXPECT_EQ(of("src=/loading-dock.jpg alt='The dock.'"), "https://a.example/loading-dock.jpg The dock.");
  EXPECT_EQ(of("src=/img/Pixel.jpg"), "https://a.example/img/Pixel.jpg ");
  EXPECT_EQ(of("src='/loader?file=abc.jpg'"), "https://a.example/loader?file=abc.jpg ");
  EXPECT_EQ(of("src=/blank.gif data-error-src=/err.png data-cdn-src=/a.png"), "https://a.example/a.png ");
  EXPECT_EQ(of("src=/a.jpg alt=IMG_2041.JPG"), "https://a.example/a.jpg ");
  EXPECT_EQ(of("data-src-note='no address' src=data:x"), " ");
}

// A caption is told without its picture where that has no address.
TEST(Pictures, CaptionsWithoutThem) {
  const auto of = [](const std::string& figures) { return Assembled("<p>One.</p>" + figures + "<p>Two.</p>", true).as(Format::markdown); };
  const auto figure = [](const std::string& text) { return "<figure><img class=lazy src='data:image/gif;base64,x'><figcaption>" + text + "</figcaption></figure>"; };
  EXPECT_EQ(of(figure("The wall in its first winter.")), "One.\n\n*The wall in its first winter.*\n\nTwo.\n");
  EXPECT_EQ(of(figure("Credit: Ann") + figure("<a href=/b>The other walls of this county</a>")), "One.\n\nTwo.\n");
  EXPECT_EQ(of(figure("How to build your own wall") + figure("How to build your own wall")), "One.\n\n*How to build your own wall*\n\nTwo.\n");
  EXPECT_EQ(Assembled("<p>One.</p>" + figure("The wall in its first winter."), true).as(Format::markdown), "One.\n");
}

// What else stands in a figure is no caption beside its caption.
TEST(Pictures, CaptionsBesideLinks) {
  const std::string shown = "One.\n\n![](https://a.example/a.png)\n\n*The wall.*\n\nTwo.\n", picture = "<p>One.</p><figure><img src=/a.png>", caption = "<figcaption>The wall.</figcaption></figure><p>Two.";
  EXPECT_EQ(Assembled(picture + "<div class=caption><a href=/gallery>Open in gallery</a></div>" + caption, true).as(Format::markdown), shown);
  EXPECT_EQ(Assembled(picture + "<nav>Share</nav>" + caption, true).as(Format::markdown), shown);
  EXPECT_EQ(Assembled(picture + "<div class=caption>Photo: Ann</div>" + caption, true).as(Format::markdown), "One.\n\n![](https://a.example/a.png)\n\n*Photo: Ann*\n\n*The wall.*\n\nTwo.\n");
  EXPECT_EQ(Assembled("<h1>Walls</h1>" + picture + "<div class=caption><a href='https://p.example/pin/create/button/?url=x'>Pin it</a></div></figure><p>Two.", true).as(Format::markdown),
            "## Walls\n\nOne.\n\n![](https://a.example/a.png)\n\nTwo.\n");
  // Lines of one caption: the picture comes once.
  EXPECT_EQ(Assembled(picture + "<figcaption><p>Photo:</p><p>Ann</p></figcaption></figure><p>Two.", true).as(Format::markdown),
            "One.\n\n![](https://a.example/a.png)\n\n*Photo:*\n\n*Ann*\n\nTwo.\n");
}

// A picture for dark screens and one for light ones.
TEST(Pictures, ForDarkAndLightScreens) {
  const std::string light = "![Plan](https://a.example/plan.png)\n\nText\n", both = "![Plan](https://a.example/plan.png) ![Plan](https://a.example/b.png)\n\nText\n";
  EXPECT_EQ(Assembled("<div><img src=/plan-dark.png alt=Plan></div><div><img src=/plan.png alt=Plan></div><p>Text").as(Format::markdown), light);
  EXPECT_EQ(Assembled("<div><img src=/plan.png alt=Plan></div><div class=dark-image><img src=/b.png alt=Plan></div><p>Text").as(Format::markdown), light);
  EXPECT_EQ(Assembled("<a href=/x><img src=/b.png alt=Plan></a><a href=/y><img id=plan-light src=/plan.png alt=Plan></a><p>Text").as(Format::markdown).find("b.png"), std::string::npos);
  EXPECT_EQ(Assembled("<div class=dark><img src=/plan.png alt=Plan><img src=/b.png alt=Plan></div><p>Text").as(Format::markdown), both);
  EXPECT_EQ(Assembled("<img src=/plan.png alt=Plan><img src=/b.png alt=Plan><p>Text").as(Format::markdown), both);
}

TEST(Pictures, OfAcceleratedPages) {
  EXPECT_EQ(Assembled("<p>One.</p><amp-img src=/a.png alt=Plan width=9><i-sizer><img src='data:x'></i-sizer><noscript><img src=/a.png alt=Plan></noscript></amp-img><p>Two.").as(Format::markdown),
            "One.\n\n![Plan](https://a.example/a.png)\n\nTwo.\n");
}

TEST(Pictures, AgainAndAgain) {
  const std::string tick = "<img src=/tick.png>", items = "<ul><li>" + tick + "A<li>" + tick + "B<li>" + tick + "C<li><img src=/c.png>D</ul>";
  EXPECT_EQ(Assembled(items).as(Format::markdown), "- A\n- B\n- C\n- ![](https://a.example/c.png) D\n");
  const std::string sign = "<li><img src=/tick.png alt=✓>";
  const std::string smile = "<p>Hello <img src=/smile.png alt=':)'></p>";
  EXPECT_EQ(Assembled(smile + smile + smile).as(Format::markdown).substr(0, 42), "Hello ![:)](https://a.example/smile.png)\n\n");
  EXPECT_EQ(Assembled("<ul>" + sign + "A" + sign + "B" + sign + "C</ul>").as(Format::markdown), "- A\n- B\n- C\n");
  EXPECT_EQ(Assembled("<p>Press " + tick + ", " + tick + " and " + tick + " then.").as(Format::html).find("Press and"), std::string::npos);
  EXPECT_EQ(Assembled("<p>One " + tick + " two " + tick).as(Format::markdown), "One ![](https://a.example/tick.png) two ![](https://a.example/tick.png)\n");
  const std::string cells = "<tr><td>x<td>Yes: " + tick;
  EXPECT_EQ(Assembled("<table><tr><th>A<th>B" + cells + cells + cells + "</table>").as(Format::markdown).substr(24, 45), "| x | Yes: ![](https://a.example/tick.png) |\n");
}

// What stands in hidden boxes alone is not shown.
TEST(Pictures, ThatAreHidden) {
  EXPECT_EQ(Assembled("<p>One.</p><img src=/a.png><div style='display:none'><img src=/pin.png></div><p>Two.").as(Format::markdown), "One.\n\n![](https://a.example/a.png)\n\nTwo.\n");
  // A page that its scripts will show.
  EXPECT_EQ(Assembled("<div hidden><p>One.</p><div><img src=/a.png></div><p>Two.</p></div>").out.blocks[1].marks.size() + Assembled("<div hidden><p>One.</p><div><img src=/a.png></div><p>Two.</p></div>").out.blocks[0].marks.size(), 1u);
}

// Captions that are shown show their pictures, too: they come once.
TEST(Pictures, OfSeveralCaptions) {
  Assembled a("<p>One.</p><figure><img src=/a.png><figcaption>A</figcaption></figure><figure><img src=/b.png><figcaption>B</figcaption></figure><p>Two.");
  for (std::size_t i = 0; i < a.blocks.blocks.size(); ++i)
    if (a.blocks.blocks[i].kind == BlockKind::caption) a.decisions.of_block[i] = {.role = Role::caption};
  assemble(a.page, a.blocks, a.decisions, a.decoded, "https://a.example/", a.page.arena, a.meter, a.out);
  a.document.blocks = a.out.blocks;
  EXPECT_EQ(a.as(Format::markdown), "One.\n\n![](https://a.example/a.png)\n\n*A*\n\n![](https://a.example/b.png)\n\n*B*\n\nTwo.\n");
}

TEST(Pictures, OfSteps) {
  EXPECT_EQ(Assembled("<ol><li><img src=/1.png><h3>Wash</h3><p>Well.<li><h3>Peel</h3><img src=/2.png><p>Thinly.</ol>").as(Format::markdown),
            "1. ![](https://a.example/1.png)\n\n   ### Wash\n\n   Well.\n2. ### Peel\n\n   ![](https://a.example/2.png)\n\n   Thinly.\n");
}

// What has ended in a step does not begin it again.
TEST(Headings, OfAStepThatHasEnded) {
  EXPECT_EQ(Assembled("<ol><li><h3>One</h3><ul><li><h4>Card</h4></ul><h4>After</h4><li><h3>Two</h3></ol>").as(Format::markdown),
            "1. ### One\n\n#### Card\n\n#### After\n\n2. ### Two\n");
  EXPECT_EQ(Assembled("<ol><li><ul><li>Deep</ul><h3>One</h3><p>So.<li><h3>Two</h3></ol>").as(Format::markdown),
            "- Deep\n\n1. ### One\n\n   So.\n2. ### Two\n");
}

TEST(Notes, MarksAndTexts) {
  const Assembled a(
      "<p>It sank<sup><a href='#fn1' id=r1>1</a></sup> at noon<a class=footnote-ref "
      "href='#fn2'><sup>[2]</sup></a>.</p><p>So.</p>"
      "<ol><li id=fn1><p>So says the log. <a href='#r1'>↩</a></p></li><li id=fn2>Or at one.</li></ol>");
  ASSERT_EQ(a.out.blocks.size(), 4u);
  EXPECT_EQ(a.out.blocks[2].note, "1");
  EXPECT_EQ(a.out.blocks[3].note, "2");
  EXPECT_EQ(a.as(Format::markdown),
            "It sank[^1] at noon[^2].\n\nSo.\n\n[^1]: So says the log.\n\n[^2]: Or at one.\n");
  EXPECT_NE(a.as(Format::html).find("It sank<sup><a href=\"#note-1\">1</a></sup> at noon"),
            std::string::npos);
  EXPECT_NE(a.as(Format::html).find("<p class=\"note\" id=\"note-2\"><sup>2</sup> Or at one.</p>"),
            std::string::npos);
  EXPECT_NE(a.as(Format::tei).find("<note n=\"1\">So says the log."), std::string::npos);
  EXPECT_NE(a.as(Format::xml).find("<p rend=\"note\" n=\"2\">Or at one.</p>"), std::string::npos);
  EXPECT_NE(a.as(Format::json).find("\"note\":\"1\""), std::string::npos);
  // The text says what the page shows.
  EXPECT_EQ(a.out.text.substr(0, 25), "It sank1 at noon[2].\n\nSo.");
}

// Sphinx: the label has a block of its own.
TEST(Notes, LabelsBesideTheirTexts) {
  const Assembled a("<p>It sank<a class=footnote-reference href='#id2' role=doc-noteref>[1]</a> at noon.</p>"
                    "<aside class=footnote id=id2 role=doc-footnote><div class=label>[<a href='#id1' role=doc-backlink>1</a>]</div><p>So says the log.</p></aside>");
  EXPECT_EQ(a.as(Format::markdown), "It sank[^1] at noon.\n\n[^1]: So says the log.\n");
}

TEST(Notes, WhatIsNone) {
  // A table of contents, a note that is no content, a mark that leads up, a label that leads to two places.
  EXPECT_EQ(Assembled("<p><a href='#c1'>1</a> <a href='#c2'>2</a></p><h2 id=c1>One</h2><h2 id=c2>Two</h2>")
                .as(Format::markdown)
                .find("[^"),
            std::string::npos);
  EXPECT_EQ(
      Assembled("<p>A<sup><a href='#n'>1</a></sup></p><footer><p id=n>No.</p></footer>").as(Format::markdown),
      "A<sup>1</sup>\n");
  EXPECT_EQ(
      Assembled("<p id=top>A</p><p>B<sup><a href='#top'>1</a></sup></p>").as(Format::markdown).find("[^"),
      std::string::npos);
  const Assembled two(
      "<p>A<sup><a href='#x'>1</a></sup> B<sup><a href='#y'>1</a></sup></p><p id=x>X.</p><p id=y>Y.</p>");
  EXPECT_EQ(two.out.blocks[1].note, "1");
  EXPECT_EQ(two.out.blocks[2].note, "");
  EXPECT_EQ(Assembled("<p>A<sup><a href='#none'>1</a></sup></p>").as(Format::markdown), "A<sup>1</sup>\n");
}

TEST(Formulas, InEveryFormat) {
  const Assembled a(
      "<p>So <math><msup><mi>x</mi><mn>2</mn></msup></math>.</p><math "
      "display=block><mi>y</mi><mo>&lt;</mo><mn>1</mn></math>");
  EXPECT_EQ(a.out.text, "So x^2.\n\ny<1");
  EXPECT_EQ(a.as(Format::markdown), "So $x^2$.\n\n$$\ny<1\n$$\n");
  EXPECT_NE(a.as(Format::html).find("So <span class=\"math\">\\(x^2\\)</span>."), std::string::npos);
  EXPECT_NE(a.as(Format::html).find("<p class=\"math\">\\[y&lt;1\\]</p>"), std::string::npos);
  EXPECT_NE(a.as(Format::tei).find("<formula notation=\"TeX\">x^2</formula>"), std::string::npos);
  EXPECT_NE(a.as(Format::xml).find("<formula>x^2</formula>"), std::string::npos);
}

TEST(Posts, AuthorAndDateHaveSpansOfTheirOwn) {
  const Assembled a(
      "<div class=comment><p class=meta><a href='/u/jane'>Jane</a> on <time>3 May "
      "2024</time></p><p>Hello.</p></div>");
  ASSERT_EQ(a.out.blocks.size(), 3u);
  EXPECT_EQ(a.out.blocks[1].text, "3 May 2024");
  EXPECT_EQ(a.html.substr(a.out.blocks[1].span_begin, 10), "3 May 2024");
}

}  // namespace
}  // namespace offprint
