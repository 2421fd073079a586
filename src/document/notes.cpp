#include "document/notes.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "base/ascii.h"
#include "document/words.h"

namespace offprint {
namespace {

constexpr std::size_t most_anchors = 2048, most_label = 8;

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > most_label) return false;
  if (label == "*" || label == "**" || label == "\xE2\x80\xA0" || label == "\xE2\x80\xA1" ||
      label == "\xC2\xA7")
    return true;
  const bool digits = std::all_of(label.begin(), label.end(), is_digit);
  return digits || (label.size() <= 2 && std::all_of(label.begin(), label.end(), is_alpha)) ||
         (is_alpha(label[0]) && label.size() <= 4 && std::all_of(label.begin() + 1, label.end(), is_digit));
}

// "↩", "↑", "^", "Back": what leads from a footnote to its mark.
bool leads_back(std::string_view text) {
  text = trim(text);
  return text == "^" || text.starts_with("\xE2\x86\xA9") || text.starts_with("\xE2\x86\x91") ||
         text.starts_with("\xE2\xA4\xB4") || text.starts_with("\xE2\x86\xB5") ||
         text.starts_with("\xE2\x8F\x8E");
}

bool holds(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

bool names_note(std::string_view s) {
  return holds(s, "note") || holds(s, "fn") || holds(s, "cite") || holds(s, "ref");
}

// A bare number that leads elsewhere may be a page of a table of contents: a mark is raised, or its names
// tell.
bool looks_like_mark(Page& page, NodeId link) {
  const NodeId parent = page[link].parent, child = page[link].first_child;
  if (parent != no_node && page[parent].tag == Tag::sup) return true;
  if (child != no_node && page[child].tag == Tag::sup) return true;
  if (attribute(page, link, AttributeName::role) == "doc-noteref") return true;
  return names_note(attribute(page, link, AttributeName::class_)) ||
         names_note(attribute(page, link, AttributeName::href));
}

using Ids = std::unordered_map<std::string_view, NodeId>;

Ids ids_of(Page& page) {
  Ids ids;
  for (NodeId id = 0; id < page.nodes.size(); ++id) {
    const Node& node = page[id];
    if (node.kind != NodeKind::element || node.parent == no_node) continue;
    for (std::uint32_t k = 0; k < node.attributes_count; ++k) {
      const Attribute& a = page.attributes[node.attributes_begin + k];
      if (a.id == AttributeName::id || (a.id == AttributeName::name && node.tag == Tag::a))
        ids.try_emplace(a.raw_value(), id);
    }
  }
  return ids;
}

// The first block of the content behind `after` that begins in the target, or that the target stands in.
std::size_t block_at(const Page& page, const Blocks& blocks, const Assembly& out, NodeId target,
                     std::size_t after) {
  const Span at = page[target].span;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    const RawBlock& raw = blocks.blocks[i];
    const std::size_t place = out.places[i];
    if (place <= after || !out.blocks[place].content || raw.span.end <= at.begin) continue;
    if (raw.span.begin < at.end) return place;
    if (raw.node == no_node) return out.blocks.size();
    const Span box = page[raw.node].span;
    return box.begin <= at.begin && at.begin < box.end ? place : out.blocks.size();
  }
  return out.blocks.size();
}

}  // namespace

void link_notes(Page& page, const Blocks& blocks, Assembly& out) {
  if (out.anchors.empty() || out.anchors.size() > most_anchors) return;
  Ids ids;
  std::unordered_map<std::string_view, std::size_t> labels;
  for (const Anchor& anchor : out.anchors) {
    Mark& mark = out.marks[anchor.mark];
    const std::string_view label =
        without_brackets(out.blocks[anchor.block].text.substr(mark.begin, mark.end - mark.begin));
    if (!is_label(label) || !looks_like_mark(page, anchor.node)) continue;
    if (ids.empty()) ids = ids_of(page);
    const auto target = ids.find(attribute(page, anchor.node, AttributeName::href).substr(1));
    if (target == ids.end()) continue;
    const std::size_t place = block_at(page, blocks, out, target->second, anchor.block);
    if (place >= out.blocks.size()) continue;
    Block& note = out.blocks[place];
    if (!note.note.empty() && note.note != label) continue;
    // One label for two notes would lead to the wrong one.
    if (const auto [used, fresh] = labels.try_emplace(label, place); !fresh && used->second != place)
      continue;
    note.note = label;
    // A label in a block of its own ("[1]") stands before what it is the label of.
    if (without_brackets(note.text) == label && place + 1 < out.blocks.size()) {
      Block& next = out.blocks[place + 1];
      if (next.content && next.note.empty() && next.span_begin < page[target->second].span.end) next.note = label;
    }
    // The raised mark around it goes with it.
    Mark* whole = &mark;
    if (anchor.mark > 0) {
      Mark& outer = out.marks[anchor.mark - 1];
      if (outer.kind == MarkKind::superscript && outer.begin == mark.begin && outer.end == mark.end)
        whole = &outer;
    }
    whole->kind = MarkKind::note;
    whole->label = label;
    whole->target = {};
  }
  for (const Anchor& anchor : out.anchors) {
    Mark& mark = out.marks[anchor.mark];
    if (out.blocks[anchor.block].note.empty() || mark.kind != MarkKind::link) continue;
    if (!leads_back(out.blocks[anchor.block].text.substr(mark.begin, mark.end - mark.begin))) continue;
    mark.kind = MarkKind::note;
    mark.label = {};
  }
}

}  // namespace offprint
