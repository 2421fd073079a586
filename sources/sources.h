// sources/: what the user names -> captures, in order, one at a time.
//
//   offprint::sources::Source source;
//   source.open(specs, options);
//   offprint::sources::CaptureRecord record;           // reuse it, it keeps its memory
//   while (source.next(record)) use(record);           // look at record.error first
//   report(source.losses());
//
// Reads plain, gzip, zstd, lz4 and brotli files, folders, globs, standard input, WARC (response, resource,
// conversion), WACZ, Parquet and JSON Lines. Damage never stops it: it goes on with the next record and notes
// what was lost. Nothing here prints or aborts, and nothing but std::bad_alloc is thrown. Tested by
// tests/sources.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "offprint/offprint.h"
#include "sources/buffer.h"
#include "sources/codec.h"
#include "sources/http.h"
#include "sources/jsonl.h"
#include "sources/loss.h"

namespace offprint::sources {

struct SourceOptions {
  Input input = Input::detect;
  std::string url;                      // of a page that has no address of its own
  JsonColumns columns;                  // of JSON Lines and Parquet
  std::size_t most_bytes = 128u << 20;  // of a record, and of a page unpacked
  double most_ratio = 300;              // of unpacked to packed bytes, beyond the first 16 MB
  bool defer = false;          // next() leaves HTTP codings and sniffing to finish(), for another thread
  bool check_digests = false;  // of WARC records: other bytes than were captured are damage
  std::string leave_out;       // a file that is no input though its folder is: the output of an earlier run
  std::uint32_t shard = 0, shards = 1;  // only every shards-th input (of one archive: capture)
};

struct CaptureRecord {
  std::string source;                             // for the document: path as given, or the record's URI
  std::string file;                               // the file that it stands in
  std::uint64_t offset = 0;                       // where; in Parquet: the number of the row
  std::uint32_t file_index = 0, entry_index = 0;  // of list_files(); of an archive within it
  std::uint64_t ordinal = 0;                      // of the captures of this entry, from 0
  bool seekable = false;                          // reading can start at `offset` again
  std::string url, date, charset, content_type, title;
  bool seed = false;  // of the crawl, as a WACZ says
  int http_status = 0;
  Input input = Input::detect;
  Buffer bytes;
  std::string error;   // not empty: there is no page, and this is why (a named input that cannot be read)
  std::string damage;  // not empty: `bytes` is what could be had, and this is why

  // Until finish(): the codings that `bytes` still carries, and whether it must look like HTML.
  bool pending = false, sniff = false, from_http = false;
  std::string transfer_encoding, content_encoding;
  std::string http_head, block_digest, payload_digest;  // with check_digests
};

struct SourceCounts {
  std::uint64_t files = 0, failed = 0;  // inputs opened; inputs that could not be read
  std::uint64_t records = 0;            // WARC records of all types
  std::uint64_t captures = 0;           // given back by next()
  std::uint64_t revisits = 0;           // records that only point to an earlier capture
  std::uint64_t other_types = 0;        // requests, metadata, ...
  std::uint64_t not_pages = 0;          // responses that are no HTML
  std::uint64_t too_large = 0;
};

// Where a capture stands, so that a later run can go on behind it.
struct Position {
  std::uint32_t file_index = 0, entry_index = 0;
  std::uint64_t ordinal = 0, offset = 0;
  bool seekable = false;
};
inline Position position_of(const CaptureRecord& r) {
  return {r.file_index, r.entry_index, r.ordinal, r.offset, r.seekable};
}

class Source {
 public:
  Source();
  ~Source();
  Source(Source&&) noexcept;
  Source& operator=(Source&&) noexcept;

  // Lists the inputs. Inputs that do not exist come up in next(), as records with an error.
  void open(const std::vector<std::string>& specs, const SourceOptions& options);
  bool next(CaptureRecord& record);
  // Goes to just behind a capture of an earlier run over the same inputs; losses up to there are not told
  // again. False where the input has no such capture any more.
  bool go_behind(const Position& position);
  // Takes the memory of a record's bytes for captures to come: for who holds many records at once. Any thread may call it, also
  // while next() runs.
  void recycle(CaptureRecord& record);

  std::size_t inputs() const;
  const std::string& path_of(std::uint32_t file_index) const;
  // True where there is one input and it is one page: no folder, archive or JSON Lines.
  bool single_page();
  // Bytes of all inputs on disk (0 where a pipe is among them), and how many of them were read.
  std::uint64_t total_bytes() const;
  std::uint64_t read_bytes() const;

  Losses& losses();
  const SourceCounts& counts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What `defer` left to do. False where the capture is no page after all. Safe to run for different records at
// once, each with its own decoder and losses.
bool finish(CaptureRecord& record, HttpDecoder& decoder, const SourceOptions& options, Losses& losses);

}  // namespace offprint::sources
