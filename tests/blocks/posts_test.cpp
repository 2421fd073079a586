// Lines above posts of a thread: author and date are blocks of their own; lines of stories stay whole.
#include <gtest/gtest.h>

#include <string>

#include "tests/blocks/found.h"

namespace offprint {
namespace {

std::string blocks_of(const std::string& body) {
  const Found found(in_body(body));
  std::string s;
  for (const RawBlock& b : found.blocks.blocks) s.append("[").append(b.text).append("]");
  return s;
}

TEST(Posts, MicrodataOfAForum) {
  EXPECT_EQ(blocks_of("<div itemprop=comment itemscope itemtype='http://schema.org/Comment'><div class=meta>"
                      "<span itemprop=author><a href='/u/jane'><span itemprop=name>Jane</span></a></span> "
                      "<span class=infos><time datetime='2024-05-03'>May 3, 2024</time> <span "
                      "itemprop=position>2</span></span></div>"
                      "<p>Hello.</p></div>"),
            "[Jane][May 3, 2024][2][Hello.]");
}

TEST(Posts, ClassesOfComments) {
  EXPECT_EQ(
      blocks_of(
          "<li class='comment even'><p class=meta><strong class=review-author>Iñaki</strong> <span>–</span> "
          "<time>June 4, 2020</time></p><p>Good.</p></li>"),
      "[Iñaki][June 4, 2020][Good.]");
}

TEST(Posts, DateBeforeAuthor) {
  EXPECT_EQ(blocks_of("<div class=message-head><span class=datum-time>3. Mai 2024</span> | <a "
                      "href='/members/7'>Jürgen</a></div>"),
            "[3. Mai 2024][Jürgen]");
}

TEST(Posts, DeepInsideOfOtherElements) {
  std::string open, close;
  for (int i = 0; i < 40; ++i) {
    open += "<i title=x>";
    close += "</i>";
  }
  EXPECT_EQ(blocks_of("<div class=comment><p>" + open + "<b class=author>" + open + "Jane" + close + "</b>" + close + " <time>May 3, 2024</time></p></div>"),
            "[Jane][May 3, 2024]");
}

TEST(Posts, DateInsideALink) {
  EXPECT_EQ(
      blocks_of("<div class=thread><a class=username href='/m/1'>pelex</a>, <a class=datePermalink href='#1'>"
                "<span class=DateTime>May 26, 2025</span></a></div>"),
      "[pelex][May 26, 2025]");
}

TEST(Posts, StoriesAndSentencesStayWhole) {
  EXPECT_EQ(
      blocks_of(
          "<div class=byline><a rel=author href='/author/x'>Jane Roe</a> <time>May 3, 2024</time></div>"),
      "[Jane Roe May 3, 2024]");
  EXPECT_EQ(blocks_of("<div class=comment><p><a href='/u/x'>Jane</a> said on <time>May 3</time> that it "
                      "rains.</p></div>"),
            "[Jane said on May 3 that it rains.]");
  EXPECT_EQ(
      blocks_of(
          "<div class=comment><p><a class=mention href='/u/x'>@jane</a> on <time>May 3</time>?</p></div>"),
      "[@jane on May 3?]");
  const std::string line =
      "<a href='/u/x'>Jane</a> wrote what is longer than any line above a post would ever be and so is no "
      "such line, on <time>May 3</time>";
  EXPECT_EQ(blocks_of("<div class=comment><p>" + line + "</p></div>").find("]["), std::string::npos);
}

TEST(Posts, TablesOfOldForumsAreLayout) {
  EXPECT_EQ(blocks_of("<table><tr><td>30th March 2025<td>#1<tr><td><div>jane</div><div>Posts: "
                      "3</div><td><div>Title</div><hr>"
                      "<div>A post.<br><br>Its end.</div></table>"),
            "[30th March 2025][#1][jane][Posts: 3][Title][A post.][Its end.]");
}

TEST(Posts, MarksStayWithTheirWords) {
  const Found found("<div class=comment><p><a href='/u/j'><b>Jane</b></a> <i class=date>today</i></p></div>");
  const auto& [html, page, blocks, meter] = found;
  ASSERT_EQ(blocks.blocks.size(), 2u);
  const RawBlock& author = blocks.blocks[0];
  const RawBlock& date = blocks.blocks[1];
  EXPECT_EQ(author.text, "Jane");
  EXPECT_EQ(date.text, "today");
  ASSERT_EQ(author.marks_count, 2u);
  EXPECT_EQ(blocks.marks[author.marks_begin].kind, MarkKind::link);
  EXPECT_EQ(blocks.marks[author.marks_begin].end, 4u);
  ASSERT_EQ(date.marks_count, 1u);
  EXPECT_EQ(blocks.marks[date.marks_begin].kind, MarkKind::emphasis);
  EXPECT_EQ(blocks.marks[date.marks_begin].end, 5u);
  EXPECT_EQ(html.substr(date.span.begin, date.span.end - date.span.begin), "today");
}

}  // namespace
}  // namespace offprint
