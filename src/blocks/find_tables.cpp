// Rows of tables of data and their cells. A cell that spans columns or rows is followed by empty ones, so that what stands beside and below it
// stays in its column (WHATWG HTML 4.9.12, "Forming a table").
#include "base/ascii.h"
#include "blocks/finder.h"

namespace offprint {
namespace {

constexpr std::size_t most_columns = 128;
constexpr std::uint32_t most_rows = 65534;

}  // namespace

// What stands before a cell in its row: what the last one takes, and those that begin in an earlier row and reach into this one. At the end of a row
// they are left out, since nothing stands behind them: many a last row spans a hundred columns of a table of two.
void BlockFinder::fill_columns() {
  for (; owed.times > 0; --owed.times) add_empty_cell(owed);
  for (; column < columns.size() && columns[column].times > 0; ++column) {
    --columns[column].times;
    add_empty_cell(columns[column]);
  }
}

void BlockFinder::end_row() {
  owed.times = 0;
  for (; column < columns.size(); ++column) columns[column].times -= columns[column].times > 0;
  column = 0;
}

void BlockFinder::add_empty_cell(const SpannedCell& cell) {
  if (!room_for_mark()) return;
  point_mark(cell.kind, cell.node);
  out.marks.back().apart = true;
}

void BlockFinder::begin_cell(NodeId id, Tag tag) {
  const MarkKind kind = tag == Tag::th ? MarkKind::header_cell : MarkKind::cell;
  fill_columns();
  const std::uint32_t width = std::max(1u, leading_number(attribute(page, id, AttributeName::colspan), most_columns));
  const std::string_view rowspan = attribute(page, id, AttributeName::rowspan);
  std::uint32_t rows = rowspan.empty() ? 1 : leading_number(rowspan, most_rows);
  if (rows == 0) rows = rowspan.front() == '0' ? most_rows : 1;  // 0: to the end
  const std::size_t end = std::min(column + width, most_columns);
  if (rows > 1 && columns.size() < end) columns.resize(end);
  for (; column < end; ++column)
    if (column < columns.size()) columns[column] = {rows - 1, kind, id};
  owed = {width - 1, kind, id};
  cell_open = true;
  cell_has_text = false;
  ++cells;
  cell_mark = out.marks.size();
  pending_space = cell_line_due = false;
  point_mark(kind, id);
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
