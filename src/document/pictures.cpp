#include "document/pictures.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "base/unicode.h"

namespace offprint {
namespace {

// Files that stand where a script will put the picture, by their names without what comes behind the dot.
bool is_place_holder(std::string_view address) {
  constexpr std::string_view names[] = {"1x1", "blank", "blank-image", "empty", "grey", "lazy", "lazyload", "loader", "loading", "pixel", "placeholder", "spacer", "trans", "transparent"};
  if (address.find('?') != address.npos) return false;
  address = address.substr(0, address.find('#'));
  for (const std::string_view photograph : {".jpg", ".jpeg", ".webp", ".avif"})
    if (ends_with_ascii_case(address, photograph)) return false;
  address.remove_prefix(std::min(address.find_last_of('/') + 1, address.size()));  // 0 where there is none
  address = address.substr(0, address.rfind('.'));
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) { return equal_ascii_case(address, name); });
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
std::string_view address_of_set(Page& page, NodeId element) {
  for (const AttributeName name : {AttributeName::data_srcset, AttributeName::srcset})
    if (const std::string_view address = first_of_set(attribute(page, element, name)); shows_picture(address)) return address;
  return {};
}

}  // namespace

std::string_view image_address(Page& page, NodeId image) {
  for (const AttributeName name : {AttributeName::data_src, AttributeName::data_original, AttributeName::src})
    if (const std::string_view value = attribute(page, image, name); shows_picture(value)) return value;
  // "data-lazy-src", "data-orig-src", "nitro-lazy-src": each library has a name of its own.
  const Node& node = page[image];
  for (std::uint32_t i = 0; i < node.attributes_count; ++i) {
    Attribute& a = page.attributes[node.attributes_begin + i];
    constexpr std::string_view others[] = {"error", "placeholder", "fallback", "low", "lqip", "thumb", "blur"};
    if (std::any_of(std::begin(others), std::end(others), [&](std::string_view other) { return a.name().find(other) != std::string_view::npos; })) continue;
    if (a.id != AttributeName::unknown || !(a.name().ends_with("src") || a.name() == "data-lazy")) continue;
    if (const std::string_view value = attribute_value(a, page.arena); shows_picture(value) && looks_like_address(value)) return value;
  }
  if (const std::string_view address = address_of_set(page, image); !address.empty()) return address;
  constexpr int most_sources = 8;
  NodeId source = node.previous;
  for (int i = 0; i < most_sources && source != no_node; ++i, source = page[source].previous) {
    if (page[source].tag != Tag::source) continue;
    if (const std::string_view address = address_of_set(page, source); !address.empty()) return address;
  }
  return {};
}

std::string_view image_label(Page& page, NodeId image) {
  const std::string_view alt = attribute(page, image, AttributeName::alt);
  if (alt.find(' ') != alt.npos) return alt;
  for (const std::string_view ending : {".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif"})
    if (ends_with_ascii_case(alt, ending)) return {};
  return alt;
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
