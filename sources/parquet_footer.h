// A Parquet file's table of contents: its columns, and where the row groups hold them. Tested by
// tests/sources/parquet_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sources/window.h"

namespace offprint::sources {

struct ParquetLeaf {
  static constexpr int strings = 6;  // BYTE_ARRAY of parquet.thrift
  std::string name;                  // dotted
  int type = -1;
  unsigned most_definition = 0;
  bool in_list = false;
};

struct ParquetChunk {
  std::uint64_t begin = 0, size = 0;  // in the file
  int codec = 0;
};

struct ParquetGroup {
  std::uint64_t first = 0, rows = 0;
  std::vector<ParquetChunk> chunks;  // of the columns that were asked for, in their order
};

// The bytes of the table of contents, from the end of the file; false with `error`.
bool read_footer(std::unique_ptr<Feed> file, std::string& footer, std::string& error);
bool read_leaves(const std::string& footer, std::vector<ParquetLeaf>& leaves);
// `wanted`: indices of leaves.
bool read_groups(const std::string& footer, const std::vector<std::size_t>& wanted,
                 std::vector<ParquetGroup>& groups, std::uint64_t& rows);

}  // namespace offprint::sources
