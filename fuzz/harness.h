// What all fuzz targets share. The first byte of an input chooses among options, the rest is what the library gets.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace offprint::fuzz {

// Says what is wrong and stops, so that libFuzzer keeps the input.
[[noreturn]] inline void fault(std::string_view what) {
  std::fprintf(stderr, "fault: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}
inline void expect(bool holds, std::string_view what) {
  if (!holds) fault(what);
}

// Bytes in a buffer of their exact size, so that a sanitizer sees one too many.
struct Exact {
  std::unique_ptr<char[]> memory;
  std::string_view bytes;
  explicit Exact(std::string_view from) : memory(new char[from.size()]), bytes(memory.get(), from.size()) {
    if (!from.empty()) std::memcpy(memory.get(), from.data(), from.size());
  }
};

struct Case {
  unsigned options = 0;
  std::string_view bytes;
  Case(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return;
    options = data[0];
    bytes = {reinterpret_cast<const char*>(data) + 1, size - 1};
  }
  bool bit(unsigned n) const { return (options >> n & 1) != 0; }
};

}  // namespace offprint::fuzz
