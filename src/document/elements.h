// Small readers of the tree that the rooms of this stage share.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "tree/tree.h"

namespace offprint {

// The text below a node, white space collapsed, scripts and styles left out; at most about `limit` bytes. A view of the
// input where it is one text node.
std::string_view text_of(const Page& page, NodeId node, std::size_t limit, Arena& arena);

// What an element's class or id says of it; the strength of the best token, 0 where it says nothing.
struct ClassHint {
  std::uint8_t name = 0;      // an author's name, or a by-line
  std::uint8_t date = 0;      // a date
  bool modified = false;      // of a change
};
ClassHint class_hint(std::string_view value);

// True where a class or id is that of comments, related stories, side bars, menus, footers …
bool is_aside(std::string_view class_or_id);

// True where an address leads to the page of an author or a member.
bool is_author_path(std::string_view href);

}  // namespace offprint
