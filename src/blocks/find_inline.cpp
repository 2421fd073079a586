// What stands within a line and is more than its text: breaks, links of a heading to itself, values that are shown as text, formulas.
#include "base/ascii.h"
#include "base/unicode.h"
#include "blocks/finder.h"

namespace offprint {
namespace {

// Whether a text begins with another, white space of any length being one blank.
bool begins_with(std::string_view text, std::string_view begin) {
  std::size_t at = std::min(text.find_first_not_of(white_space), text.size());
  for (const char c : begin) {
    if (c == ' ' && at < text.size() && is_space(text[at])) {
      at = std::min(text.find_first_not_of(white_space, at), text.size());
    } else if (at == text.size() || text[at++] != c) {
      return false;
    }
  }
  return true;
}

}  // namespace

// A value that a reader sees as text, at the element that holds it.
void BlockFinder::add_value(std::string_view value, NodeId id, const BlockFrame& parent) {
  Node as_text;
  as_text.text_data = value.data();
  as_text.text_size = static_cast<std::uint32_t>(value.size());
  as_text.span = page[id].span;
  add_text(as_text, parent);
}

// Pictures in place of emoji: <img class=emoji alt="😀">. True where it is one, and is text now.
bool BlockFinder::add_emoji(NodeId id, const BlockFrame& parent) {
  const std::string_view alt = attribute(page, id, AttributeName::alt);
  if (alt.empty() || alt.size() > 32 || static_cast<unsigned char>(alt[0]) < 0xE0 || !contains_ascii_case(attribute(page, id, AttributeName::class_), "emoji")) return false;
  touching = false;
  add_value(alt, id, parent);
  return true;
}

// A link to the heading that it stands in, of a sign alone: "¶", "#", a glyph of an icon font, a space of no width.
bool BlockFinder::is_permalink(NodeId id) const {
  const NodeId child = page[id].first_child;
  if (child == no_node || page[child].kind != NodeKind::text || page[child].next != no_node || page[page[id].parent].tag == Tag::sup) return false;
  const std::string_view sign = page[child].text();
  if (sign.size() > 8 || !attribute(page, id, AttributeName::href).starts_with('#')) return false;
  for (std::size_t at = 0; at < sign.size();)
    if (is_word_char(next_code_point(sign, at))) return false;
  return true;
}

// "[edit]", which wikis set beside the heading of a section.
bool BlockFinder::is_edit_link(NodeId id) {
  return page[id].tag == Tag::span && contains_ascii_case(attribute(page, id, AttributeName::class_), "editsection");
}

// Two <span>s of one class that touch: lines of code, or numbers that the style sheet sets apart ("1994" "2h 22m"), but not single digits. Letters may be
// parts of a word that was pasted from elsewhere.
void BlockFinder::enter_sibling_span(NodeId id, const BlockFrame& parent) {
  if (!parent.preformatted && (text.size() < 2 || !is_digit(text.back()) || !is_digit(text[text.size() - 2]))) return;
  const std::string_view name = attribute(page, id, AttributeName::class_);
  if (name.empty() || name != attribute(page, page[id].previous, AttributeName::class_)) return;
  if (parent.preformatted) {
    for (const std::string_view line : {"line", "token-line", "code-line", "view-line"}) line_due = line_due || name == line;
    return;
  }
  const auto begin_of = [&](NodeId element) {
    const NodeId first = page[element].first_child;
    return first != no_node && page[first].kind == NodeKind::text ? page[first].text() : std::string_view{};
  };
  const std::string_view before = begin_of(page[id].previous), here = begin_of(id);
  if (before.size() > 1 && here.size() > 1 && is_digit(here[0]) && is_alnum(here[1])) pending_space = true;
}

// Whether a node is a text of more than white space.
bool BlockFinder::is_text(NodeId id) const {
  return id != no_node && page[id].kind == NodeKind::text && page[id].text().find_first_not_of(white_space) != std::string_view::npos;
}

// Whether no text stands beside an element in its parent, nor before it in the block.
bool BlockFinder::is_alone_in_heading(NodeId id) const {
  if (!text.empty() || breaks > 0) return false;
  for (NodeId other = page[page[id].parent].first_child; other != no_node; other = page[other].next)
    if (is_text(other)) return false;
  return true;
}

// What a button shows in place of the dots before it, "vitae scel<span>...</span><span hidden>erisque enim</span>", or of a text that ends in dots and that it
// begins with. True where it does, and what it takes the place of is gone.
bool BlockFinder::takes_place_of_dots(NodeId id) {
  constexpr int most_levels = 4, marks_to_clip = 32;
  const std::size_t dots = text.ends_with("...") || text.ends_with("\u2026") ? 3 : 0;  // bytes of both
  if (dots == 0 || text.size() == dots) return false;
  const auto first_text = [&](NodeId element) {
    NodeId first = page[element].first_child;
    for (int level = 0; level < most_levels && first != no_node && page[first].kind != NodeKind::text; ++level) first = page[first].first_child;
    return first;
  };
  const NodeId rest = first_text(id);
  if (!is_text(rest)) return false;
  std::string_view before(text.data(), text.size() - dots);
  while (before.ends_with(' ')) before.remove_suffix(1);
  const bool again = !before.empty() && open_marks.empty() && begins_with(page[rest].text(), before);
  if (!again) {
    NodeId previous = page[id].previous;
    if (previous != no_node && page[previous].kind == NodeKind::text && !is_text(previous)) previous = page[previous].previous;
    if (previous == no_node || page[previous].kind != NodeKind::element) return false;
    const NodeId alone = first_text(previous);
    if (!is_text(alone) || trim(page[alone].text()).size() != dots) return false;
  }
  pending_space = pending_space || before.size() + dots < text.size();
  text.resize(again ? 0 : before.size());
  const auto end = static_cast<std::uint32_t>(text.size());
  // Marks that have ended here, or begin: few of those that lie behind each other.
  for (std::size_t i = out.marks.size(), looked_at = 0; i-- > first_mark && (again || looked_at < marks_to_clip); ++looked_at) {
    out.marks[i].begin = std::min(out.marks[i].begin, end);
    out.marks[i].end = std::min(out.marks[i].end, end);
  }
  if (again) {
    keep_images();
    link_bytes = 0;
  }
  touching = false;
  return true;
}

// Whether text that is seen stands before an element in its block, or right behind it in its line.
bool BlockFinder::is_amid_line(NodeId id) {
  constexpr int most_beside = 8, most_levels = 4;
  if (!text.empty()) return true;
  NodeId other = page[id].next;
  for (int i = 0; i < most_beside && other != no_node; ++i, other = page[other].next) {
    NodeId first = other;
    for (int level = 0; level < most_levels && first != no_node; ++level, first = page[first].first_child) {
      const Node& node = page[first];
      if (is_text(first)) return true;
      if (node.kind != NodeKind::element) break;
      if (node.tag == Tag::br || (node.ns == Namespace::html && display_of(node.tag) != Display::inline_)) return false;
      if ((what_class_shows(first) & shows_to_screen_readers) != 0) break;
    }
  }
  return false;
}

// Whether an element stands right between two texts.
bool BlockFinder::is_amid_text(NodeId id) const {
  return !text.empty() && is_text(page[id].previous) && is_text(page[id].next);
}
// Whether what follows goes on with small letters.
bool BlockFinder::is_amid_sentence(NodeId id) const {
  if (!is_amid_text(id)) return false;
  const std::string_view behind = page[page[id].next].text();
  const char first = behind[behind.find_first_not_of(white_space)];
  return (is_alpha(first) && !is_upper(first)) || first == ',';
}

// Whether a <span> is the second line of its heading, as style sheets make it where nothing but two words that touch is left:
// <h2>What they say<span>of us</span></h2>, but not Web<span>Site</span>.
bool BlockFinder::begins_line(NodeId id) const {
  if (page[id].next != no_node || text.size() < 2 || !is_alpha(text.back()) || !is_alpha(text[text.size() - 2])) return false;
  const NodeId first = page[id].first_child;
  if (first == no_node || page[first].kind != NodeKind::text) return false;
  const std::string_view rest = page[first].text();
  return !rest.empty() && is_alpha(rest.front()) && (text.find(' ') != std::string::npos || rest.find(' ') != std::string_view::npos);
}

bool BlockFinder::line_break(NodeId id, const BlockFrame& parent) {
  if (parent.preformatted) {
    text.push_back('\n');
  } else if (parent.in_row) {
    cell_line_due = true;
  } else {
    if (++breaks >= 2 && parent.kind != BlockKind::heading) {
      flush(parent);
    } else if (breaks == 1 && !text.empty() && room_for_mark()) {
      point_mark(MarkKind::line_break, id);
    }
  }
  pending_space = true;
  return false;
}

// Cloudflare writes addresses of e-mail as hexadecimal numbers, the first of which is to be taken out of all others; a script puts them right.
bool BlockFinder::add_encoded_address(NodeId id, const BlockFrame& parent) {
  const std::string_view code = attribute(page, id, "data-cfemail");
  if (code.size() < 6 || code.size() > 512 || code.size() % 2 != 0) return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
  const auto byte = [&](std::size_t i) { return digit(code[i]) < 0 || digit(code[i + 1]) < 0 ? -1 : digit(code[i]) * 16 + digit(code[i + 1]); };
  std::string address;
  for (std::size_t i = 0; i < code.size(); i += 2) {
    if (byte(i) < 0) return false;
    const int c = byte(i) ^ byte(0);
    if (i > 0 && (c <= ' ' || c > '~')) return false;
    if (i > 0) address.push_back(static_cast<char>(c));
  }
  add_value(page.arena.copy(address), id, parent);
  return true;
}

// Formulas that stand in the text as they were written become TeX with a mark, without their delimiters. True where one of them is all of the block, and
// stands alone.
bool BlockFinder::mark_raw_tex(NodeId node) {
  constexpr std::ptrdiff_t most_to_move = 256;
  const auto first = out.marks.begin() + first_mark;
  if (out.marks.end() - first > most_to_move || !room_for_mark()) return false;
  // Code holds no formula, and none goes over the border of a cell or over a picture.
  std::string plain = text;
  for (auto m = first; m != out.marks.end(); ++m) {
    if (m->kind == MarkKind::code) std::fill(plain.begin() + m->begin, plain.begin() + m->end, '\0');
    if ((m->kind == MarkKind::cell || m->kind == MarkKind::header_cell) && m->begin > 1) plain[m->begin - 2] = '\0';  // of " | "
    if (m->kind == MarkKind::image && m->begin < plain.size() && m->begin > 0 && is_space(plain[m->begin])) plain[m->begin] = '\0';
  }
  find_raw_tex(plain, raw_tex.dollars, tex_ranges);
  std::erase_if(tex_ranges, [&](const TexRange& r) { return std::string_view(plain).substr(r.outer_begin, r.outer_end - r.outer_begin).find('\0') != std::string_view::npos; });
  if (tex_ranges.empty()) return false;
  // What was made of a formula's signs, as editors make emphasis of "_", goes; all else moves as delimiters do.
  const auto within = [&](std::uint32_t at) { return std::any_of(tex_ranges.begin(), tex_ranges.end(), [&](const TexRange& r) { return at > r.outer_begin && at < r.outer_end; }); };
  out.marks.erase(std::remove_if(first, out.marks.end(), [&](const RawMark& m) { return m.kind != MarkKind::image && m.kind != MarkKind::cell && m.kind != MarkKind::header_cell && (within(m.begin) || within(m.end)); }), out.marks.end());
  const auto moved = [&](std::uint32_t at) {
    std::uint32_t gone = 0;
    for (const TexRange& r : tex_ranges) {
      if (at >= r.begin) gone += r.begin - r.outer_begin;
      if (at >= r.outer_end) gone += r.outer_end - r.end;
    }
    return at - gone;
  };
  for (std::size_t i = first_mark; i < out.marks.size(); ++i) {
    out.marks[i].begin = moved(out.marks[i].begin);
    out.marks[i].end = moved(out.marks[i].end);
  }
  const bool alone = tex_ranges.size() == 1 && tex_ranges[0].display && tex_ranges[0].outer_begin == 0 && tex_ranges[0].outer_end == text.size() && out.marks.size() == first_mark;
  plain.clear();
  std::uint32_t from = 0;
  for (const TexRange& r : tex_ranges) {
    plain.append(text, from, r.outer_begin - from);
    const auto begin = static_cast<std::uint32_t>(plain.size());
    plain.append(text, r.begin, r.end - r.begin);
    out.marks.emplace_back(MarkKind::math, begin, static_cast<std::uint32_t>(plain.size()), node);
    from = r.outer_end;
  }
  plain.append(text, from, text.size() - from);
  text.swap(plain);
  std::stable_sort(out.marks.begin() + first_mark, out.marks.end(), [](const RawMark& a, const RawMark& b) { return a.begin < b.begin; });
  return alone;
}

}  // namespace offprint
