// Pages for people: `offprint inspect` and `offprint read`. Each is one self-contained HTML file that asks
// the network for nothing. Its Content-Security-Policy allows the one style sheet and the one script that
// this library wrote, by their hashes, so nothing that a page smuggles in could run, even if the escaping
// failed. Tested in tests/reader, also in a real browser.
#pragma once

#include <string>
#include <string_view>

#include "offprint/document.h"

namespace offprint {

// The page's blocks in order, coloured by role, each with its confidence, reason, span and source.
// `source` is the text that Block::span_begin and span_end count in: the captured bytes of a UTF-8 page, else
// the decoded text. It may be empty.
void write_inspect(const Document& document, std::string_view source, std::string& out);

// The article alone, typeset, with the publisher's request for support as one discreet card after it.
void write_reading_copy(const Document& document, std::string& out);

}  // namespace offprint
