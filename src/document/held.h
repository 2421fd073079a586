// The content of pages that are shells: what their visible blocks lack stands in JSON for their scripts.
//
// The outside interface: add_held_content(). Tested by tests/document/held_test.cpp.
#pragma once

#include "blocks/blocks.h"
#include "document/fields.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// Where a page shows no prose of its own, the blocks of the text that it holds in data are added behind the others as its
// content, and the decisions with them: JSON-LD's articleBody or text; else the longest text or list of paragraphs of its scripts
// (application/json, `window.__x = {…}`, JSON.parse("…"), React's chunks) and data- attributes, first of all one that an object with the page's
// title or address holds; else what JSON-LD says of its one recipe, question, job, film or product. Where it shows a
// little of its own, only its own text will do: such an object's, or one in which that little stands. Their spans are where
// their words stand in the script, or the whole script. `inner` takes the markup within the data; it must live as long as
// `blocks`. True where it did so. A page with prose that can be seen is never touched.
bool add_held_content(Page& page, const HeadFields& head, Page& inner, Blocks& inner_blocks, Blocks& blocks,
                      Decisions& decisions, Arena& arena, Meter& meter);

}  // namespace offprint
