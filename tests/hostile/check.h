// What holds for every document, whatever the page. For tests and for fuzz/.
#pragma once

#include <string>
#include <string_view>

#include "offprint/offprint.h"

namespace offprint::hostile {

// The first thing found wrong with a document or with one of the formats it is written in; empty where
// nothing is. `bytes` is what was captured.
std::string fault_of(const Document& document, std::string_view bytes);

// UTF-8 without surrogates, overlong forms and code points past U+10FFFF. Slow and obvious on purpose.
bool well_formed_utf8(std::string_view text);

// Elements nest, attributes are quoted and single, references are XML's own or numeric, no character that XML
// forbids.
bool well_formed_xml(std::string_view text);

}  // namespace offprint::hostile
