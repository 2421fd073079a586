#include "blocks/streamed.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace offprint {
namespace {

// What a hostile page may ask for: so many parts, whose places lie no deeper than this when it is their turn. So parts within parts add
// little to the depth that the parser allows.
constexpr std::size_t most_parts = 512;
constexpr int deepest_place = 256, most_fallback = 256;

struct Call {
  std::string_view place, part;  // their ids
  bool replaces;                 // what stands behind the place, too: $RC, $RR
};

// "X" at `at`, behind which `at` then stands; empty where there is none.
std::string_view quoted(std::string_view s, std::size_t& at) {
  if (at >= s.size() || s[at] != '"') return {};
  const std::size_t end = s.find('"', at + 1);
  if (end == std::string_view::npos || end - at > 64) return {};
  const std::string_view id = s.substr(at + 1, end - at - 1);
  at = end + 1;
  return id;
}

void find_calls(std::string_view script, std::vector<Call>& calls) {
  for (std::size_t i = script.find("$R"); i != std::string_view::npos && calls.size() < most_parts; i = script.find("$R", i + 2)) {
    std::size_t at = i + 4;
    if (at >= script.size() || script[i + 3] != '(') continue;
    const std::string_view first = quoted(script, at);
    if (first.empty() || at >= script.size() || script[at++] != ',') continue;
    const std::string_view second = quoted(script, at);
    if (second.empty()) continue;
    if (script[i + 2] == 'C' || script[i + 2] == 'R') calls.push_back({first, second, true});
    if (script[i + 2] == 'S') calls.push_back({second, first, false});
  }
}

void detach(Page& page, NodeId id) {
  Node& n = page.nodes[id];
  (n.previous != no_node ? page.nodes[n.previous].next : page.nodes[n.parent].first_child) = n.next;
  (n.next != no_node ? page.nodes[n.next].previous : page.nodes[n.parent].last_child) = n.previous;
  n.parent = n.previous = n.next = no_node;
}

void put_behind(Page& page, NodeId id, NodeId before) {
  Node &n = page.nodes[id], &b = page.nodes[before];
  n.parent = b.parent;
  n.previous = before;
  n.next = b.next;
  (b.next != no_node ? page.nodes[b.next].previous : page.nodes[b.parent].last_child) = id;
  b.next = id;
}

// Whether a place is too deep, or within the part that is to stand there.
bool may_not_hold(const Page& page, NodeId place, NodeId part) {
  int steps = 0;
  for (NodeId id = place; id != no_node; id = page[id].parent)
    if (id == part || ++steps > deepest_place) return true;
  return false;
}

// What stands behind the place until the part comes: up to the comment "/$" that ends what "$", "$?" or "$!" before the place has begun.
void drop_fallback(Page& page, NodeId place) {
  int steps = 0, inner = 0;
  NodeId end = page[place].next;
  for (; end != no_node; end = page[end].next) {
    if (++steps > most_fallback) return;
    if (page[end].kind != NodeKind::comment) continue;
    const std::string_view text = page[end].text();
    if (text == "/$" && inner-- == 0) break;
    inner += text == "$" || text == "$?" || text == "$!";
  }
  if (end == no_node) return;
  while (page[place].next != end) detach(page, page[place].next);
}

}  // namespace

void place_streamed_parts(Page& page) {
  if (!page.has(Tag::template_)) return;
  std::vector<Call> calls;
  for (const NodeId script : page.scripts)
    if (const NodeId text = page[script].first_child; text != no_node) find_calls(page[text].text(), calls);
  if (calls.empty()) return;
  std::vector<std::pair<std::string_view, NodeId>> ids;
  for (NodeId id = 0; id < page.nodes.size(); ++id) {
    if (page[id].kind != NodeKind::element || page[id].attributes_count == 0) continue;
    const std::string_view name = attribute(page, id, AttributeName::id);
    if (name.size() > 2 && name[1] == ':') ids.emplace_back(name, id);
  }
  std::stable_sort(ids.begin(), ids.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto find = [&](std::string_view name) {
    const auto at = std::lower_bound(ids.begin(), ids.end(), name, [](const auto& entry, std::string_view n) { return entry.first < n; });
    return at != ids.end() && at->first == name ? at->second : no_node;
  };
  for (const Call& call : calls) {
    const NodeId place = find(call.place), part = find(call.part);
    if (place == no_node || part == no_node || page[place].tag != Tag::template_ || page[part].tag != Tag::div) continue;
    if (page[place].parent == no_node || page[part].parent == no_node || may_not_hold(page, place, part)) continue;
    detach(page, part);
    if (call.replaces) drop_fallback(page, place);
    put_behind(page, part, place);
    for (std::uint32_t i = 0; i < page[part].attributes_count; ++i)
      if (Attribute& a = page.attributes[page[part].attributes_begin + i]; a.id == AttributeName::hidden) a.id = AttributeName::unknown;
  }
}

}  // namespace offprint
