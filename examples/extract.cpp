// The article of one HTML file as Markdown, and what the page asks for: extract FILE [ADDRESS]
// docs/library.md has the CMakeLists.txt that builds it.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "offprint/offprint.h"

int main(int argc, char** argv) {
  std::ifstream file(argc > 1 ? argv[1] : "", std::ios::binary);
  if (!file) {
    std::cerr << "usage: extract FILE [ADDRESS]\n";
    return 2;
  }
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  offprint::Extractor extractor;
  offprint::Capture capture;
  capture.bytes = bytes;
  capture.source = argv[1];
  if (argc > 2) capture.url = argv[2];
  const offprint::Document& document = extractor.extract(capture);
  std::string markdown;
  offprint::write(document, offprint::Format::markdown, markdown);
  std::cout << markdown;
  for (const offprint::Block& block : document.blocks)
    if (block.role == offprint::Role::appeal) std::cerr << "asks for support: " << block.text << '\n';
  return document.status == offprint::Status::failed ? 1 : 0;
}
