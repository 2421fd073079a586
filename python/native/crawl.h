// Captures of files and archives, worked on by threads that read ahead, given back in order to whoever asks.
// pipeline/ pushes documents into a file; this is pulled, which is what iterators and Arrow streams do.
//
// Work is done in units of consecutive captures. A unit is read (one thread at a time, in order), worked on
// (side by side) and taken (in order); no more than `window` are under way, so memory is flat. Nothing here
// knows of Python or needs its lock.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "formats/arrow.h"
#include "kept.h"
#include "offprint/offprint.h"
#include "sources/sources.h"

namespace offprint::python {

enum class Yield : unsigned char { captures, documents, table };

struct CrawlOptions {
  std::vector<std::string> inputs;
  sources::SourceOptions sources;
  Options extract;
  Yield yield = Yield::documents;
  ArrowOptions arrow;
  bool hashes = false;            // a table's: with marks of duplicates
  unsigned threads = 0;           // 0 = all cores
  std::size_t unit_records = 32;  // of a table: rows of a batch
  std::size_t unit_bytes = 1u << 20;
};

// The columns that a table has beyond its documents: of a crawl file, offset, captured, content_type,
// http_status; where asked for, text_hash and simhash. A table without a crawl has no origins.
std::vector<ArrowExtra> extra_columns(bool of_crawl, bool hashes);
bool append_row(ArrowTable& table, const Document& document, const Origin* origin, bool hashes);

struct Unit {
  std::vector<std::shared_ptr<sources::CaptureRecord>> captures;
  std::vector<std::shared_ptr<const Kept>> documents;
  ArrowArray table{};
  std::exception_ptr failure;

  Unit() = default;
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;
  ~Unit() {
    if (table.release != nullptr) table.release(&table);
  }
};

class Crawl {
 public:
  explicit Crawl(CrawlOptions options);
  Crawl(const Crawl&) = delete;
  Crawl& operator=(const Crawl&) = delete;
  ~Crawl();

  enum class Next : unsigned char { unit, end, not_yet, forked };
  // The next unit, waiting for it no longer than `most`. Throws what its work threw.
  Next next(std::unique_ptr<Unit>& unit, std::chrono::milliseconds most);

  std::vector<sources::Loss> losses();
  sources::SourceCounts counts();

 private:
  void start();
  void work();
  std::unique_ptr<Unit> read();

  CrawlOptions options_;
  std::mutex reading_;  // held while a unit is read
  sources::Source source_;

  std::mutex mutex_;  // of all that follows
  std::condition_variable room_, done_;
  std::map<std::size_t, std::unique_ptr<Unit>> finished_;
  std::size_t next_read_ = 0, next_out_ = 0, window_ = 1;
  bool at_end_ = false, stop_ = false, opened_ = false;
  std::exception_ptr broken_;  // reading threw
  std::vector<sources::Loss> losses_;
  sources::SourceCounts counts_;
  std::vector<std::thread> threads_;
  int process_ = 0;  // that has the threads: a fork takes none of them along
};

}  // namespace offprint::python
