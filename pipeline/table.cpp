#include "pipeline/table.h"

#include <fmt/format.h>

#include <iterator>

#include "pipeline/arrow_ipc.h"
#include "pipeline/hashes.h"
#include "pipeline/parquet.h"

namespace offprint::pipeline {
namespace {

ArrowOptions table_options(const RunOptions& options) {
  ArrowOptions table;
  table.blocks = options.write.blocks;
  return table;
}

ArrowField shape_of(const RunOptions& options) {
  return arrow_shape(table_options(options), Extras(options).columns);
}

}  // namespace

Extras::Extras(const RunOptions& options) {
  using Type = ArrowExtra::Type;
  if (options.hashes) {
    columns.push_back({"text_hash", Type::utf8});
    columns.push_back({"simhash", Type::int64});
  }
  if (options.provenance) {
    columns.push_back({"file", Type::utf8});
    columns.push_back({"offset", Type::int64});
    columns.push_back({"captured", Type::utf8});
    columns.push_back({"http_status", Type::int64});
    columns.push_back({"media_type", Type::utf8});
    columns.push_back({"seed", Type::boolean});
  }
}

void Extras::fill(const Document& document, const sources::CaptureRecord& record, const RunOptions& options) {
  values.clear();
  const auto text = [&](std::string_view value) { values.push_back({!value.empty(), value, 0}); };
  const auto number = [&](bool known, std::int64_t value) { values.push_back({known, {}, value}); };
  if (options.hashes) {
    text_hash = pipeline::text_hash(document.text);
    text(text_hash);
    number(true, static_cast<std::int64_t>(simhash(document.text)));
  }
  if (options.provenance) {
    text(record.file);
    number(true, static_cast<std::int64_t>(record.offset));
    text(record.date);
    number(record.http_status != 0, record.http_status);
    text(record.content_type);
    number(record.seed, record.seed);
  }
}

void Extras::append_json(std::string& out) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ArrowExtraValue& value = values[i];
    if (!value.known) continue;
    fmt::format_to(std::back_inserter(out), ",\"{}\":", columns[i].name);
    if (columns[i].type == ArrowExtra::Type::utf8)
      append_json_string(value.text, out);
    else if (columns[i].type == ArrowExtra::Type::boolean)
      out += value.number != 0 ? "true" : "false";
    else if (columns[i].name == "simhash")  // JSON's numbers do not hold 64 bits everywhere
      fmt::format_to(std::back_inserter(out), "\"{:016x}\"", static_cast<std::uint64_t>(value.number));
    else
      fmt::format_to(std::back_inserter(out), "{}", value.number);
  }
}

TableWriter::TableWriter(const RunOptions& options)
    : container_(options.container), table_(table_options(options), Extras(options).columns) {}

bool TableWriter::append(const Document& document, std::span<const ArrowExtraValue> extras, Packer& packer,
                         std::string& out, std::vector<BatchIndex>& parts) {
  if (table_.append(document, extras)) return true;
  return table_.rows() != 0 && finish(packer, out, parts) && table_.append(document, extras);
}

bool TableWriter::finish(Packer& packer, std::string& out, std::vector<BatchIndex>& parts) {
  if (table_.rows() == 0) return true;
  bytes_ += table_.bytes();
  struct Holder {
    ArrowArray array{};
    ~Holder() {
      if (array.release != nullptr) array.release(&array);
    }
  } batch;
  table_.finish(&batch.array);
  part_.clear();
  BatchIndex index{out.size()};
  if (container_ != Container::parquet)
    append_ipc_batch(table_.shape(), batch.array, part_, index);
  else if (!append_parquet_group(table_.shape(), batch.array, packer, part_, index))
    return false;
  out.append(part_);
  parts.push_back(std::move(index));
  if (part_.capacity() > (16u << 20)) part_ = {};
  return true;
}

std::string table_head(const RunOptions& options) {
  std::string head;
  if (options.container == Container::parquet)
    append_parquet_head(head);
  else
    append_ipc_head(shape_of(options), options.container == Container::arrow_file, head);
  return head;
}

std::string table_end(const RunOptions& options, const std::vector<BatchIndex>& batches) {
  std::string end;
  if (options.container == Container::parquet)
    append_parquet_end(shape_of(options), batches, end);
  else
    append_ipc_end(shape_of(options), options.container == Container::arrow_file, batches, end);
  return end;
}

}  // namespace offprint::pipeline
