// Flattened text → blocks: what is left of a page when only its visible text was kept, a block a line.
// The interface is flat_blocks() of blocks.h; tested by tests/blocks/flat_test.cpp.
//
// Two passes over the lines, both linear. The first reads each line for what it is by itself: its width, a
// bullet or a number before it, how it ends. The second decides what needs neighbours: a number is a list's
// only beside the next number, and lines are wrapped only where the first word of the next would not have
// fitted (flat_lines.cpp). What comes out of both are blocks.
#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"
#include "base/unicode.h"
#include "blocks/blocks.h"
#include "blocks/flat_lines.h"

namespace offprint {
namespace {

// Appends a line to `to`, white space in it collapsed; returns the end. It takes no more room than the line.
char* append_line(char* to, std::string_view line) {
  bool space = false;
  for (const char c : line) {
    if (is_blank_byte(c)) {
      space = true;
      continue;
    }
    if (space) *to++ = ' ';
    space = false;
    *to++ = c;
  }
  return to;
}

bool needs_collapsing(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i)
    if (is_blank_byte(line[i]) && (line[i] != ' ' || line[i + 1] == ' ')) return true;
  return false;
}

std::string_view text_of(std::string_view utf8, const std::vector<FlatLine>& lines, std::size_t first,
                         std::size_t last, Arena& arena) {
  const auto view = [&](std::size_t i) { return utf8.substr(lines[i].begin, lines[i].end - lines[i].begin); };
  if (first == last && !needs_collapsing(view(first))) return view(first);
  std::size_t room = 0;
  for (std::size_t i = first; i <= last; ++i) room += view(i).size() + 1;
  char* const text = static_cast<char*>(arena.allocate(room, 1));
  char* out = text;
  for (std::size_t i = first; i <= last; ++i) {
    if (i != first) {
      const std::string_view before(text, static_cast<std::size_t>(out - text));
      const CodePoint a = code_point_before(before, before.size());
      const char32_t b = code_point_at(view(i), 0).value;
      if (a.value == 0xAD) {
        out -= a.size;  // a soft hyphen has done its work
      } else if (!(a.value == '-' && lines[i].starts_lower && before.size() > 1 &&
                   is_alpha(before[before.size() - 2])) &&
                 !(a.value >= 0x2E80 && b >= 0x2E80 && !(a.value >= 0xAC00 && a.value < 0xD800))) {
        *out++ = ' ';  // but for words parted by a hyphen, and for scripts without spaces
      }
    }
    out = append_line(out, view(i));
  }
  arena.shrink(text + room, out);
  return {text, static_cast<std::size_t>(out - text)};
}

}  // namespace

void flat_blocks(std::string_view utf8, Arena& arena, Blocks& out, Meter& meter) {
  out.clear();
  out.flat = true;
  const std::vector<FlatLine> lines = read_lines(utf8, meter);
  const std::vector<bool> goes_on = find_wraps(lines);
  std::uint32_t group = 0;
  std::vector<std::uint16_t> indents;  // of the open list, by level
  bool after_item = false;
  for (std::size_t first = 0; first < lines.size(); ++first) {
    const FlatLine& line = lines[first];
    std::size_t last = first;
    while (goes_on[last]) ++last;
    const bool coarse = out.blocks.size() >= fine_blocks_of(utf8.size());
    if (coarse) {
      if (meter.noted == Limit::none) meter.noted = Limit::nodes;
      while (last + 1 < lines.size() && lines[last].end - line.begin < coarse_bytes) ++last;
    }
    RawBlock block;
    block.blank_lines = static_cast<std::uint8_t>(std::min<std::size_t>(line.blank, most_blank_lines));
    block.span = {line.begin, lines[last].end};
    block.text = text_of(utf8, lines, first, last, arena);
    block.words = count_words(block.text);
    bool item = false;
    switch (coarse ? LineKind::text : line.kind) {
      case LineKind::bullet:
      case LineKind::maybe_bullet:
      case LineKind::number: {
        item = true;
        if (!after_item) {
          ++group;
          indents.clear();
        }
        while (!indents.empty() && indents.back() > line.indent) indents.pop_back();
        if (indents.empty() || indents.back() < line.indent) indents.push_back(line.indent);
        block.kind = BlockKind::list_item;
        block.first_of_item = true;
        block.level = static_cast<std::uint8_t>(std::min<std::size_t>(indents.size(), 255));
        block.group = group;
        block.ordinal = line.kind == LineKind::number ? line.number : 0;
        break;
      }
      case LineKind::heading:
        block.kind = BlockKind::heading;
        block.level = static_cast<std::uint8_t>(line.number);
        break;
      case LineKind::underline:
      case LineKind::rule:
        block.kind = BlockKind::rule;
        break;
      case LineKind::symbols:
        block.kind = BlockKind::control;
        break;
      case LineKind::text:
        // Underlined as in Markdown: the line below is part of the heading.
        if (last == first && first + 1 < lines.size() && lines[first + 1].kind == LineKind::underline &&
            lines[first + 1].blank == 0 && line.columns <= 2 * lines[first + 1].columns &&
            line.columns <= widest_wrap) {
          block.kind = BlockKind::heading;
          block.level = utf8[lines[first + 1].begin] == '=' ? 1 : 2;
          ++last;
        }
        break;
    }
    after_item = item;
    out.blocks.push_back(block);
    first = last;
    if ((out.blocks.size() & 4095) == 0 && meter.out_of_time()) return;
  }
}

}  // namespace offprint
