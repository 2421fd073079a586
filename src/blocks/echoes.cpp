#include "blocks/echoes.h"

#include <array>
#include <bit>
#include <tuple>

#include "base/cpu.h"
#include "blocks/row_columns.h"

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
[[gnu::always_inline]] inline void fade(Echo& echo, std::uint32_t purposes) {
  constexpr float silent = 1e-6f;
  for (std::size_t k = 0; k < purposes_of_echo; ++k) {
    // Selections by masks: of conditions GCC makes branches here, and no vectors.
    const float faded = echo[k] * 0.75f;
    const std::uint32_t heard = faded > silent ? ~0u : 0u, spoken = (purposes & bits[k]) != 0 ? ~0u : 0u;
    echo[k] = std::bit_cast<float>(std::bit_cast<std::uint32_t>(faded) & heard) + std::bit_cast<float>(0x3F800000u & spoken);
  }
}

[[gnu::always_inline]] inline void find(Features& out) {
  const std::size_t n = out.facts.size(), tiles = (n + feature_tile - 1) / feature_tile;
  Echo echo{};
  for (std::size_t tile = 0; tile < tiles; ++tile) {
    out.echo_before[tile] = echo;
    for (std::size_t i = tile * feature_tile; i < n && i < (tile + 1) * feature_tile; ++i) fade(echo, out.facts[i].hits.purposes);
  }
  echo = {};
  for (std::size_t i = n; i-- > 0;) {
    if (i + 1 == n || (i + 1) % feature_tile == 0) out.echo_behind[i / feature_tile] = echo;
    fade(echo, out.facts[i].hits.purposes);
  }
}

// Around each row of a tile.
[[gnu::always_inline]] inline void sum(const Features& features, std::size_t tile, std::size_t rows, Echo* around) {
  const TextFacts* facts = features.facts.data() + tile * feature_tile;
  Echo echo = features.echo_before[tile];
  for (std::size_t i = 0; i < rows; ++i) {
    around[i] = echo;
    fade(echo, facts[i].hits.purposes);
  }
  echo = features.echo_behind[tile];
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t k = 0; k < purposes_of_echo; ++k) around[i][k] += echo[k];
    fade(echo, facts[i].hits.purposes);
  }
}

#ifdef OFFPRINT_HAS_AVX2
__attribute__((target("avx2"))) void find_avx2(Features& out) { find(out); }
__attribute__((target("avx2"))) void sum_avx2(const Features& features, std::size_t tile, std::size_t rows, Echo* around) {
  sum(features, tile, rows, around);
}
#endif

}  // namespace

void find_echoes(Features& out) {
  const std::size_t tiles = (out.facts.size() + feature_tile - 1) / feature_tile;
  out.echo_before.resize(tiles);
  out.echo_behind.resize(tiles);
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2()) return find_avx2(out);
#endif
  find(out);
}

void fill_echoes(const Features& features, std::size_t tile, std::size_t rows, std::uint32_t wanted, float* columns) {
  if (wanted == 0) return;
  Echo around[feature_tile];
  for (std::size_t i = rows; i < feature_tile; ++i) around[i] = {};
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2())
    sum_avx2(features, tile, rows, around);
  else
#endif
    sum(features, tile, rows, around);
  fill_around(around, wanted, columns);
}

}  // namespace offprint
