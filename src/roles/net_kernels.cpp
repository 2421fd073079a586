#include "roles/net_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/cpu.h"
#include "roles/net_amx.h"
#include "roles/net_avx512.h"

namespace offprint {
namespace {

// --- portable

void multiply_portable(const NetInput& input, const NetLayer& layer, std::size_t pieces, std::size_t rows,
                       std::int32_t* sums) {
  const std::size_t groups = input.groups();
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      std::int32_t* const to = sums + (row * pieces + piece) * 16;
      if (input.starts == nullptr)
        std::fill_n(to, 16, 0);
      else
        std::copy_n(input.starts + row * input.start_stride + piece * 16, 16, to);
      const std::int8_t* w = layer.weights.data() + (piece * groups + input.alike) * 64;
      for (const NetPart& part : input.parts) {
        const std::uint8_t* a = input.at + row * input.row_stride + part.at;
        for (std::size_t g = 0; g < part.groups; ++g, a += input.group_stride, w += 64)
          for (std::size_t o = 0; o < 16; ++o)
            to[o] += a[0] * w[o * 4] + a[1] * w[o * 4 + 1] + a[2] * w[o * 4 + 2] + a[3] * w[o * 4 + 3];
      }
    }
}

// Rounds to even like the vector code. What is no number is 0 there and here.
std::uint8_t byte_of(float v) {
  return v > 0 ? static_cast<std::uint8_t>(std::nearbyint(std::min(v, 127.0f))) : std::uint8_t{0};
}

void to_bytes_portable(const std::int32_t* sums, const NetBytes& to, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t i = 0; i < to.width; ++i) {
      const std::size_t at = row * to.width + i;
      float v = static_cast<float>(sums[at]) * to.factor[i];
      v = v + to.bias[i];
      if (to.before != nullptr) {
        const float kept = static_cast<float>(to.before[at]) * to.keep;
        v = v + kept;
      }
      to.out[at] = byte_of(v);
    }
}

void to_scores_portable(const std::int32_t* sums, std::size_t padded, std::size_t outputs,
                        const float* factor, const float* bias, std::size_t rows, float* scores) {
  for (std::size_t o = 0; o < outputs; ++o)
    for (std::size_t row = 0; row < net_tile; ++row) {
      const float part = row < rows ? static_cast<float>(sums[row * padded + o]) * factor[o] : 0.0f;
      scores[o * net_tile + row] += part + bias[o];
    }
}

void take_input_portable(const Net& net, const float* columns, std::size_t alike, std::uint8_t* out) {
  for (std::size_t c = alike * 4; c < net.input.size(); ++c) {
    const float* from = columns + std::size_t{net.input[c]} * column_stride;
    std::uint8_t* to = out + c / 4 * net_tile * 4 + c % 4;
    for (std::size_t row = 0; row < net_tile; ++row) {
      const float moved = from[row] - net.low[c];
      to[row * 4] = byte_of(moved * net.scale[c]);
    }
  }
}

#if defined(OFFPRINT_HAS_AVX2)

std::int32_t four_bytes(const std::uint8_t* at) {
  std::int32_t v;
  std::memcpy(&v, at, 4);
  return v;
}

// --- AVX2: two rows × 32 outputs at a time

template <std::size_t rows>
OFFPRINT_AVX2 void multiply_some_avx2(const NetInput& input, const std::uint8_t* at, const std::int8_t* w,
                                      std::size_t groups, std::size_t columns, const std::int32_t* starts,
                                      std::int32_t* sums) {
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i sum[rows][4];
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t k = 0; k < 4; ++k)
      sum[row][k] = starts == nullptr ? _mm256_setzero_si256()
                                      : _mm256_loadu_si256(reinterpret_cast<const __m256i*>(
                                            starts + row * input.start_stride + k * 8));
  const std::int8_t* low = w;
  const std::int8_t* high = w + groups * 64;
  for (const NetPart& part : input.parts) {
    const std::uint8_t* a = at + part.at;
    for (std::size_t g = 0; g < part.groups; ++g, a += input.group_stride, low += 64, high += 64) {
      const __m256i w0 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(low));
      const __m256i w1 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(low + 32));
      const __m256i w2 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(high));
      const __m256i w3 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(high + 32));
      for (std::size_t row = 0; row < rows; ++row) {
        const __m256i v = _mm256_set1_epi32(four_bytes(a + row * input.row_stride));
        sum[row][0] = _mm256_add_epi32(sum[row][0], _mm256_madd_epi16(_mm256_maddubs_epi16(v, w0), ones));
        sum[row][1] = _mm256_add_epi32(sum[row][1], _mm256_madd_epi16(_mm256_maddubs_epi16(v, w1), ones));
        sum[row][2] = _mm256_add_epi32(sum[row][2], _mm256_madd_epi16(_mm256_maddubs_epi16(v, w2), ones));
        sum[row][3] = _mm256_add_epi32(sum[row][3], _mm256_madd_epi16(_mm256_maddubs_epi16(v, w3), ones));
      }
    }
  }
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t k = 0; k < 4; ++k)
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + row * columns + k * 8), sum[row][k]);
}

OFFPRINT_AVX2 void multiply_avx2(const NetInput& input, const NetLayer& layer, std::size_t pieces,
                                 std::size_t rows, std::int32_t* sums) {
  const std::size_t groups = input.groups(), columns = pieces * 16;
  for (std::size_t piece = 0; piece < pieces; piece += 2) {
    const std::int8_t* w = layer.weights.data() + (piece * groups + input.alike) * 64;
    const auto starts = [&](std::size_t row) {
      return input.starts == nullptr ? nullptr : input.starts + row * input.start_stride + piece * 16;
    };
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2)
      multiply_some_avx2<2>(input, input.at + row * input.row_stride, w, groups, columns, starts(row),
                            sums + row * columns + piece * 16);
    if (row < rows)
      multiply_some_avx2<1>(input, input.at + row * input.row_stride, w, groups, columns, starts(row),
                            sums + row * columns + piece * 16);
  }
}

OFFPRINT_AVX2 inline __m256i whole(const std::int32_t* sums, __m256 factor, __m256 bias) {
  const __m256 v = _mm256_cvtepi32_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(sums)));
  return _mm256_castps_si256(_mm256_add_ps(_mm256_mul_ps(v, factor), bias));
}

// Four registers of floats as 32 bytes between 0 and 127; the smaller first, so that what is no number
// becomes 0.
OFFPRINT_AVX2 inline __m256i bytes_of(__m256 a, __m256 b, __m256 c, __m256 d) {
  const __m256 most = _mm256_set1_ps(127.0f), least = _mm256_setzero_ps();
  const auto round = [&](__m256 v) __attribute__((target("avx2"), always_inline)) {
    return _mm256_cvtps_epi32(_mm256_min_ps(_mm256_max_ps(v, least), most));
  };
  const __m256i mixed =
      _mm256_packus_epi16(_mm256_packs_epi32(round(a), round(b)), _mm256_packs_epi32(round(c), round(d)));
  return _mm256_permutevar8x32_epi32(mixed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

OFFPRINT_AVX2 void to_bytes_avx2(const std::int32_t* sums, const NetBytes& to, std::size_t rows) {
  const __m256 k = _mm256_set1_ps(to.keep);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t half = 0; half < to.width; half += 32) {
      const std::size_t at = row * to.width + half;
      __m256 v[4];
      for (std::size_t i = 0; i < 4; ++i) {
        v[i] = _mm256_castsi256_ps(whole(sums + at + i * 8, _mm256_loadu_ps(to.factor + half + i * 8),
                                         _mm256_loadu_ps(to.bias + half + i * 8)));
        if (to.before == nullptr) continue;
        const __m128i eight = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(to.before + at + i * 8));
        v[i] = _mm256_add_ps(v[i], _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(eight)), k));
      }
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(to.out + at), bytes_of(v[0], v[1], v[2], v[3]));
    }
}

OFFPRINT_AVX2 inline __m256i column_bytes(const float* from, float low, float scale) {
  const __m256 l = _mm256_set1_ps(low), s = _mm256_set1_ps(scale);
  return bytes_of(_mm256_mul_ps(_mm256_sub_ps(_mm256_loadu_ps(from), l), s),
                  _mm256_mul_ps(_mm256_sub_ps(_mm256_loadu_ps(from + 8), l), s),
                  _mm256_mul_ps(_mm256_sub_ps(_mm256_loadu_ps(from + 16), l), s),
                  _mm256_mul_ps(_mm256_sub_ps(_mm256_loadu_ps(from + 24), l), s));
}

// 32 rows of four columns, interleaved.
OFFPRINT_AVX2 inline void put_four(const __m256i (&v)[4], std::uint8_t* out) {
  const __m256i a = _mm256_unpacklo_epi8(v[0], v[1]), b = _mm256_unpackhi_epi8(v[0], v[1]);
  const __m256i x = _mm256_unpacklo_epi8(v[2], v[3]), y = _mm256_unpackhi_epi8(v[2], v[3]);
  // Rows 0-3 and 16-19, 4-7 and 20-23, 8-11 and 24-27, 12-15 and 28-31.
  const __m256i p = _mm256_unpacklo_epi16(a, x), q = _mm256_unpackhi_epi16(a, x);
  const __m256i r = _mm256_unpacklo_epi16(b, y), s = _mm256_unpackhi_epi16(b, y);
  auto* to = reinterpret_cast<__m256i*>(out);
  _mm256_storeu_si256(to, _mm256_permute2x128_si256(p, q, 0x20));
  _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(r, s, 0x20));
  _mm256_storeu_si256(to + 2, _mm256_permute2x128_si256(p, q, 0x31));
  _mm256_storeu_si256(to + 3, _mm256_permute2x128_si256(r, s, 0x31));
}

OFFPRINT_AVX2 void take_input_avx2(const Net& net, const float* columns, std::size_t alike, std::uint8_t* out) {
  static_assert(net_tile == 64);
  const std::size_t n = net.input.size();
  out += alike * 4 * net_tile;
  for (std::size_t c = alike * 4; c < n; c += 4, out += 4 * net_tile)
    for (std::size_t half = 0; half < net_tile; half += 32) {
      __m256i v[4];
      for (std::size_t k = 0; k < 4; ++k)
        v[k] = c + k < n ? column_bytes(columns + std::size_t{net.input[c + k]} * column_stride + half,
                                        net.low[c + k], net.scale[c + k])
                         : _mm256_setzero_si256();
      put_four(v, out + half * 4);
    }
}

// --- AVX-512 with VNNI: some rows × all outputs at a time

#if !defined(__clang__)
// GCC 12 takes the operands that its own header leaves open for forgotten ones.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

template <std::size_t rows, std::size_t pieces>
OFFPRINT_VNNI inline void sum_some(const NetInput& input, std::size_t first, const std::int8_t* w,
                                   std::size_t groups, __m512i (&sum)[rows][pieces]) {
  const std::uint8_t* const at = input.at + first * input.row_stride;
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t p = 0; p < pieces; ++p)
      sum[row][p] = input.starts == nullptr
                        ? _mm512_setzero_si512()
                        : _mm512_loadu_si512(input.starts + (first + row) * input.start_stride + p * 16);
  w += input.alike * 64;
  for (const NetPart& part : input.parts) {
    const std::uint8_t* a = at + part.at;
    for (std::size_t g = 0; g < part.groups; ++g, a += input.group_stride, w += 64) {
      __m512i weights[pieces];
      for (std::size_t p = 0; p < pieces; ++p) weights[p] = _mm512_loadu_si512(w + p * groups * 64);
      for (std::size_t row = 0; row < rows; ++row) {
        const __m512i v = _mm512_set1_epi32(four_bytes(a + row * input.row_stride));
        for (std::size_t p = 0; p < pieces; ++p)
          sum[row][p] = _mm512_dpbusd_epi32(sum[row][p], v, weights[p]);
      }
    }
  }
}

template <std::size_t rows, std::size_t pieces>
OFFPRINT_VNNI void multiply_some_vnni(const NetInput& input, std::size_t first, const std::int8_t* w,
                                      std::size_t groups, std::int32_t* sums) {
  __m512i sum[rows][pieces];
  sum_some(input, first, w, groups, sum);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t p = 0; p < pieces; ++p) _mm512_storeu_si512(sums + (row * pieces + p) * 16, sum[row][p]);
}

template <std::size_t rows, std::size_t pieces>
OFFPRINT_VNNI void bytes_of_some_vnni(const NetInput& input, std::size_t first, const std::int8_t* w,
                                      std::size_t groups, const NetBytes& to) {
  __m512i sum[rows][pieces];
  sum_some(input, first, w, groups, sum);
  const __m512 keep = _mm512_set1_ps(to.keep);
  for (std::size_t p = 0; p < pieces; ++p) {
    const __m512 factor = _mm512_loadu_ps(to.factor + p * 16), bias = _mm512_loadu_ps(to.bias + p * 16);
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint8_t* const before = to.before == nullptr ? nullptr : to.before + ((first + row) * pieces + p) * 16;
      sum[row][p] = whole_of_sums(sum[row][p], factor, bias, before, keep);
    }
  }
  // Four pieces are 64 bytes: of one row, or of two.
  std::uint8_t* const out = to.out + first * pieces * 16;
  if constexpr (rows * pieces >= 4) {
    constexpr std::size_t step = 4 / pieces;
    for (std::size_t row = 0; row < rows; row += step) {
      const __m512i four = pieces == 4 ? bytes_of_four(sum[row][0], sum[row][1], sum[row][pieces - 2], sum[row][pieces - 1])
                                       : bytes_of_four(sum[row][0], sum[row][1], sum[row + step - 1][0], sum[row + step - 1][1]);
      _mm512_storeu_si512(out + row * pieces * 16, in_order(four));
    }
  } else {
    const __m512i two = bytes_of_four(sum[0][0], sum[0][1], _mm512_setzero_si512(), _mm512_setzero_si512());
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm512_castsi512_si256(in_order(two)));
  }
}

template <std::size_t pieces>
OFFPRINT_VNNI void multiply_vnni(const NetInput& input, const NetLayer& layer, std::size_t rows,
                                 std::int32_t* sums) {
  const std::size_t groups = input.groups();
  const std::int8_t* w = layer.weights.data();
  std::size_t row = 0;
  constexpr std::size_t at_once =
      16 / pieces;  // so that all sums stay in registers, and none waits for itself
  for (; row + at_once <= rows; row += at_once)
    multiply_some_vnni<at_once, pieces>(input, row, w, groups, sums + row * pieces * 16);
  for (; row < rows; ++row) multiply_some_vnni<1, pieces>(input, row, w, groups, sums + row * pieces * 16);
}

template <std::size_t pieces>
OFFPRINT_VNNI void bytes_vnni(const NetInput& input, const NetLayer& layer, const NetBytes& to,
                              std::size_t rows) {
  const std::size_t groups = input.groups();
  const std::int8_t* w = layer.weights.data();
  std::size_t row = 0;
  constexpr std::size_t at_once = 16 / pieces;
  for (; row + at_once <= rows; row += at_once)
    bytes_of_some_vnni<at_once, pieces>(input, row, w, groups, to);
  for (; row < rows; ++row) bytes_of_some_vnni<1, pieces>(input, row, w, groups, to);
}

OFFPRINT_VNNI void take_input_vnni(const Net& net, const float* columns, std::size_t alike, std::uint8_t* out) {
  for (std::size_t c = alike * 4; c < net.input.size(); c += 4)
    with_group(net, columns, c, [&](const auto& group) OFFPRINT_VNNI __attribute__((always_inline)) {
      for (std::size_t row = 0; row < net_tile; row += 16) _mm512_storeu_si512(out + c * net_tile + row * 4, group.rows(row));
    });
}

OFFPRINT_VNNI void to_scores_vnni(const std::int32_t* sums, std::size_t padded, std::size_t outputs,
                                  const float* factor, const float* bias, std::size_t rows, float* scores) {
  const __m512i rows_apart =
      _mm512_mullo_epi32(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                         _mm512_set1_epi32(static_cast<int>(padded)));
  for (std::size_t row = 0; row < net_tile; row += 16) {
    const std::size_t left = rows > row ? rows - row : 0;
    const auto there = static_cast<__mmask16>(left >= 16 ? 0xFFFFu : (1u << left) - 1u);
    for (std::size_t o = 0; o < outputs; ++o) {
      const __m512i sum =
          _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), there, rows_apart, sums + row * padded + o, 4);
      const __m512 part = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_set1_ps(factor[o]));
      float* const to = scores + o * net_tile + row;
      _mm512_storeu_ps(to, _mm512_add_ps(_mm512_loadu_ps(to), _mm512_add_ps(part, _mm512_set1_ps(bias[o]))));
    }
  }
}

#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#endif

}  // namespace

void multiply(const NetInput& input, const NetLayer& layer, std::size_t pieces, std::size_t rows,
              std::int32_t* sums, NetKernel kernel) {
#if defined(OFFPRINT_HAS_AMX)
  if (kernel == NetKernel::amx && pieces % 2 == 0) return multiply_amx(input, layer, pieces, rows, sums);
#endif
#if defined(OFFPRINT_HAS_AVX2)
  if (kernel == NetKernel::avx512 && pieces == 4) return multiply_vnni<4>(input, layer, rows, sums);
  if (kernel == NetKernel::avx512 && pieces == 2) return multiply_vnni<2>(input, layer, rows, sums);
  if (kernel != NetKernel::portable && pieces % 2 == 0)
    return multiply_avx2(input, layer, pieces, rows, sums);
#endif
  static_cast<void>(kernel);
  multiply_portable(input, layer, pieces, rows, sums);
}

void multiply_to_bytes(const NetInput& input, const NetLayer& layer, const NetBytes& to, std::size_t rows,
                       std::int32_t* sums, NetKernel kernel) {
#if defined(OFFPRINT_HAS_AMX)
  if (kernel == NetKernel::amx) return multiply_to_bytes_amx(input, layer, to, rows, sums);
#endif
#if defined(OFFPRINT_HAS_AVX2)
  if (kernel == NetKernel::avx512 && to.width == 64) return bytes_vnni<4>(input, layer, to, rows);
  if (kernel == NetKernel::avx512 && to.width == 32) return bytes_vnni<2>(input, layer, to, rows);
#endif
  multiply(input, layer, to.width / 16, rows, sums, kernel);
#if defined(OFFPRINT_HAS_AVX2)
  if (kernel != NetKernel::portable) return to_bytes_avx2(sums, to, rows);
#endif
  to_bytes_portable(sums, to, rows);
}

void to_scores(const std::int32_t* sums, std::size_t padded, std::size_t outputs, const float* factor,
               const float* bias, std::size_t rows, float* scores, NetKernel kernel) {
#if defined(OFFPRINT_HAS_AVX2)
  if (kernel >= NetKernel::avx512) return to_scores_vnni(sums, padded, outputs, factor, bias, rows, scores);
#endif
  static_cast<void>(kernel);
  to_scores_portable(sums, padded, outputs, factor, bias, rows, scores);
}

void take_input(const Net& net, const float* columns, std::size_t alike, std::uint8_t* out, NetKernel kernel) {
#if defined(OFFPRINT_HAS_AMX)
  if (kernel == NetKernel::amx) return take_input_amx(net, columns, alike, out);
#endif
#if defined(OFFPRINT_HAS_AVX2)
  if (kernel == NetKernel::avx512) return take_input_vnni(net, columns, alike, out);
  if (kernel != NetKernel::portable) return take_input_avx2(net, columns, alike, out);
#endif
  static_cast<void>(kernel);
  take_input_portable(net, columns, alike, out);
}

}  // namespace offprint
