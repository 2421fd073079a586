// Names of months in the languages that pages are in.
#include <algorithm>
#include <array>

#include "document/dates.h"

namespace offprint {
namespace {

struct MonthNames {
  int month;
  std::string_view names;  // folded, parted by blanks
};
// English, German, French, Spanish, Portuguese, Italian, Dutch, Scandinavian, Polish, Czech, Russian,
// Ukrainian, Turkish, Romanian, Hungarian, Indonesian, Greek, Arabic (Egyptian and Levantine names), Persian.
// Full names, genitives and short forms; without accents.
constexpr std::array<MonthNames, 12> months_by_language = {{
    {1,
     "january jan januar janner jan. janvier janv enero ene janeiro gennaio gen januari stycznia styczen sty "
     "ledna "
     "leden led января январь янв січня січень січ ocak oca ianuarie ian januar jan ιανουαριου ιανουαριος "
     "ιαν يناير "
     "جانفي ژانویه ژانويه januara tammikuu tammikuuta enero. janv. januara"},
    {2,
     "february feb febr februar fevrier fevr fev febrero fevereiro febbraio februari lutego luty lut unora "
     "unor uno "
     "февраля февраль фев февр лютого лютий лют subat sub februarie φεβρουαριου φεβρουαριος φεβ فبراير فيفري "
     "فوریه "
     "فوريه helmikuuta pebruari"},
    {3,
     "march mar marz maerz mrz mars marzo março marco maart mrt marca marzec brezna brezen bre марта март "
     "мар березня "
     "березень бер mart martie marcius μαρτιου μαρτιος μαρ مارس مارچ maret maaliskuuta"},
    {4,
     "april apr avril avr abril abr aprile kwietnia kwiecien kwi dubna duben dub апреля апрель апр квітня "
     "квітень квіт "
     "nisan nis aprilie aprilis απριλιου απριλιος απρ ابريل إبريل أبريل افريل آوریل آوريل huhtikuuta"},
    {5,
     "may mai mayo maio maggio mag mei maj maja kvetna kveten kve мая май травня травень трав mayis mays "
     "majus μαιου "
     "μαιος μαι مايو ماي مه toukokuuta"},
    {6,
     "june jun juni juin junio junho giugno giu czerwca czerwiec cze cervna cerven cvn июня июнь июн червня "
     "червень "
     "черв haziran haz iunie iun junius ιουνιου ιουνιος ιουν يونيو يونيه جوان ژوئن kesakuuta"},
    {7,
     "july jul juli juillet juil julio julho luglio lug lipca lipiec lip cervence cervenec cvc июля июль июл "
     "липня "
     "липень лип temmuz tem iulie iul julius ιουλιου ιουλιος ιουλ يوليو يوليه جويلية ژوئیه heinakuuta"},
    {8,
     "august aug aout aou agosto ago augustus sierpnia sierpien sie srpna srpen srp августа август авг "
     "серпня серпень "
     "серп agustos agu augusztus αυγουστου αυγουστος αυγ اغسطس أغسطس اوت اوت. agustus elokuuta"},
    {9,
     "september sep sept septembre septiembre setiembre setembro set settembre sett wrzesnia wrzesien wrz "
     "zari zar "
     "сентября сентябрь сен сент вересня вересень вер eylul eyl septembrie szeptember σεπτεμβριου "
     "σεπτεμβριος σεπ "
     "سبتمبر سپتامبر syyskuuta septiembre."},
    {10,
     "october oct okt oktober octobre octubre outubro out ottobre ott pazdziernika pazdziernik paz rijna "
     "rijen rij "
     "октября октябрь окт жовтня жовтень жовт ekim eki octombrie οκτωβριου οκτωβριος οκτ اكتوبر أكتوبر اکتبر "
     "lokakuuta"},
    {11,
     "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя нояб листопада "
     "листопад лист "
     "kasim kas noiembrie noi νοεμβριου νοεμβριος νοε نوفمبر نوامبر marraskuuta nopember"},
    {12,
     "december dec dez dezember desember des decembre diciembre dic dezembro dicembre grudnia grudzien gru "
     "prosince "
     "prosinec pro декабря декабрь дек грудня грудень груд aralik ara decembrie δεκεμβριου δεκεμβριος δεκ "
     "ديسمبر "
     "دسامبر joulukuuta"},
}};
// Levantine names are two words: the first, and the second where it tells two months apart.
constexpr std::array<std::pair<std::string_view, int>, 8> levantine = {{{"شباط", 2},
                                                                        {"اذار", 3},
                                                                        {"نيسان", 4},
                                                                        {"ايار", 5},
                                                                        {"حزيران", 6},
                                                                        {"تموز", 7},
                                                                        {"اب", 8},
                                                                        {"ايلول", 9}}};

struct MonthEntry {
  std::string_view name;
  std::int8_t month = 0;
};
constexpr std::size_t month_slots = 1024;  // about 400 names
constexpr std::uint32_t hash_of(std::string_view s) {
  std::uint32_t h = 2166136261u;
  for (char c : s) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  return h ^ h >> 15;
}
constexpr std::array<MonthEntry, month_slots> make_months() {
  std::array<MonthEntry, month_slots> table{};
  const auto add = [&](std::string_view name, int month) {
    std::size_t i = hash_of(name) % month_slots;
    while (table[i].month != 0 && table[i].name != name) i = (i + 1) % month_slots;
    table[i] = {name, static_cast<std::int8_t>(month)};
  };
  for (const MonthNames& m : months_by_language)
    for (std::size_t i = 0; i < m.names.size();) {
      const std::size_t end = std::min(m.names.find(' ', i), m.names.size());
      add(m.names.substr(i, end - i), m.month);
      i = end + 1;
    }
  for (const auto& [name, month] : levantine) add(name, month);
  return table;
}
constexpr std::array<MonthEntry, month_slots> month_table = make_months();

}  // namespace

int month_of(std::string_view folded) {
  if (folded.size() < 3 || folded.size() > 24) {
    // Short forms below three bytes do not exist; آب ("ab", August) is four bytes.
    return 0;
  }
  std::size_t i = hash_of(folded) % month_slots;
  while (month_table[i].month != 0) {
    if (month_table[i].name == folded) return month_table[i].month;
    i = (i + 1) % month_slots;
  }
  return 0;
}

}  // namespace offprint
