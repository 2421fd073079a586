// Why a block has its role, in a few words, from the model's own contributions.
#pragma once

#include <span>
#include <string_view>

#include "base/arena.h"
#include "blocks/features.h"
#include "offprint/document.h"
#include "roles/net.h"

namespace offprint {

// "inside nav; 100 % link text; repeated 14 times": the features that spoke most for the role, with their values. `columns` are
// those of the row's tile.
std::string_view reason_of(std::span<const float> columns, const Net& net, const NetRows& rows, std::size_t row, Role role, Arena& arena);

}  // namespace offprint
