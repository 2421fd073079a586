#include "sources/wacz.h"

#include <simdjson.h>

#include <algorithm>

#include "sources/files.h"

namespace offprint::sources {
namespace {

constexpr std::size_t most_pages = 1'000'000, longest_line = 1u << 20;

// A line is a page; the first one only says what the list is.
// https://specs.webrecorder.net/wacz/1.1.1/#pages-jsonl
void read_line(std::string_view line, simdjson::dom::parser& parser, PageLists& pages) {
  simdjson::dom::object page;
  std::string_view url, title;
  // A list of no bytes has no memory either, and simdjson copies from it.
  if (line.empty() || parser.parse(line.data(), line.size()).get_object().get(page) ||
      page["url"].get_string().get(url) || pages.size() >= most_pages)
    return;
  PageOfList& known = pages[std::string(url)];
  bool seed = false;
  if (known.title.empty() && !page["title"].get_string().get(title)) known.title = title;
  if (!page["seed"].get_bool().get(seed)) known.seed |= seed;
}

void read_list(Stream& stream, PageLists& pages) {
  simdjson::dom::parser parser;
  for (;;) {
    const std::size_t end = stream.ahead().find('\n');
    if (end == std::string_view::npos) {
      if (stream.ahead().size() > longest_line) stream.consume(stream.ahead().size());
      const Step step = stream.grow();
      if (step != Step::end && step != Step::damage) continue;
      read_line(stream.ahead(), parser, pages);  // the last one may lack its line end
      return;
    }
    read_line(stream.ahead().substr(0, end), parser, pages);
    stream.consume(end + 1);
  }
}

}  // namespace

bool open_wacz(const std::string& path, const UnpackLimits& limits, std::vector<ZipEntry>& entries,
               PageLists& pages, Losses& losses, std::string& error) {
  entries.clear();
  if (!list_zip(path, entries, error)) return false;
  for (const ZipEntry& e : entries) {
    if (e.name.compare(0, 6, "pages/") != 0 || kind_of_name(e.name) != NameKind::jsonl) continue;
    std::string problem;
    if (auto feed = open_entry(path, e, limits, losses, problem)) {
      Stream lines(path + "/" + e.name, std::move(feed), Coding::plain, limits, losses);
      read_list(lines, pages);
    } else {
      losses.add(path + "/" + e.name, e.offset, e.packed, problem);
    }
  }
  std::erase_if(entries, [&](const ZipEntry& e) {
    const NameKind of = kind_of_name(e.name);
    return !(of == NameKind::warc || of == NameKind::page) || e.name.empty() || e.name.back() == '/';
  });
  if (entries.empty()) {
    error = "a ZIP file without archives or pages";
    return false;
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
  return true;
}

}  // namespace offprint::sources
