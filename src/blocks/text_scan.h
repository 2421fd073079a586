// One pass over the text of a block: what its bytes are, and where its words begin and end.
//
// The outside interface: scan_text() and each_word(); scan_name() for names. Words are runs of ASCII letters and digits and of everything
// beyond ASCII; they are hashed with ASCII in lower case. Sixteen bytes are looked at at once where there is SSE2, 64 where there
// is AVX-512; scan_text_portable() is the twin (tests/blocks/text_scan_test.cpp).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace offprint {

// Words are looked for in so many bytes.
inline constexpr std::size_t most_scanned = 4096;

struct TextScan {
  std::uint32_t commas = 0, ends = 0, letters = 0, upper = 0, digits = 0, currency = 0;
  bool copyright = false, pipe = false, at_sign = false, arrow = false;
  bool any_high = false;       // some of the scanned bytes are beyond ASCII
  std::size_t scanned = 0;     // bytes of `low`, bits of the masks
  alignas(64) char low[most_scanned + 32];       // the text, ASCII in lower case
  std::uint64_t words[most_scanned / 64 + 1];    // a bit a byte: part of a word; those behind the last byte are 0, one there always is
  std::uint64_t high[most_scanned / 64 + 1];     // a bit a byte: beyond ASCII
  // A bit a word that begins here: between it and the word before, or the text's beginning, stands what ends a phrase (lexicon.h),
  // in ASCII. Other bits say nothing.
  std::uint64_t untied[most_scanned / 64 + 1];
  std::uint64_t digit[2];                        // a bit a byte of the first 128: a digit

  // Whether a byte of a word, which begins at `begin` and ends before `end`, is beyond ASCII.
  bool has_high(std::size_t begin, std::size_t end) const {
    std::size_t at = begin / 64;
    std::uint64_t bits = high[at] >> (begin % 64) << (begin % 64);
    for (; (at + 1) * 64 < end; bits = high[++at])
      if (bits != 0) return true;
    return (bits << (63 - (end - 1) % 64)) != 0;
  }
};

void scan_text(std::string_view text, TextScan& out);
void scan_text_portable(std::string_view text, TextScan& out);

// What the characters of a name are (a value of class, id…), a bit a byte. Longer values say nothing more, and must not cost more.
inline constexpr std::size_t longest_name = 512;
struct NameScan {
  std::size_t size = 0;                           // bytes looked at
  alignas(64) char low[longest_name + 64];        // the name, ASCII in lower case
  std::uint64_t upper[longest_name / 64 + 1];     // A to Z
  std::uint64_t lower[longest_name / 64 + 1];     // a to z, and what is beyond ASCII
  std::uint64_t high[longest_name / 64 + 1];      // beyond ASCII
  std::uint64_t blank[longest_name / 64 + 1];     // white space and control characters; all that is behind the end
};
void scan_name(std::string_view name, NameScan& out);
void scan_name_portable(std::string_view name, NameScan& out);

// The first set bit from `i` on; there is one.
inline std::size_t next_bit(const std::uint64_t* bits, std::size_t i) {
  std::size_t word = i / 64;
  std::uint64_t w = bits[word] >> (i % 64);
  if (w != 0) [[likely]] return i + static_cast<std::size_t>(std::countr_zero(w));
  do w = bits[++word];
  while (w == 0);
  return word * 64 + static_cast<std::size_t>(std::countr_zero(w));
}

// The hash of a word, 8 bytes at a time; generate/lexicons.py computes the same. Never 0.
constexpr std::uint32_t hash_word(const char* p, std::size_t n, auto load) {
  constexpr std::uint64_t mix = 0xD6E8FEB86659FD93u;
  std::uint64_t h = n * 0x9E3779B97F4A7C15u;
  for (; n > 8; p += 8, n -= 8) {
    h = (h ^ load(p, std::size_t{8})) * mix;
    h ^= h >> 32;
  }
  h = (h ^ load(p, n)) * mix;
  const auto top = static_cast<std::uint32_t>(h >> 32);
  return top == 0 ? 1u : top;
}

// n of the 8 bytes at p, little-endian, the others zero.
constexpr std::uint64_t some_bytes(const char* p, std::size_t n) {
  std::uint64_t w = 0;
  if (std::endian::native == std::endian::little && !std::is_constant_evaluated()) {
    std::memcpy(&w, p, n);
  } else {
    for (std::size_t i = 0; i < n; ++i) w |= static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) << (8 * i);
  }
  return w;
}
constexpr std::uint32_t hash_word(std::string_view word) { return hash_word(word.data(), word.size(), some_bytes); }

// A word of a TextScan: 8 bytes may be read from anywhere in it, 16 from its beginning.
inline std::uint32_t hash_scanned(const char* p, std::size_t n) {
  if constexpr (std::endian::native == std::endian::little) {
    if (n <= 16) [[likely]] {
      constexpr std::uint64_t mix = 0xD6E8FEB86659FD93u;
      std::uint64_t first, second;
      std::memcpy(&first, p, 8);
      std::memcpy(&second, p + 8, 8);
      // Whether there are more than 8 is nothing that a processor foresees: both are computed.
      const std::uint64_t h = n * 0x9E3779B97F4A7C15u, few = (n - 9) >> 63 != 0 ? ~std::uint64_t{0} : 0;
      std::uint64_t high = (h ^ first) * mix;
      high ^= high >> 32;
      const std::uint64_t start = (h & few) | (high & ~few), last = (first & few) | (second & ~few);
      const std::uint64_t whole = (start ^ (last & (~std::uint64_t{0} >> (-8 * n % 64)))) * mix;
      const auto top = static_cast<std::uint32_t>(whole >> 32);
      return top == 0 ? 1u : top;
    }
  }
  return hash_word(p, n, [](const char* at, std::size_t k) {
    if constexpr (std::endian::native == std::endian::little) {
      std::uint64_t w;
      std::memcpy(&w, at, 8);
      return w & (~std::uint64_t{0} >> (64 - 8 * k));
    } else {
      return some_bytes(at, k);
    }
  });
}

// Calls each(begin, end) for every word among the scanned bytes.
template <class Each>
void each_word(const TextScan& scan, Each each) {
  std::size_t begin = 0;
  std::uint64_t open = 0;  // 1: the last word of the 64 bytes before goes on, perhaps
  for (std::size_t base = 0; base <= scan.scanned; base += 64) {
    const std::uint64_t w = scan.words[base / 64], behind = w << 1 | open;
    std::uint64_t starts = w & ~behind, ends = ~w & behind;
    const auto next = [&] {
      begin = base + static_cast<std::size_t>(std::countr_zero(starts));
      starts &= starts - 1;
    };
    if (open == 0) next();
    for (; ends != 0; ends &= ends - 1) {
      const std::size_t first = begin;
      next();
      each(first, base + static_cast<std::size_t>(std::countr_zero(ends)));
    }
    open = w >> 63;
  }
}

// The same for any text, at most `most` bytes of it, with the hash of each word: slower.
template <class Each>
void each_word_hash(std::string_view text, std::size_t most, Each each) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  };
  text = text.substr(0, most);
  for (std::size_t i = 0; i < text.size();) {
    while (i < text.size() && !is_word(text[i])) ++i;
    if (i == text.size()) break;
    const std::size_t begin = i;
    while (i < text.size() && is_word(text[i])) ++i;
    each(hash_word(text.data() + begin, i - begin, [](const char* p, std::size_t n) {
      std::uint64_t w = 0;
      for (std::size_t k = 0; k < n; ++k) {
        const auto c = static_cast<unsigned char>(p[k]);
        w |= static_cast<std::uint64_t>(c >= 'A' && c <= 'Z' ? c + 32 : c) << (8 * k);
      }
      return w;
    }));
  }
}

}  // namespace offprint
