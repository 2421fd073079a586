// Words that announce names, and words that stand where names are wanted and are none.
#include <algorithm>
#include <array>

#include "document/authors.h"
#include "document/words.h"

namespace offprint {
namespace {

// What announces names, folded. Longer ones first where one begins another. A trailing blank means a whole
// word; the others may be followed by ':' or a name at once (CJK).
constexpr std::string_view announcements[] = {
    // English
    "words and photographs by ", "words and photos by ", "story and photos by ", "written and reviewed by ",
    "article written by ", "this article was written by ", "this post was written by ", "post written by ",
    "contributed by ", "article contributed by ", "written by ", "authored by ", "article by ", "posted by ",
    "published by ", "created by ", "submitted by ", "started by ", "story by ", "text by ", "words by ",
    "report by ", "reported by ", "blog by ", "post by ", "asked by ", "essay by ", "guest post by ",
    "opinion by ", "analysis by ", "review by ", "a post by ", "compiled by ", "added by ",
    "view all posts by ", "view all articles by ", "see all posts by ", "all posts by ", "show all posts by ", "show all articles of ", "all articles of ",
    "from the desk of ", "about the authors ", "about the author ", "articles by ", "recipe by ", "guide by ",
    "photos by ", "posts by ", "more from ", "meet the author ", "author name ", "post author ",
    "topic author ", "author(s) ", "authors ", "author ", "writers ", "writer ", "byline ", "by ",
    // German, Dutch, Scandinavian
    "zeige alle beitrage von ", "alle beitrage von ", "alle artikel von ", "alle beitrage anzeigen von ",
    "bekijk alle berichten van ", "alle berichten van ", "geschrieben von ", "verfasst von ",
    "ein artikel von ", "ein beitrag von ", "ein kommentar von ", "eingestellt von ", "erstellt von ", "veroffentlicht von ",
    "publiziert von ", "gepostet von ", "hinzugefugt von ", "alles von ", "mehr von ", "weitere artikel von ", "text und interview ",
    "text und fotos ", "text & fotos ", "redaktion ", "autor*innen ", "autorinnen ", "autorin ",
    "autoren ", "autor/in ", "von ", "geschreven door ", "geplaatst door ", "gepubliceerd door ", "auteurs ", "door ", "skrevet av ",
    "skrevet af ", "skriven av ", "skrivet av ", "publicerad av ", "publisert av ", "tekst ", "text ", "av ", "af ",
    // French
    "voir tous les articles de ", "voir tous les articles par ", "tous les articles de ", "publie par ",
    "poste par ", "mis en ligne par ", "redige par ", "ecrit par ", "propos recueillis par ", "article de ", "auteur ", "par ",
    // Spanish, Portuguese, Italian
    "ver todas las entradas de ", "ver todos los articulos de ", "ver todos os posts de ",
    "ver todas as publicacoes de ", "visualizza tutti gli articoli di ", "tutti gli articoli di ",
    "vedi tutti gli articoli di ", "publicado por ", "publicada por ", "postado por ", "escrito por ", "texto de ", "redaccion ", "autores ",
    "autora ", "autor ", "por ", "scritto da ", "pubblicato da ", "postato da ", "inserito da ", "articolo di ", "a cura di ", "autori ",
    "autore ", "autrice ", "testo di ", "di ",
    // Polish, Czech, Romanian
    "zobacz wszystkie wpisy ", "wszystkie wpisy ", "autorzy ", "autorka ", "przez ", "opracowanie ",
    "opublikowane przez ", "dodane przez ", "napisal ", "napisala ", "napsal ", "scris de ", "de ",
    // Russian, Ukrainian
    "посмотреть все записи автора ", "все записи автора ", "показать все записи автора ",
    "переглянути всі записи автора ", "авторы ", "автор статьи ", "автор ", "автори ", "авторка ", "текст ",
    "подготовил ", "подготовила ", "записал ", "опубликовал ", "добавил ", "від ",
    // Turkish
    "yazarlar ", "yazar ", "yazan ", "haber ",
    // Arabic, Persian
    "حوار ", "إعداد ", "اعداد ", "تقرير ", "بقلم ", "كتب ", "كتبت ", "الكاتب ", "نویسنده "};
constexpr std::string_view cjk_announcements[] = {"作者",     "撰文",     "编辑",   "編輯", "记者", "記者",
                                                  "文/",      "文／",     "文：", "文:", "文・",     "執筆者", "執筆", "著者", "投稿者",
                                                  "ライター", "取材・文", "글",     "기자"};

// Names right behind one of them are short; what is longer is another word ("著者たちの…").
constexpr std::size_t longest_unparted = 15;
// These announce a name with a colon only.
constexpr bool is_noun(std::string_view announcement) {
  for (std::string_view a : {"tekst ", "text ", "text und interview ", "text und fotos ", "text & fotos ", "redaktion ", "текст ", "haber ",
                             "redaccion ", "حوار ", "إعداد ", "اعداد ", "تقرير "})
    if (a == announcement) return true;
  return false;
}

// By first letter what letters stand second in announcements that begin with ASCII, a bit each from 1 on; bit 0 for what is no
// letter. Two bytes tell that most texts announce nobody.
constexpr std::uint32_t second_bit(char c) {
  return is_alpha(c) ? 2u << (to_lower(c) - 'a') : 1u;
}
constexpr auto second_letters = [] {
  std::array<std::uint32_t, 26> t{};
  for (std::string_view a : announcements)
    if (is_alpha(a[0])) t[static_cast<std::size_t>(a[0] - 'a')] |= second_bit(a[1]);
  return t;
}();
constexpr bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

}  // namespace

bool is_numbered(std::string_view s) {
  const std::size_t end = std::min(s.find(' '), s.size());
  const std::string_view first = s.substr(0, end);
  const auto digit_or_dot = [](char c) { return is_digit(c) || c == '.'; };
  return first.size() >= 3 && first.find('.') != std::string_view::npos && std::any_of(first.begin(), first.end(), is_digit) &&
         std::all_of(first.begin() + 1, first.end(), digit_or_dot);
}

bool is_nobody(std::string_view folded) {
  static constexpr std::string_view nobodies[] = {"author",
                                                  "authors",
                                                  "by",
                                                  "share",
                                                  "share this",
                                                  "follow",
                                                  "posted",
                                                  "published",
                                                  "updated",
                                                  "comments",
                                                  "comment",
                                                  "sign in",
                                                  "log in",
                                                  "login",
                                                  "home",
                                                  "read more",
                                                  "more",
                                                  "about",
                                                  "about the author",
                                                  "about author",
                                                  "about us",
                                                  "subscribe",
                                                  "contact",
                                                  "contact us",
                                                  "menu",
                                                  "search",
                                                  "news",
                                                  "blog",
                                                  "twitter",
                                                  "facebook",
                                                  "linkedin",
                                                  "instagram",
                                                  "email",
                                                  "x",
                                                  "website",
                                                  "view profile",
                                                  "view all posts",
                                                  "all posts",
                                                  "profile",
                                                  "bio",
                                                  "read bio",
                                                  "medically",
                                                  "none",
                                                  "null",
                                                  "undefined",
                                                  "unknown",
                                                  "unknown author",
                                                  "anonymous",
                                                  "guest",
                                                  "n a",
                                                  "na",
                                                  "admin",
                                                  "administrator",
                                                  "root",
                                                  "user",
                                                  "webmaster",
                                                  "editor",
                                                  "written by",
                                                  "more from author",
                                                  "more by this author",
                                                  "see all",
                                                  "view all",
                                                  "view bio",
                                                  "read full bio",
                                                  "staff",
                                                  "photo",
                                                  "image",
                                                  "avatar",
                                                  "reply",
                                                  "report",
                                                  "like",
                                                  "save",
                                                  "print",
                                                  "copy link",
                                                  "link",
                                                  "next",
                                                  "previous",
                                                  "date",
                                                  "category",
                                                  "categories",
                                                  "tags",
                                                  "the author",
                                                  "autor",
                                                  "autorin",
                                                  "autoren",
                                                  "auteur",
                                                  "autore",
                                                  "author bio",
                                                  "meet the author",
                                                  "posts by",
                                                  "article",
                                                  "original poster",
                                                  "new member",
                                                  "member",
                                                  "joined",
                                                  "mon",
                                                  "tue",
                                                  "wed",
                                                  "thu",
                                                  "fri",
                                                  "sat",
                                                  "sun",
                                                  "monday",
                                                  "tuesday",
                                                  "wednesday",
                                                  "thursday",
                                                  "friday",
                                                  "saturday",
                                                  "sunday",
                                                  "today",
                                                  "yesterday",
                                                  "originally",
                                                  "via",
                                                  "bluesky",
                                                  "mastodon",
                                                  "threads",
                                                  "youtube",
                                                  "github",
                                                  "rss",
                                                  "member login",
                                                  "members",
                                                  "my account",
                                                  "verified",
                                                  "moderator",
                                                  "top contributor",
                                                  "rating",
                                                  "default",
                                                  "super user",
                                                  "superuser",
                                                  "test",
                                                  "your name",
                                                  "no author",
                                                  "logout",
                                                  "log out",
                                                  "register",
                                                  "username",
                                                  "details",
                                                  "source"};
  // The same in other languages: by-words that stand alone, labels, what one does with an account.
  static constexpr std::string_view nobodies_elsewhere[] = {
      "von", "par", "por", "di", "da", "przez", "door", "av", "af", "автор", "text", "texte", "texto", "testo", "tekst", "quelle", "fuente", "fonte",
      "zrodlo", "источник", "redakteur", "verfasser", "unbekannt", "anonym", "anonymous user", "anonimo", "gast", "invitado", "detalles", "detalhes", "dettagli",
      "记 者", "記 者", "作 者", "benutzername", "passwort vergessen", "registrieren", "anmelden", "abmelden", "einloggen", "mein konto", "konto", "profil", "mitarbeiter",
      "vorstand", "impressum", "kontakt", "startseite", "kommentare", "veroffentlicht", "veroffentlicht am", "aktualisiert", "inscription", "connexion",
      "mot de passe oublie", "registrarse", "iniciar sesion", "registrati", "accedi", "cadastre se", "entrar", "zaloguj", "zarejestruj", "rejestracja",
      "inloggen", "registreren", "войти", "регистрация", "giris yap", "kayit ol",
      // Days, which stand before dates.
      "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "heute", "gestern",
      "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "hier", "aujourd hui",
      "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "hoy", "ayer",
      "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica", "oggi", "ieri",
      "segunda feira", "terca feira", "quarta feira", "quinta feira", "sexta feira", "hoje", "ontem",
      "poniedzialek", "wtorek", "sroda", "czwartek", "piatek", "sobota", "niedziela", "dzisiaj", "wczoraj",
      "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье", "сегодня", "вчера",
      "понеділок", "вівторок", "середа", "четвер", "субота", "неділя", "сьогодні", "вчора",
      "pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar", "bugun", "dun"};
  // Under what licence, beside by whom.
  const bool licence = folded.starts_with("creative commons") || folded.starts_with("cc by") || folded.ends_with(" license") ||
                       folded.ends_with(" licence") || folded.ends_with(" lizenz");
  const auto has = [&](const auto& list) { return std::find(std::begin(list), std::end(list), folded) != std::end(list); };
  return folded.empty() || licence || has(nobodies) || has(nobodies_elsewhere);
}

bool is_source_label(std::string_view text) {
  char folded[24];
  const std::string_view low = fold_into(text.substr(0, 12), folded, sizeof folded);
  for (std::string_view label : {"quelle:", "quellen:", "source:", "sources:", "fuente:", "fonte:", "zrodlo:", "bron:", "источник:", "来源", "來源", "责任编辑", "責任編輯"})
    if (low.starts_with(label)) return true;
  return false;
}

bool is_company(std::string_view folded) {
  static constexpr std::string_view forms[] = {"gmbh", "mbh", "ag", "kg", "ohg", "ug", "ltd", "inc", "llc", "plc", "corp", "srl", "spa", "sarl", "bv", "oy",
                                               "oyj", "verlag", "stiftung"};
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', i), folded.size());
    if (std::find(std::begin(forms), std::end(forms), folded.substr(i, end - i)) != std::end(forms)) return true;
    i = end + 1;
  }
  return folded.ends_with(" e v");
}

bool looks_like_address(std::string_view s) {
  if (s.find("://") != std::string_view::npos || s.find("www.") != std::string_view::npos) return true;
  if (s.find(' ') != std::string_view::npos) return false;
  if (s.find('/') != std::string_view::npos) return true;
  // "facebook.com": a dot, then two to four lower-case letters.
  const std::size_t dot = s.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 3 > s.size()) return false;
  static constexpr std::string_view tops[] = {"com", "org", "net", "de", "co.uk", "fr",   "ru",
                                              "io",  "edu", "gov", "es", "it",    "info", "html"};
  return std::find(std::begin(tops), std::end(tops), s.substr(dot + 1)) != std::end(tops);
}

std::string_view without_owner(std::string_view s, Arena& arena) {
  if (s.find(", ") == std::string_view::npos) return s;
  static constexpr std::string_view countries[] = {"germany", "deutschland", "austria", "osterreich", "switzerland", "schweiz", "france", "italy", "italia",
                                                   "spain", "espana", "poland", "polska", "netherlands", "nederland", "usa", "united kingdom"};
  bool owner = false;
  std::string_view person;
  for (std::size_t at = 0; at < s.size();) {
    const std::size_t end = std::min(s.find(", ", at), s.size());
    const std::string_view segment = s.substr(at, end - at), words = folded_words(segment, arena);
    at = end + 2;
    owner |= looks_like_address(segment) || is_company(words) || std::find(std::begin(countries), std::end(countries), words) != std::end(countries);
    if (person.empty() && !is_company(words) && looks_like_person(segment, arena)) person = segment;
  }
  return owner ? person : s;
}

bool is_blank_name(std::string_view folded) {
  static constexpr std::string_view blanks[] = {"undefined", "null",           "none",   "nan",
                                                "unknown",   "unknown author", "n a",    "na",
                                                "default",   "your name",      "author", "test", "super user", "superuser", "no author", "unbekannt", "publisher"};
  return folded.empty() || std::find(std::begin(blanks), std::end(blanks), folded) != std::end(blanks);
}

std::size_t announcement(std::string_view text) {
  // "DE", "DI", "AV" in capitals and alone are languages and the like; "BY" announces.
  if (text.size() == 2 && is_upper(text[0]) && is_upper(text[1]) && text != "BY") return 0;
  if (text.size() >= 2 && is_ascii(text[0])) {
    if (!is_alpha(text[0])) return 0;
    const std::uint32_t seconds = second_letters[static_cast<std::size_t>(to_lower(text[0]) - 'a')];
    if (is_ascii(text[1]) && (seconds & second_bit(text[1])) == 0) return 0;
  }
  // Fold the beginning and keep for each folded byte where its character ends in the text.
  char folded[80];
  std::uint8_t end_of[80];
  std::size_t n = 0, length = 0;
  for (std::size_t i = 0; i < text.size() && n < 72; i += length) {
    const char32_t c = code_point(text, i, length);
    char32_t f = fold(c);
    // A label's colon or slash stands for a blank.
    if (c == ':' || c == 0xFF1A || c == 0xA0 || c == '\t' || c == '\n' || c == '|' || c == 0x202F) f = ' ';
    char bytes[8];
    std::size_t m = 0;
    if (f < 0x80) {
      bytes[m++] = static_cast<char>(f);
    } else if (f == c) {
      for (; m < length && i + m < text.size(); ++m) bytes[m] = text[i + m];
    } else {
      bytes[m++] = static_cast<char>(0xC0 | f >> 6);
      bytes[m++] = static_cast<char>(0x80 | (f & 0x3F));
      if (f >= 0x800) return 0;
    }
    for (std::size_t k = 0; k < m; ++k) {
      folded[n] = bytes[k];
      end_of[n++] = static_cast<std::uint8_t>(std::min<std::size_t>(i + length, 255));
    }
  }
  if (n > 0 && folded[n - 1] != ' ' && n < text.size() + 4) {  // the end of the text ends a word, too
    folded[n] = ' ';
    end_of[n++] = static_cast<std::uint8_t>(std::min<std::size_t>(text.size(), 255));
  }
  const std::string_view low(folded, n);
  for (std::string_view a : announcements)
    if (n >= a.size() && low[0] == a[0] && low.starts_with(a)) {
      std::size_t k = a.size();
      if (is_noun(a) && end_of[k - 2] < text.size() && text[end_of[k - 2]] == ' ') continue;  // "Text processing"
      while (k < n && (low[k] == ' ' || low[k] == '-')) ++k;
      return end_of[k - 1];
    }
  for (std::string_view a : cjk_announcements)
    if (low.starts_with(a)) {
      std::size_t k = a.size();
      while (k < n && (low[k] == ' ' || low[k] == '/')) ++k;
      const std::size_t end = std::min(text.find("／", end_of[k - 1]), text.size());  // "記者王小明／台北報導"
      if (k == a.size() && end - end_of[k - 1] > longest_unparted) continue;
      return end_of[k - 1];
    }
  return 0;
}

}  // namespace offprint
