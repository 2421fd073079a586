// What the kernels of forest.h have each of their own. All work on whole tiles and give the same bits.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/cpu.h"
#include "roles/forest.h"

namespace offprint::forest {

inline constexpr std::size_t tile = QuantisedRows::tile_rows;
inline constexpr std::size_t most_outputs = 32;

// Outputs as they lie in leaf_vectors.
inline std::size_t padded_outputs(const Forest& f) { return (f.outputs + 7) / 8 * 8; }
// Leaves of a tree as they lie in leaf_bytes.
inline std::size_t stored_leaves(const Forest& f) { return std::max<std::size_t>(16, std::size_t{1} << f.depth); }

inline std::span<const float> borders_of(const Forest& f, std::size_t column) {
  return f.borders.subspan(f.border_begin[column],
                           static_cast<std::size_t>(f.border_begin[column + 1] - f.border_begin[column]));
}

struct Kernels {
  // The columns that the forest asks for, of which `values` has all; the first `alike` of them are there already.
  void (*quantise)(const Forest& f, const ForestTables& tables, const float* values, std::size_t alike, std::uint8_t* bins);
  void (*prepare)(const Forest& f, ForestTables& tables);
  // Which leaf of every tree each row reaches: trees × tile.
  void (*find_leaves)(const Forest& f, const ForestTables& tables, const std::uint8_t* bins, std::uint8_t* leaves);
  // Sums of leaves: outputs × tile.
  void (*sum)(const Forest& f, const ForestTables& tables, const std::uint8_t* leaves, std::int16_t* sums);
  void (*score)(const Forest& f, const std::int16_t* sums, float* scores);
  void (*softmax)(float* scores, std::size_t outputs);
};
extern const Kernels portable_kernels;
#ifdef OFFPRINT_HAS_AVX2
extern const Kernels avx2_kernels, avx512_kernels;
#endif

// --- plain loops that each kernel compiles for its own instructions. Nothing here may be contracted to fused
// operations, which round otherwise: src/CMakeLists.txt says -ffp-contract=off.
#define OFFPRINT_INLINE [[gnu::always_inline]] inline

// The natural logarithm of a positive normal number, likewise: within 2 units in the last place away from 1.
OFFPRINT_INLINE float log_of(float x) {
  constexpr std::uint32_t half_root = 0x3F3504F3u;  // the square root of a half
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x) + (0x3F800000u - half_root);
  const float whole = static_cast<float>(static_cast<std::int32_t>(bits >> 23) - 127);
  const float f = std::bit_cast<float>((bits & 0x7FFFFFu) + half_root) - 1.0f;
  const float s = f / (2.0f + f), z = s * s, w = z * z, half = 0.5f * f * f;
  const float r = z * (0.66666662693f + w * 0.28498786688f) + w * (0.40000972152f + w * 0.24279078841f);
  return s * (half + r) + whole * 9.0580006145e-06f - half + f + whole * 0.69313812256f;
}

// e^x for -87 <= x <= 0 by plain operations, in loops that compilers make vectors of: within 2 units in the last place.
inline constexpr float least_exponent = -87.0f;
OFFPRINT_INLINE float exp_of(float x) {
  const auto n = static_cast<std::int32_t>(x * 1.44269504f - 0.5f);
  const float whole = static_cast<float>(n), r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
  float p = 1.98756915e-4f;
  p = p * r + 1.39819995e-3f;
  p = p * r + 8.33345194e-3f;
  p = p * r + 4.16657962e-2f;
  p = p * r + 1.66666655e-1f;
  p = p * r + 5.00000012e-1f;
  p = p * r * r + r + 1.0f;
  return p * std::bit_cast<float>((n + 127) << 23);
}

OFFPRINT_INLINE void score_rows(const Forest& f, const std::int16_t* sums, float* scores) {
  const float scale = f.scale;
  for (std::size_t k = 0; k < f.outputs; ++k, sums += tile, scores += tile) {
    const float bias = f.bias[k];
    for (std::size_t i = 0; i < tile; ++i) scores[i] = bias + scale * static_cast<float>(sums[i]);
  }
}

// Each row by itself, its outputs in their order, as softmax() does it.
OFFPRINT_INLINE void softmax_rows(float* scores, std::size_t outputs) {
  alignas(64) float top[tile], sum[tile];
  std::copy_n(scores, tile, top);
  for (std::size_t k = 1; k < outputs; ++k)
    for (std::size_t i = 0; i < tile; ++i) top[i] = top[i] < scores[k * tile + i] ? scores[k * tile + i] : top[i];
  std::fill_n(sum, tile, 0.0f);
  for (std::size_t k = 0; k < outputs; ++k) {
    float* const of = scores + k * tile;
    for (std::size_t i = 0; i < tile; ++i) {  // by itself, or GCC makes branches of it and no vectors
      const float x = of[i] - top[i];
      of[i] = x < least_exponent ? least_exponent : x;
    }
    for (std::size_t i = 0; i < tile; ++i) {
      const float e = exp_of(of[i]);
      of[i] = e;
      sum[i] += e;
    }
  }
  for (std::size_t k = 0; k < outputs; ++k)
    for (std::size_t i = 0; i < tile; ++i) scores[k * tile + i] /= sum[i];
}

}  // namespace offprint::forest
