#include "document/authors.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/unicode.h"
#include "document/author_pieces.h"
#include "document/dates.h"
#include "document/words.h"

namespace offprint {
namespace {

bool is_name(std::string_view s, NameSource source, bool announced, Arena& arena) {
  if (s.size() < 2 || s.size() > 90) return false;
  if (s.find('@') != std::string_view::npos || looks_like_address(s)) return false;
  if (s.find(": ") != std::string_view::npos) return false;
  if (s.find_first_of("{<>=`") != std::string_view::npos || s.find("::") != std::string_view::npos) return false;  // code
  if (s.find("©") != std::string_view::npos || is_numbered(s)) return false;
  const NameShape shape = name_shape(s);
  if (shape.letters - shape.digits < 1 || shape.words > 8) return false;
  if (s.find('?') != std::string_view::npos || s.find("...") != std::string_view::npos ||
      s.find("…") != std::string_view::npos)
    return false;
  if (source == NameSource::field) return true;
  const std::string_view folded = folded_words(s, arena);
  // "13 answers"
  if (const std::size_t after = s.find_first_not_of("0123456789"); after > 0 && after + 1 < s.size() && s[after] == ' ' && s[after + 1] >= 'a' && s[after + 1] <= 'z') return false;
  if (is_nobody(folded) || s.find('!') != std::string_view::npos) return false;
  for (std::string_view other :
       {"courtesy ",      "reviewed by ", "edited by ", "medically ", "photo", "illustrat", "fact ",
        "translated by ", "filed under",  "min read",   "view ",      "see ",  "read ",     "follow ",
        "share ",         "last updated", "jan ",       "feb ",       "mar ",  "apr ",      "may ",
        "jun ",           "jul ",         "aug ",       "sep ",       "oct ",  "nov ",      "dec "})
    if (folded.starts_with(other) && !(folded.size() < 5)) {
      // "May Smith" is a name; "May 5" has a digit.
      if (other.size() == 4 && other != "see " && shape.digits == 0) continue;
      return false;
    }
  if (shape.words > 6) return false;
  if (needs_announcement(source)) {
    if (is_company(folded)) return false;
    if (shape.words > 5 || shape.digits > 2 || shape.digits >= shape.letters - shape.digits) return false;
    if (shape.lower > 0) return source == NameSource::byline && shape.words == 1;
    if (shape.caseless > 0) return s.size() <= 45;
    return true;
  }
  // An element: prose has more small words than capitals, or goes on where no words are parted.
  if (shape.capitalised == 0 && shape.caseless > 0 && s.size() > 45) return false;
  return shape.words == 1 || (announced && shape.words == 2) || shape.capitalised + shape.caseless > shape.lower;
}

struct Splitter {
  std::string_view sign;
  bool needs_two_words;  // both sides must be names of two words or more: "e", "y", "i" also stand within
                         // names
};
constexpr Splitter splitters[] = {{";", false},     {", and ", false}, {" and ", false}, {" & ", true},
                                  {" und ", false}, {" et ", false},   {" with ", true}, {" e ", true},
                                  {" y ", true},    {" i ", true},     {" и ", false},   {" та ", false},
                                  {" і ", true},    {" ve ", true},    {" en ", true},   {" och ", true},
                                  {"、", false},    {"，", false},     {" / ", false}};

// Whether one of the texts between commas may be a full name.
bool holds_name(std::string_view text, Arena& arena) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min({text.find(',', at), text.find("،", at), text.size()});
    const std::string_view one = tidy(text.substr(at, comma - at));
    const NameShape shape = name_shape(one);
    if (shape.words >= 2 && shape.words <= 4 && shape.lower == 0 && !is_company(folded_words(one, arena)) && !has_role_word(one, arena)) return true;
    at = comma + 1;
  }
  return false;
}

bool already(const std::vector<std::string_view>& names, std::size_t from, std::string_view name,
             Arena& arena) {
  const std::string_view folded = folded_words(name, arena);
  for (std::size_t i = from; i < names.size(); ++i) {
    const std::string_view other = folded_words(names[i], arena);
    if (folded == other) return true;
    // "Jane Doe" after "Jane Doe, PhD"
    if (other.starts_with(folded) && other.size() > folded.size() && other[folded.size()] == ' ' &&
        word_count(folded) >= 2)
      return true;
  }
  return false;
}

}  // namespace

bool is_particle(std::string_view word) {
  static constexpr std::string_view particles[] = {
      "de", "van", "von",   "der", "den", "la", "le", "el",  "al",  "bin", "ibn", "da", "do",  "dos", "das",
      "di", "del", "della", "du",  "des", "y",  "e",  "ter", "ten", "zu",  "af",  "av", "st.", "the", "of", "degli", "dello", "dalla"};
  return std::find(std::begin(particles), std::end(particles), word) != std::end(particles) ||
         word.starts_with("d'") || word.starts_with("d’");
}

int read_names(std::string_view raw, NameSource source, Arena& arena, std::vector<std::string_view>& out) {
  const std::size_t before = out.size();
  std::string_view s = collapse(raw, arena);
  if (s.empty()) return 0;
  if (source == NameSource::field && s.size() > 1000) return 0;
  bool announced = false;
  for (int k = 0; k < 3; ++k) {
    s = tidy(s);
    const std::size_t n = announcement(s);
    if (n == 0 || n >= s.size()) break;
    // "De Niro" and "Di Canio" are names: one-word announcements shared with names need a value that is no
    // bare field.
    if (source == NameSource::field) {
      char folded[8];
      const std::string_view low = fold_into(s.substr(0, 4), folded, sizeof folded);
      if (low.starts_with("de ") || low.starts_with("di ") || low.starts_with("von ") ||
          low.starts_with("af ") || low.starts_with("av "))
        break;
    }
    s.remove_prefix(n);
    announced = true;
  }
  if (needs_announcement(source) && !announced) return 0;
  if (source == NameSource::element && !announced) {
    // "Dec. 19, 2025 · Jane Doe"
    std::array<FoundDate, 1> found;
    if (find_dates(s.substr(0, 60), {1990, 2100}, DateOrder::day_first, found) > 0 && found[0].begin < 16 &&
        found[0].end < s.size()) {
      s = tidy(s.substr(found[0].end));
      if (const std::size_t n = announcement(s); n != 0 && n < s.size()) s.remove_prefix(n);
    }
  }
  if (source != NameSource::field && s.size() > 400) s = whole_prefix(s, 400);
  if (source != NameSource::field) s = without_places(s, arena);
  s = s.substr(0, names_end(s, source));
  s = tidy(s);
  if (s.empty() || (needs_announcement(source) && s.size() > 200)) return 0;
  if (source == NameSource::field && (s = without_owner(s, arena)).empty()) return 0;

  // Names apart: first the signs, then commas, which also part roles and degrees from names.
  std::array<std::string_view, 48> parts;
  std::size_t count = 1;
  parts[0] = s;
  for (const Splitter& splitter : splitters)
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = parts[i].find(splitter.sign);
      if (at == std::string_view::npos || at == 0 || count == parts.size()) continue;
      const std::string_view left = parts[i].substr(0, at),
                             right = parts[i].substr(at + splitter.sign.size());
      if (goes_on_in_role(left, right, arena)) continue;
      if (source != NameSource::field && splitter.sign == " / " && i + 1 == count && tidy(left).find(' ') != left.npos && tidy(right).find(' ') == right.npos) {
        parts[i] = left;  // "Jane Doe / Madrid"
        continue;
      }
      if (splitter.needs_two_words &&
          (tidy(left).find(' ') == std::string_view::npos || tidy(right).find(' ') == std::string_view::npos))
        continue;
      std::move_backward(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                         parts.begin() + static_cast<std::ptrdiff_t>(count),
                         parts.begin() + static_cast<std::ptrdiff_t>(count) + 1);
      parts[i] = left;
      parts[i + 1] = right;
      ++count;
    }
  // "Doe, Jane" is one name.
  if (count == 1 && source == NameSource::field) {
    const std::size_t comma = s.find(", ");
    if (comma != std::string_view::npos && s.find(',', comma + 1) == std::string_view::npos &&
        s.substr(0, comma).find(' ') == std::string_view::npos &&
        s.substr(comma + 2).find(' ') == std::string_view::npos && !is_credential(s.substr(comma + 2)) &&
        !has_role_word(s.substr(comma + 2), arena) && name_shape(s).lower == 0) {
      std::span<char> swapped = arena.make<char>(s.size() - 1);
      const std::string_view last = s.substr(0, comma), first = s.substr(comma + 2);
      std::memcpy(swapped.data(), first.data(), first.size());
      swapped[first.size()] = ' ';
      std::memcpy(swapped.data() + first.size() + 1, last.data(), last.size());
      parts[0] = {swapped.data(), swapped.size()};
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view part = parts[i];
    std::string_view name;  // the name so far, degrees included: a view of `part`
    bool place = false;        // what stood before was one
    bool behind_role = false;  // what follows is an employer or a place, unless it surely is somebody else
    std::size_t name_begin = 0;
    const auto flush = [&]() {
      std::string_view n = tidy(name);
      name = {};
      for (const std::string_view reporter : {"기자", "記者", "记者"})  // "reporter", behind the name
        if (n.size() > reporter.size() && n.ends_with(reporter)) n = tidy(n.substr(0, n.size() - reporter.size()));
      // A role or an employer in parentheses after the name.
      if (const std::size_t open = n.rfind(" (");
          open != std::string_view::npos && open > 1 &&
          (n.find(')', open) == std::string_view::npos || n.ends_with(')')))
        n = tidy(n.substr(0, open));
      if (const std::size_t open = n.find(" ["); open != std::string_view::npos && open > 1)
        n = tidy(n.substr(0, open));
      if (const std::size_t open = n.find("（"); open != std::string_view::npos && open > 1)
        n = tidy(n.substr(0, open));
      // "Jane Doe/dpa"
      if (const std::size_t slash = n.find('/'); slash != std::string_view::npos && n.substr(0, slash).find(' ') != std::string_view::npos &&
                                                 std::none_of(n.begin(), n.end(), is_digit))
        n = tidy(n.substr(0, slash));
      // "Jane_Doe": a name as an account.
      if (const std::size_t low = n.find('_'); low != std::string_view::npos && low > 2 &&
                                               low + 3 < n.size() && is_upper(n[0]) && is_upper(n[low + 1]) &&
                                               n.find(' ') == std::string_view::npos) {
        std::span<char> spaced = arena.make<char>(n.size());
        std::replace_copy(n.begin(), n.end(), spaced.begin(), '_', ' ');
        n = {spaced.data(), spaced.size()};
      }
      for (std::string_view label : {"写真", "撮影", "摄影", "攝影", "사진"})  // who took the pictures
        if (n.starts_with(label)) return;
      if (n.empty() || !is_name(n, source, announced, arena) || already(out, before, n, arena)) return;
      out.push_back(n);
    };
    for (std::size_t at = 0; at <= part.size();) {
      std::size_t comma = part.find(',', at);
      const std::size_t arabic = part.find("،", at);
      comma = std::min({comma, arabic, part.size()});
      const std::string_view segment = part.substr(at, comma - at);
      const std::string_view clean = tidy(segment);
      const std::size_t next = comma + (comma == arabic && comma < part.size() ? 2 : 1);
      if (!clean.empty()) {
        if (!name.empty() && is_credential(clean) && !has_role_word(clean, arena)) {  // "CEO" is no degree
          name = part.substr(name_begin, comma - name_begin);
        } else if ((!name.empty() || out.size() > before) && has_role_word(clean, arena)) {
          flush();
          behind_role = true;
        } else if (behind_role && !looks_like_person(clean, arena) && !has_title(clean, part.substr(std::min(next, part.size())), arena)) {
          flush();
        } else if (!name.empty() && is_month(clean)) {  // "Jane Doe, March 2010"
          flush();
        } else {
          behind_role = false;
          const std::size_t had = out.size();
          flush();
          // "Jane Doe, Vienna", "Jane Doe, Reuters"; but "Jane Doe, Voltaire and Bob Roe"
          const bool behind_name = out.size() > had && out.back().find(' ') != out.back().npos, last = i + 1 == count;
          place = source != NameSource::field && (behind_name || place) && clean.find(' ') == clean.npos && last && !holds_name(part.substr(std::min(next, part.size())), arena);
          if (!place) {
            name_begin = at;
            name = segment;
          }
        }
      }
      at = next;
    }
    flush();
  }
  return static_cast<int>(out.size() - before);
}

}  // namespace offprint