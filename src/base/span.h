// Half-open byte ranges of the decoded text of a page (UTF-8). Pages over 4 GiB - 1 are refused before.
#pragma once

#include <bit>
#include <cstdint>

namespace offprint {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool operator==(const Span&) const = default;
};

// In one register, and so in one store: what is read again at once as a whole would wait for two.
constexpr Span span_of(std::uint32_t begin, std::uint32_t end) {
  if constexpr (std::endian::native == std::endian::little) return std::bit_cast<Span>(begin | std::uint64_t{end} << 32);
  return {begin, end};
}

}  // namespace offprint
