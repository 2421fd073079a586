// Currencies by sign, code and word.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "blocks/lexicon.h"
#include "document/money.h"
#include "document/money_parts.h"

namespace offprint {
namespace money {
namespace {

struct Sign {
  std::string_view sign, code;
};
// Signs and short forms; longer ones before those they begin with. Words are in
// src/roles/lexicons/currency.txt.
constexpr Sign signs[] = {
    {"US$", "USD"}, {"U.S.$", "USD"}, {"USD$", "USD"}, {"CA$", "CAD"}, {"CAD$", "CAD"}, {"C$", "CAD"},
    {"AU$", "AUD"}, {"A$", "AUD"},    {"NZ$", "NZD"},  {"HK$", "HKD"}, {"NT$", "TWD"},  {"MX$", "MXN"},
    {"R$", "BRL"},  {"S$", "SGD"},    {"AR$", "ARS"},  {"$", "USD"},   {"＄", "USD"},   {"€", "EUR"},
    {"£", "GBP"},   {"￡", "GBP"},    {"JP¥", "JPY"},  {"CN¥", "CNY"}, {"RMB¥", "CNY"}, {"¥", "JPY"},
    {"￥", "JPY"},  {"₽", "RUB"},     {"₴", "UAH"},    {"₺", "TRY"},   {"₹", "INR"},    {"₩", "KRW"},
    {"₪", "ILS"},   {"₸", "KZT"},     {"₾", "GEL"},    {"֏", "AMD"},   {"₫", "VND"},    {"฿", "THB"},
    {"₱", "PHP"},   {"₦", "NGN"},     {"₵", "GHS"},    {"₼", "AZN"},   {"₡", "CRC"},    {"₿", "XBT"},
    {"元", "CNY"},  {"圓", "TWD"},    {"块", "CNY"},   {"円", "JPY"},  {"원", "KRW"},   {"zł", "PLN"},
    {"zl", "PLN"},  {"Kč", "CZK"},    {"Kčs", "CZK"},  {"Fr.", "CHF"}, {"SFr", "CHF"},  {"Rs.", "INR"},
    {"Rs", "INR"},  {"TL", "TRY"},    {"лв", "BGN"},   {"р.", "RUB"},  {"р", "RUB"},    {"ج.م", "EGP"},
    {"د.إ", "AED"}, {"ر.س", "SAR"},   {"د.م", "MAD"},  {"د.ك", "KWD"}, {"د.أ", "JOD"},  {"ل.ل", "LBP"},
    {"﷼", "SAR"},   {"Ft", "HUF"},    {"kr", "SEK"},
};
// Codes that are written out beside amounts, in capitals.
constexpr std::string_view codes[] = {
    "AED", "AMD", "ARS", "AUD", "AZN", "BGN", "BRL", "BYN", "CAD", "CHF", "CLP", "CNY", "COP",
    "CZK", "DKK", "EGP", "EUR", "GBP", "GEL", "GHS", "HKD", "HUF", "IDR", "ILS", "INR", "ISK",
    "JOD", "JPY", "KES", "KRW", "KWD", "KZT", "LBP", "MAD", "MDL", "MXN", "MYR", "NGN", "NOK",
    "NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB",
    "TND", "TRY", "TWD", "UAH", "USD", "UYU", "UZS", "VND", "XOF", "ZAR"};

// The bytes that signs and codes begin with: most places of a text need no further look.
constexpr std::array<bool, 256> begins_sign = [] {
  std::array<bool, 256> bytes{};
  for (const Sign& s : signs) bytes[static_cast<unsigned char>(s.sign[0])] = true;
  return bytes;
}();
constexpr std::array<bool, 256> begins_token = [] {
  std::array<bool, 256> bytes = begins_sign;
  for (const std::string_view code : codes) bytes[static_cast<unsigned char>(code[0])] = true;
  return bytes;
}();

}  // namespace

bool token_at(std::string_view text, std::size_t at, Token& out) {
  if (begins_sign[static_cast<unsigned char>(text[at])])
    for (const Sign& s : signs) {
      if (s.sign[0] != text[at] || !text.substr(at).starts_with(s.sign)) continue;
      const std::size_t end = at + s.sign.size();
      // A sign of letters is a word of its own, but digits may touch it.
      if (letter_at(s.sign, 0) && letter_before(text, at)) continue;
      if (letter_before(s.sign, s.sign.size()) && letter_at(text, end)) continue;
      out = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), s.code, s.sign == "$" || s.sign == "＄", s.sign == "¥" || s.sign == "￥"};
      return true;
    }
  if (text.size() - at >= 3 && is_upper(text[at]) && is_upper(text[at + 1]) && is_upper(text[at + 2]) &&
      !letter_before(text, at) && !letter_at(text, at + 3))
    for (const std::string_view code : codes)
      if (code[0] == text[at] && code[1] == text[at + 1] && code[2] == text[at + 2]) {
        out = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 3), code, false};
        return true;
      }
  return false;
}

std::size_t find_tokens(std::string_view text, std::span<const PhraseHit> words, std::span<Token, max_tokens> out) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size() && n < max_tokens;) {
    Token token;
    if (begins_token[static_cast<unsigned char>(text[at])] && token_at(text, at, token)) {
      out[n++] = token;
      at = token.end;
    } else {
      at += code_point_at(text, at).size;
    }
  }
  for (const PhraseHit& w : words) {
    if (n == max_tokens) break;
    const auto index =
        static_cast<std::size_t>(w.value) - static_cast<std::size_t>(PhraseValue::first_currency);
    if (index >= currency_codes().size()) continue;
    std::size_t k = 0;  // "USD" is both a code and a word; "美元" ends in the sign "元"
    while (k < n && (out[k].end <= w.begin || w.end <= out[k].begin)) ++k;
    if (k < n && out[k].end - out[k].begin >= w.end - w.begin) continue;
    out[k] = {w.begin, w.end, currency_codes()[index], false};
    if (k == n) ++n;
  }
  std::sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(n),
            [](const Token& a, const Token& b) { return a.begin < b.begin; });
  return n;
}

}  // namespace money

bool is_dollar_or_peso(std::string_view code) {
  return (code.ends_with('D') && code != "AED" && code != "JOD" && code != "KWD" && code != "RSD" && code != "TND" && code != "MAD") ||
         code == "MXN" || code == "ARS" || code == "CLP" || code == "COP" || code == "UYU";
}

// "Amounts in CAD", before a code.
static constexpr std::string_view in_words[] = {"in", "en", "em", "w", "в", "у"};
// Whether a code is one of money: beside a number ("5 CAD", "CAD$5"), in brackets, alone, or behind "in" ("All amounts in CAD");
// in "COP28" and "CAD files" it is none.
static bool is_of_money(std::string_view text, const money::Token& t) {
  std::size_t before = t.begin;
  if (before > 0)
    if (const CodePoint last = code_point_before(text, before); money::is_blank(last.value)) before -= last.size;
  const std::size_t behind = money::skip_blanks(text, t.end, 1);
  const auto digit_at = [&](std::size_t at) { return at < text.size() && money::digit_of(code_point_at(text, at).value) >= 0; };
  if (digit_at(t.end)) return false;  // "COP28"
  if (before > 0 && money::digit_of(code_point_before(text, before).value) >= 0) return true;
  if (digit_at(behind)) return true;
  if (before > 0 && text[before - 1] == '$') return true;  // "$ CAD"
  if (behind < text.size() && std::string_view(").,;:").find(text[behind]) == std::string_view::npos) return false;
  if (before == 0 || text[before - 1] == '(') return true;
  return std::any_of(std::begin(in_words), std::end(in_words), [&](std::string_view in) {
    return before >= in.size() && text.substr(0, before).ends_with(in) && !money::letter_before(text, before - in.size());
  });
}

std::string_view named_dollar(std::string_view text) {
  // Most texts name no currency at all.
  if (text.find('$') == text.npos && text.find("peso") == text.npos &&
      std::none_of(std::begin(money::codes), std::end(money::codes),
                   [&](std::string_view code) { return is_dollar_or_peso(code) && text.find(code) != text.npos; }))
    return {};
  std::array<PhraseHit, 32> words;
  const std::size_t n = find_phrases(text, bit_of(Purpose::currency), words);
  std::array<money::Token, money::max_tokens> tokens;
  const std::size_t count = money::find_tokens(whole_prefix(text, 4096), std::span(words).first(n), tokens);
  std::string_view found;
  for (const money::Token& t : std::span(tokens).first(count)) {
    if (t.end - t.begin == 3 && equal_ascii_case(text.substr(t.begin, 3), t.code) && !is_of_money(text, t)) continue;
    if (t.dollar || t.yen || !is_dollar_or_peso(t.code)) continue;
    const std::string_view word = text.substr(t.begin, t.end - t.begin);
    if (t.code == "USD" && word.find('$') == word.npos && word != "USD") continue;  // "dollars" are anybody's
    if (!found.empty() && found != t.code) return {};
    found = t.code;
  }
  return found;
}

std::string_view local_currency(std::string_view language, bool yen) {
  const auto is = [&](std::string_view tongue) {
    return starts_with_ascii_case(language, tongue) && (language.size() == tongue.size() || language[tongue.size()] == '-' || language[tongue.size()] == '_');
  };
  struct Country {
    std::string_view region, code;
  };
  static constexpr Country countries[] = {{"us", "USD"}, {"ca", "CAD"}, {"au", "AUD"}, {"nz", "NZD"}, {"hk", "HKD"},
                                          {"sg", "SGD"}, {"tw", "TWD"}, {"mx", "MXN"}, {"ar", "ARS"}, {"cl", "CLP"},
                                          {"co", "COP"}, {"uy", "UYU"}};
  const std::size_t dash = language.find_last_of("-_");
  const std::string_view region = dash == language.npos ? std::string_view() : language.substr(dash + 1);
  const auto in = [&](std::string_view where) { return equal_ascii_case(region, where); };
  if (yen) return is("zh") && !in("tw") && !in("hk") && !in("mo") ? "CNY" : is("ja") ? "JPY" : "";  // "zh-Hant-TW"
  for (const Country& c : countries)
    if (in(c.region)) return c.code;
  return {};
}

std::string_view currency_of(std::string_view text) {
  text = trim(text);
  if (text.empty()) return {};
  if (text.size() == 3)
    for (const std::string_view code : money::codes)
      if (equal_ascii_case(text, code)) return code;
  money::Token token;
  if (money::token_at(text, 0, token) && token.end == text.size()) return token.code;
  PhraseHit hit[1];
  if (find_phrases(text, bit_of(Purpose::currency), hit) == 1 && hit[0].begin == 0 &&
      hit[0].end == text.size()) {
    const auto index =
        static_cast<std::size_t>(hit[0].value) - static_cast<std::size_t>(PhraseValue::first_currency);
    if (index < currency_codes().size()) return currency_codes()[index];
  }
  return {};
}

}  // namespace offprint
