#include "roles/forest.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "roles/forest_kernels.h"

namespace offprint {
namespace forest {
namespace {

// --- portable

void quantise_columns(const Forest& f, const ForestTables&, const float* values, std::size_t alike, std::uint8_t* bins) {
  bins += alike * tile;
  for (std::size_t c = alike; c < f.input.size(); ++c, bins += tile) {
    const float* column = values + f.input[c] * column_stride;
    std::array<std::uint32_t, tile> count{};
    for (const float border : borders_of(f, c)) {
      for (std::size_t i = 0; i < tile; ++i) count[i] += column[i] > border;
    }
    for (std::size_t i = 0; i < tile; ++i) bins[i] = static_cast<std::uint8_t>(count[i]);
  }
}

void prepare(const Forest&, ForestTables&) {}

void find_leaves(const Forest& f, const ForestTables&, const std::uint8_t* bins, std::uint8_t* leaves) {
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

// What a leaf of a tree of one output counts.
inline std::int16_t value_of_leaf(const Forest& f, std::size_t tree, std::size_t leaf) {
  const std::size_t size = stored_leaves(f);
  const std::uint8_t* low = f.leaf_bytes.data() + tree * 2 * size;
  return static_cast<std::int16_t>(low[leaf] | low[size + leaf] << 8);
}
// Adds what a leaf of a tree of several outputs counts.
inline void add_leaf(const Forest& f, std::size_t tree, std::size_t leaf, std::array<std::int16_t, most_outputs>& total) {
  const std::size_t width = padded_outputs(f);
  const std::int8_t* vector = f.leaf_vectors.data() + ((tree << f.depth) + leaf) * width;
  for (std::size_t k = 0; k < width; ++k) total[k] = static_cast<std::int16_t>(total[k] + vector[k] * (1 << f.leaf_shift[tree]));
}

// Sums wrap at 16 bits, which those of a model of training/ never reach.
void sum_one(const Forest& f, const std::uint8_t* leaves, std::int16_t* sums) {
  std::fill_n(sums, tile, std::int16_t{0});
  for (std::size_t tree = 0; tree < f.trees; ++tree, leaves += tile)
    for (std::size_t i = 0; i < tile; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + value_of_leaf(f, tree, leaves[i]));
}

void sum(const Forest& f, const ForestTables&, const std::uint8_t* leaves, std::int16_t* sums) {
  if (f.outputs == 1) return sum_one(f, leaves, sums);
  for (std::size_t row = 0; row < tile; ++row) {
    std::array<std::int16_t, most_outputs> total{};
    for (std::size_t tree = 0; tree < f.trees; ++tree) add_leaf(f, tree, leaves[tree * tile + row], total);
    for (std::size_t k = 0; k < f.outputs; ++k) sums[k * tile + row] = total[k];
  }
}

void score(const Forest& f, const std::int16_t* sums, float* scores) { score_rows(f, sums, scores); }
void softmax(float* scores, std::size_t outputs) { softmax_rows(scores, outputs); }

}  // namespace

constinit const Kernels portable_kernels = {quantise_columns, prepare, find_leaves, sum, score, softmax};

namespace {

const Kernels& kernels_of([[maybe_unused]] ForestKernel kernel) {
#ifdef OFFPRINT_HAS_AVX2
  if (kernel == ForestKernel::avx512) return avx512_kernels;
  if (kernel == ForestKernel::avx2) return avx2_kernels;
#endif
  return portable_kernels;
}

// Scores of one tile, an output after the other.
void scores_of_tile(const Forest& f, const Kernels& kernels, QuantisedRows& rows, std::size_t which, float* scores) {
  alignas(64) std::int16_t sums[most_outputs * tile];
  kernels.find_leaves(f, rows.tables, rows.bins.data() + which * rows.columns * tile, rows.leaves.data());
  kernels.sum(f, rows.tables, rows.leaves.data(), sums);
  kernels.score(f, sums, scores);
}

void make_ready(const Forest& f, ForestKernel kernel, const Kernels& kernels, QuantisedRows& rows) {
  rows.leaves.resize(std::size_t{f.trees} * tile);
  ForestTables& tables = rows.tables;
  if (tables.of == &f && tables.kernel == kernel) return;
  tables.order.clear();
  tables.by_borders.clear();
  tables.least.clear();
  tables.lookups.clear();
  kernels.prepare(f, tables);
  tables.of = &f;
  tables.kernel = kernel;
}

}  // namespace
}  // namespace forest

using forest::tile;

ForestKernel best_forest_kernel() {
  if (cpu::has_avx512()) return ForestKernel::avx512;
  return cpu::has_avx2() ? ForestKernel::avx2 : ForestKernel::portable;
}

void quantise(const Forest& f, const float* values, std::size_t rows, std::size_t stride, QuantisedRows& out,
              ForestKernel kernel) {
  out.rows = rows;
  out.columns = f.input.size();
  out.bins.resize((rows + tile - 1) / tile * tile * out.columns);
  const forest::Kernels& kernels = forest::kernels_of(kernel);
  forest::make_ready(f, kernel, kernels, out);
  std::vector<float> columns(f.inputs * column_stride);
  for (std::size_t row = 0; row < rows; row += tile) {
    const std::size_t here = std::min(tile, rows - row);
    for (const std::uint16_t input : f.input)
      for (std::size_t i = 0; i < here; ++i) columns[input * column_stride + i] = values[(row + i) * stride + input];
    kernels.quantise(f, out.tables, columns.data(), 0, out.bins.data() + row * out.columns);
  }
}

void quantise_tile(const Forest& f, const float* columns, std::size_t rows, QuantisedRows& out, std::size_t alike, ForestKernel kernel) {
  const forest::Kernels& kernels = forest::kernels_of(kernel);
  forest::make_ready(f, kernel, kernels, out);
  out.rows = rows;
  out.columns = f.input.size();
  out.bins.resize(tile * out.columns);
  kernels.quantise(f, out.tables, columns, alike, out.bins.data());
}

void evaluate(const Forest& f, QuantisedRows& rows, std::vector<float>& scores, ForestKernel kernel) {
  const forest::Kernels& kernels = forest::kernels_of(kernel);
  forest::make_ready(f, kernel, kernels, rows);
  scores.resize(rows.rows * f.outputs);
  alignas(64) float of_tile[forest::most_outputs * tile];
  for (std::size_t row = 0; row < rows.rows; row += tile) {
    forest::scores_of_tile(f, kernels, rows, row / tile, of_tile);
    for (std::size_t i = row; i < std::min(row + tile, rows.rows); ++i)
      for (std::size_t k = 0; k < f.outputs; ++k) scores[i * f.outputs + k] = of_tile[k * tile + i - row];
  }
}

void evaluate_tile(const Forest& f, QuantisedRows& rows, float* scores, ForestKernel kernel) {
  const forest::Kernels& kernels = forest::kernels_of(kernel);
  forest::make_ready(f, kernel, kernels, rows);
  forest::scores_of_tile(f, kernels, rows, 0, scores);
}

void evaluate_row(const Forest& f, std::span<const float> values, std::vector<std::uint8_t>& bins, std::vector<float>& scores) {
  bins.resize(values.size());
  for (std::size_t c = 0; c < values.size(); ++c) {
    const auto borders = forest::borders_of(f, c);
    bins[c] = static_cast<std::uint8_t>(std::count_if(borders.begin(), borders.end(), [&](float border) { return values[c] > border; }));
  }
  std::array<std::int16_t, forest::most_outputs> total{};
  for (std::size_t tree = 0; tree < f.trees; ++tree) {
    std::size_t leaf = 0;
    for (std::size_t level = 0; level < f.depth; ++level) {
      const std::size_t split = tree * f.depth + level;
      leaf |= std::size_t{bins[f.split_column[split]] >= f.split_least[split]} << level;
    }
    if (f.outputs == 1)
      total[0] = static_cast<std::int16_t>(total[0] + forest::value_of_leaf(f, tree, leaf));
    else
      forest::add_leaf(f, tree, leaf, total);
  }
  scores.resize(f.outputs);
  for (std::size_t k = 0; k < f.outputs; ++k) {
    const float part = f.scale * static_cast<float>(total[k]);
    scores[k] = f.bias[k] + part;
  }
}

void softmax_tile(float* scores, std::size_t outputs, ForestKernel kernel) {
  forest::kernels_of(kernel).softmax(scores, outputs);
}

void softmax(std::span<float> scores) {
  if (scores.empty()) return;
  const float top = *std::max_element(scores.begin(), scores.end());
  for (float& s : scores) s = forest::exp_of(std::max(s - top, forest::least_exponent));
  float sum = 0;
  for (const float s : scores) sum += s;
  for (float& s : scores) s /= sum;
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
