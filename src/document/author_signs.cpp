#include "document/author_signs.h"

#include <algorithm>
#include <array>

#include "document/authors.h"
#include "document/elements.h"
#include "document/given_names.h"
#include "document/words.h"

namespace offprint {
namespace {

constexpr WordTable<std::uint8_t, 4096> make_names() {
  WordTable<std::uint8_t, 4096> table;
  table.add(given_names, 1);
  return table;
}
constexpr WordTable<std::uint8_t, 4096> names_table = make_names();

// What firms and societies are called that bear a person's name.
constexpr WordTable<std::uint8_t, 512> make_firms() {
  WordTable<std::uint8_t, 512> table;
  table.add(
      "home about blog news community energy health group media insurance bank inc llc ltd co company corp "
      "studio studios "
      "labs lab tech digital design designs marketing agency solutions services consulting academy school "
      "university college "
      "institute foundation association center centre club society church hospital clinic dental law legal "
      "partners travel "
      "tours hotel hotels food foods kitchen cafe bakery garden gardens house homes shop store boutique "
      "jewelry jewelers press "
      "publishing books magazine journal times post daily weekly review reviews online official network "
      "podcast photography "
      "fitness yoga wellness beauty skincare fashion clothing shoes sports music films pictures productions "
      "software systems "
      "the of and for with guide guides team staff county city park street",
      1);
  return table;
}
constexpr WordTable<std::uint8_t, 512> firms = make_firms();

// "Jane Roe's Blog" → "Jane Roe".
std::string_view without_blog(std::string_view name) {
  for (std::string_view end : {" Blog", " blog", "'s", "\xE2\x80\x99s"})
    if (name.size() > end.size() && name.ends_with(end))
      name = trim(name.substr(0, name.size() - end.size()));
  return name;
}

}  // namespace

bool looks_like_person(std::string_view name, Arena& arena) {
  if (name.size() < 5 || name.size() > 40 || name.starts_with("\xC2\xA9")) return false;
  int words = 0;
  bool initial = true;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == ' ') {
      initial = true;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (!is_alpha(c) && byte < 0x80 && c != '.' && c != '-' && c != '\'') return false;
    if (initial) {
      ++words;
      if (byte < 0x80 && !is_upper(c)) return false;
    }
    initial = false;
  }
  if (words < 2 || words > 3) return false;
  if (name.find("'s ") != std::string_view::npos) return false;
  const std::string_view folded = folded_words(name, arena);
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', i), folded.size());
    if (firms.find(folded.substr(i, end - i)) != 0) return false;
    i = end + 1;
  }
  return names_table.find(folded.substr(0, folded.find(' '))) != 0;
}

std::string_view person_of_site(const FieldContext& c) {
  const auto stands = [&](std::string_view name) {
    return std::any_of(c.blocks.blocks.begin(), c.blocks.blocks.end(), [&](const RawBlock& b) {
      return b.words <= 8 && b.text.find(name) != std::string_view::npos;
    });
  };
  const auto fits = [&](std::string_view name) {
    return looks_like_person(name, c.arena) &&
           (stands(name) || is_site(folded_words(name, c.arena), std::array{c.sites.label}, c.arena));
  };
  for (std::string_view site : c.head.sites)
    if (const std::string_view name = without_blog(trim(site)); fits(name)) return name;
  TitleParts parts;
  const std::size_t n = cut_title(c.head.title_element, parts);
  if (n >= 2)
    for (const std::size_t k : {n - 1, std::size_t{0}})
      if (const std::string_view name = without_blog(trim(parts[k].text)); fits(name)) return name;
  return {};
}

std::string_view person_beside_picture(const FieldContext& c) {
  if (!c.tree()) return {};
  for (std::size_t i = 0; i < c.blocks.blocks.size(); ++i) {
    const RawBlock& b = c.blocks.blocks[i];
    if (b.hidden != Hidden::no || b.words < 2 || b.words > 4 || b.text.size() > 40) continue;
    const bool near = c.title_block != no_block && i > c.title_block && i <= c.title_block + 6;
    if (!near && c.role(i) != Role::byline && c.role(i) != Role::bio) continue;
    if (!looks_like_person(b.text, c.arena) || c.place(b.node) < -30) continue;
    // The picture is a neighbour: within the box that holds both, three levels up at most.
    NodeId box = b.node;
    for (int up = 0; up < 3 && box != no_node && c.page[box].parent != no_node; ++up)
      box = c.page[box].parent;
    int steps = 0;
    for (NodeId id = box; id != no_node && ++steps < 200; id = next_in_order(c.page, id, box)) {
      if (c.page[id].tag != Tag::img) continue;
      const std::string_view alt = attribute(c.page, id, AttributeName::alt);
      if (alt.find(b.text) != std::string_view::npos) return b.text;
    }
  }
  return {};
}

// Names of posters stand among dates and badges, and the model is seldom sure of them.
constexpr float least_poster = 0.3f;

// "jane_roe 17.10.2019, 13:56"
std::string_view before_date(const FieldContext& c, std::size_t i) {
  const RawBlock& b = c.blocks.blocks[i];
  if ((c.role(i) != Role::date && c.role(i) != Role::byline) || b.words > 10) return {};
  std::array<FoundDate, 1> found;
  if (find_dates(b.text, c.head.range, c.order, found) == 0 || found[0].word != DateWord::none) return {};
  const std::string_view name = trim(b.text.substr(0, found[0].begin));
  // "Mittwoch", "Registered", "Reply": a word with a capital alone may be anything, but not in a by-line.
  const bool plain = !name.empty() && is_upper(name[0]) && std::none_of(name.begin() + 1, name.end(), [](char ch) { return is_upper(ch) || is_digit(ch) || ch == '_'; });
  if (plain && c.role(i) != Role::byline) return {};
  for (std::string_view word : {"am", "vom", "on", "le", "il", "el", "gestern", "heute", "today", "yesterday", "posted", "joined", "geschrieben", "erstellt"})
    if (equals_lowercase(name, word)) return {};
  if (name.size() < 3 || name.size() > 32 || name.find_first_of(",:|#/") != std::string_view::npos || is_nobody(folded_words(name, c.arena))) return {};
  return name.find(' ') == std::string_view::npos ? name : std::string_view();
}

std::string_view first_poster(const FieldContext& c) {
  if (c.decisions.page_type != PageType::forum || !c.decided()) return {};
  const std::size_t begin = c.title_block == no_block ? 0 : c.title_block + 1;
  for (std::size_t i = begin; i < c.blocks.blocks.size() && i < begin + 60; ++i) {
    const RawBlock& b = c.blocks.blocks[i];
    if (b.hidden != Hidden::no || b.kind == BlockKind::heading) continue;
    if (c.decisions.of_block[i].confidence < least_poster) continue;
    if (const std::string_view name = before_date(c, i); !name.empty()) return name;
    if (c.role(i) != Role::byline) continue;
    if (b.words == 0 || b.words > 3 || b.text.size() > 32 || b.text.front() == '#' ||
        is_nobody(folded_words(b.text, c.arena)))
      continue;
    return b.text;
  }
  return {};
}

}  // namespace offprint
