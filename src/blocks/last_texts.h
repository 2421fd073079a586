// Texts that come again and again on a page: menus stand there twice, "Read more" under each teaser, "Donate" on each button.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "blocks/blocks.h"

namespace offprint {

inline constexpr std::uint32_t no_block = 0xFFFFFFFFu;

// Of each of some hundred beginnings and ends the last block that was asked for.
class LastTexts {
 public:
  LastTexts() { clear(); }
  void clear() { last_.fill(no_block); }
  // A block asked for before that has the same text as `i`, if it is known.
  std::uint32_t before(const std::vector<RawBlock>& blocks, std::uint32_t i) {
    const std::string_view s = blocks[i].text;
    const std::uint32_t other = std::exchange(last_[slot(s)], i);
    return other != no_block && blocks[other].text == s ? other : no_block;
  }

 private:
  static std::size_t slot(std::string_view s) {
    std::uint64_t first = 0, end = 0;
    if (s.size() >= 8) {
      std::memcpy(&first, s.data(), 8);
      std::memcpy(&end, s.data() + s.size() - 8, 8);
    } else if (s.size() >= 4) {
      std::memcpy(&first, s.data(), 4);
      std::memcpy(&end, s.data() + s.size() - 4, 4);
    } else if (!s.empty()) {
      first = static_cast<unsigned char>(s.front());
      end = static_cast<unsigned char>(s.back());
    }
    return ((first ^ s.size()) * 0x9E3779B97F4A7C15u ^ end * 0xD6E8FEB86659FD93u) >> 55;
  }
  std::array<std::uint32_t, 512> last_;
};

}  // namespace offprint
