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
  minimum = {.amount = m.amount, .currency = m.currency, .frequency = name_of(m.frequency)};
}

void SupportReader::read() {
  const std::size_t n = blocks.blocks.size();
  if (!blocks.flat && !page.nodes.empty() && page.html != no_node)
    order = date_order(attribute(page, page.html, AttributeName::lang));
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
                  .currency = a.currency.empty() ? currency : a.currency,
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

  out.present = true;
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
