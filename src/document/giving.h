// Addresses by which one gives.
#pragma once

#include <string_view>

namespace offprint {

// 2: the address is one where one gives; 1: it may be ("support" is help, too); 0: nothing says so.
int leads_to_giving(std::string_view url);

}  // namespace offprint
