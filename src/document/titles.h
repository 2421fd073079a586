// Which of a page's headings, metadata and blocks is its title.
//
// The outside interface: choose_title(). Tested by tests/document/fields_test.cpp.
#pragma once

#include <string_view>

#include "document/fields.h"
#include "document/sites.h"

namespace offprint {

inline constexpr std::size_t no_block = static_cast<std::size_t>(-1);

struct TitleChoice {
  std::string_view text;
  FieldSource source = FieldSource::none;
  NodeId node = no_node;         // of the heading; or where the title most likely stands
  std::size_t block = no_block;  // where it stands among the blocks
};

// What the site calls itself, and the label of its domain.
SiteNames site_names(const HeadFields& head, Arena& arena);

// `decisions` may be empty; without a tree (flattened text) the blocks alone must do.
TitleChoice choose_title(const Page& page, const HeadFields& head, const Blocks& blocks,
                         const Decisions& decisions, const SiteNames& sites, DateOrder order, Arena& arena);

}  // namespace offprint
