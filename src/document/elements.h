// Small readers of the tree that the rooms of this stage share.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "tree/tree.h"

namespace offprint {

// The text below a node, white space collapsed, scripts and styles left out; at most about `limit` bytes. A
// view of the input where it is one text node. With `bars`, blocks within it are parted by " | " rather than
// a blank.
std::string_view text_of(const Page& page, NodeId node, std::size_t limit, Arena& arena, bool bars = false);

// Strengths by which links to members and names of users are known again.
inline constexpr std::uint8_t member_link = 44, user_name = 52;

// What an element's class or id says of it; the strength of the best token, 0 where it says nothing.
struct ClassHint {
  std::uint8_t name = 0;  // an author's name, or a by-line
  std::uint8_t date = 0;  // a date
  bool modified = false;  // of a change
};
ClassHint class_hint(std::string_view value);

// How sure it is that a class or id is that of what is no part of the article: 2 for comments, related
// stories and cards, 1 for side bars, menus, footers; 0 for others.
int is_aside(std::string_view class_or_id);

// 2 where an address leads to the page of an author, 1 where to that of a member, as far as its path tells;
// else 0.
int is_author_path(std::string_view href);

}  // namespace offprint
