// Writes the fixture pages as the reader makes them: reader_pages FOLDER
#include <cstdio>
#include <fstream>

#include "reader/reader.h"
#include "tests/reader/fixtures.h"

namespace {

using namespace offprint;

bool save(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: reader_pages FOLDER\n", stderr);
    return 2;
  }
  struct Fixture {
    const char* name;
    void (*fill)(fixtures::Made&);
  };
  const Fixture all[] = {{"story", fixtures::fill_story},       {"arabic", fixtures::fill_arabic},
                         {"japanese", fixtures::fill_japanese}, {"hostile", fixtures::fill_hostile},
                         {"large", fixtures::fill_large},       {"empty", [](fixtures::Made&) {}}};
  for (const Fixture& fixture : all) {
    fixtures::Made made;
    fixture.fill(made);
    const std::string source = fixtures::source_of(made);
    const offprint::Document& document = made.finish();
    std::string inspect, read;
    write_inspect(document, source, inspect);
    write_reading_copy(document, read);
    const std::string base = std::string(argv[1]) + "/" + fixture.name;
    if (!save(base + ".inspect.html", inspect) || !save(base + ".read.html", read)) return 1;
  }
  return 0;
}
