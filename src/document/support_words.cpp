// What the words of a request say: what it costs, from how much, how often, since when there are no ads.
#include "document/request_words.h"
#include "document/support_reader.h"
#include "document/words.h"

namespace offprint {

void SupportReader::read_ask(std::size_t i) {
  const std::string_view words = text(i);
  if (asks.size() < list_limit && std::find(asks.begin(), asks.end(), words) == asks.end())
    asks.push_back(words);
  FoundMoney money[16];
  const std::size_t n = find_money(words, money);
  for (std::size_t k = 0; k < n; ++k) {
    const FoundMoney& m = money[k];
    if (currency.empty()) currency = m.currency;
    const std::string_view sentence = sentence_at(words, m.begin);
    PhraseHit hits[8];
    const std::size_t found =
        find_phrases(sentence, bit_of(Purpose::cost) | bit_of(Purpose::reader_cost), hits);
    const bool costs_reader =
        std::any_of(hits, hits + found, [](const PhraseHit& h) { return h.purpose == Purpose::reader_cost; });
    if (found > 0 && !costs_reader && !m.minimum) {
      if (costs.size() < list_limit)
        costs.push_back({.amount = m.amount,
                         .currency = m.currency,
                         .frequency = period_of(m.frequency),
                         .text = sentence});
    } else if (m.minimum) {
      set_minimum(m);
    }
  }
  if (ad_free_since.empty()) read_ad_free(words);
}

// "Since July 1, 2024, we have disabled all ads": the date in the sentence that says so.
void SupportReader::read_ad_free(std::string_view words) {
  PhraseHit hits[8];
  const std::size_t n = find_phrases(words, bit_of(Purpose::ad_free), hits);
  for (std::size_t k = 0; k < n && ad_free_since.empty(); ++k) {
    FoundDate dates[4];
    const std::size_t found = find_dates(sentence_at(words, hits[k].begin), {}, order, dates);
    for (std::size_t d = 0; d < found && ad_free_since.empty(); ++d) {
      Date day = dates[d].date;
      if (!day.known()) continue;
      day.hour = -1;
      ad_free_since = format_date(day, arena);
    }
  }
}

void SupportReader::read_control(std::size_t i, bool sure) {
  const std::string_view words = text(i);
  const std::uint32_t at = blocks.blocks[i].span.begin;
  const Said& says = said.of(blocks, i);
  FoundMoney money[24];
  const std::size_t n = find_money(words, money, true);
  std::size_t covered = 0;
  for (std::size_t k = 0; k < n; ++k) covered += money[k].end - money[k].begin;
  const bool priced = n > 0 && (says.label || (sure && blocks.blocks[i].words <= 8));
  PhraseHit often[16];
  const std::size_t m = find_phrases(words, bit_of(Purpose::frequency), often);
  // "$5 $10 Monthly": the frequency belongs to none of the two.
  const bool paired = m <= 1 || m == n;
  if (priced) {
    for (std::size_t k = 0; k < n && amounts.size() < list_limit; ++k) {
      if (!sure && money[k].currency.empty()) continue;
      if (money[k].minimum) {
        set_minimum(money[k]);
        continue;
      }
      amounts.push_back({at + money[k].begin, money[k].amount, money[k].currency,
                         paired && n == m ? money[k].frequency : PhraseValue::none});
    }
  }
  if (m > 0 && (!priced || m != n) &&
      (static_cast<double>(covered + says.hits.bytes[static_cast<std::size_t>(Purpose::frequency)]) >=
           0.5 * static_cast<double>(words.size()) ||
       (sure && blocks.blocks[i].words <= 6)))
    for (std::size_t k = 0; k < m && choices.size() < list_limit; ++k)
      if (often[k].value != PhraseValue::none) choices.push_back({at + often[k].begin, often[k].value});
  if (sure || says.share(Purpose::payment) >= 0.5) read_methods(words);
}

// "Not ready to support today? Remind me later.": the first run of blocks that put the decision off.
void SupportReader::read_defer() {
  const std::size_t n = blocks.blocks.size();
  std::size_t first = 0;
  while (first < n && part[first] != RequestPart::defer) ++first;
  if (first == n) return;
  std::size_t last = first;
  while (last + 1 < n && last - first < 3 && part[last + 1] == RequestPart::defer) ++last;
  if (first == last) {
    defer = text(first);
    return;
  }
  std::size_t size = 0;
  for (std::size_t i = first; i <= last; ++i) size += text(i).size() + 1;
  const std::span<char> to = arena.make<char>(size - 1);
  char* at = to.data();
  for (std::size_t i = first; i <= last; ++i) {
    if (i > first) *at++ = ' ';
    at = std::copy(text(i).begin(), text(i).end(), at);
  }
  defer = {to.data(), to.size()};
}

}  // namespace offprint
