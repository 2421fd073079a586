// Blocks and their features → which blocks are the content, and the role of every block.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/features.h"
#include "offprint/document.h"
#include "offprint/offprint.h"
#include "roles/forest.h"

namespace offprint {

struct Decision {
  Role role = Role::other;
  float confidence = 0;
  float content = 0;          // probability that it is content
  bool chosen = false;        // part of the text
  std::string_view reason;    // only where asked for; in the page's arena
};

struct Decisions {
  std::vector<Decision> of_block;   // parallel to Blocks::blocks
  PageType page_type = PageType::unknown;
  void clear() { of_block.clear(); page_type = PageType::unknown; }
};

// Decides every block: content by the content model and choose.h, roles by the role model, the page's type. `reasons`
// fills Decision::reason from the models' own contributions. Scratch of the caller is kept from page to page.
struct ClassifyScratch {
  QuantisedRows content_rows, role_rows, page_rows, appeal_rows;   // of one tile
  std::vector<float> columns;                                      // of one tile: see fill_features()
  std::vector<float> content_scores, role_scores, page_scores;
  FeatureSet wanted, wanted_flat;                                  // what the models ask for
};
void classify(const Blocks& blocks, const Features& features, Favor favor, bool reasons, Arena& arena,
              ClassifyScratch& scratch, Decisions& out);

}  // namespace offprint
