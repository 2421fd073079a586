// What tells a page's own data from that of others, and the markup of what was found.
#include <algorithm>

#include "base/ascii.h"
#include "document/held_data.h"
#include "document/held_markdown.h"
#include "document/words.h"

namespace offprint {
namespace {

constexpr std::uint32_t most_comparisons = 1024;

// The path of an address without slashes at its ends.
std::string_view path_of(std::string_view address) {
  if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos) {
    const std::size_t slash = address.find('/', scheme + 3);
    address = slash == std::string_view::npos ? std::string_view() : address.substr(slash);
  }
  address = address.substr(0, address.find_first_of("?#"));
  while (address.starts_with('/')) address.remove_prefix(1);
  while (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

bool begins_with_words(std::string_view words, std::string_view first) {
  return words.starts_with(first) && (words.size() == first.size() || words[first.size()] == ' ');
}

bool has_markup(std::string_view s) {
  for (std::size_t at = s.find("</"); at != std::string_view::npos; at = s.find("</", at + 1))
    if (at + 2 < s.size() && is_alpha(s[at + 2])) return true;
  return s.find("<br") != std::string_view::npos || s.find("<p>") != std::string_view::npos;
}

// Markup that was escaped once too often: paragraphs and line breaks that are none. Code that shows such is within others.
std::string_view unescaped(std::string_view s, Arena& arena) {
  if (has_markup(s) || (s.find("&lt;/p&gt;") == std::string_view::npos && s.find("&lt;br") == std::string_view::npos)) return s;
  Attribute attribute{};
  attribute.value_data = s.data();
  attribute.value_size = static_cast<std::uint32_t>(s.size());
  attribute.undecoded = true;
  return attribute_value(attribute, arena);
}

std::string_view element_of(HeldTag tag) {
  static constexpr std::string_view names[] = {"p", "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "li", "blockquote", "pre", "p", "p"};
  return names[static_cast<std::size_t>(tag)];
}

}  // namespace

void append_text(std::string_view text, std::string& out) {
  for (const char c : text) c == '<' ? out += "&lt;" : out += c;
}

PageSigns signs_of(const HeadFields& head, Arena& arena) {
  PageSigns signs;
  const auto add = [&](std::vector<std::string_view>& to, std::string_view name) {
    const std::string_view words = folded_words(name.substr(0, 400), arena);
    if (words.size() >= 3 && to.size() < 32 && std::find(to.begin(), to.end(), words) == to.end()) to.push_back(words);
  };
  for (std::string_view title : {head.title, head.title_element, head.og_title, head.twitter_title, head.json_title}) add(signs.titles, title);
  for (std::size_t i = 0; i < head.headings.size() && i < 3; ++i) add(signs.titles, head.headings[i].text);
  add(signs.sites, head.site);
  for (std::string_view site : head.sites) add(signs.sites, site);
  signs.address = path_of(!head.canonical.empty() ? head.canonical : !head.og_url.empty() ? head.og_url : head.url);
  return signs;
}

bool names_page(PageSigns& signs, std::string_view title, Arena& arena) {
  if (title.size() < 3 || title.size() > 300 || signs.comparisons == most_comparisons) return false;
  ++signs.comparisons;
  const std::string_view words = folded_words(title, arena);
  if (words.size() < 3 || std::find(signs.sites.begin(), signs.sites.end(), words) != signs.sites.end()) return false;
  return std::any_of(signs.titles.begin(), signs.titles.end(), [&](std::string_view known) {
    return begins_with_words(known, words) || (begins_with_words(words, known) && word_count(known) > 1) || likeness(known, words) >= 0.75f;
  });
}

bool leads_to_page(const PageSigns& signs, std::string_view address) {
  const std::string_view path = path_of(address);
  if (path.size() < 8 || signs.address.size() < path.size()) return false;
  return signs.address == path || (signs.address.ends_with(path) && signs.address[signs.address.size() - path.size() - 1] == '/');
}

void write_markup(const Held& held, Arena& arena, std::string& out) {
  std::string_view list;  // that is open
  for (const HeldPart& part : held.parts) {
    const std::string_view wanted = part.tag == HeldTag::item ? "ul" : part.tag == HeldTag::numbered_item ? "ol" : "";
    if (wanted != list) {
      if (!list.empty()) out.append("</").append(list).append(">");
      if (!wanted.empty()) out.append("<").append(wanted).append(">");
      list = wanted;
    }
    const std::string_view name = element_of(part.tag);
    const std::string_view text = part.markup ? part.text : unescaped(part.text, arena);
    if (part.markup || has_markup(text)) {
      const std::string_view around = part.tag == HeldTag::none ? "div" : name;
      out.append("<").append(around).append(">").append(text).append("</").append(around).append(">");
      continue;
    }
    if (part.tag == HeldTag::none && append_markdown(text, out)) continue;
    // Plain lines are paragraphs.
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      out.append("<").append(name).append(">");
      append_text(text.substr(at, end - at), out);
      out.append("</").append(name).append(">");
      at = end + 1;
    }
  }
  if (!list.empty()) out.append("</").append(list).append(">");
}

}  // namespace offprint
