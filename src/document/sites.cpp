#include "document/sites.h"

#include <algorithm>
#include <array>

#include "document/words.h"

namespace offprint {
namespace {

// Folded words without blanks.
std::string_view glue(std::string_view folded, Arena& arena) {
  std::span<char> out = arena.make<char>(folded.size());
  std::size_t n = 0;
  for (char c : folded)
    if (c != ' ') out[n++] = c;
  return {out.data(), n};
}

}  // namespace

// Whether folded words name the site: equal to one of its names, or glued equal to the label of its domain.
bool is_site(std::string_view folded, std::span<const std::string_view> sites, Arena& arena) {
  if (folded.empty()) return false;
  const std::string_view glued = glue(folded, arena);
  for (std::string_view s : sites) {
    if (s.empty()) continue;
    if (folded == s || glued == glue(s, arena)) return true;
    // "The Example Blog" for "Example": all words of one in the other, little else.
    if (word_count(s) >= 2 && likeness(folded, s) >= 0.8f) return true;
    const std::string_view label = glue(s, arena);
    if (label.size() >= 5 && glued.size() <= label.size() + 4 &&
        (glued.starts_with(label) || glued.ends_with(label)))
      return true;
    if (glued.size() >= 5 && label.size() <= glued.size() + 6 &&
        (label.starts_with(glued) || label.ends_with(glued)))
      return true;
  }
  return false;
}

namespace {
// The same for a part of a title that signs cut off: looser, since the sign already says that it is something
// else.
bool is_site_part(std::string_view folded, std::span<const std::string_view> sites, Arena& arena) {
  if (is_site(folded, sites, arena)) return true;
  const int words = word_count(folded);
  if (words == 0 || words > 7) return false;
  const std::string_view glued = glue(folded, arena);
  std::array<char, 8> initials{};
  std::size_t n = 0;
  for (std::size_t i = 0; i < folded.size() && n < initials.size(); ++i)
    if (i == 0 || folded[i - 1] == ' ') initials[n++] = folded[i];
  for (std::string_view s : sites) {
    const std::string_view label = glue(s, arena);
    if (label.size() >= 5 && (glued.starts_with(label) || glued.ends_with(label))) return true;
    if (n >= 3 && label == std::string_view(initials.data(), n)) return true;
  }
  return false;
}

constexpr std::string_view separators[] = {" | ",  " - ",  " – ", " — ", " · ",  " • ", " » ", " « ",
                                           " :: ", " › ",  " ‹ ", " ~ ", " // ", " > ", " < ", "｜",
                                           " ⋆ ",  " ★ ",  " : ", "_",   " ∙ ",  " ― ", "－",  " >> ",
                                           " << ", " ✅ ", " ❤ ", " → ", " ® | "};

// What may stand behind a blank where a title is cut: a byte of a separator, or what cut_title() asks for besides.
constexpr auto behind_blank = [] {
  std::array<bool, 256> t{};
  for (std::string_view s : separators)
    if (s[0] == ' ') t[static_cast<unsigned char>(s[1])] = true;
  t['/'] = t['|'] = true;
  return t;
}();

}  // namespace

std::size_t cut_title(std::string_view title, TitleParts& parts) {
  std::size_t n = 0, from = 0;
  for (std::size_t i = 0; i < title.size() && n + 1 < parts.size();) {
    std::size_t length = 0;
    const char c = title[i];
    if (c == ' ' && (i + 1 == title.size() || !behind_blank[static_cast<unsigned char>(title[i + 1])])) {
      ++i;
      continue;
    }
    if (c == ' ' || c == '_' || static_cast<unsigned char>(c) >= 0xE0) {
      for (std::string_view s : separators)
        if (title.substr(i).starts_with(s)) {
          length = s.size();
          break;
        }
      // " / " parts names of forums, too, but not the numbers of a fraction or of years.
      if (length == 0 && title.substr(i).starts_with(" / ") && i > 0 && !is_digit(title[i - 1])) length = 3;
      // "Story |Site", "Story| Site"
      if (length == 0 && c == ' ' && i + 1 < title.size() && title[i + 1] == '|') length = 2;
    } else if (c == '|') {
      length = 1;
      while (i + length < title.size() && title[i + length] == ' ') ++length;
    }
    // Chinese and Japanese have no blanks around a hyphen: "…英雄的城！-新华网".
    if (c == '-' && i > 0 && static_cast<unsigned char>(title[i - 1]) >= 0x80 && i + 1 < title.size() && static_cast<unsigned char>(title[i + 1]) >= 0xE3) length = 1;
    if (c == '_' && length != 0) {
      // Between words of identifiers it parts nothing; Chinese and Japanese titles use it as a bar.
      const bool cjk = i > 0 && static_cast<unsigned char>(title[i - 1]) >= 0x80 && i + 1 < title.size();
      if (!cjk) length = 0;
    }
    if (length == 0) {
      ++i;
      continue;
    }
    if (i > from) parts[n++] = {title.substr(from, i - from), from};
    i += length;
    from = i;
  }
  if (from < title.size()) parts[n++] = {title.substr(from), from};
  return n;
}

std::string_view strip_site(std::string_view title, std::span<const std::string_view> sites,
                            std::span<const std::string_view> others, Arena& arena) {
  title = trim(title);
  TitleParts parts;
  std::size_t n = cut_title(title, parts);
  if (n < 2) return title;
  // What others say: a run of parts at the beginning or the end that is one of them.
  for (std::string_view other : others) {
    if (word_count(other) < 2) continue;
    for (std::size_t k = n; k-- > 1;) {
      const std::string_view head = trim(title.substr(0, parts[k - 1].begin + parts[k - 1].text.size()));
      if (folded_words(head, arena) == other) return head;
    }
    for (std::size_t k = 1; k < n; ++k) {
      const std::string_view tail = trim(title.substr(parts[k].begin));
      if (folded_words(tail, arena) == other) return tail;
    }
  }
  std::size_t begin = 0, end = n;
  bool named = false;
  for (bool again = true; again && end - begin > 1;) {
    again = false;
    if (is_site_part(folded_words(parts[end - 1].text, arena), sites, arena)) {
      --end;
      again = named = true;
    } else if (is_site(folded_words(parts[begin].text, arena), sites, arena)) {
      ++begin;
      again = named = true;
    }
  }
  // What software puts before every title.
  if (end - begin > 1) {
    const std::string_view before = folded_words(parts[begin].text, arena);
    if (before == "view topic" || before == "view thread" || before == "view single post" ||
        before == "thread" || before == "topic")
      ++begin, named = true;
  }
  // "Story | Section | Site": short parts between the story and the site go, too, when a long one is left.
  while (named && end - begin > 1 && word_count(folded_words(parts[end - 1].text, arena)) <= 2 &&
         word_count(folded_words(parts[begin].text, arena)) >= 4)
    --end;
  // "Story | Somebody" where the page does not say whose it is: of two parts at a bar the first, if it is the
  // longer.
  if (!named && n == 2 && sites.size() <= 1 && word_count(folded_words(parts[0].text, arena)) >= 2) {
    const std::string_view sign = title.substr(parts[0].text.size(), parts[1].begin - parts[0].text.size());
    if (sign.find('|') != std::string_view::npos || sign.find("—") != std::string_view::npos)
      return trim(parts[0].text);
  }
  if (!named && others.empty()) return title;
  return trim(title.substr(parts[begin].begin,
                           parts[end - 1].begin + parts[end - 1].text.size() - parts[begin].begin));
}

bool is_generic_heading(std::string_view folded) {
  static constexpr std::string_view generic[] = {"blog",
                                                 "news",
                                                 "home",
                                                 "menu",
                                                 "search",
                                                 "articles",
                                                 "article",
                                                 "resources",
                                                 "insights",
                                                 "forum",
                                                 "forums",
                                                 "newsletter",
                                                 "community",
                                                 "products",
                                                 "shop",
                                                 "our blog",
                                                 "welcome",
                                                 "error",
                                                 "latest news",
                                                 "404",
                                                 "navigation",
                                                 "loading",
                                                 "login",
                                                 "cart",
                                                 "skip to content",
                                                 "main navigation",
                                                 "subscribe",
                                                 "your cart",
                                                 "comments",
                                                 "about",
                                                 "contact",
                                                 "related posts",
                                                 "related articles",
                                                 "startseite",
                                                 "accueil",
                                                 "inicio",
                                                 "home page",
                                                 "главная",
                                                 "view topic"};
  return std::find(std::begin(generic), std::end(generic), folded) != std::end(generic);
}

std::string_view without_loose_signs(std::string_view title) {
  for (std::string_view sign : {"-", "|", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xBB", "\xC2\xB7", "::"}) {
    if (title.size() > sign.size() + 2 && title.ends_with(sign) && title[title.size() - sign.size() - 1] == ' ') return trim(title.substr(0, title.size() - sign.size()));
    if (title.size() > sign.size() + 2 && title.starts_with(sign) && title[sign.size()] == ' ') return trim(title.substr(sign.size()));
  }
  return title;
}

std::string_view without_date(std::string_view title, DateRange range, DateOrder order) {
  std::array<FoundDate, 1> found;
  if (title.empty() || !is_digit(title[0]) || find_dates(title.substr(0, 40), range, order, found) == 0 || found[0].begin != 0) return title;
  const std::string_view rest = title.substr(found[0].end);
  const std::size_t story = rest.find_first_not_of(" -|:");
  const bool parted = rest.starts_with(" - ") || rest.starts_with(" | ") || rest.starts_with(": ");
  // "24.12.2021 - Kennel": what is left says too little.
  const bool enough = story != std::string_view::npos && std::count(rest.begin() + static_cast<std::ptrdiff_t>(story), rest.end(), ' ') >= 2;
  return parted && enough ? rest.substr(story) : title;
}

namespace {

// Whether all longer words have a capital, so that one says nothing of a new line.
bool is_title_case(std::string_view heading) {
  for (std::size_t i = 0; i < heading.size();) {
    const std::size_t end = std::min(heading.find(' ', i), heading.size());
    if (end - i >= 4 && heading[i] >= 'a' && heading[i] <= 'z') return false;
    i = end + 1;
  }
  return true;
}

// The byte behind a text's first so many words.
std::size_t end_of_word(std::string_view s, int words) {
  std::size_t length = 0;
  bool inside = false;
  for (std::size_t i = 0; i < s.size(); i += length) {
    const bool is = is_word(code_point(s, i, length));
    if (!is && inside && --words == 0) return i;
    inside = is;
  }
  return s.size();
}

}  // namespace

std::string_view line_that_says(std::string_view title, std::string_view heading, Arena& arena) {
  const std::string_view words = folded_words(heading, arena);
  const int count = word_count(words), own = word_count(title);
  if (own < 4 || own + 2 > count || is_title_case(heading)) return heading;
  // A new line begins with a capital or a number, and nothing but a blank stands before it.
  const auto begins_line = [&](std::size_t at) {
    return at < heading.size() && heading[at - 1] == ' ' && (is_upper(heading[at]) || is_digit(heading[at]));
  };
  if (words.starts_with(title) && words[title.size()] == ' ') {
    const std::size_t end = end_of_word(heading, own);
    if (begins_line(end + 1) && folded_words(heading.substr(0, end), arena) == title) return heading.substr(0, end);
  } else if (words.ends_with(title) && words[words.size() - title.size() - 1] == ' ') {
    const std::size_t begin = end_of_word(heading, count - own) + 1;
    if (begins_line(begin) && folded_words(heading.substr(begin), arena) == title) return heading.substr(begin);
  }
  return heading;
}

}  // namespace offprint
