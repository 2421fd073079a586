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

// Both ways at once, since each step waits for the one before it.
[[gnu::always_inline]] inline void find(Features& out) {
  const std::size_t n = out.facts.size();
  Echo forth{}, back{};
  for (std::size_t i = 0; i < n; ++i) {
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
