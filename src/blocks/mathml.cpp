// Presentation MathML → TeX. One walk with a stack of its own: every element writes what stands before,
// between and after its children.
#include <algorithm>
#include <array>
#include <vector>

#include "blocks/math.h"

namespace offprint {
namespace {

constexpr std::size_t most_depth = 64, most_nodes = 8192, most_bytes = 16384;

struct Symbol {
  std::string_view text, tex;
};

// What TeX has a command for; every other character stands for itself.
constexpr Symbol symbols[] = {
    {"\xE2\x88\x92", "-"},
    {"α", "\\alpha"},
    {"β", "\\beta"},
    {"γ", "\\gamma"},
    {"δ", "\\delta"},
    {"ε", "\\varepsilon"},
    {"ϵ", "\\epsilon"},
    {"ζ", "\\zeta"},
    {"η", "\\eta"},
    {"θ", "\\theta"},
    {"ϑ", "\\vartheta"},
    {"ι", "\\iota"},
    {"κ", "\\kappa"},
    {"λ", "\\lambda"},
    {"μ", "\\mu"},
    {"ν", "\\nu"},
    {"ξ", "\\xi"},
    {"π", "\\pi"},
    {"ρ", "\\rho"},
    {"σ", "\\sigma"},
    {"ς", "\\varsigma"},
    {"τ", "\\tau"},
    {"υ", "\\upsilon"},
    {"φ", "\\varphi"},
    {"ϕ", "\\phi"},
    {"χ", "\\chi"},
    {"ψ", "\\psi"},
    {"ω", "\\omega"},
    {"Γ", "\\Gamma"},
    {"Δ", "\\Delta"},
    {"Θ", "\\Theta"},
    {"Λ", "\\Lambda"},
    {"Ξ", "\\Xi"},
    {"Π", "\\Pi"},
    {"Σ", "\\Sigma"},
    {"Φ", "\\Phi"},
    {"Ψ", "\\Psi"},
    {"Ω", "\\Omega"},
    {"∑", "\\sum"},
    {"∏", "\\prod"},
    {"∫", "\\int"},
    {"∬", "\\iint"},
    {"∮", "\\oint"},
    {"∞", "\\infty"},
    {"≤", "\\le"},
    {"≥", "\\ge"},
    {"≠", "\\ne"},
    {"≈", "\\approx"},
    {"≡", "\\equiv"},
    {"∼", "\\sim"},
    {"≃", "\\simeq"},
    {"≅", "\\cong"},
    {"∝", "\\propto"},
    {"≪", "\\ll"},
    {"≫", "\\gg"},
    {"×", "\\times"},
    {"÷", "\\div"},
    {"±", "\\pm"},
    {"∓", "\\mp"},
    {"⋅", "\\cdot"},
    {"·", "\\cdot"},
    {"∗", "*"},
    {"∘", "\\circ"},
    {"⊕", "\\oplus"},
    {"⊗", "\\otimes"},
    {"→", "\\to"},
    {"←", "\\leftarrow"},
    {"↔", "\\leftrightarrow"},
    {"⇒", "\\Rightarrow"},
    {"⇐", "\\Leftarrow"},
    {"⇔", "\\Leftrightarrow"},
    {"↦", "\\mapsto"},
    {"∈", "\\in"},
    {"∉", "\\notin"},
    {"∋", "\\ni"},
    {"⊂", "\\subset"},
    {"⊆", "\\subseteq"},
    {"⊃", "\\supset"},
    {"⊇", "\\supseteq"},
    {"∪", "\\cup"},
    {"∩", "\\cap"},
    {"∅", "\\emptyset"},
    {"∖", "\\setminus"},
    {"∀", "\\forall"},
    {"∃", "\\exists"},
    {"¬", "\\neg"},
    {"∧", "\\land"},
    {"∨", "\\lor"},
    {"∂", "\\partial"},
    {"∇", "\\nabla"},
    {"√", "\\surd"},
    {"ℓ", "\\ell"},
    {"ℏ", "\\hbar"},
    {"ℜ", "\\Re"},
    {"ℑ", "\\Im"},
    {"ℝ", "\\mathbb{R}"},
    {"ℂ", "\\mathbb{C}"},
    {"ℕ", "\\mathbb{N}"},
    {"ℤ", "\\mathbb{Z}"},
    {"ℚ", "\\mathbb{Q}"},
    {"…", "\\dots"},
    {"⋯", "\\cdots"},
    {"⋮", "\\vdots"},
    {"⋱", "\\ddots"},
    {"⟨", "\\langle"},
    {"⟩", "\\rangle"},
    {"⌊", "\\lfloor"},
    {"⌋", "\\rfloor"},
    {"⌈", "\\lceil"},
    {"⌉", "\\rceil"},
    {"∥", "\\parallel"},
    {"∣", "\\mid"},
    {"⊥", "\\perp"},
    {"∠", "\\angle"},
    {"°", "^{\\circ}"},
    {"′", "'"},
    {"″", "''"},
    {"†", "\\dagger"},
    {"{", "\\{"},
    {"}", "\\}"},
    {"%", "\\%"},
    {"&", "\\&"},
    {"#", "\\#"},
    {"$", "\\$"},
    {"_", "\\_"},
};

// Invisible operators say how a formula is read aloud.
constexpr std::string_view silent[] = {"\xE2\x81\xA1", "\xE2\x81\xA2", "\xE2\x81\xA3",
                                       "\xE2\x81\xA4", "\xE2\x80\x8B", "\xC2\xA0"};

constexpr std::string_view functions[] = {"arccos", "arcsin", "arctan", "arg", "cos",  "cosh", "cot", "csc",
                                          "deg",    "det",    "dim",    "exp", "gcd",  "hom",  "inf", "ker",
                                          "lim",    "liminf", "limsup", "ln",  "log",  "max",  "min", "sec",
                                          "sin",    "sinh",   "sup",    "tan", "tanh", "Pr"};

constexpr Symbol accents[] = {
    {"^", "\\hat"},      {"ˆ", "\\hat"},       {"~", "\\tilde"}, {"˜", "\\tilde"}, {"¯", "\\bar"},
    {"‾", "\\overline"}, {"―", "\\overline"},  {"→", "\\vec"},   {"⃗", "\\vec"},    {"˙", "\\dot"},
    {"¨", "\\ddot"},     {"⏞", "\\overbrace"}, {"ˇ", "\\check"}, {"˘", "\\breve"}};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && static_cast<unsigned char>(s.front()) <= ' ') s.remove_prefix(1);
  while (!s.empty() && static_cast<unsigned char>(s.back()) <= ' ') s.remove_suffix(1);
  return s;
}

// A command and the letter after it must not become one.
void append_tex(std::string& out, std::string_view tex) {
  if (!tex.empty() && is_letter(tex.front())) {
    std::size_t i = out.size();
    while (i > 0 && is_letter(out[i - 1])) --i;
    if (i > 0 && i < out.size() && out[i - 1] == '\\') out.push_back(' ');
  }
  out.append(tex);
}

void append_symbols(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = 1;
    while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80) ++size;
    const std::string_view c = text.substr(at, size);
    at += size;
    if (std::find(std::begin(silent), std::end(silent), c) != std::end(silent)) continue;
    const Symbol* found =
        std::find_if(std::begin(symbols), std::end(symbols), [&](const Symbol& s) { return s.text == c; });
    append_tex(out, found == std::end(symbols) ? c : found->tex);
  }
}

// The text of a token element, its white space trimmed; empty where it holds more than text.
std::string_view token_text(const Page& page, NodeId id) {
  const NodeId child = page[id].first_child;
  if (child == no_node || page[child].kind != NodeKind::text || page[child].next != no_node) return {};
  return trimmed(page[child].text());
}

void append_text(std::string& out, std::string_view text) {
  out.append("\\text{");
  for (const char c : text) {
    if (c == '{' || c == '}' || c == '%' || c == '$' || c == '#' || c == '&' || c == '_') out.push_back('\\');
    out.push_back(c == '\n' || c == '\t' ? ' ' : c);
  }
  out.push_back('}');
}

void append_token(Page& page, NodeId id, std::string& out) {
  const std::string_view text = token_text(page, id);
  if (text.empty()) return;
  switch (page[id].tag) {
    case Tag::mtext:
    case Tag::ms:
      append_text(out, text);
      return;
    case Tag::mi: {
      if (text.size() > 1 && std::all_of(text.begin(), text.end(), is_letter)) {
        if (std::find(std::begin(functions), std::end(functions), text) != std::end(functions)) {
          append_tex(out, "\\");
          out.append(text);
        } else {
          out.append("\\mathrm{").append(text).append("}");
        }
        return;
      }
      if (const std::string_view variant = attribute(page, id, "mathvariant");
          text.size() == 1 && !variant.empty()) {
        const std::string_view command = variant == "bold"            ? "\\mathbf{"
                                         : variant == "normal"        ? "\\mathrm{"
                                         : variant == "double-struck" ? "\\mathbb{"
                                         : variant == "script"        ? "\\mathcal{"
                                                                      : "";
        if (!command.empty()) {
          out.append(command).append(text).append("}");
          return;
        }
      }
      append_symbols(out, text);
      return;
    }
    default:
      append_symbols(out, text);
      return;
  }
}

bool is_token(Tag tag) {
  return tag == Tag::mi || tag == Tag::mn || tag == Tag::mo || tag == Tag::mtext || tag == Tag::ms;
}

// What an element writes before the child of a number, and after it.
struct Around {
  std::string_view before, after;
};

struct Open {
  NodeId node;
  std::array<NodeId, 3> children{no_node, no_node,
                                 no_node};  // of elements with a fixed number, in order of writing
  std::uint8_t count = 0, next = 0;         // of `children`
  bool fixed = false;
  NodeId child = no_node;  // of other elements: the next
  std::uint32_t written = 0;
  std::string_view close;  // after the child that is being written
  std::string_view end;    // after the element
};

NodeId element_from(const Page& page, NodeId id) {
  while (id != no_node && page[id].kind != NodeKind::element) id = page[id].next;
  return id;
}

bool is_simple(const Page& page, NodeId id) {
  return id != no_node && is_token(page[id].tag);
}

Around around(const Page& page, const Open& open, NodeId child) {
  const Tag tag = page[open.node].tag;
  const bool simple = is_simple(page, child) && token_text(page, child).size() == 1;
  const Around braced = {"{", "}"};
  switch (tag) {
    case Tag::mfrac:
      return open.next == 0 ? Around{"\\frac{", "}"} : braced;
    case Tag::mroot:
      return open.next == 0 ? Around{"\\sqrt[", "]"} : braced;
    case Tag::msub:
    case Tag::munder:
      if (open.next == 0) return is_simple(page, child) ? Around{} : braced;
      return simple ? Around{"_", ""} : Around{"_{", "}"};
    case Tag::msup:
    case Tag::mover:
      if (open.next == 0) return is_simple(page, child) ? Around{} : braced;
      return simple ? Around{"^", ""} : Around{"^{", "}"};
    case Tag::msubsup:
    case Tag::munderover:
      if (open.next == 0) return is_simple(page, child) ? Around{} : braced;
      if (open.next == 1) return simple ? Around{"_", ""} : Around{"_{", "}"};
      return simple ? Around{"^", ""} : Around{"^{", "}"};
    default:
      return {};
  }
}

std::string_view accent_of(const Page& page, NodeId over) {
  if (!is_simple(page, over)) return {};
  const std::string_view text = token_text(page, over);
  for (const Symbol& accent : accents)
    if (accent.text == text) return accent.tex;
  return {};
}

Open open_element(Page& page, NodeId id, std::string& out) {
  Open open;
  open.node = id;
  const NodeId first = element_from(page, page[id].first_child);
  const NodeId second = first == no_node ? no_node : element_from(page, page[first].next);
  const NodeId third = second == no_node ? no_node : element_from(page, page[second].next);
  switch (page[id].tag) {
    case Tag::mfrac:
    case Tag::msub:
    case Tag::msup:
    case Tag::munder:
      open.children = {first, second, no_node};
      break;
    case Tag::mover:
      if (const std::string_view accent = accent_of(page, second); !accent.empty()) {
        append_tex(out, accent);
        out.push_back('{');
        open.end = "}";
        open.children = {first, no_node, no_node};
        open.next = 0;
        open.count = 1;
        open.fixed = true;
        return open;
      }
      open.children = {first, second, no_node};
      break;
    case Tag::mroot:
      open.children = {second, first, no_node};
      break;
    case Tag::msubsup:
    case Tag::munderover:
      open.children = {first, second, third};
      break;
    case Tag::msqrt:
      append_tex(out, "\\sqrt{");
      open.end = "}";
      open.child = first;
      return open;
    case Tag::mfenced: {
      const std::string_view left = attribute(page, id, AttributeName::open);
      append_tex(out, "\\left");
      append_symbols(out, left.empty() ? "(" : trimmed(left));
      open.child = first;
      return open;
    }
    case Tag::mtable:
      append_tex(out, "\\begin{matrix} ");
      open.end = " \\end{matrix}";
      open.child = first;
      return open;
    default:
      open.child = first;
      return open;
  }
  open.fixed = true;
  while (open.count < 3 && open.children[open.count] != no_node) ++open.count;
  return open;
}

void close_element(Page& page, const Open& open, std::string& out) {
  if (page[open.node].tag == Tag::mfenced) {
    const std::string_view right = attribute(page, open.node, "close");
    out.append("\\right");
    append_symbols(out, right.empty() ? ")" : trimmed(right));
  }
  out.append(open.end);
}

}  // namespace

bool tex_of_mathml(Page& page, NodeId math, std::string& tex) {
  const std::size_t start = tex.size();
  std::vector<Open> stack{open_element(page, math, tex)};
  std::size_t nodes = 0;
  while (!stack.empty()) {
    Open& open = stack.back();
    tex.append(open.close);
    open.close = {};
    const NodeId child = open.fixed ? (open.next < open.count ? open.children[open.next] : no_node)
                                    : element_from(page, open.child);
    if (child == no_node) {
      close_element(page, open, tex);
      stack.pop_back();
      continue;
    }
    if (++nodes > most_nodes || stack.size() > most_depth || tex.size() - start > most_bytes) {
      tex.resize(start);
      return false;
    }
    const Tag parent = page[open.node].tag;
    if (open.fixed) {
      // An accent's only child stands in the braces that are open already.
      const bool accent = parent == Tag::mover && open.count == 1;
      const Around a = accent ? Around{} : around(page, open, child);
      append_tex(tex, a.before);
      open.close = a.after;
      ++open.next;
    } else {
      open.child = page[child].next;
      if (open.written++ > 0) {
        if (parent == Tag::mtable) tex.append(" \\\\ ");
        if (parent == Tag::mtr || parent == Tag::mlabeledtr) tex.append(" & ");
        if (parent == Tag::mfenced) tex.push_back(',');
      }
    }
    const Tag tag = page[child].tag;
    if (is_token(tag)) {
      append_token(page, child, tex);
    } else if (tag == Tag::mspace) {
      if (!tex.empty() && tex.back() != ' ') tex.push_back(' ');
    } else if (tag != Tag::annotation && tag != Tag::annotation_xml && tag != Tag::mphantom) {
      const Open inner = open_element(page, child, tex);
      stack.push_back(inner);
    }
  }
  return true;
}

}  // namespace offprint
