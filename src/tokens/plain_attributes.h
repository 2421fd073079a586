// What tags.cpp asks of plain_attributes.cpp. Private to src/tokens.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/cpu.h"
#include "generated/names.h"
#include "tokens/tokens.h"

namespace offprint {

// One of 64 bits: two attributes whose bits differ have different names. Whether the name is known is not asked: which ones are
// comes in no order that a processor could learn.
using FoundAttribute = known_names::Found<AttributeName>;
constexpr std::uint64_t bit_of(const FoundAttribute& name) { return std::uint64_t{1} << (name.hash & 63); }

#ifdef OFFPRINT_HAS_AVX2
// Attributes from p on, at most so many, as long as each is written as nearly all are: white space, a name in lower case, =, and a
// value in quotes; and as long as the bits of their names, which are added to `seen`, differ. Returns what follows the last
// of them; what stands there is for the general way. Needs AVX-512.
const char* take_plain_attributes(const char* p, const char* end, std::size_t most, std::vector<Attribute>& to, std::uint64_t& seen);
#endif

}  // namespace offprint
