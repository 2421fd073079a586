// One capture -> its document, as bytes of the output. A worker a thread.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/pipeline.h"
#include "pipeline/table.h"

namespace offprint::pipeline {

struct Batch {
  std::vector<sources::CaptureRecord> records;  // the first `used`; all keep their memory
  std::size_t used = 0;
  sources::SourceCounts counts;  // when the last one was read
  std::uint64_t read_bytes = 0;
  std::vector<Trouble> troubles;  // of reading, then of the documents
  Tally tally;
  std::string text, packed;
  std::vector<BatchIndex> parts;  // of a table, offsets within `packed`
  bool out_of_memory = false;
  std::atomic<unsigned> turn{0};  // handed from stage to stage through this, see Run::go()
};

class Worker {
 public:
  // Gives the memory of the pages back to their source.
  void work(Batch& batch, sources::Source& source, const RunOptions& options);

 private:
  void append(const Document& document, const sources::CaptureRecord& record, const RunOptions& options,
              Batch& batch);
  Document with_roles(const Document& document, const std::vector<Role>& roles);
  void one(sources::CaptureRecord& record, const RunOptions& options, Batch& batch);

  Extractor extractor_;
  sources::HttpDecoder decoder_;
  Packer packer_;
  std::optional<TableWriter> table_;
  std::optional<Extras> extras_;
  std::vector<Block> blocks_;
  std::string chosen_;
};

}  // namespace offprint::pipeline
