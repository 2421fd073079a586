#include "blocks/twice_encoded.h"

#include "encoding/utf8.h"

namespace offprint {
namespace {

unsigned char byte(std::string_view s, std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0; }

// "é »", "É !": a letter and a no-break space, which may be a character of UTF-8 by chance. "à" is not.
bool is_before_blank(std::string_view c) {
  return byte(c, 1) == 0xA0 && byte(c, 0) != 0xC3 && (c.size() == 2 || byte(c, 2) >= 0xA0);
}

}  // namespace

bool shows_two_encodings(std::string_view s) {
  // "Ã" to "ô" are C3 83 to C3 B4, the control characters behind them C2 80 to C2 9F.
  for (std::size_t i = s.find('\xC3'); i != std::string_view::npos; i = s.find('\xC3', i + 1))
    if (byte(s, i + 1) >= 0x82 && byte(s, i + 1) <= 0xB4 && byte(s, i + 2) == 0xC2 && byte(s, i + 3) >= 0x80 && byte(s, i + 3) < 0xA0) return true;
  return false;
}

bool decode_again(std::string_view s, std::string& out) {
  out.clear();
  bool any = false;
  const bool shown = shows_two_encodings(s);
  for (std::size_t i = 0; i < s.size();) {
    const unsigned char c = byte(s, i);
    // A letter that begins a character of UTF-8: "Â" to "ô".
    const unsigned char lead = c == 0xC3 ? byte(s, i + 1) | 0x40u : c == 0xC2 ? byte(s, i + 1) : 0u;
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    char character[4] = {static_cast<char>(lead)};
    std::size_t n = 1;
    while (n < size && byte(s, i + 2 * n) == 0xC2) character[n] = static_cast<char>(byte(s, i + 2 * n + 1)), ++n;
    if (size > 0 && n == size && is_utf8({character, size}) && !is_before_blank({character, size})) {
      out.append(character, size);
      i += 2 * size;
      any = true;
    } else {
      if (!shown && c >= 0x80) return false;
      out.push_back(s[i++]);
    }
  }
  return any;
}

}  // namespace offprint
