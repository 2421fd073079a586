#include "blocks/tables.h"

#include <algorithm>

namespace offprint {
namespace {

using Table = TableKinds::Table;

constexpr std::uint32_t long_cell_bytes = 500;

// A cell of so many boxes and line breaks is rich: a post of a forum, what is said of its poster.
constexpr std::uint32_t many_boxes = 6;

// Headings, rules, nested tables, forms and code in cells are the mark of layout; so are rich cells, and a lone column. A first row of
// nothing but headings heads a table of data.
bool holds_data(const Table& t) {
  if (t.rows == 0 || t.structure > 0) return false;
  if (t.first_row_headings > 0 && (t.first_row_headings != t.first_row_filled || t.first_row_headings < 2 || t.rows < 3)) return false;
  if (t.headers == 0 && t.rich_cells * 4 > t.cells) return false;
  if (t.widest < 2) return t.headers > 0 && t.rows >= 2 && t.long_cells == 0;
  if (t.headers > 0) return t.long_cells * 3 <= t.cells;
  return t.rows >= 2 && t.long_cells * 4 <= t.cells;
}

void close_cell(Table& t) {
  if (t.cell_text > long_cell_bytes) ++t.long_cells;
  if (t.cell_boxes >= many_boxes) ++t.rich_cells;
  if (t.rows == 1 && t.cell_text > 0) ++t.first_row_filled;
  t.cell_text = t.cell_boxes = 0;
}

void close_row(Table& t) {
  close_cell(t);
  t.widest = std::max(t.widest, t.row_cells);
  t.row_cells = 0;
}

void look_through(const Page& page, NodeId top, TableKinds& kinds) {
  auto& [known, data, open] = kinds;
  known.clear();
  data.clear();
  open.clear();
  for (NodeId id = top; id != no_node;) {
    const Node& node = page[id];
    if (node.kind == NodeKind::text) {
      std::uint32_t n = 0;
      for (char c : node.text()) n += c != ' ' && c != '\n' && c != '\t' && c != '\r';
      open.back().cell_text += n;
    } else if (node.kind == NodeKind::element && node.ns == Namespace::html) {
      switch (node.tag) {
        case Tag::table:
          if (!open.empty()) ++open.back().structure;
          open.push_back({id});
          known.push_back(id);
          break;
        case Tag::tr:
          close_row(open.back());
          ++open.back().rows;
          break;
        case Tag::th:
          ++open.back().headers;
          [[fallthrough]];
        case Tag::td:
          close_cell(open.back());
          ++open.back().cells;
          ++open.back().row_cells;
          break;
        case Tag::h1:
        case Tag::h2:
        case Tag::h3:
          ++(open.back().rows == 1 ? open.back().first_row_headings : open.back().structure);
          break;
        case Tag::p:
        case Tag::div:
        case Tag::br:
        case Tag::li:
          ++open.back().cell_boxes;
          break;
        case Tag::hr:
        case Tag::form:
        case Tag::pre:
        case Tag::article:
        case Tag::section:
        case Tag::nav:
        case Tag::blockquote:
        case Tag::textarea:
          ++open.back().structure;
          break;
        default: break;
      }
    }
    // The next node, closing the tables that it lies behind.
    if (node.first_child != no_node && !(node.tag == Tag::script || node.tag == Tag::style)) {
      id = node.first_child;
      continue;
    }
    while (id != no_node) {
      if (open.back().node == id) {
        close_row(open.back());
        if (holds_data(open.back())) data.push_back(id);
        open.pop_back();
      }
      if (id == top) {
        id = no_node;
        break;
      }
      if (page[id].next != no_node) {
        id = page[id].next;
        break;
      }
      id = page[id].parent;
    }
  }
  std::sort(data.begin(), data.end());
  std::sort(known.begin(), known.end());
}

}  // namespace

bool TableKinds::is_data(const Page& page, NodeId table) {
  if (page[table].ns != Namespace::html) return false;
  if (!std::binary_search(known.begin(), known.end(), table)) look_through(page, table, *this);
  return std::binary_search(data.begin(), data.end(), table);
}

}  // namespace offprint
