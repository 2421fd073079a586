// Order, threads, filters, counts.
#include "pipeline/pipeline.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/pipeline/program.h"

namespace offprint::testing {
namespace {

using namespace sources::testing;

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Pipeline, SameBytesWithAnyThreads) {
  const Folder folder;
  std::string warc;
  for (int i = 0; i < 400; ++i) warc += deflated(response(uri(i), page(i, i % 50 == 0 ? 400'000 : 3000)));
  const std::string in = folder.write("a.warc.gz", warc);
  for (const char* name : {"out.jsonl", "out.jsonl.gz", "out.jsonl.zst"}) {
    const std::string out = (folder.path / name).string();
    std::string first;
    for (const char* threads : {"1", "2", "3", "8"}) {
      ASSERT_EQ(run({in, "-o", out, "-j", threads}).exit, 0);
      const std::string bytes = slurp(out);
      ASSERT_FALSE(bytes.empty());
      if (first.empty()) first = bytes;
      EXPECT_TRUE(bytes == first) << name << " with " << threads;
    }
  }
  const std::string lines = slurp(folder.path / "out.jsonl");
  ASSERT_EQ(lines_of(lines), 400u);
  std::size_t at = 0;
  for (int i = 0; i < 400; ++i) {
    EXPECT_NE(lines.substr(at, 200).find(uri(i) + "\""), std::string::npos) << i;
    at = lines.find('\n', at) + 1;
  }
}

TEST(Pipeline, ShardsMakeTheWhole) {
  const Folder folder;
  std::string warc;
  for (int i = 0; i < 100; ++i) warc += response(uri(i), page(i));
  const std::string in = folder.write("a.warc", warc);
  std::size_t sum = 0;
  for (int k = 1; k <= 3; ++k) sum += lines_of(run({in, "--shard", std::to_string(k) + "/3"}).out);
  EXPECT_EQ(sum, 100u);
}

TEST(Pipeline, TallyThereAndBack) {
  pipeline::Tally tally;
  tally.documents = 7;
  tally.words = 1234567890123;
  tally.by_status[0] = 5;
  tally.by_role[3] = 9;
  tally.by_page_type[1] = 2;
  tally.by_language["en"] = 3;
  tally.by_language["zh-\"Hant"] = 1;
  sources::SourceCounts counts;
  counts.records = 99;
  counts.revisits = 4;
  const std::string json = pipeline::tally_json(tally, counts);
  pipeline::Tally back;
  sources::SourceCounts counts_back;
  ASSERT_TRUE(pipeline::read_tally(json, back, counts_back)) << json;
  EXPECT_EQ(pipeline::tally_json(back, counts_back), json);
  EXPECT_FALSE(pipeline::read_tally("{}", back, counts_back));
  back.add(tally);
  EXPECT_EQ(back.documents, 14u);
  EXPECT_EQ(back.by_language["en"], 6u);
}

}  // namespace
}  // namespace offprint::testing
