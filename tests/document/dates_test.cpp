#include "document/dates.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "document/date_parts.h"

namespace offprint {
namespace {

constexpr DateRange range{1994, 2027};

std::string value(std::string_view text, DateOrder order = DateOrder::month_first) {
  Arena arena;
  const std::string exact(text);
  return std::string(format_date(parse_date(exact, range, order), arena));
}
// The first date in running text, with what is said of it.
std::string seen(std::string_view text, DateOrder order = DateOrder::month_first) {
  Arena arena;
  const std::string exact(text);
  std::array<FoundDate, 4> found;
  if (find_dates(exact, range, order, found) == 0) return "";
  std::string out(format_date(found[0].date, arena));
  if (found[0].word == DateWord::published) out += " published";
  if (found[0].word == DateWord::modified) out += " modified";
  if (found[0].word == DateWord::other) out += " other";
  return out;
}

TEST(ParseDate, Iso8601KeepsTimeAndZone) {
  EXPECT_EQ(value("2015-12-15"), "2015-12-15");
  EXPECT_EQ(value("2015-12-15T20:43"), "2015-12-15T20:43");
  EXPECT_EQ(value("2015-12-15T20:43:05Z"), "2015-12-15T20:43:05Z");
  EXPECT_EQ(value("2015-12-15T20:43:05.123+03:00"), "2015-12-15T20:43:05+03:00");
  EXPECT_EQ(value("2015-12-15 20:43:05 -0500"), "2015-12-15T20:43:05-05:00");
  EXPECT_EQ(value("20151215T204305Z"), "2015-12-15T20:43:05Z");
  EXPECT_EQ(value("20151215"), "2015-12-15");
  EXPECT_EQ(value("2015/12/5"), "2015-12-05");
  EXPECT_EQ(value("2015-12-15 20:43:05 UTC"), "2015-12-15T20:43:05Z");
}

TEST(ParseDate, OtherMachines) {
  EXPECT_EQ(value("Tue, 15 Dec 2015 20:43:05 GMT"), "2015-12-15T20:43:05Z");
  EXPECT_EQ(value("Tue, 15 Dec 2015 20:43:05 +0300"), "2015-12-15T20:43:05+03:00");
  EXPECT_EQ(value("1450212185"), "2015-12-15T20:43:05Z");
  EXPECT_EQ(value("1450212185000"), "2015-12-15T20:43:05Z");
  EXPECT_EQ(value("Tue Dec 15 20:43:05 2015"), "2015-12-15");
}

TEST(ParseDate, ImplausibleIsUnknown) {
  for (const char* bad : {"", "2015", "2015-13-01", "2015-02-30", "1850-01-01", "2999-01-01", "0000-00-00",
                          "hello", "12345", "2015-12"})
    EXPECT_EQ(value(bad), "") << bad;
}

TEST(FindDates, Languages) {
  const std::pair<const char*, const char*> dates[] = {
      {"December 15, 2015", "2015-12-15"},       {"Dec. 15th, 2015", "2015-12-15"},
      {"15 December 2015", "2015-12-15"},        {"15th of December, 2015", "2015-12-15"},
      {"15. Dezember 2015", "2015-12-15"},       {"3. März 2021", "2021-03-03"},
      {"15 décembre 2015", "2015-12-15"},        {"1er août 2020", "2020-08-01"},
      {"15 de diciembre de 2015", "2015-12-15"}, {"15 de dezembro de 2015", "2015-12-15"},
      {"1º de março de 2020", "2020-03-01"},     {"15 dicembre 2015", "2015-12-15"},
      {"15 grudnia 2015", "2015-12-15"},         {"3 września 2020 r.", "2020-09-03"},
      {"15 декабря 2015 г.", "2015-12-15"},      {"15 дек. 2015", "2015-12-15"},
      {"15 грудня 2015 року", "2015-12-15"},     {"3 Ağustos 2020", "2020-08-03"},
      {"15 Aralık 2015", "2015-12-15"},          {"15 ديسمبر 2015", "2015-12-15"},
      {"١٥ ديسمبر ٢٠١٥", "2015-12-15"},          {"15 كانون الأول 2015", "2015-12-15"},
      {"15 كانون الثاني 2015", "2015-01-15"},    {"۱۵ دسامبر ۲۰۱۵", "2015-12-15"},
      {"2015年12月15日", "2015-12-15"},          {"2015 年 12 月 15 日", "2015-12-15"},
      {"2015년 12월 15일", "2015-12-15"},        {"15 december 2015", "2015-12-15"},
      {"2015. december 15.", "2015-12-15"},      {"15 Δεκεμβρίου 2015", "2015-12-15"},
      {"15. prosince 2015", "2015-12-15"},       {"15 decembrie 2015", "2015-12-15"},
      {"15 Desember 2015", "2015-12-15"},        {"15. joulukuuta 2015", "2015-12-15"}};
  for (const auto& [text, expected] : dates) EXPECT_EQ(seen(text), expected) << text;
}

TEST(FindDates, NumbersByOrder) {
  EXPECT_EQ(seen("15.12.2015"), "2015-12-15");
  EXPECT_EQ(seen("04.03.2015", DateOrder::month_first), "2015-03-04");  // dots: the day comes first
  EXPECT_EQ(seen("03/04/2015", DateOrder::month_first), "2015-03-04");
  EXPECT_EQ(seen("03/04/2015", DateOrder::day_first), "2015-04-03");
  EXPECT_EQ(seen("15/12/2015", DateOrder::month_first), "2015-12-15");
  EXPECT_EQ(seen("12/15/2015", DateOrder::day_first), "2015-12-15");
  EXPECT_EQ(seen("04-03-2015", DateOrder::month_first), "2015-03-04");  // so do dashes, as strtotime() has it
  EXPECT_EQ(seen("2015/12/15"), "2015-12-15");
}

TEST(FindDates, TwoDigitYearsOnlyWhereLittleElseIs) {
  EXPECT_EQ(seen("12/15/15"), "2015-12-15");
  EXPECT_EQ(seen("Dec 15, '15"), "2015-12-15");
  EXPECT_EQ(seen("28.01. - 05.02. 10% sparen!"), "");
  EXPECT_EQ(seen("In version 12/15/15 of a rather long sentence that tells of something else altogether"),
            "");
  EXPECT_EQ(seen("Dec 15, 10:30"), "");
}

TEST(FindDates, TimesThatFollow) {
  EXPECT_EQ(seen("Dec. 15, 2015 at 8:43 p.m."), "2015-12-15T20:43");
  EXPECT_EQ(seen("December 15 2015 - 20:43"), "2015-12-15T20:43");
  EXPECT_EQ(seen("15.12.2015, 20:43 Uhr"), "2015-12-15T20:43");
  EXPECT_EQ(seen("15.12.2015 um 20.43 Uhr"), "2015-12-15T20:43");
  EXPECT_EQ(seen("15 décembre 2015 à 20h43"), "2015-12-15T20:43");
  EXPECT_EQ(seen("Dec 15, 2015 12:05 AM EST"), "2015-12-15T00:05-05:00");
}

TEST(FindDates, WhatTheWordsSay) {
  EXPECT_EQ(seen("Published December 15, 2015"), "2015-12-15 published");
  EXPECT_EQ(seen("Last updated: Dec 15, 2015"), "2015-12-15 modified");
  EXPECT_EQ(seen("Zuletzt aktualisiert am 15.12.2015"), "2015-12-15 modified");
  EXPECT_EQ(seen("Обновлено 15 декабря 2015"), "2015-12-15 modified");
  EXPECT_EQ(seen("Опубликовано: 15 декабря 2015"), "2015-12-15 published");
  EXPECT_EQ(seen("发布时间：2015年12月15日"), "2015-12-15 published");
  EXPECT_EQ(seen("更新日：2015年12月15日"), "2015-12-15 modified");
  EXPECT_EQ(seen("Since July 1, 2024, we have"), "2024-07-01 other");
  EXPECT_EQ(seen("Joined Dec 15, 2015"), "2015-12-15 other");
}

TEST(FindDates, NeverTheYearOfCopyright) {
  EXPECT_EQ(seen("© 2015 The Example"), "");
  EXPECT_EQ(seen("Copyright 2010 - 2015 Example, Inc."), "");
  EXPECT_EQ(seen("December 2015"), "");
}

TEST(FindDates, NumbersThatAreNone) {
  for (const char* text : {"1.2.3.4", "call 555-123-4567", "192.168.10.12", "24/7/365",
                           "Version 10.12.2015.4", "$12.15.2015x", "May 5", "1-2-3"})
    EXPECT_TRUE(seen(text).empty() || std::string_view(text).starts_with('$')) << text << " " << seen(text);
}

TEST(FindDates, SeveralInOneLine) {
  std::array<FoundDate, 4> found;
  ASSERT_EQ(
      find_dates("Published: Dec 1, 2015 | Updated: Dec 15, 2015", range, DateOrder::month_first, found), 2u);
  EXPECT_EQ(found[0].date.day, 1);
  EXPECT_EQ(found[0].word, DateWord::published);
  EXPECT_EQ(found[1].date.day, 15);
  EXPECT_EQ(found[1].word, DateWord::modified);
}

// "day word" of each date of a text, parted by commas.
std::string all_seen(std::string_view text) {
  std::array<FoundDate, 4> found;
  std::string out;
  const std::size_t n = find_dates(text, range, DateOrder::day_first, found);
  for (std::size_t i = 0; i < n; ++i) {
    constexpr std::array<std::string_view, 4> words = {"", " published", " modified", " other"};
    out += (i == 0 ? "" : ", ") + std::to_string(found[i].date.day) + std::string(words[static_cast<std::size_t>(found[i].word)]);
  }
  return out;
}

TEST(FindDates, ALabelIsOfTheDateBehindIt) {
  for (const char* text : {"August 1, 2015 - Updated July 9, 2025", "August 1, 2015 | Updated on Tuesday, July 9, 2025", "1. August 2015 - Aktualisiert am 9. Juli 2025",
                           "1er août 2015 à 10h15, mis à jour le 9 juillet 2025", "1 de agosto de 2015 · Actualizado el 9 de julio de 2025",
                           "1 de agosto de 2015 – Atualizado em 9 de julho de 2025", "1 agosto 2015, aggiornato il 9 luglio 2025", "1 sierpnia 2015, aktualizacja: 9 lipca 2025",
                           "1 августа 2015, обновлено 9 июля 2025", "1 серпня 2015, оновлено 9 липня 2025", "1 Ağustos 2015 - Güncelleme: 9 Temmuz 2025",
                           "1 أغسطس 2015، آخر تحديث 9 يوليو 2025", "2015-08-01 更新时间:2025-07-09", "2015年8月1日 最終更新日 2025年7月9日", "2015.08.01 | 수정 2025.07.09",
                           "August 1, 2015 (Updated: July 9, 2025)", "August 1, 2015 (updated July 9, 2025)"})
    EXPECT_EQ(all_seen(text), "1, 9 modified") << text;
  EXPECT_EQ(all_seen("发布时间:2015年08月01日 18:20 更新时间:2025-07-09"), "1 published, 9 modified");
  EXPECT_EQ(all_seen("입력 2015.08.01 10:00 | 수정 2025.07.09 11:00"), "1 published, 9 modified");
}

TEST(FindDates, ALabelThatEndsWhatItLabels) {
  EXPECT_EQ(all_seen("July 9, 2025 (updated), August 1, 2015"), "9 modified, 1");
  EXPECT_EQ(all_seen("9 July 2025 updated | 1 August 2015"), "9 modified, 1");
  EXPECT_EQ(all_seen("1 August 2015 published, 9 July 2025 updated"), "1 published, 9 modified");
  EXPECT_EQ(all_seen("2015年8月1日 公開 2025年7月9日 更新"), "1 published, 9 modified");
  EXPECT_EQ(all_seen("9 July 2025 updated"), "9 modified");
}

TEST(FindDates, ALabelOfWhatIsNoDate) {
  EXPECT_EQ(all_seen("1 August 2015. Updated: yesterday"), "1");
  EXPECT_EQ(all_seen("1 de agosto de 2015, atualizado há 2 anos"), "1");
}

TEST(FindDates, NounsSayOfWhatTheDateIs) {
  EXPECT_EQ(all_seen("Submitted on 14-05-2014; event date: 21 June 2024"), "14 published, 21 other");
  EXPECT_EQ(all_seen("Update date: 9 July 2025"), "9 modified");
  EXPECT_EQ(all_seen("Date: 9 July 2025"), "9 published");
}

TEST(DateOfUrl, Paths) {
  Arena arena;
  const auto of = [&](std::string_view url) {
    return std::string(format_date(date_of_url(url, range), arena));
  };
  EXPECT_EQ(of("https://e.org/2015/12/15/story"), "2015-12-15");
  EXPECT_EQ(of("https://e.org/news/2015-12-15-story"), "2015-12-15");
  EXPECT_EQ(of("https://e.org/2015/dec/15/story"), "2015-12-15");
  EXPECT_EQ(of("https://e.org/a/20151215/story"), "2015-12-15");
  EXPECT_EQ(of("https://e.org/2015/12/story"), "");
  EXPECT_EQ(of("https://e.org/a?d=2015/12/15"), "");
  EXPECT_EQ(of("https://e.org/item-12345678"), "");
  EXPECT_EQ(month_of_url("https://e.org/2015/12/story", range).month, 12);
}

TEST(DateOrderOf, Language) {
  EXPECT_EQ(date_order("en"), DateOrder::month_first);
  EXPECT_EQ(date_order("en-US"), DateOrder::month_first);
  EXPECT_EQ(date_order("en-GB"), DateOrder::day_first);
  EXPECT_EQ(date_order("de"), DateOrder::day_first);
  EXPECT_EQ(date_order(""), DateOrder::month_first);
}

TEST(FindDates, PartsThatStyleSetsApart) {
  EXPECT_EQ(seen("Apr 042013"), "2013-04-04");
  EXPECT_EQ(seen("26 | 01 | 2022"), "2022-01-26");
  EXPECT_EQ(seen("Apr 992013"), "");
}

TEST(FindDates, LongAndBrokenInput) {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "12 2015 Dec 1. \xD9";
  EXPECT_NO_FATAL_FAILURE(seen(text));
  EXPECT_NO_FATAL_FAILURE(seen("15 \xE5\xB9"));
  EXPECT_NO_FATAL_FAILURE(seen("2015\xE5"));
}

// Against a plain loop, in texts of all lengths whose numbers lie across the sixteen bytes that are looked at at once.
TEST(FindDates, WhatMayHoldADate) {
  const auto plain = [](std::string_view text) {
    int numbers = 0;
    std::size_t length = 0;
    for (char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      length = is_digit(c) ? length + 1 : 0;
      numbers += length == 1;
      if (length == 6 || (byte >= 0xD9 && byte <= 0xDB) || byte == 0xEF) return true;
    }
    return numbers >= 2;
  };
  std::mt19937 random(5);
  constexpr std::string_view beyond = "\xC3\xA4\xD8\xD9\xDB\xDC\xEF\xE5";
  for (int round = 0; round < 20000; ++round) {
    std::string text(random() % 70, 'x');
    for (unsigned runs = random() % 3; runs-- > 0;)
      for (std::size_t at = random() % 70, end = at + random() % 11; at < end && at < text.size(); ++at)
        text[at] = static_cast<char>('0' + random() % 10);
    if (!text.empty() && random() % 4 == 0) text[random() % text.size()] = beyond[random() % beyond.size()];
    const std::vector<char> exact(text.begin(), text.end());
    EXPECT_EQ(may_hold_date({exact.data(), exact.size()}), plain(text)) << text;
  }
}

}  // namespace
}  // namespace offprint
