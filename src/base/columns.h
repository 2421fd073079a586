// How numbers of a tile of blocks lie from features to models: a column after the other, a row a float.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace offprint {

// Floats from one column to the next: 64 rows, and room that is not used. A row is written across all columns, and if these
// began a power of two apart, only a quarter of the near cache could hold them.
inline constexpr std::size_t column_stride = 80;

// How many of a model's inputs, which rise, are among the first columns.
inline std::size_t inputs_below(std::span<const std::uint16_t> input, std::size_t columns) {
  return static_cast<std::size_t>(std::lower_bound(input.begin(), input.end(), columns) - input.begin());
}

}  // namespace offprint
