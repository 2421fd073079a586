#include "pipeline/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <libdeflate.h>
#include <simdjson.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "sources/window.h"

namespace offprint::pipeline {
namespace {

constexpr int gzip_level = 6, zstd_level = 3;
constexpr std::size_t piece = 1u << 20;

bool ends(std::string_view text, std::string_view with) {
  return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
}

std::uint32_t crc(std::uint32_t so_far, std::string_view bytes) {
  return libdeflate_crc32(so_far, bytes.data(), bytes.size());
}

// The folder's entry of a file is on the disk only after this.
void sync_folder(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  (void)::fsync(fd);
  ::close(fd);
}

}  // namespace

Packing packing_of(std::string_view path) {
  if (ends(path, ".gz")) return Packing::gzip;
  if (ends(path, ".zst")) return Packing::zstd;
  return Packing::none;
}

Packer::~Packer() {
  if (gzip_ != nullptr) libdeflate_free_compressor(static_cast<libdeflate_compressor*>(gzip_));
  if (zstd_ != nullptr) ZSTD_freeCCtx(static_cast<ZSTD_CCtx*>(zstd_));
}

bool Packer::pack(Packing packing, std::string_view bytes, std::string& out) {
  if (bytes.empty()) return true;
  const std::size_t before = out.size();
  if (packing == Packing::gzip) {
    if (gzip_ == nullptr) gzip_ = libdeflate_alloc_compressor(gzip_level);
    auto* compressor = static_cast<libdeflate_compressor*>(gzip_);
    if (compressor == nullptr) return false;
    out.resize(before + libdeflate_gzip_compress_bound(compressor, bytes.size()));
    const std::size_t size = libdeflate_gzip_compress(compressor, bytes.data(), bytes.size(),
                                                      out.data() + before, out.size() - before);
    out.resize(before + size);
    return size != 0;
  }
  if (packing == Packing::zstd) {
    if (zstd_ == nullptr) {
      zstd_ = ZSTD_createCCtx();
      if (zstd_ == nullptr) return false;
      ZSTD_CCtx_setParameter(static_cast<ZSTD_CCtx*>(zstd_), ZSTD_c_compressionLevel, zstd_level);
      ZSTD_CCtx_setParameter(static_cast<ZSTD_CCtx*>(zstd_), ZSTD_c_checksumFlag, 1);
    }
    out.resize(before + ZSTD_compressBound(bytes.size()));
    const std::size_t size = ZSTD_compress2(static_cast<ZSTD_CCtx*>(zstd_), out.data() + before,
                                            out.size() - before, bytes.data(), bytes.size());
    if (ZSTD_isError(size)) return false;
    out.resize(before + size);
    return true;
  }
  out.append(bytes);
  return true;
}

Output::~Output() {
  if (fd_ >= 0 && !to_stdout_) ::close(fd_);
  if (journal_ >= 0) ::close(journal_);
}

bool Output::fail(const char* what, int why) {
  disk_full_ |= why == ENOSPC || why == EDQUOT || why == EFBIG;
  pipe_closed_ |= why == EPIPE;
  if (error_.empty()) error_ = fmt::format("{}: {}", what, std::strerror(why));
  return false;
}

void Output::open_stdout() {
  fd_ = STDOUT_FILENO;
  to_stdout_ = true;
}

bool Output::open_file(const std::string& path, std::string_view fingerprint, bool restart,
                       Checkpoint& checkpoint, bool& resumed) {
  path_ = path;
  resumed = false;
  // A name that is no file to be replaced (/dev/null, a named pipe) is written to as it is.
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode)) {
    if (S_ISDIR(about.st_mode)) return fail(path.c_str(), EISDIR);
    fd_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd_ < 0) return fail(path.c_str(), errno);
    path_.clear();
    return true;
  }
  wants_journal_ = !fingerprint.empty();
  fingerprint_ = fingerprint;
  fd_ = ::open(part_path().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (fd_ < 0) return fail(part_path().c_str(), errno);
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    error_ = fmt::format("{}: another run is writing it", part_path());
    path_.clear();
    return false;
  }
  if (wants_journal_ && !restart && !read_journal(fingerprint, checkpoint, resumed)) return false;
  if (!resumed) {
    (void)::unlink((part_path() + ".journal").c_str());
    noted_length_ = length_ = 0;
  }
  if (::ftruncate(fd_, static_cast<off_t>(length_)) != 0) return fail(part_path().c_str(), errno);
  if (::lseek(fd_, 0, SEEK_END) < 0) return fail(part_path().c_str(), errno);
  if (wants_journal_ && !resumed) {
    // Begun at once, so that it has its place on a disk that will be full later.
    journal_ =
        ::open((part_path() + ".journal").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_TRUNC | O_APPEND, 0666);
    if (journal_ < 0) return fail((part_path() + ".journal").c_str(), errno);
    std::string head = "{\"offprint\":\"journal 1\",\"fingerprint\":";
    append_json_string(fingerprint_, head);
    if (!append_journal(head + "}", false)) return false;
  }
  return true;
}

bool Output::write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), std::min<std::size_t>(bytes.size(), 64u << 20));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0)
      return fail(to_stdout_ ? "standard output" : path_.empty() ? "output" : part_path().c_str(), errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool Output::write(std::string_view bytes) {
  if (!error_.empty()) return false;
  if (!write_all(fd_, bytes)) return false;
  length_ += bytes.size();
  if (wants_journal_) crc_ = crc(crc_, bytes);
  return true;
}

// Body, then its checksum in front of it, so that a torn line is known as such.
bool Output::append_journal(std::string_view body, bool sync) {
  const std::string line = fmt::format("{:08x} {}\n", crc(0, body), body);
  const std::size_t before = static_cast<std::size_t>(journal_length_);
  if (!write_all(journal_, line) || (sync && ::fdatasync(journal_) != 0)) {
    if (error_.empty()) fail("the journal", errno);
    (void)!::ftruncate(journal_, static_cast<off_t>(before));
    return false;
  }
  journal_length_ += line.size();
  return true;
}

bool Output::note(const Checkpoint& checkpoint) {
  if (!wants_journal_) return true;
  if (!journalled_) sync_folder(path_);  // both names must be on the disk
  if (::fdatasync(fd_) != 0) return fail(part_path().c_str(), errno);
  std::string body = fmt::format(
      "{{\"file\":{},\"entry\":{},\"ordinal\":{},\"offset\":{},\"seekable\":{},\"from\":{},\"length\":{},"
      "\"crc\":{},"
      "\"tally\":{},\"troubles\":[",
      checkpoint.position.file_index, checkpoint.position.entry_index, checkpoint.position.ordinal,
      checkpoint.position.offset, checkpoint.position.seekable, noted_length_, length_, crc_,
      tally_json(checkpoint.tally, checkpoint.counts));
  for (std::size_t i = noted_troubles_; i < checkpoint.troubles.size(); ++i) {
    const Trouble& trouble = checkpoint.troubles[i];
    if (i != noted_troubles_) body.push_back(',');
    fmt::format_to(std::back_inserter(body), "[{},{},{},", trouble.input_failed ? 1 : 0, trouble.loss.offset,
                   trouble.loss.bytes);
    append_json_string(trouble.loss.file, body);
    body.push_back(',');
    append_json_string(trouble.loss.what, body);
    body.push_back(']');
  }
  body += "],\"batches\":[";
  for (std::size_t i = noted_batches_; i < checkpoint.batches.size(); ++i)
    fmt::format_to(std::back_inserter(body), "{}[{}]", i == noted_batches_ ? "" : ",",
                   fmt::join(checkpoint.batches[i], ","));
  body += "]}";
  if (!append_journal(body, true)) return false;
  journalled_ = true;
  noted_length_ = length_;
  noted_troubles_ = checkpoint.troubles.size();
  noted_batches_ = checkpoint.batches.size();
  crc_ = 0;
  return true;
}

bool Output::note_after_failure(const Checkpoint& checkpoint) {
  if (!wants_journal_ || journal_ < 0) return false;
  // What was written of the batch that failed makes room for the entry.
  if (::ftruncate(fd_, static_cast<off_t>(length_)) != 0) return false;
  std::string why;
  why.swap(error_);
  const bool noted = note(checkpoint);
  error_.swap(why);
  return noted;
}

// Finds the last entry up to which the part is what was written. True with `resumed` unset where there is
// nothing to go on from; false where there is, but of another run.
bool Output::read_journal(std::string_view fingerprint, Checkpoint& checkpoint, bool& resumed) {
  const std::string name = part_path() + ".journal";
  std::string why;
  std::string text;
  {
    auto feed = sources::open_file(name, why);
    if (!feed) return true;
    sources::Buffer all;
    std::int64_t got = 0;
    while ((got = feed->read(all.room(piece), piece)) > 0) all.commit(static_cast<std::size_t>(got));
    text.assign(all.view());
  }
  simdjson::dom::parser parser;
  std::size_t at = 0, good_text = 0;
  bool first = true;
  std::uint64_t length = 0;
  std::vector<char> bytes(piece);
  std::string last_tally;
  while (at < text.size()) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string::npos || end - at < 10) break;
    const std::string_view line = std::string_view(text).substr(at, end - at);
    const std::string_view body = line.substr(9);
    if (line.substr(0, 8) != fmt::format("{:08x}", crc(0, body))) break;
    simdjson::dom::object entry;
    if (parser.parse(body.data(), body.size()).get_object().get(entry)) break;
    if (first) {
      std::string_view theirs;
      if (entry["fingerprint"].get_string().get(theirs)) break;
      if (theirs != fingerprint) {
        error_ = fmt::format(
            "{} was begun with other inputs or options: run it with those to go on, or with --restart to "
            "begin anew",
            part_path());
        return false;
      }
      first = false;
      at = good_text = end + 1;
      continue;
    }
    Checkpoint next;
    std::uint64_t file = 0, inner = 0, from = 0, sum = 0;
    simdjson::dom::element tally;
    simdjson::dom::array troubles, batches;
    if (entry["file"].get_uint64().get(file) || entry["entry"].get_uint64().get(inner) ||
        entry["ordinal"].get_uint64().get(next.position.ordinal) ||
        entry["offset"].get_uint64().get(next.position.offset) ||
        entry["seekable"].get_bool().get(next.position.seekable) || entry["from"].get_uint64().get(from) ||
        entry["length"].get_uint64().get(next.length) || entry["crc"].get_uint64().get(sum) ||
        entry["tally"].get(tally) || entry["troubles"].get_array().get(troubles) ||
        entry["batches"].get_array().get(batches) || from != length || next.length < from)
      break;
    // Is the part what this entry says?
    std::uint32_t found = 0;
    std::uint64_t position = from;
    while (position < next.length) {
      const std::size_t want =
          static_cast<std::size_t>(std::min<std::uint64_t>(piece, next.length - position));
      const ssize_t got = ::pread(fd_, bytes.data(), want, static_cast<off_t>(position));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      found = crc(found, {bytes.data(), static_cast<std::size_t>(got)});
      position += static_cast<std::uint64_t>(got);
    }
    if (position != next.length || found != sum) break;
    const std::string numbers = simdjson::minify(tally);
    if (!read_tally(numbers, next.tally, next.counts)) break;
    for (simdjson::dom::element element : troubles) {
      Trouble trouble;
      std::uint64_t failed = 0;
      std::string_view named, what;
      simdjson::dom::array values;
      if (element.get_array().get(values) || values.at(0).get_uint64().get(failed) ||
          values.at(1).get_uint64().get(trouble.loss.offset) ||
          values.at(2).get_uint64().get(trouble.loss.bytes) || values.at(3).get_string().get(named) ||
          values.at(4).get_string().get(what))
        continue;
      trouble.input_failed = failed != 0;
      trouble.loss.file = named;
      trouble.loss.what = what;
      checkpoint.troubles.push_back(std::move(trouble));
    }
    for (simdjson::dom::element element : batches) {
      simdjson::dom::array numbers_of_batch;
      BatchIndex& batch = checkpoint.batches.emplace_back();
      if (element.get_array().get(numbers_of_batch)) continue;
      for (simdjson::dom::element number : numbers_of_batch)
        if (number.get_uint64().get(batch.emplace_back())) batch.back() = 0;
    }
    next.position.file_index = static_cast<std::uint32_t>(file);
    next.position.entry_index = static_cast<std::uint32_t>(inner);
    next.troubles = std::move(checkpoint.troubles);
    next.batches = std::move(checkpoint.batches);
    checkpoint = std::move(next);
    length = checkpoint.length;
    resumed = true;
    at = good_text = end + 1;
  }
  if (!resumed) return true;
  journal_ = ::open(name.c_str(), O_RDWR | O_CLOEXEC | O_APPEND);
  if (journal_ < 0 || ::ftruncate(journal_, static_cast<off_t>(good_text)) != 0)
    return fail(name.c_str(), errno);
  journal_length_ = good_text;
  journalled_ = true;
  noted_length_ = length_ = length;
  noted_troubles_ = checkpoint.troubles.size();
  noted_batches_ = checkpoint.batches.size();
  return true;
}

bool Output::finish() {
  if (!error_.empty()) return false;
  if (to_stdout_) return true;
  if (path_.empty()) {
    const int fd = fd_;
    fd_ = -1;
    return ::close(fd) == 0 || fail("output", errno);
  }
  if (::fsync(fd_) != 0) return fail(part_path().c_str(), errno);
  if (::rename(part_path().c_str(), path_.c_str()) != 0) return fail(path_.c_str(), errno);
  sync_folder(path_);
  (void)::unlink((part_path() + ".journal").c_str());
  return true;
}

void Output::stop() {
  if (to_stdout_ || path_.empty() || fd_ < 0) return;
  if (journalled_) {
    (void)!::ftruncate(fd_, static_cast<off_t>(noted_length_));
    return;
  }
  (void)::unlink(part_path().c_str());
  (void)::unlink((part_path() + ".journal").c_str());
}

}  // namespace offprint::pipeline
