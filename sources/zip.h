// The table of contents of a ZIP file (WACZ is one), ZIP64 included. Entries are read where they lie.
// Tested by tests/sources/wacz_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sources/stream.h"

namespace offprint::sources {

struct ZipEntry {
  std::string name;
  std::uint64_t offset = 0;  // of the local header
  std::uint64_t packed = 0, bytes = 0;
  int method = 0;  // 0 stored, 8 deflated
  bool encrypted = false;
};

// False with `error` where this is no readable ZIP file.
bool list_zip(const std::string& path, std::vector<ZipEntry>& entries, std::string& error);

// The bytes of an entry; null with `error` where it cannot be read.
std::unique_ptr<Feed> open_entry(const std::string& path, const ZipEntry& entry, const UnpackLimits& limits,
                                 Losses& losses, std::string& error);

}  // namespace offprint::sources
