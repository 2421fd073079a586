// Pages to look at documents of, for the tests and for the program that same_test.cpp runs.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "offprint/offprint.h"

namespace offprint::testing {

struct Sample {
  std::string name, bytes;
};

// A file, unpacked where it is gzip'd.
inline Sample sample_of(const std::string& path) {
  Sample sample{path, {}};
  std::string piece(1 << 16, '\0');
  const gzFile file = gzopen(path.c_str(), "rb");
  for (int n; file != nullptr && (n = gzread(file, piece.data(), static_cast<unsigned>(piece.size()))) > 0;)
    sample.bytes.append(piece, 0, static_cast<std::size_t>(n));
  gzclose(file);
  return sample;
}

#ifdef OFFPRINT_SHARED_DIR
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
#endif

inline std::string json_of(Extractor& extractor, const Sample& sample) {
  std::string json;
  write(extractor.extract({.bytes = sample.bytes, .source = sample.name}, {.reasons = true}), Format::json,
        json);
  return json;
}

}  // namespace offprint::testing
