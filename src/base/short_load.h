// The end of a text in a register: nothing behind it is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/cpu.h"

#ifdef OFFPRINT_SSE2
namespace offprint {

// Fewer than 16 bytes, zeros behind them.
inline __m128i load_short(const char* p, std::size_t n) {
  std::uint64_t low = 0, high = 0;
  if (n >= 8) {
    std::memcpy(&low, p, 8);
    std::memcpy(&high, p + n - 8, 8);
    high = n == 8 ? 0 : high >> (8 * (16 - n));
  } else if (n >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, p, 4);
    std::memcpy(&last, p + n - 4, 4);
    low = first | static_cast<std::uint64_t>(last) << (8 * (n - 4));
  } else if (n > 0) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) << (8 * i); };
    low = byte(0) | byte(n / 2) | byte(n - 1);
  }
  return _mm_set_epi64x(static_cast<long long>(high), static_cast<long long>(low));
}

// Of 64 bytes a bit each, those of the first `n`.
constexpr std::uint64_t first_bits(std::size_t n) { return n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1; }

// Sixteen bytes of a text, or the `left` that there still are.
inline __m128i load_left(const char* p, std::size_t left) {
  return left >= 16 ? _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)) : load_short(p, left);
}

}  // namespace offprint
#endif
