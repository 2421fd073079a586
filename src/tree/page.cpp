// A Page: parsing into it and reading from it.
#include <algorithm>

#include "tree/builder.h"

namespace offprint {

void Page::clear() {
  input = {};
  nodes.clear();
  attributes.clear();
  arena.reset();
  tags.fill(0);
  quirks = QuirksMode::no_quirks;
  html = head = body = no_node;
  scripts.clear();
  values.clear();
  scratch.open.clear();
  scratch.formatting.clear();
  scratch.template_modes.clear();
  scratch.selected_contents.clear();
}

static TreeBuilder begin_page(Page& page, std::string_view utf8, const ParseOptions& options, Meter& meter) {
  page.clear();
  page.input = utf8;
  // Ordinary pages have a node for every 30 to 60 bytes.
  page.nodes.reserve(std::min<std::size_t>(utf8.size() / 32 + 64, meter.budgets.nodes));
  page.attributes.reserve(utf8.size() / 64 + 64);
  page.nodes.emplace_back().kind = NodeKind::document;
  page.nodes[document_node].span = {0, static_cast<std::uint32_t>(utf8.size())};
  return {.page = page,
          .meter = meter,
          .nodes = page.nodes,
          .open = page.scratch.open,
          .formatting = page.scratch.formatting,
          .template_modes = page.scratch.template_modes,
          .depth_cap = std::max<std::size_t>(meter.budgets.depth, 8),
          .clones_left = utf8.size() / bytes_a_clone + free_clones,
          .scripting = options.scripting,
          .empty_frames_of_noscript = options.empty_frames_of_noscript};
}

void parse(Page& page, std::string_view utf8, const ParseOptions& options, Meter& meter) {
  TreeBuilder b = begin_page(page, utf8, options, meter);
  Tokenizer tokenizer(utf8, page.arena, page.attributes, meter);
  run_tokens(b, tokenizer);
}

// #html-fragment-parsing-algorithm
void parse_fragment(Page& page, std::string_view utf8, std::string_view context, const ParseOptions& options,
                    Meter& meter) {
  TreeBuilder b = begin_page(page, utf8, options, meter);
  Tokenizer tokenizer(utf8, page.arena, page.attributes, meter);

  Namespace ns = Namespace::html;
  if (context.starts_with("svg ")) {
    ns = Namespace::svg;
    context.remove_prefix(4);
  } else if (context.starts_with("math ")) {
    ns = Namespace::mathml;
    context.remove_prefix(5);
  }
  char lowercase[32] = {};
  const std::size_t size = std::min(context.size(), sizeof lowercase);
  std::transform(context.begin(), context.begin() + static_cast<std::ptrdiff_t>(size), lowercase,
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const Tag tag = tag_from_name({lowercase, size});

  b.fragment = true;
  b.context = {
      no_node, no_node, key_of(tag, ns),
      ns == Namespace::html ? html_traits[static_cast<std::size_t>(tag)] : foreign_traits(b, tag, ns, 0, 0)};
  const NodeId root = new_implied(b, Tag::html, 0);
  append(b, document_node, root);
  push(b, root, Tag::html);
  page.html = root;
  if (ns == Namespace::html) {
    ContentModel model = ContentModel::data;
    switch (tag) {
      case Tag::title:
      case Tag::textarea:
        model = ContentModel::rcdata;
        break;
      case Tag::style:
      case Tag::xmp:
      case Tag::iframe:
      case Tag::noembed:
      case Tag::noframes:
        model = ContentModel::rawtext;
        break;
      case Tag::script:
        model = ContentModel::script_data;
        break;
      case Tag::noscript:
        if (options.scripting) model = ContentModel::rawtext;
        break;
      case Tag::plaintext:
        model = ContentModel::plaintext;
        break;
      case Tag::template_:
        b.template_modes.push_back(InsertionMode::in_template);
        break;
      case Tag::form:
        b.form = document_node;
        break;  // some form that is not in the stack
      default:
        break;
    }
    if (model != ContentModel::data) tokenizer.set_content_model(model, {});
  }
  reset_mode(b);
  run_tokens(b, tokenizer);
}

static std::string_view value_at(Page& page, std::size_t index) {
  return attribute_value(page.attributes[index], page.arena);
}

// Whether `a` was written as `lowercase` in the source: foreign attributes have lost their prefix and lower
// case.
static bool written_as(const Attribute& a, std::string_view lowercase) {
  constexpr std::string_view prefixes[] = {"", "xlink:", "xml:", ""};
  const std::string_view prefix = prefixes[static_cast<std::size_t>(a.ns)];
  if (!lowercase.starts_with(prefix)) return false;
  const std::string_view local = lowercase.substr(prefix.size()), name = a.name();
  return std::equal(name.begin(), name.end(), local.begin(), local.end(),
                    [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}

// Their places among the page's attributes, or none of them.
static constexpr std::size_t no_attribute = ~std::size_t{0};
static std::size_t find_attribute(const Page& page, NodeId element, AttributeName name) {
  const Node& n = page.nodes[element];
  for (std::size_t i = n.attributes_begin; i < n.attributes_begin + n.attributes_count; ++i)
    if (page.attributes[i].id == name) return i;
  return no_attribute;
}
static std::size_t find_attribute(const Page& page, NodeId element, std::string_view lowercase_name) {
  const AttributeName id = attribute_from_name(lowercase_name);
  if (id != AttributeName::unknown) return find_attribute(page, element, id);
  const Node& n = page.nodes[element];
  for (std::size_t i = n.attributes_begin; i < n.attributes_begin + n.attributes_count; ++i)
    if (page.attributes[i].id == id && written_as(page.attributes[i], lowercase_name)) return i;
  return no_attribute;
}

std::string_view attribute(Page& page, NodeId element, AttributeName name) {
  const std::size_t found = find_attribute(page, element, name);
  return found == no_attribute ? std::string_view{} : value_at(page, found);
}
std::string_view attribute(Page& page, NodeId element, std::string_view lowercase_name) {
  const std::size_t found = find_attribute(page, element, lowercase_name);
  return found == no_attribute ? std::string_view{} : value_at(page, found);
}

bool has_attribute(const Page& page, NodeId element, AttributeName name) { return find_attribute(page, element, name) != no_attribute; }
bool has_attribute(const Page& page, NodeId element, std::string_view lowercase_name) { return find_attribute(page, element, lowercase_name) != no_attribute; }

std::string_view name(const Page& page, NodeId element) {
  const Node& n = page.nodes[element];
  return n.kind == NodeKind::element ? n.text() : std::string_view{};
}

}  // namespace offprint
