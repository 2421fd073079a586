// Markdown of pages whose content is plain to see: what each shape becomes, the whole way from bytes. How the
// writer escapes and indents is tested on documents made by hand in tests/formats.
#include <gtest/gtest.h>

#include <string>

#include "offprint/offprint.h"

namespace offprint::testing {
namespace {

// An article of prose around the shape that is tested, so that no model could take it for anything else.
std::string article(const std::string& shape, const std::string& head = "") {
  return "<!DOCTYPE html><html lang=en><head><title>Building a dry stone wall</title>" + head +
         "</head><body><article><h1>Building a dry stone wall</h1>"
         "<p>A dry stone wall stands without mortar, and stands the longer for it. This guide follows a "
         "waller who "
         "has built them for forty years, and who has never yet had to come back.</p>"
         "<p>Begin in early autumn, when the ground is dry and the stones are easy to see. Two people lay "
         "about four "
         "metres in a day, and nobody who is in a hurry has ever laid more.</p>" +
         shape +
         "<p>When the cope stones are on, walk away and come back in a year. What has not moved by then will "
         "stand "
         "for a hundred years, and the sheep will not care who built it.</p></article></body></html>";
}

std::string markdown_of(const std::string& html) {
  Extractor extractor;
  std::string out;
  write(extractor.extract({.bytes = html, .url = "https://walls.example/guides/first.html"}),
        Format::markdown, out);
  return out;
}

// The Markdown of the shape alone: what stands between the second paragraph and the last.
std::string markdown_of_shape(const std::string& shape, const std::string& head = "") {
  const std::string markdown = markdown_of(article(shape, head));
  const std::size_t before = markdown.find("has ever laid more.\n\n");
  const std::size_t behind = markdown.find("When the cope stones are on");
  if (before == std::string::npos || behind == std::string::npos) return "(paragraphs lost) " + markdown;
  const std::size_t begin = before + 21;
  std::string between = markdown.substr(begin, behind - begin);
  while (between.ends_with('\n')) between.pop_back();
  return between;
}

TEST(MarkdownOfPages, Headings) {
  const std::string markdown = markdown_of(article(""));
  EXPECT_TRUE(markdown.starts_with("# Building a dry stone wall\n\nA dry stone wall stands")) << markdown;
  EXPECT_EQ(markdown.find("# Building", 2), std::string::npos) << "the title once";
  EXPECT_EQ(markdown_of_shape("<h2>The foot of the wall</h2><p>Dig down to the subsoil, a spade wide on "
                              "either side of the line, and "
                              "lay the largest stones there.</p><h3>On a <em>slope</em></h3><p>Lay them "
                              "level all the same, in steps, "
                              "and never along the fall of the hill.</p>"),
            "## The foot of the wall\n\nDig down to the subsoil, a spade wide on either side of the line, "
            "and lay the "
            "largest stones there.\n\n### On a *slope*\n\nLay them level all the same, in steps, and never "
            "along the "
            "fall of the hill.");
}

TEST(MarkdownOfPages, NestedLists) {
  EXPECT_EQ(markdown_of_shape(
                "<p>Collect these tools before you begin, and keep them out of the grass:</p>"
                "<ul><li>a walling hammer<ul><li>with a square face</li><li>and a blunt edge<ol><li>for "
                "granite</li><li>for slate</li></ol></li></ul></li><li>string and four iron pins</li></ul>"),
            "Collect these tools before you begin, and keep them out of the grass:\n\n"
            "- a walling hammer\n  - with a square face\n  - and a blunt edge\n    1. for granite\n    2. "
            "for slate\n"
            "- string and four iron pins");
  EXPECT_EQ(markdown_of_shape(
                "<ol start=3><li>Strip the turf along the line.</li><li><p>Sort the stones by size.</p>"
                "<p>The flat ones are for the top of the wall.</p></li><li>Lay the foot.</li></ol>"),
            "3. Strip the turf along the line.\n4. Sort the stones by size.\n\n"
            "   The flat ones are for the top of the wall.\n5. Lay the foot.");
}

TEST(MarkdownOfPages, Tables) {
  EXPECT_EQ(markdown_of_shape(
                "<p>How wide the foot must be depends on the height of the wall:</p>"
                "<table><thead><tr><th>Height</th><th>Foot</th><th>Stone | metre</th></tr></thead><tbody>"
                "<tr><td>1.2 m</td><td>70 cm</td><td>1.6 <b>t</b></td></tr>"
                "<tr><td>1.5 m</td><td>80 cm</td><td></td></tr></tbody></table>"),
            "How wide the foot must be depends on the height of the wall:\n\n"
            "| Height | Foot | Stone \\| metre |\n| --- | --- | --- |\n| 1.2 m | 70 cm | 1.6 **t** |\n"
            "| 1.5 m | 80 cm |  |");
}

TEST(MarkdownOfPages, Code) {
  EXPECT_EQ(markdown_of_shape(
                "<p>A small program reckons how many tonnes a wall takes, from its length and height:</p>"
                "<pre><code class=\"language-python\">def tonnes(length, height):\n    if height &gt; 2:\n"
                "        return None\n\n    return 1.6 * length * height\n</code></pre>"
                "<p>Call <code>tonnes(4, 1.2)</code> and order a little more than it says.</p>"),
            "A small program reckons how many tonnes a wall takes, from its length and height:\n\n"
            "```python\ndef tonnes(length, height):\n    if height > 2:\n        return None\n\n    return "
            "1.6 * length * "
            "height\n```\n\nCall `tonnes(4, 1.2)` and order a little more than it says.");
}

TEST(MarkdownOfPages, LanguagesByABareClass) {
  const std::string text = markdown_of_shape("<p>A small program reckons how many tonnes a wall takes, from its length and height:</p><pre class=\"rust example\"><code>fn main() {}</code></pre>"
                                             "<p>Call it and order a little more of the stone than what it says on the screen.</p>");
  EXPECT_NE(text.find("```rust\nfn main() {}\n```"), std::string::npos) << text;
}

TEST(MarkdownOfPages, Quotes) {
  EXPECT_EQ(markdown_of_shape(
                "<p>The old waller in the next valley had only one rule, and he said it often:</p>"
                "<blockquote><p>One stone over two, two stones over one, and never a running joint.</p>"
                "<p>Everything else you can learn from the wall itself.</p></blockquote>"),
            "The old waller in the next valley had only one rule, and he said it often:\n\n"
            "> One stone over two, two stones over one, and never a running joint.\n>\n"
            "> Everything else you can learn from the wall itself.");
}

TEST(MarkdownOfPages, LinksAreAbsolute) {
  EXPECT_EQ(
      markdown_of_shape(
          "<p>Stone comes from <a href=\"/quarry\">the quarry</a>, string from <a href=\"shop?x=1&amp;y=2\">"
          "the shop</a>, advice from <a href=\"//forum.example/walls\">the forum</a> and "
          "<a href=\"https://other.example/\"><strong>its rival</strong></a>.</p>"),
      "Stone comes from [the quarry](https://walls.example/quarry), string from "
      "[the shop](https://walls.example/guides/shop?x=1&y=2), advice from [the "
      "forum](https://forum.example/walls) "
      "and [**its rival**](https://other.example/).");
  EXPECT_EQ(markdown_of_shape(
                "<p>Stone comes from <a href=\"quarry\">the quarry</a> on the other side of the hill, a day "
                "away with a cart and an hour with a lorry.</p>",
                "<base href=\"/stones/\">"),
            "Stone comes from [the quarry](https://walls.example/stones/quarry) on the other side of the "
            "hill, a day away "
            "with a cart and an hour with a lorry.");
}

TEST(MarkdownOfPages, Emphasis) {
  EXPECT_EQ(markdown_of_shape(
                "<p>Never, <em>ever</em>, lay a stone <b>on its edge</b>: it was <del>strong</del> weak even "
                "before the frost got into it.<br>Ask anybody who has mended a gap in March.</p>"),
            "Never, *ever*, lay a stone **on its edge**: it was ~~strong~~ weak even before the frost got "
            "into it.\\\n"
            "Ask anybody who has mended a gap in March.");
}

TEST(MarkdownOfPages, ImagesHaveTheirWordsAndAddress) {
  EXPECT_EQ(
      markdown_of_shape(
          "<p>This is how the foot of the wall looks before the first course is laid upon it: "
          "<img src=\"/img/foot.jpg\" alt=\"Two rows of large stones\"> Note the rubble between the "
          "rows.</p>"),
      "This is how the foot of the wall looks before the first course is laid upon it: ![Two rows of large "
      "stones](https://walls.example/img/foot.jpg) Note the rubble between the rows.");
  EXPECT_EQ(markdown_of_shape("<p><img src=\"img/cope.jpg\" alt=\"Cope stones\" width=800 height=600></p>"),
            "![Cope stones](https://walls.example/guides/img/cope.jpg)");
}

// A figure of the story stands where it stood, though its caption is no part of the plain text.
TEST(MarkdownOfPages, Figures) {
  const std::string markdown = markdown_of_shape(
      "<figure><img src=\"img/wall.jpg\" alt=\"A finished wall\" width=800 height=600><figcaption>A "
      "finished wall above the village, in its first winter.</figcaption></figure>");
  EXPECT_NE(markdown.find("![A finished wall](https://walls.example/guides/img/wall.jpg)"), std::string::npos)
      << markdown;
}

}  // namespace
}  // namespace offprint::testing
