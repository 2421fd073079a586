// Elements that stand in for what a script will put there: <lite-youtube videoid=…>, <amp-twitter data-tweetid=…>, the quotation that a post
// of a network is until its script has come, a box with the address of a player. Within blocks/ and document/.
//
// Tested by tests/formats/content_test.cpp.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "tree/tree.h"

namespace offprint {

// Whether it may be one; asked of every element without children and every one that HTML does not know.
bool may_stand_in(Page& page, NodeId element);

// The quotation of a post.
bool quotes_post(Page& page, NodeId blockquote);

// The address of what it stands in for, as written or made of a video's number; empty where there is none.
std::string_view stand_in_address(Page& page, NodeId element, Arena& arena);

// <amp-img>.
bool is_picture_element(const Page& page, NodeId element);

}  // namespace offprint
