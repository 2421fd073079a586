// Good files of every packing.
#include <gtest/gtest.h>

#include <array>
#include <ctime>
#include <random>

#include "make.h"

namespace offprint::sources::testing {
namespace {

std::vector<std::string> crawl(int pages) {
  std::vector<std::string> records{record("warcinfo", "", "application/warc-fields", "software: test\r\n")};
  for (int i = 0; i < pages; ++i) {
    records.push_back(
        record("request", uri(i), "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"));
    records.push_back(response(uri(i), page(i, 200 + 997u * static_cast<unsigned>(i))));
    records.push_back(response(uri(i) + ".png", "\x89PNG\r\n\x1a\nxxxxxx", "Content-Type: image/png\r\n"));
  }
  return records;
}

void expect_crawl(const std::string& path, int pages) {
  SCOPED_TRACE(path);
  const Read read = read_all({path});
  for (const Loss& loss : read.losses) ADD_FAILURE() << loss.file << "@" << loss.offset << ": " << loss.what;
  ASSERT_EQ(read.pages.size(), static_cast<std::size_t>(pages));
  for (int i = 0; i < pages; ++i) {
    const Seen& seen = read.pages[static_cast<std::size_t>(i)];
    EXPECT_EQ(seen.bytes, page(i, 200 + 997u * static_cast<unsigned>(i)));
    EXPECT_EQ(seen.source, uri(i));
    EXPECT_EQ(seen.url, uri(i));
    EXPECT_EQ(seen.charset, "utf-8");
    EXPECT_EQ(seen.date, "2024-02-03T04:05:06Z");
    EXPECT_EQ(seen.error, "");
    EXPECT_EQ(seen.damage, "");
  }
  EXPECT_EQ(read.counts.not_pages, static_cast<std::uint64_t>(pages));
  EXPECT_EQ(read.counts.other_types, static_cast<std::uint64_t>(pages + 1));
  EXPECT_EQ(read.counts.records, static_cast<std::uint64_t>(3 * pages + 1));
}

template <class Pack>
std::string each(const std::vector<std::string>& records, Pack pack) {
  std::string all;
  for (const std::string& r : records) all += pack(r);
  return all;
}
std::string joined(const std::vector<std::string>& records) {
  return each(records, [](const std::string& r) { return r; });
}

// Large bodies are given away with the memory that they were unpacked into, small ones are copied; several captures are held while
// others are read, and their memory comes back.
TEST(Warc, BodiesOfAllSizesSideBySide) {
  std::vector<std::size_t> sizes;
  for (const std::size_t bytes : {100u, 3'000'000u, 200u, 65'000u, 65'300u, 66'000u, 300u, 262'000u, 300'000u, 50'000u, 50'000u, 50'000u, 900'000u, 1'100'000u, 4'000u})
    sizes.push_back(bytes);
  for (std::size_t i = 0; i < 60; ++i) sizes.push_back(500 + 1709 * i * (i % 7));
  std::vector<std::string> pages, records;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    pages.push_back(page(static_cast<int>(i), sizes[i]));
    records.push_back(response(uri(static_cast<int>(i)), pages.back()));
  }
  const Folder folder;
  for (const std::string& path :
       {folder.write("a.warc", joined(records)), folder.write("b.warc.gz", each(records, [](auto& r) { return deflated(r); })),
        folder.write("c.warc.gz", deflated(joined(records))), folder.write("d.warc.zst", each(records, [](auto& r) { return zstd_packed(r); }))}) {
    SCOPED_TRACE(path);
    Source source;
    source.open({path}, {});
    std::vector<CaptureRecord> held(5);
    std::size_t n = 0;
    const auto check = [&](std::size_t i) {
      EXPECT_TRUE(held[i % 5].bytes.view() == pages[i]) << i;
      source.recycle(held[i % 5]);
    };
    for (; source.next(held[n % 5]); ++n)
      if (n >= 4) check(n - 4);
    for (std::size_t i = n - 4; i < n; ++i) check(i);
    EXPECT_EQ(n, pages.size());
    EXPECT_EQ(source.losses().count, 0u);
  }
}

TEST(Warc, EveryPacking) {
  const Folder folder;
  const auto records = crawl(40);
  const std::string all = joined(records);
  expect_crawl(folder.write("a.warc", all), 40);
  expect_crawl(folder.write("members.warc.gz", each(records, [](auto& r) { return deflated(r); })), 40);
  expect_crawl(folder.write("one.warc.gz", deflated(all)), 40);
  expect_crawl(folder.write("frames.warc.zst", each(records, [](auto& r) { return zstd_packed(r); })), 40);
  expect_crawl(folder.write("one.warc.zst", zstd_packed(all)), 40);
  expect_crawl(folder.write("frames.warc.lz4", each(records, [](auto& r) { return lz4_packed(r); })), 40);
  expect_crawl(folder.write("one.warc.lz4", lz4_packed(all)), 40);
  // The name says nothing.
  expect_crawl(folder.write("nameless", each(records, [](auto& r) { return deflated(r); })), 40);
  // Members that have nothing to do with records, as pigz and bgzip make them.
  std::string blocks;
  for (std::size_t at = 0; at < all.size(); at += 1000)
    blocks += deflated(std::string_view(all).substr(at, 1000));
  expect_crawl(folder.write("blocks.warc.gz", blocks), 40);
  // Unix line ends, and zeros behind the last member.
  expect_crawl(folder.write("padded.warc.gz",
                            each(records, [](auto& r) { return deflated(r); }) + std::string(1000, '\0')),
               40);
}

TEST(Warc, ZstdDictionary) {
  const Folder folder;
  const auto records = crawl(30);
  std::string samples;
  std::vector<std::size_t> sizes;
  for (int round = 0; round < 10; ++round)
    for (const std::string& r : records) samples += r, sizes.push_back(r.size());
  std::string dictionary(8192, '\0');
  const std::size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(),
                                                 sizes.data(), static_cast<unsigned>(sizes.size()));
  ASSERT_FALSE(ZDICT_isError(size));
  dictionary.resize(size);
  const std::string frames = each(records, [&](auto& r) { return zstd_packed(r, dictionary); });
  const auto skippable = [](std::uint32_t magic, const std::string& bytes) {
    std::string frame;
    for (std::uint32_t word : {magic, static_cast<std::uint32_t>(bytes.size())})
      for (int i = 0; i < 4; ++i) frame.push_back(static_cast<char>(word >> (8 * i)));
    return frame + bytes;
  };
  expect_crawl(folder.write("raw.warc.zst", skippable(0x184D2A5D, dictionary) + frames), 30);
  expect_crawl(folder.write("packed.warc.zst", skippable(0x184D2A5D, zstd_packed(dictionary)) + frames), 30);
  expect_crawl(folder.write("skipped.warc.zst",
                            skippable(0x184D2A5D, dictionary) + skippable(0x184D2A50, "whatever") + frames),
               30);
  // Without it nothing can be read, and every frame is lost, not the program.
  const Read without = read_all({folder.write("without.warc.zst", frames)});
  EXPECT_EQ(without.pages.size(), 0u);
  EXPECT_GE(without.losses.size(), 1u);
  // Going on in the middle needs it again.
  const std::string path = folder.write("raw.warc.zst", skippable(0x184D2A5D, dictionary) + frames);
  const Read whole = read_all({path});
  for (std::size_t i : {0u, 7u, 29u}) {
    Source source;
    source.open({path}, {});
    ASSERT_TRUE(source.go_behind(whole.pages[i].position)) << i << " " << whole.pages[i].offset;
    CaptureRecord r;
    for (std::size_t j = i + 1; j < whole.pages.size(); ++j) {
      ASSERT_TRUE(source.next(r));
      EXPECT_EQ(r.source, whole.pages[j].source);
    }
    EXPECT_FALSE(source.next(r));
  }
}

TEST(Warc, HttpCodings) {
  const Folder folder;
  const std::string body = page(1, 5000);
  const auto chunked = [](std::string_view bytes) {
    std::string out;
    while (!bytes.empty()) {
      const std::string_view piece = bytes.substr(0, 777);
      char size[16];
      std::snprintf(size, sizeof size, "%zx;x=y\r\n", piece.size());
      out += size + std::string(piece) + "\r\n";
      bytes.remove_prefix(piece.size());
    }
    return out + "0\r\nTrailer: x\r\n\r\n";
  };
  const std::string html = "Content-Type: text/html\r\n";
  std::vector<std::string> records = {
      response("http://a/plain", body, html),
      response("http://a/chunked", chunked(body), html + "Transfer-Encoding: chunked\r\n"),
      response("http://a/gzip", deflated(body), html + "Content-Encoding: gzip\r\n"),
      response("http://a/x-gzip", deflated(body), html + "CONTENT-ENCODING:X-GZIP\r\n"),
      response("http://a/zlib", deflated(body, 15), html + "Content-Encoding: deflate\r\n"),
      response("http://a/raw", deflated(body, -15), html + "Content-Encoding: deflate\r\n"),
      response("http://a/br", brotli_packed(body), html + "Content-Encoding: br\r\n"),
      response("http://a/zstd", zstd_packed(body), html + "Content-Encoding: zstd\r\n"),
      response("http://a/stack", chunked(brotli_packed(deflated(body))),
               html + "Transfer-Encoding: chunked\r\nContent-Encoding: gzip, br\r\n"),
      response("http://a/undone", body, html + "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
      response("http://a/undone-br", body, html + "Content-Encoding: br\r\n"),
      response("http://a/undone-deflate", body, html + "Content-Encoding: deflate\r\n"),
      response("http://a/identity", body, html + "Content-Encoding: identity, UTF-8\r\n"),
      response("http://a/double", deflated(deflated(body)), html + "Content-Encoding: gzip, gzip\r\n"),
  };
  std::string all;
  for (const std::string& r : records) all += deflated(r);
  const Read read = read_all({folder.write("a.warc.gz", all)});
  for (const Loss& loss : read.losses) ADD_FAILURE() << loss.what;
  ASSERT_EQ(read.pages.size(), records.size());
  for (const Seen& seen : read.pages) EXPECT_EQ(seen.bytes, body) << seen.source;
}

TEST(Warc, BrokenHttpCodings) {
  const Folder folder;
  const std::string body = page(1, 50000);
  const std::string html = "Content-Type: text/html\r\n";
  const std::string all =
      response("http://a/1", deflated(body).substr(0, 5000), html + "Content-Encoding: gzip\r\n") +
      response("http://a/2", "1000\r\n" + body.substr(0, 500), html + "Transfer-Encoding: chunked\r\n") +
      response("http://a/3", brotli_packed(body).substr(0, 5000), html + "Content-Encoding: br\r\n") +
      response("http://a/4", body, html);
  const Read read = read_all({folder.write("a.warc", all)});
  ASSERT_EQ(read.pages.size(), 4u);
  for (int i = 0; i < 3; ++i) {
    const Seen& seen = read.pages[static_cast<std::size_t>(i)];
    EXPECT_NE(seen.damage, "");
    EXPECT_GE(seen.bytes.size(), 400u);
    EXPECT_EQ(seen.bytes, body.substr(0, seen.bytes.size()));
  }
  EXPECT_EQ(read.pages[3].damage, "");
  EXPECT_EQ(read.losses.size(), 3u);
}

TEST(Warc, TypesAndSniffing) {
  const Folder folder;
  const std::string body = page(1);
  const std::string all =
      record("resource", "file:///a.html", "text/html; charset=\"windows-1251\"", body, "1.1") +
      record("conversion", "http://a/wet", "text/plain", "One line\nAnother line\n", "1.1") +
      record("revisit", "http://a/again", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n\r\n") +
      response("http://a/none", body, "") +  // no type: sniffed
      response("http://a/octets", "  \n" + body, "Content-Type: application/octet-stream\r\n") +
      response("http://a/text", "just words", "Content-Type: text/plain\r\n") +  // no HTML
      response("http://a/css", "<html>", "Content-Type: text/css\r\n") +         // declared otherwise
      response("http://a/liar", "\x89PNG\r\n\x1a\n----",
               "Content-Type: text/html\r\n") +  // declared, and isn't
      response("http://a/moved", "", "Content-Type: text/html\r\nLocation: /\r\n", 301) +
      response("http://a/empty", "", "Content-Type: text/html\r\n", 200) +
      response("http://a/404", body, "Content-Type: text/html\r\n", 404) +
      record("response", "dns:example.org", "text/dns", "20240101\nexample.org. 300 IN A 1.2.3.4\n") +
      record("response", "<http://a/angles>", "application/http",
             "HTTP/1.0 200 OK\nContent-Type: Text/HTML;Charset='ISO-8859-1'\n\n" + body);
  const Read read = read_all({folder.write("a.warc", all)});
  for (const Loss& loss : read.losses) ADD_FAILURE() << loss.what;
  std::vector<std::string> sources;
  for (const Seen& seen : read.pages) sources.push_back(seen.source);
  EXPECT_EQ(sources,
            (std::vector<std::string>{"file:///a.html", "http://a/wet", "http://a/none", "http://a/octets",
                                      "http://a/empty", "http://a/404", "http://a/angles"}));
  EXPECT_EQ(read.pages[0].charset, "windows-1251");
  EXPECT_EQ(read.pages[1].input, Input::text);
  EXPECT_EQ(read.pages.back().charset, "ISO-8859-1");
  EXPECT_EQ(read.counts.revisits, 1u);
}

TEST(Warc, GoesOnBehindAnyCapture) {
  const Folder folder;
  const auto records = crawl(12);
  const std::vector<std::string> paths = {
      folder.write("0.warc.gz", each(records, [](auto& r) { return deflated(r); })),
      folder.write("1.warc", joined(records)),
      folder.write("2.warc.gz", deflated(joined(records))),
      folder.write("3.html", page(77)),
      folder.write("4.jsonl", "{\"html\":\"<p>a\",\"url\":\"http://j/1\"}\n{\"text\":\"b\"}\n"),
  };
  const Read whole = read_all(paths);
  ASSERT_EQ(whole.pages.size(), 12u * 3 + 1 + 2);
  for (std::size_t i = 0; i < whole.pages.size(); ++i) {
    Source source;
    source.open(paths, {});
    ASSERT_TRUE(source.go_behind(whole.pages[i].position)) << i;
    CaptureRecord r;
    for (std::size_t j = i + 1; j < whole.pages.size(); ++j) {
      ASSERT_TRUE(source.next(r)) << i << " " << j;
      EXPECT_EQ(r.source, whole.pages[j].source);
      EXPECT_EQ(std::string(r.bytes.view()), whole.pages[j].bytes);
    }
    EXPECT_FALSE(source.next(r));
  }
}

// Members of all sizes, lengths that are wrong, flipped bits: what comes behind a capture does not depend on where reading began.
TEST(Warc, GoesOnBehindAnyCaptureOfDamagedCrawls) {
  constexpr std::array<unsigned, 14> sizes = {50, 100, 500, 3900, 4000, 4096, 4200, 8000, 65000, 65536, 66000, 100000, 262144, 300000};
  const Folder folder;
  std::mt19937 random;
  const auto below = [&random](std::size_t n) { return static_cast<unsigned>(random() % n); };
  for (int round = 0; round < 120; ++round) {
    if (round % 40 == 0) random.seed(std::array{12u, 19u, 40u}[static_cast<std::size_t>(round / 40)]);  // each found a fault once
    std::string all, member;
    const unsigned records = 3 + below(9), packing = below(3), most_in_member = 1 + below(3);
    for (unsigned i = 0; i < records; ++i) {
      std::string body = "<html><p>";
      const std::size_t size = sizes[below(sizes.size())] + below(40);
      if (below(2) == 0) body.resize(size, static_cast<char>('a' + below(26)));
      while (body.size() < size) body += static_cast<char>('a' + below(26));
      const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body;
      std::size_t length = http.size();
      if (const unsigned wrong = below(12); wrong < 3) length = wrong == 0 ? length + below(200) - 100 : wrong == 1 ? 1'000'000 : 2 * length + below(100);
      member += "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + uri(static_cast<int>(i)) + "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" + http + "\r\n\r\n";
      if (below(15) == 0) member += "garbage";
      if (below(most_in_member) != 0 && i + 1 != records) continue;
      all += packing == 0 ? member : packing == 1 ? deflated(member) : zstd_packed(member);
      member.clear();
    }
    for (unsigned flips = below(4); flips > 0; --flips) all[below(all.size())] ^= static_cast<char>(1u << below(8));
    if (below(10) == 0) all.resize(below(all.size()));
    const std::string path = folder.write(packing == 0 ? "a.warc" : packing == 1 ? "a.warc.gz" : "a.warc.zst", all);
    const Read whole = read_all({path});
    for (std::size_t i = 0; i < whole.pages.size(); ++i) {
      if (!whole.pages[i].error.empty()) continue;
      Source source;
      source.open({path}, {});
      ASSERT_TRUE(source.go_behind(whole.pages[i].position)) << round << " " << i;
      CaptureRecord r;
      for (std::size_t j = i + 1; j < whole.pages.size(); ++j) {
        ASSERT_TRUE(source.next(r)) << round << " " << i << " " << j;
        ASSERT_EQ(r.source, whole.pages[j].source) << round << " " << i;
        ASSERT_TRUE(r.bytes.view() == whole.pages[j].bytes) << round << " " << i << " " << j;
      }
      ASSERT_FALSE(source.next(r)) << round << " " << i;
    }
  }
}

// Small records that claim to be large: what is at hand is not moved for each of them.
TEST(Warc, RecordsThatClaimTooMuch) {
  const Folder folder;
  std::string all;
  for (int i = 0; i < 40'000; ++i)
    all += "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: 100000000\r\n\r\n"
           "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hi\r\n\r\n";
  for (const std::string& path : {folder.write("a.warc", all), folder.write("a.warc.gz", deflated(all))}) {
    const std::clock_t begin = std::clock();
    EXPECT_EQ(read_all({path}).pages.size(), 39'999u);  // all but the last, which the end of the file cuts off
    EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 4.0);  // 0.1; 9 where each moves megabytes
  }
}

TEST(Warc, LargeRecords) {
  const Folder folder;
  const std::string big = page(5, 3u << 20);
  const std::string all =
      response("http://a/1", page(1)) +
      response("http://a/video", std::string(5u << 20, 'v'), "Content-Type: video/mp4\r\n") +
      response("http://a/big", big) + response("http://a/2", page(2));
  for (const std::string& path : {folder.write("a.warc", all), folder.write("a.warc.gz", deflated(all))}) {
    const Read read = read_all({path});
    EXPECT_EQ(read.losses.size(), 0u);
    ASSERT_EQ(read.pages.size(), 3u);
    EXPECT_EQ(read.pages[1].bytes, big);
    SourceOptions options;
    options.most_bytes = 1u << 20;
    const Read small = read_all({path}, options);
    ASSERT_EQ(small.pages.size(), 2u);
    EXPECT_EQ(small.pages[1].source, "http://a/2");
    EXPECT_EQ(small.losses.size(), 1u);  // nobody wanted the video
    EXPECT_EQ(small.counts.too_large, 1u);
    EXPECT_EQ(small.counts.not_pages, 1u);
  }
}

TEST(Warc, Shards) {
  const Folder folder;
  const std::string path = folder.write("a.warc", joined(crawl(10)));
  std::size_t sum = 0;
  for (std::uint32_t shard = 0; shard < 3; ++shard) {
    SourceOptions options;
    options.shard = shard;
    options.shards = 3;
    sum += read_all({path}, options).pages.size();
  }
  EXPECT_EQ(sum, 10u);
}

// Records say where they stand, and reading can begin there again: of every packing, in members of their own.
TEST(Warc, WhereRecordsStand) {
  const Folder folder;
  const auto same = [](std::string_view bytes) { return std::string(bytes); };
  const auto gz = [](std::string_view bytes) { return deflated(bytes); };
  const auto zst = [](std::string_view bytes) { return zstd_packed(bytes); };
  const auto lz = [](std::string_view bytes) { return lz4_packed(bytes); };
  const std::vector<std::pair<const char*, std::string (*)(std::string_view)>> packings = {
      {"a.warc", same}, {"a.warc.gz", gz}, {"a.warc.zst", zst}, {"a.warc.lz4", lz}};
  for (const auto& [name, pack] : packings) {
    std::string bytes = pack(record("warcinfo", "", "application/warc-fields", "software: test"));
    std::vector<std::size_t> begins;
    for (int i = 0; i < 60; ++i) {
      begins.push_back(bytes.size());
      bytes += pack(response(uri(i), page(i, i % 7 == 3 ? 700'000 : 2000)));
      if (i % 3 == 0) bytes += pack(record("metadata", uri(i), "text/plain", "fetchTimeMs: 1"));
    }
    const std::string path = folder.write(name, bytes);
    const Read read = read_all({path});
    ASSERT_EQ(read.pages.size(), begins.size()) << name;
    for (std::size_t i = 0; i < begins.size(); ++i) {
      EXPECT_EQ(read.pages[i].offset, begins[i]) << name << " " << i;
      EXPECT_TRUE(read.pages[i].position.seekable) << name << " " << i;
    }
    Source source;
    source.open({path}, {});
    ASSERT_TRUE(source.go_behind(read.pages[41].position)) << name;
    EXPECT_GE(source.read_bytes(), begins[41]) << name;
    CaptureRecord next;
    ASSERT_TRUE(source.next(next));
    EXPECT_EQ(next.source, uri(42)) << name;
  }
}

}  // namespace
}  // namespace offprint::sources::testing
