// Tests of document/support.h: what a request says of currencies, least amounts, costs, advertisements and putting off.
#include <gtest/gtest.h>

#include <string>

#include "asked.h"

namespace offprint {
namespace {

RoleOf asked() {
  return [](std::string_view t, std::size_t) { return has(t, "ASK") ? Role::appeal : has(t, "tory") ? Role::body : Role::contribution; };
}

// A box of a page: what stands in a section of it.
Result box(const std::string& html, const std::string& lang = "en") {
  return from_html("<!doctype html><html lang=" + lang + "><body><p>A story of a town that paints its own bus stops, told at length here.</p><section>" + html +
                       "</section><p>Another paragraph of the story that goes on about colours and brushes.</p></body></html>",
                   asked());
}

Result told(const std::string& ask, const std::string& lang = "en") {
  return box("<p>ASK Please support our journalism.</p><p>ASK: " + ask + "</p><a href=/donate>Donate</a>", lang);
}

constexpr const char* dollars = "<button>$5</button><button>$25</button>";
std::vector<Sum> five_and_more(const std::string& code) { return {{5, code, ""}, {25, code, ""}}; }

TEST(SupportCurrency, DollarsThatTheFormNames) {
  const std::string ask = "<p>ASK Please support our journalism.</p>";
  EXPECT_EQ(box(ask + "<form action=/give>" + dollars + "</form>").amounts, five_and_more("USD"));
  EXPECT_EQ(box(ask + "<form action=/give data-currency=CAD>" + dollars + "</form>").amounts, five_and_more("CAD"));
  EXPECT_EQ(box(ask + "<form action=/give><input type=hidden name=currency value=NZD>" + dollars + "</form>").amounts, five_and_more("NZD"));
  EXPECT_EQ(box(ask + "<form action=/give><label>All amounts in CAD</label>" + dollars + "</form>").amounts, five_and_more("CAD"));
  EXPECT_EQ(box(ask + "<form action=/give>" + dollars + "<label>Other amount (A$) <input type=number name=amount min=2></label></form>").amounts,
            five_and_more("AUD"));
}

TEST(SupportCurrency, DollarsOfTheWordsAndOfTheCountry) {
  const std::string ask = "<p>ASK Please support our journalism.</p>";
  EXPECT_EQ(box(ask + dollars, "en-AU").amounts, five_and_more("AUD"));
  EXPECT_EQ(box(ask + dollars, "es-MX").amounts, five_and_more("MXN"));
  EXPECT_EQ(box(ask + dollars, "en-US").amounts, five_and_more("USD"));
  const Result r = box("<p>ASK Please support our journalism. It costs us C$400 a month.</p>" + std::string(dollars) + "<p>ASK Please give, from $2 a month.</p>");
  EXPECT_EQ(r.amounts, five_and_more("CAD"));
  EXPECT_EQ(r.minimum, (Sum{2, "CAD", "monthly"}));
  EXPECT_EQ(r.costs, (std::vector<Sum>{{400, "CAD", "month"}}));
}

TEST(SupportCurrency, PesosOfTheCountry) {
  const Result r = box("<p>ASK Apoya nuestro periodismo, desde $50 pesos al mes.</p><button>$50</button><button>$90</button>", "es-AR");
  EXPECT_EQ(r.minimum, (Sum{50, "ARS", "monthly"}));
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{50, "ARS", ""}, {90, "ARS", ""}}));
}

TEST(SupportCurrency, TheYuanAndTheYen) {
  const std::vector<Sum> yuan{{20, "CNY", ""}, {50, "CNY", ""}}, yen{{20, "JPY", ""}, {50, "JPY", ""}};
  EXPECT_EQ(box("<p>ASK 请支持我们的报道。</p><button>¥20</button><button>¥50</button>", "zh").amounts, yuan);
  EXPECT_EQ(box("<p>ASK 私たちをご支援ください。</p><button>¥20</button><button>¥50</button>", "ja").amounts, yen);
  EXPECT_EQ(from_text("ASK 请支持我们的报道，我们需要您的支持。\n¥20\n¥50\n", asked()).amounts, yuan);
  EXPECT_EQ(from_text("ASK 私たちの報道をご支援ください。\n¥20\n¥50\n", asked()).amounts, yen);
}

TEST(SupportCurrency, ConferencesAndFilesAreNone) {
  const std::string ask = "<p>ASK Please support our journalism.</p>";
  EXPECT_EQ(box(ask + "<p>ASK We need your support for our COP28 coverage.</p>" + dollars).amounts, five_and_more("USD"));
  EXPECT_EQ(box(ask + "<p>ASK We made the CAD files of our maps free for you.</p>" + dollars, "en-US").amounts, five_and_more("USD"));
  EXPECT_EQ(box("<p>ASK 請支持我們的報導，我們需要您的支持。</p><button>¥500</button><button>¥900</button>", "zh-Hant-TW").amounts, (std::vector<Sum>{{500, "JPY", ""}, {900, "JPY", ""}}));
}

TEST(SupportMinimum, OnlyAndEvenSpeakOfGifts) {
  EXPECT_EQ(told("Even $2 a month helps.").minimum, (Sum{2, "USD", "monthly"}));
  EXPECT_EQ(told("Bitte spenden Sie, schon 5 Euro helfen.", "de").minimum, (Sum{5, "EUR", ""}));
  EXPECT_EQ(told("Please donate just $3 today.").minimum, (Sum{3, "USD", ""}));
  EXPECT_FALSE(told("Readers gave €120,000 last year, and we have only €5,000 left.").has_minimum);
  EXPECT_EQ(told("If you can spare only $4, it is a help.").minimum, (Sum{4, "USD", ""}));
  EXPECT_EQ(told("Just 5 € helps, more so at the end of the year.").minimum, (Sum{5, "EUR", ""}));
  EXPECT_FALSE(told("Thanks to your donations we have only $5,000 left to raise.").has_minimum);
  EXPECT_FALSE(told("Last year readers donated just $2,000, far too little.").has_minimum);
  EXPECT_FALSE(told("Dank Ihrer Spenden haben wir bereits 5000 € gesammelt.", "de").has_minimum);
  EXPECT_FALSE(told("Dank Ihrer Spenden fehlen uns nur 5000 €.", "de").has_minimum);
  EXPECT_FALSE(told("Пожертвования принесли только 500 рублей.", "ru").has_minimum);
  EXPECT_EQ(told("Пожертвуйте, даже 100 рублей помогут.", "ru").minimum, (Sum{100, "RUB", ""}));
  EXPECT_FALSE(told("If everyone here gave just £2.75, our fundraiser would end today.").has_minimum);
}

TEST(SupportCosts, OfThePublisher) {
  EXPECT_EQ(told("Each report costs about $900 to make.").costs, (std::vector<Sum>{{900, "USD", ""}}));
  EXPECT_EQ(told("Our yearly budget is $20,000.").costs.size(), 1u);
  EXPECT_TRUE(told("Housing costs in the town rose by £200 a month, and it was told here.").costs.empty());
  EXPECT_TRUE(told("Last winter the council budget was £2 million.").costs.empty());
}

TEST(SupportAdFree, InManyWords) {
  EXPECT_EQ(told("Seit dem 4. Mai 2021 zeigen wir keine Anzeigen mehr.", "de").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("Seit dem 4. Mai 2021 haben wir die Werbung auf der Seite abgeschaltet.", "de").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("Depuis le 4 mai 2021, nous n'affichons plus de publicité.", "fr").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("Desde el 4 de mayo de 2021 no publicamos anuncios.", "es").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("Desde 4 de maio de 2021 não exibimos anúncios.", "pt").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("Dal 4 maggio 2021 non ospitiamo pubblicità.", "it").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("Od 4 maja 2021 nie wyświetlamy reklam.", "pl").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("С 4 мая 2021 года мы не показываем рекламу.", "ru").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("З 4 травня 2021 року ми не розміщуємо реклами.", "uk").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("4 Mayıs 2021'den beri reklam yayımlamıyoruz.", "tr").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("منذ 4 مايو 2021 لا ننشر أي إعلانات.", "ar").ad_free_since, "2021-05-04");
  EXPECT_EQ(told("自2021年5月4日起，本站不再刊登任何广告。", "zh").ad_free_since, "2021-05-04");
  for (const char* text : {"2021年5月4日から、広告の掲載をやめました。", "2021年5月4日から当サイトでは広告を表示していません。", "2021年5月4日から広告は掲載しておりません。",
                           "2021年5月4日から広告の配信をしていません。", "2021年5月4日からすべての広告を停止しました。"})
    EXPECT_EQ(told(text, "ja").ad_free_since, "2021-05-04") << text;
}

TEST(SupportAdFree, WhereThereAreAdvertisements) {
  EXPECT_EQ(told("Seit Mai 2021 haben wir Werbung auf der Seite.", "de").ad_free_since, "");
  for (const char* text : {"2021年5月から当サイトでは広告を表示しています。", "2021年5月から広告を載せています。", "2021年5月から広告を出しています。", "2021年5月から広告の配信をしています。",
                           "2021年5月から広告を掲載しています。", "2021年5月からすべての広告を自社で選んでいます。"})
    EXPECT_EQ(told(text, "ja").ad_free_since, "") << text;
}

TEST(SupportAdFree, SinceAMonthOrAYear) {
  EXPECT_EQ(told("We have been ad-free since May 2021.").ad_free_since, "2021-05");
  EXPECT_EQ(told("We have been ad-free since 2020.").ad_free_since, "2020");
  EXPECT_EQ(told("Seit Mai 2021 sind wir werbefrei.", "de").ad_free_since, "2021-05");
  EXPECT_EQ(told("Sin publicidad desde mayo de 2021.", "es").ad_free_since, "2021-05");
  EXPECT_EQ(told("С мая 2021 года у нас нет рекламы.", "ru").ad_free_since, "2021-05");
  EXPECT_EQ(told("Mayıs 2021'den beri reklam almıyoruz.", "tr").ad_free_since, "2021-05");
  EXPECT_EQ(told("自2021年5月起，本站没有广告。", "zh").ad_free_since, "2021-05");
  EXPECT_EQ(told("2021年から広告を廃止しました。", "ja").ad_free_since, "2021");
  EXPECT_EQ(told("Ad-free: in 2021 Liberia was the first.").ad_free_since, "");  // no "beri"
  EXPECT_EQ(told("Ad-free, we won a prize in 2020.").ad_free_since, "");  // a year, but not since when
}

TEST(SupportDefer, HoldsTheWordsOfItsLinkAlone) {
  const Result r = box("<h2>ASK Please support our journalism.</h2><p><a href=/donate>Yes, I’ll donate</a> <a href=#>Not now</a></p>");
  EXPECT_EQ(r.defer, "Not now");
  EXPECT_EQ(r.url, "https://example.org/donate");
  EXPECT_EQ(box("<h2>ASK Please support our journalism.</h2><p><a href=#>Not ready to give? Remind me later</a></p>").defer, "Not ready to give? Remind me later");
  EXPECT_EQ(box("<h2>ASK Please support our journalism.</h2><p><a href=/yes>Yes, I’ll donate</a><a href=/later> Not now</a></p>").url, "https://example.org/yes");
  EXPECT_EQ(box("<h2>ASK Please support our journalism.</h2><p><a href=/a>Maybe later</a> or <a href=/x>learn</a></p>").url, "");
}

TEST(SupportDefer, WordsTheModelsWereNotTaught) {
  EXPECT_EQ(box("<h2>ASK Please support our journalism.</h2><a href=/donate>Donate</a><p><a href=#>Hide this message</a></p>").defer, "Hide this message");
}

TEST(SupportChoices, LabelsWithWordsAround) {
  const Result r = box(
      "<p>ASK Please support our journalism.</p><form action=/give><label><input type=radio name=t value=a> Support £4/month</label>"
      "<label><input type=radio name=t value=b checked> <span>Recommended</span> Support £12/month <span>Unlock all extras: fewer asks, and a letter every week</span></label>"
      "<label><input type=radio name=t value=c> Support once from just £1</label></form>");
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{4, "GBP", "monthly"}, {12, "GBP", "monthly"}}));
  EXPECT_EQ(r.frequencies, (Strings{"monthly", "once"}));
  EXPECT_EQ(r.minimum, (Sum{1, "GBP", "once"}));
  const auto radios = [](const std::string& a, const std::string& b) {
    return box("<p>ASK Please support our journalism.</p><form action=/give><label><input type=radio name=t value=a> " + a +
               "</label><label><input type=radio name=t value=b> " + b + "</label></form>")
        .frequencies;
  };
  EXPECT_EQ(radios("Je donne une fois", "Je donne chaque mois"), (Strings{"once", "monthly"}));
  EXPECT_EQ(radios("今回のみの寄付", "毎月の寄付"), (Strings{"once", "monthly"}));
  EXPECT_EQ(radios("Make a one-time gift", "Give every month automatically"), (Strings{"once", "monthly"}));
}

TEST(SupportChoices, PanelsAreOfTheirTabs) {
  const Result r = box(
      "<p>ASK Please support our journalism.</p><div role=tablist><button role=tab aria-controls=p1>Monthly</button><button role=tab id=t2>Yearly</button></div>"
      "<div id=p1><button data-amount=5>$5</button></div><div aria-labelledby=t2><button data-amount=60>$60</button></div>");
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{5, "USD", "monthly"}, {60, "USD", "annual"}}));
}

TEST(SupportChoices, ASelectOfSumsIsARequest) {
  const Result r = box(
      "<p>ASK This site is free to read, thanks to you.</p><form action=/give><label>Amount</label><select name=amount><option>$10</option><option>$25</option>"
      "<option>$100</option></select><label>How often</label><select name=freq><option>One time</option><option>Every month</option></select></form>");
  EXPECT_TRUE(r.present);
  EXPECT_EQ(r.amounts.size(), 3u);
  EXPECT_EQ(r.frequencies, (Strings{"once", "monthly"}));
}

TEST(SupportChoices, WhatAYearComesToIsNoSum) {
  const Result r = box(
      "<p>ASK We keep this site free with your help.</p><label><input type=radio name=p value=y> $60 / year <em>($5 / month)</em></label>"
      "<label><input type=radio name=p value=m> $6 / month</label><a href=/membership/join>Become a member</a>");
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{60, "USD", "annual"}, {6, "USD", "monthly"}}));
}

TEST(SupportChoices, TiersOfFlattenedText) {
  const Result r = from_text("ASK Please support our journalism, we need your help.\nFriend 6 €/month\nAnnual patron 65 €/year\nSupport once from just €1\n", asked());
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{6, "EUR", "monthly"}, {65, "EUR", "annual"}}));
  EXPECT_EQ(r.frequencies, (Strings{"monthly", "annual", "once"}));
  EXPECT_EQ(r.minimum, (Sum{1, "EUR", "once"}));
}

TEST(SupportChoices, Cents) {
  const Result r = box("<p>ASK Please support our journalism.</p><form action=/give data-currency=USD><button name=amount_cents value=500>5</button><button>$25</button></form>");
  EXPECT_EQ(r.amounts, five_and_more("USD"));
}

TEST(SupportLinks, ALinkToAPlatformAndAFrameOfOne) {
  const Result r = box("<p>CONTROL <a href=https://donorbox.org/gazette>Double my gift</a></p>");
  EXPECT_EQ(r.url, "https://donorbox.org/gazette");
  EXPECT_TRUE(r.asks.empty());
  EXPECT_EQ(box("<p>ASK Please support our journalism.</p><iframe src=https://donorbox.org/embed/g></iframe>").url, "https://donorbox.org/embed/g");
}

TEST(SupportLinks, NoEndlessAddress) {
  EXPECT_EQ(box("<p>ASK Please support our journalism.</p><a href=/donate?" + std::string(3000, 'q') + ">Donate</a>").url, "");
}

// A button that says nothing of how to give, and leads nowhere, makes no request.
TEST(Support, NeverEmpty) {
  EXPECT_FALSE(from_text("A story of a town.\nDonate\n", asked()).present);
}

}  // namespace
}  // namespace offprint
