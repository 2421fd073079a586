// Measures of a text.
#pragma once

#include <bit>
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

// The same for all runs of a text of up to 64 bytes, as most are: where its white space stands, a bit a byte.
struct WhiteSpace {
  std::uint64_t white = 0;   // all of it
  std::uint64_t others = 0;  // what is no blank
  std::size_t size = 0;      // of the text
  bool high = false;         // it holds more than ASCII
  // How much of it stands between the two, which are not the same.
  std::size_t in(std::size_t from, std::size_t to) const {
    return static_cast<std::size_t>(std::popcount(white << (64 - to) >> (64 - to) >> from));
  }
  // Where the run ends that begins with the word or the white space at `place`.
  std::size_t words_end(std::size_t place) const {
    const std::uint64_t ends = (others | (white & white << 1)) >> place;
    const std::size_t end = ends == 0 ? size : place + static_cast<std::size_t>(std::countr_zero(ends));
    return end - (white >> (end - 1) & 1);
  }
  std::size_t spaces_end(std::size_t place) const {
    return place + static_cast<std::size_t>(std::countr_one(white >> place));
  }
};
// False for longer texts, and without AVX-512.
bool find_white_space(std::string_view text, WhiteSpace& out);

// False where a text surely holds none of U+0080 to U+00A0, U+00AD, U+200B, U+2060 to U+2064 and U+FEFF, as most do; without AVX-512 nothing is sure.
bool may_hold_unseen(std::string_view text);

}  // namespace offprint
