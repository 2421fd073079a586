// offprint-fields: title, authors and dates of pages as JSON Lines, for eval/score.py fields; with --time,
// what the stage costs. Reads *.html.gz; judges no roles unless they are compiled in elsewhere.
//   offprint-fields corpora/wcxb-dev > fields.jsonl
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "blocks/blocks.h"
#include "document/fields.h"
#include "encoding/encoding.h"
#include "read_gzip.h"
#include "tree/tree.h"

namespace {

std::string quote(std::string_view s) {
  std::string out = "\"";
  for (char c : s) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
      continue;
    }
    out += c;
  }
  return out + '"';
}

// "url": "…" of the reference, which is flat enough to be searched.
std::string url_of(const std::filesystem::path& truth) {
  std::ifstream in(truth);
  std::stringstream all;
  all << in.rdbuf();
  const std::string text = all.str();
  const std::size_t at = text.find("\"url\": \"");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + 8;
  return text.substr(begin, text.find('"', begin) - begin);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: offprint-fields CORPUS [--time] [page…]\n", stderr);
    return 2;
  }
  const std::filesystem::path corpus = argv[1];
  bool timed = false;
  std::vector<std::string> only;
  for (int i = 2; i < argc; ++i) {
    if (std::strcmp(argv[i], "--time") == 0)
      timed = true;
    else
      only.emplace_back(argv[i]);
  }
  std::vector<std::filesystem::path> pages;
  for (const auto& entry : std::filesystem::directory_iterator(corpus / "html")) {
    const std::string stem = entry.path().filename().string().substr(0, 4);
    if (only.empty() || std::find(only.begin(), only.end(), stem) != only.end())
      pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  offprint::Page page;
  offprint::Blocks blocks;
  offprint::Decisions decisions;
  offprint::HeadFields head;
  offprint::Fields fields;
  double parse_s = 0, block_s = 0, head_s = 0, fields_s = 0;
  // Time of this process: others may share the machine.
  const auto now = [] {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
  };
  const auto since = [&](double start) { return now() - start; };
  const offprint::DateRange range{1994, 2026};
  offprint::Arena scratch;
  for (const auto& path : pages) {
    const std::string bytes = offprint::read_gzip(path.string());
    const std::string stem = path.filename().string().substr(0, 4);
    const std::string url = url_of(corpus / "ground-truth" / (stem + ".json"));
    offprint::Meter meter;
    scratch.reset();
    const offprint::DecodedText decoded = offprint::decode(bytes, {}, scratch, meter);
    auto start = now();
    page.clear();
    offprint::parse(page, decoded.utf8, offprint::as_captured, meter);
    parse_s += since(start), start = now();
    blocks.clear();
    offprint::find_blocks(page, blocks, meter);
    block_s += since(start), start = now();
    offprint::read_head(page, url, page.arena, meter, head, range);
    head_s += since(start), start = now();
    offprint::find_fields(page, head, blocks, decisions, page.arena, meter, fields);
    fields_s += since(start);
    std::string line =
        "{\"source\": " + quote(stem + ".html") + ", \"title\": " + quote(fields.title) + ", \"author\": [";
    for (std::size_t i = 0; i < fields.authors.size(); ++i)
      line += (i == 0 ? "" : ", ") + quote(fields.authors[i]);
    line += "], \"date\": " + quote(fields.date) + ", \"modified\": " + quote(fields.modified) +
            ", \"language\": " + quote(fields.language) + ", \"site\": " + quote(fields.site) +
            ", \"url\": " + quote(fields.url) +
            ", \"title_source\": " + std::to_string(static_cast<int>(fields.title_source)) +
            ", \"author_source\": " + std::to_string(static_cast<int>(fields.author_source)) +
            ", \"date_source\": " + std::to_string(static_cast<int>(fields.date_source));
    line += ", \"h1\": [";
    for (std::size_t i = 0; i < head.headings.size(); ++i)
      line += (i == 0 ? "" : ", ") + quote(head.headings[i].text);
    line += "], \"og\": " + quote(head.og_title) + ", \"json\": " + quote(head.json_title) +
            ", \"element\": " + quote(head.title_element) + "}";
    std::puts(line.c_str());
  }
  if (timed)
    std::fprintf(stderr, "parse %.3f s, blocks %.3f s, head %.3f s, fields %.3f s, %zu pages\n", parse_s,
                 block_s, head_s, fields_s, pages.size());
  return 0;
}
