// Words by which blocks of a kind are usually recognised: donate buttons, cookie bars, by-lines…, in many
// languages. They are features of a model and hints to the reader of support requests; words alone never
// decide a role.
//
// The outside interface: match_lexicons() and find_phrases(). The phrases are the files of
// src/roles/lexicons, compiled into src/generated/lexicons.cpp by generate/lexicons.py. Tested by
// tests/blocks/lexicon_test.cpp.
//
// Letters are compared without case and without accents (ё = е, ł = l, أ = ا). Phrases of alphabetic scripts
// match whole words with only blanks, hyphens and apostrophes between them; those of Chinese, Japanese and
// Korean match anywhere. Nothing allocates.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace offprint {

// The order is that of the arrays in LexiconHits, and of the model's features: append, never reorder.
enum class Purpose : std::uint8_t {
  support_ask,      //  0 "we need your help", "keep our journalism free"
  support_control,  //  1 "donate", "become a supporter"
  frequency,        //  2 once / monthly / annual / weekly, also "a month", "im Jahr"
  defer,            //  3 "maybe later", "remind me later", "not now"
  payment,          //  4 PayPal, Visa, Überweisung…
  ad_free,          //  5 "ad-free", "without ads", "we have disabled all ads"
  consent,          //  6 cookies, privacy choices
  newsletter,       //  7
  share,            //  8 share, follow, names of networks
  paywall,          //  9 "subscribe to continue", "already a subscriber?"
  login,            // 10
  comments,         // 11
  related,          // 12 "read more", "most read"
  advertisement,    // 13 labels of advertisements
  byline,           // 14 "by", "von", "correspondent"
  published,        // 15 "published", "updated", also month names and "hours ago"
  reading_time,     // 16 "min read"
  credit,           // 17 "photo:", "Getty Images"
  legal,            // 18 copyright, imprint, terms
  navigation,       // 19 menu, skip to content, home, next page
  search,           // 20
  cart,             // 21 add to cart, price, in stock
  controls,         // 22 close, print, play, loading, error messages
  notice,           // 23 correction, affiliate disclosure, "this article is over"
  minimum,          // 24 "starting from just", "as little as"
  currency,         // 25 words and codes of currencies: "dollars", "руб", "EUR"
  // Not heard by the models; only find_phrases() knows them.
  plea,         // 26 "please support our journalism", "we need your help": stronger than support_ask
  giving,       // 27 "donate", "Spende", "пожертвование"
  voice,        // 28 "we", "you", "dear readers"
  cost,         // 29 "costs us"
  reader_cost,  // 30 "costs you", "the price of a coffee"
  trade,        // 31 "affiliate links", "free shipping"
};
inline constexpr std::size_t purpose_count = 26;  // of those that are features
inline constexpr std::size_t all_purpose_count = 32;
std::string_view name_of(Purpose purpose);

struct LexiconHits {
  std::uint32_t purposes = 0;                        // bit (1 << purpose) where there is a hit
  std::array<std::uint8_t, purpose_count> count{};   // hits, at most 255; one within another counts once
  std::array<std::uint16_t, purpose_count> bytes{};  // bytes of the text that the hits cover
  std::uint16_t scanned = 0;                         // bytes looked at: a share is bytes / scanned

  bool has(Purpose p) const { return (purposes >> static_cast<unsigned>(p)) & 1u; }
};

// Looks at the first `lexicon_bytes` of the text; sets all of `out`.
inline constexpr std::size_t lexicon_bytes = 400;
void match_lexicons(std::string_view text, LexiconHits& out);

// The same where the beginning of the text that is looked at is cut already. A word is a run of letters and digits, its hash
// hash_word() of text_scan.h; where there is more than ASCII, cut_beyond_ascii() cuts and hashes.
struct LexiconWord {
  std::uint32_t hash;
  std::uint16_t begin, end;
  bool tied;  // only soft characters, or none, lie between the word before and this one
};
void match_words(std::string_view text, std::span<const LexiconWord> words, LexiconHits& out);
// Whether no character of ASCII text ends a phrase.
bool are_soft(std::string_view ascii);
// The beginning that is looked at: whole characters.
std::string_view looked_at(std::string_view text);
// Cuts what stands between two ASCII characters that are no letters, `at` bytes into the text. tied: whether what follows is
// tied to the word before. Returns how many words there are.
std::size_t cut_beyond_ascii(std::string_view run, std::size_t at, bool& tied, LexiconWord* words);

// What a phrase means beyond its purpose: the third column of the data.
enum class PhraseValue : std::uint16_t {
  none = 0,
  once,
  monthly,
  annual,
  weekly,
  label,                // payment: announces the ways to pay and names none
  merely,               // minimum: "only", which makes the least of a gift, but not of any sum
  gift,                 // minimum: "give", near which "only" does so
  raised,               // minimum: "left to raise", beside which it does not
  first_currency = 16,  // + index into currency_codes()
};
struct PhraseHit {
  std::uint32_t begin = 0, end = 0;  // bytes of the text
  Purpose purpose = Purpose::support_ask;
  PhraseValue value = PhraseValue::none;
};

// The phrases of some purposes (a bit each) in the first 4096 bytes, by where they begin, longest first; at
// most hits.size(). Returns how many. Among them are those that the models are not taught (lexicons/requests).
std::size_t find_phrases(std::string_view text, std::uint32_t purposes, std::span<PhraseHit> hits);
// That and match_lexicons() together, with the phrases that the models are not taught: a short text is cut into words once.
std::size_t find_phrases(std::string_view text, std::uint32_t purposes, std::span<PhraseHit> hits, LexiconHits& all);
inline constexpr std::uint32_t bit_of(Purpose p) {
  return 1u << static_cast<unsigned>(p);
}

// ISO 4217 codes that the phrases of `currency` stand for.
std::span<const std::string_view> currency_codes();

}  // namespace offprint
