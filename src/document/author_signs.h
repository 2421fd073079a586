// Who wrote a page where nothing names an author: signs that need more than one witness.
//
// Tested by tests/document/author_signs_test.cpp.
#pragma once

#include <string_view>

#include "document/field_context.h"

namespace offprint {

// The person whose site it is: the name that the site has, where it is a person's and stands on the page,
// too.
std::string_view person_of_site(const FieldContext& context);

// A person whose picture stands beside the name: a short block near the title or in a box for authors that
// says what the alternative text of a picture says.
std::string_view person_beside_picture(const FieldContext& context);

// Who wrote the first post of a thread.
std::string_view first_poster(const FieldContext& context);

}  // namespace offprint
