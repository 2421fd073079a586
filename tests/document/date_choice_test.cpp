// Which date of a page is its own, with the roles of its blocks known.
#include <gtest/gtest.h>

#include <string>

#include "judged.h"

namespace offprint {
namespace {

std::string date(const std::string& html) { return std::string(Found(html + body, PageType::article, "").f.date); }
const std::string head = "<title>The dog went home</title><h1>The dog went home</h1>";
const std::string told = "<script type=application/ld+json>{\"@type\":\"Article\",\"datePublished\":\"2021-11-01\",\"dateModified\":\"2021-11-01\"}</script>";

std::string dates(const std::string& html) {
  const Found found(html + body, PageType::article, "");
  return std::string(found.f.date) + " " + std::string(found.f.modified);
}

TEST(DateChoice, LabelsOfChange) {
  for (const char* line : {"<p>@d <span>August 16, 2019</span> <span>- Updated July 9, 2025</span></p>", "<p>@d August 16, 2019 (Updated July 9, 2025)</p>",
                           "<p>@d <time>August 16, 2019</time> - Updated <time>July 9, 2025</time></p>",
                           "<p>@d <time datetime=2019-08-16>August 16, 2019</time> | <time datetime=2025-07-09>Updated on July 9, 2025</time></p>",
                           "<p>@d <time datetime=2019-08-16>August 16, 2019</time> | <b>Updated</b>: <time datetime=2025-07-09>July 9, 2025</time></p>"})
    EXPECT_EQ(dates(head + line), "2019-08-16 2025-07-09") << line;
}

TEST(DateChoice, MonthsAreNoWordsOfChange) {
  EXPECT_EQ(dates("<html lang=sv>" + head + "<p><time datetime=2020-05-05>Tisdag maj 5</time></p>"), "2020-05-05 ");
  EXPECT_EQ(dates("<html lang=sv>" + head + "<p><time datetime=2020-05-05>Tisdag maj 5</time></p><p><time datetime=2021-05-07>Uppdaterad maj 7</time></p>"), "2020-05-05 2021-05-07");
  EXPECT_EQ(dates("<html lang=fr>" + head + "<p><time datetime=2020-04-05>05/04/2020</time> <time datetime=2020-05-05>MAJ 05/05/2020</time></p>"), "2020-04-05 2020-05-05");
}

TEST(DateChoice, FirstPostAsItsMarkupSays) {
  const std::string thread = "<div><p>@d <time datetime=2022-03-04T10:11:00Z>4 March 2022, 10:11</time></p>" + body + "<p>@d <time datetime=2022-03-05T10:11:00Z>5 March 2022</time></p></div>";
  EXPECT_EQ(Found(head + thread, PageType::forum, "").f.date, "2022-03-04T10:11:00Z");
}

TEST(DateChoice, DurationsAreNoDates) {
  for (const char* time : {"<time datetime=PT15M>15 Min</time>", "<time itemprop=cookTime datetime=''>15 – 30 Min</time>"}) {
    Found found(head + "<p>Bake it</p><div>@d " + time + "</div>" + body, PageType::article, "");
    EXPECT_EQ(found.f.date, "");
    found.decisions.of_block[2].chosen = false;
    found.decisions.of_block[2].in_text = {Role::body, 0.4f};
    keep_durations(found.page, found.blocks, found.decisions);
    EXPECT_EQ(found.decisions.of_block[2].role, Role::body) << time;
    EXPECT_TRUE(found.decisions.of_block[2].chosen);
  }
  Found found(head + "<p>Bake it</p><div>@d <time datetime=2020-01-01>1 Jan</time></div>" + body, PageType::article, "");
  found.decisions.of_block[2].chosen = false;
  keep_durations(found.page, found.blocks, found.decisions);
  EXPECT_EQ(found.decisions.of_block[2].role, Role::date);
}

TEST(DateChoice, OtherOrderOfDayAndMonthIsNoOlderDate) {
  EXPECT_EQ(date("<html lang=de>" + told + "<p>@d 11/01/2021</p>" + head), "2021-11-01");
  // Where the language settles the order, what is seen corrects what machines are told.
  EXPECT_EQ(date("<html lang=en-US>" + told + "<p>@d 01/11/2021</p>" + head), "2021-01-11");
}

TEST(DateChoice, DatesInTheStoryDoNotCorrectWhatMachinesAreTold) {
  EXPECT_EQ(date(told + head + "<p>It all began on 25 December 2005.</p>"), "2021-11-01");
}

TEST(DateChoice, DatesOfCommentsAndOtherStoriesAreNot) {
  std::string story;
  for (int i = 0; i < 20; ++i) story += body;
  EXPECT_EQ(date(head + story + "<div class=related-posts><div class=card><time datetime=2016-01-01>x</time></div></div><div class=comments><p class=date>3 May 2017</p>"
                               "<p class=date>4 May 2017</p><p class=date>5 May 2018</p></div>"),
            "");
}

TEST(DateChoice, TheYearBeforeIsASlip) {
  EXPECT_EQ(date("<html lang=en-US>" + told + head + "<p>@d November 1, 2020</p>"), "2021-11-01");
  EXPECT_EQ(date("<html lang=en-US>" + told + head + "<p>@d October 1, 2020</p>"), "2020-10-01");
}

TEST(DateChoice, RowsOfNumbersAreNoDates) {
  EXPECT_EQ(date(head + "<table><tr><th>Games<th>Goals<th>Year<tr><td>10<td>03<td>2019<tr><td>11<td>4<td>2020</table>"), "");
  EXPECT_EQ(date(head + "<p>@d 26 | 01 | 2022</p>"), "2022-01-26");
}

TEST(DateChoice, BeginOfALongText) {
  std::string story;
  for (int i = 0; i < 6; ++i) story += "the dog went home with a bone and a friend, ";
  EXPECT_EQ(date(head + "<p>Press release of 25 January 2022 | Berlin – " + story + "</p>"), "2022-01-25");
  EXPECT_EQ(date(head + "<p>One.</p><p>Two.</p><p>Three.</p><p>27.1.2022 - " + story + "</p>"), "2022-01-27");
  for (const char* line : {"DOGTOWN, January 25, 2022 (AP) — ", "DOGTOWN, January 25, 2022 /NewsWire/ -- "}) EXPECT_EQ(date("<html lang=en-US>" + head + "<p>" + line + story + "</p>"), "2022-01-25") << line;
  for (const char* prose : {"On 11 September 2001 the towers fell, ", "3 May 1998 was a good day, "}) EXPECT_EQ(date(head + "<p>" + prose + story + "</p>"), "") << prose;
  EXPECT_EQ(date(head + "<p>" + story + " and on 25 January 2022 it came back.</p>"), "");
}

}  // namespace
}  // namespace offprint
