// By-lines in the blocks of a page, and what is none.
#include "document/author_blocks.h"

#include <gtest/gtest.h>

#include <string>

#include "document/authors.h"
#include "judged.h"

namespace offprint {
namespace {

const std::string head = "<title>The dog went home</title><h1>The dog went home</h1>";
std::string by(const std::string& blocks, PageType type = PageType::article) { return Found(head + blocks + body, type, "").authors(); }

TEST(Bylines, AnnouncedInManyLanguages) {
  for (const char* line : {"Eingestellt von Jane Roe", "Erstellt von Jane Roe am Dienstag 6. Mai 2014", "Veröffentlicht von Jane Roe", "Text und Interview: Jane Roe",
                           "Redaktion: Jane Roe", "Alles von Jane Roe", "Show all articles of Jane Roe", "Mis en ligne par Jane Roe", "Publicada por Jane Roe",
                           "Postado por Jane Roe", "Inserito da Jane Roe", "Dodane przez Jane Roe", "Geplaatst door Jane Roe", "Publicerad av Jane Roe"})
    EXPECT_EQ(by(std::string("<p>@b ") + line + "</p>"), "Jane Roe") << line;
  EXPECT_EQ(by("<p>@b حوار: آسيا العتروس</p>"), "آسيا العتروس");
  EXPECT_EQ(by("<p>@b 半月谈记者 史卫燕</p>"), "史卫燕");
  EXPECT_EQ(by("<p>@b 作者： 记者王敬照</p>"), "王敬照");
}

TEST(Bylines, AccountsCountWhereTheBlockIsOne) {
  EXPECT_EQ(by("<p>@d Posted in Bones by janeroe on August 3, 2019</p>"), "janeroe");
  EXPECT_EQ(by("<p>A word posted by janeroe on August 3, 2019</p>"), "");
  EXPECT_EQ(by("<p>@b von besserwisser eG</p>"), "besserwisser eG");
}

TEST(Bylines, BehindADateAndInTheMiddle) {
  EXPECT_EQ(by("<p>@b 05.02.2020 - Redaktion: Jane Roe (Sprecherin)</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@d Ciclismo | Por: Jane Roe | Actualizado el: 19 abril 2022</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@b Disko Von Jane Roe</p>"), "Jane Roe");
}

TEST(Bylines, WhatIsAnnouncedBeforeWhatStandsThere) {
  EXPECT_EQ(by("<p>@b yas!</p><p>@b By</p><p>@d Jane Roe | April 13, 2020</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@b Details</p><p>@b Written by Jane Roe</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@b Von:</p><p>Jane Roe</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@b By</p><h2>Related</h2>"), "");
}

TEST(Bylines, MenusNameNobody) {
  EXPECT_EQ(by("<nav><ul><li><a href=/x>By</a><li><a href=/y>Jane Roe</a></ul></nav>"), "");
  EXPECT_EQ(by("<p>@n Von</p><p>Jane Roe</p>"), "");
  EXPECT_EQ(by("<ul><li><a href=/de>DE</a><li><a href=/it>IT</a><li><a href=/en>EN</a></ul>"), "");
  EXPECT_EQ(by("<p>BY</p><p>Jane Roe</p>"), "Jane Roe");
}

TEST(Bylines, LinksOfMenusUnderTheAddressOfAuthors) {
  for (const char* menu : {"<nav><ul><li><a href=/author/jane/>Jane Roe</a></ul></nav>", "<div role=navigation><a href=/author/jane/>Jane Roe</a></div>",
                           "<aside><a href=/author/jane/>Jane Roe</a></aside>", "<p>@n <a href=/author/jane/>Jane Roe</a></p>"})
    EXPECT_EQ(by(menu), "") << menu;
  EXPECT_EQ(by("<p><a href=/author/jane/>Jane Roe</a></p>"), "Jane Roe");
  EXPECT_EQ(Found("<title>The dog went home</title><nav><h1>The dog went home</h1><a href=/author/jane/>Jane Roe</a></nav>" + body, PageType::article, "").authors(), "Jane Roe");
}

TEST(Bylines, WhoOwnsTheSiteIsNoAuthor) {
  const std::string owner = "<meta name=author content='Bones / Bones and Dogs Online'><meta name=copyright content='© 2015 Bones / Bones and Dogs Online'>";
  EXPECT_EQ(by(owner), "");
  EXPECT_EQ(by(owner + "<p>@b Jane Roe</p>"), "Jane Roe");
  EXPECT_NE(by(owner + "<p>@b By Bones / Bones and Dogs Online</p>"), "");  // it signs
  for (const char* person : {"Jane Roe", "jane roe"})
    EXPECT_EQ(by("<meta name=author content='" + std::string(person) + "'><meta name=copyright content='" + person + "'>"), person);
}

TEST(Bylines, OwnersByWholeWords) {
  EXPECT_EQ(by("<meta name=author content=Ann><meta name=copyright content=Susann>"), "Ann");
  EXPECT_EQ(by("<meta name=author content=Bones><meta name=copyright content='© Bones'>"), "");
}

TEST(Bylines, WrittenBehindReviewed) {
  EXPECT_EQ(by("<p>@b Reviewed by Dr Ann Petrie, MD | Ecrit par Jane Roe</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@b Reviewed by Dr Ann Petrie, MD – Words by Jane Roe</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@b Adapted by Jane Roe, based on the Story by Ann Petrie</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@b Jane Roe | Photos by Ann Petrie</p>").find("Petrie"), std::string::npos);
  EXPECT_EQ(by("<p>@b Reviewed by Dr Ann Petrie, MD — Written by Jane Roe</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@b Reviewed by Dr Ann Petrie, MD</p>"), "");
}

TEST(Bylines, SiteBehindTheTitleIsThePublisher) {
  const std::string meta = "<title>The dog went home | The Dogtown Courier</title><meta name=author content='Jane Roe, The Dogtown Courier'><h1>The dog went home</h1>";
  EXPECT_EQ(Found(meta + body, PageType::article, "").authors(), "Jane Roe");
  EXPECT_EQ(Found("<title>The dog went home | John Roe</title><meta name=author content='Jane Roe, John Roe'><h1>The dog went home</h1>" + body, PageType::article, "").authors(),
            "Jane Roe; John Roe");
}

TEST(Bylines, SectionsAreNoNames) {
  EXPECT_EQ(by("<p>@n Bones</p><p>@b Bones</p>"), "");
  EXPECT_EQ(by("<p>@b Novelty</p><p>@d 5 November 2021</p><p>@b Jane Roe</p>"), "Jane Roe");
  EXPECT_EQ(by("<p>@b Fido</p>"), "Fido");
}

TEST(Bylines, SourcesReviewersAndCreditsAreNoAuthors) {
  for (const char* line : {"Quelle: Jane Roe", "Source: Jane Roe", "Źródło: Jane Roe", "责任编辑：孔德明", "4 min read | Edited by Jane Roe",
                           "© Bild von Jane Roe", "Foto: Bones by Jane Roe", "(Photo by Jane Roe)", "Sponsored by Acme", "记者"})
    EXPECT_EQ(by(std::string("<p>@b ") + line + "</p>"), "") << line;
}

TEST(Bylines, WordsThatStandAloneAreNobody) {
  for (const char* word : {"Von", "Por", "Text", "13 answers /", "Źródło", "Registrieren", "Benutzername", "No author", "Unbekannt", "Anónimo"})
    EXPECT_EQ(by(std::string("<p>@b ") + word + "</p>"), "") << word;
}

TEST(Bylines, FullerThanWhatMachinesAreTold) {
  const std::string one = "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":{\"name\":\"Jane Roe\"}}</script>";
  EXPECT_EQ(by(one + "<p>@b By Jane Roe and John Doe</p>"), "Jane Roe; John Doe");
  EXPECT_EQ(by(one + "<p>@b By Jane Roe Master Gardener, John Doe</p>"), "Jane Roe");
  for (const char* line : {"By Jane Roe, Reuters", "By Jane Roe, BBC News", "Von Jane Roe, Hamburg", "By Jane Roe and Acme Daily News", "Read by millions"})
    EXPECT_EQ(by(one + "<p>@b " + line + "</p>"), "Jane Roe") << line;
  const std::string desk = "<meta name=author content=LN>";
  EXPECT_EQ(Found(desk + head + body + body + "<p>@b Von Jane Roe</p>", PageType::article, "").authors(), "Jane Roe");
  EXPECT_EQ(Found(desk + head + body + body, PageType::article, "").authors(), "LN");
  const std::string related = "<div class=related><p>@b By Ann Poe</p></div>";
  EXPECT_EQ(Found(desk + head + body + body + body + body + body + body + body + related, PageType::article, "").authors(), "LN");
  EXPECT_EQ(Found("<meta name=author content=Bono>" + head + body + body + body + body + body + body + body + "<p>@b Von Jane Roe</p>", PageType::article, "").authors(), "Bono");
}

TEST(Bylines, OwnersAndMakersOfSitesAreNoAuthors) {
  for (const char* owner : {"Bones AG", "Bones-Verlag GmbH, Nürnberg, Germany", "bones.example, Frankfurt, Germany", "Bones, Frankfurt a. M., Germany", "Bones e.V.",
                            "Jane Roe - http://themes.example", "deine Hundefreunde", "Super User"})
    EXPECT_EQ(Found("<meta name=author content='" + std::string(owner) + "'>" + head + body, PageType::article, "").authors(), "") << owner;
  EXPECT_EQ(Found("<meta name=author content='Jane Roe - http://janeroe.example'>" + head + body).authors(), "Jane Roe");  // whose site it is
  for (const char* person : {"Jane Roe, Berlin, Germany", "Jane Roe, USA", "Reuters Ltd, Jane Roe"})
    EXPECT_EQ(Found("<meta name=author content='" + std::string(person) + "'>" + head + body, PageType::article, "").authors(), "Jane Roe") << person;
  EXPECT_EQ(Found("<meta name=author content='della Rovere'>" + head + body, PageType::article, "").authors(), "della Rovere");
}

TEST(Bylines, CommentsAndListsOfOtherStories) {
  const std::string comments = "<div class=comments><p class=comment-author>Ann Poe</p><p>Woof.</p></div>";
  EXPECT_EQ(Found(head + body + comments, PageType::article, "").authors(), "");
  std::string others;
  for (const char* name : {"Ann Poe", "Ben Coe", "Cat Doe", "Dan Foe"}) others += std::string("<div><span class=author>Von ") + name + "</span><p>Another story of a dog</p></div>";
  std::string far;
  for (int i = 0; i < 70; ++i) far += "<p>The dog went <b>home</b>.</p>";
  EXPECT_EQ(Found(head + far + others, PageType::article, "").authors(), "");
  const std::string login = "<a href=/user/register>Registrieren</a><a href=/user/find>Find a Doctor</a>";
  EXPECT_EQ(Found(head + login + body, PageType::article, "").authors(), "");
}

TEST(Bylines, ReviewersOfAProductDidNotWriteItsPage) {
  const std::string review = "<div itemprop=review itemscope itemtype='https://schema.org/Review'><meta itemprop=author content='Ann Poe'><p>It is good.</p></div>";
  EXPECT_EQ(Found(head + body + review, PageType::product, "").authors(), "");
  EXPECT_EQ(Found(head + "<meta itemprop=author content='Ann Poe'>" + body, PageType::article, "").authors(), "Ann Poe");
}

TEST(Bylines, HeadlinesAreNone) {
  EXPECT_EQ(Found("<title>x</title><h1>Von Sprachregeln, Gender-Politik und Deutsch</h1>" + body, PageType::article, "").authors(), "");
}

TEST(Bylines, OfAPageTakenForAList) {
  const std::string one = "<span class=post-author>Jane Roe</span>", two = "<span class=post-author>John Doe</span>";
  EXPECT_EQ(by(one, PageType::listing), "Jane Roe");
  EXPECT_EQ(by(one + "<p>Bones</p>" + two, PageType::listing), "");
  EXPECT_EQ(by(one, PageType::collection), "");
}

TEST(Bylines, PosterBeforeTheDate) {
  EXPECT_EQ(by("<p>@d jane_roe 17.10.2019, 13:56 Uhr</p>", PageType::forum), "jane_roe");
  for (const char* word : {"Posted", "Mittwoch", "Registriert", "gestern"}) EXPECT_EQ(by(std::string("<p>@d ") + word + " 17.10.2019, 13:56</p>", PageType::forum), "") << word;
}

}  // namespace
}  // namespace offprint
