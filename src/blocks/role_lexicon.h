// Sums of what single tokens say about roles (token_table.h): the columns far_… and word_… of features.h.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/cpu.h"
#include "blocks/token_table.h"

namespace offprint {

// In integers, so that all machines get the same.
struct RoleSums {
  std::array<std::int16_t, role_width> of{};
  void add(const std::array<std::int8_t, role_width>& values) {
#ifdef OFFPRINT_SSE2
    // A byte in the upper half of a word, and down again with its sign.
    const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(values.data()));
    const __m128i high = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(values.data() + 16));
    const auto add_eight = [this](std::size_t r, __m128i bytes) {
      auto* const to = reinterpret_cast<__m128i*>(of.data() + r);
      _mm_storeu_si128(to, _mm_add_epi16(_mm_loadu_si128(to), _mm_srai_epi16(bytes, 8)));
    };
    add_eight(0, _mm_unpacklo_epi8(low, low));
    add_eight(8, _mm_unpackhi_epi8(low, low));
    add_eight(16, _mm_unpacklo_epi8(high, high));
#else
    for (std::size_t r = 0; r < role_width; ++r) of[r] = static_cast<std::int16_t>(of[r] + values[r]);
#endif
  }
  void add(const RoleSums& other) {
    for (std::size_t r = 0; r < role_width; ++r) of[r] = static_cast<std::int16_t>(of[r] + other.of[r]);
  }
};

// Of each sum: sum × part >> 8, of which 16 bits are kept.
template <std::size_t count>
[[gnu::always_inline]] inline void take_part(std::array<std::int16_t, count>& sums, std::int16_t part) {
  static_assert(count % 8 == 0);
#ifdef OFFPRINT_SSE2
  const __m128i by = _mm_set1_epi16(part);
  for (std::size_t i = 0; i < count; i += 8) {
    auto* const at = reinterpret_cast<__m128i*>(sums.data() + i);
    const __m128i v = _mm_loadu_si128(at);
    const __m128i low = _mm_srli_epi16(_mm_mullo_epi16(v, by), 8), high = _mm_slli_epi16(_mm_mulhi_epi16(v, by), 8);
    _mm_storeu_si128(at, _mm_or_si128(high, low));
  }
#else
  for (std::int16_t& sum : sums) sum = static_cast<std::int16_t>((sum * part) >> 8);
#endif
}

inline RoleSums parts_of(RoleSums sums, std::int16_t part) {
  take_part(sums.of, part);
  return sums;
}

// As a feature: sixteenths within what a byte of seven bits can tell.
inline std::int8_t role_feature(std::int16_t sixteenths) {
  return static_cast<std::int8_t>(std::clamp<std::int16_t>(sixteenths, -64, 63));
}

}  // namespace offprint
