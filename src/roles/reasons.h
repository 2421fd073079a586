// Why a block has its role, in a few words, from the model's own contributions.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "blocks/features.h"
#include "offprint/document.h"
#include "roles/forest.h"

namespace offprint {

// "inside nav; 100 % link text; repeated 14 times": the features that spoke most for the role, with their values.
std::string_view reason_of(const Features& features, std::size_t block, const Forest& model, const QuantisedRows& rows,
                           Role role, Arena& arena);

}  // namespace offprint
