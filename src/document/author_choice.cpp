// Choosing the authors among JSON-LD, <meta>, elements that name them, and blocks.
#include <algorithm>
#include <array>

#include "document/author_blocks.h"
#include "document/author_signs.h"
#include "document/authors.h"
#include "document/elements.h"
#include "document/field_context.h"
#include "document/words.h"

namespace offprint {
namespace {

// More names than any page has; who tells of more does not know.
constexpr std::size_t most_names = 64;

// Of folded words; beyond ASCII looks_like_person() asks for no capitals.
std::string_view capitalised(std::string_view words, Arena& arena) {
  std::span<char> out = arena.make<char>(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) out[i] = (i == 0 || words[i - 1] == ' ') && words[i] >= 'a' && words[i] <= 'z' ? static_cast<char>(words[i] - 32) : words[i];
  return {out.data(), out.size()};
}

struct AuthorChoice : FieldContext {
  Fields& out;
  std::vector<std::string_view> names{};
  bool alone = false;  // visible_names() found no other name whose markup says the same

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
    std::vector<std::string_view> folded;
    std::size_t n = 0;
    for (std::size_t i = 0; i < names.size() && n < most_names; ++i) {
      const std::string_view a = folded_words(names[i], arena);
      if (a.empty() || std::find(folded.begin(), folded.end(), a) != folded.end()) continue;
      folded.push_back(a);
      names[n++] = names[i];
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
        if (c.source == FieldSource::meta && c.group == first.group && !is_of_another_site(c.text) && !is_owner(c.text))
          read_names(c.text, NameSource::field, arena, names);
      std::erase_if(names, [&](std::string_view n) { return is_company(folded_words(n, arena)) || is_phrase(n); });
      if (names.empty()) continue;
      if (!all_weak()) break;
      if (weak.empty()) weak = names;
      names.clear();
    }
    if (names.empty()) names = weak;
    dedupe();
  }
  // Who owns the site, by its own word, and does not sign where the reader sees it; a person may be both.
  bool is_owner(std::string_view name) {
    if (head.owners.empty()) return false;
    const std::string_view words = folded_words(name, arena);
    if (looks_like_person(capitalised(words, arena), arena)) return false;
    const bool owner = std::any_of(head.owners.begin(), head.owners.end(), [&](std::string_view o) {
      const std::string_view all = folded_words(o, arena);
      return all.ends_with(words) && (all.size() == words.size() || all[all.size() - words.size() - 1] == ' ');
    });
    if (words.empty() || !owner) return false;
    for (std::size_t i = 0; decided() && i < blocks.blocks.size(); ++i)
      if (role(i) == Role::byline && blocks.blocks[i].hidden == Hidden::no && folded_words(blocks.blocks[i].text, arena).find(words) != std::string_view::npos) return false;
    return true;
  }
  // "Jane Roe - http://janeroe.example": who made the design, unless the site is hers.
  bool is_of_another_site(std::string_view text) const {
    const std::size_t at = text.find("://");
    if (at == std::string_view::npos || text.find(' ') == std::string_view::npos) return false;
    return sites.label.empty() || text.find(sites.label, at) == std::string_view::npos;
  }
  // "deine Hochzeitsblogger": begins small and goes on with capitals. "de Vries" does, too.
  static bool is_phrase(std::string_view name) {
    const std::size_t blank = std::min(name.find(' '), name.size());
    const auto has_capital = [](std::string_view s) { return std::any_of(s.begin(), s.end(), is_upper); };
    return !is_particle(name.substr(0, blank)) && name[0] >= 'a' && name[0] <= 'z' && !has_capital(name.substr(0, blank)) && has_capital(name.substr(blank));
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
      const int at = place(c.node), score = c.strength + at;
      const bool of_comment = at <= (c.source == FieldSource::element ? -34 : -46) && decisions.page_type != PageType::forum;
      if (score > 18 && !of_comment && !in_menu(c.node)) order_of.push_back({score, i});
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
      if (c.strength == member_link && decisions.page_type != PageType::forum && !may_be_person(found[0])) continue;
      if (names.empty()) {
        if (is_one_of_many(c) || (c.source == FieldSource::link && is_told_menu(c.node))) continue;
        if (is_site(folded_words(found[0], arena), sites.all(), arena) && s.score < 60) continue;
        names = found;
        chosen = s.index;
        strength = s.score;
        alone = c.node != no_node && others_of_its_kind(c) == 0;
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

  // By-lines of a list of other stories: three of a kind that stand some way from the title and name different people.
  bool is_one_of_many(const NameCandidate& c) {
    const int at = c.source == FieldSource::element ? place(c.node) : 0;
    return at <= -4 && others_of_its_kind(c) >= (at <= -8 ? 2 : 3);
  }
  int others_of_its_kind(const NameCandidate& c) {
    int others = 0;
    const std::string_view own = text_of(page, c.node, 100, arena);
    for (const NameCandidate& o : head.names)
      if (o.source == c.source && o.strength == c.strength && o.node != c.node && text_of(page, o.node, 100, arena) != own) ++others;
    return others;
  }

  // Whether the models surely call what an element holds navigation.
  bool is_told_menu(NodeId node) const {
    if (!decided() || node == no_node) return false;
    const Span span = page[node].span;
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
      const RawBlock& b = blocks.blocks[i];
      if (b.span.begin >= span.end || span.begin >= b.span.end) continue;
      return role(i) == Role::navigation && decisions.of_block[i].confidence >= 0.8f;
    }
    return false;
  }

  // Two words or more with capitals: "Find a Doctor", "Register" are links of other kinds.
  static bool may_be_person(std::string_view name) {
    int words = 0;
    for (std::size_t i = 0; i < name.size(); ++i) {
      if (i > 0 && name[i - 1] != ' ') continue;
      if (name[i] >= 'a' && name[i] <= 'z') return false;
      ++words;
    }
    return words >= 2;
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

  void block_names() {
    names.clear();
    names_of_blocks(*this, names);
  }
  void announced_names() {
    names.clear();
    bylines_at_title(*this, names);
  }

  // What the reader sees as the by-line is right where machines are told of somebody else: whoever put the
  // page up.
  bool contradicted(const std::vector<std::string_view>& told) {
    announced_names();
    if (names.empty() && std::all_of(told.begin(), told.end(), [&](std::string_view n) { return is_slight(n); })) bylines_anywhere(*this, names);
    if (names.empty() || all_weak()) return false;
    // An account says less than a name, and lists of dozens of names are no by-line.
    if (std::any_of(names.begin(), names.end(), [](std::string_view n) { return n[0] >= 'a' && n[0] <= 'z'; })) return false;
    if (names.size() * told.size() > most_names) return false;
    const Comparison compared = compare(names, told);
    return compared.nobody_alike || compared.says_more;
  }

  struct Comparison {
    bool nobody_alike = false;
    bool says_more = false;  // the same people and others who surely are some: what stands behind a name may be a place or an agency
  };
  Comparison compare(const std::vector<std::string_view>& seen, const std::vector<std::string_view>& told) {
    std::size_t like = 0, same = 0;
    bool others_are_people = true;
    for (std::string_view name : seen) {
      const std::string_view a = folded_words(name, arena);
      bool known = false;
      for (std::string_view other : told) {
        const std::string_view b = folded_words(other, arena);
        like += likeness(a, b) > 0;
        known |= a == b;
      }
      same += known;
      others_are_people &= known || looks_like_person(name, arena);
    }
    return {like == 0, same == told.size() && seen.size() > same && others_are_people};
  }

  // "LN", "red", "Online-Redaktion": says less than a name.
  bool is_slight(std::string_view name) const {
    const std::string_view words = folded_words(name, arena);
    const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
    const bool all_small = std::all_of(name.begin(), name.end(), small), all_large = std::all_of(name.begin(), name.end(), is_upper);
    if (name.size() <= 4 && (all_small || all_large)) return true;
    for (std::string_view desk : {"redaktion", "redaction", "redaccion", "redazione", "redakcja", "redacao", "editorial", "newsroom"})
      if (words.find(desk) != std::string_view::npos) return true;
    return false;
  }

  // The site beside a person is the publisher, and a page of a network no author.
  void drop_publishers() {
    if (names.size() < 2) return;
    TitleParts parts;
    const std::size_t count = cut_title(head.title_element, parts);
    const std::string_view hung = count < 2 ? std::string_view() : folded_words(parts[count - 1].text, arena);
    const auto is_publisher = [&](std::string_view n) {
      const std::string_view folded = folded_words(n, arena);
      if (folded == hung && !looks_like_person(n, arena)) return true;
      const auto all = sites.all();
      return std::find(all.begin(), all.end(), folded) != all.end() || folded.ends_with(" on facebook") ||
             folded.ends_with(" on twitter") || folded.ends_with(" on instagram") ||
             folded.ends_with(" on linkedin");
    };
    if (std::all_of(names.begin(), names.end(), is_publisher)) return;
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

  // Of what names authors by its markup and stands at the title.
  static constexpr int least_beside_title = 60;

  void choose_authors() {
    json_names();
    std::vector<std::string_view> json = names;
    const bool json_ok = !json.empty() && !all_site(0) && !all_nobody();
    meta_names();
    std::vector<std::string_view> meta = names;
    if (json_ok && meta.size() > json.size() && meta.size() * json.size() <= most_names && compare(meta, json).says_more) return keep_told(meta, FieldSource::meta);
    if (json_ok) return keep_told(json, FieldSource::json);
    names = meta;
    const bool meta_ok = !meta.empty() && !all_site(0) && !all_nobody();
    if (meta_ok) return keep_told(meta, FieldSource::meta);
    if (has_no_author_of_its_own()) {
      announced_names();
      if (!names.empty()) return keep_names(FieldSource::block);
      int strength = 0;
      visible_names(strength);
      if (strength >= least_beside_title && decisions.page_type == PageType::listing && alone) return keep_names(FieldSource::element);
      return;
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
