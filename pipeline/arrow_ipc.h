// Batches of documents as Arrow IPC: a stream, or a file (the stream between two magic words, and a footer
// that says where its batches lie). Nothing is compressed, and all buffers lie at multiples of 64 bytes, so
// that a file can be mapped and used as it lies.
// https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
// Tested by tests/pipeline/table_test.cpp, and against pyarrow and DuckDB by tests/pipeline/tables.py.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/arrow.h"
#include "pipeline/output.h"

namespace offprint::pipeline {

void append_ipc_head(const ArrowField& shape, bool file, std::string& out);
// `out` holds nothing else. The batch's offset is not known yet: `index` gets what follows it.
void append_ipc_batch(const ArrowField& shape, const ArrowArray& batch, std::string& out, BatchIndex& index);
void append_ipc_end(const ArrowField& shape, bool file, const std::vector<BatchIndex>& batches,
                    std::string& out);

}  // namespace offprint::pipeline
