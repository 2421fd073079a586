#include "pipeline/arrow_ipc.h"

#include <flatbuffers/flatbuffers.h>

#include <array>
#include <cstring>

namespace offprint::pipeline {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using Table = Offset<flatbuffers::Table>;

// Of Schema.fbs, Message.fbs and File.fbs, format version 1.4: fields by their number, members of unions and
// enumerations by their value.
constexpr std::int16_t version_5 = 4;
enum : std::uint8_t { header_schema = 1, header_record_batch = 3 };
enum : std::uint8_t {
  type_int = 2,
  type_float = 3,
  type_utf8 = 5,
  type_bool = 6,
  type_list = 12,
  type_struct = 13
};
enum : std::int16_t { precision_single = 1, precision_double = 2 };
struct FieldNode {
  std::int64_t length, null_count;
};
struct BufferPlace {
  std::int64_t offset, length;
};
struct Block {
  std::int64_t offset;
  std::int32_t metadata_length, padding;
  std::int64_t body_length;
};
constexpr flatbuffers::voffset_t field(int number) {
  return static_cast<flatbuffers::voffset_t>(4 + 2 * number);
}

constexpr std::size_t alignment = 64;
constexpr std::string_view magic = "ARROW1";
std::size_t padded(std::size_t size) {
  return (size + alignment - 1) / alignment * alignment;
}

template <class T>
void append(T value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// The depth of this is that of our columns, not of any input.
Table field_of(const ArrowField& shape, FlatBufferBuilder& b) {
  std::vector<Table> children;
  for (const ArrowField& child : shape.children) children.push_back(field_of(child, b));
  const auto children_at = b.CreateVector(children);
  const auto name = b.CreateString(shape.name);
  std::uint8_t kind = type_utf8;
  auto start = b.StartTable();
  switch (shape.format) {
    case 'i':
    case 'l':
      kind = type_int;
      b.AddElement<std::int32_t>(field(0), shape.format == 'i' ? 32 : 64, 0);
      b.AddElement<std::uint8_t>(field(1), 1, 0);
      break;
    case 'f':
    case 'g':
      kind = type_float;
      b.AddElement<std::int16_t>(field(0), shape.format == 'f' ? precision_single : precision_double, 0);
      break;
    case 'b':
      kind = type_bool;
      break;
    case 'L':
      kind = type_list;
      break;
    case 'S':
      kind = type_struct;
      break;
    default:
      break;
  }
  const Table type(b.EndTable(start));
  start = b.StartTable();
  b.AddOffset(field(0), name);
  b.AddElement<std::uint8_t>(field(1), shape.nullable ? 1 : 0, 0);
  b.AddElement<std::uint8_t>(field(2), kind, 0);
  b.AddOffset(field(3), type);
  b.AddOffset(field(5), children_at);
  return Table(b.EndTable(start));
}

Table schema_of(const ArrowField& shape, FlatBufferBuilder& b) {
  std::vector<Table> columns;
  for (const ArrowField& column : shape.children) columns.push_back(field_of(column, b));
  const auto columns_at = b.CreateVector(columns);
  const auto start = b.StartTable();
  b.AddElement<std::int16_t>(field(0), 0, 1);  // little endian
  b.AddOffset(field(1), columns_at);
  return Table(b.EndTable(start));
}

// A message's head, padded so that what follows it in the file lies at a multiple of 64.
std::size_t append_message(FlatBufferBuilder& b, std::uint8_t header, Table value, std::int64_t body_length,
                           std::size_t offset, std::string& out) {
  const auto start = b.StartTable();
  b.AddElement<std::int64_t>(field(3), body_length, 0);
  b.AddOffset(field(2), value);
  b.AddElement<std::int16_t>(field(0), version_5, 0);
  b.AddElement<std::uint8_t>(field(1), header, 0);
  b.Finish(Table(b.EndTable(start)));
  const std::size_t whole = padded(offset + 8 + b.GetSize()) - offset;
  append(std::uint32_t{0xffffffff}, out);
  append(static_cast<std::int32_t>(whole - 8), out);
  out.append(reinterpret_cast<const char*>(b.GetBufferPointer()), b.GetSize());
  out.append(whole - 8 - b.GetSize(), '\0');
  return whole;
}

struct Body {
  std::vector<FieldNode> nodes;
  std::vector<BufferPlace> places;
  std::vector<std::string_view> buffers;
  std::size_t length = 0;

  void add(const void* bytes, std::size_t size) {
    places.push_back({static_cast<std::int64_t>(length), static_cast<std::int64_t>(size)});
    buffers.push_back(size == 0 ? std::string_view{}
                                : std::string_view(static_cast<const char*>(bytes), size));
    length += padded(size);
  }
};

void gather(const ArrowField& shape, const ArrowArray& array, Body& body) {
  const auto length = static_cast<std::size_t>(array.length);
  body.nodes.push_back({array.length, array.null_count});
  body.add(array.buffers[0], array.buffers[0] == nullptr ? 0 : (length + 7) / 8);
  std::size_t width = 0;
  switch (shape.format) {
    case 'S':
      break;
    case 'L':
      body.add(array.buffers[1], (length + 1) * 4);
      break;
    case 'b':
      body.add(array.buffers[1], (length + 7) / 8);
      break;
    case 'i':
    case 'f':
      width = 4;
      break;
    case 'l':
    case 'g':
      width = 8;
      break;
    default: {
      const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
      body.add(offsets, (length + 1) * 4);
      body.add(array.buffers[2], static_cast<std::size_t>(offsets[length]));
    }
  }
  if (width != 0) body.add(array.buffers[1], length * width);
  for (std::size_t i = 0; i < shape.children.size(); ++i) gather(shape.children[i], *array.children[i], body);
}

}  // namespace

void append_ipc_head(const ArrowField& shape, bool file, std::string& out) {
  if (file) out.append(magic).append(2, '\0');
  FlatBufferBuilder b;
  const Table schema = schema_of(shape, b);
  append_message(b, header_schema, schema, 0, out.size(), out);
}

void append_ipc_batch(const ArrowField& shape, const ArrowArray& batch, std::string& out, BatchIndex& index) {
  Body body;
  for (std::size_t i = 0; i < shape.children.size(); ++i) gather(shape.children[i], *batch.children[i], body);
  FlatBufferBuilder b;
  const auto places = b.CreateVectorOfStructs(body.places.data(), body.places.size());
  const auto nodes = b.CreateVectorOfStructs(body.nodes.data(), body.nodes.size());
  const auto start = b.StartTable();
  b.AddElement<std::int64_t>(field(0), batch.length, 0);
  b.AddOffset(field(1), nodes);
  b.AddOffset(field(2), places);
  const Table table(b.EndTable(start));
  const std::size_t head =
      append_message(b, header_record_batch, table, static_cast<std::int64_t>(body.length), 0, out);
  out.reserve(out.size() + body.length);
  for (const std::string_view buffer : body.buffers) {
    out.append(buffer);
    out.append(padded(buffer.size()) - buffer.size(), '\0');
  }
  index.push_back(head);
  index.push_back(body.length);
}

void append_ipc_end(const ArrowField& shape, bool file, const std::vector<BatchIndex>& batches,
                    std::string& out) {
  append(std::uint32_t{0xffffffff}, out);
  append(std::uint32_t{0}, out);
  if (!file) return;
  FlatBufferBuilder b;
  std::vector<Block> blocks;
  for (const BatchIndex& batch : batches)
    blocks.push_back({static_cast<std::int64_t>(batch[0]), static_cast<std::int32_t>(batch[1]), 0,
                      static_cast<std::int64_t>(batch[2])});
  const auto blocks_at = b.CreateVectorOfStructs(blocks.data(), blocks.size());
  const Table schema = schema_of(shape, b);
  const auto start = b.StartTable();
  b.AddOffset(field(1), schema);
  b.AddOffset(field(3), blocks_at);
  b.AddElement<std::int16_t>(field(0), version_5, 0);
  b.Finish(Table(b.EndTable(start)));
  out.append(reinterpret_cast<const char*>(b.GetBufferPointer()), b.GetSize());
  append(static_cast<std::int32_t>(b.GetSize()), out);
  out.append(magic);
}

}  // namespace offprint::pipeline
