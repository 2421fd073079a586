// The documents of the pages whose paths stand on standard input, a line each. It is built without vector
// instructions (tests/pages/CMakeLists.txt); same_test.cpp compares what it prints with what the library says.
#include <iostream>

#include "tests/pages/same.h"

int main() {
  offprint::Extractor extractor;
  for (std::string path; std::getline(std::cin, path);)
    std::cout << offprint::testing::json_of(extractor, offprint::testing::sample_of(path)) << '\n';
}
