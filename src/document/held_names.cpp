// The names by which data says what its members and nodes are.
#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "document/held_names.h"

namespace offprint {
namespace {

template <std::size_t n>
bool one_of(std::string_view s, const std::string_view (&names)[n]) {
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) { return equals_lowercase(s, name); });
}

}  // namespace

// Members that hold the text itself; not descriptions and excerpts, which are those of other pages as often.
bool names_text(std::string_view key) {
  static constexpr std::string_view names[] = {
      "body",      "content",     "articlebody",  "text",     "html",     "bodyhtml",
      "richtext",  "contenthtml", "htmlcontent",  "rendered", "markdown", "value",
      "paragraph", "body_html",   "content_html", "bodytext", "copy",     "__html",
      "innerhtml", "fulltext",    "full_text",    "bodymarkdown", "body_markdown", "articlecontent",
      "postcontent", "articletext", "storybody", "maincontent", "contentmarkdown"};
  return one_of(key, names);
}

bool names_title(std::string_view key) {
  static constexpr std::string_view names[] = {"title", "headline", "name", "heading", "seotitle", "metatitle", "pagetitle", "og_title"};
  return one_of(key, names);
}

bool names_address(std::string_view key) {
  static constexpr std::string_view names[] = {"url", "slug", "link", "permalink", "path", "canonical", "canonicalurl", "uri", "href"};
  return one_of(key, names);
}

bool names_date(std::string_view key) {
  static constexpr std::string_view names[] = {"date", "publishedat", "published_at", "createdat", "created_at", "publishdate", "datepublished", "author"};
  return one_of(key, names);
}

HeldTag heading_of(std::int64_t level) {
  return static_cast<HeldTag>(static_cast<int>(HeldTag::h1) + static_cast<int>(std::clamp<std::int64_t>(level, 1, 6)) - 1);
}

// "h2", "heading-2", "core/paragraph", "header-two", "unordered-list-item", "bulletList".
HeldTag tag_named(std::string_view name) {
  if (name.size() > 40) return HeldTag::none;
  if (const std::size_t cut = name.find_last_of("/:."); cut != std::string_view::npos) name.remove_prefix(cut + 1);
  char folded[40];
  std::size_t n = 0;
  for (const char c : name)
    if (is_alnum(c)) folded[n++] = to_lower(c);
  const std::string_view s(folded, n);
  struct Name {
    std::string_view name;
    HeldTag tag;
  };
  static constexpr Name names[] = {
      {"p", HeldTag::p}, {"paragraph", HeldTag::p}, {"normal", HeldTag::p}, {"unstyled", HeldTag::p}, {"para", HeldTag::p},
      {"heading", HeldTag::h2}, {"header", HeldTag::h2}, {"subheading", HeldTag::h3}, {"subhead", HeldTag::h3}, {"subheader", HeldTag::h3},
      {"headerone", HeldTag::h1}, {"headertwo", HeldTag::h2}, {"headerthree", HeldTag::h3}, {"headerfour", HeldTag::h4},
      {"headerfive", HeldTag::h5}, {"headersix", HeldTag::h6},
      {"li", HeldTag::item}, {"listitem", HeldTag::item}, {"unorderedlistitem", HeldTag::item}, {"bulletedlistitem", HeldTag::item},
      {"orderedlistitem", HeldTag::numbered_item}, {"numberedlistitem", HeldTag::numbered_item},
      {"ul", HeldTag::list}, {"list", HeldTag::list}, {"bulletlist", HeldTag::list}, {"unorderedlist", HeldTag::list}, {"bulletedlist", HeldTag::list},
      {"ol", HeldTag::numbered_list}, {"orderedlist", HeldTag::numbered_list}, {"numberedlist", HeldTag::numbered_list},
      {"blockquote", HeldTag::quote}, {"quote", HeldTag::quote},
      {"pre", HeldTag::pre}, {"codeblock", HeldTag::pre}};
  for (const Name& known : names)
    if (s == known.name) return known.tag;
  if (n >= 2 && is_digit(s[n - 1]) && s[n - 1] >= '1' && s[n - 1] <= '6') {
    const std::string_view stem = s.substr(0, n - 1);
    if (stem == "h" || stem == "heading" || stem == "header" || stem == "headinglevel") return heading_of(s[n - 1] - '0');
  }
  return HeldTag::none;
}

// What React's elements never show as text.
bool is_no_text(std::string_view tag) {
  static constexpr std::string_view names[] = {"script", "style", "svg", "button", "nav", "footer", "aside", "form", "noscript", "link", "meta", "title", "head", "template", "select", "textarea"};
  return one_of(tag, names);
}

}  // namespace offprint
