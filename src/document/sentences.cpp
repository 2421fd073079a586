// Where a sentence begins and ends.
#include "base/ascii.h"
#include "document/dates.h"
#include "document/money.h"
#include "document/money_parts.h"
#include "document/words.h"

namespace offprint {
namespace {

using namespace money;

bool is_small_letter(char32_t c) {
  const Writing w = writing_of(c);
  return is_letter(c) && !is_upper_letter(c) &&
         (w == Writing::latin || w == Writing::cyrillic || w == Writing::greek);
}

// "1. Juli": the stop at `stop` makes an ordinal of the number before it, and a month follows at `after`.
bool is_ordinal_day(std::string_view text, std::size_t stop, std::size_t after) {
  std::size_t digits = stop;
  while (digits > 0 && stop - digits < 3 && is_digit(text[digits - 1])) --digits;
  if (digits == stop || stop - digits > 2) return false;
  if (digits > 0 && text[digits - 1] != ' ') return false;  // "$10. July …" ends there
  std::size_t end = after;
  while (end < text.size() && is_letter(code_point_at(text, end).value)) end += code_point_at(text, end).size;
  char folded[48];
  return month_of(fold_into(text.substr(after, end - after), folded, sizeof folded)) != 0;
}

}  // namespace

std::string_view sentence_at(std::string_view text, std::size_t at) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t mark = i;
    const char32_t c = next_code_point(text, i);
    bool ends = c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '\n' || c == 0x964;
    if (c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61F) {
      std::size_t next = i;  // past closing quotes
      while (next < text.size()) {
        const CodePoint q = code_point_at(text, next);
        if (q.value != '"' && q.value != '\'' && q.value != ')' && q.value != 0x201D && q.value != 0x2019 &&
            q.value != 0xBB)
          break;
        next += q.size;
      }
      const std::size_t after = skip_blanks(text, next);
      if (next >= text.size()) {
        ends = true;
      } else if (after > next && after < text.size()) {
        const char32_t follows = code_point_at(text, after).value;
        // "300 руб. в месяц" and "1. Juli" go on.
        ends = c != '.' ||
               !(is_small_letter(follows) || digit_of(follows) >= 0 || is_ordinal_day(text, mark, after));
        if (ends) i = next;
      }
    }
    if (!ends) continue;
    if (at < i || i >= text.size()) return trim(text.substr(begin, (c == '\n' ? mark : i) - begin));
    begin = i;
  }
  return trim(text.substr(begin));
}

}  // namespace offprint
