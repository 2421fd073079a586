// What single tokens say about roles: of the names of elements, and of the words of a text. Learned by training/, and a
// feature only: the columns near_…, far_… and word_… of features.h.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "blocks/token_table.h"
#include "offprint/document.h"

namespace offprint {

inline constexpr std::size_t role_width = 24;  // the roles, and one to fill the register
static_assert(static_cast<std::size_t>(role_count) < role_width);

// Token → for every role, how much likelier it becomes: log-odds in sixteenths. See token_table.h.
struct RoleLexicon {
  std::span<const std::uint32_t> keys;   // a power of two of them
  std::span<const std::int8_t> values;   // role_width a key
  const std::int8_t* find(std::uint32_t token) const {
    const int slot = slot_of(keys, token);
    return slot < 0 ? nullptr : values.data() + static_cast<std::size_t>(slot) * role_width;
  }
};

// Sums of such values. Integers, so that all machines get the same.
struct RoleSums {
  std::array<std::int16_t, role_width> of{};
  void add(const std::int8_t* values) {
    for (std::size_t r = 0; r < role_width; ++r) of[r] = static_cast<std::int16_t>(of[r] + values[r]);
  }
  void add(const RoleSums& other) {
    for (std::size_t r = 0; r < role_width; ++r) of[r] = static_cast<std::int16_t>(of[r] + other.of[r]);
  }
};

// As a feature: sixteenths within what a byte of seven bits can tell.
inline std::int8_t role_feature(int sixteenths) { return static_cast<std::int8_t>(std::clamp(sixteenths, -64, 63)); }

}  // namespace offprint
