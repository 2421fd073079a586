// The forest by AVX2: 32 rows at once.
#include "roles/forest_kernels.h"

#ifdef OFFPRINT_HAS_AVX2
#include <immintrin.h>

namespace offprint::forest {
namespace {

constexpr std::size_t half = 32;

OFFPRINT_AVX2 inline __m256i load(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}

// Of 32 rows: how many borders lie below.
OFFPRINT_AVX2 inline void count_borders(const float* values, std::span<const float> borders, std::uint8_t* bins) {
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

OFFPRINT_AVX2 void quantise_columns(const Forest& f, const ForestTables&, const float* values, std::size_t alike, std::uint8_t* bins) {
  bins += alike * tile;
  for (std::size_t c = alike; c < f.input.size(); ++c, bins += tile) {
    const float* column = values + f.input[c] * column_stride;
    count_borders(column, borders_of(f, c), bins);
    count_borders(column + half, borders_of(f, c), bins + half);
  }
}

OFFPRINT_AVX2 void find_leaves(const Forest& f, const ForestTables&, const std::uint8_t* bins, std::uint8_t* leaves) {
  const std::uint16_t* column = f.split_column.data();
  const std::uint8_t* least = f.split_least.data();
  for (std::size_t tree = 0; tree < f.trees; ++tree, leaves += tile) {
    __m256i first = _mm256_setzero_si256(), second = first;
    __m256i bit = _mm256_set1_epi8(1);
    for (std::size_t level = 0; level < f.depth; ++level, ++column, ++least) {
      const __m256i x = load(bins + *column * tile), y = load(bins + *column * tile + half);
      const __m256i t = _mm256_set1_epi8(static_cast<char>(*least));
      first = _mm256_or_si256(first, _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_max_epu8(x, t), x), bit));
      second = _mm256_or_si256(second, _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_max_epu8(y, t), y), bit));
      bit = _mm256_add_epi8(bit, bit);
    }
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(leaves), first);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(leaves + half), second);
  }
}

// One output, 32 rows.
OFFPRINT_AVX2 void sum_one(const Forest& f, const std::uint8_t* leaves, std::int16_t* sums) {
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
OFFPRINT_AVX2 void sum_four(const Forest& f, std::span<const std::uint16_t> order, const std::uint8_t* leaves,
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

void prepare(const Forest& f, ForestTables& tables) {
  if (f.outputs == 1) return;
  for (unsigned shift = 0; shift < 16; ++shift)
    for (std::uint32_t tree = 0; tree < f.trees; ++tree)
      if (f.leaf_shift[tree] == shift) tables.order.push_back(static_cast<std::uint16_t>(tree));
}

OFFPRINT_AVX2 void sum(const Forest& f, const ForestTables& tables, const std::uint8_t* leaves, std::int16_t* sums) {
  if (f.outputs == 1) {
    sum_one(f, leaves, sums);
    sum_one(f, leaves + half, sums + half);
    return;
  }
  std::int16_t four[4 * most_outputs];
  for (std::size_t i = 0; i < tile; i += 4) {
    sum_four(f, tables.order, leaves + i, four);
    for (std::size_t k = 0; k < f.outputs; ++k)
      for (std::size_t r = 0; r < 4; ++r) sums[k * tile + i + r] = four[r * most_outputs + k];
  }
}

OFFPRINT_AVX2 void score(const Forest& f, const std::int16_t* sums, float* scores) { score_rows(f, sums, scores); }
OFFPRINT_AVX2 void softmax(float* scores, std::size_t outputs) { softmax_rows(scores, outputs); }

}  // namespace

constinit const Kernels avx2_kernels = {quantise_columns, prepare, find_leaves, sum, score, softmax};

}  // namespace offprint::forest
#endif
