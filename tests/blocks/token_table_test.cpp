// The lexicon of tokens that is compiled in: what it holds is found, what it lacks is not.
#include "blocks/token_table.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "blocks/boxes.h"

namespace offprint {
namespace {

TEST(TokenTable, FindsEveryRecordAndNothingElse) {
  const NodeLexicon lexicon = node_lexicon();
  for (const TokenTable& table : {lexicon.names, lexicon.words, lexicon.flat_words}) {
    ASSERT_GT(table.records.size(), 1000u);
    std::set<std::uint32_t> tokens;
    for (const TokenRecord& record : table.records) {
      ASSERT_EQ(table.find(record.token), &record);
      ASSERT_NE(record.told, 0);
      ASSERT_TRUE(tokens.insert(record.token).second);
    }
    std::mt19937 random(3);
    for (int i = 0; i < 100000; ++i) {
      const auto token = static_cast<std::uint32_t>(random() | 1u);
      ASSERT_EQ(table.find(token) != nullptr, tokens.contains(token)) << token;
    }
  }
  EXPECT_EQ(TokenTable{}.find(1), nullptr);
  // Vectors are of the first records.
  EXPECT_TRUE(lexicon.names.vectors.empty());
  ASSERT_GT(lexicon.words.vectors.size(), 1000u);
  ASSERT_LT(lexicon.words.vectors.size(), lexicon.words.records.size());
  EXPECT_EQ(lexicon.words.vector_of(&lexicon.words.records[7]), &lexicon.words.vectors[7]);
  EXPECT_EQ(lexicon.words.vector_of(&lexicon.words.records.back()), nullptr);
  EXPECT_EQ(lexicon.flat_words.records.data(), lexicon.words.records.data());
  EXPECT_EQ(lexicon.flat_words.vectors.size(), lexicon.words.vectors.size());
  EXPECT_NE(lexicon.flat_words.vectors.data(), lexicon.words.vectors.data());
}

// What is told of a name is that of its letters, wherever it stands and however it is written.
TEST(TokenTable, TokensOfNamesAreTheirLetters) {
  Page page;
  Meter meter;
  parse(page, "<div class='Post-title'></div><div class=' x postTitle2 x'></div><div id=post_title></div><div class='title post'></div>", {}, meter);
  std::vector<std::vector<std::uint32_t>> of;
  for (NodeId id = 0; id < page.nodes.size(); ++id) {
    if (page[id].tag != Tag::div) continue;
    std::vector<std::uint32_t> tokens;
    collect_tokens(page, id, tokens);
    of.push_back(tokens);
  }
  ASSERT_EQ(of.size(), 4u);
  EXPECT_EQ(of[0], of[1]);
  EXPECT_EQ(of[0], of[2]);
  ASSERT_EQ(of[0].size(), 4u);  // div, post, title, and both as one
  ASSERT_EQ(of[3].size(), 3u);
  EXPECT_EQ(of[0][1], of[3][2]);
  EXPECT_EQ(of[0][2], of[3][1]);
}

}  // namespace
}  // namespace offprint
