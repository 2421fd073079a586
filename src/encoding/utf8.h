// Well-formed UTF-8: checking, and repair as https://encoding.spec.whatwg.org/#utf-8-decoder does it: each
// maximal subpart of an ill-formed sequence becomes one U+FFFD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "encoding/encoding.h"

namespace offprint {

// Where [p, end) stops being well-formed, and how many bytes from there on become one U+FFFD; `end` and 0 if
// nowhere.
struct IllFormed {
  const char* at;
  std::uint32_t size;
};
IllFormed next_ill_formed(const char* p, const char* end);

bool is_utf8(std::string_view bytes);

// Bytes at the end of `bytes` that are a proper beginning of a sequence: 0..3. For input that was cut.
std::size_t unfinished_utf8(std::string_view bytes);

// Sets utf8, repaired and shifts of `to`. `skipped`: bytes before `bytes` in the capture (a byte order mark). `sound`: they are known to
// be valid.
void take_utf8(std::string_view bytes, std::uint32_t skipped, bool sound, Arena& arena, DecodedText& to);

// Writes a code point, no surrogate; returns the end.
inline char* put_utf8(char* to, std::uint32_t c) {
  if (c < 0x80) {
    *to++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *to++ = static_cast<char>(0xC0 | c >> 6);
    *to++ = static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *to++ = static_cast<char>(0xE0 | c >> 12);
    *to++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *to++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *to++ = static_cast<char>(0xF0 | c >> 18);
    *to++ = static_cast<char>(0x80 | (c >> 12 & 0x3F));
    *to++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *to++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return to;
}

// The end of the ASCII that [p, end) begins with.
const char* ascii_end(const char* p, const char* end);

}  // namespace offprint
