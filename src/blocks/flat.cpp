// Flattened text → blocks: what is left of a page when only its visible text was kept, a block a line.
// The interface is flat_blocks() and looks_like_html() of blocks.h; tested by tests/blocks/flat_test.cpp.
//
// Two passes over the lines, both linear. The first reads each line for what it is by itself: its width, a
// bullet or a number before it, how it ends. The second decides what needs neighbours: a number is a list's
// only beside the next number, and lines are wrapped only where the first word of the next would not have
// fitted.
#include <algorithm>
#include <cstring>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"
#include "base/unicode.h"
#include "blocks/blocks.h"
#include "generated/names.h"

namespace offprint {
namespace {

enum class LineKind : std::uint8_t { text, bullet, maybe_bullet, number, heading, underline, rule, symbols };

struct Line {
  std::uint32_t begin, end;  // of the text, trimmed and without its marker
  std::uint32_t blank;       // blank lines before
  std::uint16_t columns;     // of the line with its indent and marker, ideographs two each; capped
  std::uint16_t first_word;  // columns of the first word
  std::uint16_t indent;
  std::uint16_t number;  // of a numbered line; level of a heading
  LineKind kind;
  bool ends_sentence, starts_lower, caseless;
};

constexpr std::uint16_t most_columns = 1000;
// Text wrapped by hand or by a mailer is within these; wider lines are paragraphs of their own.
constexpr std::uint16_t narrowest_wrap = 40, widest_wrap = 110;

bool is_blank_byte(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

// Closing quotes and brackets may follow a sentence's end.
bool ends_sentence(std::string_view text) {
  for (int i = 0; i < 3 && !text.empty(); ++i) {
    const CodePoint c = code_point_before(text, text.size());
    switch (c.value) {
      case U'.':
      case U'!':
      case U'?':
      case U':':
      case U';':
      case U'…':
      case U'。':
      case U'！':
      case U'？':
      case U'؟':
      case U'।':
      case U'：':
      case U'۔':
        return true;
      case U'"':
      case U'\'':
      case U'”':
      case U'’':
      case U'»':
      case U')':
      case U']':
      case U'」':
      case U'』':
      case U'）':
        text.remove_suffix(c.size);
        continue;
      default:
        return false;
    }
  }
  return false;
}

// The marker that a line begins with, white space after it among its bytes.
struct Marker {
  LineKind kind = LineKind::text;
  std::uint32_t size = 0;
  std::uint16_t number = 0;
};

std::size_t blanks(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size()) {
    const CodePoint c = code_point_at(text, at);
    if (c.value > ' ' && !is_white_space(c.value)) break;
    at += c.size;
  }
  return at - begin;
}

Marker marker_of(std::string_view text) {
  const CodePoint first = code_point_at(text, 0);
  const auto after = [&](LineKind kind, std::size_t size, std::uint16_t number) -> Marker {
    const std::size_t space = blanks(text, size);
    if (space == 0 || size + space == text.size()) return {};
    return {kind, static_cast<std::uint32_t>(size + space), number};
  };
  switch (first.value) {
    // Dashes longer than a hyphen begin speech in half of Europe.
    case U'•':
    case U'‣':
    case U'◦':
    case U'▪':
    case U'▫':
    case U'●':
    case U'○':
    case U'■':
    case U'□':
    case U'⁃':
    case U'\uF0B7':  // what word processors paste for a bullet
      return after(LineKind::bullet, first.size, 0);
    case U'-':
    case U'*':
    case U'+':
    case U'·':
    case U'›':
    case U'»':
    case U'►':
    case U'➤':
    case U'✓':
      return after(LineKind::maybe_bullet, first.size, 0);
    case U'#': {
      std::size_t n = 0;
      while (n < text.size() && text[n] == '#') ++n;
      return n <= 6 ? after(LineKind::heading, n, static_cast<std::uint16_t>(n)) : Marker{};
    }
    default:
      break;
  }
  std::size_t at = text[0] == '(' ? 1 : 0;
  std::uint16_t number = 0;
  const std::size_t digits = at;
  while (at < text.size() && is_digit(text[at]) && at - digits < 3)
    number = static_cast<std::uint16_t>(number * 10 + (text[at++] - '0'));
  if (at == digits || at == text.size()) return {};
  if (text[at] != ')' && (text[at] != '.' || text[0] == '(')) return {};
  return after(LineKind::number, at + 1, number);
}

// "-----", "* * *", "=====": a rule, or the line under a heading.
LineKind rule_kind(std::string_view text) {
  const char c = text[0];
  if (c != '-' && c != '=' && c != '*' && c != '_' && c != '~') return LineKind::symbols;
  std::size_t n = 0;
  bool spaced = false;
  for (const char x : text) {
    if (x == c)
      ++n;
    else if (is_blank_byte(x))
      spaced = true;
    else
      return LineKind::symbols;
  }
  if (n < 3) return LineKind::symbols;
  return !spaced && (c == '-' || c == '=') ? LineKind::underline : LineKind::rule;
}

bool has_word(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char byte = text[at];
    if (static_cast<unsigned char>(byte) < 0x80) {
      if (is_alnum(byte)) return true;
      ++at;
    } else if (is_word_char(next_code_point(text, at))) {
      return true;
    }
  }
  return false;
}

// Reads the line [begin, end) of the text; false where it is blank.
bool read_line(std::string_view utf8, std::uint32_t begin, std::uint32_t end, Line& line) {
  std::string_view text = utf8.substr(begin, end - begin);
  const std::size_t lead = blanks(text, 0);
  if (lead == text.size()) return false;
  text.remove_prefix(lead);
  while (true) {
    const CodePoint c = code_point_before(text, text.size());
    if (c.value > ' ' && !is_white_space(c.value)) break;
    text.remove_suffix(c.size);
  }
  line = {};
  line.begin = static_cast<std::uint32_t>(text.data() - utf8.data());
  line.end = line.begin + static_cast<std::uint32_t>(text.size());
  line.indent = static_cast<std::uint16_t>(std::min<std::size_t>(lead, most_columns));
  if (!has_word(text)) {
    line.kind = rule_kind(text);
    line.columns = static_cast<std::uint16_t>(std::min<std::size_t>(text.size(), most_columns));
    return true;
  }
  const Marker marker = marker_of(text);
  line.kind = marker.kind;
  line.number = marker.number;
  std::uint32_t columns =
      line.indent + static_cast<std::uint32_t>(count_code_points(text.substr(0, marker.size)));
  const std::uint32_t start = columns;
  line.begin += marker.size;
  text.remove_prefix(marker.size);
  bool in_first = true;
  for (std::size_t at = 0; at < text.size() && columns < most_columns;) {
    const char32_t c = next_code_point(text, at);
    const bool wide = c >= 0x1100 && is_cjk(c);
    if (in_first && (c <= ' ' || wide)) {
      line.first_word = static_cast<std::uint16_t>(columns - start + (wide ? 2 : 0));
      in_first = false;
    }
    columns += wide ? 2 : is_mark(c) ? 0 : 1;
  }
  if (in_first) line.first_word = static_cast<std::uint16_t>(columns - start);
  line.columns = static_cast<std::uint16_t>(std::min<std::uint32_t>(columns, most_columns));
  line.ends_sentence = ends_sentence(text);
  // The first letter; digits and brackets before it say nothing.
  const char32_t first = code_point_at(text, 0).value;
  const Writing w = writing_of(first);
  const bool cased =
      w == Writing::latin || w == Writing::cyrillic || w == Writing::greek || w == Writing::armenian;
  line.starts_lower = cased && !is_upper_letter(first);
  line.caseless = is_letter(first) && !cased;
  return true;
}

bool is_list(const Line& line) {
  return line.kind == LineKind::bullet || line.kind == LineKind::maybe_bullet ||
         line.kind == LineKind::number;
}

bool is_text(const Line& line) {
  return line.kind == LineKind::text || is_list(line);
}

// A hyphen, an asterisk or a number makes a list only in company: "- Reuters" and "1. FC Nürnberg" are none.
void settle_lists(std::vector<Line>& lines) {
  constexpr std::uint32_t none = 0xFFFFFFFF, near = 8;
  std::uint32_t bullet = none, number = none;
  std::vector<bool> kept(lines.size(), false);
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.kind == LineKind::maybe_bullet || line.kind == LineKind::bullet) {
      if (line.kind == LineKind::bullet) kept[i] = true;
      if (bullet != none && i - bullet <= near) kept[i] = kept[bullet] = true;
      bullet = i;
    } else if (line.kind == LineKind::number) {
      if (number != none && i - number <= near && line.number == lines[number].number + 1)
        kept[i] = kept[number] = true;
      number = i;
    }
  }
  for (std::uint32_t i = 0; i < lines.size(); ++i)
    if ((lines[i].kind == LineKind::maybe_bullet || lines[i].kind == LineKind::number) && !kept[i])
      lines[i].number = most_columns;  // marked: a paragraph that keeps its marker
}

// Marks the lines that go on in the next one, within lines [begin, end) that no blank line parts.
void find_wraps(const std::vector<Line>& lines, std::size_t begin, std::size_t end,
                std::vector<bool>& goes_on) {
  std::uint16_t width = 0;
  for (std::size_t i = begin; i < end; ++i)
    if (is_text(lines[i]) && lines[i].columns <= widest_wrap) width = std::max(width, lines[i].columns);
  if (width < narrowest_wrap) return;
  const auto may_go_on = [&](std::size_t i) {
    const Line &a = lines[i], &b = lines[i + 1];
    return is_text(a) && b.kind == LineKind::text && a.columns <= width && a.columns >= narrowest_wrap &&
           b.columns <= width && a.columns + 1 + b.first_word > width;
  };
  // That much is chance for two headlines one above the other. Of wrapped lines most break off in
  // mid-sentence, and most of the lines after them begin in lower case (in scripts that have it).
  std::uint32_t full = 0, broken = 0, pairs = 0;
  for (std::size_t i = begin; i + 1 < end; ++i) {
    pairs += lines[i].columns >= narrowest_wrap;
    if (!may_go_on(i)) continue;
    ++full;
    const Line& b = lines[i + 1];
    broken += !lines[i].ends_sentence && (b.starts_lower || (b.caseless && end - begin > 2));
  }
  if (broken == 0 || broken * 5 < full * 2 || full * 2 < pairs) return;
  for (std::size_t i = begin; i + 1 < end; ++i) {
    const Line& b = lines[i + 1];
    // An indented line after the end of a sentence begins a paragraph.
    const bool begins = lines[i].ends_sentence && b.indent > lines[i].indent && !b.starts_lower;
    goes_on[i] = may_go_on(i) && !begins;
  }
}

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

std::string_view text_of(std::string_view utf8, const std::vector<Line>& lines, std::size_t first,
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
  std::vector<Line> lines;
  lines.reserve(std::min<std::size_t>(
      1 + static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return c == '\n' || c == '\r'; })),
      meter.budgets.nodes));
  std::uint32_t blank = 0;
  std::uint32_t steps = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    std::size_t end = at;
    while (end < utf8.size() && utf8[end] != '\n' && utf8[end] != '\r') ++end;
    Line line;
    if (!read_line(utf8, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), line)) {
      ++blank;
    } else {
      if (lines.size() >= meter.budgets.nodes) {
        meter.spent = Limit::nodes;
        break;
      }
      line.blank = blank;
      blank = 0;
      lines.push_back(line);
    }
    at = end;
    if (at < utf8.size()) at += utf8[at] == '\r' && at + 1 < utf8.size() && utf8[at + 1] == '\n' ? 2 : 1;
    if ((++steps & 4095) == 0 && meter.out_of_time()) break;
  }

  settle_lists(lines);
  for (Line& line : lines) {
    if (line.number != most_columns || !is_list(line)) continue;
    // Back before the marker: the white space after it, the marker itself, no further than the line's trimmed
    // start.
    const std::string_view before = utf8.substr(0, line.begin);
    std::size_t begin = before.size();
    while (begin != 0) {
      const CodePoint c = code_point_before(before, begin);
      if (c.value > ' ' && !is_white_space(c.value)) break;
      begin -= c.size;
    }
    while (begin != 0) {
      const CodePoint c = code_point_before(before, begin);
      if (c.value <= ' ' || is_white_space(c.value)) break;
      begin -= c.size;
    }
    line.begin = static_cast<std::uint32_t>(begin);
    line.kind = LineKind::text;
    line.number = 0;
    line.starts_lower = false;
  }
  std::vector<bool> goes_on(lines.size(), false);
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin + 1;
    while (end < lines.size() && lines[end].blank == 0) ++end;
    find_wraps(lines, begin, end, goes_on);
    begin = end;
  }

  std::uint32_t group = 0;
  std::vector<std::uint16_t> indents;  // of the open list, by level
  bool after_item = false;
  for (std::size_t first = 0; first < lines.size(); ++first) {
    const Line& line = lines[first];
    std::size_t last = first;
    while (goes_on[last]) ++last;
    const bool coarse = out.blocks.size() >= fine_blocks_of(utf8.size());
    if (coarse) {
      if (meter.noted == Limit::none) meter.noted = Limit::nodes;
      while (last + 1 < lines.size() && lines[last].end - line.begin < coarse_bytes) ++last;
    }
    RawBlock block;
    block.blank_lines = line.blank;
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

// ---------------------------------------------------------------------------------------------------------------

namespace {

// A tag at text[at] == '<': its size, or 0 where it is none that HTML knows.
struct TagSeen {
  std::size_t size = 0;
  Tag tag = Tag::unknown;
  bool closing = false, attributes = false;
};

TagSeen tag_at(std::string_view text, std::size_t at) {
  TagSeen seen;
  std::size_t i = at + 1;
  if (i < text.size() && text[i] == '/') {
    seen.closing = true;
    ++i;
  }
  char name[16];
  std::size_t n = 0;
  while (i < text.size() && n < sizeof name && is_alnum(text[i])) name[n++] = to_lower(text[i++]);
  if (n == 0 || i == text.size() || (!is_space(text[i]) && text[i] != '>' && text[i] != '/')) return {};
  seen.tag = tag_from_name({name, n});
  if (seen.tag == Tag::unknown) return {};
  const std::size_t end = text.find_first_of("<>", i);
  if (end == text.npos || text[end] == '<') return {};
  seen.attributes = text.substr(i, end - i).find('=') != text.npos;
  seen.size = end + 1 - at;
  return seen;
}

// Tags of which none stands in running text that speaks of markup, at its very beginning.
bool is_structural(Tag tag) {
  switch (tag) {
    case Tag::html:
    case Tag::head:
    case Tag::body:
    case Tag::title:
    case Tag::meta:
    case Tag::link:
    case Tag::script:
    case Tag::style:
    case Tag::base:
    case Tag::div:
    case Tag::p:
    case Tag::table:
    case Tag::tr:
    case Tag::td:
    case Tag::ul:
    case Tag::ol:
    case Tag::li:
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
    case Tag::section:
    case Tag::article:
    case Tag::main:
    case Tag::header:
    case Tag::footer:
    case Tag::nav:
    case Tag::aside:
    case Tag::form:
    case Tag::figure:
    case Tag::blockquote:
    case Tag::pre:
    case Tag::center:
    case Tag::iframe:
    case Tag::svg:
    case Tag::frameset:
    case Tag::dl:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool looks_like_html(std::string_view utf8) {
  constexpr std::size_t looked_at = 64 * 1024;
  const std::size_t lead = blanks(utf8, 0);
  std::string_view text = utf8.substr(lead, looked_at);
  if (text.empty()) return true;
  const bool opens = text[0] == '<';
  if (opens && text.size() > 1) {
    if (starts_with_ascii_case(text, "<!doctype") || text.starts_with("<!--") ||
        starts_with_ascii_case(text, "<?xml"))
      return true;
    const TagSeen first = tag_at(text, 0);
    if (first.size != 0 && (is_structural(first.tag) || first.attributes)) return true;
    if (first.size == text.size()) return true;
  }
  // The rest speaks of tags or consists of them. Text that mentions a few, or quotes a line of markup, is
  // text.
  std::size_t tags = 0, closing = 0, bytes = 0, attributes = 0;
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at)) {
    const TagSeen tag = tag_at(text, at);
    if (tag.size == 0) {
      ++at;
      continue;
    }
    ++tags;
    closing += tag.closing;
    attributes += tag.attributes;
    bytes += tag.size;
    at += tag.size;
  }
  if (tags == 0) return false;
  if (opens) return closing != 0 && bytes * 20 >= text.size();
  return tags >= 4 && closing * 3 >= tags && bytes * (attributes != 0 ? 8 : 5) >= text.size();
}

}  // namespace offprint
