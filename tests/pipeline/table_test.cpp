// Tables out: what was written as Parquet is read again by our own reader and is what JSON Lines say. That
// others read it too is tested by tables.py.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <map>

#include "tests/pipeline/program.h"

namespace offprint::testing {
namespace {

using namespace sources::testing;

std::string crawl(const Folder& folder, int pages) {
  std::string warc;
  for (int i = 0; i < pages; ++i)
    warc += deflated(response(uri(i), page(i, i % 90 == 7 ? 600'000 : 4000), "Content-Type: text/html\r\n",
                              i % 10 == 4 ? 404 : 200));
  return folder.write("a.warc.gz", warc);
}

// The text of each document, by its address.
std::map<std::string, std::string> texts_of(const std::string& lines) {
  std::map<std::string, std::string> texts;
  simdjson::dom::parser parser;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    const simdjson::dom::element d = parser.parse(lines.substr(at, end - at));
    texts[std::string(std::string_view(d["source"]))] = std::string_view(d["text"]);
    at = end + 1;
  }
  return texts;
}

TEST(Table, ParquetHoldsWhatLinesHold) {
  const Folder folder;
  const std::string in = crawl(folder, 1300), out = (folder.path / "out.parquet").string();
  ASSERT_EQ(run({in, "-o", out}).exit, 0);
  const std::map<std::string, std::string> expected = texts_of(run({in, "--no-blocks"}).out);
  ASSERT_EQ(expected.size(), 1300u);
  sources::SourceOptions options;
  options.columns = {.html = "", .text = "text", .url = "source"};
  const Read read = read_all({out}, options);
  EXPECT_TRUE(read.losses.empty());
  ASSERT_EQ(read.pages.size(), 1300u);
  for (std::size_t i = 0; i < read.pages.size(); ++i) {
    EXPECT_EQ(read.pages[i].source, uri(static_cast<int>(i)));
    EXPECT_EQ(read.pages[i].bytes, expected.at(read.pages[i].source));
  }
}

TEST(Table, SameBytesWithAnyThreads) {
  const Folder folder;
  const std::string in = crawl(folder, 1300);
  for (const char* name : {"out.parquet", "out.arrow", "out.arrows"}) {
    const std::string out = (folder.path / name).string();
    std::string first;
    for (const char* threads : {"1", "2", "5"}) {
      ASSERT_EQ(run({in, "-o", out, "-j", threads, "--hashes", "--provenance"}).exit, 0);
      if (first.empty()) first = slurp(out);
      EXPECT_TRUE(slurp(out) == first) << name << " with " << threads;
    }
    // On standard output the same.
    const std::string format = name + 4;
    EXPECT_TRUE(run({in, "-f", format, "--hashes", "--provenance"}).out == first) << name;
  }
}

TEST(Table, NoRows) {
  const Folder folder;
  const std::string in = crawl(folder, 3);
  for (const char* name : {"out.parquet", "out.arrow", "out.arrows"}) {
    const std::string out = (folder.path / name).string();
    ASSERT_EQ(run({in, "-o", out, "--min-words", "1000000"}).exit, 0);
    EXPECT_GT(slurp(out).size(), 100u) << name;
  }
  const Read read = read_all({(folder.path / "out.parquet").string()});
  EXPECT_TRUE(read.pages.empty());
  EXPECT_TRUE(read.losses.empty());
}

TEST(Table, Refused) {
  const Folder folder;
  const std::string in = crawl(folder, 3);
  EXPECT_EQ(run({in, "-o", (folder.path / "out.parquet.gz").string()}).exit, 2);
  EXPECT_EQ(run({in, "-f", "parquet", "-o", (folder.path / "out.jsonl").string()}).exit, 2);
  EXPECT_EQ(run({in, "-f", "orc"}).exit, 2);
}

TEST(Marks, HashesAndProvenance) {
  const Folder folder;
  const std::string warc = response(uri(0), page(0)) + response(uri(1), page(0)) + response(uri(2), page(2));
  const std::string in = folder.write("a.warc", warc);
  const std::string lines = run({in, "--no-blocks", "--hashes", "--provenance"}).out;
  simdjson::dom::parser parser;
  std::vector<std::string> hashes, like;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    const simdjson::dom::element d = parser.parse(lines.substr(at, end - at));
    hashes.emplace_back(std::string_view(d["text_hash"]));
    like.emplace_back(std::string_view(d["simhash"]));
    EXPECT_EQ(std::string_view(d["file"]), in);
    EXPECT_EQ(std::string_view(d["captured"]), "2024-02-03T04:05:06Z");
    EXPECT_EQ(std::string_view(d["media_type"]), "text/html");
    EXPECT_EQ(std::uint64_t(d["http_status"]), 200u);
    EXPECT_EQ(std::uint64_t(d["offset"]),
              warc.find("WARC/1.0", hashes.size() == 1 ? 0 : std::uint64_t(d["offset"])));
    at = end + 1;
  }
  ASSERT_EQ(hashes.size(), 3u);  // marked, not dropped
  EXPECT_EQ(hashes[0].size(), 32u);
  EXPECT_EQ(like[0].size(), 16u);
  EXPECT_EQ(hashes[0], hashes[1]);
  EXPECT_EQ(like[0], like[1]);
  EXPECT_NE(hashes[0], hashes[2]);
  EXPECT_NE(like[0], like[2]);
  EXPECT_EQ(run({in, "--no-blocks"}).out.find("text_hash"), std::string::npos);
}

TEST(Marks, FiltersOfTheCapture) {
  const Folder folder;
  const std::string in = crawl(folder, 50);
  const auto count = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{in, "--no-blocks"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const std::string out = run(arguments).out;
    return std::count(out.begin(), out.end(), '\n');
  };
  EXPECT_EQ(count({"--http-status", "200"}), 45);
  EXPECT_EQ(count({"--http-status", "4xx"}), 5);
  EXPECT_EQ(count({"--http-status", "2xx,404"}), 50);
  EXPECT_EQ(count({"--media-type", "text/html"}), 50);
  EXPECT_EQ(count({"--media-type", "application/xhtml+xml"}), 0);
  EXPECT_EQ(run({in, "--http-status", "ok"}).exit, 2);
}

}  // namespace
}  // namespace offprint::testing
