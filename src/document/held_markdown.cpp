// Blocks of Markdown and what their lines hold; marks are dropped, as the blocks of held texts have none.
#include "document/held_markdown.h"

#include <algorithm>

#include "base/ascii.h"

namespace offprint {
namespace {

enum class Line : unsigned char { blank, heading, item, numbered, quote, fence, text };

std::size_t hashes(std::string_view line) {
  const std::size_t n = std::min(line.find_first_not_of('#'), line.size());
  return n >= 1 && n <= 6 && n < line.size() && line[n] == ' ' ? n : 0;
}

// What a line is; `line` loses the sign that says so.
Line kind_of(std::string_view& line, std::size_t& level) {
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  if (line.empty()) return Line::blank;
  if (line.starts_with("```") || line.starts_with("~~~")) return Line::fence;
  if ((level = hashes(line)) != 0) return line.remove_prefix(level + 1), Line::heading;
  if (line.size() > 2 && (line[0] == '-' || line[0] == '*' || line[0] == '+') && line[1] == ' ') return line.remove_prefix(2), Line::item;
  if (line.starts_with("> ")) return line.remove_prefix(2), Line::quote;
  std::size_t digits = 0;
  while (digits < line.size() && digits < 4 && is_digit(line[digits])) ++digits;
  if (digits > 0 && digits + 1 < line.size() && line[digits] == '.' && line[digits + 1] == ' ') return line.remove_prefix(digits + 2), Line::numbered;
  return Line::text;
}

bool is_markdown(std::string_view text) {
  if (text.find("](http") != std::string_view::npos || text.find("](/") != std::string_view::npos || text.find("\n```") != std::string_view::npos) return true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (hashes(text.substr(at, end - at)) != 0) return true;
    at = end + 1;
  }
  return false;
}

// A line without its marks; of links the text, of pictures nothing.
void append_inline(std::string_view line, std::string& out) {
  for (std::size_t i = 0; i < line.size();) {
    const char c = line[i];
    if (c == '\\' && i + 1 < line.size() && !is_alnum(line[i + 1])) {
      line[i + 1] == '<' ? out += "&lt;" : out += line[i + 1];
      i += 2;
      continue;
    }
    const bool picture = c == '!' && i + 1 < line.size() && line[i + 1] == '[';
    if (c == '[' || picture) {
      const std::size_t text = i + (picture ? 2 : 1), close = line.substr(0, text + 500).find("](", text);
      const std::size_t end = close == std::string_view::npos ? close : line.substr(0, close + 2000).find(')', close);
      if (end != std::string_view::npos) {
        for (const char t : picture ? std::string_view() : line.substr(text, close - text))
          if (t != '*' && t != '`') t == '<' ? out += "&lt;" : out += t;
        i = end + 1;
        continue;
      }
    }
    if (c == '`' || line.substr(i).starts_with("**") || line.substr(i).starts_with("__")) {
      i += c == '`' ? 1 : 2;
      continue;
    }
    c == '<' ? out += "&lt;" : out += c;
    ++i;
  }
}

}  // namespace

bool append_markdown(std::string_view text, std::string& out) {
  if (!is_markdown(text)) return false;
  std::string_view open;  // the element that further lines belong to
  std::string_view list;
  const auto close = [&](std::string_view& name) {
    if (!name.empty()) out.append("</").append(name).append(">");
    name = {};
  };
  bool code = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view raw = text.substr(at, end - at);
    at = end + 1;
    std::string_view line = raw;
    std::size_t level = 0;
    const Line kind = kind_of(line, level);
    if (kind == Line::fence) {
      close(open);
      close(list);
      out += code ? "</code></pre>" : "<pre><code>";
      code = !code;
      continue;
    }
    if (code) {
      for (const char c : raw) c == '<' ? out += "&lt;" : c == '&' ? out += "&amp;" : out += c;
      out += '\n';
      continue;
    }
    if (kind == Line::text && !open.empty()) {
      out += ' ';
      append_inline(line, out);
      continue;
    }
    close(open);
    if (kind == Line::blank) continue;
    const std::string_view wanted = kind == Line::item ? "ul" : kind == Line::numbered ? "ol" : "";
    if (list != wanted) {
      close(list);
      if (!wanted.empty()) out.append("<").append(wanted).append(">");
      list = wanted;
    }
    static constexpr std::string_view headings[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    open = kind == Line::heading ? headings[level - 1] : !list.empty() ? "li" : kind == Line::quote ? "blockquote" : "p";
    out.append("<").append(open).append(">");
    append_inline(line, out);
    if (kind == Line::heading) close(open);
  }
  close(open);
  close(list);
  if (code) out += "</code></pre>";
  return true;
}

}  // namespace offprint
