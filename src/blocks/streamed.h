// Parts of a page that its server sends behind it and a script puts in their places (React's streamed rendering).
#pragma once

#include "tree/tree.h"

namespace offprint {

// <template id="B:1"> marks a place, <div hidden id="S:1"> behind the page is what stands there, `$RC("B:1","S:1")` in a script says
// so; `$RS("S:2","P:2")` does the same within parts. The parts are moved to their places and shown; what stood there meanwhile goes. Spans stay.
// Looks at a page's scripts and elements once, and at none where the page has no <template>.
void place_streamed_parts(Page& page);

}  // namespace offprint
