// The encoding of bytes that nothing declares, that are no UTF-8, and whose <meta> is not in the first 1,024
// bytes, or of bytes that are not what they are declared as: "autodetection" of
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

// Whether a page whose <meta> declares a legacy encoding is UTF-8 all the same: it validates, and holds
// sequences enough that this is no chance. In single-byte encodings these are an accented capital before a
// symbol each, two of them are enough (one, if it is "Â" and a symbol, or three letters long); pairs of
// multi-byte encodings are valid UTF-8 more often.
bool surely_utf8(std::string_view bytes, Encoding declared);

// What bytes are that are declared as UTF-8 and are none throughout, as most bytes beyond ASCII are of no sequence; none where
// they are UTF-8 here and there, or where no language is read in many of them.
Encoding instead_of_utf8(std::string_view bytes);

// A legacy encoding by the letters that bytes would stand for; none where all readings are poor.
Encoding detect_legacy(std::string_view bytes);

// What is declared as a legacy encoding and reads poorly as such, while another reads well: that other one, else the declared
// one. An ISO encoding whose gaps are used is the Windows encoding of its languages, where that reads better.
Encoding corrected(std::string_view bytes, Encoding declared);

}  // namespace offprint
