#include "roles/forest.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/cpu.h"

#if defined(OFFPRINT_HAS_AVX2)
#include <immintrin.h>
#endif

namespace offprint {
namespace {

constexpr std::size_t tile = QuantisedRows::tile_rows;
constexpr std::size_t most_outputs = 32;

std::size_t padded_outputs(const Forest& f) {
  return (f.outputs + 7) / 8 * 8;
}

// Leaves of a tree as they lie in leaf_bytes.
std::size_t stored_leaves(const Forest& f) {
  return std::max<std::size_t>(16, std::size_t{1} << f.depth);
}

std::span<const float> borders_of(const Forest& f, std::size_t column) {
  return f.borders.subspan(f.border_begin[column],
                           static_cast<std::size_t>(f.border_begin[column + 1] - f.border_begin[column]));
}

// One column of up to 32 rows, side by side.
void take_column(const float* values, std::size_t rows, std::size_t stride, float* out) {
  for (std::size_t i = 0; i < rows; ++i) out[i] = values[i * stride];
}

// --- portable
// -------------------------------------------------------------------------------------------------------

void count_borders_portable(const float* values, std::span<const float> borders, std::uint8_t* bins) {
  std::array<std::uint32_t, tile> count{};
  for (const float border : borders) {
    for (std::size_t i = 0; i < tile; ++i) count[i] += values[i] > border;
  }
  for (std::size_t i = 0; i < tile; ++i) bins[i] = static_cast<std::uint8_t>(count[i]);
}

// Which leaf of every tree each row of a tile reaches.
void find_leaves_portable(const Forest& f, const std::uint8_t* bins, std::uint8_t* leaves) {
  for (std::size_t tree = 0; tree < f.trees; ++tree, leaves += tile) {
    std::fill_n(leaves, tile, std::uint8_t{0});
    for (std::size_t level = 0; level < f.depth; ++level) {
      const std::size_t split = tree * f.depth + level;
      const std::uint8_t* column = bins + f.split_column[split] * tile;
      const std::uint8_t least = f.split_least[split];
      for (std::size_t i = 0; i < tile; ++i) {
        leaves[i] = static_cast<std::uint8_t>(leaves[i] | ((column[i] >= least) << level));
      }
    }
  }
}

void sum_one_portable(const Forest& f, const std::uint8_t* leaves, std::int16_t* sums) {
  const std::size_t size = stored_leaves(f);
  std::fill_n(sums, tile, std::int16_t{0});
  for (std::size_t tree = 0; tree < f.trees; ++tree, leaves += tile) {
    const std::uint8_t* low = f.leaf_bytes.data() + tree * 2 * size;
    const std::uint8_t* high = low + size;
    for (std::size_t i = 0; i < tile; ++i) {
      const unsigned bits = static_cast<unsigned>(low[leaves[i]]) | static_cast<unsigned>(high[leaves[i]])
                                                                        << 8;
      sums[i] =
          static_cast<std::int16_t>(sums[i] + static_cast<std::int16_t>(static_cast<std::uint16_t>(bits)));
    }
  }
}

void sum_many_portable(const Forest& f, const std::uint8_t* leaves, std::size_t row, std::int16_t* sums) {
  const std::size_t width = padded_outputs(f);
  std::fill_n(sums, width, std::int16_t{0});
  for (std::size_t tree = 0; tree < f.trees; ++tree) {
    const std::int8_t* leaf = f.leaf_vectors.data() + ((tree << f.depth) + leaves[tree * tile + row]) * width;
    for (std::size_t k = 0; k < width; ++k)
      sums[k] = static_cast<std::int16_t>(sums[k] + leaf[k] * (1 << f.leaf_shift[tree]));
  }
}

// --- AVX2
// -----------------------------------------------------------------------------------------------------------
#ifdef OFFPRINT_HAS_AVX2
#define OFFPRINT_AVX2 __attribute__((target("avx2")))

OFFPRINT_AVX2 inline __m256i load(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}

OFFPRINT_AVX2 void count_borders_avx2(const float* values, std::span<const float> borders,
                                      std::uint8_t* bins) {
  const __m256 v0 = _mm256_loadu_ps(values);
  const __m256 v1 = _mm256_loadu_ps(values + 8);
  const __m256 v2 = _mm256_loadu_ps(values + 16);
  const __m256 v3 = _mm256_loadu_ps(values + 24);
  __m256i c0 = _mm256_setzero_si256();
  __m256i c1 = c0, c2 = c0, c3 = c0;
  for (const float border : borders) {
    const __m256 b = _mm256_set1_ps(border);
    c0 = _mm256_sub_epi32(c0, _mm256_castps_si256(_mm256_cmp_ps(v0, b, _CMP_GT_OQ)));
    c1 = _mm256_sub_epi32(c1, _mm256_castps_si256(_mm256_cmp_ps(v1, b, _CMP_GT_OQ)));
    c2 = _mm256_sub_epi32(c2, _mm256_castps_si256(_mm256_cmp_ps(v2, b, _CMP_GT_OQ)));
    c3 = _mm256_sub_epi32(c3, _mm256_castps_si256(_mm256_cmp_ps(v3, b, _CMP_GT_OQ)));
  }
  // Packing works within halves of a register; the last step puts the groups of four back in order.
  const __m256i mixed = _mm256_packus_epi16(_mm256_packs_epi32(c0, c1), _mm256_packs_epi32(c2, c3));
  const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(bins), _mm256_permutevar8x32_epi32(mixed, order));
}

OFFPRINT_AVX2 void find_leaves_avx2(const Forest& f, const std::uint8_t* bins, std::uint8_t* leaves) {
  const std::uint16_t* column = f.split_column.data();
  const std::uint8_t* least = f.split_least.data();
  for (std::size_t tree = 0; tree < f.trees; ++tree, leaves += tile) {
    __m256i index = _mm256_setzero_si256();
    __m256i bit = _mm256_set1_epi8(1);
    for (std::size_t level = 0; level < f.depth; ++level, ++column, ++least) {
      const __m256i x = load(bins + *column * tile);
      const __m256i t = _mm256_set1_epi8(static_cast<char>(*least));
      const __m256i yes = _mm256_cmpeq_epi8(_mm256_max_epu8(x, t), x);
      index = _mm256_or_si256(index, _mm256_and_si256(yes, bit));
      bit = _mm256_add_epi8(bit, bit);
    }
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(leaves), index);
  }
}

OFFPRINT_AVX2 void sum_one_avx2(const Forest& f, const std::uint8_t* leaves, std::int16_t* sums) {
  const std::size_t size = stored_leaves(f);
  const std::uint8_t* table = f.leaf_bytes.data();
  // unpack{lo,hi} work within halves: `even` holds rows 0-7 and 16-23, `odd` the others.
  __m256i even = _mm256_setzero_si256();
  __m256i odd = even;
  const __m256i saturate = _mm256_set1_epi8(0x70);
  for (std::size_t tree = 0; tree < f.trees; ++tree, leaves += tile, table += 2 * size) {
    const __m256i index = load(leaves);
    __m256i low = _mm256_setzero_si256();
    __m256i high = low;
    // A shuffle looks up 16 entries and gives 0 where the top bit of the index is set: for each 16 leaves all
    // indices outside of them are made such.
    for (std::size_t part = 0; part < size; part += 16) {
      const __m256i mine =
          _mm256_adds_epu8(_mm256_xor_si256(index, _mm256_set1_epi8(static_cast<char>(part))), saturate);
      const auto* at = reinterpret_cast<const __m128i*>(table + part);
      const auto* above = reinterpret_cast<const __m128i*>(table + size + part);
      low = _mm256_or_si256(low, _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(at)), mine));
      high = _mm256_or_si256(high,
                             _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(above)), mine));
    }
    even = _mm256_add_epi16(even, _mm256_unpacklo_epi8(low, high));
    odd = _mm256_add_epi16(odd, _mm256_unpackhi_epi8(low, high));
  }
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums), _mm256_permute2x128_si256(even, odd, 0x20));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + 16), _mm256_permute2x128_si256(even, odd, 0x31));
}

// Four rows at a time. Leaves of one shift are summed as they are and shifted together: `order` has the trees by their
// shifts, so that a tree's leaves are looked up for all four rows while they are near.
OFFPRINT_AVX2 void sum_four_avx2(const Forest& f, std::span<const std::uint16_t> order, const std::uint8_t* leaves,
                                 std::int16_t* sums) {
  const std::size_t width = padded_outputs(f), tree_bytes = width << f.depth;
  for (std::size_t k = 0; k < width; k += 8) {
    const bool wide = width - k >= 16;
    __m256i all[4] = {}, part[4] = {};
    unsigned shift = 0;
    for (std::size_t i = 0; i <= order.size(); ++i) {
      const unsigned here = i < order.size() ? f.leaf_shift[order[i]] : 0xFF;
      if (here != shift) {
        const __m128i by = _mm_cvtsi32_si128(static_cast<int>(shift));
        for (int r = 0; r < 4; ++r) {
          all[r] = _mm256_add_epi16(all[r], _mm256_sll_epi16(part[r], by));
          part[r] = _mm256_setzero_si256();
        }
        if (i == order.size()) break;
        shift = here;
      }
      const std::int8_t* table = f.leaf_vectors.data() + order[i] * tree_bytes + k;
      const std::uint8_t* row = leaves + order[i] * tile;
      if (wide) {
        for (int r = 0; r < 4; ++r)
          part[r] = _mm256_add_epi16(
              part[r], _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table + row[r] * width))));
      } else {
        for (int r = 0; r < 4; ++r)
          part[r] = _mm256_add_epi16(
              part[r], _mm256_cvtepi8_epi16(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(table + row[r] * width))));
      }
    }
    for (std::size_t r = 0; r < 4; ++r) {
      if (wide)
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + r * most_outputs + k), all[r]);
      else
        _mm_storeu_si128(reinterpret_cast<__m128i*>(sums + r * most_outputs + k), _mm256_castsi256_si128(all[r]));
    }
    if (wide) k += 8;
  }
}
#endif

void count_borders(const float* column, std::span<const float> borders, std::uint8_t* bins,
                   [[maybe_unused]] ForestKernel kernel) {
#ifdef OFFPRINT_HAS_AVX2
  if (kernel == ForestKernel::avx2) return count_borders_avx2(column, borders, bins);
#endif
  count_borders_portable(column, borders, bins);
}

// Value of a leaf, in units of the scale.
int leaf_value(const Forest& f, std::size_t tree, std::size_t leaf, std::uint32_t output) {
  if (f.outputs > 1) {
    return f.leaf_vectors[((tree << f.depth) + leaf) * padded_outputs(f) + output] *
           (1 << f.leaf_shift[tree]);
  }
  const std::size_t size = stored_leaves(f);
  const std::uint8_t* low = f.leaf_bytes.data() + tree * 2 * size;
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(low[leaf] | low[size + leaf] << 8));
}

}  // namespace

ForestKernel best_forest_kernel() {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2()) return ForestKernel::avx2;
#endif
  return ForestKernel::portable;
}

void quantise(const Forest& f, const float* values, std::size_t rows, std::size_t stride, QuantisedRows& out,
              ForestKernel kernel) {
  out.rows = rows;
  out.columns = f.input.size();
  out.bins.resize((rows + tile - 1) / tile * tile * out.columns);
  std::array<float, tile> column{};
  std::uint8_t* bins = out.bins.data();
  for (std::size_t row = 0; row < rows; row += tile) {
    const std::size_t here = std::min(tile, rows - row);
    for (std::size_t c = 0; c < out.columns; ++c, bins += tile) {
      take_column(values + row * stride + f.input[c], here, stride, column.data());
      count_borders(column.data(), borders_of(f, c), bins, kernel);
    }
  }
}

void quantise_tile(const Forest& f, const float* columns, std::size_t rows, QuantisedRows& out, ForestKernel kernel) {
  out.rows = rows;
  out.columns = f.input.size();
  out.bins.resize(tile * out.columns);
  std::uint8_t* bins = out.bins.data();
  for (std::size_t c = 0; c < out.columns; ++c, bins += tile)
    count_borders(columns + f.input[c] * tile, borders_of(f, c), bins, kernel);
}

void evaluate(const Forest& f, QuantisedRows& rows, std::vector<float>& scores, ForestKernel kernel) {
  scores.resize(rows.rows * f.outputs);
  evaluate(f, rows, scores.data(), kernel);
}

void evaluate(const Forest& f, QuantisedRows& rows, float* scores, [[maybe_unused]] ForestKernel kernel) {
  rows.leaves.resize(std::size_t{f.trees} * tile);
  std::array<std::int16_t, 4 * std::max(tile, most_outputs)> sums{};
#ifdef OFFPRINT_HAS_AVX2
  const bool avx2 = kernel == ForestKernel::avx2;
  if (avx2 && f.outputs > 1 && rows.order_of != &f) {
    rows.order.clear();
    for (unsigned shift = 0; shift < 16; ++shift)
      for (std::uint32_t tree = 0; tree < f.trees; ++tree)
        if (f.leaf_shift[tree] == shift) rows.order.push_back(static_cast<std::uint16_t>(tree));
    rows.order_of = &f;
  }
#endif
  for (std::size_t row = 0; row < rows.rows; row += tile) {
    const std::uint8_t* bins = rows.bins.data() + row * rows.columns;
    const std::size_t here = std::min(tile, rows.rows - row);
    float* out = scores + row * f.outputs;
#ifdef OFFPRINT_HAS_AVX2
    if (avx2) {
      find_leaves_avx2(f, bins, rows.leaves.data());
    } else
#endif
      find_leaves_portable(f, bins, rows.leaves.data());
    if (f.outputs == 1) {
#ifdef OFFPRINT_HAS_AVX2
      if (avx2) {
        sum_one_avx2(f, rows.leaves.data(), sums.data());
      } else
#endif
        sum_one_portable(f, rows.leaves.data(), sums.data());
      for (std::size_t i = 0; i < here; ++i) out[i] = f.bias[0] + f.scale * static_cast<float>(sums[i]);
      continue;
    }
    for (std::size_t i = 0; i < here; i += 4) {
      const std::size_t together = std::min<std::size_t>(4, here - i);
#ifdef OFFPRINT_HAS_AVX2
      if (avx2) {
        sum_four_avx2(f, rows.order, rows.leaves.data() + i, sums.data());
      } else
#endif
        for (std::size_t r = 0; r < together; ++r)
          sum_many_portable(f, rows.leaves.data(), i + r, sums.data() + r * most_outputs);
      for (std::size_t r = 0; r < together; ++r)
        for (std::size_t k = 0; k < f.outputs; ++k)
          out[(i + r) * f.outputs + k] = f.bias[k] + f.scale * static_cast<float>(sums[r * most_outputs + k]);
    }
  }
}

namespace {

// e^x for x <= 0 by plain operations, in loops that compilers make vectors of: within 2 units in the last place.
inline float exp_of(float x) {
  x = std::max(x, -87.0f);
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

}  // namespace

float probability_of(float score) {
  const float e = exp_of(-std::fabs(score));
  return score < 0 ? e / (1.0f + e) : 1.0f / (1.0f + e);
}

void softmax(std::span<float> scores) {
  if (scores.empty()) return;
  const float top = *std::max_element(scores.begin(), scores.end());
  for (float& s : scores) s = exp_of(s - top);
  float sum = 0;
  for (const float s : scores) sum += s;
  for (float& s : scores) s /= sum;
}

std::size_t explain(const Forest& f, const QuantisedRows& rows, std::size_t row, std::uint32_t output,
                    std::span<Contribution> best) {
  std::vector<Contribution> all(rows.columns);
  for (std::size_t c = 0; c < all.size(); ++c) all[c].column = static_cast<std::uint32_t>(c);
  const std::size_t leaves = std::size_t{1} << f.depth;
  for (std::size_t tree = 0; tree < f.trees; ++tree) {
    // The expected leaf once the lowest `known` bits of the index are known to be those of `path`.
    std::size_t path = 0;
    const auto expected = [&](std::size_t known) {
      double sum = 0, weight = 0, plain = 0;
      std::size_t count = 0;
      for (std::size_t leaf = path; leaf < leaves; leaf += std::size_t{1} << known, ++count) {
        const double share = f.cover[(tree << f.depth) + leaf];
        const int value = leaf_value(f, tree, leaf, output);
        sum += share * value;
        weight += share;
        plain += value;
      }
      return weight > 0 ? sum / weight : plain / static_cast<double>(count);
    };
    double before = expected(0);
    for (std::size_t level = 0; level < f.depth; ++level) {
      const std::size_t split = tree * f.depth + level;
      const std::size_t column = f.split_column[split];
      if (rows.bin(row, column) >= f.split_least[split]) path |= std::size_t{1} << level;
      const double after = expected(level + 1);
      all[column].value += f.scale * static_cast<float>(after - before);
      before = after;
    }
  }
  const auto stronger = [](const Contribution& a, const Contribution& b) {
    const float x = std::fabs(a.value), y = std::fabs(b.value);
    return x != y ? x > y : a.column < b.column;
  };
  const std::size_t count = std::min(best.size(), all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(), stronger);
  std::copy_n(all.begin(), count, best.begin());
  return count;
}

std::uint64_t hash_of_names(std::span<const std::string_view> names) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  const auto add = [&](unsigned char c) { hash = (hash ^ c) * 0x100000001B3u; };
  for (const std::string_view name : names) {
    for (const char c : name) add(static_cast<unsigned char>(c));
    add('\n');
  }
  return hash;
}

}  // namespace offprint
