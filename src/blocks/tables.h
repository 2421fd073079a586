// Which tables hold data (a row is a block) and which only lay a page out (a cell is a box like any other).
#pragma once

#include <cstdint>
#include <vector>

#include "tree/tree.h"

namespace offprint {

// A table is looked through, with those inside of it, when it is asked for: whoever walks a page asks for the outer one first.
struct TableKinds {
  struct Table {
    NodeId node;
    std::uint32_t rows = 0, cells = 0, row_cells = 0, widest = 0, headers = 0;
    std::uint32_t cell_text = 0, long_cells = 0, structure = 0;
    std::uint32_t first_row_headings = 0, first_row_filled = 0, cell_boxes = 0, rich_cells = 0;
  };
  std::vector<NodeId> known, data;  // of the table that was looked through last, with those in it: all, those of data; ascending
  std::vector<Table> open;          // scratch
  bool is_data(const Page& page, NodeId table);
};

}  // namespace offprint
