// A handful of words looked for in a short text at once, ASCII letters of any case: of class names and the
// like, of which a page has thousands. Tested by tests/base/few_words_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"

namespace offprint {

// The first two bytes of the words, as a set of bits: almost every place of a text is told apart from all of
// them by one look.
class WordBeginnings {
 public:
  // Words in lower case, of two bytes or more.
  template <std::size_t N>
  constexpr explicit WordBeginnings(const std::string_view (&words)[N]) {
    for (const std::string_view word : words) bits_[slot(word[0], word[1])] = true;
  }
  constexpr bool may_begin(char first, char second) const { return bits_[slot(first, second)]; }

 private:
  // Letters of both cases share their last five bits; so do others, which costs a look at the words.
  static constexpr std::size_t slot(char first, char second) {
    return (static_cast<std::size_t>(first) & 31) << 5 | (static_cast<std::size_t>(second) & 31);
  }
  std::array<bool, 1024> bits_{};
};

// Which of the words stand in the text: bit i for the i-th.
template <std::size_t N>
unsigned words_in(std::string_view text, const std::string_view (&words)[N],
                  const WordBeginnings& beginnings) {
  static_assert(N <= 32);
  const auto stands = [](std::string_view here, std::string_view word) {
    if (here.size() < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
      if (to_lower(here[i]) != word[i]) return false;
    return true;
  };
  unsigned found = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (!beginnings.may_begin(text[at], text[at + 1])) continue;
    for (std::size_t i = 0; i < N; ++i)
      if (stands(text.substr(at), words[i])) found |= 1u << i;
  }
  return found;
}

}  // namespace offprint
