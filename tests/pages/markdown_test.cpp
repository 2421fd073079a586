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

// What an item begins with is that item's, though it has no text of its own.
TEST(MarkdownOfPages, ItemsThatBeginWithQuotesAndCode) {
  EXPECT_EQ(markdown_of_shape("<ol><li><p>First reply says that the wall stands well in winter.</p></li>"
                              "<li><blockquote>The wall stands well in winter, and in summer.</blockquote><p>I do not think that it stands well at all.</p></li>"
                              "<li><pre>lay(stone)\nlay(stone)</pre></li><li>Fourth reply says that it stands very well indeed.</li></ol>"),
            "1. First reply says that the wall stands well in winter.\n2. > The wall stands well in winter, and in summer.\n\n"
            "   I do not think that it stands well at all.\n3. ```\n   lay(stone)\n   lay(stone)\n   ```\n4. Fourth reply says that it stands very well indeed.");
}

TEST(MarkdownOfPages, DefinitionsHoldWhatIsInThem) {
  const std::string_view meaning = "A stone that reaches through the wall from face to face and so ties both of its sides together, of which every builder "
                                   "lays one in each yard and in each course, if he has as many as that, and without which the wall would bulge in a few "
                                   "winters and fall down in some more, as may be seen where they have been left out to save money.";
  EXPECT_EQ(markdown_of_shape("<dl><dt>Through stone</dt><dd><p>" + std::string(meaning) + "</p><p>It is laid so, one for every yard of the wall that is built:</p><pre>lay(through)\nlay(through)</pre>"
                              "<ul><li>Every yard has one of them, at least.</li></ul></dd><dt>Cope</dt><dd>The stones on top, which stand on edge.</dd></dl>"),
            "Through stone\n: " + std::string(meaning) + "\n\n  It is laid so, one for every yard of the wall that is built:\n\n  ```\n  lay(through)\n  lay(through)\n  ```\n\n"
            "  - Every yard has one of them, at least.\n\nCope\n: The stones on top, which stand on edge.");
}

TEST(MarkdownOfPages, QuotationsBesideQuotations) {
  EXPECT_EQ(markdown_of_shape("<blockquote><p>The wall stands well in winter, said the first of them.</p></blockquote>"
                              "<blockquote><p>The wall stands well in summer, said the second of them.</p></blockquote>"),
            "> The wall stands well in winter, said the first of them.\n\n> The wall stands well in summer, said the second of them.");
}

TEST(MarkdownOfPages, PicturesBehindAnItemAreIts) {
  EXPECT_EQ(markdown_of_shape("<ol><li><p>Lay the first course of stones on firm ground.</p><p><img src=img/one.jpg alt='First course'></p></li>"
                              "<li><p>Lay the second course of stones on the first.</p></li></ol>"),
            "1. Lay the first course of stones on firm ground.\n\n   ![First course](https://walls.example/guides/img/one.jpg)\n2. Lay the second course of stones on the first.");
}

// A picture that a script loads, and the same for readers without scripts.
TEST(MarkdownOfPages, LazyPicturesComeOnce) {
  EXPECT_EQ(markdown_of_shape("<p><img data-src=img/a.jpg alt=A src='data:,'><noscript><img src=img/a.jpg alt=A></noscript> The first course of the wall, laid on firm ground.</p>"),
            "![A](https://walls.example/guides/img/a.jpg)\n\nThe first course of the wall, laid on firm ground.");
}

}  // namespace
}  // namespace offprint::testing
