#include "sources/window.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace offprint::sources {
namespace {

struct FileFeed final : Feed {
  int fd = -1;
  bool owned = false;
  bool regular = false;
  std::uint64_t begin = 0;                // of the part that we show
  std::uint64_t end = ~std::uint64_t{0};  // in the file
  std::uint64_t position = 0;             // in the file
  std::uint64_t bytes = 0;

  ~FileFeed() override {
    if (owned && fd >= 0) ::close(fd);
  }

  std::int64_t read(char* to, std::size_t n) override {
    n = static_cast<std::size_t>(std::min<std::uint64_t>(n, end - std::min(position, end)));
    if (n == 0) return 0;
    for (;;) {
      ssize_t got = regular ? ::pread(fd, to, n, static_cast<off_t>(position)) : ::read(fd, to, n);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        error = std::strerror(errno);
        return -1;
      }
      position += static_cast<std::uint64_t>(got);
      return got;
    }
  }
  bool seek(std::uint64_t offset) override {
    if (!regular) return false;
    position = begin + offset;
    return true;
  }
  bool can_seek() const override { return regular; }
  std::uint64_t size() const override { return bytes; }
};

struct MemoryFeed final : Feed {
  std::string_view bytes;
  std::size_t position = 0;
  std::int64_t read(char* to, std::size_t n) override {
    n = std::min(n, bytes.size() - std::min(position, bytes.size()));
    if (n != 0) std::memcpy(to, bytes.data() + position, n);
    position += n;
    return static_cast<std::int64_t>(n);
  }
  bool seek(std::uint64_t offset) override {
    position = static_cast<std::size_t>(offset);
    return true;
  }
  bool can_seek() const override { return true; }
  std::uint64_t size() const override { return bytes.size(); }
};

}  // namespace

std::unique_ptr<Feed> open_file(const std::string& path, std::string& error) {
  auto feed = std::make_unique<FileFeed>();
  if (path == "-") {
    feed->fd = STDIN_FILENO;
  } else {
    do feed->fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    while (feed->fd < 0 && errno == EINTR);
    feed->owned = true;
  }
  struct stat about {};
  if (feed->fd < 0 || ::fstat(feed->fd, &about) != 0) {
    error = std::strerror(errno);
    return nullptr;
  }
  if (S_ISDIR(about.st_mode)) {
    error = std::strerror(EISDIR);
    return nullptr;
  }
  // A redirected standard input may stand in the middle of its file: then it is read on like a pipe.
  feed->regular = S_ISREG(about.st_mode) && (path != "-" || ::lseek(feed->fd, 0, SEEK_CUR) == 0);
  feed->bytes = feed->regular ? static_cast<std::uint64_t>(about.st_size) : 0;
  if (feed->regular) ::posix_fadvise(feed->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return feed;
}

std::unique_ptr<Feed> open_part(const std::string& path, std::uint64_t begin, std::uint64_t size,
                                std::string& error) {
  auto feed = open_file(path, error);
  if (!feed) return nullptr;
  if (!feed->can_seek()) {
    error = "a part of a pipe cannot be read";
    return nullptr;
  }
  auto* file = static_cast<FileFeed*>(feed.get());
  file->begin = file->position = begin;
  file->end = begin + std::min(size, ~std::uint64_t{0} - begin);
  file->bytes = size;
  return feed;
}

std::unique_ptr<Feed> feed_of(std::string_view bytes) {
  auto feed = std::make_unique<MemoryFeed>();
  feed->bytes = bytes;
  return feed;
}

std::string_view Window::at(std::uint64_t offset, std::size_t want) {
  const std::uint64_t held_end = base_ + buffer_.size();
  if (offset >= base_ && offset <= held_end) {
    if (offset + want <= held_end) return buffer_.view().substr(offset - base_);
    if (ended_ && offset < held_end) return buffer_.view().substr(offset - base_);
  } else if (feed_->can_seek()) {
    if (!feed_->seek(offset)) return {};
    buffer_.clear();
    base_ = offset;
    ended_ = false;
  } else if (offset < base_) {
    return {};
  }
  if (ended_) return {};

  // What nobody comes back to makes room.
  std::uint64_t from = offset;
  if (!feed_->can_seek()) {
    if (keep_ < offset && offset - keep_ <= most_kept) from = keep_;
    from = std::max(std::min(from, offset - std::min<std::uint64_t>(offset, least_kept)), base_);
  }
  if (from > base_) {
    std::size_t gone = static_cast<std::size_t>(std::min<std::uint64_t>(from - base_, buffer_.size()));
    buffer_.drop_front(gone);
    base_ += gone;
  }
  while (base_ + buffer_.size() < offset + want) {
    std::int64_t got = feed_->read(buffer_.room(piece), piece);
    if (got <= 0) {
      ended_ = true;
      break;
    }
    buffer_.commit(static_cast<std::size_t>(got));
    // Reading forward over bytes that nobody asked for (a pipe that is to be skipped).
    if (from > base_) {
      std::size_t gone = static_cast<std::size_t>(std::min<std::uint64_t>(from - base_, buffer_.size()));
      buffer_.drop_front(gone);
      base_ += gone;
    }
  }
  const std::uint64_t end = base_ + buffer_.size();
  return offset < end ? buffer_.view().substr(offset - base_) : std::string_view{};
}

}  // namespace offprint::sources
