#include "pages.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <cmath>

#include "read_gzip.h"

namespace offprint {

bool Reader::read(const std::string& path) {
  captured = read_gzip(path);
  if (captured.empty()) return false;
  arena.reset();
  head.clear();
  Meter meter;
  text = decode(captured, {}, arena, meter);
  parse(page, text.utf8, as_captured, meter);
  read_head(page, {}, arena, meter, head);
  hints = hints_of(head);
  find_blocks(page, blocks, meter);
  return true;
}

bool read_page(Reader& reader, const std::string& corpora, const Target& target) {
  if (!reader.read(corpora + "/" + target.page)) {
    fmt::print(stderr, "cannot read {}\n", target.page);
    return false;
  }
  if (reader.blocks.blocks.size() == target.content.size()) return true;
  fmt::print(stderr, "{}: {} blocks, {} targets: write the targets anew\n", target.page, reader.blocks.blocks.size(), target.content.size());
  return false;
}

std::vector<Target> read_targets(const std::string& path) {
  std::vector<Target> targets;
  simdjson::dom::parser parser;
  simdjson::dom::document_stream stream;
  simdjson::padded_string json;
  if (simdjson::padded_string::load(path).get(json) != simdjson::SUCCESS) return targets;
  if (parser.parse_many(json, 64u << 20).get(stream) != simdjson::SUCCESS) return targets;
  for (auto line : stream) {
    Target t;
    simdjson::dom::element root;
    if (line.get(root) != simdjson::SUCCESS) break;
    std::string_view s;
    if (root["page"].get(s) == simdjson::SUCCESS) t.page = s;
    if (root["domain"].get(s) == simdjson::SUCCESS) t.domain = s;
    std::int64_t fold = -1;
    if (root["fold"].get(fold) == simdjson::SUCCESS) t.fold = static_cast<int>(fold);
    simdjson::dom::array shares;
    if (root["content"].get(shares) == simdjson::SUCCESS)
      for (auto value : shares) {
        double d = NAN;
        if (value.get(d) != simdjson::SUCCESS) d = NAN;
        t.content.push_back(static_cast<float>(d));
      }
    if (root["role"].get(shares) == simdjson::SUCCESS)
      for (auto value : shares) {
        std::int64_t role = -1;
        if (value.get(role) != simdjson::SUCCESS) role = -1;
        t.role.push_back(static_cast<int>(role));
      }
    targets.push_back(std::move(t));
  }
  return targets;
}

}  // namespace offprint
