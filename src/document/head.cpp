// read_head(): one pass over the tree that gathers what a page says of itself.
#include <algorithm>
#include <array>

#include "base/url.h"
#include "document/elements.h"
#include "document/fields.h"
#include "document/head_metas.h"
#include "document/words.h"

namespace offprint {
namespace {

constexpr std::size_t most_candidates = 96, most_headings = 16, most_scripts = 64;

// What an attribute of an element in the body may say.
enum class Says : std::uint8_t { nothing, hint, href, rel, rare };
constexpr auto says = [] {
  std::array<Says, attribute_count> t{};
  const auto set = [&t](Says what, std::initializer_list<AttributeName> of) {
    for (const AttributeName name : of) t[static_cast<std::size_t>(name)] = what;
  };
  set(Says::hint, {AttributeName::class_, AttributeName::id, AttributeName::data_testid, AttributeName::data_test_id,
                   AttributeName::data_qa, AttributeName::data_component});
  set(Says::href, {AttributeName::href});
  set(Says::rel, {AttributeName::rel});
  set(Says::rare, {AttributeName::itemprop, AttributeName::property, AttributeName::data_author, AttributeName::data_timestamp,
                   AttributeName::data_date});
  return t;
}();

struct Gatherer {
  Page& page;
  Arena& arena;
  HeadFields& out;
  Meter& meter;
  std::string_view label1{};
  std::string_view og_description{}, meta_description{};
  std::uint8_t image_rank = 0;
  DateOrder order = DateOrder::month_first;
  bool based = false;
  std::size_t scripts = 0;

  ClassHint hint_of(Attribute& a) {
    if (a.value_size < 4) return {};
    if (a.id == AttributeName::id) return class_hint(a.raw_value());  // of which there are no two
    return out.class_hints.get(value_number(page.values, a), [&] { return class_hint(a.raw_value()); });
  }

  std::string_view value(Attribute& a) { return attribute_value(a, arena); }
  std::span<Attribute> attributes(NodeId id) {
    const Node& n = page[id];
    return {page.attributes.data() + n.attributes_begin, n.attributes_count};
  }

  void add_name(std::string_view text, FieldSource source, int strength, NodeId node,
                std::uint8_t group = 0) {
    if (out.names.size() < most_candidates)
      out.names.push_back({text, source, static_cast<std::uint8_t>(strength), group, node});
  }
  void add_date(std::vector<DateCandidate>& list, std::string_view text, FieldSource source, int strength,
                NodeId node) {
    if (list.size() >= most_candidates) return;
    const Date date = parse_date(text, out.range, order);
    if (date.known())
      list.push_back({date, source, DateWord::none, static_cast<std::uint8_t>(strength), node});
  }
  void add_site(std::string_view name) {
    name = plain_text(name, arena);
    if (name.empty() || name.size() > 100 || out.sites.size() >= 8) return;
    if (std::find(out.sites.begin(), out.sites.end(), name) == out.sites.end()) out.sites.push_back(name);
  }

  void meta(NodeId id) {
    std::string_view content, names[2];
    int count = 0;
    for (Attribute& a : attributes(id)) switch (a.id) {
        case AttributeName::content:
          content = value(a);
          break;
        case AttributeName::name:
        case AttributeName::property:
        case AttributeName::itemprop:
        case AttributeName::http_equiv:
          if (count < 2) names[count++] = value(a);
          break;
        default:
          break;
      }
    content = trim(content);
    if (content.empty()) return;
    for (int k = 0; k < count; ++k) {
      const std::string_view name = trim(names[k]);
      char low[40];
      if (name.size() > sizeof low) continue;
      for (std::size_t i = 0; i < name.size(); ++i) low[i] = to_lower(name[i]);
      Meta meta{};
      const std::uint8_t found = find_meta({low, name.size()}, meta);
      if (found != 0) {
        take(meta, content, id, found);
        continue;
      }
      // Names of a site's own: "w-published-date", "page.author".
      const std::string_view own(low, name.size());
      if (own.ends_with("ld+json"))  // JSON-LD that a script was to move into a <script>
        out.json.read(content, arena, meter);
      else if (own.find("publish") != std::string_view::npos &&
               own.find("publisher") == std::string_view::npos && content.size() < 50)
        add_date(out.published, content, FieldSource::meta, 58, id);
      else if ((own.find("modified") != std::string_view::npos ||
                own.find("updated") != std::string_view::npos) &&
               content.size() < 50)
        add_date(out.modified, content, FieldSource::meta, 50, id);
      else if (own.ends_with("author") || own.ends_with("authorname") || own.ends_with("author-name") ||
               own.ends_with("author_name"))
        add_name(plain_text(content, arena), FieldSource::meta, 60, id, 255);
    }
  }

  void first(std::string_view& field, std::string_view content) {
    if (field.empty()) field = plain_text(content, arena);
  }

  void take(Meta meta, std::string_view content, NodeId id, std::uint8_t group) {
    switch (meta) {
      case Meta::title:
        first(out.meta_title, content);
        break;
      case Meta::og_title:
        first(out.og_title, content);
        break;
      case Meta::twitter_title:
        first(out.twitter_title, content);
        break;
      case Meta::description:
        first(meta_description, content);
        break;
      case Meta::og_description:
        first(og_description, content);
        break;
      case Meta::image:
        if (out.image.empty()) out.image = content;
        break;
      case Meta::site:
        first(out.site, content);
        add_site(content);
        break;
      case Meta::weak_site:
        add_site(content);
        break;
      case Meta::type:
        first(out.og_type, content);
        break;
      case Meta::url:
        if (out.og_url.empty()) out.og_url = content;
        break;
      case Meta::locale:
        if (out.locale.empty()) out.locale = normalize_language(content, arena);
        break;
      case Meta::author:
        add_name(plain_text(content, arena), FieldSource::meta, 70, id, group);
        break;
      case Meta::strong_author:
        add_name(plain_text(content, arena), FieldSource::meta, 75, id, group);
        break;
      case Meta::label1:
        label1 = content;
        break;
      case Meta::data1: {
        const std::string_view label = folded_words(label1, arena);
        if (label.starts_with("written") || label.find("author") != std::string_view::npos ||
            label.starts_with("geschrieben") || label.starts_with("verfasst") || label.starts_with("ecrit") ||
            label.starts_with("escrito") || label.starts_with("scritto") || label.starts_with("автор") ||
            label.starts_with("napisan") || label.starts_with("по") || label.starts_with("by"))
          add_name(plain_text(content, arena), FieldSource::meta, 72, id, group);
        break;
      }
      case Meta::published:
        add_date(out.published, content, FieldSource::meta, 80, id);
        break;
      case Meta::weak_published:
        add_date(out.published, content, FieldSource::meta, 45, id);
        break;
      case Meta::modified:
        add_date(out.modified, content, FieldSource::meta, 70, id);
        break;
    }
  }

  void link(NodeId id) {
    std::string_view rel, href;
    for (Attribute& a : attributes(id)) {
      if (a.id == AttributeName::rel) rel = value(a);
      if (a.id == AttributeName::href) href = value(a);
    }
    if (href.empty()) return;
    if (equals_lowercase(rel, "canonical") && out.canonical.empty()) out.canonical = href;
    if (equals_lowercase(rel, "amphtml") && out.amp_url.empty()) out.amp_url = href;
    if (equals_lowercase(rel, "image_src") && out.image.empty()) out.image = href;
  }

  // The kind of thing whose property a node states, by the nearest element with an itemtype or typeof; 0
  // where none is.
  std::uint32_t scope_types(NodeId id) {
    int steps = 0;
    for (NodeId at = page[id].parent; at != no_node && ++steps < 64; at = page[at].parent) {
      if (page[at].kind != NodeKind::element) continue;
      bool scope = false;
      for (Attribute& a : attributes(at)) {
        if (a.id == AttributeName::itemtype || a.id == AttributeName::typeof)
          return json_type_of(trim(value(a)));
        scope |= a.id == AttributeName::itemscope;
      }
      if (scope) return 0;
    }
    return 0;
  }

  // itemprop and RDFa property on elements that are not <meta>.
  void property(NodeId id, std::string_view names) {
    if (names.size() > 100) return;
    names = trim(names);
    if (const std::size_t colon = names.find_last_of(":/"); colon != std::string_view::npos)
      names.remove_prefix(colon + 1);
    std::size_t end = std::min(names.find(' '), names.size());
    const std::string_view name = names.substr(0, end);
    const bool author = equals_lowercase(name, "author") || equals_lowercase(name, "creator");
    const bool published = equals_lowercase(name, "datepublished") || equals_lowercase(name, "dc:date");
    const bool modified = equals_lowercase(name, "datemodified");
    const bool created = equals_lowercase(name, "datecreated") || equals_lowercase(name, "uploaddate");
    const bool headline = equals_lowercase(name, "headline");
    if (!author && !published && !modified && !created && !headline) return;
    const std::uint32_t scope = scope_types(id);
    if ((scope & (json_comment | json_review)) != 0) return;
    std::string_view content;
    for (Attribute& a : attributes(id))
      if (a.id == AttributeName::content || a.id == AttributeName::datetime) content = value(a);
    if (headline) {
      if (out.json_title.empty() || scope != 0)
        first(out.meta_title, content.empty() ? text_of(page, id, 400, arena) : content);
      return;
    }
    if (author) {
      // <div itemprop=author itemscope><span itemprop=name>Jane Doe</span>
      if (!content.empty()) {
        add_name(plain_text(content, arena), FieldSource::property, 84, id);
        return;
      }
      int steps = 0;
      for (NodeId at = next_in_order(page, id, id); at != no_node && ++steps < 60;
           at = next_in_order(page, at, id)) {
        if (page[at].kind != NodeKind::element) continue;
        for (Attribute& a : attributes(at))
          if ((a.id == AttributeName::itemprop || a.id == AttributeName::property) &&
              (equals_lowercase(trim(value(a)), "name") || value(a).ends_with(":name") ||
               value(a).starts_with("name "))) {
            const std::string_view in = attribute(page, at, AttributeName::content);
            add_name(in.empty() ? text_of(page, at, 200, arena) : plain_text(in, arena),
                     FieldSource::property, 86, at);
            return;
          }
      }
      add_name({}, FieldSource::property, 80, id);
      return;
    }
    if (content.empty()) content = text_of(page, id, 100, arena);
    if (published) add_date(out.published, content, FieldSource::property, 75, id);
    if (created) add_date(out.published, content, FieldSource::property, 55, id);
    if (modified) add_date(out.modified, content, FieldSource::property, 70, id);
  }

  // What few elements have.
  [[gnu::noinline]] void rare(NodeId id, Attribute& a) {
    switch (a.id) {
      case AttributeName::data_author:
        if (!a.raw_value().empty()) add_name(value(a), FieldSource::element, 50, id);
        break;
      case AttributeName::data_timestamp:
      case AttributeName::data_date:
        add_date(out.seen, value(a), FieldSource::element, 35, id);
        break;
      default:
        property(id, value(a));
    }
  }
  // <some-post author="…" created-timestamp="…">: an element of the site's own
  void custom(NodeId id) {
    std::string_view author;
    for (Attribute& a : attributes(id)) {
      if (a.id != AttributeName::unknown) continue;
      if (a.name() == "author" || a.name() == "author-name") author = value(a);
      if (a.name() == "created-timestamp" || a.name() == "published-at" || a.name() == "created-at")
        add_date(out.published, value(a), FieldSource::element, 58, id);
    }
    if (!author.empty()) add_name(plain_text(author, arena), FieldSource::element, 58, id);
  }

  void element(NodeId id) {
    const Node& node = page[id];
    const bool small = node.span.size() < 1500;
    std::string_view href, rel;
    ClassHint hint;
    for (Attribute& a : attributes(id)) switch (says[static_cast<std::size_t>(a.id)]) {
        case Says::nothing:
          break;
        case Says::hint: {
          if (!small) break;
          const ClassHint h = hint_of(a);
          hint.name = std::max(hint.name, h.name);
          hint.date = std::max(hint.date, h.date);
          hint.modified |= h.modified;
          break;
        }
        case Says::href:
          href = a.raw_value();
          break;
        case Says::rel:
          rel = value(a);
          break;
        case Says::rare:
          rare(id, a);
          break;
      }
    if (node.tag == Tag::unknown) custom(id);
    if (node.tag == Tag::a) {
      if (rel == "author" || rel.starts_with("author ") || rel.ends_with(" author")) {
        add_name({}, FieldSource::link, 78, id);
      } else if (const int path = node.span.size() < 8000 ? is_author_path(href) : 0; path != 0) {
        add_name({}, FieldSource::link, std::max<int>(hint.name, path == 2 ? 56 : int{member_link}), id);
      } else if (hint.name != 0) {
        add_name({}, FieldSource::element, hint.name, id);
      }
      return;
    }
    if (node.tag == Tag::time) {
      std::string_view when = attribute(page, id, AttributeName::datetime);
      if (when.empty()) when = attribute(page, id, AttributeName::title);
      Date date = parse_date(when, out.range, order);
      if (!date.known()) date = parse_date(text_of(page, id, 80, arena), out.range, order);
      if (date.known() && out.seen.size() < most_candidates) {
        const bool pub = has_attribute(page, id, AttributeName::pubdate);
        out.seen.push_back({date, FieldSource::time, hint.modified ? DateWord::modified : DateWord::none,
                            static_cast<std::uint8_t>(pub ? 70 : 60), id});
      }
      return;
    }
    if (hint.name != 0) add_name({}, FieldSource::element, hint.name, id);
    if (hint.date != 0 && out.seen.size() < most_candidates) {
      // Its text is read only if it matters: the date stays unknown here.
      out.seen.push_back(
          {{}, FieldSource::element, hint.modified ? DateWord::modified : DateWord::none, hint.date, id});
    }
  }

  void visit(NodeId id) {
    const Node& n = page[id];
    switch (n.tag) {
      case Tag::meta:
        return meta(id);
      case Tag::link:
        return link(id);
      case Tag::base:
        if (!based) {
          const std::string_view href = resolve_url(out.url, attribute(page, id, AttributeName::href), arena);
          if (is_web_url(href)) out.base = href, based = true;
        }
        return;
      case Tag::title:
        if (out.title_element.empty()) out.title_element = plain_text(text_of(page, id, 1000, arena), arena);
        return;
      case Tag::script:
        if (n.attributes_count != 0 && scripts < most_scripts) {
          const std::string_view type = attribute(page, id, AttributeName::type);
          if (type.size() >= 19 && equals_lowercase(type.substr(0, 19), "application/ld+json")) {
            ++scripts;
            if (n.first_child != no_node) out.json.read(page[n.first_child].text(), arena, meter);
          }
        }
        return;
      case Tag::h1:
        if (out.headings.size() < most_headings) out.headings.push_back({{}, FieldSource::heading, id});
        break;
      default:
        break;
    }
    if (n.attributes_count != 0 || n.tag == Tag::time) element(id);
  }
};

// What read_head() does with an element: most matter for their attributes alone.
enum class Visit : std::uint8_t { if_attributes, always, never };
constexpr auto visits = [] {
  std::array<Visit, tag_count> t{};
  for (Tag tag : {Tag::title, Tag::base, Tag::h1, Tag::time, Tag::link, Tag::meta, Tag::script}) t[static_cast<std::size_t>(tag)] = Visit::always;
  for (Tag tag : {Tag::style, Tag::html, Tag::head, Tag::body, Tag::br, Tag::path}) t[static_cast<std::size_t>(tag)] = Visit::never;
  return t;
}();

bool matters(const Node& n) {
  const Visit visit = visits[static_cast<std::size_t>(n.tag)];
  const auto yes = [](bool b) { return static_cast<unsigned>(b); };
  return (yes(n.kind == NodeKind::element) & yes(n.ns == Namespace::html) & yes(n.parent != no_node) &
          (yes(visit == Visit::always) | (yes(visit == Visit::if_attributes) & yes(n.attributes_count != 0)))) != 0;
}

// Headings of documentation end in a sign that links to them.
std::string_view without_permalink(std::string_view heading) {
  for (std::string_view sign : {"¶", "§", "#", "🔗", "\uf0c1", "∞", "⚓︎", "​"})
    if (heading.size() > sign.size() && heading.ends_with(sign))
      return trim(heading.substr(0, heading.size() - sign.size()));
  return heading;
}

// The thing of a page's JSON-LD that is the page's main one: articles before posts before pages.
int thing_rank(const JsonThing& t) {
  if (t.depth >= 9) return 0;
  if ((t.types & (json_article | json_forum)) != 0) return 10 - t.depth;
  if ((t.types & (json_question | json_recipe | json_how_to | json_book | json_course)) != 0)
    return 8 - t.depth;
  if ((t.types & json_product) != 0) return 7 - t.depth;
  if ((t.types &
       (json_video | json_audio | json_software | json_event | json_job | json_creative | json_review)) != 0)
    return 6 - t.depth;
  if ((t.types & (json_webpage | json_collection | json_faq)) != 0) return 4 - t.depth;
  return 0;
}

void take_json(Gatherer& g) {
  HeadFields& out = g.out;
  const JsonLd& json = out.json;
  int best = 0;
  std::string_view page_body, description;
  for (const JsonThing& t : json.things) {
    if (t.depth >= 9) continue;
    if ((t.types & (json_website | json_organization | json_local_business)) != 0) {
      if (!t.name.empty()) {
        if (out.site.empty() && (t.types & json_website) != 0) out.site = t.name;
        g.add_site(t.name);
        if ((t.types & json_website) != 0) g.add_site(t.alternative_headline);
      }
      continue;
    }
    if (!t.publisher.empty()) {
      if (out.site.empty()) out.site = t.publisher;
      g.add_site(t.publisher);
    }
    int rank = thing_rank(t);
    if ((t.types & json_question) != 0 && (json.types & json_faq) != 0) rank = 0;  // one of many
    if (rank > best) {
      best = rank;
      out.json_title = !t.headline.empty() ? t.headline : t.name;
      if (!t.description.empty()) description = t.description;
      if (out.image.empty()) out.image = t.image;
      if (out.locale.empty() && !t.language.empty()) out.locale = normalize_language(t.language, g.arena);
    }
    if (rank > 0 && t.body.size() > page_body.size()) page_body = t.body;
    if (rank == 0) continue;
    const bool page_like = (t.types & (json_webpage | json_collection | json_faq)) != 0;
    const bool article = rank >= 8;
    g.add_date(out.published, t.published, FieldSource::json, article ? 90 : page_like ? 62 : 50, no_node);
    g.add_date(out.published, t.uploaded, FieldSource::json, 35, no_node);
    g.add_date(out.published, t.created, FieldSource::json, article ? 66 : 40, no_node);
    g.add_date(out.modified, t.modified, FieldSource::json, article ? 90 : 62, no_node);
  }
  out.article_body = page_body;
  out.json_types = g.arena.copy(std::string_view(json.type_names));
  out.json_type_bits = json.types;
  out.description = !g.meta_description.empty() ? g.meta_description
                    : !g.og_description.empty() ? g.og_description
                                                : description;
  if (out.site.empty() && !out.sites.empty() && out.sites[0].size() < 60) out.site = out.sites[0];
}

}  // namespace

void HeadFields::clear() {
  url = base = title = description = article_body = json_types = og_type = {};
  json_type_bits = 0;
  class_hints.clear();
  title_element = og_title = twitter_title = meta_title = json_title = {};
  site = canonical = og_url = image = amp_url = language = locale = labelled_author = {};
  heading = no_node;
  headings.clear();
  names.clear();
  published.clear();
  modified.clear();
  seen.clear();
  sites.clear();
  json.clear();
  scratch.clear();
}

void read_head(Page& page, std::string_view page_url, Arena& arena, Meter& meter, HeadFields& out,
               DateRange range) {
  out.clear();
  out.url = page_url;
  out.base = page_url;
  out.range = range;
  Gatherer g{.page = page, .arena = arena, .out = out, .meter = meter};
  if (page.html != no_node) {
    out.language = normalize_language(attribute(page, page.html, AttributeName::lang), arena);
    if (out.language.empty())
      out.language = normalize_language(attribute(page, page.html, AttributeName::xml_lang), arena);
    g.order = date_order(out.language);
  }
  const auto count = static_cast<NodeId>(page.nodes.size());
  // Some nodes at a time: first which of them matter, without branches (texts and elements come in no order that a processor
  // could learn), then what they say.
  std::array<NodeId, 512> matter;
  for (NodeId begin = 1; begin < count && !meter.out_of_time(); begin += static_cast<NodeId>(matter.size())) {
    const NodeId end = std::min(count, begin + static_cast<NodeId>(matter.size()));
    std::size_t n = 0;
    for (NodeId id = begin; id < end; ++id) {
      matter[n] = id;
      n += matters(page[id]);
    }
    for (const NodeId id : std::span(matter.data(), n)) g.visit(id);
  }
  take_json(g);
  for (TextCandidate& h : out.headings) h.text = without_permalink(text_of(page, h.node, 500, arena));
  std::erase_if(out.headings, [](const TextCandidate& h) { return h.text.empty(); });
  // A first guess at the title, for the features of blocks.
  const std::string_view guess = !out.og_title.empty()     ? out.og_title
                                 : !out.json_title.empty() ? out.json_title
                                                           : out.title_element;
  const std::string_view words = folded_words(guess, arena);
  const std::string_view element_words = folded_words(out.title_element, arena);
  float best = 0;
  for (const TextCandidate& h : out.headings) {
    const std::string_view heading = folded_words(h.text, arena);
    const float like =
        std::max({likeness(heading, words), likeness(heading, element_words),
                  0.9f * coverage(heading, element_words) * (word_count(heading) > 2 ? 1.0f : 0.6f)});
    if (like > best + 0.01f) {
      best = like;
      out.heading = h.node;
      out.title = h.text;
    }
  }
  if (best < 0.5f) {
    if (out.heading == no_node && out.headings.size() == 1) out.heading = out.headings[0].node;
    out.title = guess;
  }
  if (out.title.empty() && !out.headings.empty()) out.title = out.headings[0].text;
  std::array<std::string_view, 9> sites;
  std::size_t n = 0;
  for (std::string_view s : out.sites) sites[n++] = folded_words(s, arena);
  const std::string_view label = site_label(host_of(page_url));
  if (!label.empty()) sites[n++] = folded_words(label, arena);
  out.title = strip_site(out.title, {sites.data(), n}, {}, arena);
}

}  // namespace offprint
