// The names by which data says what its members and nodes are.
#pragma once

#include <cstdint>
#include <string_view>

#include "document/held_data.h"

namespace offprint {

// Of members.
bool names_text(std::string_view key);
bool names_title(std::string_view key);
bool names_address(std::string_view key);
bool names_date(std::string_view key);  // or an author: what only whole articles have

// Of nodes.
HeldTag tag_named(std::string_view name);
HeldTag heading_of(std::int64_t level);
bool is_no_text(std::string_view tag);  // an element of React

}  // namespace offprint
