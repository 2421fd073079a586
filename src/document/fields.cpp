// find_fields(): choosing among what read_head() and the blocks have gathered.
#include "document/fields.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/url.h"
#include "document/authors.h"
#include "document/elements.h"
#include "document/sites.h"
#include "document/titles.h"
#include "document/words.h"

namespace offprint {
namespace {

struct Chooser {
  Page& page;
  const HeadFields& head;
  const Blocks& blocks;
  const Decisions& decisions;
  Arena& arena;
  Meter& meter;
  Fields& out;
  SiteNames sites{};
  NodeId title_node = no_node;
  std::size_t title_block = no_block;
  DateOrder order = DateOrder::month_first;
  std::vector<std::string_view> names{};

  bool decided() const { return decisions.of_block.size() == blocks.blocks.size() && !blocks.blocks.empty(); }
  Role role(std::size_t i) const { return decided() ? decisions.of_block[i].role : Role::other; }
  bool tree() const { return page.nodes.size() > 1; }

  void find_title() {
    const TitleChoice choice = choose_title(page, head, blocks, decisions, sites, order, arena);
    out.title = choice.text;
    out.title_source = choice.source;
    title_node = choice.node;
    title_block = choice.block;
  }

  // ---- places

  // What a candidate's place is worth: near and after the title is best, within comments or other stories
  // worst.
  int place(NodeId node) const {
    if (node == no_node || !tree()) return 0;
    int score = 0, worst = 0;
    int steps = 0;
    const std::uint32_t title_at = title_node == no_node ? 0 : page[title_node].span.begin;
    for (NodeId at = node; at != no_node && ++steps < 60; at = page[at].parent) {
      const Node& n = page[at];
      if (n.kind != NodeKind::element || n.tag == Tag::body || n.tag == Tag::html || n.tag == Tag::main)
        break;
      // What also holds the title is no side matter.
      if (title_node != no_node && n.span.begin <= title_at && title_at < n.span.end) break;
      int aside = n.tag == Tag::footer || n.tag == Tag::aside || n.tag == Tag::nav ? 1 : 0;
      if (n.tag == Tag::article && at != node && title_node != no_node)
        score -= 8;  // perhaps another story than the title's
      for (std::uint32_t k = 0; k < n.attributes_count && aside < 2; ++k) {
        const Attribute& a = page.attributes[n.attributes_begin + k];
        if (a.id == AttributeName::class_ || a.id == AttributeName::id)
          aside = std::max(aside, is_aside(a.raw_value()));
      }
      worst = std::max(worst, aside);
    }
    score -= worst == 2 ? 34 : worst == 1 ? 18 : 0;
    if (title_node != no_node) {
      const auto distance = static_cast<std::int64_t>(node) - static_cast<std::int64_t>(title_node);
      if (distance >= 0) {
        score -= distance <= 60 ? 0 : distance <= 150 ? 4 : distance <= 500 ? 12 : distance <= 1500 ? 20 : 26;
      } else {
        score -= distance >= -60 ? 2 : distance >= -200 ? 12 : 26;
      }
    }
    return score;
  }

  // Whether a block stands where by-lines and dates do.
  bool near_title(std::size_t i) const {
    if (title_block == no_block) return !tree() ? i < 30 : i < 12;
    return i + 6 >= title_block && i <= title_block + 14;
  }

  // ---- authors

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
    if (c.node == no_node) return;
    std::string_view text = text_of(page, c.node, 400, arena, true);
    if (text.empty()) text = attribute(page, c.node, AttributeName::aria_label);  // a picture that links
    if (text.empty() || text.size() > 300) return;
    if (is_site(folded_words(text, arena), sites.all(), arena) && c.strength < 76) return;
    read_names(text, NameSource::element, arena, found);
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
        read_names(blocks.blocks[i].text, NameSource::element, arena, names);
        if (!names.empty()) return;
      }
    if (title_block == no_block && tree()) return;
    const std::size_t begin = title_block == no_block ? 0 : title_block >= 6 ? title_block - 6 : 0;
    const std::size_t end = std::min(blocks.blocks.size(), title_block == no_block ? 30 : title_block + 15);
    for (int pass = 0; pass < 2 && names.empty(); ++pass)
      for (std::size_t i = pass == 0 ? std::min(title_block == no_block ? 0 : title_block + 1, end) : begin;
           i < end && names.empty(); ++i) {
        const RawBlock& b = blocks.blocks[i];
        if (b.hidden != Hidden::no || b.text.empty() || b.words > 40 || b.text.size() > 300) continue;
        const std::size_t n = announcement(b.text);
        if (n != 0 && n >= b.text.size() && i + 1 < end) {  // "By" alone: the name is the next block
          read_names(blocks.blocks[i + 1].text, NameSource::element, arena, names);
          continue;
        }
        if (n != 0) {
          read_names(b.text, NameSource::text, arena, names);
          continue;
        }
        // "March 5, 2024 | By Jane Doe", "Posted on March 5 by Jane Doe"
        for (std::string_view mark : {" by ", " By ", " BY ", "|by ", "·By ", " von ", " par ", " por ",
                                      " Von ", " Par ", " Por ", " Автор: ", " Автор "}) {
          const std::size_t at = b.text.find(mark);
          if (at == std::string_view::npos || b.words > 25) continue;
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

  void choose_authors() {
    json_names();
    std::vector<std::string_view> json = names;
    const bool json_ok = !json.empty() && !all_site(0) && !all_nobody();
    if (json_ok) return keep_names(FieldSource::json);
    meta_names();
    std::vector<std::string_view> meta = names;
    const bool meta_ok = !meta.empty() && !all_site(0) && !all_nobody();
    if (meta_ok) return keep_names(FieldSource::meta);
    int strength = 0;
    visible_names(strength);
    std::vector<std::string_view> visible = names;
    if (!visible.empty() && strength >= 50) return keep_names(FieldSource::element);
    block_names();
    if (!names.empty()) return keep_names(FieldSource::block);
    if (!visible.empty()) {
      names = visible;
      return keep_names(FieldSource::element);
    }
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

  // ---- dates

  void choose_dates() {
    DateCandidate best, changed;
    const std::string_view url = !head.url.empty() ? head.url : head.canonical;
    const Date in_url = date_of_url(url, head.range), month_in_url = month_of_url(url, head.range);
    const auto offer = [&](DateCandidate& to, DateCandidate c) {
      // What the address says, too, is surer.
      if (in_url.known() && c.date.same_day(in_url) && c.word != DateWord::modified)
        c.strength = static_cast<std::uint8_t>(std::min(c.strength + 25, 99));
      else if (!in_url.known() && month_in_url.known() && c.date.year == month_in_url.year &&
               c.date.month == month_in_url.month)
        c.strength = static_cast<std::uint8_t>(std::min(c.strength + 15, 99));
      if (c.date.known() && c.strength > to.strength) to = c;
    };
    for (DateCandidate c : head.published) {
      if (c.source == FieldSource::property || c.source == FieldSource::element)
        c.strength = static_cast<std::uint8_t>(std::max(1, c.strength + place(c.node)));
      offer(best, c);
    }
    for (DateCandidate c : head.modified) {
      if (c.source == FieldSource::property)
        c.strength = static_cast<std::uint8_t>(std::max(1, c.strength + place(c.node)));
      offer(changed, c);
    }
    if (best.strength < 70) {
      for (const DateCandidate& s : head.seen) {
        DateCandidate c = s;
        const int strength = c.strength + place(c.node);
        if (strength < 12) continue;
        if (strength <= best.strength && strength <= changed.strength) continue;
        std::array<FoundDate, 4> found;
        if (!c.date.known()) {
          const std::string_view text = text_of(page, c.node, 200, arena);
          if (text.empty() || text.size() > 160) continue;
          const std::size_t n = find_dates(text, head.range, order, found);
          for (std::size_t k = 0; k < n; ++k) {
            if (found[k].word == DateWord::other) continue;
            DateCandidate d = c;
            d.date = found[k].date;
            if (found[k].word != DateWord::none) d.word = found[k].word;
            d.strength = static_cast<std::uint8_t>(std::min(strength - static_cast<int>(k), 100));
            offer(d.word == DateWord::modified ? changed : best, d);
          }
          continue;
        }
        c.strength = static_cast<std::uint8_t>(strength);
        // The words before a <time> tell what it is: "Updated <time>".
        if (c.word == DateWord::none) c.word = word_before(c.node);
        if (c.word == DateWord::other) continue;
        if (c.word == DateWord::published)
          c.strength = static_cast<std::uint8_t>(std::min(c.strength + 8, 99));
        offer(c.word == DateWord::modified ? changed : best, c);
      }
      block_dates(best, changed, offer);
    }
    if (best.strength < 62)
      offer(best, {in_url, FieldSource::address, DateWord::none, 38, no_node});  // 63 with its own bonus
    if (!best.date.known() && !changed.date.known()) lone_date(best);
    correct_by_sight(best, changed);
    // A page that names only its change: better than nothing where the change is visible.
    if (!best.date.known() && changed.date.known()) best = changed;
    out.date = format_date(best.date, arena);
    out.date_source = best.source;
    if (changed.date.known() && best.date.known() && changed.date.day_number() >= best.date.day_number())
      out.modified = format_date(changed.date, arena);
  }

  // What the reader sees beside the title corrects what machines are told where it is older and the other date is not to
  // be seen, or only as that of a change: the system that sends the page has forgotten the first one.
  void correct_by_sight(DateCandidate& best, const DateCandidate& changed) {
    if (!best.date.known()) return;
    if (best.source != FieldSource::json && best.source != FieldSource::meta &&
        best.source != FieldSource::property)
      return;
    if (title_block == no_block) return;
    const bool same = changed.date.known() && changed.date.same_day(best.date);
    Date older;
    std::array<FoundDate, 4> found;
    for (std::size_t i = title_block >= 6 ? title_block - 6 : 0;
         i < std::min(blocks.blocks.size(), title_block + 11); ++i) {
      const RawBlock& b = blocks.blocks[i];
      if (b.words > 30 || b.hidden != Hidden::no || b.text.empty()) continue;
      const std::size_t n = find_dates(b.text, head.range, order, found);
      for (std::size_t k = 0; k < n; ++k) {
        if (found[k].word == DateWord::modified || found[k].word == DateWord::other) continue;
        if (found[k].date.same_day(best.date)) return;
        const bool told = decided() && (role(i) == Role::date || role(i) == Role::byline);
        if (!same && !told) continue;
        // A day's difference may be the time zone's.
        if (found[k].date.day_number() < best.date.day_number() - 1 && !older.known() && b.words <= 16)
          older = found[k].date;
      }
    }
    if (!older.known()) return;
    best.date = older;
    best.source = FieldSource::block;
  }

  // The only date of a page is its date wherever it stands; many dates are those of other things.
  // Except in a thread: there the first post, told by its time of day, is the page's.
  void lone_date(DateCandidate& best) {
    const auto members = std::count_if(head.names.begin(), head.names.end(), [](const NameCandidate& c) {
      return c.strength == member_link || c.strength == user_name;
    });
    std::array<Date, 3> dates;
    std::size_t n = 0;
    const auto add = [&](const Date& date, NodeId node, int worth) {
      for (std::size_t k = 0; k < n; ++k)
        if (dates[k].same_day(date)) return true;
      if (n == dates.size()) return false;
      dates[n++] = date;
      if (worth > best.strength)
        best = {date, FieldSource::block, DateWord::none, static_cast<std::uint8_t>(worth), node};
      return true;
    };
    std::array<FoundDate, 2> found;
    for (const RawBlock& b : blocks.blocks) {
      if (b.hidden != Hidden::no || b.words > 14 || b.text.empty() ||
          b.text.find("©") != std::string_view::npos)
        continue;
      const std::size_t count = find_dates(b.text, head.range, order, found);
      for (std::size_t k = 0; k < count; ++k) {
        if (found[k].word == DateWord::other) continue;
        if (members >= 2 && found[k].date.hour >= 0 && found[k].word != DateWord::modified) {
          best = {found[k].date, FieldSource::block, DateWord::none, 20, b.node};
          return;
        }
        if (!add(found[k].date, b.node,
                 std::max(1, (found[k].word == DateWord::published ? 40 : 20) - static_cast<int>(n)))) {
          best = {};
          return;
        }
      }
    }
    for (const DateCandidate& c : head.seen)
      if (c.date.known() && !add(c.date, c.node, 10)) {
        best = {};
        return;
      }
  }

  DateWord word_before(NodeId node) {
    // The text just before it within the parent, and the parent's class.
    for (int up = 0; up < 2 && node != no_node; ++up) {
      NodeId before = page[node].previous;
      int steps = 0;
      std::string_view text;
      while (before != no_node && ++steps < 4) {
        text = page[before].kind == NodeKind::text ? trim(page[before].text())
                                                   : text_of(page, before, 60, arena);
        if (!text.empty()) break;
        before = page[before].previous;
      }
      if (!text.empty()) {
        if (text.size() > 40) text = text.substr(text.size() - 40);
        char buffer[80];
        std::memcpy(buffer, text.data(), text.size());
        std::memcpy(buffer + text.size(), " 2000-01-01", 11);
        std::array<FoundDate, 3> found;
        const std::size_t n = find_dates({buffer, text.size() + 11}, {1994, 2100}, order, found);
        if (n > 0) return found[n - 1].word;
        return DateWord::none;
      }
      node = page[node].parent;
    }
    return DateWord::none;
  }

  template <class Offer>
  void block_dates(DateCandidate& best, DateCandidate& changed, const Offer& offer) {
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
      const RawBlock& b = blocks.blocks[i];
      const bool told = decided() && (role(i) == Role::date || role(i) == Role::byline) &&
                        decisions.of_block[i].confidence >= 0.4f;
      if (!told && !near_title(i)) {
        if (!decided() && title_block != no_block && i > title_block + 14) break;
        continue;
      }
      if (b.hidden != Hidden::no || b.text.empty() || b.words > 45 ||
          b.text.find("©") != std::string_view::npos)
        continue;
      std::array<FoundDate, 4> found;
      const std::size_t n = find_dates(b.text, head.range, order, found);
      for (std::size_t k = 0; k < n; ++k) {
        if (found[k].word == DateWord::other) continue;
        int strength = told ? 52 : 40;
        if (b.words <= 14) strength += 6;
        if (found[k].word != DateWord::none) strength += 8;
        if (!told && b.words > 20) strength -= 14;
        if (title_block != no_block && !told)
          strength -= static_cast<int>(i > title_block ? (i - title_block) / 3 : (title_block - i) / 2 + 2);
        strength -= static_cast<int>(k);
        if (strength <= 0) continue;
        const DateCandidate c{found[k].date, FieldSource::block, found[k].word,
                              static_cast<std::uint8_t>(strength), b.node};
        offer(found[k].word == DateWord::modified ? changed : best, c);
      }
    }
  }

  // ---- the rest

  void choose_language() {
    std::string_view declared = !head.language.empty() ? head.language : head.locale;
    // A sample of what is read: chosen blocks, else the longest ones.
    char sample[1024];
    std::size_t n = 0;
    for (int pass = 0; pass < 2 && n < 200; ++pass)
      for (std::size_t i = 0; i < blocks.blocks.size() && n + 8 < sizeof sample; ++i) {
        const RawBlock& b = blocks.blocks[i];
        if (b.hidden != Hidden::no || b.kind == BlockKind::code || b.words < 8) continue;
        if (pass == 0 && decided() && !decisions.of_block[i].chosen) continue;
        std::size_t m = std::min(b.text.size(), sizeof sample - n - 1);
        while (m > 0 && m < b.text.size() && (static_cast<unsigned char>(b.text[m]) & 0xC0) == 0x80) --m;
        std::memcpy(sample + n, b.text.data(), m);
        n += m;
        sample[n++] = ' ';
      }
    const std::string_view text(sample, n);
    const auto primary = [](std::string_view tag) {
      return tag.substr(0, std::min(tag.find('-'), tag.size()));
    };
    if (declared.empty() || plainly_wrong(declared, text)) {
      const std::string_view found = detect_language(text);
      if (!found.empty() && (declared.empty() || primary(found) != primary(declared))) declared = found;
    }
    out.language = declared;
    out.right_to_left = is_right_to_left(declared);
  }

  // A language declared that the letters or the commonest words of the text belie; cheap, so that the
  // detector runs only for the doubtful few.
  bool plainly_wrong(std::string_view declared, std::string_view text) const {
    if (text.size() < 200) return false;
    std::size_t latin = 0, cyrillic = 0, arabic = 0, cjk = 0, other = 0, length = 0;
    for (std::size_t i = 0; i < text.size(); i += length) {
      const char32_t c = code_point(text, i, length);
      if (c < 0x250)
        latin += is_word(c) && !(c < 0x80 && is_digit(static_cast<char>(c)));
      else if (c >= 0x400 && c < 0x530)
        ++cyrillic;
      else if (c >= 0x600 && c < 0x780)
        ++arabic;
      else if (is_cjk(c) || is_hangul(c))
        cjk += 2;
      else if (is_word(c))
        ++other;
    }
    const std::size_t most = std::max({latin, cyrillic, arabic, cjk, other});
    static constexpr std::string_view in_cyrillic[] = {"ru", "uk", "be", "bg", "sr", "mk", "kk",
                                                       "ky", "mn", "tg", "tt", "ba", "uz", "os"};
    static constexpr std::string_view in_arabic[] = {"ar", "fa", "ur", "ps", "ug", "sd", "ku"};
    static constexpr std::string_view in_cjk[] = {"zh", "ja", "ko", "yu"};
    static constexpr std::string_view in_others[] = {"el", "he", "iw", "hi", "th", "ka", "hy", "bn",
                                                     "ta", "te", "mr", "gu", "kn", "ml", "pa", "si",
                                                     "km", "lo", "my", "am", "ne", "yi", "bo", "dv"};
    const std::string_view two = declared.substr(0, 2);
    const auto in = [&](const auto& list) {
      return std::find(std::begin(list), std::end(list), two) != std::end(list);
    };
    if (most == cyrillic) return !in(in_cyrillic);
    if (most == arabic) return !in(in_arabic);
    if (most == cjk) return !in(in_cjk);
    if (most == other) return !in(in_others);
    if (in(in_cyrillic) && two != "sr" && two != "uz" && two != "kk") return true;
    if (in(in_arabic) || in(in_cjk) || in(in_others)) return true;
    // "en" is what themes declare by default: English has its small words everywhere.
    if (two == "en") {
      int small = 0, words = 0;
      for (std::size_t i = 0; i < text.size();) {
        while (i < text.size() && text[i] == ' ') ++i;
        const std::size_t end = std::min(text.find(' ', i), text.size());
        const std::string_view w = text.substr(i, end - i);
        ++words;
        small += equals_lowercase(w, "the") || equals_lowercase(w, "and") || w == "of" || w == "to" ||
                 w == "is" || w == "for" || w == "you" || w == "with" || w == "that" || w == "your" ||
                 w == "are" || w == "on" || w == "it" || w == "this";
        i = end;
      }
      return small * 25 < words;
    }
    // Others: where English small words abound.
    int english = 0, words = 0;
    for (std::size_t i = 0; i < text.size();) {
      while (i < text.size() && text[i] == ' ') ++i;
      const std::size_t end = std::min(text.find(' ', i), text.size());
      const std::string_view w = text.substr(i, end - i);
      ++words;
      english +=
          w == "the" || w == "and" || w == "of" || w == "with" || w == "that" || w == "your" || w == "this";
      i = end;
    }
    return english * 12 > words;
  }

  void choose_rest() {
    // A capture without an address of its own is where it says that it is.
    const std::string_view base = is_web_url(head.base)        ? head.base
                                  : is_web_url(head.canonical) ? head.canonical
                                                               : head.og_url;
    const auto absolute = [&](std::string_view reference) {
      const std::string_view url = resolve_url(base, reference, arena);
      return is_web_url(url) ? url : std::string_view();
    };
    out.image = absolute(head.image);
    const std::string_view canonical = absolute(head.canonical), og = absolute(head.og_url);
    const std::string_view own = registrable_domain(host_of(head.url));
    // A canonical address that leads to the front page from elsewhere is a slip of the site's.
    const auto fits = [&](std::string_view url) {
      if (url.empty()) return false;
      if (head.url.empty()) return true;
      return path_depth(path_of(url)) > 0 || path_depth(path_of(head.url)) == 0 ||
             registrable_domain(host_of(url)) != own;
    };
    out.url = fits(canonical) ? canonical : fits(og) ? og : resolve_url({}, head.url, arena);
    out.description = head.description;
    out.site = head.site;
    if (out.site.empty()) out.site = registrable_domain(host_of(out.url));
    out.article_body = head.article_body;
    out.json_types = head.json_types;
    out.og_type = head.og_type;
    for (const JsonThing& t : head.json.things)
      if ((t.types & json_article) != 0 && t.depth < 9 && !t.free) out.free = false;
  }
};

}  // namespace

void find_fields(Page& page, const HeadFields& head, const Blocks& blocks, const Decisions& decisions,
                 Arena& arena, Meter& meter, Fields& out) {
  out = {};
  Chooser c{.page = page,
            .head = head,
            .blocks = blocks,
            .decisions = decisions,
            .arena = arena,
            .meter = meter,
            .out = out};
  c.sites = site_names(head, arena);
  c.choose_language();
  c.order = date_order(out.language);
  c.find_title();
  c.choose_authors();
  c.choose_dates();
  c.choose_rest();
}

}  // namespace offprint
