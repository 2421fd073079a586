// Captured bytes → UTF-8 text, after https://encoding.spec.whatwg.org/ and
// https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
//
// The outside interface of this stage: decode(). Tested by html5lib's encoding tests (tests/encoding).
// Valid UTF-8 is not copied: the text is a view of the captured bytes (without their BOM).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/budget.h"
#include "base/span.h"

namespace offprint {

enum class EncodingSource : std::uint8_t { bom, transport, meta, detected, fallback };

// Where decoded and captured offsets part: from decoded offset `at` on, captured = decoded + shift.
struct OffsetShift {
  std::uint32_t at;
  std::int64_t shift;
};

struct DecodedText {
  std::string_view utf8;                // valid UTF-8; newlines and NULs as captured
  std::string_view encoding = "UTF-8";  // the standard's name: "UTF-8", "windows-1252", "Shift_JIS"…
  EncodingSource source = EncodingSource::fallback;
  bool repaired = false;                // ill-formed sequences became U+FFFD
  std::span<const OffsetShift> shifts;  // UTF-8 input only, ascending; empty where offsets agree
};

// transport_charset: the charset of the Content-Type header, or empty. Where no byte order mark, header or
// <meta> says, UTF-8 that validates is UTF-8, else the encoding is detected. What they say is believed but for
// what differs from the standard: a <meta> that calls what is plainly UTF-8 a legacy encoding, what calls UTF-8 what is none
// throughout, and a legacy encoding in which the bytes read poorly while they read well in another. The result
// views `bytes` or the arena. Input longer than meter.budgets.bytes is cut there (meter.spent =
// Limit::bytes).
DecodedText decode(std::string_view bytes, std::string_view transport_charset, Arena& arena, Meter& meter);

// The <meta> prescan of the first 1,024 bytes alone: the encoding's name, or empty.
std::string_view prescan(std::string_view bytes);

// The standard's name for a label ("latin1" → "windows-1252"), or empty.
std::string_view encoding_of_label(std::string_view label);

// A span of decoded UTF-8 input as a span of the captured bytes. An offset within a U+FFFD that stands for fewer
// bytes is the offset behind them.
Span captured_span(const DecodedText& text, Span decoded);

}  // namespace offprint
