// Blocks and decisions → the blocks and the text of the document.
#pragma once

#include <vector>

#include "blocks/blocks.h"
#include "encoding/encoding.h"
#include "offprint/document.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// A link of a block of the content to another place of the page.
struct Anchor {
  std::size_t block = 0, mark = 0;  // of the assembly
  NodeId node = no_node;
};

struct Assembly {
  std::vector<Block> blocks;          // those that were found, and between them what the content embeds
  std::vector<std::uint32_t> places;  // of every block that was found: where it is in `blocks`
  std::vector<Mark> marks;
  std::vector<Anchor> anchors;
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
