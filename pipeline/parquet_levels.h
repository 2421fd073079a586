// Which rows of a table a column has values for, as Parquet wants to know it: Dremel's levels, and the runs
// in which they are written. Used by parquet.cpp and parquet_chunk.cpp; tested by
// tests/pipeline/table_test.cpp.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "formats/arrow.h"

namespace offprint::pipeline {

// A place in the table that one column has a level for: the value at `index`, or none of it (-1).
struct Slot {
  std::int64_t index;
  std::uint8_t repetition, definition;
};

struct ColumnLeaf {
  const ArrowField& shape;
  const ArrowArray& array;
  std::vector<Slot> slots;
  std::uint8_t most_repetition, most_definition;
};

// Dremel's levels (Melnik et al., 2010), a column at a time. Its depth is that of our columns.
template <class Use>
void each_leaf(const ArrowField& shape, const ArrowArray& array, std::vector<Slot> slots,
               std::uint8_t repetition, std::uint8_t definition, Use&& use) {
  if (shape.nullable) {
    ++definition;
    const auto* valid = static_cast<const std::uint8_t*>(array.buffers[0]);
    for (Slot& slot : slots) {
      if (slot.index < 0) continue;
      if (valid != nullptr && (valid[slot.index / 8] >> (slot.index % 8) & 1) == 0)
        slot.index = -1;
      else
        ++slot.definition;
    }
  }
  if (shape.format == 'S') {
    for (std::size_t i = 0; i < shape.children.size(); ++i)
      each_leaf(shape.children[i], *array.children[i], slots, repetition, definition, use);
  } else if (shape.format == 'L') {
    ++repetition;
    ++definition;
    const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
    std::vector<Slot> items;
    items.reserve(slots.size());
    for (const Slot& slot : slots) {
      if (slot.index < 0 || offsets[slot.index] == offsets[slot.index + 1]) {
        items.push_back({-1, slot.repetition, slot.definition});
        continue;
      }
      std::uint8_t at = slot.repetition;
      for (std::int64_t i = offsets[slot.index]; i < offsets[slot.index + 1]; ++i, at = repetition)
        items.push_back({i, at, static_cast<std::uint8_t>(slot.definition + 1)});
    }
    each_leaf(shape.children[0], *array.children[0], std::move(items), repetition, definition, use);
  } else {
    use(ColumnLeaf{shape, array, std::move(slots), repetition, definition});
  }
}

// The hybrid of runs and packed groups of eight; `value_of(i)` gives the i-th number.
template <class Value>
void append_hybrid(std::size_t count, unsigned width, Value&& value_of, std::string& out) {
  const auto varint = [&](std::uint64_t n) {
    for (; n >= 0x80; n >>= 7) out.push_back(static_cast<char>(n | 0x80));
    out.push_back(static_cast<char>(n));
  };
  const auto run_at = [&](std::size_t i) {
    std::size_t n = 1;
    while (i + n < count && value_of(i + n) == value_of(i)) ++n;
    return n;
  };
  for (std::size_t i = 0; i < count;) {
    const std::size_t run = run_at(i);
    if (run >= 8) {
      varint(run << 1);
      const std::uint32_t value = value_of(i);
      for (unsigned shift = 0; shift < width; shift += 8) out.push_back(static_cast<char>(value >> shift));
      i += run;
      continue;
    }
    // Groups of eight, up to a place where a run begins.
    std::size_t end = i;
    do end += 8;
    while (end < count && run_at(end) < 8);
    varint((end - i) / 8 << 1 | 1);
    std::uint64_t bits = 0;
    unsigned held = 0;
    for (; i < end; ++i) {
      bits |= static_cast<std::uint64_t>(i < count ? value_of(i) : 0) << held;
      for (held += width; held >= 8; held -= 8, bits >>= 8) out.push_back(static_cast<char>(bits));
    }
    i = std::min(end, count);
  }
}

inline unsigned width_of(std::uint64_t most) {
  return static_cast<unsigned>(std::bit_width(most));
}

}  // namespace offprint::pipeline
