// Why a block has its role, in a few words, from the model's own contributions.
#pragma once

#include <span>
#include <string_view>

#include "base/arena.h"
#include "blocks/features.h"
#include "offprint/document.h"
#include "roles/forest.h"

namespace offprint {

// "inside nav; 100 % link text; repeated 14 times": the features that spoke most for the role, with their values.
// `columns` and `rows` are those of the row's tile.
std::string_view reason_of(std::span<const float> columns, std::size_t row, const Forest& model, const QuantisedRows& rows,
                           Role role, Arena& arena);

}  // namespace offprint
