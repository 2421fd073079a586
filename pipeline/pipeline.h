// pipeline/: captures -> documents, in the order of the inputs, on all cores.
//
// Reading (one at a time, in order) makes batches of captures; batches are extracted and formatted side by
// side; writing (one at a time, in order) appends them. A fixed number of batches is under way, so that
// memory stays flat however large the crawl. Where a batch ends depends on the input alone, so that the
// output's bytes (compressed too: a batch is a gzip member or zstd frame) do not depend on threads or on
// where a run was interrupted. Tested by tests/pipeline.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "offprint/offprint.h"
#include "pipeline/output.h"
#include "pipeline/tally.h"
#include "sources/sources.h"

namespace offprint::pipeline {

struct Filters {
  std::uint32_t min_words = 0;   // as base/text.h counts them
  std::vector<Status> statuses;  // empty = all
  std::vector<PageType> page_types;
  std::vector<std::string> languages;  // "en" is also "en-US"
  // Of the capture, asked before anything is extracted:
  std::vector<std::string> http_statuses;  // "200", "2xx"; what did not come by HTTP has none
  std::vector<std::string> media_types;
};

// How documents are put together in the output: one behind the other, or as rows of a table (table.h).
enum class Container : unsigned char { lines, parquet, arrow_file, arrow_stream };

struct RunOptions {
  sources::SourceOptions sources;
  Options extract;
  WriteOptions write;
  Format format = Format::json;
  Container container = Container::lines;
  bool hashes = false;      // text_hash and simhash, see hashes.h; also in JSON
  bool provenance = false;  // what the archive says of the capture; also in JSON
  std::string separator;    // behind each document, which ends with a newline in any case
  Packing packing = Packing::none;
  Filters filters;
  std::vector<Role> roles;        // not empty: these roles make up `text`
  unsigned threads = 0;           // 0 = all cores
  double checkpoint_seconds = 2;  // between entries of the journal
};

struct Progress {
  std::uint64_t documents = 0, failures = 0, read_bytes = 0, total_bytes = 0;
  // Of these, what an earlier run did: rates and the time left are of this one.
  std::uint64_t earlier_documents = 0, earlier_bytes = 0;
  double seconds = 0;
};

struct RunCalls {
  std::function<void(const Progress&)> progress;  // a few times a second; may be empty
  std::function<void(const Trouble&)> trouble;    // as it turns up, in order
  const std::atomic<bool>* stop = nullptr;        // set it to stop at the next batch
};

struct RunResult {
  bool finished = false;  // all inputs were read and everything was written
  bool stopped = false;   // by `stop`
  std::string error;      // what made writing fail
  Checkpoint state;       // tally and troubles of this and earlier runs
  double seconds = 0;
  unsigned threads = 1;
};

// `resume`: where an earlier run left off (see Output::open_file), or null.
RunResult run(sources::Source& source, const RunOptions& options, Output& output, const Checkpoint* resume,
              const RunCalls& calls);

}  // namespace offprint::pipeline
