// #maybe-clone-an-option-into-selectedcontent (form-elements.html): a <selectedcontent> shows the selected
// <option> of its <select>.
//
// The standard clones each time that an option is popped; what counts at the end of the page is the same when
// done once, for the option that is then selected: the last one with `selected`, else the first that is not
// disabled.
#include <algorithm>

#include "tree/builder.h"

namespace offprint {

// More than a handful on a page is an attack, or a page that needs no exact answer here.
static constexpr std::size_t selected_contents_cap = 64;

static bool has(const TreeBuilder& b, NodeId element, AttributeName name) {
  return has_attribute(b.page, element, name);
}

static NodeId selected_option(const TreeBuilder& b, NodeId select) {
  NodeId chosen = no_node, first = no_node;
  for (NodeId at = next_in_order(b.page, select, select); at != no_node;) {
    const Node& n = b.nodes[at];
    const bool html = n.kind == NodeKind::element && n.ns == Namespace::html;
    if (html && n.tag == Tag::option) {
      if (has(b, at, AttributeName::selected)) chosen = at;
      if (first == no_node && !has(b, at, AttributeName::disabled)) first = at;
    }
    const bool skip = n.kind == NodeKind::fragment || (html && n.tag == Tag::select);
    at = skip ? next_after(b.page, at, select) : next_in_order(b.page, at, select);
  }
  return chosen != no_node ? chosen : first;
}

// Copies the children of `from` to `to`, without recursion.
static void clone_children(TreeBuilder& b, NodeId from, NodeId to) {
  const std::uint32_t position = b.nodes[to].open_end;
  NodeId parent = to;
  for (NodeId at = b.nodes[from].first_child; at != no_node;) {
    if (b.nodes.size() >= b.meter.budgets.nodes) {
      b.meter.spent = Limit::nodes;
      return;
    }
    const NodeId copy = static_cast<NodeId>(b.nodes.size());
    Node n = b.nodes[at];
    n.parent = n.first_child = n.last_child = n.next = n.previous = no_node;
    n.span = {position, position};
    n.open_end = position;
    if (n.kind == NodeKind::text) n.attributes_begin = 0;
    b.nodes.push_back(n);
    if (n.kind == NodeKind::element) count_element(b, copy, n.tag);
    append(b, parent, copy);
    if (b.nodes[at].first_child != no_node) {
      at = b.nodes[at].first_child;
      parent = copy;
      continue;
    }
    while (at != from && b.nodes[at].next == no_node) {
      at = b.nodes[at].parent;
      if (at != from) parent = b.nodes[parent].parent;
    }
    if (at == from) return;
    at = b.nodes[at].next;
  }
}

void fill_selected_contents(TreeBuilder& b) {
  const std::vector<NodeId>& all = b.page.scratch.selected_contents;
  NodeId last_select = no_node;
  for (std::size_t i = 0; i < std::min(all.size(), selected_contents_cap) && b.meter.spent == Limit::none;
       ++i) {
    NodeId select = b.nodes[all[i]].parent;
    bool disabled = false;
    while (select != no_node &&
           !(b.nodes[select].tag == Tag::select && b.nodes[select].ns == Namespace::html)) {
      const Tag tag = b.nodes[select].tag;
      disabled |= tag == Tag::option || tag == Tag::selectedcontent;
      select = b.nodes[select].parent;
    }
    if (select == no_node || disabled || select == last_select || has(b, select, AttributeName::multiple))
      continue;
    last_select = select;
    const NodeId option = selected_option(b, select);
    if (option == no_node) continue;
    while (b.nodes[all[i]].first_child != no_node) detach(b, b.nodes[all[i]].first_child);
    clone_children(b, option, all[i]);
  }
}

}  // namespace offprint
