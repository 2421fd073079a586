// A page's request for voluntary support → the support object.
//
// The one outside interface is find_support(); tests/document/support_test.cpp tests it. Which blocks make up
// the request has been decided before, by find_request(); here their words, and in HTML the forms, radio
// buttons, options, links and payment icons around them, become data. Without a request nothing is looked at.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "blocks/blocks.h"
#include "document/request.h"
#include "offprint/document.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// base: what the page's addresses are relative to. For flattened text (blocks.flat) the page may be empty.
// Strings of `out` are views of the page, the blocks or the arena.
void find_support(Page& page, const Blocks& blocks, const Decisions& decisions, Request& request,
                  std::string_view base, Arena& arena, Support& out);

}  // namespace offprint
