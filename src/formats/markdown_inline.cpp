// The inside of Markdown's blocks. Two rules make it safe to read back: text that would format is escaped,
// and where CommonMark's flanking rules (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis)
// would refuse an emphasis, as in **Note:**text or beside a CJK quotation mark, the HTML element is written
// instead.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "formats/escape.h"
#include "formats/markdown.h"

namespace offprint {
namespace {

constexpr std::array<bool, 256> inline_stops = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("\\`*_[]<&~$|#\n\r\0", 16))
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// What stands beside an emphasis marker. Only what is surely a word or surely punctuation is called so.
enum class Edge : std::uint8_t { space, punctuation, word, unsure };

Edge edge_of(std::string_view c) {
  if (c.empty() || space_at(c, 0) != 0) return Edge::space;
  const auto a = static_cast<unsigned char>(c[0]);
  if (is_alnum(c[0])) return Edge::word;
  if (a < 0x80) return a > 0x20 ? Edge::punctuation : Edge::unsure;
  if (c.size() < 2) return Edge::unsure;
  const auto b = static_cast<unsigned char>(c[1]);
  if (c.size() == 2)
    return a >= 0xC3 && a != 0xCC && a != 0xD7 && b != 0x97 && b != 0xB7 ? Edge::word : Edge::unsure;
  const auto d = static_cast<unsigned char>(c[2]);
  if (a == 0xE2 && b == 0x80 && ((d >= 0x90 && d <= 0xA7) || d >= 0xB0)) return Edge::punctuation;
  if (a == 0xE3 && b == 0x80 && ((d >= 0x81 && d <= 0x83) || (d >= 0x88 && d <= 0x91)))
    return Edge::punctuation;
  if (a == 0xEF && b == 0xBC && (d == 0x81 || d == 0x88 || d == 0x89 || d == 0x8C || d == 0x9A || d == 0x9F))
    return Edge::punctuation;
  if ((a == 0xE3 && b >= 0x81 && b <= 0x83) || (a >= 0xE4 && a <= 0xED))
    return Edge::word;  // kana, Han, Hangul
  return Edge::unsure;
}
std::string_view char_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < 4) {
    --begin;
    if ((static_cast<unsigned char>(text[begin]) & 0xC0) != 0x80) break;
  }
  return text.substr(begin, end - begin);
}
std::string_view char_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (end == at || (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)) ++end;
  return text.substr(at, end - at);
}
// Signs that are small by themselves.
bool is_sign(std::string_view text) { return text == "\xC2\xAE" || text == "\xE2\x84\xA2" || text == "\xC2\xA9"; }
// Emphasis of a sign alone is none that a reader sees.
bool holds_word(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return !is_sign(text) && std::any_of(text.begin(), text.end(), [](char c) { return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80; });
}
std::size_t index(MarkKind kind) {
  return kind == MarkKind::strong ? 0 : kind == MarkKind::emphasis ? 1 : 2;
}
std::string_view delimiter(MarkKind kind) {
  return kind == MarkKind::strong ? "**" : kind == MarkKind::emphasis ? "*" : "~~";
}
std::string_view opening(MarkKind kind) {
  return kind == MarkKind::strong ? "<strong>" : kind == MarkKind::emphasis ? "<em>" : "<del>";
}
std::string_view closing(MarkKind kind) {
  return kind == MarkKind::strong ? "</strong>" : kind == MarkKind::emphasis ? "</em>" : "</del>";
}

}  // namespace

// The sink of walk_inline().
void Markdown::text(std::string_view piece) {
  const char* p = piece.data();
  const char* const end = p + piece.size();
  const char* run = p;
  if (verbatim_) {
    code_text(piece);
    return;
  }
  while (p < end) {
    if (at_start_ || break_) {
      while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')) ++p;
      run = p;
      if (p == end) return;
      leave_start();
      if (!single_line_) run = p = line_start(p, end);
      continue;
    }
    if (!inline_stops[static_cast<unsigned char>(*p)]) {
      ++p;
      continue;
    }
    const char c = *p;
    if (c == '\n' || c == '\r') {
      out_.append(run, p);
      run = ++p;
      line_break();
      continue;
    }
    if (c == '\0') {
      out_.append(run, p).append("\xEF\xBF\xBD");
      run = ++p;
      continue;
    }
    if (needs_escape(c, p, piece.data(), end)) {
      out_.append(run, p).push_back('\\');
      run = p;
    }
    ++p;
  }
  out_.append(run, end);
}

bool Markdown::open(const Mark& mark, std::uint32_t begin, std::uint32_t end, bool nests) {
  // Between the ticks of code nothing but a link would be read as what it is, and not even that.
  if (verbatim_) return false;
  if ((mark.kind == MarkKind::strong || mark.kind == MarkKind::emphasis) && !holds_word(block_->text.substr(begin, end - begin))) return false;
  switch (mark.kind) {
    case MarkKind::strong:
      if (strong_ || (heading_ && begin == 0 && end == block_->text.size())) return false;
      strong_ = true;
      begin_emphasis(MarkKind::strong, begin, end, nests);
      return true;
    case MarkKind::emphasis:
      if (emphasis_ || caption_) return false;
      emphasis_ = true;
      begin_emphasis(MarkKind::emphasis, begin, end, nests);
      return true;
    case MarkKind::deleted:
      if (deleted_) return false;
      deleted_ = true;
      begin_emphasis(MarkKind::deleted, begin, end, nests);
      return true;
    case MarkKind::code:
    case MarkKind::keyboard: {
      if (verbatim_) return false;
      if (mark.kind == MarkKind::keyboard && !link_) {
        leave_start();
        out_.append("<kbd>");
        return true;
      }
      const std::string_view inner = block_->text.substr(begin, end - begin);
      leave_start();
      if (out_.size() > start_ && out_.back() == '`') out_.push_back(' ');  // else both would be read as one
      verbatim_ = true;
      ticks_ = longest_run(inner, '`') == 0 ? 1 : longest_run(inner, '`') + 1;
      out_.append(ticks_, '`');
      pad_ = inner.front() == '`' || inner.back() == '`';
      if (pad_) out_.push_back(' ');
      code_begin_ = out_.size();
      return true;
    }
    case MarkKind::link: {
      if (!options_.links || link_ || verbatim_ || !is_link_address(mark.target)) return false;
      leave_start();
      // "!" before a link would make it a picture.
      if (out_.size() > start_ && out_.back() == '!') {
        out_.back() = '\\';
        out_.push_back('!');
      }
      link_ = true;
      out_.push_back('[');
      return true;
    }
    case MarkKind::quote:  // the marks come from the browser's style sheet and are not part of the text
      if (verbatim_ || quoted_ || edge_of(char_at(block_->text, begin)) == Edge::punctuation) return false;
      quoted_ = true;
      return element("“");
    case MarkKind::subscript:
      return element("<sub>");
    case MarkKind::superscript:
      if (is_sign(block_->text.substr(begin, end - begin))) return false;
      return element("<sup>");
    default:
      return false;
  }
}

void Markdown::close(const Mark& mark) {
  switch (mark.kind) {
    case MarkKind::strong:
      strong_ = false;
      end_emphasis(MarkKind::strong);
      break;
    case MarkKind::emphasis:
      emphasis_ = false;
      end_emphasis(MarkKind::emphasis);
      break;
    case MarkKind::deleted:
      deleted_ = false;
      end_emphasis(MarkKind::deleted);
      break;
    case MarkKind::code:
    case MarkKind::keyboard:
      if (!verbatim_) {
        out_.append("</kbd>");
        break;
      }
      if (pad_) out_.push_back(' ');
      out_.append(ticks_, '`');
      verbatim_ = false;
      break;
    case MarkKind::link:
      link_ = false;
      out_.append("](");
      append_address(mark.target, true, false, out_);
      out_.push_back(')');
      break;
    case MarkKind::quote:
      quoted_ = false;
      out_.append("”");
      break;
    case MarkKind::subscript:
      out_.append("</sub>");
      break;
    case MarkKind::superscript:
      out_.append("</sup>");
      break;
    default:
      break;
  }
}

void Markdown::image(const Mark& mark) {
  if (verbatim_) return;
  if (!options_.images || !is_picture(mark)) return;
  const std::string_view text = block_->text;
  const bool another = !at_start_ && text.empty() && out_.back() == ')';
  // Pictures have no place in the text: of the two spaces around one, the text kept the second.
  const bool before_space = mark.begin < text.size() && text[mark.begin] == ' ';
  const bool apart = before_space && mark.begin > 0 && !out_.empty() && out_.back() == text[mark.begin - 1];
  const bool at_end = mark.begin > 0 && mark.begin == text.size() && !link_ && space_before(out_, out_.size()) == 0;
  leave_start();
  if (another || apart || at_end) out_.push_back(' ');
  out_.append("![");
  label(mark.label);
  out_.append("](");
  append_address(mark.target, true, false, out_);
  out_.push_back(')');
  if (mark.begin < text.size() && !before_space && !link_) out_.push_back(' ');
}

void Markdown::note(const Mark& mark) {
  if (verbatim_ || mark.label.empty()) return;
  leave_start();
  note_label(mark.label);
}

void Markdown::line_break() {
  // Written when something follows: a break at the end of a block or of an emphasis breaks nothing.
  if (!at_start_) break_ = true;
}

void Markdown::math(const Mark& mark) {
  if (verbatim_) return;
  leave_start();
  out_.push_back('$');
  verbatim_line(mark.target);
  out_.push_back('$');
}

void Markdown::note_label(std::string_view label) {
  out_.append("[^");
  for (const char c : label)
    if (c != '[' && c != ']' && c != '^' && static_cast<unsigned char>(c) > ' ') out_.push_back(c);
  out_.push_back(']');
}

// Something visible comes next: a break that waits is written now.
void Markdown::leave_start() {
  at_start_ = false;
  if (!break_) return;
  break_ = false;
  trim_spaces();
  if (in_table_) {
    out_.append("<br>");
  } else if (single_line_) {
    out_.push_back(' ');
  } else {
    out_.push_back('\\');
    newline();
  }
}

bool Markdown::element(std::string_view tag) {
  if (verbatim_) return false;
  leave_start();
  out_.append(tag);
  return true;
}

bool Markdown::code_begins(std::uint32_t at) const {
  auto mark = std::lower_bound(block_->marks.begin(), block_->marks.end(), at, [](const Mark& m, std::uint32_t place) { return m.begin < place; });
  for (int more = 0; mark != block_->marks.end() && mark->begin == at && more < 4; ++mark, ++more)
    if (mark->kind == MarkKind::code && mark->end > at) return true;
  return false;
}

void Markdown::begin_emphasis(MarkKind kind, std::uint32_t begin, std::uint32_t end, bool nests) {
  const std::string_view text = block_->text;
  // Code begins and ends with a sign.
  const bool behind_code = !at_start_ && !out_.empty() && out_.back() == '`', before_code = code_begins(end);
  const Edge before = behind_code ? Edge::punctuation : edge_of(char_before(text, begin)), after = before_code ? Edge::punctuation : edge_of(char_at(text, end));
  const Edge first = edge_of(char_at(text, begin)), last = edge_of(char_before(text, end));
  const auto clear = [](Edge edge) { return edge == Edge::space || edge == Edge::punctuation; };
  const bool apart = clear(before) && clear(after);
  const bool in_word = first == Edge::word && last == Edge::word && !nests && open_emphases_ == 0;
  leave_start();  // a break that waits parts it from an emphasis before it
  const bool touches = emphasis_end_ != 0 && emphasis_end_ == out_.size();
  const bool as_element = (!apart && !in_word) || touches;
  ++open_emphases_;
  as_element_[index(kind)] = as_element;
  out_.append(as_element ? opening(kind) : delimiter(kind));
}

void Markdown::end_emphasis(MarkKind kind) {
  --open_emphases_;
  if (as_element_[index(kind)]) {
    out_.append(closing(kind));
    return;
  }
  out_.append(delimiter(kind));
  emphasis_end_ = out_.size();
}

// Alternative texts: one line, every special escaped, brackets too.
void Markdown::label(std::string_view text) {
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out_.push_back(' ');
      continue;
    }
    if (c == '\0') continue;
    if (c == '|' ? in_table_ : std::string_view("\\`*_[]<&~$").find(c) != std::string_view::npos) out_.push_back('\\');
    out_.push_back(c);
  }
}

// TeX keeps its characters; only its lines and, in a table, its bars would do harm.
void Markdown::verbatim_line(std::string_view text) {
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out_.push_back(' ');
    } else if (c == '|' && in_table_) {
      out_.append("\\vert ");
    } else if (c != '\0') {
      out_.push_back(c);
    }
  }
}

// Between ticks a line cannot break.
void Markdown::code_text(std::string_view text) {
  if (break_) {
    break_ = false;
    if (out_.size() > code_begin_) out_.push_back(' ');
  }
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out_.push_back(' ');
    } else if (c == '\0') {
      out_.append("\xEF\xBF\xBD");
    } else {
      if (c == '|' && in_table_) out_.push_back('\\');
      out_.push_back(c);
    }
  }
}

// Escapes what would begin a block at the start of a line; returns where plain text goes on.
const char* Markdown::line_start(const char* p, const char* end) {
  const auto ends_marker = [&](const char* q) { return q == end || *q == ' ' || *q == '\t' || *q == '\n'; };
  const char* q = p;
  switch (*p) {
    case task_open[0]:  // both begin with the same byte
      for (const std::string_view task : {task_open, task_done}) {
        const std::string_view rest(p, static_cast<std::size_t>(end - p));
        if (block_->kind != BlockKind::list_item || p != block_->text.data() || rest.size() <= task.size() || !rest.starts_with(task) || rest[task.size()] != ' ') continue;
        out_.append(task == task_done ? "[x]" : "[ ]");
        return p + task.size();
      }
      return p;
    case '#':
      while (q < end && *q == '#') ++q;
      if (q - p <= 6 && ends_marker(q)) out_.push_back('\\');
      out_.append(p, q);
      return q;
    case '-':
    case '+':
      if (ends_marker(p + 1) || p[1] == *p) out_.push_back('\\');
      break;
    case '=':
    case '>':
      out_.push_back('\\');
      break;
    case ':':
      if (ends_marker(p + 1) || p[1] == '-') out_.push_back('\\');
      break;
    default:
      while (q < end && is_digit(*q)) ++q;
      if (q > p && q < end && (*q == '.' || *q == ')') && q - p <= 9 && ends_marker(q + 1)) {
        out_.append(p, q).push_back('\\');
        out_.push_back(*q);
        return q + 1;
      }
      return p;
  }
  out_.push_back(*p);
  return p + 1;
}

bool Markdown::needs_escape(char c, const char* p, const char* begin, const char* end) const {
  switch (c) {
    case '_':  // within a word it never formats
      return !(p > begin && p + 1 < end && is_alnum(p[-1]) && is_alnum(p[1]));
    case ']':
      return link_;
    case '<':
      return p + 1 == end || is_alnum(p[1]) || p[1] == '/' || p[1] == '!' || p[1] == '?';
    case '&': {  // "&copy;" would be read as a character, "P&L" is not
      const char* q = p + 1;
      while (q < end && q - p < 40 && (is_alnum(*q) || *q == '#')) ++q;
      return q == end || *q == ';';
    }
    case '$':
      return dollars_;
    case '|':
      return in_table_;
    case '#':
      return heading_ && (p == begin || p[-1] == ' ' || p[-1] == '#');
    default:
      return true;
  }
}

}  // namespace offprint
