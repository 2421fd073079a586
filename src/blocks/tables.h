// Which tables hold data (a row is a block) and which only lay a page out (a cell is a box like any other).
#pragma once

#include <vector>

#include "tree/tree.h"

namespace offprint {

struct TableKinds {
  std::vector<NodeId> data;  // ascending
  void find(const Page& page);
  bool is_data(NodeId table) const;
};

}  // namespace offprint
