// Every tree of html5lib's tree-construction tests, with scripting as each test says, else both ways.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "tests/tree/dat.h"
#include "tests/tree/well_formed.h"

namespace offprint::tests {
namespace {

const std::filesystem::path folder =
    std::filesystem::path(OFFPRINT_SHARED_DIR) / "corpora/html5lib-tests/tree-construction";

std::vector<std::string> dat_files() {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".dat") files.push_back(entry.path().stem().string());
  std::sort(files.begin(), files.end());
  if (files.empty()) files.push_back("absent");
  return files;
}

class Html5lib : public testing::TestWithParam<std::string> {};

TEST_P(Html5lib, TreesAreAsExpected) {
  std::ifstream in(folder / (GetParam() + ".dat"), std::ios::binary);
  if (!in) GTEST_SKIP() << "no html5lib-tests at " << folder;
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  Page page;
  int trees = 0, runs = 0;
  for (const TreeTest& test : read_tests(text)) {
    ++trees;
    for (const bool scripting : {false, true}) {
      if ((scripting && test.script_off) || (!scripting && test.script_on)) continue;
      ++runs;
      // A buffer of exactly this size, so that a sanitizer sees one byte too many.
      const std::unique_ptr<char[]> buffer(new char[test.data.size()]);
      std::copy(test.data.begin(), test.data.end(), buffer.get());
      const std::string_view input(buffer.get(), test.data.size());
      Meter meter;
      if (test.fragment)
        parse_fragment(page, input, test.context, {.scripting = scripting}, meter);
      else
        parse(page, input, {.scripting = scripting}, meter);
      EXPECT_EQ(serialise(page, test.fragment), test.expected)
          << GetParam() << ".dat:" << test.line << (scripting ? " (scripting)" : "") << " context ["
          << test.context << "]\n"
          << test.data;
      EXPECT_TRUE(well_formed(page)) << GetParam() << ".dat:" << test.line;
    }
  }
  RecordProperty("trees", trees);
  RecordProperty("runs", runs);
}

INSTANTIATE_TEST_SUITE_P(TreeConstruction, Html5lib, testing::ValuesIn(dat_files()), [](const auto& file) {
  std::string name = file.param;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
});

}  // namespace
}  // namespace offprint::tests
