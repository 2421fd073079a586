// Dates as machines and as people write them → ISO 8601.
//
// The outside interface is below; tests/document/dates_test.cpp has a test for every rule. A date needs a
// year, a month and a day, so the year of a copyright line never is one.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"

namespace offprint {

struct Date {
  static constexpr std::int16_t no_zone = 0x7FFF;
  std::int16_t year = 0;  // 0: no date
  std::int8_t month = 0, day = 0;
  std::int8_t hour = -1, minute = 0, second = -1;  // hour -1: no time; second -1: not given
  std::int16_t zone = no_zone;                     // minutes east of UTC
  bool known() const { return year != 0; }
  bool same_day(const Date& o) const { return year == o.year && month == o.month && day == o.day; }
  std::int64_t day_number() const;  // for comparing: days since 1970-01-01
};

// Which years are believed. The library's callers pass the clock's next year; tests pass a constant.
struct DateRange {
  int first_year = 1994;
  int last_year = 2100;
};
// 1994 … next year, by the system's clock.
DateRange plausible_dates();

// Which of day and month comes first in 03/04/2024.
enum class DateOrder : std::uint8_t { month_first, day_first };
// By a BCP 47 tag: month first in English without a region or of the US, Canada's excepted, and the
// Philippines.
DateOrder date_order(std::string_view language);

// The value of an attribute or of JSON: ISO 8601 whole or shortened to the day, RFC 2822, seconds or
// milliseconds since 1970, YYYYMMDD; else whatever find_dates() reads in it first.
Date parse_date(std::string_view value, DateRange range, DateOrder order);

// What the words around a date say of it.
enum class DateWord : std::uint8_t { none, published, modified, other /* event, deadline, "since" … */ };
struct FoundDate {
  Date date;
  DateWord word = DateWord::none;
  std::uint32_t begin = 0, end = 0;  // bytes of the text
};
// Dates in running text, in the order of the text: month names of 20 languages with their genitives and short
// forms, numeric dates in the given order, 年月日, 년월일, Arabic and Persian digits; a time and zone that
// follow. Reads at most `text_limit` bytes. Returns how many of `out` were filled.
inline constexpr std::size_t text_limit = 600;
std::size_t find_dates(std::string_view text, DateRange range, DateOrder order, std::span<FoundDate> out);

// /2015/12/15/… or 2015-12-15 or 20151215 in the path of an address.
Date date_of_url(std::string_view url, DateRange range);

// Year and month where the path has only these: /2015/12/…; the day is 0. Not known() as a date.
Date month_of_url(std::string_view url, DateRange range);

// "2015-12-15", "2015-12-15T10:30", "2015-12-15T10:30:00+03:00".
std::string_view format_date(const Date& date, Arena& arena);

// 1-12 for a month's name, folded (words.h); 0 for other words. For tests and for author_pieces.cpp.
int month_of(std::string_view folded);

}  // namespace offprint
