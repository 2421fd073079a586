// Parquet: the named columns of strings, a row at a time -> captures. Row groups, and in them the pages of
// each column, are read one behind the other, so memory is that of one page a column.
//
// Read are pages of both versions, flat columns and members of structs (a dotted name), the encodings PLAIN,
// dictionary, DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY, and all packings but LZO and the old framing of
// LZ4. What is damaged is a page: the rows in it are lost, those behind it are not. Tested by
// tests/sources/parquet_test.cpp, and with files of pyarrow and DuckDB by tests/pipeline/tables.py.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sources/codec.h"
#include "sources/jsonl.h"
#include "sources/loss.h"

namespace offprint::sources {

class ParquetReader {
 public:
  ParquetReader();
  ~ParquetReader();

  // False with `error` where it is no readable Parquet file or has neither column.
  bool open(const std::string& path, const JsonColumns& columns, const UnpackLimits& limits, Losses& losses,
            std::string& error);
  std::uint64_t rows() const;
  // Goes to the row group that holds this row; rows before it come first.
  void go_to(std::uint64_t row);
  // The next row that has a page; `row` is its number. The views are valid until the next call. False at the
  // end.
  bool next(JsonLine& line, std::uint64_t& row);
  std::uint64_t position() const;  // in the file, roughly

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace offprint::sources
