// How numbers of a tile of blocks lie from features to models: a column after the other, a row a float.
#pragma once

#include <cstddef>

namespace offprint {

// Floats from one column to the next: 64 rows, and room that is not used. A row is written across all columns, and if these
// began a power of two apart, only a quarter of the near cache could hold them.
inline constexpr std::size_t column_stride = 80;

}  // namespace offprint
