// Numbers in the notations of the world.
#include <array>

#include "document/money.h"
#include "document/money_parts.h"

namespace offprint {

using money::digit_of;

std::size_t read_number(std::string_view text, double& value) {
  // Groups of digits and the separators between them, as far as they make one number.
  struct Group {
    std::uint32_t begin, end, digits;
    double value;
    char32_t before;  // the separator before it
  };
  std::array<Group, 12> groups;
  std::size_t n = 0, at = 0;
  while (n < groups.size()) {
    Group g{static_cast<std::uint32_t>(at), 0, 0, 0, 0};
    std::size_t i = at;
    if (n > 0) {
      if (i >= text.size()) break;
      const CodePoint c = code_point_at(text, i);
      const bool separates = c.value == ',' || c.value == '.' || c.value == '\'' || c.value == 0x2019 ||
                             c.value == 0x66B || c.value == 0x66C || c.value == 0xFF0C || c.value == 0xFF0E ||
                             c.value == 0x60C || c.value == ' ' || c.value == 0xA0 || c.value == 0x202F ||
                             c.value == 0x2009;
      if (!separates) break;
      g.before = c.value;
      i += c.size;
    }
    while (i < text.size()) {
      const CodePoint c = code_point_at(text, i);
      const int d = digit_of(c.value);
      if (d < 0) break;
      g.value = g.value * 10 + d;
      ++g.digits;
      i += c.size;
    }
    if (g.digits == 0 || g.digits > 15) break;
    g.end = static_cast<std::uint32_t>(i);
    groups[n++] = g;
    at = i;
  }
  if (n == 0) return 0;
  const auto kind = [](char32_t c) -> char {
    if (c == ',' || c == 0xFF0C || c == 0x60C) return ',';
    if (c == '.' || c == 0xFF0E) return '.';
    if (c == '\'' || c == 0x2019) return '\'';
    if (c == 0x66B) return 'd';  // Arabic decimal separator
    if (c == 0x66C) return 't';  // Arabic thousands separator
    return ' ';
  };
  value = groups[0].value;
  std::size_t used = 1;
  const bool short_head = groups[0].digits <= 3 && !(groups[0].digits == 1 && groups[0].value == 0);
  // Grouped thousands: three digits each; in India two, the last three.
  if (n > 1 && short_head && kind(groups[1].before) != 'd') {
    const char mark = kind(groups[1].before);
    std::size_t k = 1;
    while (k < n && kind(groups[k].before) == mark && groups[k].digits == 3) ++k;
    if (k == 1 && mark == ',') {
      std::size_t q = 1;
      while (q < n && kind(groups[q].before) == mark && groups[q].digits == 2) ++q;
      if (q > 1 && q < n && kind(groups[q].before) == mark && groups[q].digits == 3 && groups[0].digits <= 2)
        k = q + 1;
    }
    for (std::size_t q = 1; q < k; ++q) {
      value = value * (groups[q].digits == 3 ? 1000 : 100) + groups[q].value;
      used = q + 1;
    }
  }
  // A decimal part, behind another sign than the groups'.
  if (used < n) {
    const Group& g = groups[used];
    const char mark = kind(g.before);
    const bool decimal =
        mark == 'd' || ((mark == ',' || mark == '.') && (used == 1 || kind(groups[1].before) != mark));
    const bool again = used + 1 < n && kind(groups[used + 1].before) == mark;  // "1.2.3" is no number
    if (decimal && !again && (g.digits <= 2 || groups[0].value == 0 || g.digits > 3)) {
      double scale = 1;
      for (std::uint32_t d = 0; d < g.digits; ++d) scale *= 10;
      value += g.value / scale;
      ++used;
    }
  }
  return groups[used - 1].end;
}

}  // namespace offprint
