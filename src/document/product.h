// The product of a page: name, price, availability, ratings, specification, out of JSON-LD, microdata,
// OpenGraph and the tables of the page.
//
// The outside interface: find_product(). Tested by tests/document/product_test.cpp.
#pragma once

#include "base/arena.h"
#include "blocks/blocks.h"
#include "document/fields.h"
#include "offprint/document.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// `out` lies in the arena. Nothing is present on pages of many products, and on pages that sell none.
void find_product(Page& page, const HeadFields& head, const Fields& fields, const Blocks& blocks,
                  const Decisions& decisions, Arena& arena, Product& out);

}  // namespace offprint
