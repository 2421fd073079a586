// What a block says as far as requests for support go: asks, gives, puts off, or nothing of the kind.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/last_texts.h"
#include "blocks/lexicon.h"

namespace offprint {

struct FoundMoney;

struct Said {
  LexiconHits hits;
  std::uint8_t plea = 0, giving = 0, voice = 0;  // phrases outside of quotations
  std::uint16_t giving_bytes = 0;
  bool names_first = false;  // a word of giving, then how: "Donations: IBAN …"
  bool trade = false;        // affiliate links and the like
  bool label = false;        // a label rather than words to readers: nothing, or little but what controls say
  bool defers = false;       // puts the decision off
  bool methods = false;      // announces or names ways to pay
  bool closed = false;       // ends as a sentence, a greeting or a question does
  bool costs = false;        // that something costs somebody money
  bool priced = false;       // names an amount of money
  bool tier = false;         // "Supporter 6 € / month": a few words, one sum, how often
  std::uint8_t sums = 0, periods = 0;  // of labels: amounts, and different words for how often
  std::uint16_t words = 0;   // of the block

  double share(Purpose p) const {
    return hits.scanned == 0 ? 0
                             : static_cast<double>(hits.bytes[static_cast<std::size_t>(p)]) / hits.scanned;
  }
  // Words of support, however weak.
  bool supports() const {
    return plea > 0 || giving > 0 || hits.has(Purpose::support_ask) || hits.has(Purpose::support_control) ||
           hits.has(Purpose::ad_free);
  }
  // Anything that a request would say and a headline or a credit would not.
  bool speaks() const { return supports() || voice > 0; }
};

// `words`: the block's count of words.
Said what_is_said(std::string_view text, std::uint32_t words);

// What the blocks of a page say, each read when it is first asked for: finding a request, agreeing with it and reading it ask
// for the same ones many times.
struct SaidOfBlocks {
  std::vector<Said> said;
  std::vector<bool> read;
  LastTexts texts;  // of the blocks that were read
  void begin(std::size_t blocks);
  const Said& of(const Blocks& blocks, std::size_t block);
};

// Whether a row of bare numbers is none of sums: a date ("3 5 2024"), pages ("1 2 3 4"), a telephone ("01 23 45 67").
bool numbers_otherwise(std::string_view text, std::span<const FoundMoney> money);

// Whether a text, misspelt or not, is one of the words for the ways to pay taken together.
bool announces_methods(std::string_view text);

bool is_question(std::string_view text);

}  // namespace offprint
