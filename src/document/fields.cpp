// find_fields(): choosing among what read_head() and the blocks have gathered.
#include "document/fields.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/url.h"
#include "document/authors.h"
#include "document/elements.h"
#include "document/field_context.h"
#include "document/words.h"

namespace offprint {

int FieldContext::aside(NodeId node) const {
  AsideMemo::Entry& known = asides.entries[node % asides.entries.size()];
  if (known.node == node) return known.aside;
  const Node& n = page[node];
  int found = n.tag == Tag::footer || n.tag == Tag::aside || n.tag == Tag::nav ? 1 : 0;
  for (std::uint32_t k = 0; k < n.attributes_count && found < 2; ++k) {
    const Attribute& a = page.attributes[n.attributes_begin + k];
    if (a.id == AttributeName::class_ || a.id == AttributeName::id) found = std::max(found, is_aside(a.raw_value()));
  }
  known = {node, found};
  return found;
}

int FieldContext::place(NodeId node) const {
  if (node == no_node || !tree()) return 0;
  int score = 0, worst = 0;
  int steps = 0;
  const std::uint32_t title_at = title_node == no_node ? 0 : page[title_node].span.begin;
  for (NodeId at = node; at != no_node && ++steps < 60; at = page[at].parent) {
    const Node& n = page[at];
    if (n.kind != NodeKind::element || n.tag == Tag::body || n.tag == Tag::html || n.tag == Tag::main) break;
    // What also holds the title is no side matter.
    if (title_node != no_node && n.span.begin <= title_at && title_at < n.span.end) break;
    if (n.tag == Tag::article && at != node && title_node != no_node)
      score -= 8;  // perhaps another story than the title's
    worst = std::max(worst, aside(at));
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

bool FieldContext::in_menu(NodeId node) const {
  const std::uint32_t title_at = title_node == no_node ? 0 : page[title_node].span.begin;
  int steps = 0;
  for (NodeId at = node; at != no_node && ++steps < 60; at = page[at].parent) {
    const Node& n = page[at];
    if (n.kind != NodeKind::element || n.tag == Tag::body || n.tag == Tag::main) return false;
    if (title_node != no_node && n.span.begin <= title_at && title_at < n.span.end) return false;
    if (n.tag == Tag::nav || n.tag == Tag::aside) return true;
    const std::string_view role = n.attributes_count == 0 ? std::string_view() : attribute(page, at, AttributeName::role);
    if (equals_lowercase(role, "navigation") || equals_lowercase(role, "menu") || equals_lowercase(role, "menubar")) return true;
  }
  return false;
}

bool FieldContext::near_title(std::size_t i) const {
  if (title_block == no_block) return !tree() ? i < 30 : i < 12;
  return i + 6 >= title_block && i <= title_block + 14;
}

namespace {

// The part of <title> at either end that the domain says, or the masthead, too, of the last one, as the first may be a section: "The Story
// | The Example" beside "The Example" or on theexample.org.
std::string_view site_behind_title(const FieldContext& context, const Fields& out) {
  TitleParts parts;
  const std::size_t n = cut_title(context.head.title_element, parts);
  if (n < 2) return {};
  const std::string_view label = folded_words(site_label(host_of(out.url)), context.arena), title = folded_words(out.title, context.arena);
  for (const std::size_t k : {n - 1, std::size_t{0}}) {
    const std::string_view name = trim(parts[k].text), words = folded_words(name, context.arena);
    if (words.empty() || name.size() > 60 || words == title || is_generic_heading(words) || is_nobody(words)) continue;
    if (is_site(words, {&label, 1}, context.arena)) return name;
    for (std::size_t i = 0; k > 0 && context.decided() && i < std::min<std::size_t>(context.blocks.blocks.size(), 24); ++i) {
      const RawBlock& b = context.blocks.blocks[i];
      if (context.role(i) == Role::masthead && b.words <= 8 && folded_words(b.text, context.arena) == words) return name;
    }
  }
  return {};
}

void choose_rest(const FieldContext& context, Fields& out) {
  const HeadFields& head = context.head;
  Arena& arena = context.arena;
  // A capture without an address of its own is where it says that it is.
  const std::string_view base = is_web_url(head.base)        ? head.base
                                : is_web_url(head.canonical) ? head.canonical
                                                             : head.og_url;
  const auto absolute = [&](std::string_view reference) {
    // Without a base only the scheme is unknown of "//example.org/a.jpg".
    const std::string_view from = base.empty() && reference.starts_with("//") ? "https://x/" : base;
    const std::string_view url = saved_address(resolve_url(from, reference, arena));
    return is_web_url(url) ? url : std::string_view();
  };
  out.image = absolute(head.image);
  const std::string_view canonical = absolute(head.canonical), og = absolute(head.og_url);
  const std::string_view page_url = saved_address(head.url);
  const std::string_view own = registrable_domain(host_of(page_url));
  // A canonical address that leads to the front page from elsewhere is a slip of the site's.
  const auto fits = [&](std::string_view url) {
    if (url.empty()) return false;
    if (page_url.empty()) return url != canonical || path_depth(path_of(url)) > 0 || path_depth(path_of(og)) == 0 || host_of(og) != host_of(url);
    return path_depth(path_of(url)) > 0 || path_depth(path_of(page_url)) == 0 ||
           registrable_domain(host_of(url)) != own;
  };
  out.url = fits(canonical) ? canonical : fits(og) ? og : resolve_url({}, page_url, arena);
  out.description = head.description;
  out.site = head.site;
  if (out.site.empty()) out.site = site_behind_title(context, out);
  if (out.site.empty()) out.site = registrable_domain(host_of(out.url));
  out.article_body = head.article_body;
  out.json_types = head.json_types;
  out.og_type = head.og_type;
  for (const JsonThing& t : head.json.things)
    if ((t.types & json_article) != 0 && t.depth < 9 && !t.free) out.free = false;
}

// Whether a block is or holds a <time> that tells how long something takes.
bool tells_duration(Page& page, NodeId block) {
  int steps = 0;
  for (NodeId at = block; at != no_node && ++steps <= 6; at = next_in_order(page, at, block)) {
    if (page[at].tag != Tag::time) continue;
    const std::string_view when = trim(attribute(page, at, AttributeName::datetime)), of = attribute(page, at, AttributeName::itemprop);
    if (when.size() >= 3 && (when[0] == 'P' || when[0] == 'p') && (is_digit(when[1]) || when[1] == 'T' || when[1] == 't')) return true;
    for (std::string_view name : {"preptime", "cooktime", "totaltime", "performtime", "duration"})
      if (equals_lowercase(of, name)) return true;
  }
  return false;
}

}  // namespace

void keep_durations(Page& page, const Blocks& blocks, Decisions& decisions) {
  std::vector<Decision>& of = decisions.of_block;
  if (of.size() != blocks.blocks.size()) return;
  for (std::size_t i = 1; i + 1 < of.size(); ++i) {
    if (of[i].role != Role::date || of[i].chosen || blocks.blocks[i].words > 8 || blocks.blocks[i].node == no_node) continue;
    if (!of[i - 1].chosen || !of[i + 1].chosen || !tells_duration(page, blocks.blocks[i].node)) continue;
    becomes(of[i], of[i].in_text);
    of[i].chosen = true;
    if (!of[i].reason.empty()) of[i].reason = "tells how long something takes";
  }
}

void find_fields(Page& page, const HeadFields& head, const Blocks& blocks, const Decisions& decisions,
                 Arena& arena, Meter& meter, Fields& out) {
  (void)meter;
  out = {};
  AsideMemo asides;
  FieldContext context{.page = page, .head = head, .blocks = blocks, .decisions = decisions, .arena = arena, .asides = asides};
  context.sites = site_names(head, arena);
  choose_language(context, out);
  context.order = date_order(out.language);
  const TitleChoice title = choose_title(page, head, blocks, decisions, context.sites, context.order, arena);
  out.title = title.text;
  out.title_source = title.source;
  context.title_node = title.node;
  context.title_block = title.block;
  if (title.block < blocks.blocks.size() && !title.text.empty() && blocks.blocks[title.block].hidden == Hidden::no &&
      blocks.blocks[title.block].text.starts_with(title.text))
    out.title_block = title.block;
  choose_authors(context, out);
  choose_dates(context, out);
  choose_rest(context, out);
}

void head_with_title(const Fields& fields, Decisions& decisions) {
  std::vector<Decision>& of = decisions.of_block;
  if (fields.title_block >= of.size()) return;
  if (decisions.has_headline()) return;
  Decision& d = of[fields.title_block];
  d.role = Role::headline;
  d.confidence = 0.5f;
  if (!d.reason.empty()) d.reason = "shows the title of the page";
}

}  // namespace offprint
