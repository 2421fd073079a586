// Measures of a text.
#pragma once

#include <cstdint>
#include <string_view>

namespace offprint {

// Runs of letters, marks and digits are a word each. Scripts without spaces between words: an ideograph or
// kana is half a word, five letters of Thai, Lao, Khmer or Burmese are one. Halves are rounded up at the end.
std::uint32_t count_words(std::string_view utf8);

}  // namespace offprint
