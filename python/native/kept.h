// A document that outlives its extractor: all its text in one piece of memory, copied once. (A document's
// views are valid until the next page only, and Python objects live as long as they like.)
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "offprint/document.h"
#include "sources/sources.h"

namespace offprint::python {

// What an archive says of a page beside the page.
struct Origin {
  std::string file;          // where it stands; empty for a page that came from memory
  std::uint64_t offset = 0;  // in it
  std::string captured;      // WARC-Date and the like
  std::string content_type;  // as declared
  int http_status = 0;       // 0 = unknown
};
Origin origin_of(const sources::CaptureRecord& record);

struct Kept {
  Document document;  // its views point into what follows
  Origin origin;
  std::unique_ptr<char[]> bytes;
  std::vector<Block> blocks;
  std::vector<Mark> marks;
  std::vector<Property> properties;
  std::vector<std::string_view> strings;
  std::vector<Money> moneys;
};

std::shared_ptr<const Kept> keep(const Document& document, Origin origin = {});

}  // namespace offprint::python
