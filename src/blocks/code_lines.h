// Lines of code: what highlighters put between them is taken away.
#pragma once

#include <string>

namespace offprint {

// Takes the numbers 1, 2, 3… from the beginnings of all lines, or from lines of their own before each line.
// Leaves text alone whose lines are not numbered without a gap. Tested by tests/blocks/code_test.cpp.
void drop_line_numbers(std::string& code);

}  // namespace offprint
