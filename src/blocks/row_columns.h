// Columns of features that are made of a word or a few bytes of each row of a tile: loops over rows, not over the columns of a
// row, so that they are made with vectors and no branch depends on the page. All write feature_tile rows, column_stride apart,
// of the columns that are wanted (a bit each); their neighbours among the given ones may be written to as well.
#pragma once

#include <array>
#include <cstdint>

#include "blocks/features.h"

namespace offprint {

using RowBits = std::array<std::uint32_t, feature_tile>;  // a bit a column

// 1 where the bit is set, else 0.
void fill_bits(const RowBits& bits, std::uint32_t wanted, float* columns);
// 3 where it is set in `own`, else 2 where it is in `near`, else 1 where it is in `all`, else 0.
void fill_nearest(const RowBits& own, const RowBits& near, const RowBits& all, std::uint32_t wanted, float* columns);
// Of each row what something says about each role.
using RoleTile = std::array<std::array<std::int8_t, role_width>, feature_tile>;
void fill_roles(const RoleTile& tile, std::uint32_t wanted, float* columns);
// What is heard around each row (echoes.h), of the purposes.
void fill_around(const Features::Echo* around, std::uint32_t wanted, float* columns);

}  // namespace offprint
