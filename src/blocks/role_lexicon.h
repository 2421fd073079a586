// Sums of what single tokens say about roles (token_table.h): the columns far_… and word_… of features.h.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "blocks/token_table.h"

namespace offprint {

// In integers, so that all machines get the same.
struct RoleSums {
  std::array<std::int16_t, role_width> of{};
  void add(const std::array<std::int8_t, role_width>& values) {
    for (std::size_t r = 0; r < role_width; ++r) of[r] = static_cast<std::int16_t>(of[r] + values[r]);
  }
  void add(const RoleSums& other) {
    for (std::size_t r = 0; r < role_width; ++r) of[r] = static_cast<std::int16_t>(of[r] + other.of[r]);
  }
};

// sum × part >> 8, of which 16 bits are kept: in words, which compilers make vectors of.
inline std::int16_t part_of(std::int16_t sum, std::int16_t part) {
  const int product = sum * part;
  const auto low = static_cast<std::uint16_t>(static_cast<std::uint16_t>(product) >> 8), high = static_cast<std::uint16_t>(product >> 16);
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(high << 8) | low);
}

// As a feature: sixteenths within what a byte of seven bits can tell.
inline std::int8_t role_feature(std::int16_t sixteenths) {
  return static_cast<std::int8_t>(std::clamp<std::int16_t>(sixteenths, -64, 63));
}

}  // namespace offprint
