// ASCII classes as the HTML standard means them: no locale, bytes above 0x7F belong to none.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace offprint {

// https://infra.spec.whatwg.org/#ascii-whitespace: tab, LF, FF, CR, space.
constexpr bool is_space(char c) {
  constexpr std::uint64_t spaces = 1ull << '\t' | 1ull << '\n' | 1ull << '\f' | 1ull << '\r' | 1ull << ' ';
  const auto u = static_cast<unsigned char>(c);
  return u <= ' ' && (spaces >> u & 1) != 0;
}
constexpr std::string_view white_space = " \t\n\f\r";
// Whether `holds` one of the tokens that white space parts, as in a class attribute.
template <typename Holds>
constexpr bool any_token(std::string_view text, Holds holds) {
  for (std::size_t at = text.find_first_not_of(white_space); at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(white_space, at), text.size());
    if (holds(text.substr(at, end - at))) return true;
    at = text.find_first_not_of(white_space, end);
  }
  return false;
}
constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_alpha(char c) {
  return static_cast<unsigned char>((static_cast<unsigned char>(c) | 0x20) - 'a') < 26;
}
constexpr bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}
constexpr char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c | 0x20) : c;
}

// Whether `text`, in whatever case, is `lowercase`.
constexpr bool equals_lowercase(std::string_view text, std::string_view lowercase) {
  if (text.size() != lowercase.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (to_lower(text[i]) != lowercase[i]) return false;
  return true;
}

// The number that a text begins with, behind white space: at most `most`, 0 where there is none. most: under 400 million.
inline std::uint32_t leading_number(std::string_view text, std::uint32_t most) {
  std::uint32_t n = 0;
  for (const char c : text.substr(std::min(text.find_first_not_of(white_space), text.size()))) {
    if (!is_digit(c)) break;
    n = std::min(most, n * 10 + static_cast<std::uint32_t>(c - '0'));
  }
  return n;
}

}  // namespace offprint
