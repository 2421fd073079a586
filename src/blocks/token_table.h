// What tokens (hashes of 32 bits, never 0) of names and of texts tell, and how one is looked up. Learned by
// training/, and features only: see NodeLexicon in boxes.h.
//
// A small index leads to the record of a token; it is mostly enough to see that there is none. Records stand
// by falling use, each in half a cache line, so that those of common tokens share few.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "offprint/document.h"

namespace offprint {

inline constexpr std::size_t role_width = 24;  // the roles, and one to fill the register
static_assert(static_cast<std::size_t>(role_count) < role_width);

// Which of a record's numbers were learned; the others are 0.
enum Told : std::uint8_t { tells_content = 1, tells_roles = 2 };

struct alignas(32) TokenRecord {
  std::uint32_t token = 0;
  std::array<std::int8_t, role_width>
      roles{};              // for every role, how much likelier it becomes: log-odds in sixteenths
  std::int8_t content = 0;  // the same for being content
  std::uint8_t told = 0;    // of Told
};
static_assert(sizeof(TokenRecord) == 32);

// What a token adds to the first layer of the net, learned with it: see TextVectors in features.h.
inline constexpr std::size_t vector_width = 64;
struct alignas(64) TokenVector {
  std::array<std::int8_t, vector_width> of{};
};

struct TokenTable {
  // A power of two. 0, or a record's number + 1 in the low bits, and above them the token's own highest bits.
  std::span<const std::uint32_t> index;
  std::span<const TokenRecord> records;
  // Of the first records, those of the commonest tokens; there may be none.
  std::span<const TokenVector> vectors;

  static constexpr unsigned number_bits = 18;
  static constexpr std::uint32_t number_mask = (1u << number_bits) - 1;
  static constexpr std::uint32_t entry(std::uint32_t token, std::size_t record) {
    return (token & ~number_mask) | static_cast<std::uint32_t>(record + 1);
  }
  // Where the search for a token begins, in an index of so many slots. It goes on one by one, around the end.
  static constexpr std::size_t first_slot(std::uint32_t token, std::size_t slots) {
    return (token * 0x9E3779B1u) & (slots - 1);
  }

  // Tables are larger than near caches: what will be looked up is called for beforehand, first the index,
  // then the record. (GCC takes a function that only calls for memory for one without effects, and drops it where it is not inline: look
  // for `prefetch` in what it makes.)
  [[gnu::always_inline]] void call_index(std::uint32_t token) const { __builtin_prefetch(&index[first_slot(token, index.size())]); }
  // Without branches: the record that the first slot leads to, nine times of ten the token's; for find_near().
  std::uint32_t call_record(std::uint32_t token) const {
    const std::uint32_t at = index[first_slot(token, index.size())] & number_mask, near = at - (at != 0);
    __builtin_prefetch(records.data() + near);
    __builtin_prefetch(vectors.data() + (near < vectors.size() ? near : 0));
    return near;
  }
  // The vector of a record of this table, or null.
  const TokenVector* vector_of(const TokenRecord* record) const {
    const auto number = static_cast<std::size_t>(record - records.data());
    return number < vectors.size() ? vectors.data() + number : nullptr;
  }
  const TokenRecord* find_near(std::uint32_t token, std::uint32_t near) const {
    const TokenRecord& record = records[near];
    if (record.token == token) [[likely]] return &record;
    return find(token);
  }

  // The token's record, or null.
  const TokenRecord* find(std::uint32_t token) const {
    if (index.empty()) return nullptr;
    for (std::size_t i = first_slot(token, index.size());; i = (i + 1) & (index.size() - 1)) {
      const std::uint32_t at = index[i];
      if (at == 0) return nullptr;
      if (((at ^ token) & ~number_mask) != 0) continue;
      const TokenRecord& record = records[(at & number_mask) - 1];
      if (record.token == token) return &record;
    }
  }
};

}  // namespace offprint
