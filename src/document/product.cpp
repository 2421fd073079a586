#include "document/product.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "document/elements.h"
#include "document/money.h"
#include "document/product_shown.h"
#include "document/words.h"

namespace offprint {
namespace {

constexpr std::size_t most_properties = 100, most_name = 60, most_value = 300;
constexpr int most_steps = 5000;

// What is found, as written, before it is read.
struct Raw {
  JsonProduct product;
  std::vector<Property> specification;
};

void take(std::string_view& to, std::string_view from) {
  if (to.empty()) to = from;
}

// The values of an itemprop: its content, its address, or its text.
std::string_view value_of(Page& page, NodeId id, Arena& arena) {
  for (AttributeName name : {AttributeName::content, AttributeName::href, AttributeName::src})
    if (const std::string_view value = attribute(page, id, name); !value.empty())
      return collapse(value, arena);
  return text_of(page, id, 400, arena);
}

bool has_type(Page& page, NodeId id, std::string_view type) {
  const std::string_view value = attribute(page, id, AttributeName::itemtype);
  return value.ends_with(type) && value.size() > type.size() && value[value.size() - type.size() - 1] == '/';
}

// Microdata of one product (https://schema.org/Product); those of others and of reviews below it are passed
// over.
void read_microdata(Page& page, NodeId top, JsonProduct& out, Arena& arena) {
  int steps = 0;
  for (NodeId id = next_in_order(page, top, top); id != no_node && ++steps < most_steps;) {
    if (page[id].kind != NodeKind::element) {
      id = next_in_order(page, id, top);
      continue;
    }
    const std::string_view property = attribute(page, id, AttributeName::itemprop);
    // Things within it have names of their own: levels of a breadcrumb trail, reviewers, other products.
    if ((has_attribute(page, id, AttributeName::itemscope) || has_attribute(page, id, AttributeName::itemtype)) && property != "brand" &&
        property != "offers" && property != "aggregateRating" && property != "priceSpecification") {
      id = next_after(page, id, top);
      continue;
    }
    if (!property.empty()) {
      const auto set = [&](std::string_view name, std::string_view& field) {
        if (property == name && field.empty()) field = value_of(page, id, arena);
      };
      // A brand is a name, or a thing with one.
      if (property == "brand") {
        std::string_view name;
        for (NodeId inner = id; inner != no_node && ++steps < most_steps;
             inner = next_in_order(page, inner, id))
          if (inner != id && page[inner].kind == NodeKind::element &&
              attribute(page, inner, AttributeName::itemprop) == "name")
            take(name, value_of(page, inner, arena));
        take(out.brand, name.empty() ? value_of(page, id, arena) : name);
        id = next_after(page, id, top);
        continue;
      }
      set("name", out.name);
      set("price", out.price);
      set("lowPrice", out.price);
      set("highPrice", out.high_price);
      set("priceCurrency", out.currency);
      set("availability", out.availability);
      set("ratingValue", out.rating);
      set("bestRating", out.best_rating);
      set("reviewCount", out.review_count);
      set("ratingCount", out.review_count);
      set("sku", out.sku);
      set("mpn", out.sku);
      set("gtin13", out.gtin);
    }
    id = next_in_order(page, id, top);
  }
}

// The only product among the elements with a type; no_node where there are none or several.
NodeId microdata_product(Page& page) {
  const bool any = std::any_of(page.attributes.begin(), page.attributes.end(),
                               [](const Attribute& a) { return a.id == AttributeName::itemtype; });
  if (!any) return no_node;
  NodeId found = no_node;
  for (NodeId id = 0; id < page.nodes.size(); ++id) {
    const Node& node = page[id];
    if (node.kind != NodeKind::element || node.attributes_count == 0 || node.parent == no_node) continue;
    bool typed = false;
    for (std::uint32_t k = 0; k < node.attributes_count && !typed; ++k)
      typed = page.attributes[node.attributes_begin + k].id == AttributeName::itemtype;
    if (!typed || !has_type(page, id, "Product")) continue;
    bool inner = false;
    for (NodeId up = node.parent; up != no_node && found != no_node && !inner; up = page[up].parent)
      inner = up == found;
    if (inner) continue;
    if (found != no_node) return no_node;
    found = id;
  }
  return found;
}

void read_metas(Page& page, JsonProduct& out, Arena& arena) {
  if (page.head == no_node) return;
  for (NodeId id = page[page.head].first_child; id != no_node; id = page[id].next) {
    if (page[id].tag != Tag::meta) continue;
    std::string_view name = attribute(page, id, "property");
    if (name.empty()) name = attribute(page, id, AttributeName::name);
    if (name.find("price") == std::string_view::npos && !name.starts_with("product:") &&
        !name.starts_with("og:"))
      continue;
    const std::string_view content = collapse(attribute(page, id, AttributeName::content), arena);
    if (content.empty()) continue;
    if (name == "product:price:amount" || name == "og:price:amount") take(out.price, content);
    if (name == "product:price:currency" || name == "og:price:currency") take(out.currency, content);
    if (name == "product:availability" || name == "og:availability") take(out.availability, content);
    if (name == "product:brand" || name == "og:brand") take(out.brand, content);
    if (name == "product:retailer_item_id") take(out.sku, content);
  }
}

// "https://schema.org/InStock", "instock", "in stock" → schema.org's name.
std::string_view availability_of(std::string_view written) {
  if (const std::size_t slash = written.find_last_of("/#"); slash != std::string_view::npos)
    written.remove_prefix(slash + 1);
  char low[32];
  std::size_t n = 0;
  for (const char c : written)
    if (is_alpha(c) && n < sizeof low) low[n++] = to_lower(c);
  const std::string_view name(low, n);
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> names = {
      {{"instock", "InStock"},
       {"available", "InStock"},
       {"availablefororder", "InStock"},
       {"outofstock", "OutOfStock"},
       {"oos", "OutOfStock"},
       {"unavailable", "OutOfStock"},
       {"soldout", "SoldOut"},
       {"preorder", "PreOrder"},
       {"presale", "PreSale"},
       {"backorder", "BackOrder"},
       {"discontinued", "Discontinued"},
       {"limitedavailability", "LimitedAvailability"},
       {"onlineonly", "OnlineOnly"},
       {"instoreonly", "InStoreOnly"},
       {"madetoorder", "MadeToOrder"},
       {"reserved", "Reserved"},
       {"pending", "BackOrder"}}};
  for (const auto& [key, value] : names)
    if (key == name) return value;
  return {};
}

// A price as written, its currency before or behind it.
bool price_of(std::string_view written, double& amount, std::string_view& currency) {
  std::array<FoundMoney, 1> found;
  if (written.empty()) return false;
  if (read_number(written, amount) == written.size()) return true;
  if (find_money(written, found, true) == 0) return false;
  amount = found[0].amount;
  if (currency.empty()) currency = found[0].currency;
  return true;
}

std::string_view cell_name(std::string_view s) {
  s = trim(s);
  while (!s.empty() && (s.back() == ':' || s.back() == ' ')) s.remove_suffix(1);
  return s;
}

void add_property(std::vector<Property>& to, std::string_view name, std::string_view value) {
  name = cell_name(name);
  value = trim(value);
  if (name.empty() || value.empty() || name.size() > most_name || value.size() > most_value ||
      to.size() >= most_properties)
    return;
  for (const Property& p : to)
    if (p.name == name) return;
  to.push_back({name, value});
}

// Tables of two columns and lists of terms: the first of a row is the name, the second the value. Tables of
// prices by size have more columns, and a table with a sentence in its first column tells a story.
void read_specification(const Blocks& blocks, std::vector<Property>& out) {
  constexpr std::string_view bar = " | ";
  const std::vector<RawBlock>& all = blocks.blocks;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i + 1;
    if (all[i].kind == BlockKind::table) {
      bool pairs = true;
      std::size_t rows = 0;
      for (end = i; end < all.size() && all[end].kind == BlockKind::table && all[end].group == all[i].group;
           ++end) {
        const std::size_t at = all[end].text.find(bar);
        if (at == std::string_view::npos) continue;  // a row that heads a part
        ++rows;
        pairs =
            pairs && at <= most_name && all[end].text.find(bar, at + bar.size()) == std::string_view::npos;
      }
      if (pairs && rows >= 2)
        for (std::size_t k = i; k < end; ++k)
          if (const std::size_t at = all[k].text.find(bar); at != std::string_view::npos)
            add_property(out, all[k].text.substr(0, at), all[k].text.substr(at + bar.size()));
    } else if (all[i].kind == BlockKind::term) {
      // A term, one definition, and so on; at least two pairs.
      std::size_t k = i, pairs = 0;
      while (k + 1 < all.size() && all[k].kind == BlockKind::term &&
             all[k + 1].kind == BlockKind::definition &&
             (k + 2 == all.size() || all[k + 2].kind != BlockKind::definition)) {
        ++pairs;
        k += 2;
      }
      if (pairs >= 2)
        for (std::size_t m = i; m < k; m += 2)
          if (all[m + 1].words <= 30) add_property(out, all[m].text, all[m + 1].text);
      end = std::max(end, k);
    }
    i = end;
  }
}

// The product of JSON-LD that the page is about: the only one, or the one whose name is the title.
const JsonProduct* json_product_of(const HeadFields& head, std::string_view title, Arena& arena) {
  const JsonProduct* best = nullptr;
  float likest = 0;
  const std::string_view folded = folded_words(title, arena);
  for (const JsonProduct& p : head.json.products) {
    const float like = likeness(folded_words(p.name, arena), folded) + (p.price.empty() ? 0.0f : 0.05f);
    if (best == nullptr || like > likest) {
      best = &p;
      likest = like;
    }
  }
  if (head.json.products.size() > 1 && likest < 0.5f) return nullptr;
  return best;
}

}  // namespace

void find_product(Page& page, const HeadFields& head, const Fields& fields, const Blocks& blocks,
                  const Decisions& decisions, Arena& arena, Product& out) {
  out = {};
  if (blocks.flat || page.html == no_node) return;
  const bool lists = decisions.page_type == PageType::collection || decisions.page_type == PageType::listing;
  const JsonProduct* json = json_product_of(head, fields.title, arena);
  const bool said =
      head.og_type == "product" || head.og_type == "og:product" || head.og_type == "product.item";
  const bool sells = decisions.page_type == PageType::product;
  if (lists && !said && head.json.products.size() != 1) return;
  // Stories that compare products describe several.
  if (head.json.products.size() > 1 && !said && !sells) return;
  const NodeId micro = json == nullptr && head.json.products.empty() ? microdata_product(page) : no_node;
  if (json == nullptr && micro == no_node && !said && !sells) return;

  JsonProduct raw;
  if (json != nullptr) raw = *json;
  if (micro != no_node) read_microdata(page, micro, raw, arena);
  if (said || sells || json != nullptr) read_metas(page, raw, arena);
  if (said || sells) read_shown_product(page, blocks, raw.name.empty() ? fields.title : raw.name, arena, raw);
  // Firms and recipes rate themselves as products; what has neither price nor number is none.
  if (!sells && !said && raw.price.empty() && raw.sku.empty() && raw.availability.empty()) return;

  std::vector<Property> specification;
  for (const JsonProperty& p : raw.properties) add_property(specification, p.name, p.value);
  if (sells || said) read_specification(blocks, specification);
  if (raw.price.empty() && raw.sku.empty() && raw.rating.empty() && raw.brand.empty() &&
      specification.empty())
    return;

  out.present = true;
  out.name = raw.name.empty() ? fields.title : raw.name;
  out.currency = raw.currency.size() == 3 ? raw.currency : currency_of(raw.currency);
  out.has_price = price_of(raw.price, out.price, out.currency);
  if (std::string_view none; !price_of(raw.high_price, out.high_price, none) || out.high_price <= out.price)
    out.high_price = 0;
  out.availability = availability_of(raw.availability);
  out.has_rating = !raw.rating.empty() && read_number(raw.rating, out.rating) != 0;
  if (!raw.best_rating.empty()) read_number(raw.best_rating, out.best_rating);
  double reviews = 0;
  if (!raw.review_count.empty() && read_number(raw.review_count, reviews) != 0 && reviews >= 0 &&
      reviews < 1e12)
    out.review_count = static_cast<std::uint64_t>(reviews);
  // Nobody has rated it: no rating.
  if (out.has_rating && out.rating <= 0) out.has_rating = false;
  out.brand = raw.brand;
  out.sku = raw.sku;
  out.gtin = raw.gtin;
  std::span<Property> kept = arena.make<Property>(specification.size());
  std::copy(specification.begin(), specification.end(), kept.begin());
  out.specification = kept;
}

}  // namespace offprint
