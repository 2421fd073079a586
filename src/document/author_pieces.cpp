#include "document/author_pieces.h"

#include <algorithm>
#include <array>

#include "base/unicode.h"
#include "document/dates.h"
#include "document/words.h"

namespace offprint {
namespace {

// Segments with these words are roles, unless nothing else is there. Prefixes of folded words.
constexpr std::string_view role_words[] = {
    "editor",    "writer",     "reporter",   "correspond",  "contribut",   "journalist", "columnist",
    "manager",   "director",   "founder",    "cofounder",
    "president", "officer",    "analyst",    "specialist",  "strategist",  "consultant", "engineer",
    "developer", "producer",   "professor",  "photograph",  "researcher",  "fellow",     "coordinator",
    "marketer",  "author",     "expert",     "critic",      "redakt",      "journal",    "korresp",
    "chef",      "periodista", "redactor",   "editora",     "giornalista", "jornalista", "reporterin",
    "dziennik",  "журналист",  "корреспонд", "редактор",    "обозревател", "кореспонд",  "muhabir",
    "gazeteci",  "senior",      "freelance",   "copywriter", "content",
    "assistant", "advisor",    "partner",    "intern",      "attorney",    "lawyer",     "representative",
    "owner",     "agent",      "realtor",    "therapist",   "nutrition",   "dietit",     "coach",
    "nurse",     "physician",  "doctor",     "instructor",  "teacher",     "trainer",    "designer",
    "architect", "scientist",  "economist",  "associate",   "member",      "certified",  "licensed",
    "university", "health",     "practitioner"};
// The same, as whole words: "Cook", "Headley", "Leadbetter" and "Boardman" are names.
constexpr std::string_view whole_role_words[] = {"ceo", "cto", "cmo", "cfo", "coo", "head", "lead", "leader", "board"};
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

// Where the name at the begin of a text ends, which goes on with others.
std::size_t end_of_name(std::string_view s) {
  std::size_t end = s.size();
  for (std::string_view sign : {", ", " and ", " und ", " et ", " in ", " & "}) end = std::min(end, s.find(sign));
  return end;
}

}  // namespace

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
                    [&](std::string_view r) { return word.starts_with(r); }) ||
        std::find(std::begin(whole_role_words), std::end(whole_role_words), word) != std::end(whole_role_words))
      return true;
  }
  return false;
}

NameShape name_shape(std::string_view s) {
  NameShape shape;
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
  return end;
}

bool goes_on_in_role(std::string_view left, std::string_view right, Arena& arena) {
  const std::size_t comma = left.rfind(", ");
  if (comma == left.npos || left.substr(0, comma).find(' ') == left.npos) return false;
  const std::size_t role = right.find(", ");
  if (role != right.npos && has_role_word(tidy(right.substr(role + 2)), arena)) return false;  // somebody else, with a title
  const std::string_view last = tidy(left.substr(comma + 2)), next = tidy(right.substr(0, right.find(',')));
  if (has_role_word(last, arena)) return last.find(" of ") != last.npos || next.find(' ') == next.npos;
  return last.find(' ') == last.npos && has_role_word(next, arena);
}

bool has_title(std::string_view name, std::string_view rest, Arena& arena) {
  const NameShape shape = name_shape(name);
  if (shape.words < 2 || shape.words > 3 || shape.lower > 0 || is_company(folded_words(name, arena))) return false;
  return has_role_word(tidy(rest.substr(0, rest.find(','))), arena);
}

bool is_month(std::string_view word) {
  while (!word.empty() && (is_digit(word.back()) || word.back() == ' ')) word.remove_suffix(1);
  char folded[32];
  return word.find(' ') == word.npos && word.size() < 20 && month_of(fold_into(word, folded, sizeof folded)) != 0;
}

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

}  // namespace offprint
