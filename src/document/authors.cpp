#include "document/authors.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/unicode.h"
#include "document/dates.h"
#include "document/words.h"

namespace offprint {
namespace {

// Segments with these words are roles, unless nothing else is there. Prefixes of folded words.
constexpr std::string_view role_words[] = {
    "editor",    "writer",     "reporter",   "correspond",  "contribut",   "journalist", "columnist",
    "manager",   "director",   "founder",    "cofounder",   "ceo",         "cto",        "cmo", "cfo", "coo",
    "president", "officer",    "analyst",    "specialist",  "strategist",  "consultant", "engineer",
    "developer", "producer",   "professor",  "photograph",  "researcher",  "fellow",     "coordinator",
    "marketer",  "author",     "expert",     "critic",      "redakt",      "journal",    "korresp",
    "chef",      "periodista", "redactor",   "editora",     "giornalista", "jornalista", "reporterin",
    "dziennik",  "журналист",  "корреспонд", "редактор",    "обозревател", "кореспонд",  "muhabir",
    "gazeteci",  "head",       "lead",       "senior",      "freelance",   "copywriter", "content",
    "assistant", "advisor",    "partner",    "intern",      "attorney",    "lawyer",     "representative",
    "owner",     "agent",      "realtor",    "therapist",   "nutrition",   "dietit",     "coach",
    "nurse",     "physician",  "doctor",     "instructor",  "teacher",     "trainer",    "designer",
    "architect", "scientist",  "economist",  "associate",   "member",      "certified",  "licensed",
    "board",     "university", "health",     "practitioner"};
// Degrees and the like, which stay with the name before them.
constexpr std::string_view credentials[] = {"phd", "ph.d", "ph.d.", "md",  "m.d.", "jr",   "jr.", "sr",
                                            "sr.", "ii",   "iii",   "iv",  "esq",  "esq.", "msc", "m.sc.",
                                            "bsc", "d.o.", "m.a.",  "mba", "m.s.", "dr."};
// What ends a by-line: the names stand before it. Folded whole words with blanks.
constexpr std::string_view enders[] = {" on behalf of ",
                                       " published ",
                                       " updated ",
                                       " posted ",
                                       " last ",
                                       " reading time ",
                                       " is a ",
                                       " is an ",
                                       " is the ",
                                       " min read",
                                       " minute",
                                       " views",
                                       " comment",
                                       " share",
                                       " follow",
                                       " read more",
                                       " has ",
                                       " was ",
                                       " reviewed by ",
                                       " edited by ",
                                       " photo",
                                       " foto:",
                                       " fotos:",
                                       " foto ",
                                       " bild:",
                                       " bilder:",
                                       " grafik:",
                                       " zdjecia:",
                                       " medically ",
                                       " fact check",
                                       " fact-check",
                                       " view all",
                                       " in category",
                                       " illustrat",
                                       " filed under",
                                       " about the author",
                                       " pm ",
                                       " am ",
                                       " email ",
                                       " contact ",
                                       " veroffentlicht",
                                       " aktualisiert",
                                       " publie le",
                                       " mis a jour"};

bool ends_sentence_char(char c) {
  return c == '.' || c == '!' || c == '?';
}

// Whether a character is no part of a name at its ends.
constexpr bool is_edge(char32_t c) {
  if (c < 0x80) {
    constexpr std::string_view edges = " ,;:-|/\"*~@&><=_\\\t\n\r";
    return edges.find(static_cast<char>(c)) != std::string_view::npos;
  }
  return c == 0xA0 || c == 0xB7 || c == 0xAB || c == 0xBB || (c >= 0x2010 && c <= 0x2015) || c == 0x2022 ||
         c == 0x201C || c == 0x201D || c == 0x203A || c == 0x2192 || c == 0x270D || c == 0x3001 ||
         c == 0x3010 || c == 0x3011 || c == 0xFF0C || c == 0xFF1A || c == 0xFE0F;
}

// Drops from both ends what is no part of a name.
std::string_view tidy(std::string_view s) {
  while (!s.empty()) {
    std::size_t length = 0;
    const char32_t first = code_point(s, 0, length);
    if (is_edge(first) || first == '.' || first == ')') {
      s.remove_prefix(std::min(length, s.size()));
      continue;
    }
    std::size_t last = s.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(s[last]) & 0xC0) == 0x80) --last;
    const char32_t c = code_point(s, last, length);
    if (is_edge(c) || c == '(' || c == '[') {
      s = s.substr(0, last);
      continue;
    }
    if (s.size() > 1 && first == '(' && c == ')') {
      s = s.substr(1, s.size() - 2);
      continue;
    }
    break;
  }
  // A full stop at the end stays only after an initial or a short form: "Jr.", "Ph.D.".
  if (s.size() > 5 && ends_sentence_char(s.back())) {
    const std::size_t blank = s.rfind(' ');
    const std::string_view last = s.substr(blank == std::string_view::npos ? 0 : blank + 1);
    if (last.size() > 4 && std::count(last.begin(), last.end(), '.') == 1) s.remove_suffix(1);
  }
  return s;
}

bool is_credential(std::string_view segment) {
  segment = trim(segment);
  if (segment.empty() || segment.size() > 24) return false;
  for (std::size_t i = 0; i < segment.size();) {
    const std::size_t end = std::min(segment.find(' ', i), segment.size());
    const std::string_view word = segment.substr(i, end - i);
    i = end + 1;
    if (word.empty()) continue;
    char folded[32];
    const std::string_view low = fold_into(word, folded, sizeof folded);
    if (std::find(std::begin(credentials), std::end(credentials), low) != std::end(credentials)) continue;
    // Capitals with dots, hyphens and digits: "DABOM", "M.D.", "E-RYT", "MSCP", "CPC(A)"; some have a small
    // letter: "PsyD".
    int capitals = 0, small = 0;
    for (char c : word) {
      capitals += is_upper(c);
      small += c >= 'a' && c <= 'z';
    }
    const bool digits_only = std::all_of(word.begin(), word.end(), is_digit);
    if (!(capitals >= 2 && small <= capitals && word.size() <= 10) && !digits_only) return false;
  }
  return true;
}

bool has_role_word(std::string_view segment, Arena& arena) {
  const std::string_view words = folded_words(segment, arena);
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t end = std::min(words.find(' ', i), words.size());
    const std::string_view word = words.substr(i, end - i);
    i = end + 1;
    if (std::any_of(std::begin(role_words), std::end(role_words),
                    [&](std::string_view r) { return word.starts_with(r); }))
      return true;
  }
  return false;
}

struct Shape {
  int words = 0, capitalised = 0, lower = 0, caseless = 0, digits = 0, letters = 0;
};

Shape shape_of(std::string_view s) {
  Shape shape;
  bool in_word = false;
  std::size_t length = 0, word_begin = 0;
  for (std::size_t i = 0; i < s.size(); i += length) {
    const char32_t c = code_point(s, i, length);
    if (c == ' ') {
      in_word = false;
      continue;
    }
    if (c < 0x80 && is_digit(static_cast<char>(c))) ++shape.digits;
    if (!is_word(c)) continue;
    ++shape.letters;
    if (in_word) continue;
    in_word = true;
    word_begin = i;
    const std::string_view word =
        s.substr(word_begin, std::min(s.find(' ', word_begin), s.size()) - word_begin);
    ++shape.words;
    const bool cased = c < 0x250 || (c >= 0x370 && c < 0x530);
    if (is_particle(word)) {
      ++shape.capitalised;
    } else if (!cased) {
      ++shape.caseless;
    } else if (fold(c) != c && (c < 0x80 ? is_upper(static_cast<char>(c)) : true)) {
      // Accented small letters fold to another letter, too: told by their block.
      const bool small_latin =
          (c >= 0xDF && c <= 0xFF) || (c >= 0x100 && c < 0x180 && (c & 1) != 0 && c != 0x139);
      if (small_latin)
        ++shape.lower;
      else
        ++shape.capitalised;
    } else if (c >= '0' && c <= '9') {
      ++(word.size() == 2 ? shape.capitalised : shape.lower);  // "3M", "3i"
    } else {
      ++shape.lower;
    }
  }
  return shape;
}

bool needs_announcement(NameSource source) { return source == NameSource::text || source == NameSource::byline; }

bool is_name(std::string_view s, NameSource source, bool announced, Arena& arena) {
  if (s.size() < 2 || s.size() > 90) return false;
  if (s.find('@') != std::string_view::npos || looks_like_address(s)) return false;
  if (s.find(": ") != std::string_view::npos) return false;
  if (s.find_first_of("{<>=`") != std::string_view::npos || s.find("::") != std::string_view::npos) return false;  // code
  if (s.find("©") != std::string_view::npos || is_numbered(s)) return false;
  const Shape shape = shape_of(s);
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

// Where the names of a by-line end.
std::size_t names_end(std::string_view s, NameSource source) {
  std::size_t end = s.size();
  static constexpr std::string_view signs[] = {" | ", " · ", " • ", " — ", " – ", " - ", "\n",   " // ",
                                               " ⋅ ", " ∙ ", " ● ", " | ", " › ", " » ", "／", "<", " @", "责任编辑", "責任編輯"};
  for (std::string_view sign : signs) {
    // In a field, a hyphen may part the two halves of a name; what follows two words is a role or an
    // employer.
    if (const std::size_t at = s.find(sign, 1);
        at < end &&
        (source != NameSource::field || sign != " - " || s.substr(0, at).find(' ') != std::string_view::npos))
      end = at;
  }
  if (source == NameSource::field) return end;
  char folded[512];
  const std::string_view view = s.substr(0, std::min<std::size_t>(end, 400));
  // Byte positions survive only where folding keeps lengths: ASCII alone is searched for the enders.
  std::size_t n = 0;
  for (char c : view) folded[n++] = static_cast<unsigned char>(c) < 0x80 ? to_lower(c) : '\x01';
  const std::string_view low(folded, n);
  for (std::string_view word : enders)
    if (const std::size_t at = low.find(word, 1); at < end) end = at;
  for (std::string_view word : {" on ", " in ", " at ", " for ", " from ", " am ", " le ", " el ", " il ",
                                " em ", " of the ", " to ", " with additional"})
    if (const std::size_t at = low.find(word, 1); at < end) {
      // "of the", "in" … belong to names of bodies ("Team of the Year"); names come first all the same.
      end = at;
    }
  std::array<FoundDate, 1> found;
  if (find_dates(view, {1990, 2100}, DateOrder::day_first, found) > 0 && found[0].begin < end)
    end = found[0].begin;
  // A bare number ends names in text: "By Jane Doe 5 min", "Jane Doe, 12".
  for (std::size_t i = 1; i < end; ++i)
    if (is_digit(s[i]) && s[i - 1] == ' ' && needs_announcement(source)) {
      end = i;
      break;
    }
  // A month that stands without year or day order: "Jane Doe January 5".
  return end;
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

// "Jane Doe, Head of Sales" and "Marketing"; "Jane Doe, Science" and "Health Editor". But "Jane Doe, editor" and "John Roe".
bool goes_on_in_role(std::string_view left, std::string_view right, Arena& arena) {
  const std::size_t comma = left.rfind(", ");
  if (comma == left.npos || left.substr(0, comma).find(' ') == left.npos) return false;
  const std::size_t role = right.find(", ");
  if (role != right.npos && has_role_word(tidy(right.substr(role + 2)), arena)) return false;  // somebody else, with a title
  const std::string_view last = tidy(left.substr(comma + 2)), next = tidy(right.substr(0, right.find(',')));
  if (has_role_word(last, arena)) return last.find(" of ") != last.npos || next.find(' ') == next.npos;
  return last.find(' ') == last.npos && has_role_word(next, arena);
}

// "Vivi Roe" before "Reporter": two or three words of a name, and then the title of whoever bears it.
bool has_title(std::string_view name, std::string_view rest, Arena& arena) {
  const Shape shape = shape_of(name);
  if (shape.words < 2 || shape.words > 3 || shape.lower > 0 || is_company(folded_words(name, arena))) return false;
  return has_role_word(tidy(rest.substr(0, rest.find(','))), arena);
}

// "March", "March 2010"
bool is_month(std::string_view word) {
  while (!word.empty() && (is_digit(word.back()) || word.back() == ' ')) word.remove_suffix(1);
  char folded[32];
  return word.find(' ') == word.npos && word.size() < 20 && month_of(fold_into(word, folded, sizeof folded)) != 0;
}

// Where the name at the begin of a text ends, which goes on with others.
std::size_t end_of_name(std::string_view s) {
  std::size_t end = s.size();
  for (std::string_view sign : {", ", " and ", " und ", " et ", " in ", " & "}) end = std::min(end, s.find(sign));
  return end;
}

// "Jane Doe in London and Bob Roe in Paris", without the places.
std::string_view without_places(std::string_view s, Arena& arena) {
  std::span<char> out{};
  std::size_t n = 0, kept = 0;
  for (std::size_t at = s.find(" in "); at != s.npos && at > 0; at = s.find(" in ", at + 4)) {
    const std::size_t place = at + 4, size = end_of_name(s.substr(place)), next = place + size;
    if (size == 0 || size > 40 || !is_upper(s[place]) || next >= s.size()) break;
    std::string_view rest = s.substr(next);
    rest.remove_prefix(std::min(rest.find_first_of(' ', rest[0] == ' ' ? 1 : 0) + 1, rest.size()));
    if (!looks_like_person(tidy(rest.substr(0, end_of_name(rest))), arena)) break;
    if (out.empty()) out = arena.make<char>(s.size());
    n += s.substr(kept, at - kept).copy(out.data() + n, at - kept);
    kept = next;
  }
  if (kept == 0) return s;
  n += s.substr(kept).copy(out.data() + n, s.size() - kept);
  return {out.data(), n};
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
      if (source != NameSource::field && splitter.sign == " / " && tidy(left).find(' ') != left.npos && tidy(right).find(' ') == right.npos) {
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
        !has_role_word(s.substr(comma + 2), arena) && shape_of(s).lower == 0) {
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
          // "Jane Doe, Vienna", "Jane Doe, Reuters"
          const bool place = source != NameSource::field && out.size() > had && clean.find(' ') == clean.npos && out.back().find(' ') != out.back().npos;
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