// Titles where the models' word counts, and headings that hold more than the title.
#include "document/titles.h"

#include <gtest/gtest.h>

#include <string>

#include "document/sites.h"
#include "judged.h"

namespace offprint {
namespace {

std::string title(const std::string& html, PageType type = PageType::article) { return std::string(Found(html + body, type, "").f.title); }

TEST(TitleByRoles, HeadlineThatIsNoFirstHeading) {
  // The site's name stands in the only h1.
  EXPECT_EQ(title("<title>Children and work » Kids e.V.</title><h1>@m Kids e.V. Society for working children</h1><h2>Children and work</h2>"), "Children and work");
  EXPECT_EQ(title("<title>The oddest video : Crime Archive | The end of a genre</title><h1>@m Crime Archive</h1><h2>The oddest video</h2>"), "The oddest video");
  EXPECT_EQ(title("<title>Little lore of sheep | Wooly the sheep – Webcomic</title><h1>@m Wooly the sheep – Webcomic</h1><h1>Little lore of sheep</h1>"), "Little lore of sheep");
}

TEST(TitleByRoles, OpenGraphIsTheSitesSlogan) {
  EXPECT_EQ(title("<title>The dog wins the cup again</title><meta property=og:title content='Everything about dogs'><h2>The dog wins the cup again</h2>"), "The dog wins the cup again");
}

TEST(TitleByRoles, LastPartThatIsNoBook) {
  // Another title of the head says it, or the models are sure and it is the longer part.
  EXPECT_EQ(title("<title>Office - Press - A dog was found in the car</title><meta property=og:title content='A dog was found in the car'><h1>A dog was found in the car</h1>"),
            "A dog was found in the car");
  EXPECT_EQ(title("<title>Customs - News - New law on tax of bones</title><h1>@m Customs</h1><h1>@n News</h1><h1>New law on tax of bones</h1>"), "New law on tax of bones");
  EXPECT_EQ(title("<title>What is Ownership? - The Dog Book</title><h1>@m The Dog Book</h1><h2>What is Ownership?</h2>"), "What is Ownership?");
}

TEST(TitleByRoles, TitleForSearchEngines) {
  const std::string page = "<title>Bones Today: Dogs and Bones Articles | The Gazette</title><meta property=og:site_name content='The Gazette'>"
                           "<script type=application/ld+json>{\"@type\":\"WebPage\",\"name\":\"Bones Today: Dogs and Bones Articles | The Gazette\"}</script><h1>Bones</h1>";
  EXPECT_EQ(title("<meta property=og:title content='Bones'>" + page, PageType::listing), "Bones");
}

TEST(TitleByRoles, TitleIsWhatTheMastheadSays) {
  const std::string page = "<title>The Dogtown Courier</title><meta property=og:title content='The Dogtown Courier'><p>@m The Dogtown Courier</p><h1>A dog was found</h1>";
  EXPECT_EQ(title(page), "A dog was found");
  EXPECT_EQ(title(page, PageType::listing), "The Dogtown Courier");
}

TEST(TitleByRoles, SignsWithAnEmptySide) {
  EXPECT_EQ(title("<title>Dogs and Bones -</title>"), "Dogs and Bones");
  EXPECT_EQ(title("<title>| Dogs and Bones</title>"), "Dogs and Bones");
  EXPECT_EQ(title("<title>Learn C -- the language</title>"), "Learn C -- the language");
}

TEST(TitleByRoles, NameOfAnArchive) {
  EXPECT_EQ(title("<title>Time 4 dogs » Blog Archiv » More films of dogs</title><h1>@m Time 4 dogs</h1><h3>More films of dogs</h3>"), "More films of dogs");
}

TEST(TitleByRoles, PagesThatOfferKeepWhatTheHeadSays) {
  const std::string page = "<title>Organic Bone Consultant | Bones</title><h2>Hire an expert for bones now</h2>";
  EXPECT_EQ(title(page, PageType::service), "Organic Bone Consultant");
}

TEST(TitleByRoles, HeadThatSaysHome) {
  EXPECT_EQ(title("<title>Home</title><h1>Time to say goodbye</h1>"), "Time to say goodbye");
}

TEST(Titles, DatesInFrontGo) {
  EXPECT_EQ(title("<title>23.01.2022 - The dog wins at last - Dogs</title><meta property=og:title content='23.01.2022 - The dog wins at last'><h1>23.01.2022 - The dog wins at last</h1>"),
            "The dog wins at last");
  EXPECT_EQ(title("<title>08.11.2021 | A day for dogs: Kennel</title><meta property=og:title content='08.11.2021 | A day for dogs'><h1>A day for dogs</h1>"), "A day for dogs");
  EXPECT_EQ(without_date("24.12.2021 - Kennel", {1994, 2027}, DateOrder::day_first), "24.12.2021 - Kennel");
  EXPECT_EQ(without_date("2020 was a good year", {1994, 2027}, DateOrder::day_first), "2020 was a good year");
  EXPECT_EQ(without_date("5.1.2020 was a good day", {1994, 2027}, DateOrder::day_first), "5.1.2020 was a good day");
}

TEST(Titles, EncodedTwice) {
  EXPECT_EQ(title("<title>itertools \xC3\xA2\xC2\x80\xC2\x94 what loops efficiently</title><h1>itertools \xC3\xA2\xC2\x80\xC2\x94 what loops efficiently<a href=#i>\xC3\x82\xC2\xB6</a></h1>"),
            "itertools — what loops efficiently");
}

TEST(Titles, BlanksAreThoseOfTheBlocks) {
  EXPECT_EQ(title("<title>Die Zukunft - \"Wir dekorieren alles\"</title><h1><span>Die Zukunft</span>\"Wir dekorieren alles\"</h1>"), "Die Zukunft \"Wir dekorieren alles\"");
}

TEST(Titles, HyphensOfChinese) {
  TitleParts parts;
  ASSERT_EQ(cut_title("武汉的声音！-新华网", parts), 2u);
  EXPECT_EQ(parts[1].text, "新华网");
  EXPECT_EQ(cut_title("Well-known é-mail", parts), 1u);
}

TEST(Titles, OtherLinesOfTheHeadingGo) {
  Arena arena;
  EXPECT_EQ(line_that_says("dog bites man in essen", "Dog bites man in Essen Nobody was hurt at all", arena), "Dog bites man in Essen");
  EXPECT_EQ(line_that_says("dog bites man in essen", "Olympic Games in Paris Dog bites man in Essen", arena), "Dog bites man in Essen");
  EXPECT_EQ(line_that_says("which bone is best for dogs", "Tips and tricks Which bone is best for dogs?", arena), "Which bone is best for dogs?");
  for (const char* whole : {"Dog bites man in Essen: nobody was hurt", "Dog bites man in Essen and runs away", "Dog bites man in Essen – Nobody was hurt", "Why a dog bites man in Essen"})
    EXPECT_EQ(line_that_says("dog bites man in essen", whole, arena), whole);
  // Words that fold to fewer or more, and capitals that say nothing of a new line.
  for (const char* whole : {"Dog's owners meet in paris Today nobody cares at all", "Best Running Shoes of 2024 Tested By Our Experts", "狗咬了一个人 Nobody was hurt at all"})
    for (const char* part : {"dogs owners meet in paris", "dog s owners meet in", "best running shoes of 2024", "狗 咬 了 一 个 人"}) {
      const std::string_view line = line_that_says(part, whole, arena);
      EXPECT_TRUE(line == whole || line == "Dog's owners meet in paris" || line == "狗咬了一个人") << whole << " / " << part << " → " << line;
    }
  EXPECT_EQ(line_that_says("a good dog", "A good dog Is hard to find", arena), "A good dog Is hard to find");  // too short to tell
}

TEST(Site, BehindTheTitleAndInTheMasthead) {
  const auto site = [](const std::string& title) {
    return std::string(Found("<title>" + title + "</title><p>@m Bones</p><p>@m Blog</p><h1>The Dog</h1>" + body, PageType::article, "https://dogs.example/dog").f.site);
  };
  EXPECT_EQ(site("The Dog - Bones"), "Bones");
  EXPECT_EQ(site("Bones - The Dog"), "dogs.example");  // a section
  EXPECT_EQ(site("The Dog - Blog"), "dogs.example");
}

}  // namespace
}  // namespace offprint
