// What the readers of money share: blanks, digits, and the currencies of a text. Not for others.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/unicode.h"
#include "blocks/lexicon.h"

namespace offprint::money {

constexpr bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x2009 ||
         c == 0x200A || c == 0x200E || c == 0x200F || c == 0x3000 || c == 0x2007 || c == 0x2066 ||
         c == 0x2069;
}

// The value of a decimal digit of the scripts in use, or -1.
inline int digit_of(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  for (const char32_t zero : {0x660u, 0x6F0u, 0x966u, 0x9E6u, 0xFF10u})
    if (c >= zero && c <= zero + 9) return static_cast<int>(c - zero);
  return -1;
}

inline std::size_t skip_blanks(std::string_view text, std::size_t at, int most = 3) {
  for (int k = 0; at < text.size() && k < most; ++k) {
    const CodePoint c = code_point_at(text, at);
    if (!is_blank(c.value)) break;
    at += c.size;
  }
  return at;
}

inline bool letter_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_letter(code_point_at(text, at).value) &&
         !is_cjk(code_point_at(text, at).value);
}
inline bool letter_before(std::string_view text, std::size_t end) {
  if (end == 0) return false;
  const char32_t c = code_point_before(text, end).value;
  return is_letter(c) && !is_cjk(c);
}

// `text` at `at` begins with a word in lower case, whatever the case of the text.
inline bool begins_with(std::string_view text, std::size_t at, std::string_view lower, std::size_t& end) {
  std::size_t i = at, k = 0;
  while (k < lower.size()) {
    if (i >= text.size()) return false;
    if (lower_of(next_code_point(text, i)) != next_code_point(lower, k)) return false;
  }
  end = i;
  return true;
}

struct Token {  // a currency in the text
  std::uint32_t begin, end;
  std::string_view code;
  bool dollar;  // the sign alone: a code beside the number says whose
  bool yen = false;  // likewise
};

inline constexpr std::size_t max_tokens = 128;

// The currencies in a text, in its order; returns how many. words: its phrases of currencies.
std::size_t find_tokens(std::string_view text, std::span<const PhraseHit> words, std::span<Token, max_tokens> out);
// The currency that begins at `at`, by sign or code.
bool token_at(std::string_view text, std::size_t at, Token& out);

}  // namespace offprint::money
