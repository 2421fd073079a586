// By-lines among the blocks of a page: announced ("By Jane Roe"), by their role, or at the end of the story.
#include "document/author_blocks.h"

#include <algorithm>
#include <array>

#include "base/cpu.h"
#include "document/author_signs.h"
#include "document/authors.h"
#include "document/words.h"

namespace offprint {
namespace {

// Whether a text may hold one of the marks of read_behind_mark() (" by ", "·By ", " por ", " Автор "): two bytes and the one behind
// them are of the kinds that all marks begin with.
bool may_hold_mark(std::string_view text) {
  const auto begins = [](char c) { return c == ' ' || c == '|' || c == '\xB7'; };
  const auto second = [](char c) { return to_lower(c) == 'b' || to_lower(c) == 'v' || to_lower(c) == 'p' || c == '\xD0'; };
  const auto third = [](char c) { return to_lower(c) == 'y' || to_lower(c) == 'o' || to_lower(c) == 'a' || c == '\x90'; };
  std::size_t at = 0;
#ifdef OFFPRINT_SSE2
  for (; at + 18 <= text.size(); at += 16) {
    const auto load = [&](std::size_t k) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at + k)); };
    const auto any = [](__m128i v, char a, char b, char c, char d) {
      const auto is = [v](char x) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(x)); };
      return _mm_or_si128(_mm_or_si128(is(a), is(b)), _mm_or_si128(is(c), is(d)));
    };
    // With the bit of lower case, which leaves 0xD0 and 0x90 as 0xF0 and 0xB0.
    const __m128i small = _mm_set1_epi8(0x20);
    const __m128i a = any(load(0), ' ', ' ', '|', '\xB7');
    const __m128i b = any(_mm_or_si128(load(1), small), 'b', 'v', 'p', '\xF0');
    const __m128i c = any(_mm_or_si128(load(2), small), 'y', 'o', 'a', '\xB0');
    if (_mm_movemask_epi8(_mm_and_si128(_mm_and_si128(a, b), c)) != 0) return true;
  }
#endif
  for (; at + 3 <= text.size(); ++at)
    if (begins(text[at]) && second(text[at + 1]) && third(text[at + 2])) return true;
  return false;
}

// Whether one of the labels of read_all() ("written by", "author:") begins so.
bool begins_label(unsigned char first, unsigned char second) {
  for (std::string_view two : {"wr", "au", "wo", "po", "ab", "te", "ec", "es", "ge"})
    if (first == static_cast<unsigned char>(two[0]) && second == static_cast<unsigned char>(two[1])) return true;
  return false;
}

struct Bylines : FieldContext {
  std::vector<std::string_view>& names;
  std::vector<std::string_view> sections{};  // the links of a word that the page's menus have, once they are asked for
  bool sections_known = false;

  // "Di Falcot Corp, cadangan memiliki dua tujuan…", "de la FAQ Linux".
  bool is_story(std::size_t i) const {
    if (role(i) != Role::body || decisions.of_block[i].confidence < 0.9f) return false;
    return blocks.blocks[i].words > 12 || blocks.blocks[i].kind == BlockKind::list_item;
  }
  bool may_be_byline(std::size_t i) const {
    const Role r = role(i);
    return !decided() || r == Role::byline || r == Role::date || r == Role::bio || r == Role::caption || r == Role::standfirst;
  }

  // "News" above the headline: a single word that is a link of the page's menus, too, or stands before the block of a person.
  bool is_section(std::size_t i) {
    const std::string_view text = blocks.blocks[i].text;
    if (text.find(' ') != std::string_view::npos) return false;
    for (std::size_t k = i + 1; k < std::min(blocks.blocks.size(), i + 5); ++k)
      if (role(k) == Role::byline && looks_like_person(blocks.blocks[k].text, arena)) return true;
    if (!sections_known) {
      sections_known = true;
      for (std::size_t k = 0; k < blocks.blocks.size(); ++k)
        if (role(k) == Role::navigation && blocks.blocks[k].text.find(' ') == std::string_view::npos) sections.push_back(blocks.blocks[k].text);
      std::sort(sections.begin(), sections.end());
    }
    return std::binary_search(sections.begin(), sections.end(), text);
  }

  // What "By" alone announces: the block behind it, unless that is long, hidden, or a heading that is no by-line.
  std::string_view name_behind(std::size_t i) const {
    if (i + 1 >= blocks.blocks.size()) return {};
    const RawBlock& b = blocks.blocks[i + 1];
    const bool other = b.words > 6 || b.hidden != Hidden::no || (b.kind == BlockKind::heading && role(i + 1) != Role::byline);
    return other ? std::string_view() : b.text;
  }

  // "Medically reviewed by Ann Roe, MD — Written by Jane Roe": what announces a name by more than a word behind a sign.
  bool read_behind_sign(std::string_view text, NameSource source) {
    bool behind = false;
    std::size_t length = 0;
    for (std::size_t at = 0; at + 8 < text.size(); at += length) {
      const char32_t c = code_point(text, at, length);
      const bool begins = behind && is_word(c);
      if (c != ' ') behind = c == '|' || c == '-' || c == '/' || c == '.' || c == 0xB7 || c == 0x2013 || c == 0x2014 || c == 0x2022;
      if (!begins) continue;
      const std::string_view rest = text.substr(at);
      const std::size_t n = announcement(rest);
      if (n == 0 || trim(rest.substr(0, n)).find(' ') == std::string_view::npos || is_of_others(first_word(rest))) continue;
      read_names(rest, source, arena, names);
      if (!names.empty()) return true;
    }
    return false;
  }

  void read_behind_mark(std::string_view text, NameSource source) {
    if (!may_hold_mark(text) || text.find("\xC2\xA9") != std::string_view::npos) return;
    if (read_behind_sign(text, source)) return;
    // The same where nothing parts them.
    for (std::string_view words : {"Written by", "Geschrieben von", "Escrito por", "Scritto da"})
      if (const std::size_t at = text.find(words); at != std::string_view::npos && at > 0) {
        read_names(text.substr(at), source, arena, names);
        if (!names.empty()) return;
      }
    if (is_of_others(first_word(text))) return;
    for (std::string_view mark : {" by ", " By ", " BY ", " by: ", " By: ", "|by ", "·By ", " von ", " par ", " por ", " Von ", " Par ", " Por ", " von: ", " Von: ",
                                  " por: ", " Por: ", " Автор: ", " Автор "}) {
      const std::size_t at = text.find(mark);
      if (at == std::string_view::npos || is_of_others(text.substr(0, at))) continue;
      read_names(text.substr(at + 1), source, arena, names);
      if (!names.empty()) return;
    }
  }

  static std::string_view first_word(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" (["), text.size()));
    return text.substr(0, text.find_first_of(" :"));
  }

  // "Medically reviewed", "Photo", "Edited": who is named behind it did not write the page.
  static bool is_of_others(std::string_view before) {
    char folded[48];
    const std::size_t blank = before.rfind(' ');
    const std::string_view word = fold_into(before.substr(blank == std::string_view::npos ? 0 : blank + 1).substr(0, 20), folded, sizeof folded);
    for (std::string_view stem : {"review", "edit", "check", "verif", "approv", "photo", "foto", "bild", "illustrat", "translat", "ubersetz", "gepruft", "relu", "revis", "image", "video", "sponsor", "sort", "read", "power", "filter", "order", "sold"})
      if (word.starts_with(stem)) return true;
    return false;
  }

  // "By Jane Doe" in blocks near the title, and blocks with the role of by-line.
  void read_all() {
    // What is announced first: beside it stand sections, counts of minutes and handles.
    for (const bool announced : {true, false})
      for (std::size_t i = 0; decided() && i < blocks.blocks.size(); ++i) {
        if (decisions.of_block[i].confidence < (announced ? 0.35f : 0.5f)) continue;
        if (role(i) != Role::byline && !(announced && is_byline(i) && near_title(i))) continue;
        if (title_block != no_block && (i + 12 < title_block || i > title_block + 40) && i + 40 < blocks.blocks.size()) continue;
        const std::string_view text = blocks.blocks[i].text;
        if (!text.empty() && head.title_element.starts_with(text)) continue;
        if (announced) {
          if (is_byline(i) && read_byline(i)) return;
          continue;
        }
        if (text.ends_with(':') || is_source_label(text) || is_of_others(first_word(text)) || is_section(i)) continue;  // a label
        read_names(text, NameSource::element, arena, names);
        if (!names.empty()) return;
      }
    if (title_block == no_block && tree()) return;
    const std::size_t begin = title_block == no_block ? 0 : title_block >= 6 ? title_block - 6 : 0;
    const std::size_t end = std::min(blocks.blocks.size(), title_block == no_block ? 30 : title_block + 15);
    // Those behind the title first, then it and those before.
    const std::size_t behind = std::min(title_block == no_block ? 0 : title_block + 1, end);
    for (int pass = 0; pass < 2 && names.empty(); ++pass)
      for (std::size_t i = pass == 0 ? behind : begin, stop = pass == 0 ? end : behind; i < stop && names.empty(); ++i) {
        const RawBlock& b = blocks.blocks[i];
        if (b.hidden != Hidden::no || b.text.empty() || b.words > 40 || b.text.size() > 300) continue;
        const std::size_t n = announcement(b.text);
        // "Von Sprachregeln und Gender-Politik" is the headline.
        if (n != 0 && (role(i) == Role::navigation || in_menu(b.node))) continue;
        if (n != 0 && (is_story(i) || (b.kind == BlockKind::heading && role(i) == Role::headline))) continue;
        if (n != 0 && n >= b.text.size() && i + 1 < end) {  // "By" alone: the name is the next block
          read_names(name_behind(i), NameSource::element, arena, names);
          continue;
        }
        if (n != 0) {
          read_names(b.text, NameSource::text, arena, names);
          continue;
        }
        // "March 5, 2024 | By Jane Doe", "Posted on March 5 by Jane Doe". In a heading it is a name ("Spanish by Ear"), in a
        // sentence of the text anything ("as provided by Xcode").
        if (b.words > 25 || b.kind == BlockKind::heading || !may_be_byline(i)) continue;
        read_behind_mark(b.text, NameSource::text);
      }
    // "Written by Jane Doe" at the end of the story, too.
    for (std::size_t i = end; i < blocks.blocks.size() && names.empty(); ++i) {
      const RawBlock& b = blocks.blocks[i];
      if (b.hidden != Hidden::no || b.text.size() > 120 || b.words > 12) continue;
      const auto first = static_cast<unsigned char>(b.text.empty() ? 0 : b.text[0] | 0x20);
      if (first != 'w' && first != 'a' && first != 'p' && first != 't' && first != 'e' && first != 'g' &&
          first < 0x80)
        continue;
      if (b.text.size() < 2) continue;
      const auto second = static_cast<unsigned char>(b.text[1] | 0x20);
      if (first < 0x80 && second < 0x80 && !begins_label(first, second)) continue;
      char start[24];
      const std::string_view low = fold_into(b.text.substr(0, 18), start, sizeof start);
      const bool strong =
          low.starts_with("written by") || low.starts_with("author:") || low.starts_with("words by") ||
          low.starts_with("posted by") || low.starts_with("about the author") || low.starts_with("text by") ||
          low.starts_with("автор:") || low.starts_with("ecrit par") || low.starts_with("escrito por") ||
          low.starts_with("geschrieben von") || low.starts_with("autor:");
      if (!strong) continue;
      const std::size_t n = announcement(b.text);
      if (n >= b.text.size() && i + 1 < blocks.blocks.size()) {
        read_names(name_behind(i), NameSource::element, arena, names);
      } else {
        read_names(b.text, NameSource::text, arena, names);
      }
      if (!names.empty() && place(b.node) < -50) names.clear();
    }
  }

  // What block i announces as a by-line: "By Jane Roe", "March 5 | By: Jane Roe", "By" before the block of a name.
  bool read_byline(std::size_t i) {
    std::string_view text = blocks.blocks[i].text;
    if (is_source_label(text)) return false;
    text.remove_prefix(std::min(text.find_first_not_of(" |-/"), text.size()));
    // "05.02.2020 - Redaktion: Jane Roe"
    std::array<FoundDate, 1> found;
    if (find_dates(text, head.range, order, found) > 0 && found[0].begin == 0) {
      const std::size_t next = text.find_first_not_of(" |-/,", found[0].end);
      if (next != std::string_view::npos && announcement(text.substr(next)) != 0) text.remove_prefix(next);
    }
    for (std::string_view reporter : {"记者", "記者", "作者", "撰文"})
      if (const std::size_t at = text.find(reporter); at != std::string_view::npos && text.size() < 120) text.remove_prefix(at);
    const std::size_t n = announcement(text);
    if (n != 0 && n >= text.size()) {
      read_names(name_behind(i), NameSource::element, arena, names);
    } else if (n != 0) {
      read_names(text, NameSource::byline, arena, names);
    } else {
      read_behind_mark(text, NameSource::byline);
    }
    return !names.empty();
  }
  bool is_byline(std::size_t i) const {
    const RawBlock& b = blocks.blocks[i];
    const bool seen = b.hidden == Hidden::no || (b.hidden == Hidden::screen_reader && b.words == 1);  // "By"
    return decided() && (role(i) == Role::byline || role(i) == Role::date) && seen && b.words > 0 && b.words <= 20;
  }

  // "By Jane Roe" beside the title, in a block that the model, too, calls a by-line.
  void read_at_title() {
    if (title_block == no_block) return;
    for (std::size_t i = title_block + 1; i < std::min(blocks.blocks.size(), title_block + 7); ++i)
      if (is_byline(i) && read_byline(i)) return;
  }

  void read_anywhere() {
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i)
      if (role(i) == Role::byline && is_byline(i) && place(blocks.blocks[i].node) > -34 && read_byline(i)) return;
  }
};

}  // namespace

void names_of_blocks(const FieldContext& context, std::vector<std::string_view>& names) { Bylines{context, names}.read_all(); }
void bylines_at_title(const FieldContext& context, std::vector<std::string_view>& names) { Bylines{context, names}.read_at_title(); }
void bylines_anywhere(const FieldContext& context, std::vector<std::string_view>& names) { Bylines{context, names}.read_anywhere(); }

}  // namespace offprint
