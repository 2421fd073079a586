// The walk that finds the blocks of a page, and the block that it gathers meanwhile. Within blocks/ alone: find.cpp walks,
// find_tables.cpp is in tables, find_text.cpp gathers text and marks and lets go of blocks, find_hidden.cpp tells what is not shown.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/display.h"
#include "blocks/posts.h"
#include "blocks/raw_tex.h"
#include "blocks/tables.h"

namespace offprint {

// What an element hands down to what it holds.
struct BlockFrame {
  NodeId node = no_node;
  NodeId block = no_node;            // innermost block-level element
  BlockKind kind = BlockKind::paragraph;
  Hidden hidden = Hidden::no;
  std::uint8_t level = 0;
  bool preformatted = false;
  bool in_row = false;               // inside a row of a data table: block boundaries are mere spaces
  bool in_link = false;
  bool mark = false;                 // this element opened an entry of `open_marks`
  bool ends_block = false;
  bool item_fresh = false;           // a list item or definition none of whose blocks has come out yet
  bool joins = false;                // a heading, term or definition that is one block whatever boxes it is made of
  Nesting in;
  std::uint32_t group = 0;
  std::uint32_t first_block = 0;     // of those within the element, if there are any
  std::uint32_t ordinal = 0;         // of a list: the number of its next item; of an item: its own; 0 = bullets
};

// The frames of the elements that the walk is in. A frame is written where it stays: copied at once after it was written field by
// field, it would have to wait for all of them.
class BlockFrames {
 public:
  std::size_t size() const { return size_; }
  BlockFrame& operator[](std::size_t i) { return frames_[i]; }
  BlockFrame& back() { return frames_[size_ - 1]; }
  // Room for one more, before anybody refers to those that there are.
  void make_room() {
    if (size_ == frames_.size()) [[unlikely]] frames_.resize(2 * size_ + 64);
  }
  BlockFrame& next() { return frames_[size_]; }  // not yet one of them
  void push() { ++size_; }
  void pop() { --size_; }

 private:
  std::vector<BlockFrame> frames_;
  std::size_t size_ = 0;
};

// Marks within marks deeper than this are not told of: every block would have all of them.
constexpr std::size_t most_open_marks = 16;
// Nor are those past one for so many bytes of the page, line breaks among them: each costs eighty bytes by the end.
constexpr std::size_t free_marks = 4096, bytes_a_mark = 24;
// An item whose list is farther up than this has no number, and its later blocks are not seen to be its own.
constexpr std::size_t most_frames_up = 64;

// What a class says of how its element is shown, a bit each.
enum ClassShows : std::uint8_t {
  shows_to_screen_readers = 1,
  shows_icon = 2,             // its text is the name of a glyph: "check" in the font Material Icons
  shows_break = 4,            // a line break
  shows_encoded_address = 8,  // see add_encoded_address()
  shows_title_of_note = 16,   // "Warning", above what Sphinx, MkDocs and others set apart
  shows_clipped = 32,         // to screen readers, too, where the element is inline; of a box, that its text is shortened
};
// What a style attribute says of letters.
enum class Letters : std::uint8_t { as_they_are, bold, slanted };

// A cell that is to be followed by so many empty ones: in its row, or one in each row below.
struct SpannedCell {
  std::uint32_t times = 0;
  MarkKind kind = MarkKind::cell;
  NodeId node = no_node;
};

struct OpenMark {
  MarkKind kind;
  NodeId node;
  std::int64_t index;                // into the current block's marks; -1 until text comes
};

struct BlockFinder {
  Page& page;
  Blocks& out;
  Meter& meter;
  TableKinds tables;
  BlockFrames frames;
  std::vector<OpenMark> open_marks;
  std::size_t started = 0;           // of open_marks: those before have an index
  std::string text;                  // of the block being gathered
  std::string seen, decoded;         // of the text node at hand, where it is not as it stands: as_seen()
  bool heard_more = false;           // of the block being gathered: RawBlock
  bool encoded_twice = false;        // some text has shown that: twice_encoded.h
  std::uint32_t first_mark = 0;      // of the block being gathered, in out.marks
  std::uint32_t link_bytes = 0;
  Span span;                         // of the text nodes gathered
  bool has_span = false;
  PostPart part = PostPart::none;    // the line being gathered has told so far
  std::array<NodeId, 16> unasked{};  // elements of that line which have not been asked what part they are
  std::size_t unasked_count = 0;
  bool pending_space = false;
  bool soft_space = false;           // an element that nobody knows has begun or ended: a space but before what ends a phrase
  bool line_due = false;             // in code: a box of its own has begun or ended, as highlighters make of each line
  bool touching_styles = false;      // where `touching`: one of the two is but set otherwise, as <b> is
  bool same_styles = false;          // and both alike
  bool touching = false;             // the last text and the next stand in sibling elements with nothing between
  bool behind_label = false;         // the next text stands in an element right behind a text
  std::uint8_t shows = 0;            // what the class of the element that hidden_by() was asked for last says: ClassShows
  bool aria_heading = false;         // of the same element: role="heading"
  Letters letters = Letters::as_they_are;  // of the same element, by its style
  bool formulas = false;             // the page may hold some
  std::size_t formula_steps = 0;     // that may still be taken to find them
  std::size_t gutter_steps = 0;      // and to count the lines beside numbers
  std::string tex;                   // of the formula at hand
  RawTex raw_tex;                    // what stands in the text of the page
  std::vector<TexRange> tex_ranges;  // of the block at hand
  std::uint32_t breaks = 0;          // <br> since the last text
  std::uint32_t groups = 0, items = 0, quotes = 0;
  std::size_t total_text = 0;
  std::size_t fine_blocks = 0;       // see fine_blocks_of()
  std::size_t most_marks = 0;
  // Data-table row being gathered.
  std::uint32_t cells = 0;
  std::size_t column = 0;            // of the next cell
  SpannedCell owed;                  // the last one, if a further one follows in the row
  std::vector<SpannedCell> columns;  // of the table, as far as cells of earlier rows reach into this one
  bool cell_open = false;
  bool cell_has_text = false;
  bool row_has_text = false;
  bool cell_line_due = false;        // a line has ended in the cell: a box of its own has begun or ended, or a break came
  static constexpr std::size_t no_mark = ~std::size_t{0};
  std::size_t cell_mark = no_mark;   // of the cell at hand, in out.marks; none where it went with a block that ended in the cell

  // find_text.cpp
  void note_span(Span s) {
    if (!has_span) {
      span = s;
      has_span = true;
    } else {
      span.begin = std::min(span.begin, s.begin);
      span.end = std::max(span.end, s.end);
    }
  }

  bool room_for_mark() {
    if (out.marks.size() < most_marks) [[likely]] return true;
    if (meter.noted == Limit::none) meter.noted = Limit::nodes;
    return false;
  }

  bool is_word_behind_element(const Node& node, std::string_view rest, const BlockFrame& frame) const;
  bool resume_mark(OpenMark& m);
  void start_marks();
  void open_mark(BlockFrame& frame, MarkKind kind, NodeId id) {
    if (open_marks.size() >= most_open_marks) return;
    open_marks.emplace_back(kind, id, -1);
    frame.mark = true;
  }

  // As the style of a <span> has it; what is bold already stays so.
  void open_letters(BlockFrame& frame, NodeId id) {
    const MarkKind kind = letters == Letters::bold ? MarkKind::strong : MarkKind::emphasis;
    if (std::none_of(open_marks.begin(), open_marks.end(), [&](const OpenMark& m) { return m.kind == kind; })) open_mark(frame, kind, id);
  }

  void close_mark() {
    const OpenMark m = open_marks.back();
    open_marks.pop_back();
    started = std::min(started, open_marks.size());
    if (m.index >= 0) out.marks[static_cast<std::size_t>(m.index)].end = static_cast<std::uint32_t>(text.size());
  }

  void point_mark(MarkKind kind, NodeId id) {
    const auto at = static_cast<std::uint32_t>(text.size());
    out.marks.emplace_back(kind, at, at, id);
  }

  void add_space() {
    if (pending_space && !text.empty() && text.back() != ' ' && text.back() != '\n') text.push_back(' ');
    pending_space = false;
  }

  void open_cell_text();
  // Boxes begin and end a line of their own in the cell of a row; controls stand within the line.
  void end_line_in_row(const Node& node) {
    pending_space = true;
    cell_line_due = cell_line_due || (display_of(node.tag) == Display::block && node.tag != Tag::noscript);
  }
  void begin_cell_line(NodeId id) {
    if (!cell_line_due) return;
    cell_line_due = false;
    if (cell_open && cell_has_text && !text.empty() && room_for_mark()) point_mark(MarkKind::line_break, id);
  }
  std::string_view as_seen(std::string_view s);
  void add_text(const Node& node, const BlockFrame& frame);
  // Lets go of the block gathered so far. Three of four times there is none.
  void flush(const BlockFrame& frame) {
    if (has_span || !text.empty() || out.blocks.size() >= fine_blocks) return end_block(frame);
    line_due = pending_space = soft_space = heard_more = false;
    part = PostPart::none;
    unasked_count = 0;
    breaks = 0;
    cell_mark = no_mark;
    if (out.marks.size() > first_mark) keep_images();
  }
  void end_block(const BlockFrame& frame);
  bool is_behind_initial(const BlockFrame& frame) const;
  bool is_gutter(NodeId code);
  bool numbers_fit(NodeId cell, std::uint32_t numbers);
  void keep_images();
  void give_images_to_last();
  void drop_images_of(NodeId element);
  void give_images_to_near(const BlockFrame& parent);
  // Pictures that wait stand before what begins here, a list or quotation, not in its first item.
  void leave_images_outside() {
    if (!text.empty()) return;  // past fine_blocks: marks of a block that goes on
    for (std::size_t i = first_mark; i < out.marks.size(); ++i) out.marks[i].apart = true;
  }
  void trim_separators();

  // find_hidden.cpp
  Hidden hidden_by(NodeId id, Hidden inherited);
  std::uint8_t what_class_shows(NodeId id);
  std::uint8_t what_class_shows(Attribute& a);

  // find_inline.cpp
  bool line_break(NodeId id, const BlockFrame& parent);
  bool begins_line(NodeId id) const;
  bool is_permalink(NodeId id) const;
  bool is_edit_link(NodeId id);
  bool is_text(NodeId id) const;
  bool is_alone_in_heading(NodeId id) const;
  void enter_sibling_span(NodeId id, const BlockFrame& parent);
  bool takes_place_of_dots(NodeId id);
  bool is_amid_line(NodeId id);
  bool is_amid_text(NodeId id) const;
  bool is_amid_sentence(NodeId id) const;
  void add_value(std::string_view value, NodeId id, const BlockFrame& parent);
  bool add_encoded_address(NodeId id, const BlockFrame& parent);
  bool add_emoji(NodeId id, const BlockFrame& parent);
  bool mark_raw_tex(NodeId node);

  // find_tables.cpp
  void enter_table_part(BlockFrame& frame, const BlockFrame& parent, NodeId id, const Node& node);
  void begin_cell(NodeId id, Tag tag);
  void end_row();
  void fill_columns();
  void add_empty_cell(const SpannedCell& cell);

  // find.cpp
  // The element ends the block before it, and what it holds is its own.
  void begin_block(BlockFrame& frame, const BlockFrame& parent, NodeId id) {
    flush(parent);
    frame.block = id;
    frame.ends_block = true;
  }
  void enter_block(BlockFrame& frame, const BlockFrame& parent, NodeId id, const Node& node);
  void input_text(const BlockFrame& frame, NodeId id);
  bool add_formula(NodeId id, const BlockFrame& parent);
  void note_embed(NodeId id, const BlockFrame& parent);
  void ask_parts();
  bool parts_post_line(NodeId id, const BlockFrame& parent);
  bool enter(NodeId id);
  void leave();
  void run();
};

}  // namespace offprint
