// Price, availability and rating of a product as its page shows them below the name, where no markup tells them. Within document/.
//
// Tested by tests/document/product_test.cpp.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "blocks/blocks.h"
#include "document/jsonld.h"
#include "tree/tree.h"

namespace offprint {

// Fills what is empty in `out`, as written.
void read_shown_product(Page& page, const Blocks& blocks, std::string_view title, Arena& arena, JsonProduct& out);

// schema.org's name of the availability that a text begins by telling ("In stock, ships today", "Auf Lager"); empty where it tells none.
std::string_view availability_in_words(std::string_view text, Arena& arena);

}  // namespace offprint
