// Languages, declared and detected.
#include <cstdio>  // which the next one uses and forgets

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/unicode.h"
#include "document/fields.h"
#include "document/words.h"

namespace offprint {

std::string_view normalize_language(std::string_view declared, Arena& arena) {
  declared = trim(declared);
  // "en, de": the first. "en_US.UTF-8": without what follows.
  declared = declared.substr(0, std::min(declared.find_first_of(",; .@"), declared.size()));
  if (declared.size() < 2 || declared.size() > 35) return {};
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 26> by_name = {
      {{"english", "en"}, {"german", "de"},     {"deutsch", "de"},    {"french", "fr"},    {"francais", "fr"},
       {"spanish", "es"}, {"espanol", "es"},    {"portuguese", "pt"}, {"italian", "it"},   {"italiano", "it"},
       {"russian", "ru"}, {"polish", "pl"},     {"polski", "pl"},     {"ukrainian", "uk"}, {"turkish", "tr"},
       {"turkce", "tr"},  {"arabic", "ar"},     {"chinese", "zh"},    {"japanese", "ja"},  {"korean", "ko"},
       {"dutch", "nl"},   {"nederlands", "nl"}, {"swedish", "sv"},    {"persian", "fa"},   {"hebrew", "he"},
       {"czech", "cs"}}};
  char folded[64];
  const std::string_view low = fold_into(declared, folded, sizeof folded);
  for (const auto& [name, tag] : by_name)
    if (low == name) return tag;
  std::span<char> out = arena.make<char>(declared.size());
  std::size_t part = 0;
  for (std::size_t i = 0; i < declared.size();) {
    std::size_t end = i;
    while (end < declared.size() && declared[end] != '-' && declared[end] != '_') ++end;
    const std::size_t n = end - i;
    const bool letters =
        std::all_of(declared.begin() + static_cast<std::ptrdiff_t>(i),
                    declared.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return is_alpha(c); });
    if (part == 0 && (!letters || n < 2 || n > 3)) return {};
    if (n == 0 || n > 8) return {out.data(), i == 0 ? 0 : i - 1};
    for (std::size_t k = i; k < end; ++k) {
      const char c = to_lower(declared[k]);
      const bool upper = (part > 0 && n == 2 && letters) || (part > 0 && n == 4 && letters && k == i);
      if (!is_alnum(c)) return {out.data(), i == 0 ? 0 : i - 1};
      out[k] = upper ? static_cast<char>(is_alpha(c) ? c & ~0x20 : c) : c;
    }
    if (end < declared.size()) out[end] = '-';
    i = end + 1;
    ++part;
  }
  std::string_view tag(out.data(), out.size());
  while (tag.ends_with('-')) tag.remove_suffix(1);
  // Old codes.
  if (tag == "iw") return "he";
  if (tag == "in") return "id";
  if (tag == "ua") return "uk";
  if (tag == "jp") return "ja";
  if (tag == "cn") return "zh-CN";
  if (tag == "gb" || tag == "us") return tag == "gb" ? "en-GB" : "en-US";
  return tag;
}

namespace {

// The language of letters that one language alone is written in, where they are plenty beside Latin ones: a manual in Japanese is full
// of English names, of which the detector makes nothing sure.
std::string_view language_of_script(std::string_view text) {
  std::size_t kana = 0, hangul = 0, han = 0, greek = 0, hebrew = 0, thai = 0, latin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    latin += c < 0x80 ? is_alpha(static_cast<char>(c)) : c < 0x250;
    greek += c >= 0x370 && c < 0x400;
    hebrew += c >= 0x590 && c < 0x600;
    thai += c >= 0xE00 && c < 0xE80;
    kana += c >= 0x3040 && c < 0x3100;
    han += c >= 0x4E00 && c < 0xA000;
    hangul += c >= 0xAC00 && c < 0xD7B0;
  }
  // A Chinese character is about as much as two letters and more.
  const std::size_t syllables = kana + han + hangul;
  if (syllables >= 24 && 2 * syllables >= latin) return hangul > han + kana ? "ko" : kana * 8 >= han ? "ja" : "zh";
  for (const auto& [letters, language] : {std::pair<std::size_t, std::string_view>{greek, "el"}, {hebrew, "he"}, {thai, "th"}})
    if (letters >= 48 && letters >= latin) return language;
  return {};
}

}  // namespace

std::string_view detect_language(std::string_view text) {
  text = whole_prefix(text, 2048);
  if (text.size() < 24) return {};
  bool reliable = false;
  const CLD2::Language language =
      CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE) return language_of_script(text);
  const std::string_view code = CLD2::LanguageCode(language);
  if (code == "iw") return "he";
  if (code == "zh-Hant") return "zh-Hant";
  if (code == "un" || code == "xxx" || code.starts_with("xx-") || code.size() > 8) return {};
  return code;  // a string of CLD2's tables: lives for ever
}

bool is_right_to_left(std::string_view language) {
  const std::string_view primary = language.substr(0, std::min(language.find('-'), language.size()));
  static constexpr std::string_view tags[] = {"ar", "he", "iw", "fa", "ur",  "ps",
                                              "sd", "ug", "yi", "dv", "ckb", "arz"};
  return std::find(std::begin(tags), std::end(tags), primary) != std::end(tags);
}

}  // namespace offprint
