// The pages that the benchmarks read: a folder of *.html or *.html.gz, in the order of their names.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "offprint/offprint.h"
#include "training/read_gzip.h"

namespace bench {

// As the program begins; OFFPRINT_NO_AMX=1 measures what machines without AMX do.
inline void begin() {
  if (std::getenv("OFFPRINT_NO_AMX") == nullptr) static_cast<void>(offprint::allow_amx());
}

inline std::vector<std::string> paths_of(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

// Every `step`-th page.
inline std::vector<std::string> pages_of(const std::string& folder, std::size_t step = 1) {
  const std::vector<std::string> paths = paths_of(folder);
  std::vector<std::string> pages;
  for (std::size_t i = 0; i < paths.size(); i += step) pages.push_back(offprint::read_gzip(paths[i]));
  return pages;
}

inline std::size_t bytes_of(const std::vector<std::string>& pages) {
  std::size_t bytes = 0;
  for (const std::string& page : pages) bytes += page.size();
  return bytes;
}

}  // namespace bench
