// The inside of a block: its text with its marks, as a flat sequence of events for a sink. No recursion and
// no allocation; marks that overlap wrongly are cut to nest, and marks beyond a sane depth are passed over.
//
// A sink has
//   void text(std::string_view piece);  a piece of the block's text
//   bool open(const Mark&, std::uint32_t begin, std::uint32_t end, bool nests);  false: the mark is passed over
//   void close(const Mark&);
//   void image(const Mark&);
//   void line_break();
//   void math(const Mark&);
//   void note(const Mark&);             a footnote's mark in place of its text; label "": leads back, nothing is written
// White space at the edges of emphasis and links is moved out of them, since a marker next to a space is none
// in Markdown and an underlined space is ugly anywhere.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "offprint/document.h"

namespace offprint {

inline std::uint32_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') return 1;
  if (text.substr(at, 2) == "\xC2\xA0") return 2;
  if (text.substr(at, 3) == "\xE3\x80\x80") return 3;  // ideographic space
  return 0;
}
inline std::uint32_t space_before(std::string_view text, std::size_t end) {
  if (end >= 1 && space_at(text, end - 1) == 1) return 1;
  if (end >= 2 && space_at(text, end - 2) == 2) return 2;
  if (end >= 3 && space_at(text, end - 3) == 3) return 3;
  return 0;
}

inline bool is_cell(const Mark& mark) {
  return mark.kind == MarkKind::cell || mark.kind == MarkKind::header_cell;
}

template <typename Sink>
void walk_inline(const Block& block, std::uint32_t begin, std::uint32_t end, Sink& sink) {
  struct Open {
    const Mark* mark;
    std::uint32_t begin, end;
  };
  constexpr std::size_t max_depth = 24;
  std::array<Open, max_depth> stack;
  std::size_t depth = 0;
  const std::string_view text = block.text;
  end = std::min<std::uint32_t>(end, static_cast<std::uint32_t>(text.size()));
  std::uint32_t at = begin;

  const auto advance = [&](std::uint32_t to) {
    if (to > at) {
      sink.text(text.substr(at, to - at));
      at = to;
    }
  };

  const std::span<const Mark> marks = block.marks;
  auto first = std::lower_bound(marks.begin(), marks.end(), begin,
                                [](const Mark& mark, std::uint32_t value) { return mark.begin < value; });
  for (auto it = first; it != marks.end() && it->begin <= end; ++it) {
    const Mark& mark = *it;
    if (is_cell(mark)) continue;
    const bool point = mark.kind == MarkKind::image || mark.kind == MarkKind::line_break;
    // At the very end only images belong here; what begins there otherwise belongs to the next cell.
    if (mark.begin == end && end != begin && end != text.size()) break;
    if (mark.kind == MarkKind::line_break && mark.begin < at)
      continue;  // inside white space that was moved out
    std::uint32_t from = std::max(mark.begin, at);
    std::uint32_t to = std::min(std::max(mark.end, from), end);
    while (depth > 0) {
      const Open& top = stack[depth - 1];
      const bool empty_holder = top.begin == top.end && from == to && from == top.end;
      if (top.end > from || empty_holder) break;
      advance(top.end);
      sink.close(*top.mark);
      --depth;
    }
    if (depth > 0) to = std::min(to, std::max(stack[depth - 1].end, from));
    if (point) {
      advance(from);
      if (mark.kind == MarkKind::image) {
        sink.image(mark);
      } else {
        sink.line_break();
        at = std::max(at, to);
        // The break may stand in the text as a space or line feed of its own beside the mark.
        while (at < end && space_at(text, at) == 1) ++at;
      }
      continue;
    }
    if (mark.kind == MarkKind::math && !mark.target.empty()) {
      advance(from);
      sink.math(mark);
      at = std::max(at, to);
      continue;
    }
    if (mark.kind == MarkKind::note) {
      advance(from);
      sink.note(mark);
      at = std::max(at, to);
      continue;
    }
    if (mark.kind != MarkKind::code && mark.kind != MarkKind::keyboard) {
      for (std::uint32_t n; from < to && (n = space_at(text, from)) != 0;) from = std::min(from + n, to);
      // "Tent<b>. Budget:</b>": what ends the sentence before is no part of an emphasis, which Markdown would not see.
      if ((mark.kind == MarkKind::strong || mark.kind == MarkKind::emphasis) && from > begin && space_before(text.substr(0, from), from) == 0) {
        const std::uint32_t told = from;
        while (from < to && (text[from] == '.' || text[from] == ',' || text[from] == ';' || text[from] == ':' || text[from] == '!' || text[from] == '?')) ++from;
        if (from > told && space_at(text, from) == 0) from = told;
        for (std::uint32_t n; from < to && (n = space_at(text, from)) != 0;) from = std::min(from + n, to);
      }
      for (std::uint32_t n; from < to && (n = space_before(text.substr(0, to), to)) != 0;)
        to = to - from < n ? from : to - n;
    }
    const auto next = it + 1;
    const bool nests = next != marks.end() && next->begin < std::max(to, mark.begin + 1) && !is_cell(*next);
    if (from >= to) {
      // Nothing to mark, unless it is a link around a picture.
      const bool picture = mark.kind == MarkKind::link && next != marks.end() &&
                           next->kind == MarkKind::image && next->begin == mark.begin;
      if (!picture) continue;
    }
    if (depth == max_depth) continue;
    advance(from);
    if (sink.open(mark, from, to, nests)) stack[depth++] = {&mark, from, to};
  }
  while (depth > 0) {
    advance(stack[depth - 1].end);
    sink.close(*stack[--depth].mark);
  }
  advance(end);
}

template <typename Sink>
void walk_inline(const Block& block, Sink& sink) {
  walk_inline(block, 0, static_cast<std::uint32_t>(block.text.size()), sink);
}

// Calls cell(row, begin, end, is_header) for each cell of a table row, with the marks of that cell alone. A cell mark may be a point where the cell's
// text begins; the cell then goes on to the next one. A row without cell marks (flattened text) is parted at
// " | ".
template <typename Cell>
void walk_cells(const Block& row, Cell cell) {
  constexpr std::string_view bar = " | ";
  const auto size = static_cast<std::uint32_t>(row.text.size());
  const Mark* open = nullptr;
  std::uint32_t begin = 0;
  bool first = true;
  Block of_cell = row;
  const auto give = [&](std::uint32_t next, const Mark* behind) {
    std::uint32_t end = std::min(next, size);
    // Pictures before the first cell (of rows without text above) are its own.
    of_cell.marks = {first ? row.marks.data() : open, behind};
    first = false;
    if (open->end > open->begin) end = std::max(begin, std::min(end, open->end));
    std::string_view text = row.text.substr(begin, end - begin);
    if (end != size && text.ends_with(bar)) text.remove_suffix(bar.size());
    cell(of_cell, begin, begin + static_cast<std::uint32_t>(text.size()), open->kind == MarkKind::header_cell);
  };
  for (const Mark& mark : row.marks) {
    if (!is_cell(mark) || mark.begin > size) continue;
    if (open != nullptr) give(std::max(mark.begin, begin), &mark);
    begin = std::max(mark.begin, begin);
    open = &mark;
  }
  if (open != nullptr) {
    give(size, row.marks.data() + row.marks.size());
    return;
  }
  std::size_t at = 0;
  for (;;) {
    const std::size_t next = row.text.find(bar, at);
    const std::size_t end = next == std::string_view::npos ? row.text.size() : next;
    cell(row, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), false);
    if (next == std::string_view::npos) return;
    at = next + bar.size();
  }
}

inline std::size_t count_cells(const Block& row) {
  std::size_t cells = 0;
  walk_cells(row, [&](const Block&, std::uint32_t, std::uint32_t, bool) { ++cells; });
  return cells;
}

// The pictures before a row's first cell: those of rows without text above it.
inline Block pictures_above(const Block& row) {
  Block pictures = row;
  std::size_t count = 0;
  while (count < row.marks.size() && row.marks[count].kind == MarkKind::image) ++count;
  pictures.marks = count < row.marks.size() && is_cell(row.marks[count]) ? row.marks.first(count) : row.marks.first(0);
  pictures.text = {};
  return pictures;
}
inline Block without_pictures_above(const Block& row) {
  Block rest = row;
  rest.marks = row.marks.subspan(pictures_above(row).marks.size());
  return rest;
}

// Whether a row heads its table: all its cells say so, or two and more of them are bold as a whole and no other holds anything.
inline bool heads_table(const Block& row) {
  bool all = true, bold = true;
  int filled = 0;
  std::uint32_t bold_end = 0;
  auto mark = row.marks.begin();  // in the order of their begins, as cells are
  walk_cells(row, [&](const Block&, std::uint32_t begin, std::uint32_t end, bool header) {
    all = all && header;
    if (begin == end) return;
    ++filled;
    for (; mark != row.marks.end() && mark->begin <= begin; ++mark)
      if (mark->kind == MarkKind::strong) bold_end = std::max(bold_end, mark->end);
    bold = bold && bold_end >= end;
  });
  return all || (bold && filled >= 2);
}

}  // namespace offprint
