// From a slice of the input to the string that a token carries: newlines, NUL, character references, letter
// case. Internal to this stage.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.h"

namespace offprint {

enum class References : std::uint8_t { none, text, attribute };
enum class Nul : std::uint8_t { keep, replace };

// CR LF and CR become LF, character references are decoded as asked, NUL becomes U+FFFD as asked. A view of
// `raw` where nothing changes.
std::string_view decode(std::string_view raw, References references, Nul nul, Arena& arena);

// Upper-case ASCII letters become lower-case ones, and NUL U+FFFD: names of tags, attributes and doctypes.
std::string_view lower_name(std::string_view raw, Arena& arena);

// What the character reference at `at` (a '&') stands for.
struct Reference {
  std::uint32_t consumed = 0;  // bytes of source; 0 where there is no reference, and '&' is just a character
  std::uint32_t size = 0;
  char bytes[8];
};
Reference read_reference(const char* at, const char* end, bool in_attribute);

}  // namespace offprint
