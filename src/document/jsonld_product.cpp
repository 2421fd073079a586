#include "document/jsonld_product.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "document/jsonld_values.h"
#include "document/money.h"

namespace offprint {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t most_properties = 100;

// A string, or a number as a string.
std::string_view scalar_of(element value, Arena& arena) {
  if (const std::string_view s = first_string(value); !s.empty()) return plain_text(arena.copy(s), arena);
  if (value.type() == element_type::ARRAY) {
    simdjson::dom::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS || list.begin() == list.end()) return {};
    value = *list.begin();
  }
  char buffer[40];
  std::int64_t whole = 0;
  double number = 0;
  std::to_chars_result end{buffer, std::errc{}};
  if (value.get_int64().get(whole) == simdjson::SUCCESS)
    end = std::to_chars(buffer, buffer + sizeof buffer, whole);
  else if (value.get_double().get(number) == simdjson::SUCCESS)
    end = std::to_chars(buffer, buffer + sizeof buffer, number);
  else
    return {};
  return arena.copy(std::string_view(buffer, static_cast<std::size_t>(end.ptr - buffer)));
}

// The object of a member; the first one of a list.
bool object_at(simdjson::dom::object in, std::string_view key, simdjson::dom::object& out) {
  element value;
  if (in.at_key(key).get(value) != simdjson::SUCCESS) return false;
  if (value.type() == element_type::ARRAY) {
    simdjson::dom::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS || list.begin() == list.end()) return false;
    value = *list.begin();
  }
  return value.get_object().get(out) == simdjson::SUCCESS;
}

std::string_view member(simdjson::dom::object in, std::string_view key, Arena& arena) {
  element value;
  return in.at_key(key).get(value) == simdjson::SUCCESS ? scalar_of(value, arena) : std::string_view{};
}

void read_offer(simdjson::dom::object offer, JsonProduct& out, Arena& arena) {
  if (out.price.empty()) out.price = member(offer, "price", arena);
  if (out.price.empty()) out.price = member(offer, "lowPrice", arena);
  if (out.high_price.empty()) out.high_price = member(offer, "highPrice", arena);
  if (out.currency.empty()) out.currency = member(offer, "priceCurrency", arena);
  if (out.availability.empty()) out.availability = member(offer, "availability", arena);
  simdjson::dom::object inner;
  if ((out.price.empty() || out.currency.empty()) && object_at(offer, "priceSpecification", inner)) {
    if (out.price.empty()) out.price = member(inner, "price", arena);
    if (out.price.empty()) out.price = member(inner, "minPrice", arena);
    if (out.currency.empty()) out.currency = member(inner, "priceCurrency", arena);
  }
}

// Further variants have prices of their own.
void read_variants(simdjson::dom::object group, JsonProduct& out, Arena& arena) {
  constexpr int most_variants = 200;
  simdjson::dom::array variants;
  simdjson::dom::object variant, offer;
  if (group.at_key("hasVariant").get_array().get(variants) != simdjson::SUCCESS) {
    if (object_at(group, "hasVariant", variant) && object_at(variant, "offers", offer)) read_offer(offer, out, arena);
    return;
  }
  double least = 0, most = 0;
  int seen = 0;
  for (element value : variants) {
    if (++seen > most_variants) break;
    if (value.get_object().get(variant) != simdjson::SUCCESS || !object_at(variant, "offers", offer)) continue;
    if (out.price.empty()) {
      read_offer(offer, out, arena);
      if (read_number(out.price, least) == 0) return;
      most = least;
      continue;
    }
    JsonProduct other;
    double price = 0;
    read_offer(offer, other, arena);
    if (read_number(other.price, price) == 0 || other.currency != out.currency) continue;
    if (price > most) out.high_price = other.price, most = price;
    if (price >= least) continue;
    if (out.high_price.empty()) out.high_price = out.price;
    out.price = other.price;
    least = price;
  }
}

// "32 cm", "true".
std::string_view value_of_property(simdjson::dom::object property, Arena& arena) {
  bool yes = false;
  if (property.at_key("value").get_bool().get(yes) == simdjson::SUCCESS) return yes ? "true" : "false";
  const std::string_view value = member(property, "value", arena), unit = member(property, "unitText", arena);
  double number = 0;
  if (value.empty() || unit.empty() || read_number(value, number) != value.size()) return value;
  const std::span<char> both = arena.make<char>(value.size() + 1 + unit.size());
  char* at = std::copy(value.begin(), value.end(), both.data());
  *at++ = ' ';
  std::copy(unit.begin(), unit.end(), at);
  return {both.data(), both.size()};
}

}  // namespace

JsonProduct read_product(simdjson::dom::object product, std::uint32_t thing, Arena& arena) {
  JsonProduct out;
  out.thing = thing;
  out.name = member(product, "name", arena);
  out.sku = member(product, "sku", arena);
  if (out.sku.empty()) out.sku = member(product, "mpn", arena);
  for (std::string_view key : {"gtin13", "gtin", "gtin12", "gtin14", "gtin8"})
    if (out.gtin.empty()) out.gtin = member(product, key, arena);
  out.brand = member(product, "brand", arena);
  if (out.brand.empty()) out.brand = member(product, "manufacturer", arena);
  simdjson::dom::object inner, deeper;
  if (object_at(product, "offers", inner)) {
    read_offer(inner, out, arena);
    // An AggregateOffer may hold the offers themselves.
    if (object_at(inner, "offers", deeper)) read_offer(deeper, out, arena);
  }
  // A group of variants has its offers below them.
  if (out.price.empty()) read_variants(product, out, arena);
  if (object_at(product, "aggregateRating", inner)) {
    out.rating = member(inner, "ratingValue", arena);
    out.best_rating = member(inner, "bestRating", arena);
    out.review_count = member(inner, "reviewCount", arena);
    if (out.review_count.empty()) out.review_count = member(inner, "ratingCount", arena);
  }
  simdjson::dom::array list;
  if (product.at_key("additionalProperty").get_array().get(list) != simdjson::SUCCESS) return out;
  std::array<JsonProperty, most_properties> found;
  std::size_t n = 0;
  for (element value : list) {
    simdjson::dom::object property;
    if (n == found.size() || value.get_object().get(property) != simdjson::SUCCESS) continue;
    const JsonProperty p{member(property, "name", arena), value_of_property(property, arena)};
    if (!p.name.empty() && !p.value.empty()) found[n++] = p;
  }
  std::span<JsonProperty> kept = arena.make<JsonProperty>(n);
  std::copy_n(found.begin(), n, kept.begin());
  out.properties = kept;
  return out;
}

}  // namespace offprint
