// What the command line reads: pages, WARC, WACZ, JSON Lines, packed or not. Whatever the bytes, reading ends, what comes
// out is within its bounds, and reading can go on behind any capture and then gives the ones that come next.
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

#include "fuzz/harness.h"
#include "sources/sources.h"
#include "tests/sources/make.h"

namespace offprint::fuzz {
namespace {

using namespace offprint::sources;

constexpr std::array<const char*, 16> names = {"a.warc",  "a.warc.gz", "a.warc.zst", "a.warc.lz4", "a.wacz",  "a.jsonl",
                                               "a.html",  "a.html.gz", "a.html.br",  "a.txt",      "a",       "a.jsonl.gz",
                                               "a.wet",   "a.jsonl.zst", "a.html.zst", "a.html.lz4"};

struct Got {
  std::string source, bytes, error, url;
  bool operator==(const Got&) const = default;
};

}  // namespace
}  // namespace offprint::fuzz

// Options: bits 0-3 the file's name, 4-5 packed once more (no, gzip, zstd, lz4), 6 HTTP left to finish(), 7 small limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offprint::fuzz;
  using namespace offprint::sources;
  static const offprint::sources::testing::Folder folder;
  const Case input(data, size);
  std::string packed;
  switch (input.options >> 4 & 3) {
    case 0: packed = input.bytes; break;
    case 1: packed = offprint::sources::testing::deflated(input.bytes); break;
    case 2: packed = offprint::sources::testing::zstd_packed(input.bytes); break;
    default: packed = offprint::sources::testing::lz4_packed(input.bytes); break;
  }
  const std::string path = folder.write(names[input.options & 15], packed);
  SourceOptions options;
  options.most_bytes = input.bit(7) ? 300 : 1u << 20;
  options.defer = input.bit(6);
  Source source;
  source.open({path}, options);
  if (size % 2 == 0) source.single_page();
  std::vector<Got> all;
  std::vector<Position> positions;
  CaptureRecord record;
  HttpDecoder decoder;
  while (source.next(record)) {
    positions.push_back(position_of(record));
    expect(record.file_index == 0, "a capture of a file that is none");
    if (options.defer && record.error.empty()) finish(record, decoder, options, source.losses());
    expect(record.bytes.size() <= options.most_bytes, "a capture that is too large");
    expect(record.error.empty() || record.bytes.size() == 0, "bytes beside an error");
    all.push_back({record.source, std::string(record.bytes.view()), record.error, record.url});
    expect(all.size() <= packed.size() * 400 + 2, "captures without end");
  }
  expect(source.counts().captures == all.size(), "a wrong count");
  expect(source.read_bytes() <= packed.size(), "more read than there is");

  // Again from behind one of them.
  if (!all.empty()) {
    const std::size_t behind = size % all.size();
    if (all[behind].error.empty()) {
      Source rest;
      rest.open({path}, options);
      expect(rest.go_behind(positions[behind]), "a capture is not found again");
      for (std::size_t i = behind + 1; i < all.size(); ++i) {
        expect(rest.next(record), "captures are missing behind one");
        if (options.defer && record.error.empty()) finish(record, decoder, options, rest.losses());
        expect(Got{record.source, std::string(record.bytes.view()), record.error, record.url} == all[i],
               "another capture behind one");
      }
      expect(!rest.next(record), "a capture too many behind one");
    }
  }
  std::filesystem::remove(path);
  return 0;
}
