// What the algorithms of tree construction ask about an element, as one word of bits per tag.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "generated/names.h"

namespace offprint {

enum Trait : std::uint32_t {
  trait_special = 1u << 0,        // #special
  trait_scope = 1u << 1,          // ends "in scope": #has-an-element-in-scope
  trait_list_scope = 1u << 2,     // ends "in list item scope" too
  trait_button_scope = 1u << 3,   // ends "in button scope" too
  trait_table_scope = 1u << 4,    // ends "in table scope"
  trait_implied = 1u << 5,        // #generate-implied-end-tags
  trait_implied_more = 1u << 6,   // #generate-all-implied-end-tags-thoroughly
  trait_foster = 1u << 7,         // table, tbody, tfoot, thead, tr: #appropriate-place-for-inserting-a-node
  trait_heading = 1u << 8,        // h1 to h6
  trait_address_div_p = 1u << 9,  // special, yet does not stop the search of <li>, <dd>, <dt>
  trait_breakout = 1u << 10,      // leaves foreign content: #parsing-main-inforeign
  trait_math_text = 1u << 11,     // #mathml-text-integration-point
  trait_html_point = 1u << 12,    // #html-integration-point
  trait_foreign = 1u << 13,       // not of the HTML namespace
  trait_formatting = 1u << 14,    // #formatting: in the list of active formatting elements
};

inline constexpr std::uint32_t in_scope = trait_scope;
inline constexpr std::uint32_t in_list_scope = trait_scope | trait_list_scope;
inline constexpr std::uint32_t in_button_scope = trait_scope | trait_button_scope;
inline constexpr std::uint32_t in_table_scope = trait_table_scope;

namespace detail {
constexpr std::array<std::uint32_t, tag_count> make_html_traits() {
  std::array<std::uint32_t, tag_count> t{};
  auto add = [&](std::uint32_t bits, std::initializer_list<Tag> tags) {
    for (Tag tag : tags) t[static_cast<std::size_t>(tag)] |= bits;
  };
  using enum Tag;
  add(trait_special,
      {address,   applet, area,      article,  aside,      base,     basefont, bgsound, blockquote, body,
       br,        button, caption,   center,   col,        colgroup, dd,       details, dir,        div,
       dl,        dt,     embed,     fieldset, figcaption, figure,   footer,   form,    frame,      frameset,
       h1,        h2,     h3,        h4,       h5,         h6,       head,     header,  hgroup,     hr,
       html,      iframe, img,       input,    keygen,     li,       link,     listing, main,       marquee,
       menu,      meta,   nav,       noembed,  noframes,   noscript, object,   ol,      p,          param,
       plaintext, pre,    script,    search,   section,    select,   source,   style,   summary,    table,
       tbody,     td,     template_, textarea, tfoot,      th,       thead,    title,   tr,         track,
       ul,        wbr,    xmp});
  add(trait_scope, {applet, caption, html, table, td, th, marquee, object, select, template_});
  add(trait_list_scope, {ol, ul});
  add(trait_button_scope, {button});
  add(trait_table_scope, {html, table, template_});
  add(trait_implied, {dd, dt, li, optgroup, option, p, rb, rp, rt, rtc});
  add(trait_implied_more,
      {dd, dt, li, optgroup, option, p, rb, rp, rt, rtc, caption, colgroup, tbody, td, tfoot, th, thead, tr});
  add(trait_foster, {table, tbody, tfoot, thead, tr});
  add(trait_heading, {h1, h2, h3, h4, h5, h6});
  add(trait_address_div_p, {address, div, p});
  add(trait_breakout,
      {b,   big,  blockquote, body,  br,   center, code,   dd,  div, dl,      dt,   em,   embed, h1, h2,
       h3,  h4,   h5,         h6,    head, hr,     i,      img, li,  listing, menu, meta, nobr,  ol, p,
       pre, ruby, s,          small, span, strong, strike, sub, sup, table,   tt,   u,    ul,    var});
  add(trait_formatting, {a, b, big, code, em, font, i, nobr, s, small, strike, strong, tt, u});
  return t;
}
}  // namespace detail

inline constexpr std::array<std::uint32_t, tag_count> html_traits = detail::make_html_traits();

}  // namespace offprint
