// Batches of documents as a Parquet file: a row group a batch, made by itself and only then given its place,
// so that row groups are packed side by side and a run that was killed goes on behind the last whole one.
//
// Of the format (https://parquet.apache.org/docs/file-format/) this uses what every reader knows: pages of
// version 1, one a column chunk, packed with zstd; PLAIN, or a dictionary where a column of strings has few
// different ones; lists of three levels. Tested by tests/pipeline/table_test.cpp (with our own reader), and
// against pyarrow and DuckDB by tests/pipeline/tables.py.
#pragma once

#include <string>
#include <vector>

#include "formats/arrow.h"
#include "pipeline/arrow_ipc.h"
#include "pipeline/output.h"

namespace offprint::pipeline {

void append_parquet_head(std::string& out);
// `out` holds nothing else. False where memory ran out in packing.
bool append_parquet_group(const ArrowField& shape, const ArrowArray& batch, Packer& packer, std::string& out,
                          BatchIndex& index);
void append_parquet_end(const ArrowField& shape, const std::vector<BatchIndex>& groups, std::string& out);

}  // namespace offprint::pipeline
