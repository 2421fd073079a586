// Tests of blocks/lexicon.h: what matches, what does not, and that every phrase of the data finds itself.
#include "blocks/lexicon.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "generated/lexicons.h"

namespace offprint {
namespace {

// A copy of its exact size, so that a sanitizer sees one byte too many.
struct Exact {
  std::unique_ptr<char[]> bytes;
  std::size_t size;
  explicit Exact(std::string_view text) : bytes(new char[text.size()]), size(text.size()) {
    if (size != 0) std::memcpy(bytes.get(), text.data(), size);
  }
  std::string_view view() const { return {bytes.get(), size}; }
};

LexiconHits hits_of(std::string_view text) {
  const Exact exact(text);
  LexiconHits hits;
  match_lexicons(exact.view(), hits);
  return hits;
}

std::vector<std::string> phrases_of(std::string_view text, Purpose purpose) {
  PhraseHit found[64];
  const std::size_t n = find_phrases(text, bit_of(purpose), found);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i)
    out.emplace_back(text.substr(found[i].begin, found[i].end - found[i].begin));
  return out;
}

struct Case {
  std::string_view text;
  Purpose purpose;
};

TEST(Lexicon, KnowsTheUsualWordsOfManyLanguages) {
  const Case cases[] = {
      {"We need your help to keep going", Purpose::support_ask},
      {"Нам нужна ваша помощь", Purpose::support_ask},
      {"Unterstützen Sie unseren Journalismus", Purpose::support_ask},
      {"Nous avons besoin de vous", Purpose::support_ask},
      {"Necesitamos tu apoyo", Purpose::support_ask},
      {"Precisamos de você", Purpose::support_ask},
      {"Abbiamo bisogno di te", Purpose::support_ask},
      {"Potrzebujemy Twojej pomocy", Purpose::support_ask},
      {"Нам потрібна ваша підтримка", Purpose::support_ask},
      {"Bağımsız gazeteciliğe destek olun", Purpose::support_ask},
      {"نحن بحاجة إلى دعمكم", Purpose::support_ask},
      {"我们需要您的支持", Purpose::support_ask},
      {"皆さまのご支援が必要です", Purpose::support_ask},
      {"Donate", Purpose::support_control},
      {"ПОДДЕРЖАТЬ", Purpose::support_control},
      {"Jetzt spenden!", Purpose::support_control},
      {"Faire un don", Purpose::support_control},
      {"Hazte socio", Purpose::support_control},
      {"Doe agora", Purpose::support_control},
      {"Wpłać", Purpose::support_control},
      {"BAĞIŞ YAP", Purpose::support_control},
      {"تبرّع الآن", Purpose::support_control},
      {"立即捐款", Purpose::support_control},
      {"寄付する", Purpose::support_control},
      {"Remind me later.", Purpose::defer},
      {"Напомнить позже", Purpose::defer},
      {"Später erinnern", Purpose::defer},
      {"Plus tard", Purpose::defer},
      {"Ahora no", Purpose::defer},
      {"Więcej? Może później", Purpose::defer},
      {"ليس الآن", Purpose::defer},
      {"稍后提醒我", Purpose::defer},
      {"Enjoying ad-free content?", Purpose::ad_free},
      {"Since July 1, 2024, we have disabled all ads", Purpose::ad_free},
      {"Мы полностью отключили рекламу", Purpose::ad_free},
      {"Dieses Angebot ist werbefrei", Purpose::ad_free},
      {"Accept all cookies", Purpose::consent},
      {"Çerez politikası", Purpose::consent},
      {"Пользуясь сайтом, вы соглашаетесь с использованием файлов cookie", Purpose::consent},
      {"Sign up for our newsletter", Purpose::newsletter},
      {"Share on Facebook", Purpose::share},
      {"Déjà abonné ?", Purpose::paywall},
      {"Already a subscriber?", Purpose::paywall},
      {"12 Kommentare", Purpose::comments},
      {"ЧИТАЙТЕ ТАКЖЕ", Purpose::related},
      {"相关阅读", Purpose::related},
      {"Advertisement", Purpose::advertisement},
      {"By Jane Roe", Purpose::byline},
      {"Von Max Mustermann", Purpose::byline},
      {"记者 王五", Purpose::byline},
      {"Updated 3 hours ago", Purpose::published},
      {"5 min read", Purpose::reading_time},
      {"Photo: A. Nyone", Purpose::credit},
      {"© 2024. All rights reserved.", Purpose::legal},
      {"Skip to content", Purpose::navigation},
      {"Поиск по сайту", Purpose::search},
      {"In den Warenkorb", Purpose::cart},
      {"Close", Purpose::controls},
      {"Correction: an earlier version of this article misspelt a name.", Purpose::notice},
      {"PayPal, Visa & MasterCard", Purpose::payment},
      {"from just $2", Purpose::minimum},
      {"300 рублей", Purpose::currency},
      {"par mois", Purpose::frequency},
  };
  for (const Case& c : cases)
    EXPECT_TRUE(hits_of(c.text).has(c.purpose)) << c.text << " " << name_of(c.purpose);
}

TEST(Lexicon, AnchorsColonsAndWordBounds) {
  EXPECT_FALSE(hits_of("Stand by me").has(Purpose::byline));
  EXPECT_TRUE(hits_of("  by Jane").has(Purpose::byline));
  EXPECT_FALSE(hits_of("The photo was old").has(Purpose::credit));
  EXPECT_TRUE(hits_of("Photo\u00A0: AFP").has(Purpose::credit));
  EXPECT_TRUE(hits_of("图：新华社").has(Purpose::credit));
  EXPECT_FALSE(hits_of("Donated blood").has(Purpose::support_control));
  EXPECT_TRUE(hits_of("Continue").has(Purpose::support_control));
  EXPECT_FALSE(hits_of("Continue to the story").has(Purpose::support_control));
  EXPECT_FALSE(hits_of("all, ads").has(Purpose::ad_free));
  EXPECT_FALSE(hits_of("Ad. Free").has(Purpose::ad_free)) << "a full stop parts a phrase";
  EXPECT_TRUE(hits_of("AD\u2011FREE").has(Purpose::ad_free));
}

TEST(Lexicon, ForgetsCaseAndAccents) {
  EXPECT_TRUE(hits_of("A LIRE AUSSI").has(Purpose::related));
  EXPECT_TRUE(hits_of("ещЁ ПО ТЕМЕ").has(Purpose::related));
  EXPECT_TRUE(hits_of("АВТОР").has(Purpose::byline));
  EXPECT_TRUE(hits_of("İLETİŞİM").has(Purpose::legal));
  EXPECT_TRUE(hits_of("ΔΙΑΦΗΜΙΣΗ").has(Purpose::advertisement));
  EXPECT_TRUE(hits_of("ＦＡＣＥＢＯＯＫ").has(Purpose::share)) << "full-width letters";
}

TEST(Lexicon, CountsAndCovers) {
  const LexiconHits h = hits_of("Once Monthly Annual");
  EXPECT_EQ(h.count[static_cast<std::size_t>(Purpose::frequency)], 3);
  EXPECT_EQ(h.bytes[static_cast<std::size_t>(Purpose::frequency)], 17);
  EXPECT_EQ(h.scanned, 19);
  const LexiconHits overlap = hits_of("newsletter newsletter");
  EXPECT_LE(overlap.bytes[static_cast<std::size_t>(Purpose::newsletter)], 21);
  EXPECT_EQ(hits_of("").purposes, 0u);
  EXPECT_EQ(hits_of("….!?").purposes, 0u);
  const std::string many(5000, 'a');
  EXPECT_EQ(hits_of(many).scanned, lexicon_bytes);
}

TEST(Lexicon, PhrasesCarryTheirMeaning) {
  PhraseHit found[8];
  ASSERT_EQ(find_phrases("10 zł miesięcznie", bit_of(Purpose::frequency), found), 1u);
  EXPECT_EQ(found[0].value, PhraseValue::monthly);
  ASSERT_EQ(find_phrases("10 złotych", bit_of(Purpose::currency), found), 1u);
  EXPECT_EQ(currency_codes()[static_cast<std::size_t>(found[0].value) -
                             static_cast<std::size_t>(PhraseValue::first_currency)],
            "PLN");
  EXPECT_EQ(phrases_of("Visa, Apple Pay and PayPal", Purpose::payment),
            (std::vector<std::string>{"Visa", "Apple Pay", "PayPal"}));
  EXPECT_EQ(phrases_of("用支付宝或微信支付", Purpose::payment),
            (std::vector<std::string>{"支付宝", "微信支付"}));
}

// Texts cut anywhere, and bytes that are no UTF-8, are read without a step beyond the end.
TEST(Lexicon, ReadsNoByteTooMany) {
  const std::string_view text = "Нам нужна ваша помощь 我们需要您的支持 ادعمونا 🎉 donate now";
  for (std::size_t n = 0; n <= text.size(); ++n) hits_of(text.substr(0, n));
  for (int c = 0x80; c < 0x100; ++c) {
    const char bytes[] = {static_cast<char>(c), static_cast<char>(0xBF), static_cast<char>(0xBF)};
    for (std::size_t n = 1; n <= 3; ++n) hits_of({bytes, n});
  }
  std::string dense;
  for (int i = 0; i < 5000; ++i) dense += "a ";
  PhraseHit found[4];
  find_phrases(dense, ~0u, found);
  hits_of(dense);
}

template <class Table>
void expect_sound(std::size_t first, std::size_t last) {
  for (const lexicons::Slot& slot : Table::slots)
    ASSERT_LE(std::size_t(slot.begin) + slot.count, Table::phrases.size());
  for (const lexicons::Phrase& p : Table::phrases) {
    ASSERT_GE(p.purpose, first);
    ASSERT_LT(p.purpose, last);
    ASSERT_GE(p.words, 1);
    if (p.words > 2) {
      ASSERT_LE(std::size_t(p.rest) + p.words - 2, Table::pool.size());
    }
  }
}

TEST(Lexicon, TablesAreSound) {
  expect_sound<lexicons::Purposes>(0, purpose_count);
  expect_sound<lexicons::OfRequests>(0, all_purpose_count);  // and what the models were not taught
}

// The words of requests are no features: match_lexicons() does not count them, find_phrases() finds them.
TEST(Lexicon, WordsOfRequestsAreFoundOnlyWhenAskedFor) {
  constexpr std::string_view text = "It costs us a lot: we need your help, or donate.";
  PhraseHit hits[8];
  ASSERT_EQ(find_phrases(text, bit_of(Purpose::plea) | bit_of(Purpose::cost), hits), 2u);
  EXPECT_EQ(hits[0].purpose, Purpose::cost);
  EXPECT_EQ(text.substr(hits[1].begin, hits[1].end - hits[1].begin), "we need your help");
  LexiconHits counted;
  match_lexicons(text, counted);
  EXPECT_EQ(counted.purposes >> purpose_count, 0u);
}

// Phrases of the models' purposes that they were not taught: likewise, among those that they were, each in its place.
TEST(Lexicon, WordsTheModelsWereNotTaught) {
  constexpr std::string_view text = "Last year, even $2 a month was at least a start.";
  PhraseHit hits[8];
  ASSERT_EQ(find_phrases(text, bit_of(Purpose::minimum) | bit_of(Purpose::frequency), hits), 4u);
  EXPECT_EQ(text.substr(hits[0].begin, hits[0].end - hits[0].begin), "Last year");
  EXPECT_EQ(hits[0].value, PhraseValue::none);
  EXPECT_EQ(text.substr(hits[1].begin, hits[1].end - hits[1].begin), "even");
  EXPECT_EQ(hits[1].value, PhraseValue::merely);
  EXPECT_EQ(hits[2].value, PhraseValue::monthly);
  EXPECT_EQ(text.substr(hits[3].begin, hits[3].end - hits[3].begin), "at least");
  LexiconHits heard, all;
  match_lexicons("Wir zeigen keinerlei Anzeigen", heard);
  EXPECT_FALSE(heard.has(Purpose::ad_free));
  find_phrases("Wir zeigen keinerlei Anzeigen", bit_of(Purpose::voice), hits, all);
  EXPECT_TRUE(all.has(Purpose::ad_free));
}

}  // namespace
}  // namespace offprint
