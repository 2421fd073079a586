// The content as HTML elements, for the HTML format and for the reading copy. The two differ in what they
// make of links, pictures and formulas, and in what surrounds tables and code:
//   void open_link(std::string_view target);
//   void picture(std::string_view address, std::string_view alt);
//   void tex(const Mark&);
//   static constexpr std::string_view table_open, table_close, pre_open;
#pragma once

#include <algorithm>
#include <cstdint>

#include "formats/markup.h"

namespace offprint {

template <typename Format>
class HtmlFlow : public MarkupInline<Format> {
 public:
  using MarkupInline<Format>::MarkupInline;
  using MarkupInline<Format>::inside;
  using MarkupInline<Format>::image;
  using MarkupInline<Format>::math;
  using MarkupInline<Format>::note;
  static constexpr std::string_view line_break_tag = "<br>";
  static constexpr std::string_view close_link = "</a>";

  static TagPair tags(MarkKind kind) {
    switch (kind) {
      case MarkKind::strong:
        return {"<strong>", "</strong>"};
      case MarkKind::emphasis:
        return {"<em>", "</em>"};
      case MarkKind::code:
        return {"<code>", "</code>"};
      case MarkKind::deleted:
        return {"<del>", "</del>"};
      case MarkKind::subscript:
        return {"<sub>", "</sub>"};
      case MarkKind::superscript:
        return {"<sup>", "</sup>"};
      case MarkKind::keyboard:
        return {"<kbd>", "</kbd>"};
      case MarkKind::quote:
        return {"<q>", "</q>"};
      default:
        return {};
    }
  }
  void title(std::string_view text) {
    element("h1", text, out_);
    out_.push_back('\n');
  }
  void heading(const Block& block, int level) {
    const char digit = static_cast<char>('0' + level);
    out_.append("<h").push_back(digit);
    out_.push_back('>');
    inside(block);
    out_.append("</h").push_back(digit);
    out_.append(">\n");
  }
  void wrapped(std::string_view open, const Block& block, std::string_view close) {
    out_.append(open);
    inside(block);
    out_.append(close);
  }
  void paragraph(const Block& block) { wrapped("<p>", block, "</p>\n"); }
  void code(const Block& block) {
    out_.append(Format::pre_open).append("<code");
    if (!block.language.empty()) {
      out_.append(" class=\"language-");
      append_attribute(block.language, out_);
      out_.push_back('"');
    }
    // <code> also keeps a first line feed from being dropped, as one right after <pre> is.
    out_.push_back('>');
    lines_kept_ = true;
    inside(block);
    lines_kept_ = false;
    out_.append("</code></pre>\n");
  }
  void note_mark(std::string_view label) {
    out_.append("<sup><a href=\"#note-");
    append_attribute(label, out_);
    out_.append("\">");
    append_markup(label, out_);
    out_.append("</a></sup>");
  }
  void note(const Block& block) {
    out_.append("<p class=\"note\" id=\"note-");
    append_attribute(block.note, out_);
    out_.append("\"><sup>");
    append_markup(block.note, out_);
    out_.append("</sup> ");
    inside(block);
    out_.append("</p>\n");
  }
  void math(const Block& block) {
    for (const Mark& mark : block.marks) {
      if (mark.kind != MarkKind::math || mark.target.empty()) continue;
      out_.append("<p class=\"math\">\\[");
      append_markup(mark.target, out_);
      out_.append("\\]</p>\n");
      return;
    }
    paragraph(block);
  }
  void rule() { out_.append("<hr>\n"); }
  void open_list(bool ordered, std::uint32_t start) {
    ordered_ = static_cast<std::uint32_t>(ordered_ << 1) | (ordered ? 1u : 0u);
    if (!ordered) {
      out_.append("<ul>\n");
    } else if (start <= 1) {
      out_.append("<ol>\n");
    } else {
      out_.append("<ol start=\"");
      append_number(std::uint64_t{start}, out_);
      out_.append("\">\n");
    }
    expected_ = start;
  }
  void close_list() {
    out_.append((ordered_ & 1u) != 0 ? "</ol>\n" : "</ul>\n");
    ordered_ >>= 1;
    expected_ = 0;
  }
  void open_item(const Block& block) {
    if (block.ordinal != 0 && block.ordinal != expected_) {
      out_.append("<li value=\"");
      append_number(std::uint64_t{block.ordinal}, out_);
      out_.append("\">");
    } else {
      out_.append("<li>");
    }
    expected_ = block.ordinal + 1;
    inside(block);
    out_.push_back('\n');
  }
  void close_item() { out_.append("</li>\n"); }
  void open_quote() { out_.append("<blockquote>\n"); }
  void close_quote() { out_.append("</blockquote>\n"); }
  void open_figure() { out_.append("<figure>\n"); }
  void close_figure() {
    if (caption_) out_.append("</figcaption>\n");
    caption_ = false;
    out_.append("</figure>\n");
  }
  void image(const Block& block) { wrapped("", block, "\n"); }
  void caption(const Block& block) {
    // A figure has one figcaption; caption and credit are its lines.
    out_.append(caption_ ? "<br>" : "<figcaption>");
    caption_ = true;
    inside(block);
  }
  void open_definitions() { out_.append("<dl>\n"); }
  void close_definitions() { out_.append("</dl>\n"); }
  void term(const Block& block) { wrapped("<dt>", block, "</dt>\n"); }
  void open_definition(const Block& block) { wrapped("<dd>", block, ""); }
  void close_definition() { out_.append("</dd>\n"); }
  void table(std::span<const Block> rows) {
    const auto is_row = [](const Block& row) { return row.content && row.kind == BlockKind::table; };
    std::size_t columns = 0;
    for (const Block& row : rows)
      if (is_row(row)) columns = std::max(columns, count_cells(row));
    bool first = true;
    for (const Block& row : rows) {
      if (!is_row(row)) continue;
      const Block pictures = pictures_above(row);
      const bool pictured = this->options_.images && std::any_of(pictures.marks.begin(), pictures.marks.end(), is_picture);
      if (first && pictured) {
        open_figure();
        image(pictures);
        close_figure();
      }
      if (first) out_.append(Format::table_open);
      if (!first && pictured) {
        out_.append("<tr><td>");
        inside(pictures);
        out_.append("</td>");
        end_row(1, columns);
      }
      first = false;
      out_.append("<tr>");
      std::size_t cells = 0;
      walk_cells(without_pictures_above(row), [&](const Block& cell, std::uint32_t begin, std::uint32_t end, bool header) {
        out_.append(header ? "<th>" : "<td>");
        inside(cell, begin, end);
        out_.append(header ? "</th>" : "</td>");
        ++cells;
      });
      end_row(cells, columns);
    }
    if (!first) out_.append(Format::table_close);
  }

 protected:
  using MarkupInline<Format>::out_;
  using MarkupInline<Format>::lines_kept_;

 private:
  // Cells that others take are empty, those at the end of a row among them.
  void end_row(std::size_t cells, std::size_t columns) {
    for (; cells < columns; ++cells) out_.append("<td></td>");
    out_.append("</tr>\n");
  }

  std::uint32_t ordered_ = 0;   // a bit per open list, the innermost lowest; max_flow_depth of them at most
  std::uint32_t expected_ = 0;  // the number the next item gets by itself
  bool caption_ = false;
};

}  // namespace offprint
