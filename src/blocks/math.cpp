#include "blocks/math.h"

#include <algorithm>

namespace offprint {
namespace {

constexpr std::size_t most_steps = 4096;

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && static_cast<unsigned char>(s.front()) <= ' ') s.remove_prefix(1);
  while (!s.empty() && static_cast<unsigned char>(s.back()) <= ' ') s.remove_suffix(1);
  return s;
}

// One line: TeX takes white space of any length as one.
void append_line(std::string& out, std::string_view tex) {
  bool space = false;
  for (const char c : trimmed(tex)) {
    if (static_cast<unsigned char>(c) <= ' ') {
      space = true;
      continue;
    }
    if (space) out.push_back(' ');
    space = false;
    out.push_back(c);
  }
}

// "{\displaystyle x}", as MediaWiki writes it.
std::string_view without_style(std::string_view tex) {
  tex = trimmed(tex);
  for (std::string_view style : {"{\\displaystyle ", "{\\textstyle "})
    if (tex.starts_with(style) && tex.ends_with('}'))
      return trimmed(tex.substr(style.size(), tex.size() - style.size() - 1));
  return tex;
}

bool has_class(std::string_view classes, std::string_view name) {
  for (std::size_t at = classes.find(name); at != std::string_view::npos; at = classes.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || classes[at - 1] == ' ') && (end == classes.size() || classes[end] == ' ')) return true;
  }
  return false;
}

bool is_tex_script(Page& page, NodeId id) {
  return page[id].tag == Tag::script && attribute(page, id, AttributeName::type).starts_with("math/tex");
}

// What MathJax 2 wrote before the script that holds the source.
bool is_before_script(Page& page, NodeId id) {
  int steps = 0;
  for (NodeId next = page[id].next; next != no_node && ++steps < 6; next = page[next].next) {
    if (page[next].kind != NodeKind::element) continue;
    if (is_tex_script(page, next)) return true;
    if (!attribute(page, next, AttributeName::class_).starts_with("MathJax")) return false;
  }
  return false;
}

// The formula within a box that a renderer made: TeX that is noted beside it, or else its MathML.
bool formula_within(Page& page, NodeId box, std::string& tex, bool& display, std::size_t& steps) {
  NodeId math = no_node;
  std::string_view alternative;
  const std::size_t until = steps - std::min(steps, most_steps);
  for (NodeId id = box; id != no_node && steps > until; id = next_in_order(page, id, box)) {
    --steps;
    const Node& node = page[id];
    if (node.kind != NodeKind::element) continue;
    if (node.tag == Tag::math && math == no_node) {
      math = id;
      display = display || attribute(page, id, "display") == "block";
      if (const std::string_view written = attribute(page, id, "alttext"); !written.empty())
        alternative = written;
    }
    if (node.tag == Tag::annotation &&
        attribute(page, id, "encoding").find("tex") != std::string_view::npos &&
        node.first_child != no_node && page[node.first_child].kind == NodeKind::text) {
      append_line(tex, without_style(page[node.first_child].text()));
      return !tex.empty();
    }
  }
  if (math == no_node) return false;
  // An alternative without commands may be words for a screen reader.
  if (alternative.find('\\') != std::string_view::npos || alternative.find('^') != std::string_view::npos) {
    append_line(tex, without_style(alternative));
    return !tex.empty();
  }
  if (steps == 0) return false;
  if (tex_of_mathml(page, math, tex)) return !tex.empty();
  steps -= std::min(steps, most_steps);
  return false;
}

Formula formula_picture(Page& page, NodeId id, std::string& tex) {
  const std::string_view classes = attribute(page, id, AttributeName::class_);
  if (classes.empty()) return Formula::none;
  if (!has_class(classes, "latex") && !has_class(classes, "tex") && !has_class(classes, "math") &&
      !has_class(classes, "mathtex") && classes.find("math-fallback-image") == std::string_view::npos &&
      !has_class(classes, "ql-img-inline-formula") && !has_class(classes, "ql-img-displayed-equation"))
    return Formula::none;
  append_line(tex, without_style(attribute(page, id, AttributeName::alt)));
  if (tex.empty()) return Formula::none;
  return classes.find("display") != std::string_view::npos ? Formula::display : Formula::inline_;
}

}  // namespace

bool has_formulas(Page& page) {
  if (page.has(Tag::math)) return true;
  for (const NodeId id : page.scripts)
    if (is_tex_script(page, id)) return true;
  if (!page.has(Tag::unknown)) return false;
  for (const Node& node : page.nodes)
    if (node.kind == NodeKind::element && node.tag == Tag::unknown && node.text() == "mjx-container") return true;
  return false;
}

Formula find_formula(Page& page, NodeId id, std::string& tex, std::size_t& steps) {
  const Node& node = page[id];
  tex.clear();
  if (node.tag == Tag::math) {
    bool display = false;
    if (!formula_within(page, id, tex, display, steps)) return Formula::none;
    return display ? Formula::display : Formula::inline_;
  }
  if (node.tag == Tag::img) return formula_picture(page, id, tex);
  if (node.tag == Tag::script) {
    if (!is_tex_script(page, id) || node.first_child == no_node) return Formula::none;
    append_line(tex, page[node.first_child].text());
    if (tex.empty()) return Formula::none;
    return attribute(page, id, AttributeName::type).find("display") != std::string_view::npos
               ? Formula::display
               : Formula::inline_;
  }
  // MathJax 3 and 4: an element of their own.
  if (node.tag == Tag::unknown) {
    if (node.text() != "mjx-container") return Formula::none;
    bool display = attribute(page, id, "display") == "true";
    if (const std::string_view source = attribute(page, id, "data-latex"); !source.empty()) {
      append_line(tex, source);
    } else if (!formula_within(page, id, tex, display, steps)) {
      return Formula::none;
    }
    return display ? Formula::display : Formula::inline_;
  }
  if (node.tag != Tag::span && node.tag != Tag::div) return Formula::none;
  const std::string_view classes = attribute(page, id, AttributeName::class_);
  if (classes.size() < 5) return Formula::none;
  if (classes.starts_with("MathJax")) {
    if (is_before_script(page, id)) return Formula::again;
    bool display = classes.find("isplay") != std::string_view::npos;
    if (!formula_within(page, id, tex, display, steps)) return Formula::none;
    return display ? Formula::display : Formula::inline_;
  }
  if (has_class(classes, "katex") || has_class(classes, "katex-display") ||
      has_class(classes, "mwe-math-element")) {
    bool display = has_class(classes, "katex-display") || has_class(classes, "mwe-math-element-block");
    if (!formula_within(page, id, tex, display, steps)) return Formula::none;
    return display ? Formula::display : Formula::inline_;
  }
  return Formula::none;
}

}  // namespace offprint
