// https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
#include "encoding/prescan.h"

#include "base/ascii.h"
#include "encoding/labels.h"

namespace offprint {
namespace {

struct Attribute {
  bool found = false;
  std::string_view name, value;  // as they stand: comparisons ignore case
};

// The state of the algorithm: `at` is its position. Running out of bytes ends it wherever it is, so every
// step that may do so returns false then.
struct Prescan {
  std::string_view bytes;
  std::size_t at = 0;

  bool more() const { return at < bytes.size(); }
  bool starts(std::string_view lowercase) const {
    return bytes.size() - at >= lowercase.size() &&
           equals_lowercase(bytes.substr(at, lowercase.size()), lowercase);
  }
};

// https://html.spec.whatwg.org/multipage/parsing.html#concept-get-attributes-when-sniffing
// False where the bytes ran out.
bool get_attribute(Prescan& s, Attribute& attribute) {
  attribute = {};
  const std::string_view bytes = s.bytes;
  while (s.more() && (is_space(bytes[s.at]) || bytes[s.at] == '/')) ++s.at;
  if (!s.more()) return false;
  if (bytes[s.at] == '>') return true;
  attribute.found = true;
  const std::size_t name = s.at;
  while (true) {
    if (!s.more()) return false;
    const char c = bytes[s.at];
    if ((c == '=' && s.at != name) || is_space(c) || c == '/' || c == '>') break;
    ++s.at;
  }
  attribute.name = bytes.substr(name, s.at - name);
  while (s.more() && is_space(bytes[s.at])) ++s.at;
  if (!s.more()) return false;
  if (bytes[s.at] != '=') return true;
  ++s.at;
  while (s.more() && is_space(bytes[s.at])) ++s.at;
  if (!s.more()) return false;
  if (const char quote = bytes[s.at]; quote == '"' || quote == '\'') {
    const std::size_t close = bytes.find(quote, s.at + 1);
    if (close == bytes.npos) return false;
    attribute.value = bytes.substr(s.at + 1, close - s.at - 1);
    s.at = close + 1;
    return true;
  }
  const std::size_t value = s.at;
  while (true) {
    if (!s.more()) return false;
    if (is_space(bytes[s.at]) || bytes[s.at] == '>') break;
    ++s.at;
  }
  attribute.value = bytes.substr(value, s.at - value);
  return true;
}

// The meta element whose name has just been read. False where the bytes ran out.
bool meta(Prescan& s, Encoding& result) {
  result = Encoding::none;
  enum class Pragma : std::uint8_t { unset, no, yes };
  bool got_pragma = false, charset_set = false;
  bool seen_http_equiv = false, seen_content = false, seen_charset = false;
  Pragma need_pragma = Pragma::unset;
  Encoding charset = Encoding::none;
  for (Attribute a;;) {
    if (!get_attribute(s, a)) return false;
    if (!a.found) break;
    if (equals_lowercase(a.name, "http-equiv")) {
      if (!seen_http_equiv && equals_lowercase(a.value, "content-type")) got_pragma = true;
      seen_http_equiv = true;
    } else if (equals_lowercase(a.name, "content")) {
      if (!seen_content && !charset_set) {
        const Encoding e = encoding_in_content(a.value);
        if (e != Encoding::none) {
          charset = e;
          charset_set = true;
          need_pragma = Pragma::yes;
        }
      }
      seen_content = true;
    } else if (equals_lowercase(a.name, "charset")) {
      if (!seen_charset) {
        charset = find_encoding(a.value);
        charset_set = true;
        need_pragma = Pragma::no;
      }
      seen_charset = true;
    }
  }
  if (need_pragma == Pragma::unset || (need_pragma == Pragma::yes && !got_pragma)) return true;
  if (charset == Encoding::utf_16be || charset == Encoding::utf_16le) charset = Encoding::utf_8;
  if (charset == Encoding::x_user_defined) charset = Encoding::windows_1252;
  result = charset;
  return true;
}

// https://html.spec.whatwg.org/multipage/parsing.html#concept-get-xml-encoding-when-sniffing
Encoding xml_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return Encoding::none;
  if (bytes.find('>') == bytes.npos) return Encoding::none;
  constexpr std::string_view word = "encoding";
  std::size_t at = bytes.find(word);
  if (at == bytes.npos) return Encoding::none;
  const auto skip = [&] {
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) <= ' ') ++at;
    return at < bytes.size();
  };
  at += word.size();
  if (!skip() || bytes[at] != '=') return Encoding::none;
  ++at;
  if (!skip()) return Encoding::none;
  const char quote = bytes[at];
  if (quote != '"' && quote != '\'') return Encoding::none;
  ++at;
  const std::size_t close = bytes.find(quote, at);
  if (close == bytes.npos) return Encoding::none;
  const std::string_view label = bytes.substr(at, close - at);
  for (const char c : label)
    if (static_cast<unsigned char>(c) <= ' ') return Encoding::none;
  const Encoding e = find_encoding(label);
  return e == Encoding::utf_16be || e == Encoding::utf_16le ? Encoding::utf_8 : e;
}

Encoding scan_markup(Prescan s) {
  while (s.more()) {
    const char* next = s.bytes.data() + s.at;
    const std::size_t left = s.bytes.size() - s.at;
    if (*next != '<') {
      s.at = s.bytes.find('<', s.at);
      if (s.at == s.bytes.npos) break;
      continue;
    }
    if (s.starts("<!--")) {
      // The closing hyphens may be those of the opening: <!--> is a comment.
      const std::size_t close = s.bytes.find("-->", s.at + 2);
      if (close == s.bytes.npos) break;
      s.at = close + 3;
    } else if (s.starts("<meta") && left > 5 && (is_space(next[5]) || next[5] == '/')) {
      s.at += 6;
      Encoding e;
      if (!meta(s, e)) break;
      if (e != Encoding::none) return e;
      ++s.at;
    } else if (left > 1 && (is_alpha(next[1]) || (next[1] == '/' && left > 2 && is_alpha(next[2])))) {
      while (s.more() && !is_space(s.bytes[s.at]) && s.bytes[s.at] != '>') ++s.at;
      Attribute a;
      do {
        if (!get_attribute(s, a)) return Encoding::none;
      } while (a.found);
      ++s.at;
    } else if (left > 1 && (next[1] == '!' || next[1] == '/' || next[1] == '?')) {
      s.at = s.bytes.find('>', s.at);
      if (s.at == s.bytes.npos) break;
      ++s.at;
    } else {
      ++s.at;
    }
  }
  return Encoding::none;
}

}  // namespace

// https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements
Encoding encoding_in_content(std::string_view content) {
  constexpr std::string_view word = "charset";
  std::size_t at = 0;
  const auto skip = [&] {
    while (at < content.size() && is_space(content[at])) ++at;
    return at < content.size();
  };
  while (true) {
    while (at + word.size() <= content.size() && !equals_lowercase(content.substr(at, word.size()), word))
      ++at;
    if (at + word.size() > content.size()) return Encoding::none;
    at += word.size();
    if (!skip()) return Encoding::none;
    if (content[at] == '=') break;
  }
  ++at;
  if (!skip()) return Encoding::none;
  if (const char quote = content[at]; quote == '"' || quote == '\'') {
    const std::size_t close = content.find(quote, at + 1);
    if (close == content.npos) return Encoding::none;
    return find_encoding(content.substr(at + 1, close - at - 1));
  }
  std::size_t end = at;
  while (end < content.size() && !is_space(content[end]) && content[end] != ';') ++end;
  return find_encoding(content.substr(at, end - at));
}

Encoding prescan_encoding(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("<\0?\0x\0"sv)) return Encoding::utf_16le;
  if (bytes.starts_with("\0<\0?\0x"sv)) return Encoding::utf_16be;
  const Encoding e = scan_markup({bytes});
  return e != Encoding::none ? e : xml_encoding(bytes);
}

}  // namespace offprint
