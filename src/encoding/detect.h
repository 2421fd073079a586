// The encoding of bytes that nothing declares, that are no UTF-8, and whose <meta> is not in the first 1,024
// bytes: "autodetection" of
// https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding, which the standard
// leaves open.
#pragma once

#include <string_view>

#include "generated/encodings.h"

namespace offprint {

// UTF-16 without a byte order mark by where its NULs are; else none.
Encoding detect_utf_16(std::string_view bytes);

// ISO-2022-JP by its escapes in pure ASCII; else none.
Encoding detect_iso_2022_jp(std::string_view bytes);

// UTF-8 that was cut within a character or broken here and there: many whole sequences for each ill-formed
// one.
bool mostly_utf8(std::string_view bytes);

// A legacy encoding by the letters that bytes would stand for; none where all readings are poor.
Encoding detect_legacy(std::string_view bytes);

}  // namespace offprint
