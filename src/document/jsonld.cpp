#include "document/jsonld.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/ascii.h"
#include "document/words.h"
#include "tokens/tokens.h"

namespace offprint {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// What an element is to the thing that it was found in.
enum class Place : std::uint8_t { thing, author, creator, publisher, image };
struct Work {
  element value;
  Place place;
  std::uint8_t depth;
  std::uint32_t owner;  // index of the thing
};
constexpr std::uint32_t no_owner = 0xFFFFFFFFu;
constexpr std::size_t most_things = 256, most_authors = 512, most_work = 20000;
constexpr std::size_t keep_bytes =
    4u << 20;  // a parser that has grown beyond this is not kept for the next page

std::string_view string_of(element value) {
  std::string_view s;
  if (value.get_string().get(s) == simdjson::SUCCESS) return s;
  return {};
}

// The first string of a value that may be a string, an array of them, or {"@value": …}.
std::string_view first_string(element value) {
  for (int k = 0; k < 3; ++k) {
    switch (value.type()) {
      case element_type::STRING:
        return string_of(value);
      case element_type::ARRAY: {
        simdjson::dom::array list;
        if (value.get_array().get(list) != simdjson::SUCCESS || list.begin() == list.end()) return {};
        value = *list.begin();
        break;
      }
      case element_type::OBJECT: {
        element inner;
        if (value["@value"].get(inner) != simdjson::SUCCESS && value["name"].get(inner) != simdjson::SUCCESS)
          return {};
        value = inner;
        break;
      }
      default:
        return {};
    }
  }
  return {};
}

struct TypeName {
  std::string_view name;  // lower case
  std::uint32_t bit;
};
constexpr std::array<TypeName, 78> type_names = {{
    {"article", json_article},
    {"newsarticle", json_article},
    {"blogposting", json_article},
    {"report", json_article},
    {"reportagenewsarticle", json_article},
    {"analysisnewsarticle", json_article},
    {"opinionnewsarticle", json_article},
    {"backgroundnewsarticle", json_article},
    {"reviewnewsarticle", json_article},
    {"scholarlyarticle", json_article},
    {"medicalscholarlyarticle", json_article},
    {"advertisercontentarticle", json_article},
    {"satiricalarticle", json_article},
    {"socialmediaposting", json_article},
    {"liveblogposting", json_article},
    {"medicalwebpage", json_article | json_webpage},
    {"techarticle", json_tech_article | json_article},
    {"apireference", json_tech_article},
    {"discussionforumposting", json_forum},
    {"qapage", json_question},
    {"question", json_question},
    {"faqpage", json_faq},
    {"product", json_product},
    {"productgroup", json_product},
    {"productmodel", json_product},
    {"individualproduct", json_product},
    {"vehicle", json_product},
    {"car", json_product},
    {"offercatalog", json_offer_catalog},
    {"aggregateoffer", json_offer_catalog},
    {"itemlist", json_item_list},
    {"collectionpage", json_collection},
    {"searchresultspage", json_collection},
    {"blog", json_collection},
    {"datacatalog", json_collection},
    {"service", json_service},
    {"professionalservice", json_service | json_local_business},
    {"financialservice", json_service},
    {"organization", json_organization},
    {"corporation", json_organization},
    {"newsmediaorganization", json_organization},
    {"educationalorganization", json_organization},
    {"collegeoruniversity", json_organization},
    {"ngo", json_organization},
    {"onlinestore", json_organization},
    {"brand", json_organization},
    {"localbusiness", json_local_business},
    {"homeandconstructionbusiness", json_local_business},
    {"medicalbusiness", json_local_business},
    {"store", json_local_business},
    {"restaurant", json_local_business},
    {"hotel", json_local_business},
    {"website", json_website},
    {"webpage", json_webpage},
    {"itempage", json_webpage},
    {"aboutpage", json_webpage},
    {"contactpage", json_webpage},
    {"checkoutpage", json_webpage},
    {"person", json_person},
    {"profilepage", json_person},
    {"breadcrumblist", json_breadcrumb},
    {"videoobject", json_video},
    {"imageobject", json_image},
    {"imagegallery", json_image},
    {"recipe", json_recipe},
    {"howto", json_how_to},
    {"event", json_event},
    {"jobposting", json_job},
    {"softwareapplication", json_software},
    {"webapplication", json_software},
    {"mobileapplication", json_software},
    {"course", json_course},
    {"book", json_book},
    {"review", json_review},
    {"comment", json_comment},
    {"answer", json_comment},
    {"audioobject", json_audio},
    {"creativework", json_creative},
}};

std::uint32_t types_of(element value, std::string* names) {
  const auto one = [&](std::string_view type) {
    if (names != nullptr && !type.empty() && names->size() + type.size() < 500 &&
        names->find(type) == std::string::npos) {
      if (!names->empty()) *names += ' ';
      *names += type;
    }
    return json_type_of(type);
  };
  std::uint32_t types = 0;
  if (value.type() == element_type::STRING) return one(string_of(value));
  simdjson::dom::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return 0;
  for (element type : list) types |= one(string_of(type));
  return types;
}

}  // namespace

struct JsonLd::State {
  simdjson::dom::parser parser;
  std::vector<Work> work;
};

JsonLd::JsonLd() : state_(std::make_unique<State>()) {}
JsonLd::~JsonLd() = default;
JsonLd::JsonLd(JsonLd&&) noexcept = default;
JsonLd& JsonLd::operator=(JsonLd&&) noexcept = default;

void JsonLd::clear() {
  things.clear();
  authors.clear();
  types = 0;
  type_names.clear();
  unreadable = 0;
  if (state_->parser.capacity() > keep_bytes) state_->parser = simdjson::dom::parser();
}

std::uint32_t json_type_of(std::string_view type) {
  if (const std::size_t slash = type.find_last_of("/:#"); slash != std::string_view::npos)
    type.remove_prefix(slash + 1);
  char low[32];
  if (type.empty() || type.size() > sizeof low) return type.empty() ? 0u : std::uint32_t{json_other};
  for (std::size_t i = 0; i < type.size(); ++i) low[i] = to_lower(type[i]);
  const std::string_view name(low, type.size());
  for (const TypeName& t : type_names)
    if (t.name == name) return t.bit;
  // Families of schema.org that grow.
  if (name.ends_with("article") || name.ends_with("posting")) return json_article;
  if (name.ends_with("event")) return json_event;
  if (name.ends_with("organization")) return json_organization;
  if (name.ends_with("service")) return json_service;
  if (name.ends_with("store") || name.ends_with("business") || name.ends_with("contractor"))
    return json_local_business;
  return json_other;
}

std::string_view plain_text(std::string_view s, Arena& arena) {
  if (s.find('&') != std::string_view::npos) {
    Attribute attribute{};
    attribute.value_data = s.data();
    attribute.value_size = static_cast<std::uint32_t>(s.size());
    attribute.undecoded = true;
    s = attribute_value(attribute, arena);
  }
  // Tags: '<' followed by a letter or '/', up to '>'.
  std::size_t open = s.find('<');
  while (open != std::string_view::npos && open + 1 < s.size() && !is_alpha(s[open + 1]) &&
         s[open + 1] != '/')
    open = s.find('<', open + 1);
  if (open != std::string_view::npos && open + 1 < s.size() && s.find('>', open) != std::string_view::npos) {
    const std::size_t last = s.rfind('>');
    std::span<char> out = arena.make<char>(s.size());
    std::size_t n = 0;
    for (std::size_t i = 0; i < s.size();) {
      if (s[i] == '<' && i < last && i + 1 < s.size() && (is_alpha(s[i + 1]) || s[i + 1] == '/')) {
        i = s.find('>', i) + 1;
        if (n > 0) out[n++] = ' ';
        continue;
      }
      out[n++] = s[i++];
    }
    s = {out.data(), n};
  }
  return collapse(s, arena);
}

std::string_view repair_json(std::string_view s, Arena& arena) {
  // Escaped as if it were an attribute.
  if (const std::string_view t = trim(s);
      t.size() > 8 && t.find('"') == std::string_view::npos && t.find("&quot;") != std::string_view::npos) {
    Attribute attribute{};
    attribute.value_data = t.data();
    attribute.value_size = static_cast<std::uint32_t>(t.size());
    attribute.undecoded = true;
    s = attribute_value(attribute, arena);
  }
  if (const std::size_t cdata = s.substr(0, 200).find("CDATA["); cdata != std::string_view::npos) {
    s.remove_prefix(cdata + 6);
    if (const std::size_t close = s.rfind("]]>"); close != std::string_view::npos) s = s.substr(0, close);
  }
  const std::size_t begin = s.find_first_of("{[");
  if (begin == std::string_view::npos) return {};
  std::size_t end = s.find_last_of("}]");
  if (end == std::string_view::npos || end < begin) return {};
  ++end;
  s = s.substr(begin, end - begin);
  // At most: each byte escaped (6 for a control character), and a bracket around several documents.
  std::size_t controls = 0, quotes = 0;
  for (char c : s) {
    controls += static_cast<unsigned char>(c) < 0x20;
    quotes += c == '"' || c == '\\';
  }
  std::span<char> out = arena.make<char>(s.size() + 6 * controls + quotes + 2);
  std::size_t n = 1;  // room for '['
  int open = 0;
  bool several = false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    if (c == '"') {
      out[n++] = c;
      for (++i; i < s.size(); ++i) {
        const char d = s[i];
        if (d == '\\') {
          if (i + 1 == s.size()) break;
          const char e = s[++i];
          bool known = std::strchr("\"\\/bfnrt", e) != nullptr && e != '\0';
          if (e == 'u') {
            known = i + 4 < s.size();
            for (std::size_t k = 1; known && k <= 4; ++k) {
              const char h = to_lower(s[i + k]);
              known = is_digit(h) || (h >= 'a' && h <= 'f');
            }
          }
          if (known) out[n++] = '\\';
          if (known || static_cast<unsigned char>(e) >= 0x20) out[n++] = e;
        } else if (d == '"') {
          // A quote within a string unless what follows can only follow a string's end.
          std::size_t k = i + 1;
          while (k < s.size() && is_space(s[k])) ++k;
          const char after = k < s.size() ? s[k] : '}';
          if (after == ',' || after == '}' || after == ']' || after == ':') break;
          out[n++] = '\\';
          out[n++] = '"';
          i = k - 1;  // white space counted once
          if (k > 1 && k - 1 < s.size() && is_space(s[k - 1])) out[n++] = ' ';
        } else if (static_cast<unsigned char>(d) < 0x20) {
          out[n++] = d == '\n' ? '\\' : ' ';
          if (d == '\n') out[n++] = 'n';
        } else {
          out[n++] = d;
        }
      }
      out[n++] = '"';
      continue;
    }
    if (c == '/' && i + 1 < s.size() && s[i + 1] == '*') {
      const std::size_t close = s.find("*/", i + 2);
      if (close == std::string_view::npos) break;
      i = close + 1;
      continue;
    }
    if (c == '/' && i + 1 < s.size() && s[i + 1] == '/') {
      const std::size_t line = s.find('\n', i);
      if (line == std::string_view::npos) break;
      i = line;
      continue;
    }
    if (c == ',') {
      std::size_t k = i + 1;
      while (k < s.size() && is_space(s[k])) ++k;
      if (k < s.size() && (s[k] == '}' || s[k] == ']' || s[k] == ',')) {
        i = k - 1;
        continue;
      }
    }
    if (c == ';' || static_cast<unsigned char>(c) >= 0x80 || c == '\0') continue;
    if (open == 0 && n > 1 && (c == '{' || c == '[')) {
      several = true;
      if (out[n - 1] != ',') out[n++] = ',';
    }
    open += c == '{' || c == '[';
    open -= c == '}' || c == ']';
    if (is_space(c) && is_space(out[n - 1])) continue;
    out[n++] = c;
  }
  if (!several) return {out.data() + 1, n - 1};
  out[0] = '[';
  out[n++] = ']';
  return {out.data(), n};
}

void JsonLd::read(std::string_view script, Arena& arena, Meter& meter) {
  script = trim(script);
  if (script.size() < 2) return;
  State& state = *state_;
  const std::size_t depth = std::max<std::size_t>(meter.budgets.json_depth, 4);
  if (state.parser.max_depth() != depth &&
      state.parser.allocate(std::max<std::size_t>(script.size(), 1u << 14), depth) != simdjson::SUCCESS)
    return;
  element root;
  simdjson::error_code error = state.parser.parse(script.data(), script.size(), true).get(root);
  if (error != simdjson::SUCCESS && error != simdjson::DEPTH_ERROR) {
    const std::string_view mended = repair_json(script, arena);
    if (!mended.empty()) error = state.parser.parse(mended.data(), mended.size(), true).get(root);
  }
  if (error != simdjson::SUCCESS) {
    if (error == simdjson::DEPTH_ERROR && meter.noted == Limit::none) meter.noted = Limit::json_depth;
    ++unreadable;
    return;
  }
  const auto keep = [&](std::string_view s) { return plain_text(arena.copy(s), arena); };
  std::vector<Work>& work = state.work;
  work.clear();
  work.push_back({root, Place::thing, 0, no_owner});
  for (std::size_t w = 0; w < work.size(); ++w) {
    const Work now = work[w];
    simdjson::dom::array list;
    if (now.value.get_array().get(list) == simdjson::SUCCESS) {
      for (element value : list) {
        work.push_back({value, now.place, now.depth, now.owner});
        if (now.place == Place::image || work.size() >= most_work) break;
      }
      continue;
    }
    if (now.place == Place::author || now.place == Place::creator) {
      if (authors.size() >= most_authors) continue;
      JsonName author{.thing = now.owner, .creator = now.place == Place::creator};
      simdjson::dom::object object;
      if (now.value.get_object().get(object) == simdjson::SUCCESS) {
        std::string_view given, family;
        for (const auto& [key, value] : object) {
          if (key == "name") {
            // An array of names in one object is several authors.
            simdjson::dom::array names;
            if (value.get_array().get(names) == simdjson::SUCCESS) {
              for (element name : names)
                if (const std::string_view s = string_of(name); !s.empty() && authors.size() < most_authors)
                  authors.push_back({now.owner, json_person, author.creator, keep(s), {}});
            } else {
              author.name = keep(string_of(value));
            }
          } else if (key == "givenName") {
            given = string_of(value);
          } else if (key == "familyName") {
            family = string_of(value);
          } else if (key == "@type") {
            author.types = types_of(value, nullptr);
          } else if (key == "@id") {
            author.id = arena.copy(string_of(value));
          }
        }
        if (author.name.empty() && !given.empty()) {
          std::span<char> both = arena.make<char>(given.size() + family.size() + 1);
          std::memcpy(both.data(), given.data(), given.size());
          both[given.size()] = ' ';
          if (!family.empty()) std::memcpy(both.data() + given.size() + 1, family.data(), family.size());
          author.name = plain_text({both.data(), both.size()}, arena);
        }
        // A person given in full may be meant by others by @id.
        if (!author.name.empty() && !author.id.empty() && things.size() < most_things)
          things.push_back({.types = author.types, .depth = 9, .id = author.id, .name = author.name});
      } else {
        author.name = keep(string_of(now.value));
      }
      if (!author.name.empty() || !author.id.empty()) authors.push_back(author);
      continue;
    }
    if (now.place == Place::publisher) {
      if (std::string_view name = first_string(now.value); !name.empty())
        things[now.owner].publisher = keep(name);
      continue;
    }
    if (now.place == Place::image) {
      std::string_view url = string_of(now.value);
      element inner;
      if (url.empty() && now.value.is_object() &&
          (now.value["url"].get(inner) == simdjson::SUCCESS ||
           now.value["contentUrl"].get(inner) == simdjson::SUCCESS))
        url = first_string(inner);
      if (!url.empty() && things[now.owner].image.empty()) things[now.owner].image = arena.copy(url);
      continue;
    }
    simdjson::dom::object object;
    if (now.value.get_object().get(object) != simdjson::SUCCESS || things.size() >= most_things) continue;
    const auto self = static_cast<std::uint32_t>(things.size());
    things.push_back({.depth = now.depth});
    for (const auto& [key, value] : object) {
      JsonThing& thing = things[self];
      const auto set = [&](std::string_view& field) {
        if (!field.empty()) return;
        if (const std::string_view s = first_string(value); !s.empty()) field = keep(s);
      };
      if (key.empty()) continue;
      switch (key[0]) {
        case '@':
          if (key == "@type") thing.types = types_of(value, &type_names);
          if (key == "@id") thing.id = arena.copy(string_of(value));
          if (key == "@graph") work.push_back({value, Place::thing, now.depth, no_owner});
          break;
        case 'a':
          if (key == "author") work.push_back({value, Place::author, 0, self});
          if (key == "alternativeHeadline" || key == "alternateName") set(thing.alternative_headline);
          if (key == "articleBody") thing.body = arena.copy(first_string(value));
          if (key == "articleSection") set(thing.section);
          break;
        case 'c':
          if (key == "creator" || key == "contributor") work.push_back({value, Place::creator, 0, self});
          if (key == "contentUrl" && thing.url.empty()) set(thing.url);
          break;
        case 'd':
          if (key == "datePublished") set(thing.published);
          if (key == "dateModified") set(thing.modified);
          if (key == "dateCreated") set(thing.created);
          if (key == "description") set(thing.description);
          break;
        case 'h':
          if (key == "headline") set(thing.headline);
          break;
        case 'i':
          if (key == "inLanguage") set(thing.language);
          if (key == "image") work.push_back({value, Place::image, 0, self});
          if (key == "isAccessibleForFree") {
            bool free = true;
            if (value.get_bool().get(free) == simdjson::SUCCESS) {
              thing.free = free;
            } else {
              thing.free = !equals_lowercase(string_of(value), "false");
            }
          }
          break;
        case 'm':
          if ((key == "mainEntity" || key == "mainEntityOfPage") && now.depth < 4)
            work.push_back({value, Place::thing, static_cast<std::uint8_t>(now.depth + 1), no_owner});
          break;
        case 'n':
          if (key == "name") set(thing.name);
          break;
        case 'p':
          if (key == "publisher") work.push_back({value, Place::publisher, 0, self});
          break;
        case 't':
          if (key == "text" && thing.body.empty()) thing.body = arena.copy(first_string(value));
          if (key == "thumbnailUrl" && thing.image.empty()) work.push_back({value, Place::image, 0, self});
          break;
        case 'u':
          if (key == "url") set(thing.url);
          if (key == "uploadDate") set(thing.uploaded);
          break;
        default:
          break;
      }
    }
    types |= things[self].types;
  }
}

}  // namespace offprint
