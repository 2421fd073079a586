// Texts that a page holds in data, and whether they are its own: what held.cpp takes them from.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "document/fields.h"
#include "tree/tree.h"

namespace offprint {

// What one part of a text is in the markup that is made of it.
enum class HeldTag : std::uint8_t { none, p, h1, h2, h3, h4, h5, h6, item, numbered_item, quote, pre, list, numbered_list };

// Whether data is the page's own: an object that names the page (its title, its address) holds it, or what the page shows
// stands in it; other: an object of another title holds it.
enum class HeldFit : std::uint8_t { other, unknown, own };

struct HeldPart {
  std::string_view text;  // in the arena
  HeldTag tag = HeldTag::none;
  bool markup = false;    // markup, made here
};

struct Held {
  std::vector<HeldPart> parts;
  std::uint32_t words = 0;
  HeldFit fit = HeldFit::unknown;
  Span span;
  std::uint64_t weight() const { return std::uint64_t{words} << static_cast<unsigned>(fit); }
};

// What tells a page's own data.
struct PageSigns {
  std::vector<std::string_view> titles, sites;  // folded words
  std::string_view address;                     // its path, without slashes at its ends
  std::vector<std::string_view> seen;           // runs of the words that it shows
  std::uint32_t comparisons = 0;
};
PageSigns signs_of(const HeadFields& head, Arena& arena);
bool names_page(PageSigns& signs, std::string_view title, Arena& arena);
bool leads_to_page(const PageSigns& signs, std::string_view address);

// One value's text, or that of the paragraphs of one array, whichever is most; `best` becomes it where it is more.
// payload: values are numbers of the root's elements (Nuxt's and Svelte's devalue).
void search_value(simdjson::dom::element root, bool payload, PageSigns& signs, Arena& arena, Span span, Held& best);
bool is_prose(std::string_view s, std::uint32_t words);

// All scripts but JSON-LD's, and attributes.
void search_scripts(Page& page, PageSigns& signs, Arena& arena, Meter& meter, Held& best);

// What the page's JSON-LD says of its one recipe, question, job, film or product: markup, in one part. `span`: that of its script.
void search_jsonld(Page& page, Arena& arena, Meter& meter, Held& best);

// A text as markup.
void append_text(std::string_view text, std::string& out);
// The markup of all parts.
void write_markup(const Held& held, Arena& arena, std::string& out);

}  // namespace offprint
