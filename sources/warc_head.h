// The head of a WARC record: where one begins, how long its head is, what its fields say (WARC 1.1, 4 and 5). Within warc.cpp alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sources/warc.h"

namespace offprint::sources {

inline constexpr std::string_view warc_magic = "WARC/";
inline constexpr std::size_t longest_begin = 20;  // bytes that find_record() may need to see

inline bool line_end(char c) { return c == '\r' || c == '\n'; }

// The first place at or behind `from` where a record can begin: "WARC/" and a digit behind a line end, or a
// whole first line and the beginning of a second one behind anything. npos where there is none.
std::size_t find_record(std::string_view bytes, std::size_t from);

// The length of a record's head with the blank line that ends it; 0 where that is not at hand.
std::size_t head_length(std::string_view bytes);

struct WarcHead {
  std::string_view type;
  bool has_length = false;
  std::uint64_t length = 0;
};
// The fields of a head; what WarcRecord has of them as views into it.
WarcHead parse_head(std::string_view head, WarcRecord& record);

RecordType type_of(std::string_view value);

}  // namespace offprint::sources
