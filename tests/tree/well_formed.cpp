#include "tests/tree/well_formed.h"

#include <algorithm>
#include <vector>

namespace offprint::tests {

testing::AssertionResult well_formed(const Page& page) {
  if (page.nodes.empty() || page[document_node].kind != NodeKind::document)
    return testing::AssertionFailure() << "no document";
  std::vector<char> seen(page.nodes.size());
  for (NodeId at = document_node; at != no_node; at = next_in_order(page, at, document_node)) {
    if (at >= page.nodes.size()) return testing::AssertionFailure() << "no such node " << at;
    if (seen[at]++) return testing::AssertionFailure() << "node " << at << " is met twice";
    const Node& n = page[at];
    NodeId previous = no_node;
    for (NodeId child = n.first_child; child != no_node; child = page[child].next) {
      if (page[child].parent != at)
        return testing::AssertionFailure() << "parent of " << child << " is not " << at;
      if (page[child].previous != previous) return testing::AssertionFailure() << "previous of " << child;
      previous = child;
    }
    if (n.last_child != previous) return testing::AssertionFailure() << "last child of " << at;
    if (n.span.begin > n.span.end || n.span.end > page.input.size())
      return testing::AssertionFailure() << "span of " << at << ": " << n.span.begin << " to " << n.span.end;
    if (n.kind == NodeKind::element) {
      if (n.open_end < n.span.begin || n.open_end > n.span.end)
        return testing::AssertionFailure()
               << "open_end of " << at << ": " << n.span.begin << ' ' << n.open_end << ' ' << n.span.end;
      if (std::size_t{n.attributes_begin} + n.attributes_count > page.attributes.size())
        return testing::AssertionFailure() << "attributes of " << at;
    }
  }
  return testing::AssertionSuccess();
}

std::size_t depth_of(const Page& page) {
  std::size_t deepest = 0, depth = 0;
  for (NodeId at = document_node; at != no_node;) {
    deepest = std::max(deepest, depth);
    if (page[at].first_child != no_node) {
      at = page[at].first_child;
      ++depth;
      continue;
    }
    while (at != no_node && page[at].next == no_node) {
      at = page[at].parent;
      --depth;
    }
    if (at != no_node) at = page[at].next;
  }
  return deepest;
}

}  // namespace offprint::tests
