// What is not shown, as far as attributes tell: style sheets are not read.
#include "base/few_words.h"
#include "blocks/finder.h"

namespace offprint {
namespace {

// `property` set to `value` in a style attribute; the last declaration is not weighed against earlier ones.
bool style_says(std::string_view style, std::string_view property, std::string_view value) {
  for (std::size_t at = 0; at < style.size();) {
    std::size_t end = std::min(style.find(';', at), style.size());
    std::string_view declaration = style.substr(at, end - at);
    at = end + 1;
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    if (contains_word(declaration.substr(0, colon), property) && contains_word(declaration.substr(colon + 1), value))
      return true;
  }
  return false;
}

constexpr std::string_view hiding_properties[] = {"display", "visibility"};
constexpr WordBeginnings hiding_beginnings{hiding_properties};
constexpr std::string_view screen_reader_classes[] = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader"};
constexpr WordBeginnings screen_reader_beginnings{screen_reader_classes};

}  // namespace

bool contains_word(std::string_view text, std::string_view word) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [&](char a, char b) { return lower(a) == b; }) != text.end();
}

Hidden BlockFinder::hidden_by(NodeId id, Hidden inherited) {
  if (inherited != Hidden::no) return inherited;
  const Node& node = page[id];
  if (node.tag == Tag::template_) {
    // Declarative shadow DOM is shown in place of its host's children.
    const bool shadow = !attribute(page, id, "shadowrootmode").empty() || !attribute(page, id, "shadowroot").empty();
    return shadow ? Hidden::no : Hidden::template_;
  }
  if (node.tag == Tag::noscript) return Hidden::noscript;
  Hidden result = Hidden::no;
  bool open = false;
  for (std::uint32_t i = 0; i < node.attributes_count; ++i) {
    Attribute& a = page.attributes[node.attributes_begin + i];
    switch (a.id) {
      case AttributeName::hidden: result = Hidden::attribute; break;
      case AttributeName::open: open = true; break;
      case AttributeName::style: {
        const std::string_view style = a.raw_value();
        if (style.size() < 11) break;
        const unsigned sets = words_in(style, hiding_properties, hiding_beginnings);
        if (((sets & 1) != 0 && style_says(style, "display", "none")) || ((sets & 2) != 0 && style_says(style, "visibility", "hidden")))
          result = Hidden::style;
        break;
      }
      case AttributeName::class_: {
        const std::string_view classes = a.raw_value();
        if (result == Hidden::no && classes.size() >= 7 &&
            out.for_screen_readers.get(value_number(page.values, a), [&] {
              return words_in(classes, screen_reader_classes, screen_reader_beginnings) != 0;
            }))
          result = Hidden::screen_reader;
        break;
      }
      default: break;
    }
  }
  if (node.tag == Tag::dialog && !open) return Hidden::closed_dialog;
  return result;
}

}  // namespace offprint
