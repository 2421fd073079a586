#include "blocks/stand_ins.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "base/unicode.h"
#include "base/url.h"

namespace offprint {
namespace {

// What an element is named after, and the address of one of its things by its number, of so many characters; empty: it has an address of its
// own alone.
struct Place {
  std::string_view name, address;
  std::size_t least = 0, most = 0;
  bool digits = false;
};
constexpr Place places[] = {
    {"youtube", "https://www.youtube.com/watch?v=", 11, 11},
    {"vimeo", "https://vimeo.com/", 6, 12, true},
    {"dailymotion", "https://www.dailymotion.com/video/", 5, 10},
    {"twitter", "https://twitter.com/i/status/", 15, 20, true},
    {"tweet", "https://twitter.com/i/status/", 15, 20, true},
    {"instagram", "https://www.instagram.com/p/", 10, 14},
    {"tiktok", {}},
    {"facebook", {}},
    {"soundcloud", {}},
    {"spotify", {}},
    {"reddit", {}},
    {"video", {}},
    {"audio", {}},
    {"iframe", {}},
    {"embed", {}},
    {"player", {}},
};
constexpr std::string_view numbers[] = {"videoid", "video-id", "data-videoid", "data-video-id", "data-youtube-id", "data-tweetid", "tweetid", "tweet-id", "data-shortcode", "data-id", "data-embed"};
constexpr std::string_view addresses[] = {"data-oembed-url", "data-instgrm-permalink", "data-embed-url", "data-href", "data-src", "src", "cite", "href", "url", "data-url", "data-permalink"};
constexpr std::size_t most_bytes = 256;

const Place* place_of(std::string_view name) {
  name = name.substr(0, most_bytes);
  const auto found = std::find_if(std::begin(places), std::end(places), [&](const Place& place) { return contains_ascii_case(name, place.name); });
  return found == std::end(places) ? nullptr : found;
}

// Of an element that HTML does not know, by its name: <oembed url> is an editor's.
const Place* place_by_name(const Page& page, NodeId element) {
  const std::string_view told = name(page, element);
  return told.find('-') != told.npos || told == "oembed" ? place_of(told) : nullptr;
}

// "dQw4w9WgXcQ", "76979871".
bool is_number(std::string_view value, const Place& place) {
  return value.size() >= place.least && value.size() <= place.most &&
         std::all_of(value.begin(), value.end(), [&](char c) { return is_digit(c) || (!place.digits && (is_alnum(c) || c == '-' || c == '_')); });
}

// What Facebook's script makes a post or a video of; others of its boxes are buttons.
bool is_post_box(std::string_view classes) {
  return any_token(classes, [](std::string_view one) { return one == "fb-post" || one == "fb-video"; });
}

// A box with the address of a player, or named after where its number is one.
bool is_box(Page& page, NodeId box) {
  const std::string_view classes = attribute(page, box, AttributeName::class_).substr(0, most_bytes);
  const Place* const place = place_of(classes);
  return (place != nullptr && !place->address.empty()) || is_post_box(classes) || has_attribute(page, box, "data-oembed-url");
}

// The link of a quotation that leads deepest: to the post, not to who wrote it or to what it is about.
std::string_view deepest_link(Page& page, NodeId quote) {
  constexpr int most_nodes = 400;
  std::string_view deepest;
  std::size_t size = 0;
  NodeId id = quote;
  for (int i = 0; i < most_nodes && id != no_node; ++i, id = next_in_order(page, id, quote)) {
    if (page[id].kind != NodeKind::element || page[id].tag != Tag::a) continue;
    const std::string_view href = attribute(page, id, AttributeName::href);
    const std::size_t path = is_web_url(href) ? path_of(href).size() : 0;
    if (path > size) deepest = href, size = path;
  }
  return deepest;
}

}  // namespace

bool may_stand_in(Page& page, NodeId element) {
  const Node& node = page[element];
  if (node.ns != Namespace::html || node.attributes_count == 0) return false;
  if (node.tag == Tag::unknown) return place_by_name(page, element) != nullptr;
  if (node.tag != Tag::div || node.first_child != no_node) return false;
  for (std::uint32_t i = 0; i < node.attributes_count; ++i) {
    const std::string_view told = page.attributes[node.attributes_begin + i].name();
    if (told == "data-oembed-url" || told == "data-href" || std::find(std::begin(numbers), std::end(numbers), told) != std::end(numbers)) return is_box(page, element);
  }
  return false;
}

bool quotes_post(Page& page, NodeId blockquote) {
  if (page[blockquote].attributes_count == 0) return false;
  const std::string_view classes = attribute(page, blockquote, AttributeName::class_).substr(0, most_bytes);
  if (contains_ascii_case(classes, "embedded")) return false;  // a card of another page
  for (const std::string_view part : {"embed", "tweet", "twitter", "instagram", "reddit", "fb-xfbml"})
    if (contains_ascii_case(classes, part)) return true;
  return false;
}

std::string_view stand_in_address(Page& page, NodeId element, Arena& arena) {
  const Tag tag = page[element].tag;
  const std::string_view classes = attribute(page, element, AttributeName::class_).substr(0, most_bytes);
  const Place* const place = tag == Tag::unknown ? place_by_name(page, element) : place_of(classes);
  if (tag != Tag::blockquote && place != nullptr && !place->address.empty())
    for (const std::string_view told : numbers)
      if (const std::string_view value = attribute(page, element, told); is_number(value, *place)) {
        const std::span<char> made = arena.make<char>(place->address.size() + value.size());
        std::copy(value.begin(), value.end(), std::copy(place->address.begin(), place->address.end(), made.begin()));
        return {made.data(), made.size()};
      }
  for (const std::string_view told : addresses) {
    const std::string_view value = attribute(page, element, told);
    if (ends_with_ascii_case(value.substr(0, value.find_first_of("?#")), ".json")) continue;  // an ornament that moves
    if (is_web_url(value) || (tag == Tag::unknown && value.size() > 1 && value[0] == '/')) return value;
  }
  return tag == Tag::blockquote ? deepest_link(page, element) : std::string_view{};
}

bool is_picture_element(const Page& page, NodeId element) {
  const std::string_view told = name(page, element);
  return told == "amp-img" || told == "amp-anim";
}

}  // namespace offprint
