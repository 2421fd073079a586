// A small WARC file with every byte flipped, and cut behind every byte: each undamaged record comes through,
// and what is lost is told.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "make.h"

namespace offprint::sources::testing {
namespace {

constexpr int pages = 4;

struct Small {
  std::string bytes;
  std::vector<std::size_t> begin, end;  // of the responses, within
};

Small make(std::string (*pack)(std::string_view)) {
  Small small;
  small.bytes = pack(record("warcinfo", "", "application/warc-fields", "software: test\r\n"));
  for (int i = 0; i < pages; ++i) {
    small.begin.push_back(small.bytes.size());
    small.bytes += pack(response(uri(i), page(i)));
    small.end.push_back(small.bytes.size());
    small.bytes += pack(record("metadata", uri(i), "text/plain", "fetchTimeMs: 1"));
  }
  return small;
}

// The records [begin, end) of which do not hold the byte must have come through.
void check(const Small& small, const Read& read, std::size_t damaged_from, std::size_t damaged_to,
           const std::string& how, bool must_report) {
  std::set<std::string> whole;
  for (const Seen& seen : read.pages)
    if (seen.error.empty()) whole.insert(seen.source + "\n" + seen.bytes);
  bool lost = false;
  for (int i = 0; i < pages; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const bool there = whole.count(uri(i) + "\n" + page(i)) != 0;
    const bool touched = small.begin[k] < damaged_to && small.end[k] > damaged_from;
    if (!touched) {
      ASSERT_TRUE(there) << how << ": record " << i << " did not come through";
    }
    lost |= !there;
  }
  if (must_report && lost) {
    ASSERT_FALSE(read.losses.empty()) << how << ": nothing was reported";
  }
}

std::string same(std::string_view bytes) {
  return std::string(bytes);
}
std::string gz(std::string_view bytes) {
  return deflated(bytes);
}
std::string zst(std::string_view bytes) {
  return zstd_packed(bytes);
}
std::string lz(std::string_view bytes) {
  return lz4_packed(bytes);
}

void flip_and_cut(const std::string& name, std::string (*pack)(std::string_view), bool checksums) {
  const Folder folder;
  const Small small = make(pack);
  for (unsigned mask : {0x01u, 0x10u, 0xffu}) {
    for (std::size_t i = 0; i < small.bytes.size(); ++i) {
      std::string bytes = small.bytes;
      bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ mask);
      const Read read = read_all({folder.write(name, bytes)});
      // Without checksums a flipped letter within a page is not to be seen.
      check(small, read, i, i + 1, name + " byte " + std::to_string(i) + " ^ " + std::to_string(mask),
            checksums);
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
  for (std::size_t i = 0; i < small.bytes.size(); ++i) {
    const Read read = read_all({folder.write(name, small.bytes.substr(0, i))});
    check(small, read, i, small.bytes.size(), name + " cut at " + std::to_string(i), false);
    // A cut within a response is told. (Between records there is nothing to see.)
    for (int k = 0; k < pages; ++k) {
      const auto at = static_cast<std::size_t>(k);
      if (i > small.begin[at] + 4 && i + 4 < small.end[at]) {
        EXPECT_FALSE(read.losses.empty()) << name << " cut at " << i;
      }
    }
    if (::testing::Test::HasFatalFailure()) return;
  }
  // A byte lost, and one too many.
  for (std::size_t i = 0; i < small.bytes.size(); ++i) {
    std::string bytes = small.bytes;
    bytes.erase(i, 1);
    check(small, read_all({folder.write(name, bytes)}), i, i + 1, name + " without byte " + std::to_string(i),
          false);
    bytes = small.bytes;
    bytes.insert(i, 1, 'W');
    // Between two records the byte belongs to neither.
    check(small, read_all({folder.write(name, bytes)}), i == 0 ? 0 : i - 1, i + 1,
          name + " with a byte more at " + std::to_string(i), false);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(Damage, PlainWarc) {
  flip_and_cut("a.warc", same, false);
}
TEST(Damage, GzipWarc) {
  flip_and_cut("a.warc.gz", gz, true);
}
TEST(Damage, ZstdWarc) {
  flip_and_cut("a.warc.zst", zst, true);
}
TEST(Damage, Lz4Warc) {
  flip_and_cut("a.warc.lz4", lz, true);
}

TEST(Damage, GarbageBetweenRecords) {
  const Folder folder;
  std::string noise;
  unsigned x = 1;
  for (int i = 0; i < 5000; ++i) noise.push_back(static_cast<char>((x = x * 1664525u + 1013904223u) >> 24));
  noise += "\x1f\x8b\x08 and so on \x1f\x8b\x08\x00 WARC/1.0\r\n";
  for (auto pack : {same, gz, zst, lz}) {
    std::string bytes = noise;
    for (int i = 0; i < pages; ++i) bytes += pack(response(uri(i), page(i))) + noise;
    const std::string name = pack == same  ? "a.warc"
                             : pack == gz  ? "a.warc.gz"
                             : pack == zst ? "a.warc.zst"
                                           : "a.warc.lz4";
    const Read read = read_all({folder.write(name, bytes)});
    std::size_t whole = 0;
    for (const Seen& seen : read.pages)
      for (int i = 0; i < pages; ++i) whole += seen.source == uri(i) && seen.bytes == page(i);
    EXPECT_EQ(whole, static_cast<std::size_t>(pages)) << name;
    EXPECT_GE(read.losses.size(), static_cast<std::size_t>(pages)) << name;
  }
}

TEST(Damage, WrongLengths) {
  const Folder folder;
  for (const char* length : {"0", "1", "100", "99999", "99999999999999999999", "-1", "abc", ""}) {
    std::string bad = response(uri(1), page(1));
    const std::size_t at = bad.find("Content-Length: ") + 16;
    bad.replace(at, bad.find("\r\n", at) - at, length);
    for (auto pack : {same, gz}) {
      const Read read = read_all(
          {folder.write(pack == same ? "a.warc" : "a.warc.gz",
                        pack(response(uri(0), page(0))) + pack(bad) + pack(response(uri(2), page(2))))});
      std::vector<std::string> sources;
      for (const Seen& seen : read.pages) sources.push_back(seen.source);
      ASSERT_EQ(sources, (std::vector<std::string>{uri(0), uri(1), uri(2)})) << length;
      EXPECT_EQ(read.pages[1].bytes, page(1)) << length;
      EXPECT_NE(read.pages[1].damage, "") << length;
      EXPECT_EQ(read.pages[2].bytes, page(2)) << length;
      EXPECT_EQ(read.losses.size(), 1u) << length;
    }
  }
}

// A line that is too long breaks off with its member; the next member's lines are whole.
TEST(Damage, LongLineInABrokenMember) {
  const Folder folder;
  std::string noise;  // does not pack, so that a cut loses part of it
  for (unsigned i = 0, x = 1; i < 60000; ++i, x = x * 1664525 + 1013904223)
    noise.push_back(static_cast<char>('a' + (x >> 24) % 26));
  std::string first = deflated("{\"html\":\"<p>" + noise);
  first[first.size() - 20000] ^= 0x55;
  SourceOptions options;
  options.most_bytes = 4000;
  const Read read =
      read_all({folder.write("a.jsonl.gz", first + deflated("{\"html\":\"<p>whole\"}\n"))}, options);
  ASSERT_EQ(read.pages.size(), 1u);
  EXPECT_EQ(read.pages[0].bytes, "<p>whole");
  EXPECT_FALSE(read.losses.empty());
}

// A record that says it is longer than its member is kept as it is there, whatever follows.
TEST(Damage, WrongLengthBeforeABrokenMember) {
  const Folder folder;
  std::string wrong = response(uri(1), page(1));
  const std::size_t at = wrong.find("Content-Length: ");
  wrong.insert(at + 16, "9");
  std::string broken = deflated(response(uri(2), page(2)));
  broken[10] = 7;  // no block begins so: nothing of it comes out
  const Read read =
      read_all({folder.write("a.warc.gz", deflated(response(uri(0), page(0))) + deflated(wrong) + broken +
                                              deflated(response(uri(3), page(3))))});
  std::vector<std::string> urls;
  for (const Seen& p : read.pages) urls.push_back(p.url);
  EXPECT_EQ(urls, (std::vector<std::string>{uri(0), uri(1), uri(3)}));
}

// What is had of a broken member must not depend on where reading began.
TEST(Damage, TheSameBehindATooLargeRecord) {
  const Folder folder;
  std::string endless = response(uri(3), page(3, 1300));
  endless.erase(endless.find("Content-Length: "), 22);
  std::string broken = deflated(endless);
  broken[broken.size() - 6] ^= 1;  // its checksum
  const std::string path = folder.write(
      "a.warc.gz", deflated(response(uri(0), page(0))) + deflated(response(uri(1), page(1, 1200))) +
                       deflated(response(uri(2), page(2))) + broken + deflated(response(uri(4), page(4))));
  SourceOptions options;
  options.most_bytes = 1000;
  const Read all = read_all({path}, options);
  ASSERT_GE(all.pages.size(), 3u);
  EXPECT_EQ(all.pages[1].url, uri(2));
  EXPECT_EQ(all.pages.back().url, uri(4));
  EXPECT_EQ(all.counts.too_large, 1u);
  Source rest;
  rest.open({path}, options);
  ASSERT_TRUE(rest.go_behind(all.pages[1].position));
  CaptureRecord record;
  for (std::size_t i = 2; i < all.pages.size(); ++i) {
    ASSERT_TRUE(rest.next(record));
    EXPECT_EQ(record.url, all.pages[i].url);
    EXPECT_EQ(record.bytes.view(), all.pages[i].bytes);
  }
  EXPECT_FALSE(rest.next(record));
}

TEST(Damage, Bombs) {
  const Folder folder;
  const std::string zeros(80u << 20, 'a');
  SourceOptions options;
  options.most_bytes = 64u << 20;
  // A page that is a bomb.
  for (const auto& [name, bytes] : {std::pair<std::string, std::string>{"b.html.gz", deflated(zeros)},
                                    {"b.html.zst", zstd_packed(zeros)},
                                    {"b.html.br", brotli_packed(zeros)}}) {
    const Read read = read_all({folder.write(name, bytes)}, options);
    ASSERT_EQ(read.pages.size(), 1u) << name;
    EXPECT_NE(read.pages[0].damage + read.pages[0].error, "") << name;
    EXPECT_LE(read.pages[0].bytes.size(), options.most_bytes) << name;
    EXPECT_GE(read.losses.size(), 1u) << name;
  }
  // Bombs in an archive: as a member, and as a body.
  const std::string html = "Content-Type: text/html\r\n";
  const std::string all =
      deflated(response(uri(0), page(0))) + deflated(response("http://bomb/1", zeros)) +
      deflated(response(uri(1), page(1))) +
      deflated(response("http://bomb/2", deflated(zeros), html + "Content-Encoding: gzip\r\n")) +
      deflated(response("http://bomb/3", brotli_packed(zeros), html + "Content-Encoding: br\r\n")) +
      deflated(response(uri(2), page(2)));
  const Read read = read_all({folder.write("b.warc.gz", all)}, options);
  std::size_t whole = 0;
  for (const Seen& seen : read.pages) {
    EXPECT_LE(seen.bytes.size(), options.most_bytes + (1u << 20));
    for (int i = 0; i < 3; ++i) whole += seen.source == uri(i) && seen.bytes == page(i);
  }
  EXPECT_EQ(whole, 3u);
  EXPECT_GE(read.losses.size(), 3u);
}

// Many heads that promise a member and break late must not make reading quadratic.
TEST(Damage, FalseMembersInARow) {
  const Folder folder;
  std::string bytes;
  const std::string member = deflated(page(1, 40000));
  for (int i = 0; i < 400; ++i)
    bytes += member.substr(0, member.size() - 9);  // no trailer, so that each is broken
  bytes += deflated(response(uri(0), page(0)));
  const Read read = read_all({folder.write("a.warc.gz", bytes)});
  ASSERT_GE(read.pages.size(), 1u);
  EXPECT_EQ(read.pages.back().bytes, page(0));
}

}  // namespace
}  // namespace offprint::sources::testing
