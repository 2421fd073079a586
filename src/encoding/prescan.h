// https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
#pragma once

#include <string_view>

#include "generated/encodings.h"

namespace offprint {

inline constexpr std::size_t prescan_bytes = 1024;

// Looks through all that is given, in one pass; none where nothing is declared.
Encoding prescan_encoding(std::string_view bytes);

// The encoding that the value of a meta's `content` names: "text/html; charset=utf-8".
Encoding encoding_in_content(std::string_view content);

}  // namespace offprint
