// Reads html5lib's tree-construction tests and writes trees in their format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tree/tree.h"

namespace offprint::tests {

struct TreeTest {
  std::string data, context, expected;
  bool fragment = false, script_on = false, script_off = false;
  int line = 0;
};

std::vector<TreeTest> read_tests(const std::string& text);
std::string serialise(Page& page, bool fragment);

}  // namespace offprint::tests
