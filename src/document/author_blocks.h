// Names of authors in the blocks of a page. Each appends to `names`, which must be empty.
//
// Tested by tests/document/bylines_test.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "document/field_context.h"

namespace offprint {

// Near the title or by their role: what is announced first, then what stands alone, then "Written by" at the end of the story.
void names_of_blocks(const FieldContext& context, std::vector<std::string_view>& names);
// Announced right behind the title, in a block that the models call a by-line or a date.
void bylines_at_title(const FieldContext& context, std::vector<std::string_view>& names);
// Announced in a block that the models call a by-line, wherever it stands.
void bylines_anywhere(const FieldContext& context, std::vector<std::string_view>& names);

}  // namespace offprint
