// The block being gathered: its text, its marks, and letting go of it.
#include <utility>

#include "base/ascii.h"
#include "base/text.h"
#include "base/unicode.h"
#include "blocks/code_lines.h"
#include "blocks/finder.h"
#include "blocks/twice_encoded.h"
#include "encoding/utf8.h"

namespace offprint {
namespace {

constexpr std::string_view wide_space = "\xE3\x80\x80";  // U+3000, by which paragraphs are indented in Chinese and Japanese

constexpr std::string_view narrow_space = "\xE2\x80\xAF";  // U+202F, before "!" in French

// White space at the end.
void trim_end(std::string& text) {
  for (;;) {
    if (!text.empty() && is_space(text.back())) {
      text.pop_back();
    } else if (!text.empty() && text.back() == wide_space.back() && text.ends_with(wide_space)) {
      text.resize(text.size() - wide_space.size());
    } else {
      return;
    }
  }
}

bool is_of_number(char c) { return is_digit(c) || c == '.' || c == ',' || c == ':'; }

// No-break spaces (U+202F, too), soft hyphens, marks of no width (U+200B, U+2060 to U+2064, U+FEFF) and control characters. Bytes of the one at s[i], 0
// where there is none.
[[gnu::always_inline]] inline std::size_t unseen_at(std::string_view s, std::size_t i) {
  if (s[i] != '\xC2' && s[i] != '\xE2' && s[i] != '\xEF') return 0;
  const std::string_view three = s.substr(i, 3);
  if (three[0] == '\xC2') return three.size() > 1 && (three[1] == '\xA0' || three[1] == '\xAD' || static_cast<unsigned char>(three[1]) < 0xA0) ? 2 : 0;
  return three == "\xE2\x80\x8B" || three == narrow_space || (three.starts_with("\xE2\x81") && three.size() > 2 && three[2] >= '\xA0' && three[2] <= '\xA4') || three == "\xEF\xBB\xBF" ? 3 : 0;
}
// Nothing but joiners and marks of direction (U+200C to U+200F): a paragraph that an editor left empty.
bool is_unseen(std::string_view text) {
  if (text.size() > 24 || text.size() % 3 != 0) return false;
  for (std::size_t i = 0; i < text.size(); i += 3)
    if (text[i] != '\xE2' || text[i + 1] != '\x80' || text[i + 2] < '\x8C' || text[i + 2] > '\x8F') return false;
  return true;
}
// What Windows-1252 has where Latin-1 has control characters, from U+0080 on: HTML reads &#146; so, and who wrote one meant it.
constexpr std::string_view of_windows[] = {"€", "", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "", "", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ"};
// `first`: of what is beyond ASCII.
bool holds_unseen(std::string_view s, std::size_t first) {
  const char* const end = s.data() + s.size();
  for (const char* p = s.data() + first; p < end; p = ascii_end(p, end)) {
    do {
      if ((*p == '\xC2' || *p == '\xE2' || *p == '\xEF') && unseen_at(s, static_cast<std::size_t>(p - s.data())) != 0) return true;
      ++p;
    } while (p < end && static_cast<unsigned char>(*p) >= 0x80);
  }
  return false;
}

// A heading of more bytes than this that ends as a sentence does is a paragraph in large letters.
constexpr std::size_t longest_heading = 200;
bool ends_sentence(std::string_view text) { return text.ends_with('.') || text.ends_with('!') || text.ends_with("\xE2\x80\xA6"); }

// What parts the members of a line and stands in an element of its own: "iOS" "•" "Music".
bool is_separator(std::string_view text) { return text == "\xE2\x80\xA2" || text == "\xC2\xB7" || text == "|"; }

// "€49", "$5"; "49 €" at the end, or "-20%".
constexpr std::string_view currency_signs[] = {"$", "\u20AC", "\u00A3"};
bool begins_price(std::string_view text) {
  for (const std::string_view sign : currency_signs)
    if (text.size() > sign.size() && text.starts_with(sign)) return is_digit(text[sign.size()]);
  return false;
}
bool begins_with_sign(std::string_view text) {
  return std::any_of(std::begin(currency_signs), std::end(currency_signs), [&](std::string_view sign) { return text.starts_with(sign); });
}
bool ends_in_sign(std::string_view text) {
  for (const std::string_view sign : currency_signs) {
    if (!text.ends_with(sign)) continue;
    text.remove_suffix(sign.size());
    if (text.ends_with(' ')) text.remove_suffix(1);
    return !text.empty() && is_digit(text.back());
  }
  return false;
}
bool ends_price(std::string_view text) { return is_digit(text.back()) || text.back() == '%' || ends_in_sign(text); }

// Whether what touches is two words. Numbers are told from letters; a capital begins a word, except behind a lone one
// (initials that are set larger).
// Numbers are two where the second has more than a digit: "28.09.19" "12:44", not the digits of a counter. Capitals that are set alike twice
// are what an editor made of one word: <b>AC</b><b>TUARIAL</b>.
bool touching_words(std::string_view text, std::string_view behind, bool styles, bool same_styles) {
  if (text.empty()) return false;
  const char last = text.back(), next = behind.front();
  if (ends_price(text) && begins_price(behind)) return true;
  if (is_digit(next) && is_digit(last)) return !styles && behind.size() > 1 && is_of_number(behind[1]);
  if (is_digit(next) && ends_in_sign(text)) return true;
  if (is_digit(next) || is_digit(last)) return is_alpha(next) || is_alpha(last) || next == '$';
  if (is_alpha(last) && begins_with_sign(behind)) return true;  // "was" "£5"
  // A caption and its credit: "in 2025." "Getty Images".
  if (is_upper(next) && (last == '.' || last == '!' || last == '?')) return text.size() > 1 && !is_upper(text[text.size() - 2]) && is_alnum(text[text.size() - 2]);
  if (static_cast<signed char>(last) < 0 || static_cast<signed char>(next) < 0) {
    const char32_t before = code_point_before(text, text.size()).value;
    return is_letter(before) && !is_upper_letter(before) && is_upper_letter(code_point_at(behind, 0).value);
  }
  return is_upper(next) && is_alpha(last) && (!is_upper(last) || (!same_styles && text.size() >= 2 && is_alpha(text[text.size() - 2])));
}

bool ends_phrase(char c) { return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')'; }

// A quotation mark that a word follows, and none before it that it may be the end of: there are languages that begin quotations as others end
// them, and some that have no blanks.
bool begins_quotation(std::string_view text, std::string_view behind) {
  constexpr std::string_view marks[] = {"\"", "\u201E", "\u201C", "\u00AB", "\u00BB"};
  for (const std::string_view mark : marks) {
    if (!behind.starts_with(mark)) continue;
    std::size_t at = mark.size();
    return at < behind.size() && is_word_char(next_code_point(behind, at)) &&
           std::none_of(std::begin(marks), std::end(marks), [&](std::string_view other) { return text.find(other) != text.npos; });
  }
  return false;
}

// Of several words, the last of which ends in small letters.
bool is_label(std::string_view text) {
  constexpr std::size_t longest = 80;
  const std::size_t n = text.size();
  return n > 3 && n <= longest && is_alpha(text[n - 1]) && !is_upper(text[n - 1]) && is_alpha(text[n - 2]) && !is_upper(text[n - 2]) && text.find(' ') != text.npos;
}

// "Preis" "88,00 €", as a label that is set apart; "(CNN)" "It was"; a headline that quotes, behind what stands over it.
bool two_words(std::string_view text, std::string_view behind, BlockKind kind) {
  if (behind.size() < 2) return false;
  if (kind == BlockKind::heading && text.size() <= longest_heading && is_alpha(text.back()) && begins_quotation(text, behind)) return true;
  if (is_digit(text.back()) && begins_price(behind)) return true;  // "$49" that is struck out, "$25"
  if (text.back() == ')') return is_upper(behind[0]) && (behind[1] == ' ' || (is_alpha(behind[1]) && !is_upper(behind[1])));
  return is_digit(behind[0]) && is_of_number(behind[1]) && text.size() >= 4 && std::all_of(text.end() - 4, text.end(), is_alpha);
}

}  // namespace

// Whether what is left of a text node, right behind an element, is another word than the text gathered so far.
bool BlockFinder::is_word_behind_element(const Node& node, std::string_view rest, const BlockFrame& frame) const {
  if (node.previous == no_node || page[node.previous].kind != NodeKind::element) return false;
  const Tag before = page[node.previous].tag;
  if (before == Tag::sub || before == Tag::sup) return false;
  // "What is known" "The dog…": what a paragraph begins with, and is set apart.
  if (frame.kind != BlockKind::heading && page[node.previous].previous == no_node && node.parent == frame.block && is_label(text) && rest.size() > 1 && is_upper(rest[0]) && is_alpha(rest[1])) return true;
  return two_words(text, rest, frame.kind) || (before == Tag::cite && is_upper(rest.front()));
}

// What stands between the parts of a line: "Jane |", "Jane –", "Jane,".
void BlockFinder::trim_separators() {
  for (;;) {
    trim_end(text);
    const std::size_t before = text.size();
    for (std::string_view mark : {"|", ",", "-", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7", "\xE2\x80\xA2"})
      if (text.size() > mark.size() && text.ends_with(mark)) text.resize(text.size() - mark.size());
    if (text.size() == before) return;
  }
}

// <b>AC</b><b>TUARIAL</b>: the mark of the sibling right before goes on, where it has just ended.
bool BlockFinder::resume_mark(OpenMark& m) {
  constexpr std::size_t most_within = 4;
  const NodeId before = page[m.node].previous;
  const std::size_t floor = std::max<std::size_t>(first_mark, out.marks.size() - std::min(out.marks.size(), most_within));
  for (std::size_t i = out.marks.size(); before != no_node && i-- > floor;) {
    RawMark& mark = out.marks[i];
    if (mark.node != before || mark.kind != m.kind || mark.end != text.size() || mark.begin == mark.end) continue;
    m.index = static_cast<std::int64_t>(i);
    mark.node = m.node;
    return true;
  }
  return false;
}

void BlockFinder::start_marks() {
  for (; started < open_marks.size(); ++started) {
    OpenMark& m = open_marks[started];
    if (!room_for_mark()) [[unlikely]] continue;
    if ((m.kind == MarkKind::strong || m.kind == MarkKind::emphasis || m.kind == MarkKind::deleted) && resume_mark(m)) continue;
    m.index = static_cast<std::int64_t>(out.marks.size());
    out.marks.emplace_back(m.kind, static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(text.size()), m.node);
    out.marks.back().apart = m.kind == MarkKind::strong && page[m.node].tag == Tag::summary;
  }
}

// Text of a data-table cell is parted from the cell before it by " | ".
void BlockFinder::open_cell_text() {
  if (!cell_open || cell_has_text) return;
  if (row_has_text) {
    while (!text.empty() && text.back() == ' ') text.pop_back();
    text += " | ";
  }
  pending_space = false;
  cell_has_text = row_has_text = true;
  // The cell's mark, and pictures before its text.
  if (cells > 0)
    for (std::size_t i = cell_mark; i < out.marks.size(); ++i) out.marks[i].begin = out.marks[i].end = static_cast<std::uint32_t>(text.size());
}
// As a reader sees it: no-break spaces are blanks, what has no width is not there, what was encoded twice is read once more. A view of
// `seen`, or the text itself.
std::string_view BlockFinder::as_seen(std::string_view s) {
  const std::size_t first = static_cast<std::size_t>(ascii_end(s.data(), s.data() + s.size()) - s.data());
  if (first == s.size() || (!holds_unseen(s, first) && !encoded_twice)) return s;
  encoded_twice = encoded_twice || shows_two_encodings(s);
  if (encoded_twice && decode_again(s, decoded)) s = decoded;
  seen.clear();
  const char* const begin = s.data();
  const char* const end = begin + s.size();
  for (const char* p = begin; p < end;) {
    const char* const ascii = ascii_end(p, end);
    seen.append(p, ascii);
    for (p = ascii; p < end && static_cast<unsigned char>(*p) >= 0x80;) {
      const std::size_t n = unseen_at(s, static_cast<std::size_t>(p - begin));
      if (n == 0) {  // bytes of other characters, too: none of them begins as these do
        seen.push_back(*p++);
        continue;
      }
      const auto second = static_cast<unsigned char>(p[1]);
      if ((n == 2 && second == 0xA0) || (n == 3 && p[2] == narrow_space[2])) seen.push_back(' ');
      if (n == 2 && second < 0xA0) seen.append(of_windows[second - 0x80]);
      p += n;
    }
  }
  return seen;
}

void BlockFinder::add_text(const Node& node, const BlockFrame& frame) {
  std::string_view s = node.text();
  if (frame.hidden != Hidden::no && out.blocks.size() >= fine_blocks) {
    if (meter.noted == Limit::none) meter.noted = Limit::nodes;
    return;
  }
  if (frame.preformatted && !frame.in_row) {
    s = as_seen(s);
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
  if (s.empty()) return;
  WhiteSpace spaces;
  bool marked = find_white_space(s, spaces);
  const auto behind_space = [&](std::size_t at) {
    pending_space = true;
    return marked ? spaces.spaces_end(at) : at + spaces_run(s.substr(at));
  };
  // By its first byte, which is there before the marks are: which texts begin with white space, and are no more than that, is nothing that a
  // processor foresees.
  std::size_t at = is_space(s.front()) ? behind_space(0) : 0;
  if (at == s.size()) return;
  if ((!marked || spaces.high) && (encoded_twice || may_hold_unseen(s))) [[unlikely]] {
    if (const std::string_view as = as_seen(s); as.data() != s.data()) {
      s = as;
      if (s.empty()) return;
      marked = find_white_space(s, spaces);
      at = is_space(s.front()) ? behind_space(0) : 0;
      if (at == s.size()) return;
    }
  }
  begin_cell_line(frame.node);
  open_cell_text();
  note_span(node.span);
  breaks = 0;
  // Elements that touch are often set apart by the style sheet: "By" "Jane", "on" "May 5".
  if (touching && touching_words(text, s.substr(at), touching_styles, same_styles)) pending_space = true;
  const bool separator = touching && is_separator(s);
  if (behind_label && text.ends_with(':') && is_alnum(s[at]) && !(text.size() > 1 && is_digit(text[text.size() - 2]))) pending_space = true;
  touching = behind_label = false;
  if (separator) pending_space = true;
  if (!text.empty() && !pending_space) pending_space = soft_space ? !ends_phrase(s[at]) : is_word_behind_element(node, s.substr(at), frame);
  soft_space = false;
  add_space();
  start_marks();
  for (;;) {
    const std::size_t word = at;
    at = marked ? spaces.words_end(at) : at + words_run(s.substr(at));
    const std::string_view run = s.substr(word, at - word);
    text.append(run);
    if (frame.in_link)
      link_bytes += static_cast<std::uint32_t>(run.size() - (marked ? spaces.in(word, at) : static_cast<std::size_t>(std::count(run.begin(), run.end(), ' '))));
    if (at == s.size()) break;
    at = behind_space(at);
    if (at == s.size()) break;
    add_space();
  }
  if (separator) pending_space = true;
}

// The first letter of a paragraph, set large in an element beside it: <div><span>T</span><p>urkey …. Letters of an index stand before words that begin
// with them.
bool BlockFinder::is_behind_initial(const BlockFrame& frame) const {
  if (out.blocks.empty() || frame.kind != BlockKind::paragraph || text.size() < 40 || text[0] < 'a' || text[0] > 'z') return false;
  const RawBlock& initial = out.blocks.back();
  return initial.text.size() == 1 && is_upper(initial.text[0]) && (initial.text[0] | 0x20) != text[0] && initial.kind == BlockKind::paragraph &&
         initial.hidden == frame.hidden && initial.marks_count == 0 && frame.block != no_node && page[frame.block].parent == initial.node;
}

// The numbers of lines, in a cell of their own beside the code's. Data may be numbers, too, as what a program reads beside what it is to write:
// that is told by names, or by the lines that there are to number.
bool BlockFinder::is_gutter(NodeId code) {
  constexpr int most_levels = 4, most_beside = 8;
  const std::uint32_t numbers = count_line_numbers(text);
  if (numbers == 0) return false;
  bool named = false;
  NodeId cell = code;
  for (int level = 0; level < most_levels && cell != no_node; ++level, cell = page[cell].parent) {
    const std::string_view classes = attribute(page, cell, AttributeName::class_);
    for (const std::string_view name : {"gutter", "line", "lnt", "num"}) named = named || contains_ascii_case(classes, name);
    if (page[cell].tag == Tag::td) break;
  }
  if (cell == no_node || page[cell].tag != Tag::td) return false;
  NodeId beside = page[cell].next;
  for (int i = 0; i < most_beside && beside != no_node && page[beside].tag != Tag::td; ++i) beside = page[beside].next;
  if (beside == no_node || page[beside].tag != Tag::td) return false;
  return named || (numbers > 1 && numbers_fit(beside, numbers));
}

// Whether a cell holds about as many lines as there are numbers, and is none of numbers itself.
bool BlockFinder::numbers_fit(NodeId cell, std::uint32_t numbers) {
  std::uint32_t lines = 1, ends = 0;
  bool any = false, more = false;
  for (NodeId id = page[cell].first_child; id != no_node; id = next_in_order(page, id, cell)) {
    const Node& node = page[id];
    // The same cell may be asked about again and again.
    const std::size_t steps = 1 + (node.kind == NodeKind::text ? node.text().size() : 0);
    if (steps > gutter_steps) return false;
    gutter_steps -= steps;
    if (node.kind == NodeKind::text) {
      for (const char c : node.text()) {
        if (c == '\n') ++ends;
        if (is_space(c)) continue;
        if (any) lines += ends;
        ends = 0;
        any = true;
        more = more || !is_digit(c);
      }
    } else if (node.tag == Tag::br) {
      ++ends;
    } else if (display_of(node.tag) == Display::block) {
      ends = std::max(ends, 1u);
    }
    if (lines > numbers + 1) return false;
  }
  return more && 4 * (lines + 1) >= 3 * numbers;
}

void BlockFinder::end_block(const BlockFrame& frame) {
  if (out.blocks.size() >= fine_blocks && text.size() < coarse_bytes) [[unlikely]] {
    if (meter.noted == Limit::none) meter.noted = Limit::nodes;
    pending_space = true;
    return;
  }
  line_due = false;
  const Span source = span;
  const bool any = has_span;
  const bool more = std::exchange(heard_more, false);
  has_span = false;
  part = PostPart::none;
  unasked_count = 0;
  pending_space = soft_space = false;
  cell_mark = no_mark;
  breaks = 0;
  for (OpenMark& m : open_marks) {
    if (m.index >= 0) out.marks[static_cast<std::size_t>(m.index)].end = static_cast<std::uint32_t>(text.size());
    m.index = -1;
  }
  started = 0;
  // Code keeps its lines but not the empty ones around it; everything else loses white space at its ends.
  if (frame.kind == BlockKind::code && out.marks.size() == first_mark) drop_line_numbers(text);
  trim_end(text);
  if (!any || text.empty() || is_unseen(text) || (frame.kind == BlockKind::code && is_gutter(frame.block))) {
    text.clear();
    link_bytes = 0;
    if (any || out.marks.size() > first_mark) keep_images();
    return;
  }
  const bool formula = raw_tex.any && !frame.preformatted && text.find_first_of("\\$") != text.npos && mark_raw_tex(frame.block);
  std::size_t lead = 0;
  while (!frame.preformatted && text[lead] == wide_space[0] && text.compare(lead, wide_space.size(), wide_space) == 0) lead += wide_space.size();
  if (frame.preformatted) {
    for (std::size_t i = 0; i < text.size() && is_space(text[i]); ++i)
      if (text[i] == '\n') lead = i + 1;
  }
  Span all = source;
  if (is_behind_initial(frame) && lead == 0) {
    text.insert(text.begin(), out.blocks.back().text[0]);
    for (std::uint32_t i = first_mark; i < out.marks.size(); ++i) {
      ++out.marks[i].begin;
      ++out.marks[i].end;
    }
    all.begin = std::min(all.begin, out.blocks.back().span.begin);
    out.blocks.pop_back();
  }
  RawBlock& block = out.blocks.emplace_back();
  const bool sentence = frame.kind == BlockKind::heading && text.size() > longest_heading && ends_sentence(text);
  block.kind = formula && frame.kind == BlockKind::paragraph ? BlockKind::math : sentence ? BlockKind::paragraph : frame.kind;
  block.hidden = frame.hidden;
  block.heard_more = more;
  block.level = sentence ? std::uint8_t{0} : frame.level;
  block.in = frame.in;
  block.group = frame.group;
  block.ordinal = frame.ordinal;
  block.node = frame.block;
  block.span = all;
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
  block.link_bytes = std::min(link_bytes, static_cast<std::uint32_t>(block.text.size()));  // dots and delimiters may have gone since
  total_text += text.size();
  if (total_text > meter.budgets.output && meter.spent == Limit::none) meter.spent = Limit::output;
  if (out.blocks.size() >= most_blocks && meter.spent == Limit::none) meter.spent = Limit::nodes;
  first_mark = static_cast<std::uint32_t>(out.marks.size());
  text.clear();
  link_bytes = 0;
  // Later blocks of a list item or a definition continue it.
  const std::size_t floor = frames.size() - std::min(frames.size(), most_frames_up);
  for (std::size_t i = frames.size(); i-- > floor;) {
    if (frames[i].node != no_node && (page[frames[i].node].tag == Tag::li || page[frames[i].node].tag == Tag::dd)) {
      // What is not shown begins no item that is.
      if (frames[i].item_fresh && frames[i].hidden == frame.hidden) {
        out.blocks.back().first_of_item = true;
        frames[i].item_fresh = false;
      }
      break;
    }
    if (frames[i].block == frames[i].node && frames[i].kind != BlockKind::list_item && frames[i].kind != BlockKind::definition) break;
  }
}

// Images that stand alone in their block wait for the next block: they must not be lost, and have no text.
void BlockFinder::keep_images() {
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

// Pictures at the end of a box that holds text are no part of what stands behind it: of the next item, the next section.
void BlockFinder::give_images_to_last() {
  if (!text.empty()) return;  // of a block that goes on: past fine_blocks boundaries end none
  RawBlock& last = out.blocks.back();
  if (last.marks_begin + last.marks_count != first_mark) return;
  for (; first_mark < out.marks.size(); ++first_mark, ++last.marks_count) {
    RawMark& picture = out.marks[first_mark];
    picture.begin = picture.end = static_cast<std::uint32_t>(last.text.size());
    picture.apart = true;
  }
}

// Pictures of an element that is not shown, and holds no text.
void BlockFinder::drop_images_of(NodeId element) {
  if (!text.empty()) return;
  std::size_t kept = out.marks.size();
  while (kept > first_mark && page[out.marks[kept - 1].node].span.begin >= page[element].span.begin) --kept;
  out.marks.resize(kept);
}

// To the last block where it stands in the same box, or one around that.
void BlockFinder::give_images_to_near(const BlockFrame& parent) {
  constexpr std::size_t most_boxes = 3;
  if (!text.empty() || parent.in_row || out.marks.size() == first_mark) return;
  if (out.blocks.size() > frames[frames.size() - std::min(frames.size(), most_boxes)].first_block && out.blocks.back().in.item == parent.in.item) give_images_to_last();
}

}  // namespace offprint
