// Detection of undeclared legacy encodings: a paragraph a language, written in the encodings that pages of it
// use.
#include "encoding/detect.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "tests/encoding/common.h"

namespace offprint {
namespace {

struct Sample {
  const char* language;
  const char* text;
  std::vector<std::pair<const char*, const char*>> encodings;  // ICU's name, what is to be found
};

const Sample samples[] = {
    {"ru",
     "Президент России встретился в Москве с государственным секретарём США. Стороны обсудили положение в "
     "Сирии.",
     {{"windows-1251", "windows-1251"},
      {"koi8-r", "KOI8-U"},
      {"ibm-866", "IBM866"},
      {"iso-8859-5", "ISO-8859-5"}}},
    {"uk",
     "Верховна Рада України ухвалила закон про державний бюджет на наступний рік. Її депутати голосували "
     "вночі.",
     {{"windows-1251", "windows-1251"}, {"koi8-u", "KOI8-U"}}},
    {"bg",
     "Правителството обяви, че новият закон ще влезе в сила от началото на следващата година.",
     {{"windows-1251", "windows-1251"}}},
    {"fr",
     "L’été dernier, à Paris, les députés ont voté une loi sur l’économie numérique : « une première », a "
     "déclaré "
     "le président où qu’il fût. Ça ira, dès demain, pour les élèves.",
     {{"windows-1252", "windows-1252"}}},
    {"de",
     "Die Bundesregierung prüft schärfere Maßnahmen für Unternehmen. Für die Länder wäre das natürlich "
     "schön.",
     {{"windows-1252", "windows-1252"}}},
    {"es",
     "El presidente del Gobierno anunció ayer que España será la sede de la próxima reunión. ¿Cuándo? El año "
     "que viene.",
     {{"windows-1252", "windows-1252"}}},
    {"pt",
     "O governo não vai alterar a decisão sobre as eleições, informação que já foi confirmada pela comissão "
     "em São Paulo.",
     {{"windows-1252", "windows-1252"}}},
    {"sv",
     "Regeringen föreslår att skatten på bränsle höjs från och med nästa år, säger ministern på måndagen.",
     {{"windows-1252", "windows-1252"}}},
    {"pl",
     "Prezydent podpisał wczoraj ustawę o podatkach. Główne zmiany wejdą w życie już w przyszłym roku, także "
     "na Śląsku.",
     {{"windows-1250", "windows-1250"}, {"iso-8859-2", "ISO-8859-2"}}},
    {"cs",
     "Předseda vlády včera řekl, že nový zákon začne platit příští týden. Všechny úřady už jsou připraveny, "
     "žádné potíže nečeká.",
     {{"windows-1250", "windows-1250"}, {"iso-8859-2", "ISO-8859-2"}}},
    {"hu",
     "A kormány bejelentette, hogy jövőre megváltozik az adórendszer. Az új törvényről a képviselők időben "
     "döntenek, szűk többséggel.",
     {{"windows-1250", "windows-1250"}}},
    {"tr",
     "Cumhurbaşkanı dün yaptığı açıklamada, yeni düzenlemenin yakında yürürlüğe gireceğini söyledi. "
     "İstanbul’da görüşmeler sürüyor.",
     {{"windows-1254", "windows-1254"}}},
    {"lt",
     "Vyriausybė pranešė, kad naujasis įstatymas įsigalios kitų metų pradžioje. Žmonės šiuo sprendimu "
     "džiaugiasi.",
     {{"windows-1257", "windows-1257"}}},
    {"el",
     "Ο πρωθυπουργός δήλωσε χθες ότι η κυβέρνηση θα προχωρήσει στις αλλαγές που έχει υποσχεθεί για το "
     "επόμενο έτος.",
     {{"windows-1253", "windows-1253"}}},
    {"he",
     "ראש הממשלה הודיע אתמול כי החוק החדש ייכנס לתוקף בתחילת השנה הבאה, לאחר אישור הכנסת.",
     {{"windows-1255", "windows-1255"}}},
    {"ar",
     "أعلن رئيس الوزراء أمس أن القانون الجديد سيدخل حيز التنفيذ في بداية العام المقبل بعد موافقة البرلمان.",
     {{"windows-1256", "windows-1256"}}},
    {"th",
     "นายกรัฐมนตรีกล่าวว่ารัฐบาลจะประกาศใช้กฎหมายใหม่ในต้นปีหน้า หลังจากที่ได้รับความเห็นชอบจากสภา",
     {{"windows-874", "windows-874"}}},
    {"ja",
     "日本の首相は昨日、新しい法律が来年の初めから施行されると発表した。国会での審議はまだ続いている。",
     {{"windows-31j", "Shift_JIS"}, {"euc-jp", "EUC-JP"}, {"iso-2022-jp", "ISO-2022-JP"}}},
    {"zh",
     "国家主席昨天在北京会见了来访的外国代表团，双方就经济合作和地区安全问题交换了意见。新的法律将于明年开始"
     "实施。",
     {{"gb18030", "GBK"}}},
    {"zh-Hant",
     "總統昨天在台北會見了來訪的外國代表團，雙方就經濟合作和地區安全問題交換了意見。新的法律將於明年開始實施"
     "。",
     {{"big5", "Big5"}}},
    {"ko",
     "대통령은 어제 서울에서 외국 대표단을 만나 경제 협력과 지역 안보 문제에 대해 의견을 나누었다. 새 법은 "
     "내년부터 시행된다.",
     {{"euc-kr", "EUC-KR"}}},
};

std::string encoded(const std::string& text, const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(name, &error);
  if (U_FAILURE(error)) return {};
  const icu::UnicodeString source = icu::UnicodeString::fromUTF8(text);
  std::string bytes(static_cast<std::size_t>(source.length()) * 8 + 16, '\0');
  bytes.resize(
      static_cast<std::size_t>(ucnv_fromUChars(converter, bytes.data(), static_cast<int32_t>(bytes.size()),
                                               source.getBuffer(), source.length(), &error)));
  ucnv_close(converter);
  return bytes;
}

TEST(Detect, LanguagesInTheirEncodings) {
  for (const Sample& s : samples) {
    for (const auto& [icu, wanted] : s.encodings) {
      SCOPED_TRACE(std::string(s.language) + " " + icu);
      const std::string page = "<!doctype html><title>x</title><div class=\"main\"><p>" +
                               std::string(s.text) + "</p></div><script>var a = 1;</script>";
      const testing::Decoded d = testing::decode_exact(encoded(page, icu));
      EXPECT_EQ(d.encoding, wanted);
      EXPECT_EQ(d.source, EncodingSource::detected);
      EXPECT_TRUE(d.encoding != wanted || d.utf8.find("\xEF\xBF\xBD") == d.utf8.npos);
      // The first few words alone, as of a short page: found in most, not in all; none may be lost to a
      // crash.
      testing::decode_exact(encoded(std::string(s.text).substr(0, 24), icu));
    }
  }
}

// What a page says of itself stands where it can be so; where it cannot, its letters tell.
TEST(Detect, DeclarationsThatAreRightAndWrong) {
  for (const Sample& s : samples) {
    for (const auto& [icu, wanted] : s.encodings) {
      const std::string name = wanted;
      if (name.starts_with("UTF-16") || name == "ISO-2022-JP") continue;
      SCOPED_TRACE(std::string(s.language) + " " + icu);
      std::string text;
      for (int i = 0; i < 8; ++i) text += std::string(s.text) + " ";
      const std::string bytes = encoded(text, icu);
      const auto called = [&](std::string_view charset) { return "<meta charset=" + std::string(charset) + "><p>" + bytes; };
      EXPECT_EQ(testing::decode_exact(called(name)).encoding, name);
      EXPECT_EQ(testing::decode_exact(called(name)).source, EncodingSource::meta);
      EXPECT_EQ(testing::decode_exact(called("utf-8")).encoding, wanted);
    }
  }
  const auto as = [](const char* text, const char* icu, std::string_view called) {
    std::string page = "<meta charset=" + std::string(called) + "><p>";
    for (int i = 0; i < 12; ++i) page += encoded(text, icu);
    return testing::decode_exact(page).encoding;
  };
  EXPECT_EQ(as("Старый паром ушёл на рассвете к другому берегу. ", "koi8-u", "windows-1251"), "KOI8-U");
  EXPECT_EQ(as("Старый паром ушёл на рассвете к другому берегу. ", "windows-1251", "iso-8859-1"), "windows-1251");
  EXPECT_EQ(as("СТАРЫЙ ПАРОМ УШЁЛ НА РАССВЕТЕ К ДРУГОМУ БЕРЕГУ. ", "windows-1251", "windows-1251"), "windows-1251");
  EXPECT_EQ(as("古い船は夜明けに向こう岸へ出て行きました。", "euc-jp", "shift_jis"), "EUC-JP");
  EXPECT_EQ(as("Źródło śpi, żeby słońce wstało. ", "windows-1250", "iso-8859-2"), "windows-1250");
  EXPECT_EQ(as("Źródło śpi, żeby słońce wstało. ", "iso-8859-2", "iso-8859-2"), "ISO-8859-2");
}

// Spaces, dashes and apostrophes between words of ASCII: no letters, no pairs.
TEST(Detect, SignsOfWesternTextsAreNoLetters) {
  for (const std::string_view called : {"", "<meta charset=utf-8>"}) {
    std::string signs(called), quotes(called);
    for (int i = 0; i < 30; ++i) {
      signs += "<p>so\xA0many \x96 \xA0 and\xA0more";
      quotes += "<p>The ferry\x92s late, isn\x92t it, the captain\x92s sure.";
    }
    EXPECT_EQ(testing::decode_exact(signs).encoding, "windows-1252");
    EXPECT_EQ(testing::decode_exact(quotes).encoding, "windows-1252");
  }
}

TEST(Detect, Utf16ByItsNuls) {
  const std::string page = "<html><p>Привет, мир</p><p class=x>hello</p></html>";
  for (const auto& [icu, wanted] : {std::pair{"UTF-16LE", "UTF-16LE"}, std::pair{"UTF-16BE", "UTF-16BE"}}) {
    const testing::Decoded d = testing::decode_exact(encoded(page, icu));
    EXPECT_EQ(d.encoding, wanted);
    EXPECT_EQ(d.utf8, page);
  }
  // A page that holds a few NULs is none.
  EXPECT_EQ(testing::decode_exact(std::string("a\0b\0cdefghijklmnopqrstuvwxyz and so on and on and on", 52))
                .encoding,
            "UTF-8");
}

TEST(Detect, EscapesAloneMakeNoIso2022Jp) {
  EXPECT_EQ(testing::decode_exact("\x1B[31mred\x1B[0m").encoding, "UTF-8");
  EXPECT_EQ(testing::decode_exact("\x1B$B$\"\x1B(B").encoding, "ISO-2022-JP");
}

TEST(Detect, NothingToGoBy) {
  EXPECT_EQ(testing::decode_exact("\xFF").encoding, "windows-1252");
  EXPECT_EQ(testing::decode_exact("caf\xE9").encoding, "windows-1252");
  EXPECT_EQ(testing::decode_exact("It\x92s \x93quoted\x94 \x96 so").encoding, "windows-1252");
  EXPECT_EQ(testing::decode_exact("\xA9 2004").encoding, "windows-1252");
}

}  // namespace
}  // namespace offprint
