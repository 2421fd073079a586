#include "tests/tree/dat.h"

#include <algorithm>
#include <map>

namespace offprint::tests {

std::vector<TreeTest> read_tests(const std::string& text) {
  std::vector<TreeTest> tests;
  enum { none, data, errors, context, document } section = none;
  int number = 0;
  auto finish = [&] {
    if (tests.empty()) return;
    TreeTest& t = tests.back();
    if (!t.data.empty()) t.data.pop_back();
    while (t.expected.ends_with("\n")) t.expected.pop_back();
  };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line == "#data") {
      finish();
      tests.emplace_back();
      tests.back().line = number;
      section = data;
    } else if (line == "#errors" || line == "#new-errors") {
      section = errors;
    } else if (line == "#document-fragment") {
      section = context;
    } else if (line == "#script-on") {
      tests.back().script_on = true;
    } else if (line == "#script-off") {
      tests.back().script_off = true;
    } else if (line == "#document") {
      section = document;
    } else if (section == data) {
      tests.back().data += line + "\n";
    } else if (section == context) {
      tests.back().context = line;
      tests.back().fragment = true;
    } else if (section == document) {
      tests.back().expected += line + "\n";
    }
  }
  finish();
  return tests;
}

std::string serialise(Page& page, bool fragment) {
  std::string out;
  const NodeId top = fragment ? page.html : document_node;
  int depth = 0;
  const auto line = [&](int extra, const std::string& what) {
    out += "| " + std::string(static_cast<std::size_t>(2 * (depth + extra)), ' ') + what + "\n";
  };
  for (NodeId at = page[top].first_child; at != no_node && at != top;) {
    const Node n = page[at];
    const std::string text(n.text());
    switch (n.kind) {
      case NodeKind::doctype: {
        const std::string public_id(attribute(page, at, "public")), system_id(attribute(page, at, "system"));
        line(0,
             "<!DOCTYPE " + text +
                 (public_id.empty() && system_id.empty() ? ""
                                                         : " \"" + public_id + "\" \"" + system_id + "\"") +
                 ">");
        break;
      }
      case NodeKind::text:
        line(0, "\"" + text + "\"");
        break;
      case NodeKind::comment:
        line(0, "<!-- " + text + " -->");
        break;
      case NodeKind::fragment:
        line(0, "content");
        break;
      case NodeKind::element: {
        const char* prefixes[] = {"", "svg ", "math "};
        line(0, "<" + std::string(prefixes[static_cast<int>(n.ns)]) + text + ">");
        std::map<std::string, std::string> sorted;
        for (std::uint32_t i = 0; i < n.attributes_count; ++i) {
          Attribute& a = page.attributes[n.attributes_begin + i];
          const char* spaces[] = {"", "xlink ", "xml ", "xmlns "};
          sorted[spaces[static_cast<int>(a.ns)] + std::string(a.name())] = attribute_value(a, page.arena);
        }
        for (const auto& [key, value] : sorted) line(1, key + "=\"" + value + "\"");
        break;
      }
      case NodeKind::document:
        break;
    }
    if (n.first_child != no_node) {
      at = n.first_child;
      ++depth;
      continue;
    }
    while (at != top && page[at].next == no_node) {
      at = page[at].parent;
      --depth;
    }
    if (at != top) at = page[at].next;
  }
  while (out.ends_with("\n")) out.pop_back();
  return out;
}

}  // namespace offprint::tests
