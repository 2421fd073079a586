#include "document/elements.h"

#include <algorithm>
#include <cstring>

#include "document/words.h"

namespace offprint {
namespace {

// The tokens of a class or id are cut into words at '-', '_', blanks and lower-to-upper changes, so that "post-author",
// "postAuthor" and "PostAuthor_name__x1y2" read alike.
constexpr std::size_t most_words = 40;

struct Word {
  char text[16];
  std::uint8_t size;
  bool begins_token;
  std::string_view view() const { return {text, size}; }
};

std::size_t cut_words(std::string_view value, Word (&out)[most_words]) {
  std::size_t n = 0;
  bool begins = true;
  for (std::size_t i = 0; i < value.size() && n < most_words;) {
    const char c = value[i];
    if (!is_alpha(c)) {
      begins |= is_space(c);
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    const bool upper_run = is_upper(c) && end < value.size() && is_upper(value[end]);
    while (end < value.size() && is_alpha(value[end]) && (upper_run || !is_upper(value[end]))) ++end;
    Word& w = out[n++];
    w.size = static_cast<std::uint8_t>(std::min<std::size_t>(end - i, sizeof w.text));
    for (std::size_t k = 0; k < w.size; ++k) w.text[k] = to_lower(value[i + k]);
    w.begins_token = begins;
    begins = false;
    i = end;
  }
  return n;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

std::string_view text_of(const Page& page, NodeId node, std::size_t limit, Arena& arena) {
  std::span<char> out;
  std::size_t n = 0;
  std::string_view first;
  bool blank = false;
  std::size_t steps = 0;
  for (NodeId id = node; id != no_node && ++steps < 4000;) {
    const Node& at = page[id];
    if (at.kind == NodeKind::element && (at.tag == Tag::script || at.tag == Tag::style || at.tag == Tag::svg ||
                                         at.tag == Tag::noscript || at.tag == Tag::template_)) {
      if (id == node) return {};
      id = next_after(page, id, node);
      continue;
    }
    if (at.kind == NodeKind::element && id != node &&
        !one_of(name_of(at.tag), {"a", "b", "i", "em", "strong", "span", "u", "mark", "small", "sup", "sub", "abbr", "font", "wbr"}))
      blank = true;  // a block or a <br> parts words
    if (at.kind == NodeKind::text && at.text_size != 0) {
      if (first.empty() && n == 0) {
        first = at.text();
      } else {
        if (out.empty()) out = arena.make<char>(limit + 8), n = 0;
        const auto add = [&](std::string_view s) {
          if (blank && n > 0 && n < limit) out[n++] = ' ';
          const std::size_t m = std::min(s.size(), limit - std::min(n, limit));
          std::memcpy(out.data() + n, s.data(), m);
          n += m;
        };
        if (!first.empty()) {
          const bool keep = blank;
          blank = false;
          add(first);
          first = {};
          blank = keep;
        }
        add(at.text());
        if (n >= limit) break;
      }
      blank = false;
    }
    id = next_in_order(page, id, node);
  }
  std::string_view text = n == 0 ? first.substr(0, limit) : std::string_view(out.data(), n);
  // A cut may have split a character.
  while (!text.empty() && text.size() >= limit && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.remove_suffix(1);
  if (!text.empty() && text.size() >= limit - 4 && static_cast<unsigned char>(text.back()) >= 0xC0) text.remove_suffix(1);
  return collapse(text, arena);
}

ClassHint class_hint(std::string_view value) {
  ClassHint hint;
  if (value.size() < 4 || value.size() > 400) return hint;
  // Most classes hold none of the stems; find that out before cutting them up.
  bool may = false;
  for (std::size_t i = 0; i + 3 < value.size() && !may; ++i) {
    switch (value[i] | 0x20) {
      case 'a':
        may = (value[i + 1] | 0x20) == 'u' && (value[i + 2] | 0x20) == 't';
        break;
      case 'b':
        may = (value[i + 1] | 0x20) == 'y' && ((value[i + 2] | 0x20) == 'l' || value[i + 2] == '-');
        break;
      case 'd':
        may = (value[i + 1] | 0x20) == 'a' && (value[i + 2] | 0x20) == 't';
        break;
      case 'p':
        may = ((value[i + 1] | 0x20) == 'u' && (value[i + 2] | 0x20) == 'b' && (value[i + 3] | 0x20) == 'l') ||
              ((value[i + 1] | 0x20) == 'o' && (value[i + 2] | 0x20) == 's' && (value[i + 3] | 0x20) == 't');
        break;
      case 'w':
        may = (value[i + 1] | 0x20) == 'r' && (value[i + 2] | 0x20) == 'i' && (value[i + 3] | 0x20) == 't';
        break;
      case 'c':
        may = ((value[i + 1] | 0x20) == 'o' && (value[i + 2] | 0x20) == 'n' && (value[i + 3] | 0x20) == 't') ||
              ((value[i + 1] | 0x20) == 'r' && (value[i + 2] | 0x20) == 'e');
        break;
      case 'u':
        may = ((value[i + 1] | 0x20) == 's' && (value[i + 2] | 0x20) == 'e') || ((value[i + 1] | 0x20) == 'p' && (value[i + 2] | 0x20) == 'd');
        break;
      case 't':
        may = (value[i + 1] | 0x20) == 'i' && (value[i + 2] | 0x20) == 'm' && (value[i + 3] | 0x20) == 'e';
        break;
      case 'n':
        may = (value[i + 1] | 0x20) == 'i' && (value[i + 2] | 0x20) == 'c' && (value[i + 3] | 0x20) == 'k';
        break;
      default:
        break;
    }
  }
  if (!may) return hint;
  Word words[most_words];
  const std::size_t n = cut_words(value, words);
  int name = 0, date = 0;
  for (std::size_t i = 0; i < n;) {
    std::size_t end = i + 1;
    while (end < n && !words[end].begins_token) ++end;
    // One token: words[i, end).
    bool author = false, byline = false, user = false, named = false, other = false, dated = false, modified = false,
         time = false, published = false;
    for (std::size_t k = i; k < end; ++k) {
      const std::string_view w = words[k].view();
      author |= one_of(w, {"author", "authors", "authorname", "writer", "writers", "contributor", "contributors", "columnist",
                           "postauthor", "creator", "authored", "entryauthor", "autor", "auteur", "autore", "articleauthor", "authorlink"});
      byline |= one_of(w, {"byline", "bylines", "writtenby", "postedby", "bylinename"});
      if (w == "by" && k + 1 < end && words[k + 1].view() == "line") byline = true;
      if ((w == "written" || w == "posted") && k + 1 < end && words[k + 1].view() == "by") byline = true;
      user |= one_of(w, {"username", "usernames", "nickname", "userlink"});
      if (w == "user" && k + 1 < end && words[k + 1].view() == "name") user = true;
      named |= one_of(w, {"name", "names", "fn", "link"});
      other |= one_of(w, {"avatar", "image", "img", "photo", "bio", "box", "description", "about", "social", "thumb", "thumbnail", "title",
                          "role", "job", "position", "icon", "picture", "count", "desc", "follow", "more", "posts", "list", "card", "grid",
                          "comment", "comments", "related", "twitter", "email", "company", "text", "info", "details", "block", "section",
                          "container", "wrapper", "wrap", "headshot", "archive", "page", "template", "profile"});
      dated |= one_of(w, {"date", "dates", "dateline", "pubdate", "datetime", "postdate", "publishdate", "datepublished", "published", "timestamp",
                          "publish", "publishedat", "createdat", "datum", "fecha", "entrydate", "dt"});
      published |= one_of(w, {"published", "publish", "pubdate", "publication", "posted", "created"});
      time |= w == "time" || w == "posted" || w == "meta";
      modified |= one_of(w, {"updated", "modified", "update", "modification", "lastmod", "revised"});
    }
    int strength = 0;
    if (byline) strength = other ? 45 : 66;
    if (author) strength = named ? 76 : other ? 38 : end - i == 1 ? 68 : 64;
    if (user) strength = std::max(strength, other ? 30 : 52);
    name = std::max(name, strength);
    int when = 0;
    if (dated) when = published ? 60 : 55;
    if (!dated && time && published) when = 45;
    if (!dated && time) when = std::max(when, 30);
    if (modified) {
      when = std::max(when, 50);
      if (!published) hint.modified = true;
    }
    date = std::max(date, when);
    i = end;
  }
  hint.name = static_cast<std::uint8_t>(name);
  hint.date = static_cast<std::uint8_t>(date);
  return hint;
}

bool is_aside(std::string_view value) {
  if (value.empty() || value.size() > 400) return false;
  Word words[most_words];
  const std::size_t n = cut_words(value, words);
  for (std::size_t k = 0; k < n; ++k) {
    if (one_of(words[k].view(), {"comment", "comments", "related", "recommended", "recommendations", "sidebar", "widget", "widgets", "footer",
                                 "recirc", "recirculation", "popular", "trending", "carousel", "slider", "latest", "recent", "promo", "menu",
                                 "nav", "navigation", "navbar", "teaser", "teasers", "suggested", "upnext", "disqus", "respond", "replies",
                                 "reviews", "testimonial", "testimonials", "cards", "newsletter", "cookie", "modal", "card", "tile", "swiper", "slick"}))
      return true;
    if (k + 1 < n && words[k].view() == "read" && one_of(words[k + 1].view(), {"next", "also"})) return true;
    if (k + 1 < n && words[k].view() == "more" && one_of(words[k + 1].view(), {"posts", "stories", "articles", "from", "like"})) return true;
    if (k + 1 < n && words[k].view() == "similar") return true;
  }
  return false;
}

bool is_author_path(std::string_view href) {
  if (href.size() < 6 || href.size() > 300) return false;
  for (std::size_t i = href.find('/'); i != std::string_view::npos; i = href.find('/', i + 1)) {
    const std::string_view rest = href.substr(i + 1);
    for (std::string_view stem : {"author/", "authors/", "contributor/", "contributors/", "writer/", "writers/", "staff/", "people/",
                                  "by/", "journalist/", "journalists/", "autor/", "autores/", "auteur/", "auteurs/", "autore/", "columnist/",
                                  "columnists/", "reporter/", "reporters/", "redakteur/", "team/", "profile/", "profiles/", "bio/", "byline/",
                                  "blogger/", "editor/", "editors/", "avtor/", "authors/", "experts/", "about-the-author"})
      if (rest.starts_with(stem) && rest.size() > stem.size()) return true;
  }
  return false;
}

}  // namespace offprint
