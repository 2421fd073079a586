#include "document/dates.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "base/ascii.h"
#include "base/url.h"
#include "document/words.h"

namespace offprint {
namespace {

struct MonthNames {
  int month;
  std::string_view names;  // folded, parted by blanks
};
// English, German, French, Spanish, Portuguese, Italian, Dutch, Scandinavian, Polish, Czech, Russian,
// Ukrainian, Turkish, Romanian, Hungarian, Indonesian, Greek, Arabic (Egyptian and Levantine names), Persian.
// Full names, genitives and short forms; without accents.
constexpr std::array<MonthNames, 12> months_by_language = {{
    {1,
     "january jan januar janner jan. janvier janv enero ene janeiro gennaio gen januari stycznia styczen sty "
     "ledna "
     "leden led января январь янв січня січень січ ocak oca ianuarie ian januar jan ιανουαριου ιανουαριος "
     "ιαν يناير "
     "جانفي ژانویه ژانويه januara tammikuu tammikuuta enero. janv. januara"},
    {2,
     "february feb febr februar fevrier fevr fev febrero fevereiro febbraio februari lutego luty lut unora "
     "unor uno "
     "февраля февраль фев февр лютого лютий лют subat sub februarie φεβρουαριου φεβρουαριος φεβ فبراير فيفري "
     "فوریه "
     "فوريه helmikuuta pebruari"},
    {3,
     "march mar marz maerz mrz mars marzo março marco maart mrt marca marzec brezna brezen bre марта март "
     "мар березня "
     "березень бер mart martie marcius μαρτιου μαρτιος μαρ مارس مارچ maret maaliskuuta"},
    {4,
     "april apr avril avr abril abr aprile kwietnia kwiecien kwi dubna duben dub апреля апрель апр квітня "
     "квітень квіт "
     "nisan nis aprilie aprilis απριλιου απριλιος απρ ابريل إبريل أبريل افريل آوریل آوريل huhtikuuta"},
    {5,
     "may mai mayo maio maggio mag mei maj maja kvetna kveten kve мая май травня травень трав mayis mays "
     "majus μαιου "
     "μαιος μαι مايو ماي مه toukokuuta"},
    {6,
     "june jun juni juin junio junho giugno giu czerwca czerwiec cze cervna cerven cvn июня июнь июн червня "
     "червень "
     "черв haziran haz iunie iun junius ιουνιου ιουνιος ιουν يونيو يونيه جوان ژوئن kesakuuta"},
    {7,
     "july jul juli juillet juil julio julho luglio lug lipca lipiec lip cervence cervenec cvc июля июль июл "
     "липня "
     "липень лип temmuz tem iulie iul julius ιουλιου ιουλιος ιουλ يوليو يوليه جويلية ژوئیه heinakuuta"},
    {8,
     "august aug aout aou agosto ago augustus sierpnia sierpien sie srpna srpen srp августа август авг "
     "серпня серпень "
     "серп agustos agu augusztus αυγουστου αυγουστος αυγ اغسطس أغسطس اوت اوت. agustus elokuuta"},
    {9,
     "september sep sept septembre septiembre setiembre setembro set settembre sett wrzesnia wrzesien wrz "
     "zari zar "
     "сентября сентябрь сен сент вересня вересень вер eylul eyl septembrie szeptember σεπτεμβριου "
     "σεπτεμβριος σεπ "
     "سبتمبر سپتامبر syyskuuta septiembre."},
    {10,
     "october oct okt oktober octobre octubre outubro out ottobre ott pazdziernika pazdziernik paz rijna "
     "rijen rij "
     "октября октябрь окт жовтня жовтень жовт ekim eki octombrie οκτωβριου οκτωβριος οκτ اكتوبر أكتوبر اکتبر "
     "lokakuuta"},
    {11,
     "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя нояб листопада "
     "листопад лист "
     "kasim kas noiembrie noi νοεμβριου νοεμβριος νοε نوفمبر نوامبر marraskuuta nopember"},
    {12,
     "december dec dez dezember desember des decembre diciembre dic dezembro dicembre grudnia grudzien gru "
     "prosince "
     "prosinec pro декабря декабрь дек грудня грудень груд aralik ara decembrie δεκεμβριου δεκεμβριος δεκ "
     "ديسمبر "
     "دسامبر joulukuuta"},
}};
// Levantine names are two words: the first, and the second where it tells two months apart.
constexpr std::array<std::pair<std::string_view, int>, 8> levantine = {{{"شباط", 2},
                                                                        {"اذار", 3},
                                                                        {"نيسان", 4},
                                                                        {"ايار", 5},
                                                                        {"حزيران", 6},
                                                                        {"تموز", 7},
                                                                        {"اب", 8},
                                                                        {"ايلول", 9}}};

struct MonthEntry {
  std::string_view name;
  std::int8_t month = 0;
};
constexpr std::size_t month_slots = 1024;  // about 400 names
constexpr std::uint32_t hash_of(std::string_view s) {
  std::uint32_t h = 2166136261u;
  for (char c : s) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  return h ^ h >> 15;
}
constexpr std::array<MonthEntry, month_slots> make_months() {
  std::array<MonthEntry, month_slots> table{};
  const auto add = [&](std::string_view name, int month) {
    std::size_t i = hash_of(name) % month_slots;
    while (table[i].month != 0 && table[i].name != name) i = (i + 1) % month_slots;
    table[i] = {name, static_cast<std::int8_t>(month)};
  };
  for (const MonthNames& m : months_by_language)
    for (std::size_t i = 0; i < m.names.size();) {
      const std::size_t end = std::min(m.names.find(' ', i), m.names.size());
      add(m.names.substr(i, end - i), m.month);
      i = end + 1;
    }
  for (const auto& [name, month] : levantine) add(name, month);
  return table;
}
constexpr std::array<MonthEntry, month_slots> month_table = make_months();

constexpr int month_days(int year, int month) {
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) return 29;
  return days[static_cast<std::size_t>(month - 1)];
}

bool make_date(int year, int month, int day, DateRange range, Date& out) {
  if (year < range.first_year || year > range.last_year || month < 1 || month > 12 || day < 1 ||
      day > month_days(year, month))
    return false;
  out = {};
  out.year = static_cast<std::int16_t>(year);
  out.month = static_cast<std::int8_t>(month);
  out.day = static_cast<std::int8_t>(day);
  return true;
}

bool set_time(Date& date, int hour, int minute, int second) {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second > 60) return false;
  date.hour = static_cast<std::int8_t>(hour);
  date.minute = static_cast<std::int8_t>(minute);
  date.second = static_cast<std::int8_t>(second);
  return true;
}

// n digits at s[i]; -1 where there are fewer.
int digits(std::string_view s, std::size_t i, std::size_t n) {
  if (i + n > s.size()) return -1;
  int value = 0;
  for (std::size_t k = i; k < i + n; ++k) {
    if (!is_digit(s[k])) return -1;
    value = value * 10 + (s[k] - '0');
  }
  return value;
}
bool digit_at(std::string_view s, std::size_t i) {
  return i < s.size() && is_digit(s[i]);
}

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

// ---- visible text

enum class Kind : std::uint8_t { number, word, sign };
struct Piece {
  Kind kind;
  std::uint8_t digits;  // of a number
  char sign;            // of a sign: its ASCII form, '?' for others
  bool space_before;
  std::int8_t month;  // of a word
  std::uint8_t folded_size;
  int value;
  std::uint32_t begin, end;
  char folded[26];

  void start(Kind k, bool space, std::size_t at) {
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

int digit_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 0x660 && c <= 0x669) return static_cast<int>(c - 0x660);
  if (c >= 0x6F0 && c <= 0x6F9) return static_cast<int>(c - 0x6F0);
  if (c >= 0xFF10 && c <= 0xFF19) return static_cast<int>(c - 0xFF10);
  return -1;
}

constexpr std::size_t max_pieces = 128;

std::size_t cut(std::string_view text, std::array<Piece, max_pieces>& out) {
  std::size_t n = 0, length = 0, i = 0;
  bool space = false;
  while (i < text.size() && n < max_pieces) {
    char32_t c = code_point(text, i, length);
    Piece& p = out[n];
    if (digit_value(c) >= 0) {
      p.start(Kind::number, space, i);
      int value = 0, count = 0;
      while (i < text.size() && digit_value(c = code_point(text, i, length)) >= 0) {
        if (count < 9) value = value * 10 + digit_value(c);
        ++count;
        i += length;
      }
      p.value = value;
      p.digits = static_cast<std::uint8_t>(std::min(count, 200));
      p.end = static_cast<std::uint32_t>(i);
      space = false;
      ++n;
      continue;
    }
    if (is_word(c)) {
      p.start(Kind::word, space, i);
      if (is_cjk(c) || is_hangul(c)) {  // a piece each
        p.folded_size =
            static_cast<std::uint8_t>(fold_into(text.substr(i, length), p.folded, sizeof p.folded).size());
        i += length;
      } else {
        const std::size_t begin = i;
        while (i < text.size()) {
          c = code_point(text, i, length);
          if (!is_word(c) || digit_value(c) >= 0 || is_cjk(c)) break;
          i += length;
        }
        if (i - begin <= 40)
          p.folded_size = static_cast<std::uint8_t>(
              fold_into(text.substr(begin, i - begin), p.folded, sizeof p.folded).size());
      }
      p.end = static_cast<std::uint32_t>(i);
      space = false;
      ++n;
      continue;
    }
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x3000 ||
        (c >= 0x2000 && c <= 0x200F)) {
      space = true;
    } else {
      char sign = c < 0x80 ? static_cast<char>(c) : '?';
      if (c >= 0x2010 && c <= 0x2015) sign = '-';
      if (c == 0x2019) sign = '\'';
      if (c == 0x60C || c == 0xFF0C || c == 0x3001) sign = ',';
      if (c == 0xFF1A) sign = ':';
      if (c == 0xFF0F) sign = '/';
      if (c == 0xFF0E || c == 0x3002) sign = '.';
      if (c == 0xBA || c == 0xB0) sign = 'o';  // 1º
      p.start(Kind::sign, space, i);
      p.sign = sign;
      p.end = static_cast<std::uint32_t>(i + length);
      space = false;
      ++n;
    }
    i += length;
  }
  for (std::size_t k = 0; k < n; ++k)
    if (out[k].kind == Kind::word) {
      // Names of months matter only beside numbers.
      bool near = false;
      for (std::size_t d = 1; d <= 3 && !near; ++d)
        near = (k >= d && out[k - d].kind == Kind::number) || (k + d < n && out[k + d].kind == Kind::number);
      if (near) out[k].month = static_cast<std::int8_t>(month_of(out[k].text()));
    }
  return n;
}

struct Reader {
  const std::array<Piece, max_pieces>& pieces;
  std::size_t count;
  DateRange range;
  DateOrder order;
  bool short_text;

  bool number(std::size_t i) const { return i < count && pieces[i].kind == Kind::number; }
  bool sign(std::size_t i, char c) const {
    return i < count && pieces[i].kind == Kind::sign && pieces[i].sign == c;
  }
  bool word(std::size_t i) const { return i < count && pieces[i].kind == Kind::word; }
  bool word(std::size_t i, std::string_view w) const { return word(i) && pieces[i].text() == w; }
  bool is_year(std::size_t i) const {
    return number(i) && pieces[i].digits == 4 && pieces[i].value >= range.first_year &&
           pieces[i].value <= range.last_year;
  }
  bool is_day(std::size_t i) const {
    return number(i) && pieces[i].digits <= 2 && pieces[i].value >= 1 && pieces[i].value <= 31;
  }
  // '24 or, after all else has matched, 24.
  int short_year(std::size_t i) const {
    if (!number(i) || pieces[i].digits != 2) return 0;
    const int year = pieces[i].value >= 94 ? 1900 + pieces[i].value : 2000 + pieces[i].value;
    return year >= range.first_year && year <= range.last_year ? year : 0;
  }

  // 1st, 2nd, 1er, 1º, 5. — what may follow a day.
  std::size_t skip_ordinal(std::size_t i) const {
    if (word(i) && !pieces[i].space_before) {
      const std::string_view w = pieces[i].text();
      if (w == "st" || w == "nd" || w == "rd" || w == "th" || w == "er" || w == "e" || w == "o" || w == "a" ||
          w == "ο" || w == "ª" || w == "º")
        ++i;
    }
    if (sign(i, '.') || sign(i, 'o') || sign(i, ')')) ++i;
    return i;
  }
  // "de", "of", "del" … between day and month or month and year.
  std::size_t skip_of(std::size_t i) const {
    if (sign(i, '-') || sign(i, '/') || sign(i, ',') || sign(i, '.') || sign(i, '\'')) ++i;
    if (word(i, "de") || word(i, "of") || word(i, "del") || word(i, "den") || word(i, "dem") ||
        word(i, "the") || word(i, "di"))
      ++i;
    if (sign(i, '\'')) ++i;
    return i;
  }

  // The month named at i; next is past it. Arabic two-word names and pairs such as "آب / أغسطس" count as one.
  int month_at(std::size_t i, std::size_t& next) const {
    if (!word(i)) return 0;
    next = i + 1;
    if (word(i, "كانون") && word(i + 1)) {
      next = i + 2;
      return word(i + 1, "الثاني") ? 1 : 12;
    }
    if (word(i, "تشرين") && word(i + 1)) {
      next = i + 2;
      return word(i + 1, "الثاني") ? 11 : 10;
    }
    const int month = pieces[i].month;
    if (month == 0) return 0;
    if (sign(next, '.') && !pieces[next].space_before) ++next;
    if (sign(next, '/') && word(next + 1) && month_of(pieces[next + 1].text()) == month) next += 2;
    return month;
  }

  // A date that begins at piece i; `next` is past it.
  bool date_at(std::size_t i, Date& date, std::size_t& next) const {
    std::size_t at = 0;
    if (number(i)) {
      const Piece& p = pieces[i];
      if (i > 0 && !p.space_before && pieces[i - 1].kind == Kind::sign &&
          (pieces[i - 1].sign == '.' || pieces[i - 1].sign == '$' || pieces[i - 1].sign == ':') && i > 1 &&
          pieces[i - 2].kind == Kind::number && !pieces[i - 1].space_before)
        return false;  // within 1.2.3.4 or a time
      if (p.digits == 4 && is_year(i)) {
        // 2015年12月15日, 2015년 12월 15일
        if ((word(i + 1, "年") || word(i + 1, "년")) && number(i + 2) &&
            (word(i + 3, "月") || word(i + 3, "월")) && number(i + 4)) {
          next = word(i + 5, "日") || word(i + 5, "일") || word(i + 5, "号") ? i + 6 : i + 5;
          return make_date(p.value, pieces[i + 2].value, pieces[i + 4].value, range, date);
        }
        // 2015-12-15, 2015/12/15, 2015.12.15, 2015. 12. 15.
        for (const char c : {'-', '/', '.'})
          if (sign(i + 1, c) && number(i + 2) && sign(i + 3, c) && number(i + 4) &&
              pieces[i + 4].digits <= 2) {
            next = i + 5;
            if (word(i + 5, "t") && !pieces[i + 5].space_before) ++next;
            return make_date(p.value, pieces[i + 2].value, pieces[i + 4].value, range, date);
          }
        // 2015-12-15T… glued
        // 2024 January 5; 2024. január 5.
        at = i + 1;
        if (sign(at, '.') || sign(at, ',') || sign(at, '-') || sign(at, '/')) ++at;
        std::size_t after = 0;
        if (const int month = month_at(at, after); month != 0) {
          after = sign(after, ',') || sign(after, '-') || sign(after, '/') ? after + 1 : after;
          if (is_day(after) && !number(after + 1)) {
            next = skip_ordinal(after + 1);
            return make_date(p.value, month, pieces[after].value, range, date);
          }
        }
        return false;
      }
      // 20240105 alone
      if (p.digits == 8 && short_text) {
        next = i + 1;
        return make_date(p.value / 10000, p.value / 100 % 100, p.value % 100, range, date);
      }
      if (p.digits > 2) return false;
      // 15.12.2015, 12/15/2015, 15-12-2015; the language settles the order at slashes alone, as strtotime()
      // has it
      for (const char c : {'.', '/', '-'})
        if (sign(i + 1, c) && number(i + 2) && pieces[i + 2].digits <= 2 && sign(i + 3, c) && number(i + 4)) {
          int year = is_year(i + 4) ? pieces[i + 4].value : 0;
          // Two digits of a year only where little else is there: versions and scores look the same.
          if (year == 0 && short_text && c != '-') year = short_year(i + 4);
          if (year == 0 || (sign(i + 5, c) && number(i + 6))) return false;
          const int a = p.value, b = pieces[i + 2].value;
          const bool day_first = a > 12 || (b <= 12 && (c != '/' || order == DateOrder::day_first));
          next = i + 5;
          return make_date(year, day_first ? b : a, day_first ? a : b, range, date);
        }
      // 5 January 2024; 5. Januar 2024; 5 de enero de 2024; 5-Jan-24
      if (!is_day(i)) return false;
      at = skip_of(skip_ordinal(i + 1));
      std::size_t after = 0;
      if (const int month = month_at(at, after); month != 0) {
        const std::size_t year_at = skip_of(after);
        int year = is_year(year_at) ? pieces[year_at].value : 0;
        if (year == 0 && (sign(year_at - 1, '\'') || sign(year_at - 1, '-') || short_text) &&
            !sign(year_at + 1, ':') && !word(year_at + 1, "am") && !word(year_at + 1, "pm"))
          year = short_year(year_at);
        if (year == 0) return false;
        next = year_at + 1;
        // "2024 г.", "2024 р.", "2024 r."
        if (word(next, "г") || word(next, "р") || word(next, "г") || word(next, "r") || word(next, "года") ||
            word(next, "року")) {
          ++next;
          if (sign(next, '.')) ++next;
        }
        return make_date(year, month, p.value, range, date);
      }
      return false;
    }
    // January 5, 2024; Jan. 5th 2024; January 5 '24
    std::size_t after = 0;
    if (const int month = month_at(i, after); month != 0) {
      if (sign(after, '-') || sign(after, '/') || sign(after, ',')) ++after;
      if (word(after, "the")) ++after;
      if (!is_day(after)) return false;
      std::size_t year_at = skip_of(skip_ordinal(after + 1));
      if (sign(year_at, ',')) ++year_at;
      int year = is_year(year_at) ? pieces[year_at].value : 0;
      if (year == 0 && (sign(year_at - 1, '\'') || (short_text && sign(year_at - 1, ','))) &&
          !sign(year_at + 1, ':') && !word(year_at + 1, "am") && !word(year_at + 1, "pm"))
        year = short_year(year_at);
      if (year == 0) {
        // January 5, 10:30, 2024 / Jan 5 10:30:00 2024 (as C's ctime and some forums have it)
        std::size_t y = after + 1;
        for (int steps = 0; steps < 8 && y < count && !is_year(y); ++steps) {
          if (!number(y) && !sign(y, ':') && !sign(y, ',') && !word(y, "am") && !word(y, "pm")) return false;
          ++y;
        }
        if (!is_year(y) || !sign(after + 2, ':')) return false;
        year = pieces[y].value;
        year_at = y;
      }
      next = year_at + 1;
      return make_date(year, month, pieces[after].value, range, date);
    }
    return false;
  }

  // A time after a date: "10:30", "at 10:30 am", "um 10.30 Uhr", "10:30 +03:00".
  void time_at(std::size_t i, Date& date, std::size_t& next) const {
    std::size_t at = i;
    for (int skipped = 0; skipped < 2; ++skipped) {
      if (sign(at, ',') || sign(at, '-') || sign(at, '|') || sign(at, '?')) {
        ++at;
      } else if (word(at, "at") || word(at, "um") || word(at, "a") || word(at, "as") || word(at, "в") ||
                 word(at, "о") || word(at, "alle") || word(at, "ore") || word(at, "kl") || word(at, "saat") ||
                 word(at, "om") || word(at, "godz") || word(at, "t")) {
        ++at;
        if (word(at, "las")) ++at;
        if (sign(at, '.') && !pieces[at].space_before) ++at;
      } else {
        break;
      }
    }
    if (!number(at) || pieces[at].digits > 2) return;
    const std::size_t colon = at + 1;
    int hour = pieces[at].value, minute = 0, second = -1;
    std::size_t end = at + 1;
    if ((sign(colon, ':') || (sign(colon, '.') && word(colon + 2, "uhr"))) && number(colon + 1) &&
        pieces[colon + 1].digits == 2) {
      minute = pieces[colon + 1].value;
      end = colon + 2;
      if (sign(end, ':') && number(end + 1) && pieces[end + 1].digits == 2) {
        second = pieces[end + 1].value;
        end += 2;
      }
    } else if (word(colon, "h") && !pieces[colon].space_before) {  // 10h30
      end = colon + 1;
      if (number(end) && pieces[end].digits == 2) minute = pieces[end++].value;
    } else if (!word(colon, "am") && !word(colon, "pm")) {
      return;
    }
    const bool dotted = (word(end, "a") || word(end, "p")) && sign(end + 1, '.') && word(end + 2, "m");
    if (word(end, "pm") || (dotted && word(end, "p"))) {
      if (hour < 12) hour += 12;
    } else if ((word(end, "am") || (dotted && word(end, "a"))) && hour == 12) {
      hour = 0;
    }
    if (dotted) {
      end += sign(end + 3, '.') ? 4 : 3;
    } else if (word(end, "am") || word(end, "pm") || word(end, "uhr")) {
      ++end;
    }
    if (!set_time(date, hour, minute, second)) return;
    next = end;
    static constexpr std::array<std::pair<std::string_view, int>, 14> zones = {{{"z", 0},
                                                                                {"utc", 0},
                                                                                {"gmt", 0},
                                                                                {"est", -300},
                                                                                {"edt", -240},
                                                                                {"cst", -360},
                                                                                {"cdt", -300},
                                                                                {"mst", -420},
                                                                                {"mdt", -360},
                                                                                {"pst", -480},
                                                                                {"pdt", -420},
                                                                                {"cet", 60},
                                                                                {"cest", 120},
                                                                                {"bst", 60}}};
    if (word(end))
      for (const auto& [name, minutes] : zones)
        if (word(end, name)) {
          date.zone = static_cast<std::int16_t>(minutes);
          next = ++end;
          break;
        }
    if ((sign(end, '+') || sign(end, '-')) && number(end + 1) &&
        (date.zone == 0 || !pieces[end + 1].space_before)) {
      const Piece& p = pieces[end + 1];
      const int sign_of = pieces[end].sign == '-' ? -1 : 1;
      if (p.digits == 4 && p.value <= 1400) {
        date.zone = static_cast<std::int16_t>(sign_of * (p.value / 100 * 60 + p.value % 100));
        next = end + 2;
      } else if (p.digits <= 2 && p.value <= 14 && (date.zone == 0 || sign(end + 2, ':'))) {
        int zone = p.value * 60;
        next = end + 2;
        if (sign(end + 2, ':') && number(end + 3)) {
          zone += pieces[end + 3].value % 60;
          next = end + 4;
        }
        date.zone = static_cast<std::int16_t>(sign_of * zone);
      }
    }
  }
};

// What a word before (or shortly after) a date says of it; prefixes, folded.
constexpr std::array<std::string_view, 44> modified_words = {
    "updat",        "modif",      "edited",  "revised",  "reviewed", "refreshed", "aktualis", "geandert",
    "uberarbeitet", "stand",      "mis",     "maj",      "modifie",  "actualiz",  "atualiz",  "aggiorn",
    "bijgewerkt",   "gewijzigd",  "zaktual", "aktualiz", "обновл",   "изменен",   "правк",    "оновлен",
    "змінен",       "guncell",    "تحديث",   "التحديث",  "اخر",      "更",        "修",       "最終",
    "uppdater",     "oppdater",   "opdater", "sist",     "senast",   "upraven",   "actualit", "módosit",
    "frissit",      "diperbarui", "ενημερ",  "last"};
constexpr std::array<std::string_view, 46> published_words = {
    "publish",      "posted",    "publi",    "veroffentlicht",
    "erstellt",     "pubbl",     "publik",   "opublik",
    "gepubliceerd", "geplaatst", "опублик",  "дата",
    "создан",       "опублік",   "yayin",    "نشر",
    "النشر",        "发",        "發",       "公",
    "投稿",         "掲",        "started",  "written",
    "created",      "written",   "released", "date",
    "datum",        "fecha",     "data",     "tarih",
    "التاريخ",      "تاريخ",     "日期",     "時間",
    "时间",         "scritto",   "postado",  "ecrit",
    "parution",     "wrote",     "asked",    "joined",
    "publicad",     "publie"};
// Dates that are of something else.
constexpr std::array<std::string_view, 17> other_words = {
    "since", "expires", "until",  "deadline", "born",   "died", "event",  "starts",   "joined",
    "ends",  "founded", "expire", "bis",      "member", "due",  "access", "retrieved"};

DateWord word_meaning(std::string_view folded) {
  const auto any = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(), [&](std::string_view w) { return folded.starts_with(w); });
  };
  if (folded.size() < 2) return DateWord::none;
  if (any(other_words)) return DateWord::other;
  if (any(modified_words)) return DateWord::modified;
  if (any(published_words)) return DateWord::published;
  return DateWord::none;
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

int month_of(std::string_view folded) {
  if (folded.size() < 3 || folded.size() > 24) {
    // Short forms below three bytes do not exist; آب ("ab", August) is four bytes.
    return 0;
  }
  std::size_t i = hash_of(folded) % month_slots;
  while (month_table[i].month != 0) {
    if (month_table[i].name == folded) return month_table[i].month;
    i = (i + 1) % month_slots;
  }
  return 0;
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

std::size_t find_dates(std::string_view text, DateRange range, DateOrder order, std::span<FoundDate> out) {
  text = text.substr(0, text_limit);
  // A date has two numbers, or one of eight digits; this settles most blocks.
  int numbers = 0;
  bool inside = false;
  std::size_t length = 0;
  for (char c : text) {
    const bool digit = is_digit(c);
    numbers += digit && !inside;
    length = digit ? length + 1 : 0;
    if (length == 8 || (static_cast<unsigned char>(c) >= 0xD9 && static_cast<unsigned char>(c) <= 0xDB) ||
        static_cast<unsigned char>(c) == 0xEF)
      numbers += 2;  // Arabic and full-width digits
    inside = digit;
  }
  if (numbers < 2 || out.empty()) return 0;
  std::array<Piece, max_pieces> pieces;  // set by cut() as far as it is read
  const std::size_t count = cut(text, pieces);
  const Reader reader{pieces, count, range, order, text.size() <= 48};
  std::size_t n = 0, last_end = 0;
  for (std::size_t i = 0; i < count && n < out.size();) {
    Date date;
    std::size_t next = 0;
    if ((pieces[i].kind != Kind::number && pieces[i].kind != Kind::word) || !reader.date_at(i, date, next)) {
      ++i;
      continue;
    }
    const std::size_t date_end = next;
    reader.time_at(next, date, next);
    FoundDate& f = out[n++];
    f = {date, DateWord::none, pieces[i].begin, pieces[std::max(next, date_end) - 1].end};
    // The nearest telling word of the six before it, else "updated" in the three after it.
    for (std::size_t k = i; k-- > last_end && i - k <= 8 && f.word == DateWord::none;)
      if (pieces[k].kind == Kind::word) {
        // CJK pieces are single letters: look at two.
        char pair[16];
        std::size_t size = 0;
        if (k + 1 < i && pieces[k].folded_size == 3 && pieces[k + 1].folded_size == 3) {
          std::memcpy(pair, pieces[k].folded, 3);
          std::memcpy(pair + 3, pieces[k + 1].folded, 3);
          size = 6;
        }
        f.word = word_meaning(pieces[k].text());
        if (f.word == DateWord::none && size != 0) f.word = word_meaning({pair, size});
      }
    if (f.word == DateWord::none && next < count && pieces[next].kind != Kind::word) ++next;
    for (std::size_t k = next; k < std::min(next + 2, count) && f.word == DateWord::none; ++k)
      if (pieces[k].kind == Kind::word) {
        const DateWord w = word_meaning(pieces[k].text());
        if (k + 1 < count && w != DateWord::none && k + 3 < count && reader.number(k + 1))
          break;  // of the next date
        if (w == DateWord::modified && pieces[k].text() != "last") f.word = w;
        if (w == DateWord::published &&
            (pieces[k].text().starts_with("发") || pieces[k].text().starts_with("發") ||
             pieces[k].text().starts_with("公")))
          f.word = w;
      }
    last_end = date_end;
    i = std::max(date_end, i + 1);
  }
  return n;
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
