// What is spoken of around each block, by the purposes of the lexicon: an echo that fades with the distance.
#pragma once

#include "blocks/features.h"

namespace offprint {

// One pass forth and one back, of which each tile keeps where they stood.
void find_echoes(Features& out);

// The sum of both for the rows of a tile: a column a purpose, those of `wanted` (a bit each) only. `columns` is that of
// the first purpose.
void fill_echoes(const Features& features, std::size_t tile, std::size_t rows, std::uint32_t wanted, float* columns);

}  // namespace offprint
