#include "formats/escape.h"

#include <array>
#include <charconv>
#include <cmath>

namespace offprint {
namespace {

using Table = std::array<std::uint8_t, 256>;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Bytes at which the copying of a run has to stop: controls, the given specials, and every byte of a sequence
// that has to be checked.
constexpr Table stops(std::string_view specials) {
  Table table{};
  for (int c = 0; c < 0x20; ++c) table[static_cast<std::size_t>(c)] = 1;
  for (int c = 0x80; c < 0x100; ++c) table[static_cast<std::size_t>(c)] = 1;
  for (const char c : specials) table[static_cast<unsigned char>(c)] = 1;
  return table;
}
constexpr Table json_stops = stops("\"\\");
constexpr Table script_stops = stops("\"\\<>&");
constexpr Table markup_stops = stops("<>&\"");
constexpr Table address_stops = stops(" \"<>\\^`{|}()&\x7F");

// Copies `text`; `special` gets each stop below 0x80, `refused` may turn down a well-formed sequence.
template <typename Special, typename Refused>
void copy_escaped(std::string_view text, const Table& table, std::string& out, Special special,
                  Refused refused) {
  const char* p = text.data();
  const char* const end = p + text.size();
  const char* run = p;
  while (p < end) {
    // Most bytes of most texts are plain: look at four at a time.
    while (end - p >= 4 &&
           !(table[static_cast<unsigned char>(p[0])] | table[static_cast<unsigned char>(p[1])] |
             table[static_cast<unsigned char>(p[2])] | table[static_cast<unsigned char>(p[3])])) {
      p += 4;
    }
    if (p == end) break;
    const auto c = static_cast<unsigned char>(*p);
    if (!table[c]) {
      ++p;
      continue;
    }
    int length = 1;
    if (c >= 0x80) {
      length = utf8_length(p, end);
      if (length != 0 && !refused(p, length)) {
        p += length;
        continue;
      }
    }
    out.append(run, p);
    if (c >= 0x80) {
      out.append(replacement);
    } else {
      special(c);
    }
    p += length != 0 ? length : 1;
    run = p;
  }
  out.append(run, end);
}

constexpr auto refuse_none = [](const char*, int) { return false; };

void append_json_escape(unsigned char c, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      out.append("\\\"");
      break;
    case '\\':
      out.append("\\\\");
      break;
    case '\n':
      out.append("\\n");
      break;
    case '\r':
      out.append("\\r");
      break;
    case '\t':
      out.append("\\t");
      break;
    case '\b':
      out.append("\\b");
      break;
    case '\f':
      out.append("\\f");
      break;
    default:
      out.append("\\u00");
      out.push_back(digits[c >> 4]);
      out.push_back(digits[c & 15]);
  }
}

// U+FFFE and U+FFFF are no characters of XML 1.0 (https://www.w3.org/TR/xml/#charsets).
constexpr auto refuse_not_xml = [](const char* p, int length) {
  return length == 3 && p[0] == '\xEF' && p[1] == '\xBF' && (p[2] == '\xBE' || p[2] == '\xBF');
};

template <bool attribute>
void append_markup_escape(unsigned char c, std::string& out) {
  switch (c) {
    case '<':
      out.append("&lt;");
      break;
    case '>':
      out.append("&gt;");
      break;
    case '&':
      out.append("&amp;");
      break;
    case '"':
      out.append(attribute ? "&quot;" : "\"");
      break;
    // A parser turns a bare CR into LF, and white space in an attribute into a space.
    case '\r':
      out.append("&#13;");
      break;
    case '\n':
      out.append(attribute ? "&#10;" : "\n");
      break;
    case '\t':
      out.append(attribute ? "&#9;" : "\t");
      break;
    default:
      out.append(replacement);
  }
}

// The scheme in lower case, or empty where the address has none. Characters that no scheme holds are kept, so
// that "java\nscript:" or "\1javascript:" equals nothing that is allowed.
std::string_view scheme_of(std::string_view address) {
  const std::size_t at = address.find_first_of(":/?#");
  return at == std::string_view::npos || address[at] != ':' ? std::string_view{} : address.substr(0, at + 1);
}
bool equals(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

}  // namespace

// https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf, table 3-7
int utf8_length(const char* begin, const char* end) {
  const auto at = [&](int i) -> unsigned {
    return begin + i < end ? static_cast<unsigned char>(begin[i]) : 0u;
  };
  const auto tail = [&](int i) { return (at(i) & 0xC0) == 0x80; };
  const unsigned c = at(0);
  if (begin >= end || (c >= 0x80 && c < 0xC2) || c > 0xF4) return 0;
  if (c < 0x80) return 1;
  if (c < 0xE0) return tail(1) ? 2 : 0;
  const unsigned d = at(1);
  if (c < 0xF0) {
    if ((c == 0xE0 && d < 0xA0) || (c == 0xED && d > 0x9F)) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if ((c == 0xF0 && d < 0x90) || (c == 0xF4 && d > 0x8F)) return 0;
  return tail(1) && tail(2) && tail(3) ? 4 : 0;
}

void append_json(std::string_view text, std::string& out) {
  copy_escaped(
      text, json_stops, out, [&](unsigned char c) { append_json_escape(c, out); }, refuse_none);
}

void append_script_json(std::string_view text, std::string& out) {
  copy_escaped(
      text, script_stops, out, [&](unsigned char c) { append_json_escape(c, out); }, refuse_none);
}

void append_markup(std::string_view text, std::string& out) {
  copy_escaped(
      text, markup_stops, out, [&](unsigned char c) { append_markup_escape<false>(c, out); }, refuse_not_xml);
}

void append_attribute(std::string_view text, std::string& out) {
  copy_escaped(
      text, markup_stops, out, [&](unsigned char c) { append_markup_escape<true>(c, out); }, refuse_not_xml);
}

bool is_web_address(std::string_view address) {
  const std::string_view scheme = scheme_of(address);
  return equals(scheme, "http:") || equals(scheme, "https:");
}

bool is_link_address(std::string_view address) {
  const std::string_view scheme = scheme_of(address);
  if (scheme.empty()) return !address.empty() && static_cast<unsigned char>(address[0]) > 0x20;
  return equals(scheme, "http:") || equals(scheme, "https:") || equals(scheme, "mailto:") ||
         equals(scheme, "tel:") || equals(scheme, "ftp:");
}

bool is_language_tag(std::string_view tag) {
  std::size_t run = 0;
  for (const char c : tag) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '-') return false;
    if (c == '-' && run == 0) return false;
    run = letter ? run + 1 : 0;
    if (run > 8) return false;
  }
  return run > 0;
}

void append_address(std::string_view address, bool parentheses, bool ampersand, std::string& out) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  copy_escaped(
      address, address_stops, out,
      [&](unsigned char c) {
        if (c == '&') {
          out.append(ampersand ? "&amp;" : "&");
        } else if ((c == '(' || c == ')') && !parentheses) {
          out.push_back(static_cast<char>(c));
        } else {
          out.push_back('%');
          out.push_back(digits[c >> 4]);
          out.push_back(digits[c & 15]);
        }
      },
      refuse_not_xml);
}

void append_number(std::uint64_t value, std::string& out) {
  std::array<char, 24> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), result.ptr);
}

void append_number(double value, std::string& out) {
  if (!std::isfinite(value)) {
    out.push_back('0');
    return;
  }
  // Fixed notation of the smallest double takes over 1000 characters, so tiny values stay in exponents.
  const double size = std::fabs(value);
  const bool fixed = size == 0 || (size < 1e15 && size >= 1e-9);
  std::array<char, 64> buffer;
  char* const end = buffer.data() + buffer.size();
  const auto result = fixed ? std::to_chars(buffer.data(), end, value, std::chars_format::fixed)
                            : std::to_chars(buffer.data(), end, value);
  out.append(buffer.data(), result.ptr);
}

}  // namespace offprint
