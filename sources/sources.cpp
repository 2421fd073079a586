#include "sources/sources.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "sources/interest.h"
#include "sources/state.h"

namespace offprint::sources {

void Source::State::fail(CaptureRecord& record, std::string name, std::string why) {
  begin(record);
  record.file = name;
  record.source = std::move(name);
  record.error = std::move(why);
  ++counts.failed;
}

void Source::State::close_file() {
  done_bytes += files[file].bytes;
  stream.reset();
  in_rows = false;
  entries.clear();
  zip = file_open = false;
  pages.clear();
  entry = 0;
  ordinal = 0;
  ++file;
}
void Source::State::go_to_file(std::uint32_t index) {
  stream.reset();
  entries.clear();
  zip = file_open = in_rows = false;
  entry = 0;
  ordinal = 0;
  done_bytes = 0;
  for (std::uint32_t i = 0; i < index; ++i) done_bytes += files[i].bytes;
  file = index;
}

void Source::State::close_stream() {
  stream.reset();
  in_rows = false;
  if (zip) {
    ++entry;
    ordinal = 0;
    if (entry >= entries.size()) close_file();
  } else {
    close_file();
  }
}

// Opens what comes next: a stream, a table, or a ZIP file's table of contents. False where that failed, and
// `why`.
bool Source::State::open_next(std::string& why) {
  if (!file_open) {
    file_open = true;
    ++counts.files;
  }
  const std::uint64_t start = std::exchange(seek_to, 0);
  OpenInput input;
  if (!open_input(files[file].path, zip ? &entries[entry] : nullptr, start, limits(), losses, input, why))
    return false;
  kind = input.kind;
  stream = std::move(input.stream);
  switch (kind) {
    case InputKind::zip:
      return open_zip(why);
    case InputKind::rows:
      if (!parquet.open(files[file].path, options.columns, limits(), losses, why)) return false;
      if (start != 0) parquet.go_to(start);
      in_rows = true;
      return true;
    case InputKind::warc:
      warc = WarcReader{};
      warc.stream = stream.get();
      warc.pool = &pool;
      warc.most_bytes = options.most_bytes;
      warc.pass_over = pass_over;
      return true;
    default:
      return true;
  }
}

bool Source::State::open_zip(std::string& why) {
  if (!open_wacz(files[file].path, limits(), entries, pages, losses, why)) return false;
  zip = true;
  entry = 0;
  return true;
}

// The next capture of any shard; `share` says which number decides whose it is.
bool Source::State::step(CaptureRecord& record, std::uint64_t& share) {
  while (file < files.size()) {
    if (!stream && !in_rows) {
      if (!file_open && files.size() > 1 && !mine(file)) {
        ++file;
        continue;
      }
      const FileEntry& f = files[file];
      share = files.size() > 1 ? file : 0;
      if (!f.error.empty()) {
        fail(record, f.path, f.error);
        close_file();
        return true;
      }
      std::string why;
      if (!open_next(why)) {
        const std::string name = zip ? f.path + "/" + entries[entry].name : f.path;
        fail(record, name, why);
        close_stream();
        return true;
      }
      if (!stream && !in_rows) continue;  // a ZIP file's table of contents was read
    }
    bool got = false;
    switch (kind) {
      case InputKind::page:
        got = read_page(record);
        break;
      case InputKind::warc:
        got = read_warc(record);
        break;
      case InputKind::lines:
        got = read_line(record);
        break;
      case InputKind::rows:
        got = read_row(record);
        break;
      case InputKind::zip:
        break;
    }
    if (got) {
      share = files.size() > 1 ? file : ordinal;
      record.ordinal = ordinal;
      if (kind == InputKind::page)
        close_stream();
      else if (kind != InputKind::rows)
        ++ordinal;
      return true;
    }
    close_stream();
  }
  return false;
}

Source::Source() : state_(std::make_unique<State>()) {}
Source::~Source() = default;
Source::Source(Source&&) noexcept = default;
Source& Source::operator=(Source&&) noexcept = default;

void Source::open(const std::vector<std::string>& specs, const SourceOptions& options) {
  state_ = std::make_unique<State>();
  state_->options = options;
  state_->files = list_files(specs);
  if (!options.leave_out.empty()) {
    std::erase_if(state_->files, [&](const FileEntry& f) {
      std::error_code ignored;
      return !f.named && std::filesystem::equivalent(f.path, options.leave_out, ignored);
    });
  }
}

bool Source::next(CaptureRecord& record) {
  State& s = *state_;
  std::uint64_t share = 0;
  while (s.step(record, share)) {
    if (!s.mine(share)) continue;
    if (record.error.empty() && record.pending && !s.options.defer &&
        !finish(record, s.decoder, s.options, s.losses)) {
      ++s.counts.not_pages;
      continue;
    }
    ++s.counts.captures;
    return true;
  }
  return false;
}

bool Source::go_behind(const Position& position) {
  State& s = *state_;
  if (position.file_index >= s.files.size()) return false;
  s.go_to_file(position.file_index);
  CaptureRecord record;
  std::string why;
  std::uint64_t share = 0;
  bool found = false;
  if (position.entry_index != 0) {
    if (!s.open_zip(why) || position.entry_index >= s.entries.size()) return false;
    s.file_open = true;
    s.entry = position.entry_index;
  }
  if (position.seekable && position.offset != 0) {
    // Whether it is an archive in a ZIP file tell the first bytes, not the name.
    if (position.entry_index == 0 && (!s.open_next(why) || !s.zip)) s.go_to_file(position.file_index);
    s.seek_to = position.offset;
    s.ordinal = position.ordinal;
  }
  while (s.file == position.file_index && s.step(record, share)) {
    if (record.file_index != position.file_index || record.entry_index > position.entry_index) break;
    if (record.entry_index == position.entry_index && record.ordinal == position.ordinal) {
      found = record.offset == position.offset;
      break;
    }
  }
  s.losses.list.clear();
  s.losses.count = 0;
  s.counts = {};
  return found;
}

void Source::recycle(CaptureRecord& record) {
  state_->pool.give(record.bytes);
}

std::size_t Source::inputs() const {
  return state_->files.size();
}
const std::string& Source::path_of(std::uint32_t file_index) const {
  return state_->files[file_index].path;
}

bool Source::single_page() {
  State& s = *state_;
  if (s.files.size() != 1 || !s.files[0].named) return false;
  if (!s.files[0].error.empty()) return true;
  if (!s.stream && !s.in_rows && !s.zip && s.file == 0) {
    std::string why;
    if (!s.open_next(why)) {
      s.stream.reset();
      s.file_open = false;
      s.counts.files = 0;
      return true;
    }
  }
  return s.stream && s.kind == InputKind::page && !s.zip;
}

std::uint64_t Source::total_bytes() const {
  std::uint64_t sum = 0;
  for (const FileEntry& f : state_->files) {
    if (f.bytes == 0 && f.path == "-") return 0;
    sum += f.bytes;
  }
  return sum;
}
std::uint64_t Source::read_bytes() const {
  const State& s = *state_;
  if (s.in_rows) return s.done_bytes + s.parquet.position();
  return s.done_bytes + (s.stream && !s.zip ? s.stream->raw_position() : 0);
}
Losses& Source::losses() {
  return state_->losses;
}
const SourceCounts& Source::counts() const {
  return state_->counts;
}

}  // namespace offprint::sources
