// A page's request for voluntary support → the support object.
//
// The one outside interface is find_support(); tests/document/support_test.cpp tests it. Which blocks ask for
// support is decided before, by their roles (appeal, contribution, and notices and controls beside them);
// here their words, and in HTML the forms, radio buttons, options, links and payment icons around them,
// become data. Without such blocks nothing is looked at.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "blocks/blocks.h"
#include "offprint/document.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// page_url: the page's address; a <base href> of the page is heeded. For flattened text (blocks.flat) the
// page may be empty. Strings of `out` are views of the page, the blocks or the arena.
void find_support(Page& page, const Blocks& blocks, const Decisions& decisions, std::string_view page_url,
                  Arena& arena, Support& out);

}  // namespace offprint
