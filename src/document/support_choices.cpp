// One control of a form: a frequency, an amount, or the least one may give.
#include "document/elements.h"
#include "document/support_reader.h"

namespace offprint {

std::string_view SupportReader::label_of(NodeId input, const std::vector<Label>& labels) {
  if (const std::string_view aria = attribute(page, input, AttributeName::aria_label); !aria.empty())
    return aria;
  NodeId up = page[input].parent;
  for (int k = 0; k < 4 && up != no_node; ++k, up = page[up].parent)
    for (const Label& l : labels)
      if (l.node == up) return l.text;
  const std::string_view id = attribute(page, input, AttributeName::id);
  if (!id.empty())
    for (const Label& l : labels)
      if (l.for_ == id) return l.text;
  return {};
}

// So much of a name, id or class is read, and so many elements around a control: all of them are for each control of a box.
static constexpr std::size_t most_name = 400;
static constexpr int most_around = 20;
static std::string_view name_in(Page& page, NodeId id, AttributeName which) {
  return attribute(page, id, which).substr(0, most_name);
}

// Attributes that carry a choice's meaning.
static constexpr std::string_view frequency_attributes[] = {
    "data-frequency", "data-interval",           "data-period", "data-recurrence", "data-recurring",
    "data-plan",      "data-donation-frequency", "data-type",   "data-tab",        "data-value",
    "data-freq",      "data-periodicity"};
static constexpr std::string_view amount_attributes[] = {"data-amount", "data-donation-amount", "data-price",
                                                         "data-sum", "data-value", "data-montant", "data-betrag",
                                                         "data-importe", "data-valor"};

// Of credit cards' dates and of people's: months and years that are no frequencies.
bool SupportReader::is_of_dates(NodeId id) {
  NodeId up = id;
  for (int k = 0; k < most_around && up != no_node; ++k, up = page[up].parent) {
    if (page[up].kind != NodeKind::element) break;
    for (const AttributeName a :
         {AttributeName::name, AttributeName::id, AttributeName::autocomplete, AttributeName::class_}) {
      const std::string_view v = name_in(page, up, a);
      for (const std::string_view w : {"exp", "birth", "dob", "cc-"})
        if (contains_ascii_case(v, w) && !contains_ascii_case(v, "express") &&
            !contains_ascii_case(v, "expand"))
          return true;
    }
    if (page[up].tag == Tag::select || page[up].tag == Tag::form) break;
  }
  return false;
}

// The only frequency among the words of a class, id or name: "amounts--monthly".
static PhraseValue frequency_in_name(std::string_view value) {
  PhraseValue found = PhraseValue::none;
  for (std::size_t at = 0; at < value.size();) {
    std::size_t end = at;
    while (end < value.size() && is_alnum(value[end])) ++end;
    const std::string_view word = value.substr(at, end - at);
    PhraseValue f = PhraseValue::none;
    for (const std::string_view w : {"once", "onetime", "oneoff", "single", "monthly", "month", "annual",
                                     "annually", "yearly", "weekly"})
      if (equal_ascii_case(word, w)) f = frequency_of(w);
    if (f != PhraseValue::none) {
      if (found != PhraseValue::none && found != f) return PhraseValue::none;
      found = f;
    }
    at = end + 1;
  }
  return found;
}
PhraseValue SupportReader::frequency_around(NodeId id, NodeId box, const BoxFacts& facts) {
  NodeId up = id;
  for (int k = 0; k < most_around && up != no_node; ++k, up = page[up].parent) {
    if (page[up].kind != NodeKind::element) break;
    for (const std::string_view a : frequency_attributes)
      if (const PhraseValue f = frequency_of(attribute(page, up, a)); f != PhraseValue::none) return f;
    for (const AttributeName a :
         {AttributeName::id, AttributeName::class_, AttributeName::name, AttributeName::aria_label})
      if (const PhraseValue f = frequency_in_name(name_in(page, up, a)); f != PhraseValue::none) return f;
    // A panel is of the tab that shows it.
    const std::string_view own = name_in(page, up, AttributeName::id), shown_by = attribute(page, up, "aria-labelledby").substr(0, most_name);
    for (const Tab& tab : facts.tabs)
      if ((!own.empty() && tab.panel == own) || (!shown_by.empty() && tab.id == shown_by)) return tab.frequency;
    if (up == box) break;
  }
  return PhraseValue::none;
}

// "Je donne une fois", "毎月の寄付": the only frequency of a choice's words, where they are of giving; a radio button's are.
static PhraseValue frequency_said(std::string_view words, bool radio) {
  if (words.size() > 160) return PhraseValue::none;
  PhraseHit hits[8];
  const std::size_t n = find_phrases(words, bit_of(Purpose::frequency) | bit_of(Purpose::giving) | bit_of(Purpose::plea), hits);
  PhraseValue found = PhraseValue::none;
  bool gives = radio;
  for (std::size_t k = 0; k < n; ++k) {
    if (hits[k].purpose != Purpose::frequency) {
      gives = true;
      continue;
    }
    if (found != PhraseValue::none && found != hits[k].value) return PhraseValue::none;
    found = hits[k].value;
  }
  return gives ? found : PhraseValue::none;
}

// A radio button, option, button, tab or anything with data of its own: a frequency or an amount.
void SupportReader::read_choice(NodeId id, NodeId box, const BoxFacts& facts) {
  const Tag tag = page[id].tag;
  bool is_choice = tag == Tag::option || tag == Tag::button;
  std::string_view words;
  std::string_view value = attribute(page, id, AttributeName::value);
  if (tag == Tag::input) {
    const std::string_view type = attribute(page, id, AttributeName::type);
    const bool radio = equal_ascii_case(type, "radio") || equal_ascii_case(type, "checkbox");
    is_choice = radio || equal_ascii_case(type, "button") || equal_ascii_case(type, "submit");
    words = radio ? label_of(id, facts.labels) : value;
    if (equal_ascii_case(type, "checkbox")) {  // "make it monthly"
      PhraseHit hit[1];
      if (words.size() <= 120 && find_phrases(words, bit_of(Purpose::frequency), hit) == 1 &&
          hit[0].value != PhraseValue::none)
        element_choices.push_back({page[id].span.begin, hit[0].value});
      return;
    }
  }
  if (tag == Tag::a || tag == Tag::li || tag == Tag::div || tag == Tag::span) {
    const std::string_view aria = attribute(page, id, AttributeName::role);
    is_choice = equal_ascii_case(aria, "tab") || equal_ascii_case(aria, "radio") ||
                equal_ascii_case(aria, "button") || equal_ascii_case(aria, "option");
  }
  for (const std::string_view a :
       {"data-amount", "data-frequency", "data-interval", "data-period", "data-donation-amount", "data-freq", "data-montant"})
    is_choice = is_choice || !attribute(page, id, a).empty();
  if (!is_choice || element_choices.size() >= list_limit || element_amounts.size() >= list_limit || ++choices_read > choice_limit) return;
  if (words.empty() && tag != Tag::input) words = text_of(page, id, 80, arena);

  // An amount, from its words or, where they name none, from its value.
  FoundMoney money[2];
  std::size_t n = words.size() <= (tag == Tag::input ? 160 : 60) ? find_money(words, money) : 0;
  // "$60 / year ($5 / month)": what it comes to is none to choose.
  if (n == 2 && money[0].frequency != PhraseValue::none && money[1].frequency != PhraseValue::none && money[0].frequency != money[1].frequency) n = 1;
  double bare = 0;
  if (n == 0) {
    std::string_view number;
    for (const std::string_view a : amount_attributes)
      if (number.empty()) number = attribute(page, id, a);
    const std::string_view name = attribute(page, id, AttributeName::name);
    NodeId select = tag == Tag::option ? page[id].parent : no_node;
    while (select != no_node && page[select].tag != Tag::select && page[select].tag == Tag::optgroup)
      select = page[select].parent;
    const std::string_view group = (select == no_node ? name : attribute(page, select, AttributeName::name)).substr(0, most_name);
    for (const std::string_view w :
         {"amount", "sum", "betrag", "montant", "importe", "monto", "valor", "kwota", "donation", "price"})
      if (number.empty() && contains_ascii_case(group, w)) number = value;
    const bool in_cents = contains_ascii_case(group, "cents") && number == value;
    if (number.empty() && (tag == Tag::button || tag == Tag::option || tag == Tag::input)) number = words;
    number = trim(number);
    FoundMoney in_value[2];
    if (!number.empty() && number.size() <= 24) {
      if (find_money(number, in_value) == 1) {
        money[0] = in_value[0];
        n = 1;
      } else if (read_number(number, bare) == number.size() && bare > 0) {
        n = 1;
        money[0] = {};
        money[0].amount = in_cents ? bare / 100 : bare;
      }
    }
  }
  // "Once from £1": a field for what one likes.
  const bool least = n == 1 && money[0].minimum && tag != Tag::option && !money[0].currency.empty();
  if (least && has_minimum) {  // adds to no list of sums, which would bound how many are looked at
    if (money[0].frequency != PhraseValue::none) element_choices.push_back({page[id].span.begin, money[0].frequency});
    return;
  }
  if (n == 1) {
    if (is_of_dates(id)) return;
    PhraseValue f = money[0].frequency;
    if (f == PhraseValue::none) f = frequency_around(id, box, facts);
    if (const std::string_view own = currency_of(attribute(page, id, AttributeName::data_currency)); !own.empty()) {
      money[0].currency = own;
      money[0].vague = false;
    }
    const std::string_view own = currency_of_sum(money[0]);
    if (least) {
      money[0].frequency = f;
      set_minimum(money[0]);
      if (f != PhraseValue::none) element_choices.push_back({page[id].span.begin, f});
      return;
    }
    element_amounts.push_back({page[id].span.begin, money[0].amount, own, f});
    return;
  }
  if (n > 1) return;

  PhraseValue f = PhraseValue::none;
  for (const std::string_view a : frequency_attributes)
    if (f == PhraseValue::none) f = frequency_of(attribute(page, id, a));
  if (f == PhraseValue::none) f = frequency_of(words);
  if (f == PhraseValue::none) f = frequency_of(value);
  if (f == PhraseValue::none) f = frequency_said(words, tag == Tag::input);
  if (f != PhraseValue::none && !is_of_dates(id)) element_choices.push_back({page[id].span.begin, f});
}

// <input type=number min=2>: the least one may give.
void SupportReader::read_least(NodeId id, std::string_view box_currency) {
  const std::string_view least = trim(attribute(page, id, AttributeName::min));
  if (box_currency.empty()) {
    const std::string_view sign = trim(attribute(page, id, "placeholder"));
    box_currency = sign == "$" ? some_dollars : sign == "¥" || sign == "￥" ? some_yen : currency_of(sign);
  }
  if (least.empty() || box_currency.empty()) return;
  const std::string_view name = attribute(page, id, AttributeName::name);
  bool of_amount = false;
  for (const std::string_view w : {"amount", "sum", "betrag", "montant", "importe", "monto", "valor", "kwota",
                                   "donation", "other", "custom"})
    of_amount = of_amount || contains_ascii_case(name, w) ||
                contains_ascii_case(attribute(page, id, AttributeName::id), w);
  FoundMoney m;
  if (!of_amount || read_number(least, m.amount) != least.size() || m.amount <= 0) return;
  m.currency = box_currency;
  set_minimum(m);
}

}  // namespace offprint
