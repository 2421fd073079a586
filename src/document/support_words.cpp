// What the words of a request say: what it costs, from how much, how often, since when there are no ads.
#include "document/elements.h"
#include "document/giving.h"
#include "document/request_words.h"
#include "document/support_reader.h"
#include "document/words.h"

namespace offprint {

std::size_t words_between(std::string_view text) {
  std::size_t halves = 0;
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool word = is_word(c);
    if (word && (is_cjk(c) || !in_word)) halves += is_cjk(c) ? 1 : 2;
    in_word = word && !is_cjk(c);
  }
  return halves / 2;
}

// Whether a sentence says that something costs the publisher the amount at a place of it: what costs stands right beside the
// amount, or the publisher's voice beside what costs. Others' budgets and bills are in stories, too.
static bool costs_publisher(std::string_view sentence, std::size_t at, std::size_t size) {
  PhraseHit hits[16];
  const std::size_t n =
      find_phrases(sentence, bit_of(Purpose::cost) | bit_of(Purpose::reader_cost) | bit_of(Purpose::voice), hits);
  const std::span<const PhraseHit> all(hits, n);
  if (std::any_of(all.begin(), all.end(), [](const PhraseHit& h) { return h.purpose == Purpose::reader_cost; })) return false;
  return std::any_of(all.begin(), all.end(), [&](const PhraseHit& cost) {
    if (cost.purpose != Purpose::cost) return false;
    const bool before = cost.end <= at;
    const std::size_t from = before ? cost.end : std::min(at + size, sentence.size()), to = before ? at : cost.begin;
    if (cost.value != PhraseValue::merely && from <= to && words_between(sentence.substr(from, to - from)) <= 3) return true;
    return std::any_of(all.begin(), all.end(), [&](const PhraseHit& voice) {
      return voice.purpose == Purpose::voice && voice.begin < cost.end + 12 && voice.end + 40 > cost.begin;
    });
  });
}

void SupportReader::read_ask(std::size_t i) {
  const std::string_view words = text(i);
  if (asks.size() < list_limit && std::find(asks.begin(), asks.end(), words) == asks.end())
    asks.push_back(words);
  FoundMoney money[16];
  const std::size_t n = find_money(words, money);
  for (std::size_t k = 0; k < n; ++k) {
    const FoundMoney& m = money[k];
    if (currency.empty()) currency = currency_of_sum(m);
    const std::string_view sentence = sentence_at(words, m.begin);
    const bool least = is_least(m, words);
    if (!least && costs_publisher(sentence, m.begin - static_cast<std::size_t>(sentence.data() - words.data()), m.end - m.begin)) {
      if (costs.size() < list_limit)
        costs.push_back({.amount = m.amount,
                         .currency = currency_of_sum(m),
                         .frequency = period_of(m.frequency),
                         .text = sentence});
    } else if (least) {
      set_minimum(m);
    }
  }
  if (ad_free_since.empty()) read_ad_free(words);
}

void SupportReader::read_control(std::size_t i, bool sure) {
  const std::string_view words = text(i);
  const std::uint32_t at = blocks.blocks[i].span.begin;
  const Said& says = said.of(blocks, i);
  FoundMoney money[24];
  const std::size_t n = find_money(words, money, true);
  std::size_t covered = 0;
  for (std::size_t k = 0; k < n; ++k) covered += money[k].end - money[k].begin;
  const bool priced = n > 0 && !numbers_otherwise(words, {money, n}) && (says.label || (sure && blocks.blocks[i].words <= 8));
  PhraseHit often[16];
  const std::size_t m = find_phrases(words, bit_of(Purpose::frequency), often);
  // "$5 $10 Monthly": the frequency belongs to none of the two.
  const bool paired = m <= 1 || m == n;
  // "Annual member 65 €/year": said twice.
  const bool told = n == 1 && std::all_of(often, often + m, [&](const PhraseHit& h) { return h.value == often[0].value; });
  if (priced) {
    for (std::size_t k = 0; k < n && amounts.size() < list_limit; ++k) {
      if (!sure && money[k].currency.empty()) continue;
      if (is_least(money[k], words)) {
        set_minimum(money[k]);
        if (n == m && money[k].frequency != PhraseValue::none) choices.push_back({at + money[k].begin, money[k].frequency});
        continue;
      }
      amounts.push_back({at + money[k].begin, money[k].amount, currency_of_sum(money[k]),
                         (paired && n == m) || told ? money[k].frequency : PhraseValue::none});
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

// What puts the decision off in a block: where links or buttons stand side by side, the one that does.
std::string_view SupportReader::defer_words(std::size_t i) const {
  const RawBlock& b = blocks.blocks[i];
  std::size_t links = 0;
  std::string_view puts_off;
  for (std::uint32_t k = 0; k < std::min(b.marks_count, most_marks_asked); ++k) {
    const RawMark& mark = blocks.marks[b.marks_begin + k];
    if (mark.kind != MarkKind::link || mark.begin >= mark.end || mark.end > b.text.size()) continue;
    ++links;
    const std::string_view words = trim(b.text.substr(mark.begin, mark.end - mark.begin));
    PhraseHit hit[1];
    if (puts_off.empty() && find_phrases(words, bit_of(Purpose::defer), hit) > 0) puts_off = words;
  }
  return links >= 2 && !puts_off.empty() ? puts_off : text(i);
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
    defer = defer_words(first);
    return;
  }
  std::size_t size = 0;
  for (std::size_t i = first; i <= last; ++i) size += defer_words(i).size() + 1;
  const std::span<char> to = arena.make<char>(size - 1);
  char* at = to.data();
  for (std::size_t i = first; i <= last; ++i) {
    const std::string_view words = defer_words(i);
    if (i > first) *at++ = ' ';
    at = std::copy(words.begin(), words.end(), at);
  }
  defer = {to.data(), to.size()};
}

}  // namespace offprint
