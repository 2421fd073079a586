// Boosted oblivious trees over the features of blocks: rows of numbers → scores.
//
// The outside interface: quantise(), evaluate(), and their like for one tile. The models are content_model,
// content_flat_model, role_model and page_model of src/generated, written by training/export.py. All sums are sums of integers, so all kernels
// (forest_kernels.h) give the same bits (tests/roles/forest_test.cpp), and the order of blocks does not matter.
//
// Every level of an oblivious tree asks one question of all rows: which leaf a row reaches is an index of
// `depth` bits, a compare a bit, and 64 rows are compared at once. No branch depends on the data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/aligned.h"
#include "base/columns.h"

namespace offprint {

struct Forest {
  std::uint32_t inputs = 0;      // columns of a row of features
  std::uint64_t names_hash = 0;  // of the names of all inputs: hash_of_names()
  std::uint32_t outputs = 0;     // scores a row
  std::uint32_t trees = 0;
  std::uint32_t depth = 0;  // 1..6; a leaf is an index of so many bits, level 0 the lowest

  // Quantisation of the inputs that the trees ask for. The bin of a value is the number of borders below it.
  std::span<const std::uint16_t> input;         // a column: which input it is
  std::span<const std::string_view> name;       // a column: what the input is called
  std::span<const std::uint16_t> border_begin;  // a column, and one more; at most 254 borders each
  std::span<const float> borders;               // ascending within a column

  // trees × depth: the level's bit is set where the bin of `split_column` is `split_least` or more (255:
  // never).
  std::span<const std::uint16_t> split_column;
  std::span<const std::uint8_t> split_least;

  // One output: a tree is the low bytes of all its leaves, then the high bytes (leaves = max(16, 2^depth)).
  std::span<const std::uint8_t> leaf_bytes;
  // Several outputs: trees × 2^depth × outputs rounded up to a multiple of 8 (at most 32).
  std::span<const std::int8_t> leaf_vectors;
  std::span<const std::uint8_t> leaf_shift;  // a tree: its vectors count for 2^shift (late trees are finer)

  float scale = 0;              // score = bias + scale × sum of the leaves
  std::span<const float> bias;  // an output
};

enum class ForestKernel : std::uint8_t { portable, avx2, avx512 };
// The fastest that this machine has.
ForestKernel best_forest_kernel();

// What a kernel makes of a forest once and keeps from tile to tile.
struct ForestTables {
  const Forest* of = nullptr;
  ForestKernel kernel = ForestKernel::portable;
  std::vector<std::uint16_t> order;  // the trees by their shifts
  std::vector<std::uint16_t> by_borders;  // the columns
  AlignedVector<std::uint32_t> least;   // split_least, four times in a word
  AlignedVector<std::uint8_t> lookups;  // leaves of a tree side by side, 64 to an output
};

// Rows made ready for one model: tiles of 64 rows, in each a column after the other.
struct QuantisedRows {
  static constexpr std::size_t tile_rows = 64;
  std::size_t rows = 0;
  std::size_t columns = 0;
  AlignedVector<std::uint8_t> bins;
  AlignedVector<std::uint8_t> leaves;  // of evaluate(): tree × tile_rows, those of the last tile
  ForestTables tables;              // of evaluate()
  std::uint8_t bin(std::size_t row, std::size_t column) const {
    return bins[(row / tile_rows * columns + column) * tile_rows + row % tile_rows];
  }
};

// `rows` rows of `forest.inputs` floats each, `stride` floats apart. NaN counts as less than everything.
void quantise(const Forest& forest, const float* values, std::size_t rows, std::size_t stride, QuantisedRows& out,
              ForestKernel kernel = best_forest_kernel());

// Scores, `forest.outputs` a row (log-odds for one output; for several, what softmax takes).
void evaluate(const Forest& forest, QuantisedRows& rows, std::vector<float>& scores,
              ForestKernel kernel = best_forest_kernel());

// The rows of one tile (at most 64) that lie column by column (base/columns.h), as fill_features() gives them. What is
// behind the last row is judged like a row and is nobody's. alike: so many of the forest's first columns are what they were at
// the call before.
void quantise_tile(const Forest& forest, const float* columns, std::size_t rows, QuantisedRows& out, std::size_t alike = 0,
                   ForestKernel kernel = best_forest_kernel());

// Scores of the rows of one tile, an output after the other, 64 floats each.
void evaluate_tile(const Forest& forest, QuantisedRows& rows, float* scores, ForestKernel kernel = best_forest_kernel());

// Scores of a single row, for which a tile would be wasted. values: of each of the forest's columns (forest.input), in their order.
void evaluate_row(const Forest& forest, std::span<const float> values, std::vector<std::uint8_t>& bins, std::vector<float>& scores);

// Turns scores of a tile into probabilities in place: softmax() of each row, to the bit.
void softmax_tile(float* scores, std::size_t outputs, ForestKernel kernel = best_forest_kernel());

// Turns a row of scores into probabilities in place; the same bits on every machine, so not by the C library.
void softmax(std::span<float> scores);

// FNV-1a over the names, a line feed behind each.
std::uint64_t hash_of_names(std::span<const std::string_view> names);

}  // namespace offprint
