// Footnotes: marks in the text, and the blocks that they lead to.
//
// Tested by tests/formats/content_test.cpp.
#pragma once

#include "blocks/blocks.h"
#include "document/assemble.h"
#include "tree/tree.h"

namespace offprint {

// Links of the content to a later block of the content that look like marks of footnotes become marks of kind
// `note`, and the blocks that they lead to bear the label; links back from those become notes without one.
// Labels are views of the blocks' texts.
void link_notes(Page& page, const Blocks& blocks, Assembly& out);

}  // namespace offprint
