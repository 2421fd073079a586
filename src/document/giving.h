// Addresses by which one gives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace offprint {

// 2: the address is one where one gives; 1: it may be ("support" is help, too); 0: nothing says so.
int leads_to_giving(std::string_view url);

// Whether a host is a platform's on which anybody gathers gifts.
bool is_giving_host(std::string_view host);

// No longer address is one: a link's is weighed again for each block within it.
inline constexpr std::size_t most_address = 2048;

// So many marks of a block are looked at for links to where one gives: a request's blocks have a few.
inline constexpr std::uint32_t most_marks_asked = 64;

}  // namespace offprint
