// Making of the tables that src/blocks/token_table.h looks into.
#pragma once

#include <vector>

#include "blocks/token_table.h"

namespace offprint {

// So many slots that at most half of them are taken by `count` tokens.
inline std::size_t slots_for(std::size_t count) {
  std::size_t slots = 16;
  while (slots < count * 2) slots *= 2;
  return slots;
}

// Puts a token that is not there yet into the table; returns its slot.
inline std::size_t put_token(std::vector<std::uint32_t>& keys, std::uint32_t token) {
  std::size_t i = first_slot(token, keys.size());
  while (keys[i] != 0) i = (i + 1) & (keys.size() - 1);
  keys[i] = token;
  return i;
}

}  // namespace offprint
