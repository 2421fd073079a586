// Measures of a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace offprint {

// Runs of letters, marks and digits are a word each. Scripts without spaces between words: an ideograph or
// kana is half a word, five letters of Thai, Lao, Khmer or Burmese are one. Halves are rounded up at the end.
std::uint32_t count_words(std::string_view utf8);

// Bytes at the beginning of a text, which must begin with a word, up to the end of the last word before white space that is
// not a single blank between two words.
std::size_t words_run(std::string_view text);
// How many characters of white space (is_space()) the text begins with.
std::size_t spaces_run(std::string_view text);

}  // namespace offprint
