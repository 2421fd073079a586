#include "blocks/features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "blocks/facts.h"
#include "blocks/name_groups.h"

namespace offprint {
namespace {

#define OFFPRINT_PAGE_FEATURES(X)                                                                                      \
  X(page_blocks) X(page_words) X(page_link_share) X(page_p) X(page_li) X(page_pre) X(page_table) X(page_headings)      \
  X(page_forms) X(page_images) X(page_articles) X(page_mains) X(page_prices) X(page_dates) X(page_hidden_share)        \
  X(page_long_paragraph_share) X(page_longest) X(page_most_siblings) X(page_largest_group) X(page_flat)                \
  X(url_depth) X(url_digits) X(url_last_length) X(url_home) X(url_query) X(url_word)                                   \
  X(type_article) X(type_product) X(type_list) X(type_faq) X(type_forum) X(type_service) X(type_howto) X(type_page)    \
  X(type_any) X(og_article) X(og_product) X(og_website) X(body_known)

#define OFFPRINT_BLOCK_FEATURES(X)                                                                                     \
  X(words) X(bytes) X(word_length) X(commas) X(ends) X(punctuation_share) X(digit_share) X(upper_share)                \
  X(letter_share) X(link_share) X(links) X(ends_sentence) X(starts_upper) X(question) X(colon) X(ellipsis)             \
  X(copyright) X(pipe) X(at_sign) X(date_like) X(arrow) X(currency) X(strong_share) X(images) X(cells)                 \
  X(kind) X(heading_level) X(level) X(hidden) X(first_of_item) X(ordinal) X(in_group) X(blank_lines)                   \
  X(duplicates) X(earlier_duplicates) X(title_in_block) X(block_in_title) X(block_in_description) X(block_in_body)     \
  X(position) X(words_before) X(index) X(blocks_after) X(after_h1) X(from_h1) X(from_title) X(from_heading)            \
  X(section_level) X(section_words) X(section_blocks) X(section_links)                                                 \
  X(prev1_words) X(prev1_links) X(prev1_kind) X(prev1_lex) X(next1_words) X(next1_links) X(next1_kind) X(next1_lex)    \
  X(prev2_words) X(prev2_links) X(next2_words) X(next2_links) X(prev3_words) X(next3_words)                            \
  X(same_box_prev) X(same_box_next) X(common_prev) X(common_next) X(window3_words) X(window3_links) X(window8_words)   \
  X(window8_links)                                                                                                     \
  X(lex_mean) X(lex_max) X(lex_min) X(lex_up1) X(lex_up2) X(lex_up3) X(lex_up4) X(lex_up5) X(lex_chain_max)            \
  X(lex_chain_min) X(lex_chain_sum) X(lex_chain_mean) X(lex_chain_lowest) X(lex_decayed) X(lex_window)                 \
  X(depth) X(tag) X(landmarks_low) X(near_landmark) X(near_landmark_levels)                                            \
  X(group_count) X(group_words) X(group_links) X(group_share) X(group_extent) X(group_mean)                            \
  X(siblings) X(siblings_most) X(record_words) X(record_level) X(record_links) X(record_count)                         \
  X(in_half_paragraphs) X(in_most_paragraphs) X(levels_to_direct) X(in_direct)                                         \
  X(box_words) X(box_links) X(box_share) X(box_paragraphs) X(box_punctuation) X(box_blocks)                            \
  X(a1_words) X(a1_links) X(a1_share) X(a1_paragraphs) X(a1_punctuation) X(a1_blocks)                                  \
  X(a2_words) X(a2_links) X(a2_share) X(a2_paragraphs) X(a2_punctuation) X(a2_blocks)                                  \
  X(a3_words) X(a3_links) X(a3_share) X(a3_paragraphs) X(a3_punctuation) X(a3_blocks)                                  \
  X(a4_words) X(a4_links) X(a4_share) X(a4_paragraphs) X(a4_punctuation) X(a4_blocks)

#define OFFPRINT_LANDMARKS(X)                                                                                          \
  X(in_article) X(in_main) X(in_nav) X(in_aside) X(in_footer) X(in_header) X(in_form) X(in_list) X(in_table)           \
  X(in_figure) X(in_dialog) X(in_section) X(in_link) X(in_button) X(in_quote) X(in_details) X(in_aria_hidden)          \
  X(in_search) X(in_live) X(in_label)

#define OFFPRINT_PURPOSES(X)                                                                                           \
  X(support_ask) X(support_control) X(frequency) X(defer) X(payment) X(ad_free) X(consent) X(newsletter) X(share)      \
  X(paywall) X(login) X(comments) X(related) X(advertisement) X(byline) X(published) X(reading_time) X(credit)         \
  X(legal) X(navigation) X(search) X(cart) X(controls) X(notice) X(minimum) X(currency_word)

enum Column : std::uint32_t {
#define X(name) f_##name,
  OFFPRINT_PAGE_FEATURES(X) OFFPRINT_BLOCK_FEATURES(X) OFFPRINT_LANDMARKS(X)
#undef X
#define X(name) says_##name,
      OFFPRINT_PURPOSES(X)
#undef X
#define X(name) heading_says_##name,
          OFFPRINT_PURPOSES(X)
#undef X
#define X(name) around_says_##name,
              OFFPRINT_PURPOSES(X)
#undef X
#define X(name) box_says_##name,
                  OFFPRINT_PURPOSES(X)
#undef X
                      f_named_first,
  column_count = f_named_first + static_cast<std::uint32_t>(name_group_count)
};

constexpr std::array<std::string_view, f_named_first> fixed_names = {
#define X(name) #name,
    OFFPRINT_PAGE_FEATURES(X) OFFPRINT_BLOCK_FEATURES(X) OFFPRINT_LANDMARKS(X)
#undef X
#define X(name) "says_" #name,
        OFFPRINT_PURPOSES(X)
#undef X
#define X(name) "heading_says_" #name,
            OFFPRINT_PURPOSES(X)
#undef X
#define X(name) "around_says_" #name,
                OFFPRINT_PURPOSES(X)
#undef X
#define X(name) "box_says_" #name,
                    OFFPRINT_PURPOSES(X)
#undef X
};

// "named_comments", "named_share"…: the group's name behind a prefix, laid out at compile time.
constexpr std::size_t named_bytes = 32;
constexpr auto named_text = [] {
  std::array<std::array<char, named_bytes>, static_cast<std::size_t>(name_group_count)> text{};
  for (std::size_t g = 0; g < text.size(); ++g) {
    std::size_t at = 0;
    for (char c : std::string_view("named_")) text[g][at++] = c;
    for (char c : name_groups[g].substr(0, name_groups[g].find(' '))) text[g][at++] = c;
  }
  return text;
}();
constexpr auto names = [] {
  std::array<std::string_view, column_count> all{};
  for (std::size_t i = 0; i < f_named_first; ++i) all[i] = fixed_names[i];
  for (std::size_t g = 0; g < named_text.size(); ++g) {
    std::size_t size = 0;
    while (named_text[g][size] != 0) ++size;
    all[f_named_first + g] = {named_text[g].data(), size};
  }
  return all;
}();

// Words and bytes span five decades; their logarithm is what matters. A table would save little: see bench/.
float log1(std::uint32_t n) { return std::log2(static_cast<float>(n) + 1.0f); }
float share(std::uint32_t part, std::uint32_t whole) {
  return whole == 0 ? 0.0f : static_cast<float>(part) / static_cast<float>(whole);
}

bool is_paragraph(const RawBlock& b, const TextFacts& f) {
  return b.hidden == Hidden::no && b.words >= 10 && b.link_bytes * 3 < b.text.size() &&
         (f.ends_sentence || f.commas > 0) && b.kind != BlockKind::heading && b.kind != BlockKind::control;
}

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

// Blocks whose boxes have the same path signature and which are of one kind.
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

struct PageSums {
  std::uint32_t words = 0, bytes = 0, link_bytes = 0, hidden = 0, p = 0, li = 0, pre = 0, table = 0, headings = 0;
  std::uint32_t prices = 0, dates = 0, long_words = 0, longest = 0, paragraph_words = 0, largest_group = 0;
  std::uint32_t forms = 0, images = 0, articles = 0, mains = 0, most_siblings = 0;
  std::int64_t h1 = -1, title = -1;
  std::uint32_t half_box = 0, most_box = 0, direct_box = 0;
};

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
  for (const Node& node : page.nodes) {
    s.forms += node.tag == Tag::form;
    s.images += node.tag == Tag::img;
    s.articles += node.tag == Tag::article;
    s.mains += node.tag == Tag::main;
  }
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

bool within(const std::vector<Box>& boxes, std::uint32_t inner, std::uint32_t outer) {
  while (boxes[inner].depth > boxes[outer].depth) inner = boxes[inner].parent;
  return inner == outer;
}

// Steps from a box up to the lowest one that also holds `other`; bounded, since the depth of trees is.
std::uint32_t levels_to_common(const std::vector<Box>& boxes, std::uint32_t a, std::uint32_t b) {
  std::uint32_t levels = 0;
  while (a != b && levels < 64) {
    if (boxes[a].depth >= boxes[b].depth) {
      if (boxes[a].parent == a) break;
      a = boxes[a].parent;
      ++levels;
    } else {
      b = boxes[b].parent;
    }
  }
  return levels;
}

}  // namespace

std::span<const std::string_view> feature_names() { return names; }


void compute_features(Page& page, const Blocks& blocks, const PageHints& hints, const NodeLexicon& lexicon,
                      Features& out) {
  const std::size_t n = blocks.blocks.size();
  out.rows = static_cast<std::uint32_t>(n);
  out.columns = column_count;
  out.values.resize(n * column_count);
  find_boxes(page, blocks, lexicon, out.boxes);
  if (n == 0) return;
  compute_facts(page, blocks, hints, out);
  sum_boxes(blocks, out);
  find_groups(blocks, out);
  const PageSums sums = sum_page(page, blocks, out);
  const std::vector<Box>& boxes = out.boxes.boxes;
  const std::vector<std::uint32_t>& box_of = out.boxes.of_block;

  std::array<float, column_count> head{};
  const UrlShape url = shape_of(hints.url);
  const TypeHints types = type_hints(hints);
  head[f_page_blocks] = log1(static_cast<std::uint32_t>(n));
  head[f_page_words] = log1(sums.words);
  head[f_page_link_share] = share(sums.link_bytes, sums.bytes);
  head[f_page_p] = log1(sums.p);
  head[f_page_li] = log1(sums.li);
  head[f_page_pre] = log1(sums.pre);
  head[f_page_table] = log1(sums.table);
  head[f_page_headings] = log1(sums.headings);
  head[f_page_forms] = log1(sums.forms);
  head[f_page_images] = log1(sums.images);
  head[f_page_articles] = log1(sums.articles);
  head[f_page_mains] = log1(sums.mains);
  head[f_page_prices] = log1(sums.prices);
  head[f_page_dates] = log1(sums.dates);
  head[f_page_hidden_share] = share(sums.hidden, static_cast<std::uint32_t>(n));
  head[f_page_long_paragraph_share] = share(sums.long_words, sums.words);
  head[f_page_longest] = log1(sums.longest);
  head[f_page_most_siblings] = log1(sums.most_siblings);
  head[f_page_largest_group] = share(sums.largest_group, sums.words);
  head[f_page_flat] = blocks.flat ? 1.0f : 0.0f;
  head[f_url_depth] = static_cast<float>(url.depth);
  head[f_url_digits] = static_cast<float>(url.digits);
  head[f_url_last_length] = static_cast<float>(url.last_words);
  head[f_url_home] = url.home ? 1.0f : 0.0f;
  head[f_url_query] = url.query ? 1.0f : 0.0f;
  head[f_url_word] = static_cast<float>(url.word);
  head[f_type_article] = types.article;
  head[f_type_product] = types.product;
  head[f_type_list] = types.list;
  head[f_type_faq] = types.faq;
  head[f_type_forum] = types.forum;
  head[f_type_service] = types.service;
  head[f_type_howto] = types.howto;
  head[f_type_page] = types.page;
  head[f_type_any] = types.any;
  head[f_og_article] = types.og_article;
  head[f_og_product] = types.og_product;
  head[f_og_website] = types.og_website;
  head[f_body_known] = hints.article_body.size() > 200 ? 1.0f : 0.0f;

  const std::uint32_t paragraph_words = boxes[0].paragraph_words;
  std::uint32_t words_before = 0;
  std::int64_t heading = -1;
  // Sums of a window of blocks around each, by running totals.
  std::vector<std::uint64_t>& running = out.keys;
  running.assign((n + 1) * 2, 0);
  for (std::size_t i = 0; i < n; ++i) {
    running[2 * (i + 1)] = running[2 * i] + blocks.blocks[i].words;
    running[2 * (i + 1) + 1] = running[2 * i + 1] + (static_cast<std::uint64_t>(blocks.blocks[i].link_bytes) << 32) +
                               blocks.blocks[i].text.size();
  }
  auto window = [&](std::size_t i, std::size_t reach, float& words, float& links) {
    const std::size_t from = i >= reach ? i - reach : 0, to = std::min(n, i + reach + 1);
    const std::uint64_t both = running[2 * to + 1] - running[2 * from + 1];
    words = static_cast<float>(running[2 * to] - running[2 * from]) / static_cast<float>(to - from);
    links = share(static_cast<std::uint32_t>(both >> 32), static_cast<std::uint32_t>(both));
  };
  // Next heading after each block, to know the size of the section.
  std::vector<std::uint32_t>& next_heading = out.table;
  next_heading.resize(n + 1);
  next_heading[n] = static_cast<std::uint32_t>(n);
  for (std::size_t i = n; i-- > 0;)
    next_heading[i] = blocks.blocks[i].kind == BlockKind::heading ? static_cast<std::uint32_t>(i) : next_heading[i + 1];

  for (std::size_t i = 0; i < n; ++i) {
    float* v = out.values.data() + i * column_count;
    std::copy(head.begin(), head.end(), v);
    std::fill(v + heading_says_support_ask, v + column_count, 0.0f);
    const RawBlock& b = blocks.blocks[i];
    const TextFacts& f = out.facts[i];
    const Box& box = boxes[box_of[i]];
    const std::int64_t at = static_cast<std::int64_t>(i);

    v[f_words] = log1(b.words);
    v[f_bytes] = log1(f.bytes);
    v[f_word_length] = b.words == 0 ? 0.0f : static_cast<float>(f.letters) / static_cast<float>(b.words);
    v[f_commas] = static_cast<float>(std::min<std::uint32_t>(f.commas, 50));
    v[f_ends] = static_cast<float>(std::min<std::uint32_t>(f.ends, 50));
    v[f_punctuation_share] = share(f.commas + f.ends, b.words);
    v[f_digit_share] = share(f.digits, f.bytes);
    v[f_upper_share] = share(f.uppercase, f.letters);
    v[f_letter_share] = share(f.letters, f.bytes);
    v[f_link_share] = share(b.link_bytes, f.bytes);
    v[f_links] = static_cast<float>(std::min<std::uint32_t>(f.links, 50));
    v[f_ends_sentence] = f.ends_sentence;
    v[f_starts_upper] = f.starts_upper;
    v[f_question] = f.question;
    v[f_colon] = f.colon;
    v[f_ellipsis] = f.ellipsis;
    v[f_copyright] = f.copyright;
    v[f_pipe] = f.pipe;
    v[f_at_sign] = f.at_sign;
    v[f_date_like] = f.date_like;
    v[f_arrow] = f.arrow;
    v[f_currency] = static_cast<float>(std::min<std::uint32_t>(f.currency, 10));
    v[f_strong_share] = f.strong_share;
    v[f_images] = static_cast<float>(std::min<int>(f.images, 10));
    v[f_cells] = static_cast<float>(std::min<int>(f.cells, 20));
    v[f_kind] = static_cast<float>(b.kind);
    v[f_heading_level] = b.kind == BlockKind::heading ? static_cast<float>(b.level) : 0.0f;
    v[f_level] = static_cast<float>(b.level);
    v[f_hidden] = static_cast<float>(b.hidden);
    v[f_first_of_item] = b.first_of_item;
    v[f_ordinal] = static_cast<float>(std::min<std::uint32_t>(b.ordinal, 50));
    v[f_in_group] = b.group != 0;
    v[f_blank_lines] = static_cast<float>(std::min<std::uint32_t>(b.blank_lines, 5));
    v[f_duplicates] = static_cast<float>(std::min<int>(f.duplicates, 20));
    v[f_earlier_duplicates] = static_cast<float>(std::min<int>(f.earlier, 20));
    v[f_title_in_block] = f.title_in_block;
    v[f_block_in_title] = f.block_in_title;
    v[f_block_in_description] = f.block_in_description;
    v[f_block_in_body] = f.block_in_body;

    v[f_position] = static_cast<float>(i) / static_cast<float>(n);
    v[f_words_before] = share(words_before, sums.words);
    v[f_index] = log1(static_cast<std::uint32_t>(i));
    v[f_blocks_after] = log1(static_cast<std::uint32_t>(n - i));
    v[f_after_h1] = sums.h1 < 0 ? 0.5f : at >= sums.h1 ? 1.0f : 0.0f;
    v[f_from_h1] = sums.h1 < 0 ? -1.0f : static_cast<float>(std::clamp<std::int64_t>(at - sums.h1, -100, 400));
    v[f_from_title] = sums.title < 0 ? -1.0f : static_cast<float>(std::clamp<std::int64_t>(at - sums.title, -100, 400));
    if (b.kind == BlockKind::heading) heading = at;
    v[f_from_heading] = heading < 0 ? 100.0f : static_cast<float>(std::min<std::int64_t>(at - heading, 100));
    v[f_section_level] = heading < 0 ? 0.0f : static_cast<float>(blocks.blocks[static_cast<std::size_t>(heading)].level);
    const std::size_t section_from = heading < 0 ? 0 : static_cast<std::size_t>(heading);
    const std::size_t section_to = next_heading[i + 1];
    const std::uint64_t both = running[2 * section_to + 1] - running[2 * section_from + 1];
    v[f_section_words] = log1(static_cast<std::uint32_t>(running[2 * section_to] - running[2 * section_from]));
    v[f_section_blocks] = log1(static_cast<std::uint32_t>(section_to - section_from));
    v[f_section_links] = share(static_cast<std::uint32_t>(both >> 32), static_cast<std::uint32_t>(both));

    auto neighbour = [&](std::int64_t k, Column words, Column links, int kind, int lex) {
      if (k < 0 || k >= static_cast<std::int64_t>(n)) {
        v[words] = v[links] = -1.0f;
        if (kind >= 0) v[kind] = -1.0f;
        if (lex >= 0) v[lex] = 0.0f;
        return;
      }
      const RawBlock& o = blocks.blocks[static_cast<std::size_t>(k)];
      v[words] = log1(o.words);
      v[links] = share(o.link_bytes, static_cast<std::uint32_t>(o.text.size()));
      if (kind >= 0) v[kind] = static_cast<float>(o.kind);
      if (lex >= 0) v[lex] = boxes[box_of[static_cast<std::size_t>(k)]].chain_decayed;
    };
    neighbour(at - 1, f_prev1_words, f_prev1_links, f_prev1_kind, f_prev1_lex);
    neighbour(at + 1, f_next1_words, f_next1_links, f_next1_kind, f_next1_lex);
    neighbour(at - 2, f_prev2_words, f_prev2_links, -1, -1);
    neighbour(at + 2, f_next2_words, f_next2_links, -1, -1);
    v[f_prev3_words] = i >= 3 ? log1(blocks.blocks[i - 3].words) : -1.0f;
    v[f_next3_words] = i + 3 < n ? log1(blocks.blocks[i + 3].words) : -1.0f;
    v[f_same_box_prev] = i > 0 && boxes[box_of[i - 1]].parent == box.parent;
    v[f_same_box_next] = i + 1 < n && boxes[box_of[i + 1]].parent == box.parent;
    v[f_common_prev] = i > 0 ? static_cast<float>(levels_to_common(boxes, box_of[i], box_of[i - 1])) : -1.0f;
    v[f_common_next] = i + 1 < n ? static_cast<float>(levels_to_common(boxes, box_of[i], box_of[i + 1])) : -1.0f;
    window(i, 3, v[f_window3_words], v[f_window3_links]);
    window(i, 8, v[f_window8_words], v[f_window8_links]);

    v[f_lex_mean] = box.own_mean;
    v[f_lex_max] = box.own_max;
    v[f_lex_min] = box.own_min;
    std::uint32_t up = box.parent;
    for (std::uint32_t k = 0; k < 5; ++k) {
      v[f_lex_up1 + k] = boxes[up].own_mean;
      up = boxes[up].parent;
    }
    v[f_lex_chain_max] = box.chain_max;
    v[f_lex_chain_min] = box.chain_min;
    v[f_lex_chain_sum] = box.chain_sum;
    v[f_lex_chain_mean] = box.chain_sum / static_cast<float>(std::max<int>(1, box.chain_boxes));
    v[f_lex_chain_lowest] = box.chain_lowest_mean;
    v[f_lex_decayed] = box.chain_decayed;
    float around = 0;
    int counted = 0;
    for (std::int64_t k = std::max<std::int64_t>(0, at - 3); k <= std::min<std::int64_t>(at + 3, static_cast<std::int64_t>(n) - 1); ++k) {
      around += boxes[box_of[static_cast<std::size_t>(k)]].chain_decayed;
      ++counted;
    }
    v[f_lex_window] = around / static_cast<float>(counted);

    v[f_depth] = static_cast<float>(box.depth);
    v[f_tag] = box.node == no_node ? 0.0f : static_cast<float>(page[box.node].tag);
    v[f_landmarks_low] = static_cast<float>(std::popcount(box.landmarks & (in_nav | in_aside | in_footer | in_header | in_form | in_dialog)));
    // The innermost landmark and how far up it stands.
    constexpr std::uint32_t telling = in_article | in_main | in_nav | in_aside | in_footer | in_header | in_form | in_dialog | in_section | in_table | in_figure;
    std::uint32_t here = box_of[i], levels = 0;
    float nearest = 0;
    while (boxes[here].parent != here && levels < 512) {
      const std::uint32_t own = boxes[here].landmarks & ~boxes[boxes[here].parent].landmarks & telling;
      if (own != 0) {
        nearest = static_cast<float>(std::countr_zero(own) + 1);
        break;
      }
      here = boxes[here].parent;
      ++levels;
    }
    v[f_near_landmark] = nearest;
    v[f_near_landmark_levels] = static_cast<float>(levels);

    const Features::Group& g = out.group_facts[out.groups[i]];
    v[f_group_count] = log1(g.count);
    v[f_group_words] = log1(g.words);
    v[f_group_links] = share(g.link_bytes, g.bytes);
    v[f_group_share] = share(g.words, sums.words);
    v[f_group_extent] = static_cast<float>(g.last - g.first + 1) / static_cast<float>(n);
    v[f_group_mean] = static_cast<float>(g.words) / static_cast<float>(g.count);

    // The record: the highest box up the chain (below the one of most repetition) that has three siblings or more.
    v[f_siblings] = log1(box.siblings);
    v[f_siblings_most] = log1(box.most_siblings);
    std::uint32_t record = 0xFFFFFFFFu, record_level = 0;
    here = box_of[i];
    for (std::uint32_t level = 0; boxes[here].parent != here && level < 512; ++level) {
      if (boxes[here].siblings >= 3 && (record == 0xFFFFFFFFu || boxes[here].blocks > boxes[record].blocks)) {
        record = here;
        record_level = level;
      }
      if (boxes[here].siblings == 1 && record != 0xFFFFFFFFu && level > record_level + 3) break;
      here = boxes[here].parent;
    }
    if (record != 0xFFFFFFFFu) {
      v[f_record_words] = log1(boxes[record].words);
      v[f_record_level] = static_cast<float>(record_level);
      v[f_record_links] = share(boxes[record].link_bytes, boxes[record].bytes);
      v[f_record_count] = log1(boxes[record].siblings);
    } else {
      v[f_record_words] = v[f_record_level] = v[f_record_links] = v[f_record_count] = -1.0f;
    }

    v[f_in_half_paragraphs] = within(boxes, box_of[i], sums.half_box);
    v[f_in_most_paragraphs] = within(boxes, box_of[i], sums.most_box);
    v[f_levels_to_direct] = static_cast<float>(levels_to_common(boxes, sums.direct_box, box_of[i]));
    v[f_in_direct] = within(boxes, box_of[i], sums.direct_box);

    // The own box, then the next ones up that hold more words.
    here = box_of[i];
    std::uint32_t column = f_box_words;
    for (int k = 0; k < 5; ++k) {
      const Box& a = boxes[here];
      v[column] = log1(a.words);
      v[column + 1] = share(a.link_bytes, a.bytes);
      v[column + 2] = share(a.words, sums.words);
      v[column + 3] = share(a.paragraph_words, paragraph_words);
      v[column + 4] = share(a.punctuation, a.words);
      v[column + 5] = log1(a.blocks);
      column += 6;
      while (boxes[here].parent != here && boxes[boxes[here].parent].words <= a.words) here = boxes[here].parent;
      if (boxes[here].parent != here) here = boxes[here].parent;
    }
    for (int k = 0; k < landmark_count; ++k) v[f_in_article + k] = (box.landmarks >> k) & 1u ? 1.0f : 0.0f;
    static_assert(f_in_label - f_in_article + 1 == landmark_count);
    static_assert(says_currency_word - says_support_ask + 1 == purpose_count);
    const float scanned = static_cast<float>(std::max<int>(1, f.hits.scanned));
    for (std::size_t k = 0; k < purpose_count; ++k)
      v[says_support_ask + k] = f.hits.count[k] == 0 ? 0.0f : std::max(0.01f, static_cast<float>(f.hits.bytes[k]) / scanned);
    if (heading >= 0) {
      const LexiconHits& h = out.facts[static_cast<std::size_t>(heading)].hits;
      for (std::size_t k = 0; k < purpose_count; ++k) v[heading_says_support_ask + k] = h.count[k] == 0 ? 0.0f : 1.0f;
    }
    // What the smallest box around it that holds other blocks too, but not half the page, speaks of.
    here = box_of[i];
    while (boxes[here].blocks < 2 && boxes[here].parent != here) here = boxes[here].parent;
    if (boxes[here].blocks <= 60 && boxes[here].blocks * 2 <= n + 2) {
      for (std::size_t k = 0; k < purpose_count; ++k)
        v[box_says_support_ask + k] = (out.box_purposes[here] >> k) & 1u ? 1.0f : 0.0f;
    }
    for (int k = 0; k < name_group_count; ++k) {
      const std::uint32_t group = 1u << k;
      v[f_named_first + static_cast<std::uint32_t>(k)] =
          box.own_groups & group ? 3.0f : box.near_groups & group ? 2.0f : box.all_groups & group ? 1.0f : 0.0f;
    }
    if (b.hidden == Hidden::no || b.hidden == Hidden::noscript) words_before += b.words;
  }

  // What is spoken of around each block, fading with the distance: one pass forth and one back.
  for (int pass = 0; pass < 2; ++pass) {
    std::array<float, purpose_count> echo{};
    for (std::size_t step = 0; step < n; ++step) {
      const std::size_t i = pass == 0 ? step : n - 1 - step;
      float* v = out.values.data() + i * column_count + around_says_support_ask;
      const std::uint32_t purposes = out.facts[i].hits.purposes;
      for (std::size_t k = 0; k < purpose_count; ++k) {
        v[k] = pass == 0 ? echo[k] : v[k] + echo[k];
        echo[k] = echo[k] * 0.75f + ((purposes >> k) & 1u ? 1.0f : 0.0f);
      }
    }
  }
}

}  // namespace offprint
