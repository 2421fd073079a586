// Each budget of a page: where one runs out the document says `partial` and which, and holds what was found
// so far.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "offprint/offprint.h"
#include "tests/hostile/measure.h"
#include "tests/pipeline/program.h"

namespace offprint::testing {
namespace {

using sources::testing::brotli_packed;
using sources::testing::deflated;
using sources::testing::zstd_packed;

std::string paragraph(int number) {
  const std::string n = std::to_string(number);
  std::string s = "<p>In winter ";
  s += n;
  s += " the lamp on the far side of the bay went out at nine, and nobody rowed across to light it again; it "
       "was written down as "
       "entry ";
  s += n;
  s += " of the ledger, between the price of oil and the names of those who had left.</p>\n";
  return s;
}

constexpr std::string_view head =
    "<!DOCTYPE html><html lang=en><head><title>The ledger of the bay</title></head><body><article>"
    "<h1>The ledger of the bay</h1>\n";

std::string page_of(int paragraphs) {
  std::string page(head);
  for (int i = 0; i < paragraphs; ++i) page += paragraph(i);
  return page += "</article></body></html>";
}

bool has(std::string_view text, int number) {
  return text.find("In winter " + std::to_string(number) + " the lamp") != text.npos;
}

class Budget : public ::testing::Test {
 protected:
  // The document's strings are views of the page, which is often a temporary.
  const Document& extract(std::string page, const Limits& limits, Input input = Input::html) {
    Options options;
    options.limits = limits;
    page_ = std::move(page);
    return extractor_.extract({.bytes = page_, .input = input}, options);
  }
  // The first budget of the document, and what every page of ours still has.
  void expect_partial(const Document& d, std::string_view budget) {
    EXPECT_EQ(d.status, Status::partial);
    EXPECT_EQ(d.budget, budget);
    EXPECT_EQ(d.title, "The ledger of the bay");
    EXPECT_TRUE(has(d.text, 0)) << d.text.substr(0, 200);
    std::string json;
    write(d, Format::json, json);
    EXPECT_NE(json.find("\"status\":\"partial\",\"budget\":\"" + std::string(budget) + '"'), json.npos)
        << json.substr(0, 200);
  }
  std::string page_;
  Extractor extractor_;
};

TEST_F(Budget, NoneRunsOutOnAnOrdinaryPage) {
  const Document& d = extract(page_of(60), {});
  EXPECT_EQ(d.status, Status::ok);
  EXPECT_EQ(d.budget, "");
  EXPECT_TRUE(has(d.text, 59));
}

TEST_F(Budget, Bytes) {
  const std::string page = page_of(400);
  const Document& d = extract(page, {.bytes = 20'000});
  expect_partial(d, "bytes");
  EXPECT_TRUE(has(d.text, 70));
  EXPECT_FALSE(has(d.text, 120));
  for (const Block& block : d.blocks) EXPECT_LE(block.span_end, 20'000u);
}

TEST_F(Budget, Nodes) {
  const Document& d = extract(page_of(400), {.nodes = 300});
  expect_partial(d, "nodes");
  EXPECT_TRUE(has(d.text, 80));
  EXPECT_FALSE(has(d.text, 200));
}

// Deeper elements become siblings: no text is lost.
TEST_F(Budget, Depth) {
  std::string page(head);
  for (int i = 0; i < 30; ++i) page += paragraph(i);
  for (int i = 0; i < 60; ++i) page += "<div>";
  for (int i = 30; i < 60; ++i) page += paragraph(i);
  const Document& d = extract(page, {.depth = 20});
  expect_partial(d, "depth");
  for (int i = 0; i < 60; ++i) EXPECT_TRUE(has(d.text, i)) << i;
}

// Further attributes are dropped, the element stays.
TEST_F(Budget, Attributes) {
  std::string page = page_of(30), crowded = "<p";
  for (int i = 0; i < 50; ++i) crowded += " a" + std::to_string(i) + "=x";
  page.insert(page.find("<p>"), crowded + " hidden>" + paragraph(99).substr(3));
  const auto hidden = [](const Document& d) {
    const auto at =
        std::find_if(d.blocks.begin(), d.blocks.end(), [](const Block& b) { return has(b.text, 99); });
    return at == d.blocks.end() ? -1 : static_cast<int>(at->hidden);
  };
  const Document& d = extract(page, {.attributes = 50});
  expect_partial(d, "attributes");
  EXPECT_TRUE(has(d.text, 29));
  EXPECT_EQ(hidden(d), 0);  // `hidden` was the 51st
  EXPECT_EQ(hidden(extract(page, {.attributes = 51})), 1);
}

TEST_F(Budget, Output) {
  const Document& d = extract(page_of(400), {.output = 20'000});
  expect_partial(d, "output");
  EXPECT_TRUE(has(d.text, 60));
  EXPECT_LE(d.text.size(), 20'500u);
}

TEST_F(Budget, OutputAndNodesOfFlattenedText) {
  std::string text = "The ledger of the bay\n\n";
  for (int i = 0; i < 400; ++i) text += paragraph(i).substr(3, paragraph(i).size() - 8) + "\n";
  for (const auto& [limits, name] :
       {std::pair<Limits, std::string_view>{{.bytes = 20'000}, "bytes"}, {{.nodes = 90}, "nodes"}}) {
    const Document& d = extract(text, limits, Input::text);
    EXPECT_EQ(d.status, Status::partial);
    EXPECT_EQ(d.budget, name);
    EXPECT_TRUE(has(d.text, 30)) << name;
    EXPECT_FALSE(has(d.text, 399)) << name;
  }
}

// A script that is too deep is passed over, the others are read.
TEST_F(Budget, JsonDepth) {
  std::string page = page_of(30), deep = R"({"@type":"NewsArticle","datePublished":"2021-02-03","hasPart":)";
  for (int i = 0; i < 40; ++i) deep += "[";
  for (int i = 0; i < 40; ++i) deep += "]";
  page.insert(
      page.find("</head>"),
      "<script type=application/ld+json>" + deep + "}</script>" +
          R"(<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-06"}</script>)");
  const Document& d = extract(page, {.json_depth = 20});
  expect_partial(d, "json_depth");
  EXPECT_EQ(d.date, "2024-05-06");
  EXPECT_TRUE(has(d.text, 29));
  EXPECT_EQ(extract(page, {.json_depth = 60}).status, Status::ok);
}

// Where parsing goes on for long, it stops, and work on what there is takes its own time.
TEST_F(Budget, Time) {
  const std::string page = page_of(40'000);  // 9 MB
  const double begin = hostile::cpu_seconds();
  const Document& d = extract(page, {.milliseconds = 1});
  EXPECT_EQ(d.title, "The ledger of the bay");  // the head is read all the same
  const double seconds = hostile::cpu_seconds() - begin;
  expect_partial(d, "time");
  EXPECT_FALSE(has(d.text, 39'999));
  const double whole_begin = hostile::cpu_seconds();
  extract(page, {});
  EXPECT_LT(seconds, 0.8 * (hostile::cpu_seconds() - whole_begin));
}

// Time runs out also where the input was cut before.
TEST_F(Budget, TimeAfterBytes) {
  const std::string page = page_of(40'000);
  const Document& d = extract(page, {.bytes = page.size() - 100, .milliseconds = 1});
  expect_partial(d, "bytes");
  EXPECT_FALSE(has(d.text, 39'000));
}

// The first that ran out is named; a hard one before a soft one.
TEST_F(Budget, HardBeforeSoft) {
  std::string page(head);
  for (int i = 0; i < 60; ++i) page += "<div>";
  for (int i = 0; i < 400; ++i) page += paragraph(i);
  const Document& d = extract(page, {.nodes = 300, .depth = 20});
  expect_partial(d, "nodes");
}

// What a capture may unpack to: a page of 40 MB of blanks behind its words, in 40 KB.
struct Packed {
  const char* name;
  std::string bytes;
};
std::vector<Packed> bombs() {
  std::string page = page_of(60);
  page.append(40u << 20, ' ');
  return {{"bomb.html.gz", deflated(page)},
          {"bomb.html.zst", zstd_packed(page)},
          {"bomb.html.br", brotli_packed(page)}};
}

TEST(BudgetOfUnpacking, Ratio) {
  const sources::testing::Folder folder;
  for (const Packed& bomb : bombs()) {
    const Ended ended = run({"-f", "json", folder.write(bomb.name, bomb.bytes)});
    simdjson::dom::parser parser;
    simdjson::dom::element json;
    ASSERT_EQ(parser.parse(ended.out).get(json), simdjson::SUCCESS) << bomb.name << ended.error;
    EXPECT_EQ(std::string_view(json["status"]), "partial") << bomb.name;
    EXPECT_NE(std::string_view(json["error"]).find("a decompression bomb"), std::string_view::npos)
        << bomb.name;
    EXPECT_TRUE(has(std::string_view(json["text"]), 59)) << bomb.name;
    EXPECT_NE(ended.error.find("a decompression bomb"), std::string::npos) << ended.error;
    EXPECT_EQ(ended.exit, 1) << bomb.name;
  }
}

TEST(BudgetOfUnpacking, Size) {
  const sources::testing::Folder folder;
  const std::string page = page_of(4000);
  for (const Packed& packed :
       {Packed{"large.html.gz", deflated(page)}, Packed{"large.html", page},
        Packed{"large.html.zst", zstd_packed(page)}, Packed{"large.html.br", brotli_packed(page)}}) {
    const std::string path = folder.write(packed.name, packed.bytes);
    // What is unpacked, and what of it is read.
    const Ended ended = run({"-f", "json", "--max-bytes", "100000", "--max-record-bytes", "200000", path});
    simdjson::dom::parser parser;
    simdjson::dom::element json;
    ASSERT_EQ(parser.parse(ended.out).get(json), simdjson::SUCCESS) << packed.name << ended.error;
    EXPECT_EQ(std::string_view(json["status"]), "partial") << packed.name;
    EXPECT_EQ(std::string_view(json["budget"]), "bytes") << packed.name;
    EXPECT_NE(std::string_view(json["error"]).find("larger than 200000 bytes"), std::string_view::npos)
        << packed.name;
    EXPECT_TRUE(has(std::string_view(json["text"]), 300)) << packed.name;
    EXPECT_FALSE(has(std::string_view(json["text"]), 3999)) << packed.name;
  }
}

}  // namespace
}  // namespace offprint::testing
