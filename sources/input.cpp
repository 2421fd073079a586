#include "sources/input.h"

#include <algorithm>

#include "sources/files.h"

namespace offprint::sources {
namespace {

constexpr std::size_t first_bytes = 8;           // enough to know every packing and container by
constexpr std::uint64_t far_enough = 16u << 20;  // to look for a member behind a damaged beginning

// A pipe of which the first bytes were taken: they come again.
struct Pushed final : Feed {
  std::unique_ptr<Feed> rest;
  std::string first;
  std::size_t at = 0;

  std::int64_t read(char* to, std::size_t n) override {
    if (at < first.size()) {
      n = std::min(n, first.size() - at);
      std::copy_n(first.data() + at, n, to);
      at += n;
      return static_cast<std::int64_t>(n);
    }
    const std::int64_t count = rest->read(to, n);
    if (count < 0) error = rest->error;
    return count;
  }
};

// The first bytes of a feed, which reads them again all the same. False where nothing could be read.
bool peek(std::unique_ptr<Feed>& feed, std::string& head, std::string& error) {
  head.resize(first_bytes);
  std::size_t have = 0;
  bool failed = false;
  while (have < first_bytes) {
    const std::int64_t count = feed->read(head.data() + have, first_bytes - have);
    failed = count < 0;
    if (count <= 0) break;
    have += static_cast<std::size_t>(count);
  }
  if (failed && have == 0) {
    error = feed->error;
    return false;
  }
  head.resize(have);
  if (feed->can_seek()) {
    feed->seek(0);
    return true;
  }
  auto pushed = std::make_unique<Pushed>();
  pushed->first = head;
  pushed->rest = std::move(feed);
  feed = std::move(pushed);
  return true;
}

Coding coding_of_name(std::string_view name) {
  const auto ends = [&](std::string_view with) {
    return name.size() > with.size() && name.substr(name.size() - with.size()) == with;
  };
  return ends(".gz")    ? Coding::gzip
         : ends(".zst") ? Coding::zstd
         : ends(".lz4") ? Coding::lz4
         : ends(".br")  ? Coding::brotli
                        : Coding::plain;
}

// By what a stream begins with, where its name does not decide.
InputKind kind_of(NameKind promised, std::string_view first) {
  if (first.substr(0, 5) == "WARC/" && first.size() > 5 && first[5] >= '0' && first[5] <= '9')
    return InputKind::warc;
  if (promised == NameKind::jsonl) return InputKind::lines;
  const std::size_t begin = first.find_first_not_of(" \n\r");
  first.remove_prefix(std::min(begin, first.size()));
  const bool object = first.size() > 2 && first.front() == '{' && first.find('"') < 8;
  return promised == NameKind::unknown && object ? InputKind::lines : InputKind::page;
}

}  // namespace

bool open_input(const std::string& path, const ZipEntry* entry, std::uint64_t start,
                const UnpackLimits& limits, Losses& losses, OpenInput& input, std::string& error) {
  input = {};
  const std::string name = entry == nullptr ? path : path + "/" + entry->name;
  const auto open = [&](Losses& to, std::string& why) {
    return entry == nullptr ? open_file(path, why) : open_entry(path, *entry, limits, to, why);
  };
  std::unique_ptr<Feed> feed = open(losses, error);
  std::string head;
  if (!feed || !peek(feed, head, error)) return false;
  const bool seekable = feed->can_seek();
  const NameKind promised = kind_of_name(name);

  if (entry == nullptr) {
    const std::string_view magic = std::string_view(head).substr(0, 4);
    if (magic == "PAR1" || promised == NameKind::parquet) {
      input.kind = InputKind::rows;
      return true;
    }
    const bool zip = magic == "PK\x03\x04" || magic == "PK\x05\x06";
    if (zip && !seekable) {
      error = "a ZIP file (WACZ) cannot be read from a pipe: its table of contents stands at its end";
      return false;
    }
    if (zip ||
        promised == NameKind::wacz) {  // (the table of contents is sound where the first bytes are not)
      input.kind = InputKind::zip;
      return true;
    }
  }

  // The first bytes decide on the packing; where they are damaged, the name.
  Coding coding = coding_of(head);
  if (coding == Coding::plain) {
    const Coding by_name = coding_of_name(name);
    if (by_name == Coding::brotli) {
      coding = by_name;
    } else if (by_name != Coding::plain && !head.empty() && seekable) {
      // Mislabelled, or damaged?
      Losses none;
      std::string ignored;
      if (auto again = open(none, ignored)) {
        Stream probe(name, std::move(again), by_name, limits, none);
        if (promised == NameKind::warc) probe.expect("WARC/");
        if (probe.member_within(far_enough)) coding = by_name;
      }
    }
  }
  input.stream = std::make_unique<Stream>(name, std::move(feed), coding, limits, losses);
  Stream& stream = *input.stream;

  if (start != 0) {
    if (!stream.seek(start)) {
      error = "cannot be read from the middle";
      return false;
    }
    input.kind = InputKind::warc;
    if (coding != Coding::plain) stream.expect("WARC/");
  } else if (promised == NameKind::warc) {
    input.kind = InputKind::warc;
  } else {
    // A page is read up to its damage; other things go on behind it.
    stream.keep_damaged(promised != NameKind::jsonl);
    stream.want(512);
    input.kind = kind_of(promised, stream.ahead());
    stream.keep_damaged(input.kind == InputKind::page);
  }
  return true;
}

}  // namespace offprint::sources
