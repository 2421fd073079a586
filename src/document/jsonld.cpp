#include "document/jsonld.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/ascii.h"
#include "document/jsonld_product.h"
#include "document/jsonld_values.h"
#include "document/words.h"

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
constexpr std::size_t most_things = 256, most_authors = 512, most_work = 20000, most_products = 64;
constexpr std::size_t keep_bytes =
    4u << 20;  // a parser that has grown beyond this is not kept for the next page

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
  products.clear();
  types = 0;
  type_names.clear();
  unreadable = 0;
  if (state_->parser.capacity() > keep_bytes) state_->parser = simdjson::dom::parser();
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
          if (key == "articleBody") thing.body = joined_strings(value, arena);
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
    if ((things[self].types & json_product) != 0 && products.size() < most_products)
      products.push_back(read_product(object, self, arena));
  }
}

}  // namespace offprint
