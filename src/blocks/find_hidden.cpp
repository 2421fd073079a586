// What is not shown, as far as attributes tell: style sheets are not read.
#include "base/ascii.h"
#include "base/few_words.h"
#include "base/unicode.h"
#include "blocks/finder.h"

namespace offprint {
namespace {

// Whether one of the declarations of a style attribute, a property and its value, is what is asked for.
template <typename Is>
bool any_declaration(std::string_view style, Is is) {
  for (std::size_t at = 0; at < style.size();) {
    const std::size_t end = std::min(style.find(';', at), style.size());
    const std::string_view declaration = style.substr(at, end - at);
    at = end + 1;
    const std::size_t colon = declaration.find(':');
    if (colon != std::string_view::npos && is(declaration.substr(0, colon), declaration.substr(colon + 1))) return true;
  }
  return false;
}

// `property` set to `value` in a style attribute; the last declaration is not weighed against earlier ones.
bool style_says(std::string_view style, std::string_view property, std::string_view value) {
  return any_declaration(style, [&](std::string_view name, std::string_view set) { return contains_ascii_case(name, property) && contains_ascii_case(set, value); });
}

// "left: -9999px": nothing that is to slide in stands so far away.
bool is_far_beside(std::string_view style) {
  return any_declaration(style, [](std::string_view name, std::string_view set) {
    const std::string_view property = trim(name), value = trim(set);
    if (!equal_ascii_case(property, "left") && !equal_ascii_case(property, "top")) return false;
    for (const std::string_view far : {"-9999px", "-99999px", "-10000px", "-100000px", "-999em", "-9999em"})
      if (value.starts_with(far)) return true;
    return false;
  });
}

// "font-weight: bold", or from 600 up.
bool sets_bold(std::string_view style) {
  constexpr std::string_view property = "font-weight";
  const std::size_t found = find_ascii_case(style, property);
  if (found == style.npos) return false;
  const std::string_view behind = style.substr(found + property.size());
  const std::string_view value = behind.substr(std::min(behind.find_first_not_of(" :"), behind.size()));
  return starts_with_ascii_case(value, "bold") || (value.size() >= 3 && value[0] >= '6' && value[0] <= '9' && value.substr(1, 2) == "00");
}

constexpr std::string_view telling_properties[] = {"display", "visibility", "font-weight", "font-style", "absolute"};
constexpr WordBeginnings property_beginnings{telling_properties};
// Those of screen readers first: wherever they stand in a class. A page has hundreds of classes, and each pair of letters that a word may begin
// with costs a look at all of them.
constexpr std::string_view telling_classes[] = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader", "screenreader", "sr-text", "material-icons", "material-symbols", "admonition", "clipped", "offscreen", "invisible", "assistive-text", "accessibility-text", "hidden-visually", "print"};
constexpr std::size_t of_sr_text = 5, of_icons = 6, of_notes = 8, of_clipped = 9, of_others = 10;
constexpr WordBeginnings telling_beginnings{telling_classes};

// Whether one of the classes is one of these, or is named as an element of a block (BEM) is, or (`numbered`) with a number to know its style sheet by.
template <std::size_t N>
bool has_class(std::string_view classes, const std::string_view (&asked)[N], bool numbered = false) {
  const auto is_asked = [&](std::string_view name) { return std::find(std::begin(asked), std::end(asked), name) != std::end(asked); };
  return any_token(classes, [&](std::string_view name) {
    if (is_asked(name)) return true;
    const std::size_t last = name.rfind('_');
    if (last == name.npos || last == 0) return false;
    return name[last - 1] == '_' ? is_asked(name.substr(last + 1))                                       // "price__sr-text"
                                 : numbered && name.size() - last == 5 && is_asked(name.substr(0, last));  // "admonitionHeading_Gvgb"
  });
}
constexpr std::string_view text_for_screen_readers[] = {"sr-text", "a-offscreen", "element-invisible", "assistive-text", "accessibility-text", "hidden-visually",
                                                        "print-only", "only-print", "visible-print", "visible-print-block", "visible-print-inline"};
constexpr std::string_view clipped[] = {"clipped"};
constexpr std::string_view popping_up[] = {"popover", "tooltip", "modal", "lightbox"};
constexpr std::string_view titles_of_notes[] = {"admonition-title", "admonition-heading", "admonition__title", "admonition__heading", "admonitionHeading"};
constexpr std::string_view icon_fonts[] = {"material-icons",          "material-icons-outlined",   "material-icons-round",      "material-icons-sharp",
                                           "material-icons-two-tone", "material-symbols-outlined", "material-symbols-rounded", "material-symbols-sharp"};

// Code of a manual that only its frame shows, as MDN has it: "brush: html hidden notranslate".
bool is_hidden_code(std::string_view classes) {
  bool hidden = false, shown = false;
  any_token(classes, [&](std::string_view name) {
    hidden = hidden || name == "hidden";
    shown = shown || (name.find(':') < name.size() - 1);
    return false;
  });
  return hidden && !shown;
}

}  // namespace

std::uint8_t BlockFinder::what_class_shows(Attribute& a) {
  const std::string_view classes = a.raw_value();
  if (classes.size() < 2) return 0;
  return out.class_shows.get(value_number(page.values, a), [&] {
    const std::size_t n = classes.size();
    std::uint8_t told = 0;
    if ((classes[n - 1] == 'r' && classes[n - 2] == 'b' && (n == 2 || classes[n - 3] == ' ')) || (n > 2 && classes[0] == 'b' && classes[1] == 'r' && classes[2] == ' '))
      told |= shows_break;
    if (classes[0] == '_' && classes == "__cf_email__") told |= shows_encoded_address;
    if (n < 7) return told;
    const unsigned words = words_in(classes, telling_classes, telling_beginnings);
    if (words == 0) [[likely]] return told;
    if ((words & ((1u << of_sr_text) - 1)) != 0 || ((words & (1u << of_sr_text | ~0u << of_others)) != 0 && has_class(classes, text_for_screen_readers))) told |= shows_to_screen_readers;
    if ((words & 1u << of_clipped) != 0 && has_class(classes, clipped)) told |= shows_clipped;
    if ((words & 3u << of_icons) != 0 && has_class(classes, icon_fonts)) told |= shows_icon;
    if ((words & 1u << of_notes) != 0 && has_class(classes, titles_of_notes, true)) told |= shows_title_of_note;
    return told;
  });
}

std::uint8_t BlockFinder::what_class_shows(NodeId id) {
  const Node& node = page[id];
  for (std::uint32_t i = 0; i < node.attributes_count; ++i)
    if (Attribute& a = page.attributes[node.attributes_begin + i]; a.id == AttributeName::class_) return what_class_shows(a);
  return 0;
}

Hidden BlockFinder::hidden_by(NodeId id, Hidden inherited) {
  shows = 0;
  aria_heading = false;
  letters = Letters::as_they_are;
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
      case AttributeName::role:
        aria_heading = a.raw_value() == "heading";
        // Shown to who points at what it explains; some have the role at the word itself.
        if (a.raw_value() == "tooltip" && result == Hidden::no && node.tag != Tag::a && attribute(page, id, AttributeName::aria_label).empty()) result = Hidden::screen_reader;
        break;
      case AttributeName::style: {
        const std::string_view style = a.raw_value();
        if (style.size() < 11) break;
        const unsigned sets = words_in(style, telling_properties, property_beginnings);
        if (sets == 0) break;
        if (((sets & 1) != 0 && style_says(style, "display", "none")) || ((sets & 2) != 0 && style_says(style, "visibility", "hidden")))
          result = Hidden::style;
        // Beside the screen: for who hears the page, or for who counts its words.
        if ((sets & 16) != 0 && result == Hidden::no && is_far_beside(style)) result = Hidden::screen_reader;
        if ((sets & 4) != 0 && sets_bold(style)) letters = Letters::bold;
        if ((sets & 8) != 0 && letters == Letters::as_they_are && style_says(style, "font-style", "italic")) letters = Letters::slanted;
        break;
      }
      case AttributeName::class_:
        shows = what_class_shows(a);
        // Of other boxes the class is taken back by scripts and for wide screens ("hidden md:block").
        if (node.tag == Tag::pre && result == Hidden::no && is_hidden_code(a.raw_value())) result = Hidden::style;
        if (result == Hidden::no && ((shows & shows_to_screen_readers) != 0 || ((shows & shows_clipped) != 0 && display_of(node.tag) == Display::inline_))) result = Hidden::screen_reader;
        break;
      default: break;
    }
  }
  if (node.tag == Tag::dialog && !open) return Hidden::closed_dialog;
  // What pops up over the page explains a word or asks for something; tabs and accordions are the text's own.
  if (is_hidden_at_first(result) && has_class(attribute(page, id, AttributeName::class_), popping_up)) return Hidden::screen_reader;
  return result;
}

}  // namespace offprint
