// Choosing the authors among JSON-LD, <meta>, elements that name them, and blocks.
#include <algorithm>
#include <array>
#include <cstring>

#include "base/cpu.h"
#include "document/author_signs.h"
#include "document/authors.h"
#include "document/elements.h"
#include "document/field_context.h"
#include "document/words.h"

namespace offprint {
namespace {

// Whether a text may hold one of the marks of block_names() (" by ", "·By ", " por ", " Автор "): two bytes and the one behind
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

// Whether one of the labels of block_names() ("written by", "author:") begins so.
bool begins_label(unsigned char first, unsigned char second) {
  for (std::string_view two : {"wr", "au", "wo", "po", "ab", "te", "ec", "es", "ge"})
    if (first == static_cast<unsigned char>(two[0]) && second == static_cast<unsigned char>(two[1])) return true;
  return false;
}

struct AuthorChoice : FieldContext {
  Fields& out;
  std::vector<std::string_view> names{};

  // Names of `from` on in `names` that are the site's own.
  bool all_site(std::size_t from) {
    for (std::size_t i = from; i < names.size(); ++i)
      if (!is_site(folded_words(names[i], arena), sites.all(), arena)) return false;
    return names.size() > from;
  }
  bool all_nobody() {
    return std::all_of(names.begin(), names.end(),
                       [&](std::string_view n) { return is_nobody(folded_words(n, arena)); });
  }
  void keep_names(FieldSource source) {
    if (names.empty()) return;
    std::span<std::string_view> kept = arena.make<std::string_view>(names.size());
    std::copy(names.begin(), names.end(), kept.begin());
    out.authors = kept;
    out.author_source = source;
  }

  void json_names() {
    names.clear();
    const JsonLd& json = head.json;
    // The thing that speaks for the page: the first of the highest kind that has authors.
    const auto rank = [&](const JsonThing& t) {
      if (t.depth >= 9) return -1;
      if ((t.types & (json_article | json_forum)) != 0) return 4;
      if ((t.types & (json_question | json_recipe | json_how_to | json_book | json_course)) != 0) return 3;
      if ((t.types & (json_webpage | json_creative | json_video | json_audio | json_software)) != 0) return 2;
      if ((t.types & (json_collection | json_person | json_organization | json_website | json_local_business |
                      json_comment)) != 0)
        return -1;
      return 1;
    };
    int best = -1;
    std::uint32_t thing = 0;
    for (const JsonName& a : json.authors) {
      if (a.creator || a.thing >= json.things.size()) continue;
      const int r = rank(json.things[a.thing]);
      if (r > best) best = r, thing = a.thing;
    }
    bool creators = false;
    if (best < 0) {
      creators = true;
      for (const JsonName& a : json.authors) {
        if (a.thing >= json.things.size()) continue;
        const int r = rank(json.things[a.thing]);
        if (r > best) best = r, thing = a.thing;
      }
    }
    if (best < 0) return;
    for (const JsonName& a : json.authors) {
      if (a.thing != thing || a.creator != creators) continue;
      std::string_view name = a.name;
      if (name.empty() && !a.id.empty())
        for (const JsonThing& t : json.things)
          if (t.id == a.id && !t.name.empty()) {
            name = t.name;
            break;
          }
      read_names(name, NameSource::field, arena, names);
    }
    dedupe();
  }

  void dedupe() {
    std::size_t n = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string_view a = folded_words(names[i], arena);
      bool twice = a.empty();
      for (std::size_t k = 0; k < n && !twice; ++k) twice = folded_words(names[k], arena) == a;
      if (!twice) names[n++] = names[i];
    }
    names.resize(n);
  }

  // <meta> names of one kind: several may stand for several authors; another kind says the same or something
  // else. The first kind that names somebody is taken.
  void meta_names() {
    names.clear();
    std::vector<std::string_view> weak;
    for (const NameCandidate& first : head.names) {
      if (first.source != FieldSource::meta) continue;
      names.clear();
      for (const NameCandidate& c : head.names)
        if (c.source == FieldSource::meta && c.group == first.group)
          read_names(c.text, NameSource::field, arena, names);
      if (names.empty()) continue;
      if (!all_weak()) break;
      if (weak.empty()) weak = names;
      names.clear();
    }
    if (names.empty()) names = weak;
    dedupe();
  }
  // All names are the site's or nobody's.
  bool all_weak() {
    return std::all_of(names.begin(), names.end(), [&](std::string_view n) {
      const std::string_view words = folded_words(n, arena);
      return is_site(words, sites.all(), arena) || is_nobody(words);
    });
  }

  void visible_names(int& strength) {
    names.clear();
    strength = 0;
    struct Scored {
      int score;
      std::size_t index;
    };
    std::vector<Scored> order_of;
    for (std::size_t i = 0; i < head.names.size(); ++i) {
      const NameCandidate& c = head.names[i];
      if (c.source == FieldSource::meta) continue;
      const int score = c.strength + place(c.node);
      if (score > 18) order_of.push_back({score, i});
    }
    std::stable_sort(order_of.begin(), order_of.end(),
                     [](const Scored& a, const Scored& b) { return a.score > b.score; });
    std::vector<std::string_view> found;
    std::size_t chosen = no_block;
    for (const Scored& s : order_of) {
      const NameCandidate& c = head.names[s.index];
      found.clear();
      read_candidate(c, found);
      if (found.empty()) continue;
      if (names.empty()) {
        if (is_site(folded_words(found[0], arena), sites.all(), arena) && s.score < 60) continue;
        names = found;
        chosen = s.index;
        strength = s.score;
        continue;
      }
      // Others of the same make close by sign together.
      const NameCandidate& first = head.names[chosen];
      const auto distance = c.node > first.node ? c.node - first.node : first.node - c.node;
      if (c.source == first.source && c.strength == first.strength && s.score >= strength - 4 &&
          distance <= 40 && (c.node == no_node || page[c.node].tag == page[first.node].tag)) {
        const bool before = c.node < first.node;
        if (before) {
          names.insert(names.begin(), found.begin(), found.end());
        } else {
          names.insert(names.end(), found.begin(), found.end());
        }
      }
    }
    // A label beside names ("science") is none, though alone it may be the name of an account.
    if (names.size() > 1 && names[0].find(' ') != std::string_view::npos)
      std::erase_if(names, [](std::string_view n) {
        return n.find(' ') == std::string_view::npos && n[0] >= 'a' && n[0] <= 'z';
      });
    dedupe();
  }

  void read_candidate(const NameCandidate& c, std::vector<std::string_view>& found) {
    if (!c.text.empty()) {
      read_names(c.text, NameSource::field, arena, found);
      std::erase_if(found, [&](std::string_view n) { return is_nobody(folded_words(n, arena)); });
      return;
    }
    if (c.node == no_node || has_attribute(page, c.node, AttributeName::hidden)) return;
    std::string_view text = text_of(page, c.node, 400, arena, true);
    if (text.empty()) text = attribute(page, c.node, AttributeName::aria_label);  // a picture that links
    if (text.empty() || text.size() > 300 || text == attribute(page, c.node, AttributeName::id)) return;
    if (is_site(folded_words(text, arena), sites.all(), arena) && c.strength < 76) return;
    read_names(text, NameSource::element, arena, found);
  }

  // "Di Falcot Corp, cadangan memiliki dua tujuan…", "de la FAQ Linux".
  bool is_story(std::size_t i) const {
    if (role(i) != Role::body || decisions.of_block[i].confidence < 0.9f) return false;
    return blocks.blocks[i].words > 12 || blocks.blocks[i].kind == BlockKind::list_item;
  }
  bool may_be_byline(std::size_t i) const {
    const Role r = role(i);
    return !decided() || r == Role::byline || r == Role::date || r == Role::bio || r == Role::caption || r == Role::standfirst;
  }

  // "By Jane Doe" in blocks near the title, and blocks with the role of by-line.
  void block_names() {
    names.clear();
    if (decided())
      for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
        if (role(i) != Role::byline || decisions.of_block[i].confidence < 0.5f) continue;
        if (title_block != no_block && (i + 12 < title_block || i > title_block + 40) &&
            i + 40 < blocks.blocks.size())
          continue;
        const std::string_view text = blocks.blocks[i].text;
        if (text.ends_with(':') || (!text.empty() && head.title_element.starts_with(text))) continue;  // a label, the title
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
        if (n != 0 && is_story(i)) continue;
        if (n != 0 && n >= b.text.size() && i + 1 < end) {  // "By" alone: the name is the next block
          read_names(blocks.blocks[i + 1].text, NameSource::element, arena, names);
          continue;
        }
        if (n != 0) {
          read_names(b.text, NameSource::text, arena, names);
          continue;
        }
        // "March 5, 2024 | By Jane Doe", "Posted on March 5 by Jane Doe". In a heading it is a name ("Spanish by Ear"), in a
        // sentence of the text anything ("as provided by Xcode").
        if (b.words > 25 || b.kind == BlockKind::heading || !may_be_byline(i) || !may_hold_mark(b.text)) continue;
        for (std::string_view mark : {" by ", " By ", " BY ", "|by ", "·By ", " von ", " par ", " por ",
                                      " Von ", " Par ", " Por ", " Автор: ", " Автор "}) {
          const std::size_t at = b.text.find(mark);
          if (at == std::string_view::npos) continue;
          read_names(b.text.substr(at + 1), NameSource::text, arena, names);
          if (!names.empty()) break;
        }
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
        if (blocks.blocks[i + 1].words <= 6)
          read_names(blocks.blocks[i + 1].text, NameSource::element, arena, names);
      } else {
        read_names(b.text, NameSource::text, arena, names);
      }
      if (!names.empty() && place(b.node) < -50) names.clear();
    }
  }

  // "By Jane Roe" beside the title, in a block that the model, too, calls a by-line.
  void announced_names() {
    names.clear();
    if (!decided() || title_block == no_block) return;
    for (std::size_t i = title_block + 1; i < std::min(blocks.blocks.size(), title_block + 7); ++i) {
      const RawBlock& b = blocks.blocks[i];
      if (role(i) != Role::byline || b.hidden != Hidden::no || b.words > 20 || announcement(b.text) == 0)
        continue;
      read_names(b.text, NameSource::text, arena, names);
      if (!names.empty()) return;
    }
  }

  // What the reader sees as the by-line is right where machines are told of somebody else: whoever put the
  // page up.
  bool contradicted(const std::vector<std::string_view>& told) {
    announced_names();
    if (names.empty() || all_weak()) return false;
    for (std::string_view seen : names)
      for (std::string_view name : told)
        if (likeness(folded_words(seen, arena), folded_words(name, arena)) > 0) return false;
    return true;
  }

  // The site beside a person is the publisher, and a page of a network no author.
  void drop_publishers() {
    const auto is_publisher = [&](std::string_view n) {
      const std::string_view folded = folded_words(n, arena);
      const auto all = sites.all();
      return std::find(all.begin(), all.end(), folded) != all.end() || folded.ends_with(" on facebook") ||
             folded.ends_with(" on twitter") || folded.ends_with(" on instagram") ||
             folded.ends_with(" on linkedin");
    };
    if (names.size() < 2 || std::all_of(names.begin(), names.end(), is_publisher)) return;
    std::erase_if(names, is_publisher);
  }

  void keep_told(const std::vector<std::string_view>& told, FieldSource source) {
    if (contradicted(told)) return keep_names(FieldSource::block);
    names = told;
    drop_publishers();
    keep_names(source);
  }

  bool keep_person(std::string_view name) {
    if (name.empty()) return false;
    names = {name};
    keep_names(FieldSource::block);
    return true;
  }

  // Pages that sell or list name makers, reviewers, sorting orders and authors of what they list: there only what machines
  // are told counts, and a by-line beside the title.
  bool has_no_author_of_its_own() const {
    const PageType type = decisions.page_type;
    return type == PageType::collection || type == PageType::listing || type == PageType::product || type == PageType::service;
  }

  void choose_authors() {
    json_names();
    std::vector<std::string_view> json = names;
    const bool json_ok = !json.empty() && !all_site(0) && !all_nobody();
    if (json_ok) return keep_told(json, FieldSource::json);
    meta_names();
    std::vector<std::string_view> meta = names;
    const bool meta_ok = !meta.empty() && !all_site(0) && !all_nobody();
    if (meta_ok) return keep_told(meta, FieldSource::meta);
    if (has_no_author_of_its_own()) {
      announced_names();
      return keep_names(FieldSource::block);
    }
    int strength = 0;
    visible_names(strength);
    std::vector<std::string_view> visible = names;
    if (!visible.empty() && strength >= 50) {
      drop_publishers();
      return keep_names(FieldSource::element);
    }
    block_names();
    if (!names.empty()) return keep_names(FieldSource::block);
    if (!visible.empty()) {
      names = visible;
      return keep_names(FieldSource::element);
    }
    if (keep_person(first_poster(*this)) || keep_person(person_beside_picture(*this))) return;
    const bool sells = decisions.page_type != PageType::article && decisions.page_type != PageType::unknown;
    const bool signs = !json.empty() && looks_like_person(json[0], arena);
    if (!sells && !signs && keep_person(person_of_site(*this))) return;
    // The site itself, or an account such as "admin", where it signs; not what programs print for nobody.
    for (std::vector<std::string_view>* list : {&json, &meta})
      std::erase_if(*list, [&](std::string_view n) { return is_blank_name(folded_words(n, arena)); });
    if (!json.empty()) {
      names = json;
      return keep_names(FieldSource::json);
    }
    if (!meta.empty()) {
      names = meta;
      return keep_names(FieldSource::meta);
    }
  }
};

}  // namespace

void choose_authors(const FieldContext& context, Fields& out) {
  AuthorChoice choice{context, out};
  choice.choose_authors();
}

}  // namespace offprint
