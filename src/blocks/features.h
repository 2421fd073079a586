// What a classifier is told of each block: one row of numbers a block, computed in a few passes over flat arrays.
// prepare_features() does what concerns the page as a whole, fill_features() gives the rows of 64 blocks at a time.
//
// training/ learns from exactly these rows (through the tool training/features.cpp), so that training and use cannot
// differ. Names of the columns: feature_names(). Columns are appended, reordered only together with a retraining.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/columns.h"
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
  std::array<std::int8_t, role_width> word_roles{};  // what its first words say about roles, in sixteenths
  LexiconHits hits;
};

// How many rows are computed at once: as many as a forest judges at once (roles/forest.h).
inline constexpr std::size_t feature_tile = 64;

// What the first words of each block add to the first layer of the net (TokenVector): the mean of those that have a vector, in
// sixteenths. Blocks of the same short text may share one; the first of all is 0, for blocks without such words.
struct TextVectors {
  using Mean = std::array<std::int16_t, vector_width>;
  std::vector<Mean> means;
  std::vector<std::uint32_t> of_block;  // empty where the lexicon has no vectors
  const std::int16_t* of(std::size_t block) const { return means[of_block[block]].data(); }
  // Those of a tile, for the net; none where the lexicon has none.
  std::span<const std::int16_t* const> of_tile(std::size_t first, std::size_t count, std::array<const std::int16_t*, feature_tile>& to) const {
    if (of_block.empty()) return {};
    for (std::size_t i = 0; i < count; ++i) to[i] = of(first + i);
    return {to.data(), count};
  }
};

// Where the way up from a box leads.
inline constexpr std::uint32_t no_record = 0xFFFFFFFFu;
struct Climb {
  std::array<float, 6> sizes;           // of the box itself: words, links, share of the page…
  std::uint32_t wider = 0;              // the next box up that holds more words
  std::uint32_t shared = 0;             // the smallest box that holds other blocks too
  std::uint32_t record = no_record;
  std::uint8_t record_level = 0;
  std::uint8_t landmark = 0, landmark_levels = 0;   // the innermost landmark and how far up it stands
  std::uint8_t direct_depth = 0, direct_levels = 0;
  bool in_half = false, in_most = false, in_direct = false;
};

// Of one block, for itself and its neighbours.
struct BlockSums {
  float words = -1, links = -1, kind = -1, lexicon = 0;  // as features; so beyond the first and the last block
  std::uint32_t words_before = 0;
  std::uint32_t heading = 0xFFFFFFFFu, next_heading = 0;
  std::uint32_t common = 0;                              // depth of the lowest box that also holds the block before
  std::uint64_t sum_words = 0, sum_links = 0, sum_bytes = 0;  // of all blocks before it
};

inline constexpr std::size_t block_sums_pad = 3;
// The first columns are of the page: the same in all rows.
inline constexpr std::size_t page_column_count = 39;

struct Features {
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  std::vector<float> values;            // row-major; by compute_features() alone
  // Kept for the stages after and as scratch.
  Boxes boxes;
  std::vector<TextFacts> facts;
  TextVectors vectors;
  std::vector<std::uint32_t> groups;    // of each block: index into group arrays
  struct Group {
    std::uint32_t path, count, words, bytes, link_bytes, first, last;
  };
  std::vector<Group> group_facts;
  std::vector<std::uint32_t> box_purposes;  // of each box: the purposes of the lexicon that its blocks speak of
  std::vector<Climb> climbs;                // of each box
  std::vector<float> head;                  // the columns that are the same in all rows; they come first
  std::vector<BlockSums> sums;              // of each block, `block_sums_pad` more before and behind
  using Echo = std::array<float, 32>;       // what was spoken of around, fading with the distance: a number a purpose
  std::vector<Echo> echo_before, echo_behind;  // at the beginning and at the end of each tile
  std::uint32_t page_words = 0;
  std::int64_t h1 = -1, title = -1;
  std::vector<std::uint32_t> table;     // scratch of hash tables
  std::span<const float> row(std::size_t i) const { return {values.data() + i * columns, columns}; }
};

std::span<const std::string_view> feature_names();

// Everything but the rows themselves, which fill_features() then gives, tile by tile: rows of hundreds of floats for all
// blocks of a page would be most of the memory that a page takes.
void prepare_features(Page& page, const Blocks& blocks, const PageHints& hints, const NodeLexicon& lexicon, Features& out);

// Columns that somebody asks for.
struct FeatureSet {
  std::vector<bool> columns;      // of feature_names(); empty: all
  bool has(std::size_t c) const { return columns.empty() || columns[c]; }
};

// The rows of a tile (blocks from tile × feature_tile on) as columns of feature_tile values each, column_stride apart; `values`
// has room for all columns. What is not wanted, and rows behind the last block, may be anything. of_page: the columns of the page,
// too, which an earlier tile of at least as many rows has else left there.
void fill_features(const Blocks& blocks, const Features& features, const FeatureSet& wanted, std::size_t tile, float* values, bool of_page = true);

// All rows, in `values`.
void compute_features(Page& page, const Blocks& blocks, const PageHints& hints, const NodeLexicon& lexicon, Features& out);

}  // namespace offprint
