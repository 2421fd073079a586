// The gatherer of read_head(): what single elements say of the page, as candidates for its fields. head_elements.cpp has the elements
// of the body, head_meta_elements.cpp <meta> and <link>.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "document/elements.h"
#include "document/fields.h"
#include "document/head_metas.h"
#include "document/words.h"

namespace offprint {

struct HeadGatherer {
  Page& page;
  Arena& arena;
  HeadFields& out;
  Meter& meter;
  std::string_view label1{};
  std::string_view og_description{}, meta_description{};
  DateOrder order = DateOrder::month_first;
  bool based = false, image_stands_in = false;  // out.image is a logo or the like
  std::size_t scripts = 0;

  ClassHint hint_of(Attribute& a);
  std::string_view value(Attribute& a) { return attribute_value(a, arena); }
  std::span<Attribute> attributes(NodeId id) {
    const Node& n = page[id];
    return {page.attributes.data() + n.attributes_begin, n.attributes_count};
  }
  void add_name(std::string_view text, FieldSource source, int strength, NodeId node, std::uint8_t group = 0);
  void add_date(std::vector<DateCandidate>& list, std::string_view text, FieldSource source, int strength, NodeId node);
  void add_site(std::string_view name);
  void meta(NodeId id);
  void first(std::string_view& field, std::string_view content) {
    if (field.empty()) field = plain_text(content, arena);
  }
  void take(Meta meta, std::string_view content, NodeId id, std::uint8_t group);
  void take_image(std::string_view address);
  void link(NodeId id);
  // The kind of thing whose property a node states, by the nearest element with an itemtype or typeof; 0
  // where none is.
  std::uint32_t scope_types(NodeId id);
  // itemprop and RDFa property on elements that are not <meta>.
  void property(NodeId id, std::string_view names);
  // What few elements have.
  void rare(NodeId id, Attribute& a);
  // <some-post author="…" created-timestamp="…">: an element of the site's own
  void custom(NodeId id);
  void element(NodeId id);
  void visit(NodeId id);
  // In their order.
  void visit(std::span<const NodeId> ids);
};

}  // namespace offprint
