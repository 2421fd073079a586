// What words beside a date say of it: published, changed, or of something else.
#include <algorithm>
#include <array>

#include "document/date_parts.h"

namespace offprint {
namespace {

// What a word before (or shortly after) a date says of it; prefixes, folded.
constexpr std::array<std::string_view, 47> modified_words = {
    "updat",        "modif",      "edited",  "revised",  "reviewed", "refreshed", "aktualis", "geandert",
    "uberarbeitet", "stand",      "mis",     "maj",      "modifie",  "actualiz",  "atualiz",  "aggiorn",
    "bijgewerkt",   "gewijzigd",  "zaktual", "aktualiz", "обновл",   "изменен",   "правк",    "оновлен",
    "змінен",       "guncell",    "تحديث",   "التحديث",  "اخر",      "更",        "修",       "最終",
    "uppdater",     "oppdater",   "opdater", "sist",     "senast",   "upraven",   "actualit", "módosit",
    "frissit",      "diperbarui", "ενημερ",  "last",     "수정",     "최종",      "업데"};
constexpr std::array<std::string_view, 50> published_words = {
    "publish",      "posted",    "publi",    "veroffentlicht",
    "erstellt",     "pubbl",     "publik",   "opublik",
    "gepubliceerd", "geplaatst", "опублик",  "дата",
    "создан",       "опублік",   "yayin",    "نشر",
    "النشر",        "发",        "發",       "公",
    "投稿",         "掲",        "started",  "written",
    "created",      "written",   "released", "date",
    "datum",        "fecha",     "data",     "tarih",
    "التاريخ",      "تاريخ",     "日期",     "時間",
    "时间",         "scritto",   "postado",  "ecrit",
    "parution",     "wrote",     "asked",    "joined",
    "publicad",     "publie",    "submitted", "입력",
    "등록",         "게시"};
// Dates that are of something else.
constexpr std::array<std::string_view, 17> other_words = {
    "since", "expires", "until",  "deadline", "born",   "died", "event",  "starts",   "joined",
    "ends",  "founded", "expire", "bis",      "member", "due",  "access", "retrieved"};

}  // namespace

DateWord word_meaning(std::string_view folded) {
  const auto any = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(), [&](std::string_view w) { return folded.starts_with(w); });
  };
  if (folded.size() < 2) return DateWord::none;
  if (any(other_words)) return DateWord::other;
  if (any(modified_words)) return DateWord::modified;
  if (any(published_words)) return DateWord::published;
  return DateWord::none;
}

}  // namespace offprint
