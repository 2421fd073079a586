// Names of authors, as fields and by-lines have them → single names, in order: no "By", no roles, no e-mail,
// no address of a page.
//
// The outside interface is below; tests/document/authors_test.cpp has a test for every rule.
#pragma once

#include <string_view>
#include <vector>

#include "base/arena.h"

namespace offprint {

enum class NameSource : std::uint8_t {
  field,    // a value that holds names and nothing else is expected (JSON-LD, meta)
  element,  // an element named author or by-line: names, with labels, roles and dates around them
  text,     // running text: counts only where a name is announced ("By Jane Doe")
  byline,   // as text, in a block that is a by-line or a date: names of accounts count, too ("by janedoe on March 5")
};

// Appends the names of `raw` to `out`, those already there left out; returns how many.
int read_names(std::string_view raw, NameSource source, Arena& arena, std::vector<std::string_view>& out);

// Bytes of `text` before the names, where it begins with an announcement of them ("By ", "Von ", "Автор: ",
// "作者："…); 0 where it does not.
std::size_t announcement(std::string_view text);

// True for words that stand where names are wanted and are none: "admin", "staff", "share", "author"…
bool is_nobody(std::string_view folded);
// "Quelle: dpa", "来源：新华网": where a text comes from, not who wrote it.
bool is_source_label(std::string_view text);
// "NATURSTROM AG", "Hanns Seidel Stiftung e V", folded: who owns a site, by the form of the firm.
bool is_company(std::string_view folded);
bool looks_like_address(std::string_view text);
// Of "example.org, Frankfurt, Germany" and "Example AG, Berlin", which tell whose site it is and where, the person among them; nothing where
// there is none. Other texts stay.
std::string_view without_owner(std::string_view text, Arena& arena);
// Two or three words, capitalised, that begin with a given name (author_signs.cpp).
bool looks_like_person(std::string_view name, Arena& arena);
// "de", "van", "della": small words within names.
bool is_particle(std::string_view word);
// "F.33.2. Authors", "A.8. АВТОР": a heading.
bool is_numbered(std::string_view text);
// "undefined", "null", "n/a": what programs print where there is no author.
bool is_blank_name(std::string_view folded);

}  // namespace offprint
