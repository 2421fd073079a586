// What kind of page it is: a forest over what is said of the page as a whole, and over means of its blocks.
//
// Its inputs (page_input_names()): the columns of features that are the same in all rows; then, of each role, the mean chance of
// it; then, of each other feature, its mean. In a mean a block counts as often as it has words. The model is
// src/generated/page_model.cpp, written by training/export.py; train_pages() of training/train.py has the same inputs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/features.h"
#include "offprint/document.h"
#include "roles/forest.h"

namespace offprint {

std::vector<std::string> page_input_names();
// The columns of features that the model's inputs are made of.
void want_page_inputs(const Forest& model, FeatureSet& wanted);

// Kept from page to page.
struct PageMeans {
  std::uint64_t words = 0;
  std::vector<float> sums;     // of each of the model's columns, in eight parts
  std::vector<float> inputs;   // a number a column
  std::vector<std::uint8_t> bins;
  std::vector<float> scores;
};

void begin_page(const Forest& model, PageMeans& out);
// The blocks of a tile, as fill_features() gives them.
void add_columns(const Forest& model, const Blocks& blocks, std::size_t tile, const float* columns, PageMeans& out);
// The chances of each role of the same blocks, feature_tile of them side by side.
void add_chances(const Forest& model, const Blocks& blocks, std::size_t tile, const float* chances, PageMeans& out);
// Once all tiles are added.
PageType type_of_page(const Forest& model, PageMeans& sums);

}  // namespace offprint
