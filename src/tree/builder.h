// The tree builder: its state and the small operations every insertion mode is written in. Private to
// src/tree.
//
// The state and the hot operations are here, inline; the modes lie in modes_*.cpp, the algorithms shared by
// them in builder.cpp, formatting.cpp and foreign.cpp. Comments name paragraphs by their anchor in
// https://html.spec.whatwg.org/multipage/parsing.html
//
// Work per token is bounded whatever the input: searches of the stack of open elements look at its upper
// `search_depth` entries only (the tree is no deeper than that), the list of active formatting elements holds
// at most `formatting_cap` entries, and what pops is paid for by what was pushed.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "tree/traits.h"
#include "tree/tree.h"

namespace offprint {

// #the-insertion-mode. "In table text" is missing: a text token is a whole run of characters already, so that
// in_table_text() judges it at once.
enum class InsertionMode : std::uint8_t {
  initial,
  before_html,
  before_head,
  in_head,
  in_head_noscript,
  after_head,
  in_body,
  text,
  in_table,
  in_caption,
  in_column_group,
  in_table_body,
  in_row,
  in_cell,
  in_template,
  after_body,
  in_frameset,
  after_frameset,
  after_after_body,
  after_after_frameset,
};

inline constexpr std::size_t search_depth = 512;

// The standard bounds the list of active formatting elements only against equal elements (Noah's Ark). Every
// entry may be made anew for every block that follows, so a list of n distinct unclosed ones multiplies the
// tree by n: the oldest entry leaves the list when a further one comes.
inline constexpr std::size_t formatting_cap = 64;

// And all elements that are made anew, for whatever reason, are at most one for so many bytes and some more: the
// formatting elements of a tag soup of 4 bytes a paragraph would outweigh it a thousand times. Real pages stay below
// a hundred. What is past it loses its emphasis, no text.
inline constexpr std::size_t bytes_a_clone = 16, free_clones = 16'384;

// Entries of a stack that are kept from page to page. Real pages are some dozens deep.
inline constexpr std::size_t most_kept_stack = 16'384;

// What a mode answers: the content model that the tokenizer is to go on with, and whether the token is to be
// processed again in the mode now current.
struct [[nodiscard]] Step {
  ContentModel model = ContentModel::data;
  bool again = false;
};
inline constexpr Step done{};
inline constexpr Step again{ContentModel::data, true};

struct TreeBuilder {
  Page& page;
  Meter& meter;
  AlignedVector<Node>& nodes;
  std::vector<OpenElement>& open;                     // #stack-of-open-elements
  std::vector<FormattingEntry>& formatting;           // #list-of-active-formatting-elements
  std::vector<InsertionMode>& template_modes;         // #stack-of-template-insertion-modes
  std::array<std::uint32_t, tag_count> open_count{};  // HTML elements in `open`, per tag
  OpenElement context{no_node, no_node, 0, 0};        // the context element where `fragment`
  std::size_t depth_cap;
  std::size_t clones_left;
  std::uint32_t removals = 0;       // of elements out of the midst of `open`; nothing else moves what lies in it, and never up
  std::size_t attributes_kept = 0;  // the current token's attributes from here on belong to nobody
  NodeId head = no_node;            // #head-element-pointer
  NodeId form = no_node;            // #form-element-pointer
  InsertionMode mode = InsertionMode::initial;
  InsertionMode original_mode = InsertionMode::initial;
  bool scripting, empty_frames_of_noscript = false;
  std::size_t frame_end = 0;      // where </iframe> or </noscript> was found last; whether it is the former, or none is left
  bool frame_end_closes = false;
  bool fragment = false;
  bool frameset_ok = true;
  bool foster = false;        // #foster-parent: enabled
  bool skip_newline = false;  // after <pre>, <listing>, <textarea>
};

ContentModel process(TreeBuilder& b, Token& token);
// Ends every element that is still open. `position` is the end of what was read.
void finish(TreeBuilder& b, std::uint32_t position);
// Runs the tokens of the page through the builder, up to the end or a limit.
void run_tokens(TreeBuilder& b, Tokenizer& tokenizer);

// The insertion modes, each called as #parsing-main-inbody and so on.
Step initial(TreeBuilder& b, Token& t);
Step before_html(TreeBuilder& b, Token& t);
Step before_head(TreeBuilder& b, Token& t);
Step in_head(TreeBuilder& b, Token& t);
Step in_head_noscript(TreeBuilder& b, Token& t);
Step after_head(TreeBuilder& b, Token& t);
Step in_body(TreeBuilder& b, Token& t);
Step start_tag_in_body(TreeBuilder& b, Token& t);
Step in_text(TreeBuilder& b, Token& t);
Step in_table(TreeBuilder& b, Token& t);
Step in_caption(TreeBuilder& b, Token& t);
Step in_column_group(TreeBuilder& b, Token& t);
Step in_table_body(TreeBuilder& b, Token& t);
Step in_row(TreeBuilder& b, Token& t);
Step in_cell(TreeBuilder& b, Token& t);
Step in_template(TreeBuilder& b, Token& t);
Step after_body(TreeBuilder& b, Token& t);
Step in_frameset(TreeBuilder& b, Token& t);
Step after_frameset(TreeBuilder& b, Token& t);
Step after_after_body(TreeBuilder& b, Token& t);
Step after_after_frameset(TreeBuilder& b, Token& t);
Step in_foreign(TreeBuilder& b, Token& t);
Step run_mode(TreeBuilder& b, Token& t);  // the rules of the current insertion mode

// Algorithms shared by the modes: builder.cpp.
struct Place {
  NodeId parent;
  NodeId before;  // no_node: at the end
};
Place foster_place(const TreeBuilder& b);
void detach(TreeBuilder& b, NodeId node);
void insert_before(TreeBuilder& b, NodeId parent, NodeId before, NodeId node);
void insert_text(TreeBuilder& b, std::string_view text, Span span);
void insert_comment(TreeBuilder& b, const Token& t);  // at the current place
void insert_comment_into(TreeBuilder& b, const Token& t, NodeId parent);
void remove_from_open(TreeBuilder& b, std::size_t index, std::uint32_t position);
bool any_in_scope(const TreeBuilder& b, std::uint32_t wanted_traits, std::uint32_t scope);
bool in_open(const TreeBuilder& b, NodeId node);
void reset_mode(TreeBuilder& b);  // #reset-the-insertion-mode-appropriately
void merge_attributes(TreeBuilder& b, Token& t, NodeId element);
Step insert_raw(TreeBuilder& b, Token& t, ContentModel model);  // #generic-raw-text-element-parsing-algorithm
void take_whitespace(TreeBuilder& b, Token& t, bool insert);  // moves leading white space out of a text token
void drop_nul(TreeBuilder& b, Token& t);
void replace_nul(TreeBuilder& b, Token& t);
std::size_t leading_whitespace(std::string_view text);
bool is_hidden_input(TreeBuilder& b, const Token& t);

// #the-list-of-active-formatting-elements and #adoption-agency-algorithm: formatting.cpp.
void push_formatting(TreeBuilder& b, NodeId node, Tag tag);
void reconstruct_missing(TreeBuilder& b, std::uint32_t position);
void clear_to_marker(TreeBuilder& b);
void remove_formatting(TreeBuilder& b, NodeId node);
// False where the token is to be treated as any other end tag.
bool adoption_agency(TreeBuilder& b, Token& t);
Step any_other_end_tag(TreeBuilder& b, Token& t);

// Foreign content: foreign.cpp.
NodeId insert_foreign(TreeBuilder& b, Token& t, Namespace ns);
std::uint32_t foreign_traits(TreeBuilder& b, Tag tag, Namespace ns, std::uint32_t attributes_begin,
                             std::uint32_t attributes_count);

// #maybe-clone-an-option-into-selectedcontent, for the whole page at its end: selectedcontent.cpp.
void fill_selected_contents(TreeBuilder& b);

inline constexpr std::uint16_t key_of(Tag tag, Namespace ns = Namespace::html) {
  return static_cast<std::uint16_t>(static_cast<unsigned>(tag) | static_cast<unsigned>(ns) << 12);
}
inline bool is(const OpenElement& e, Tag tag) {
  return e.key == key_of(tag);
}
inline bool is_foreign(const OpenElement& e) {
  return (e.traits & trait_foreign) != 0;
}
inline const OpenElement& current(const TreeBuilder& b) {
  return b.open.back();
}
inline bool current_is(const TreeBuilder& b, Tag tag) {
  return is(b.open.back(), tag);
}
inline bool has_open(const TreeBuilder& b, Tag tag) {
  return b.open_count[static_cast<std::size_t>(tag)] != 0;
}

// #adjusted-current-node
inline const OpenElement& adjusted_current(const TreeBuilder& b) {
  return b.fragment && b.open.size() == 1 ? b.context : b.open.back();
}
inline bool wants_cdata(const TreeBuilder& b) {
  return !b.open.empty() && is_foreign(adjusted_current(b));
}

// The lowest entry that a search from the top looks at.
inline std::size_t search_floor(const TreeBuilder& b) {
  return b.open.size() > search_depth ? b.open.size() - search_depth : 0;
}

// #has-an-element-in-the-specific-scope
inline bool has_in_scope(const TreeBuilder& b, Tag tag, std::uint32_t scope) {
  if (!has_open(b, tag)) return false;
  const std::size_t floor = search_floor(b);
  for (std::size_t i = b.open.size(); i-- > floor;) {
    if (is(b.open[i], tag)) return true;
    if (b.open[i].traits & scope) return false;
  }
  return false;
}

void make_room(TreeBuilder& b, std::uint32_t position);
void make_room_in_stacks(TreeBuilder& b);

// Room was made: so the code that makes a vector grow is not put wherever something is added to it.
template <class Vector>
inline void assume_room(const Vector& v) {
  if (v.size() == v.capacity()) __builtin_unreachable();
}

// The id of the next node, for which there is room then.
inline NodeId next_id(TreeBuilder& b, std::uint32_t position) {
  if (b.nodes.size() == b.nodes.capacity()) [[unlikely]]
    make_room(b, position);
  return static_cast<NodeId>(b.nodes.size());
}
// Tells the parent, and the child that was its last one before, which is returned.
inline NodeId become_last(TreeBuilder& b, NodeId parent, NodeId node) {
  Node& p = b.nodes[parent];
  const NodeId previous = std::exchange(p.last_child, node);
  (previous == no_node ? p.first_child : b.nodes[previous].next) = node;
  return previous;
}

inline NodeId new_node(TreeBuilder& b, NodeKind kind, Span span) {
  const NodeId id = next_id(b, span.begin);
  assume_room(b.nodes);
  Node& n = b.nodes.emplace_back();
  n.kind = kind;
  n.span = span;
  return id;
}

// A new last child of `parent`, made at once with all that is known of it.
inline NodeId append_new(TreeBuilder& b, NodeId parent, NodeKind kind, Tag tag, Span span, std::uint32_t open_end,
                         std::uint32_t attributes_begin, std::uint32_t attributes_count, std::string_view text) {
  const NodeId id = next_id(b, span.begin), previous = become_last(b, parent, id);
  assume_room(b.nodes);
  b.nodes.emplace_back(parent, no_node, no_node, no_node, previous, tag, kind, Namespace::html, span, open_end, attributes_begin,
                       attributes_count, static_cast<std::uint32_t>(text.size()), text.data());
  return id;
}

inline void count_element(TreeBuilder& b, NodeId id, Tag tag) {
  ++b.page.tags[static_cast<std::size_t>(tag)];
  if (tag == Tag::script) b.page.scripts.push_back(id);
}

inline void append(TreeBuilder& b, NodeId parent, NodeId node) {
  b.nodes[node].parent = parent;
  b.nodes[node].previous = become_last(b, parent, node);
}

// #create-an-element-for-the-token, for an HTML element. It takes the token's attributes.
inline NodeId new_element(TreeBuilder& b, const Token& t) {
  const NodeId id = new_node(b, NodeKind::element, t.span);
  count_element(b, id, t.tag);
  Node& n = b.nodes[id];
  n.tag = t.tag;
  n.open_end = t.span.end;
  n.attributes_begin = t.attributes_begin;
  n.attributes_count = t.attributes_count;
  n.text_data = t.text.data();
  n.text_size = static_cast<std::uint32_t>(t.text.size());
  b.attributes_kept = std::size_t{t.attributes_begin} + t.attributes_count;
  return id;
}

// An element without a tag of its own.
inline NodeId new_implied(TreeBuilder& b, Tag tag, std::uint32_t position) {
  const NodeId id = new_node(b, NodeKind::element, {position, position});
  Node& n = b.nodes[id];
  const std::string_view text = name_of(tag);
  count_element(b, id, tag);
  n.tag = tag;
  n.open_end = position;
  n.text_data = text.data();
  n.text_size = static_cast<std::uint32_t>(text.size());
  return id;
}

// #appropriate-place-for-inserting-a-node, with the current node as target.
inline Place current_place(const TreeBuilder& b) {
  const OpenElement& target = b.open.back();
  if (b.foster && (target.traits & trait_foster)) [[unlikely]]
    return foster_place(b);
  return {target.into, no_node};
}

// Where a new element is appended, unless its place is before another node. Past the depth cap it becomes a sibling of the current
// node, as in Blink: the stack goes on growing, so that end tags still find their elements, but the tree does not.
inline NodeId capped_parent(TreeBuilder& b, NodeId parent) {
  if (b.open.size() < b.depth_cap) [[likely]]
    return parent;
  if (b.meter.noted == Limit::none) b.meter.noted = Limit::depth;
  return b.open[b.depth_cap - 2].into;
}

// Attaches a new element at the current place.
inline void attach(TreeBuilder& b, NodeId node) {
  const Place place = current_place(b);
  if (place.before != no_node) [[unlikely]]
    return insert_before(b, place.parent, place.before, node);
  append(b, capped_parent(b, place.parent), node);
}

// All that goes onto a stack, `open` or `formatting`.
template <class Entry>
void put_on(TreeBuilder& b, std::vector<Entry>& stack, const Entry& entry) {
  if (stack.size() == stack.capacity()) [[unlikely]]
    make_room_in_stacks(b);
  assume_room(stack);
  stack.push_back(entry);
}

inline void push(TreeBuilder& b, NodeId node, Tag tag) {
  put_on(b, b.open, {node, node, key_of(tag), html_traits[static_cast<std::size_t>(tag)]});
  ++b.open_count[static_cast<std::size_t>(tag)];
}

// A new element in its place.
[[gnu::always_inline]] inline NodeId place_element(TreeBuilder& b, const Token& t) {
  if (b.foster) [[unlikely]] {
    const NodeId id = new_element(b, t);
    attach(b, id);
    return id;
  }
  const NodeId id = append_new(b, capped_parent(b, b.open.back().into), NodeKind::element, t.tag, t.span, t.span.end,
                               t.attributes_begin, t.attributes_count, t.text);
  b.attributes_kept = std::size_t{t.attributes_begin} + t.attributes_count;
  count_element(b, id, t.tag);
  return id;
}
// #insert-an-html-element
inline NodeId insert_element(TreeBuilder& b, const Token& t) {
  const NodeId id = place_element(b, t);
  push(b, id, t.tag);
  return id;
}
// The same, popped at once: void elements.
inline NodeId insert_void(TreeBuilder& b, const Token& t) { return place_element(b, t); }

inline NodeId insert_implied(TreeBuilder& b, Tag tag, std::uint32_t position) {
  const NodeId id = new_implied(b, tag, position);
  attach(b, id);
  push(b, id, tag);
  return id;
}

inline void pop(TreeBuilder& b, std::uint32_t position) {
  const OpenElement& e = b.open.back();
  b.nodes[e.node].span.end = position;
  if (e.key < tag_count) --b.open_count[e.key];
  b.open.pop_back();
}

// Pops up to and including the first HTML element `tag`; it ends at `end`, what lies above it at the token's
// begin. The root stays.
inline void pop_until(TreeBuilder& b, const Token& t, Tag tag, std::uint32_t end) {
  while (b.open.size() > 1) {
    const bool found = current_is(b, tag);
    pop(b, found ? end : t.span.begin);
    if (found) return;
  }
}
inline void pop_until_index(TreeBuilder& b, const Token& t, std::size_t index, std::uint32_t end) {
  while (b.open.size() > index + 1) pop(b, t.span.begin);
  pop(b, end);
}

// #generate-implied-end-tags
inline void generate_implied(TreeBuilder& b, const Token& t, Tag except = Tag::unknown) {
  while ((current(b).traits & trait_implied) && !current_is(b, except)) pop(b, t.span.begin);
}

// #close-a-p-element
inline void close_p(TreeBuilder& b, const Token& t) {
  generate_implied(b, t, Tag::p);
  pop_until(b, t, Tag::p, t.span.begin);
}
inline void close_p_in_button_scope(TreeBuilder& b, const Token& t) {
  if (has_in_scope(b, Tag::p, in_button_scope)) close_p(b, t);
}

inline void push_marker(TreeBuilder& b) {
  put_on(b, b.formatting, {no_node, 0, 0, 0, Tag::unknown, false});
}

// Whether the element of an entry is in the stack of open elements.
inline bool entry_is_open(const TreeBuilder& b, FormattingEntry& e) {
  if (e.position < b.open.size() && b.open[e.position].node == e.node) return true;
  const std::size_t down = b.removals - e.removals;
  const std::size_t floor = std::max(search_floor(b), e.position > down ? e.position - down : 0);
  for (std::size_t i = std::min<std::size_t>(b.open.size(), e.position); i-- > floor;)
    if (b.open[i].node == e.node) {
      e.position = static_cast<std::uint32_t>(i);
      e.removals = b.removals;
      return true;
    }
  return false;
}

// #reconstruct-the-active-formatting-elements
inline void reconstruct(TreeBuilder& b, std::uint32_t position) {
  if (b.formatting.empty()) return;
  FormattingEntry& last = b.formatting.back();
  if (last.node == no_node || entry_is_open(b, last)) return;
  reconstruct_missing(b, position);
}
inline void reconstruct(TreeBuilder& b, const Token& t) { reconstruct(b, t.span.begin); }

// A text without NUL in body: #parsing-main-inbody. Most come into an element that has no text at its end.
inline void plain_text_in_body(TreeBuilder& b, std::string_view text, Span span) {
  reconstruct(b, span.begin);
  const NodeId parent = b.open.back().into, last = b.nodes[parent].last_child;
  if (b.foster || (last != no_node && b.nodes[last].kind == NodeKind::text)) [[unlikely]]
    insert_text(b, text, span);
  else
    append_new(b, parent, NodeKind::text, Tag::unknown, span, 0, 0, 0, text);
  if (b.frameset_ok && leading_whitespace(text) != text.size()) b.frameset_ok = false;
}

}  // namespace offprint
