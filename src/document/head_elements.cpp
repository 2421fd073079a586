// What elements of the body say of the page: names, dates, properties.
#include <algorithm>
#include <array>

#include "base/url.h"
#include "document/head_gatherer.h"

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

}  // namespace

ClassHint HeadGatherer::hint_of(Attribute& a) {
  if (a.value_size < 4) return {};
  if (a.id == AttributeName::id) return class_hint(a.raw_value());  // of which there are no two
  return out.class_hints.get(value_number(page.values, a), [&] { return class_hint(a.raw_value()); });
}

void HeadGatherer::add_name(std::string_view text, FieldSource source, int strength, NodeId node,
              std::uint8_t group) {
  if (out.names.size() < most_candidates)
    out.names.push_back({text, source, static_cast<std::uint8_t>(strength), group, node});
}

void HeadGatherer::add_date(std::vector<DateCandidate>& list, std::string_view text, FieldSource source, int strength,
              NodeId node) {
  if (list.size() >= most_candidates) return;
  const Date date = parse_date(text, out.range, order);
  if (date.known())
    list.push_back({date, source, DateWord::none, static_cast<std::uint8_t>(strength), node});
}

void HeadGatherer::add_site(std::string_view name) {
  name = plain_text(name, arena);
  if (name.empty() || name.size() > 100 || out.sites.size() >= 8) return;
  if (std::find(out.sites.begin(), out.sites.end(), name) == out.sites.end()) out.sites.push_back(name);
}

std::uint32_t HeadGatherer::scope_types(NodeId id) {
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

void HeadGatherer::property(NodeId id, std::string_view names) {
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

void HeadGatherer::rare(NodeId id, Attribute& a) {
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

void HeadGatherer::custom(NodeId id) {
  std::string_view author;
  for (Attribute& a : attributes(id)) {
    if (a.id != AttributeName::unknown) continue;
    if (a.name() == "author" || a.name() == "author-name") author = value(a);
    if (a.name() == "created-timestamp" || a.name() == "published-at" || a.name() == "created-at")
      add_date(out.published, value(a), FieldSource::element, 58, id);
  }
  if (!author.empty()) add_name(plain_text(author, arena), FieldSource::element, 58, id);
}

void HeadGatherer::element(NodeId id) {
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

void HeadGatherer::visit(NodeId id) {
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

void HeadGatherer::visit(std::span<const NodeId> ids) {
  for (const NodeId id : ids) visit(id);
}

}  // namespace offprint
