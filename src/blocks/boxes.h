// The elements that hold blocks, from the root down to each block, with what their names say and what they hold.
//
// A page has far more nodes than boxes: only chains from a block up to the root are looked at.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/role_lexicon.h"
#include "blocks/token_table.h"
#include "tree/tree.h"

namespace offprint {

// What tokens tell, learned by training/: those of class, id, role… (collect_tokens()) and the words of texts
// (collect_words() of facts.h).
struct NodeLexicon {
  TokenTable names, words, flat_words;  // the last: the same words with vectors for flattened text
};
// The one that is compiled in.
NodeLexicon node_lexicon();

// Hashes of an element's name tokens: its tag; the words of class, id, role, itemprop, data-testid and their like, and their parts,
// cut at everything that is no letter and in camelCase; ASCII lower case. Never 0.
void collect_tokens(const Page& page, NodeId element, std::vector<std::uint32_t>& tokens);

enum Landmark : std::uint32_t {
  in_article = 1u << 0,
  in_main = 1u << 1,
  in_nav = 1u << 2,
  in_aside = 1u << 3,
  in_footer = 1u << 4,
  in_header = 1u << 5,
  in_form = 1u << 6,
  in_list = 1u << 7,
  in_table = 1u << 8,
  in_figure = 1u << 9,
  in_dialog = 1u << 10,
  in_section = 1u << 11,
  in_link = 1u << 12,
  in_button = 1u << 13,
  in_quote = 1u << 14,
  in_details = 1u << 15,
  in_aria_hidden = 1u << 16,
  in_search = 1u << 17,
  in_live = 1u << 18,
  in_label = 1u << 19,
};
inline constexpr int landmark_count = 20;

struct Box {
  NodeId node = no_node;
  std::uint32_t parent = 0;          // index; the root is its own parent
  std::uint32_t landmarks = 0;       // of itself and all above
  std::uint32_t signature = 0;       // of tag and classes
  std::uint32_t path = 0;            // of the signatures of four levels
  std::uint16_t depth = 0;
  std::uint16_t tag = 0;             // Tag of its element
  std::uint16_t siblings = 1;        // boxes of the same signature under the same parent
  // Lexicon: of its own tokens, and gathered over the chain from the root.
  float own_mean = 0, own_max = 0, own_min = 0;
  float chain_max = 0, chain_min = 0, chain_sum = 0, chain_decayed = 0, chain_lowest_mean = 0;
  std::uint16_t own_tokens = 0, chain_boxes = 0;
  // Groups of names (name_groups.h): of itself, of itself and two levels up, of all up to <body>.
  std::uint32_t own_groups = 0, near_groups = 0, all_groups = 0;
  // What stands inside it, from bottom up.
  std::uint32_t first_block = 0xFFFFFFFFu, last_block = 0;
  std::uint32_t blocks = 0, words = 0, paragraph_words = 0, direct_paragraph_words = 0, punctuation = 0;
  std::uint32_t bytes = 0, link_bytes = 0, headings = 0;
  std::uint16_t most_siblings = 1;   // up the chain
};

// What lies deeper stands in its ancestor's box, since features look all the way up from every block. Real
// pages reach 45.
inline constexpr std::uint16_t deepest_box = 96;

struct Boxes {
  std::vector<Box> boxes;                  // parents before children; boxes[0] is <html>
  std::vector<std::uint32_t> of_block;     // box of each block
  std::vector<std::uint16_t> common;       // of each block: depth of the lowest box that also holds the block before; 0 for the first
  // What the names of each box and of those above it say about roles, in 256ths: a level up counts for seven eighths.
  // Parallel to `boxes`; empty without a lexicon of names.
  std::vector<RoleSums> named_roles;
  // Scratch, kept from page to page.
  std::vector<std::uint32_t> box_of_node;
  std::vector<std::uint32_t> tokens;
  std::vector<NodeId> path;
  // What the lexicon says of an attribute's value.
  struct Memo {
    float sum = 0, max = -1e9f, min = 1e9f;
    std::uint32_t count = 0, role_count = 0, groups = 0;
    RoleSums roles;
  };
  std::vector<Memo> memo;
  Memo of_id;
  std::vector<std::uint32_t> memo_of;      // of each value: tree/values.h; a number in `memo` + 1, or 0
  std::vector<const TokenRecord*> of_tag;  // by Tag
  std::vector<std::uint64_t> sibling_keys;
  std::vector<std::uint32_t> sibling_counts;
  void clear();
};

void find_boxes(Page& page, const Blocks& blocks, const NodeLexicon& lexicon, Boxes& out);

}  // namespace offprint
