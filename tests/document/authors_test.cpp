#include "document/authors.h"

#include <gtest/gtest.h>

#include <string>

namespace offprint {
namespace {

std::string names(std::string_view raw, NameSource source) {
  Arena arena;
  const std::string exact(raw);
  std::vector<std::string_view> out;
  read_names(exact, source, arena, out);
  std::string all;
  for (std::string_view n : out) all += (all.empty() ? "" : "; ") + std::string(n);
  return all;
}
std::string field(std::string_view raw) {
  return names(raw, NameSource::field);
}
std::string element(std::string_view raw) {
  return names(raw, NameSource::element);
}
std::string text(std::string_view raw) {
  return names(raw, NameSource::text);
}

TEST(ReadNames, TitlesThatGoOn) {
  EXPECT_EQ(text("By Anna Smith, Science and Health Editor"), "Anna Smith");
  EXPECT_EQ(text("Written by Anna Smith, Head of Sales and Marketing"), "Anna Smith");
  EXPECT_EQ(text("Written by Anna Smith, editor, and Bob Jones"), "Anna Smith; Bob Jones");
  EXPECT_EQ(text("Written by Jane Doe, Head of Sales and John Roe, Head of Marketing"), "Jane Doe; John Roe");
  EXPECT_EQ(text("By Anna Smith and Bob Jones"), "Anna Smith; Bob Jones");
  EXPECT_EQ(element("김민수 기자"), "김민수");
  EXPECT_EQ(element("田中花子 記者"), "田中花子");
  EXPECT_EQ(element("Medically reviewed by Bob Jones, MD"), "");
}

TEST(ReadNames, EmployersBehindATitleAreNoNames) {
  EXPECT_EQ(field("Anna Smith, Sr. Director of Operations, Bones Van Lines - 10+ Years of Bones"), "Anna Smith");
  EXPECT_EQ(field("Anna Smith, CEO, Bones Incorporated, Greater Dogtown"), "Anna Smith");
  EXPECT_EQ(field("Anna Smith, editor, Bob Jones, writer"), "Anna Smith; Bob Jones");
  EXPECT_EQ(field("Anna Smith, editor, Vivolo Roemer, writer"), "Anna Smith; Vivolo Roemer");
  EXPECT_EQ(field("Anna Smith, editor, Bob Jones"), "Anna Smith; Bob Jones");
}

TEST(ReadNames, PlacesAndMonthsBehindANameAreNone) {
  EXPECT_EQ(text("Autorin: Jane Doe, Oktober 2008"), "Jane Doe");
  EXPECT_EQ(text("By Jane Doe, March 2010"), "Jane Doe");
  EXPECT_EQ(text("Auteur : Jane Doe, avril 2012"), "Jane Doe");
  EXPECT_EQ(field("Jane Doe, March 2010"), "Jane Doe");
  EXPECT_EQ(text("Autor: Jane Doe, Wien"), "Jane Doe");
  EXPECT_EQ(element("Von Jane Doe, Berlin"), "Jane Doe");
  EXPECT_EQ(text("By Jane Doe, Anna Smith"), "Jane Doe; Anna Smith");
  EXPECT_EQ(field("Jane Doe, Fido"), "Jane Doe; Fido");
}

TEST(ReadNames, ListsGoOnBehindPlacesAndTitles) {
  EXPECT_EQ(text("By Jane Doe in London and Anna Smith in Paris"), "Jane Doe; Anna Smith");
  EXPECT_EQ(element("By Jane Doe in London, Anna Smith, political editor, and Bob Jones"), "Jane Doe; Anna Smith; Bob Jones");
  EXPECT_EQ(text("By Jane Doe, political editor, Anna Smith and Bob Jones"), "Jane Doe; Anna Smith; Bob Jones");
  EXPECT_EQ(text("By Jane Doe in Home Decor, Interior Design"), "Jane Doe");
  EXPECT_EQ(text("By Jane Doe in London, Paris and Rome"), "Jane Doe");
  EXPECT_EQ(text("By Jane Doe, editor, Bones Incorporated"), "Jane Doe");
}

TEST(ReadNames, SingleNamesAmongOthers) {
  EXPECT_EQ(text("By Jane Doe, Voltaire and Bob Jones"), "Jane Doe; Voltaire; Bob Jones");
  EXPECT_EQ(text("By Jane Doe, Voltaire, Bob Jones"), "Jane Doe; Voltaire; Bob Jones");
  EXPECT_EQ(text("By Jane Doe / Voltaire and Bob Jones"), "Jane Doe; Voltaire; Bob Jones");
  EXPECT_EQ(text("By Bob Jones and Jane Doe, Reuters"), "Bob Jones; Jane Doe");
  EXPECT_EQ(text("By Jane Doe, Berlin, Germany"), "Jane Doe");
}

TEST(ReadNames, NamesThatBeginLikeTitles) {
  EXPECT_EQ(text("By Jane Doe, Anna Cook and Tim Cooper"), "Jane Doe; Anna Cook; Tim Cooper");
  EXPECT_EQ(text("By Jane Doe, Tom Headley, Amy Boardman"), "Jane Doe; Tom Headley; Amy Boardman");
  EXPECT_EQ(text("By Jane Doe, COO, and Bob Jones, head of oak"), "Jane Doe; Bob Jones");
}

TEST(ReadNames, LabelsOfOthersBehindNames) {
  EXPECT_EQ(text("Por Jane Doe / Madrid"), "Jane Doe");
  EXPECT_EQ(text("TEXT: Åsa Doe FOTO: Bob Jones"), "Åsa Doe");
  EXPECT_EQ(element("取材・文／山田太郎、写真／鈴木花子"), "山田太郎");
  EXPECT_EQ(element("記者王小明／台北報導"), "王小明");
}

TEST(ReadNames, DaysAreNoNames) {
  for (const char* day : {"Dienstag", "jeudi", "miércoles", "Sábado", "środa", "вторник", "неділя", "Çarşamba"}) EXPECT_EQ(element(day), "") << day;
}

TEST(ReadNames, AnnouncementsGo) {
  const char* lines[] = {
      "By Jane Doe",    "by: Jane Doe",    "Written by Jane Doe", "Posted by Jane Doe", "Author: Jane Doe",
      "Von Jane Doe",   "Par Jane Doe",    "Por Jane Doe",        "Di Jane Doe",        "A cura di Jane Doe",
      "Door Jane Doe",  "Autor: Jane Doe", "Автор: Jane Doe",     "Текст: Jane Doe",    "Yazan: Jane Doe",
      "بقلم: Jane Doe", "作者：Jane Doe",  "Przez Jane Doe",      "Від Jane Doe",       "BY JANE DOE"};
  for (const char* line : lines) {
    const std::string got = text(line);
    EXPECT_TRUE(got == "Jane Doe" || got == "JANE DOE") << line << " → " << got;
  }
  EXPECT_EQ(text("作者：王小明"), "王小明");
  EXPECT_EQ(text("Автор: Иван Петров"), "Иван Петров");
}

TEST(ReadNames, TextNeedsAnAnnouncement) {
  EXPECT_EQ(text("Jane Doe"), "");
  EXPECT_EQ(text("By the way, this is no name"), "");
  EXPECT_EQ(text("By clicking you agree"), "");
  EXPECT_EQ(text("By 2015 it was over"), "");
}

TEST(ReadNames, SeveralNames) {
  EXPECT_EQ(field("Jane Doe and John Roe"), "Jane Doe; John Roe");
  EXPECT_EQ(field("Jane Doe, John Roe & Ann Poe"), "Jane Doe; John Roe; Ann Poe");
  EXPECT_EQ(field("Jane Doe; John Roe"), "Jane Doe; John Roe");
  EXPECT_EQ(text("Von Jane Doe und John Roe"), "Jane Doe; John Roe");
  EXPECT_EQ(text("Par Jane Doe et John Roe"), "Jane Doe; John Roe");
  EXPECT_EQ(text("Por Jane Doe y John Roe"), "Jane Doe; John Roe");
  EXPECT_EQ(text("Автор: Иван Петров и Анна Иванова"), "Иван Петров; Анна Иванова");
  EXPECT_EQ(field("Jane Doe, Jane Doe"), "Jane Doe");
  EXPECT_EQ(field("Johnson & Johnson"), "Johnson & Johnson");
  EXPECT_EQ(field("José Ortega y Gasset"), "José Ortega y Gasset");
}

TEST(ReadNames, SurnameFirst) {
  EXPECT_EQ(field("Doe, Jane"), "Jane Doe");
  EXPECT_EQ(field("Doe, PhD"), "Doe, PhD");
}

TEST(ReadNames, DegreesStayRolesGo) {
  EXPECT_EQ(field("Jane Doe, PhD"), "Jane Doe, PhD");
  EXPECT_EQ(field("Jane Doe, MS, RD and John Roe, M.D."), "Jane Doe, MS, RD; John Roe, M.D.");
  EXPECT_EQ(element("Jane Doe, Senior Editor"), "Jane Doe");
  EXPECT_EQ(element("By Jane Doe, Staff Writer"), "Jane Doe");
  EXPECT_EQ(field("Jane Doe (Reporter)"), "Jane Doe");
  EXPECT_EQ(field("Jane (Janie) Doe"), "Jane (Janie) Doe");
  EXPECT_EQ(element("Jane Doe | Staff Writer"), "Jane Doe");
}

TEST(ReadNames, WhatIsNoName) {
  for (const char* no : {"https://www.facebook.com/jane", "facebook.com/jane", "jane@example.org",
                         "www.example.org", "", "   ", "?", "12345"})
    EXPECT_EQ(field(no), "") << no;
  for (const char* no :
       {"About the author", "Share", "Read more", "Posted by", "Reviewed by Jane Doe", "March 5", "Sign in",
        "Creative Commons Namensnennung 4.0-Lizenz", "CC BY-SA", "MIT License"})
    EXPECT_EQ(element(no), "") << no;
}

TEST(ReadNames, WhatStandsInManuals) {
  for (const char* no : {"F.33.2. Authors", "A.8. АВТОР", "Copyright © 2014 Osamu Aoki", "OsStrExt::encode_wide",
                         "如果你在本地和远程主机上使用相同的用户名"})
    EXPECT_EQ(element(no), "") << no;
  EXPECT_EQ(element("J.R.R. Tolkien"), "J.R.R. Tolkien");
  EXPECT_EQ(element("3M Press Office"), "3M Press Office");
  EXPECT_EQ(element("王小明"), "王小明");
}

TEST(ReadNames, WhatFollowsTheNames) {
  EXPECT_EQ(text("By Jane Doe on March 5, 2015"), "Jane Doe");
  EXPECT_EQ(text("By Jane Doe | March 5, 2015"), "Jane Doe");
  EXPECT_EQ(text("By Jane Doe · 5 min read"), "Jane Doe");
  EXPECT_EQ(text("By Jane Doe March 5, 2015 10:30"), "Jane Doe");
  EXPECT_EQ(text("By Jane Doe Published March 5"), "Jane Doe");
  EXPECT_EQ(element("Dec. 19, 2025 · Jane Doe on behalf of Example"), "Jane Doe");
  EXPECT_EQ(text("by Jane Doe in Politics"), "Jane Doe");
}

TEST(ReadNames, AccountsAndBodies) {
  EXPECT_EQ(field("josh_wilmot90"), "josh_wilmot90");
  EXPECT_EQ(field("Jane_Doe"), "Jane Doe");
  EXPECT_EQ(field("The Example Team"), "The Example Team");
  EXPECT_EQ(element("@janedoe"), "janedoe");
}

TEST(Announcement, Bytes) {
  EXPECT_EQ(announcement("By Jane"), 3u);
  EXPECT_EQ(announcement("Author: Jane"), 8u);
  EXPECT_EQ(announcement("Bygone"), 0u);
  EXPECT_EQ(announcement("作者：王"), 9u);
  EXPECT_EQ(announcement("作者王小明"), 6u);
  EXPECT_EQ(announcement("著者たちの当てにならない記憶"), 0u);  // another word
  EXPECT_EQ(announcement("Text: Jane"), 6u);
  EXPECT_EQ(announcement("Text Processing Services"), 0u);
  EXPECT_EQ(announcement("By"), 2u);
  EXPECT_EQ(announcement(""), 0u);
}

}  // namespace
}  // namespace offprint
