// What the readers of dates share: numbers of a date made and checked, pieces of a text, what words say of dates.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"
#include "document/dates.h"

namespace offprint {

constexpr int month_days(int year, int month) {
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) return 29;
  return days[static_cast<std::size_t>(month - 1)];
}

inline bool make_date(int year, int month, int day, DateRange range, Date& out) {
  if (year < range.first_year || year > range.last_year || month < 1 || month > 12 || day < 1 ||
      day > month_days(year, month))
    return false;
  out = {};
  out.year = static_cast<std::int16_t>(year);
  out.month = static_cast<std::int8_t>(month);
  out.day = static_cast<std::int8_t>(day);
  return true;
}

inline bool set_time(Date& date, int hour, int minute, int second) {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second > 60) return false;
  date.hour = static_cast<std::int8_t>(hour);
  date.minute = static_cast<std::int8_t>(minute);
  date.second = static_cast<std::int8_t>(second);
  return true;
}

// n digits at s[i]; -1 where there are fewer.
inline int digits(std::string_view s, std::size_t i, std::size_t n) {
  if (i + n > s.size()) return -1;
  int value = 0;
  for (std::size_t k = i; k < i + n; ++k) {
    if (!is_digit(s[k])) return -1;
    value = value * 10 + (s[k] - '0');
  }
  return value;
}
inline bool digit_at(std::string_view s, std::size_t i) {
  return i < s.size() && is_digit(s[i]);
}

// ---- a visible text, in pieces

enum class PieceKind : std::uint8_t { number, word, sign };
struct Piece {
  PieceKind kind;
  std::uint8_t digits;  // of a number
  char sign;            // of a sign: its ASCII form, '?' for others
  bool space_before;
  std::int8_t month;  // of a word
  std::uint8_t folded_size;
  int value;
  std::uint32_t begin, end;
  char folded[26];

  void start(PieceKind k, bool space, std::size_t at) {
    kind = k;
    digits = folded_size = 0;
    sign = 0;
    month = 0;
    value = 0;
    space_before = space;
    begin = end = static_cast<std::uint32_t>(at);
  }
  std::string_view text() const { return {folded, folded_size}; }
};

inline constexpr std::size_t max_pieces = 128;

// Whether a text has two numbers, or one of six digits, or digits that are not ASCII: no other has a date, and most have none.
bool may_hold_date(std::string_view text);

// Numbers, words and signs of a text, as far as the room goes; names of months beside numbers are known.
std::size_t cut_pieces(std::string_view text, std::array<Piece, max_pieces>& out);

// What a word before (or shortly after) a date says of it.
DateWord word_meaning(std::string_view folded);

}  // namespace offprint
