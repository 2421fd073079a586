#include "tree/values.h"

#include <cstring>

namespace offprint {
namespace {

// 8 bytes at a time; for keys that only live on one page.
std::uint64_t hash_bytes(std::string_view s) {
  std::uint64_t h = 1 ^ (s.size() * 0x9E3779B97F4A7C15u);
  const char* p = s.data();
  std::size_t n = s.size();
  for (; n >= 8; p += 8, n -= 8) {
    std::uint64_t w;
    std::memcpy(&w, p, 8);
    h = (h ^ w) * 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
  }
  std::uint64_t w = 0;
  if (s.size() >= 8) {
    // The last eight, of which some were hashed already.
    std::memcpy(&w, s.data() + s.size() - 8, 8);
  } else {
    for (std::size_t i = 0; i < n; ++i)
      w |= static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) << (8 * i);
  }
  h = (h ^ w) * 0xD6E8FEB86659FD93u;
  // The last letters stand in the highest bits, which a product carries nowhere: twice, so that the table's low bits know of them.
  h ^= h >> 32;
  h *= 0xD6E8FEB86659FD93u;
  h ^= h >> 29;
  return h == 0 ? 1 : h;
}

// A value that finds no slot within so many has a number of its own each time: only values made to collide do.
constexpr std::size_t most_steps = 128;

}  // namespace

void ValueNumbers::clear() {
  if (slots.capacity() > most_kept_values) *this = {};
  hashes.clear();
  slots.assign(1024, 0);
}

std::uint32_t ValueNumbers::number_of(std::string_view value) {
  if (hashes.size() * 2 >= slots.size()) {
    slots.assign(slots.empty() ? 1024 : slots.size() * 2, 0);
    for (std::size_t n = 0; n < hashes.size(); ++n) {
      std::size_t at = hashes[n] & (slots.size() - 1), steps = 0;
      for (; slots[at] != 0 && steps < most_steps; ++steps) at = (at + 1) & (slots.size() - 1);
      if (steps < most_steps) slots[at] = static_cast<std::uint32_t>(n + 1);
    }
  }
  const std::uint64_t hash = hash_bytes(value);
  std::size_t at = hash & (slots.size() - 1), steps = 0;
  for (; slots[at] != 0 && steps < most_steps; ++steps, at = (at + 1) & (slots.size() - 1))
    if (hashes[slots[at] - 1] == hash) return slots[at];
  hashes.push_back(hash);
  if (steps < most_steps) slots[at] = static_cast<std::uint32_t>(hashes.size());
  return static_cast<std::uint32_t>(hashes.size());
}

}  // namespace offprint
