// Requests for support in thirteen languages, as forms and as flattened text: tests/pages/support/NAME.html
// or .txt, with what must come out of it in NAME.json. In .txt files each line begins with its role and a
// tab, in .html files `data-t` gives the role of what is inside. First with these roles, where the object
// must be exact; then by the models, from the page without them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "document/assemble.h"
#include "document/request.h"
#include "document/support.h"
#include "offprint/offprint.h"

namespace offprint {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> samples() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(OFFPRINT_SOURCE_DIR "/tests/pages/support"))
    if (entry.path().extension() != ".json") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string expected(fs::path path) {
  std::string json = read(path.replace_extension(".json"));
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

std::string support_of(const Document& document) {
  std::string json;
  write(document, Format::json, json);
  const std::size_t at = json.find("\"support\":");
  if (at == json.npos) return {};
  json = json.substr(at + 10);
  while (!json.empty() && (json.back() == '\n' || json.back() == '}')) json.pop_back();
  return json + '}';
}

Role role_named(std::string_view name) {
  for (int r = 0; r < role_count; ++r)
    if (name_of(static_cast<Role>(r)) == name) return static_cast<Role>(r);
  ADD_FAILURE() << "no role " << name;
  return Role::other;
}

// The page as it would be captured, and the roles of its lines.
struct Sample {
  std::string page;
  std::vector<Role> of_lines;
  bool flat = false;
};
Sample load(const fs::path& path) {
  Sample sample{.page = read(path)};
  if (path.extension() != ".txt") return sample;
  sample.flat = true;
  const std::string labelled = std::move(sample.page);
  sample.page.clear();
  for (std::size_t at = 0; at < labelled.size();) {
    const std::size_t tab = labelled.find('\t', at), end = labelled.find('\n', at);
    sample.of_lines.push_back(role_named(std::string_view(labelled).substr(at, tab - at)));
    sample.page.append(labelled, tab + 1, end - tab).append("\n");
    at = end + 1;
  }
  return sample;
}
std::string without_labels(std::string page) {
  for (std::size_t at = page.find(" data-t="); at != page.npos; at = page.find(" data-t=", at))
    page.erase(at, page.find_first_of(" >", at + 1) - at);
  return page;
}

Role labelled_role(Page& page, NodeId node) {
  for (; node != no_node; node = page[node].parent)
    if (const std::string_view role = attribute(page, node, "data-t"); !role.empty()) return role_named(role);
  return Role::body;
}

class SupportSamples : public testing::TestWithParam<fs::path> {};

TEST_P(SupportSamples, ExactWhereTheRolesAreRight) {
  const Sample sample = load(GetParam());
  Arena arena;
  Meter meter;
  Page page;
  Blocks blocks;
  Decisions decisions;
  if (sample.flat) {
    flat_blocks(sample.page, arena, blocks, meter);
    ASSERT_EQ(blocks.blocks.size(), sample.of_lines.size());
  } else {
    parse(page, sample.page, {}, meter);
    find_blocks(page, blocks, meter);
  }
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    const Role role = sample.flat ? sample.of_lines[i] : labelled_role(page, blocks.blocks[i].node);
    decisions.of_block.push_back({.role = role, .confidence = 0.9f, .chosen = role == Role::body});
  }
  std::string_view url;
  if (!sample.flat) {
    const std::size_t at = sample.page.find("rel=canonical href=\"") + 20;
    url = std::string_view(sample.page).substr(at, sample.page.find('"', at) - at);
  }
  Request request;
  Document document;
  find_request(page, blocks, {}, url, decisions, arena, request);
  find_support(page, blocks, decisions, request, url, arena, document.support);
  EXPECT_EQ(support_of(document), expected(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Pages, SupportSamples, testing::ValuesIn(samples()),
                         [](const testing::TestParamInfo<fs::path>& sample) {
                           std::string name = sample.param.stem().string();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// What the models make of them. They have seen few requests in most of these languages, so not all need be
// exact.
TEST(SupportSamplesByTheModels, MostAreExact) {
  Extractor extractor;
  std::size_t exact = 0, present = 0;
  std::string missed;
  for (const fs::path& path : samples()) {
    const std::string page = without_labels(load(path).page);
    const std::string found = support_of(extractor.extract({.bytes = page}));
    present += found.empty() ? 0 : 1;
    if (found == expected(path))
      ++exact;
    else
      missed += path.filename().string() + ": " + found + "\n";
  }
  RecordProperty("exact", static_cast<int>(exact));
  RecordProperty("present", static_cast<int>(present));
  if (std::getenv("OFFPRINT_SHOW") != nullptr)
    std::printf("%zu exact, %zu present\n%s", exact, present, missed.c_str());
  EXPECT_GE(present * 10, samples().size() * 9) << missed;
  EXPECT_GE(exact * 3, samples().size() * 2) << missed;
}

}  // namespace
}  // namespace offprint
