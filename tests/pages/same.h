// A page and its document, for the tests and for the program that same_test.cpp runs.
#pragma once

#include <zlib.h>

#include <string>

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

inline std::string json_of(Extractor& extractor, const Sample& sample) {
  std::string json;
  write(extractor.extract({.bytes = sample.bytes, .source = sample.name}, {.reasons = true}), Format::json,
        json);
  return json;
}

}  // namespace offprint::testing
