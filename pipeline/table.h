// Documents as rows of a table: Parquet, or Arrow IPC as a file or a stream. Each batch is made by itself;
// the file's end is made of what is known of all of them. Tested by tests/pipeline/table_test.cpp, and
// against pyarrow and DuckDB by tests/pipeline/tables.py.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "formats/arrow.h"
#include "pipeline/pipeline.h"

namespace offprint::pipeline {

// The columns beyond those of a document, as --hashes and --provenance ask for them; the members of JSON have
// the same names. Values are views of what they are made from.
struct Extras {
  std::vector<ArrowExtra> columns;
  std::vector<ArrowExtraValue> values;
  std::string text_hash;

  explicit Extras(const RunOptions& options);
  void fill(const Document& document, const sources::CaptureRecord& record, const RunOptions& options);
  // `,"name":value` for each value that is known.
  void append_json(std::string& out) const;
};

class TableWriter {
 public:
  explicit TableWriter(const RunOptions& options);
  // Adds a row. Where the rows so far leave it no room they are written first. False: too large for a table,
  // or memory ran out.
  bool append(const Document& document, std::span<const ArrowExtraValue> extras, Packer& packer,
              std::string& out, std::vector<BatchIndex>& parts);
  // Writes the rows that wait.
  bool finish(Packer& packer, std::string& out, std::vector<BatchIndex>& parts);
  std::uint64_t bytes() const { return bytes_; }  // of all rows that were written, unpacked

 private:
  Container container_;
  ArrowTable table_;
  std::string part_;
  std::uint64_t bytes_ = 0;
};

std::string table_head(const RunOptions& options);
std::string table_end(const RunOptions& options, const std::vector<BatchIndex>& batches);

}  // namespace offprint::pipeline
