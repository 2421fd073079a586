#include "roles/net_amx.h"

#if defined(OFFPRINT_HAS_AMX)

#include <immintrin.h>

#include "roles/net_avx512.h"

#if !defined(__clang__)
// As in net_avx512.h.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace offprint {
namespace {

#define OFFPRINT_AMX __attribute__((target("avx512f,avx512bw,avx512vnni,amx-tile,amx-int8")))

// Intel's SDM, LDTILECFG. Tiles 0 to 3 are sums; 4 and 5 whole rows and weights, 6 and 7 those of the groups behind the last sixteen of a
// part: `rest` of them.
struct alignas(64) TileShapes {
  std::uint8_t palette = 1, start_row = 0;
  std::uint8_t reserved[14] = {};
  std::uint16_t bytes_a_row[16] = {64, 64, 64, 64, 64, 64};
  std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16};

  constexpr explicit TileShapes(std::size_t rest) {
    rows[6] = rest != 0 ? 16 : 0;
    bytes_a_row[6] = static_cast<std::uint16_t>(rest * 4);
    rows[7] = static_cast<std::uint8_t>(rest);
    bytes_a_row[7] = rest != 0 ? 64 : 0;
  }
};
constexpr TileShapes shapes_by_rest[16] = {TileShapes(0), TileShapes(1), TileShapes(2),  TileShapes(3),  TileShapes(4),  TileShapes(5),  TileShapes(6),  TileShapes(7),
                                           TileShapes(8), TileShapes(9), TileShapes(10), TileShapes(11), TileShapes(12), TileShapes(13), TileShapes(14), TileShapes(15)};

// Compilers know nothing of the memory that tiles are loaded from and stored to.
[[gnu::always_inline]] inline void settle_memory() { asm volatile("" ::: "memory"); }

std::size_t rest_of(const NetInput& input) {
  std::size_t rest = 0;
  for (const NetPart& part : input.parts) rest = part.groups % 16 != 0 ? part.groups % 16 : rest;
  return rest;
}

// Adds the products of one tile of 16 rows, or of two, and of two tiles of weights. An instruction holds the numbers of its tiles, so no function
// can be given them.
#define OFFPRINT_ADD_PRODUCTS(rows_tile, weights_tile) \
  _tile_loadd(rows_tile, a, apart);                    \
  _tile_loadd(weights_tile, low, 64);                  \
  _tile_dpbusd(0, rows_tile, weights_tile);            \
  if constexpr (two) {                                 \
    _tile_loadd(rows_tile, a + next, apart);           \
    _tile_dpbusd(2, rows_tile, weights_tile);          \
    _tile_loadd(weights_tile, high, 64);               \
    _tile_dpbusd(3, rows_tile, weights_tile);          \
    _tile_loadd(rows_tile, a, apart);                  \
  } else {                                             \
    _tile_loadd(weights_tile, high, 64);               \
  }                                                    \
  _tile_dpbusd(1, rows_tile, weights_tile)

// 16 rows, or 32 where there are two, × 32 outputs, `columns` sums a row.
template <bool two>
OFFPRINT_AMX inline void sum_tiles(const NetInput& input, std::size_t first, const std::int8_t* low, std::size_t groups,
                                   std::int32_t* sums, std::size_t columns) {
  _tile_zero(0);
  _tile_zero(1);
  if constexpr (two) {
    _tile_zero(2);
    _tile_zero(3);
  }
  const std::size_t apart = input.row_stride, next = 16 * input.row_stride;
  const std::int8_t* high = low + groups * 64;
  for (const NetPart& part : input.parts) {
    const std::uint8_t* a = input.at + first * apart + part.at;
    std::size_t left = part.groups;
    for (; left >= 16; left -= 16, a += 64, low += 1024, high += 1024) {
      OFFPRINT_ADD_PRODUCTS(4, 5);
    }
    if (left == 0) continue;
    OFFPRINT_ADD_PRODUCTS(6, 7);
    low += left * 64;
    high += left * 64;
  }
  _tile_stored(0, sums, columns * 4);
  _tile_stored(1, sums + 16, columns * 4);
  if constexpr (two) {
    _tile_stored(2, sums + 16 * columns, columns * 4);
    _tile_stored(3, sums + 16 * columns + 16, columns * 4);
  }
}

// The sums of all rows from `first` on, at most 32, rounded up to 16.
OFFPRINT_AMX inline void sum_rows(const NetInput& input, const NetLayer& layer, std::size_t pieces, std::size_t first, std::size_t count,
                                  std::size_t groups, std::int32_t* sums) {
  settle_memory();
  for (std::size_t piece = 0; piece < pieces; piece += 2) {
    const std::int8_t* const w = layer.weights.data() + (piece * groups + input.alike) * 64;
    if (count > 16)
      sum_tiles<true>(input, first, w, groups, sums + piece * 16, pieces * 16);
    else
      sum_tiles<false>(input, first, w, groups, sums + piece * 16, pieces * 16);
  }
  settle_memory();
}

// What becomes of the sums of `rows` rows, of which the first is that of `first`. What they begin with is added here: loaded as tiles, it would
// be waited for, since it was written just before.
OFFPRINT_AMX inline void bytes_of_sums(const std::int32_t* sums, const NetInput& input, const NetBytes& to, std::size_t first, std::size_t rows) {
  const __m512 keep = _mm512_set1_ps(to.keep);
  const auto sixteen = [&](std::size_t row, std::size_t at) OFFPRINT_AMX __attribute__((always_inline)) {
    __m512i sum = _mm512_loadu_si512(sums + row * to.width + at);
    if (input.starts != nullptr) sum = _mm512_add_epi32(sum, _mm512_loadu_si512(input.starts + (first + row) * input.start_stride + at));
    const std::uint8_t* const before = to.before == nullptr ? nullptr : to.before + (first + row) * to.width + at;
    return whole_of_sums(sum, _mm512_loadu_ps(to.factor + at), _mm512_loadu_ps(to.bias + at), before, keep);
  };
  std::uint8_t* const out = to.out + first * to.width;
  std::size_t row = 0;
  if (to.width == 64)
    for (; row < rows; ++row)
      _mm512_storeu_si512(out + row * 64, in_order(bytes_of_four(sixteen(row, 0), sixteen(row, 16), sixteen(row, 32), sixteen(row, 48))));
  for (; row + 2 <= rows; row += 2)
    _mm512_storeu_si512(out + row * 32, in_order(bytes_of_four(sixteen(row, 0), sixteen(row, 16), sixteen(row + 1, 0), sixteen(row + 1, 16))));
  if (row < rows) {
    const __m512i two = in_order(bytes_of_four(sixteen(row, 0), sixteen(row, 16), _mm512_setzero_si512(), _mm512_setzero_si512()));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + row * 32), _mm512_castsi512_si256(two));
  }
}

// 16 × 16 numbers turned, and written a row behind the other.
OFFPRINT_VNNI inline void put_turned(const __m512i (&v)[16], std::uint8_t* out, std::size_t stride) {
  __m512i pairs[16], fours[16];
  for (std::size_t i = 0; i < 16; i += 2) {
    pairs[i] = _mm512_unpacklo_epi32(v[i], v[i + 1]);
    pairs[i + 1] = _mm512_unpackhi_epi32(v[i], v[i + 1]);
  }
  for (std::size_t i = 0; i < 16; i += 4)
    for (std::size_t k = 0; k < 2; ++k) {
      fours[i + 2 * k] = _mm512_unpacklo_epi64(pairs[i + k], pairs[i + k + 2]);
      fours[i + 2 * k + 1] = _mm512_unpackhi_epi64(pairs[i + k], pairs[i + k + 2]);
    }
  // fours[i + k]: of the groups i to i + 3 the rows k, k + 4, k + 8 and k + 12.
  for (std::size_t k = 0; k < 4; ++k) {
    const __m512i a = _mm512_shuffle_i32x4(fours[k], fours[4 + k], 0x88), b = _mm512_shuffle_i32x4(fours[k], fours[4 + k], 0xDD);
    const __m512i c = _mm512_shuffle_i32x4(fours[8 + k], fours[12 + k], 0x88), d = _mm512_shuffle_i32x4(fours[8 + k], fours[12 + k], 0xDD);
    _mm512_storeu_si512(out + k * stride, _mm512_shuffle_i32x4(a, c, 0x88));
    _mm512_storeu_si512(out + (k + 4) * stride, _mm512_shuffle_i32x4(b, d, 0x88));
    _mm512_storeu_si512(out + (k + 8) * stride, _mm512_shuffle_i32x4(a, c, 0xDD));
    _mm512_storeu_si512(out + (k + 12) * stride, _mm512_shuffle_i32x4(b, d, 0xDD));
  }
}

}  // namespace

OFFPRINT_VNNI void take_input_amx(const Net& net, const float* columns, std::size_t alike, std::uint8_t* out) {
  const std::size_t stride = net_row_stride(net), n = net.input.size();
  __m512i v[net_tile / 16][16];  // sixteen groups of sixteen rows each
  for (std::size_t c = alike / 16 * 64; c < n; c += 64) {
    for (std::size_t g = 0; g < 16; ++g) {
      if (c + g * 4 >= n) {
        for (auto& of_rows : v) of_rows[g] = _mm512_setzero_si512();
        continue;
      }
      with_group(net, columns, c + g * 4, [&](const auto& group) OFFPRINT_VNNI __attribute__((always_inline)) {
        for (std::size_t i = 0; i < net_tile / 16; ++i) v[i][g] = group.rows(i * 16);
      });
    }
    for (std::size_t i = 0; i < net_tile / 16; ++i) put_turned(v[i], out + i * 16 * stride + c, stride);
  }
}

OFFPRINT_AMX void multiply_amx(const NetInput& input, const NetLayer& layer, std::size_t pieces, std::size_t rows, std::int32_t* sums) {
  _tile_loadconfig(&shapes_by_rest[rest_of(input)]);
  const std::size_t groups = input.groups();
  for (std::size_t row = 0; row < rows; row += 32) sum_rows(input, layer, pieces, row, rows - row, groups, sums + row * pieces * 16);
}

OFFPRINT_AMX void multiply_to_bytes_amx(const NetInput& input, const NetLayer& layer, const NetBytes& to, std::size_t rows, std::int32_t* sums) {
  _tile_loadconfig(&shapes_by_rest[rest_of(input)]);
  const std::size_t groups = input.groups();
  for (std::size_t row = 0; row < rows; row += 32) {
    sum_rows(input, layer, to.width / 16, row, rows - row, groups, sums);
    bytes_of_sums(sums, input, to, row, std::min<std::size_t>(32, rows - row));
  }
}

OFFPRINT_AMX void release_amx() { _tile_release(); }

}  // namespace offprint

#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#endif
