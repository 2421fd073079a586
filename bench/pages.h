// The pages that the benchmarks read: a folder of *.html or *.html.gz, in the order of their names.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

inline std::string read_file(const std::string& path) {
  std::string out;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return out;
  char buffer[65536];
  int n;
  while ((n = gzread(file, buffer, sizeof buffer)) > 0) out.append(buffer, static_cast<std::size_t>(n));
  gzclose(file);
  return out;
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
  for (std::size_t i = 0; i < paths.size(); i += step) pages.push_back(read_file(paths[i]));
  return pages;
}

inline std::size_t bytes_of(const std::vector<std::string>& pages) {
  std::size_t bytes = 0;
  for (const std::string& page : pages) bytes += page.size();
  return bytes;
}

}  // namespace bench
