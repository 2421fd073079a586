// Lines of code: what highlighters put between them is taken away.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace offprint {

// Takes the numbers 1, 2, 3… from the beginnings of all lines, or from lines of their own before each line.
// Leaves text alone whose lines are not numbered without a gap. Tested by tests/blocks/code_test.cpp.
void drop_line_numbers(std::string& code);

// How many numbers a text holds that is nothing but n, n + 1, n + 2…; 0 of any other.
std::uint32_t count_line_numbers(std::string_view text);

}  // namespace offprint
