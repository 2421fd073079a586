// Digests as WARC records carry them: "sha1:" and Base32, or another algorithm, or hexadecimal digits.
#pragma once

#include <string_view>

namespace offprint::sources {

enum class Digest : unsigned char { same, other, unknown };  // unknown: not understood
// Over the two pieces, one behind the other.
Digest check_digest(std::string_view labelled, std::string_view first, std::string_view second = {});

}  // namespace offprint::sources
