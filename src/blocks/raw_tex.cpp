#include "blocks/raw_tex.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/unicode.h"

namespace offprint {
namespace {

constexpr std::size_t longest_settings = 65536;  // of a script that is looked through
constexpr std::size_t most_formulas = 512;       // of a text

// By the letter that both names end in, as few addresses have one.
bool sets_formulas(std::string_view address) {
  for (std::size_t x = address.find('x'); x != address.npos; x = address.find('x', x + 1)) {
    const std::string_view before = address.substr(0, x);
    if (ends_with_ascii_case(before, "mathja")) return true;
    if (ends_with_ascii_case(before, "kate")) return contains_ascii_case(address, "auto-render");
  }
  return false;
}

// "inlineMath: [['$', '$'], …]", "{left: '$', right: '$'}".
bool names_dollars(std::string_view script) {
  constexpr std::size_t near = 160;
  for (const std::string_view name : {"inlineMath", "delimiters"}) {
    const std::size_t at = script.find(name);
    if (at == script.npos) continue;
    const std::string_view behind = script.substr(at, name == "inlineMath" ? near : 4 * near);
    if (behind.find("'$'") != behind.npos || behind.find("\"$\"") != behind.npos) return true;
  }
  return false;
}

// Where the formula that begins at `begin` ends, or npos. A dollar that closes stands right behind what is no blank, and before no digit: "$5 and $10".
std::size_t closing(std::string_view text, std::size_t begin, std::string_view delimiter) {
  for (std::size_t at = text.find(delimiter, begin); at != text.npos; at = text.find(delimiter, at + 1)) {
    if (text[at - 1] == '\\' && delimiter[0] == '$') continue;
    if (delimiter.size() > 1) return at;
    const std::size_t behind = at + 1;
    if (!is_space(text[at - 1]) && !(behind < text.size() && (is_digit(text[behind]) || text[behind] == '$'))) return at;
  }
  return text.npos;
}

}  // namespace

RawTex raw_tex_of(Page& page) {
  RawTex found;
  for (const NodeId id : page.scripts) found.any = found.any || sets_formulas(attribute(page, id, AttributeName::src));
  if (!found.any) return found;
  for (const NodeId id : page.scripts) {
    const NodeId text = page[id].first_child;
    if (text != no_node && page[text].text().size() <= longest_settings) found.dollars = found.dollars || names_dollars(page[text].text());
  }
  return found;
}

void find_raw_tex(std::string_view text, bool dollars, std::vector<TexRange>& out) {
  out.clear();
  // What is not closed is not looked for again.
  bool open[4] = {true, true, true, dollars};
  for (std::size_t at = text.find_first_of("\\$"); at < text.size() && out.size() < most_formulas; at = text.find_first_of("\\$", at)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    const bool slash = text[at] == '\\';
    const std::size_t kind = slash ? (next == '(' ? 0u : next == '[' ? 1u : 4u) : next == '$' ? 2u : is_space(next) ? 4u : 3u;
    const std::size_t size = kind == 3 ? 1 : 2;
    constexpr std::string_view ends[] = {"\\)", "\\]", "$$", "$"};
    const std::size_t end = kind < 4 && open[kind] && at + size < text.size() ? closing(text, at + size, ends[kind]) : text.npos;
    if (end == text.npos || end == at + size) {
      if (kind < 4 && end == text.npos) open[kind] = false;
      at += size;
      continue;
    }
    std::size_t begin = at + size, last = end;
    while (begin < last && is_space(text[begin])) ++begin;
    while (last > begin && is_space(text[last - 1]) && !(last > begin + 1 && text[last - 2] == '\\')) --last;  // "\ " is a space of TeX
    const std::size_t behind = end + ends[kind].size();
    if (begin < last && (kind >= 2 || text.substr(begin, last - begin).find('$') == text.npos))
      out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(last), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(behind), kind == 1 || kind == 2});
    at = behind;
  }
}

}  // namespace offprint
