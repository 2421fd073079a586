// Texts of JSON-LD: values without markup, scripts with the usual mistakes mended.
#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "document/jsonld.h"
#include "document/words.h"
#include "tokens/tokens.h"

namespace offprint {

std::string_view plain_text(std::string_view s, Arena& arena) {
  if (s.find('&') != std::string_view::npos) {
    Attribute attribute{};
    attribute.value_data = s.data();
    attribute.value_size = static_cast<std::uint32_t>(s.size());
    attribute.undecoded = true;
    s = attribute_value(attribute, arena);
  }
  // Tags: '<' followed by a letter or '/', up to '>'.
  std::size_t open = s.find('<');
  while (open != std::string_view::npos && open + 1 < s.size() && !is_alpha(s[open + 1]) &&
         s[open + 1] != '/')
    open = s.find('<', open + 1);
  if (open != std::string_view::npos && open + 1 < s.size() && s.find('>', open) != std::string_view::npos) {
    const std::size_t last = s.rfind('>');
    std::span<char> out = arena.make<char>(s.size());
    std::size_t n = 0;
    for (std::size_t i = 0; i < s.size();) {
      if (s[i] == '<' && i < last && i + 1 < s.size() && (is_alpha(s[i + 1]) || s[i + 1] == '/')) {
        i = s.find('>', i) + 1;
        if (n > 0) out[n++] = ' ';
        continue;
      }
      out[n++] = s[i++];
    }
    s = {out.data(), n};
  }
  return collapse(s, arena);
}

std::string_view repair_json(std::string_view s, Arena& arena) {
  // Escaped as if it were an attribute.
  if (const std::string_view t = trim(s);
      t.size() > 8 && t.find('"') == std::string_view::npos && t.find("&quot;") != std::string_view::npos) {
    Attribute attribute{};
    attribute.value_data = t.data();
    attribute.value_size = static_cast<std::uint32_t>(t.size());
    attribute.undecoded = true;
    s = attribute_value(attribute, arena);
  }
  if (const std::size_t cdata = s.substr(0, 200).find("CDATA["); cdata != std::string_view::npos) {
    s.remove_prefix(cdata + 6);
    if (const std::size_t close = s.rfind("]]>"); close != std::string_view::npos) s = s.substr(0, close);
  }
  const std::size_t begin = s.find_first_of("{[");
  if (begin == std::string_view::npos) return {};
  std::size_t end = s.find_last_of("}]");
  if (end == std::string_view::npos || end < begin) return {};
  ++end;
  s = s.substr(begin, end - begin);
  // At most: each byte escaped (6 for a control character), and a bracket around several documents.
  std::size_t controls = 0, quotes = 0;
  for (char c : s) {
    controls += static_cast<unsigned char>(c) < 0x20;
    quotes += c == '"' || c == '\\';
  }
  std::span<char> out = arena.make<char>(s.size() + 6 * controls + quotes + 2);
  std::size_t n = 1;  // room for '['
  int open = 0;
  bool several = false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    if (c == '"') {
      out[n++] = c;
      for (++i; i < s.size(); ++i) {
        const char d = s[i];
        if (d == '\\') {
          if (i + 1 == s.size()) break;
          const char e = s[++i];
          bool known = std::strchr("\"\\/bfnrt", e) != nullptr && e != '\0';
          if (e == 'u') {
            known = i + 4 < s.size();
            for (std::size_t k = 1; known && k <= 4; ++k) {
              const char h = to_lower(s[i + k]);
              known = is_digit(h) || (h >= 'a' && h <= 'f');
            }
          }
          if (known) out[n++] = '\\';
          if (known || static_cast<unsigned char>(e) >= 0x20) out[n++] = e;
        } else if (d == '"') {
          // A quote within a string unless what follows can only follow a string's end.
          std::size_t k = i + 1;
          while (k < s.size() && is_space(s[k])) ++k;
          const char after = k < s.size() ? s[k] : '}';
          if (after == ',' || after == '}' || after == ']' || after == ':') break;
          out[n++] = '\\';
          out[n++] = '"';
          i = k - 1;  // white space counted once
          if (k > 1 && k - 1 < s.size() && is_space(s[k - 1])) out[n++] = ' ';
        } else if (static_cast<unsigned char>(d) < 0x20) {
          out[n++] = d == '\n' ? '\\' : ' ';
          if (d == '\n') out[n++] = 'n';
        } else {
          out[n++] = d;
        }
      }
      out[n++] = '"';
      continue;
    }
    if (c == '/' && i + 1 < s.size() && s[i + 1] == '*') {
      const std::size_t close = s.find("*/", i + 2);
      if (close == std::string_view::npos) break;
      i = close + 1;
      continue;
    }
    if (c == '/' && i + 1 < s.size() && s[i + 1] == '/') {
      const std::size_t line = s.find('\n', i);
      if (line == std::string_view::npos) break;
      i = line;
      continue;
    }
    if (c == ',') {
      std::size_t k = i + 1;
      while (k < s.size() && is_space(s[k])) ++k;
      if (k < s.size() && (s[k] == '}' || s[k] == ']' || s[k] == ',')) {
        i = k - 1;
        continue;
      }
    }
    if (c == ';' || static_cast<unsigned char>(c) >= 0x80 || c == '\0') continue;
    if (open == 0 && n > 1 && (c == '{' || c == '[')) {
      several = true;
      if (out[n - 1] != ',') out[n++] = ',';
    }
    open += c == '{' || c == '[';
    open -= c == '}' || c == ']';
    if (is_space(c) && is_space(out[n - 1])) continue;
    out[n++] = c;
  }
  if (!several) return {out.data() + 1, n - 1};
  out[0] = '[';
  out[n++] = ']';
  return {out.data(), n};
}

}  // namespace offprint
