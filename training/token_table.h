// Making of the tables that src/blocks/token_table.h looks into.
#pragma once

#include <stdexcept>
#include <vector>

#include "blocks/token_table.h"

namespace offprint {

struct TokenStore {
  std::vector<std::uint32_t> index;
  std::vector<TokenRecord> records;

  TokenTable table() const { return {index, records}; }
  TokenRecord* find(std::uint32_t token) { return const_cast<TokenRecord*>(table().find(token)); }

  // The record of a token, a new one where there is none. Pointers hold until the next new one.
  TokenRecord& put(std::uint32_t token) {
    if (TokenRecord* const known = find(token)) return *known;
    if (records.size() + 1 >= TokenTable::number_mask) throw std::length_error("more tokens than an index can number");
    records.push_back({.token = token});
    if (records.size() * 2 > index.size()) {
      index.assign(index.empty() ? 16 : index.size() * 2, 0);
      for (std::size_t i = 0; i < records.size(); ++i) enter(i);
    } else {
      enter(records.size() - 1);
    }
    return records.back();
  }

 private:
  void enter(std::size_t record) {
    const std::uint32_t token = records[record].token;
    std::size_t i = TokenTable::first_slot(token, index.size());
    while (index[i] != 0) i = (i + 1) & (index.size() - 1);
    index[i] = TokenTable::entry(token, record);
  }
};

}  // namespace offprint
