// Rows of tables of data and their cells. A cell that spans columns or rows is followed by empty ones, so that what stands beside and below it
// stays in its column (WHATWG HTML 4.9.12, "Forming a table").
#include "blocks/finder.h"

namespace offprint {
namespace {

constexpr std::size_t most_columns = 128;
constexpr std::uint32_t most_rows = 65534;

std::uint32_t number_of(std::string_view value, std::uint32_t most) {
  std::uint32_t n = 0;
  for (const char c : value) {
    if (c < '0' || c > '9') break;
    n = std::min(most, n * 10 + static_cast<std::uint32_t>(c - '0'));
  }
  return n;
}

}  // namespace

// Cells that begin in an earlier row and reach into this one, up to the next free column or, where the row ends, all.
void BlockFinder::fill_columns(bool to_end) {
  for (; column < columns.size() && (columns[column].rows > 0 || to_end); ++column) {
    Column& spanned = columns[column];
    if (spanned.rows == 0) continue;
    --spanned.rows;
    add_empty_cell(spanned.kind, spanned.cell);
  }
}

void BlockFinder::add_empty_cell(MarkKind kind, NodeId id) {
  if (!room_for_mark()) return;
  point_mark(kind, id);
  out.marks.back().apart = true;
}

void BlockFinder::begin_cell(NodeId id, Tag tag) {
  const MarkKind kind = tag == Tag::th ? MarkKind::header_cell : MarkKind::cell;
  fill_columns(false);
  cell_columns = std::max(1u, number_of(attribute(page, id, AttributeName::colspan), most_columns));
  const std::string_view rowspan = attribute(page, id, AttributeName::rowspan);
  std::uint32_t rows = rowspan.empty() ? 1 : number_of(rowspan, most_rows);
  if (rows == 0) rows = rowspan.front() == '0' ? most_rows : 1;  // 0: to the end
  const std::size_t end = std::min(column + cell_columns, most_columns);
  if (rows > 1 && columns.size() < end) columns.resize(end);
  for (; column < end; ++column)
    if (column < columns.size()) columns[column] = {rows - 1, kind, id};
  cell_open = true;
  cell_has_text = false;
  ++cells;
  cell_mark = out.marks.size();
  pending_space = cell_line_due = false;
  point_mark(kind, id);
}

// What else of the row the cell takes.
void BlockFinder::end_cell() {
  cell_open = false;
  if (cell_columns < 2 || cell_mark >= out.marks.size()) return;
  const RawMark cell = out.marks[cell_mark];
  for (std::uint32_t i = 1; i < cell_columns; ++i) add_empty_cell(cell.kind, cell.node);
  cell_columns = 1;
}

void BlockFinder::enter_table_part(BlockFrame& frame, const BlockFrame& parent, NodeId id, const Node& node) {
  const bool is_cell = node.tag == Tag::td || node.tag == Tag::th;
  if (is_cell && parent.in_row && page[parent.node].tag == Tag::tr) {
    begin_cell(id, node.tag);
    return;
  }
  if (parent.in_row) return end_line_in_row(node);
  begin_block(frame, parent, id);
  switch (node.tag) {
    case Tag::table:
      columns.clear();
      if (tables.is_data(page, id)) {
        give_images_to_near(parent);  // not to the first cell
        frame.kind = BlockKind::table;
        frame.group = ++groups;
        frame.level = 0;
      } else {
        frame.kind = BlockKind::paragraph;
      }
      break;
    case Tag::caption: frame.kind = BlockKind::caption; break;
    case Tag::tr:
      if (parent.kind == BlockKind::table) {
        frame.in_row = true;
        cells = 0;
        column = 0;
        cell_open = cell_has_text = row_has_text = false;
      }
      break;
    case Tag::thead:
    case Tag::tbody:
    case Tag::tfoot: columns.clear(); break;  // no cell reaches beyond
    default: break;
  }
}

}  // namespace offprint
