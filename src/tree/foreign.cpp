// SVG and MathML: the rules for tokens in foreign content and the adjustments of names.
#include <algorithm>
#include <array>

#include "tree/builder.h"

namespace offprint {
namespace {

// #creating-an-element-for-the-token ff.: "adjust SVG attributes". By size, so that a search looks at a few
// only.
constexpr std::string_view svg_attributes[] = {"refX",
                                               "refY",
                                               "viewBox",
                                               "baseProfile",
                                               "edgeMode",
                                               "keyTimes",
                                               "tableValues",
                                               "targetX",
                                               "targetY",
                                               "xChannelSelector",
                                               "yChannelSelector",
                                               "zoomAndPan",
                                               "attributeName",
                                               "attributeType",
                                               "baseFrequency",
                                               "calcMode",
                                               "clipPathUnits",
                                               "diffuseConstant",
                                               "filterUnits",
                                               "glyphRef",
                                               "gradientTransform",
                                               "gradientUnits",
                                               "kernelMatrix",
                                               "kernelUnitLength",
                                               "keyPoints",
                                               "keySplines",
                                               "lengthAdjust",
                                               "limitingConeAngle",
                                               "markerHeight",
                                               "markerUnits",
                                               "markerWidth",
                                               "maskContentUnits",
                                               "maskUnits",
                                               "numOctaves",
                                               "pathLength",
                                               "patternContentUnits",
                                               "patternTransform",
                                               "patternUnits",
                                               "pointsAtX",
                                               "pointsAtY",
                                               "pointsAtZ",
                                               "preserveAlpha",
                                               "preserveAspectRatio",
                                               "primitiveUnits",
                                               "repeatCount",
                                               "repeatDur",
                                               "requiredExtensions",
                                               "requiredFeatures",
                                               "specularConstant",
                                               "specularExponent",
                                               "spreadMethod",
                                               "startOffset",
                                               "stdDeviation",
                                               "stitchTiles",
                                               "surfaceScale",
                                               "systemLanguage",
                                               "textLength",
                                               "viewTarget"};
constexpr std::string_view svg_elements[] = {"altGlyph",
                                             "altGlyphDef",
                                             "altGlyphItem",
                                             "animateColor",
                                             "animateMotion",
                                             "animateTransform",
                                             "clipPath",
                                             "feBlend",
                                             "feColorMatrix",
                                             "feComponentTransfer",
                                             "feComposite",
                                             "feConvolveMatrix",
                                             "feDiffuseLighting",
                                             "feDisplacementMap",
                                             "feDistantLight",
                                             "feDropShadow",
                                             "feFlood",
                                             "feFuncA",
                                             "feFuncB",
                                             "feFuncG",
                                             "feFuncR",
                                             "feGaussianBlur",
                                             "feImage",
                                             "feMerge",
                                             "feMergeNode",
                                             "feMorphology",
                                             "feOffset",
                                             "fePointLight",
                                             "feSpecularLighting",
                                             "feSpotLight",
                                             "feTile",
                                             "feTurbulence",
                                             "foreignObject",
                                             "glyphRef",
                                             "linearGradient",
                                             "radialGradient",
                                             "textPath"};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Sorted by size, then by text in lower case; and per size, which first letters there are.
template <std::size_t n>
struct CaseTable {
  std::array<std::string_view, n> names{};
  std::array<std::uint8_t, 34> begin{};     // of the names of each size
  std::array<std::uint32_t, 33> letters{};  // bit per first letter

  explicit constexpr CaseTable(const std::string_view (&from)[n]) {
    for (std::size_t i = 0; i < n; ++i) names[i] = from[i];
    std::sort(names.begin(), names.end(), [](std::string_view a, std::string_view b) {
      return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    std::size_t at = 0;
    for (std::size_t size = 0; size < begin.size(); ++size) {
      begin[size] = static_cast<std::uint8_t>(at);
      for (; at < n && names[at].size() == size; ++at) letters[size] |= 1u << (lower(names[at][0]) - 'a');
    }
  }
  // The name in its proper case, or empty.
  std::string_view find(std::string_view lowercase) const {
    const std::size_t size = lowercase.size();
    if (size == 0 || size > 32 || lowercase[0] < 'a' || lowercase[0] > 'z') return {};
    if (!(letters[size] >> (lowercase[0] - 'a') & 1)) return {};
    for (std::size_t i = begin[size]; i < begin[size + 1]; ++i)
      if (std::equal(lowercase.begin(), lowercase.end(), names[i].begin(),
                     [](char x, char y) { return x == lower(y); }))
        return names[i];
    return {};
  }
};
constexpr CaseTable<std::size(svg_attributes)> svg_attribute_case{svg_attributes};
constexpr CaseTable<std::size(svg_elements)> svg_element_case{svg_elements};

// "Adjust MathML attributes", "adjust SVG attributes", "adjust foreign attributes".
void adjust_attributes(TreeBuilder& b, const Token& t, Namespace ns) {
  for (std::size_t i = 0; i < t.attributes_count; ++i) {
    Attribute& a = b.page.attributes[t.attributes_begin + i];
    const std::string_view text = a.name();
    if (ns == Namespace::mathml && a.id == AttributeName::definitionurl) {
      a.name_data = "definitionURL";
    } else if (ns == Namespace::svg && a.id == AttributeName::unknown) {
      const std::string_view proper = svg_attribute_case.find(text);
      if (!proper.empty()) a.name_data = proper.data();
    }
    if (text.empty() || text[0] != 'x') continue;
    std::uint32_t prefix = 0;
    if (text == "xmlns") {
      a.ns = AttributeNamespace::xmlns;
    } else if (text == "xmlns:xlink") {
      a.ns = AttributeNamespace::xmlns;
      prefix = 6;
    } else if (text == "xml:lang" || text == "xml:space") {
      a.ns = AttributeNamespace::xml;
      prefix = 4;
    } else if (text.starts_with("xlink:")) {
      const std::string_view local = text.substr(6);
      if (local == "actuate" || local == "arcrole" || local == "href" || local == "role" || local == "show" ||
          local == "title" || local == "type") {
        a.ns = AttributeNamespace::xlink;
        prefix = 6;
      }
    }
    a.name_data += prefix;
    a.name_size -= prefix;
  }
}

bool html_encoding(std::string_view value) {
  const auto equal = [&](std::string_view other) {
    return std::equal(value.begin(), value.end(), other.begin(), other.end(),
                      [](char x, char y) { return lower(x) == y; });
  };
  return equal("text/html") || equal("application/xhtml+xml");
}

}  // namespace

std::uint32_t foreign_traits(TreeBuilder& b, Tag tag, Namespace ns, std::uint32_t attributes_begin,
                             std::uint32_t attributes_count) {
  const std::uint32_t marker = trait_foreign | trait_special | trait_scope;
  if (ns == Namespace::svg) {
    if (tag == Tag::foreignobject || tag == Tag::desc || tag == Tag::title) return marker | trait_html_point;
    return trait_foreign;
  }
  switch (tag) {
    case Tag::mi:
    case Tag::mo:
    case Tag::mn:
    case Tag::ms:
    case Tag::mtext:
      return marker | trait_math_text;
    case Tag::annotation_xml:
      for (std::uint32_t i = 0; i < attributes_count; ++i) {
        Attribute& a = b.page.attributes[attributes_begin + i];
        if (a.id == AttributeName::encoding && html_encoding(attribute_value(a, b.page.arena)))
          return marker | trait_html_point;
      }
      return marker;
    default:
      return trait_foreign;
  }
}

// #insert-a-foreign-element
NodeId insert_foreign(TreeBuilder& b, Token& t, Namespace ns) {
  adjust_attributes(b, t, ns);
  std::string_view text = t.text;
  if (ns == Namespace::svg) {
    const std::string_view proper = svg_element_case.find(text);
    if (!proper.empty()) text = proper;
  }
  const NodeId id = new_element(b, t);
  b.nodes[id].ns = ns;
  b.nodes[id].text_data = text.data();
  attach(b, id);
  put_on(b, b.open, {id, id, key_of(t.tag, ns), foreign_traits(b, t.tag, ns, t.attributes_begin, t.attributes_count)});
  return id;
}

// Whether a start tag ends foreign content.
static bool breaks_out(TreeBuilder& b, const Token& t) {
  if (t.tag == Tag::font) {
    for (std::size_t i = 0; i < t.attributes_count; ++i) {
      const AttributeName id = b.page.attributes[t.attributes_begin + i].id;
      if (id == AttributeName::color || id == AttributeName::face || id == AttributeName::size) return true;
    }
    return false;
  }
  return (html_traits[static_cast<std::size_t>(t.tag)] & trait_breakout) != 0;
}

static Step break_out(TreeBuilder& b, Token& t) {
  while (b.open.size() > 1 && is_foreign(current(b)) &&
         !(current(b).traits & (trait_math_text | trait_html_point)))
    pop(b, t.span.begin);
  return run_mode(b, t);
}

static bool same_name_ignoring_case(const Node& n, std::string_view lowercase) {
  const std::string_view text = n.text();
  return std::equal(text.begin(), text.end(), lowercase.begin(), lowercase.end(),
                    [](char x, char y) { return lower(x) == y; });
}

static Step end_tag_in_foreign(TreeBuilder& b, Token& t) {
  const std::size_t floor = search_floor(b);
  for (std::size_t i = b.open.size(); i-- > floor;) {
    if (i == 0) return done;
    const OpenElement& e = b.open[i];
    if (!is_foreign(e)) return run_mode(b, t);
    // Tags are equal where names are, but for the unknown ones.
    if ((e.key & 0x0FFF) == key_of(t.tag) &&
        (t.tag != Tag::unknown || same_name_ignoring_case(b.nodes[e.node], t.text))) {
      pop_until_index(b, t, i, t.span.end);
      return done;
    }
  }
  return done;
}

// #parsing-main-inforeign
Step in_foreign(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::text: {
      const bool visible = b.frameset_ok && std::any_of(t.text.begin(), t.text.end(), [](char c) {
                             return c != '\0' && c != ' ' && c != '\n' && c != '\t' && c != '\f' && c != '\r';
                           });
      replace_nul(b, t);
      insert_text(b, t.text, t.span);
      if (visible) b.frameset_ok = false;
      return done;
    }
    case TokenKind::comment:
      insert_comment(b, t);
      return done;
    case TokenKind::start_tag: {
      if (breaks_out(b, t)) return break_out(b, t);
      const OpenElement& node = adjusted_current(b);
      insert_foreign(b, t, static_cast<Namespace>(node.key >> 12));
      if (t.self_closing) pop(b, t.span.end);
      return done;
    }
    case TokenKind::end_tag:
      if (t.tag == Tag::br || t.tag == Tag::p) return break_out(b, t);
      return end_tag_in_foreign(b, t);
    default:
      return done;
  }
}

}  // namespace offprint
