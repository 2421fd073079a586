// Tests of document/support.h. The roles are set by hand: the model that finds them is tested elsewhere.
#include "document/support.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "asked.h"

namespace offprint {
namespace {

TEST(Support, NothingAsksNothingFound) {
  const auto body = [](std::string_view, std::size_t) { return Role::body; };
  EXPECT_FALSE(from_text("Donate blood, says the hospital.\nIt costs $10 a month.\n", body).present);
  EXPECT_FALSE(from_text("", body).present);
  // A stray "Continue" that the model takes for a control of giving is none.
  EXPECT_FALSE(from_text("Story.\nClose\n", [](std::string_view t, std::size_t) {
                 return t == "Close" ? Role::contribution : Role::body;
               }).present);
}

// ---- The model capture ----

std::string capture() {
  std::ifstream file(OFFPRINT_SHARED_DIR "/captures/moscow-times-article.txt", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

RoleOf capture_roles() {
  return [](std::string_view t, std::size_t) {
    if (t == "×") return Role::controls;
    for (const std::string_view head :
         {"Enjoying", "Since July", "This commitment", "Our journalism", "A Message from", "Dear readers",
          "We are facing", "These actions", "We, the journalists", "Your support, no", "By supporting"})
      if (t.starts_with(head)) return Role::appeal;
    for (const std::string_view word :
         {"Support us", "Once", "Monthly", "Annual", "Continue", "paiment methods"})
      if (t == word) return Role::contribution;
    if (t.starts_with("Not ready") || t.starts_with("Remind me")) return Role::controls;
    if (t.starts_with("Read more")) return Role::related;
    if (t.starts_with("Putin Meets")) return Role::headline;
    if (t == "Kremlin Press Service") return Role::caption;
    return Role::body;
  };
}

void expect_capture(const Result& r) {
  EXPECT_TRUE(r.present);
  ASSERT_EQ(r.asks.size(), 11u);
  EXPECT_EQ(r.asks[0], "Enjoying ad-free content?");
  EXPECT_TRUE(r.asks[1].starts_with("Since July 1, 2024"));
  EXPECT_TRUE(r.asks[2].starts_with("This commitment costs us"));
  EXPECT_TRUE(r.asks[3].starts_with("Our journalism is banned"));
  EXPECT_TRUE(r.asks[10].starts_with("By supporting"));
  EXPECT_EQ(r.frequencies, (Strings{"once", "monthly", "annual"}));
  EXPECT_TRUE(r.amounts.empty());
  EXPECT_TRUE(r.has_minimum);
  EXPECT_EQ(r.minimum, (Sum{2, "USD", "monthly"}));
  EXPECT_EQ(r.costs, (std::vector<Sum>{{10000, "USD", "month"}}));
  EXPECT_EQ(r.cost_texts, (Strings{"This commitment costs us $10,000 a month."}));
  EXPECT_EQ(r.ad_free_since, "2024-07-01");
  EXPECT_EQ(r.defer, "Not ready to support today? Remind me later.");
  EXPECT_EQ(r.methods, Strings{"paiment methods"});
  EXPECT_EQ(r.url, "");
}

TEST(Support, ModelCapture) {
  expect_capture(from_text(capture(), capture_roles()));
}

TEST(Support, ModelCaptureWithErrorsOfTheModel) {
  const RoleOf right = capture_roles();
  const std::vector<std::pair<std::string_view, Role>> errors = {
      {"Continue", Role::controls},      {"Monthly", Role::controls},      {"Once", Role::form},
      {"Annual", Role::appeal},          {"Enjoying", Role::notice},       {"Since July", Role::notice},
      {"This commitment", Role::notice}, {"Our journalism", Role::notice}, {"Not ready", Role::contribution},
      {"Remind me", Role::contribution}, {"Not ready", Role::appeal},      {"Remind me", Role::other},
      {"Dear readers", Role::notice},    {"Support us", Role::appeal},     {"Support us", Role::controls},
      {"×", Role::contribution}};
  for (const auto& [head, wrong] : errors) {
    SCOPED_TRACE(head);
    expect_capture(from_text(capture(), [&](std::string_view t, std::size_t i) {
      return t.starts_with(head) ? wrong : right(t, i);
    }));
  }
  // All three parts of the notice at once.
  expect_capture(from_text(capture(), [&](std::string_view t, std::size_t i) {
    return t.starts_with("Enjoying") || t.starts_with("Since July") || t.starts_with("This commitment")
               ? Role::notice
               : right(t, i);
  }));
}

// ---- The sample pages of the repository ----

std::string sample(std::string_view name) {
  std::ifstream file(std::string(OFFPRINT_SOURCE_DIR "/examples/pages/").append(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

RoleOf gazette_roles() {
  return [](std::string_view t, std::size_t) {
    for (const std::string_view head :
         {"Reading without", "On September 3", "That decision", "Our reporters are", "A letter from",
          "Dear reader", "We have reported", "We will go on", "If you value", "If times are"})
      if (t.starts_with(head)) return Role::appeal;
    for (const std::string_view word :
         {"Support us", "Once", "Monthly", "Annual", "Continue", "£", "Visa", "How often"})
      if (t.starts_with(word)) return Role::contribution;
    if (t.starts_with("Not able to") || t.starts_with("Remind me") || t == "×") return Role::controls;
    if (has(t, "cookies") || has(t, "necessary") || has(t, "Accept")) return Role::consent;
    return t.size() < 40 ? Role::navigation : Role::body;
  };
}

void expect_gazette(const Result& r) {
  EXPECT_TRUE(r.present);
  ASSERT_EQ(r.asks.size(), 10u);
  EXPECT_EQ(r.asks.front(), "Reading without adverts?");
  EXPECT_TRUE(r.asks.back().starts_with("If times are hard"));
  EXPECT_EQ(r.frequencies, (Strings{"once", "monthly", "annual"}));
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{3, "GBP", ""}, {8, "GBP", ""}, {15, "GBP", ""}}));
  EXPECT_EQ(r.minimum, (Sum{3, "GBP", "monthly"}));
  EXPECT_EQ(r.costs, (std::vector<Sum>{{4200, "GBP", "month"}}));
  EXPECT_EQ(r.cost_texts, (Strings{"That decision costs us £4,200 a month."}));
  EXPECT_EQ(r.ad_free_since, "2023-09-03");
  EXPECT_EQ(r.defer, "Not able to give today? Remind me later.");
  EXPECT_EQ(r.methods, (Strings{"Visa", "Mastercard", "PayPal", "Apple Pay"}));
}

TEST(Support, SamplePage) {
  const Result r = from_html(sample("harbour-gazette.html"), gazette_roles());
  expect_gazette(r);
  EXPECT_EQ(r.url, "https://give.harbour-gazette.example/start");
}

TEST(Support, SamplePageFlattened) {
  expect_gazette(from_text(sample("harbour-gazette.txt"), gazette_roles()));
}

// ---- Flattened requests in other languages ----

struct Language {
  std::string_view name, text;
  Strings frequencies;
  Sum minimum;
  std::vector<Sum> costs;
  std::string_view ad_free_since, defer;
  Strings methods;
};
void PrintTo(const Language& l, std::ostream* out) {
  *out << l.name;
}

class Languages : public testing::TestWithParam<Language> {};

TEST_P(Languages, Read) {
  const Language& l = GetParam();
  const Result r = from_text(l.text, all_request());
  EXPECT_TRUE(r.present);
  EXPECT_EQ(r.frequencies, l.frequencies);
  EXPECT_TRUE(r.has_minimum);
  EXPECT_EQ(r.minimum, l.minimum);
  EXPECT_EQ(r.costs, l.costs);
  EXPECT_EQ(r.ad_free_since, l.ad_free_since);
  EXPECT_EQ(r.defer, l.defer);
  EXPECT_EQ(r.methods, l.methods);
}

INSTANTIATE_TEST_SUITE_P(
    Support, Languages,
    testing::Values(
        Language{
            "ru",
            "С 1 марта 2023 года мы полностью отключили рекламу на сайте, чтобы вам было удобнее читать.\n"
            "Это обходится нам в 500 000 рублей в месяц, и без вас нам не справиться.\n"
            "Поддержите нас: любая сумма важна, а подписка начинается от 300 ₽ в месяц.\n"
            "Разово\nЕжемесячно\nЕжегодно\nПродолжить\nБанковская карта, СБП, ЮMoney\nНе сейчас\n",
            {"once", "monthly", "annual"},
            {300, "RUB", "monthly"},
            {{500000, "RUB", "month"}},
            "2023-03-01",
            "Не сейчас",
            {"Банковская карта", "СБП", "ЮMoney"}},
        Language{"uk",
                 "З 1 березня 2023 року ми повністю вимкнули рекламу на нашому сайті заради читачів.\n"
                 "Це коштує нам 200 тис. гривень на місяць. Нам потрібна ваша підтримка.\n"
                 "Підтримайте нас від 50 грн на місяць — цього вистачить на кілька рядків тексту.\n"
                 "Разово\nЩомісяця\nЩороку\nНагадати пізніше\n",
                 {"once", "monthly", "annual"},
                 {50, "UAH", "monthly"},
                 {{200000, "UAH", "month"}},
                 "2023-03-01",
                 "Нагадати пізніше",
                 {}},
        Language{
            "de",
            "Seit dem 1. Juli 2024 ist unsere Seite werbefrei, damit Sie in Ruhe lesen können.\n"
            "Das kostet uns 2.500,50 € im Monat, die uns seither in der Kasse fehlen.\n"
            "Unterstützen Sie uns schon ab 3 € pro Monat, jederzeit kündbar und ohne Aufwand.\n"
            "Einmalig\nMonatlich\nJährlich\nWeiter\nPayPal, Kreditkarte oder Lastschrift\nSpäter erinnern\n",
            {"once", "monthly", "annual"},
            {3, "EUR", "monthly"},
            {{2500.5, "EUR", "month"}},
            "2024-07-01",
            "Später erinnern",
            {"PayPal", "Kreditkarte", "Lastschrift"}},
        Language{"fr",
                 "Depuis le 1er juillet 2024, notre site est sans publicité pour votre confort de lecture.\n"
                 "Cela nous coûte 12 500 euros par mois, que seuls vos dons peuvent compenser aujourd'hui.\n"
                 "Soutenez-nous à partir de 1 € par mois : c'est simple, rapide et sans engagement.\n"
                 "Une fois\nMensuel\nAnnuel\nContinuer\nPas maintenant\n",
                 {"once", "monthly", "annual"},
                 {1, "EUR", "monthly"},
                 {{12500, "EUR", "month"}},
                 "2024-07-01",
                 "Pas maintenant",
                 {}},
        Language{"es",
                 "Desde el 1 de julio de 2024 nuestro diario se publica sin publicidad para todos.\n"
                 "Este compromiso nos cuesta 8.000 euros al mes. Necesitamos tu apoyo para seguir.\n"
                 "Apóyanos desde solo 3 € al mes: cada aporte nos permite seguir investigando.\n"
                 "Una vez\nMensual\nAnual\nContinuar\nRecordármelo más tarde\n",
                 {"once", "monthly", "annual"},
                 {3, "EUR", "monthly"},
                 {{8000, "EUR", "month"}},
                 "2024-07-01",
                 "Recordármelo más tarde",
                 {}},
        Language{"pt",
                 "Desde 1 de julho de 2024, nosso site é sem anúncios para melhorar a sua leitura.\n"
                 "Isso nos custa R$ 50 mil por mês. Precisamos da sua ajuda para continuar o trabalho.\n"
                 "Apoie o jornalismo independente a partir de R$ 10 por mês, do seu jeito e quando quiser.\n"
                 "Uma vez\nMensal\nAnual\nPix\nBoleto\nAgora não\n",
                 {"once", "monthly", "annual"},
                 {10, "BRL", "monthly"},
                 {{50000, "BRL", "month"}},
                 "2024-07-01",
                 "Agora não",
                 {"Pix", "Boleto"}},
        Language{"it",
                 "Dal 1 luglio 2024 il nostro sito è senza pubblicità, per una lettura migliore.\n"
                 "Questa scelta ci costa 4.000 euro al mese e abbiamo bisogno del tuo sostegno.\n"
                 "Sostienici a partire da 2 euro al mese: bastano pochi secondi e fa la differenza.\n"
                 "Una volta\nMensile\nAnnuale\nContinua\nForse più tardi\n",
                 {"once", "monthly", "annual"},
                 {2, "EUR", "monthly"},
                 {{4000, "EUR", "month"}},
                 "2024-07-01",
                 "Forse più tardi",
                 {}},
        Language{"pl",
                 "Od 1 lipca 2024 nasz portal jest bez reklam, żeby czytało się państwu lepiej.\n"
                 "Kosztuje nas to 10 000 zł miesięcznie, dlatego potrzebujemy twojej pomocy, czytelniku.\n"
                 "Wesprzyj nas już od 5 zł miesięcznie — każda wpłata pomaga nam pisać dalej.\n"
                 "Jednorazowo\nMiesięcznie\nRocznie\nBLIK, PayU\nMoże później\n",
                 {"once", "monthly", "annual"},
                 {5, "PLN", "monthly"},
                 {{10000, "PLN", "month"}},
                 "2024-07-01",
                 "Może później",
                 {"BLIK", "PayU"}},
        Language{"tr",
                 "1 Temmuz 2024'ten beri okuma deneyiminiz için sitemiz tamamen reklamsız yayın yapıyor.\n"
                 "Bunun bize maliyeti ayda 100.000 TL. Bağımsız gazeteciliğe destek olun, katkınız önemli.\n"
                 "Bize her ay en az 50 TL ile destek olun; birkaç dakika içinde tamamlayabilirsiniz.\n"
                 "Tek seferlik\nAylık\nYıllık\nDevam\nDaha sonra hatırlat\n",
                 {"once", "monthly", "annual"},
                 {50, "TRY", "monthly"},
                 {{100000, "TRY", "month"}},
                 "2024-07-01",
                 "Daha sonra hatırlat",
                 {}},
        Language{"ar",
                 "منذ 1 يوليو 2024 أصبح موقعنا بدون إعلانات من أجل تجربة قراءة أفضل لكم جميعا.\n"
                 "هذا القرار يكلفنا ١٠٬٠٠٠ دولار في الشهر، ونحن بحاجة إلى دعمكم حتى نستمر.\n"
                 "ادعموا الصحافة المستقلة ابتداءً من 2 دولار في الشهر، فكل مساهمة تصنع فرقا كبيرا.\n"
                 "مرة واحدة\nشهرياً\nسنوياً\nليس الآن\n",
                 {"once", "monthly", "annual"},
                 {2, "USD", "monthly"},
                 {{10000, "USD", "month"}},
                 "2024-07-01",
                 "ليس الآن",
                 {}},
        Language{"zh",
                 "自2024年7月1日起，我们移除了所有广告，让您安心阅读每一篇报道。\n"
                 "这项承诺每月花费我们10,000美元。我们需要您的支持来填补缺口。\n"
                 "请支持我们，每月最低30元，设置十分简单，每一份捐款都很重要。\n"
                 "一次性\n每月\n每年\n支付宝\n微信支付\n稍后提醒我\n",
                 {"once", "monthly", "annual"},
                 {30, "CNY", "monthly"},
                 {{10000, "USD", "month"}},
                 "2024-07-01",
                 "稍后提醒我",
                 {"支付宝", "微信支付"}},
        Language{
            "ja",
            "2024年7月1日から、読みやすさのためにすべての広告を停止しました。広告なしでお読みいただけます。\n"
            "この取り組みには毎月100万円の費用がかかります。皆さまのご支援が必要です。\n"
            "月額500円からご支援いただけます。手続きは簡単で、数分で終わります。\n"
            "今回のみ\n毎月\n毎年\nクレジットカード\n後で\n",
            {"once", "monthly", "annual"},
            {500, "JPY", "monthly"},
            {{1000000, "JPY", "month"}},
            "2024-07-01",
            "後で",
            {"クレジットカード"}}),
    [](const testing::TestParamInfo<Language>& l) { return std::string(l.param.name); });

TEST(Support, AmountsOfFlattenedControls) {
  const Result r = from_text(
      "Please support our independent newsroom, it takes less than a minute.\n"
      "One-time\nMonthly\n$5\n$10\n$25\nOther amount\nDonate now\nVisa, Mastercard & PayPal\n"
      "Give at https://example.org/donate. Thank you, dear readers, for everything you make possible.\n",
      all_request());
  EXPECT_EQ(r.frequencies, (Strings{"once", "monthly"}));
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{5, "USD", ""}, {10, "USD", ""}, {25, "USD", ""}}));
  EXPECT_EQ(r.methods, (Strings{"Visa", "Mastercard", "PayPal"}));
  EXPECT_EQ(r.url, "https://example.org/donate");
}

TEST(Support, PricesWithTheirFrequency) {
  const Result r = from_text(
      "Become a supporter of our work and help us keep it free.\n$5 a month\n$50 a year\n", all_request());
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{5, "USD", "monthly"}, {50, "USD", "annual"}}));
  EXPECT_EQ(r.frequencies, (Strings{"monthly", "annual"}));
}

TEST(Support, StoriesAndBannersNearbyStayOut) {
  const Result r = from_text(
      "The club costs its members $400 a year, starting from $35 a month.\n"
      "Please support our independent newsroom, it takes less than a minute.\n"
      "Once\nMonthly\n"
      "We use cookies to improve this site and to show you what you like.\n"
      "Not now\n",
      [](std::string_view t, std::size_t) {
        if (has(t, "cookies")) return Role::consent;
        if (t == "Not now") return Role::consent;
        if (has(t, "club")) return Role::body;
        return t.size() > 20 ? Role::appeal : Role::contribution;
      });
  EXPECT_EQ(r.asks.size(), 1u);
  EXPECT_TRUE(r.costs.empty());
  EXPECT_FALSE(r.has_minimum);
  EXPECT_EQ(r.defer, "");
}

// ---- HTML ----

// Paragraphs of class "ask" ask, what stands in <form> or class "give" gives, by their texts.
constexpr std::string_view form_page = R"(<!doctype html><html lang=en><body>
<nav><a href="/">Home</a> <a href="/support">Support</a></nav>
<h1>The bridge is open again</h1>
<p>The bridge over the river is open again after a long winter of repairs, the council said.</p>
<section class="plea"><p>ASK Dear readers, we need your help to keep this newsroom open.</p>
<form action="/donate?from=story#x" method=post>
  <div class=tabs><input type=radio name=freq id=f1 value=once><label for=f1>One-time</label>
  <input type=radio name=freq id=f2 value=monthly checked><label for=f2>Monthly</label>
  <label><input type=radio name=freq value=12>Yearly</label></div>
  <div class="sums" data-currency="gbp">
  <button type=button data-amount=3>£3</button><button type=button data-amount=7>£7</button>
  <button type=button data-amount="15">£15</button>
  <input type=number name=other_amount min=2 placeholder="Other amount"></div>
  <select name=card_exp_month><option>Month</option><option>1</option></select>
  <button>Continue</button>
  <p><img src=/i/visa.svg alt="Visa"><img src=/i/mc.png alt="Mastercard"><i class="fa fa-cc-apple-pay"></i>
  <svg><title>PayPal</title><path d=""/></svg></p>
  <p>GIVE Secure payments</p>
</form>
<p><a href="#" class=later>Not ready to give? Remind me later</a></p></section>
<p>The mayor cut a ribbon of blue paper, and children ran across before anybody else could.</p>
<footer>© 2024 Example</footer></body></html>)";

RoleOf form_roles() {
  return [](std::string_view t, std::size_t) {
    if (t.starts_with("ASK")) return Role::appeal;
    if (has(t, "Home") || has(t, "Support")) return Role::navigation;
    if (has(t, "bridge") || has(t, "mayor")) return Role::body;
    if (has(t, "©")) return Role::footer;
    if (has(t, "Remind")) return Role::controls;
    return Role::contribution;
  };
}

TEST(Support, FormOfRadioButtons) {
  const Result r = from_html(form_page, form_roles());
  EXPECT_EQ(r.asks, Strings{"ASK Dear readers, we need your help to keep this newsroom open."});
  EXPECT_EQ(r.frequencies, (Strings{"once", "monthly", "annual"}));
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{3, "GBP", ""}, {7, "GBP", ""}, {15, "GBP", ""}}));
  EXPECT_EQ(r.minimum, (Sum{2, "GBP", ""}));
  EXPECT_EQ(r.methods, (Strings{"Visa", "Mastercard", "Apple Pay", "PayPal"}));
  EXPECT_EQ(r.url, "https://example.org/donate?from=story#x");
  EXPECT_EQ(r.defer, "Not ready to give? Remind me later");
}

TEST(Support, SelectsAndPanels) {
  const Result r =
      from_html(R"(<body><p>Story of a town that paints its own bus stops, told at length here.</p>
<div class=donate-box><h3>Soutenez une presse libre</h3>
<p>ASK Nous avons besoin de vous pour continuer à enquêter sans publicité.</p>
<select name=frequence><option value=once>Une fois</option><option value=monthly selected>Par mois</option></select>
<div id=once-amounts><label><input type=radio name=montant value=20>20 €</label><label><input type=radio name=montant value=50>50 €</label></div>
<div id=monthly-amounts><label><input type=radio name=montant value=5>5 €</label></div>
<a class=btn href="https://soutien.example.org/don">Faire un don</a> <a href=/faq>FAQ</a></div>
<p>Another paragraph of the story that goes on and on about colours and brushes.</p></body>)",
                [](std::string_view t, std::size_t) {
                  if (t.starts_with("ASK")) return Role::appeal;
                  if (has(t, "tory")) return Role::body;
                  return Role::contribution;
                });
  EXPECT_EQ(r.frequencies, (Strings{"once", "monthly"}));
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{20, "EUR", "once"}, {50, "EUR", "once"}, {5, "EUR", "monthly"}}));
  EXPECT_EQ(r.url, "https://soutien.example.org/don");
}

TEST(Support, DataAttributesAndBareNumbers) {
  const Result r = from_html(R"(<body><p>Der Artikel handelt von einer Brücke und ihrem langen Winter.</p>
<div class=spendenbox><p>ASK Unterstützen Sie uns, damit wir werbefrei bleiben können.</p>
<ul><li role=tab data-interval="onetime">Einmalig</li><li role=tab data-interval="monthly">Monatlich</li></ul>
<span class=prefix>€</span><button value=5>5</button><button value=10>10</button><button data-amount=25>25</button>
<a href="spenden/">Jetzt spenden</a>
<ul class=pay><li class="icon-sepa"></li><li class="icon icon--google-pay"></li><li><img src="/assets/ideal.svg"></li></ul>
</div><p>Der Artikel geht noch eine ganze Weile so weiter, bis er endet.</p></body>)",
                             [](std::string_view t, std::size_t) {
                               if (t.starts_with("ASK")) return Role::appeal;
                               return has(t, "Artikel") ? Role::body : Role::contribution;
                             });
  EXPECT_EQ(r.frequencies, (Strings{"once", "monthly"}));
  EXPECT_EQ(r.amounts, (std::vector<Sum>{{5, "EUR", ""}, {10, "EUR", ""}, {25, "EUR", ""}}));
  EXPECT_EQ(r.methods, (Strings{"SEPA", "Google Pay", "iDEAL"}));
  EXPECT_EQ(r.url, "https://example.org/news/spenden/");
}

TEST(Support, LoneButtonAndBaseHref) {
  const Result r = from_html(
      R"(<head><base href="https://other.example/sub/"></head><body><p>Text of the story, long enough.</p>
<a class=button href="give/now">Support us</a><a href="javascript:alert">Donate</a></body>)",
      [](std::string_view t, std::size_t) { return has(t, "story") ? Role::body : Role::contribution; });
  EXPECT_TRUE(r.present);
  EXPECT_TRUE(r.asks.empty());
  EXPECT_EQ(r.url, "https://other.example/sub/give/now");
}

// The address may be anywhere on the page where the request itself has none.
TEST(Support, AddressFromTheMenu) {
  const Result r = from_html(R"(<body><nav><a href=/about>About</a><a href=/donate>Donate</a></nav>
<p>ASK Please help us keep our reporting free for everybody.</p><p>Story text.</p></body>)",
                             [](std::string_view t, std::size_t) {
                               if (t.starts_with("ASK")) return Role::appeal;
                               return has(t, "Story") ? Role::body : Role::navigation;
                             });
  EXPECT_EQ(r.url, "https://example.org/donate");
}

TEST(Support, MisspeltLabelOfAnIcon) {
  const Result r = from_html(R"(<body><p>ASK Please help us keep our reporting free for everybody.</p>
<form><button>Monthly</button><button>Continue</button><img src=/img/pay.svg alt="paymnet methods"></form></body>)",
                             [](std::string_view t, std::size_t) {
                               return t.starts_with("ASK") ? Role::appeal : Role::contribution;
                             });
  EXPECT_EQ(r.methods, Strings{"paymnet methods"});
}

// Deep, broken and hostile markup costs bounded work.
TEST(Support, HostilePages) {
  std::string deep = "<body>";
  for (int i = 0; i < 3000; ++i)
    deep += "<div class=donate data-amount=99999999999999999999999 data-frequency=>";
  deep += "<button>Donate $5</button>";
  EXPECT_TRUE(from_html(deep, [](std::string_view, std::size_t) { return Role::contribution; }).present);
  std::string wide = "<body><form action=/donate>";
  for (int i = 0; i < 5000; ++i)
    wide += "<label><input type=radio value=" + std::to_string(i) + ">$" + std::to_string(i) + "</label>";
  const Result r = from_html(wide, [](std::string_view, std::size_t) { return Role::contribution; });
  EXPECT_LE(r.amounts.size(), 200u);
  EXPECT_FALSE(
      from_text("Donate\xC2", [](std::string_view, std::size_t) { return Role::contribution; }).present);
}

}  // namespace
}  // namespace offprint
