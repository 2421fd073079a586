// The names of a site, and titles without them.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "document/dates.h"

namespace offprint {

struct SiteNames {
  std::array<std::string_view, 10> names;  // folded words (words.h)
  std::size_t count = 0;
  std::string_view label;  // "example" of www.example.com
  std::span<const std::string_view> all() const { return {names.data(), count}; }
};

// Whether folded words name the site: equal to one of its names, or glued equal to the label of its domain.
bool is_site(std::string_view folded, std::span<const std::string_view> sites, Arena& arena);

// A title cut at its signs: "Story | Section - Site". Returns how many parts there are.
struct Part {
  std::string_view text;
  std::size_t begin;  // byte in the title
};
using TitleParts = std::array<Part, 12>;
std::size_t cut_title(std::string_view title, TitleParts& parts);

// A <title> or og:title without the site's name and what else is hung to it. `sites`: names of the site,
// folded words; `others`: other titles of the page, folded words, that say which part is meant.
std::string_view strip_site(std::string_view title, std::span<const std::string_view> sites,
                            std::span<const std::string_view> others, Arena& arena);

// "23.01.2022 - The Story" → "The Story"
std::string_view without_date(std::string_view title, DateRange range, DateOrder order);

// "Home", "Blog", "Search": folded words that head any page.
bool is_generic_heading(std::string_view folded);

// "The Example -", "| The Example": a program left one side of the sign empty.
std::string_view without_loose_signs(std::string_view title);

// Of a heading of two lines with no sign between ("Dog Bites Man Nobody was hurt") the one that `title` (folded words, four or more)
// says; the whole heading where it says none of them.
std::string_view line_that_says(std::string_view title, std::string_view heading, Arena& arena);

}  // namespace offprint
