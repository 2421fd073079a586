// read_head(): one pass over the tree that gathers what a page says of itself.
#include <algorithm>
#include <array>

#include "base/url.h"
#include "document/fields.h"
#include "document/head_gatherer.h"
#include "document/words.h"

namespace offprint {
namespace {

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

void take_json(HeadGatherer& g) {
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
  owners.clear();
  json.clear();
  scratch.clear();
}

void read_head(Page& page, std::string_view page_url, Arena& arena, Meter& meter, HeadFields& out,
               DateRange range) {
  out.clear();
  out.url = page_url;
  out.base = page_url;
  out.range = range;
  HeadGatherer g{.page = page, .arena = arena, .out = out, .meter = meter};
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
  for (NodeId begin = 1; begin < count; begin += static_cast<NodeId>(matter.size())) {
    // Not before the first nodes, which have most of what there is, also where the parser took all the time.
    if (begin > 4096 && begin % 4096 == 1 && meter.out_of_time()) break;
    const NodeId end = std::min(count, begin + static_cast<NodeId>(matter.size()));
    std::size_t n = 0;
    for (NodeId id = begin; id < end; ++id) {
      matter[n] = id;
      n += matters(page[id]);
    }
    g.visit({matter.data(), n});
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
