// Authors of pages where nothing names one, and by-lines against what machines are told.
#include "document/author_signs.h"
#include "document/authors.h"

#include <gtest/gtest.h>

#include <string>

#include "judged.h"

namespace offprint {
namespace {

TEST(Person, Names) {
  Arena arena;
  for (const char* name : {"Jane Roe", "Christoffer Artmann", "Owain B. Brennan", "Zoe Müller"})
    EXPECT_TRUE(looks_like_person(name, arena)) << name;
  for (const char* name : {"Good Housekeeping", "Jane's Kitchen", "Ava Community Energy", "jane roe", "Jane",
                           "The Daily Dog", "Mark 5", "Jane Roe Writes Long Stories", "Todd Thomas Home", ""})
    EXPECT_FALSE(looks_like_person(name, arena)) << name;
}

TEST(Person, WhoseSiteItIs) {
  EXPECT_EQ(Found("<title>A story | Jane Roe</title><nav><a href=/>Jane Roe</a></nav><h1>A story</h1>" + body)
                .authors(),
            "Jane Roe");
  EXPECT_EQ(Found("<title>A story - Jane Roe's Blog</title><h1>A story</h1>" + body).authors(), "Jane Roe");
  EXPECT_EQ(
      Found("<meta property=og:site_name content='Jane Roe'><title>A story</title><h1>A story</h1>" + body)
          .authors(),
      "Jane Roe");
  // Not on pages that sell, not where another signs, not a magazine's name.
  EXPECT_EQ(
      Found("<title>A lamp | Jane Roe</title><nav>Jane Roe</nav><h1>A lamp</h1>" + body, PageType::product)
          .authors(),
      "");
  EXPECT_EQ(
      Found("<title>A story | Jane Roe</title><nav>Jane Roe</nav><h1>A story</h1><p>@b By John Doe</p>" +
            body)
          .authors(),
      "John Doe");
  EXPECT_EQ(
      Found("<title>A story | Good Housekeeping</title><nav>Good Housekeeping</nav><h1>A story</h1>" + body)
          .authors(),
      "");
}

TEST(Person, BesideThePicture) {
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1><div><img alt='Anna Lee, Editor' "
                  "src=a.png><div><p>Anna Lee</p><p>Editor</p></div></div>" +
                  body)
                .authors(),
            "Anna Lee");
  EXPECT_EQ(
      Found("<title>A story</title><h1>A story</h1><div><img alt='A dog' src=a.png><p>Anna Lee</p></div>" +
            body)
          .authors(),
      "");
}

TEST(Person, WhoOpenedTheThread) {
  EXPECT_EQ(Found("<title>Help</title><h1>Help</h1><p>@b #1</p><p>@b chunix64</p><p>@d 3 May 2024</p>" +
                      body + "<p>@b other</p>",
                  PageType::forum)
                .authors(),
            "chunix64");
}

TEST(Byline, NotInTheTextNorInAHeading) {
  const auto authors = [](const std::string& after_title) { return Found("<title>A story</title><h1>A story</h1>" + after_title + body).authors(); };
  EXPECT_EQ(authors("<p>@d March 5, 2024 by Anna Lee</p>"), "Anna Lee");
  EXPECT_EQ(authors("<p>These targets need the SDK as provided by Anna Lee Tools.</p>"), "");
  EXPECT_EQ(authors("<h2>Spanish By Ear</h2>"), "");
  EXPECT_EQ(authors("<ul><li>de la Casa Blanca, otra vez</li></ul>"), "");
  EXPECT_EQ(authors("<p>@b A story</p>"), "");  // the title, taken for a by-line
  EXPECT_EQ(authors("<p hidden class=writer>Anna Lee</p>"), "");
  EXPECT_EQ(authors("<p class=username id=AuthName>AuthName</p>"), "");
}

TEST(Byline, BeforeWhatMachinesAreTold) {
  const std::string json =
      "<script "
      "type=application/ld+json>{\"@type\":\"Article\",\"author\":{\"@type\":\"Person\",\"name\":\"Web "
      "Master\"}}</script>";
  EXPECT_EQ(
      Found("<title>A story</title><h1>A story</h1><p>@b By Anna Lee, Columnist</p>" + body + json).authors(),
      "Anna Lee");
  // The same person written otherwise is no contradiction.
  const std::string same =
      "<script "
      "type=application/ld+json>{\"@type\":\"Article\",\"author\":{\"@type\":\"Person\",\"name\":\"Anna "
      "Maria Lee\"}}</script>";
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1><p>@b By Anna Lee</p>" + body + same).authors(),
            "Anna Maria Lee");
}

TEST(Byline, PublishersBesidePersonsAreNone) {
  const std::string json =
      "<meta property=og:site_name content='The Daily Dog'><script "
      "type=application/ld+json>{\"@type\":\"Article\",\"author\":[{\"name\":"
      "\"Anna Lee\"},{\"name\":\"The Daily Dog\"},{\"name\":\"Dog Network on Facebook\"}]}</script>";
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1>" + body + json, PageType::article,
                  "https://dog.example/a-story")
                .authors(),
            "Anna Lee");
}

TEST(DateBySight, OlderBesideTheTitle) {
  const std::string json =
      "<script type=application/ld+json>{\"@type\":\"Article\",\"datePublished\":\"2025-08-21\"}</script>";
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1><p>@d Published Apr 26, 2023</p><p>@d Updated Aug "
                  "21, 2025</p>" +
                  body + json)
                .f.date,
            "2023-04-26");
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1><p>@d Aug 21, 2025</p><p>@d Apr 26, 2023</p>" +
                  body + json)
                .f.date,
            "2025-08-21");
  // A day's difference may be the time zone's; a later date may be that of a change.
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1><p>@d Aug 20, 2025</p>" + body + json).f.date,
            "2025-08-21");
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1><p>@d Oct 2, 2025</p>" + body + json).f.date,
            "2025-08-21");
}

TEST(DateBySight, NotWhatCodeShows) {
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1>" + body + "<pre>2005-12-30 18:10:35 status installed</pre>").f.date, "");
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1>" + body + "<p>2005-12-30 18:10:35</p>").f.date, "2005-12-30T18:10:35");
}

TEST(DateBySight, FirstPostOfAThread) {
  EXPECT_EQ(Found("<p>March 5, 2026</p><title>Help</title><h1>Help</h1><p>@d Last post by x, Jun 3, "
                  "2024</p><p>Started by y, May 11, 2024</p>" +
                      body + "<p>@d Jun 2, 2024</p>",
                  PageType::forum)
                .f.date,
            "2024-05-11");
}

TEST(DateBySight, AddressTellsWhichNumberIsTheMonth) {
  EXPECT_EQ(Found("<title>A story</title><h1>A story</h1><p>@d 03/10/2023</p>" + body, PageType::article,
                  "https://dog.example/2023/october/03/a-story")
                .f.date,
            "2023-10-03");
}

}  // namespace
}  // namespace offprint
