#include "blocks/page_sums.h"

#include <algorithm>
#include <array>
#include <bit>

namespace offprint {
namespace {

bool is_paragraph(const RawBlock& b, const TextFacts& f) {
  return b.hidden == Hidden::no && b.words >= 10 && b.link_bytes * 3 < b.text.size() &&
         (f.ends_sentence || f.commas > 0) && b.kind != BlockKind::heading && b.kind != BlockKind::control;
}

}  // namespace

void sum_boxes(const Blocks& blocks, Features& out) {
  std::vector<Box>& boxes = out.boxes.boxes;
  out.box_purposes.assign(boxes.size(), 0);
  for (std::uint32_t i = 0; i < blocks.blocks.size(); ++i) {
    const RawBlock& b = blocks.blocks[i];
    const TextFacts& f = out.facts[i];
    Box& box = boxes[out.boxes.of_block[i]];
    out.box_purposes[out.boxes.of_block[i]] |= f.hits.purposes;
    box.first_block = std::min(box.first_block, i);
    box.last_block = std::max(box.last_block, i);
    ++box.blocks;
    box.headings += b.kind == BlockKind::heading;
    if (b.hidden != Hidden::no && b.hidden != Hidden::noscript) continue;
    box.words += b.words;
    box.bytes += static_cast<std::uint32_t>(b.text.size());
    box.link_bytes += b.link_bytes;
    box.punctuation += f.commas + f.ends;
    if (is_paragraph(b, f)) {
      box.paragraph_words += b.words;
      box.direct_paragraph_words += b.words;
      // The paragraph's parent holds it "directly" too: <div><p>…</p><p>…</p></div>.
      if (box.blocks == 1) boxes[box.parent].direct_paragraph_words += b.words;
    }
  }
  for (std::size_t i = boxes.size(); i-- > 1;) {
    const Box& b = boxes[i];
    Box& up = boxes[b.parent];
    up.first_block = std::min(up.first_block, b.first_block);
    up.last_block = std::max(up.last_block, b.last_block);
    up.blocks += b.blocks;
    up.words += b.words;
    up.bytes += b.bytes;
    up.link_bytes += b.link_bytes;
    up.punctuation += b.punctuation;
    up.paragraph_words += b.paragraph_words;
    up.headings += b.headings;
    out.box_purposes[b.parent] |= out.box_purposes[i];
  }
}

void find_groups(const Blocks& blocks, Features& out) {
  const std::size_t n = blocks.blocks.size();
  const std::size_t slots = std::bit_ceil(n * 2 + 16);
  out.table.assign(slots, 0xFFFFFFFFu);
  out.group_facts.clear();
  out.groups.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const RawBlock& b = blocks.blocks[i];
    const std::uint32_t path =
        out.boxes.boxes[out.boxes.of_block[i]].path ^ (static_cast<std::uint32_t>(b.kind) * 0x9E3779B1u);
    std::size_t at = (path * 0x85EBCA6Bu) & (slots - 1);
    while (out.table[at] != 0xFFFFFFFFu && out.group_facts[out.table[at]].path != path) at = (at + 1) & (slots - 1);
    if (out.table[at] == 0xFFFFFFFFu) {
      out.table[at] = static_cast<std::uint32_t>(out.group_facts.size());
      out.group_facts.push_back({path, 0, 0, 0, 0, i, i});
    }
    Features::Group& g = out.group_facts[out.table[at]];
    ++g.count;
    g.words += b.words;
    g.bytes += static_cast<std::uint32_t>(b.text.size());
    g.link_bytes += b.link_bytes;
    g.last = i;
    out.groups[i] = out.table[at];
  }
}

PageSums sum_page(const Page& page, const Blocks& blocks, const Features& out) {
  PageSums s;
  float best_title = 0.6f;
  for (std::uint32_t i = 0; i < blocks.blocks.size(); ++i) {
    const RawBlock& b = blocks.blocks[i];
    const TextFacts& f = out.facts[i];
    if (b.hidden != Hidden::no && b.hidden != Hidden::noscript) {
      ++s.hidden;
      continue;
    }
    s.words += b.words;
    s.bytes += static_cast<std::uint32_t>(b.text.size());
    s.link_bytes += b.link_bytes;
    s.li += b.kind == BlockKind::list_item;
    s.pre += b.kind == BlockKind::code;
    s.table += b.kind == BlockKind::table;
    s.headings += b.kind == BlockKind::heading;
    s.p += is_paragraph(b, f);
    s.prices += f.currency > 0;
    s.dates += f.date_like;
    s.longest = std::max(s.longest, b.words);
    if (b.words >= 20 && b.link_bytes * 3 < b.text.size()) s.long_words += b.words;
    if (b.kind == BlockKind::heading && b.level == 1 && s.h1 < 0) s.h1 = i;
    const float likeness = std::min(f.title_in_block, f.block_in_title) + (b.kind == BlockKind::heading ? 0.2f : 0.0f);
    if (likeness > best_title) {
      best_title = likeness;
      s.title = i;
    }
  }
  if (s.h1 < 0) s.h1 = s.title;
  if (s.title < 0) s.title = s.h1;
  const auto count = [&](Tag tag) { return page.tags[static_cast<std::size_t>(tag)]; };
  s.forms = count(Tag::form);
  s.images = count(Tag::img);
  s.articles = count(Tag::article);
  s.mains = count(Tag::main);
  const std::vector<Box>& boxes = out.boxes.boxes;
  for (const Box& b : boxes) s.most_siblings = std::max<std::uint32_t>(s.most_siblings, b.siblings);
  for (const Features::Group& g : out.group_facts) s.largest_group = std::max(s.largest_group, g.words);
  // The deepest boxes that still hold half, and four fifths, of the paragraphs' words; children come after parents.
  const std::uint32_t all = boxes[0].paragraph_words;
  std::uint32_t best_direct = 0;
  for (std::uint32_t i = 0; i < boxes.size(); ++i) {
    if (all > 0 && boxes[i].paragraph_words * 2 >= all && boxes[i].parent == s.half_box) s.half_box = i;
    if (all > 0 && boxes[i].paragraph_words * 5 >= all * 4 && boxes[i].parent == s.most_box) s.most_box = i;
    if (boxes[i].direct_paragraph_words > best_direct) {
      best_direct = boxes[i].direct_paragraph_words;
      s.direct_box = i;
    }
  }
  return s;
}

Logs::Logs() {
  static const auto table = [] {
    std::array<float, known> t{};
    for (std::uint32_t n = 0; n < known; ++n) t[n] = std::log2(static_cast<float>(n) + 1.0f);
    return t;
  }();
  table_ = table.data();
}

namespace {

// The record that a box of three siblings or more is in: the highest box up the chain that has as many, until the chain has been
// without such for some levels. Each box holds a block at least, so those above hold more than it and only its parent matters:
// this is what is found above a child of `parent`.
struct RecordAbove {
  std::uint32_t parent = no_record, record = no_record;
  std::uint8_t level = 0;
};
RecordAbove find_record_above(const std::vector<Box>& boxes, std::uint32_t parent) {
  RecordAbove found{.parent = parent};
  std::uint32_t here = parent;
  for (std::uint32_t level = 1; boxes[here].parent != here; ++level) {
    const Box& box = boxes[here];
    if (box.siblings >= 3 && (found.record == no_record || box.blocks > boxes[found.record].blocks)) {
      found.record = here;
      found.level = static_cast<std::uint8_t>(level);
    }
    if (box.siblings == 1 && level > found.level + 3u) break;
    here = box.parent;
  }
  return found;
}

constexpr std::uint32_t telling = in_article | in_main | in_nav | in_aside | in_footer | in_header | in_form | in_dialog |
                                  in_section | in_table | in_figure;

}  // namespace

void find_climbs(const PageSums& sums, const Logs& log1, Features& out) {
  const std::vector<Box>& boxes = out.boxes.boxes;
  std::vector<Climb>& climbs = out.climbs;
  climbs.resize(boxes.size());
  const std::uint32_t paragraph_words = boxes[0].paragraph_words;
  const std::uint32_t direct_depth = boxes[sums.direct_box].depth;
  std::array<RecordAbove, deepest_box + 1> above_children;  // of the last parent at each depth
  // The boxes that hold the one of the running text, by their depth.
  std::array<std::uint32_t, deepest_box + 1> of_direct;
  of_direct.fill(no_record);
  for (std::uint32_t at = sums.direct_box;; at = boxes[at].parent) {
    of_direct[boxes[at].depth] = at;
    if (boxes[at].parent == at) break;
  }
  const auto finish = [&](std::uint32_t i, bool up_half, bool up_most, bool up_direct, std::uint8_t up_depth) {
    const Box& box = boxes[i];
    Climb& c = climbs[i];
    c.in_half = i == sums.half_box || up_half;
    c.in_most = i == sums.most_box || up_most;
    c.in_direct = i == sums.direct_box || up_direct;
    c.direct_depth = of_direct[box.depth] == i ? static_cast<std::uint8_t>(box.depth + 1) : up_depth;
    c.direct_levels = static_cast<std::uint8_t>(std::min<std::uint32_t>(64, direct_depth + 1 - c.direct_depth));
    // One by one: an array would be put together elsewhere and then copied.
    c.sizes[0] = log1(box.words);
    c.sizes[1] = share(box.link_bytes, box.bytes);
    c.sizes[2] = share(box.words, sums.words);
    c.sizes[3] = share(box.paragraph_words, paragraph_words);
    c.sizes[4] = share(box.punctuation, box.words);
    c.sizes[5] = log1(box.blocks);
  };
  climbs[0] = Climb{};
  finish(0, false, false, false, 0);
  for (std::uint32_t i = 1; i < boxes.size(); ++i) {
    const Box& box = boxes[i];
    Climb& c = climbs[i];
    const Climb& up = climbs[box.parent];
    const Box& above = boxes[box.parent];
    const std::uint32_t wider = up.wider, shared = up.shared;
    c.wider = above.words > box.words ? box.parent : wider;
    c.shared = box.blocks >= 2 ? i : shared;
    const std::uint32_t own = box.landmarks & ~above.landmarks & telling;
    c.landmark = own != 0 ? static_cast<std::uint8_t>(std::countr_zero(own) + 1) : up.landmark;
    c.landmark_levels = static_cast<std::uint8_t>(own != 0 ? 0 : up.landmark_levels + 1);
    if (box.siblings >= 3) {
      RecordAbove& found = above_children[above.depth];
      if (found.parent != box.parent) found = find_record_above(boxes, box.parent);
      c.record = found.record == no_record ? i : found.record;
      c.record_level = found.level;
    } else {
      c.record = up.record;
      c.record_level = static_cast<std::uint8_t>(up.record == no_record ? 0 : up.record_level + 1);
    }
    finish(i, up.in_half, up.in_most, up.in_direct, up.direct_depth);
  }
}

}  // namespace offprint
