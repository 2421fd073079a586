#include "blocks/row_columns.h"

#include <bit>

#include "base/cpu.h"

namespace offprint {
namespace {

// Calls each(k, column) for each bit of `wanted`.
template <class Each>
[[gnu::always_inline]] inline void each_wanted(std::uint32_t wanted, float* columns, Each each) {
  for (; wanted != 0; wanted &= wanted - 1) {
    const auto k = static_cast<std::size_t>(std::countr_zero(wanted));
    each(k, columns + k * column_stride);
  }
}

[[gnu::always_inline]] inline void bits_of(const RowBits& bits, std::uint32_t wanted, float* columns) {
  each_wanted(wanted, columns, [&bits](std::size_t k, float* to) __attribute__((always_inline)) {
    const std::uint32_t bit = 1u << k;
    for (std::size_t i = 0; i < feature_tile; ++i) to[i] = (bits[i] & bit) != 0 ? 1.0f : 0.0f;
  });
}

[[gnu::always_inline]] inline void nearest_of(const RowBits& own, const RowBits& near, const RowBits& all, std::uint32_t wanted, float* columns) {
  each_wanted(wanted, columns, [&](std::size_t k, float* to) __attribute__((always_inline)) {
    const std::uint32_t bit = 1u << k;
    for (std::size_t i = 0; i < feature_tile; ++i) {
      const float far = (all[i] & bit) != 0 ? 1.0f : 0.0f, middle = (near[i] & bit) != 0 ? 2.0f : far;
      to[i] = (own[i] & bit) != 0 ? 3.0f : middle;
    }
  });
}

// Sixteen rows of eight bytes → eight columns of sixteen.
inline void turn(const std::int8_t* from, std::size_t from_stride, std::int8_t* to, std::size_t to_stride) {
#ifdef OFFPRINT_SSE2
  __m128i a[16], b[16];
  for (std::size_t i = 0; i < 16; ++i) a[i] = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from + i * from_stride));
  // Rows k and k + 8; then four, eight and all sixteen of two columns, later of one.
  for (std::size_t k = 0; k < 8; ++k) b[k] = _mm_unpacklo_epi8(a[k], a[k + 8]);
  for (std::size_t k = 0; k < 4; ++k) {
    a[k] = _mm_unpacklo_epi8(b[k], b[k + 4]);
    a[k + 4] = _mm_unpackhi_epi8(b[k], b[k + 4]);
  }
  for (std::size_t half = 0; half < 8; half += 4)
    for (std::size_t k = 0; k < 2; ++k) {
      b[half + k] = _mm_unpacklo_epi8(a[half + k], a[half + k + 2]);
      b[half + k + 2] = _mm_unpackhi_epi8(a[half + k], a[half + k + 2]);
    }
  for (std::size_t c = 0; c < 8; c += 2) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + c * to_stride), _mm_unpacklo_epi8(b[c], b[c + 1]));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + (c + 1) * to_stride), _mm_unpackhi_epi8(b[c], b[c + 1]));
  }
#else
  for (std::size_t i = 0; i < 16; ++i)
    for (std::size_t c = 0; c < 8; ++c) to[c * to_stride + i] = from[i * from_stride + c];
#endif
}

[[gnu::always_inline]] inline void roles_of(const std::int8_t* turned, std::uint32_t wanted, float* columns) {
  each_wanted(wanted, columns, [turned](std::size_t k, float* to) __attribute__((always_inline)) {
    for (std::size_t i = 0; i < feature_tile; ++i) to[i] = turned[k * feature_tile + i];
  });
}

#ifdef OFFPRINT_HAS_AVX2
OFFPRINT_AVX2 void bits_avx2(const RowBits& bits, std::uint32_t wanted, float* columns) { bits_of(bits, wanted, columns); }
OFFPRINT_AVX2 void nearest_avx2(const RowBits& own, const RowBits& near, const RowBits& all, std::uint32_t wanted, float* columns) {
  nearest_of(own, near, all, wanted, columns);
}
OFFPRINT_AVX2 void roles_avx2(const std::int8_t* turned, std::uint32_t wanted, float* columns) { roles_of(turned, wanted, columns); }
#endif

}  // namespace

void fill_bits(const RowBits& bits, std::uint32_t wanted, float* columns) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2()) return bits_avx2(bits, wanted, columns);
#endif
  bits_of(bits, wanted, columns);
}

void fill_nearest(const RowBits& own, const RowBits& near, const RowBits& all, std::uint32_t wanted, float* columns) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2()) return nearest_avx2(own, near, all, wanted, columns);
#endif
  nearest_of(own, near, all, wanted, columns);
}

void fill_roles(const RoleTile& tile, std::uint32_t wanted, float* columns) {
  alignas(64) std::int8_t turned[role_width * feature_tile];
  for (std::size_t r = 0; r < role_width; r += 8)
    for (std::size_t i = 0; i < feature_tile; i += 16) turn(tile[i].data() + r, role_width, turned + r * feature_tile + i, feature_tile);
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2()) return roles_avx2(turned, wanted, columns);
#endif
  roles_of(turned, wanted, columns);
}

void fill_around(const Features::Echo* around, std::uint32_t wanted, float* columns) {
#ifdef OFFPRINT_SSE2
  static_assert(purpose_count == 26);
  for (std::size_t k = 0; k < purpose_count; k += 4) {
    if ((wanted >> k & 15) == 0) continue;
    float* const to = columns + k * column_stride;
    for (std::size_t i = 0; i < feature_tile; i += 4) {
      __m128 a = _mm_loadu_ps(around[i].data() + k), b = _mm_loadu_ps(around[i + 1].data() + k);
      __m128 c = _mm_loadu_ps(around[i + 2].data() + k), d = _mm_loadu_ps(around[i + 3].data() + k);
      _MM_TRANSPOSE4_PS(a, b, c, d);
      _mm_storeu_ps(to + i, a);
      _mm_storeu_ps(to + column_stride + i, b);
      if (k + 2 >= purpose_count) continue;  // what follows are no echoes
      _mm_storeu_ps(to + 2 * column_stride + i, c);
      _mm_storeu_ps(to + 3 * column_stride + i, d);
    }
  }
#else
  each_wanted(wanted, columns, [around](std::size_t k, float* to) {
    for (std::size_t i = 0; i < feature_tile; ++i) to[i] = around[i][k];
  });
#endif
}

}  // namespace offprint
