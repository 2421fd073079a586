// WARC 1.0 and 1.1 (and the 0.x before them): frames records, whatever the compression of the file, and finds
// the next one where a record is damaged. Tested by tests/sources/warc_test.cpp and damage_test.cpp (every
// byte of a small file flipped and cut).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "sources/buffer_pool.h"
#include "sources/stream.h"

namespace offprint::sources {

enum class RecordType : unsigned char {
  unknown,
  warcinfo,
  request,
  response,
  resource,
  conversion,
  revisit,
  metadata,
  continuation
};

// Views into the stream, valid until the next call.
struct WarcRecord {
  RecordType type = RecordType::unknown;
  std::string_view id, target, date, content_type, payload_type, truncated, block_digest, payload_digest;
  std::string_view body;     // empty where the record was passed over
  std::uint64_t offset = 0;  // in the file
  bool at_member = false;    // reading can start at `offset` again
  bool skipped = false;      // nobody wanted it, or it is too large
  std::string problem;       // not empty: the record is there, but this was wrong with it
};

struct WarcReader {
  Stream* stream = nullptr;
  BufferPool* pool = nullptr;  // of the memory that records lie in
  std::size_t most_bytes = 128u << 20;  // of a record's body
  // Is this record of no interest? Asked with its head and the first bytes of its body, before the rest of a
  // large one is read.
  std::function<bool(const WarcRecord&, std::string_view first_bytes)> pass_over;

  bool aligned = true;  // every member so far began with a record
  std::uint64_t records = 0;

  // False at the end.
  bool next(WarcRecord& record);
  // `body`, which lies within that of the record that next() told of, as bytes of `to`, with the memory that they lie in; the
  // record's views are void then. False, and nothing is done, where it is small against what lies behind it: it is better copied.
  bool give_body(std::string_view body, Buffer& to);

 private:
  struct Reading;
  std::size_t to_consume_ = 0;
};

}  // namespace offprint::sources
