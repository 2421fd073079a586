#include "tests/hostile/check.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>
#include <vector>

namespace offprint::hostile {
namespace {

// The code point at text[at], and its size; size 0 where it is ill-formed.
struct Decoded {
  unsigned long value = 0;
  std::size_t size = 0;
};
Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  const std::size_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || at + size > text.size()) return {};
  unsigned long value = size == 1 ? lead : lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(at + i) & 0x3F);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {};
  return {value, size};
}

bool on_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

bool is_xml_char(unsigned long c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '_' ||
         c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

// Past the reference that begins at text[at] == '&'; 0 where it is none.
std::size_t after_reference(std::string_view text, std::size_t at) {
  const std::size_t end = text.find(';', at);
  if (end == text.npos || end - at > 12) return 0;
  const std::string_view name = text.substr(at + 1, end - at - 1);
  if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") return end + 1;
  if (name.size() < 2 || name[0] != '#') return 0;
  const bool hex = name[1] == 'x';
  unsigned long value = 0;
  for (char c : name.substr(hex ? 2 : 1)) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9')
      value = value * (hex ? 16 : 10) + static_cast<unsigned long>(c - '0');
    else if (hex && lower >= 'a' && lower <= 'f')
      value = value * 16 + static_cast<unsigned long>(lower - 'a' + 10);
    else
      return 0;
  }
  return is_xml_char(value) ? end + 1 : 0;
}

}  // namespace

bool well_formed_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded c = decode(text, at);
    if (c.size == 0) return false;
    at += c.size;
  }
  return true;
}

bool well_formed_xml(std::string_view text) {
  std::vector<std::string_view> open;
  int roots = 0;
  std::size_t at = 0;
  if (text.starts_with("<?xml")) at = text.find("?>") == text.npos ? text.size() : text.find("?>") + 2;
  while (at < text.size()) {
    if (text[at] == '&') {
      at = after_reference(text, at);
      if (at == 0) return false;
    } else if (text[at] != '<') {
      const Decoded c = decode(text, at);
      if (c.size == 0 || !is_xml_char(c.value)) return false;
      if (open.empty() && c.value > ' ') return false;
      at += c.size;
    } else {
      const bool closing = at + 1 < text.size() && text[at + 1] == '/';
      std::size_t p = at + (closing ? 2 : 1);
      const std::size_t begin = p;
      while (p < text.size() && is_name_byte(text[p])) ++p;
      const std::string_view name = text.substr(begin, p - begin);
      if (name.empty()) return false;
      std::set<std::string_view> seen;
      while (p < text.size() && (text[p] == ' ' || text[p] == '\n')) {
        ++p;
        const std::size_t key = p;
        while (p < text.size() && is_name_byte(text[p])) ++p;
        if (p == key) continue;
        if (closing || !seen.insert(text.substr(key, p - key)).second) return false;
        if (p + 1 >= text.size() || text[p] != '=' || text[p + 1] != '"') return false;
        for (p += 2; p < text.size() && text[p] != '"';) {
          if (text[p] == '<') return false;
          if (text[p] == '&') {
            p = after_reference(text, p);
            if (p == 0) return false;
            continue;
          }
          const Decoded c = decode(text, p);
          if (c.size == 0 || !is_xml_char(c.value)) return false;
          p += c.size;
        }
        if (p == text.size()) return false;
        ++p;
      }
      const bool empty = p < text.size() && text[p] == '/';
      if (empty) ++p;
      if (p >= text.size() || text[p] != '>') return false;
      at = p + 1;
      if (closing) {
        if (open.empty() || open.back() != name) return false;
        open.pop_back();
      } else {
        roots += open.empty();
        if (!empty) open.push_back(name);
      }
    }
  }
  return open.empty() && roots == 1;
}

std::string fault_of(const Document& d, std::string_view bytes) {
  const auto fault = [](std::string_view what, std::size_t i = 0) {
    std::string s(what);
    s += " (";
    s += std::to_string(i);
    s += ')';
    return s;
  };
  if ((d.status == Status::partial) != !d.budget.empty()) return fault("status and budget disagree");
  for (std::string_view s :
       {d.url, d.title, d.date, d.modified, d.language, d.site, d.description, d.image, d.text})
    if (!well_formed_utf8(s)) return fault("a field is no UTF-8");
  for (std::string_view s : d.authors)
    if (s.empty() || !well_formed_utf8(s)) return fault("an author");
  for (std::size_t i = 0; i < d.blocks.size(); ++i) {
    const Block& b = d.blocks[i];
    if (!well_formed_utf8(b.text)) return fault("a block is no UTF-8", i);
    if (!(b.confidence >= 0 && b.confidence <= 1)) return fault("confidence", i);
    if (static_cast<int>(b.role) >= role_count) return fault("role", i);
    if (b.span_begin > b.span_end) return fault("span", i);
    if (d.encoding == "UTF-8" && b.span_end > bytes.size()) return fault("span outside the capture", i);
    std::uint32_t before = 0;
    for (const Mark& m : b.marks) {
      if (m.begin > m.end || m.end > b.text.size()) return fault("mark outside its block", i);
      if (m.begin < before) return fault("marks out of order", i);
      if (!on_boundary(b.text, m.begin) || !on_boundary(b.text, m.end))
        return fault("mark within a character", i);
      if (!well_formed_utf8(m.target) || !well_formed_utf8(m.label))
        return fault("mark's words are no UTF-8", i);
      before = m.begin;
    }
  }
  std::string out;
  for (Format format :
       {Format::text, Format::markdown, Format::html, Format::json, Format::xml, Format::tei}) {
    out.clear();
    write(d, format, out);
    if (!well_formed_utf8(out)) return fault("output is no UTF-8", static_cast<std::size_t>(format));
    if ((format == Format::xml || format == Format::tei) && !well_formed_xml(out))
      return fault("output is no XML", static_cast<std::size_t>(format));
    if (format != Format::json) continue;
    if (out.find('\n') != out.npos) return fault("JSON has more than a line");
    simdjson::dom::parser parser;
    simdjson::dom::element json;
    if (parser.parse(out).get(json) != simdjson::SUCCESS) return fault("JSON cannot be read");
    simdjson::dom::array blocks;
    if (json["blocks"].get(blocks) == simdjson::SUCCESS &&
        blocks.size() != std::min<std::size_t>(d.blocks.size(), 0xFFFFFF))
      return fault("JSON lacks blocks", blocks.size());
  }
  return {};
}

}  // namespace offprint::hostile
