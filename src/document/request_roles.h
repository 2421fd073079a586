// Roles and the text, once it is known what the request is made of: the last step of find_request().
#pragma once

#include <span>

#include "blocks/blocks.h"
#include "document/request.h"
#include "roles/roles.h"

namespace offprint {

// What is in the request gets its roles and leaves the text; what the model took for part of it and is none
// gets the role that is likeliest otherwise.
void agree_with_request(const Blocks& blocks, RoleProbabilities probabilities,
                        std::span<const RequestPart> part, SaidOfBlocks& said, Decisions& decisions);

}  // namespace offprint
