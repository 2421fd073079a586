#include "blocks/tables.h"

#include <algorithm>

namespace offprint {
namespace {

struct Table {
  NodeId node;
  std::uint32_t rows = 0, cells = 0, row_cells = 0, widest = 0, headers = 0;
  std::uint32_t cell_text = 0, long_cells = 0, structure = 0;
};

constexpr std::uint32_t long_cell_bytes = 500;

// Headings, rules, nested tables, forms and code in cells are the mark of layout; so is a lone column.
bool holds_data(const Table& t) {
  if (t.rows == 0 || t.structure > 0) return false;
  if (t.widest < 2) return t.headers > 0 && t.rows >= 2 && t.long_cells == 0;
  if (t.headers > 0) return t.long_cells * 3 <= t.cells;
  return t.rows >= 2 && t.long_cells * 4 <= t.cells;
}

void close_cell(Table& t) {
  if (t.cell_text > long_cell_bytes) ++t.long_cells;
  t.cell_text = 0;
}

void close_row(Table& t) {
  close_cell(t);
  t.widest = std::max(t.widest, t.row_cells);
  t.row_cells = 0;
}

}  // namespace

void TableKinds::find(const Page& page) {
  data.clear();
  if (!page.has(Tag::table)) return;
  std::vector<Table> open;
  const NodeId top = page.html;
  for (NodeId id = top; id != no_node;) {
    const Node& node = page[id];
    if (node.kind == NodeKind::text) {
      if (!open.empty()) {
        std::uint32_t n = 0;
        for (char c : node.text()) n += c != ' ' && c != '\n' && c != '\t' && c != '\r';
        open.back().cell_text += n;
      }
    } else if (node.kind == NodeKind::element && node.ns == Namespace::html) {
      switch (node.tag) {
        case Tag::table:
          if (!open.empty()) ++open.back().structure;
          open.push_back({id});
          break;
        case Tag::tr:
          if (!open.empty()) {
            close_row(open.back());
            ++open.back().rows;
          }
          break;
        case Tag::th:
          if (!open.empty()) ++open.back().headers;
          [[fallthrough]];
        case Tag::td:
          if (!open.empty()) {
            close_cell(open.back());
            ++open.back().cells;
            ++open.back().row_cells;
          }
          break;
        case Tag::h1:
        case Tag::h2:
        case Tag::h3:
        case Tag::hr:
        case Tag::form:
        case Tag::pre:
        case Tag::article:
        case Tag::section:
        case Tag::nav:
        case Tag::blockquote:
        case Tag::textarea:
          if (!open.empty()) ++open.back().structure;
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
      if (!open.empty() && open.back().node == id) {
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
}

bool TableKinds::is_data(NodeId table) const { return std::binary_search(data.begin(), data.end(), table); }

}  // namespace offprint
