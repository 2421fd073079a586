// The blocks of a page: one walk of the tree that gathers inline text and lets go of it at every block boundary.
#include <algorithm>
#include <string>

#include "base/few_words.h"
#include "base/text.h"
#include "blocks/blocks.h"
#include "blocks/code_lines.h"
#include "blocks/display.h"
#include "blocks/math.h"
#include "blocks/posts.h"
#include "blocks/tables.h"

namespace offprint {
namespace {

// White space at the end, no-break spaces too: they hold a place open on the page and say nothing.
void trim_end(std::string& text) {
  for (;;) {
    if (!text.empty() && is_space(text.back())) {
      text.pop_back();
    } else if (text.ends_with("\xC2\xA0")) {
      text.resize(text.size() - 2);
    } else {
      return;
    }
  }
}

// What stands between the parts of a line: "Jane |", "Jane –", "Jane,".
void trim_separators(std::string& text) {
  for (;;) {
    trim_end(text);
    const std::size_t before = text.size();
    for (std::string_view mark : {"|", ",", "-", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7", "\xE2\x80\xA2"})
      if (text.size() > mark.size() && text.ends_with(mark)) text.resize(text.size() - mark.size());
    if (text.size() == before) return;
  }
}

// What an element hands down to what it holds.
struct Frame {
  NodeId node = no_node;
  NodeId block = no_node;            // innermost block-level element
  BlockKind kind = BlockKind::paragraph;
  Hidden hidden = Hidden::no;
  std::uint8_t level = 0;
  std::uint8_t list_depth = 0;
  std::uint8_t quote_depth = 0;
  bool preformatted = false;
  bool in_row = false;               // inside a row of a data table: block boundaries are mere spaces
  bool in_link = false;
  bool mark = false;                 // this element opened an entry of `open_marks`
  bool ends_block = false;
  bool item_fresh = false;           // a list item none of whose blocks has come out yet
  std::uint32_t group = 0;
  std::uint32_t ordinal = 0;         // of a list: the number of its next item; of an item: its own; 0 = bullets
};

// Marks within marks deeper than this are not told of: every block would have all of them.
constexpr std::size_t most_open_marks = 16;
// Nor are those past one for so many bytes of the page, line breaks among them: each costs eighty bytes by the end.
constexpr std::size_t free_marks = 4096, bytes_a_mark = 24;
// An item whose list is farther up than this has no number, and its later blocks are not seen to be its own.
constexpr std::size_t most_frames_up = 64;

struct OpenMark {
  MarkKind kind;
  NodeId node;
  std::int64_t index;                // into the current block's marks; -1 until text comes
};

// ASCII case-insensitive search of `word`, given in lower case.
bool contains_word(std::string_view text, std::string_view word) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [&](char a, char b) { return lower(a) == b; }) != text.end();
}

// `property` set to `value` in a style attribute; the last declaration is not weighed against earlier ones.
bool style_says(std::string_view style, std::string_view property, std::string_view value) {
  for (std::size_t at = 0; at < style.size();) {
    std::size_t end = std::min(style.find(';', at), style.size());
    std::string_view declaration = style.substr(at, end - at);
    at = end + 1;
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    if (contains_word(declaration.substr(0, colon), property) && contains_word(declaration.substr(colon + 1), value))
      return true;
  }
  return false;
}

constexpr std::string_view hiding_properties[] = {"display", "visibility"};
constexpr WordBeginnings hiding_beginnings{hiding_properties};
constexpr std::string_view screen_reader_classes[] = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader"};
constexpr WordBeginnings screen_reader_beginnings{screen_reader_classes};

// Whether what touches is two words. Numbers are told from letters; a capital begins a word, except behind a lone one
// (initials that are set larger).
bool touching_words(std::string_view text, char next) {
  if (text.empty()) return false;
  const char last = text.back();
  if (is_digit(next) || is_digit(last)) return is_alpha(next) || is_alpha(last);
  return is_upper(next) && is_alpha(last) && (!is_upper(last) || (text.size() >= 2 && is_alpha(text[text.size() - 2])));
}

bool is_script(Tag tag) { return tag == Tag::sub || tag == Tag::sup; }

struct Finder {
  Page& page;
  Blocks& out;
  Meter& meter;
  TableKinds tables;
  std::vector<Frame> frames;
  std::vector<OpenMark> open_marks;
  std::size_t started = 0;           // of open_marks: those before have an index
  std::string text;                  // of the block being gathered
  std::uint32_t first_mark = 0;      // of the block being gathered, in out.marks
  std::uint32_t link_bytes = 0;
  Span span;                         // of the text nodes gathered
  bool has_span = false;
  PostPart part = PostPart::none;    // the line being gathered has told so far
  bool pending_space = false;
  bool line_due = false;             // in code: a box of its own has begun or ended, as highlighters make of each line
  bool touching = false;             // the last text and the next stand in sibling elements with nothing between
  bool formulas = false;             // the page may hold some
  std::size_t formula_steps = 0;     // that may still be taken to find them
  std::string tex;                   // of the formula at hand
  std::uint32_t breaks = 0;          // <br> since the last text
  std::uint32_t groups = 0;
  std::size_t total_text = 0;
  std::size_t fine_blocks = 0;       // see fine_blocks_of()
  std::size_t most_marks = 0;
  // Data-table row being gathered.
  std::uint32_t cells = 0;
  bool cell_open = false;
  bool cell_has_text = false;
  bool row_has_text = false;

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

  void start_marks() {
    for (; started < open_marks.size(); ++started) {
      OpenMark& m = open_marks[started];
      if (!room_for_mark()) [[unlikely]] continue;
      m.index = static_cast<std::int64_t>(out.marks.size());
      out.marks.push_back({m.kind, static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(text.size()), m.node});
    }
  }

  void add_space() {
    if (pending_space && !text.empty() && text.back() != ' ' && text.back() != '\n') text.push_back(' ');
    pending_space = false;
  }

  // Text of a data-table cell is parted from the cell before it by " | ".
  void open_cell_text() {
    if (!cell_open || cell_has_text) return;
    if (row_has_text) {
      while (!text.empty() && text.back() == ' ') text.pop_back();
      text += " | ";
    }
    pending_space = false;
    cell_has_text = row_has_text = true;
    if (cells > 0 && cell_mark < out.marks.size())
      out.marks[cell_mark].begin = out.marks[cell_mark].end = static_cast<std::uint32_t>(text.size());
  }
  std::size_t cell_mark = 0;

  void add_text(const Node& node, const Frame& frame) {
    const std::string_view s = node.text();
    if (frame.hidden != Hidden::no && out.blocks.size() >= fine_blocks) {
      if (meter.noted == Limit::none) meter.noted = Limit::nodes;
      return;
    }
    if (frame.preformatted && !frame.in_row) {
      if (s.empty()) return;
      note_span(node.span);
      pending_space = false;
      start_marks();
      if (line_due && !text.empty() && text.back() != '\n' && s.front() != '\n') text.push_back('\n');
      line_due = false;
      text.append(s);
      if (frame.in_link) link_bytes += static_cast<std::uint32_t>(s.size());
      breaks = 0;
      return;
    }
    std::size_t at = 0;
    bool any = false;
    while (at < s.size()) {
      const std::size_t word = at;
      if (!is_space(s[at])) {
        at += words_run(s.substr(at));
        if (!any) {
          any = true;
          open_cell_text();
          note_span(node.span);
          breaks = 0;
        }
        // Elements that touch are often set apart by the style sheet: "By" "Jane", "on" "May 5".
        if (touching && touching_words(text, s[word]))
          pending_space = true;
        touching = false;
        add_space();
        start_marks();
        const std::string_view run = s.substr(word, at - word);
        text.append(run);
        if (frame.in_link)
          link_bytes += static_cast<std::uint32_t>(run.size() - static_cast<std::size_t>(std::count(run.begin(), run.end(), ' ')));
      }
      if (at < s.size()) {
        pending_space = true;
        at += spaces_run(s.substr(at));
      }
    }
  }

  // Lets go of the block gathered so far.
  void flush(const Frame& frame) {
    if (out.blocks.size() >= fine_blocks && text.size() < coarse_bytes) [[unlikely]] {
      if (meter.noted == Limit::none) meter.noted = Limit::nodes;
      pending_space = true;
      return;
    }
    line_due = false;
    const Span source = span;
    const bool any = has_span;
    has_span = false;
    part = PostPart::none;
    pending_space = false;
    breaks = 0;
    for (OpenMark& m : open_marks) {
      if (m.index >= 0) out.marks[static_cast<std::size_t>(m.index)].end = static_cast<std::uint32_t>(text.size());
      m.index = -1;
    }
    started = 0;
    // Code keeps its lines but not the empty ones around it; everything else loses white space at its ends.
    if (frame.kind == BlockKind::code && out.marks.size() == first_mark) drop_line_numbers(text);
    trim_end(text);
    if (!any || text.empty()) {
      text.clear();
      link_bytes = 0;
      if (any || out.marks.size() > first_mark) keep_images();
      return;
    }
    std::size_t lead = 0;
    if (frame.preformatted) {
      for (std::size_t i = 0; i < text.size() && is_space(text[i]); ++i)
        if (text[i] == '\n') lead = i + 1;
    }
    RawBlock block;
    block.kind = frame.kind;
    block.hidden = frame.hidden;
    block.level = frame.level;
    block.group = frame.group;
    block.ordinal = frame.ordinal;
    block.node = frame.block;
    block.span = source;
    block.text = page.arena.copy(std::string_view(text).substr(lead));
    block.marks_begin = first_mark;
    block.marks_count = static_cast<std::uint32_t>(out.marks.size()) - first_mark;
    for (std::uint32_t i = first_mark; i < out.marks.size(); ++i) {
      RawMark& m = out.marks[i];
      m.begin = m.begin < lead ? 0 : m.begin - static_cast<std::uint32_t>(lead);
      m.end = m.end < lead ? 0 : m.end - static_cast<std::uint32_t>(lead);
      const auto limit = static_cast<std::uint32_t>(block.text.size());
      m.begin = std::min(m.begin, limit);
      m.end = std::min(m.end, limit);
    }
    block.words = count_words(block.text);
    block.link_bytes = link_bytes;
    out.blocks.push_back(block);
    total_text += text.size();
    if (total_text > meter.budgets.output && meter.spent == Limit::none) meter.spent = Limit::output;
    if (out.blocks.size() >= most_blocks && meter.spent == Limit::none) meter.spent = Limit::nodes;
    first_mark = static_cast<std::uint32_t>(out.marks.size());
    text.clear();
    link_bytes = 0;
    // Later blocks of a list item continue it.
    const std::size_t floor = frames.size() - std::min(frames.size(), most_frames_up);
    for (std::size_t i = frames.size(); i-- > floor;) {
      if (frames[i].node != no_node && page[frames[i].node].tag == Tag::li) {
        if (frames[i].item_fresh) {
          out.blocks.back().first_of_item = true;
          frames[i].item_fresh = false;
        }
        break;
      }
      if (frames[i].block == frames[i].node && frames[i].kind != BlockKind::list_item) break;
    }
  }

  // Images that stand alone in their block wait for the next block: they must not be lost, and have no text.
  void keep_images() {
    std::uint32_t kept = first_mark;
    for (std::uint32_t i = first_mark; i < out.marks.size(); ++i) {
      if (out.marks[i].kind != MarkKind::image) continue;
      RawMark m = out.marks[i];
      m.begin = m.end = 0;
      out.marks[kept++] = m;
    }
    // A page of a million pictures and no text shall not pile them up on one block.
    out.marks.resize(std::min(kept, first_mark + 64));
  }

  Hidden hidden_by(NodeId id, Hidden inherited) {
    if (inherited != Hidden::no) return inherited;
    const Node& node = page[id];
    if (node.tag == Tag::template_) {
      // Declarative shadow DOM is shown in place of its host's children.
      const bool shadow = !attribute(page, id, "shadowrootmode").empty() || !attribute(page, id, "shadowroot").empty();
      return shadow ? Hidden::no : Hidden::template_;
    }
    if (node.tag == Tag::noscript) return Hidden::noscript;
    Hidden result = Hidden::no;
    bool open = false;
    for (std::uint32_t i = 0; i < node.attributes_count; ++i) {
      Attribute& a = page.attributes[node.attributes_begin + i];
      switch (a.id) {
        case AttributeName::hidden: result = Hidden::attribute; break;
        case AttributeName::open: open = true; break;
        case AttributeName::style: {
          const std::string_view style = a.raw_value();
          if (style.size() < 11) break;
          const unsigned sets = words_in(style, hiding_properties, hiding_beginnings);
          if (((sets & 1) != 0 && style_says(style, "display", "none")) || ((sets & 2) != 0 && style_says(style, "visibility", "hidden")))
            result = Hidden::style;
          break;
        }
        case AttributeName::class_: {
          const std::string_view classes = a.raw_value();
          if (result == Hidden::no && classes.size() >= 7 &&
              out.for_screen_readers.get(value_number(page.values, a), [&] {
                return words_in(classes, screen_reader_classes, screen_reader_beginnings) != 0;
              }))
            result = Hidden::screen_reader;
          break;
        }
        default: break;
      }
    }
    if (node.tag == Tag::dialog && !open) return Hidden::closed_dialog;
    return result;
  }

  void open_mark(Frame& frame, MarkKind kind, NodeId id) {
    if (open_marks.size() >= most_open_marks) return;
    open_marks.push_back({kind, id, -1});
    frame.mark = true;
  }

  void close_mark() {
    const OpenMark m = open_marks.back();
    open_marks.pop_back();
    started = std::min(started, open_marks.size());
    if (m.index >= 0) out.marks[static_cast<std::size_t>(m.index)].end = static_cast<std::uint32_t>(text.size());
  }

  void point_mark(MarkKind kind, NodeId id) {
    const auto at = static_cast<std::uint32_t>(text.size());
    out.marks.push_back({kind, at, at, id});
  }

  void enter_block(Frame& frame, const Frame& parent, NodeId id, const Node& node) {
    if (parent.in_row) {
      pending_space = true;
      return;
    }
    if (parent.preformatted && parent.kind == BlockKind::code && node.tag != Tag::pre && frame.hidden == parent.hidden) {
      line_due = true;
      return;
    }
    flush(parent);
    frame.block = id;
    frame.ends_block = true;
    if (const int level = heading_level(node.tag); level != 0) {
      frame.kind = BlockKind::heading;
      frame.level = static_cast<std::uint8_t>(level);
      return;
    }
    switch (node.tag) {
      case Tag::ul:
      case Tag::ol:
      case Tag::menu:
      case Tag::dir:
        if (parent.list_depth < 255) frame.list_depth = static_cast<std::uint8_t>(parent.list_depth + 1);
        if (parent.list_depth == 0) frame.group = ++groups;
        frame.ordinal = 0;
        if (node.tag == Tag::ol) {
          frame.ordinal = 1;
          const std::string_view start = attribute(page, id, AttributeName::start);
          std::uint32_t n = 0;
          for (char c : start.substr(0, 8)) n = c >= '0' && c <= '9' ? n * 10 + static_cast<std::uint32_t>(c - '0') : n;
          if (n > 0) frame.ordinal = n;
        }
        frame.kind = BlockKind::paragraph;
        break;
      case Tag::li:
        frame.kind = BlockKind::list_item;
        frame.item_fresh = true;
        frame.level = std::max<std::uint8_t>(1, parent.list_depth);
        break;
      case Tag::dl:
        if (parent.group == 0) frame.group = ++groups;
        break;
      case Tag::dt: frame.kind = BlockKind::term; break;
      case Tag::dd: frame.kind = BlockKind::definition; break;
      case Tag::blockquote:
        if (parent.quote_depth < 255) frame.quote_depth = static_cast<std::uint8_t>(parent.quote_depth + 1);
        frame.kind = BlockKind::quote;
        frame.level = frame.quote_depth;
        break;
      case Tag::figcaption: frame.kind = BlockKind::caption; break;
      case Tag::pre:
      case Tag::listing:
      case Tag::xmp:
      case Tag::plaintext:
        frame.kind = BlockKind::code;
        frame.preformatted = true;
        break;
      case Tag::nav:
      case Tag::aside:
      case Tag::form:
      case Tag::footer: break;
      default:
        // A heading's, item's or quote's inner boxes keep its kind.
        break;
    }
  }

  void enter_table_part(Frame& frame, const Frame& parent, NodeId id, const Node& node) {
    switch (node.tag) {
      case Tag::table:
        if (parent.in_row) {
          pending_space = true;
          return;
        }
        flush(parent);
        frame.block = id;
        frame.ends_block = true;
        if (tables.is_data(id)) {
          frame.kind = BlockKind::table;
          frame.group = ++groups;
          frame.level = 0;
        } else {
          frame.kind = BlockKind::paragraph;
        }
        return;
      case Tag::caption:
        if (parent.in_row) {
          pending_space = true;
          return;
        }
        flush(parent);
        frame.block = id;
        frame.kind = BlockKind::caption;
        frame.ends_block = true;
        return;
      case Tag::tr:
        if (parent.in_row) {
          pending_space = true;
          return;
        }
        flush(parent);
        frame.block = id;
        frame.ends_block = true;
        if (parent.kind == BlockKind::table) {
          frame.in_row = true;
          cells = 0;
          cell_open = cell_has_text = row_has_text = false;
        }
        return;
      case Tag::td:
      case Tag::th:
        if (parent.in_row && page[parent.node].tag == Tag::tr) {
          cell_open = true;
          cell_has_text = false;
          ++cells;
          cell_mark = out.marks.size();
          pending_space = false;
          point_mark(node.tag == Tag::th ? MarkKind::header_cell : MarkKind::cell, id);
          return;
        }
        if (parent.in_row) {
          pending_space = true;
          return;
        }
        flush(parent);
        frame.block = id;
        frame.ends_block = true;
        return;
      default:
        if (parent.in_row) {
          pending_space = true;
          return;
        }
        flush(parent);
        frame.ends_block = true;
        frame.block = id;
        return;
    }
  }

  void input_text(const Frame& frame, NodeId id) {
    const std::string_view type = attribute(page, id, AttributeName::type);
    if (!(contains_word(type, "submit") || contains_word(type, "button") || contains_word(type, "reset"))) return;
    const std::string_view value = attribute(page, id, AttributeName::value);
    if (value.empty()) return;
    Node as_text;
    as_text.text_data = value.data();
    as_text.text_size = static_cast<std::uint32_t>(value.size());
    as_text.span = page[id].span;
    if (frame.in_row) {
      pending_space = true;
      add_text(as_text, frame);
      pending_space = true;
      return;
    }
    flush(frame);
    Frame control = frame;
    control.block = id;
    control.kind = BlockKind::control;
    control.level = 0;
    control.preformatted = false;
    add_text(as_text, control);
    flush(control);
  }

  // A formula is its TeX, with a mark. True where the element is one, so that the walk does not go into it.
  bool add_formula(NodeId id, const Frame& parent) {
    const Formula formula = find_formula(page, id, tex, formula_steps);
    if (formula == Formula::none) return false;
    if (formula == Formula::again) return true;
    Frame frame = parent;
    const bool alone = formula == Formula::display && !parent.in_row && !parent.preformatted && parent.kind != BlockKind::heading;
    if (alone) {
      flush(parent);
      frame.block = id;
      frame.kind = BlockKind::math;
    }
    open_cell_text();
    note_span(page[id].span);
    breaks = 0;
    touching = false;
    add_space();
    start_marks();
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += tex;
    out.marks.push_back({MarkKind::math, begin, static_cast<std::uint32_t>(text.size()), id});
    if (alone) flush(frame);
    return true;
  }

  // True where the inline element begins the second of a post's author and date, so that a block ends before it.
  bool parts_post_line(NodeId id, const Frame& parent) {
    if (parent.in_row || parent.preformatted || parent.kind == BlockKind::heading || text.size() > most_post_line) return false;
    const PostPart next = post_part(page, id, out.class_parts);
    if (next == PostPart::none) return false;
    if (has_span && part != PostPart::none && next != part && is_post_line(page, parent.block)) return true;
    if (part == PostPart::none) part = next;
    return false;
  }

  // True where the walk goes into the element.
  bool enter(NodeId id) {
    const Node& node = page[id];
    const Frame& parent = frames.back();
    if (node.kind == NodeKind::fragment) {
      Frame frame = parent;
      frame.node = id;
      frame.mark = frame.ends_block = frame.item_fresh = false;
      frames.push_back(frame);
      return true;
    }
    const Display display = node.ns == Namespace::html || node.tag == Tag::svg || node.ns == Namespace::mathml
                                ? display_of(node.tag)
                                : Display::inline_;
    if ((formulas || node.tag == Tag::img) && parent.hidden == hidden_by(id, parent.hidden) && add_formula(id, parent)) return false;
    if (display == Display::none) {
      const bool embeds = node.tag == Tag::iframe || node.tag == Tag::video || node.tag == Tag::audio || node.tag == Tag::embed ||
                          node.tag == Tag::object;
      if (embeds && parent.hidden == Hidden::no && !parent.in_row && out.embeds.size() < most_embeds)
        out.embeds.push_back({id, static_cast<std::uint32_t>(out.blocks.size() + (text.empty() ? 0 : 1))});
      return false;
    }
    if (node.tag == Tag::br) {
      if (parent.preformatted) {
        text.push_back('\n');
      } else if (!parent.in_row) {
        if (++breaks >= 2) {
          flush(parent);
        } else if (!text.empty() && room_for_mark()) {
          point_mark(MarkKind::line_break, id);
        }
      }
      pending_space = true;
      return false;
    }
    if (node.tag == Tag::wbr) return false;
    if (node.tag == Tag::img) {
      if (out.marks.size() - first_mark < 4096) point_mark(MarkKind::image, id);
      return false;
    }
    if (node.tag == Tag::input) {
      input_text(parent, id);
      return false;
    }
    if (node.tag == Tag::hr) {
      flush(parent);
      return false;
    }
    if (node.first_child == no_node) {
      // An empty element shows nothing, but a block one still ends the block before it.
      if (display == Display::block && !parent.in_row) flush(parent);
      if (node.tag == Tag::td || node.tag == Tag::th) {
        if (parent.in_row) {
          ++cells;
          point_mark(node.tag == Tag::th ? MarkKind::header_cell : MarkKind::cell, id);
          cell_open = false;
        }
      }
      return false;
    }
    Frame frame = parent;
    frame.node = id;
    frame.mark = frame.ends_block = frame.item_fresh = false;
    frame.hidden = hidden_by(id, parent.hidden);
    if (frame.hidden != parent.hidden && display == Display::inline_ && !parent.in_row) {
      flush(parent);
      frame.ends_block = true;
      frame.block = id;
    }
    switch (display) {
      case Display::block: {
        if (node.tag == Tag::li && parent.ordinal != 0) {
          std::uint32_t n = parent.ordinal;
          const std::size_t floor = frames.size() - std::min(frames.size(), most_frames_up);
          for (std::size_t i = frames.size(); i-- > floor;) {
            if (frames[i].node == no_node) break;
            const Tag t = page[frames[i].node].tag;
            if (t == Tag::ol) {
              n = frames[i].ordinal++;
              break;
            }
            if (t == Tag::ul || t == Tag::li) break;
          }
          enter_block(frame, parent, id, node);
          frame.ordinal = n;
          break;
        }
        enter_block(frame, parent, id, node);
        break;
      }
      case Display::table: enter_table_part(frame, parent, id, node); break;
      case Display::control:
        if (parent.in_row) {
          pending_space = true;
          break;
        }
        // A button inside running text (a term with a tooltip, a share mark) must not cut the sentence in two:
        // only where text follows or precedes in the same inline run is it text; else it is a control.
        flush(parent);
        frame.block = id;
        frame.kind = BlockKind::control;
        frame.level = 0;
        frame.ends_block = true;
        if (node.tag == Tag::select) frame.in_row = true;
        break;
      default:
        if (!frame.ends_block && (node.attributes_count > 0 || node.tag == Tag::time) && parts_post_line(id, parent)) {
          trim_separators(text);
          flush(parent);
          frame.ends_block = true;
          frame.block = id;
        }
        // An element that another one begins with touches what that one touches; exponents and indices belong to it.
        if (node.previous != no_node) {
          const Node& before = page[node.previous];
          touching = before.kind == NodeKind::element && !is_script(before.tag);
        }
        if (is_script(node.tag)) touching = false;
        switch (node.tag) {
          case Tag::a:
            // Two links that touch are two labels, whatever the style sheet puts between them.
            if (node.previous != no_node && page[node.previous].tag == Tag::a) pending_space = true;
            frame.in_link = true;
            open_mark(frame, MarkKind::link, id);
            break;
          case Tag::b:
          case Tag::strong: open_mark(frame, MarkKind::strong, id); break;
          case Tag::i:
          case Tag::em:
          case Tag::cite:
          case Tag::dfn:
          case Tag::var: open_mark(frame, MarkKind::emphasis, id); break;
          case Tag::code:
          case Tag::tt:
          case Tag::samp:
            if (!parent.preformatted) open_mark(frame, MarkKind::code, id);
            break;
          case Tag::kbd: open_mark(frame, MarkKind::keyboard, id); break;
          case Tag::del:
          case Tag::s:
          case Tag::strike: open_mark(frame, MarkKind::deleted, id); break;
          case Tag::sub: open_mark(frame, MarkKind::subscript, id); break;
          case Tag::sup: open_mark(frame, MarkKind::superscript, id); break;
          case Tag::q: open_mark(frame, MarkKind::quote, id); break;
          case Tag::option: pending_space = true; break;
          case Tag::unknown: pending_space = pending_space || !text.empty(); break;
          default: break;
        }
    }
    frames.push_back(frame);
    return true;
  }

  void leave() {
    const Frame frame = frames.back();
    if (frame.mark) close_mark();
    if (frame.ends_block) {
      flush(frame);
      frames.pop_back();
      cell_open = false;
      return;
    }
    frames.pop_back();
    const Node& node = page[frame.node];
    if (node.tag == Tag::td || node.tag == Tag::th) {
      if (cell_open && cell_mark < out.marks.size() && cell_mark >= first_mark)
        out.marks[cell_mark].end = static_cast<std::uint32_t>(text.size());
      cell_open = false;
      pending_space = true;
    } else if (node.kind == NodeKind::element && node.ns == Namespace::html) {
      if (frame.in_row && display_of(node.tag) != Display::inline_) pending_space = true;
      if (frame.preformatted && display_of(node.tag) == Display::block) line_due = true;
      if (node.tag == Tag::unknown || node.tag == Tag::option) pending_space = true;
    }
  }

  void run() {
    const NodeId top = page.html;
    if (top == no_node) return;
    tables.find(page);
    formulas = has_formulas(page);
    formula_steps = 4 * page.nodes.size() + 4096;
    fine_blocks = fine_blocks_of(page.input.size());
    most_marks = free_marks + page.input.size() / bytes_a_mark;
    Frame root;
    root.node = root.block = top;
    frames.push_back(root);
    NodeId id = page[top].first_child;
    std::uint32_t steps = 0;
    while (id != no_node && meter.spent != Limit::output && out.blocks.size() < most_blocks) {
      if ((++steps & 4095) == 0 && meter.out_of_time()) break;
      const Node& node = page[id];
      bool inside = false;
      if (node.kind == NodeKind::text) {
        add_text(node, frames.back());
      } else if (node.kind == NodeKind::element || node.kind == NodeKind::fragment) {
        inside = enter(id);
      }
      if (inside) {
        id = page[id].first_child;
        if (id != no_node) continue;
        id = frames.back().node;
        leave();
      }
      while (page[id].next == no_node) {
        id = page[id].parent;
        if (id == top || id == no_node) break;
        leave();
      }
      if (id == top || id == no_node) break;
      id = page[id].next;
    }
    while (frames.size() > 1) leave();
    fine_blocks = out.blocks.size() + 1;
    flush(frames.back());
    out.marks.resize(first_mark);
  }
};

}  // namespace

void Blocks::clear() {
  blocks.clear();
  marks.clear();
  embeds.clear();
  class_parts.clear();
  for_screen_readers.clear();
  flat = false;
}

void find_blocks(Page& page, Blocks& out, Meter& meter) {
  out.clear();
  Finder finder{.page = page, .out = out, .meter = meter};
  finder.run();
}

}  // namespace offprint
