#include "blocks/boxes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "blocks/box_names.h"

namespace offprint {
namespace {

constexpr std::uint32_t landmarks_of_tag(Tag tag) {
  std::uint32_t marks = 0;
  switch (tag) {
    case Tag::article:
      marks |= in_article;
      break;
    case Tag::main:
      marks |= in_main;
      break;
    case Tag::nav:
      marks |= in_nav;
      break;
    case Tag::aside:
      marks |= in_aside;
      break;
    case Tag::footer:
      marks |= in_footer;
      break;
    case Tag::header:
      marks |= in_header;
      break;
    case Tag::form:
      marks |= in_form;
      break;
    case Tag::ul:
    case Tag::ol:
    case Tag::dl:
      marks |= in_list;
      break;
    case Tag::table:
      marks |= in_table;
      break;
    case Tag::figure:
      marks |= in_figure;
      break;
    case Tag::dialog:
      marks |= in_dialog;
      break;
    case Tag::section:
      marks |= in_section;
      break;
    case Tag::a:
      marks |= in_link;
      break;
    case Tag::button:
      marks |= in_button;
      break;
    case Tag::blockquote:
      marks |= in_quote;
      break;
    case Tag::details:
      marks |= in_details;
      break;
    case Tag::search:
      marks |= in_search;
      break;
    case Tag::label:
      marks |= in_label;
      break;
    default:
      break;
  }
  return marks;
}

constexpr auto tag_landmarks = [] {
  std::array<std::uint32_t, tag_count> of{};
  for (std::size_t t = 0; t < tag_count; ++t) of[t] = landmarks_of_tag(static_cast<Tag>(t));
  return of;
}();

std::uint32_t landmarks_of(const Attribute& a) {
  std::uint32_t marks = 0;
  const std::string_view v = a.raw_value();
  switch (a.id) {
    case AttributeName::role:
      if (v == "navigation" || v == "menu" || v == "menubar")
        marks |= in_nav;
      else if (v == "main")
        marks |= in_main;
      else if (v == "banner")
        marks |= in_header;
      else if (v == "contentinfo")
        marks |= in_footer;
      else if (v == "complementary")
        marks |= in_aside;
      else if (v == "dialog" || v == "alertdialog")
        marks |= in_dialog;
      else if (v == "article")
        marks |= in_article;
      else if (v == "search")
        marks |= in_search;
      else if (v == "form")
        marks |= in_form;
      else if (v == "button")
        marks |= in_button;
      else if (v == "list")
        marks |= in_list;
      else if (v == "alert" || v == "status")
        marks |= in_live;
      break;
    case AttributeName::aria_hidden:
      if (v == "true") marks |= in_aria_hidden;
      break;
    case AttributeName::aria_modal:
      marks |= in_dialog;
      break;
    case AttributeName::aria_live:
      if (v != "off") marks |= in_live;
      break;
    default:
      break;
  }
  return marks;
}

constexpr std::size_t most_memos = 16384;

// The same of an attribute's, which is looked up once a page; ids come only once. There is room for more than ordinary pages
// have.
const Boxes::Memo& value_score(ValueNumbers& values, Attribute& attribute, const NodeLexicon& lexicon, Boxes& out) {
  if (attribute.id == AttributeName::id) {
    out.of_id = {};
    read_value(attribute.raw_value(), lexicon, out.of_id);
    return out.of_id;
  }
  const std::uint32_t number = value_number(values, attribute);
  if (number >= out.memo_of.size()) out.memo_of.resize(number + number / 2 + 64, 0);
  if (out.memo_of[number] != 0) return out.memo[out.memo_of[number] - 1];
  if (out.memo.size() == most_memos) {
    out.memo.clear();
    std::fill(out.memo_of.begin(), out.memo_of.end(), 0);
  }
  Boxes::Memo& score = out.memo.emplace_back();
  out.memo_of[number] = static_cast<std::uint32_t>(out.memo.size());
  read_value(attribute.raw_value(), lexicon, score);
  return score;
}

constexpr TokenRecord unasked{};

// Most tags are known ones: each is looked up once a page.
const TokenRecord* tag_record(const Page& page, NodeId element, const NodeLexicon& lexicon, Boxes& out) {
  const Tag tag = page[element].tag;
  if (tag == Tag::unknown || page[element].ns != Namespace::html)
    return lexicon.names.find(tag_token(page, element));
  const TokenRecord*& known = out.of_tag[static_cast<std::size_t>(tag)];
  if (known == &unasked) known = lexicon.names.find(tag_token(page, element));
  return known;
}

// A token counts for less, the more there are: the mean over an element's tokens, in 256ths, added to what
// those above say.
void gather_roles(const RoleSums& sum, std::uint32_t count, const RoleSums* above, RoleSums& out) {
  const auto part = static_cast<std::int16_t>(count == 0 ? 0 : 4096 / std::min<std::uint32_t>(count, 64));
  out = parts_of(sum, part);
  if (above == nullptr) return;
  for (std::size_t r = 0; r < role_width; ++r)
    out.of[r] = static_cast<std::int16_t>(out.of[r] + above->of[r] - (above->of[r] >> 3));
}

// Describes the last box.
void describe(Page& page, const NodeLexicon& lexicon, Boxes& out) {
  Box& box = out.boxes.back();
  const bool root = out.boxes.size() == 1;
  const Node& node = page[box.node];
  box.tag = static_cast<std::uint16_t>(node.tag);
  box.landmarks = tag_landmarks[static_cast<std::size_t>(node.tag)];
  float sum = 0, max = -1e9f, min = 1e9f;
  std::uint32_t count = 0;
  std::uint64_t signature = static_cast<std::uint64_t>(node.tag) + 1;
  RoleSums roles;
  std::uint32_t role_tokens = 0;
  if (const TokenRecord* const record = tag_record(page, box.node, lexicon, out); record != nullptr) {
    if ((record->told & tells_roles) != 0) {
      roles.add(record->roles);
      role_tokens = 1;
    }
    if ((record->told & tells_content) != 0) {
      sum = max = min = static_cast<float>(record->content) / 16.0f;
      count = 1;
    }
  }
  for (std::uint32_t k = 0; k < node.attributes_count; ++k) {
    Attribute& a = page.attributes[node.attributes_begin + k];
    const std::uint8_t use = use_of(a.id);
    if ((use & for_landmarks) != 0) box.landmarks |= landmarks_of(a);
    if ((use & for_names) == 0) continue;
    const Boxes::Memo& score = value_score(page.values, a, lexicon, out);
    if (a.id == AttributeName::class_)
      signature = (signature ^ page.values.hashes[a.number - 1]) * 0xD6E8FEB86659FD93u;
    if (score.role_count > 0) {
      roles.add(score.roles);
      role_tokens += score.role_count;
    }
    box.own_groups |= score.groups;
    if (score.count == 0) continue;
    sum += score.sum;
    max = std::max(max, score.max);
    min = std::min(min, score.min);
    count += score.count;
  }
  box.signature = static_cast<std::uint32_t>(signature ^ (signature >> 32));
  if (!lexicon.names.index.empty()) {
    out.named_roles.emplace_back();
    gather_roles(roles, role_tokens, root ? nullptr : &out.named_roles[box.parent], out.named_roles.back());
  }
  if (count > 0) {
    box.own_mean = sum / static_cast<float>(count);
    box.own_max = max;
    box.own_min = min;
  }
  box.own_tokens = static_cast<std::uint16_t>(std::min<std::uint32_t>(count, 60000));
  if (root) {
    box.chain_max = box.own_max;
    box.chain_min = box.own_min;
    box.chain_sum = box.own_mean;
    box.chain_decayed = box.own_mean;
    box.chain_lowest_mean = box.own_mean;
    box.chain_boxes = 1;
    return;
  }
  const Box& parent = out.boxes[box.parent];
  // What <body> and <html> are called is said of every block alike.
  const bool of_page = node.tag == Tag::body || node.tag == Tag::html;
  box.all_groups = parent.all_groups | (of_page ? 0 : box.own_groups);
  box.near_groups = box.own_groups | parent.own_groups | out.boxes[parent.parent].own_groups;
  box.landmarks |= parent.landmarks;
  box.depth = static_cast<std::uint16_t>(std::min<int>(parent.depth + 1, 60000));
  box.chain_max = std::max(parent.chain_max, box.own_max);
  box.chain_min = std::min(parent.chain_min, box.own_min);
  box.chain_sum = parent.chain_sum + box.own_mean;
  box.chain_decayed = parent.chain_decayed * 0.75f + box.own_mean;
  box.chain_lowest_mean = std::min(parent.chain_lowest_mean, box.own_mean);
  box.chain_boxes = static_cast<std::uint16_t>(std::min<int>(parent.chain_boxes + 1, 60000));
}

// Counts the boxes of one signature under one parent, and the path signature of four levels.
void count_siblings(Boxes& out) {
  const std::size_t slots = std::bit_ceil(out.boxes.size() * 2 + 16);
  out.sibling_keys.assign(slots, 0);
  out.sibling_counts.assign(slots, 0);
  auto slot_of = [&](std::uint64_t key) {
    std::size_t i = (key * 0x9E3779B97F4A7C15u) >> 36 & (slots - 1);  // bits that the parent tells, too
    while (out.sibling_keys[i] != 0 && out.sibling_keys[i] != key) i = (i + 1) & (slots - 1);
    out.sibling_keys[i] = key;
    return i;
  };
  auto key_of = [](const Box& b) { return (static_cast<std::uint64_t>(b.parent + 1) << 32) | b.signature; };
  std::vector<std::uint32_t>& found = out.tokens;  // the slot of each box
  found.clear();
  for (const Box& b : out.boxes) {
    const std::size_t slot = slot_of(key_of(b));
    ++out.sibling_counts[slot];
    found.push_back(static_cast<std::uint32_t>(slot));
  }
  for (std::size_t i = 0; i < out.boxes.size(); ++i) {
    Box& b = out.boxes[i];
    b.siblings = static_cast<std::uint16_t>(std::min<std::uint32_t>(out.sibling_counts[found[i]], 60000));
    std::uint32_t path = 2166136261u;
    const Box* up = &b;
    for (int level = 0; level < 4; ++level) {
      path = (path ^ up->signature) * 16777619u;
      path ^= path >> 13;
      up = &out.boxes[up->parent];
    }
    b.path = path;
    const Box& parent = out.boxes[b.parent];
    b.most_siblings = &parent == &b ? b.siblings : std::max(b.siblings, parent.most_siblings);
  }
}

}  // namespace

void Boxes::clear() {
  boxes.clear();
  of_block.clear();
  common.clear();
  named_roles.clear();
}

void find_boxes(Page& page, const Blocks& blocks, const NodeLexicon& lexicon, Boxes& out) {
  out.clear();
  if (page.html == no_node) {
    // Flattened text: one box that holds everything.
    out.boxes.emplace_back();
    out.of_block.assign(blocks.blocks.size(), 0);
    out.common.assign(blocks.blocks.size(), 0);
  } else {
    out.memo.clear();
    out.memo_of.clear();
    out.of_tag.assign(tag_count, &unasked);
    out.box_of_node.assign(page.nodes.size(), no_node);
    out.boxes.emplace_back().node = page.html;
    describe(page, lexicon, out);
    out.box_of_node[page.html] = 0;
    // The boxes that hold the block before, by their depth, and the depth of the lowest.
    std::array<std::uint32_t, deepest_box + 1> before{};
    std::uint16_t lowest = 0;
    constexpr std::size_t ahead = 4;  // nodes of later blocks are called for, since they are far apart
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
      if (i + ahead < blocks.blocks.size() && blocks.blocks[i + ahead].node != no_node)
        __builtin_prefetch(&page[blocks.blocks[i + ahead].node]);
      out.path.clear();
      NodeId node = blocks.blocks[i].node;
      while (node != no_node && out.box_of_node[node] == no_node) {
        if (page[node].kind == NodeKind::element) out.path.push_back(node);
        node = page[node].parent;
        if (node == document_node) break;
      }
      std::uint32_t parent = node == no_node || node == document_node ? 0 : out.box_of_node[node];
      if (parent == no_node) parent = 0;
      // New boxes hold no block before this one; the one that they stand in mostly holds the last.
      std::uint32_t shared = parent;
      while (out.boxes[shared].depth > lowest || before[out.boxes[shared].depth] != shared) shared = out.boxes[shared].parent;
      out.common.push_back(out.boxes[shared].depth);
      while (!out.path.empty()) {
        if (out.boxes[parent].depth == deepest_box) {
          out.box_of_node[out.path.back()] = parent;
          out.path.pop_back();
          continue;
        }
        const NodeId element = out.path.back();
        Box& box = out.boxes.emplace_back();
        box.node = element;
        box.parent = parent;
        describe(page, lexicon, out);
        parent = static_cast<std::uint32_t>(out.boxes.size() - 1);
        out.box_of_node[element] = parent;
        out.path.pop_back();
      }
      out.of_block.push_back(parent);
      lowest = out.boxes[parent].depth;
      for (std::uint32_t at = parent; at != shared; at = out.boxes[at].parent) before[out.boxes[at].depth] = at;
    }
  }
  count_siblings(out);
}

}  // namespace offprint
