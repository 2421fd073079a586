// Ways to pay: named in words and alternative texts, or known by the classes and file names of their icons.
#include "base/url.h"
#include "document/elements.h"
#include "document/request_words.h"
#include "document/support_reader.h"
#include "document/words.h"

namespace offprint {
namespace {

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

}  // namespace

void SupportReader::add_method(std::string_view name) {
  name = trim(name);
  if (name.empty() || methods.size() >= list_limit) return;
  for (const std::string_view m : methods)
    if (folded_words(m, arena) == folded_words(name, arena)) return;
  methods.push_back(name);
}
// The methods that a text names; whether it names any.
bool SupportReader::read_methods(std::string_view words) {
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
    if ((announced && (words.size() <= 24 || word_count(folded_words(words, arena)) <= 4)) || announces_methods(words))
      methods_label = words;
  }
  return any;
}

void SupportReader::read_icon(NodeId id, const std::vector<Label>& labels) {
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
void SupportReader::read_icon_name(std::string_view value) {
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

}  // namespace offprint
