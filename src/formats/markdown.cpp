// Markdown: CommonMark with GitHub's tables and strikethrough, `: ` for definitions and `$` for TeX as Pandoc
// reads them. Here are its blocks.
#include "formats/markdown.h"

#include <algorithm>

#include "base/ascii.h"
#include "formats/escape.h"

namespace offprint {

void Markdown::title(std::string_view text) {
  part();
  out_.append("# ");
  single_line_ = heading_ = true;
  this->text(text);
  single_line_ = heading_ = false;
}

void Markdown::heading(const Block& block, int level) {
  part();
  out_.append(static_cast<std::size_t>(level), '#').push_back(' ');
  single_line_ = heading_ = true;
  inside(block);
  single_line_ = heading_ = false;
}

namespace {

// Code from end to end, in lines of its own.
bool is_code_of_lines(const Block& block) {
  bool lines = false, code = false;
  for (const Mark& mark : block.marks) {
    if (mark.kind == MarkKind::line_break) lines = lines || (mark.begin > 0 && mark.end < block.text.size());
    else if (mark.kind == MarkKind::code) code = code || (mark.begin == 0 && mark.end >= block.text.size());
    else return false;
  }
  return lines && code;
}

}  // namespace

void Markdown::lines_of_code(const Block& block) {
  const std::string_view text = block.text;
  const std::size_t fence = std::max<std::size_t>(3, longest_run(text, '`') + 1);
  out_.append(fence, '`');
  std::size_t at = 0;
  const auto line = [&](std::size_t end) {
    newline();
    if (end > at) code_line(text.substr(at, end - at));
    at = std::max(at, end);
    if (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;  // the break itself
  };
  for (const Mark& mark : block.marks)
    if (mark.kind == MarkKind::line_break && mark.begin > 0 && mark.end < text.size()) line(mark.begin);
  line(text.size());
  newline();
  out_.append(fence, '`');
}

void Markdown::paragraph(const Block& block) {
  part();
  if (is_code_of_lines(block)) return lines_of_code(block);
  inside(block);
}

// GitHub's and Pandoc's: the definition is a paragraph that begins with the label.
void Markdown::note(const Block& block) {
  part();
  note_label(block.note);
  out_.append(": ");
  indent(4);
  inside(block);
  unindent(4);
  trim_spaces();  // before the link back, which is not written
}

void Markdown::rule() {
  part();
  out_.append("---");
}

void Markdown::code(const Block& block) {
  part();
  std::string_view text = block.text;
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const std::size_t fence = std::max<std::size_t>(3, longest_run(text, '`') + 1);
  out_.append(fence, '`');
  for (const char c : block.language) {
    if (is_alnum(c) || c == '+' || c == '#' || c == '-' || c == '.' || c == '_') out_.push_back(c);
  }
  std::size_t at = 0;
  for (;;) {
    newline();
    const std::size_t line = text.find('\n', at);
    std::size_t end = line == std::string_view::npos ? text.size() : line;
    if (end > at && text[end - 1] == '\r') --end;
    code_line(text.substr(at, end - at));
    if (line == std::string_view::npos) break;
    at = line + 1;
  }
  newline();
  out_.append(fence, '`');
}

void Markdown::math(const Block& block) {
  part();
  for (const Mark& mark : block.marks) {
    if (mark.kind != MarkKind::math || mark.target.empty()) continue;
    out_.append("$$");
    newline();
    verbatim_line(mark.target);
    newline();
    out_.append("$$");
    return;
  }
  inside(block);
}

void Markdown::open_list(bool ordered, std::uint32_t start) {
  // Two lists that touch would be read as one; the other delimiter parts numbered ones. Bullets go on: editors make a list of each item.
  if (lists_ == 0 || right_in_quote()) {
    const bool touches = out_.size() == list_end_ && ordered == last_ordered_, goes_on = touches && !ordered && list_end_ > 0;
    other_delimiter_ = goes_on ? other_delimiter_ : touches && !other_delimiter_;
    last_ordered_ = ordered;
    if (!goes_on) part();
    first_item_ = !goes_on;
  } else if (ordered && start != 1) {  // CommonMark lets no other number follow a paragraph at once
    part();
    first_item_ = true;
  }
  lists_open_[lists_++] = {ordered, other_delimiter_, 0};
}

void Markdown::open_item(const Block& block) {
  List& list = lists_open_[lists_ - 1];
  if (!first_item_) newline();  // right under what came before
  first_item_ = false;
  const std::size_t before = out_.size();
  if (list.ordered) {
    append_number(std::uint64_t{std::min<std::uint32_t>(block.ordinal, 999'999'999)}, out_);
    out_.append(list.other ? ") " : ". ");
  } else {
    out_.append(list.other ? "* " : "- ");
  }
  list.indent = static_cast<std::uint8_t>(out_.size() - before);
  indent(list.indent);
  inside(block);
  fresh_ = block.text.empty() && block.marks.empty();  // what comes first in it stands beside its mark
}

void Markdown::close_list() {
  --lists_;
  last_ordered_ = lists_open_[lists_].ordered;
  other_delimiter_ = lists_open_[lists_].other;
  if (lists_ == 0 || right_in_quote()) list_end_ = out_.size();
}

void Markdown::open_quote() {
  part();
  out_.append("> ");
  prefix_.append("> ");
  fresh_ = true;
}

void Markdown::close_quote() {
  unindent(2);
  list_end_ = std::string::npos;  // a list behind it is another one
}

void Markdown::image(const Block& block) {
  part();
  inside(block);
}

void Markdown::caption(const Block& block) {
  part();
  // The line is in italics as a whole, so emphasis inside it would end it.
  single_line_ = caption_ = true;
  const std::size_t before = out_.size();
  out_.push_back('*');
  inside(block);
  if (out_.size() == before + 1) {
    out_.resize(before);
  } else {
    out_.push_back('*');
  }
  single_line_ = caption_ = false;
}

void Markdown::term(const Block& block) {
  if (term_end_ == 0 || term_end_ != out_.size()) terms_ = 0;
  const std::size_t before = out_.size();
  part();
  term_ = true;
  if (terms_ == term_lines_.size()) {
    std::move(term_lines_.begin() + 1, term_lines_.end(), term_lines_.begin());
    --terms_;
  }
  term_lines_[terms_++] = {before, out_.size()};
  inside(block);
  term_end_ = out_.size();
}

void Markdown::open_definition(const Block& block) {
  definitions_open_[definitions_++] = term_;
  if (!term_) return paragraph(block);  // an indent of a wiki; or its term is the title
  // Terms of one definition stand on lines that touch: a blank one would make a paragraph of all but the last.
  if (term_end_ == out_.size())
    for (; terms_ > 1; --terms_) {
      const auto [from, to] = term_lines_[terms_ - 1];
      out_.replace(from, to - from, "\n" + prefix_);
    }
  newline();  // right under what came before
  out_.append(": ");
  indent(2);
  inside(block);
}

void Markdown::close_definition() {
  if (!definitions_open_[--definitions_]) return;
  unindent(2);
  term_ = true;
}

void Markdown::table(std::span<const Block> rows) {
  std::size_t columns = 1;
  for (const Block& row : rows)
    if (taken(row)) columns = std::max(columns, count_cells(row));
  bool first = true;
  for (const Block& row : rows) {
    if (!taken(row)) continue;
    const Block pictures = pictures_above(row), cells = without_pictures_above(row);
    const bool pictured = options_.images && std::any_of(pictures.marks.begin(), pictures.marks.end(), is_picture);
    if (first && pictured) image(pictures);
    in_table_ = single_line_ = true;
    if (first) {
      part();
      const bool heads = heads_table(cells);
      if (!heads) empty_row(columns);
      if (heads) table_row(cells, columns);
      newline();
      for (std::size_t i = 0; i < columns; ++i) out_.append(i == 0 ? "| --- |" : " --- |");
      if (!heads) {
        newline();
        table_row(cells, columns);
      }
    } else {
      newline();
      if (pictured) {
        picture_row(pictures, columns);
        newline();
      }
      table_row(cells, columns);
    }
    first = in_table_ = single_line_ = false;
  }
}

void Markdown::finish() {
  if (out_.size() > start_) out_.push_back('\n');
}

void Markdown::newline() {
  out_.push_back('\n');
  out_.append(prefix_);
}

// Begins a block: a blank line after what came before.
void Markdown::part() {
  if (fresh_ || out_.size() == start_) {
    fresh_ = false;
    return;
  }
  out_.push_back('\n');
  out_.append(prefix_, 0, prefix_.find_last_not_of(' ') + 1);
  newline();
}

void Markdown::trim_spaces() {
  while (out_.size() > start_ && out_.back() != '\n') {
    const std::uint32_t space = space_before(out_, out_.size());
    if (space == 0) break;
    out_.resize(out_.size() - space);
  }
}

void Markdown::inside(const Block& block) {
  begin_block(block);
  walk_inline(block, *this);
  end_block();
}

void Markdown::begin_block(const Block& block) {
  block_ = &block;
  at_start_ = true;
  dollars_ = false;
  for (const Mark& mark : block.marks) dollars_ = dollars_ || mark.kind == MarkKind::math;
  emphasis_end_ = 0;
}

void Markdown::end_block() {
  if (!at_start_) trim_spaces();
  break_ = false;
}

void Markdown::empty_row(std::size_t columns) {
  for (std::size_t i = 0; i < columns; ++i) out_.append(i == 0 ? "|  |" : "  |");
}

void Markdown::picture_row(const Block& pictures, std::size_t columns) {
  out_.append("| ");
  inside(pictures);
  for (std::size_t i = 0; i < columns; ++i) out_.append(i == 0 ? " |" : "  |");
}

void Markdown::table_row(const Block& row, std::size_t columns) {
  std::size_t cells = 0;
  begin_block(row);
  out_.push_back('|');
  walk_cells(row, [&](const Block& cell, std::uint32_t begin, std::uint32_t end, bool) {
    out_.push_back(' ');
    at_start_ = true;
    emphasis_end_ = 0;
    walk_inline(cell, begin, end, *this);
    break_ = false;
    if (!at_start_) trim_spaces();
    out_.append(" |");
    ++cells;
  });
  for (; cells < columns; ++cells) out_.append("  |");
  end_block();
}

void Markdown::code_line(std::string_view line) {
  std::size_t nul;
  while ((nul = line.find('\0')) != std::string_view::npos) {
    out_.append(line.substr(0, nul)).append("\xEF\xBF\xBD");
    line.remove_prefix(nul + 1);
  }
  out_.append(line);
}

void write_markdown(const Document& document, const WriteOptions& options, std::string& out) {
  Markdown markdown(options, out);
  walk_flow(document, markdown, options.images, options.links);
  markdown.finish();
}

}  // namespace offprint
