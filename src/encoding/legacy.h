// The decoders of the legacy encodings: https://encoding.spec.whatwg.org/
//
// The standard's own algorithms over the standard's own indexes, not ICU's converters: those differ from it
// in hundreds of characters and, worse, in how many bytes an error takes, which is where '<' gets lost. Tests
// compare with ICU (tests/encoding/legacy_test.cpp).
#pragma once

#include <string_view>

#include "base/arena.h"
#include "generated/encodings.h"

namespace offprint {

struct LegacyText {
  std::string_view utf8;
  std::size_t errors = 0;  // sequences that became U+FFFD
};

// For every encoding but UTF-8.
LegacyText decode_legacy(std::string_view bytes, Encoding encoding, Arena& arena);

}  // namespace offprint
