// What the elements around the blocks of a request say: the box that holds it, its currency, its form.
#include "base/url.h"
#include "document/elements.h"
#include "document/giving.h"
#include "document/support_reader.h"

namespace offprint {

// Blocks that may stand inside the box of a request without ending it.
bool SupportReader::harmless(std::size_t i) const {
  if (part[i] != RequestPart::none || !usable(i)) return true;
  const Role r = role(i);
  return r == Role::controls || r == Role::form || r == Role::other;
}

// The largest element around a block of the request that holds nothing else.
NodeId SupportReader::box_of(std::size_t i) {
  std::size_t first = i, last = i;
  NodeId box = blocks.blocks[i].node;
  if (box == no_node || box >= page.nodes.size()) return no_node;
  while (true) {
    const NodeId parent = page[box].parent;
    if (parent == no_node || parent == page.body || parent == page.html ||
        page[parent].kind == NodeKind::document)
      return box;
    const Span span = page[parent].span;
    if (span.size() != 0) {
      while (first > 0 && blocks.blocks[first - 1].span.begin >= span.begin && harmless(first - 1)) --first;
      while (last + 1 < blocks.blocks.size() && blocks.blocks[last + 1].span.begin < span.end &&
             harmless(last + 1))
        ++last;
      if (first > 0 && blocks.blocks[first - 1].span.begin >= span.begin) return box;
      if (last + 1 < blocks.blocks.size() && blocks.blocks[last + 1].span.begin < span.end) return box;
    }
    box = parent;
  }
}

void SupportReader::read_elements() {
  if (blocks.flat || page.nodes.empty()) return;
  std::uint32_t done = 0;  // boxes before this place have been read
  std::size_t left = element_limit;
  for (std::size_t i = 0; i < blocks.blocks.size() && left > 0; ++i) {
    if (part[i] != RequestPart::ask && part[i] != RequestPart::control) continue;
    if (blocks.blocks[i].span.begin < done) continue;
    const NodeId box = box_of(i);
    if (box == no_node) continue;
    done = std::max(done, page[box].span.end);
    read_box(box, left);
  }
}

// The currency that a box names, by a lone sign, an attribute or a field; and its labels, which may stand
// behind what they are for.
std::string_view SupportReader::currency_of_box(NodeId box, std::size_t left, std::vector<Label>& labels) {
  std::string_view found;
  const auto take = [&](std::string_view text) {
    if (const std::string_view code = currency_of(text); !code.empty()) found = code;
  };
  std::size_t seen = 0;
  for (NodeId id = box; id != no_node && seen < left; id = next_in_order(page, id, box), ++seen) {
    const Node& node = page[id];
    if (node.kind == NodeKind::text) {
      if (found.empty() && node.text_size <= 24) take(node.text());
      continue;
    }
    if (node.kind != NodeKind::element) continue;
    if (node.tag == Tag::label && labels.size() < 256)
      labels.push_back({attribute(page, id, AttributeName::for_), text_of(page, id, 120, arena), id});
    take(attribute(page, id, AttributeName::data_currency));
    if (node.tag == Tag::input && contains_ascii_case(attribute(page, id, AttributeName::name), "currency"))
      take(attribute(page, id, AttributeName::value));
    if (node.tag == Tag::option && has_attribute(page, id, AttributeName::selected))
      take(attribute(page, id, AttributeName::value));
  }
  return found;
}

void SupportReader::read_box(NodeId box, std::size_t& left) {
  std::vector<Label> labels;
  std::string_view box_currency = currency_of_box(box, left, labels);
  NodeId form = no_node;
  for (NodeId up = box; up != no_node && form == no_node; up = page[up].parent)
    if (page[up].kind == NodeKind::element && page[up].tag == Tag::form) form = up;
  const std::size_t first_amount = element_amounts.size(), first_choice = element_choices.size();
  std::vector<NodeId> fields;  // that may name the least one may give
  for (NodeId id = box; id != no_node && left > 0; id = next_in_order(page, id, box), --left) {
    const Node& node = page[id];
    if (node.kind != NodeKind::element) continue;
    if (form == no_node && node.tag == Tag::form) form = id;
    read_choice(id, box, labels);
    read_icon(id, labels);
    if (node.tag == Tag::input && fields.size() < 64) fields.push_back(id);
  }
  for (std::size_t k = first_amount; k < element_amounts.size() && box_currency.empty(); ++k)
    box_currency = element_amounts[k].currency;
  for (std::size_t k = first_amount; k < element_amounts.size(); ++k)
    if (element_amounts[k].currency.empty()) element_amounts[k].currency = box_currency;
  if (currency.empty()) currency = box_currency;
  for (const NodeId id : fields)
    if (!has_minimum) read_least(id, box_currency);
  const bool gives = element_amounts.size() > first_amount || element_choices.size() > first_choice;
  if (form == no_node || !gives) return;
  const std::string_view action = attribute(page, form, AttributeName::action);
  if (action.empty()) return;
  // An address that wants to be posted to is a poor link.
  const bool posts = equal_ascii_case(attribute(page, form, AttributeName::method), "post");
  offer_url(action, (posts ? 5 : 10) + leads_to_giving(resolve_url(base, action, arena)));
}

}  // namespace offprint
