// The values of one page of a Parquet column of strings, and its levels.
// https://parquet.apache.org/docs/file-format/data-pages/encodings/
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace offprint::sources {

// Runs and packed groups of eight, one behind the other. Past the end it gives false.
class HybridNumbers {
 public:
  HybridNumbers() = default;
  HybridNumbers(std::string_view bytes, unsigned width) : bytes_(bytes), width_(width) {}
  bool next(std::uint32_t& value);

 private:
  std::string_view bytes_;
  unsigned width_ = 0;
  std::uint64_t run_left_ = 0, packed_left_ = 0, bit_ = 0;
  std::uint32_t run_value_ = 0;
};

// DELTA_BINARY_PACKED. Takes it from the front of `bytes`; false where it is broken or has more than `most`.
bool take_deltas(std::string_view& bytes, std::uint64_t most, std::vector<std::int64_t>& values);

enum class PageEncoding : unsigned char { plain, dictionary, delta_length, delta };

// Strings, one behind the other. Each call gives false where the page's bytes are not what they should be.
class PageStrings {
 public:
  // `bytes` must live as long as this is used. `count`: the most values that there can be.
  bool begin(PageEncoding encoding, std::string_view bytes, std::uint64_t count);
  bool next(const std::vector<std::string_view>& dictionary, std::string_view& value);

 private:
  PageEncoding encoding_ = PageEncoding::plain;
  std::string_view bytes_;
  HybridNumbers numbers_;
  std::vector<std::int64_t> prefixes_, lengths_;
  std::size_t at_ = 0;
  std::string last_;
};

bool take_plain(std::string_view& bytes, std::string_view& value);

}  // namespace offprint::sources
