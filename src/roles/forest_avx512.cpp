// The forest by AVX-512 (F, BW, VBMI): 64 rows at once. One instruction (vpermb) looks up the leaf of a tree for 64 rows,
// so leaves lie output by output, 64 bytes each.
#include "roles/forest_kernels.h"

#ifdef OFFPRINT_HAS_AVX2
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12's own header reads "undefined" registers
#endif
#include <immintrin.h>

namespace offprint::forest {
namespace {

constexpr std::size_t group = 8;  // outputs that are summed in one go: two sums each, in registers

OFFPRINT_AVX512 inline __m512i load(const void* p) { return _mm512_load_si512(p); }

OFFPRINT_AVX512 void quantise_columns(const Forest& f, const ForestTables& tables, const float* values, std::size_t alike, std::uint8_t* bins) {
  const __m512i one = _mm512_set1_epi8(1);
  for (const std::uint16_t c : tables.by_borders) {
    if (c < alike) continue;
    const float* column = values + f.input[c] * column_stride;
    const __m512 v0 = _mm512_loadu_ps(column), v1 = _mm512_loadu_ps(column + 16);
    const __m512 v2 = _mm512_loadu_ps(column + 32), v3 = _mm512_loadu_ps(column + 48);
    __m512i count = _mm512_setzero_si512();
    for (const float border : borders_of(f, c)) {
      const __m512 b = _mm512_set1_ps(border);
      const __mmask32 low = _mm512_kunpackw(_mm512_cmp_ps_mask(v1, b, _CMP_GT_OQ), _mm512_cmp_ps_mask(v0, b, _CMP_GT_OQ));
      const __mmask32 high = _mm512_kunpackw(_mm512_cmp_ps_mask(v3, b, _CMP_GT_OQ), _mm512_cmp_ps_mask(v2, b, _CMP_GT_OQ));
      const __mmask64 above = _mm512_kunpackd(high, low);
      count = _mm512_mask_add_epi8(count, above, count, one);
    }
    _mm512_store_si512(bins + c * tile, count);
  }
}

// One output: low bytes of 64 leaves, then the high ones, a tree. Several: for each 8 outputs, for each tree in `order`,
// 64 leaves an output, 128 added so that they are bytes without sign.
void prepare(const Forest& f, ForestTables& tables) {
  // Columns of as many borders one after the other: a processor foresees then where their loops end.
  for (std::size_t c = 0; c < f.input.size(); ++c) tables.by_borders.push_back(static_cast<std::uint16_t>(c));
  std::stable_sort(tables.by_borders.begin(), tables.by_borders.end(),
                   [&f](std::uint16_t a, std::uint16_t b) { return borders_of(f, a).size() < borders_of(f, b).size(); });
  for (const std::uint8_t least : f.split_least) tables.least.push_back(least * 0x01010101u);
  const std::size_t leaves = std::size_t{1} << f.depth;
  if (f.outputs == 1) {
    const std::size_t stored = stored_leaves(f);
    tables.lookups.assign(std::size_t{f.trees} * 2 * 64, 0);
    for (std::size_t half = 0; half < std::size_t{f.trees} * 2; ++half)
      std::copy_n(f.leaf_bytes.data() + half * stored, leaves, tables.lookups.data() + half * 64);
    return;
  }
  for (unsigned shift = 0; shift < 16; ++shift)
    for (std::uint32_t tree = 0; tree < f.trees; ++tree)
      if (f.leaf_shift[tree] == shift) tables.order.push_back(static_cast<std::uint16_t>(tree));
  const std::size_t width = padded_outputs(f);
  tables.lookups.assign(width * f.trees * 64, 0);
  std::uint8_t* to = tables.lookups.data();
  for (std::size_t first = 0; first < width; first += group)
    for (const std::uint16_t tree : tables.order)
      for (std::size_t k = first; k < first + group; ++k, to += 64)
        for (std::size_t leaf = 0; leaf < leaves; ++leaf)
          to[leaf] = static_cast<std::uint8_t>(f.leaf_vectors[((std::size_t{tree} << f.depth) + leaf) * width + k] + 128);
}

OFFPRINT_AVX512 void find_leaves(const Forest& f, const ForestTables& tables, const std::uint8_t* bins, std::uint8_t* leaves) {
  const std::uint16_t* column = f.split_column.data();
  const std::uint32_t* least = tables.least.data();
  for (std::size_t tree = 0; tree < f.trees; ++tree, leaves += tile) {
    __m512i index = _mm512_setzero_si512(), bit = _mm512_set1_epi8(1);
    for (std::size_t level = 0; level < f.depth; ++level, ++column, ++least) {
      const __mmask64 yes =
          _mm512_cmpge_epu8_mask(load(bins + *column * tile), _mm512_set1_epi32(static_cast<int>(*least)));
      index = _mm512_mask_add_epi8(index, yes, index, bit);
      bit = _mm512_add_epi8(bit, bit);
    }
    _mm512_store_si512(leaves, index);
  }
}

OFFPRINT_AVX512 void sum_one(const Forest& f, const ForestTables& tables, const std::uint8_t* leaves, std::int16_t* sums) {
  const std::uint8_t* table = tables.lookups.data();
  // unpack{lo,hi} work within quarters: `even` holds rows 0-7, 16-23…, `odd` the others.
  __m512i even = _mm512_setzero_si512(), odd = even;
  for (std::size_t tree = 0; tree < f.trees; ++tree, leaves += tile, table += 128) {
    const __m512i index = load(leaves);
    const __m512i low = _mm512_permutexvar_epi8(index, load(table)), high = _mm512_permutexvar_epi8(index, load(table + 64));
    even = _mm512_add_epi16(even, _mm512_unpacklo_epi8(low, high));
    odd = _mm512_add_epi16(odd, _mm512_unpackhi_epi8(low, high));
  }
  const __m512i first = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11), second = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
  _mm512_storeu_si512(sums, _mm512_permutex2var_epi64(even, first, odd));
  _mm512_storeu_si512(sums + 32, _mm512_permutex2var_epi64(even, second, odd));
}

// The bytes of the even and of the odd rows are summed apart, in words: `all` adds both up, the odd ones 256 times,
// `odds` the odd ones alone. Words wrap, as the sums do.
OFFPRINT_AVX512 void sum_many(const Forest& f, const ForestTables& tables, const std::uint8_t* leaves, std::int16_t* sums) {
  const std::uint8_t* table = tables.lookups.data();
  const std::size_t trees = tables.order.size();
  std::uint16_t places[64];
  for (std::size_t i = 0; i < 64; ++i) places[i] = static_cast<std::uint16_t>(i / 2 + i % 2 * 32);
  const __m512i first_half = _mm512_loadu_si512(places), second_half = _mm512_loadu_si512(places + 32);
  for (std::size_t first = 0; first < f.outputs; first += group) {
    __m512i even_total[group] = {}, odd_total[group] = {};
    for (std::size_t i = 0; i < trees;) {
      const unsigned shift = f.leaf_shift[tables.order[i]];
      const std::size_t begin = i;
      __m512i all[group] = {}, odds[group] = {};
      for (; i < trees && f.leaf_shift[tables.order[i]] == shift; ++i, table += group * 64) {
        const __m512i index = load(leaves + tables.order[i] * tile);
#pragma GCC unroll 8
        for (std::size_t k = 0; k < group; ++k) {
          const __m512i leaf = _mm512_permutexvar_epi8(index, load(table + k * 64));
          all[k] = _mm512_add_epi16(all[k], leaf);
          odds[k] = _mm512_add_epi16(odds[k], _mm512_srli_epi16(leaf, 8));
        }
      }
      const __m512i added = _mm512_set1_epi16(static_cast<short>(128 * (i - begin)));
      const __m128i by = _mm_cvtsi32_si128(static_cast<int>(shift));
#pragma GCC unroll 8
      for (std::size_t k = 0; k < group; ++k) {
        const __m512i evens = _mm512_sub_epi16(all[k], _mm512_slli_epi16(odds[k], 8));
        even_total[k] = _mm512_add_epi16(even_total[k], _mm512_sll_epi16(_mm512_sub_epi16(evens, added), by));
        odd_total[k] = _mm512_add_epi16(odd_total[k], _mm512_sll_epi16(_mm512_sub_epi16(odds[k], added), by));
      }
    }
    for (std::size_t k = 0; k < group && first + k < f.outputs; ++k) {
      std::int16_t* to = sums + (first + k) * tile;
      _mm512_storeu_si512(to, _mm512_permutex2var_epi16(even_total[k], first_half, odd_total[k]));
      _mm512_storeu_si512(to + 32, _mm512_permutex2var_epi16(even_total[k], second_half, odd_total[k]));
    }
  }
}

OFFPRINT_AVX512 void sum(const Forest& f, const ForestTables& tables, const std::uint8_t* leaves, std::int16_t* sums) {
  if (f.outputs == 1) return sum_one(f, tables, leaves, sums);
  sum_many(f, tables, leaves, sums);
}

OFFPRINT_AVX512 void score(const Forest& f, const std::int16_t* sums, float* scores) { score_rows(f, sums, scores); }
OFFPRINT_AVX512 void softmax(float* scores, std::size_t outputs) { softmax_rows(scores, outputs); }

}  // namespace

constinit const Kernels avx512_kernels = {quantise_columns, prepare, find_leaves, sum, score, softmax};

}  // namespace offprint::forest
#endif
