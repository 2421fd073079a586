// Reasons as people read them: a few words each, none twice, numbers in their place.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "offprint/offprint.h"

namespace offprint {
namespace {

TEST(Reasons, ReadWell) {
  Extractor extractor;
  std::size_t with_reason = 0, blocks = 0;
  for (const std::string_view name :
       {"harbour-gazette.html", "forum-thread.html", "harbour-gazette.txt", "arabic-article.html"}) {
    SCOPED_TRACE(name);
    std::ifstream file(std::string(OFFPRINT_SOURCE_DIR "/examples/pages/").append(name), std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(page.empty());
    for (const Block& block : extractor.extract({.bytes = page}, {.reasons = true}).blocks) {
      SCOPED_TRACE(block.reason);
      ++blocks;
      with_reason += block.reason.empty() ? 0 : 1;
      std::set<std::string_view> parts;
      std::string_view rest = block.reason;
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find("; "), rest.size());
        EXPECT_TRUE(parts.insert(rest.substr(0, end)).second) << "said twice";
        EXPECT_GT(end, 3u);
        rest.remove_prefix(std::min(end + 2, rest.size()));
      }
      EXPECT_LE(parts.size(), 4u);  // three of its own, and what stands around it
      for (const std::string_view wrong : {"{", " 1 blocks", " 1 pictures", " 0 words", " -1 ", "100 %"})
        EXPECT_EQ(block.reason.find(wrong), block.reason.npos) << wrong;
    }
    // Without being asked for there are none.
    for (const Block& block : extractor.extract({.bytes = page}).blocks) EXPECT_TRUE(block.reason.empty());
  }
  EXPECT_GT(with_reason * 100, blocks * 95);
}

}  // namespace
}  // namespace offprint
