// What <meta> and <link> say of the page.
#include <algorithm>

#include "base/url.h"
#include "document/head_gatherer.h"

namespace offprint {
namespace {

constexpr std::size_t most_of_name = 200;

// "logo-default.png", "placeholder.jpg": what stands for a picture, by the name of its file.
bool is_stand_in(std::string_view address) {
  std::string_view file = last_segment(address.substr(0, address.find_first_of("?#")));
  file.remove_prefix(file.size() - std::min(file.size(), most_of_name));
  for (std::size_t at = 0; at < file.size(); ++at) {
    if (at > 0 && is_alnum(file[at - 1])) continue;
    for (std::string_view word : {"logo", "default", "placeholder", "blank", "noimage", "no-image"})
      if (starts_with_ascii_case(file.substr(at), word) && (at + word.size() == file.size() || !is_alpha(file[at + word.size()]))) return true;
  }
  return false;
}

}  // namespace

void HeadGatherer::meta(NodeId id) {
  std::string_view content, names[2];
  int count = 0;
  bool item = false;
  for (Attribute& a : attributes(id)) switch (a.id) {
      case AttributeName::content:
        content = value(a);
        break;
      case AttributeName::name:
      case AttributeName::property:
      case AttributeName::http_equiv:
        if (count < 2) names[count++] = value(a);
        break;
      case AttributeName::itemprop:
        item = true;
        if (count < 2) names[count++] = value(a);
        break;
      default:
        break;
    }
  content = trim(content);
  if (content.empty() || (item && (scope_types(id) & (json_comment | json_review)) != 0)) return;
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

void HeadGatherer::take(Meta meta, std::string_view content, NodeId id, std::uint8_t group) {
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
      if (out.image.empty() || image_stands_in) take_image(content);
      break;
    case Meta::site:
      first(out.site, content);
      add_site(content);
      break;
    case Meta::weak_site:
      add_site(content);
      break;
    case Meta::owner:
      if (out.owners.size() < 4 && content.size() < 100) out.owners.push_back(plain_text(content, arena));
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

// A first picture, or one in the place of a stand-in.
void HeadGatherer::take_image(std::string_view address) {
  const bool stands_in = is_stand_in(address);
  if (stands_in && !out.image.empty()) return;
  out.image = address;
  image_stands_in = stands_in;
}

void HeadGatherer::link(NodeId id) {
  std::string_view rel, href;
  for (Attribute& a : attributes(id)) {
    if (a.id == AttributeName::rel) rel = value(a);
    if (a.id == AttributeName::href) href = value(a);
  }
  if (href.empty()) return;
  if (equals_lowercase(rel, "canonical") && out.canonical.empty()) out.canonical = href;
  if (equals_lowercase(rel, "amphtml") && out.amp_url.empty()) out.amp_url = href;
  if (equals_lowercase(rel, "image_src") && out.image.empty()) take_image(href);
}

}  // namespace offprint
