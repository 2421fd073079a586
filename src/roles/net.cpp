#include "roles/net.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/cpu.h"
#include "blocks/token_table.h"
#include "roles/net_amx.h"
#include "roles/net_kernels.h"

#ifdef OFFPRINT_HAS_AVX2
#include <immintrin.h>
#endif

namespace offprint {
namespace {

constexpr std::size_t width = net_width;
static_assert(width == vector_width);
// Empty rows before the first and behind the last: as far as the last layer looks.
constexpr std::size_t pad = std::size_t{1} << (most_net_layers - 1);

std::size_t groups_of(const Net& net) {
  return (net.input.size() + 3) / 4;
}

std::size_t padded_outputs(const Net& net) {
  return (net.outputs + 15) / 16 * 16;
}

// What a layer sees, from the row itself.
std::array<NetPart, 3> parts_of(std::size_t layer) {
  const auto far = static_cast<std::ptrdiff_t>(width << layer);
  return {NetPart{-far, net_side / 4}, NetPart{0, width / 4},
          NetPart{far + static_cast<std::ptrdiff_t>(width - net_side), net_side / 4}};
}
constexpr std::size_t seen = 2 * net_side + width;

bool has_memory(const Net& net, std::size_t layer) { return !net.remember[layer].weights.empty(); }

NetInput rows_of(const std::uint8_t* at, std::size_t stride, std::span<const NetPart> parts) {
  return {.at = at, .row_stride = stride, .group_stride = 4, .parts = parts};
}
constexpr std::array<NetPart, 1> whole_row = {NetPart{0, width / 4}},
                                 what_was_found = {NetPart{0, net_found / 4}};  // or is carried

// What the columns that are the same in all rows add to the first layer, once they are there.
void sum_alike(const Net& net, NetRows& rows, std::size_t alike, std::size_t group_stride) {
  rows.sums_alike.fill(0);
  const std::size_t groups = groups_of(net);
  for (std::size_t group = 0; group < alike; ++group)
    for (std::size_t piece = 0; piece < width / 16; ++piece) {
      const std::int8_t* const w = net.first.weights.data() + (piece * groups + group) * 64;
      const std::uint8_t* const a = rows.input.data() + group * group_stride;
      for (std::size_t o = 0; o < 16; ++o)
        rows.sums_alike[piece * 16 + o] += a[0] * w[o * 4] + a[1] * w[o * 4 + 1] + a[2] * w[o * 4 + 2] + a[3] * w[o * 4 + 3];
    }
}

// What a number of a text's vector adds to a sum of the first layer.
[[gnu::always_inline]] inline std::int32_t added_by(std::int16_t number, std::int32_t times) { return (number * times) >> 6; }

// What the sums of a tile begin with, where the net looks at words.
[[gnu::always_inline]] inline void start_rows_plain(const Net& net,
                                                    std::span<const std::int16_t* const> vectors,
                                                    const std::int32_t* alike, std::int32_t* starts) {
  const std::int32_t* const words = net.words.data();
  for (const std::int16_t* const vector : vectors) {
    for (std::size_t i = 0; i < width; ++i) starts[i] = alike[i] + added_by(vector[i], words[i]);
    starts += width;
  }
}
#ifdef OFFPRINT_HAS_AVX2
OFFPRINT_AVX2 void start_rows_avx2(const Net& net, std::span<const std::int16_t* const> vectors,
                                   const std::int32_t* alike, std::int32_t* starts) {
  start_rows_plain(net, vectors, alike, starts);
}
#endif
void start_rows(const Net& net, std::span<const std::int16_t* const> vectors, const std::int32_t* alike,
                std::int32_t* starts) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2()) return start_rows_avx2(net, vectors, alike, starts);
#endif
  start_rows_plain(net, vectors, alike, starts);
}

// Of 64 rows of at most 127.
[[gnu::always_inline]] inline void sum_rows_plain(const std::uint8_t* rows, std::size_t count, std::array<std::uint16_t, width>& sums) {
  sums.fill(0);
  for (std::size_t row = 0; row < count; ++row)
    for (std::size_t i = 0; i < width; ++i) sums[i] = static_cast<std::uint16_t>(sums[i] + rows[row * width + i]);
}
#ifdef OFFPRINT_HAS_AVX2
OFFPRINT_AVX2 void sum_rows_avx2(const std::uint8_t* rows, std::size_t count, std::array<std::uint16_t, width>& sums) {
  sum_rows_plain(rows, count, sums);
}
#endif
void sum_rows(const std::uint8_t* rows, std::size_t count, std::array<std::uint16_t, width>& sums) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2()) return sum_rows_avx2(rows, count, sums);
#endif
  sum_rows_plain(rows, count, sums);
}

// The mean of the page as the first layer that looks around sees it: added to that layer's bias.
void add_page(const Net& net, const NetRows& rows, std::array<float, net_found>& bias) {
  std::array<std::int32_t, width> mean{};
  const auto n = static_cast<std::int64_t>(std::max<std::size_t>(1, rows.rows));
  for (std::size_t i = 0; i < width; ++i)
    mean[i] = static_cast<std::int32_t>((rows.total[i] * 16 + n / 2) / n);
  for (std::size_t o = 0; o < net_found; ++o) {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < width; ++i) sum += mean[i] * weight_of(net.page.weights, width / 4, o, i);
    const float part = net.page.factor[o] * static_cast<float>(sum);
    bias[o] = net.look[0].bias[o] + part;
  }
}

// 0 to 127 → 0 to 128.
[[gnu::always_inline]] inline std::int32_t taken_over(std::uint8_t gate) { return gate + (gate >> 6); }

// What the memory carries past each row, from the begin and from the end: net_memory numbers each.
inline void carry_plain(const std::uint8_t* own, std::size_t rows, std::uint8_t* carried) {
  // In 128ths of what a row gives.
  std::array<std::int32_t, net_memory> forth{}, back{};
  const auto step = [](std::array<std::int32_t, net_memory>& memory, const std::uint8_t* gate, const std::uint8_t* value,
                       std::uint8_t* to) __attribute__((always_inline)) {
    for (std::size_t i = 0; i < net_memory; ++i) {
      memory[i] += ((value[i] * 128 - memory[i]) * taken_over(gate[i]) + 64) >> 7;
      to[i] = static_cast<std::uint8_t>((memory[i] + 64) >> 7);
    }
  };
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t last = rows - 1 - row;  // neither way waits for the other
    step(forth, own + row * width, own + row * width + 2 * net_memory, carried + row * net_found);
    step(back, own + last * width + net_memory, own + last * width + 3 * net_memory, carried + last * net_found + net_memory);
  }
}
#ifdef OFFPRINT_HAS_AVX2
// A step of carry_plain() in numbers of 16 bits: gives what the memory then holds, and writes it.
OFFPRINT_AVX2 inline __m256i carry_step(__m256i memory, const std::uint8_t* gate, const std::uint8_t* value, std::uint8_t* to) {
  const __m256i gates = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(gate)));
  const __m256i values = _mm256_slli_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(value))), 7);
  const __m256i part = _mm256_slli_epi16(_mm256_add_epi16(gates, _mm256_srli_epi16(gates, 6)), 8);
  const __m256i change = _mm256_sub_epi16(values, memory);
  // mulhrs: (change × part × 256 + 2^14) >> 15. A part of 128 is no number of 16 bits there: all of the change is taken over.
  const __m256i moved = _mm256_blendv_epi8(_mm256_mulhrs_epi16(change, part), change, _mm256_cmpeq_epi16(gates, _mm256_set1_epi16(127)));
  memory = _mm256_add_epi16(memory, moved);
  const __m256i bytes = _mm256_srli_epi16(_mm256_add_epi16(memory, _mm256_set1_epi16(64)), 7);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_packus_epi16(_mm256_castsi256_si128(bytes), _mm256_extracti128_si256(bytes, 1)));
  return memory;
}
OFFPRINT_AVX2 void carry_avx2(const std::uint8_t* own, std::size_t rows, std::uint8_t* carried) {
  static_assert(net_memory == 16);
  __m256i forth = _mm256_setzero_si256(), back = forth;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t last = rows - 1 - row;
    forth = carry_step(forth, own + row * width, own + row * width + 2 * net_memory, carried + row * net_found);
    back = carry_step(back, own + last * width + net_memory, own + last * width + 3 * net_memory, carried + last * net_found + net_memory);
  }
}
#endif
void carry(const std::uint8_t* own, std::size_t rows, std::uint8_t* carried) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2()) return carry_avx2(own, rows, carried);
#endif
  carry_plain(own, rows, carried);
}

// AMX takes a layer of all rows in one call, since to shape its tiles costs as much as some rows do.
std::size_t rows_at_once(const NetRows& rows) {
  return rows.kernel == NetKernel::amx ? (rows.rows + net_tile - 1) / net_tile * net_tile : net_tile;
}

// The memory behind a layer.
void run_memory(const Net& net, std::size_t layer, NetRows& rows) {
  const NetKernel kernel = rows.kernel;
  if (rows.remember) rows.before_memory[layer] = rows.here;
  const std::size_t step = rows_at_once(rows);
  const NetLayer &remember = net.remember[layer], &recall = net.recall[layer];
  std::uint8_t *const own = rows.own[layer].data(), *const carried = rows.carried[layer].data();
  for (std::size_t first = 0; first < rows.rows; first += step)
    multiply_to_bytes(rows_of(rows.here.data() + (pad + first) * width, width, whole_row), remember,
                      {.factor = remember.factor.data(), .bias = remember.bias.data(), .width = width, .out = own + first * width},
                      std::min(step, rows.rows - first), rows.sums.data(), kernel);
  carry(own, rows.rows, carried);
  for (std::size_t first = 0; first < rows.rows; first += step)
    multiply_to_bytes(rows_of(carried + first * net_found, net_found, what_was_found), recall,
                      {.factor = recall.factor.data(),
                       .bias = recall.bias.data(),
                       .before = rows.here.data() + (pad + first) * width,
                       .keep = net.recall_keep[layer],
                       .width = width,
                       .out = rows.next.data() + (pad + first) * width},
                      std::min(step, rows.rows - first), rows.sums.data(), kernel);
  rows.here.swap(rows.next);
}

// The thread's registers are as they were before.
void leave(NetKernel kernel) {
#if defined(OFFPRINT_HAS_AMX)
  if (kernel == NetKernel::amx) release_amx();
#else
  static_cast<void>(kernel);
#endif
}

}  // namespace

NetKernel best_net_kernel() {
#if defined(OFFPRINT_HAS_AVX2)
  if (!cpu::has_avx2()) return NetKernel::portable;
  if (cpu::has_amx()) return NetKernel::amx;
  return cpu::has_avx512_vnni() ? NetKernel::avx512 : NetKernel::avx2;
#else
  return NetKernel::portable;
#endif
}

void prepare_net(const Net& net, std::size_t rows, NetRows& out, std::size_t same_columns) {
  out.rows = rows;
  out.kernel = best_net_kernel();
  out.total.fill(0);
  out.alike = inputs_below(net.input, same_columns) / 4;
  out.input.resize(net_row_stride(net) * net_tile);
  // A tile may be filled up behind the last row.
  const std::size_t tiles = (rows + net_tile - 1) / net_tile * net_tile;
  // Empty rows around; the others are written before they are read.
  for (AlignedVector<std::uint8_t>* const of : {&out.here, &out.next}) {
    of->resize((tiles + 2 * pad) * width);
    std::fill_n(of->begin(), pad * width, std::uint8_t{0});
    std::fill(of->begin() + static_cast<std::ptrdiff_t>((pad + rows) * width), of->end(), std::uint8_t{0});
  }
  out.sums.resize(net_tile * std::max(width, padded_outputs(net)));
  out.found.resize(net_tile * net_found);
  for (std::size_t i = 0; i < net.layers; ++i)
    if (has_memory(net, i)) {
      out.own[i].resize(tiles * width);
      out.carried[i].resize(tiles * net_found);
    }
  if (!net.words.empty()) out.starts.resize(net_tile * width);
  if (!out.remember) return;
  out.inputs.assign(groups_of(net) * 4 * tiles, 0);
  out.of_words.assign(tiles * width, 0);
  for (std::size_t i = 0; i < net.layers; ++i) out.founds[i].assign(tiles * net_found, 0);
}

void put_rows(const Net& net, const float* columns, std::span<const std::int16_t* const> vectors,
              std::size_t first, std::size_t count, NetRows& out) {
  // explain() wants the input as the other kernels take it.
  const NetKernel kernel = out.remember && out.kernel == NetKernel::amx ? NetKernel::avx512 : out.kernel;
  const bool by_row = kernel == NetKernel::amx;
  // By rows, whole lines of sixteen groups: loads that begin within one would wait for two stores.
  const std::size_t alike = by_row ? out.alike / 16 * 16 : out.alike;
  const std::size_t row_stride = by_row ? net_row_stride(net) : 4, group_stride = by_row ? 4 : 4 * net_tile;
  take_input(net, columns, first == 0 ? 0 : alike, out.input.data(), kernel);
  if (first == 0) sum_alike(net, out, alike, group_stride);
  if (out.remember)
    std::memcpy(out.inputs.data() + first * groups_of(net) * 4, out.input.data(),
                groups_of(net) * 4 * net_tile);
  const bool with_words = !net.words.empty() && !vectors.empty();
  if (with_words) start_rows(net, vectors, out.sums_alike.data(), out.starts.data());
  if (with_words && out.remember)
    for (std::size_t i = 0; i < count * width; ++i)
      out.of_words[first * width + i] = out.starts[i] - out.sums_alike[i % width];
  const std::array<NetPart, 1> others = {
      NetPart{static_cast<std::ptrdiff_t>(alike * group_stride), groups_of(net) - alike}};
  const NetInput input = {.at = out.input.data(),
                          .row_stride = row_stride,
                          .group_stride = group_stride,
                          .parts = others,
                          .alike = alike,
                          .starts = with_words ? out.starts.data() : out.sums_alike.data(),
                          .start_stride = with_words ? width : 0};
  std::uint8_t* to = out.here.data() + (pad + first) * width;
  multiply_to_bytes(
      input, net.first,
      {.factor = net.first.factor.data(), .bias = net.first.bias.data(), .width = width, .out = to}, count,
      out.sums.data(), kernel);
  std::array<std::uint16_t, width> of_tile;
  sum_rows(to, count, of_tile);
  for (std::size_t i = 0; i < width; ++i) out.total[i] += of_tile[i];
  leave(kernel);
}

void run_net(const Net& net, NetRows& rows, float* scores) {
  const NetKernel kernel = rows.kernel;
  std::array<float, net_found> bias{};
  if (net.layers > 0) add_page(net, rows, bias);
  const std::size_t step = rows_at_once(rows);
  if (rows.found.size() < step * net_found) rows.found.resize(step * net_found);
  for (std::size_t layer = 0; layer < net.layers; ++layer) {
    if (rows.remember) rows.heres[layer] = rows.here;
    const auto parts = parts_of(layer);
    for (std::size_t first = 0; first < rows.rows; first += step) {
      const std::size_t count = std::min(step, rows.rows - first);
      const std::uint8_t* here = rows.here.data() + (pad + first) * width;
      const NetLayer& look = net.look[layer];
      multiply_to_bytes(rows_of(here, width, parts), look,
                        {.factor = look.factor.data(),
                         .bias = layer == 0 ? bias.data() : look.bias.data(),
                         .width = net_found,
                         .out = rows.found.data()},
                        count, rows.sums.data(), kernel);
      if (rows.remember)
        std::memcpy(rows.founds[layer].data() + first * net_found, rows.found.data(), count * net_found);
      const NetLayer& back = net.back[layer];
      multiply_to_bytes(rows_of(rows.found.data(), net_found, what_was_found), back,
                        {.factor = back.factor.data(),
                         .bias = back.bias.data(),
                         .before = here,
                         .keep = net.keep[layer],
                         .width = width,
                         .out = rows.next.data() + (pad + first) * width},
                        count, rows.sums.data(), kernel);
    }
    rows.here.swap(rows.next);
    if (has_memory(net, layer)) run_memory(net, layer, rows);
  }
  if (rows.remember) rows.heres[net.layers] = rows.here;
  const std::size_t outputs = padded_outputs(net);
  for (std::size_t first = 0; first < rows.rows; first += net_tile) {
    const std::size_t count = std::min(net_tile, rows.rows - first);
    multiply(rows_of(rows.here.data() + (pad + first) * width, width, whole_row), net.last, outputs / 16,
             count, rows.sums.data(), kernel);
    to_scores(rows.sums.data(), outputs, net.outputs, net.last.factor.data(), net.last.bias.data(), count,
              scores + first * net.outputs, kernel);
  }
  leave(kernel);
}

namespace {

// Adds slope × weight for every input of one output.
void add_weights(std::span<const std::int8_t> weights, std::size_t groups, std::size_t output, float slope,
                 std::span<float> to) {
  const std::int8_t* w = weights.data() + (output / 16 * groups * 16 + output % 16) * 4;
  for (std::size_t i = 0; i < to.size(); i += 4, w += 64)
    for (std::size_t k = 0; k < 4 && i + k < to.size(); ++k) to[i + k] += slope * static_cast<float>(w[k]);
}

using Slopes = std::array<float, width>;

// From the slopes behind the memory to those before it; `around`: what was carried there from other rows.
void explain_memory(const Net& net, std::size_t layer, const NetRows& rows, std::size_t row, Slopes& slope, float& around) {
  const NetLayer &remember = net.remember[layer], &recall = net.recall[layer];
  const std::uint8_t* after = rows.heres[layer + 1].data() + (pad + row) * width;
  Slopes before{}, through{};
  std::array<float, net_found> of_carried{};
  for (std::size_t o = 0; o < width; ++o) {
    if (after[o] == 0) continue;
    before[o] = slope[o] * net.recall_keep[layer];
    add_weights(recall.weights, net_found / 4, o, slope[o] * recall.factor[o], of_carried);
  }
  const std::uint8_t* const own = rows.own[layer].data() + row * width;
  for (std::size_t i = 0; i < net_found; ++i) {
    const std::uint8_t gate = own[i], value = own[net_found + i];
    const std::size_t beside = i < net_memory ? row - 1 : row + 1;  // where it comes from
    const std::uint8_t held = beside < rows.rows ? rows.carried[layer][beside * net_found + i] : std::uint8_t{0};
    const float part = static_cast<float>(taken_over(gate)) / 128;
    around += of_carried[i] * (1 - part) * static_cast<float>(held);
    if (value > 0)
      add_weights(remember.weights, width / 4, net_found + i, of_carried[i] * part * remember.factor[net_found + i], through);
    if (gate > 0 && gate < 127)
      add_weights(remember.weights, width / 4, i, of_carried[i] * static_cast<float>(value - held) / 127 * remember.factor[i], through);
  }
  for (std::size_t i = 0; i < width; ++i) slope[i] = before[i] + through[i];
}

}  // namespace

std::size_t explain(const Net& net, const NetRows& rows, std::size_t row, std::uint32_t output,
                    std::span<NetContribution> best, float& around) {
  // How the output changes with what stands behind each layer in this row, from the last layer back. What the
  // rows around hold when a layer looks at them counts as it stands: following it further would cost a page's
  // time for every block.
  Slopes slope{};
  add_weights(net.last.weights, width / 4, output, net.last.factor[output], slope);
  around = 0;
  for (std::size_t layer = net.layers; layer-- > 0;) {
    const bool memory = has_memory(net, layer);
    if (memory) explain_memory(net, layer, rows, row, slope, around);
    const std::uint8_t* after = (memory ? rows.before_memory[layer] : rows.heres[layer + 1]).data() + (pad + row) * width;
    const std::uint8_t* here = rows.heres[layer].data() + (pad + row) * width;
    const std::uint8_t* found = rows.founds[layer].data() + row * net_found;
    Slopes before{};
    std::array<float, net_found> inner{};
    std::array<float, seen> through{};
    for (std::size_t o = 0; o < width; ++o) {
      if (after[o] == 0) continue;
      before[o] = slope[o] * net.keep[layer];
      add_weights(net.back[layer].weights, net_found / 4, o, slope[o] * net.back[layer].factor[o], inner);
    }
    for (std::size_t o = 0; o < net_found; ++o)
      if (found[o] > 0)
        add_weights(net.look[layer].weights, seen / 4, o, inner[o] * net.look[layer].factor[o], through);
    const auto far = static_cast<std::ptrdiff_t>(width << layer);
    for (std::size_t i = 0; i < net_side; ++i) {
      around += through[i] * static_cast<float>(here[static_cast<std::ptrdiff_t>(i) - far]);
      around += through[net_side + width + i] *
                static_cast<float>(here[static_cast<std::ptrdiff_t>(width - net_side + i) + far]);
    }
    for (std::size_t i = 0; i < width; ++i) slope[i] = before[i] + through[net_side + i];
  }
  const std::size_t columns = net.input.size(), groups = groups_of(net);
  std::vector<float> change(columns, 0.0f);
  float of_words = 0;
  const std::uint8_t* first = rows.heres[0].data() + (pad + row) * width;
  for (std::size_t o = 0; o < width; ++o) {
    if (first[o] == 0) continue;
    add_weights(net.first.weights, groups, o, slope[o] * net.first.factor[o], change);
    if (net.words.empty()) continue;
    of_words += slope[o] * net.first.factor[o] * static_cast<float>(rows.of_words[row * width + o] - added_by(net.usual_words[o], net.words[o]));
  }
  std::vector<NetContribution> own(columns);
  const auto added = std::span(rows.of_words).subspan(row * width, width);
  const bool has_words = std::any_of(added.begin(), added.end(), [](std::int32_t a) { return a != 0; });
  if (!net.words.empty() && has_words) own.push_back({static_cast<std::uint32_t>(columns), of_words});
  const std::uint8_t* tile = rows.inputs.data() + row / net_tile * net_tile * groups * 4;
  for (std::size_t c = 0; c < columns; ++c) {
    const int value = tile[(c / 4 * net_tile + row % net_tile) * 4 + c % 4];
    own[c] = {static_cast<std::uint32_t>(c), change[c] * static_cast<float>(value - net.usual[c])};
  }
  const std::size_t n = std::min(best.size(), own.size());
  std::partial_sort(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(n), own.end(),
                    [](const NetContribution& a, const NetContribution& b) {
                      return std::abs(a.value) != std::abs(b.value) ? std::abs(a.value) > std::abs(b.value)
                                                                    : a.column < b.column;
                    });
  std::copy_n(own.begin(), n, best.begin());
  return n;
}

}  // namespace offprint
