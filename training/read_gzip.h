// A file, packed by gzip or not, whole; "" where it cannot be read.
#pragma once

#include <zlib.h>

#include <string>

namespace offprint {

inline std::string read_gzip(const std::string& path) {
  std::string out;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return out;
  char buffer[65536];
  int n;
  while ((n = gzread(file, buffer, sizeof buffer)) > 0) out.append(buffer, static_cast<std::size_t>(n));
  gzclose(file);
  return out;
}

}  // namespace offprint
