// What features are computed from once a page: sums over boxes, groups and the page, and the ways up from each box.
#pragma once

#include <cmath>

#include "blocks/features.h"

namespace offprint {

inline float share(std::uint32_t part, std::uint32_t whole) {
  return whole == 0 ? 0.0f : static_cast<float>(part) / static_cast<float>(whole);
}

// Words and bytes span five decades; their logarithm is what matters. Most numbers of a page are small.
class Logs {
 public:
  Logs();
  float operator()(std::uint32_t n) const {
    return n < known ? table_[n] : std::log2(static_cast<float>(n) + 1.0f);
  }

 private:
  static constexpr std::uint32_t known = 4096;
  const float* table_;
};

struct PageSums {
  std::uint32_t words = 0, bytes = 0, link_bytes = 0, hidden = 0, p = 0, li = 0, pre = 0, table = 0, headings = 0;
  std::uint32_t prices = 0, dates = 0, long_words = 0, longest = 0, paragraph_words = 0, largest_group = 0;
  std::uint32_t forms = 0, images = 0, articles = 0, mains = 0, most_siblings = 0;
  std::int64_t h1 = -1, title = -1;
  std::uint32_t half_box = 0, most_box = 0, direct_box = 0;
};

// What the boxes hold, from the blocks up.
void sum_boxes(const Blocks& blocks, Features& out);
// Blocks whose boxes have the same path signature and which are of one kind.
void find_groups(const Blocks& blocks, Features& out);
PageSums sum_page(const Page& page, const Blocks& blocks, const Features& out);

// Fills out.climbs, from the root down, so that no feature has to climb from every block.
void find_climbs(const PageSums& sums, const Logs& log1, Features& out);

}  // namespace offprint
