// What the kernels of AVX-512 and of AMX share: floats to bytes, columns to groups of bytes.
#pragma once

#include "base/cpu.h"
#include "roles/net_kernels.h"

#if defined(OFFPRINT_HAS_AVX2)
#include <immintrin.h>

namespace offprint {

// Without FMA, which would round differently: products and sums of floats are AVX2's everywhere.
#define OFFPRINT_VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

#if !defined(__clang__)
// GCC 12 takes the operands that its own header leaves open for forgotten ones.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

// Floats rounded, for bytes_of_four(): 127 at most, and what is no number or too small becomes less than 0.
OFFPRINT_VNNI inline __m512i whole_of(__m512 v) {
  return _mm512_cvtps_epi32(_mm512_min_ps(_mm512_set1_ps(127.0f), v));
}
// What sixteen sums of a layer are made: sum × factor + bias (+ before × keep, where there is a before), for bytes_of_four().
OFFPRINT_VNNI inline __m512i whole_of_sums(__m512i sums, __m512 factor, __m512 bias, const std::uint8_t* before, __m512 keep) {
  __m512 v = _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sums), factor), bias);
  if (before != nullptr) {
    const __m512i was = _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(before)));
    v = _mm512_add_ps(v, _mm512_mul_ps(_mm512_cvtepi32_ps(was), keep));
  }
  return whole_of(v);
}
// As bytes between 0 and 127: in each quarter four of each.
OFFPRINT_VNNI inline __m512i bytes_of_four(__m512i a, __m512i b, __m512i c, __m512i d) {
  const __m512i mixed = _mm512_packs_epi16(_mm512_packs_epi32(a, b), _mm512_packs_epi32(c, d));
  return _mm512_max_epi8(mixed, _mm512_setzero_si512());
}
OFFPRINT_VNNI inline __m512i in_order(__m512i four) {
  return _mm512_permutexvar_epi32(_mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), four);
}

// The four columns of a group of inputs, or the fewer of the last one.
template <std::size_t count>
struct GroupOfColumns {
  const float* from[count];
  __m512 low[count], scale[count];
  OFFPRINT_VNNI GroupOfColumns(const Net& net, const float* columns, std::size_t c) {
    for (std::size_t k = 0; k < count; ++k) {
      from[k] = columns + std::size_t{net.input[c + k]} * column_stride;
      low[k] = _mm512_set1_ps(net.low[c + k]);
      scale[k] = _mm512_set1_ps(net.scale[c + k]);
    }
  }
  // Of sixteen rows: the bytes of one number are a row's.
  OFFPRINT_VNNI __m512i rows(std::size_t row) const {
    const __m512i by_row = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
    __m512i v[4] = {};
    for (std::size_t k = 0; k < count; ++k) v[k] = whole_of(_mm512_mul_ps(_mm512_sub_ps(_mm512_loadu_ps(from[k] + row), low[k]), scale[k]));
    return _mm512_shuffle_epi8(bytes_of_four(v[0], v[1], v[2], v[3]), by_row);
  }
};

// take(group): the group of columns that begins with column c, of which there is one at least.
template <class Take>
OFFPRINT_VNNI inline void with_group(const Net& net, const float* columns, std::size_t c, Take take) {
  switch (net.input.size() - c) {
    case 1: return take(GroupOfColumns<1>(net, columns, c));
    case 2: return take(GroupOfColumns<2>(net, columns, c));
    case 3: return take(GroupOfColumns<3>(net, columns, c));
    default: return take(GroupOfColumns<4>(net, columns, c));
  }
}

#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif

}  // namespace offprint

#endif
