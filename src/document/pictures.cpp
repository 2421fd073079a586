#include "document/pictures.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "base/few_words.h"
#include "base/unicode.h"

namespace offprint {
namespace {

// The name of an address's file, without what comes behind the dot.
std::string_view file_name(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  address.remove_prefix(std::min(address.find_last_of('/') + 1, address.size()));  // 0 where there is none
  return address.substr(0, address.rfind('.'));
}

// Whether one of the words that signs part is one of these.
template <std::size_t N>
bool has_word(std::string_view text, const std::string_view (&words)[N]) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_alnum(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    if (std::any_of(std::begin(words), std::end(words), [&](std::string_view w) { return equal_ascii_case(word, w); })) return true;
    at = end + 1;
  }
  return false;
}

// Files that stand where a script will put the picture, by their names.
bool is_place_holder(std::string_view address) {
  constexpr std::string_view names[] = {"1x1",        "blank", "blank-image", "empty",       "grey",   "lazy",  "lazyload",   "loader",
                                        "loading",    "missing-image", "pixel", "placeholder", "spacer", "trans", "transparent"};
  if (address.find('?') != address.npos) return false;
  const std::string_view path = address.substr(0, address.find('#'));
  for (const std::string_view photograph : {".jpg", ".jpeg", ".webp", ".avif"})
    if (ends_with_ascii_case(path, photograph)) return false;
  const std::string_view file = file_name(address);
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) { return equal_ascii_case(file, name); });
}
// Those that may be one, and are where there is another address.
bool may_be_place_holder(std::string_view address) {
  static constexpr std::string_view words[] = {"blank", "default", "lazy", "lazyload", "loading", "missing", "placeholder", "preload", "spacer", "transparent"};
  static constexpr WordBeginnings beginnings{words};
  const std::string_view file = address.substr(address.rfind('/') + 1);  // 0 where there is none
  return words_in(file, words, beginnings) != 0 && has_word(file_name(address), words);
}
bool shows_picture(std::string_view address) { return !address.empty() && !address.starts_with("data:") && !is_place_holder(address); }

// "/a.jpg", "//host/a.jpg", "https://…".
bool looks_like_address(std::string_view value) {
  return (value.starts_with('/') || value.starts_with("https://") || value.starts_with("http://")) && value.find_first_of(" \t\n") == value.npos;
}

// The first of "a.jpg 1x, b.jpg 2x".
std::string_view first_of_set(std::string_view set) {
  const std::size_t begin = std::min(set.find_first_not_of(" \t\n\r\f,"), set.size());
  set.remove_prefix(begin);
  set = set.substr(0, set.find_first_of(white_space));
  while (set.ends_with(',')) set.remove_suffix(1);
  return set;
}
// late: only what a script will put in place.
std::string_view address_of_set(Page& page, NodeId element, bool late) {
  for (const AttributeName name : {AttributeName::data_srcset, AttributeName::srcset}) {
    if (late && name == AttributeName::srcset) break;
    if (const std::string_view address = first_of_set(attribute(page, element, name)); shows_picture(address)) return address;
  }
  return {};
}

}  // namespace

std::string_view image_address(Page& page, NodeId image) {
  for (const AttributeName name : {AttributeName::data_src, AttributeName::data_original})
    if (const std::string_view value = attribute(page, image, name); shows_picture(value)) return value;
  const std::string_view written = attribute(page, image, AttributeName::src), shown = shows_picture(written) ? written : std::string_view{};
  if (!shown.empty() && !may_be_place_holder(shown)) return shown;
  // "data-lazy-src", "data-orig-src", "nitro-lazy-src": each library has a name of its own.
  const Node& node = page[image];
  for (std::uint32_t i = 0; i < node.attributes_count; ++i) {
    Attribute& a = page.attributes[node.attributes_begin + i];
    if (a.id != AttributeName::unknown || !(a.name().ends_with("src") || a.name() == "data-lazy")) continue;
    constexpr std::string_view others[] = {"error", "placeholder", "fallback", "low", "lqip", "thumb", "blur"};
    if (std::any_of(std::begin(others), std::end(others), [&](std::string_view other) { return a.name().find(other) != std::string_view::npos; })) continue;
    if (const std::string_view value = attribute_value(a, page.arena); shows_picture(value) && looks_like_address(value)) return value;
  }
  const bool late = !shown.empty();
  if (const std::string_view address = address_of_set(page, image, late); !address.empty()) return address;
  constexpr int most_sources = 8;
  NodeId source = node.previous;
  for (int i = 0; i < most_sources && source != no_node; ++i, source = page[source].previous) {
    if (page[source].tag != Tag::source) continue;
    if (const std::string_view address = address_of_set(page, source, late); !address.empty()) return address;
  }
  return shown;
}

std::string_view image_label(Page& page, NodeId image) {
  const std::string_view alt = attribute(page, image, AttributeName::alt);
  if (alt.find(' ') != alt.npos) return alt;
  for (const std::string_view ending : {".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif"})
    if (ends_with_ascii_case(alt, ending)) return {};
  return alt;
}

namespace {

// Whether the picture, one of the boxes around it alone or its file is named so.
template <std::size_t N>
bool is_named(Page& page, NodeId image, NodeId beside, std::string_view address, const std::string_view (&words)[N]) {
  constexpr int most_levels = 3;
  constexpr std::size_t most_bytes = 256;
  const std::size_t part = address.find('#');
  if (has_word(file_name(address), words) || (part != address.npos && has_word(address.substr(part), words))) return true;
  NodeId id = image;
  for (int level = 0; level <= most_levels && id != no_node && id != document_node; ++level, id = page[id].parent) {
    if (page[id].span.begin <= page[beside].span.begin && page[beside].span.begin < page[id].span.end && id != image) return false;
    for (const AttributeName name : {AttributeName::class_, AttributeName::id, AttributeName::media})
      if (has_word(attribute(page, id, name).substr(0, most_bytes), words)) return true;
  }
  return false;
}

}  // namespace

Twin twin_of(Page& page, NodeId before, std::string_view address_before, NodeId image, std::string_view address) {
  constexpr std::string_view dark[] = {"dark", "darkmode", "night"}, light[] = {"light", "lightmode", "day"};
  const bool dark_before = is_named(page, before, image, address_before, dark), dark_now = is_named(page, image, before, address, dark);
  if (dark_before != dark_now) return dark_before ? Twin::replaces : Twin::same;
  if (dark_now) return Twin::none;
  const bool light_before = is_named(page, before, image, address_before, light), light_now = is_named(page, image, before, address, light);
  if (light_before == light_now) return Twin::none;
  return light_now ? Twin::replaces : Twin::same;
}

NodeId figure_of(const Page& page, NodeId id) {
  constexpr int most_levels = 8;
  for (int level = 0; level < most_levels && id != no_node; ++level, id = page[id].parent)
    if (page[id].tag == Tag::figure) return id;
  return no_node;
}

bool is_share_address(std::string_view href) {
  constexpr std::string_view parts[] = {"/pin/create", "/share", "/intent/tweet", "/intent/post", "/dialog/feed", "/dialog/share"};
  constexpr std::size_t most_bytes = 128;
  const std::string_view path = href.substr(0, std::min(href.find_first_of("?#"), most_bytes));
  return std::any_of(std::begin(parts), std::end(parts), [&](std::string_view part) { return contains_ascii_case(path, part); });
}

bool stood_above(const Page& page, const RawMark& picture) {
  constexpr int most_levels = 4;
  if (picture.begin > 0 || picture.apart) return picture.apart && picture.begin == 0;
  NodeId id = page[picture.node].parent;
  for (int level = 0; level < most_levels && id != no_node; ++level, id = page[id].parent)
    if (page[id].tag == Tag::figure) return true;
  return false;
}

}  // namespace offprint
