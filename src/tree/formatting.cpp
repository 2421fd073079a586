// The list of active formatting elements and the adoption agency.
#include <algorithm>

#include "tree/builder.h"

namespace offprint {

static std::uint64_t hash_text(std::string_view text, std::uint64_t h) {
  for (unsigned char c : text) h = (h ^ c) * 0x100000001B3u;
  return (h ^ (h >> 32)) * 0x9E3779B97F4A7C15u;
}

// Equal sets of attributes have equal hashes, whatever their order. 64 bits stand for equality: a collision
// would only drop one entry of the list.
static std::uint64_t attributes_hash(TreeBuilder& b, FormattingEntry& e) {
  if (e.hashed) return e.attributes_hash;
  const Node& n = b.nodes[e.node];
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < n.attributes_count; ++i) {
    Attribute& a = b.page.attributes[n.attributes_begin + i];
    const std::uint64_t h =
        hash_text(attribute_value(a, b.page.arena), hash_text(a.name(), 0xCBF29CE484222325u));
    sum += h ^ (h >> 29);
  }
  e.attributes_hash = sum;
  e.hashed = true;
  return sum;
}

// #push-onto-the-list-of-active-formatting-elements
void push_formatting(TreeBuilder& b, NodeId node, Tag tag) {
  std::vector<FormattingEntry>& list = b.formatting;
  put_on(b, list, {node, static_cast<std::uint32_t>(b.open.size() - 1), b.removals, 0, tag, false});
  // Noah's Ark. Most often there are no three of the kind to compare.
  const std::uint32_t count = b.nodes[node].attributes_count;
  std::size_t alike = 0, first = list.size() - 1;
  while (first > 0 && list[first - 1].node != no_node) {
    --first;
    alike += list[first].tag == tag && b.nodes[list[first].node].attributes_count == count;
  }
  if (alike >= 3) {
    const std::uint64_t hash = attributes_hash(b, list.back());
    std::size_t same = 0, earliest = 0;
    for (std::size_t i = list.size() - 1; i-- > first;) {
      FormattingEntry& e = list[i];
      if (e.tag != tag || b.nodes[e.node].attributes_count != count || attributes_hash(b, e) != hash)
        continue;
      ++same;
      earliest = i;
    }
    if (same >= 3) list.erase(list.begin() + static_cast<std::ptrdiff_t>(earliest));
  }
  if (list.size() - first > formatting_cap) list.erase(list.begin() + static_cast<std::ptrdiff_t>(first));
}

// #create-an-element-for-the-token, for the token that `original` was made for.
static NodeId clone_element(TreeBuilder& b, NodeId original, std::uint32_t position) {
  if (b.clones_left > 0) --b.clones_left;
  const NodeId id = new_node(b, NodeKind::element, {position, position});
  const Node& from = b.nodes[original];
  Node& to = b.nodes[id];
  count_element(b, id, from.tag);
  to.tag = from.tag;
  to.open_end = position;
  to.attributes_begin = from.attributes_begin;
  to.attributes_count = from.attributes_count;
  to.text_data = from.text_data;
  to.text_size = from.text_size;
  return id;
}

// #reconstruct-the-active-formatting-elements, steps 4 on: the last entry is neither a marker nor open.
void reconstruct_missing(TreeBuilder& b, std::uint32_t position) {
  std::size_t first = b.formatting.size() - 1;
  while (first > 0 && b.formatting[first - 1].node != no_node && !entry_is_open(b, b.formatting[first - 1]))
    --first;
  if (b.formatting.size() - first > b.clones_left) {
    b.formatting.erase(b.formatting.begin() + static_cast<std::ptrdiff_t>(first), b.formatting.end());
    return;
  }
  for (std::size_t i = first; i < b.formatting.size(); ++i) {
    FormattingEntry& e = b.formatting[i];
    e.node = clone_element(b, e.node, position);
    e.position = static_cast<std::uint32_t>(b.open.size());
    e.removals = b.removals;
    attach(b, e.node);
    push(b, e.node, e.tag);
  }
}

// #clear-the-list-of-active-formatting-elements-up-to-the-last-marker
void clear_to_marker(TreeBuilder& b) {
  while (!b.formatting.empty()) {
    const bool marker = b.formatting.back().node == no_node;
    b.formatting.pop_back();
    if (marker) return;
  }
}

static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

static std::size_t find_formatting(const TreeBuilder& b, NodeId node) {
  for (std::size_t i = b.formatting.size(); i-- > 0 && b.formatting[i].node != no_node;)
    if (b.formatting[i].node == node) return i;
  return nowhere;
}

static void erase_formatting(TreeBuilder& b, std::size_t i) {
  b.formatting.erase(b.formatting.begin() + static_cast<std::ptrdiff_t>(i));
}

void remove_formatting(TreeBuilder& b, NodeId node) {
  const std::size_t i = find_formatting(b, node);
  if (i != nowhere) erase_formatting(b, i);
}

// #adoption-agency-algorithm. Its inner loop keeps three elements and removes the others from the stack, so
// that the work is paid for by what was pushed; children of a furthest block move once, into an element that
// is not special.
bool adoption_agency(TreeBuilder& b, Token& t) {
  const Tag subject = t.tag;
  if (current_is(b, subject)) {
    // The common case: the end tag of the current node, which is the newest entry of the list.
    const NodeId node = current(b).node;
    if (!b.formatting.empty() && b.formatting.back().node == node) {
      b.formatting.pop_back();
      pop(b, t.kind == TokenKind::end_tag ? t.span.end : t.span.begin);
      return true;
    }
    if (find_formatting(b, node) == nowhere) {
      pop(b, t.kind == TokenKind::end_tag ? t.span.end : t.span.begin);
      return true;
    }
  }
  for (int outer = 0; outer < 8; ++outer) {
    if (b.clones_left == 0) return false;
    std::size_t entry = nowhere;
    for (std::size_t i = b.formatting.size(); i-- > 0 && b.formatting[i].node != no_node;)
      if (b.formatting[i].tag == subject) {
        entry = i;
        break;
      }
    if (entry == nowhere) return false;
    const NodeId formatting_element = b.formatting[entry].node;
    if (!entry_is_open(b, b.formatting[entry])) {
      erase_formatting(b, entry);
      return true;
    }
    const std::size_t formatting_index = b.formatting[entry].position;
    if (formatting_index < search_floor(b)) return true;  // too deep to be searched: as if out of scope
    std::size_t furthest_index = nowhere;
    bool scope_ends = false;
    for (std::size_t i = formatting_index + 1; i < b.open.size(); ++i) {
      if (b.open[i].traits & trait_scope) scope_ends = true;
      if (furthest_index == nowhere && (b.open[i].traits & trait_special)) furthest_index = i;
    }
    if (scope_ends) return true;
    const std::uint32_t end = t.kind == TokenKind::end_tag ? t.span.end : t.span.begin;
    if (furthest_index == nowhere) {
      pop_until_index(b, t, formatting_index, end);
      erase_formatting(b, entry);
      return true;
    }
    const OpenElement common_ancestor = b.open[formatting_index > 0 ? formatting_index - 1 : 0];
    const NodeId furthest_block = b.open[furthest_index].node;
    std::size_t bookmark = entry;  // index in the list before which the new element goes
    NodeId last = furthest_block;
    std::size_t index = furthest_index;
    for (int inner = 1;; ++inner) {
      --index;
      if (index == formatting_index) break;
      const NodeId node = b.open[index].node;
      std::size_t at = find_formatting(b, node);
      if (inner > 3 && at != nowhere) {
        erase_formatting(b, at);
        if (at < bookmark) --bookmark;
        if (at < entry) --entry;
        at = nowhere;
      }
      if (at == nowhere) {
        remove_from_open(b, index, t.span.begin);
        --furthest_index;
        continue;
      }
      const NodeId copy = clone_element(b, node, t.span.begin);
      b.nodes[node].span.end = t.span.begin;
      b.open[index].node = b.open[index].into = copy;
      b.formatting[at].node = copy;
      b.formatting[at].position = static_cast<std::uint32_t>(index);
      b.formatting[at].removals = b.removals;
      if (last == furthest_block) bookmark = at + 1;
      detach(b, last);
      append(b, copy, last);
      last = copy;
    }
    // `last` goes into the common ancestor, or to where its place is fostered.
    detach(b, last);
    if (b.foster && (common_ancestor.traits & trait_foster)) {
      const Place place = foster_place(b);
      insert_before(b, place.parent, place.before, last);
    } else {
      append(b, common_ancestor.into, last);
    }
    const NodeId adopted = clone_element(b, formatting_element, t.span.begin);
    for (NodeId child = b.nodes[furthest_block].first_child; child != no_node; child = b.nodes[child].next)
      b.nodes[child].parent = adopted;
    b.nodes[adopted].first_child = b.nodes[furthest_block].first_child;
    b.nodes[adopted].last_child = b.nodes[furthest_block].last_child;
    b.nodes[furthest_block].first_child = b.nodes[furthest_block].last_child = no_node;
    append(b, furthest_block, adopted);

    ++b.removals;  // of the formatting element, which is put back above the furthest block
    FormattingEntry renewed = b.formatting[entry];
    renewed.node = adopted;
    renewed.position =
        static_cast<std::uint32_t>(furthest_index);  // one less for the formatting element removed
    renewed.removals = b.removals;
    b.formatting.insert(b.formatting.begin() + static_cast<std::ptrdiff_t>(bookmark), renewed);
    erase_formatting(b, entry < bookmark ? entry : entry + 1);

    OpenElement replaced = b.open[formatting_index];
    b.nodes[replaced.node].span.end = end;
    b.open.erase(b.open.begin() + static_cast<std::ptrdiff_t>(formatting_index));
    replaced.node = replaced.into = adopted;
    // The furthest block now lies one lower, so the element below it has its old index.
    b.open.insert(b.open.begin() + static_cast<std::ptrdiff_t>(furthest_index), replaced);
  }
  return true;
}

// "Any other end tag" of #parsing-main-inbody.
Step any_other_end_tag(TreeBuilder& b, Token& t) {
  if (!has_open(b, t.tag)) return done;  // whatever the search would meet, it pops nothing
  const std::size_t floor = search_floor(b);
  for (std::size_t i = b.open.size(); i-- > floor;) {
    const OpenElement& e = b.open[i];
    if (is(e, t.tag) && (t.tag != Tag::unknown || b.nodes[e.node].text() == t.text)) {
      // Generating implied end tags first would only matter to parse errors.
      pop_until_index(b, t, i, t.span.end);
      return done;
    }
    if (e.traits & trait_special) return done;
  }
  return done;
}

}  // namespace offprint
