// The sink that writes Markdown, of walk_flow() (markdown.cpp: blocks) and of walk_inline()
// (markdown_inline.cpp: what stands within one). Private to this format.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "formats/flow.h"
#include "formats/formats.h"
#include "formats/inline.h"

namespace offprint {

class Markdown {
 public:
  Markdown(const WriteOptions& options, std::string& out)
      : options_(options), out_(out), start_(out.size()) {}

  // The sink of walk_flow().
  void title(std::string_view text);
  void heading(const Block& block, int level);
  void paragraph(const Block& block);
  void note(const Block& block);
  void rule();
  void code(const Block& block);
  void math(const Block& block);
  void open_list(bool ordered, std::uint32_t start);
  void open_item(const Block& block);
  void close_item() { unindent(lists_open_[lists_ - 1].indent); }
  void close_list();
  void open_quote();
  void close_quote();
  void open_figure() {}
  void close_figure() {}
  void image(const Block& block);
  void caption(const Block& block);
  void open_definitions() { term_ = false; }
  void close_definitions() {}
  void term(const Block& block);
  void open_definition(const Block& block);
  void close_definition();
  void table(std::span<const Block> rows);
  void finish();

  // The sink of walk_inline().
  void text(std::string_view piece);
  bool open(const Mark& mark, std::uint32_t begin, std::uint32_t end, bool nests);
  void close(const Mark& mark);
  void image(const Mark& mark);
  void note(const Mark& mark);
  void line_break();
  void math(const Mark& mark);

 private:
  struct List {
    bool ordered = false;
    bool other = false;  // written with the other delimiter
    std::uint8_t indent = 0;
  };

  static bool taken(const Block& block) { return block.content && block.kind == BlockKind::table; }
  static std::size_t longest_run(std::string_view text, char c) {
    std::size_t best = 0, run = 0;
    for (const char d : text) {
      run = d == c ? run + 1 : 0;
      best = std::max(best, run);
    }
    return best;
  }

  // Lines and blocks.
  void newline();
  void indent(std::size_t by) { prefix_.append(by, ' '); }
  void unindent(std::size_t by) { prefix_.resize(prefix_.size() - by); }
  bool right_in_quote() const { return prefix_.ends_with("> "); }
  void part();
  void trim_spaces();
  void inside(const Block& block);
  void begin_block(const Block& block);
  void end_block();
  void empty_row(std::size_t columns);
  void lines_of_code(const Block& block);
  void picture_row(const Block& pictures, std::size_t columns);
  void table_row(const Block& row, std::size_t columns);
  void code_line(std::string_view line);

  // Within a block.
  void leave_start();
  bool element(std::string_view tag);
  bool code_begins(std::uint32_t at) const;
  void begin_emphasis(MarkKind kind, std::uint32_t begin, std::uint32_t end, bool nests);
  void end_emphasis(MarkKind kind);
  void note_label(std::string_view label);
  void label(std::string_view text);
  void verbatim_line(std::string_view text);
  void code_text(std::string_view text);
  const char* line_start(const char* p, const char* end);
  bool needs_escape(char c, const char* p, const char* begin, const char* end) const;

  const WriteOptions& options_;
  std::string& out_;
  const std::size_t start_;
  const Block* block_ = nullptr;
  std::array<List, max_flow_depth> lists_open_;
  std::size_t lists_ = 0, list_end_ = std::string::npos, emphasis_end_ = 0, ticks_ = 0, code_begin_ = 0;
  std::array<bool, max_flow_depth> definitions_open_{};  // whether set in
  std::size_t definitions_ = 0;
  std::string prefix_;  // of every line: "> " for each quotation, blanks for each item
  unsigned open_emphases_ = 0;
  std::array<bool, 3> as_element_{};
  std::size_t term_end_ = 0;  // where the last term ends
  std::array<std::pair<std::size_t, std::size_t>, 4> term_lines_;  // where the lines before the last terms begin and end
  std::size_t terms_ = 0;     // of them
  bool fresh_ = false, first_item_ = false, other_delimiter_ = false, last_ordered_ = false, term_ = false;
  bool at_start_ = true, break_ = false, single_line_ = false, heading_ = false, caption_ = false,
       in_table_ = false;
  bool strong_ = false, emphasis_ = false, deleted_ = false, link_ = false, verbatim_ = false, pad_ = false;
  bool dollars_ = false, quoted_ = false;
};

}  // namespace offprint
