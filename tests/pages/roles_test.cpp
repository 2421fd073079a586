// What every document promises of its roles (docs/output.md), on the sample pages and on some of the corpora.
#include <gtest/gtest.h>

#include <algorithm>

#include "offprint/offprint.h"
#include "tests/pages/samples.h"

namespace offprint::testing {
namespace {

bool may_be_content(Role role) {
  constexpr Role roles[] = {Role::body, Role::standfirst, Role::headline, Role::byline, Role::date, Role::caption, Role::notice, Role::bio};
  return std::find(std::begin(roles), std::end(roles), role) != std::end(roles);
}

TEST(Roles, OneDecisionWithTheText) {
  Extractor extractor;
  for (const Sample& sample : samples()) {
    for (const Favor favor : {Favor::precision, Favor::balance, Favor::recall}) {
      const Document& document = extractor.extract({.bytes = sample.bytes, .source = sample.name}, {.favor = favor});
      for (const Block& block : document.blocks) {
        EXPECT_TRUE(block.role != Role::body || block.content) << sample.name << ": " << block.text;
        EXPECT_TRUE(!block.content || may_be_content(block.role)) << sample.name << ": " << block.text;
      }
    }
  }
}

TEST(Roles, APageHasOneHeadline) {
  Extractor extractor;
  std::size_t pages = 0, with_headline = 0;
  for (const Sample& sample : samples()) {
    const Document& document = extractor.extract({.bytes = sample.bytes, .source = sample.name}, {});
    const auto headlines = std::count_if(document.blocks.begin(), document.blocks.end(), [](const Block& b) { return b.role == Role::headline; });
    EXPECT_LE(headlines, 1) << sample.name;
    ++pages;
    with_headline += headlines == 1 ? 1u : 0u;
  }
  EXPECT_GE(10 * with_headline, 9 * pages) << with_headline << " of " << pages;
}

}  // namespace
}  // namespace offprint::testing
