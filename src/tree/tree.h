// HTML tokens → tree, after https://html.spec.whatwg.org/multipage/parsing.html#tree-construction
//
// The outside interface of this stage: parse() and parse_fragment(), which fill a Page, and the small readers below.
// It is tested by html5lib's tree-construction tests (tests/tree).
//
// Open elements are capped at budgets.depth, deeper ones become siblings; what the adoption agency wraps around them
// may double that. So trees are at most about 1,000 deep by default, and walks need no recursion all the same.
//
// A Page is flat: nodes and attributes lie in two vectors that are kept from page to page, strings are views of the
// input or of the page's arena. The input must outlive the page.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/aligned.h"
#include "base/arena.h"
#include "base/budget.h"
#include "base/span.h"
#include "generated/names.h"
#include "tokens/tokens.h"
#include "tree/scratch.h"
#include "tree/values.h"

namespace offprint {

// NodeId and no_node are in tree/scratch.h.
inline constexpr NodeId document_node = 0;

// `fragment` is the contents of a <template>: its only child in the tree, so that a walk meets the contents in place.
enum class NodeKind : std::uint8_t { document, doctype, element, text, comment, fragment };
enum class Namespace : std::uint8_t { html, svg, mathml };
enum class QuirksMode : std::uint8_t { no_quirks, limited_quirks, quirks };

struct Node {  // 56 bytes
  NodeId parent = no_node, first_child = no_node, last_child = no_node, next = no_node, previous = no_node;
  Tag tag = Tag::unknown;          // elements; unknown ones compare by name()
  NodeKind kind = NodeKind::element;
  Namespace ns = Namespace::html;
  Span span;                       // text: its source (from the first to the last piece that came together in it).
                                   // Element: from its start tag to the end of its end tag (or to where it was closed
                                   // without one). An element without a tag of its own (an implied <html> or <tbody>,
                                   // a clone made by the adoption agency) begins where it was made, with
                                   // open_end == span.begin, and ends where it was closed.
  std::uint32_t open_end = 0;      // element: end of its start tag
  std::uint32_t attributes_begin = 0;   // clones share their original's range. A doctype has its identifiers here, named
                                        // "public" and "system", where it has them. Text: the builder's own use.
  std::uint32_t attributes_count = 0;
  std::uint32_t text_size = 0;
  const char* text_data = nullptr;  // text, comment: the data; element, doctype: the name (case as the DOM has it)

  std::string_view text() const { return {text_data, text_size}; }
};

struct Page {
  std::string_view input;
  AlignedVector<Node> nodes;            // nodes[0] is the document; order of creation, nearly document order
  std::vector<Attribute> attributes;
  Arena arena;
  QuirksMode quirks = QuirksMode::no_quirks;
  NodeId html = no_node, head = no_node, body = no_node;   // body is the frameset where there is one
  std::array<std::uint32_t, tag_count> tags{};  // elements of each tag: a walk that looks for one of none can be spared
  std::vector<NodeId> scripts;        // the <script> elements, in their order
  ValueNumbers values;
  TreeScratch scratch;                // of the tree builder

  void clear();                       // keeps the memory
  bool has(Tag tag) const { return tags[static_cast<std::size_t>(tag)] != 0; }
  const Node& operator[](NodeId id) const { return nodes[id]; }
};

struct ParseOptions {
  bool scripting = false;   // off: the contents of <noscript> are parsed
  // Against the standard, which without scripting takes all of the page behind "<noscript><iframe /></noscript>" for the frame's
  // content: an <iframe> that is not closed within its <noscript> is empty, since no browser parses it there.
  bool empty_frames_of_noscript = false;
};
// How captured pages are parsed.
inline constexpr ParseOptions as_captured = {.empty_frames_of_noscript = true};

// Parses a whole page. Stops early where meter.spent becomes set (nodes, time), leaving a well-formed tree.
void parse(Page& page, std::string_view utf8, const ParseOptions& options, Meter& meter);

// Parses as the fragment algorithm does, with a context element such as "div", "svg path", "math mi" (html5lib's
// notation). The children of nodes[page.html] are the result.
void parse_fragment(Page& page, std::string_view utf8, std::string_view context, const ParseOptions& options, Meter& meter);

// The node after `id` in document order within the subtree of `top`; no_node at the end. O(1) amortised, no stack.
inline NodeId next_in_order(const Page& page, NodeId id, NodeId top) {
  if (page[id].first_child != no_node) return page[id].first_child;
  while (id != top) {
    if (page[id].next != no_node) return page[id].next;
    id = page[id].parent;
    if (id == no_node) break;
  }
  return no_node;
}
// The same, skipping the subtree of `id`.
inline NodeId next_after(const Page& page, NodeId id, NodeId top) {
  while (id != top && id != no_node) {
    if (page[id].next != no_node) return page[id].next;
    id = page[id].parent;
  }
  return no_node;
}

// Value of an attribute, decoded; empty where it is absent or empty. `has` tells the two apart.
std::string_view attribute(Page& page, NodeId element, AttributeName name);
std::string_view attribute(Page& page, NodeId element, std::string_view lowercase_name);
bool has_attribute(const Page& page, NodeId element, AttributeName name);
bool has_attribute(const Page& page, NodeId element, std::string_view lowercase_name);

// The element's name as the DOM gives it.
std::string_view name(const Page& page, NodeId element);

}  // namespace offprint
