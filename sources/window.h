// A file or a pipe as bytes by absolute offset, read through one buffer. Not mapped: a mapped file that
// somebody cuts while we read it is a SIGBUS, and its pages would count as our memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sources/buffer.h"

namespace offprint::sources {

// Where bytes come from.
struct Feed {
  virtual ~Feed() = default;
  // Reads up to n bytes: 0 at the end, -1 where reading failed (`error` says why).
  virtual std::int64_t read(char* to, std::size_t n) = 0;
  virtual bool seek(std::uint64_t) { return false; }
  virtual bool can_seek() const { return false; }
  virtual std::uint64_t size() const { return 0; }  // 0 = not known
  std::string error;
};

// A path, or "-" for standard input; null with `error` where it cannot be opened.
std::unique_ptr<Feed> open_file(const std::string& path, std::string& error);
// Bytes [begin, begin + size) of a file: an archive within an archive.
std::unique_ptr<Feed> open_part(const std::string& path, std::uint64_t begin, std::uint64_t size,
                                std::string& error);
// Bytes in memory, which must outlive the feed.
std::unique_ptr<Feed> feed_of(std::string_view bytes);

class Window {
 public:
  explicit Window(std::unique_ptr<Feed> feed) : feed_(std::move(feed)) {}

  // The bytes that stand at `offset`: at least `want` of them unless the input ends first; more where they
  // are at hand. Valid until the next call. Empty at the end, after a read error, and before what a pipe
  // still holds.
  std::string_view at(std::uint64_t offset, std::size_t want);

  // A pipe keeps bytes from here on, so that a reader can come back to them (up to `most_kept` of them).
  void keep_from(std::uint64_t offset) { keep_ = offset; }

  const std::string& error() const { return feed_->error; }
  bool can_seek() const { return feed_->can_seek(); }
  // The first offset that is still to be had.
  std::uint64_t first() const { return feed_->can_seek() ? 0 : base_; }

  static constexpr std::size_t piece = 256 * 1024;
  static constexpr std::size_t most_kept = 32u << 20;
  // And always so many before the last offset asked for: a codec may give back a few (codec.h).
  static constexpr std::size_t least_kept = 64;

 private:
  std::unique_ptr<Feed> feed_;
  Buffer buffer_;
  std::uint64_t base_ = 0;  // offset of the buffer's first byte
  std::uint64_t keep_ = 0;
  bool ended_ = false;
};

}  // namespace offprint::sources
