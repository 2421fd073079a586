#include "base/unicode.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/ascii.h"

namespace offprint {
namespace {

inline bool has(char32_t c, unsigned flags) {
  return (kind_of(c).flags & flags) != 0;
}

}  // namespace

CodePoint code_point_before(std::string_view text, std::size_t end) {
  std::size_t at = end - 1;
  while (at != 0 && end - at < 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return {code_point_at(text.substr(0, end), at).value, static_cast<std::uint32_t>(end - at)};
}

char* append_utf8(char* to, char32_t c) {
  const auto put = [&](char32_t byte) { *to++ = static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return to;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

bool is_letter(char32_t c) {
  return has(c, unicode::letter);
}
bool is_mark(char32_t c) {
  return has(c, unicode::mark);
}
bool is_decimal(char32_t c) {
  return has(c, unicode::decimal);
}
bool is_upper_letter(char32_t c) {
  return has(c, unicode::upper);
}
bool is_word_char(char32_t c) {
  return has(c, unicode::letter | unicode::mark | unicode::number);
}
bool is_white_space(char32_t c) {
  return has(c, unicode::white);
}
bool is_cjk(char32_t c) {
  return has(c, unicode::cjk);
}
bool is_unspaced(char32_t c) {
  return has(c, unicode::unspaced);
}

Writing writing_of(char32_t c) {
  return static_cast<Writing>(kind_of(c).writing);
}

Writing main_writing(std::string_view text, std::size_t sampled) {
  std::array<std::uint32_t, static_cast<std::size_t>(Writing::other) + 1> counts{};
  const std::size_t end = std::min(sampled, text.size());
  for (std::size_t at = 0; at < end;) ++counts[kind_of(next_code_point(text, at)).writing];
  counts[0] = 0;
  const auto of = [&](Writing w) -> std::uint32_t& { return counts[static_cast<std::size_t>(w)]; };
  // A character of these says about as much as two letters do.
  for (const Writing w : {Writing::han, Writing::kana, Writing::hangul}) of(w) *= 2;
  if (of(Writing::kana) * 5 >= of(Writing::han)) {
    of(Writing::kana) += of(Writing::kana) != 0 ? of(Writing::han) : 0;
    if (of(Writing::kana) != 0) of(Writing::han) = 0;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return *most == 0 ? Writing::none : static_cast<Writing>(most - counts.begin());
}

std::size_t find_ascii_case(std::string_view text, std::string_view lowercase, std::size_t from) {
  if (lowercase.empty()) return from <= text.size() ? from : text.npos;
  if (text.size() < lowercase.size()) return text.npos;
  const char first = lowercase[0];
  const char other = first >= 'a' && first <= 'z' ? static_cast<char>(first - 32) : first;
  const std::size_t last = text.size() - lowercase.size();
  for (std::size_t at = from; at <= last; ++at)
    if ((text[at] == first || text[at] == other) &&
        equals_lowercase(text.substr(at, lowercase.size()), lowercase))
      return at;
  return text.npos;
}

bool contains_ascii_case(std::string_view text, std::string_view lowercase) {
  return find_ascii_case(text, lowercase) != text.npos;
}
bool starts_with_ascii_case(std::string_view text, std::string_view lowercase) {
  return text.size() >= lowercase.size() && equals_lowercase(text.substr(0, lowercase.size()), lowercase);
}
bool ends_with_ascii_case(std::string_view text, std::string_view lowercase) {
  return text.size() >= lowercase.size() &&
         equals_lowercase(text.substr(text.size() - lowercase.size()), lowercase);
}
bool equal_ascii_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return to_lower(x) == to_lower(y); });
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = code_point_at(text, 0);
    if (!is_white_space(c.value)) break;
    text.remove_prefix(c.size);
  }
  while (!text.empty()) {
    const CodePoint c = code_point_before(text, text.size());
    if (!is_white_space(c.value)) break;
    text.remove_suffix(c.size);
  }
  return text;
}

std::string_view without_brackets(std::string_view text) {
  text = trim(text);
  if (text.size() > 2 && ((text.front() == '[' && text.back() == ']') || (text.front() == '(' && text.back() == ')'))) text = trim(text.substr(1, text.size() - 2));
  return text;
}

std::string_view collapse(std::string_view text, Arena& arena) {
  text = trim(text);
  // What shows as nothing is White here, but does not part words.
  const auto parts = [](char32_t c) {
    return c != 0xAD && c != 0x200B && c != 0x200E && c != 0x200F && !(c >= 0x202A && c <= 0x202E) &&
           !(c >= 0x2060 && c <= 0x2069) && c != 0xFEFF;
  };
  std::size_t at = 0;
  bool space = false;  // the character before
  const auto plain = [&](const CodePoint& c) {
    if (!is_white_space(c.value)) return true;
    return c.value == ' ' && !space;
  };
  while (at < text.size()) {
    if (const auto byte = static_cast<unsigned char>(text[at]); byte > ' ' && byte < 0x80) {
      space = false;
      ++at;
      continue;
    }
    const CodePoint c = code_point_at(text, at);
    if (!plain(c)) break;
    space = c.value == ' ';
    at += c.size;
  }
  if (at == text.size()) return text;
  char* const to = static_cast<char*>(arena.allocate(text.size(), 1));
  std::memcpy(to, text.data(), at);
  char* out = to + at;
  while (at < text.size()) {
    if (const auto byte = static_cast<unsigned char>(text[at]); byte > ' ' && byte < 0x80) {
      *out++ = text[at++];
      space = false;
      continue;
    }
    const CodePoint c = code_point_at(text, at);
    if (!is_white_space(c.value)) {
      std::memcpy(out, text.data() + at, c.size);
      out += c.size;
      space = false;
    } else if (parts(c.value) && !space) {
      *out++ = ' ';
      space = true;
    }
    at += c.size;
  }
  arena.shrink(to + text.size(), out);
  return {to, static_cast<std::size_t>(out - to)};
}

char32_t lower_of(char32_t c) {
  if (c < 0x80) return static_cast<char32_t>(to_lower(static_cast<char>(c)));
  if (c > 0xFFFF || !is_upper_letter(c)) return c;
  const unicode::LowerRange* end = unicode::lower_ranges + unicode::lower_range_count;
  const unicode::LowerRange* range = std::lower_bound(
      unicode::lower_ranges, end, c, [](const unicode::LowerRange& a, char32_t b) { return a.last < b; });
  if (range == end || c < range->first || (c - range->first) % range->step != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + range->distance);
}

std::string_view lower_into(Arena& arena, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      if (is_upper(text[at])) break;
      ++at;
      continue;
    }
    const CodePoint c = code_point_at(text, at);
    if (lower_of(c.value) != c.value) break;
    at += c.size;
  }
  if (at == text.size()) return text;
  const std::size_t room = text.size() + text.size() / 2 + 4;  // some letters grow from two bytes to three
  char* const to = static_cast<char*>(arena.allocate(room, 1));
  std::memcpy(to, text.data(), at);
  char* out = to + at;
  while (at < text.size()) {
    const char byte = text[at];
    if (static_cast<unsigned char>(byte) < 0x80) {
      *out++ = to_lower(byte);
      ++at;
    } else {
      const CodePoint c = code_point_at(text, at);
      if (is_upper_letter(c.value)) {
        out = append_utf8(out, lower_of(c.value));
      } else {
        std::memcpy(out, text.data() + at, c.size);
        out += c.size;
      }
      at += c.size;
    }
  }
  arena.shrink(to + room, out);
  return {to, static_cast<std::size_t>(out - to)};
}

}  // namespace offprint
