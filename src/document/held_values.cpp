// JSON values → the texts that they hold: strings under names of texts, and the paragraphs of rich text, of which every editor
// and framework makes a tree of its own (Portable Text, ProseMirror, Lexical, Slate, Contentful, Editor.js, Draft.js, React's
// elements). All of them name what a node is by one string, and hold its text in strings further down.
#include <algorithm>
#include <array>
#include <iterator>

#include "base/ascii.h"
#include "base/text.h"
#include "document/held_data.h"
#include "document/held_names.h"
#include "document/words.h"

namespace offprint {
namespace {

using simdjson::dom::element;

constexpr std::size_t most_values = 200'000, most_steps_up = 8, most_steps_to_title = 4;

// An object or an array. Those above come before those below.
struct Node {
  std::uint32_t parent;
  HeldTag tag;
  bool array;
  bool typed;          // it says what it is, as a node of a rich text or a component does
  HeldFit says;        // own: it names the page; other: it has another title
  bool record;         // … and an address or a date: no part of anything above it
};
constexpr std::uint32_t no_node_above = 0xFFFFFFFFu;

struct Piece {
  std::string_view text;
  std::uint32_t node, words;
};

// Pieces that make one paragraph, as they have one block above them.
struct Paragraph {
  std::size_t begin, end;  // of the pieces
  std::uint32_t block, words;
  HeldTag tag;
  bool prose;
};

bool is_block(HeldTag tag) { return tag != HeldTag::none; }

struct Work {
  element value;
  std::uint32_t node;  // that holds it
  bool text;
};

struct Walk {
  PageSigns& signs;
  Arena& arena;
  std::vector<element> payload;      // its elements, by number
  std::vector<std::uint8_t> visited;
  std::vector<Node> nodes;
  std::vector<Piece> pieces;
  std::vector<Work> work;
};

// A value of a payload is the number of an element; none where it is no such number, or that of another number.
bool meant(const Walk& w, element& value, std::size_t& at) {
  std::int64_t number = 0;
  if (value.get_int64().get(number) != simdjson::SUCCESS || number < 0 || static_cast<std::size_t>(number) >= w.payload.size())
    return !value.is_int64();
  at = static_cast<std::size_t>(number);
  value = w.payload[at];
  return !value.is_int64();
}

// An element stands where it is first meant.
bool resolve(Walk& w, element& value) {
  std::size_t at = w.payload.size();
  if (w.payload.empty()) return true;
  return meant(w, value, at) && (at == w.payload.size() || value.is_string() || w.visited[at]++ == 0);
}

std::string_view string_at(const Walk& w, element value) {
  std::string_view s;
  std::size_t at = 0;
  if (!w.payload.empty() && !meant(w, value, at)) return {};
  if (value.get_string().get(s) == simdjson::SUCCESS) return s;
  element inner;
  if (w.payload.empty() && value.is_object() && value["rendered"].get(inner) == simdjson::SUCCESS && inner.get_string().get(s) == simdjson::SUCCESS)
    return s;
  return {};
}

// What an object is, by its own members; below them its attributes' level alone is asked for.
Node read_object(Walk& w, const simdjson::dom::object& object, std::uint32_t parent) {
  Node node{parent, HeldTag::none, false, false, HeldFit::unknown, false};
  std::int64_t level = 0;
  HeldTag of_type = HeldTag::none, of_style = HeldTag::none, of_item = HeldTag::none;
  bool titled = false, other_title = false, addressed = false, numbered = false;
  std::size_t members = 0;
  for (const auto& [key, value] : object) {
    if (++members > 64) break;
    std::string_view s;
    if (key.size() > 20) continue;
    if (key == "type" || key == "_type" || key == "nodeType" || key == "tag" || key == "tagName" || key == "blockName" || key == "__typename") {
      s = string_at(w, value);
      if (s.empty()) continue;
      node.typed = true;
      if (const HeldTag tag = tag_named(s); is_block(tag) && (of_type == HeldTag::none || key == "tag")) of_type = tag;
    } else if (key == "style" || key == "listItem" || key == "listType") {
      s = string_at(w, value);
      if (key == "style") of_style = tag_named(s);
      numbered |= s == "number" || s == "numbered" || s == "ordered";
      if (key == "listItem" && !s.empty()) of_item = HeldTag::item;
    } else if (key == "component" || key == "__component" || key == "acf_fc_layout") {
      node.typed |= value.is_string();
    } else if (key == "level" || key == "depth") {
      if (value.get_int64().get(level) != simdjson::SUCCESS) level = 0;
    } else if (key == "attrs" || key == "data" || key == "props") {
      element inner;
      if (!w.payload.empty() || !value.is_object()) continue;
      if (value["level"].get(inner) == simdjson::SUCCESS && inner.get_int64().get(level) != simdjson::SUCCESS) level = 0;
      if (value["style"].get(inner) == simdjson::SUCCESS && inner.get_string().get(s) == simdjson::SUCCESS) numbered |= s == "ordered";
    } else if (names_title(key)) {
      s = string_at(w, value);
      if (s.empty()) continue;
      if (names_page(w.signs, s, w.arena))
        titled = true;
      else
        other_title |= key != "name" && key != "heading";
    } else if (names_address(key)) {
      s = string_at(w, value);
      if (s.empty()) continue;
      addressed = true;
      titled |= leads_to_page(w.signs, s);
    } else if (names_date(key)) {
      addressed = true;
    }
  }
  node.tag = of_type;
  if (is_block(of_style)) node.tag = of_style;
  if (is_block(of_item)) node.tag = of_item;
  if (level > 0 && node.tag >= HeldTag::h1 && node.tag <= HeldTag::h6) node.tag = heading_of(level);
  if (numbered && node.tag == HeldTag::item) node.tag = HeldTag::numbered_item;
  if (numbered && node.tag == HeldTag::list) node.tag = HeldTag::numbered_list;
  if (titled) node.says = HeldFit::own;
  else if (other_title && !is_block(node.tag)) node.says = HeldFit::other;
  node.record = node.says == HeldFit::other && addressed;
  return node;
}

// ["$", "p", key, {"children": …}]
bool read_react(Walk& w, const simdjson::dom::array& list, std::uint32_t parent) {
  element parts[4];
  std::size_t n = 0;
  for (element part : list) {
    if (n == 4) break;
    parts[n++] = part;
  }
  std::string_view dollar, tag;
  simdjson::dom::object props;
  if (n < 4 || parts[0].get_string().get(dollar) != simdjson::SUCCESS || dollar != "$" ||
      parts[1].get_string().get(tag) != simdjson::SUCCESS || parts[3].get_object().get(props) != simdjson::SUCCESS)
    return false;
  if (is_no_text(tag)) return true;
  Node node{parent, tag.starts_with('$') || tag == "header" ? HeldTag::none : tag_named(tag), false, true, HeldFit::unknown, false};
  if (tag == "br") {
    w.pieces.push_back({"\n", parent, 0});
    return true;
  }
  w.nodes.push_back(node);
  const auto self = static_cast<std::uint32_t>(w.nodes.size() - 1);
  for (const auto& [key, child] : props)
    if (key == "children" || child.is_object() || child.is_array()) w.work.push_back({child, self, key == "children"});
  return true;
}

void walk(Walk& w, element root) {
  w.work.push_back({root, no_node_above, false});
  std::size_t steps = 0;
  while (!w.work.empty() && ++steps < most_values) {
    Work now = w.work.back();
    w.work.pop_back();
    if (now.node != no_node_above && !resolve(w, now.value)) continue;
    const std::size_t first = w.work.size();
    simdjson::dom::object object;
    simdjson::dom::array list;
    std::string_view s;
    if (now.value.get_object().get(object) == simdjson::SUCCESS) {
      w.nodes.push_back(read_object(w, object, now.node));
      const auto self = static_cast<std::uint32_t>(w.nodes.size() - 1);
      const bool typed = is_block(w.nodes[self].tag);
      for (const auto& [key, value] : object) {
        if (w.work.size() >= most_values) break;
        w.work.push_back({value, self, names_text(key) || (typed && (key == "children" || key == "items" || key == "code"))});
      }
    } else if (now.value.get_array().get(list) == simdjson::SUCCESS) {
      if (!read_react(w, list, now.node)) {
        w.nodes.push_back({now.node, HeldTag::none, true, false, HeldFit::unknown, false});
        const auto self = static_cast<std::uint32_t>(w.nodes.size() - 1);
        for (element value : list) {
          if (w.work.size() >= most_values) break;
          w.work.push_back({value, self, now.text});
        }
      }
    } else if (now.text && now.value.get_string().get(s) == simdjson::SUCCESS && !s.empty()) {
      // React's references; a dollar of the text is escaped by another.
      if (s.starts_with("$$")) s.remove_prefix(1);
      else if (s[0] == '$' && s.find(' ') == std::string_view::npos) continue;
      w.pieces.push_back({s, now.node, count_words(s)});
    }
    std::reverse(w.work.begin() + static_cast<std::ptrdiff_t>(first), w.work.end());  // in the order of the page
  }
}

// The block that a piece is in, and what that block is within lists and quotations.
std::uint32_t block_of(const std::vector<Node>& nodes, std::uint32_t node, HeldTag& tag) {
  tag = HeldTag::none;
  std::uint32_t block = no_node_above;
  for (std::size_t up = 0; node != no_node_above && up < 2 * most_steps_up; node = nodes[node].parent, ++up) {
    const HeldTag t = nodes[node].tag;
    if (t == HeldTag::none) continue;
    if (block == no_node_above) {
      block = node;
      tag = t;
      if (t != HeldTag::p && t != HeldTag::item) return block;
    } else if (tag == HeldTag::p && (t == HeldTag::item || t == HeldTag::numbered_item || t == HeldTag::quote)) {
      tag = t;
      if (t != HeldTag::item) return block;
    } else if (t == HeldTag::numbered_list && tag == HeldTag::item) {
      tag = HeldTag::numbered_item;
      return block;
    } else if (t == HeldTag::list) {
      return block;
    }
  }
  return block;
}

std::vector<Paragraph> paragraphs_of(const std::vector<Node>& nodes, const std::vector<Piece>& pieces) {
  std::vector<Paragraph> all;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    HeldTag tag = HeldTag::none;
    const std::uint32_t block = block_of(nodes, pieces[i].node, tag);
    const bool listed = tag == HeldTag::list || tag == HeldTag::numbered_list;
    if (listed) tag = tag == HeldTag::list ? HeldTag::item : HeldTag::numbered_item;
    if (!all.empty() && block != no_node_above && !listed && all.back().block == block) {
      all.back().end = i + 1;
      all.back().words += pieces[i].words;
    } else if (pieces[i].words != 0 || block != no_node_above) {
      all.push_back({i, i + 1, block, pieces[i].words, tag, false});
    }
  }
  for (Paragraph& p : all) {
    const std::string_view first = pieces[p.begin].text, last = pieces[p.end - 1].text;
    if (p.end - p.begin == 1) {
      p.prose = is_prose(first, p.words);
      continue;
    }
    p.prose = p.words >= 8 && first.front() != '{' && !first.starts_with("http");
    bool ends = last.back() == '.' || last.back() == '!' || last.back() == '?' || last.ends_with("。") || last.ends_with("”") || last.back() == '"';
    for (std::size_t i = p.begin; i < p.end && !ends; ++i)
      ends = pieces[i].text.find(". ") != std::string_view::npos || pieces[i].text.find("。") != std::string_view::npos || p.words >= 20;
    p.prose &= ends;
  }
  return all;
}

// What the objects right around a value say of it.
HeldFit fit_of(const std::vector<Node>& nodes, std::uint32_t node) {
  HeldFit fit = HeldFit::unknown;
  for (std::size_t up = 0; node != no_node_above && up < most_steps_to_title; node = nodes[node].parent, ++up) {
    if (nodes[node].says == HeldFit::own) return HeldFit::own;
    if (nodes[node].says == HeldFit::other) fit = HeldFit::other;
    if (nodes[node].record) break;
  }
  return fit;
}

// The arrays that a paragraph is one of the paragraphs of, from the inside out. Not those of records, nor of things of which
// each has paragraphs of its own and none says what it is.
struct WayUp {
  std::uint32_t node;
  bool array = false;  // one has been passed
};

std::uint32_t array_above(const std::vector<Node>& nodes, WayUp& way) {
  bool object = false, typed = false;
  while (way.node != no_node_above) {
    const Node& now = nodes[way.node];
    const std::uint32_t self = way.node;
    way.node = now.record ? no_node_above : now.parent;
    if (now.array) {
      if (way.array && object && !typed) break;
      way.array = true;
      return self;
    }
    object = true;
    typed = now.typed;  // of the array's element: what it holds may well be a document
  }
  return no_node_above;
}

// Not where a block stands between, whose texts are one paragraph.
bool is_within(const std::vector<Node>& nodes, std::uint32_t node, std::uint32_t above) {
  while (node != no_node_above && node > above && !is_block(nodes[node].tag)) node = nodes[node].parent;
  return node == above;
}

bool lies_in(const std::vector<Node>& nodes, std::uint32_t node, std::uint32_t array) {
  WayUp way{node};
  std::uint32_t above = array_above(nodes, way);
  while (above != no_node_above && above > array) above = array_above(nodes, way);
  return above == array;
}

// The pieces of a paragraph, which hold no markup. Blocks of data have no marks.
std::string_view joined(const Walk& w, const Paragraph& p, Arena& arena) {
  std::string out;
  for (std::size_t i = p.begin; i < p.end; ++i)
    for (const char c : w.pieces[i].text) c == '<' ? out += "&lt;" : c == '\n' && p.tag != HeldTag::pre ? out += "<br>" : out += c;
  return arena.copy(std::string_view(out));
}

}  // namespace

bool is_prose(std::string_view s, std::uint32_t words) {
  if (words < 8 || s.front() == '{' || s.front() == '[' || s.starts_with("http")) return false;
  if (s.find("function(") != std::string_view::npos || s.find("{\"") != std::string_view::npos) return false;
  return s.find(". ") != std::string_view::npos || s.find("</") != std::string_view::npos || s.find("&lt;/") != std::string_view::npos ||
         s.back() == '.' || s.back() == '!' || s.back() == '?' || s.find("。") != std::string_view::npos;
}

void search_value(element root, bool payload, PageSigns& signs, Arena& arena, Span span, Held& best) {
  Walk w{signs, arena, {}, {}, {}, {}, {}};
  if (simdjson::dom::array list; payload && root.get_array().get(list) == simdjson::SUCCESS) {
    for (element value : list) {
      if (w.payload.size() >= most_values) break;
      w.payload.push_back(value);
    }
    w.visited.resize(w.payload.size());
    if (w.payload.empty()) return;
    root = w.payload[0];
  }
  walk(w, root);
  const std::vector<Paragraph> paragraphs = paragraphs_of(w.nodes, w.pieces);

  // Of single texts.
  Held found;
  const Paragraph* longest = nullptr;
  for (const Paragraph& p : paragraphs) {
    if (!p.prose || p.end - p.begin != 1 || (std::uint64_t{p.words} << 2) <= found.weight()) continue;
    const std::string_view text = w.pieces[p.begin].text;
    const bool shown = !signs.seen.empty() && std::all_of(signs.seen.begin(), signs.seen.end(), [&](std::string_view s) { return text.find(s) != std::string_view::npos; });
    Held one{{}, p.words, shown ? HeldFit::own : fit_of(w.nodes, w.pieces[p.begin].node), span};
    if (one.weight() <= found.weight()) continue;
    found = one;
    longest = &p;
  }
  // Of lists of paragraphs.
  std::vector<std::uint32_t> sums(w.nodes.size());
  std::uint64_t prose = 0;
  for (const Paragraph& p : paragraphs) {
    if (!p.prose) continue;
    prose += p.words;
    WayUp way{w.pieces[p.begin].node};
    for (std::uint32_t above = array_above(w.nodes, way); above != no_node_above; above = array_above(w.nodes, way)) sums[above] += p.words;
  }
  std::uint32_t array = no_node_above;
  Held many;
  for (std::uint32_t i = 0; i < sums.size(); ++i) {
    if ((std::uint64_t{sums[i]} << 2) <= many.weight()) continue;
    const Held one{{}, sums[i], fit_of(w.nodes, i), span};
    if (one.weight() <= many.weight()) continue;
    many = one;
    array = i;
  }
  // What holds almost all of it is what it is about.
  for (std::uint32_t i = array; array != no_node_above && i < sums.size(); ++i)
    if (std::uint64_t{sums[i]} * 100 >= std::uint64_t{many.words} * 85 && is_within(w.nodes, i, array)) array = i;

  // One text, rather than the first of many paragraphs.
  const bool part = longest != nullptr && array != no_node_above && lies_in(w.nodes, w.pieces[longest->begin].node, array) &&
                    (longest->block != no_node_above || w.nodes[w.pieces[longest->begin].node].typed);
  const bool whole = longest != nullptr && !part && found.weight() * 5 >= many.weight() * 4;
  const Held& chosen = whole ? found : many;
  if (chosen.words == 0 || chosen.weight() <= best.weight()) return;
  // Where nothing says that it is the page's own, it is what the data is for, not one of many texts.
  if (chosen.fit != HeldFit::own && std::uint64_t{chosen.words} * 2 < prose) return;
  best = chosen;
  if (whole) {
    best.parts.push_back({arena.copy(w.pieces[longest->begin].text), longest->tag, false});
    return;
  }
  for (const Paragraph& p : paragraphs) {
    const std::uint32_t node = w.pieces[p.begin].node;
    if ((!p.prose && p.tag == HeldTag::none) || !lies_in(w.nodes, node, array)) continue;
    // One string may hold markup of its own.
    const bool plain = p.end - p.begin == 1 && p.tag != HeldTag::pre;
    best.parts.push_back({plain ? arena.copy(w.pieces[p.begin].text) : joined(w, p, arena), p.tag, !plain});
  }
}

}  // namespace offprint
