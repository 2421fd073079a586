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
  return r == Role::controls || r == Role::form || r == Role::other || r == Role::contribution;
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

// The currency that a box names, by a lone sign, an attribute or a field; its labels, which may stand behind what they are for;
// and its tabs.
void SupportReader::read_facts(NodeId box, std::size_t left, BoxFacts& facts) {
  bool sure = false;  // an attribute or a field, not a sign alone
  const auto take = [&](std::string_view text, bool surely) {
    const std::string_view code = currency_of(text);
    if (code.empty() || (sure && !surely)) return;
    facts.currency = text == "$" || text == "＄" ? some_dollars : text == "¥" || text == "￥" ? some_yen : code;
    sure |= surely;
  };
  std::size_t seen = 0;
  for (NodeId id = box; id != no_node && seen < left; id = next_in_order(page, id, box), ++seen) {
    const Node& node = page[id];
    if (node.kind == NodeKind::text) {
      if (facts.currency.empty() && node.text_size <= 24) take(trim(node.text()), false);
      if (facts.dollar.empty() && node.text_size <= 80) facts.dollar = named_dollar(node.text());
      continue;
    }
    if (node.kind != NodeKind::element) continue;
    if (node.tag == Tag::label && facts.labels.size() < 256)
      facts.labels.push_back({attribute(page, id, AttributeName::for_), text_of(page, id, 120, arena), id});
    take(attribute(page, id, AttributeName::data_currency), true);
    if (node.tag == Tag::input && contains_ascii_case(attribute(page, id, AttributeName::name), "currency"))
      take(attribute(page, id, AttributeName::value), true);
    if (node.tag == Tag::option && has_attribute(page, id, AttributeName::selected))
      take(attribute(page, id, AttributeName::value), true);
    std::string_view panel = attribute(page, id, "aria-controls");
    if (panel.empty() && node.tag == Tag::a)
      if (const std::string_view href = attribute(page, id, AttributeName::href); href.size() > 1 && href[0] == '#') panel = href.substr(1);
    const std::string_view own = attribute(page, id, AttributeName::id);
    if ((panel.empty() && (own.empty() || (node.tag != Tag::button && node.tag != Tag::a))) || facts.tabs.size() >= 32) continue;
    if (const PhraseValue f = frequency_of(text_of(page, id, 80, arena)); f != PhraseValue::none) facts.tabs.push_back({panel, own, f});
  }
  facts.dollar = resolved(facts.dollar);  // "pesos" are the country's
  // A form in euros is not one in dollars because somebody says "A$" in it.
  if (sure && is_dollar_or_peso(facts.currency)) facts.dollar = facts.currency;
}

void SupportReader::read_box(NodeId box, std::size_t& left) {
  BoxFacts facts;
  read_facts(box, left, facts);
  NodeId form = no_node;
  for (NodeId up = box; up != no_node && form == no_node; up = page[up].parent)
    if (page[up].kind == NodeKind::element && page[up].tag == Tag::form) form = up;
  if (form != no_node && facts.currency.empty())
    if (const std::string_view code = currency_of(attribute(page, form, AttributeName::data_currency)); !code.empty()) {
      facts.currency = code;
      if (is_dollar_or_peso(code)) facts.dollar = code;
    }
  const std::size_t first_amount = element_amounts.size(), first_choice = element_choices.size();
  std::vector<NodeId> fields;  // that may name the least one may give
  for (NodeId id = box; id != no_node && left > 0; id = next_in_order(page, id, box), --left) {
    const Node& node = page[id];
    if (node.kind != NodeKind::element) continue;
    if (form == no_node && node.tag == Tag::form) form = id;
    read_choice(id, box, facts);
    read_icon(id, facts.labels);
    if (node.tag == Tag::input && fields.size() < 64) fields.push_back(id);
    if (node.tag == Tag::iframe)  // another's form
      if (const std::string_view src = attribute(page, id, AttributeName::src); leads_to_giving(resolve_url(base, src, arena)) == 2) offer_url(src, 6);
  }
  std::string_view box_currency = facts.currency;
  for (std::size_t k = first_amount; k < element_amounts.size() && box_currency.empty(); ++k)
    box_currency = element_amounts[k].currency;
  for (std::size_t k = first_amount; k < element_amounts.size(); ++k) {
    if (element_amounts[k].currency.empty()) element_amounts[k].currency = box_currency;
    if (element_amounts[k].currency == some_dollars && !facts.dollar.empty()) element_amounts[k].currency = facts.dollar;
  }
  if (!facts.dollar.empty() && (element_amounts.size() > first_amount || dollar.empty())) dollar = facts.dollar;
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
