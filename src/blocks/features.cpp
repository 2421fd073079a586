#include "blocks/features.h"

#include <algorithm>
#include <array>
#include <bit>

#include "blocks/echoes.h"
#include "blocks/facts.h"
#include "blocks/name_groups.h"
#include "blocks/page_sums.h"
#include "blocks/row_columns.h"

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

// The roles, in the order of the enum.
#define OFFPRINT_ROLES(X)                                                                                              \
  X(headline) X(standfirst) X(byline) X(date) X(body) X(caption) X(bio) X(notice)                                      \
  X(appeal) X(contribution) X(paywall) X(newsletter) X(ad) X(consent) X(navigation) X(related)                         \
  X(social) X(comments) X(masthead) X(footer) X(form) X(controls) X(other)

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
#define X(name) far_##name,
                      OFFPRINT_ROLES(X)
#undef X
#define X(name) word_##name,
                          OFFPRINT_ROLES(X)
#undef X
                              f_named_first,
  column_count = f_named_first + static_cast<std::uint32_t>(name_group_count)
};

static_assert(page_column_count == f_words);

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
#define X(name) "far_" #name,
                        OFFPRINT_ROLES(X)
#undef X
#define X(name) "word_" #name,
                            OFFPRINT_ROLES(X)
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


struct Row {
  float* at;
  float& operator[](std::size_t column) const { return at[column * column_stride]; }
};

}  // namespace

std::span<const std::string_view> feature_names() { return names; }

namespace {

void fill_head(const PageSums& sums, const PageHints& hints, bool flat, std::uint32_t n, const Logs& log1, std::vector<float>& head) {
  const UrlShape url = shape_of(hints.url);
  const TypeHints types = type_hints(hints);
  head.assign(page_column_count, 0.0f);
  head[f_page_blocks] = log1(n);
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
  head[f_page_hidden_share] = share(sums.hidden, n);
  head[f_page_long_paragraph_share] = share(sums.long_words, sums.words);
  head[f_page_longest] = log1(sums.longest);
  head[f_page_most_siblings] = log1(sums.most_siblings);
  head[f_page_largest_group] = share(sums.largest_group, sums.words);
  head[f_page_flat] = flat ? 1.0f : 0.0f;
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
}

// Of each block what its neighbours are told, too; totals of the blocks before it, so that any run of blocks can be summed.
void sum_blocks(const Blocks& blocks, const Logs& log1, Features& out) {
  const std::size_t n = blocks.blocks.size();
  const std::vector<Box>& boxes = out.boxes.boxes;
  const std::vector<std::uint32_t>& box_of = out.boxes.of_block;
  out.sums.resize(n + 2 * block_sums_pad);
  for (std::size_t k = 0; k < block_sums_pad; ++k) out.sums[k] = out.sums[n + block_sums_pad + k] = {};
  std::uint32_t heading = 0xFFFFFFFFu, words_before = 0;
  std::uint64_t words = 0, links = 0, bytes = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const RawBlock& b = blocks.blocks[i];
    if (b.kind == BlockKind::heading) heading = static_cast<std::uint32_t>(i);
    BlockSums& s = out.sums[i + block_sums_pad];
    s.words = log1(b.words);
    s.links = share(b.link_bytes, static_cast<std::uint32_t>(b.text.size()));
    s.kind = static_cast<float>(b.kind);
    s.lexicon = boxes[box_of[i]].chain_decayed;
    s.heading = heading;
    s.common = out.boxes.common[i];
    s.words_before = words_before;
    s.sum_words = words;
    s.sum_links = links;
    s.sum_bytes = bytes;
    words += b.words;
    links += b.link_bytes;
    bytes += b.text.size();
    if (b.hidden == Hidden::no || b.hidden == Hidden::noscript) words_before += b.words;
  }
  BlockSums& end = out.sums[n + block_sums_pad];
  end.sum_words = words;
  end.sum_links = links;
  end.sum_bytes = bytes;
  std::uint32_t next = static_cast<std::uint32_t>(n);
  end.next_heading = next;
  for (std::size_t i = n; i-- > 0;) {
    if (blocks.blocks[i].kind == BlockKind::heading) next = static_cast<std::uint32_t>(i);
    out.sums[i + block_sums_pad].next_heading = next;
  }
}

std::uint32_t bits_wanted(const FeatureSet& wanted, std::size_t first, std::size_t count) {
  std::uint32_t bits = 0;
  for (std::size_t k = 0; k < count; ++k) bits |= static_cast<std::uint32_t>(wanted.has(first + k)) << k;
  return bits;
}

void put_roles(const RoleSums& sums, std::array<std::int8_t, role_width>& row) {
  for (std::size_t r = 0; r < role_width; ++r) row[r] = role_feature(static_cast<std::int16_t>(sums.of[r] >> 4));
}

// What the names above and the block's words say about roles.
void fill_roles_of(const Features& features, std::size_t first, std::size_t rows, const FeatureSet& wanted, float* values) {
  static_assert(word_headline - far_headline == role_count);
  RoleTile tile{};
  for (std::size_t i = 0; i < rows; ++i) tile[i] = features.facts[first + i].word_roles;
  fill_roles(tile, bits_wanted(wanted, word_headline, role_count), values + word_headline * column_stride);
  if (features.boxes.named_roles.empty()) {
    tile = {};
  } else {
    for (std::size_t i = 0; i < rows; ++i) put_roles(features.boxes.named_roles[features.boxes.of_block[first + i]], tile[i]);
  }
  fill_roles(tile, bits_wanted(wanted, far_headline, role_count), values + far_headline * column_stride);
}

// The block's own text.
void fill_text(const RawBlock& b, const TextFacts& f, const BlockSums& s, const Logs& log1, Row v) {
  v[f_words] = s.words;
  v[f_bytes] = log1(f.bytes);
  v[f_word_length] = b.words == 0 ? 0.0f : static_cast<float>(f.letters) / static_cast<float>(b.words);
  v[f_commas] = static_cast<float>(std::min<std::uint32_t>(f.commas, 50));
  v[f_ends] = static_cast<float>(std::min<std::uint32_t>(f.ends, 50));
  v[f_punctuation_share] = share(f.commas + f.ends, b.words);
  v[f_digit_share] = share(f.digits, f.bytes);
  v[f_upper_share] = share(f.uppercase, f.letters);
  v[f_letter_share] = share(f.letters, f.bytes);
  v[f_link_share] = s.links;
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
  v[f_kind] = s.kind;
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
}

// Its place among the blocks: s[k] is the k-th block after it.
void fill_place(const Blocks& blocks, const Features& features, std::size_t i, const BlockSums* s, const Logs& log1, Row v) {
  const std::size_t n = blocks.blocks.size();
  const auto at = static_cast<std::int64_t>(i);
  v[f_position] = static_cast<float>(i) / static_cast<float>(n);
  v[f_words_before] = share(s->words_before, features.page_words);
  v[f_index] = log1(static_cast<std::uint32_t>(i));
  v[f_blocks_after] = log1(static_cast<std::uint32_t>(n - i));
  v[f_after_h1] = features.h1 < 0 ? 0.5f : at >= features.h1 ? 1.0f : 0.0f;
  v[f_from_h1] = features.h1 < 0 ? -1.0f : static_cast<float>(std::clamp<std::int64_t>(at - features.h1, -100, 400));
  v[f_from_title] = features.title < 0 ? -1.0f : static_cast<float>(std::clamp<std::int64_t>(at - features.title, -100, 400));
  const bool headed = s->heading != 0xFFFFFFFFu;
  v[f_from_heading] = headed ? static_cast<float>(std::min<std::size_t>(i - s->heading, 100)) : 100.0f;
  v[f_section_level] = headed ? static_cast<float>(blocks.blocks[s->heading].level) : 0.0f;
  const std::size_t from = headed ? s->heading : 0, to = s[1].next_heading;
  const BlockSums& first = features.sums[from + block_sums_pad];
  const BlockSums& last = features.sums[to + block_sums_pad];
  v[f_section_words] = log1(static_cast<std::uint32_t>(last.sum_words - first.sum_words));
  v[f_section_blocks] = log1(static_cast<std::uint32_t>(to - from));
  v[f_section_links] = share(static_cast<std::uint32_t>(last.sum_links - first.sum_links), static_cast<std::uint32_t>(last.sum_bytes - first.sum_bytes));

  v[f_prev1_words] = s[-1].words;
  v[f_prev1_links] = s[-1].links;
  v[f_prev1_kind] = s[-1].kind;
  v[f_prev1_lex] = s[-1].lexicon;
  v[f_next1_words] = s[1].words;
  v[f_next1_links] = s[1].links;
  v[f_next1_kind] = s[1].kind;
  v[f_next1_lex] = s[1].lexicon;
  v[f_prev2_words] = s[-2].words;
  v[f_prev2_links] = s[-2].links;
  v[f_next2_words] = s[2].words;
  v[f_next2_links] = s[2].links;
  v[f_prev3_words] = s[-3].words;
  v[f_next3_words] = s[3].words;
  const auto window = [&](std::size_t reach, float& words, float& links) {
    const std::size_t begin = i >= reach ? i - reach : 0, end = std::min(n, i + reach + 1);
    const BlockSums& a = features.sums[begin + block_sums_pad];
    const BlockSums& z = features.sums[end + block_sums_pad];
    words = static_cast<float>(z.sum_words - a.sum_words) / static_cast<float>(end - begin);
    links = share(static_cast<std::uint32_t>(z.sum_links - a.sum_links), static_cast<std::uint32_t>(z.sum_bytes - a.sum_bytes));
  };
  window(3, v[f_window3_words], v[f_window3_links]);
  window(8, v[f_window8_words], v[f_window8_links]);
  float around = 0;
  for (int k = -3; k <= 3; ++k) around += s[k].lexicon;
  v[f_lex_window] = around / static_cast<float>(std::min(n, i + 4) - (i >= 3 ? i - 3 : 0));
}

constexpr auto bits_of_five = [] {
  std::array<std::uint8_t, 32> n{};
  for (unsigned i = 0; i < 32; ++i) n[i] = static_cast<std::uint8_t>(std::popcount(i));
  return n;
}();

// The boxes it stands in.
void fill_boxes(const Features& features, std::size_t i, std::size_t n, const BlockSums* s, const Logs& log1, Row v) {
  const std::vector<Box>& boxes = features.boxes.boxes;
  const std::vector<std::uint32_t>& box_of = features.boxes.of_block;
  const Box& box = boxes[box_of[i]];
  const Climb& climb = features.climbs[box_of[i]];
  v[f_same_box_prev] = i > 0 && boxes[box_of[i - 1]].parent == box.parent;
  v[f_same_box_next] = i + 1 < n && boxes[box_of[i + 1]].parent == box.parent;
  v[f_common_prev] = i > 0 ? static_cast<float>(std::min<std::uint32_t>(box.depth - s[0].common, 64)) : -1.0f;
  v[f_common_next] = i + 1 < n ? static_cast<float>(std::min<std::uint32_t>(box.depth - s[1].common, 64)) : -1.0f;

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

  v[f_depth] = static_cast<float>(box.depth);
  v[f_tag] = static_cast<float>(box.tag);
  constexpr std::uint32_t low = in_nav | in_aside | in_footer | in_header | in_form;  // next to one another
  static_assert(low == 31u * in_nav);
  v[f_landmarks_low] = static_cast<float>(bits_of_five[(box.landmarks & low) / in_nav] + ((box.landmarks & in_dialog) != 0));
  v[f_near_landmark] = static_cast<float>(climb.landmark);
  v[f_near_landmark_levels] = static_cast<float>(climb.landmark_levels);

  const Features::Group& g = features.group_facts[features.groups[i]];
  v[f_group_count] = log1(g.count);
  v[f_group_words] = log1(g.words);
  v[f_group_links] = share(g.link_bytes, g.bytes);
  v[f_group_share] = share(g.words, features.page_words);
  v[f_group_extent] = static_cast<float>(g.last - g.first + 1) / static_cast<float>(n);
  v[f_group_mean] = static_cast<float>(g.words) / static_cast<float>(g.count);

  v[f_siblings] = log1(box.siblings);
  v[f_siblings_most] = log1(box.most_siblings);
  if (climb.record != no_record) {
    const Box& record = boxes[climb.record];
    v[f_record_words] = features.climbs[climb.record].sizes[0];
    v[f_record_level] = static_cast<float>(climb.record_level);
    v[f_record_links] = features.climbs[climb.record].sizes[1];
    v[f_record_count] = log1(record.siblings);
  } else {
    v[f_record_words] = v[f_record_level] = v[f_record_links] = v[f_record_count] = -1.0f;
  }
  v[f_in_half_paragraphs] = climb.in_half;
  v[f_in_most_paragraphs] = climb.in_most;
  v[f_levels_to_direct] = static_cast<float>(climb.direct_levels);
  v[f_in_direct] = climb.in_direct;

  // The own box, then the next ones up that hold more words.
  std::uint32_t here = box_of[i];
  for (std::uint32_t column = f_box_words; column < f_box_words + 30; column += 6) {
    const Climb& c = features.climbs[here];
    for (std::uint32_t k = 0; k < 6; ++k) v[column + k] = c.sizes[k];
    here = c.wider;
  }
}

}  // namespace

void prepare_features(Page& page, const Blocks& blocks, const PageHints& hints, const NodeLexicon& lexicon, Features& out) {
  const std::size_t n = blocks.blocks.size();
  out.rows = static_cast<std::uint32_t>(n);
  out.columns = column_count;
  out.values.clear();
  find_boxes(page, blocks, lexicon, out.boxes);
  if (n == 0) return;
  const Logs log1;
  compute_facts(blocks, hints, blocks.flat ? lexicon.flat_words : lexicon.words, out);
  sum_boxes(blocks, out);
  find_groups(blocks, out);
  const PageSums sums = sum_page(page, blocks, out);
  out.page_words = sums.words;
  out.h1 = sums.h1;
  out.title = sums.title;
  find_climbs(sums, log1, out);
  fill_head(sums, hints, blocks.flat, out.rows, log1, out.head);
  sum_blocks(blocks, log1, out);
  find_echoes(out);
}

void fill_features(const Blocks& blocks, const Features& features, const FeatureSet& wanted, std::size_t tile, float* values, bool of_page) {
  const std::size_t n = blocks.blocks.size(), first = tile * feature_tile, rows = std::min(feature_tile, n - first);
  const Logs log1;
  if (of_page)
    for (std::size_t c = 0; c < page_column_count; ++c)
      if (wanted.has(c)) std::fill_n(values + c * column_stride, rows, features.head[c]);
  const std::uint32_t says = bits_wanted(wanted, says_support_ask, purpose_count);
  for (std::uint32_t left = says; left != 0; left &= left - 1)
    std::fill_n(values + (says_support_ask + static_cast<std::size_t>(std::countr_zero(left))) * column_stride, feature_tile, 0.0f);

  RowBits landmarks{}, headings{}, around{}, own{}, near{}, all{};
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t i = first + row;
    const Row v{values + row};
    const TextFacts& f = features.facts[i];
    const BlockSums* s = features.sums.data() + i + block_sums_pad;
    fill_text(blocks.blocks[i], f, *s, log1, v);
    fill_place(blocks, features, i, s, log1, v);
    fill_boxes(features, i, n, s, log1, v);

    const std::uint32_t box_index = features.boxes.of_block[i];
    const Box& box = features.boxes.boxes[box_index];
    landmarks[row] = box.landmarks;
    own[row] = box.own_groups;
    near[row] = box.near_groups;
    all[row] = box.all_groups;
    const float scanned = static_cast<float>(std::max<int>(1, f.hits.scanned));
    for (std::uint32_t left = f.hits.purposes & says; left != 0; left &= left - 1) {
      const auto k = static_cast<std::size_t>(std::countr_zero(left));
      v[says_support_ask + k] = std::max(0.01f, static_cast<float>(f.hits.bytes[k]) / scanned);
    }
    headings[row] = s->heading == 0xFFFFFFFFu ? 0 : features.facts[s->heading].hits.purposes;
    // What the smallest box around it that holds other blocks too, but not half the page, speaks of.
    const std::uint32_t shared = features.climbs[box_index].shared, inside = features.boxes.boxes[shared].blocks;
    around[row] = inside <= 60 && inside * 2 <= n + 2 ? features.box_purposes[shared] : 0;
  }
  static_assert(f_in_label - f_in_article + 1 == landmark_count);
  static_assert(says_currency_word - says_support_ask + 1 == purpose_count);
  const auto bits = [&](const RowBits& of, std::size_t column, std::size_t count) {
    fill_bits(of, bits_wanted(wanted, column, count), values + column * column_stride);
  };
  bits(landmarks, f_in_article, landmark_count);
  bits(headings, heading_says_support_ask, purpose_count);
  bits(around, box_says_support_ask, purpose_count);
  fill_nearest(own, near, all, bits_wanted(wanted, f_named_first, static_cast<std::size_t>(name_group_count)), values + f_named_first * column_stride);
  fill_roles_of(features, first, rows, wanted, values);
  fill_echoes(features, tile, rows, bits_wanted(wanted, around_says_support_ask, purpose_count),
              values + around_says_support_ask * column_stride);
}

void compute_features(Page& page, const Blocks& blocks, const PageHints& hints, const NodeLexicon& lexicon, Features& out) {
  prepare_features(page, blocks, hints, lexicon, out);
  out.values.resize(std::size_t{out.rows} * out.columns);
  std::vector<float> columns(std::size_t{column_count} * column_stride);
  for (std::size_t first = 0; first < out.rows; first += feature_tile) {
    fill_features(blocks, out, {}, first / feature_tile, columns.data());
    const std::size_t rows = std::min<std::size_t>(feature_tile, out.rows - first);
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t c = 0; c < column_count; ++c)
        out.values[(first + row) * column_count + c] = columns[c * column_stride + row];
  }
}

}  // namespace offprint
