// Dates in visible text, in the orders and languages that people write them.
#include <algorithm>
#include <array>
#include <cstring>

#include "document/date_parts.h"
#include "document/words.h"

namespace offprint {
namespace {

struct Reader {
  const std::array<Piece, max_pieces>& pieces;
  std::size_t count;
  DateRange range;
  DateOrder order;
  bool short_text;

  bool number(std::size_t i) const { return i < count && pieces[i].kind == PieceKind::number; }
  bool sign(std::size_t i, char c) const {
    return i < count && pieces[i].kind == PieceKind::sign && pieces[i].sign == c;
  }
  bool word(std::size_t i) const { return i < count && pieces[i].kind == PieceKind::word; }
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
    if (!number(i) || pieces[i].digits != 2 || sign(i + 1, '%')) return 0;  // "05.02." "10%"
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
      if (i > 0 && !p.space_before && pieces[i - 1].kind == PieceKind::sign &&
          (pieces[i - 1].sign == '.' || pieces[i - 1].sign == '$' || pieces[i - 1].sign == ':') && i > 1 &&
          pieces[i - 2].kind == PieceKind::number && !pieces[i - 1].space_before)
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
      for (const char c : {'.', '/', '-', '|'})
        if (sign(i + 1, c) && number(i + 2) && pieces[i + 2].digits <= 2 && (c != '|' || (count == 5 && p.digits == 2 && pieces[i + 2].digits == 2)) && sign(i + 3, c) && number(i + 4)) {
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
      // "Apr 042013": day and year, set apart by their style alone
      if (number(after) && pieces[after].digits == 6 && short_text) {
        next = after + 1;
        return make_date(pieces[after].value % 10000, month, pieces[after].value / 10000, range, date);
      }
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

  // ---- what words say of dates

  // What word k says, alone or, of scripts whose pieces are single letters, with the one behind it.
  DateWord meaning(std::size_t k) const {
    const DateWord alone = word_meaning(pieces[k].text());
    if (alone != DateWord::none || pieces[k].folded_size != 3 || !word(k + 1) || pieces[k + 1].folded_size != 3) return alone;
    char pair[6];
    std::memcpy(pair, pieces[k].folded, 3);
    std::memcpy(pair + 3, pieces[k + 1].folded, 3);
    return word_meaning({pair, sizeof pair});
  }
  // "Date", "时间": of what, the words before tell ("Event date:", "更新时间:").
  bool is_noun(std::size_t k) const {
    if (word(k + 1, "期") || word(k + 1, "间") || word(k + 1, "間")) return true;  // 日期, 时间, 時間
    return std::any_of(date_nouns.begin(), date_nouns.end(), [&](std::string_view noun) { return pieces[k].text() == noun; });
  }
  static constexpr std::array<std::string_view, 6> date_nouns = {"date", "datum", "fecha", "data", "tarihi", "дата"};

  // The nearest telling word of the eight pieces before the date at i, from `begin` on.
  DateWord word_ahead_of(std::size_t i, std::size_t begin) const {
    for (std::size_t k = i; k-- > begin && i - k <= 8;) {
      if (!word(k)) continue;
      const DateWord said = meaning(k);
      if (said == DateWord::none) continue;
      if (said == DateWord::published && is_noun(k))
        for (std::size_t of = k; of-- > begin && k - of <= 2 && word(of);)
          if (const DateWord more = meaning(of); more != DateWord::none) return more;
      return said;
    }
    return DateWord::none;
  }

  // A word of the two pieces behind a date that ends at `next` says when a text was changed, unless it says so of what follows:
  // "16 August 2019 - Updated 9 July 2025". `end` is past the word then.
  DateWord word_behind(std::size_t next, std::size_t& end) const {
    if (next < count && !word(next)) ++next;
    for (std::size_t k = next; k < std::min(next + 2, count); ++k) {
      if (!word(k)) continue;
      const DateWord said = meaning(k);
      if (said == DateWord::none || said == DateWord::other || word(k, "last")) continue;
      bool paired = false;
      if (says_of_next(k, paired)) return DateWord::none;
      // Of publishing only scripts tell so that have the word last, or texts that have both: "… published, … updated".
      const std::string_view w = pieces[k].text();
      if (said == DateWord::published && !paired && !w.starts_with("发") && !w.starts_with("發") && !w.starts_with("公")) continue;
      end = k + 1;
      return said;
    }
    return DateWord::none;
  }

  // Whether what word k says is said of a number or a date behind it. Not where a sign ends it ("(updated) …"), nor where that
  // date has a word of its own at its end (`paired`).
  bool says_of_next(std::size_t k, bool& paired) const {
    if (sign(k + 1, ':') || sign(k + 2, ':')) return true;
    for (std::size_t at = k + 1; at < std::min(count, k + 10); ++at) {
      if (sign(at, ')') || sign(at, ']') || sign(at, '|') || sign(at, ';')) return false;
      if (!number(at) && !word(at)) continue;
      Date date;
      std::size_t next = 0;
      if (!date_at(at, date, next)) {
        if (number(at) && at <= k + 3) return true;
        continue;
      }
      time_at(next, date, next);
      if (next < count && !word(next)) ++next;
      const bool ends = next < count && word(next) && meaning(next) != DateWord::none && next + 3 >= count;
      paired = ends && word_ahead_of(k, 0) == DateWord::none;
      return !paired;
    }
    return false;
  }
};

}  // namespace

std::size_t find_dates(std::string_view text, DateRange range, DateOrder order, std::span<FoundDate> out) {
  text = text.substr(0, text_limit);
  if (out.empty() || !may_hold_date(text)) return 0;
  std::array<Piece, max_pieces> pieces;  // set by cut() as far as it is read
  const std::size_t count = cut_pieces(text, pieces);
  const Reader reader{pieces, count, range, order, text.size() <= 48};
  std::size_t n = 0, last_end = 0;
  for (std::size_t i = 0; i < count && n < out.size();) {
    Date date;
    std::size_t next = 0;
    if ((pieces[i].kind != PieceKind::number && pieces[i].kind != PieceKind::word) || !reader.date_at(i, date, next)) {
      ++i;
      continue;
    }
    const std::size_t date_end = next;
    reader.time_at(next, date, next);
    FoundDate& f = out[n++];
    f = {date, DateWord::none, pieces[i].begin, pieces[std::max(next, date_end) - 1].end};
    f.word = reader.word_ahead_of(i, last_end);
    last_end = date_end;
    if (f.word == DateWord::none) f.word = reader.word_behind(next, last_end);
    i = std::max(date_end, i + 1);
  }
  return n;
}

}  // namespace offprint
