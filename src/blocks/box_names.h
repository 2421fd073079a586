// What the names of an element are: tokens of its tag and of its attributes' values, and what the lexicon says of them. Within blocks/ alone;
// collect_tokens() is in boxes.h, groups_of_token() in name_groups.h.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "blocks/boxes.h"

namespace offprint {

// What an attribute is read for.
enum Use : std::uint8_t { for_names = 1, for_landmarks = 2 };
inline constexpr auto uses = [] {
  std::array<std::uint8_t, attribute_count> of{};
  for (const AttributeName id :
       {AttributeName::class_, AttributeName::id, AttributeName::role, AttributeName::itemprop,
        AttributeName::aria_label, AttributeName::data_testid, AttributeName::data_test_id,
        AttributeName::data_qa, AttributeName::data_component, AttributeName::data_module,
        AttributeName::data_role, AttributeName::data_type})
    of[static_cast<std::size_t>(id)] |= for_names;
  for (const AttributeName id :
       {AttributeName::role, AttributeName::aria_hidden, AttributeName::aria_modal, AttributeName::aria_live})
    of[static_cast<std::size_t>(id)] |= for_landmarks;
  return of;
}();
constexpr std::uint8_t use_of(AttributeName id) {
  return uses[static_cast<std::size_t>(id)];
}

std::uint32_t tag_token(const Page& page, NodeId element);
// Adds what the lexicon says of a value.
void read_value(std::string_view value, const NodeLexicon& lexicon, Boxes::Memo& score);

}  // namespace offprint
