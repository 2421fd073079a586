#include "document/held.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"
#include "document/words.h"

namespace offprint {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// Prose that can be seen: blocks of so many words that are no links; a page with more of it than this is no
// shell.
constexpr std::uint32_t prose_words = 15, most_visible = 60, least_held = 80, least_description = 25;
// Bounds of the search.
constexpr std::size_t most_scripts = 32, most_values = 200'000, most_bytes = 16u << 20;

struct Held {
  std::vector<std::string_view> texts;  // in the arena
  std::uint32_t words = 0;
  Span span;
};

// What every page of a site shows is no prose of the page's own.
bool is_furniture(Role role) {
  switch (role) {
    case Role::newsletter:
    case Role::consent:
    case Role::navigation:
    case Role::social:
    case Role::masthead:
    case Role::footer:
    case Role::form:
    case Role::controls:
    case Role::ad:
      return true;
    default:
      return false;
  }
}

// What stands around a story whether or not it is there.
bool is_around_story(Role role) {
  return role == Role::headline || role == Role::caption || role == Role::bio || role == Role::byline || role == Role::related || role == Role::comments;
}

// tells_story: the page's JSON-LD holds a text.
bool is_shell(const Blocks& blocks, const Decisions& decisions, bool tells_story) {
  std::uint32_t visible = 0, chosen = 0;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    const RawBlock& b = blocks.blocks[i];
    if (decisions.of_block[i].chosen) chosen += b.words;
    const bool seen = b.hidden == Hidden::no || b.hidden == Hidden::noscript;
    const Role role = decisions.of_block[i].role;
    if (seen && !is_furniture(role) && !(tells_story && is_around_story(role)) && b.words >= prose_words &&
        b.link_bytes * 2 < b.text.size())
      visible += b.words;
  }
  return visible < most_visible && chosen < most_visible;
}

// Members that hold the text itself; not descriptions and excerpts, which are those of other pages as often.
bool names_text(std::string_view key) {
  static constexpr std::string_view names[] = {
      "body",      "content",     "articlebody",  "text",     "html",     "bodyhtml",
      "richtext",  "contenthtml", "htmlcontent",  "rendered", "markdown", "value",
      "paragraph", "body_html",   "content_html", "bodytext", "copy"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view name) { return equals_lowercase(key, name); });
}

bool is_prose(std::string_view s, std::uint32_t words) {
  if (words < 8 || s.front() == '{' || s.front() == '[' || s.starts_with("http")) return false;
  if (s.find("function(") != std::string_view::npos || s.find("{\"") != std::string_view::npos) return false;
  return s.find(". ") != std::string_view::npos || s.find("</") != std::string_view::npos ||
         s.back() == '.' || s.back() == '!' || s.back() == '?' || s.find("。") != std::string_view::npos;
}

// One value's prose, or that of the paragraphs of one array, whichever is most.
void search(element root, Arena& arena, Span span, Held& best) {
  struct Work {
    element value;
    std::uint32_t array;  // the outermost list of paragraphs that it is in; 0: none
    bool text;
  };
  struct Found {
    std::string_view text;
    std::uint32_t words, array;
  };
  std::vector<Work> work{{root, 0, false}};
  std::vector<Found> found;
  std::vector<std::uint32_t> sums{0};
  std::size_t steps = 0;
  while (!work.empty() && ++steps < most_values) {
    const Work now = work.back();
    work.pop_back();
    const std::size_t first = work.size();
    simdjson::dom::object object;
    simdjson::dom::array list;
    std::string_view s;
    if (now.value.get_object().get(object) == simdjson::SUCCESS) {
      for (const auto& [key, value] : object) {
        if (work.size() >= most_values) break;
        work.push_back({value, now.array, names_text(key)});
      }
    } else if (now.value.get_array().get(list) == simdjson::SUCCESS) {
      sums.push_back(0);
      const auto array = static_cast<std::uint32_t>(sums.size() - 1);
      for (element value : list) {
        if (work.size() >= most_values) break;
        work.push_back({value, array, now.text});
      }
    } else if (now.text && now.value.get_string().get(s) == simdjson::SUCCESS && !s.empty()) {
      const std::uint32_t words = count_words(s);
      if (is_prose(s, words)) {
        found.push_back({s, words, now.array});
        if (now.array != 0) sums[now.array] += words;
      }
    }
    std::reverse(work.begin() + static_cast<std::ptrdiff_t>(first), work.end());  // in the order of the page
  }
  const auto longest = std::max_element(found.begin(), found.end(),
                                        [](const Found& a, const Found& b) { return a.words < b.words; });
  if (longest == found.end()) return;
  const auto array = static_cast<std::uint32_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
  const bool whole = longest->words * 2 >= sums[array];  // one text, rather than many paragraphs
  const std::uint32_t words = whole ? longest->words : sums[array];
  if (words <= best.words) return;
  best = {{}, words, span};
  for (const Found& f : found)
    if (whole ? &f == &*longest : f.array == array) best.texts.push_back(arena.copy(f.text));
}

// `{…}` or `[…]` from `begin` to its end; empty where it has none.
std::string_view bracketed(std::string_view s, std::size_t begin) {
  std::size_t open = 0;
  bool quoted = false;
  for (std::size_t i = begin; i < s.size(); ++i) {
    const char c = s[i];
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++open;
    } else if ((c == '}' || c == ']') && --open == 0) {
      return s.substr(begin, i + 1 - begin);
    }
  }
  return {};
}

// React's chunks: self.__next_f.push([1,"…"]). The strings of all of them make one text of lines, "id:JSON"
// each.
std::string_view chunk_of(std::string_view text) {
  constexpr std::string_view push = "__next_f.push(";
  const std::size_t at = text.substr(0, 200).find(push);
  if (at == std::string_view::npos) return {};
  return bracketed(text, at + push.size());
}

// A long text is a row of its own, "id:Tlength,text", and is parted from the next row by its length alone.
void search_chunks(std::string_view rows, std::size_t depth, Arena& arena, Span span, Held& best) {
  simdjson::dom::parser parser;
  for (std::size_t at = 0; at < rows.size();) {
    const std::size_t colon = rows.find(':', at);
    if (colon == std::string_view::npos || colon + 1 >= rows.size()) return;
    if (rows[colon + 1] == 'T') {
      std::size_t size = 0, i = colon + 2;
      for (; i < rows.size() && i < colon + 10 && rows[i] != ','; ++i) {
        const char c = to_lower(rows[i]);
        if (!is_digit(c) && (c < 'a' || c > 'f')) return;
        size = size * 16 + static_cast<std::size_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
      }
      const std::string_view text = rows.substr(std::min(i + 1, rows.size()), size);
      const std::uint32_t words = count_words(text);
      if (!text.empty() && is_prose(text, words) && words > best.words)
        best = {{arena.copy(text)}, words, span};
      at = i + 1 + size;
      continue;
    }
    const std::size_t line = std::min(rows.find('\n', colon), rows.size());
    const std::string_view json = rows.substr(colon + 1, line - colon - 1);
    at = line + 1;
    element root;
    if (json.size() < 200 || (json[0] != '{' && json[0] != '[')) continue;
    if (parser.allocate(json.size(), depth) != simdjson::SUCCESS) return;
    if (parser.parse(json.data(), json.size(), true).get(root) == simdjson::SUCCESS)
      search(root, arena, span, best);
  }
}

// The JSON of a script: all of it, or what it assigns to a global of its framework.
std::string_view json_of(Page& page, NodeId script) {
  const NodeId child = page[script].first_child;
  if (child == no_node || page[child].text_size < 200) return {};
  const std::string_view text = trim(page[child].text());
  const std::string_view type = attribute(page, script, AttributeName::type);
  if (equals_lowercase(type, "application/json")) return text;
  if (!type.empty() && !equals_lowercase(type, "text/javascript") &&
      !equals_lowercase(type, "application/javascript"))
    return {};
  const std::size_t global = text.substr(0, 4096).find("__");
  if (global == std::string_view::npos) return {};
  std::size_t sign = text.substr(0, global + 200).find('=', global);
  if (sign == std::string_view::npos) return {};
  for (++sign; sign < text.size() && is_space(text[sign]);) ++sign;
  if (sign >= text.size() || (text[sign] != '{' && text[sign] != '[')) return {};
  return bracketed(text, sign);
}

void search_scripts(Page& page, Arena& arena, Meter& meter, Held& best) {
  simdjson::dom::parser parser;
  std::size_t scripts = 0, bytes = 0;
  std::string rows;
  Span chunks;
  const std::size_t depth = std::max<std::size_t>(meter.budgets.json_depth, 4);
  for (const NodeId id : page.scripts) {
    if (scripts == most_scripts) break;
    if (page[id].parent == no_node) continue;
    const NodeId child = page[id].first_child;
    const std::string_view chunk = child == no_node ? std::string_view() : chunk_of(page[child].text());
    const std::string_view json = chunk.empty() ? json_of(page, id) : chunk;
    if (json.empty() || bytes + json.size() > most_bytes) continue;
    bytes += json.size();
    if (meter.out_of_time()) return;
    if (!chunk.empty()) {
      element root;
      std::string_view text;
      if (parser.allocate(json.size(), depth) == simdjson::SUCCESS &&
          parser.parse(json.data(), json.size(), true).get(root) == simdjson::SUCCESS &&
          root.at_pointer("/1").get_string().get(text) == simdjson::SUCCESS) {
        if (rows.empty()) chunks.begin = page[child].span.begin;
        chunks.end = page[child].span.end;
        rows.append(text);
      }
      continue;
    }
    ++scripts;
    if (parser.allocate(json.size(), depth) != simdjson::SUCCESS) return;
    element root;
    const simdjson::error_code error = parser.parse(json.data(), json.size(), true).get(root);
    if (error == simdjson::DEPTH_ERROR && meter.noted == Limit::none) meter.noted = Limit::json_depth;
    if (error == simdjson::SUCCESS) search(root, arena, page[page[id].first_child].span, best);
  }
  if (!rows.empty()) search_chunks(rows, depth, arena, chunks, best);
}

// The script that holds JSON-LD's text: the longest one, as the text is most of it.
Span span_of_jsonld(Page& page) {
  Span span;
  for (const NodeId id : page.scripts) {
    if (page[id].first_child == no_node) continue;
    if (!equals_lowercase(attribute(page, id, AttributeName::type), "application/ld+json")) continue;
    const Span s = page[page[id].first_child].span;
    if (s.size() > span.size()) span = s;
  }
  return span;
}

// The first or last run of letters, digits and blanks of a text: what no escape of JSON or markup changes.
std::string_view plain_run(std::string_view text, bool last) {
  std::string_view best;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_alnum(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && (is_alnum(text[end]) || text[end] == ' ') && end - i < 40) ++end;
    while (text[end - 1] == ' ') --end;
    if (end - i >= (last ? 3u : 6u)) {
      best = text.substr(i, end - i);
      if (!last) return best;
    }
    i = end;
  }
  return best;
}

// Where a block's text stands in the source of its script, from `searched` on; the whole script where it is
// not found.
Span place_in(std::string_view source, std::string_view text, Span script, std::size_t& searched) {
  const std::string_view first = plain_run(text, false), last = plain_run(text, true);
  if (first.empty() || last.empty()) return script;
  const std::size_t begin = source.find(first, searched);
  if (begin == std::string_view::npos) return script;
  // Escapes and markup make it longer, but not without end: "\\u00fc" is three times its character.
  const std::size_t room = std::min(source.size() - begin, 6 * text.size() + 64);
  std::size_t end = begin + first.size();
  const std::size_t least = text.size() - last.size() - text.size() / 16;
  if (const std::size_t at =
          source.substr(begin, room).find(last, std::min(std::min(least, text.size()), room));
      at != std::string_view::npos)
    end = begin + at + last.size();
  searched = end;
  return {script.begin + static_cast<std::uint32_t>(begin), script.begin + static_cast<std::uint32_t>(end)};
}

bool has_markup(std::string_view s) {
  for (std::size_t at = s.find("</"); at != std::string_view::npos; at = s.find("</", at + 1))
    if (at + 2 < s.size() && is_alpha(s[at + 2])) return true;
  return false;
}

}  // namespace

bool add_held_content(Page& page, const HeadFields& head, Page& inner, Blocks& inner_blocks, Blocks& blocks,
                      Decisions& decisions, Arena& arena, Meter& meter) {
  if (blocks.flat || page.html == no_node || meter.spent != Limit::none) return false;
  const std::uint32_t told = count_words(head.article_body);
  if (!is_shell(blocks, decisions, told >= least_held)) return false;
  Held held;
  bool chosen = false;
  for (const Decision& d : decisions.of_block) chosen |= d.chosen;
  if (told >= least_held)
    held = {{head.article_body}, told, span_of_jsonld(page)};
  else
    search_scripts(page, arena, meter, held);
  // A page that sells and shows nothing to read at all: what it says of its one product.
  if (held.words < least_held && !chosen && head.json.products.size() == 1) {
    const std::string_view description = head.json.things[head.json.products[0].thing].description;
    if (const std::uint32_t n = count_words(description); n >= least_description)
      held = {{description}, least_held, span_of_jsonld(page)};
  }
  if (held.words < least_held) return false;

  // One text for the parser: plain lines become paragraphs.
  std::string markup;
  for (std::string_view text : held.texts) {
    if (has_markup(text)) {
      markup.append("<div>").append(text).append("</div>");
      continue;
    }
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      markup += "<p>";
      for (char c : text.substr(at, end - at)) c == '<' ? markup += "&lt;" : markup += c;
      at = end + 1;
    }
  }
  parse(inner, arena.copy(std::string_view(markup)), {}, meter);
  find_blocks(inner, inner_blocks, meter);

  const std::string_view source = page.input.substr(held.span.begin, held.span.size());
  std::size_t searched = 0;
  std::uint32_t groups = 0, items = 0, quotes = 0;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    groups = std::max(groups, blocks.blocks[i].group);
    items = std::max(items, blocks.blocks[i].in.item);
    quotes = std::max(quotes, blocks.blocks[i].in.quote);
    decisions.of_block[i].chosen = false;  // "Loading…"
    if (decisions.of_block[i].role == Role::body) decisions.of_block[i].role = Role::other;
  }
  for (RawBlock b : inner_blocks.blocks) {
    if (b.hidden != Hidden::no) continue;
    b.node = no_node;  // its nodes and marks are those of another tree
    b.marks_begin = b.marks_count = 0;
    b.span = place_in(source, b.text, held.span, searched);
    if (b.group != 0) b.group += groups;
    if (b.in.list != 0) b.in.list += groups;
    if (b.in.item != 0) b.in.item += items;
    if (b.in.quote != 0) b.in.quote += quotes;
    blocks.blocks.push_back(b);
    decisions.of_block.push_back({.role = Role::body, .confidence = 0.5f, .content = 1, .chosen = true});
  }
  return true;
}

}  // namespace offprint
