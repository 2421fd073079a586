// How elements are laid out when no style sheet says otherwise:
// https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3
#pragma once

#include <array>
#include <cstdint>

#include "generated/names.h"

namespace offprint {

enum class Display : std::uint8_t {
  inline_,
  block,
  none,     // never shown: head matter, scripts, media fallbacks
  control,  // a control with text of its own: a block of kind control
  table,    // table and its parts
};

inline constexpr std::array<Display, tag_count> display_of_tag = [] {
  std::array<Display, tag_count> d{};
  auto set = [&d](Display value, auto... tags) { ((d[static_cast<std::size_t>(tags)] = value), ...); };
  set(Display::block, Tag::address, Tag::article, Tag::aside, Tag::blockquote, Tag::body, Tag::center, Tag::dd,
      Tag::details, Tag::dialog, Tag::dir, Tag::div, Tag::dl, Tag::dt, Tag::fieldset, Tag::figcaption, Tag::figure,
      Tag::footer, Tag::form, Tag::frameset, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::header,
      Tag::hgroup, Tag::hr, Tag::html, Tag::legend, Tag::li, Tag::listing, Tag::main, Tag::menu, Tag::nav, Tag::ol,
      Tag::p, Tag::plaintext, Tag::pre, Tag::search, Tag::section, Tag::summary, Tag::ul, Tag::xmp, Tag::marquee,
      Tag::noscript, Tag::optgroup, Tag::multicol);
  set(Display::none, Tag::area, Tag::base, Tag::basefont, Tag::datalist, Tag::head, Tag::link, Tag::meta,
      Tag::noembed, Tag::noframes, Tag::param, Tag::script, Tag::style, Tag::title, Tag::svg, Tag::iframe,
      Tag::video, Tag::audio, Tag::canvas, Tag::frame, Tag::object, Tag::annotation, Tag::annotation_xml,
      Tag::track, Tag::source, Tag::embed, Tag::applet);
  set(Display::control, Tag::button, Tag::select, Tag::textarea, Tag::input);
  set(Display::table, Tag::table, Tag::caption, Tag::thead, Tag::tbody, Tag::tfoot, Tag::tr, Tag::td, Tag::th);
  return d;
}();

inline Display display_of(Tag tag) { return display_of_tag[static_cast<std::size_t>(tag)]; }

inline int heading_level(Tag tag) {
  switch (tag) {
    case Tag::h1: return 1;
    case Tag::h2: return 2;
    case Tag::h3: return 3;
    case Tag::h4: return 4;
    case Tag::h5: return 5;
    case Tag::h6: return 6;
    default: return 0;
  }
}

}  // namespace offprint
