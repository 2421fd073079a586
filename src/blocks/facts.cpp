#include "blocks/facts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <utility>

#include "base/cpu.h"
#include "blocks/head_words.h"
#include "blocks/last_texts.h"
#include "blocks/text_scan.h"

#if defined(OFFPRINT_HAS_AVX2)
#include <immintrin.h>
#endif

namespace offprint {
namespace {

bool has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

std::string lower_case(std::string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return low;
}

// A year between 1900 and 2099 in a short text: 2015-12-15, 15.12.2015, 12/15/2015, or with a word beside it.
bool looks_dated(std::string_view text, const TextScan& scan) {
  if (text.size() >= 120) return false;
  // Where four digits stand by themselves: of 128 bytes in two words.
  const auto behind = [&scan](unsigned k) { return std::array<std::uint64_t, 2>{scan.digit[0] >> k | scan.digit[1] << (64 - k), scan.digit[1] >> k}; };
  const auto one = behind(1), two = behind(2), three = behind(3), four = behind(4);
  for (std::size_t k = 0; k < 2; ++k) {
    const std::uint64_t here = scan.digit[k], before = here << 1 | (k == 0 ? 0 : scan.digit[0] >> 63);
    for (std::uint64_t left = here & ~before & one[k] & two[k] & three[k] & ~four[k]; left != 0; left &= left - 1) {
      const std::size_t i = k * 64 + static_cast<std::size_t>(std::countr_zero(left));
      if ((text[i] == '1' && text[i + 1] == '9') || (text[i] == '2' && text[i + 1] == '0')) return true;
    }
  }
  return false;
}

bool ends_a_sentence(std::string_view s) {
  while (!s.empty() && (s.back() == '"' || s.back() == '\'' || s.back() == ')' || s.back() == ']')) s.remove_suffix(1);
  if (s.ends_with("\xE2\x80\x9D") || s.ends_with("\xE2\x80\x9C") || s.ends_with("\xE2\x80\x99")) s.remove_suffix(3);
  if (s.ends_with("\xC2\xBB")) s.remove_suffix(2);
  if (s.empty()) return false;
  const char c = s.back();
  return c == '.' || c == '!' || c == '?' || s.ends_with("\xE3\x80\x82") || s.ends_with("\xEF\xBC\x81") ||
         s.ends_with("\xEF\xBC\x9F") || s.ends_with("\xD8\x9F") || s.ends_with("\xE2\x80\xA6");
}

// The sum over the words that the lexicon knows, by the root of their number: many words say more than one, but not by as
// much as there are more.
constexpr std::array<std::int16_t, told_words + 1> by_root = {0,  256, 181, 148, 128, 114, 105, 97, 91, 85, 81, 77, 74,
                                                     71, 68,  66,  64,  62,  60,  59,  57, 56, 55, 53, 52};

// The first words of a block, as the lexicon of words knows them.
struct Heard {
  std::array<std::uint32_t, told_words> words;
  std::size_t count = 0;
  std::uint32_t same = no_block;  // the block before it that has the same text
  std::array<std::uint32_t, told_words> near;
  void call_records(const TokenTable& lexicon) {
    if (lexicon.index.empty()) count = 0;
    for (std::size_t i = 0; i < count; ++i) near[i] = lexicon.call_record(words[i]);
  }
};

// Sums stay within 16 bits.
static_assert(told_words * 128 < 1 << 15);
void sum_plain(const TokenVector* const* vectors, std::size_t count, TextVectors::Mean& sums) {
  sums = {};
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t i = 0; i < vector_width; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + vectors[k]->of[i]);
}
#ifdef OFFPRINT_HAS_AVX2
OFFPRINT_AVX2 void sum_avx2(const TokenVector* const* vectors, std::size_t count, TextVectors::Mean& sums) {
  __m256i parts[4] = {};
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t i = 0; i < 4; ++i)
      parts[i] = _mm256_add_epi16(parts[i], _mm256_cvtepi8_epi16(_mm_load_si128(reinterpret_cast<const __m128i*>(vectors[k]->of.data()) + i)));
  for (std::size_t i = 0; i < 4; ++i) _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums.data()) + i, parts[i]);
}
bool wide() { return cpu::has_avx2(); }
#else
constexpr auto sum_avx2 = sum_plain;
constexpr bool wide() { return false; }
#endif

// The mean of so many vectors, in sixteenths.
void mean_of(const TokenVector* const* vectors, std::size_t count, TextVectors::Mean& mean) {
  wide() ? sum_avx2(vectors, count, mean) : sum_plain(vectors, count, mean);
  take_part(mean, static_cast<std::int16_t>((4096 + count / 2) / count));
}

// What the lexicon says of a block's words.
void ask_lexicon(const Heard& heard, const TokenTable& lexicon, std::vector<TextFacts>& facts,
                 TextVectors& vectors, std::size_t block) {
  TextFacts& f = facts[block];
  if (heard.same != no_block) {
    f.word_roles = facts[heard.same].word_roles;
    if (!vectors.of_block.empty()) vectors.of_block[block] = vectors.of_block[heard.same];
    return;
  }
  RoleSums sum;
  std::size_t known = 0, found = 0;
  std::array<const TokenVector*, told_words> vector;
  for (std::size_t i = 0; i < heard.count; ++i)
    if (const TokenRecord* const record = lexicon.find_near(heard.words[i], heard.near[i])) {
      sum.add(record->roles);
      ++known;
      vector[found] = lexicon.vector_of(record);
      found += vector[found] != nullptr;
    }
  sum = parts_of(sum, by_root[known]);
  for (std::size_t r = 0; r < role_width; ++r) f.word_roles[r] = role_feature(sum.of[r]);
  if (found == 0 || vectors.of_block.empty()) return;
  vectors.of_block[block] = static_cast<std::uint32_t>(vectors.means.size());
  mean_of(vector.data(), found, vectors.means.emplace_back());
}

}  // namespace

void collect_words(std::string_view text, std::vector<std::uint32_t>& words) {
  words.clear();
  each_word_hash(text, 4096, [&](std::uint32_t h) {
    if (words.size() < told_words) words.push_back(h);
  });
}

namespace {

struct WordSums {
  std::uint32_t hash = 2166136261u, words = 0, in_title = 0, in_description = 0, pairs = 0, in_body = 0;
  HeadBuckets::Counts of_head;
  std::size_t of_lexicon = 0;
};

// Reads the words of a block: its hash, which of them the head has, which the lexicons are asked for. `plain`: all is ASCII, and the
// lexicons look at all of it; that is so of most blocks.
template <bool plain>
[[gnu::always_inline]] inline WordSums read_words(const TextScan& scan, std::string_view text, const HeadWords& head, const TokenTable& lexicon,
                                                  Heard& heard, LexiconWord* of_lexicon) {
  WordSums sums;
  std::uint32_t before = 0;
  // The lexicons cut ASCII into the same words, and look at fewer of them; what is beyond ASCII is cut once more.
  const std::size_t looked = plain ? text.size() : looked_at(text).size();
  bool tied = true;
  const bool paired = !head.body.slots.empty(), asked = !lexicon.index.empty();
  each_word(scan, [&](std::size_t begin, std::size_t end) __attribute__((always_inline)) {
    const std::uint32_t h = hash_scanned(scan.low + begin, end - begin);
    sums.hash = (sums.hash ^ h) * 16777619u;
    if (sums.words < told_words) {
      heard.words[sums.words] = h;
      if (asked) lexicon.call_index(h);
    }
    ++sums.words;
    const auto untied = [&] { return (scan.untied[begin / 64] >> (begin % 64) & 1) != 0; };
    if (plain) {
      of_lexicon[sums.of_lexicon++] = {h, static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(end), !untied()};
    } else if (begin < looked && !scan.any_high) {
      const std::uint32_t hash_there = end <= looked ? h : hash_scanned(scan.low + begin, looked - begin);
      of_lexicon[sums.of_lexicon++] = {hash_there, static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(std::min(end, looked)), !untied()};
    } else if (begin < looked) {
      tied = tied && !untied();
      const std::size_t last_end = std::min(end, looked);
      if (scan.has_high(begin, last_end)) {
        sums.of_lexicon += cut_beyond_ascii(text.substr(begin, last_end - begin), begin, tied, of_lexicon + sums.of_lexicon);
      } else {
        const std::uint32_t hash_there = end <= looked ? h : hash_scanned(scan.low + begin, looked - begin);
        of_lexicon[sums.of_lexicon++] = {hash_there, static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(last_end), tied};
        tied = true;
      }
    }
    head.buckets.count(h, sums.of_head);
    if (head.crowded) [[unlikely]] {
      sums.in_title += head.title.contains(h);
      sums.in_description += head.description.contains(h);
    }
    if (!paired) return;
    if (before != 0) {
      ++sums.pairs;
      sums.in_body += head.body.contains((before * 31 + h) | 1u);
    }
    before = h;
  });
  heard.count = std::min<std::size_t>(sums.words, told_words);
  heard.same = no_block;
  if (!head.crowded) {
    const std::uint32_t both = sums.of_head.sum();
    sums.in_title = both % HeadBuckets::of_description;
    sums.in_description = both / HeadBuckets::of_description;
  }
  return sums;
}

// What the words of a block say, but for roles: ask_lexicon() is for later.
void compare_words(const TextScan& scan, std::string_view text, const HeadWords& head,
                   const TokenTable& lexicon, Heard& heard, TextFacts& f) {
  LexiconWord of_lexicon[lexicon_bytes / 2 + 1];
  const bool plain = !scan.any_high && text.size() <= lexicon_bytes;
  const WordSums sums = plain ? read_words<true>(scan, text, head, lexicon, heard, of_lexicon) : read_words<false>(scan, text, head, lexicon, heard, of_lexicon);
  f.text_hash = sums.hash ^ (sums.hash >> 13);
  if (sums.words > 0) {
    const auto words = static_cast<float>(sums.words);
    f.block_in_title = static_cast<float>(sums.in_title) / words;
    f.block_in_description = static_cast<float>(sums.in_description) / words;
    if (head.title.count > 0)
      f.title_in_block = std::min(1.0f, static_cast<float>(sums.in_title) / static_cast<float>(head.title.count));
    if (!head.body.slots.empty())
      f.block_in_body = sums.pairs == 0 ? 0.0f : static_cast<float>(sums.in_body) / static_cast<float>(sums.pairs);
  }
  match_words(text, {of_lexicon, sums.of_lexicon}, f.hits);
}

// What the text alone tells, but for roles.
void read_text(std::string_view s, const HeadWords& head, const TokenTable& lexicon, TextScan& scan, Heard& heard, TextFacts& f) {
  scan_text(s, scan);
  f.bytes = static_cast<std::uint32_t>(s.size());
  f.letters = scan.letters;
  f.uppercase = scan.upper;
  f.digits = scan.digits;
  f.commas = scan.commas;
  f.ends = scan.ends;
  f.currency = scan.currency;
  f.copyright = scan.copyright;
  f.pipe = scan.pipe;
  f.at_sign = scan.at_sign;
  f.arrow = scan.arrow;
  f.ends_sentence = ends_a_sentence(s);
  const char last = s.empty() ? ' ' : s.back();
  f.colon = last == ':';
  f.question = last == '?';
  f.ellipsis = s.ends_with("\xE2\x80\xA6") || s.ends_with("...");
  f.starts_upper = !s.empty() && ((s[0] >= 'A' && s[0] <= 'Z') || static_cast<unsigned char>(s[0]) >= 0xC0);
  f.date_like = scan.digits >= 4 && looks_dated(s, scan);
  compare_words(scan, s, head, lexicon, heard, f);
}

// A quarter of the blocks of a page have a text of so many bytes at most that another one had before them.
constexpr std::size_t longest_known = 64;

}  // namespace

void compute_facts(const Blocks& blocks, const PageHints& hints, const TokenTable& lexicon, Features& out) {
  const std::size_t n = blocks.blocks.size();
  out.facts.resize(n);
  TextScan scan;
  const HeadWords head(hints, scan);
  // The lexicon of words is larger than near caches. Of each block its index is called for while the block's words are read, the
  // records two blocks later, and when they have had the time of some blocks to come (most have a few words) they are added up.
  constexpr std::size_t records_behind = 2, told_behind = 6;
  std::array<Heard, 8> heard;
  const auto heard_of = [&](std::size_t i) -> Heard& { return heard[i % heard.size()]; };
  const auto tell = [&](std::size_t i) { ask_lexicon(heard_of(i), lexicon, out.facts, out.vectors, i); };
  out.vectors.means.assign(1, {});
  out.vectors.of_block.assign(lexicon.vectors.empty() ? 0 : n, 0);
  LastTexts texts;

  const std::size_t slots = std::bit_ceil(n * 2 + 16);
  out.table.assign(slots, no_block);
  const auto first_slot = [slots](const TextFacts& f) { return (f.text_hash * 0x85EBCA6Bu >> 5) & (slots - 1); };
  for (std::uint32_t i = 0; i < n; ++i) {
    const RawBlock& b = blocks.blocks[i];
    TextFacts& f = out.facts[i];
    if (const std::uint32_t same = b.text.size() <= longest_known ? texts.before(blocks.blocks, i) : no_block; same != no_block) {
      f = out.facts[same];
      f.duplicates = 1;
      f.earlier = 0;
      f.links = 0;
      f.images = f.cells = 0;
      heard_of(i).count = 0;
      heard_of(i).same = same;
    } else {
      f = TextFacts{};
      read_text(b.text, head, lexicon, scan, heard_of(i), f);
    }
    f.words = b.words;

    std::uint32_t strong = 0;
    for (std::uint32_t k = 0; k < b.marks_count; ++k) {
      const RawMark& m = blocks.marks[b.marks_begin + k];
      switch (m.kind) {
        case MarkKind::link: ++f.links; break;
        case MarkKind::strong: strong += m.apart ? 0 : m.end - m.begin; break;
        case MarkKind::image: f.images += f.images < 60000; break;
        case MarkKind::cell:
        case MarkKind::header_cell: f.cells += f.cells < 60000 && !m.apart; break;
        default: break;
      }
    }
    f.strong_share = std::min(1.0f, static_cast<float>(strong) / static_cast<float>(std::max<std::size_t>(1, b.text.size())));

    if (i >= records_behind) heard_of(i - records_behind).call_records(lexicon);
    if (i >= told_behind) tell(i - told_behind);

    // Same text elsewhere on the page: the first of them keeps the count.
    std::size_t at = first_slot(f), probes = 0;
    while (out.table[at] != no_block && out.facts[out.table[at]].text_hash != f.text_hash && ++probes < most_probes) at = (at + 1) & (slots - 1);
    if (out.table[at] == no_block) {
      out.table[at] = i;
    } else if (probes < most_probes) {
      TextFacts& first = out.facts[out.table[at]];
      f.earlier = first.duplicates;
      if (first.duplicates < 60000) ++first.duplicates;
    }
  }
  for (std::size_t i = n - std::min(n, records_behind); i < n; ++i) heard_of(i).call_records(lexicon);
  for (std::size_t i = n - std::min(n, told_behind); i < n; ++i) tell(i);
  for (std::uint32_t i = 0; i < n; ++i) {
    TextFacts& f = out.facts[i];
    if (f.earlier == 0) continue;
    std::size_t at = first_slot(f);
    while (out.facts[out.table[at]].text_hash != f.text_hash) at = (at + 1) & (slots - 1);
    f.duplicates = out.facts[out.table[at]].duplicates;
  }
}

UrlShape shape_of(std::string_view url) {
  UrlShape s;
  if (url.empty()) return s;
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const std::size_t slash = url.find_first_of("/?#");
  if (slash == std::string_view::npos) {
    s.home = true;
    return s;
  }
  std::string_view path = url.substr(slash);
  if (const std::size_t fragment = path.find('#'); fragment != std::string_view::npos) path = path.substr(0, fragment);
  if (const std::size_t query = path.find('?'); query != std::string_view::npos) {
    s.query = true;
    path = path.substr(0, query);
  }
  while (path.ends_with('/')) path.remove_suffix(1);
  s.home = path.empty() && !s.query;
  for (char c : path) {
    s.depth += c == '/';
    s.digits += c >= '0' && c <= '9' && s.digits < 20;
  }
  const std::size_t last = path.rfind('/');
  std::string_view segment = last == std::string_view::npos ? path : path.substr(last + 1);
  s.last_words = segment.empty() ? 0 : 1;
  for (char c : segment) s.last_words += (c == '-' || c == '_') && s.last_words < 20;
  // Words of addresses that tell what kind of page it is, in the order of their weight.
  constexpr std::array<std::pair<std::string_view, int>, 40> words = {{
      {"product", 1}, {"/p/", 1}, {"/dp/", 1}, {"/item", 1}, {"shop", 2}, {"store", 2}, {"collection", 2},
      {"categor", 3}, {"/c/", 3}, {"/tag", 3}, {"forum", 4}, {"thread", 4}, {"/t/", 4}, {"topic", 4},
      {"question", 4}, {"community", 4}, {"discuss", 4}, {"/r/", 4}, {"docs", 5}, {"documentation", 5},
      {"/doc/", 5}, {"guide", 5}, {"reference", 5}, {"manual", 5}, {"/api", 5}, {"tutorial", 5}, {"wiki", 5},
      {"blog", 6}, {"news", 6}, {"article", 6}, {"story", 6}, {"/post", 6}, {"service", 7}, {"solution", 7},
      {"pricing", 7}, {"about", 7}, {"feature", 7}, {"search", 8}, {"list", 8}, {"course", 8}}};
  const std::string low = lower_case(path);
  for (const auto& [word, index] : words) {
    if (has(low, word)) {
      s.word = index;
      break;
    }
  }
  return s;
}

TypeHints type_hints(const PageHints& hints) {
  TypeHints t;
  const std::string types = lower_case(hints.json_types), og_type = lower_case(hints.og_type);
  auto says = [&](std::string_view word) { return has(types, word); };
  t.any = !types.empty();
  t.article = says("newsarticle") || says("blogposting") || says("article") || says("reportage");
  t.product = says("product") || says("offer");
  t.list = says("itemlist") || says("collectionpage") || says("searchresults") || says("offercatalog");
  t.faq = says("faqpage") || says("question");
  t.forum = says("discussionforum") || says("qapage") || says("socialmediaposting");
  t.service = says("service") || says("localbusiness") || says("softwareapplication") || says("corporation");
  t.howto = says("howto") || says("techarticle") || says("apireference") || says("recipe") || says("course");
  t.page = says("webpage");
  t.og_article = has(og_type, "article");
  t.og_product = has(og_type, "product");
  t.og_website = has(og_type, "website");
  return t;
}

}  // namespace offprint
