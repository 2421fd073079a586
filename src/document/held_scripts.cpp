// The JSON of a page's scripts and attributes: all of a script, what it assigns to a global of its framework, React's chunks.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/text.h"
#include "base/unicode.h"
#include "document/held_data.h"
#include "document/held_javascript.h"

namespace offprint {
namespace {

using simdjson::dom::element;

// Bounds of the search.
constexpr std::size_t most_scripts = 32, most_bytes = 16u << 20;

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

// "%7B%22…": as encodeURIComponent() writes it.
void decode_percents(std::string& s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    std::uint32_t byte = 0;
    if (s[i] == '%' && hexadecimal(s, i + 1, 2, byte)) {
      s[n++] = static_cast<char>(byte);
      i += 2;
    } else {
      s[n++] = s[i];
    }
  }
  s.resize(n);
}

// JSON.parse("…"), JSON.parse(decodeURIComponent("…")): what is parsed. False where `at` is no such call.
bool parsed_string(std::string_view text, std::size_t at, std::string& json) {
  constexpr std::string_view parse = "JSON.parse(", decode = "decodeURIComponent(";
  if (!text.substr(at).starts_with(parse)) return false;
  at += parse.size();
  at += spaces_run(text.substr(at));
  const bool percents = text.substr(at).starts_with(decode);
  if (percents) at += decode.size();
  at += spaces_run(text.substr(at));
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'' && text[at] != '`')) return false;
  if (read_string(text, at, json) == std::string_view::npos) return false;
  if (percents) decode_percents(json);
  return true;
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
void search_chunks(std::string_view rows, std::size_t depth, PageSigns& signs, Arena& arena, Span span, Held& best) {
  simdjson::dom::parser parser;
  for (std::size_t at = 0; at < rows.size();) {
    const std::size_t colon = rows.find(':', at);
    if (colon == std::string_view::npos || colon + 1 >= rows.size()) return;
    if (rows[colon + 1] == 'T') {
      std::size_t size = 0, i = colon + 2;
      for (; i < rows.size() && i < colon + 10 && rows[i] != ','; ++i) {
        std::uint32_t digit = 0;
        if (!hexadecimal(rows, i, 1, digit)) return;
        size = size * 16 + digit;
      }
      const std::string_view text = rows.substr(std::min(i + 1, rows.size()), size);
      const std::uint32_t words = count_words(text);
      const Held row{{}, words, HeldFit::unknown, span};
      if (!text.empty() && is_prose(text, words) && row.weight() > best.weight()) {
        best = row;
        best.parts.push_back({arena.copy(text), HeldTag::none, false});
      }
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
      search_value(root, false, signs, arena, span, best);
  }
}

// The JSON of a script: all of it, or what it assigns to a global. What had to be unescaped lies in `decoded`.
std::string_view json_of(Page& page, NodeId script, std::string& decoded) {
  const NodeId child = page[script].first_child;
  if (child == no_node || page[child].text_size < 200) return {};
  const std::string_view text = trim(page[child].text());
  const std::string_view type = attribute(page, script, AttributeName::type);
  if (equals_lowercase(type, "application/json")) return text;
  if (!type.empty() && !equals_lowercase(type, "text/javascript") &&
      !equals_lowercase(type, "application/javascript"))
    return {};
  const std::string_view begin = text.substr(0, 4096);
  const std::size_t global = std::min(begin.find("__"), begin.find("window."));
  if (global == std::string_view::npos) return {};
  std::size_t sign = text.substr(0, global + 200).find('=', global);
  if (sign == std::string_view::npos) return {};
  for (++sign; sign < text.size() && is_space(text[sign]);) ++sign;
  if (sign >= text.size()) return {};
  if (parsed_string(text, sign, decoded)) return decoded;
  if (text[sign] == '(') return read_called_function(text, sign, decoded) ? std::string_view(decoded) : std::string_view();
  if (text[sign] != '{' && text[sign] != '[') return {};
  // Names of members without quotes: no JSON, but its like.
  std::size_t first = sign + 1;
  while (first < text.size() && is_space(text[first])) ++first;
  if (first < text.size() && text[sign] == '{' && text[first] != '"' && text[first] != '}')
    return read_literal(text, sign, {}, decoded) == std::string_view::npos ? std::string_view() : std::string_view(decoded);
  return bracketed(text, sign);
}

// The elements of a payload are told by its first one, which names no text: ["Reactive", 1] or {"data": 1}.
bool is_payload(element root) {
  simdjson::dom::array list, first;
  simdjson::dom::object object;
  if (root.get_array().get(list) != simdjson::SUCCESS || list.begin() == list.end()) return false;
  element head = *list.begin();
  if (head.get_array().get(first) == simdjson::SUCCESS) {
    std::string_view name;
    return first.size() == 2 && first.at(0).get_string().get(name) == simdjson::SUCCESS && name.ends_with("eactive") && first.at(1).is_int64();
  }
  if (head.get_object().get(object) != simdjson::SUCCESS || object.size() == 0) return false;
  return std::all_of(object.begin(), object.end(), [](const auto& member) { return member.value.is_int64(); });
}

// JSON in attributes, as islands and Inertia hold it: data-page="{&quot;props&quot;:…}".
void search_attributes(Page& page, PageSigns& signs, Arena& arena, Meter& meter, Held& best) {
  simdjson::dom::parser parser;
  std::size_t tried = 0, bytes = 0;
  const std::size_t depth = std::max<std::size_t>(meter.budgets.json_depth, 4);
  for (Attribute& attribute : page.attributes) {
    if (attribute.value_size < 200 || !attribute.name().starts_with("data-")) continue;
    if (const char first = attribute.raw_value().front(); first != '{' && first != '[') continue;
    const char* const at = attribute.value_data;
    const std::uint32_t size = attribute.value_size;
    bytes += size;
    if (++tried > most_scripts || bytes > most_bytes || meter.out_of_time()) return;
    const std::string_view json = attribute_value(attribute, page.arena);
    if (parser.allocate(json.size(), depth) != simdjson::SUCCESS) return;
    element root;
    if (parser.parse(json.data(), json.size(), true).get(root) != simdjson::SUCCESS) continue;
    const bool inside = at >= page.input.data() && at + size <= page.input.data() + page.input.size();
    const auto begin = inside ? static_cast<std::uint32_t>(at - page.input.data()) : 0u;
    search_value(root, false, signs, arena, {begin, inside ? begin + size : 0u}, best);
  }
}

}  // namespace

void search_scripts(Page& page, PageSigns& signs, Arena& arena, Meter& meter, Held& best) {
  simdjson::dom::parser parser;
  std::size_t scripts = 0, bytes = 0;
  std::string rows, decoded;
  Span chunks;
  const std::size_t depth = std::max<std::size_t>(meter.budgets.json_depth, 4);
  for (const NodeId id : page.scripts) {
    if (scripts == most_scripts) break;
    if (page[id].parent == no_node) continue;
    const NodeId child = page[id].first_child;
    decoded.clear();
    const std::string_view chunk = child == no_node ? std::string_view() : chunk_of(page[child].text());
    const std::string_view json = chunk.empty() ? json_of(page, id, decoded) : chunk;
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
    if (error == simdjson::SUCCESS) search_value(root, is_payload(root), signs, arena, page[child].span, best);
  }
  if (!rows.empty()) search_chunks(rows, depth, signs, arena, chunks, best);
  search_attributes(page, signs, arena, meter, best);
}

}  // namespace offprint
