#include "base/scan.h"

#include <array>
#include <cstddef>
#include <utility>

#if defined(OFFPRINT_HAS_AVX2)
#include <immintrin.h>
#elif defined(__aarch64__) && !defined(OFFPRINT_PORTABLE)
#define OFFPRINT_NEON 1
#include <arm_neon.h>
#endif

namespace offprint::scan {
namespace {

template <int set>
constexpr bool is_member(char c) {
  return c == members[set][0] || c == members[set][1] || c == members[set][2] || c == members[set][3];
}

struct Portable {
  static constexpr Isa isa = Isa::portable;
  template <int set>
  static const char* find(const char* p, const char* end) {
    while (p != end && !is_member<set>(*p)) ++p;
    return p;
  }
};

#if defined(OFFPRINT_SSE2)
struct Sse2 {
  static constexpr Isa isa = Isa::sse2;
  template <int set>
  static const char* find(const char* p, const char* end) {
    for (; end - p >= 16; p += 16) {
      const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
      const __m128i a = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(members[set][0])),
                                     _mm_cmpeq_epi8(v, _mm_set1_epi8(members[set][1])));
      const __m128i b = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(members[set][2])),
                                     _mm_cmpeq_epi8(v, _mm_set1_epi8(members[set][3])));
      const auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(a, b)));
      if (bits != 0) return p + std::countr_zero(bits);
    }
    return Portable::find<set>(p, end);
  }
};
#endif

#if defined(OFFPRINT_HAS_AVX2)
// The members of a set differ in their low four bits, so a table of sixteen bytes that holds each at the
// index of its low bits says with one shuffle and one comparison which bytes are members. (A byte above 0x7F
// shuffles to 0, which it is not; an unused entry holds a byte of other low bits, which no byte at that index
// is.)
template <int set>
constexpr std::array<char, 16> shuffle_table() {
  std::array<char, 16> table{};
  table[0] = 1;
  for (const char c : members[set]) table[c & 15] = c;
  return table;
}

struct Avx2 {
  static constexpr Isa isa = Isa::avx2;
  template <int set>
  __attribute__((target("avx2"))) static const char* find(const char* p, const char* end) {
    static constexpr std::array<char, 16> entries = shuffle_table<set>();
    const __m256i table =
        _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(entries.data())));
    for (; end - p >= 64; p += 64) {
      const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
      const __m256i w = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 32));
      const __m256i in_v = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, v), v);
      const __m256i in_w = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, w), w);
      const std::uint64_t bits =
          static_cast<std::uint32_t>(_mm256_movemask_epi8(in_v)) |
          static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(in_w))) << 32;
      if (bits != 0) return p + std::countr_zero(bits);
    }
    return Sse2::find<set>(p, end);
  }
};
#endif

#if defined(OFFPRINT_NEON)
struct Neon {
  static constexpr Isa isa = Isa::neon;
  template <int set>
  static const char* find(const char* p, const char* end) {
    for (; end - p >= 16; p += 16) {
      const uint8x16_t v = vld1q_u8(reinterpret_cast<const std::uint8_t*>(p));
      uint8x16_t hit = vceqq_u8(v, vdupq_n_u8(static_cast<std::uint8_t>(members[set][0])));
      for (int i = 1; i < 4; ++i)
        hit = vorrq_u8(hit, vceqq_u8(v, vdupq_n_u8(static_cast<std::uint8_t>(members[set][i]))));
      // Four bits of the mask per byte.
      const std::uint64_t bits =
          vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(hit), 4)), 0);
      if (bits != 0) return p + std::countr_zero(bits) / 4;
    }
    return Portable::find<set>(p, end);
  }
};
#endif

template <class Kernel, std::size_t... set>
constexpr Kernels make_kernels(std::index_sequence<set...>) {
  return {Kernel::isa, {&Kernel::template find<static_cast<int>(set)>...}};
}
template <class Kernel>
constexpr Kernels kernels_with = make_kernels<Kernel>(std::make_index_sequence<set_count>{});

}  // namespace

const Kernels* kernels_of(Isa isa) {
  switch (isa) {
    case Isa::portable:
      return &kernels_with<Portable>;
    case Isa::sse2:
#if defined(OFFPRINT_SSE2)
      return &kernels_with<Sse2>;
#else
      return nullptr;
#endif
    case Isa::avx2:
#if defined(OFFPRINT_HAS_AVX2)
      return __builtin_cpu_supports("avx2") ? &kernels_with<Avx2> : nullptr;
#else
      return nullptr;
#endif
    case Isa::neon:
#if defined(OFFPRINT_NEON)
      return &kernels_with<Neon>;
#else
      return nullptr;
#endif
  }
  return nullptr;
}

const Kernels& kernels() {
#if defined(OFFPRINT_HAS_AVX2)
  if (cpu::has_avx2()) [[likely]]
    return kernels_with<Avx2>;
#endif
#if defined(OFFPRINT_NEON)
  return kernels_with<Neon>;
#elif defined(OFFPRINT_SSE2)
  return kernels_with<Sse2>;
#else
  return kernels_with<Portable>;
#endif
}

}  // namespace offprint::scan
