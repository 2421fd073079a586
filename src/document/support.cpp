// Three steps: which blocks belong to the request (by role, and notices and controls beside those); what
// their words say; and, in HTML, what the elements around them say (choices of a form, icons, links). Where
// the elements say something of a kind (amounts, frequencies), the words' guess at it is not used.
#include "document/support.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "base/unicode.h"
#include "base/url.h"
#include "blocks/lexicon.h"
#include "document/assemble.h"
#include "document/dates.h"
#include "document/elements.h"
#include "document/money.h"
#include "document/words.h"

namespace offprint {
namespace {

// What a block is to the request.
enum class Part : std::uint8_t {
  none,     // no part of it
  near,     // beside it, of a role that controls often get
  ask,      // its words
  control,  // once, monthly, amounts, "continue", methods
};

constexpr std::size_t ask_limit = 200;        // of each list: a page that repeats itself ends somewhere
constexpr std::size_t element_limit = 20000;  // elements looked at

template <class Container, class T>
bool holds(const Container& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Words that say that something costs the publisher money; folded, a blank between words, so that " costs us
// " is looked for in " this commitment costs us 10 000 a month ".
constexpr std::string_view cost_words[] = {
    "costs us",       "cost us",     "costs",      "cost",          "costing us",    "we spend",
    "we pay",         "we lose",     "expenses",   "running costs", "a bill of",     "budget",
    "loses us",       "обходится",   "стоит нам",  "нам стоит",     "стоит",         "обходятся",
    "расходы",        "мы тратим",   "тратим",     "мы теряем",     "теряем",        "расходов",
    "kostet",         "kosten",      "kostet uns", "ausgaben",      "geben wir aus", "wir zahlen",
    "verlieren wir",  "coute",       "coutent",    "nous coute",    "depensons",     "depenses",
    "cout",           "couts",       "perdons",    "cuesta",        "cuestan",       "nos cuesta",
    "gastamos",       "gastos",      "coste",      "costo",         "costos",        "perdemos",
    "custa",          "nos custa",   "custam",     "custo",         "custos",        "gastamos",
    "despesas",       "costa",       "ci costa",   "costano",       "spendiamo",     "costi",
    "spese",          "perdiamo",    "kosztuje",   "kosztuja",      "koszt",         "koszty",
    "wydajemy",       "tracimy",     "коштує",     "коштують",      "витрачаємо",    "витрати",
    "втрачаємо",      "обходиться",  "maliyeti",   "maliyet",       "mal oluyor",    "harciyoruz",
    "masraf",         "gider",       "giderimiz",  "kaybediyoruz",  "تكلفنا",        "يكلفنا",
    "تكلف",           "تكلفة",       "نفقات",      "ننفق",          "花 费",         "花 費",
    "成 本",          "开 支",       "開 支",      "费 用",         "費 用",         "耗 资",
    "か か り ま す", "か か っ て", "か か る",   "コ ス ト",      "経 費",         "비 용",
    "kost ons",       "kost",        "kostar",     "stoji",         "costuri",       "κοστιζει"};
// …and that it costs the reader.
constexpr std::string_view reader_cost_words[] = {
    "costs you",  "cost you",      "cost of a coffee", "costs less than", "less than the cost",
    "price of a", "kostet sie",    "kostet dich",      "vous coute",      "te cuesta",
    "le cuesta",  "ti costa",      "custa lhe",        "te custa",        "kosztuje cie",
    "вам стоит",  "обойдется вам", "вам обойдется",    "коштуватиме вам", "size maliyeti"};

bool says(std::string_view folded, std::span<const std::string_view> phrases, Arena& arena) {
  for (const std::string_view phrase : phrases) {
    const std::string_view wanted = folded_words(phrase, arena);
    for (std::size_t at = folded.find(wanted); at != folded.npos; at = folded.find(wanted, at + 1)) {
      const std::size_t end = at + wanted.size();
      if ((at == 0 || folded[at - 1] == ' ') && (end == folded.size() || folded[end] == ' ')) return true;
    }
  }
  return false;
}

// Icons of payment methods by the words of their classes and file names.
struct Icon {
  std::string_view word, name;
};
constexpr Icon icons[] = {{"visa", "Visa"},
                          {"mastercard", "Mastercard"},
                          {"maestro", "Maestro"},
                          {"amex", "American Express"},
                          {"americanexpress", "American Express"},
                          {"discover", "Discover"},
                          {"dinersclub", "Diners Club"},
                          {"diners", "Diners Club"},
                          {"jcb", "JCB"},
                          {"unionpay", "UnionPay"},
                          {"paypal", "PayPal"},
                          {"applepay", "Apple Pay"},
                          {"googlepay", "Google Pay"},
                          {"gpay", "Google Pay"},
                          {"amazonpay", "Amazon Pay"},
                          {"samsungpay", "Samsung Pay"},
                          {"venmo", "Venmo"},
                          {"ideal", "iDEAL"},
                          {"sepa", "SEPA"},
                          {"bancontact", "Bancontact"},
                          {"sofort", "Sofort"},
                          {"giropay", "giropay"},
                          {"klarna", "Klarna"},
                          {"swish", "Swish"},
                          {"twint", "TWINT"},
                          {"vipps", "Vipps"},
                          {"mobilepay", "MobilePay"},
                          {"yoomoney", "ЮMoney"},
                          {"yandexmoney", "ЮMoney"},
                          {"sbp", "СБП"},
                          {"qiwi", "QIWI"},
                          {"sberpay", "SberPay"},
                          {"pix", "Pix"},
                          {"boleto", "Boleto"},
                          {"mercadopago", "Mercado Pago"},
                          {"oxxo", "OXXO"},
                          {"bizum", "Bizum"},
                          {"mbway", "MB WAY"},
                          {"multibanco", "Multibanco"},
                          {"satispay", "Satispay"},
                          {"blik", "BLIK"},
                          {"przelewy24", "Przelewy24"},
                          {"payu", "PayU"},
                          {"monobank", "monobank"},
                          {"liqpay", "LiqPay"},
                          {"troy", "Troy"},
                          {"papara", "Papara"},
                          {"alipay", "Alipay"},
                          {"wechatpay", "WeChat Pay"},
                          {"weixinpay", "WeChat Pay"},
                          {"paypay", "PayPay"},
                          {"upi", "UPI"},
                          {"paytm", "Paytm"},
                          {"mpesa", "M-Pesa"},
                          {"bitcoin", "Bitcoin"},
                          {"ethereum", "Ethereum"}};

// Names of the ways to pay taken together, folded: what a short block or an alternative text that is nearly
// one of these, misspelt, is taken for.
constexpr std::string_view method_labels[] = {
    "payment methods",      "payment method",      "payment options",
    "zahlungsmethoden",     "zahlungsarten",       "moyens de paiement",
    "modes de paiement",    "metodos de pago",     "formas de pago",
    "metodos de pagamento", "formas de pagamento", "metodi di pagamento",
    "metody platnosci",     "sposoby platnosci",   "способы оплаты",
    "способи оплати",       "odeme yontemleri",    "طرق الدفع",
    "betaalmethoden",       "betalningsmetoder"};

// Whether two folded texts differ by at most `most` characters put in, left out or exchanged.
bool nearly_equal(std::string_view a, std::string_view b, std::size_t most) {
  std::array<char32_t, 40> x, y;
  std::size_t n = 0, m = 0;
  for (std::size_t at = 0; at < a.size();) {
    if (n == x.size()) return false;
    x[n++] = next_code_point(a, at);
  }
  for (std::size_t at = 0; at < b.size();) {
    if (m == y.size()) return false;
    y[m++] = next_code_point(b, at);
  }
  if (n > m + most || m > n + most) return false;
  std::array<std::size_t, 41> row;
  for (std::size_t j = 0; j <= m; ++j) row[j] = j;
  for (std::size_t i = 1; i <= n; ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= m; ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (x[i - 1] == y[j - 1] ? 0u : 1u)});
      diagonal = above;
    }
  }
  return row[m] <= most;
}

// Words of links and forms by which one gives; whole segments of a path or labels of a host.
constexpr std::string_view giving_words[] = {
    "donate",        "donation",      "donations",  "donar",
    "dona",          "doar",          "doe",        "don",
    "dons",          "faire-un-don",  "je-donne",   "soutenir",
    "soutien",       "nous-soutenir", "spenden",    "spende",
    "unterstuetzen", "unterstützen",  "give",       "giving",
    "contribute",    "contribution",  "support-us", "supportus",
    "support",       "supporters",    "supporter",  "become-a-supporter",
    "membership",    "donazioni",     "sostieni",   "sostienici",
    "sostenere",     "apoyanos",      "apoya",      "apoiar",
    "apoie",         "wesprzyj",      "wspieraj",   "darowizna",
    "wplac",         "bagis",         "destek",     "destek-ol",
    "donate-now",    "fundraise",     "pledge",     "crowdfunding",
    "pomoch",        "podderzhat",    "podderzhka", "donat",
    "pozhertvovat",  "help-us",       "tip",        "backus",
    "steun",         "doneer"};
constexpr std::string_view giving_hosts[] = {
    "patreon.com",  "opencollective.com", "ko-fi.com", "buymeacoffee.com", "liberapay.com",
    "gofundme.com", "donorbox.org",       "boosty.to", "betterplace.org",  "steadyhq.com",
    "tipeee.com",   "helloasso.com",      "paypal.me", "givebutter.com"};

// 2: the address is one where one gives; 1: it may be ("support" is help, too); 0: nothing says so.
int giving(std::string_view url) {
  const std::string_view host = host_of(url);
  for (const std::string_view h : giving_hosts)
    if (host == h || (host.size() > h.size() && host.ends_with(h) && host[host.size() - h.size() - 1] == '.'))
      return 2;
  int best = 0;
  const auto weigh = [&](std::string_view segment) {
    for (const std::string_view w : giving_words) {
      if (!starts_with_ascii_case(segment, w)) continue;
      const std::string_view rest = segment.substr(w.size());
      if (!rest.empty() && rest[0] != '.' && rest != "/" && !(w.size() >= 5 && rest[0] == '-')) continue;
      best = std::max(
          best, w == "support" || w == "tip" || w == "don" || w == "dona" || w == "give" || w == "membership"
                    ? 1
                    : 2);
    }
  };
  std::string_view path = path_of(url);
  for (int segments = 0; !path.empty() && segments < 8; ++segments) {
    const std::size_t slash = std::min(path.find('/', 1), path.size());
    weigh(path[0] == '/' ? path.substr(1, slash - 1) : path.substr(0, slash));
    path = path.substr(slash);
  }
  weigh(host.substr(0, std::min(host.find('.'), host.size())));
  return best;
}

struct Choice {  // a frequency with its place in the source
  std::uint32_t at;
  PhraseValue value;
};
struct Amount {
  std::uint32_t at;
  double amount;
  std::string_view currency;
  PhraseValue frequency;
};

struct Reader {
  Page& page;
  const Blocks& blocks;
  const Decisions& decisions;
  Arena& arena;
  std::string_view base;
  std::vector<Part> part;

  std::vector<std::string_view> asks, methods;
  std::string_view methods_label;  // "payment methods", where no method is named
  std::vector<Choice> choices, element_choices;
  std::vector<Amount> amounts, element_amounts;
  std::vector<Money> costs;
  bool has_minimum = false;
  Money minimum;
  std::string_view currency;  // what bare numbers are in
  std::string_view defer;
  std::string_view ad_free_since;
  std::string_view url;
  int url_score = 0;
  DateOrder order = DateOrder::day_first;

  Role role(std::size_t i) const { return decisions.of_block[i].role; }
  std::string_view text(std::size_t i) const { return trim(blocks.blocks[i].text); }
  bool usable(std::size_t i) const {
    const Hidden h = blocks.blocks[i].hidden;
    return h != Hidden::noscript && h != Hidden::template_ && !text(i).empty();
  }
  bool seed(std::size_t i) const {
    return (role(i) == Role::appeal || role(i) == Role::contribution) && usable(i);
  }

  static double share(const LexiconHits& h, Purpose p) {
    return h.scanned == 0 ? 0 : static_cast<double>(h.bytes[static_cast<std::size_t>(p)]) / h.scanned;
  }
  // A label rather than words to readers: nothing, or little but what controls say.
  bool label_like(std::size_t i, const LexiconHits& h) const {
    const std::uint32_t words = blocks.blocks[i].words;
    if (words == 0) return true;
    if (words > 24) return false;
    if (frequency_of(text(i)) != PhraseValue::none && words <= 4) return true;
    const double said = std::max(share(h, Purpose::frequency), 0.0) + share(h, Purpose::currency);
    FoundMoney money[8];
    const std::size_t n = find_money(text(i), money, true);
    std::size_t covered = 0;
    for (std::size_t k = 0; k < n; ++k) covered += money[k].end - money[k].begin;
    const double priced = static_cast<double>(covered) / static_cast<double>(text(i).size());
    if (said + priced >= 0.7) return true;
    if (words <= 5 && share(h, Purpose::support_control) >= 0.75) return true;
    if (words <= 12 && share(h, Purpose::payment) >= 0.6) return true;
    return words <= 3 && share(h, Purpose::controls) >= 0.8;
  }
  bool defer_like(std::size_t i, const LexiconHits& h) const {
    const std::uint32_t words = blocks.blocks[i].words;
    return h.has(Purpose::defer) && words <= 12 && (words <= 7 || share(h, Purpose::defer) >= 0.3);
  }

  // Which blocks belong to the request. False where it turns out that nothing asks.
  bool find_parts() {
    const std::size_t n = blocks.blocks.size();
    bool any = false;
    for (std::size_t i = 0; i < n && !any; ++i) any = seed(i);
    if (!any) return false;
    part.assign(n, Part::none);
    bool evidence = false;
    std::size_t from = n;  // the last block that belongs, going forth; then the next one, going back
    const auto beside = [](Role r) {
      return r == Role::controls || r == Role::form || r == Role::other || r == Role::notice ||
             r == Role::paywall || r == Role::ad;
    };
    const auto own = [&](std::size_t i) {  // a notice that asks
      if (role(i) != Role::notice) return false;
      LexiconHits h;
      match_lexicons(text(i), h);
      return h.has(Purpose::ad_free) || h.has(Purpose::support_ask) || h.has(Purpose::support_control);
    };
    for (std::size_t i = 0; i < n; ++i) {
      if (!seed(i)) continue;
      LexiconHits h;
      match_lexicons(text(i), h);
      const bool is_label = label_like(i, h);
      const bool sentence = blocks.blocks[i].words >= 10 && !is_label;
      part[i] = is_label || defer_like(i, h) || (role(i) == Role::contribution && !sentence) ? Part::control
                                                                                             : Part::ask;
      evidence |= part[i] == Part::ask || h.has(Purpose::support_control) || h.has(Purpose::support_ask) ||
                  h.has(Purpose::payment) || h.has(Purpose::frequency);
    }
    if (!evidence) return false;
    const auto spread = [&](std::size_t i) {
      if (part[i] == Part::ask || part[i] == Part::control) {
        from = i;
        return;
      }
      const std::size_t away = from == n ? n : (i > from ? i - from : from - i);
      if (away > 4) return;
      if (!beside(role(i)) || !usable(i)) {
        if (usable(i)) from = n;
        return;
      }
      if (own(i)) {
        part[i] = Part::ask;
        from = i;
      } else if (part[i] == Part::none) {
        part[i] = Part::near;
      }
    };
    for (std::size_t i = 0; i < n; ++i) spread(i);
    from = n;
    for (std::size_t i = n; i-- > 0;) spread(i);
    // A notice between two blocks of the request is part of its words.
    for (std::size_t i = 1; i + 1 < n; ++i)
      if (part[i] == Part::near && role(i) == Role::notice && part[i - 1] == Part::ask &&
          part[i + 1] == Part::ask)
        part[i] = Part::ask;
    return true;
  }

  void add_ask(std::string_view words) {
    if (asks.size() < ask_limit && !holds(asks, words)) asks.push_back(words);
  }
  void add_method(std::string_view name) {
    name = trim(name);
    if (name.empty() || methods.size() >= ask_limit) return;
    for (const std::string_view m : methods)
      if (folded_words(m, arena) == folded_words(name, arena)) return;
    methods.push_back(name);
  }
  // The methods that a text names; whether it names any.
  bool read_methods(std::string_view words) {
    PhraseHit hits[24];
    const std::size_t n = find_phrases(words, bit_of(Purpose::payment), hits);
    bool any = false, announced = false;
    for (std::size_t k = 0; k < n; ++k) {
      if (hits[k].value == PhraseValue::label) {
        announced = true;
        continue;
      }
      add_method(words.substr(hits[k].begin, hits[k].end - hits[k].begin));
      any = true;
    }
    if (!any && methods_label.empty() && words.size() <= 80) {
      const std::string_view folded = folded_words(words, arena);
      bool label = announced && word_count(folded) <= 4;
      for (const std::string_view l : method_labels)
        label = label || nearly_equal(folded, folded_words(l, arena), 2);
      if (label) methods_label = words;
    }
    return any;
  }
  void set_minimum(const FoundMoney& m) {
    if (has_minimum || m.currency.empty()) return;
    has_minimum = true;
    minimum = {.amount = m.amount, .currency = m.currency, .frequency = name_of(m.frequency)};
  }

  void read_ask(std::size_t i) {
    const std::string_view words = text(i);
    add_ask(words);
    FoundMoney money[16];
    const std::size_t n = find_money(words, money);
    for (std::size_t k = 0; k < n; ++k) {
      const FoundMoney& m = money[k];
      if (currency.empty()) currency = m.currency;
      const std::string_view sentence = sentence_at(words, m.begin);
      const std::string_view folded = folded_words(sentence, arena);
      const bool costs_reader = says(folded, reader_cost_words, arena);
      if (!costs_reader && !m.minimum && says(folded, cost_words, arena)) {
        if (costs.size() < ask_limit)
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
  void read_ad_free(std::string_view words) {
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

  void read_control(std::size_t i, bool sure) {
    const std::string_view words = text(i);
    const std::uint32_t at = blocks.blocks[i].span.begin;
    LexiconHits h;
    match_lexicons(words, h);
    FoundMoney money[24];
    const std::size_t n = find_money(words, money, true);
    std::size_t covered = 0;
    for (std::size_t k = 0; k < n; ++k) covered += money[k].end - money[k].begin;
    const bool priced = n > 0 && (label_like(i, h) || (sure && blocks.blocks[i].words <= 8));
    PhraseHit often[16];
    const std::size_t m = find_phrases(words, bit_of(Purpose::frequency), often);
    // "$5 $10 Monthly": the frequency belongs to none of the two.
    const bool paired = m <= 1 || m == n;
    if (priced) {
      for (std::size_t k = 0; k < n && amounts.size() < ask_limit; ++k) {
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
        (static_cast<double>(covered + h.bytes[static_cast<std::size_t>(Purpose::frequency)]) >=
             0.5 * static_cast<double>(words.size()) ||
         (sure && blocks.blocks[i].words <= 6)))
      for (std::size_t k = 0; k < m && choices.size() < ask_limit; ++k)
        if (often[k].value != PhraseValue::none) choices.push_back({at + often[k].begin, often[k].value});
    if (sure || share(h, Purpose::payment) >= 0.5) read_methods(words);
  }

  // "Not ready to support today? Remind me later.": neighbouring short blocks of which one puts the decision
  // off.
  void read_defer() {
    const std::size_t n = blocks.blocks.size();
    for (std::size_t i = 0; i < n && defer.empty(); ++i) {
      if (part[i] == Part::none || !usable(i)) continue;
      LexiconHits h;
      match_lexicons(text(i), h);
      if (!defer_like(i, h)) continue;
      std::size_t first = i, last = i;
      // The question before it.
      if (i > 0 && part[i - 1] != Part::none && usable(i - 1) && blocks.blocks[i - 1].words <= 8 &&
          blocks.blocks[i - 1].words > 0 && part[i - 1] != Part::ask && question(text(i - 1)))
        first = i - 1;
      while (last + 1 < n && last - first < 3 && usable(last + 1) && deferring(last + 1)) ++last;
      defer = joined(first, last);
    }
  }
  bool deferring(std::size_t i) const {
    const Role r = role(i);
    if (part[i] == Part::none && r != Role::controls && r != Role::other) return false;
    LexiconHits h;
    match_lexicons(text(i), h);
    return defer_like(i, h);
  }
  static bool question(std::string_view words) {
    return words.ends_with('?') || words.ends_with("？") || words.ends_with("؟") || words.ends_with("?»");
  }
  std::string_view joined(std::size_t first, std::size_t last) const {
    if (first == last) return text(first);
    std::size_t size = 0;
    for (std::size_t i = first; i <= last; ++i) size += text(i).size() + 1;
    const std::span<char> to = arena.make<char>(size - 1);
    char* at = to.data();
    for (std::size_t i = first; i <= last; ++i) {
      if (i > first) *at++ = ' ';
      at = std::copy(text(i).begin(), text(i).end(), at);
    }
    return {to.data(), to.size()};
  }

  void offer_url(std::string_view reference, int score) {
    reference = trim(reference);
    if (score <= url_score || reference.empty() || reference[0] == '#') return;
    const std::string_view absolute = resolve_url(base, reference, arena);
    if (!is_web_url(absolute)) return;
    url = absolute;
    url_score = score;
  }

  // A link's worth: where it leads, what it says, and whether it stands in the request.
  void offer_link(NodeId link, Part where) {
    const std::string_view href = attribute(page, link, AttributeName::href);
    if (href.empty()) return;
    const std::string_view absolute = resolve_url(base, href, arena);
    const int leads = giving(absolute);
    // Most links are looked at in vain: their addresses must not pile up.
    arena.shrink(absolute.data() + absolute.size(), absolute.data());
    LexiconHits h;
    match_lexicons(text_of(page, link, 120, arena), h);
    const bool says_so = h.has(Purpose::support_control) || (h.has(Purpose::support_ask) && h.scanned < 60);
    int score = leads * 3 + (says_so ? 2 : 0);
    if (where == Part::control) score += 4;
    if (where == Part::ask) score += 1;
    if (where == Part::none && !(leads == 2 || (leads == 1 && says_so))) return;
    if (where == Part::ask && leads == 0 && !says_so) return;
    offer_url(href, score);
  }

  void read_links() {
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
      if (part[i] != Part::ask && part[i] != Part::control) continue;
      const RawBlock& b = blocks.blocks[i];
      if (blocks.flat || b.node == no_node) {
        read_bare_address(text(i), part[i]);
        continue;
      }
      for (std::uint32_t k = 0; k < b.marks_count; ++k) {
        const RawMark& mark = blocks.marks[b.marks_begin + k];
        if (mark.kind == MarkKind::link && mark.node != no_node) offer_link(mark.node, part[i]);
      }
      NodeId up = b.node;
      for (int k = 0; k < 4 && up != no_node; ++k, up = page[up].parent)
        if (page[up].kind == NodeKind::element && page[up].tag == Tag::a) offer_link(up, part[i]);
      read_bare_address(text(i), part[i]);
    }
    if (url_score >= 8 || blocks.flat) return;
    std::size_t seen = 0;
    for (NodeId id = document_node; id != no_node && seen < 20 * element_limit && !page.nodes.empty();
         id = next_in_order(page, id, document_node), ++seen)
      if (page[id].kind == NodeKind::element && page[id].tag == Tag::a) offer_link(id, Part::none);
  }

  // An address written out in the text.
  void read_bare_address(std::string_view words, Part where) {
    for (const std::string_view start : {"https://", "http://", "www."}) {
      const std::size_t at = words.find(start);
      if (at == words.npos) continue;
      std::size_t end = at;
      while (end < words.size() && !is_space(words[end]) && static_cast<unsigned char>(words[end]) < 0x80 &&
             words[end] != ')' && words[end] != '"' && words[end] != '<')
        ++end;
      while (end > at && (words[end - 1] == '.' || words[end - 1] == ',' || words[end - 1] == ';' ||
                          words[end - 1] == '!' || words[end - 1] == '?' || words[end - 1] == ':'))
        --end;
      std::string_view address = words.substr(at, end - at);
      if (start == "www.") {
        const std::span<char> to = arena.make<char>(address.size() + 8);
        std::copy(address.begin(), address.end(), std::copy_n("https://", 8, to.data()));
        address = {to.data(), to.size()};
      }
      const int leads = giving(address);
      if (leads > 0 || where == Part::control)
        offer_url(address, leads * 3 + (where == Part::control ? 4 : 1));
      return;
    }
  }

  // ---- HTML ----

  // Blocks that may stand inside the box of a request without ending it.
  bool harmless(std::size_t i) const {
    if (part[i] != Part::none || !usable(i)) return true;
    const Role r = role(i);
    return r == Role::controls || r == Role::form || r == Role::other;
  }

  // The largest element around a block of the request that holds nothing else.
  NodeId box_of(std::size_t i) {
    std::size_t first = i, last = i;
    NodeId box = blocks.blocks[i].node;
    if (box == no_node || box >= page.nodes.size()) return no_node;
    while (true) {
      const NodeId parent = page[box].parent;
      if (parent == no_node || parent == page.body || parent == page.html ||
          page[parent].kind == NodeKind::document)
        return box;
      const Span span = page[parent].span;
      if (span.size() != 0) {
        while (first > 0 && blocks.blocks[first - 1].span.begin >= span.begin && harmless(first - 1)) --first;
        while (last + 1 < blocks.blocks.size() && blocks.blocks[last + 1].span.begin < span.end &&
               harmless(last + 1))
          ++last;
        if (first > 0 && blocks.blocks[first - 1].span.begin >= span.begin) return box;
        if (last + 1 < blocks.blocks.size() && blocks.blocks[last + 1].span.begin < span.end) return box;
      }
      box = parent;
    }
  }

  void read_elements() {
    if (blocks.flat || page.nodes.empty()) return;
    std::uint32_t done = 0;  // boxes before this place have been read
    std::size_t left = element_limit;
    for (std::size_t i = 0; i < blocks.blocks.size() && left > 0; ++i) {
      if (part[i] != Part::ask && part[i] != Part::control) continue;
      if (blocks.blocks[i].span.begin < done) continue;
      const NodeId box = box_of(i);
      if (box == no_node) continue;
      done = std::max(done, page[box].span.end);
      read_box(box, left);
    }
  }

  struct Label {
    std::string_view for_, text;
    NodeId node;
  };

  void read_box(NodeId box, std::size_t& left) {
    std::vector<Label> labels;
    std::string_view box_currency;
    const std::size_t first_amount = element_amounts.size();
    // Labels and the currency first: both may stand behind what they are for.
    std::size_t seen = 0;
    for (NodeId id = box; id != no_node && seen < left; id = next_in_order(page, id, box), ++seen) {
      const Node& node = page[id];
      if (node.kind == NodeKind::text) {
        if (box_currency.empty() && node.text_size <= 24) box_currency = currency_of(node.text());
        continue;
      }
      if (node.kind != NodeKind::element) continue;
      if (node.tag == Tag::label && labels.size() < 256)
        labels.push_back({attribute(page, id, AttributeName::for_), text_of(page, id, 120, arena), id});
      if (const std::string_view code = currency_of(attribute(page, id, AttributeName::data_currency));
          !code.empty())
        box_currency = code;
      if (node.tag == Tag::input && contains_ascii_case(attribute(page, id, AttributeName::name), "currency"))
        if (const std::string_view code = currency_of(attribute(page, id, AttributeName::value));
            !code.empty())
          box_currency = code;
      if (node.tag == Tag::option && has_attribute(page, id, AttributeName::selected))
        if (const std::string_view code = currency_of(attribute(page, id, AttributeName::value));
            !code.empty())
          box_currency = code;
    }
    bool giving_form = false;
    NodeId form = no_node;
    for (NodeId up = box; up != no_node && form == no_node; up = page[up].parent)
      if (page[up].kind == NodeKind::element && page[up].tag == Tag::form) form = up;
    const std::size_t choices_before = element_choices.size();
    for (NodeId id = box; id != no_node && left > 0; id = next_in_order(page, id, box), --left) {
      const Node& node = page[id];
      if (node.kind != NodeKind::element) continue;
      if (form == no_node && node.tag == Tag::form) form = id;
      read_choice(id, box, labels);
      read_icon(id, labels);
      if (node.tag == Tag::input && !has_minimum) read_least(id, box_currency);
    }
    giving_form = element_amounts.size() > first_amount || element_choices.size() > choices_before;
    for (std::size_t k = first_amount; k < element_amounts.size(); ++k)
      if (!element_amounts[k].currency.empty() && box_currency.empty())
        box_currency = element_amounts[k].currency;
    for (std::size_t k = first_amount; k < element_amounts.size(); ++k)
      if (element_amounts[k].currency.empty()) element_amounts[k].currency = box_currency;
    if (currency.empty()) currency = box_currency;
    if (form != no_node && giving_form) {
      const std::string_view action = attribute(page, form, AttributeName::action);
      // An address that wants to be posted to is a poor link.
      const bool posts = equal_ascii_case(attribute(page, form, AttributeName::method), "post");
      if (!action.empty()) offer_url(action, (posts ? 5 : 10) + giving(resolve_url(base, action, arena)));
    }
  }

  std::string_view label_of(NodeId input, const std::vector<Label>& labels) {
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

  // Attributes that carry a choice's meaning.
  static constexpr std::string_view frequency_attributes[] = {
      "data-frequency", "data-interval",           "data-period", "data-recurrence", "data-recurring",
      "data-plan",      "data-donation-frequency", "data-type",   "data-tab",        "data-value"};
  static constexpr std::string_view amount_attributes[] = {"data-amount", "data-donation-amount",
                                                           "data-price", "data-sum", "data-value"};

  // Of credit cards' dates and of people's: months and years that are no frequencies.
  bool is_of_dates(NodeId id) {
    for (NodeId up = id; up != no_node; up = page[up].parent) {
      if (page[up].kind != NodeKind::element) break;
      for (const AttributeName a :
           {AttributeName::name, AttributeName::id, AttributeName::autocomplete, AttributeName::class_}) {
        const std::string_view v = attribute(page, up, a);
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
  PhraseValue frequency_around(NodeId id, NodeId box) {
    for (NodeId up = id;; up = page[up].parent) {
      if (up == no_node || page[up].kind != NodeKind::element) break;
      for (const std::string_view a : frequency_attributes)
        if (const PhraseValue f = frequency_of(attribute(page, up, a)); f != PhraseValue::none) return f;
      for (const AttributeName a :
           {AttributeName::id, AttributeName::class_, AttributeName::name, AttributeName::aria_label})
        if (const PhraseValue f = frequency_in_name(attribute(page, up, a)); f != PhraseValue::none) return f;
      if (up == box) break;
    }
    return PhraseValue::none;
  }

  // A radio button, option, button, tab or anything with data of its own: a frequency or an amount.
  void read_choice(NodeId id, NodeId box, const std::vector<Label>& labels) {
    const Tag tag = page[id].tag;
    bool is_choice = tag == Tag::option || tag == Tag::button;
    std::string_view words;
    std::string_view value = attribute(page, id, AttributeName::value);
    if (tag == Tag::input) {
      const std::string_view type = attribute(page, id, AttributeName::type);
      const bool radio = equal_ascii_case(type, "radio") || equal_ascii_case(type, "checkbox");
      is_choice = radio || equal_ascii_case(type, "button") || equal_ascii_case(type, "submit");
      words = radio ? label_of(id, labels) : value;
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
         {"data-amount", "data-frequency", "data-interval", "data-period", "data-donation-amount"})
      is_choice = is_choice || !attribute(page, id, a).empty();
    if (!is_choice || element_choices.size() >= ask_limit || element_amounts.size() >= ask_limit) return;
    if (words.empty() && tag != Tag::input) words = text_of(page, id, 80, arena);

    // An amount, from its words or, where they name none, from its value.
    FoundMoney money[2];
    std::size_t n = words.size() <= 60 ? find_money(words, money) : 0;
    double bare = 0;
    if (n == 0) {
      std::string_view number;
      for (const std::string_view a : amount_attributes)
        if (number.empty()) number = attribute(page, id, a);
      const std::string_view name = attribute(page, id, AttributeName::name);
      NodeId select = tag == Tag::option ? page[id].parent : no_node;
      while (select != no_node && page[select].tag != Tag::select && page[select].tag == Tag::optgroup)
        select = page[select].parent;
      const std::string_view group = select == no_node ? name : attribute(page, select, AttributeName::name);
      for (const std::string_view w :
           {"amount", "sum", "betrag", "montant", "importe", "monto", "valor", "kwota", "donation", "price"})
        if (number.empty() && contains_ascii_case(group, w)) number = value;
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
          money[0].amount = bare;
        }
      }
    }
    if (n == 1) {
      if (is_of_dates(id)) return;
      PhraseValue f = money[0].frequency;
      if (f == PhraseValue::none) f = frequency_around(id, box);
      std::string_view own = currency_of(attribute(page, id, AttributeName::data_currency));
      if (own.empty()) own = money[0].currency;
      if (money[0].minimum && !has_minimum && !own.empty()) {
        money[0].currency = own;
        set_minimum(money[0]);
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
    if (f != PhraseValue::none && !is_of_dates(id)) element_choices.push_back({page[id].span.begin, f});
  }

  // <input type=number min=2>: the least one may give.
  void read_least(NodeId id, std::string_view box_currency) {
    const std::string_view least = trim(attribute(page, id, AttributeName::min));
    if (least.empty() || box_currency.empty()) return;
    const std::string_view name = attribute(page, id, AttributeName::name);
    bool of_amount = false;
    for (const std::string_view w : {"amount", "sum", "betrag", "montant", "importe", "monto", "valor",
                                     "kwota", "donation", "other", "custom"})
      of_amount = of_amount || contains_ascii_case(name, w) ||
                  contains_ascii_case(attribute(page, id, AttributeName::id), w);
    FoundMoney m;
    if (!of_amount || read_number(least, m.amount) != least.size() || m.amount <= 0) return;
    m.currency = box_currency;
    set_minimum(m);
  }

  void read_icon(NodeId id, const std::vector<Label>& labels) {
    const Tag tag = page[id].tag;
    std::string_view named;
    if (tag == Tag::img || tag == Tag::input || tag == Tag::svg || tag == Tag::i || tag == Tag::span ||
        tag == Tag::li || tag == Tag::button || tag == Tag::use || tag == Tag::div || tag == Tag::a ||
        tag == Tag::source) {
      for (const AttributeName a : {AttributeName::alt, AttributeName::aria_label, AttributeName::title})
        if (named.empty()) named = trim(attribute(page, id, a));
      if (tag == Tag::svg && named.empty())
        for (NodeId c = page[id].first_child; c != no_node; c = page[c].next)
          if (page[c].kind == NodeKind::element && page[c].tag == Tag::title)
            named = text_of(page, c, 80, arena);
      if (tag == Tag::input && named.empty() &&
          contains_ascii_case(attribute(page, id, AttributeName::name), "pay"))
        named = label_of(id, labels);
      if (!named.empty() && named.size() <= 160) {
        if (read_methods(named)) return;
        // An icon whose whole alternative text is a word that is a method's only here: "Discover".
        for (const Icon& icon : icons)
          if (equal_ascii_case(named, icon.word)) return add_method(named);
      }
      if (tag == Tag::img && !named.empty()) return;  // its file says no more than its alternative text
      const std::string_view use = tag == Tag::use ? attribute(page, id, "href") : std::string_view();
      const std::string_view xlink = tag == Tag::use ? attribute(page, id, "xlink:href") : std::string_view();
      const std::string_view src =
          tag == Tag::img ? attribute(page, id, AttributeName::src) : std::string_view();
      const std::string_view value =
          tag == Tag::input && contains_ascii_case(attribute(page, id, AttributeName::name), "pay")
              ? attribute(page, id, AttributeName::value)
              : std::string_view();
      for (const std::string_view v :
           {attribute(page, id, AttributeName::class_), use, xlink, last_segment(path_of(src)),
            src.find('/') == src.npos ? src : last_segment(src), value})
        read_icon_name(v);
    }
  }
  // The words of a class or file name, and two neighbouring ones taken together ("apple-pay").
  void read_icon_name(std::string_view value) {
    if (value.size() > 200) return;
    char before[16];
    std::size_t before_size = 0;
    for (std::size_t at = 0; at < value.size();) {
      std::size_t end = at;
      while (end < value.size() && is_alnum(value[end])) ++end;
      const std::string_view word = value.substr(at, end - at);
      char both[32];
      char* to = std::copy(before, before + before_size, both);
      const bool fits = word.size() <= 15;
      if (fits) to = std::copy(word.begin(), word.end(), to);
      for (const Icon& icon : icons)
        if (equal_ascii_case(word, icon.word) ||
            (fits && before_size > 0 &&
             equal_ascii_case({both, static_cast<std::size_t>(to - both)}, icon.word)))
          add_method(icon.name);
      before_size = 0;
      if (fits && end < value.size() && value[end] != ' ') {
        std::copy(word.begin(), word.end(), before);
        before_size = word.size();
      }
      at = end + 1;
    }
  }

  // ---- together ----

  void write(Support& out) {
    std::vector<Choice>& often = element_choices.empty() ? choices : element_choices;
    std::vector<Amount>& sums = element_amounts.empty() ? amounts : element_amounts;
    std::stable_sort(often.begin(), often.end(),
                     [](const Choice& a, const Choice& b) { return a.at < b.at; });
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
    if (frequencies.empty())
      for (const Money& m : money)
        if (!m.frequency.empty() && !holds(frequencies, m.frequency)) frequencies.push_back(m.frequency);
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
};

}  // namespace

void find_support(Page& page, const Blocks& blocks, const Decisions& decisions, std::string_view page_url,
                  Arena& arena, Support& out) {
  out = {};
  if (decisions.of_block.size() < blocks.blocks.size()) return;
  Reader reader{page, blocks, decisions, arena, page_url};
  if (!reader.find_parts()) return;
  if (!blocks.flat && !page.nodes.empty()) {
    reader.base = base_of(page, page_url, arena);
    if (page.html != no_node) reader.order = date_order(attribute(page, page.html, AttributeName::lang));
  }
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i)
    if (reader.part[i] == Part::ask) reader.read_ask(i);
  reader.read_defer();
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i)
    if (reader.part[i] == Part::control || reader.part[i] == Part::near)
      reader.read_control(i, reader.part[i] == Part::control);
  reader.read_elements();
  reader.read_links();
  reader.write(out);
}

}  // namespace offprint
