// What stands beside requests for support: the roles their words are, or are not, mistaken for, and boxes of others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "blocks/blocks.h"
#include "document/request_words.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// Roles that a request's words are not mistaken for.
bool is_foreign(Role r);
// Roles that a request's controls and notices often get.
bool is_beside(Role r);
// A label of giving, unlike "Close" or "Learn more".
bool chooses(const Said& s);
// Where a link in the block, or around it, leads by which one gives: the page's own site or a platform, or others'.
enum class GivingLink : std::uint8_t { none, of_others, own };
GivingLink giving_link(Page& page, const Blocks& blocks, std::size_t block, std::string_view base, Arena& arena);
// Whether a link in the block, or around it, leads to where one gives.
bool leads_to_giving(Page& page, const Blocks& blocks, std::size_t block, std::string_view base, Arena& arena);

// Whether an element around a block is named as one of comments.
bool among_comments(Page& page, const RawBlock& block);
// "Advertisement", "Anzeige" alone: of what follows.
bool labels_advertisement(const Said& s);

}  // namespace offprint
