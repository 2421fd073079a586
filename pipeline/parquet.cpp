#include "pipeline/parquet.h"

#include <libdeflate.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>
#include <unordered_map>

#include "sources/thrift.h"

namespace offprint::pipeline {
namespace {

using sources::ThriftType;
using sources::ThriftWriter;

constexpr std::string_view magic = "PAR1";
// Of parquet.thrift.
enum { type_boolean = 0, type_int32 = 1, type_int64 = 2, type_float = 4, type_double = 5, type_bytes = 6 };
enum { required = 0, optional = 1, repeated = 2 };
enum { converted_utf8 = 0, converted_list = 3 };
enum { logical_string = 1, logical_list = 3 };
enum { plain = 0, rle = 3, rle_dictionary = 8 };
enum { page_data = 0, page_dictionary = 2 };
enum { codec_zstd = 6 };

constexpr std::size_t most_distinct = 4096, longest_entry = 512;  // of a dictionary

int type_of(char format) {
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

template <class T>
void append(T value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// A place in the table that one column has a level for: the value at `index`, or none of it (-1).
struct Slot {
  std::int64_t index;
  std::uint8_t repetition, definition;
};

struct Leaf {
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
    use(Leaf{shape, array, std::move(slots), repetition, definition});
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

unsigned width_of(std::uint64_t most) {
  return static_cast<unsigned>(std::bit_width(most));
}

std::string_view text_at(const ArrowArray& array, std::int64_t i) {
  const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
  return {static_cast<const char*>(array.buffers[2]) + offsets[i],
          static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
}

// Few different strings: the dictionary, and the number of each value in it. False where there are many.
bool find_dictionary(const Leaf& leaf, std::string& dictionary, std::uint32_t& entries,
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

void append_plain(const Leaf& leaf, std::string& out) {
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
    w.number(3, rle);
    w.number(4, rle);
  }
  w.end();
  w.end();
  chunk.unpacked += out.size() - before + bytes.size();
  out.append(packed);
  return true;
}

bool append_chunk(const Leaf& leaf, Packer& packer, std::string& out, BatchIndex& index) {
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
      type_of(leaf.shape.format) == type_bytes && find_dictionary(leaf, dictionary, entries, numbers);
  if (few) {
    if (!append_page(page_dictionary, entries, plain, dictionary, packer, chunk, out)) return false;
    data_at = out.size() - begin;
    const unsigned width = std::max(1u, width_of(entries - 1));
    page.push_back(static_cast<char>(width));
    append_hybrid(
        numbers.size(), width, [&](std::size_t i) { return numbers[i]; }, page);
  } else {
    append_plain(leaf, page);
  }
  if (!append_page(page_data, chunk.values, few ? rle_dictionary : plain, page, packer, chunk, out))
    return false;
  for (const std::uint64_t number : {chunk.values, chunk.unpacked, out.size() - begin, data_at})
    index.push_back(number);
  return true;
}
constexpr std::size_t numbers_of_chunk = 4;

// The elements of the schema in its order, and the paths of the leaves.
struct Schema {
  std::string bytes;
  std::size_t elements = 0;
  std::vector<std::vector<std::string>> paths;
  std::vector<int> types;

  void add(ThriftWriter& w, std::string_view name, int repetition, int type, std::size_t children,
           int converted, int logical) {
    ++elements;
    w.begin();
    if (type >= 0) w.number(1, type);
    if (repetition >= 0) w.number(3, repetition);
    w.text(4, name);
    if (children != 0) w.number(5, static_cast<std::int64_t>(children));
    if (converted >= 0) w.number(6, converted);
    if (logical >= 0) {
      w.begin(10);
      w.begin(logical);
      w.end();
      w.end();
    }
    w.end();
  }

  void walk(ThriftWriter& w, const ArrowField& shape, std::string name, std::vector<std::string> path) {
    path.push_back(name);
    const int repetition = shape.nullable ? optional : required;
    if (shape.format == 'S') {
      add(w, name, repetition, -1, shape.children.size(), -1, -1);
      for (const ArrowField& child : shape.children) walk(w, child, child.name, path);
    } else if (shape.format == 'L') {
      add(w, name, repetition, -1, 1, converted_list, logical_list);
      add(w, "list", repeated, -1, 1, -1, -1);
      path.push_back("list");
      walk(w, shape.children[0], "element", path);
    } else {
      const bool text = shape.format == 'u';
      const int type = type_of(shape.format);
      add(w, name, repetition, type, 0, text ? converted_utf8 : -1, text ? logical_string : -1);
      paths.push_back(std::move(path));
      types.push_back(type);
    }
  }

  explicit Schema(const ArrowField& shape) {
    ThriftWriter w(bytes);
    add(w, "schema", -1, -1, shape.children.size(), -1, -1);
    for (const ArrowField& column : shape.children) walk(w, column, column.name, {});
  }
};

}  // namespace

void append_parquet_head(std::string& out) {
  out.append(magic);
}

bool append_parquet_group(const ArrowField& shape, const ArrowArray& batch, Packer& packer, std::string& out,
                          BatchIndex& index) {
  index.push_back(static_cast<std::uint64_t>(batch.length));
  std::vector<Slot> rows(static_cast<std::size_t>(batch.length));
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = {static_cast<std::int64_t>(i), 0, 0};
  bool good = true;
  for (std::size_t i = 0; good && i < shape.children.size(); ++i)
    each_leaf(shape.children[i], *batch.children[i], rows, 0, 0,
              [&](const Leaf& leaf) { good = good && append_chunk(leaf, packer, out, index); });
  return good;
}

void append_parquet_end(const ArrowField& shape, const std::vector<BatchIndex>& groups, std::string& out) {
  const Schema schema(shape);
  const std::size_t before = out.size();
  std::uint64_t rows = 0;
  for (const BatchIndex& group : groups) rows += group[1];
  ThriftWriter w(out);
  w.begin();
  w.number(1, 2);
  w.list(2, ThriftType::structure, schema.elements);
  out.append(schema.bytes);
  w.number(3, static_cast<std::int64_t>(rows), ThriftType::i64);
  w.list(4, ThriftType::structure, groups.size());
  for (const BatchIndex& group : groups) {
    std::uint64_t at = group[0], unpacked = 0, packed = 0;
    w.begin();
    w.list(1, ThriftType::structure, schema.paths.size());
    for (std::size_t i = 0; i < schema.paths.size(); ++i) {
      const std::uint64_t* chunk = &group[2 + i * numbers_of_chunk];
      const bool dictionary = chunk[3] != 0;
      const auto big = [&](int id, std::uint64_t value) {
        w.number(id, static_cast<std::int64_t>(value), ThriftType::i64);
      };
      w.begin();
      big(2, 0);
      w.begin(3);
      w.number(1, schema.types[i]);
      w.list(2, ThriftType::i32, dictionary ? 3 : 2);
      w.item(plain);
      w.item(rle);
      if (dictionary) w.item(rle_dictionary);
      w.list(3, ThriftType::binary, schema.paths[i].size());
      for (const std::string& name : schema.paths[i]) w.item(std::string_view(name));
      w.number(4, codec_zstd);
      big(5, chunk[0]);
      big(6, chunk[1]);
      big(7, chunk[2]);
      big(9, at + chunk[3]);
      if (dictionary) big(11, at);
      w.end();
      w.end();
      at += chunk[2];
      unpacked += chunk[1];
      packed += chunk[2];
    }
    w.number(2, static_cast<std::int64_t>(unpacked), ThriftType::i64);
    w.number(3, static_cast<std::int64_t>(group[1]), ThriftType::i64);
    w.number(5, static_cast<std::int64_t>(group[0]), ThriftType::i64);
    w.number(6, static_cast<std::int64_t>(packed), ThriftType::i64);
    w.end();
  }
  w.text(6, "offprint " + std::string(version()));
  w.end();
  append(static_cast<std::uint32_t>(out.size() - before), out);
  out.append(magic);
}

}  // namespace offprint::pipeline
