// What the choices of fields have in common: the page, what was gathered of it, and where its title stands.
#pragma once

#include <array>
#include <cstddef>

#include "document/fields.h"
#include "document/sites.h"
#include "document/titles.h"

namespace offprint {

// What the classes and ids of elements say of being beside the article (is_aside()): candidates share most of the elements around
// them, so what was found out last stays for a while.
struct AsideMemo {
  struct Entry {
    NodeId node = no_node;
    int aside = 0;
  };
  std::array<Entry, 128> entries{};
};

struct FieldContext {
  Page& page;
  const HeadFields& head;
  const Blocks& blocks;
  const Decisions& decisions;
  Arena& arena;
  AsideMemo& asides;
  SiteNames sites{};
  NodeId title_node = no_node;
  std::size_t title_block = no_block;
  DateOrder order = DateOrder::month_first;

  bool decided() const { return decisions.of_block.size() == blocks.blocks.size() && !blocks.blocks.empty(); }
  Role role(std::size_t i) const { return decided() ? decisions.of_block[i].role : Role::other; }
  bool tree() const { return page.nodes.size() > 1; }

  // What an element's names and tag say: 2 surely beside the article, 1 at its edge, 0 nothing.
  int aside(NodeId node) const;
  // What a candidate's place is worth: near and after the title is best, within comments or other stories
  // worst.
  int place(NodeId node) const;
  // Whether it stands within <nav>, <aside> or what has the role of a menu, and the title does not: what is linked there is no part of
  // the article.
  bool in_menu(NodeId node) const;
  // Whether a block stands where by-lines and dates do.
  bool near_title(std::size_t i) const;
};

void choose_authors(const FieldContext& context, Fields& out);
void choose_dates(const FieldContext& context, Fields& out);
void choose_language(const FieldContext& context, Fields& out);

}  // namespace offprint
