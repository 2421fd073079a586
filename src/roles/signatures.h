// What members of a forum put under all of their posts is no part of a thread. Tested by tests/roles/choose_test.cpp.
#pragma once

#include "blocks/blocks.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// Leaves out blocks that stand in an element whose class says so. For threads alone: "signature" means other things elsewhere.
void leave_out_signatures(Page& page, const Blocks& blocks, Decisions& decisions);

}  // namespace offprint
