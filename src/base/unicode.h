// What the stages need to know of Unicode, cheap enough for every character of a page and without ICU: tables
// of ranges made by generate/unicode.py. Text is valid UTF-8 everywhere.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "generated/unicode.h"

namespace offprint {

// The code point that begins at text[at], and how many bytes it has. `at` lies within the text, on a
// boundary.
struct CodePoint {
  char32_t value;
  std::uint32_t size;
};
inline CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t left = text.size() - at;
  if (lead < 0xE0 && left >= 2) return {(lead & 0x1F) << 6 | (byte(1) & 0x3Fu), 2};
  if (lead < 0xF0 && left >= 3) return {(lead & 0xF) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu), 3};
  if (left >= 4)
    return {(lead & 7) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu), 4};
  return {0xFFFD, 1};
}
// The code point that ends before text[end]; end > 0.
CodePoint code_point_before(std::string_view text, std::size_t end);

// Walks a text: for (std::size_t at = 0; at < text.size();) { const char32_t c = next_code_point(text, at); …
// }
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const CodePoint c = code_point_at(text, at);
  at += c.size;
  return c.value;
}

// The beginning of a text, `limit` bytes of it at most, no character cut in two.
inline std::string_view whole_prefix(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

// Writes one code point (1 to 4 bytes); returns the end.
char* append_utf8(char* to, char32_t c);
std::size_t count_code_points(std::string_view text);

// All that the questions below ask for, in one look-up: unicode::letter and so on, and a Writing.
inline unicode::Kind kind_of(char32_t c) {
  if (c >= unicode::last) return {0, 0};
  constexpr char32_t within = (1u << unicode::block_bits) - 1;
  const std::size_t block = unicode::blocks[c >> unicode::block_bits];
  return unicode::kinds[unicode::kind_numbers[block << unicode::block_bits | (c & within)]];
}

// General categories L*; M* (marks count as parts of words); Nd.
bool is_letter(char32_t c);
bool is_mark(char32_t c);
bool is_decimal(char32_t c);
bool is_upper_letter(char32_t c);  // Lu, Lt
// Letters, marks and numbers: what words consist of.
bool is_word_char(char32_t c);
// White_Space, with NBSP, and the format characters that show as nothing: ZWSP, BOM, word joiner, soft
// hyphen.
bool is_white_space(char32_t c);
// Ideographs and kana, which are written without spaces between words.
bool is_cjk(char32_t c);
// Letters and marks of Thai, Lao, Khmer and Burmese, likewise.
bool is_unspaced(char32_t c);

enum class Writing : std::uint8_t {
  none,
  latin,
  cyrillic,
  greek,
  armenian,
  georgian,
  hebrew,
  arabic,
  devanagari,
  bengali,
  tamil,
  indic,
  thai,
  southeast_asian,
  hangul,
  kana,
  han,
  ethiopic,
  other
};
Writing writing_of(char32_t c);
// The script that most letters of a text are of; kana where there is a good share of it among han. `sampled`
// bytes at most are looked at.
Writing main_writing(std::string_view text, std::size_t sampled = 4096);

// Without case for ASCII letters alone; `lowercase` is in lower case already.
std::size_t find_ascii_case(std::string_view text, std::string_view lowercase, std::size_t from = 0);
bool contains_ascii_case(std::string_view text, std::string_view lowercase);
bool starts_with_ascii_case(std::string_view text, std::string_view lowercase);
bool ends_with_ascii_case(std::string_view text, std::string_view lowercase);
bool equal_ascii_case(std::string_view a, std::string_view b);

// Without white space (is_white_space) at either end.
std::string_view trim(std::string_view text);
// "[12]", "(a)", "12" → what stands within, trimmed.
std::string_view without_brackets(std::string_view text);
// Trimmed, each run of white space one space, soft hyphens and the like gone; the same view where that
// changes nothing.
std::string_view collapse(std::string_view text, Arena& arena);

// Simple lower case of ASCII, Latin, Greek, Cyrillic, Armenian and full-width letters (one to one, without
// locale); the same view where that changes nothing.
std::string_view lower_into(Arena& arena, std::string_view text);
char32_t lower_of(char32_t c);

}  // namespace offprint
