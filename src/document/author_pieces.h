// Pieces of by-lines: what is a name, a title, a place.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "document/authors.h"

namespace offprint {

inline bool needs_announcement(NameSource source) { return source == NameSource::text || source == NameSource::byline; }

// Without what is no part of a name at both ends.
std::string_view tidy(std::string_view s);
// Degrees and the like, which stay with the name before them: "MD", "Ph.D.".
bool is_credential(std::string_view segment);
bool has_role_word(std::string_view segment, Arena& arena);

struct NameShape {
  int words = 0, capitalised = 0, lower = 0, caseless = 0, digits = 0, letters = 0;
};
NameShape name_shape(std::string_view s);

// Where the names of a by-line end.
std::size_t names_end(std::string_view s, NameSource source);
// "Jane Doe, Head of Sales" and "Marketing"; "Jane Doe, Science" and "Health Editor". But "Jane Doe, editor" and "John Roe".
bool goes_on_in_role(std::string_view left, std::string_view right, Arena& arena);
// "Vivi Roe" before "Reporter": two or three words of a name, and then the title of whoever bears it.
bool has_title(std::string_view name, std::string_view rest, Arena& arena);
// "March", "March 2010"
bool is_month(std::string_view word);
// "Jane Doe in London and Bob Roe in Paris", without the places.
std::string_view without_places(std::string_view s, Arena& arena);

}  // namespace offprint
