// The elements whose end tag, where it closes the current node in the midst of the body, only takes it off the stack (and off the
// list of active formatting elements): nearly all. Private to src/tree.
#pragma once

#include <array>

#include "tokens/tokens.h"

namespace offprint {

inline constexpr std::array<PlainEnd, tag_count> plain_ends = [] {
  std::array<PlainEnd, tag_count> t{};
  const auto set = [&t](Tag tag, std::string_view name) { t[static_cast<std::size_t>(tag)] = plain_end(name); };
  set(Tag::a, "a");
  set(Tag::abbr, "abbr");
  set(Tag::address, "address");
  set(Tag::article, "article");
  set(Tag::aside, "aside");
  set(Tag::b, "b");
  set(Tag::button, "button");
  set(Tag::center, "center");
  set(Tag::cite, "cite");
  set(Tag::code, "code");
  set(Tag::dd, "dd");
  set(Tag::details, "details");
  set(Tag::div, "div");
  set(Tag::dl, "dl");
  set(Tag::dt, "dt");
  set(Tag::em, "em");
  set(Tag::figure, "figure");
  set(Tag::font, "font");
  set(Tag::footer, "footer");
  set(Tag::h1, "h1");
  set(Tag::h2, "h2");
  set(Tag::h3, "h3");
  set(Tag::h4, "h4");
  set(Tag::h5, "h5");
  set(Tag::h6, "h6");
  set(Tag::header, "header");
  set(Tag::i, "i");
  set(Tag::label, "label");
  set(Tag::legend, "legend");
  set(Tag::li, "li");
  set(Tag::main, "main");
  set(Tag::nav, "nav");
  set(Tag::ol, "ol");
  set(Tag::option, "option");
  set(Tag::p, "p");
  set(Tag::picture, "picture");
  set(Tag::pre, "pre");
  set(Tag::s, "s");
  set(Tag::section, "section");
  set(Tag::select, "select");
  set(Tag::small, "small");
  set(Tag::span, "span");
  set(Tag::strong, "strong");
  set(Tag::sub, "sub");
  set(Tag::summary, "summary");
  set(Tag::sup, "sup");
  set(Tag::time, "time");
  set(Tag::u, "u");
  set(Tag::ul, "ul");
  set(Tag::video, "video");
  return t;
}();

}  // namespace offprint
