// Three steps: what the words of the request's blocks say; what the elements around them say (choices of a
// form, icons, links); and both together. Where the elements say something of a kind (amounts, frequencies),
// the words' guess at it is not used.
#include "document/support.h"

#include "document/support_reader.h"

namespace offprint {
namespace {

bool holds(const std::vector<std::string_view>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

void SupportReader::set_minimum(const FoundMoney& m) {
  if (has_minimum || m.currency.empty()) return;
  has_minimum = true;
  minimum = {.amount = m.amount, .currency = currency_of_sum(m), .frequency = name_of(m.frequency)};
}

bool SupportReader::is_least(const FoundMoney& m, std::string_view words) {
  if (!m.minimum || !m.merely) return m.minimum;
  PhraseHit hits[16];
  const std::string_view sentence = sentence_at(words, m.begin);
  const std::size_t from = static_cast<std::size_t>(sentence.data() - words.data()), at = m.begin - from;
  const std::size_t end = std::min<std::size_t>(m.end - from, sentence.size());
  const std::size_t n = find_phrases(sentence, bit_of(Purpose::minimum), hits);
  const std::span<const PhraseHit> all(hits, n);
  // "We have only $500 a month left to raise"
  if (std::any_of(all.begin(), all.end(), [](const PhraseHit& h) { return h.value == PhraseValue::raised; })) return false;
  return m.frequency != PhraseValue::none || std::any_of(all.begin(), all.end(), [&](const PhraseHit& h) {
           if (h.value != PhraseValue::gift) return false;
           return h.end <= at ? words_between(sentence.substr(h.end, at - h.end)) <= 6
                              : h.begin >= end && words_between(sentence.substr(end, h.begin - end)) <= 3;
         });
}

// "$" is another's where the words of the request name other dollars, or the page is of another country; "¥" is the yuan's on
// Chinese pages.
void SupportReader::find_local_currencies() {
  constexpr std::size_t most = 200;
  bool named = false, han = false, kana = false;
  for (std::size_t i = 0, seen = 0; i < blocks.blocks.size() && seen < most; ++i) {
    if (part[i] == RequestPart::none || part[i] == RequestPart::near) continue;
    ++seen;
    const std::string_view words = text(i);
    if (const std::string_view code = named_dollar(words); !code.empty()) {
      dollar = !named || dollar == code ? code : std::string_view();
      named = true;
    }
    for (std::size_t at = 0; at < words.size() && at < 400;) {
      const char32_t c = next_code_point(words, at);
      kana |= c >= 0x3041 && c < 0x3100;
      han |= c >= 0x4E00 && c < 0xA000;
    }
  }
  const std::string_view language = blocks.flat || page.nodes.empty() || page.html == no_node
                                        ? std::string_view()
                                        : trim(attribute(page, page.html, AttributeName::lang));
  if (!named || dollar == "MXN")  // "pesos" are any country's
    if (const std::string_view local = local_currency(language, false); !local.empty() && (!named || !local.ends_with('D')))
      dollar = local;
  yen = local_currency(language, true);
  if (yen.empty() && han && !kana && !starts_with_ascii_case(language, "zh")) yen = "CNY";
}

void SupportReader::read() {
  const std::size_t n = blocks.blocks.size();
  if (!blocks.flat && !page.nodes.empty() && page.html != no_node)
    order = date_order(attribute(page, page.html, AttributeName::lang));
  find_local_currencies();
  for (std::size_t i = 0; i < n; ++i)
    if (part[i] == RequestPart::ask) read_ask(i);
  read_defer();
  for (std::size_t i = 0; i < n; ++i)
    if (part[i] == RequestPart::control || part[i] == RequestPart::near)
      read_control(i, part[i] == RequestPart::control);
  read_elements();
  read_links();
}

void SupportReader::write(Support& out) {
  std::vector<Choice>& often = element_choices.empty() ? choices : element_choices;
  std::vector<Amount>& sums = element_amounts.empty() ? amounts : element_amounts;
  for (const Amount& a : sums)  // "3 € a month", beside a button for a single gift
    if (a.frequency != PhraseValue::none) often.push_back({a.at, a.frequency});
  std::stable_sort(often.begin(), often.end(), [](const Choice& a, const Choice& b) { return a.at < b.at; });
  std::stable_sort(sums.begin(), sums.end(), [](const Amount& a, const Amount& b) { return a.at < b.at; });
  if (currency.empty() && has_minimum) currency = minimum.currency;
  for (const Amount& a : sums)
    if (currency.empty()) currency = a.currency;

  std::vector<Money> money;
  for (const Amount& a : sums) {
    const Money m{.amount = a.amount,
                  .currency = resolved(a.currency.empty() ? currency : a.currency),
                  .frequency = name_of(a.frequency)};
    if (m.currency.empty() || m.amount <= 0) continue;
    bool known = false;
    for (const Money& k : money)
      known = known || (k.amount == m.amount && k.currency == m.currency && k.frequency == m.frequency);
    if (!known) money.push_back(m);
  }
  std::vector<std::string_view> frequencies;
  for (const Choice& c : often)
    if (!holds(frequencies, name_of(c.value))) frequencies.push_back(name_of(c.value));
  if (methods.empty() && !methods_label.empty()) methods.push_back(methods_label);

  minimum.currency = resolved(minimum.currency);
  for (Money& c : costs) c.currency = resolved(c.currency);
  // What says nothing of how to give is no request: a single button among others.
  out.present = !asks.empty() || !frequencies.empty() || !money.empty() || has_minimum || !costs.empty() || !ad_free_since.empty() ||
                !defer.empty() || !methods.empty() || !url.empty();
  out.asks = arena.copy(std::span<const std::string_view>(asks));
  out.frequencies = arena.copy(std::span<const std::string_view>(frequencies));
  out.amounts = arena.copy(std::span<const Money>(money));
  out.has_minimum = has_minimum;
  out.minimum = minimum;
  out.costs = arena.copy(std::span<const Money>(costs));
  out.ad_free_since = ad_free_since;
  out.defer = defer;
  out.methods = arena.copy(std::span<const std::string_view>(methods));
  out.url = url;
}

void find_support(Page& page, const Blocks& blocks, const Decisions& decisions, Request& request,
                  std::string_view base, Arena& arena, Support& out) {
  out = {};
  if (!request.present || request.part.size() < blocks.blocks.size() ||
      decisions.of_block.size() < blocks.blocks.size())
    return;
  SupportReader reader{page, blocks, decisions, request.part, request.said, arena, base};
  reader.read();
  reader.write(out);
}

}  // namespace offprint
