// The inside of a Source: where it stands, and what it reads with. captures.cpp has the ways to read the next
// capture of what is open; sources.cpp goes from one input to the next. Nobody else includes this.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sources/buffer_pool.h"
#include "sources/files.h"
#include "sources/input.h"
#include "sources/parquet.h"
#include "sources/sources.h"
#include "sources/wacz.h"
#include "sources/warc.h"

namespace offprint::sources {

struct Source::State {
  SourceOptions options;
  std::vector<FileEntry> files;
  Losses losses;
  SourceCounts counts;
  HttpDecoder decoder;
  BufferPool pool;
  JsonLines json;
  ParquetReader parquet;
  WarcReader warc;
  WarcRecord warc_record;

  std::uint32_t file = 0;  // the next to open, or the one in work
  bool file_open = false;
  std::vector<ZipEntry> entries;  // of the file in work, where it is a ZIP file
  bool zip = false;
  std::uint32_t entry = 0;  // the next to open, or the one in work
  PageLists pages;
  InputKind kind = InputKind::page;
  std::unique_ptr<Stream> stream;  // null: open the next
  bool in_rows = false;            // a Parquet file is open, which is no stream
  std::uint64_t ordinal = 0;
  std::uint64_t done_bytes = 0;
  std::uint64_t seek_to = 0;  // of the entry to be opened next

  UnpackLimits limits() const { return {.most_bytes = options.most_bytes, .most_ratio = options.most_ratio}; }
  bool mine(std::uint64_t number) const {
    return options.shards <= 1 || number % options.shards == options.shard;
  }

  // captures.cpp: the next capture of what is open; false where it has no more.
  bool read_page(CaptureRecord& record);  // always one
  bool read_warc(CaptureRecord& record);
  bool read_line(CaptureRecord& record);
  bool read_row(CaptureRecord& record);
  void begin(CaptureRecord& record) const;
  void put(CaptureRecord& record, std::string_view bytes);
  void fill(CaptureRecord& record, const JsonLine& row);
  bool take(const WarcRecord& r, CaptureRecord& record);

  // sources.cpp
  bool open_next(std::string& why);
  bool open_zip(std::string& why);
  void close_stream();
  void close_file();
  void go_to_file(std::uint32_t index);
  void fail(CaptureRecord& record, std::string name, std::string why);
  bool step(CaptureRecord& record, std::uint64_t& share);
};

}  // namespace offprint::sources
