#include "document/held_javascript.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/unicode.h"

namespace offprint {
namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr std::size_t most_json = 16u << 20, most_arguments = 4096;

void put_character(std::uint32_t c, std::string& out) {
  char bytes[4];
  out.append(bytes, append_utf8(bytes, c >= 0xD800 && c < 0xE000 ? 0xFFFDu : c));
}

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool is_name(char c) { return is_alnum(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80; }

void put_string(std::string_view text, std::string& json) {
  static constexpr char digits[] = "0123456789abcdef";
  json += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += "\\u00";
      json += digits[static_cast<unsigned char>(c) >> 4];
      json += digits[c & 15];
    } else {
      json += c;
    }
  }
  json += '"';
}

// White space and comments.
std::size_t skip_blank(std::string_view s, std::size_t at) {
  while (at < s.size()) {
    if (is_space(s[at])) ++at;
    else if (s.substr(at).starts_with("/*")) at = s.find("*/", at) == none ? s.size() : s.find("*/", at) + 2;
    else if (s.substr(at).starts_with("//")) at = std::min(s.find('\n', at), s.size());
    else break;
  }
  return at;
}

// To the comma or bracket that ends an expression.
std::size_t skip_expression(std::string_view s, std::size_t at) {
  std::size_t depth = 0;
  std::string dropped;
  while (at < s.size()) {
    const char c = s[at];
    if (is_quote(c)) {
      dropped.clear();
      at = read_string(s, at, dropped);
      if (at == none) return s.size();
      continue;
    }
    if (depth == 0 && (c == ',' || c == ';' || c == ')' || c == ']' || c == '}')) return at;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    ++at;
  }
  return at;
}

bool is_number(std::string_view s) {
  return !s.empty() && s.size() < 16 && std::all_of(s.begin(), s.end(), is_digit) && (s.size() == 1 || s[0] != '0');
}

// A name, a number, the beginning of an expression.
void put_word(std::string_view word, std::span<const Argument> arguments, std::string& json) {
  const auto found = std::lower_bound(arguments.begin(), arguments.end(), word, [](const Argument& a, std::string_view name) { return a.name < name; });
  if (found != arguments.end() && found->name == word) json += found->json;
  else if (word == "true" || word == "false" || is_number(word)) json += word;
  else json += "null";
}

}  // namespace

bool hexadecimal(std::string_view s, std::size_t at, std::size_t digits, std::uint32_t& number) {
  if (at + digits > s.size()) return false;
  number = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    const char c = to_lower(s[i]);
    if (!is_digit(c) && (c < 'a' || c > 'f')) return false;
    number = number * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
  }
  return true;
}

std::size_t read_string(std::string_view s, std::size_t at, std::string& out) {
  const char quote = s[at];
  for (++at; at < s.size() && s[at] != quote; ++at) {
    if (s[at] != '\\') {
      out += s[at];
      continue;
    }
    if (++at == s.size()) return none;
    std::uint32_t number = 0;
    switch (s[at]) {
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case 'r': out += '\r'; break;
      case 'b': out += '\b'; break;
      case 'f': out += '\f'; break;
      case '\n': break;
      case 'x':
        if (!hexadecimal(s, at + 1, 2, number)) return none;
        put_character(number, out);
        at += 2;
        break;
      case 'u': {
        if (!hexadecimal(s, at + 1, 4, number)) return none;
        at += 4;
        std::uint32_t low = 0;
        if (number >= 0xD800 && number < 0xDC00 && s.substr(at + 1, 2) == "\\u" && hexadecimal(s, at + 3, 4, low) && low >= 0xDC00 && low < 0xE000) {
          number = 0x10000 + ((number - 0xD800) << 10) + (low - 0xDC00);
          at += 6;
        }
        put_character(number, out);
        break;
      }
      default: out += s[at];
    }
  }
  return at < s.size() ? at + 1 : none;
}

std::size_t read_literal(std::string_view s, std::size_t at, std::span<const Argument> arguments, std::string& json) {
  std::string open, text;
  bool key = false;  // comes next
  while ((at = skip_blank(s, at)) < s.size() && json.size() < most_json) {
    const char c = s[at];
    if (!open.empty() && (c == '}' || c == ']')) {
      if (json.back() == ',') json.pop_back();
      json += open.back() == '{' ? '}' : ']';
      if ((c == '}') != (open.back() == '{')) return none;
      open.pop_back();
      ++at;
    } else if (key) {
      text.clear();
      if (is_quote(c)) {
        at = read_string(s, at, text);
        if (at == none) return none;
      } else {
        while (at < s.size() && is_name(s[at])) text += s[at++];
      }
      at = skip_blank(s, at);
      if (at >= s.size() || s[at] != ':') return none;
      put_string(text, json);
      json += ':';
      key = false;
      ++at;
      continue;
    } else if (c == '{' || c == '[') {
      open += c;
      json += c;
      key = c == '{';
      ++at;
      continue;
    } else if (is_quote(c)) {
      text.clear();
      at = read_string(s, at, text);
      if (at == none) return none;
      put_string(text, json);
    } else {
      std::size_t end = at;
      while (end < s.size() && is_name(s[end])) ++end;
      put_word(s.substr(at, end - at), arguments, json);
    }
    if (open.empty()) return at;
    at = skip_expression(s, at);
    if (at < s.size() && s[at] == ',') {
      json += ',';
      key = open.back() == '{';
      ++at;
    } else if (at >= s.size() || (s[at] != '}' && s[at] != ']')) {
      return none;
    }
  }
  return none;
}

bool read_called_function(std::string_view s, std::size_t at, std::string& json) {
  constexpr std::string_view head = "(function(", body = "{return";
  if (!s.substr(at).starts_with(head)) return false;
  const std::size_t names = at + head.size(), names_end = s.find(')', names);
  if (names_end == none || !s.substr(names_end + 1).starts_with(body)) return false;
  // The arguments stand at the end, but what they are is needed first.
  const std::size_t call = s.rfind("}(");
  std::vector<Argument> arguments;
  std::size_t value = call == none ? s.size() : call + 2;
  for (std::size_t name = names; name < names_end && arguments.size() < most_arguments;) {
    const std::size_t end = std::min(s.find(',', name), names_end);
    Argument argument{s.substr(name, end - name), {}};
    value = skip_blank(s, value);
    if (value < s.size() && read_literal(s, value, {}, argument.json) == none) argument.json.clear();
    if (argument.json.empty()) argument.json = "null";
    value = skip_expression(s, value);
    if (value < s.size()) ++value;
    arguments.push_back(std::move(argument));
    name = end + 1;
  }
  std::sort(arguments.begin(), arguments.end(), [](const Argument& a, const Argument& b) { return a.name < b.name; });
  return read_literal(s, names_end + 1 + body.size(), arguments, json) != none;
}

}  // namespace offprint
