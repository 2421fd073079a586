// Where documents go: standard output, or a file that stands under its name only when it is whole. Until then
// it is NAME.part, and beside it NAME.part.journal says how far it is good, so that a run that was killed at
// any instant goes on where it was. Tested by tests/pipeline.
//
// The journal: a line of JSON an entry, each with its checksum. The first names the run (a fingerprint of
// inputs and options); each further one says up to which capture the output is complete, how long it is then,
// the checksum of what was added since the entry before, and what was counted so far. An entry is written
// after the bytes that it vouches for are on the disk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/tally.h"
#include "sources/sources.h"

namespace offprint::pipeline {

enum class Packing : unsigned char { none, gzip, zstd };
Packing packing_of(std::string_view path);  // by the end of its name
// One member, or frame, of `bytes`; appended to `out`. Packers are not shared between threads.
class Packer {
 public:
  Packer() = default;
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;
  ~Packer();
  bool pack(Packing packing, std::string_view bytes, std::string& out);

 private:
  void* gzip_ = nullptr;
  void* zstd_ = nullptr;
};

// What the footer of a table's file needs to know of a batch: where it begins, then what the writer of the
// format put there.
using BatchIndex = std::vector<std::uint64_t>;

struct Checkpoint {
  sources::Position position;
  std::uint64_t length = 0;  // of the output
  Tally tally;
  sources::SourceCounts counts;
  std::vector<Trouble> troubles;    // all of the run so far
  std::vector<BatchIndex> batches;  // the same, of a table
};

class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();

  void open_stdout();
  // A file. With a fingerprint it can be gone on with: `checkpoint` is then filled where an earlier run left
  // one, and `resumed` is set. False where nothing can be written, with `error`.
  bool open_file(const std::string& path, std::string_view fingerprint, bool restart, Checkpoint& checkpoint,
                 bool& resumed);

  bool write(std::string_view bytes);
  // Everything so far is complete up to this capture.
  bool note(const Checkpoint& checkpoint);
  // The same, once more, where write() failed behind it: the disk is full, but what was done shall not be
  // lost.
  bool note_after_failure(const Checkpoint& checkpoint);
  // The file gets its name.
  bool finish();
  // Stops before the end: what can be gone on with stays, else the part is removed.
  void stop();

  std::uint64_t length() const { return length_; }
  const std::string& error() const { return error_; }
  bool disk_full() const { return disk_full_; }
  bool pipe_closed() const { return pipe_closed_; }
  bool can_go_on() const { return journalled_; }
  std::string part_path() const { return path_ + ".part"; }

 private:
  bool fail(const char* what, int why);
  bool read_journal(std::string_view fingerprint, Checkpoint& checkpoint, bool& resumed);
  bool append_journal(std::string_view body, bool sync);
  bool write_all(int fd, std::string_view bytes);

  int fd_ = -1, journal_ = -1;
  bool to_stdout_ = false;
  bool wants_journal_ = false;
  bool journalled_ = false;  // the journal holds an entry to go on from
  bool disk_full_ = false, pipe_closed_ = false;
  std::string path_, error_, fingerprint_;
  std::uint64_t length_ = 0, journal_length_ = 0;
  std::uint64_t noted_length_ = 0;
  std::uint32_t crc_ = 0;  // of the bytes since the last entry
  std::size_t noted_troubles_ = 0, noted_batches_ = 0;
};

}  // namespace offprint::pipeline
