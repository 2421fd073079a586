// Documents made by hand, for the tests of formats and of the reader: they need none of the stages before.
#pragma once

#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "offprint/document.h"

namespace offprint::sample {

// Owns what a Document only views. Not copied: the views point into it.
struct Made {
  Document document;
  std::deque<std::string> texts;
  std::deque<std::vector<Mark>> marks;
  std::vector<Block> blocks;
  std::vector<std::string_view> authors, asks, frequencies, methods;
  std::vector<Money> amounts, costs;
  Made() = default;
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;

  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }

  Block& add(Role role, BlockKind kind, std::string_view text, std::vector<Mark> with = {}) {
    Block block;
    block.role = role;
    block.kind = kind;
    block.text = keep(std::string(text));
    block.content = role == Role::body;
    block.confidence = 0.9f;
    block.marks = marks.emplace_back(std::move(with));
    block.span_begin = blocks.empty() ? 0 : blocks.back().span_end;
    block.span_end = block.span_begin + text.size();
    blocks.push_back(block);
    return blocks.back();
  }
  Block& body(std::string_view text, std::vector<Mark> with = {}) {
    return add(Role::body, BlockKind::paragraph, text, std::move(with));
  }
  Block& heading(std::string_view text, int level) {
    Block& block = add(Role::body, BlockKind::heading, text);
    block.level = static_cast<std::uint8_t>(level);
    return block;
  }
  Block& item(std::string_view text, int level, std::uint32_t group, std::uint32_t ordinal = 0) {
    Block& block = add(Role::body, BlockKind::list_item, text);
    block.level = static_cast<std::uint8_t>(level);
    block.group = block.in.list = group;
    block.in.lists = block.level;
    block.ordinal = ordinal;
    return block;
  }
  Block& quote(std::string_view text, int level) {
    Block& block = add(Role::body, BlockKind::quote, text);
    block.level = block.in.quotes = static_cast<std::uint8_t>(level);
    return block;
  }
  // What was added last stands in so many lists and quotations; list: the group of the outermost list.
  void within(int lists, std::uint32_t list, int quotes, int definitions = 0) {
    Block& block = blocks.back();
    block.in.definitions = static_cast<std::uint8_t>(definitions);
    block.in.lists = static_cast<std::uint8_t>(lists);
    block.in.list = list;
    block.in.quotes = static_cast<std::uint8_t>(quotes);
  }
  // A table row; cells that begin with '#' are header cells.
  Block& row(std::initializer_list<std::string_view> cells, std::uint32_t group) {
    std::string text;
    std::vector<Mark> cell_marks;
    for (std::string_view cell : cells) {
      const bool header = !cell.empty() && cell[0] == '#';
      if (header) cell.remove_prefix(1);
      if (!cell_marks.empty()) text += " | ";
      const auto begin = static_cast<std::uint32_t>(text.size());
      text += cell;
      cell_marks.push_back({header ? MarkKind::header_cell : MarkKind::cell,
                            begin,
                            static_cast<std::uint32_t>(text.size()),
                            {},
                            {}});
    }
    Block& block = add(Role::body, BlockKind::table, text, std::move(cell_marks));
    block.group = group;
    return block;
  }

  // Takes the views once everything is in place.
  const Document& finish() {
    std::string text;
    for (const Block& block : blocks) {
      if (!block.content || block.text.empty()) continue;
      if (!text.empty()) text += "\n\n";
      text += block.text;
    }
    document.text = keep(std::move(text));
    document.status = document.text.empty() ? Status::empty : Status::ok;
    document.blocks = blocks;
    document.authors = authors;
    document.support.asks = asks;
    document.support.frequencies = frequencies;
    document.support.methods = methods;
    document.support.amounts = amounts;
    document.support.costs = costs;
    return document;
  }
};

}  // namespace offprint::sample
