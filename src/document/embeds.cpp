#include "document/embeds.h"

#include <algorithm>

#include "blocks/stand_ins.h"

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

std::string_view embed_address(Page& page, NodeId embed, Arena& arena) {
  const Tag tag = page[embed].tag;
  const bool stands_in = tag == Tag::blockquote || tag == Tag::div || tag == Tag::unknown;
  if (stands_in)
    if (const std::string_view address = stand_in_address(page, embed, arena); !address.empty() || tag != Tag::unknown) return address;
  if (is_dot(page, embed) || decorates(page, embed)) return {};
  const auto usable = [](std::string_view s) {
    return !s.empty() && s.front() != '#' && !s.starts_with("about:") && !s.starts_with("javascript:") &&
           !s.starts_with("data:") && !s.starts_with("blob:");
  };
  for (AttributeName name : {AttributeName::data_src, AttributeName::src, AttributeName::data}) {
    if (stands_in) break;
    if (const std::string_view value = attribute(page, embed, name); usable(value)) return value;
  }
  for (NodeId child = page[embed].first_child; child != no_node; child = page[child].next) {
    if (page[child].tag != Tag::source && page[child].tag != Tag::embed) continue;
    if (const std::string_view value = attribute(page, child, AttributeName::src); usable(value))
      return value;
  }
  return {};
}

std::string_view embed_label(Page& page, NodeId embed) {
  for (const AttributeName name : {AttributeName::title, AttributeName::aria_label, AttributeName::data_title})
    if (const std::string_view label = attribute(page, embed, name); !label.empty()) return label;
  return attribute(page, embed, "playlabel");
}

bool embed_is_content(const Page& page, const Blocks& blocks, const Decisions& decisions,
                      const RawEmbed& embed) {
  constexpr int most_steps = 32;
  const Span span = page[embed.node].span;
  const auto is_caption = [&](std::size_t i) { return blocks.blocks[i].kind == BlockKind::caption && !decisions.of_block[i].chosen; };
  // What it holds, as the quotation of a post does, and its caption say nothing of what is around it.
  std::size_t begin = std::min<std::size_t>(embed.before, blocks.blocks.size()), end = begin;
  for (int i = 0; i < most_steps && begin > 0 && (blocks.blocks[begin - 1].span.begin >= span.begin || is_caption(begin - 1)); ++i) --begin;
  for (int i = 0; i < most_steps && end < blocks.blocks.size() && (blocks.blocks[end].span.begin < span.end || is_caption(end)); ++i) ++end;
  const bool before = begin > 0 && decisions.of_block[begin - 1].chosen;
  const bool after = end < blocks.blocks.size() && decisions.of_block[end].chosen;
  if (before && after) return true;
  if (!before && !after) return false;
  const NodeId block = blocks.blocks[before ? begin - 1 : end].node;
  if (block == no_node) return false;
  NodeId box = page[embed.node].parent;
  for (int level = 0; level < most_levels && box != no_node && box != page.body;
       ++level, box = page[box].parent)
    if (page[box].span.begin <= page[block].span.begin && page[block].span.begin < page[box].span.end)
      return true;
  return false;
}

bool is_linked(Page& page, const Blocks& blocks, const Decisions& decisions, const RawEmbed& embed, std::string_view address) {
  constexpr int most_held = 32;
  constexpr std::uint32_t most_marks = 32;
  const auto place = [](std::string_view href) { return href.substr(0, href.find_first_of("?#")); };
  const Span span = page[embed.node].span;
  std::size_t i = std::min<std::size_t>(embed.before, blocks.blocks.size());
  for (int n = 0; n < most_held && i > 0 && blocks.blocks[i - 1].span.begin >= span.begin; ++n) {
    const RawBlock& block = blocks.blocks[--i];
    for (std::uint32_t k = 0; decisions.of_block[i].chosen && k < block.marks_count && k < most_marks; ++k) {
      const RawMark& mark = blocks.marks[block.marks_begin + k];
      if (mark.kind == MarkKind::link && place(attribute(page, mark.node, AttributeName::href)) == place(address)) return true;
    }
  }
  return false;
}

}  // namespace offprint
