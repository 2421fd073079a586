// What pages embed: frames with videos and posts, players of their own.
//
// Tested by tests/formats/content_test.cpp.
#pragma once

#include "blocks/blocks.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// Where an embed's contents are, as written; empty for what shows nothing: counters of one pixel, empty
// frames.
std::string_view embed_address(Page& page, NodeId embed, Arena& arena);

// A picture or an embed that nobody sees: it counts readers.
bool is_dot(Page& page, NodeId element);
// The name that the page gives it, if any.
std::string_view embed_label(Page& page, NodeId embed);

// Whether it is part of the content: between two blocks of it, or in one box with one.
bool embed_is_content(const Page& page, const Blocks& blocks, const Decisions& decisions,
                      const RawEmbed& embed);

// Whether what it holds, as the quotation of a post does, is content and leads there already.
bool is_linked(Page& page, const Blocks& blocks, const Decisions& decisions, const RawEmbed& embed, std::string_view address);

}  // namespace offprint
