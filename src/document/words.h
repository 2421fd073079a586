// Comparing the words of short strings (titles, names, months) without case and without accents.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/unicode.h"

namespace offprint {

// The code point at s[i], which is valid UTF-8 but may have been cut; `length` gets its bytes.
inline char32_t code_point(std::string_view s, std::size_t i, std::size_t& length) {
  const auto byte = [&](std::size_t k) {
    return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) & 0x3Fu : 0u;
  };
  const auto c = static_cast<unsigned char>(s[i]);
  if (c < 0x80) return length = 1, c;
  if (c < 0xE0) return length = 2, (c & 0x1Fu) << 6 | byte(1);
  if (c < 0xF0) return length = 3, (c & 0x0Fu) << 12 | byte(1) << 6 | byte(2);
  return length = 4, (c & 0x07u) << 18 | byte(1) << 12 | byte(2) << 6 | byte(3);
}

constexpr bool is_hangul(char32_t c) {
  return c >= 0xAC00 && c < 0xD7B0;
}

// Letters, digits and combining marks, roughly: all but punctuation, symbols and spaces.
constexpr bool is_word(char32_t c) {
  if (c < 0x80) return is_alnum(static_cast<char>(c));
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7) return false;
  if (c == 0x60C || c == 0x61B || c == 0x61F || c == 0x6D4 || c == 0x66A || c == 0x66B || c == 0x66C)
    return false;
  if (c >= 0x2000 && c < 0x2070) return c == 0x200C || c == 0x200D;
  if (c >= 0x20A0 && c < 0x20D0) return false;
  if (c >= 0x2190 && c < 0x2C00) return false;
  if (c >= 0x3000 && c < 0x3040) return c == 0x3005 || c == 0x3007;
  if (c == 0x30FB) return false;  // katakana middle dot parts words
  if (c >= 0xFF00 && c < 0xFF10) return false;
  if ((c >= 0xFF1A && c < 0xFF21) || (c >= 0xFF3B && c < 0xFF41) || (c >= 0xFF5B && c < 0xFF66)) return false;
  if (c >= 0x1F000 && c < 0x1FB00) return false;
  return c != 0xFEFF && c != 0xFFFD;
}

// A table of words known at compile time; a look-up costs one hash and one comparison.
template <class Value, std::size_t slots>
struct WordTable {
  struct Entry {
    std::string_view word;
    Value value{};
  };
  std::array<Entry, slots> entries{};

  template <std::size_t bytes>
  static constexpr std::uint64_t load(const char* p) {
    std::uint64_t w = 0;
    if (std::endian::native == std::endian::little && !std::is_constant_evaluated()) {
      std::memcpy(&w, p, bytes);
    } else {
      for (std::size_t i = 0; i < bytes; ++i) w |= static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) << (8 * i);
    }
    return w;
  }

  // Of the first and the last eight bytes, and the length.
  static constexpr std::size_t hash(std::string_view s) {
    const std::size_t n = s.size();
    std::uint64_t first = 0, last = 0;
    if (n >= 8) {
      first = load<8>(s.data());
      last = load<8>(s.data() + n - 8);
    } else if (n >= 4) {
      first = load<4>(s.data());
      last = load<4>(s.data() + n - 4);
    } else if (n > 0) {
      first = load<1>(s.data()) | load<1>(s.data() + n / 2) << 8 | load<1>(s.data() + n - 1) << 16;
    }
    const std::uint64_t h = (first ^ (n << 56) ^ std::rotl(last, 25)) * 0xD6E8FEB86659FD93u;
    return static_cast<std::size_t>(h >> 32 ^ h >> 50);
  }
  // Each word of a list parted by blanks gets the value, added (|) to what it has.
  constexpr void add(std::string_view words, Value value) {
    for (std::size_t i = 0; i < words.size();) {
      const std::size_t end =
          words.find(' ', i) == std::string_view::npos ? words.size() : words.find(' ', i);
      const std::string_view word = words.substr(i, end - i);
      std::size_t k = hash(word) % slots;
      while (!entries[k].word.empty() && entries[k].word != word) k = (k + 1) % slots;
      entries[k].word = word;
      entries[k].value = static_cast<Value>(entries[k].value | value);
      i = end + 1;
    }
  }
  constexpr Value find(std::string_view word) const {
    for (std::size_t k = hash(word) % slots; !entries[k].word.empty(); k = (k + 1) % slots)
      if (entries[k].word == word) return entries[k].value;
    return Value{};
  }
};

// Lower case without accents: one code point for one (ß and ligatures stay).
char32_t fold(char32_t c);

// `s` folded into `out` (at most `capacity` bytes, cut at a character).
std::string_view fold_into(std::string_view s, char* out, std::size_t capacity);

// The words of a string, folded and parted by single blanks; each CJK character is a word. In the arena.
std::string_view folded_words(std::string_view s, Arena& arena);

// How alike two results of folded_words() are: 2·common / (words of both), counted as a bag. 0 where either
// is empty.
float likeness(std::string_view a, std::string_view b);
// Share of the words of `part` that occur in `whole`.
float coverage(std::string_view part, std::string_view whole);
int word_count(std::string_view folded);

// The same for strings that are compared more than once: their words, hashed and sorted, the first 64.
struct Bag {
  std::array<std::uint32_t, 64> words;
  int count = 0;
};
void make_bag(std::string_view folded, Bag& out);
float likeness(const Bag& a, const Bag& b);
float coverage(const Bag& part, const Bag& whole);

}  // namespace offprint
