// The publisher's request for support, as one discreet card: its words folded in, frequencies and amounts to
// choose from, and a link to the publisher's own page. No form, nothing chosen for the reader, nothing sent.
#pragma once

#include <string>

#include "offprint/document.h"

namespace offprint {

// Writes nothing where the document has no request.
void append_support_card(const Document& document, std::string& out);

}  // namespace offprint
