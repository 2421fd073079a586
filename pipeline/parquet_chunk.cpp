#include "pipeline/parquet_chunk.h"

#include <libdeflate.h>

#include <cstring>
#include <string_view>
#include <unordered_map>

#include "sources/thrift.h"

namespace offprint::pipeline {
namespace {

using sources::ThriftWriter;

enum { page_data = 0, page_dictionary = 2 };  // of parquet.thrift

constexpr std::size_t most_distinct = 4096, longest_entry = 512;  // of a dictionary

template <class T>
void append(T value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string_view text_at(const ArrowArray& array, std::int64_t i) {
  const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
  return {static_cast<const char*>(array.buffers[2]) + offsets[i],
          static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
}

// Few different strings: the dictionary, and the number of each value in it. False where there are many.
bool find_dictionary(const ColumnLeaf& leaf, std::string& dictionary, std::uint32_t& entries,
                     std::vector<std::uint32_t>& numbers) {
  std::unordered_map<std::string_view, std::uint32_t> seen;
  std::size_t values = 0;
  for (const Slot& slot : leaf.slots) {
    if (slot.index < 0) continue;
    const std::string_view text = text_at(leaf.array, slot.index);
    if (text.size() > longest_entry) return false;
    const auto [at, fresh] = seen.try_emplace(text, static_cast<std::uint32_t>(seen.size()));
    ++values;
    if (fresh) {
      if (seen.size() > most_distinct || (values > 64 && seen.size() * 2 > values)) return false;
      append(static_cast<std::uint32_t>(text.size()), dictionary);
      dictionary.append(text);
    }
    numbers.push_back(at->second);
  }
  entries = static_cast<std::uint32_t>(seen.size());
  return values != 0 && seen.size() * 2 <= values + 1;
}

void append_plain(const ColumnLeaf& leaf, std::string& out) {
  const void* values = leaf.array.buffers[1];
  const auto copy = [&]<class T>(T) {
    for (const Slot& slot : leaf.slots)
      if (slot.index >= 0) append(static_cast<const T*>(values)[slot.index], out);
  };
  switch (leaf.shape.format) {
    case 'i':
      return copy(std::int32_t{});
    case 'l':
      return copy(std::int64_t{});
    case 'f':
      return copy(float{});
    case 'g':
      return copy(double{});
    case 'b': {
      unsigned bits = 0, held = 0;
      for (const Slot& slot : leaf.slots) {
        if (slot.index < 0) continue;
        bits |= (static_cast<const std::uint8_t*>(values)[slot.index / 8] >> (slot.index % 8) & 1u) << held;
        if (++held == 8) {
          out.push_back(static_cast<char>(bits));
          bits = held = 0;
        }
      }
      if (held != 0) out.push_back(static_cast<char>(bits));
      return;
    }
    default:
      for (const Slot& slot : leaf.slots) {
        if (slot.index < 0) continue;
        const std::string_view text = text_at(leaf.array, slot.index);
        append(static_cast<std::uint32_t>(text.size()), out);
        out.append(text);
      }
  }
}

struct Chunk {
  std::uint64_t values = 0, unpacked = 0;
};

// A page: its head, then its bytes.
bool append_page(int kind, std::uint64_t values, int encoding, std::string_view bytes, Packer& packer,
                 Chunk& chunk, std::string& out) {
  std::string packed;
  if (!packer.pack(Packing::zstd, bytes, packed)) return false;
  const std::size_t before = out.size();
  ThriftWriter w(out);
  w.begin();
  w.number(1, kind);
  w.number(2, static_cast<std::int64_t>(bytes.size()));
  w.number(3, static_cast<std::int64_t>(packed.size()));
  w.number(4, static_cast<std::int32_t>(libdeflate_crc32(0, packed.data(), packed.size())));
  w.begin(kind == page_data ? 5 : 7);
  w.number(1, static_cast<std::int64_t>(values));
  w.number(2, encoding);
  if (kind == page_data) {
    w.number(3, encoding_rle);
    w.number(4, encoding_rle);
  }
  w.end();
  w.end();
  chunk.unpacked += out.size() - before + bytes.size();
  out.append(packed);
  return true;
}

}  // namespace

int parquet_type_of(char format) {
  switch (format) {
    case 'b':
      return type_boolean;
    case 'i':
      return type_int32;
    case 'l':
      return type_int64;
    case 'f':
      return type_float;
    case 'g':
      return type_double;
    default:
      return type_bytes;
  }
}

bool append_chunk(const ColumnLeaf& leaf, Packer& packer, std::string& out, BatchIndex& index) {
  Chunk chunk;
  const std::size_t begin = out.size();
  std::string page;
  const auto levels = [&](std::uint8_t most, auto level_of) {
    if (most == 0) return;
    const std::size_t at = page.size();
    page.append(4, '\0');
    append_hybrid(leaf.slots.size(), width_of(most), level_of, page);
    const auto size = static_cast<std::uint32_t>(page.size() - at - 4);
    std::memcpy(page.data() + at, &size, 4);
  };
  levels(leaf.most_repetition, [&](std::size_t i) { return std::uint32_t{leaf.slots[i].repetition}; });
  levels(leaf.most_definition, [&](std::size_t i) { return std::uint32_t{leaf.slots[i].definition}; });
  chunk.values = leaf.slots.size();
  std::string dictionary;
  std::uint32_t entries = 0;
  std::vector<std::uint32_t> numbers;
  std::uint64_t data_at = 0;
  const bool few =
      parquet_type_of(leaf.shape.format) == type_bytes && find_dictionary(leaf, dictionary, entries, numbers);
  if (few) {
    if (!append_page(page_dictionary, entries, encoding_plain, dictionary, packer, chunk, out)) return false;
    data_at = out.size() - begin;
    const unsigned width = std::max(1u, width_of(entries - 1));
    page.push_back(static_cast<char>(width));
    append_hybrid(
        numbers.size(), width, [&](std::size_t i) { return numbers[i]; }, page);
  } else {
    append_plain(leaf, page);
  }
  if (!append_page(page_data, chunk.values, few ? encoding_rle_dictionary : encoding_plain, page, packer,
                   chunk, out))
    return false;
  for (const std::uint64_t number : {chunk.values, chunk.unpacked, out.size() - begin, data_at})
    index.push_back(number);
  return true;
}

}  // namespace offprint::pipeline
