// Blocks and decisions → the blocks and the text of the document.
#pragma once

#include <vector>

#include "blocks/blocks.h"
#include "encoding/encoding.h"
#include "offprint/document.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

struct Assembly {
  std::vector<Block> blocks;
  std::vector<Mark> marks;
  std::string text;
  bool cut = false;   // the output budget ran out
};

// base: the address that the page's links are relative to. Links of content blocks become absolute; those of other
// blocks are left out, since nothing prints them. Strings live in `out` and the arena until its next use.
void assemble(Page& page, const Blocks& blocks, const Decisions& decisions, const DecodedText& decoded,
              std::string_view base, Arena& arena, Meter& meter, Assembly& out);

// The address that links are relative to: <base href> against the page's own address.
std::string_view base_of(Page& page, std::string_view page_url, Arena& arena);

}  // namespace offprint
