// WACZ: a ZIP file of archives (archive/*.warc.gz) and of lists of its pages (pages/*.jsonl), which know
// titles and seeds. Other ZIP files of archives or pages are read alike. Tested by
// tests/sources/files_test.cpp. https://specs.webrecorder.net/wacz/latest/
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "sources/loss.h"
#include "sources/zip.h"

namespace offprint::sources {

struct PageOfList {
  std::string title;
  bool seed = false;
};
using PageLists = std::unordered_map<std::string, PageOfList>;  // by address

// The archives and pages in it, in order of their names; what its lists say is added to `pages`. False with
// `error` where there are none.
bool open_wacz(const std::string& path, const UnpackLimits& limits, std::vector<ZipEntry>& entries,
               PageLists& pages, Losses& losses, std::string& error);

}  // namespace offprint::sources
