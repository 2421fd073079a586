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
//   void open_definition(const Block&);      which writes its first text, too
//   void close_definition();
//   void close_definitions();
//   void heading_of_item(const Block&);      in an open item; where a sink has none, it is a heading like others
//   void table(std::span<const Block> rows); rows that are not of kind `table`, or not taken, are to be skipped
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/unicode.h"
#include "base/url.h"
#include "formats/captions.h"
#include "formats/escape.h"
#include "formats/posts_of_thread.h"
#include "offprint/document.h"

namespace offprint {

// Deeper lists and quotations than this are written at this depth: a page may nest as deeply as it likes, and
// each level costs indentation on every line.
inline constexpr std::uint8_t max_flow_depth = 16;

// The content block that is the title of the content, or null.
const Block* find_headline(const Document& document);

template <typename Sink, typename Taken>
class FlowWalk {
 public:
  FlowWalk(const Document& document, Sink& sink, bool pictures, Taken taken)
      : document_(document), sink_(sink), taken_(taken), pictures_(pictures) {}

  void run() {
    const Block* const headline = find_headline(document_);
    const bool own_title = headline == nullptr || !taken_(*headline);
    bool any = false;
    PostsOfThread posts;
    const std::span<const Block> blocks = document_.blocks;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Block& block = blocks[i];
      if (!taken_(block) || is_bare(block)) {
        posts.pass(block);
        continue;
      }
      if (!any && own_title && !document_.title.empty()) sink_.title(document_.title);
      any = true;
      if (&block == headline) {
        posts.pass_title();
        leave_all();
        take_with_pictures(block, true);
        continue;
      }
      if (is_thread() && posts.begins(block)) {
        leave_all();
        sink_.rule();
      }
      if (block.kind == BlockKind::table) {
        leave_figure();
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
        if (is_label_before_note(blocks, i)) continue;
        leave_all();
        sink_.note(block);
        continue;
      }
      take_with_pictures(block.content ? without_shown(block) : block);
      note_shown(block);
    }
    leave_all();
  }

 private:
  // What is open around the next block, the innermost last. level: of a list, how many lists there are then.
  enum class Kind : std::uint8_t { list, quote, terms, definition };
  struct Container {
    Kind kind = Kind::list;
    bool ordered = false;
    std::uint8_t level = 0;
    std::uint32_t group = 0, ordinal = 0, item = 0;
  };

  bool is_thread() const { return document_.page_type == PageType::forum; }

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

  // "example.org/player", of a long address.
  static std::string_view short_address(std::string_view address) {
    constexpr std::size_t long_address = 80;
    if (address.size() < long_address) return address;
    const std::string_view host = host_of(address), path = path_of(address);
    if (host.empty()) return address;
    const std::string_view first = path.substr(0, path.find('/', 1));
    const char* const begin = host.data() + (host.starts_with("www.") ? 4 : 0);
    return {begin, first.data() + first.size()};
  }

  // What a page embeds is a link of its own: to where it is, by the name that it has.
  void embed(const Block& block) {
    Mark link = block.marks[0];
    Block paragraph = block;
    paragraph.kind = BlockKind::paragraph;
    paragraph.text = link.label.empty() ? short_address(link.target) : link.label;
    link.begin = 0;
    link.end = static_cast<std::uint32_t>(paragraph.text.size());
    paragraph.marks = {&link, 1};
    take(paragraph);
  }

  // "[1]", and then the note.
  static bool is_label_before_note(std::span<const Block> blocks, std::size_t i) {
    return i + 1 < blocks.size() && blocks[i + 1].note == blocks[i].note && without_brackets(blocks[i].text) == blocks[i].note;
  }

  static constexpr std::size_t most_shown = 16;
  // The pictures of captions that are not content came with the next block as well, for whom leaves captions out.
  void note_shown(const Block& block) {
    if (block.content) shown_ = 0;
    for (std::size_t i = 0; !block.content && i < block.marks.size() && shown_ < most_shown; ++i)
      if (block.marks[i].kind == MarkKind::image) pictures_shown_[shown_++] = block.marks[i].target;
  }
  Block without_shown(const Block& block) const {
    Block rest = block;
    const auto end = pictures_shown_.begin() + static_cast<std::ptrdiff_t>(shown_);
    const auto was_shown = [&](const Mark& mark) { return mark.kind == MarkKind::image && mark.begin == 0 && std::find(pictures_shown_.begin(), end, mark.target) != end; };
    while (!rest.marks.empty() && was_shown(rest.marks.front())) rest.marks = rest.marks.subspan(1);
    return rest;
  }

  // Pictures stand beside their block, in a block of their own.
  void take_images(const Block& of, std::span<const Mark> marks) {
    Block pictures = of;
    pictures.kind = BlockKind::image;
    pictures.text = {};
    pictures.marks = marks;
    if (!is_bare(pictures)) take(pictures);
  }

  void take_with_pictures(const Block& block, bool title = false) {
    std::size_t count = block.marks.size();
    while (count > 0 && is_behind(block.marks[count - 1])) --count;
    Block rest = block;
    rest.marks = block.marks.first(count);
    if (block.kind == BlockKind::heading && !title) open_step(block);  // its pictures stand in the step, too
    rest = take_pictures(rest);
    if (title) {
      leave_all();
      sink_.heading(rest, 1);
    } else {
      take(rest);
    }
    behind_.assign(block.marks.begin() + static_cast<std::ptrdiff_t>(count), block.marks.end());
    for (Mark& picture : behind_) picture.begin = picture.end = 0;
    if (!behind_.empty()) take_images(block, behind_);
  }

  // Pictures that stood alone before a block come with it, at its very beginning. They get a figure of their
  // own, where the block's kind leaves room for one. Returns the block without them.
  Block take_pictures(const Block& block) {
    const bool item = block.kind == BlockKind::list_item && !goes_on(block), quote = block.kind == BlockKind::quote;
    if (block.text.empty() || block.kind == BlockKind::term || block.kind == BlockKind::definition) return block;
    std::size_t count = 0;
    while (count < block.marks.size() && block.marks[count].kind == MarkKind::image && block.marks[count].begin == 0 && ((!item && !quote) || block.marks[count].apart)) ++count;
    Block rest = block;
    if (count == 0) return rest;
    rest.marks = block.marks.subspan(count);
    Block around = block;
    if (item) {  // before its list
      around.in.lists -= around.in.lists > 0;
      if (around.in.lists == 0) around.in.list = 0;
      around.in.item = 0;
    } else if (quote) {
      around.in.quotes -= around.in.quotes > 0;
      if (around.in.quotes == 0) around.in.quote = 0;
    }
    take_images(around, block.marks.first(count));
    return rest;
  }

  static std::uint8_t lists_of(const Block& block) {
    return block.kind == BlockKind::list_item ? std::clamp<std::uint8_t>(block.level, 1, max_flow_depth) : std::min(block.in.lists, max_flow_depth);
  }
  static std::uint8_t quotes_of(const Block& block) {
    return block.kind == BlockKind::quote ? std::clamp<std::uint8_t>(block.level, 1, max_flow_depth) : std::min(block.in.quotes, max_flow_depth);
  }

  static std::uint8_t definitions_of(const Block& block) {
    const std::uint8_t depth = std::min(block.in.definitions, max_flow_depth);
    return block.kind == BlockKind::definition ? std::max<std::uint8_t>(1, depth) : depth;
  }
  bool is_at(Kind kind) const { return depth_ > 0 && stack_[depth_ - 1].kind == kind; }

  static std::uint32_t list_of(const Block& block) { return block.kind == BlockKind::list_item && block.in.list == 0 ? block.group : block.in.list; }

  // Closes what the block does not stand in, and opens its quotations. Lists and definitions are opened by the text of their items, so what belongs
  // to one whose own text is not taken stands beside them; but in a list that is open it is an item.
  void enclose(const Block& block) {
    const std::uint8_t lists = lists_of(block), quotes = quotes_of(block), definitions = definitions_of(block);
    if (block.in.quote != quote_)
      while (quotes_ > 0) close_container();
    while (quotes_ > quotes || level_of_list() > lists || definitions_ > definitions) close_container();
    while (lists_ > 0 && outermost_list().group != list_of(block)) close_container();
    if (is_at(Kind::terms) && (quotes_ < quotes || (block.kind != BlockKind::term && block.kind != BlockKind::definition))) close_container();
    if (block.kind != BlockKind::list_item && block.in.item != 0 && level_of_list() == lists) begin_item(block);
    if (block.kind == BlockKind::code) return;  // a quotation that begins with code is but set in
    for (; quotes_ < quotes; ++quotes_) {
      leave_figure();
      sink_.open_quote();
      stack_[depth_++] = {.kind = Kind::quote};
    }
    quote_ = block.in.quote;
  }

  void take(const Block& block) {
    if (block.kind == BlockKind::heading) return take_heading(block);
    if (block.kind == BlockKind::list_item || block.kind == BlockKind::quote) leave_figure();
    enclose(block);
    if (block.kind == BlockKind::list_item) return enter_item(block);
    if (block.kind == BlockKind::quote) return sink_.paragraph(block);
    // A caption is one by its role as well: flattened text has no <figcaption>.
    const bool caption = block.kind == BlockKind::caption ||
                         (block.kind == BlockKind::paragraph && block.role == Role::caption);
    if (block.kind == BlockKind::image || caption) {
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
    if (block.kind == BlockKind::term || block.kind == BlockKind::definition) return enter_definition(block);
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

  // The item that a block stands in, without a text of its own.
  static Block empty_item(const Block& block) {
    Block item = block;
    item.kind = BlockKind::list_item;
    item.level = block.in.lists;
    item.text = {};
    item.marks = {};
    return item;
  }
  // Whether a further block of the item that is open.
  bool goes_on(const Block& block) const { return block.in.item != 0 && is_at(Kind::list) && stack_[depth_ - 1].item == block.in.item; }

  // A heading ends what is open, but for the numbered item right in which it stands: its number is that of all that follows there. That item
  // is opened here, unless it has been before. Threads are numbered by their markup alone.
  bool open_step(const Block& block) {
    if (block.in.item == 0 || block.ordinal == 0 || block.in.quotes > 0 || block.in.definitions > 0 || is_thread()) return false;
    const Block item = empty_item(block);
    leave_figure();
    enclose(item);
    if (goes_on(block)) return true;
    if (was_opened(block.in.item)) return false;
    enter_item(item);
    return true;
  }
  void take_heading(const Block& block) {
    const int level = std::clamp<int>(block.level, 2, 6);  // 1 is kept for the title
    if (!open_step(block)) {
      leave_all();
      return sink_.heading(block, level);
    }
    if constexpr (requires { sink_.heading_of_item(block); }) {
      sink_.heading_of_item(block);
    } else {
      sink_.heading(block, level);
    }
  }

  // Where a block of the list that is open stands in another item than the one that is: that item has no text of its own before it.
  void begin_item(const Block& block) {
    const Container* const list = innermost_list();
    if (list == nullptr || list->item == block.in.item) return;
    while (!is_at(Kind::list)) close_container();
    next_item(empty_item(block));
  }
  void next_item(const Block& block) {
    leave_figure();
    sink_.close_item();
    stack_[depth_ - 1].ordinal = block.ordinal;
    stack_[depth_ - 1].item = block.in.item;
    open_item(block);
  }
  void open_item(const Block& block) {
    if (block.in.item >= opened_.size()) opened_.resize(2 * block.in.item + 64);
    opened_[block.in.item] = true;
    sink_.open_item(block);
  }
  bool was_opened(std::uint32_t item) const { return item < opened_.size() && opened_[item]; }

  void enter_item(const Block& block) {
    const std::uint8_t level = lists_of(block);
    const bool ordered = block.ordinal != 0;
    if (is_at(Kind::list) && stack_[depth_ - 1].level == level) {
      Container& top = stack_[depth_ - 1];
      // A further block of an item; in flattened text, of a numbered one, whose number it bears.
      if (block.in.item != 0 ? top.item == block.in.item : ordered && top.ordinal == block.ordinal && top.group == list_of(block)) {
        sink_.paragraph(block);
        return;
      }
      if (top.ordered == ordered && (top.group == list_of(block) || block.level >= max_flow_depth)) return next_item(block);
      close_container();
    }
    if (level_of_list() >= level) return sink_.paragraph(block);  // a quotation right in a list, around its items
    sink_.open_list(ordered, block.ordinal);
    ++lists_;
    stack_[depth_++] = {Kind::list, ordered, level, list_of(block), block.ordinal, block.in.item};
    open_item(block);
  }

  void enter_definition(const Block& block) {
    const bool defines = block.kind == BlockKind::definition;
    while (defines && definitions_ >= definitions_of(block)) close_container();
    if (!is_at(Kind::terms)) {
      sink_.open_definitions();
      stack_[depth_++] = {.kind = Kind::terms};
    }
    if (!defines) return sink_.term(block);
    sink_.open_definition(block);
    stack_[depth_++] = {.kind = Kind::definition};
    ++definitions_;
  }

  const Container* innermost_list() const {
    std::size_t i = depth_;
    while (i > 0 && stack_[i - 1].kind != Kind::list) --i;
    return i > 0 ? &stack_[i - 1] : nullptr;
  }
  std::uint8_t level_of_list() const {
    const Container* const list = innermost_list();
    return list != nullptr ? list->level : std::uint8_t{0};
  }
  const Container& outermost_list() const {
    std::size_t i = 0;
    while (stack_[i].kind != Kind::list) ++i;
    return stack_[i];
  }
  void close_container() {
    leave_figure();
    switch (stack_[--depth_].kind) {
      case Kind::list:
        sink_.close_item();
        sink_.close_list();
        --lists_;
        break;
      case Kind::quote:
        sink_.close_quote();
        --quotes_;
        break;
      case Kind::terms:
        sink_.close_definitions();
        break;
      case Kind::definition:
        sink_.close_definition();
        --definitions_;
        break;
    }
  }
  void leave_figure() {
    if (figure_) sink_.close_figure();
    figure_ = false;
    captioned_ = false;
  }
  void leave_all() {
    leave_figure();
    while (depth_ > 0) close_container();
  }

  const Document& document_;
  Sink& sink_;
  Taken taken_;
  // Levels of lists rise strictly, and only a definition is opened in terms, so this is always enough.
  std::array<Container, 5 * max_flow_depth + 1> stack_;
  std::size_t depth_ = 0;
  std::uint8_t lists_ = 0, quotes_ = 0, definitions_ = 0;  // of stack_
  std::uint32_t quote_ = 0;  // Block::quote of what is open
  std::vector<bool> opened_;  // by Nesting::item
  std::vector<Mark> behind_;
  std::array<std::string_view, most_shown> pictures_shown_;
  std::size_t shown_ = 0;
  const bool pictures_;
  bool figure_ = false, captioned_ = false;
};

template <typename Sink, typename Taken>
void walk_flow(const Document& document, Sink& sink, bool pictures, Taken taken) {
  FlowWalk<Sink, Taken>(document, sink, pictures, taken).run();
}

// A picture's caption stands a block or two before the content where it is that of the picture that the content begins with.
inline constexpr std::ptrdiff_t before_content = 3;

// The content; with what has a caption its caption, though it is no part of the text. embeds: what is embedded in it, which is nothing but a link.
template <typename Sink>
void walk_flow(const Document& document, Sink& sink, bool pictures, bool embeds) {
  const std::span<const Block> blocks = document.blocks;
  const auto is_content = [](const Block& block) { return block.content; };
  const auto first = std::find_if(blocks.begin(), blocks.end(), is_content) - blocks.begin();
  const auto last = blocks.rend() - std::find_if(blocks.rbegin(), blocks.rend(), is_content);
  walk_flow(document, sink, pictures, [=](const Block& block) {
    if (block.content || (embeds && block.kind == BlockKind::embed && block.text.empty())) return true;
    const std::ptrdiff_t at = &block - blocks.data();
    return block.role == Role::caption && !block.hidden && at + before_content >= first && at <= last &&
           captions_what_is_shown(blocks, static_cast<std::size_t>(at), {pictures, embeds, at > first && at < last - 1});
  });
}

}  // namespace offprint
