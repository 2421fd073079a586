// Values of JavaScript, as scripts of pages assign them, as JSON.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace offprint {

// The number of `digits` hexadecimal digits at `at`; false where there are less.
bool hexadecimal(std::string_view s, std::size_t at, std::size_t digits, std::uint32_t& number);

// A string from its quote on, its escapes decoded: where it ends, npos where it does not.
std::size_t read_string(std::string_view s, std::size_t at, std::string& out);

struct Argument {
  std::string_view name;
  std::string json;
};

// An object, an array or another value: where it ends, npos where it is more than a literal. `arguments`, sorted by name, stand
// for their names; what else would have to be computed is null.
std::size_t read_literal(std::string_view s, std::size_t at, std::span<const Argument> arguments, std::string& json);

// "(function(a,b){return {…}}(1,"…"))", as Nuxt writes it: what is returned. False for other code.
bool read_called_function(std::string_view s, std::size_t at, std::string& json);

}  // namespace offprint
