#include "pipeline/parquet.h"

#include <string_view>

#include "pipeline/parquet_chunk.h"
#include "sources/thrift.h"

namespace offprint::pipeline {
namespace {

using sources::ThriftType;
using sources::ThriftWriter;

constexpr std::string_view magic = "PAR1";
// Of parquet.thrift.
enum { required = 0, optional = 1, repeated = 2 };
enum { converted_utf8 = 0, converted_list = 3 };
enum { logical_string = 1, logical_list = 3 };
enum { codec_zstd = 6 };

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
      const int type = parquet_type_of(shape.format);
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
              [&](const ColumnLeaf& leaf) { good = good && append_chunk(leaf, packer, out, index); });
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
      w.item(encoding_plain);
      w.item(encoding_rle);
      if (dictionary) w.item(encoding_rle_dictionary);
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
  const auto size = static_cast<std::uint32_t>(out.size() - before);
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out.append(magic);
}

}  // namespace offprint::pipeline
