#include "blocks/flat_lines.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/unicode.h"

namespace offprint {

std::size_t blanks(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size()) {
    const CodePoint c = code_point_at(text, at);
    if (c.value > ' ' && !is_white_space(c.value)) break;
    at += c.size;
  }
  return at - begin;
}

namespace {

constexpr std::uint16_t most_columns = 1000;

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
bool read_line(std::string_view utf8, std::uint32_t begin, std::uint32_t end, FlatLine& line) {
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

bool is_list(const FlatLine& line) {
  return line.kind == LineKind::bullet || line.kind == LineKind::maybe_bullet ||
         line.kind == LineKind::number;
}

bool is_text(const FlatLine& line) {
  return line.kind == LineKind::text || is_list(line);
}

// A hyphen, an asterisk or a number makes a list only in company: "- Reuters" and "1. FC Nürnberg" are none.
void settle_lists(std::vector<FlatLine>& lines) {
  constexpr std::uint32_t none = 0xFFFFFFFF, near = 8;
  std::uint32_t bullet = none, number = none;
  std::vector<bool> kept(lines.size(), false);
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    const FlatLine& line = lines[i];
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
void find_wraps_within(const std::vector<FlatLine>& lines, std::size_t begin, std::size_t end,
                       std::vector<bool>& goes_on) {
  std::uint16_t width = 0;
  for (std::size_t i = begin; i < end; ++i)
    if (is_text(lines[i]) && lines[i].columns <= widest_wrap) width = std::max(width, lines[i].columns);
  if (width < narrowest_wrap) return;
  const auto may_go_on = [&](std::size_t i) {
    const FlatLine &a = lines[i], &b = lines[i + 1];
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
    const FlatLine& b = lines[i + 1];
    broken += !lines[i].ends_sentence && (b.starts_lower || (b.caseless && end - begin > 2));
  }
  if (broken == 0 || broken * 5 < full * 2 || full * 2 < pairs) return;
  for (std::size_t i = begin; i + 1 < end; ++i) {
    const FlatLine& b = lines[i + 1];
    // An indented line after the end of a sentence begins a paragraph.
    const bool begins = lines[i].ends_sentence && b.indent > lines[i].indent && !b.starts_lower;
    goes_on[i] = may_go_on(i) && !begins;
  }
}

// Lines whose marker makes no list get it back: the white space after it, the marker itself, no further than
// the line's trimmed start.
void give_markers_back(std::string_view utf8, std::vector<FlatLine>& lines) {
  for (FlatLine& line : lines) {
    if (line.number != most_columns || !is_list(line)) continue;
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
}

}  // namespace

std::vector<FlatLine> read_lines(std::string_view utf8, Meter& meter) {
  std::vector<FlatLine> lines;
  lines.reserve(
      std::min<std::size_t>(1 + static_cast<std::size_t>(std::count_if(
                                    utf8.begin(), utf8.end(), [](char c) { return c == '\n' || c == '\r'; })),
                            meter.budgets.nodes));
  std::uint32_t blank = 0;
  std::uint32_t steps = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    std::size_t end = at;
    while (end < utf8.size() && utf8[end] != '\n' && utf8[end] != '\r') ++end;
    FlatLine line;
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
  give_markers_back(utf8, lines);
  return lines;
}

std::vector<bool> find_wraps(const std::vector<FlatLine>& lines) {
  std::vector<bool> goes_on(lines.size(), false);
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin + 1;
    while (end < lines.size() && lines[end].blank == 0) ++end;
    find_wraps_within(lines, begin, end, goes_on);
    begin = end;
  }
  return goes_on;
}

}  // namespace offprint
