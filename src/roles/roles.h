// Blocks and their features → which blocks are the content, and the role of every block.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "blocks/blocks.h"
#include "offprint/document.h"
#include "offprint/offprint.h"

namespace offprint {

struct Decision {
  Role role = Role::other;
  float confidence = 0;
  float content = 0;          // probability that it is content
  bool chosen = false;        // part of the text
  std::string_view reason;    // only where asked for; in the page's arena
};

struct Decisions {
  std::vector<Decision> of_block;   // parallel to Blocks::blocks
  PageType page_type = PageType::unknown;
  void clear() { of_block.clear(); page_type = PageType::unknown; }
};

}  // namespace offprint
