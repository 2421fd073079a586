#include "document/elements.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/cpu.h"
#include "base/short_load.h"
#include "base/places.h"
#include "blocks/text_scan.h"
#include "base/unicode.h"
#include "document/words.h"

#ifdef OFFPRINT_HAS_AVX2
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12's own header reads "undefined" registers
#endif
#include <immintrin.h>
#endif

namespace offprint {
namespace {

// The tokens of a class or id are cut into words at '-', '_', blanks and lower-to-upper changes, so that
// "post-author", "postAuthor" and "PostAuthor_name__x1y2" read alike.
constexpr std::size_t most_words = 40;

// What a word of a class says.
enum Says : std::uint32_t {
  says_author = 1u << 0,
  says_byline = 1u << 1,
  says_user = 1u << 2,
  says_named = 1u << 3,
  says_other = 1u << 4,  // something about the author that is no name
  says_date = 1u << 5,
  says_published = 1u << 6,
  says_time = 1u << 7,
  says_modified = 1u << 8,
  says_aside = 1u << 9,  // surely no part of the article
  says_edge = 1u << 10,  // of a side bar, a menu, a footer
};
constexpr WordTable<std::uint32_t, 512> make_says() {
  WordTable<std::uint32_t, 512> t;
  t.add(
      "author authors authorname writer writers contributor contributors columnist postauthor creator "
      "authored entryauthor autor auteur "
      "autore articleauthor authorlink",
      says_author);
  t.add("byline bylines writtenby postedby bylinename", says_byline);
  t.add("username usernames nickname userlink", says_user);
  t.add("name names fn link", says_named);
  t.add(
      "avatar image img photo bio box description about social thumb thumbnail title role job position icon "
      "picture count desc follow "
      "more posts list card grid comment comments related twitter email company text info details block "
      "section container wrapper wrap "
      "headshot archive page template profile",
      says_other);
  t.add(
      "date dates dateline pubdate datetime postdate publishdate datepublished published timestamp publish "
      "publishedat createdat datum "
      "fecha entrydate dt",
      says_date);
  t.add("published publish pubdate publication posted created", says_published);
  t.add("time posted meta", says_time);
  t.add("updated modified update modification lastmod revised", says_modified);
  t.add(
      "comment comments recentcomments commentlist related recommended recommendations recirc recirculation popular trending carousel "
      "slider latest recent promo "
      "teaser teasers suggested upnext disqus respond replies reviews testimonial testimonials cards "
      "newsletter cookie modal card tile "
      "swiper slick similar",
      says_aside);
  t.add("sidebar widget widgets footer menu nav navigation navbar", says_edge);
  return t;
}
constexpr auto says = make_says();

// Four letters each that words about authors and dates have ("contributor" by its "utor"). Letters of both cases share the five
// bits by which they are compared.
constexpr std::array<std::string_view, 22> stems = {"auth", "utor", "uteu", "byli", "by-l", "by_l", "writ", "olum", "crea", "oste", "user",
                                                    "nick", "rnam", "rlin", "date", "datu", "publ", "time", "fech", "modi", "tmod", "evis"};
static_assert([] {
  constexpr std::uint32_t telling = says_author | says_byline | says_user | says_date | says_time | says_modified;
  for (const auto& [word, what] : says.entries) {
    bool has = (what & telling) == 0 || word == "dt" || word == "meta";  // which tell something beside others only
    for (const std::string_view stem : stems) has |= word.find(stem) != std::string_view::npos;
    if (!has) return false;
  }
  return true;
}());
constexpr std::uint32_t five_bits = 0x1F1F1F1Fu;
constexpr std::array<std::uint32_t, stems.size()> stem_numbers = [] {
  std::array<std::uint32_t, stems.size()> n{};
  for (std::size_t i = 0; i < n.size(); ++i)
    for (std::size_t k = 0; k < 4; ++k) {
      const std::size_t byte = std::endian::native == std::endian::little ? k : 3 - k;
      n[i] |= (static_cast<std::uint32_t>(static_cast<unsigned char>(stems[i][k])) & 0x1Fu) << 8 * byte;
    }
  return n;
}();

// Whether one of the stems stands at p.
bool is_stem(const char* p) {
  std::uint32_t four = 0;
  std::memcpy(&four, p, 4);
  four &= five_bits;
  bool is = false;
  for (const std::uint32_t stem : stem_numbers) is |= four == stem;
  return is;
}

// A set of hashes of them tells that most places have none.
struct StemHashes {
  std::array<bool, 1024> bits{};
  static constexpr std::uint32_t slot(std::uint32_t four) { return (four & five_bits) * 0x9E3779B1u >> 22; }
};
constexpr StemHashes stem_hashes = [] {
  StemHashes h;
  for (const std::uint32_t stem : stem_numbers) h.bits[StemHashes::slot(stem)] = true;
  return h;
}();

bool has_stem_portable(std::string_view value) {
  for (std::size_t i = 0; i + 3 < value.size(); ++i) {
    std::uint32_t four = 0;
    std::memcpy(&four, value.data() + i, 4);
    if (stem_hashes.bits[StemHashes::slot(four)] && is_stem(value.data() + i)) return true;
  }
  return false;
}

#ifdef OFFPRINT_HAS_AVX2
// 64 places at once: the stems in eight heaps; what letters each heap has in each of the four places. A place whose four letters
// agree on a heap is looked at.
struct StemHeaps {
  alignas(64) std::array<std::array<std::uint8_t, 64>, 4> of{};
};
constexpr StemHeaps stem_heaps = [] {
  StemHeaps h;
  for (std::size_t i = 0; i < stems.size(); ++i)
    for (std::size_t k = 0; k < 4; ++k)
      for (const std::size_t upper : {0u, 32u})
        h.of[k][(static_cast<std::size_t>(stems[i][k]) & 31) + upper] |= static_cast<std::uint8_t>(1u << i % 8);
  return h;
}();

OFFPRINT_AVX512 bool has_stem_512(std::string_view value) {
  __m512i heaps[4];
  for (std::size_t k = 0; k < 4; ++k) heaps[k] = _mm512_load_si512(stem_heaps.of[k].data());
  for (std::size_t at = 0; at + 3 < value.size(); at += 64) {
    const std::uint64_t inside = first_bits(value.size() - 3 - at);
    const char* const p = value.data() + at;
    __m512i agree = _mm512_set1_epi8(-1);
    for (std::size_t k = 0; k < 4; ++k) agree = _mm512_and_si512(agree, _mm512_permutexvar_epi8(_mm512_maskz_loadu_epi8(inside, p + k), heaps[k]));
    for (std::uint64_t left = _mm512_test_epi8_mask(agree, agree) & inside; left != 0; left &= left - 1)
      if (is_stem(p + std::countr_zero(left))) return true;
  }
  return false;
}
#endif

bool has_stem(std::string_view value) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx512()) return has_stem_512(value);
#endif
  return has_stem_portable(value);
}

constexpr WordTable<std::uint32_t, 128> make_author_paths() {
  WordTable<std::uint32_t, 128> t;
  t.add(
      "author authors contributor contributors writer writers staff people by journalist journalists autor "
      "autores auteur auteurs autore "
      "columnist columnists reporter reporters redakteur team profile profiles bio byline blogger editor "
      "editors avtor experts producers",
      2);
  t.add("u user users member members profil forum-user", 1);
  return t;
}
constexpr auto author_paths = make_author_paths();

// The first two bytes of those words, the slash behind a single letter among them: most parts of addresses begin otherwise.
struct PathBeginnings {
  std::array<bool, 1024> bits{};
  static constexpr std::size_t slot(char first, char second) {
    return (static_cast<std::size_t>(first) & 31) << 5 | (static_cast<std::size_t>(second) & 31);
  }
};
constexpr PathBeginnings path_beginnings = [] {
  PathBeginnings b;
  for (const auto& entry : author_paths.entries)
    if (!entry.word.empty()) b.bits[PathBeginnings::slot(entry.word[0], entry.word.size() > 1 ? entry.word[1] : '/')] = true;
  return b;
}();

struct Word {
  char text[16];
  std::uint8_t size;
  bool begins_token;
  std::string_view view() const { return {text, size}; }
};

std::size_t cut_words(std::string_view value, Word (&out)[most_words]) {
  NameScan scan;
  scan_name(value, scan);
  std::uint64_t letters[longest_name / 64 + 1], others[longest_name / 64 + 1], stops[longest_name / 64 + 1];
  for (std::size_t k = 0; k * 64 <= scan.size; ++k) {
    letters[k] = scan.upper[k] | (scan.lower[k] & ~scan.high[k]);
    others[k] = ~letters[k];
    stops[k] = others[k] | scan.upper[k];
  }
  letters[scan.size / 64] |= std::uint64_t{1} << (scan.size % 64);  // so that there is a next one
  const auto is_capital = [&scan](std::size_t i) { return (scan.upper[i / 64] >> (i % 64) & 1) != 0; };
  std::size_t n = 0;
  bool begins = true;
  for (std::size_t i = 0; n < most_words;) {
    const std::size_t begin = next_bit(letters, i);
    for (; i < begin; ++i) begins |= i < scan.size && is_space(value[i]);
    if (begin == scan.size) break;
    const bool upper_run = is_capital(begin) && is_capital(begin + 1);
    const std::size_t end = next_bit(upper_run ? others : stops, begin + 1);
    Word& w = out[n++];
    w.size = static_cast<std::uint8_t>(std::min<std::size_t>(end - begin, sizeof w.text));
    std::memcpy(w.text, scan.low + begin, sizeof w.text);
    w.begins_token = begins;
    begins = false;
    i = end;
  }
  return n;
}

bool is_inline(Tag tag) {
  switch (tag) {
    case Tag::a:
    case Tag::b:
    case Tag::i:
    case Tag::em:
    case Tag::strong:
    case Tag::span:
    case Tag::u:
    case Tag::mark:
    case Tag::small:
    case Tag::sup:
    case Tag::sub:
    case Tag::abbr:
    case Tag::font:
    case Tag::wbr:
    case Tag::ruby:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string_view text_of(const Page& page, NodeId node, std::size_t limit, Arena& arena, bool bars) {
  std::span<char> out;
  std::size_t n = 0;
  std::string_view first;
  bool blank = false, full = false;
  std::size_t steps = 0;
  for (NodeId id = node; id != no_node && ++steps < 4000;) {
    const Node& at = page[id];
    if (at.kind == NodeKind::element &&
        (at.tag == Tag::script || at.tag == Tag::rt || at.tag == Tag::rp || (id != node && (at.tag == Tag::button || at.tag == Tag::select)) ||
         at.tag == Tag::style || at.tag == Tag::svg || at.tag == Tag::noscript || at.tag == Tag::template_)) {
      if (id == node) return {};
      id = next_after(page, id, node);
      continue;
    }
    if (at.kind == NodeKind::element && id != node && !is_inline(at.tag))
      blank = true;  // a block or a <br> parts words
    if (at.kind == NodeKind::text && at.text_size != 0) {
      if (first.empty() && n == 0) {
        first = at.text();
      } else {
        if (out.empty()) out = arena.make<char>(limit + 8), n = 0;
        const auto add = [&](std::string_view s) {
          const bool visible = !trim(s).empty();
          if (blank && n > 0 && n + 3 < limit && (!bars || visible)) {
            if (bars) out[n++] = ' ', out[n++] = '|';
            out[n++] = ' ';
          }
          const std::string_view some = whole_prefix(s, limit - std::min(n, limit));
          std::memcpy(out.data() + n, some.data(), some.size());
          n += some.size();
          full |= some.size() < s.size();
        };
        if (!first.empty()) {
          const bool keep = blank;
          blank = false;
          add(first);
          first = {};
          blank = keep;
        }
        if (!full) add(at.text());
        if (full) break;
      }
      blank = blank && trim(at.text()).empty();
    }
    id = next_in_order(page, id, node);
  }
  return collapse(n == 0 ? whole_prefix(first, limit) : std::string_view(out.data(), n), arena);
}

ClassHint class_hint(std::string_view value) {
  ClassHint hint;
  if (value.size() < 4 || value.size() > 400) return hint;
  // Most classes hold none of the stems; find that out before cutting them up.
  if (!has_stem(value)) return hint;
  Word words[most_words];
  const std::size_t n = cut_words(value, words);
  int name = 0, date = 0;
  for (std::size_t i = 0; i < n;) {
    std::size_t end = i + 1;
    while (end < n && !words[end].begins_token) ++end;
    // One token: words[i, end).
    std::uint32_t all = 0;
    for (std::size_t k = i; k < end; ++k) {
      all |= says.find(words[k].view());
      if (k + 1 == end) break;
      const std::string_view w = words[k].view(), next = words[k + 1].view();
      if ((w == "by" && next == "line") || ((w == "written" || w == "posted") && next == "by"))
        all |= says_byline;
      if (w == "user" && next == "name") all |= says_user;
    }
    const bool author = (all & says_author) != 0, byline = (all & says_byline) != 0,
               user = (all & says_user) != 0, named = (all & says_named) != 0,
               other = (all & says_other) != 0, dated = (all & says_date) != 0,
               modified = (all & says_modified) != 0, time = (all & says_time) != 0,
               published = (all & says_published) != 0;
    int strength = 0;
    // "comment-author-link": whose comment it is.
    const bool of_comment = std::any_of(words + i, words + end, [](const Word& w) { return w.view() == "comment" || w.view() == "comments"; });
    if (byline) strength = other ? 45 : 66;
    if (author) strength = named ? 76 : other ? 38 : end - i == 1 ? 68 : 64;
    if (user) strength = std::max(strength, other ? 30 : int{user_name});
    if (!of_comment) name = std::max(name, strength);
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

int is_aside(std::string_view value) {
  if (value.empty() || value.size() > 400) return 0;
  Word words[most_words];
  const std::size_t n = cut_words(value, words);
  int sure = 0;
  for (std::size_t k = 0; k < n; ++k) {
    const std::uint32_t what = says.find(words[k].view());
    if ((what & says_aside) != 0) return 2;
    if ((what & says_edge) != 0) sure = 1;
    if (k + 1 == n) break;
    const std::string_view w = words[k].view(), next = words[k + 1].view();
    if (w == "read" && (next == "next" || next == "also")) return 2;
    if (w == "more" &&
        (next == "posts" || next == "stories" || next == "articles" || next == "from" || next == "like"))
      return 2;
  }
  return sure;
}

namespace {

// "people.html" behind "users/", "login": a page about all of them.
bool is_general_page(std::string_view rest) {
  const std::string_view name = rest.substr(0, rest.find_first_of("/.?#"));
  for (const std::string_view other : {"index", "faq", "login", "register", "signup", "search", "all", "list", "sign_in", "sign_up"})
    if (name == other) return true;
  return author_paths.find(name) != 0;
}

}  // namespace

int is_author_path(std::string_view href) {
  if (href.size() < 4 || href.size() > 300) return 0;
  int sure = 0, by_mode = 0;
  std::size_t before = std::string_view::npos;
  each_place(href, '/', '=', [&](std::size_t at) {
    if (href[at] == '=') {
      if (at >= 4 && href.substr(at - 4).starts_with("mode=viewprofile")) by_mode = 1;
      return;
    }
    const std::size_t begin = before + 1;
    if (before != std::string_view::npos && at + 1 < href.size() && at > begin && at - begin <= 12 &&
        path_beginnings.bits[PathBeginnings::slot(href[begin], href[begin + 1])]) {
      const int told = static_cast<int>(author_paths.find(href.substr(begin, at - begin)));
      if (told > sure && !is_general_page(href.substr(at + 1))) sure = told;
    }
    before = at;
  });
  return sure != 0 ? sure : by_mode;
}

}  // namespace offprint
