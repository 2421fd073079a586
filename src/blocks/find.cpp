// The blocks of a page: one walk of the tree that gathers inline text and lets go of it at every block boundary.
#include "base/unicode.h"
#include "blocks/finder.h"
#include "blocks/math.h"
#include "blocks/stand_ins.h"
#include "blocks/streamed.h"

namespace offprint {
namespace {

bool is_script(Tag tag) { return tag == Tag::sub || tag == Tag::sup; }

// Headings, terms and definitions up to so many bytes of source are one block whatever boxes they are made of; a longer one may be one that
// nobody closed, or holds text of its own paragraphs.
constexpr std::size_t longest_joined_heading = 1024, longest_joined_definition = 400;
void deepen(std::uint8_t& depth) { depth += depth < 255; }
bool joins(Tag tag) { return tag == Tag::div || tag == Tag::p; }
// What ARIA calls a heading is one as far as it is short: some have the role around whole comments.
constexpr std::size_t longest_aria_heading = 600;

bool holds_heading(const Page& page, NodeId id) {
  constexpr int most_levels = 4, most_children = 8;
  NodeId child = page[id].first_child;
  for (int i = 0; i < most_children && child != no_node; ++i, child = page[child].next) {
    NodeId first = child;
    for (int level = 0; level < most_levels && first != no_node; ++level) {
      if (heading_level(page[first].tag) != 0) return true;
      first = page[first].first_child;
      while (first != no_node && page[first].kind != NodeKind::element) first = page[first].next;
    }
  }
  return false;
}

// Of an attribute that counts items; 0 where it has none.
std::uint32_t ordinal_of(std::string_view value) { return leading_number(trim(value).substr(0, 8), 99'999'999); }

// An element that only sets its text otherwise: digits in it and beside it may be one number.
bool is_style(Tag tag) { return tag == Tag::b || tag == Tag::strong || tag == Tag::i || tag == Tag::em || tag == Tag::u || tag == Tag::font || tag == Tag::big || tag == Tag::small; }

}  // namespace

void BlockFinder::enter_block(BlockFrame& frame, const BlockFrame& parent, NodeId id, const Node& node) {
  if (parent.in_row) return end_line_in_row(node);
  if (parent.preformatted && parent.kind == BlockKind::code && node.tag != Tag::pre && frame.hidden == parent.hidden) {
    line_due = true;
    return;
  }
  if (parent.joins && joins(node.tag) && frame.hidden == parent.hidden) {
    pending_space = true;
    return;
  }
  begin_block(frame, parent, id);
  frame.joins = false;
  if (const int level = heading_level(node.tag); level != 0) {
    frame.kind = BlockKind::heading;
    frame.joins = node.span.size() < longest_joined_heading;
    frame.level = static_cast<std::uint8_t>(level);
    return;
  }
  switch (node.tag) {
    case Tag::ul:
    case Tag::ol:
    case Tag::menu:
    case Tag::dir:
      leave_images_outside();
      if (parent.in.lists == 0) frame.group = frame.in.list = ++groups;
      deepen(frame.in.lists);
      frame.ordinal = 0;
      if (node.tag == Tag::ol) {
        frame.ordinal = 1;
        const std::string_view start = attribute(page, id, AttributeName::start);
        if (const std::uint32_t n = ordinal_of(start); n > 0) frame.ordinal = n;
      }
      frame.kind = BlockKind::paragraph;
      break;
    case Tag::li:
      frame.kind = BlockKind::list_item;
      frame.in.item = ++items;
      frame.item_fresh = true;
      frame.level = std::max<std::uint8_t>(1, parent.in.lists);
      break;
    case Tag::dl:
      if (parent.group == 0) frame.group = ++groups;
      break;
    case Tag::dt:
    case Tag::dd:
      frame.kind = node.tag == Tag::dt ? BlockKind::term : BlockKind::definition;
      if (node.tag == Tag::dd) deepen(frame.in.definitions);
      frame.item_fresh = node.tag == Tag::dd;
      frame.joins = node.span.size() < longest_joined_definition;
      break;
    case Tag::blockquote:
      if (is_post_body(page, id)) break;
      leave_images_outside();
      if (parent.in.quotes == 0) frame.in.quote = ++quotes;
      deepen(frame.in.quotes);
      frame.kind = BlockKind::quote;
      frame.level = frame.in.quotes;
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
      if (frame.kind == BlockKind::paragraph && aria_heading && node.span.size() < longest_aria_heading) {
        const std::string_view level = attribute(page, id, AttributeName::aria_level);
        frame.kind = BlockKind::heading;
        frame.joins = true;
        frame.level = level.size() == 1 && level[0] >= '1' && level[0] <= '6' ? static_cast<std::uint8_t>(level[0] - '0') : std::uint8_t{2};
      }
      if ((shows & shows_title_of_note) != 0 || (node.tag == Tag::summary && !holds_heading(page, id))) open_mark(frame, MarkKind::strong, id);
      break;
  }
}

void BlockFinder::input_text(const BlockFrame& frame, NodeId id) {
  const std::string_view type = attribute(page, id, AttributeName::type);
  // What is done of a list of tasks; one that can be checked is a control, and one with a name belongs to a form.
  if (frame.kind == BlockKind::list_item && text.empty() && equal_ascii_case(type, "checkbox") && has_attribute(page, id, "disabled") && !has_attribute(page, id, AttributeName::name)) {
    add_value(has_attribute(page, id, "checked") ? task_done : task_open, id, frame);
    pending_space = true;
    return;
  }
  if (!(contains_ascii_case(type, "submit") || contains_ascii_case(type, "button") || contains_ascii_case(type, "reset"))) return;
  const std::string_view value = attribute(page, id, AttributeName::value);
  if (value.empty()) return;
  if (frame.in_row) {
    pending_space = true;
    add_value(value, id, frame);
    pending_space = true;
    return;
  }
  flush(frame);
  BlockFrame control = frame;
  control.block = id;
  control.kind = BlockKind::control;
  control.level = 0;
  control.preformatted = false;
  add_value(value, id, control);
  flush(control);
}

// A formula is its TeX, with a mark. True where the element is one, so that the walk does not go into it.
bool BlockFinder::add_formula(NodeId id, const BlockFrame& parent) {
  const Formula formula = find_formula(page, id, tex, formula_steps);
  if (formula == Formula::none) return false;
  if (formula == Formula::again) return true;
  BlockFrame frame = parent;
  const bool alone = formula == Formula::display && !parent.in_row && !parent.preformatted && parent.kind != BlockKind::heading;
  if (alone) {
    flush(parent);
    frame.block = id;
    frame.kind = BlockKind::math;
  }
  begin_cell_line(id);
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

// The first of the elements that are some part tells what the line has told.
void BlockFinder::ask_parts() {
  for (std::size_t i = 0; i < unasked_count && part == PostPart::none; ++i) part = post_part(page, unasked[i], out.class_parts);
  unasked_count = 0;
}

// True where the inline element begins the second of a post's author and date, so that a block ends before it. Six of seven elements stand
// first in their line, or before its text: what they are is asked only when a later one is something.
bool BlockFinder::parts_post_line(NodeId id, const BlockFrame& parent) {
  if (parent.in_row || parent.preformatted || parent.kind == BlockKind::heading || text.size() > most_post_line) return false;
  if (!has_span || (part == PostPart::none && unasked_count == 0)) {
    if (part != PostPart::none) return false;
    if (unasked_count == unasked.size()) ask_parts();
    unasked[unasked_count++] = id;
    return false;
  }
  const PostPart next = post_part(page, id, out.class_parts);
  if (next == PostPart::none) return false;
  ask_parts();
  if (has_span && part != PostPart::none && next != part && is_post_line(page, parent.block)) return true;
  if (part == PostPart::none) part = next;
  return false;
}

// What is embedded stands before the block of this index.
void BlockFinder::note_embed(NodeId id, const BlockFrame& parent) {
  give_images_to_near(parent);  // a picture before it would come behind it, with the next text
  soft_space = soft_space || !text.empty();
  if (parent.hidden == Hidden::no && !parent.in_row && out.embeds.size() < most_embeds)
    out.embeds.push_back({id, static_cast<std::uint32_t>(out.blocks.size() + (text.empty() ? 0 : 1)), parent.group, parent.ordinal, parent.in});
}

// True where the walk goes into the element.
bool BlockFinder::enter(NodeId id) {
  const Node& node = page[id];
  frames.make_room();
  const BlockFrame& parent = frames.back();
  BlockFrame& frame = frames.next();
  if (node.kind == NodeKind::fragment) {
    frame = parent;
    frame.node = id;
    frame.mark = frame.ends_block = frame.item_fresh = false;
    frames.push();
    return true;
  }
  const Display display = node.ns == Namespace::html || node.tag == Tag::svg || node.ns == Namespace::mathml
                              ? display_of(node.tag)
                              : Display::inline_;
  if ((formulas || node.tag == Tag::img) && parent.hidden == hidden_by(id, parent.hidden) && add_formula(id, parent)) return false;
  if (display == Display::none) {
    const bool embeds = node.tag == Tag::iframe || node.tag == Tag::video || node.tag == Tag::audio || node.tag == Tag::embed ||
                        node.tag == Tag::object;
    if (!embeds) return false;
    note_embed(id, parent);
    return false;
  }
  if ((node.tag == Tag::unknown || (node.tag == Tag::div && node.first_child == no_node)) && may_stand_in(page, id)) note_embed(id, parent);
  if (node.tag == Tag::br) return line_break(id, parent);
  // What is set above a word, in small letters, tells how it is read: in a line of text it would double the word.
  if (node.tag == Tag::wbr || node.tag == Tag::rt || node.tag == Tag::rp) return false;
  if (node.tag == Tag::img || (node.tag == Tag::unknown && is_picture_element(page, id))) {
    if (add_emoji(id, parent)) return false;
    begin_cell_line(id);
    add_space();
    if (out.marks.size() - first_mark < 4096) point_mark(MarkKind::image, id);
    if (node.tag == Tag::img) return false;
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
    // An empty element shows nothing, but a block one still ends the block before it, and some are breaks by their class.
    if (display == Display::block && !parent.in_row) flush(parent);
    if (node.tag == Tag::tr && parent.kind == BlockKind::table) end_row();
    if (node.tag == Tag::span && node.attributes_count != 0 && (what_class_shows(id) & shows_break) != 0) return line_break(id, parent);
    if ((node.tag == Tag::td || node.tag == Tag::th) && parent.in_row) {
      begin_cell(id, node.tag);
      cell_open = false;
    }
    return false;
  }
  frame = parent;
  frame.node = id;
  frame.mark = frame.ends_block = frame.item_fresh = false;
  frame.hidden = hidden_by(id, parent.hidden);
  if (parent.kind == BlockKind::heading && display == Display::inline_ && is_edit_link(id)) return false;
  if (shows != 0 && display == Display::inline_) {
    if ((shows & shows_icon) != 0) return false;
    if ((shows & shows_encoded_address) != 0 && add_encoded_address(id, parent)) return false;
  }
  // What only screen readers say has no place of its own in a cell, nor amid a line.
  if (display == Display::inline_ && frame.hidden == Hidden::screen_reader && parent.hidden == Hidden::no && (parent.in_row || is_amid_line(id))) {
    heard_more = true;
    touching = !text.empty() && !is_script(page[parent.node].tag);
    touching_styles = same_styles = false;
    return false;
  }
  if (frame.hidden != parent.hidden && display == Display::inline_ && !parent.in_row) {
    if (is_hidden_at_first(frame.hidden) && !parent.preformatted && takes_place_of_dots(id)) {
      frame.hidden = parent.hidden;
      frame.ends_block = !is_text(node.next);  // "Read more" stands behind it
    } else if (frame.hidden != Hidden::noscript && frame.hidden != Hidden::template_ && is_amid_text(id)) {
      return false;
    } else {
      begin_block(frame, parent, id);
    }
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
            if (const std::uint32_t given = ordinal_of(attribute(page, id, AttributeName::value)); given > 0) frames[i].ordinal = given;
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
      // A heading that is a button opens what stands below it; amid a sentence one shows what a word means.
      if (parent.in_row || (node.tag == Tag::button && frame.hidden == parent.hidden && (parent.kind == BlockKind::heading ? is_alone_in_heading(id) : is_amid_sentence(id)))) {
        pending_space = true;
        break;
      }
      begin_block(frame, parent, id);
      frame.kind = BlockKind::control;
      frame.level = 0;
      if (node.tag == Tag::select) frame.in_row = true;
      break;
    default:
      if (!frame.ends_block && (node.attributes_count > 0 || node.tag == Tag::time) && parts_post_line(id, parent)) {
        trim_separators();
        begin_block(frame, parent, id);
      }
      // An element that another one begins with touches what that one touches; exponents and indices belong to it.
      if (node.previous != no_node) {
        const Node& before = page[node.previous];
        touching = before.kind == NodeKind::element && !is_script(before.tag);
        touching_styles = is_style(node.tag) || is_style(before.tag);
        same_styles = touching_styles && node.tag == before.tag;
        behind_label = before.kind == NodeKind::text;
        if (touching && node.tag == Tag::span && before.tag == Tag::span) enter_sibling_span(id, parent);
        if (behind_label && node.tag == Tag::span && parent.kind == BlockKind::heading && begins_line(id)) pending_space = true;
      }
      if (is_script(node.tag)) touching = false;
      switch (node.tag) {
        case Tag::a:
          if ((parent.kind == BlockKind::heading || parent.kind == BlockKind::term) && is_permalink(id)) return false;
          // Two links that touch and lead to two places are two labels, whatever the style sheet puts between them.
          if (node.previous != no_node && page[node.previous].tag == Tag::a &&
              attribute(page, node.previous, AttributeName::href) != attribute(page, id, AttributeName::href))
            pending_space = true;
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
        case Tag::span:
          if (letters != Letters::as_they_are && !parent.preformatted) open_letters(frame, id);
          break;
        case Tag::option: pending_space = true; break;
        case Tag::unknown: soft_space = soft_space || !text.empty(); break;
        default: break;
      }
  }
  frame.first_block = static_cast<std::uint32_t>(out.blocks.size());
  frames.push();
  return true;
}

void BlockFinder::leave() {
  const BlockFrame& frame = frames.back();  // still there when it is popped
  if (frame.mark) close_mark();
  if (frame.ends_block) {
    if (frame.in_row && page[frame.node].tag == Tag::tr) end_row();
    flush(frame);
    if (out.marks.size() > first_mark) {
      if (out.blocks.size() > frame.first_block) {
        give_images_to_last();
      } else if (is_hidden_at_first(frame.hidden) && frames[frames.size() - 2].hidden == Hidden::no) {
        drop_images_of(frame.node);  // itself hidden, not within a page of which all is, until its scripts show it
      }
    }
    frames.pop();
    if (page[frame.node].tag == Tag::blockquote && quotes_post(page, frame.node)) note_embed(frame.node, frames.back());
    cell_open = false;
    return;
  }
  frames.pop();
  const Node& node = page[frame.node];
  if (node.tag == Tag::td || node.tag == Tag::th) {
    if (cell_open && cell_mark < out.marks.size())
      out.marks[cell_mark].end = static_cast<std::uint32_t>(text.size());
    cell_open = false;
    pending_space = true;
  } else if (node.kind == NodeKind::element && node.ns == Namespace::html) {
    const Display display = display_of(node.tag);
    if ((frame.in_row || frame.joins) && display != Display::inline_) end_line_in_row(node);
    if (frame.preformatted && display == Display::block) line_due = true;
    if (node.tag == Tag::option) pending_space = true;
    if (node.tag == Tag::unknown) soft_space = true;
  }
}

// Nodes lie nearly in the order of the walk. Those of a large tree are in no cache, and processors fetch ahead within 4 KB only.
constexpr NodeId nodes_ahead = 24;

void BlockFinder::run() {
  const NodeId top = page.html;
  if (top == no_node) return;
  formulas = has_formulas(page);
  raw_tex = raw_tex_of(page);
  formula_steps = 4 * page.nodes.size() + 4096;
  gutter_steps = 2 * page.input.size() + 4096;
  fine_blocks = fine_blocks_of(page.input.size());
  most_marks = free_marks + page.input.size() / bytes_a_mark;
  frames.make_room();
  frames.next().node = frames.next().block = top;
  frames.push();
  NodeId id = page[top].first_child;
  const auto last = static_cast<NodeId>(page.nodes.size() - 1);
  std::uint32_t steps = 0;
  while (id != no_node && meter.spent != Limit::output && out.blocks.size() < most_blocks) {
    if ((++steps & 4095) == 0 && meter.out_of_time()) break;
    const Node& node = page[id];
    __builtin_prefetch(page.nodes.data() + std::min(id + nodes_ahead, last));
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

void Blocks::clear() {
  blocks.clear();
  marks.clear();
  embeds.clear();
  class_parts.clear();
  class_shows.clear();
  flat = false;
}

void find_blocks(Page& page, Blocks& out, Meter& meter) {
  out.clear();
  place_streamed_parts(page);
  BlockFinder finder{.page = page, .out = out, .meter = meter};
  finder.run();
}

}  // namespace offprint
