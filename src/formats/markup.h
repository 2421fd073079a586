// What the three markup formats share: writing tags and escaped attributes, and the events of an inline walk
// that only differ in the names of their elements. A format gives names; an empty name passes the mark over.
#pragma once

#include <string>
#include <string_view>

#include "formats/escape.h"
#include "formats/flow.h"
#include "formats/inline.h"
#include "offprint/offprint.h"

namespace offprint {

inline void attribute(std::string_view name, std::string_view value, std::string& out) {
  if (value.empty()) return;
  out.push_back(' ');
  out.append(name).append("=\"");
  append_attribute(value, out);
  out.push_back('"');
}
inline void address_attribute(std::string_view name, std::string_view address, std::string& out) {
  out.push_back(' ');
  out.append(name).append("=\"");
  append_address(address, false, true, out);
  out.push_back('"');
}
// <name>text</name>, or nothing.
inline void element(std::string_view name, std::string_view text, std::string& out) {
  if (text.empty()) return;
  out.push_back('<');
  out.append(name).push_back('>');
  append_markup(text, out);
  out.append("</").append(name).push_back('>');
}

// The opening and closing tags of a mark, attributes included.
struct TagPair {
  std::string_view open, close;
};

// A base for the inline part of a markup sink. `Format` has
//   static TagPair tags(MarkKind);                       // not for links
//   void open_link(std::string_view target); static constexpr std::string_view close_link;
//   void picture(std::string_view address, std::string_view alt);
//   void tex(const Mark&); void note_mark(std::string_view label); static constexpr std::string_view line_break_tag;
template <typename Format>
class MarkupInline {
 public:
  MarkupInline(const WriteOptions& options, std::string& out) : options_(options), out_(out) {}

  void inside(const Block& block) {
    block_ = &block;
    link_ = false;
    walk_inline(block, self());
  }
  void inside(const Block& block, std::uint32_t begin, std::uint32_t end) {
    block_ = &block;
    link_ = false;
    walk_inline(block, begin, end, self());
  }

  void text(std::string_view piece) {
    // A line feed in rendered text is a break, but where the lines are the text.
    std::size_t line;
    while (!lines_kept_ && (line = piece.find('\n')) != std::string_view::npos) {
      append_markup(piece.substr(0, line), out_);
      out_.append(Format::line_break_tag);
      piece.remove_prefix(line + 1);
    }
    append_markup(piece, out_);
  }
  bool open(const Mark& mark, std::uint32_t, std::uint32_t, bool) {
    if (mark.kind == MarkKind::link) {
      if (!options_.links || link_ || !is_link_address(mark.target)) return false;
      link_ = true;
      self().open_link(mark.target);
      return true;
    }
    const TagPair tags = Format::tags(mark.kind);
    if (tags.open.empty()) return false;
    out_.append(tags.open);
    return true;
  }
  void close(const Mark& mark) {
    if (mark.kind == MarkKind::link) {
      link_ = false;
      out_.append(Format::close_link);
    } else {
      out_.append(Format::tags(mark.kind).close);
    }
  }
  void image(const Mark& mark) {
    if (lines_kept_) return;
    if (options_.images && is_picture(mark)) self().picture(mark.target, mark.label);
  }
  void line_break() {
    if (!lines_kept_) out_.append(Format::line_break_tag);
  }
  void math(const Mark& mark) { self().tex(mark); }
  void note(const Mark& mark) {
    if (!mark.label.empty()) self().note_mark(mark.label);
  }

 protected:
  Format& self() { return static_cast<Format&>(*this); }
  const WriteOptions& options_;
  std::string& out_;
  const Block* block_ = nullptr;
  bool link_ = false, lines_kept_ = false;
};

}  // namespace offprint
