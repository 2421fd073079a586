// A page of a Parquet file: its head, and its bytes without their packing. Tested by
// tests/sources/parquet_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sources/codec.h"

namespace offprint::sources {

inline constexpr std::uint64_t most_parquet_page = 1u << 30;

struct ParquetPageHead {
  enum : std::int64_t { data = 0, dictionary = 2, data_2 = 3 };  // PageType of parquet.thrift
  std::size_t length = 0;
  std::int64_t type = -1, unpacked = -1, packed = -1, crc = 0, values = 0, encoding = 0;
  std::int64_t definition_bytes = 0, repetition_bytes = 0;
  bool has_crc = false, is_packed = true;
};

bool read_page_head(std::string_view bytes, ParquetPageHead& head);

class ParquetUnpacker {
 public:
  static constexpr int not_packed = 0;  // of CompressionCodec of parquet.thrift

  explicit ParquetUnpacker(const UnpackLimits& limits) : limits_(limits) {}
  // `size`: that the bytes have then.
  bool unpack(int codec, std::string_view in, std::uint64_t size, Buffer& out, std::string& problem);

 private:
  Codec& codec_for(int codec);

  UnpackLimits limits_;
  std::array<std::unique_ptr<Codec>, 3> codecs_;
};

}  // namespace offprint::sources
