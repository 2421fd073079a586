#include "document/embeds.h"

namespace offprint {
namespace {

// Levels from an embed up to the box that it shares with a block: a figure and its wrappers.
constexpr int most_levels = 4;

bool is_dot(std::string_view size) {
  return size == "0" || size == "1" || size == "0px" || size == "1px";
}

// A video that plays by itself, without controls.
bool decorates(const Page& page, NodeId embed) {
  return page[embed].tag == Tag::video && has_attribute(page, embed, "autoplay") && !has_attribute(page, embed, AttributeName::controls);
}

}  // namespace

bool is_dot(Page& page, NodeId element) {
  return is_dot(attribute(page, element, AttributeName::width)) || is_dot(attribute(page, element, AttributeName::height));
}

std::string_view embed_address(Page& page, NodeId embed) {
  if (is_dot(page, embed) || decorates(page, embed)) return {};
  const auto usable = [](std::string_view s) {
    return !s.empty() && s.front() != '#' && !s.starts_with("about:") && !s.starts_with("javascript:") &&
           !s.starts_with("data:") && !s.starts_with("blob:");
  };
  for (AttributeName name : {AttributeName::data_src, AttributeName::src, AttributeName::data})
    if (const std::string_view value = attribute(page, embed, name); usable(value)) return value;
  for (NodeId child = page[embed].first_child; child != no_node; child = page[child].next) {
    if (page[child].tag != Tag::source && page[child].tag != Tag::embed) continue;
    if (const std::string_view value = attribute(page, child, AttributeName::src); usable(value))
      return value;
  }
  return {};
}

std::string_view embed_label(Page& page, NodeId embed) {
  const std::string_view title = attribute(page, embed, AttributeName::title);
  return title.empty() ? attribute(page, embed, AttributeName::aria_label) : title;
}

bool embed_is_content(const Page& page, const Blocks& blocks, const Decisions& decisions,
                      const RawEmbed& embed) {
  const std::size_t next = embed.before;
  const bool before = next > 0 && next <= blocks.blocks.size() && decisions.of_block[next - 1].chosen;
  const bool after = next < blocks.blocks.size() && decisions.of_block[next].chosen;
  if (before && after) return true;
  if (!before && !after) return false;
  const NodeId block = blocks.blocks[before ? next - 1 : next].node;
  if (block == no_node) return false;
  NodeId box = page[embed.node].parent;
  for (int level = 0; level < most_levels && box != no_node && box != page.body;
       ++level, box = page[box].parent)
    if (page[box].span.begin <= page[block].span.begin && page[block].span.begin < page[box].span.end)
      return true;
  return false;
}

}  // namespace offprint
