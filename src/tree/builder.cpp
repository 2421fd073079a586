// The tree construction dispatcher and the algorithms that the insertion modes share.
#include "tree/builder.h"
#include "tree/plain_ends.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace offprint {

// #tree-construction-dispatcher: whether the rules for HTML content apply.
static bool in_html_content(const TreeBuilder& b, const Token& t) {
  if (b.open.empty()) return true;
  const OpenElement& node = adjusted_current(b);
  if (!is_foreign(node) || t.kind == TokenKind::eof) return true;
  if (node.traits & trait_math_text) {
    if (t.kind == TokenKind::text) return true;
    if (t.kind == TokenKind::start_tag && t.tag != Tag::mglyph && t.tag != Tag::malignmark) return true;
  }
  if (node.key == key_of(Tag::annotation_xml, Namespace::mathml) && t.kind == TokenKind::start_tag &&
      t.tag == Tag::svg)
    return true;
  return (node.traits & trait_html_point) && (t.kind == TokenKind::start_tag || t.kind == TokenKind::text);
}

Step run_mode(TreeBuilder& b, Token& t) {
  switch (b.mode) {
    case InsertionMode::initial:
      return initial(b, t);
    case InsertionMode::before_html:
      return before_html(b, t);
    case InsertionMode::before_head:
      return before_head(b, t);
    case InsertionMode::in_head:
      return in_head(b, t);
    case InsertionMode::in_head_noscript:
      return in_head_noscript(b, t);
    case InsertionMode::after_head:
      return after_head(b, t);
    case InsertionMode::in_body:
      return in_body(b, t);
    case InsertionMode::text:
      return in_text(b, t);
    case InsertionMode::in_table:
      return in_table(b, t);
    case InsertionMode::in_caption:
      return in_caption(b, t);
    case InsertionMode::in_column_group:
      return in_column_group(b, t);
    case InsertionMode::in_table_body:
      return in_table_body(b, t);
    case InsertionMode::in_row:
      return in_row(b, t);
    case InsertionMode::in_cell:
      return in_cell(b, t);
    case InsertionMode::in_template:
      return in_template(b, t);
    case InsertionMode::after_body:
      return after_body(b, t);
    case InsertionMode::in_frameset:
      return in_frameset(b, t);
    case InsertionMode::after_frameset:
      return after_frameset(b, t);
    case InsertionMode::after_after_body:
      return after_after_body(b, t);
    case InsertionMode::after_after_frameset:
      return after_after_frameset(b, t);
  }
  return done;
}

// What is left to do after the first step for a token.
static ContentModel finish_token(TreeBuilder& b, Token& t, Step step) {
  while (step.again) [[unlikely]]
    step = in_html_content(b, t) ? run_mode(b, t) : in_foreign(b, t);
  const bool is_tag = t.kind == TokenKind::start_tag || t.kind == TokenKind::end_tag;
  if (is_tag && t.attributes_count != 0 && b.page.attributes.size() > b.attributes_kept) b.page.attributes.resize(b.attributes_kept);
  return step.model;
}

ContentModel process(TreeBuilder& b, Token& t) {
  if (b.skip_newline) [[unlikely]] {
    b.skip_newline = false;
    if (t.kind == TokenKind::text && t.text.starts_with('\n')) {
      t.text.remove_prefix(1);
      const std::string_view input = b.page.input;
      if (t.span.begin < t.span.end && (input[t.span.begin] == '\n' || input[t.span.begin] == '\r')) {
        t.span.begin += input.substr(t.span.begin, 2) == "\r\n" ? 2 : 1;
        t.span.begin = std::min(t.span.begin, t.span.end);
      }
      if (t.text.empty()) return ContentModel::data;
    }
  }
  b.attributes_kept = t.attributes_begin;
  return finish_token(b, t, in_html_content(b, t) ? run_mode(b, t) : in_foreign(b, t));
}

// The end tag of the current node, which is in HTML content and has a plain one: #parsing-main-inbody. False where what there is
// to be done is more than taking it off the stack.
static bool end_current(TreeBuilder& b, Tokenizer& tokenizer, Span& span) {
  const OpenElement& e = b.open.back();
  const bool formatting = (e.traits & trait_formatting) != 0;
  if (formatting && (b.formatting.empty() || b.formatting.back().node != e.node)) return false;
  if (!tokenizer.take_end(plain_ends[e.key], span)) return false;
  if (formatting) b.formatting.pop_back();
  pop(b, span.end);
  return true;
}

// Whether texts, end tags and start tags are what they are in the midst of the body.
static bool amid_body(const TreeBuilder& b) {
  return (b.mode == InsertionMode::in_body || b.mode == InsertionMode::in_cell) && !b.skip_newline && !b.fragment &&
         !is_foreign(b.open.back());
}

// Texts and end tags in the midst of the body, as long as they are as most are: they do what the insertion modes say of them,
// without going through those. `span` becomes that of the last one. Whether the midst of the body goes on.
static bool run_plain_tokens(TreeBuilder& b, Tokenizer& tokenizer, Span& span) {
  if (!amid_body(b)) return false;
  const std::size_t node_cap = b.meter.budgets.nodes;
  std::string_view text;
  do {
    if (tokenizer.take_text(text, span)) {
      plain_text_in_body(b, text, span);
      if (b.nodes.size() >= node_cap) [[unlikely]]
        return false;
    }
    if (!end_current(b, tokenizer, span)) return true;
  } while (!is_foreign(b.open.back()));
  return false;
}

// A start tag in the midst of the body, without a choice among the insertion modes.
static ContentModel process_plain_start(TreeBuilder& b, Token& t) {
  b.attributes_kept = t.attributes_begin;
  return finish_token(b, t, b.mode == InsertionMode::in_body ? start_tag_in_body(b, t) : in_cell(b, t));
}

void run_tokens(TreeBuilder& b, Tokenizer& tokenizer) {
  Token token{};
  const std::size_t node_cap = b.meter.budgets.nodes;
  for (std::uint32_t count = 1;; ++count) {
    const bool amid = run_plain_tokens(b, tokenizer, token.span);
    if (b.nodes.size() >= node_cap) [[unlikely]] {
      b.meter.spent = Limit::nodes;
      break;
    }
    ContentModel model;
    if (amid && tokenizer.take_start(token)) {
      model = process_plain_start(b, token);
    } else {
      tokenizer.next(token, wants_cdata(b));
      const TokenKind kind = token.kind;
      model = process(b, token);
      if (kind == TokenKind::eof) break;
    }
    if (model != ContentModel::data) [[unlikely]]
      tokenizer.set_content_model(model, token.text);
    if (b.nodes.size() >= node_cap) [[unlikely]] {
      b.meter.spent = Limit::nodes;
      break;
    }
    if (count % 4096 == 0 && b.meter.out_of_time()) break;
  }
  finish(b, token.span.end);
}

void finish(TreeBuilder& b, std::uint32_t position) {
  // #stop-parsing. <body> and <html> stay open after their end tags, which have set where they end.
  for (const OpenElement& e : b.open) {
    Node& n = b.nodes[e.node];
    if (n.span.end <= n.open_end) n.span.end = std::max(position, n.open_end);
  }
  b.open.clear();
  fill_selected_contents(b);
  // Tables without end within tables fill both stacks with more than their nodes weigh. Other stages follow.
  b.formatting.clear();
  if (b.open.capacity() > most_kept_stack) b.open.shrink_to_fit();
  if (b.formatting.capacity() > most_kept_stack) b.formatting.shrink_to_fit();
}

// A page with more nodes than most: it can hardly get more than two for every tag that follows. Doubling would leave
// freed memory behind that outweighs the nodes of a dense page.
void make_room(TreeBuilder& b, std::uint32_t position) {
  const std::string_view rest = b.page.input.substr(std::min<std::size_t>(position, b.page.input.size()));
  const auto tags = static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '<'));
  const std::size_t size = b.nodes.size();
  b.nodes.reserve(std::max(size + 2 * tags + 1024, size + size / 4));
}

void make_room_in_stacks(TreeBuilder& b) {
  // Entries have nodes of their own, and memory that is never written to costs nothing. Doubling would leave as much freed
  // memory behind as the stack takes.
  const auto reserve = [&](auto& stack) {
    const std::size_t size = stack.size();
    if (size == stack.capacity()) stack.reserve(size < most_kept_stack ? 2 * size + 64 : std::max(b.nodes.capacity(), 2 * size));
  };
  reserve(b.open);
  reserve(b.formatting);
}

Place foster_place(const TreeBuilder& b) {
  // #appropriate-place-for-inserting-a-node, the foster parenting branch.
  const std::size_t floor = search_floor(b);
  for (std::size_t i = b.open.size(); i-- > floor;) {
    if (is(b.open[i], Tag::template_)) return {b.open[i].into, no_node};
    if (is(b.open[i], Tag::table)) {
      const NodeId parent = b.nodes[b.open[i].node].parent;
      if (parent != no_node) return {parent, b.open[i].node};
      return {b.open[i > 0 ? i - 1 : 0].into, no_node};
    }
  }
  return {b.open[0].into, no_node};
}

void detach(TreeBuilder& b, NodeId node) {
  Node& n = b.nodes[node];
  if (n.parent == no_node) return;
  Node& p = b.nodes[n.parent];
  if (n.previous == no_node)
    p.first_child = n.next;
  else
    b.nodes[n.previous].next = n.next;
  if (n.next == no_node)
    p.last_child = n.previous;
  else
    b.nodes[n.next].previous = n.previous;
  n.parent = n.previous = n.next = no_node;
}

void insert_before(TreeBuilder& b, NodeId parent, NodeId before, NodeId node) {
  if (before == no_node) return append(b, parent, node);
  Node& n = b.nodes[node];
  Node& next = b.nodes[before];
  n.parent = parent;
  n.next = before;
  n.previous = next.previous;
  if (next.previous == no_node)
    b.nodes[parent].first_child = node;
  else
    b.nodes[next.previous].next = node;
  next.previous = node;
}

// Adds `text` to a text node. Views that lie side by side are one longer view. Otherwise the text moves to
// the arena, with room for twice as much: attributes_begin of a text node is the size of that room, so that
// any number of text nodes may grow in turns at a linear cost.
static void extend_text(TreeBuilder& b, Node& n, std::string_view text, Span span) {
  const bool adjacent = n.text_data + n.text_size == text.data() && n.span.end == span.begin;
  const std::size_t size = n.text_size + text.size();
  if (n.attributes_begin == 0 && adjacent) {
    // One view.
  } else if (size <= n.attributes_begin) {
    std::memcpy(const_cast<char*>(n.text_data) + n.text_size, text.data(), text.size());
  } else {
    const std::size_t room = std::min<std::size_t>(std::bit_ceil(size), 0xFFFFFFFFu);
    char* to = static_cast<char*>(b.page.arena.allocate(room, 1));
    std::memcpy(to, n.text_data, n.text_size);
    std::memcpy(to + n.text_size, text.data(), text.size());
    n.text_data = to;
    n.attributes_begin = static_cast<std::uint32_t>(room);
  }
  n.text_size = static_cast<std::uint32_t>(size);
  n.span.begin = std::min(n.span.begin, span.begin);
  n.span.end = std::max(n.span.end, span.end);
}

// #insert-a-character
void insert_text(TreeBuilder& b, std::string_view text, Span span) {
  if (text.empty()) return;
  const Place place = current_place(b);
  const NodeId previous =
      place.before == no_node ? b.nodes[place.parent].last_child : b.nodes[place.before].previous;
  if (previous != no_node && b.nodes[previous].kind == NodeKind::text)
    return extend_text(b, b.nodes[previous], text, span);
  if (place.before == no_node) [[likely]] {
    append_new(b, place.parent, NodeKind::text, Tag::unknown, span, 0, 0, 0, text);
    return;
  }
  const NodeId id = new_node(b, NodeKind::text, span);
  b.nodes[id].text_data = text.data();
  b.nodes[id].text_size = static_cast<std::uint32_t>(text.size());
  insert_before(b, place.parent, place.before, id);
}

static NodeId new_comment(TreeBuilder& b, const Token& t) {
  const NodeId id = new_node(b, NodeKind::comment, t.span);
  b.nodes[id].text_data = t.text.data();
  b.nodes[id].text_size = static_cast<std::uint32_t>(t.text.size());
  return id;
}
void insert_comment(TreeBuilder& b, const Token& t) {
  const NodeId id = new_comment(b, t);
  const Place place = current_place(b);
  insert_before(b, place.parent, place.before, id);
}
void insert_comment_into(TreeBuilder& b, const Token& t, NodeId parent) {
  const NodeId id = new_comment(b, t);
  append(b, parent, id);
}

void remove_from_open(TreeBuilder& b, std::size_t index, std::uint32_t position) {
  const OpenElement e = b.open[index];
  b.nodes[e.node].span.end = position;
  if (e.key < tag_count) --b.open_count[e.key];
  b.open.erase(b.open.begin() + static_cast<std::ptrdiff_t>(index));
  ++b.removals;
}

bool any_in_scope(const TreeBuilder& b, std::uint32_t wanted_traits, std::uint32_t scope) {
  const std::size_t floor = search_floor(b);
  for (std::size_t i = b.open.size(); i-- > floor;) {
    if (b.open[i].traits & wanted_traits) return true;
    if (b.open[i].traits & scope) return false;
  }
  return false;
}

bool in_open(const TreeBuilder& b, NodeId node) {
  const std::size_t floor = search_floor(b);
  for (std::size_t i = b.open.size(); i-- > floor;)
    if (b.open[i].node == node) return true;
  return false;
}

void reset_mode(TreeBuilder& b) {
  const std::size_t floor = search_floor(b);
  for (std::size_t i = b.open.size(); i-- > floor;) {
    const bool last = i == 0;
    const OpenElement& node = last && b.fragment ? b.context : b.open[i];
    if (!is_foreign(node)) switch (static_cast<Tag>(node.key)) {
        case Tag::td:
        case Tag::th:
          if (last) break;
          b.mode = InsertionMode::in_cell;
          return;
        case Tag::tr:
          b.mode = InsertionMode::in_row;
          return;
        case Tag::tbody:
        case Tag::thead:
        case Tag::tfoot:
          b.mode = InsertionMode::in_table_body;
          return;
        case Tag::caption:
          b.mode = InsertionMode::in_caption;
          return;
        case Tag::colgroup:
          b.mode = InsertionMode::in_column_group;
          return;
        case Tag::table:
          b.mode = InsertionMode::in_table;
          return;
        case Tag::template_:
          b.mode = b.template_modes.empty() ? InsertionMode::in_body : b.template_modes.back();
          return;
        case Tag::head:
          if (last) break;
          b.mode = InsertionMode::in_head;
          return;
        case Tag::body:
          b.mode = InsertionMode::in_body;
          return;
        case Tag::frameset:
          b.mode = InsertionMode::in_frameset;
          return;
        case Tag::html:
          b.mode = b.head == no_node ? InsertionMode::before_head : InsertionMode::after_head;
          return;
        default:
          break;
      }
  }
  b.mode = InsertionMode::in_body;
}

// A second <html> or <body> adds the attributes that the first lacks. An element's attributes are one range,
// so it moves to the end of the vector unless it lies there. Bounded by the budget for one element's
// attributes.
void merge_attributes(TreeBuilder& b, Token& t, NodeId element) {
  std::vector<Attribute>& all = b.page.attributes;
  const std::uint32_t begin = b.nodes[element].attributes_begin;
  const std::uint32_t count = b.nodes[element].attributes_count;
  const std::size_t cap = b.meter.budgets.attributes;
  std::size_t added = 0;
  for (std::size_t i = 0; i < t.attributes_count; ++i) {
    if (count + added >= cap) {
      if (b.meter.noted == Limit::none) b.meter.noted = Limit::attributes;
      break;
    }
    const Attribute a = all[t.attributes_begin + i];
    const bool known =
        std::any_of(all.begin() + begin, all.begin() + begin + count, [&](const Attribute& other) {
          return other.id == a.id && (a.id != AttributeName::unknown || other.name() == a.name());
        });
    if (!known) all[t.attributes_begin + added++] = a;
  }
  if (added == 0) return;
  Node& n = b.nodes[element];
  if (count == 0) {
    n.attributes_begin = t.attributes_begin;
  } else if (std::size_t{begin} + count != t.attributes_begin) {
    all.resize(t.attributes_begin + added);
    all.insert(all.begin() + t.attributes_begin, count, Attribute{});
    std::copy_n(all.begin() + begin, count, all.begin() + t.attributes_begin);
    n.attributes_begin = t.attributes_begin;
  }
  n.attributes_count = static_cast<std::uint32_t>(count + added);
  b.attributes_kept = std::size_t{n.attributes_begin} + n.attributes_count;
}

Step insert_raw(TreeBuilder& b, Token& t, ContentModel model) {
  insert_element(b, t);
  b.original_mode = b.mode;
  b.mode = InsertionMode::text;
  return {model, false};
}

std::size_t leading_whitespace(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() &&
         (text[n] == ' ' || text[n] == '\n' || text[n] == '\t' || text[n] == '\f' || text[n] == '\r'))
    ++n;
  return n;
}

void take_whitespace(TreeBuilder& b, Token& t, bool insert) {
  const std::size_t n = leading_whitespace(t.text);
  if (n == 0) return;
  // Where the text is not the source itself, its two parts share the span.
  const bool verbatim = t.text.data() == b.page.input.data() + t.span.begin && t.text.size() == t.span.size();
  const std::uint32_t split = t.span.begin + static_cast<std::uint32_t>(n);
  if (insert) insert_text(b, t.text.substr(0, n), verbatim ? Span{t.span.begin, split} : t.span);
  t.text.remove_prefix(n);
  if (verbatim) t.span.begin = split;
}

void drop_nul(TreeBuilder& b, Token& t) {
  if (!t.has_nul) return;
  char* to = static_cast<char*>(b.page.arena.allocate(t.text.size(), 1));
  const char* end = std::copy_if(t.text.begin(), t.text.end(), to, [](char c) { return c != '\0'; });
  t.text = {to, static_cast<std::size_t>(end - to)};
  t.has_nul = false;
}

void replace_nul(TreeBuilder& b, Token& t) {
  if (!t.has_nul) return;
  const auto count = static_cast<std::size_t>(std::count(t.text.begin(), t.text.end(), '\0'));
  char* const begin = static_cast<char*>(b.page.arena.allocate(t.text.size() + 2 * count, 1));
  char* to = begin;
  for (char c : t.text) {
    if (c != '\0') {
      *to++ = c;
      continue;
    }
    std::memcpy(to, "\xEF\xBF\xBD", 3);
    to += 3;
  }
  t.text = {begin, static_cast<std::size_t>(to - begin)};
  t.has_nul = false;
}

bool is_hidden_input(TreeBuilder& b, const Token& t) {
  for (std::size_t i = 0; i < t.attributes_count; ++i) {
    Attribute& a = b.page.attributes[t.attributes_begin + i];
    if (a.id != AttributeName::type) continue;
    const std::string_view value = attribute_value(a, b.page.arena);
    return std::equal(value.begin(), value.end(), std::string_view("hidden").begin(),
                      std::string_view("hidden").end(),
                      [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
  }
  return false;
}

}  // namespace offprint
