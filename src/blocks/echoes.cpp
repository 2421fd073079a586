#include "blocks/echoes.h"

#include <array>
#include <bit>
#include <tuple>

#include "base/cpu.h"
#include "blocks/row_columns.h"

#ifdef OFFPRINT_HAS_AVX2
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12's own header reads "undefined" registers
#endif
#include <immintrin.h>
#endif

namespace offprint {
namespace {

using Echo = Features::Echo;
constexpr std::size_t purposes_of_echo = std::tuple_size_v<Echo>;

constexpr auto bits = [] {
  std::array<std::uint32_t, purposes_of_echo> b{};
  for (std::size_t k = 0; k < b.size(); ++k) b[k] = 1u << k;
  return b;
}();

// x * 0.75 + the purpose's bit. What has not been spoken of for fifty blocks is silent: numbers that small say nothing, and
// processors take a hundred times as long to multiply the smallest (denormal) ones.
constexpr float silent = 1e-6f, share_left = 0.75f;
[[gnu::always_inline]] inline void fade(Echo& echo, std::uint32_t purposes) {
  for (std::size_t k = 0; k < purposes_of_echo; ++k) {
    // Selections by masks: of conditions GCC makes branches here, and no vectors.
    const float faded = echo[k] * share_left;
    const std::uint32_t heard = faded > silent ? ~0u : 0u, spoken = (purposes & bits[k]) != 0 ? ~0u : 0u;
    echo[k] = std::bit_cast<float>(std::bit_cast<std::uint32_t>(faded) & heard) + std::bit_cast<float>(0x3F800000u & spoken);
  }
}

// Both ways at once, since each step waits for the one before it. What is heard within the last tile, or back within the first one,
// is nothing that another tile begins with.
constexpr std::size_t steps_of(std::size_t n) { return n == 0 ? 0 : (n - 1) / feature_tile * feature_tile + 1; }
[[gnu::always_inline]] inline void find(Features& out) {
  const std::size_t n = out.facts.size();
  Echo forth{}, back{};
  for (std::size_t i = 0; i < steps_of(n); ++i) {
    const std::size_t j = n - 1 - i;
    if (i % feature_tile == 0) out.echo_before[i / feature_tile] = forth;
    if (i == 0 || (j + 1) % feature_tile == 0) out.echo_behind[j / feature_tile] = back;
    fade(forth, out.facts[i].hits.purposes);
    fade(back, out.facts[j].hits.purposes);
  }
}

// Around each row of a tile: from both ends to the middle, and on over what the other one left.
[[gnu::always_inline]] inline void sum(const Features& features, std::size_t tile, std::size_t rows, Echo* around) {
  const TextFacts* facts = features.facts.data() + tile * feature_tile;
  Echo forth = features.echo_before[tile], back = features.echo_behind[tile];
  const auto add = [](Echo& to, const Echo& echo) __attribute__((always_inline)) {
    for (std::size_t k = 0; k < purposes_of_echo; ++k) to[k] += echo[k];
  };
  std::size_t i = 0;
  for (; i < rows - 1 - i; ++i) {
    around[i] = forth;
    around[rows - 1 - i] = back;
    fade(forth, facts[i].hits.purposes);
    fade(back, facts[rows - 1 - i].hits.purposes);
  }
  if (i == rows - 1 - i) {
    around[i] = forth;
    add(around[i], back);
    fade(forth, facts[i].hits.purposes);
    fade(back, facts[i].hits.purposes);
    ++i;
  }
  for (; i < rows; ++i) {
    add(around[i], forth);
    add(around[rows - 1 - i], back);
    fade(forth, facts[i].hits.purposes);
    fade(back, facts[rows - 1 - i].hits.purposes);
  }
}

#ifdef OFFPRINT_HAS_AVX2
OFFPRINT_AVX2 void find_avx2(Features& out) { find(out); }
OFFPRINT_AVX2 void sum_avx2(const Features& features, std::size_t tile, std::size_t rows, Echo* around) {
  sum(features, tile, rows, around);
}

// The same by AVX-512: an echo is two registers, and the purposes are the masks.
struct WideEcho {
  __m512 low, high;
};
OFFPRINT_AVX512 inline WideEcho load(const Echo& echo) { return {_mm512_loadu_ps(echo.data()), _mm512_loadu_ps(echo.data() + 16)}; }
OFFPRINT_AVX512 inline void store(const WideEcho& echo, Echo& to) {
  _mm512_storeu_ps(to.data(), echo.low);
  _mm512_storeu_ps(to.data() + 16, echo.high);
}
OFFPRINT_AVX512 inline __m512 half_faded(__m512 half, __mmask16 purposes) {
  const __m512 faded = _mm512_mul_ps(half, _mm512_set1_ps(share_left));
  const __m512 heard = _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(faded, _mm512_set1_ps(silent), _CMP_GT_OQ), faded);
  return _mm512_mask_add_ps(heard, purposes, heard, _mm512_set1_ps(1.0f));
}
OFFPRINT_AVX512 inline void fade(WideEcho& echo, std::uint32_t purposes) {
  echo.low = half_faded(echo.low, static_cast<__mmask16>(purposes));
  echo.high = half_faded(echo.high, static_cast<__mmask16>(purposes >> 16));
}
OFFPRINT_AVX512 inline void add(const WideEcho& echo, Echo& to) {
  const WideEcho there = load(to);
  store({_mm512_add_ps(there.low, echo.low), _mm512_add_ps(there.high, echo.high)}, to);
}

OFFPRINT_AVX512 void find_avx512(Features& out) {
  const std::size_t n = out.facts.size();
  WideEcho forth = load({}), back = forth;
  for (std::size_t i = 0; i < steps_of(n); ++i) {
    const std::size_t j = n - 1 - i;
    if (i % feature_tile == 0) store(forth, out.echo_before[i / feature_tile]);
    if (i == 0 || (j + 1) % feature_tile == 0) store(back, out.echo_behind[j / feature_tile]);
    fade(forth, out.facts[i].hits.purposes);
    fade(back, out.facts[j].hits.purposes);
  }
}

OFFPRINT_AVX512 void sum_avx512(const Features& features, std::size_t tile, std::size_t rows, Echo* around) {
  const TextFacts* facts = features.facts.data() + tile * feature_tile;
  WideEcho forth = load(features.echo_before[tile]), back = load(features.echo_behind[tile]);
  for (std::size_t i = 0; i < rows; ++i) {
    // The one that comes first to a row puts it down, the other one adds.
    const std::size_t j = rows - 1 - i;
    i <= j ? store(forth, around[i]) : add(forth, around[i]);
    i < j ? store(back, around[j]) : add(back, around[j]);
    fade(forth, facts[i].hits.purposes);
    fade(back, facts[j].hits.purposes);
  }
}
#endif

}  // namespace

void find_echoes(Features& out) {
  const std::size_t tiles = (out.facts.size() + feature_tile - 1) / feature_tile;
  out.echo_before.resize(tiles);
  out.echo_behind.resize(tiles);
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx512()) return find_avx512(out);
  if (cpu::has_avx2()) return find_avx2(out);
#endif
  find(out);
}

void fill_echoes(const Features& features, std::size_t tile, std::size_t rows, std::uint32_t wanted, float* columns) {
  if (wanted == 0) return;
  Echo around[feature_tile];
  for (std::size_t i = rows; i < feature_tile; ++i) around[i] = {};
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx512())
    sum_avx512(features, tile, rows, around);
  else if (cpu::has_avx2())
    sum_avx2(features, tile, rows, around);
  else
#endif
    sum(features, tile, rows, around);
  fill_around(around, wanted, columns);
}

}  // namespace offprint
