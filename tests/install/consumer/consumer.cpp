// A program of somebody else's: nothing of this repository but what was installed.
#include <offprint/offprint.h>

#include <iostream>

int main() {
  offprint::Extractor extractor;
  const offprint::Document& document = extractor.extract(
      {.bytes = "<title>Well</title><h1>Well</h1><p>The rope is new, the bucket is not.</p>"});
  std::cout << document.title << " (offprint " << offprint::version() << ")\n";
  return document.blocks.size() == 2 ? 0 : 1;
}
