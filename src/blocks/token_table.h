// Open-addressed tables of tokens, which are hashes of 32 bits: how one is looked up. The table is compiled in, so the place of
// a token is part of what training/ writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace offprint {

// Where the search for a token begins, in a table of `slots` (a power of two). It goes on one by one, around the end.
inline std::size_t first_slot(std::uint32_t token, std::size_t slots) { return (token * 0x9E3779B1u) & (slots - 1); }

// The slot of a token, or -1. An empty slot has the key 0.
inline int slot_of(std::span<const std::uint32_t> keys, std::uint32_t token) {
  if (keys.empty()) return -1;
  for (std::size_t i = first_slot(token, keys.size());; i = (i + 1) & (keys.size() - 1)) {
    if (keys[i] == token) return static_cast<int>(i);
    if (keys[i] == 0) return -1;
  }
}

}  // namespace offprint
