// One input, opened: what its first bytes and its name say that it is, and its bytes without their packing.
// Tested by tests/sources/files_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sources/stream.h"
#include "sources/zip.h"

namespace offprint::sources {

// `rows` and `zip` are not read as streams (parquet.h, wacz.h).
enum class InputKind : unsigned char { page, warc, lines, rows, zip };

struct OpenInput {
  InputKind kind = InputKind::page;
  std::unique_ptr<Stream> stream;
};

// A file ("-": standard input), or an entry of a ZIP file. From the middle of a WARC where `start` is not 0.
// False with `error` where it cannot be read.
bool open_input(const std::string& path, const ZipEntry* entry, std::uint64_t start,
                const UnpackLimits& limits, Losses& losses, OpenInput& input, std::string& error);

}  // namespace offprint::sources
