// What JSON-LD says of a product: its offer, its rating, its properties (https://schema.org/Product).
#pragma once

#include <simdjson.h>

#include "document/jsonld.h"

namespace offprint {

JsonProduct read_product(simdjson::dom::object product, std::uint32_t thing, Arena& arena);

}  // namespace offprint
