#include "tree/values.h"

#include <cstring>

namespace offprint {
namespace {

std::uint64_t load(const char* p) {
  std::uint64_t w;
  std::memcpy(&w, p, 8);
  return w;
}

// For keys that only live on one page. 16 bytes at a time, by two products that do not wait for each other; the last 16 may
// have been hashed before.
std::uint64_t hash_bytes(std::string_view s) {
  constexpr std::uint64_t mix = 0xD6E8FEB86659FD93u, other = 0x9E3779B97F4A7C15u;
  const char* p = s.data();
  const std::size_t n = s.size();
  std::uint64_t a = 1 ^ (n * other), b = 0;
  if (n >= 8) {
    for (std::size_t left = n; left > 16; left -= 16, p += 16) {
      a = (a ^ load(p)) * mix;
      b = (b ^ load(p + 8)) * other;
      a ^= a >> 32;
      b ^= b >> 29;
    }
    const char* const end = s.data() + n;
    a ^= n < 16 ? load(s.data()) : load(end - 16);
    b ^= load(end - 8);
  } else if (n >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, p, 4);
    std::memcpy(&last, p + n - 4, 4);
    a ^= first;
    b ^= last;
  } else if (n > 0) {
    const auto byte = [p](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])); };
    a ^= byte(0) | byte(n / 2) << 8 | byte(n - 1) << 16;
  }
  // The last letters stand in the highest bits, which a product carries nowhere: twice, so that the table's low bits know of them.
  a *= mix;
  b = (b ^ b >> 31) * other;
  std::uint64_t h = a ^ a >> 32 ^ (b << 32 | b >> 32);
  h *= mix;
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
