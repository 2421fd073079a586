// Is this a page, or the text of one? The interface is looks_like_html() of blocks.h; tested by
// tests/blocks/flat_test.cpp.
#include "base/ascii.h"
#include "base/unicode.h"
#include "blocks/blocks.h"
#include "blocks/flat_lines.h"
#include "generated/names.h"

namespace offprint {
namespace {

// A tag at text[at] == '<': its size, or 0 where it is none that HTML knows.
struct TagSeen {
  std::size_t size = 0;
  Tag tag = Tag::unknown;
  bool closing = false, attributes = false;
};

TagSeen tag_at(std::string_view text, std::size_t at) {
  TagSeen seen;
  std::size_t i = at + 1;
  if (i < text.size() && text[i] == '/') {
    seen.closing = true;
    ++i;
  }
  char name[16];
  std::size_t n = 0;
  while (i < text.size() && n < sizeof name && is_alnum(text[i])) name[n++] = to_lower(text[i++]);
  if (n == 0 || i == text.size() || (!is_space(text[i]) && text[i] != '>' && text[i] != '/')) return {};
  seen.tag = tag_from_name({name, n});
  if (seen.tag == Tag::unknown) return {};
  const std::size_t end = text.find_first_of("<>", i);
  if (end == text.npos || text[end] == '<') return {};
  seen.attributes = text.substr(i, end - i).find('=') != text.npos;
  seen.size = end + 1 - at;
  return seen;
}

// Tags of which none stands in running text that speaks of markup, at its very beginning.
bool is_structural(Tag tag) {
  switch (tag) {
    case Tag::html:
    case Tag::head:
    case Tag::body:
    case Tag::title:
    case Tag::meta:
    case Tag::link:
    case Tag::script:
    case Tag::style:
    case Tag::base:
    case Tag::div:
    case Tag::p:
    case Tag::table:
    case Tag::tr:
    case Tag::td:
    case Tag::ul:
    case Tag::ol:
    case Tag::li:
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
    case Tag::section:
    case Tag::article:
    case Tag::main:
    case Tag::header:
    case Tag::footer:
    case Tag::nav:
    case Tag::aside:
    case Tag::form:
    case Tag::figure:
    case Tag::blockquote:
    case Tag::pre:
    case Tag::center:
    case Tag::iframe:
    case Tag::svg:
    case Tag::frameset:
    case Tag::dl:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool looks_like_html(std::string_view utf8) {
  constexpr std::size_t looked_at = 64 * 1024;
  const std::size_t lead = blanks(utf8, 0);
  std::string_view text = utf8.substr(lead, looked_at);
  if (text.empty()) return true;
  const bool opens = text[0] == '<';
  if (opens && text.size() > 1) {
    if (starts_with_ascii_case(text, "<!doctype") || text.starts_with("<!--") ||
        starts_with_ascii_case(text, "<?xml"))
      return true;
    const TagSeen first = tag_at(text, 0);
    if (first.size != 0 && (is_structural(first.tag) || first.attributes)) return true;
    if (first.size == text.size()) return true;
  }
  // The rest speaks of tags or consists of them. Text that mentions a few, or quotes a line of markup, is
  // text.
  std::size_t tags = 0, closing = 0, bytes = 0, attributes = 0;
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at)) {
    const TagSeen tag = tag_at(text, at);
    if (tag.size == 0) {
      ++at;
      continue;
    }
    ++tags;
    closing += tag.closing;
    attributes += tag.attributes;
    bytes += tag.size;
    at += tag.size;
  }
  if (tags == 0) return false;
  if (opens) return closing != 0 && bytes * 20 >= text.size();
  return tags >= 4 && closing * 3 >= tags && bytes * (attributes != 0 ? 8 : 5) >= text.size();
}

}  // namespace offprint
