// A handful of words looked for in a short text at once, ASCII letters of any case: of class names and the
// like, of which a page has thousands. Tested by tests/base/few_words_test.cpp.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"
#include "base/cpu.h"

#if defined(OFFPRINT_HAS_AVX2)
#include <immintrin.h>
#endif

namespace offprint {

// The first two bytes of the words: almost every place of a text is told apart from all of them by one look.
class WordBeginnings {
 public:
  static constexpr std::size_t most = 16;
  // Words in lower case, of two bytes or more.
  template <std::size_t N>
  constexpr explicit WordBeginnings(const std::string_view (&words)[N]) {
    static_assert(N <= most);
    for (const std::string_view word : words) {
      bits_[slot(word[0], word[1])] = true;
      const char first = small(word[0]), second = small(word[1]), third = word.size() > 2 ? small(word[2]) : '\0';
      bool had = false;
      for (std::size_t i = 0; i < threes_count_; ++i) had |= threes_[i][0] == first && threes_[i][1] == second && threes_[i][2] == third;
      if (!had) threes_[threes_count_++] = {first, second, third};
      had = false;
      for (std::size_t i = 0; i < count_; ++i) had |= firsts_[i][0] == first && seconds_[i][0] == second;
      if (had) continue;
      firsts_[count_].fill(first);
      seconds_[count_++].fill(second);
    }
  }
  constexpr bool may_begin(char first, char second) const { return bits_[slot(first, second)]; }
#ifdef OFFPRINT_SSE2
  // The same for sixteen places, a bit each; 17 bytes are read.
  unsigned may_begin_at(const char* p) const {
    const __m128i bit = _mm_set1_epi8(0x20);
    const __m128i here = _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), bit);
    const __m128i next = _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 1)), bit);
    __m128i may = _mm_setzero_si128();
    for (std::size_t i = 0; i < count_; ++i) {
      const __m128i first = _mm_load_si128(reinterpret_cast<const __m128i*>(firsts_[i].data()));
      const __m128i second = _mm_load_si128(reinterpret_cast<const __m128i*>(seconds_[i].data()));
      may = _mm_or_si128(may, _mm_and_si128(_mm_cmpeq_epi8(here, first), _mm_cmpeq_epi8(next, second)));
    }
    return static_cast<unsigned>(_mm_movemask_epi8(may));
  }
#endif
#ifdef OFFPRINT_HAS_AVX2
  // Three letters of words that have them, at 64 places of `left` bytes.
  OFFPRINT_AVX512 std::uint64_t may_begin_at_512(const char* p, std::size_t left) const {
    const auto there = [left](std::size_t from) { return left >= 64 + from ? ~std::uint64_t{0} : left <= from ? std::uint64_t{0} : (std::uint64_t{1} << (left - from)) - 1; };
    const __m512i bit = _mm512_set1_epi8(0x20);
    const __m512i here = _mm512_or_si512(_mm512_maskz_loadu_epi8(there(0), p), bit);
    const __m512i next = _mm512_or_si512(_mm512_maskz_loadu_epi8(there(1), left > 1 ? p + 1 : p), bit);
    const __m512i third = _mm512_or_si512(_mm512_maskz_loadu_epi8(there(2), left > 2 ? p + 2 : p), bit);
    __mmask64 may = 0;
    for (std::size_t i = 0; i < threes_count_; ++i) {
      const std::array<char, 3>& three = threes_[i];
      const __mmask64 two = _mm512_mask_cmpeq_epi8_mask(_mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8(three[0])), next, _mm512_set1_epi8(three[1]));
      may |= three[2] == '\0' ? two : _mm512_mask_cmpeq_epi8_mask(two, third, _mm512_set1_epi8(three[2]));
    }
    return may;
  }
#endif

 private:
  // Letters of both cases share their last five bits; so do others, which costs a look at the words.
  static constexpr std::size_t slot(char first, char second) {
    return (static_cast<std::size_t>(first) & 31) << 5 | (static_cast<std::size_t>(second) & 31);
  }
  static constexpr char small(char c) { return static_cast<char>(c | 0x20); }
  std::array<bool, 1024> bits_{};
  std::size_t count_ = 0, threes_count_ = 0;
  alignas(16) std::array<std::array<char, 16>, most> firsts_{}, seconds_{};
  std::array<std::array<char, 3>, most> threes_{};
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
  if (text.empty()) return found;
  const auto look = [&](std::size_t at) {
    for (std::size_t i = 0; i < N; ++i)
      if (stands(text.substr(at), words[i])) found |= 1u << i;
  };
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx512()) {
    for (std::size_t at = 0;; at += 64) {
      const std::size_t behind = text.size() - at;
      for (std::uint64_t left = beginnings.may_begin_at_512(text.data() + at, behind); left != 0; left &= left - 1)
        look(at + static_cast<std::size_t>(std::countr_zero(left)));
      if (behind <= 64) return found;
    }
  }
#endif
#ifdef OFFPRINT_SSE2
  if (text.size() >= 17) {
    const std::size_t last = text.size() - 17;  // what is looked at twice is found once
    for (std::size_t at = 0;; at = at + 16 < last ? at + 16 : last) {
      for (unsigned left = beginnings.may_begin_at(text.data() + at); left != 0; left &= left - 1)
        look(at + static_cast<std::size_t>(std::countr_zero(left)));
      if (at == last) return found;
    }
  }
#endif
  for (std::size_t at = 0; at + 1 < text.size(); ++at)
    if (beginnings.may_begin(text[at], text[at + 1])) look(at);
  return found;
}

}  // namespace offprint
