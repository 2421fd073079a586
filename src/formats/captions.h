// Which pictures can be shown, and which captions are written though they are no part of the text. Within formats/.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/ascii.h"
#include "formats/escape.h"
#include "offprint/document.h"

namespace offprint {

// A picture with an address that can be given on. Placeholders (data:) are none; their alternative text goes
// with them.
inline bool is_picture(const Mark& mark) {
  return mark.kind == MarkKind::image && is_link_address(mark.target);
}

// Behind the text of its block, by itself.
inline bool is_behind(const Mark& mark) { return mark.apart && mark.begin > 0; }
inline bool ends_in_picture(const Block& block) { return !block.marks.empty() && is_behind(block.marks.back()) && is_picture(block.marks.back()); }

inline bool is_embed(const Block& block) { return block.kind == BlockKind::embed && block.text.empty() && !block.marks.empty(); }
inline bool is_image(const Mark& mark) { return mark.kind == MarkKind::image; }

// Captions that say something without their picture: no credit, no line of a series, no link to another story.
inline bool tells_without_picture(std::span<const Block> blocks, std::size_t at) {
  constexpr std::size_t fewest_blanks = 3, most_before = 8, fewest_bytes = 40;
  const std::string_view text = blocks[at].text;
  if (std::count(text.begin(), text.end(), ' ') < static_cast<std::ptrdiff_t>(fewest_blanks) && text.size() < fewest_bytes) return false;
  for (std::size_t i = at; i-- > 0 && i + most_before >= at;)
    if (blocks[i].text == text) return false;
  std::size_t linked = 0;
  for (const Mark& mark : blocks[at].marks) linked += mark.kind == MarkKind::link ? mark.end - mark.begin : 0;
  return linked + 2 < text.size();
}

// "Table 1. Ships and tons", "表2：": what stands beside a table or a listing and numbers it.
inline bool is_numbered_caption(std::string_view text) {
  constexpr std::size_t longest_word = 14;
  std::size_t at = 0;
  while (at < text.size() && at < longest_word && (is_alpha(text[at]) || static_cast<unsigned char>(text[at]) >= 0x80)) ++at;
  if (at == 0) return false;
  at += at < text.size() && text[at] == ' ';
  const std::size_t digits = at;
  while (at < text.size() && (is_digit(text[at]) || (text[at] == '.' && at + 1 < text.size() && is_digit(text[at + 1])))) ++at;
  return at > digits && at < text.size() && (text[at] == '.' || text[at] == ':' || text.substr(at).starts_with("\uFF1A") || text.substr(at).starts_with(" \u2013"));
}

// What is shown, and what stands between the content's first and last block.
struct Shown {
  bool pictures = true, embeds = true, amid = false;
};

// Whether a caption that is no part of the text is that of something that is shown: of its own pictures, of the picture at the end of the
// block before it (a credit may follow the caption), of the listing or the table beside it, of the quotation or what is embedded above it.
// Amid the content, pictures that have no address to be shown by have captions nevertheless.
inline bool captions_what_is_shown(std::span<const Block> blocks, std::size_t at, Shown shown) {
  const auto is_figure = [&](std::size_t i) {
    return i < blocks.size() && blocks[i].content && (blocks[i].kind == BlockKind::code || blocks[i].kind == BlockKind::table);
  };
  const Block& caption = blocks[at];
  const bool of_picture = std::any_of(caption.marks.begin(), caption.marks.end(), is_image), own = caption.kind == BlockKind::caption;
  if ((own || is_numbered_caption(caption.text)) && !of_picture) {
    if (is_figure(at - 1) || is_figure(at + 1)) return true;
    if (own && at > 0 && ((blocks[at - 1].content && blocks[at - 1].kind == BlockKind::quote) || (shown.embeds && is_embed(blocks[at - 1])))) return true;
  }
  if (!shown.pictures) return false;
  if (std::any_of(caption.marks.begin(), caption.marks.end(), is_picture)) return true;
  const bool tells = own && shown.amid && tells_without_picture(blocks, at);
  if (tells && of_picture) return true;
  if (at > 0 && blocks[at - 1].role == Role::caption && !blocks[at - 1].content) {
    --at;
    if (own && blocks[at].text != caption.text && std::any_of(blocks[at].marks.begin(), blocks[at].marks.end(), is_picture)) return true;
  }
  if (at == 0 || !blocks[at - 1].content || blocks[at - 1].marks.empty()) return false;
  return ends_in_picture(blocks[at - 1]) || (tells && is_image(blocks[at - 1].marks.back()) && is_behind(blocks[at - 1].marks.back()));
}

}  // namespace offprint
