// The phrase matcher. A text is cut into words (each CJK character is one), each word hashed while it is
// read; hashes of single words and of pairs of words are looked up, longer phrases verified by the hashes of
// their further words. A false match needs a collision of 32 bits, which a feature survives.
#include "blocks/lexicon.h"

#include <algorithm>

#include "base/unicode.h"
#include "blocks/text_scan.h"
#include "generated/lexicons.h"

namespace offprint {
namespace {

constexpr std::array<std::string_view, all_purpose_count> names = {"support_ask",  "support_control",
                                                                   "frequency",    "defer",
                                                                   "payment",      "ad_free",
                                                                   "consent",      "newsletter",
                                                                   "share",        "paywall",
                                                                   "login",        "comments",
                                                                   "related",      "advertisement",
                                                                   "byline",       "published",
                                                                   "reading_time", "credit",
                                                                   "legal",        "navigation",
                                                                   "search",       "cart",
                                                                   "controls",     "notice",
                                                                   "minimum",      "currency",
                                                                   "plea",         "giving",
                                                                   "voice",        "cost",
                                                                   "reader_cost",  "trade"};

constexpr bool is_cjk(std::uint32_t cp) {
  return cp == 0x3005 || (cp >= 0x3040 && cp <= 0x30FF && cp != 0x30FB) || (cp >= 0x3400 && cp <= 0x9FFF) ||
         (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0xF900 && cp <= 0xFAFF);
}

// A code point above U+07FF: soft, skip, hard, or the letter it counts as.
std::uint32_t classify_high(std::uint32_t cp) {
  if (cp >= 0x1E00 && cp < 0x1F00) return lexicons::fold_1e[cp - 0x1E00];
  if (cp < 0x2000) return cp;
  if (cp < 0x2C00) {
    if ((cp >= 0x200B && cp <= 0x200F) || cp == 0x2060) return lexicons::skip;
    const bool between = cp <= 0x2015 || cp == 0x2018 || cp == 0x2019 || cp == 0x202F || cp == 0x205F;
    return between ? lexicons::soft : lexicons::hard;
  }
  if (cp == 0x3000) return lexicons::soft;
  if ((cp >= 0xFF10 && cp <= 0xFF19) || (cp >= 0xFF21 && cp <= 0xFF3A) || (cp >= 0xFF41 && cp <= 0xFF5A))
    return lexicons::fold[cp - 0xFEE0];
  return is_cjk(cp) ? cp : lexicons::hard;
}

// The letters of a word as they are compared, in UTF-8: room for each of a text, which may grow by half.
template <std::size_t capacity>
struct Folded {
  char bytes[capacity + capacity / 2 + 16];
  std::size_t size = 0;
  void add(std::uint32_t cp) {
    if (cp < 0x80) {
      bytes[size++] = static_cast<char>(cp);
    } else if (cp < 0x800) {
      bytes[size++] = static_cast<char>(0xC0 | cp >> 6);
      bytes[size++] = static_cast<char>(0x80 | (cp & 0x3F));
    } else {
      bytes[size++] = static_cast<char>(0xE0 | cp >> 12);
      bytes[size++] = static_cast<char>(0x80 | (cp >> 6 & 0x3F));
      bytes[size++] = static_cast<char>(0x80 | (cp & 0x3F));
    }
  }
};

constexpr std::size_t phrase_bytes = 4096;  // that find_phrases() looks at

// The densest text is single letters, a blank between.
constexpr std::size_t most_words(std::size_t bytes) {
  return bytes / 2 + 1;
}

// Cuts text (at most `capacity` bytes) into words. Returns their number; there is room for every word that fits. tied: whether
// the next word is tied to the one before, and then whether what follows is.
template <std::size_t capacity>
std::size_t cut(std::string_view text, LexiconWord* words, bool& tied) {
  const unsigned char* const begin = reinterpret_cast<const unsigned char*>(text.data());
  const unsigned char* const end = begin + text.size();
  const unsigned char* p = begin;
  std::size_t n = 0;
  Folded<capacity> word;
  std::uint16_t word_begin = 0, word_end = 0;
  const auto finish = [&] {
    if (word.size == 0) return;
    words[n++] = {hash_scanned(word.bytes, word.size), word_begin, word_end, tied};
    word.size = 0;
    tied = true;
  };
  while (p < end) {
    const unsigned char* const at = p;
    std::uint32_t cp = *p++;
    std::uint32_t folded;
    if (cp < 0x80) {
      folded = lexicons::fold[cp];
      if (folded > lexicons::hard) {  // most of most texts: a run of ASCII letters
        if (word.size == 0) word_begin = static_cast<std::uint16_t>(at - begin);
        word.bytes[word.size++] = static_cast<char>(folded);
        while (p < end && *p < 0x80 && (folded = lexicons::fold[*p]) > lexicons::hard) {
          word.bytes[word.size++] = static_cast<char>(folded);
          ++p;
        }
        word_end = static_cast<std::uint16_t>(p - begin);
        continue;
      }
    } else if (cp < 0xE0) {
      if (p == end) break;
      cp = ((cp & 0x1F) << 6) | (*p++ & 0x3Fu);
      folded = lexicons::fold[cp];
    } else if (cp < 0xF0) {
      if (end - p < 2) break;
      cp = ((cp & 0x0F) << 12) | ((p[0] & 0x3Fu) << 6) | (p[1] & 0x3Fu);
      p += 2;
      folded = cp < 0x800 ? std::uint32_t(lexicons::hard) : classify_high(cp);
    } else {
      p += end - p < 3 ? end - p : 3;
      folded = lexicons::hard;
    }
    if (folded > lexicons::hard) {
      if (folded >= 0x3005 && is_cjk(folded)) {
        finish();
        word_begin = static_cast<std::uint16_t>(at - begin);
        word.add(folded);
        word_end = static_cast<std::uint16_t>(p - begin);
        finish();
        continue;
      }
      if (word.size == 0) word_begin = static_cast<std::uint16_t>(at - begin);
      word.add(folded);
      word_end = static_cast<std::uint16_t>(p - begin);
      continue;
    }
    if (folded == lexicons::skip) continue;
    finish();
    if (folded == lexicons::hard) tied = false;
  }
  finish();
  return n;
}

bool colon_follows(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  text.remove_prefix(at);
  return text.starts_with(':') || text.starts_with("\xEF\xBC\x9A") || text.starts_with("\xC2\xA0:");
}

// Most keys are none of the table's, and most of those end here.
template <class Table>
inline bool may_be(std::uint32_t key) {
  const std::uint32_t b = key * 0x85EBCA6Bu;
  const std::uint64_t bits = Table::bloom[b >> 21];
  return ((bits >> (b >> 15 & 63)) & (bits >> (b >> 9 & 63)) & 1) != 0;
}

template <class Table>
const lexicons::Slot* find_slot(std::uint32_t key) {
  constexpr std::uint32_t mask = (1u << Table::slot_bits) - 1;
  for (std::uint32_t at = (key * 0x9E3779B1u) >> (32 - Table::slot_bits);; at = (at + 1) & mask) {
    const lexicons::Slot& slot = Table::slots[at];
    if (slot.count == 0) return nullptr;
    if (slot.key == key) return &slot;
  }
}

std::uint32_t pair_of(const LexiconWord& word, const LexiconWord& next) { return word.hash * 0x9E3779B1u ^ next.hash; }

// Calls found(begin, end, phrase) for each phrase at each word, longer ones first. `whole`: text is not cut off.
template <class Table, class Found>
void find_at_words(std::string_view text, bool whole, std::span<const LexiconWord> words, Found&& found) {
  const std::size_t n = words.size();
  const auto try_slot = [&](const lexicons::Slot& slot, std::size_t i) {
    for (std::size_t k = slot.begin; k < std::size_t(slot.begin) + slot.count; ++k) {
      const lexicons::Phrase& phrase = Table::phrases[k];
      if (i + phrase.words > n) continue;
      bool same = true;
      for (std::size_t w = 2; same && w < phrase.words; ++w)
        same = words[i + w].tied && words[i + w].hash == Table::pool[phrase.rest + w - 2];
      if (!same) continue;
      const std::size_t last = i + phrase.words - 1;
      if ((phrase.flags & 1) != 0 && i != 0) continue;
      if ((phrase.flags & 2) != 0 && (!whole || last + 1 != n)) continue;
      if ((phrase.flags & 4) != 0 && !colon_follows(text, words[last].end)) continue;
      found(words[i].begin, words[last].end, phrase);
    }
  };
  // First which keys may be any, without branches: a word and the next one, then the word alone. Most are none.
  struct Candidate {
    std::uint32_t key, word;
  };
  Candidate candidates[2 * most_words(phrase_bytes)];
  std::size_t count = 0;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const std::uint32_t pair = pair_of(words[i], words[i + 1]);
    candidates[count] = {pair, static_cast<std::uint32_t>(i)};
    count += static_cast<std::size_t>(words[i + 1].tied) & static_cast<std::size_t>(may_be<Table>(pair));
    candidates[count] = {words[i].hash, static_cast<std::uint32_t>(i)};
    count += may_be<Table>(words[i].hash);
  }
  if (n != 0) {
    candidates[count] = {words[n - 1].hash, static_cast<std::uint32_t>(n - 1)};
    count += may_be<Table>(words[n - 1].hash);
  }
  for (std::size_t k = 0; k < count; ++k)
    if (const lexicons::Slot* slot = find_slot<Table>(candidates[k].key)) try_slot(*slot, candidates[k].word);
}

// Adds what phrases cover to the hits.
struct HitCounter {
  LexiconHits& out;
  std::array<std::uint16_t, purpose_count> covered_to{};
  void operator()(std::uint16_t begin, std::uint16_t end, const lexicons::Phrase& phrase) {
    std::uint16_t& to = covered_to[phrase.purpose];
    if (end <= to) return;
    out.purposes |= 1u << phrase.purpose;
    if (begin >= to && out.count[phrase.purpose] < 255) ++out.count[phrase.purpose];
    out.bytes[phrase.purpose] =
        static_cast<std::uint16_t>(out.bytes[phrase.purpose] + end - (begin < to ? to : begin));
    to = end;
  }
};

}  // namespace

std::string_view name_of(Purpose purpose) {
  return names[static_cast<std::size_t>(purpose)];
}
std::span<const std::string_view> currency_codes() {
  return lexicons::currencies;
}

std::string_view looked_at(std::string_view text) { return whole_prefix(text, lexicon_bytes); }

void match_lexicons(std::string_view text, LexiconHits& out) {
  out = {};
  const std::string_view beginning = looked_at(text);
  out.scanned = static_cast<std::uint16_t>(beginning.size());
  LexiconWord words[most_words(lexicon_bytes)];
  bool tied = true;
  const std::size_t count = cut<lexicon_bytes>(beginning, words, tied);
  find_at_words<lexicons::Purposes>(beginning, beginning.size() == text.size(), {words, count}, HitCounter{out});
}

void match_words(std::string_view text, std::span<const LexiconWord> words, LexiconHits& out) {
  out = {};
  const std::string_view beginning = looked_at(text);
  out.scanned = static_cast<std::uint16_t>(beginning.size());
  find_at_words<lexicons::Purposes>(beginning, beginning.size() == text.size(), words, HitCounter{out});
}

std::size_t cut_beyond_ascii(std::string_view run, std::size_t at, bool& tied, LexiconWord* words) {
  const std::size_t n = cut<lexicon_bytes>(run, words, tied);
  for (std::size_t i = 0; i < n; ++i) {
    words[i].begin = static_cast<std::uint16_t>(words[i].begin + at);
    words[i].end = static_cast<std::uint16_t>(words[i].end + at);
  }
  return n;
}

bool are_soft(std::string_view ascii) {
  for (const char c : ascii)
    if (lexicons::fold[static_cast<unsigned char>(c)] == lexicons::hard) return false;
  return true;
}

namespace {

constexpr std::uint32_t of_models = (1u << purpose_count) - 1;
// Of these the other table has phrases, too, that no model was taught.
constexpr std::uint32_t unheard = bit_of(Purpose::frequency) | bit_of(Purpose::defer) | bit_of(Purpose::ad_free) |
                                  bit_of(Purpose::minimum) | bit_of(Purpose::currency);

// more: gets the hits of the models' purposes in the other table, where it is not null.
std::size_t phrases_of(std::string_view text, bool whole, std::span<const LexiconWord> words, std::uint32_t purposes,
                       std::span<PhraseHit> hits, LexiconHits* more = nullptr) {
  std::array<std::uint16_t, all_purpose_count> covered_to{};
  std::size_t n = 0;
  const auto take = [&](std::uint16_t begin, std::uint16_t end, const lexicons::Phrase& phrase) {
    if (((purposes >> phrase.purpose) & 1) == 0 || end <= covered_to[phrase.purpose] || n == hits.size())
      return;
    covered_to[phrase.purpose] = end;
    hits[n++] = {begin, end, static_cast<Purpose>(phrase.purpose), static_cast<PhraseValue>(phrase.value)};
  };
  if ((purposes & of_models) != 0) find_at_words<lexicons::Purposes>(text, whole, words, take);
  const std::size_t heard = n;
  covered_to = {};
  if (more != nullptr) {
    HitCounter counter{*more};
    find_at_words<lexicons::OfRequests>(text, whole, words, [&](std::uint16_t begin, std::uint16_t end, const lexicons::Phrase& phrase) {
      if (phrase.purpose < purpose_count) counter(begin, end, phrase);
      take(begin, end, phrase);
    });
  } else if ((purposes & (~of_models | unheard)) != 0) {
    find_at_words<lexicons::OfRequests>(text, whole, words, take);
  }
  if (heard == 0 || heard == n) return n;
  // Both tables together: a phrase within another one of its purpose goes.
  std::sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(n), [](const PhraseHit& a, const PhraseHit& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.end != b.end ? a.end > b.end : a.purpose < b.purpose;
  });
  covered_to = {};
  std::size_t kept = 0;
  for (std::size_t k = 0; k < n; ++k) {
    std::uint16_t& to = covered_to[static_cast<std::size_t>(hits[k].purpose)];
    if (hits[k].end <= to) continue;
    to = static_cast<std::uint16_t>(hits[k].end);
    hits[kept++] = hits[k];
  }
  return kept;
}

}  // namespace

std::size_t find_phrases(std::string_view text, std::uint32_t purposes, std::span<PhraseHit> hits) {
  const std::string_view beginning = whole_prefix(text, phrase_bytes);
  LexiconWord words[most_words(phrase_bytes)];
  bool tied = true;
  const std::size_t count = cut<phrase_bytes>(beginning, words, tied);
  return phrases_of(beginning, beginning.size() == text.size(), {words, count}, purposes, hits);
}

std::size_t find_phrases(std::string_view text, std::uint32_t purposes, std::span<PhraseHit> hits, LexiconHits& all) {
  LexiconWord words[most_words(lexicon_bytes)];
  bool tied = true;
  const std::string_view beginning = looked_at(text);
  const bool whole = beginning.size() == text.size();
  const std::size_t count = cut<lexicon_bytes>(beginning, words, tied);
  all = {};
  all.scanned = static_cast<std::uint16_t>(beginning.size());
  find_at_words<lexicons::Purposes>(beginning, whole, {words, count}, HitCounter{all});
  LexiconHits more;
  const std::size_t n = phrases_of(beginning, whole, {words, count}, whole ? purposes : 0, hits, &more);
  all.purposes |= more.purposes;
  for (std::size_t p = 0; p < purpose_count; ++p) {
    all.count[p] = std::max(all.count[p], more.count[p]);
    all.bytes[p] = std::max(all.bytes[p], more.bytes[p]);
  }
  return whole ? n : find_phrases(text, purposes, hits);
}

}  // namespace offprint
