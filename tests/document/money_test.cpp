// Tests of document/money.h in the languages and shapes of its lexicons.
#include "document/money.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>

namespace offprint {
namespace {

struct Case {
  std::string_view text;
  double amount;
  std::string_view currency;
  std::string_view frequency;
  bool minimum = false;
};

std::size_t found_in(std::string_view text, std::span<FoundMoney> out, bool bare = false) {
  // A copy of its exact size, so that a sanitizer sees one byte too many; nothing of the result points into
  // it.
  const std::unique_ptr<char[]> copy(new char[text.size()]);
  if (!text.empty()) std::memcpy(copy.get(), text.data(), text.size());
  return find_money({copy.get(), text.size()}, out, bare);
}

class One : public testing::TestWithParam<Case> {};

TEST_P(One, Reads) {
  const Case& c = GetParam();
  std::array<FoundMoney, 8> found;
  const std::size_t n = found_in(c.text, found);
  ASSERT_EQ(n, 1u) << c.text;
  EXPECT_DOUBLE_EQ(found[0].amount, c.amount) << c.text;
  EXPECT_EQ(found[0].currency, c.currency) << c.text;
  EXPECT_EQ(name_of(found[0].frequency), c.frequency) << c.text;
  EXPECT_EQ(found[0].minimum, c.minimum) << c.text;
}

INSTANTIATE_TEST_SUITE_P(
    Languages, One,
    testing::Values(
        // English
        Case{"$10,000 a month", 10000, "USD", "monthly"},
        Case{"This commitment costs us $10,000 a month.", 10000, "USD", "monthly"},
        Case{"please support us monthly starting from just $2. It's quick", 2, "USD", "monthly", true},
        Case{"£3 per month", 3, "GBP", "monthly"}, Case{"US$5", 5, "USD", ""},
        Case{"CA$15/month", 15, "CAD", "monthly"}, Case{"$5 CAD", 5, "CAD", ""},
        Case{"A$7.50 weekly", 7.5, "AUD", "weekly"}, Case{"USD 1,234.56", 1234.56, "USD", ""},
        Case{"as little as $1 a week", 1, "USD", "weekly", true}, Case{"$5/mo", 5, "USD", "monthly"},
        Case{"$60 / yr", 60, "USD", "annual"}, Case{"$5 or more", 5, "USD", "", true},
        Case{"25 dollars a year", 25, "USD", "annual"}, Case{"$1.5 million", 1500000, "USD", ""},
        Case{"$10k per month", 10000, "USD", "monthly"}, Case{"Give $20 once", 20, "USD", "once"},
        Case{"₹1,00,000 per year", 100000, "INR", "annual"}, Case{"ZAR 150 per month", 150, "ZAR", "monthly"},
        // Russian, Ukrainian
        Case{"от 300 ₽ в месяц", 300, "RUB", "monthly", true}, Case{"1 000 ₽", 1000, "RUB", ""},
        Case{"1\u00A0500 руб. в год", 1500, "RUB", "annual"},
        Case{"500 рублей ежемесячно", 500, "RUB", "monthly"}, Case{"300 р. в месяц", 300, "RUB", "monthly"},
        Case{"10 тыс. рублей в месяц", 10000, "RUB", "monthly"}, Case{"2,5 млн руб.", 2500000, "RUB", ""},
        Case{"300 ₽/мес.", 300, "RUB", "monthly"}, Case{"100 грн на місяць", 100, "UAH", "monthly"},
        Case{"від 50 гривень щомісяця", 50, "UAH", "monthly", true},
        Case{"200 ₴ щороку", 200, "UAH", "annual"},
        // German
        Case{"€ 5 im Monat", 5, "EUR", "monthly"}, Case{"ab 5 Euro monatlich", 5, "EUR", "monthly", true},
        Case{"2.500,50 €", 2500.5, "EUR", ""}, Case{"10'000 CHF", 10000, "CHF", ""},
        Case{"CHF 10.– pro Monat", 10, "CHF", "monthly"}, Case{"5,- € pro Jahr", 5, "EUR", "annual"},
        Case{"schon ab 3 € pro Woche", 3, "EUR", "weekly", true},
        // French
        Case{"5 € par mois", 5, "EUR", "monthly"},
        Case{"à partir de 1 € par mois", 1, "EUR", "monthly", true},
        Case{"dès 2 € / mois", 2, "EUR", "monthly", true},
        Case{"12 500 euros par an", 12500, "EUR", "annual"}, Case{"2 millions d’euros", 2000000, "EUR", ""},
        Case{"5 $ CA par mois", 5, "CAD", "monthly"},
        // Spanish, Portuguese, Italian
        Case{"desde 3 € al mes", 3, "EUR", "monthly", true}, Case{"100 pesos al mes", 100, "MXN", "monthly"},
        Case{"R$ 10 por mês", 10, "BRL", "monthly"},
        Case{"a partir de R$ 15,90 mensais", 15.9, "BRL", "monthly", true},
        Case{"10 reais por ano", 10, "BRL", "annual"}, Case{"5 euro al mese", 5, "EUR", "monthly"},
        Case{"a partire da 2 euro all’anno", 2, "EUR", "annual", true},
        // Polish, Turkish, Czech, Swedish, Hungarian
        Case{"10 zł miesięcznie", 10, "PLN", "monthly"},
        Case{"już od 5 złotych miesięcznie", 5, "PLN", "monthly", true},
        Case{"ayda 50 TL", 50, "TRY", "monthly"}, Case{"aylık ₺100", 100, "TRY", "monthly"},
        Case{"Yılda 600 lira", 600, "TRY", "annual"}, Case{"100 Kč měsíčně", 100, "CZK", "monthly"},
        Case{"50 kr per månad", 50, "SEK", "monthly"}, Case{"1000 Ft", 1000, "HUF", ""},
        // Arabic
        Case{"٥ دولارات شهرياً", 5, "USD", "monthly"},
        Case{"ابتداءً من 10 يورو في الشهر", 10, "EUR", "monthly", true},
        Case{"ادعمونا شهريا ابتداء من دولارين فقط أو من 5 دولارات", 5, "USD", "monthly", true},
        Case{"١٬٥٠٠٫٥٠ درهم", 1500.5, "AED", ""}, Case{"50 جنيها", 50, "EGP", ""},
        // Chinese, Japanese, Korean
        Case{"每月30元", 30, "CNY", "monthly"}, Case{"每月￥30", 30, "CNY", "monthly"},
        Case{"30元起", 30, "CNY", "", true}, Case{"每年10美元", 10, "USD", "annual"},
        Case{"月500円から", 500, "JPY", "monthly", true}, Case{"費用は月に120万円です", 1200000, "JPY", "monthly"},
        Case{"5月500円", 500, "JPY", ""}, Case{"今月500円", 500, "JPY", ""}, Case{"哪怕每月5元", 5, "CNY", "monthly"},
        Case{"半年3,000円", 3000, "JPY", ""}, Case{"三个月20元", 20, "CNY", ""}, Case{"3ヵ月1,500円", 1500, "JPY", ""}, Case{"会費：年5,000円", 5000, "JPY", "annual"},
        Case{"月額500円", 500, "JPY", "monthly"}, Case{"毎月1,000円から", 1000, "JPY", "monthly", true},
        Case{"¥500", 500, "JPY", ""}, Case{"５００円", 500, "JPY", ""}, Case{"100万円", 1000000, "JPY", ""},
        Case{"매월 10,000원", 10000, "KRW", "monthly"}));

// At least, in words that say so of any sum, and in words that say so of gifts only.
TEST(Money, AtLeast) {
  std::array<FoundMoney, 4> m;
  for (const char* text :
       {"as low as $2", "bereits ab 5 €", "même pour 1 €", "dès 3 €", "basta con 5 euros", "a partir de apenas R$ 10", "bastano 3 euro", "wystarczy 15 zł",
        "хватит и 100 рублей", "вистачить 50 гривень", "50 liradan başlayan", "50 TL bile", "لا يقل عن 5 دولارات", "最少20元", "少なくとも500円"}) {
    ASSERT_EQ(found_in(text, m), 1u) << text;
    EXPECT_TRUE(m[0].minimum && !m[0].merely) << text;
  }
  for (const char* text : {"just $2", "even $2", "schon 5 €", "nur 5 €", "même 1 €", "solo 5 euros", "apenas R$ 10", "anche solo 3 euro", "solo 5 euros", "даже 100 рублей",
                           "навіть 50 гривень", "yalnızca 50 TL", "حتى 5 دولارات", "哪怕20元", "わずか500円"}) {
    ASSERT_EQ(found_in(text, m), 1u) << text;
    EXPECT_TRUE(m[0].minimum && m[0].merely) << text;
  }
  for (const char* text : {"bereits 5000 €", "auch 5 €", "anche 3 euro", "già 3 euro", "już 15 zł", "mesmo R$ 5"}) {
    ASSERT_EQ(found_in(text, m), 1u) << text;
    EXPECT_FALSE(m[0].minimum) << text;
  }
  for (const char* text : {"R$ 10 e mais", "R$ 10 e mais por mês", "5 € und mehr.", "5 € et plus par mois", "$5 and more a month", "$5 or more"}) {
    ASSERT_EQ(found_in(text, m), 1u) << text;
    EXPECT_TRUE(m[0].minimum) << text;
  }
  for (const char* text : {"R$ 10 e mais leitores", "5 € und mehr Leser", "5 € et plus de lecteurs", "5 € y más lectores", "$5 and more readers"}) {
    ASSERT_EQ(found_in(text, m), 1u) << text;
    EXPECT_FALSE(m[0].minimum) << text;
  }
  ASSERT_EQ(found_in("Our readers gave €120,000 last year", m), 1u);
  EXPECT_EQ(name_of(m[0].frequency), "");
}

TEST(Money, SignsOfSeveralCurrencies) {
  std::array<FoundMoney, 4> m;
  for (const char* text : {"$5", "5 $", "¥500", "￥500"}) {
    ASSERT_EQ(found_in(text, m), 1u);
    EXPECT_TRUE(m[0].vague) << text;
  }
  for (const char* text : {"US$5", "C$5", "$5 CAD", "5 $ CA", "$50 pesos", "每月￥30", "500円", "5 €"}) {
    ASSERT_EQ(found_in(text, m), 1u);
    EXPECT_FALSE(m[0].vague) << text;
  }
  EXPECT_EQ(named_dollar("All amounts in CAD"), "CAD");
  EXPECT_EQ(named_dollar("Other amount (A$)"), "AUD");
  for (const char* text : {"Give 5 CAD", "Give CAD 5", "Give CAD$5 a month", "$5 (CAD)", "CAD"}) EXPECT_EQ(named_dollar(text), "CAD") << text;
  for (const char* text : {"Our COP28 coverage costs $5", "The CAD files of our maps are free. Please donate $5"}) EXPECT_EQ(named_dollar(text), "") << text;
  EXPECT_EQ(named_dollar("Give $5, or a few dollars more"), "");
  EXPECT_EQ(named_dollar("C$5 or US$4"), "");
  EXPECT_EQ(local_currency("en-AU", false), "AUD");
  EXPECT_EQ(local_currency("es_MX", false), "MXN");
  EXPECT_EQ(local_currency("en", false), "");
  EXPECT_EQ(local_currency("zh-CN", true), "CNY");
  EXPECT_EQ(local_currency("zh-Hans", true), "CNY");
  for (const char* language : {"zh-TW", "zh-Hant-TW", "zh-Hant-HK", "zh_HK"}) EXPECT_EQ(local_currency(language, true), "") << language;
  EXPECT_EQ(local_currency("ja", true), "JPY");
  EXPECT_EQ(local_currency("en-GB", true), "");
}

TEST(Money, SeveralInOneText) {
  std::array<FoundMoney, 8> m;
  ASSERT_EQ(found_in("$5 $10 $25", m), 3u);
  EXPECT_DOUBLE_EQ(m[2].amount, 25);
  ASSERT_EQ(found_in("5 € 10 € 25 €", m), 3u);
  EXPECT_DOUBLE_EQ(m[0].amount, 5);
  EXPECT_DOUBLE_EQ(m[2].amount, 25);
  ASSERT_EQ(found_in("5€10€25€", m), 3u);
  ASSERT_EQ(found_in("€ 5 € 10 € 25", m), 3u);
  ASSERT_EQ(found_in("$5 a month, $50 a year", m), 2u);
  EXPECT_EQ(name_of(m[0].frequency), "monthly");
  EXPECT_EQ(name_of(m[1].frequency), "annual");
  ASSERT_EQ(found_in("300 ₽ 500 ₽ 1 000 ₽", m), 3u);
  EXPECT_DOUBLE_EQ(m[2].amount, 1000);
}

// Blanks group thousands, but not where numbers stand in a row on buttons.
TEST(Money, NumbersInARow) {
  std::array<FoundMoney, 8> found;
  ASSERT_EQ(found_in("5 20 50 100 Other", found, true), 4u);
  EXPECT_EQ(found[2].amount, 50);
  EXPECT_EQ(found[3].amount, 100);
  ASSERT_EQ(found_in("1 000 ₽", found, true), 1u);
  EXPECT_EQ(found[0].amount, 1000);
  ASSERT_EQ(found_in("$50 MXN $200 MXN", found), 2u);
  EXPECT_EQ(found[1].currency, "MXN");
}

TEST(Money, WhatIsNone) {
  std::array<FoundMoney, 8> m;
  EXPECT_EQ(found_in("In 2024 we had 3 journalists", m), 0u);
  EXPECT_EQ(found_in("", m), 0u);
  EXPECT_EQ(found_in("$", m), 0u);
  EXPECT_EQ(found_in("Article 5 of 10", m), 0u);
  ASSERT_EQ(found_in("25", m, true), 1u);
  EXPECT_EQ(m[0].currency, "");
  EXPECT_EQ(found_in("A4", m, true), 0u);
}

TEST(Money, Numbers) {
  const auto number = [](std::string_view text) {
    double v = -1;
    read_number(text, v);
    return v;
  };
  EXPECT_DOUBLE_EQ(number("1,234.5"), 1234.5);
  EXPECT_DOUBLE_EQ(number("1.234,5"), 1234.5);
  EXPECT_DOUBLE_EQ(number("1 234,5"), 1234.5);
  EXPECT_DOUBLE_EQ(number("1.234.567"), 1234567);
  EXPECT_DOUBLE_EQ(number("10’000.50"), 10000.5);
  EXPECT_DOUBLE_EQ(number("12,34,567"), 1234567);
  EXPECT_DOUBLE_EQ(number("0.125"), 0.125);
  EXPECT_DOUBLE_EQ(number("2.500"), 2500);
  EXPECT_DOUBLE_EQ(number("2.50"), 2.5);
  EXPECT_DOUBLE_EQ(number("5."), 5);
  EXPECT_DOUBLE_EQ(number("5 10"), 5);
  EXPECT_DOUBLE_EQ(number("2024 100"), 2024);
  EXPECT_DOUBLE_EQ(number("१२३"), 123);
  EXPECT_DOUBLE_EQ(number("x"), -1);
  double v = 0;
  EXPECT_EQ(read_number("99999999999999999999", v), 0u);
}

TEST(Money, Frequencies) {
  EXPECT_EQ(name_of(frequency_of("One-time")), "once");
  EXPECT_EQ(name_of(frequency_of(" ONE_TIME ")), "once");
  EXPECT_EQ(name_of(frequency_of("Ежемесячно")), "monthly");
  EXPECT_EQ(name_of(frequency_of("Einmalig")), "once");
  EXPECT_EQ(name_of(frequency_of("Jährlich")), "annual");
  EXPECT_EQ(name_of(frequency_of("Anual")), "annual");
  EXPECT_EQ(name_of(frequency_of("شهرياً")), "monthly");
  EXPECT_EQ(name_of(frequency_of("毎月")), "monthly");
  EXPECT_EQ(name_of(frequency_of("Give monthly")), "monthly");
  EXPECT_EQ(name_of(frequency_of("Give me a month of your time, please")), "");
  EXPECT_EQ(name_of(frequency_of("once or monthly")), "");
}

TEST(Money, Currencies) {
  EXPECT_EQ(currency_of("€"), "EUR");
  EXPECT_EQ(currency_of("usd"), "USD");
  EXPECT_EQ(currency_of("US$"), "USD");
  EXPECT_EQ(currency_of("рублей"), "RUB");
  EXPECT_EQ(currency_of("zł"), "PLN");
  EXPECT_EQ(currency_of("abc"), "");
  EXPECT_EQ(currency_of(""), "");
}

TEST(Money, Sentences) {
  const std::string_view text = "We are free. It costs us $10.50 a day! 300 руб. в месяц. Thanks";
  EXPECT_EQ(sentence_at(text, 0), "We are free.");
  EXPECT_EQ(sentence_at(text, text.find("$")), "It costs us $10.50 a day!");
  EXPECT_EQ(sentence_at(text, text.find("300")), "300 руб. в месяц.");
  EXPECT_EQ(sentence_at(text, text.size() - 1), "Thanks");
  EXPECT_EQ(sentence_at("毎月100万円かかります。ご支援を。", 0), "毎月100万円かかります。");
  EXPECT_EQ(sentence_at("Seit dem 1. Juli 2024 ohne Werbung. Danke.", 0),
            "Seit dem 1. Juli 2024 ohne Werbung.");
  EXPECT_EQ(sentence_at("It costs $10. July is dear.", 0), "It costs $10.");
  EXPECT_EQ(sentence_at("", 0), "");
}

// Any bytes, cut anywhere, are read without a step beyond the end.
TEST(Money, ReadsNoByteTooMany) {
  const std::string_view text = "от 1 000 ₽ в месяц, R$ 15,90/mês; ١٬٥٠٠٫٥٠ درهم 每月30元起 5,- € $";
  std::array<FoundMoney, 8> m;
  for (std::size_t n = 0; n <= text.size(); ++n) {
    found_in(text.substr(0, n), m, true);
    found_in(text.substr(n), m, true);
    sentence_at(text.substr(0, n), n / 2);
  }
}

}  // namespace
}  // namespace offprint
