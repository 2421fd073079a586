// Amounts of money as people write them: "$10,000 a month", "от 300 ₽ в месяц", "R$ 10 por mês", "每月30元".
//
// The outside interface is below; tests/document/money_test.cpp tests it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "blocks/lexicon.h"

namespace offprint {

struct FoundMoney {
  double amount = 0;
  std::string_view currency;  // ISO 4217; empty where the number stands without a currency
  PhraseValue frequency =
      PhraseValue::none;             // once, monthly, annual or weekly, where the words around it say so
  bool minimum = false;              // "from", "as little as", "or more"
  bool merely = false;               // …but only "just", "even": the least of a gift, not of any sum
  bool vague = false;                // by "$" or "¥" alone, which are others' signs, too: USD, JPY
  std::uint32_t begin = 0, end = 0;  // bytes of the text: number and currency
};

// The amounts in the first 4096 bytes of a text, in its order; returns how many of `out` were filled. Numbers
// without a currency are left out, unless `bare` asks for them (a button that says "25").
std::size_t find_money(std::string_view text, std::span<FoundMoney> out, bool bare = false);

// A number with any of the separators in use: "1,234.5", "1.234,5", "1 234,5", "10'000", "1,00,000",
// Arabic-Indic, Persian, Devanagari and full-width digits. Returns the bytes read at the beginning of the
// text, 0 where none is one.
std::size_t read_number(std::string_view text, double& value);

// Whose sign may be "$" alone.
bool is_dollar_or_peso(std::string_view code);
// The dollars, pesos or yuan that a text names by more than "$" or "¥"; empty where it names none, or several.
std::string_view named_dollar(std::string_view text);
// The currency of a country whose signs are others', too, by a BCP 47 tag: "en-AU" AUD, "zh" CNY, "en" none. yen: of "¥", else "$".
std::string_view local_currency(std::string_view language, bool yen);

// The code that a currency's sign, word or code stands for ("€", "EUR", "евро", "US$"); empty where it is
// none.
std::string_view currency_of(std::string_view text);

// What a whole word or attribute value says of frequency ("one-time", "MONTHLY", "ежемесячно"); none where it
// says more than that, or nothing.
PhraseValue frequency_of(std::string_view text);

std::string_view name_of(PhraseValue frequency);    // once, monthly, annual, weekly
std::string_view period_of(PhraseValue frequency);  // month, year, week

// The sentence of a text that the byte `at` lies in, trimmed.
std::string_view sentence_at(std::string_view text, std::size_t at);

}  // namespace offprint
