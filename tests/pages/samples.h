// Pages that whole documents are looked at on.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/pages/same.h"

namespace offprint::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::size_t step = 5;  // sanitizers see enough in a fifth of the corpora's samples
#else
inline constexpr std::size_t step = 1;
#endif

// The sample pages, and some of the development corpora where they are at hand.
inline std::vector<std::string> sample_paths() {
  std::vector<std::string> all;
  const auto add = [&](const std::filesystem::path& folder, std::size_t every) {
    if (!std::filesystem::exists(folder)) return;
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (entry.is_regular_file() && entry.path().extension() != ".md") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (std::size_t i = 0; i < paths.size(); i += every) all.push_back(paths[i]);
  };
  add(OFFPRINT_SOURCE_DIR "/examples/pages", 1);
  add(OFFPRINT_SHARED_DIR "/corpora/wcxb-dev/html", 60 * step);
  add(OFFPRINT_SHARED_DIR "/corpora/trafilatura-dev/html", 30 * step);
  return all;
}

inline std::vector<Sample> samples() {
  std::vector<Sample> all;
  for (const std::string& path : sample_paths()) all.push_back(sample_of(path));
  return all;
}

}  // namespace offprint::testing
