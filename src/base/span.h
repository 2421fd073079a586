// Half-open byte ranges of the decoded text of a page (UTF-8). Pages over 4 GiB - 1 are refused before.
#pragma once

#include <cstdint>

namespace offprint {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool operator==(const Span&) const = default;
};

}  // namespace offprint
