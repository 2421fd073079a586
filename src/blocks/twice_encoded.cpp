#include "blocks/twice_encoded.h"

#include "encoding/utf8.h"

namespace offprint {
namespace {

unsigned char byte(std::string_view s, std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0; }

}  // namespace

bool shows_two_encodings(std::string_view s) {
  // "Ã" to "ô" are C3 83 to C3 B4, the control characters behind them C2 80 to C2 9F.
  for (std::size_t i = s.find('\xC3'); i != std::string_view::npos; i = s.find('\xC3', i + 1))
    if (byte(s, i + 1) >= 0x82 && byte(s, i + 1) <= 0xB4 && byte(s, i + 2) == 0xC2 && byte(s, i + 3) >= 0x80 && byte(s, i + 3) < 0xA0) return true;
  return false;
}

bool decode_again(std::string_view s, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < s.size(); ++i) {
    const unsigned char c = byte(s, i);
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else if ((c == 0xC2 || c == 0xC3) && i + 1 < s.size()) {
      out.push_back(static_cast<char>(c == 0xC2 ? byte(s, ++i) : byte(s, ++i) | 0x40));
    } else {
      return false;
    }
  }
  return is_utf8(out);
}

}  // namespace offprint
