#include "document/dates.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/ascii.h"
#include "base/url.h"
#include "document/date_parts.h"
#include "document/words.h"

namespace offprint {
namespace {

// "T10:30:00.000+03:00" and its like at s[i]; the date stays without a time where there is none.
void read_iso_time(std::string_view s, std::size_t i, Date& date) {
  if (i < s.size() && (s[i] == 'T' || s[i] == 't' || s[i] == ' ')) ++i;
  while (i < s.size() && s[i] == ' ') ++i;
  int hour = digits(s, i, 2), minute = 0, second = -1;
  std::size_t hour_digits = 2;
  if (hour < 0) hour = digits(s, i, 1), hour_digits = 1;
  if (hour < 0) return;
  i += hour_digits;
  if (i < s.size() && s[i] == ':') {
    minute = digits(s, i + 1, 2);
    if (minute < 0) return;
    i += 3;
    if (i < s.size() && s[i] == ':' && digits(s, i + 1, 2) >= 0) {
      second = digits(s, i + 1, 2);
      i += 3;
    }
  } else if (digits(s, i, 4) >= 0 && !digit_at(s, i + 4)) {  // T103000
    minute = digits(s, i, 2);
    second = digits(s, i + 2, 2);
    i += 4;
  } else if (digits(s, i, 2) >= 0 && !digit_at(s, i + 2)) {  // T1030
    minute = digits(s, i, 2);
    i += 2;
  } else {
    return;
  }
  if (i < s.size() && (s[i] == '.' || s[i] == ','))
    for (++i; digit_at(s, i);) ++i;
  while (i < s.size() && s[i] == ' ') ++i;
  if (i + 1 < s.size() && (s[i] == 'P' || s[i] == 'p') && to_lower(s[i + 1]) == 'm' && hour < 12) hour += 12;
  if (!set_time(date, hour, minute, second)) return;
  if (i >= s.size()) return;
  if (s[i] == 'Z' || s[i] == 'z' || s.substr(i).starts_with("UTC") || s.substr(i).starts_with("GMT")) {
    date.zone = 0;
    if (s[i] == 'U' || s[i] == 'G') i += 3;
  }
  if (i < s.size() && (s[i] == '+' || s[i] == '-')) {
    const int sign = s[i] == '-' ? -1 : 1;
    const int zone_hour = digits(s, i + 1, 2);
    if (zone_hour < 0 || zone_hour > 14) return;
    int zone_minute = 0;
    if (i + 3 < s.size()) zone_minute = digits(s, s[i + 3] == ':' ? i + 4 : i + 3, 2);
    if (zone_minute < 0 || zone_minute > 59) zone_minute = 0;
    date.zone = static_cast<std::int16_t>(sign * (zone_hour * 60 + zone_minute));
  }
}

// YYYY-MM-DD…, YYYY/MM/DD…, YYYYMMDD…; false where the string does not begin with it.
bool read_iso(std::string_view s, DateRange range, Date& date) {
  const int year = digits(s, 0, 4);
  if (year < 0) return false;
  if (s.size() > 4 && (s[4] == '-' || s[4] == '/' || s[4] == '.')) {
    std::size_t i = 5;
    int month = digits(s, i, 2);
    std::size_t n = 2;
    if (month < 0) month = digits(s, i, 1), n = 1;
    if (month < 0) return false;
    i += n;
    if (i >= s.size() || s[i] != s[4]) return false;
    ++i;
    int day = digits(s, i, 2);
    n = 2;
    if (day < 0) day = digits(s, i, 1), n = 1;
    if (day < 0 || digit_at(s, i + n)) return false;
    if (!make_date(year, month, day, range, date)) return false;
    if (i + n < s.size()) read_iso_time(s, i + n, date);
    return true;
  }
  if (digits(s, 0, 8) < 0 || digit_at(s, 8)) return false;
  if (!make_date(year, digits(s, 4, 2), digits(s, 6, 2), range, date)) return false;
  if (s.size() > 9 && (s[8] == 'T' || s[8] == 't' || s[8] == ' ')) read_iso_time(s, 8, date);
  return true;
}

Date from_unix(std::int64_t seconds, DateRange range) {
  const std::int64_t day = seconds >= 0 ? seconds / 86400 : -((-seconds + 86399) / 86400);
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{day}}};
  Date date;
  if (!make_date(static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
                 static_cast<int>(static_cast<unsigned>(ymd.day())), range, date))
    return {};
  const auto rest = static_cast<int>(seconds - day * 86400);
  set_time(date, rest / 3600, rest / 60 % 60, rest % 60);
  date.zone = 0;
  return date;
}

}  // namespace

std::int64_t Date::day_number() const {
  if (!known()) return 0;
  const std::chrono::year_month_day ymd{std::chrono::year{year},
                                        std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  return std::chrono::sys_days{ymd}.time_since_epoch().count();
}

DateRange plausible_dates() {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return {1994, static_cast<int>(std::chrono::year_month_day{today}.year()) + 1};
}

DateOrder date_order(std::string_view language) {
  if (language.empty()) return DateOrder::month_first;
  if (!language.starts_with("en") || (language.size() > 2 && language[2] != '-')) return DateOrder::day_first;
  if (language.size() == 2 || language.ends_with("-US") || language.ends_with("-PH"))
    return DateOrder::month_first;
  return DateOrder::day_first;
}

Date parse_date(std::string_view value, DateRange range, DateOrder order) {
  value = trim(value);
  Date date;
  if (value.size() < 6) return date;
  if (read_iso(value, range, date)) return date;
  const bool all_digits = value.size() <= 16 && std::all_of(value.begin(), value.end(), is_digit);
  if (all_digits && (value.size() == 10 || value.size() == 13)) {
    std::int64_t n = 0;
    for (char c : value) n = n * 10 + (c - '0');
    return from_unix(value.size() == 13 ? n / 1000 : n, range);
  }
  std::array<FoundDate, 1> found;
  if (find_dates(value, range, order, found) > 0) return found[0].date;
  return {};
}

Date date_of_url(std::string_view url, DateRange range) {
  std::string_view path = path_of(url);
  if (path.size() > 400) path = path.substr(0, 400);
  Date date;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (!is_digit(path[i]) || (i > 0 && is_alnum(path[i - 1]))) continue;
    std::size_t end = i;
    while (digit_at(path, end)) ++end;
    const std::size_t n = end - i;
    if (n == 4 && end < path.size() && (path[end] == '/' || path[end] == '-' || path[end] == '_')) {
      const char c = path[end];
      std::size_t m = end + 1, k = m;
      while (digit_at(path, k)) ++k;
      int month = k > m && k - m <= 2 ? digits(path, m, k - m) : 0;
      if (month == 0 && c == '/') {  // /2015/dec/15/
        std::size_t w = m;
        while (w < path.size() && is_alpha(path[w])) ++w;
        char folded[16];
        if (w > m && w - m < 12) month = month_of(fold_into(path.substr(m, w - m), folded, sizeof folded));
        if (month != 0) k = w;
      }
      if (month > 0 && k < path.size() && path[k] == c) {
        std::size_t d = k + 1, e = d;
        while (digit_at(path, e)) ++e;
        if (e > d && e - d <= 2 && (e == path.size() || !is_alnum(path[e])) &&
            make_date(digits(path, i, 4), month, digits(path, d, e - d), range, date))
          return date;
      }
    }
    if (n == 8 && (end == path.size() || !is_alnum(path[end])) &&
        make_date(digits(path, i, 4), digits(path, i + 4, 2), digits(path, i + 6, 2), range, date))
      return date;
    i = end;
  }
  return {};
}

Date month_of_url(std::string_view url, DateRange range) {
  const std::string_view path = path_of(url).substr(0, 400);
  Date date;
  for (std::size_t i = path.find('/'); i != std::string_view::npos; i = path.find('/', i + 1)) {
    const int year = digits(path, i + 1, 4);
    if (year < range.first_year || year > range.last_year || i + 8 > path.size() || path[i + 5] != '/')
      continue;
    const int month = digits(path, i + 6, 2);
    if (month < 1 || month > 12 || digit_at(path, i + 8)) continue;
    date.year = static_cast<std::int16_t>(year);
    date.month = static_cast<std::int8_t>(month);
    break;
  }
  return date;
}

std::string_view format_date(const Date& date, Arena& arena) {
  if (!date.known()) return {};
  char buffer[40];
  char* at = buffer;
  const auto put = [&](int value, int width) {
    for (int k = width - 1; k >= 0; --k) {
      at[k] = static_cast<char>('0' + value % 10);
      value /= 10;
    }
    at += width;
  };
  put(date.year, 4);
  *at++ = '-';
  put(date.month, 2);
  *at++ = '-';
  put(date.day, 2);
  if (date.hour >= 0) {
    *at++ = 'T';
    put(date.hour, 2);
    *at++ = ':';
    put(date.minute, 2);
    if (date.second >= 0) {
      *at++ = ':';
      put(date.second, 2);
    }
    if (date.zone == 0) {
      *at++ = 'Z';
    } else if (date.zone != Date::no_zone) {
      *at++ = date.zone < 0 ? '-' : '+';
      const int zone = date.zone < 0 ? -date.zone : date.zone;
      put(zone / 60, 2);
      *at++ = ':';
      put(zone % 60, 2);
    }
  }
  return arena.copy(std::string_view(buffer, static_cast<std::size_t>(at - buffer)));
}

}  // namespace offprint