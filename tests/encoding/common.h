#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "encoding/encoding.h"

namespace offprint::testing {

// Bytes in a buffer of their exact size, so that a sanitizer sees one byte too many.
struct Exact {
  std::unique_ptr<char[]> memory;
  std::size_t size;
  explicit Exact(std::string_view s) : memory(new char[s.size()]), size(s.size()) {
    std::copy(s.begin(), s.end(), memory.get());
  }
  std::string_view view() const { return {memory.get(), size}; }
};

struct Decoded {
  std::string utf8, encoding;
  EncodingSource source;
  bool repaired;
};

inline Decoded decode_exact(std::string_view bytes, std::string_view transport = {}) {
  const Exact exact(bytes);
  Arena arena;
  Meter meter;
  const DecodedText t = decode(exact.view(), transport, arena, meter);
  return {std::string(t.utf8), std::string(t.encoding), t.source, t.repaired};
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace offprint::testing
