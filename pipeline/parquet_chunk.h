// One column of one row group: its pages, packed. Tested by tests/pipeline/table_test.cpp.
#pragma once

#include <string>

#include "pipeline/output.h"
#include "pipeline/parquet_levels.h"

namespace offprint::pipeline {

// Of parquet.thrift.
enum { type_boolean = 0, type_int32 = 1, type_int64 = 2, type_float = 4, type_double = 5, type_bytes = 6 };
enum { encoding_plain = 0, encoding_rle = 3, encoding_rle_dictionary = 8 };

int parquet_type_of(char arrow_format);

// `index` gets four numbers: how many values, bytes of the pages unpacked and packed, and where the page of
// data begins behind the dictionary (0: there is none). False where memory ran out in packing.
inline constexpr std::size_t numbers_of_chunk = 4;
bool append_chunk(const ColumnLeaf& leaf, Packer& packer, std::string& out, BatchIndex& index);

}  // namespace offprint::pipeline
