// The lines of flattened text, each with what it is by itself and beside its neighbours. Private to flat.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/budget.h"

namespace offprint {

enum class LineKind : std::uint8_t { text, bullet, maybe_bullet, number, heading, underline, rule, symbols };

struct FlatLine {
  std::uint32_t begin, end;  // of the text, trimmed and without its marker
  std::uint32_t blank;       // blank lines before
  std::uint16_t columns;     // of the line with its indent and marker, ideographs two each; capped
  std::uint16_t first_word;  // columns of the first word
  std::uint16_t indent;
  std::uint16_t number;  // of a numbered line; level of a heading
  LineKind kind;
  bool ends_sentence, starts_lower, caseless;
};

// Text wrapped by hand or by a mailer is within these; wider lines are paragraphs of their own.
inline constexpr std::uint16_t narrowest_wrap = 40, widest_wrap = 110;

// Bytes of white space and control characters that begin at text[at].
std::size_t blanks(std::string_view text, std::size_t at);
// A byte of those below U+0021.
inline bool is_blank_byte(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

// All lines that are not blank. A hyphen, an asterisk or a number that stands in no company makes no list:
// such a line is text and begins with it. Stops early where meter.spent becomes set.
std::vector<FlatLine> read_lines(std::string_view utf8, Meter& meter);

// Of each line, whether the next one goes on with it.
std::vector<bool> find_wraps(const std::vector<FlatLine>& lines);

}  // namespace offprint
