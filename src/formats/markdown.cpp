// Markdown: CommonMark with GitHub's tables and strikethrough, `: ` for definitions and `$` for TeX as Pandoc
// reads them.
//
// Two rules make it safe to read back: text that would format is escaped, and where CommonMark's flanking
// rules (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis) would refuse an emphasis, as in
// **Note:**text or beside a CJK quotation mark, the HTML element is written instead.
#include <array>

#include "formats/escape.h"
#include "formats/flow.h"
#include "formats/formats.h"
#include "formats/inline.h"

namespace offprint {
namespace {

constexpr std::array<bool, 256> inline_stops = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("\\`*_[]<&~$|#\n\r\0", 16))
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

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

class Markdown {
 public:
  Markdown(const WriteOptions& options, std::string& out)
      : options_(options), out_(out), start_(out.size()) {}

  void title(std::string_view text) {
    part();
    out_.append("# ");
    single_line_ = heading_ = true;
    this->text(text);
    single_line_ = heading_ = false;
  }
  void heading(const Block& block, int level) {
    part();
    out_.append(static_cast<std::size_t>(level), '#').push_back(' ');
    single_line_ = heading_ = true;
    inside(block);
    single_line_ = heading_ = false;
  }
  void paragraph(const Block& block) {
    part();
    inside(block);
  }
  // GitHub's and Pandoc's: the definition is a paragraph that begins with the label.
  void note(const Block& block) {
    part();
    note_label(block.note);
    out_.append(": ");
    indent_ += 4;
    inside(block);
    indent_ -= 4;
    trim_spaces();  // before the link back, which is not written
  }
  void rule() {
    part();
    out_.append("---");
  }

  void code(const Block& block) {
    part();
    std::string_view text = block.text;
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    const std::size_t fence = std::max<std::size_t>(3, longest_run(text, '`') + 1);
    out_.append(fence, '`');
    for (const char c : block.language) {
      if (is_alnum(c) || c == '+' || c == '#' || c == '-' || c == '.' || c == '_') out_.push_back(c);
    }
    std::size_t at = 0;
    for (;;) {
      newline();
      const std::size_t line = text.find('\n', at);
      std::size_t end = line == std::string_view::npos ? text.size() : line;
      if (end > at && text[end - 1] == '\r') --end;
      code_line(text.substr(at, end - at));
      if (line == std::string_view::npos) break;
      at = line + 1;
    }
    newline();
    out_.append(fence, '`');
  }

  void math(const Block& block) {
    part();
    for (const Mark& mark : block.marks) {
      if (mark.kind != MarkKind::math || mark.target.empty()) continue;
      out_.append("$$");
      newline();
      verbatim_line(mark.target);
      newline();
      out_.append("$$");
      return;
    }
    inside(block);
  }

  void open_list(bool ordered, std::uint32_t) {
    // Two lists that touch would be read as one; the other delimiter parts them.
    if (lists_ == 0) {
      other_delimiter_ = out_.size() == list_end_ && ordered == last_ordered_ && !other_delimiter_;
      last_ordered_ = ordered;
      part();
      first_item_ = true;
    }
    lists_open_[lists_++] = {ordered, other_delimiter_, 0};
  }
  void open_item(const Block& block) {
    List& list = lists_open_[lists_ - 1];
    if (!first_item_) tight_line();
    first_item_ = false;
    const std::size_t before = out_.size();
    if (list.ordered) {
      append_number(std::uint64_t{std::min<std::uint32_t>(block.ordinal, 999'999'999)}, out_);
      out_.append(list.other ? ") " : ". ");
    } else {
      out_.append(list.other ? "* " : "- ");
    }
    list.indent = static_cast<std::uint8_t>(out_.size() - before);
    indent_ += list.indent;
    inside(block);
  }
  void close_item() { indent_ -= lists_open_[lists_ - 1].indent; }
  void close_list() {
    --lists_;
    if (lists_ == 0) list_end_ = out_.size();
  }

  void open_quote() {
    part();
    ++quotes_;
    out_.append("> ");
    fresh_ = true;
  }
  void close_quote() { --quotes_; }

  void open_figure() {}
  void close_figure() {}
  void image(const Block& block) {
    part();
    inside(block);
  }
  void caption(const Block& block) {
    part();
    // The line is in italics as a whole, so emphasis inside it would end it.
    single_line_ = caption_ = true;
    const std::size_t before = out_.size();
    out_.push_back('*');
    inside(block);
    if (out_.size() == before + 1) {
      out_.resize(before);
    } else {
      out_.push_back('*');
    }
    single_line_ = caption_ = false;
  }

  void open_definitions() { term_ = false; }
  void close_definitions() {}
  void term(const Block& block) {
    part();
    term_ = true;
    inside(block);
  }
  void definition(const Block& block) {
    if (term_) {
      tight_line();
    } else {
      part();
    }
    out_.append(": ");
    indent_ += 2;
    inside(block);
    indent_ -= 2;
  }

  void table(std::span<const Block> rows) {
    std::size_t columns = 1;
    for (const Block& row : rows) {
      if (!taken(row)) continue;
      std::size_t cells = 0;
      walk_cells(row, [&](std::uint32_t, std::uint32_t, bool) { ++cells; });
      columns = std::max(columns, cells);
    }
    bool first = true;
    in_table_ = single_line_ = true;
    for (const Block& row : rows) {
      if (!taken(row)) continue;
      if (first) {
        part();
        bool all = true;
        walk_cells(row, [&](std::uint32_t, std::uint32_t, bool header) { all = all && header; });
        if (!all) empty_row(columns);
        if (all) table_row(row, columns);
        newline();
        for (std::size_t i = 0; i < columns; ++i) out_.append(i == 0 ? "| --- |" : " --- |");
        if (!all) {
          newline();
          table_row(row, columns);
        }
        first = false;
        continue;
      }
      newline();
      table_row(row, columns);
    }
    in_table_ = single_line_ = false;
  }

  void finish() {
    if (out_.size() > start_) out_.push_back('\n');
  }

  // The sink of walk_inline().
  void text(std::string_view piece) {
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

  bool open(const Mark& mark, std::uint32_t begin, std::uint32_t end, bool nests) {
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
        verbatim_ = true;
        ticks_ = longest_run(inner, '`') == 0 ? 1 : longest_run(inner, '`') + 1;
        out_.append(ticks_, '`');
        pad_ = inner.front() == '`' || inner.back() == '`';
        if (pad_) out_.push_back(' ');
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
        return element("<sup>");
      default:
        return false;
    }
  }

  void close(const Mark& mark) {
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

  void image(const Mark& mark) {
    if (verbatim_) return;
    if (!options_.images || !is_picture(mark)) return;
    const std::string_view text = block_->text;
    const bool another = !at_start_ && text.empty() && out_.back() == ')';
    // Pictures have no place in the text: of the two spaces around one, the text kept the second.
    const bool before_space = mark.begin < text.size() && text[mark.begin] == ' ';
    const bool apart = before_space && mark.begin > 0 && !out_.empty() && out_.back() == text[mark.begin - 1];
    leave_start();
    if (another || apart) out_.push_back(' ');
    out_.append("![");
    label(mark.label);
    out_.append("](");
    append_address(mark.target, true, false, out_);
    out_.push_back(')');
    if (mark.begin < text.size() && !before_space && !link_) out_.push_back(' ');
  }

  void note(const Mark& mark) {
    if (verbatim_ || mark.label.empty()) return;
    leave_start();
    note_label(mark.label);
  }

  void line_break() {
    // Written when something follows: a break at the end of a block or of an emphasis breaks nothing.
    if (!verbatim_ && !at_start_) break_ = true;
  }

  void math(const Mark& mark) {
    if (verbatim_) return;
    leave_start();
    out_.push_back('$');
    verbatim_line(mark.target);
    out_.push_back('$');
  }

 private:
  struct List {
    bool ordered = false;
    bool other = false;  // written with the other delimiter
    std::uint8_t indent = 0;
  };

  void note_label(std::string_view label) {
    out_.append("[^");
    for (const char c : label)
      if (c != '[' && c != ']' && c != '^' && static_cast<unsigned char>(c) > ' ') out_.push_back(c);
    out_.push_back(']');
  }
  static bool taken(const Block& block) { return block.content && block.kind == BlockKind::table; }
  static std::size_t longest_run(std::string_view text, char c) {
    std::size_t best = 0, run = 0;
    for (const char d : text) {
      run = d == c ? run + 1 : 0;
      best = std::max(best, run);
    }
    return best;
  }

  void newline() {
    out_.push_back('\n');
    for (unsigned i = 0; i < quotes_; ++i) out_.append("> ");
    out_.append(indent_, ' ');
  }
  // Begins a block: a blank line after what came before.
  void part() {
    if (fresh_ || out_.size() == start_) {
      fresh_ = false;
      return;
    }
    out_.push_back('\n');
    for (unsigned i = 0; i < quotes_; ++i) out_.append(i + 1 == quotes_ ? ">" : "> ");
    newline();
  }
  // Begins an item or definition right under what came before.
  void tight_line() { newline(); }
  void trim_spaces() {
    while (out_.size() > start_ && out_.back() != '\n') {
      const std::uint32_t space = space_before(out_, out_.size());
      if (space == 0) break;
      out_.resize(out_.size() - space);
    }
  }
  // Something visible comes next: a break that waits is written now.
  void leave_start() {
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

  void inside(const Block& block) {
    begin_block(block);
    walk_inline(block, *this);
    end_block();
  }
  void begin_block(const Block& block) {
    block_ = &block;
    at_start_ = true;
    dollars_ = false;
    for (const Mark& mark : block.marks) dollars_ = dollars_ || mark.kind == MarkKind::math;
    emphasis_end_ = 0;
  }
  void end_block() {
    if (!at_start_) trim_spaces();
    break_ = false;
  }

  void empty_row(std::size_t columns) {
    for (std::size_t i = 0; i < columns; ++i) out_.append(i == 0 ? "|  |" : "  |");
  }
  void table_row(const Block& row, std::size_t columns) {
    std::size_t cells = 0;
    begin_block(row);
    out_.push_back('|');
    walk_cells(row, [&](std::uint32_t begin, std::uint32_t end, bool) {
      out_.push_back(' ');
      at_start_ = true;
      emphasis_end_ = 0;
      walk_inline(row, begin, end, *this);
      break_ = false;
      if (!at_start_) trim_spaces();
      out_.append(" |");
      ++cells;
    });
    for (; cells < columns; ++cells) out_.append("  |");
    end_block();
  }

  bool element(std::string_view tag) {
    if (verbatim_) return false;
    leave_start();
    out_.append(tag);
    return true;
  }

  void begin_emphasis(MarkKind kind, std::uint32_t begin, std::uint32_t end, bool nests) {
    const std::string_view text = block_->text;
    const Edge before = edge_of(char_before(text, begin)), after = edge_of(char_at(text, end));
    const Edge first = edge_of(char_at(text, begin)), last = edge_of(char_before(text, end));
    const auto clear = [](Edge edge) { return edge == Edge::space || edge == Edge::punctuation; };
    const bool apart = clear(before) && clear(after);
    const bool in_word = first == Edge::word && last == Edge::word && !nests && open_emphases_ == 0;
    const bool touches = emphasis_end_ != 0 && emphasis_end_ == out_.size();
    const bool as_element = (!apart && !in_word) || touches;
    leave_start();
    ++open_emphases_;
    as_element_[index(kind)] = as_element;
    out_.append(as_element ? opening(kind) : delimiter(kind));
  }
  void end_emphasis(MarkKind kind) {
    --open_emphases_;
    if (as_element_[index(kind)]) {
      out_.append(closing(kind));
      return;
    }
    out_.append(delimiter(kind));
    emphasis_end_ = out_.size();
  }
  static std::size_t index(MarkKind kind) {
    return kind == MarkKind::strong ? 0 : kind == MarkKind::emphasis ? 1 : 2;
  }
  static std::string_view delimiter(MarkKind kind) {
    return kind == MarkKind::strong ? "**" : kind == MarkKind::emphasis ? "*" : "~~";
  }
  static std::string_view opening(MarkKind kind) {
    return kind == MarkKind::strong ? "<strong>" : kind == MarkKind::emphasis ? "<em>" : "<del>";
  }
  static std::string_view closing(MarkKind kind) {
    return kind == MarkKind::strong ? "</strong>" : kind == MarkKind::emphasis ? "</em>" : "</del>";
  }

  // Alternative texts: one line, every special escaped, brackets too.
  void label(std::string_view text) {
    for (const char c : text) {
      if (c == '\n' || c == '\r') {
        out_.push_back(' ');
        continue;
      }
      if (c == '\0') continue;
      if (std::string_view("\\`*_[]<&~$|").find(c) != std::string_view::npos) out_.push_back('\\');
      out_.push_back(c);
    }
  }
  // TeX keeps its characters; only its lines and, in a table, its bars would do harm.
  void verbatim_line(std::string_view text) {
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
  void code_line(std::string_view line) {
    std::size_t nul;
    while ((nul = line.find('\0')) != std::string_view::npos) {
      out_.append(line.substr(0, nul)).append("\xEF\xBF\xBD");
      line.remove_prefix(nul + 1);
    }
    out_.append(line);
  }
  void code_text(std::string_view text) {
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
  const char* line_start(const char* p, const char* end) {
    const auto ends_marker = [&](const char* q) { return q == end || *q == ' ' || *q == '\t' || *q == '\n'; };
    const char* q = p;
    switch (*p) {
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

  bool needs_escape(char c, const char* p, const char* begin, const char* end) const {
    switch (c) {
      case '_':  // within a word it never formats
        return !(p > begin && p + 1 < end && is_alnum(p[-1]) && is_alnum(p[1]));
      case ']':
        return link_;
      case '<':
        return p + 1 == end || is_alnum(p[1]) || p[1] == '/' || p[1] == '!' || p[1] == '?';
      case '&':
        return p + 1 == end || is_alnum(p[1]) || p[1] == '#';
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

  const WriteOptions& options_;
  std::string& out_;
  const std::size_t start_;
  const Block* block_ = nullptr;
  std::array<List, max_flow_depth> lists_open_;
  std::size_t lists_ = 0, list_end_ = std::string::npos, emphasis_end_ = 0, ticks_ = 0;
  std::size_t indent_ = 0;
  unsigned quotes_ = 0, open_emphases_ = 0;
  std::array<bool, 3> as_element_{};
  bool fresh_ = false, first_item_ = false, other_delimiter_ = false, last_ordered_ = false, term_ = false;
  bool at_start_ = true, break_ = false, single_line_ = false, heading_ = false, caption_ = false,
       in_table_ = false;
  bool strong_ = false, emphasis_ = false, deleted_ = false, link_ = false, verbatim_ = false, pad_ = false;
  bool dollars_ = false, quoted_ = false;
};

}  // namespace

void write_markdown(const Document& document, const WriteOptions& options, std::string& out) {
  Markdown markdown(options, out);
  walk_flow(document, markdown, options.images);
  markdown.finish();
}

}  // namespace offprint
