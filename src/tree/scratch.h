// Working memory of tree construction. It lives in the Page only so that it is kept from page to page.
#pragma once

#include <cstdint>
#include <vector>

#include "generated/names.h"

namespace offprint {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFFu;

enum class InsertionMode : std::uint8_t;

// An entry of the stack of open elements.
struct OpenElement {
  NodeId node;
  NodeId into;           // where its children go: the element, or the contents of a <template>
  std::uint16_t key;     // the Tag of an HTML element; foreign ones have their namespace in the high bits
  std::uint32_t traits;  // see tree/traits.h
};

// An entry of the list of active formatting elements; a marker where node is no_node.
struct FormattingEntry {
  NodeId node;
  std::uint32_t position;         // where in the stack it was last seen
  std::uint32_t removals;         // TreeBuilder::removals then: it cannot have come down by more
  std::uint64_t attributes_hash;  // valid where hashed
  Tag tag;
  bool hashed;
};

struct TreeScratch {
  std::vector<OpenElement> open;
  std::vector<FormattingEntry> formatting;
  std::vector<InsertionMode> template_modes;
  std::vector<NodeId> selected_contents;
};

}  // namespace offprint
