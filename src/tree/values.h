// Numbers for the values of attributes: classes come again and again on a page, and what one stage or another
// finds out about a value is kept by its number.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tokens/tokens.h"

namespace offprint {

// What a page of a million values took is not kept for the next.
inline constexpr std::size_t most_kept_values = 1u << 18;

// Kept from page to page for its memory.
struct ValueNumbers {
  std::vector<std::uint32_t> slots;   // a power of two of them: a number, or 0
  std::vector<std::uint64_t> hashes;  // of number n: hashes[n - 1]; never 0
  void clear();
  std::uint32_t number_of(std::string_view value);
};

// Equal values have equal numbers, from 1 on in the order in which they are asked for. Values are told apart by 64 bits; those
// made to collide may have several numbers.
inline std::uint32_t value_number(ValueNumbers& values, Attribute& attribute) {
  if (attribute.number == 0) attribute.number = values.number_of(attribute.raw_value());
  return attribute.number;
}

// What was found out by number: `find()` is asked once for each.
template <class Found>
class FoundByNumber {
 public:
  void clear() {
    if (found_.capacity() > most_kept_values) found_ = {};
    found_.clear();
  }
  template <class Find>
  const Found& get(std::uint32_t number, Find&& find) {
    if (number >= found_.size()) found_.resize(number + number / 2 + 64);
    Entry& entry = found_[number];
    if (!entry.known) entry = {find(), true};
    return entry.found;
  }

 private:
  struct Entry {
    Found found{};
    bool known = false;
  };
  std::vector<Entry> found_;
};

}  // namespace offprint
