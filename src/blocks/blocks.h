// Tree, or flattened text → the blocks of a page in reading order.
//
// The outside interface: find_blocks(), flat_blocks() here, and compute_features() in features.h.
// Block boundaries follow the default rendering of HTML
// (https://html.spec.whatwg.org/multipage/rendering.html); white space is collapsed as CSS Text does.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/budget.h"
#include "base/span.h"
#include "blocks/posts.h"
#include "offprint/document.h"
#include "tree/tree.h"

namespace offprint {

// Why a block is not shown.
enum class Hidden : std::uint8_t { no, attribute, style, closed_dialog, noscript, template_, screen_reader };
// By the page itself, which may show it later: a tab, a menu, a pop-up.
inline bool is_hidden_at_first(Hidden h) { return h == Hidden::style || h == Hidden::attribute; }

// Marks before their addresses are resolved. node: the element (link, image…).
struct RawMark {
  MarkKind kind = MarkKind::link;
  bool apart = false;  // an empty cell that another one takes; what a <summary> says; a picture behind the text, or before the list or quotation that the block begins, in a block of its own
  std::uint32_t begin = 0, end = 0;  // bytes of the block's text
  NodeId node = no_node;
  RawMark() = default;
  RawMark(MarkKind what, std::uint32_t from, std::uint32_t to, NodeId element) : kind(what), begin(from), end(to), node(element) {}
};

struct RawBlock {
  BlockKind kind = BlockKind::paragraph;
  Hidden hidden = Hidden::no;
  std::uint8_t level = 0;
  bool first_of_item : 1 = false;        // the first block of a list item (further ones are continuations of it)
  bool heard_more : 1 = false;           // what only screen readers are told stands amid it and is left out
  std::uint8_t blank_lines : 6 = 0;      // flattened text: blank lines before it, at most most_blank_lines
  NodeId node = no_node;          // the block-level element that holds it (flattened text: no_node)
  Span span;                      // of its source in the decoded text
  std::uint32_t group = 0;        // list, table or definition list
  std::uint32_t ordinal = 0;
  std::string_view text;
  std::uint32_t marks_begin = 0, marks_count = 0;
  std::uint32_t words = 0;        // runs of letters and digits; a CJK character counts as half a word
  std::uint32_t link_bytes = 0;   // bytes of text inside links
  Nesting in;
};
inline constexpr std::uint8_t most_blank_lines = 63;
// A flood of tiny blocks must stay within forty times its page: docs/hardness.md.
static_assert(sizeof(RawBlock) == 72);

// Past so many blocks (4,096, and one for 256 bytes of the page) boundaries no longer part blocks of less than
// `coarse_bytes`, hidden text is dropped, and the document is `partial` (nodes): a million paragraphs of a letter must
// not cost a kilobyte each. The densest real page has a block for 120 bytes, the largest 2,642 blocks.
inline constexpr std::size_t coarse_bytes = 2048;
constexpr std::size_t fine_blocks_of(std::size_t bytes) {
  return 4096 + bytes / 256;
}

// No page that is read has so many; what comes after is left out and the document is `partial` (nodes), so that features
// stay within 350 MB.
inline constexpr std::size_t most_blocks = 262144;

// An iframe, a video, a sound: it has no text, and stands before the block of this index.
struct RawEmbed {
  NodeId node = no_node;
  std::uint32_t before = 0;
  std::uint32_t group = 0, ordinal = 0;
  Nesting in;
};

inline constexpr std::size_t most_embeds = 64;

struct Blocks {
  std::vector<RawBlock> blocks;
  std::vector<RawEmbed> embeds;
  std::vector<RawMark> marks;     // each block's in order of begin
  bool flat = false;              // made of flattened text
  // Scratch, kept from page to page.
  ClassParts class_parts;
  FoundByNumber<std::uint8_t> class_shows;
  void clear();
};

// The blocks of a page, hidden ones among them (marked), in document order. Text lies in the page's input or arena.
void find_blocks(Page& page, Blocks& out, Meter& meter);

// The blocks of flattened text: a block a line; a line that ends without sentence end and is as long as its neighbours
// belongs to a hard-wrapped paragraph and is joined. The arena takes what is not verbatim.
void flat_blocks(std::string_view utf8, Arena& arena, Blocks& out, Meter& meter);

// True where the text looks like markup rather than flattened text.
bool looks_like_html(std::string_view utf8);

}  // namespace offprint
