// https://encoding.spec.whatwg.org/#concept-encoding-get
#pragma once

#include <string_view>

#include "generated/encodings.h"

namespace offprint {

// In whatever case, with ASCII white space around it; none for what is no label.
Encoding find_encoding(std::string_view label);

}  // namespace offprint
