// The shape of the content: blocks in page order become headings, nested lists, tables, quotations and
// figures, as a sequence of events for a sink. Every format that keeps structure is a sink of this one walk,
// so that they agree.
//
// A sink has
//   void heading(const Block&, int level);   1 only for the title of the content, of which there is at most one
//   void title(std::string_view);            the title where no content block is it; comes first
//   void paragraph(const Block&);            also in an open item or quotation
//   void code(const Block&);
//   void math(const Block&);
//   void rule();
//   void note(const Block&);
//   void open_list(bool ordered, std::uint32_t start);
//   void close_list();
//   void open_item(const Block&);            which writes the item's own text, too
//   void close_item();
//   void open_quote();
//   void close_quote();
//   void open_figure();
//   void image(const Block&);
//   void caption(const Block&);
//   void close_figure();
//   void open_definitions();
//   void term(const Block&);
//   void definition(const Block&);
//   void close_definitions();
//   void table(std::span<const Block> rows); rows that are not of kind `table`, or not taken, are to be skipped
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "formats/escape.h"
#include "offprint/document.h"

namespace offprint {

// Deeper lists and quotations than this are written at this depth: a page may nest as deeply as it likes, and
// each level costs indentation on every line.
inline constexpr std::uint8_t max_flow_depth = 16;

// The content block that is the title of the content, or null.
const Block* find_headline(const Document& document);

// A picture with an address that can be given on. Placeholders (data:) are none; their alternative text goes
// with them.
inline bool is_picture(const Mark& mark) {
  return mark.kind == MarkKind::image && is_link_address(mark.target);
}

template <typename Sink, typename Taken>
class FlowWalk {
 public:
  FlowWalk(const Document& document, Sink& sink, bool pictures, Taken taken)
      : document_(document), sink_(sink), taken_(taken), pictures_(pictures) {}

  void run() {
    const Block* const headline = find_headline(document_);
    const bool own_title = headline == nullptr || !taken_(*headline);
    bool any = false;
    const std::span<const Block> blocks = document_.blocks;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Block& block = blocks[i];
      if (!taken_(block) || is_bare(block)) continue;
      if (!any && own_title && !document_.title.empty()) sink_.title(document_.title);
      any = true;
      if (&block == headline) {
        leave_all();
        const Block rest = take_pictures(block);
        leave_all();
        sink_.heading(rest, 1);
        continue;
      }
      if (block.kind == BlockKind::table) {
        leave_figure();
        leave_definitions();
        enclose(block);
        std::size_t end = i + 1;
        for (std::size_t j = end; j < blocks.size() && !ends_table(block, blocks[j]); ++j) {
          if (taken_(blocks[j]) && !is_bare(blocks[j])) end = j + 1;
        }
        sink_.table(blocks.subspan(i, end - i));
        i = end - 1;
        continue;
      }
      if (block.kind == BlockKind::embed && block.text.empty()) {
        embed(block);
        continue;
      }
      if (!block.note.empty()) {
        leave_all();
        sink_.note(block);
        continue;
      }
      take(take_pictures(block));
    }
    leave_all();
  }

 private:
  // What is open around the next block, the innermost last. level: of a list, how many lists there are then.
  struct Container {
    bool quote, ordered;
    std::uint8_t level;
    std::uint32_t group, ordinal;
  };

  // True where there is nothing to write of a block.
  bool is_bare(const Block& block) const {
    if (block.kind == BlockKind::embed) return block.marks.empty() || !is_link_address(block.marks[0].target);
    if (!block.text.empty() || block.kind == BlockKind::rule) return false;
    for (const Mark& mark : block.marks) {
      if ((pictures_ && is_picture(mark)) || mark.kind == MarkKind::math) return false;
    }
    return true;
  }

  bool ends_table(const Block& first, const Block& block) {
    if (!taken_(block) || is_bare(block)) return block.group != first.group && block.group != 0;
    return block.kind != BlockKind::table || block.group != first.group;
  }

  // What a page embeds is a link of its own: to where it is, by the name that it has.
  void embed(const Block& block) {
    leave_all();
    Mark link = block.marks[0];
    Block paragraph = block;
    paragraph.kind = BlockKind::paragraph;
    paragraph.text = link.label.empty() ? link.target : link.label;
    link.begin = 0;
    link.end = static_cast<std::uint32_t>(paragraph.text.size());
    paragraph.marks = {&link, 1};
    sink_.paragraph(paragraph);
  }

  // Pictures that stood alone before a block come with it, at its very beginning. They get a figure of their
  // own, where the block's kind leaves room for one. Returns the block without them.
  Block take_pictures(const Block& block) {
    if (block.text.empty() || block.kind == BlockKind::list_item || block.kind == BlockKind::quote ||
        block.kind == BlockKind::term || block.kind == BlockKind::definition) {
      return block;
    }
    std::size_t count = 0;
    while (count < block.marks.size() && block.marks[count].kind == MarkKind::image &&
           block.marks[count].begin == 0) {
      ++count;
    }
    Block rest = block;
    if (count == 0) return rest;
    Block pictures = block;
    pictures.kind = BlockKind::image;
    pictures.text = {};
    pictures.marks = block.marks.first(count);
    rest.marks = block.marks.subspan(count);
    if (!is_bare(pictures)) take(pictures);
    return rest;
  }

  static std::uint8_t lists_of(const Block& block) {
    return block.kind == BlockKind::list_item ? std::clamp<std::uint8_t>(block.level, 1, max_flow_depth) : std::min(block.lists, max_flow_depth);
  }
  static std::uint8_t quotes_of(const Block& block) {
    return block.kind == BlockKind::quote ? std::clamp<std::uint8_t>(block.level, 1, max_flow_depth) : std::min(block.quotes, max_flow_depth);
  }

  // Closes what the block does not stand in, and opens its quotations. Lists are opened by their items, so what belongs to an item whose own
  // text is not taken stands beside the list.
  void enclose(const Block& block) {
    const std::uint8_t lists = lists_of(block), quotes = quotes_of(block);
    const std::uint32_t list = block.kind == BlockKind::list_item ? block.group : block.list;
    if (quotes_ > 0 && block.kind == BlockKind::quote && block.group != 0 && quote_group_ != 0 && block.group != quote_group_)
      while (quotes_ > 0) close_container();
    while (quotes_ > quotes || level_of_list() > lists) close_container();
    while (lists_ > 0 && outermost_list().group != list) close_container();
    for (; quotes_ < quotes; ++quotes_) {
      leave_figure();
      leave_definitions();
      sink_.open_quote();
      stack_[depth_++] = {true, false, 0, 0, 0};
    }
    if (block.kind == BlockKind::quote) quote_group_ = block.group;
  }

  void take(const Block& block) {
    if (block.kind == BlockKind::heading) {
      leave_all();
      sink_.heading(block, std::clamp<int>(block.level, 2, 6));  // 1 is kept for the title
      return;
    }
    if (block.kind == BlockKind::list_item || block.kind == BlockKind::quote) {
      leave_figure();
      leave_definitions();
    }
    enclose(block);
    if (block.kind == BlockKind::list_item) return enter_item(block);
    if (block.kind == BlockKind::quote) return sink_.paragraph(block);
    // A caption is one by its role as well: flattened text has no <figcaption>.
    const bool caption = block.kind == BlockKind::caption ||
                         (block.kind == BlockKind::paragraph && block.role == Role::caption);
    if (block.kind == BlockKind::image || caption) {
      leave_definitions();
      const bool picture = !caption;
      if (figure_ && picture && captioned_) leave_figure();
      if (!figure_) sink_.open_figure();
      figure_ = true;
      captioned_ = !picture;
      if (picture) {
        sink_.image(block);
      } else {
        sink_.caption(block);
      }
      return;
    }
    leave_figure();
    if (block.kind == BlockKind::term || block.kind == BlockKind::definition) {
      if (!definitions_) sink_.open_definitions();
      definitions_ = true;
      if (block.kind == BlockKind::term) {
        sink_.term(block);
      } else {
        sink_.definition(block);
      }
      return;
    }
    leave_definitions();
    switch (block.kind) {
      case BlockKind::code:
        sink_.code(block);
        break;
      case BlockKind::math:
        sink_.math(block);
        break;
      case BlockKind::rule:
        sink_.rule();
        break;
      default:
        sink_.paragraph(block);
    }
  }

  void enter_item(const Block& block) {
    const std::uint8_t level = lists_of(block);
    const bool ordered = block.ordinal != 0;
    if (depth_ > 0 && !stack_[depth_ - 1].quote && stack_[depth_ - 1].level == level) {
      Container& top = stack_[depth_ - 1];
      // A further block of a numbered item bears its number.
      if (ordered && top.ordinal == block.ordinal && top.group == block.group) {
        sink_.paragraph(block);
        return;
      }
      if (top.ordered != ordered || (top.group != block.group && block.level < max_flow_depth)) {
        close_container();
      } else {
        sink_.close_item();
        top.ordinal = block.ordinal;
        sink_.open_item(block);
        return;
      }
    }
    if (level_of_list() >= level) return sink_.paragraph(block);  // a quotation right in a list, around its items
    sink_.open_list(ordered, block.ordinal);
    ++lists_;
    stack_[depth_++] = {false, ordered, level, block.group, block.ordinal};
    sink_.open_item(block);
  }

  std::uint8_t level_of_list() const {
    std::size_t i = depth_;
    while (i > 0 && stack_[i - 1].quote) --i;
    return i > 0 ? stack_[i - 1].level : std::uint8_t{0};
  }
  const Container& outermost_list() const {
    std::size_t i = 0;
    while (stack_[i].quote) ++i;
    return stack_[i];
  }
  void close_container() {
    leave_figure();
    leave_definitions();
    const Container& top = stack_[--depth_];
    if (top.quote) {
      sink_.close_quote();
      --quotes_;
    } else {
      sink_.close_item();
      sink_.close_list();
      --lists_;
    }
  }
  void leave_figure() {
    if (figure_) sink_.close_figure();
    figure_ = false;
    captioned_ = false;
  }
  void leave_definitions() {
    if (definitions_) sink_.close_definitions();
    definitions_ = false;
  }
  void leave_all() {
    leave_figure();
    leave_definitions();
    while (depth_ > 0) close_container();
  }

  const Document& document_;
  Sink& sink_;
  Taken taken_;
  std::array<Container, 2 * max_flow_depth> stack_;  // levels of lists rise strictly, so this is always enough
  std::size_t depth_ = 0;
  std::uint8_t lists_ = 0, quotes_ = 0;  // of stack_
  std::uint32_t quote_group_ = 0;
  const bool pictures_;
  bool figure_ = false, captioned_ = false, definitions_ = false;
};

template <typename Sink, typename Taken>
void walk_flow(const Document& document, Sink& sink, bool pictures, Taken taken) {
  FlowWalk<Sink, Taken>(document, sink, pictures, taken).run();
}
// The content. embeds: what is embedded in it, which is nothing but a link.
template <typename Sink>
void walk_flow(const Document& document, Sink& sink, bool pictures, bool embeds) {
  walk_flow(document, sink, pictures, [embeds](const Block& block) {
    return block.content || (embeds && block.kind == BlockKind::embed && block.text.empty());
  });
}

}  // namespace offprint
