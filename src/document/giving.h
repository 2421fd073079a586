// Addresses by which one gives.
#pragma once

#include <cstdint>
#include <string_view>

namespace offprint {

// 2: the address is one where one gives; 1: it may be ("support" is help, too); 0: nothing says so.
int leads_to_giving(std::string_view url);

// So many marks of a block are looked at for links to where one gives: a request's blocks have a few.
inline constexpr std::uint32_t most_marks_asked = 64;

}  // namespace offprint
