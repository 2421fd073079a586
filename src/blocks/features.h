// What a classifier is told of each block: one row of numbers a block, computed in a few passes over flat arrays.
//
// training/ learns from exactly these rows (through the tool training/features.cpp), so that training and use cannot
// differ. Names of the columns: feature_names(). Columns are appended, reordered only together with a retraining.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/boxes.h"
#include "blocks/lexicon.h"

namespace offprint {

// What the head of the page says of it. Empty where unknown.
struct PageHints {
  std::string_view url;           // as captured
  std::string_view title;         // best guess before roles are known
  std::string_view description;
  std::string_view article_body;  // JSON-LD articleBody or text
  std::string_view json_types;    // @types of JSON-LD, parted by spaces
  std::string_view og_type;
};

// What is known of one block's text alone.
struct TextFacts {
  std::uint32_t bytes = 0, words = 0, letters = 0, uppercase = 0, digits = 0, commas = 0, ends = 0, currency = 0, links = 0;
  std::uint32_t text_hash = 0;
  std::uint16_t duplicates = 1;     // blocks of the page with the same text
  std::uint16_t earlier = 0;        // of them, before this one
  bool ends_sentence = false, starts_upper = false, question = false, colon = false, ellipsis = false;
  bool copyright = false, pipe = false, at_sign = false, date_like = false, arrow = false;
  float strong_share = 0;
  std::uint16_t images = 0, cells = 0;
  float title_in_block = 0, block_in_title = 0, block_in_description = 0, block_in_body = 0;
  LexiconHits hits;
};

struct Features {
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  std::vector<float> values;            // row-major
  // Kept for the stages after and as scratch.
  Boxes boxes;
  std::vector<TextFacts> facts;
  std::vector<std::uint32_t> groups;    // of each block: index into group arrays
  struct Group {
    std::uint32_t path, count, words, bytes, link_bytes, first, last;
  };
  std::vector<Group> group_facts;
  std::vector<std::uint32_t> box_purposes;  // of each box: the purposes of the lexicon that its blocks speak of
  std::vector<std::uint32_t> table;     // scratch of hash tables
  std::vector<std::uint64_t> keys;
  std::span<const float> row(std::size_t i) const { return {values.data() + i * columns, columns}; }
};

std::span<const std::string_view> feature_names();

void compute_features(Page& page, const Blocks& blocks, const PageHints& hints, const NodeLexicon& lexicon, Features& out);

}  // namespace offprint
