// What holds for every tree, whatever the input.
#pragma once

#include <gtest/gtest.h>

#include "tree/tree.h"

namespace offprint::tests {

// Links agree with each other, every node is reached at most once, spans lie in the input, and the depth is
// bounded.
testing::AssertionResult well_formed(const Page& page);

// Depth of the deepest node; the document has depth 0.
std::size_t depth_of(const Page& page);

}  // namespace offprint::tests
