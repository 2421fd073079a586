// The JSON-LD of a page (https://schema.org in <script type="application/ld+json">) → flat things.
//
// The outside interface: JsonLd::read(). Parsed with simdjson; what is malformed in the usual ways (comments
// and CDATA around it, trailing commas, raw line ends and unescaped quotes in strings) is repaired in one
// linear pass and parsed again; the rest is dropped. Only what describes the page itself is read: the top
// level, @graph, mainEntity and the like; not the comments, reviews and related items that hang below. Tested
// by tests/document/jsonld_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/budget.h"

namespace offprint {

// What the @types of a page say of it: bits.
enum JsonType : std::uint32_t {
  json_article = 1u << 0,        // Article, NewsArticle, BlogPosting, Report…
  json_tech_article = 1u << 1,   // TechArticle, APIReference
  json_forum = 1u << 2,          // DiscussionForumPosting
  json_question = 1u << 3,       // QAPage, Question
  json_faq = 1u << 4,            // FAQPage
  json_product = 1u << 5,        // Product, ProductGroup
  json_offer_catalog = 1u << 6,  // OfferCatalog, AggregateOffer
  json_item_list = 1u << 7,      // ItemList
  json_collection = 1u << 8,     // CollectionPage, SearchResultsPage, Blog, DataCatalog
  json_service = 1u << 9,        // Service
  json_organization = 1u << 10,  // Organization, Corporation, NewsMediaOrganization
  json_local_business = 1u << 11,
  json_website = 1u << 12,
  json_webpage = 1u << 13,  // WebPage, ItemPage, AboutPage
  json_person = 1u << 14,   // Person, ProfilePage
  json_breadcrumb = 1u << 15,
  json_video = 1u << 16,
  json_image = 1u << 17,
  json_recipe = 1u << 18,
  json_how_to = 1u << 19,
  json_event = 1u << 20,
  json_job = 1u << 21,
  json_software = 1u << 22,  // SoftwareApplication, WebApplication
  json_course = 1u << 23,
  json_book = 1u << 24,
  json_review = 1u << 25,
  json_creative = 1u << 26,  // other CreativeWork, Podcast, Movie, Dataset…
  json_audio = 1u << 27,
  json_comment = 1u << 28,  // Comment, Answer
  json_other = 1u << 31,
};
std::uint32_t json_type_of(
    std::string_view type);  // of one @type, with or without "schema:" or an address before it

struct JsonThing {
  std::uint32_t types = 0;
  std::uint8_t depth = 0;  // 0: top level or @graph; 1: its mainEntity …
  std::string_view id, url;
  std::string_view headline, alternative_headline, name, description;
  std::string_view published, modified, created, uploaded;
  std::string_view image, language, body, publisher, section;
  bool free = true;  // isAccessibleForFree
};

struct JsonName {  // an author of a thing
  std::uint32_t thing = 0;
  std::uint32_t types = 0;  // json_person, json_organization or 0
  bool creator = false;     // creator, contributor; not author
  std::string_view name;
  std::string_view id;  // where only @id is given: to be looked up among things
};

struct JsonProperty {
  std::string_view name, value;
};

struct JsonProduct {  // what a thing that is a product has beyond other things
  std::uint32_t thing = 0;
  std::string_view name;
  std::string_view price, high_price, currency, availability;  // of its first offer, as written
  std::string_view rating, best_rating, review_count;
  std::string_view brand, sku, gtin;
  std::span<const JsonProperty> properties;  // additionalProperty, in the arena
};

class JsonLd {
 public:
  JsonLd();
  ~JsonLd();
  JsonLd(JsonLd&&) noexcept;
  JsonLd& operator=(JsonLd&&) noexcept;

  void clear();
  // Adds the things of one script. Strings go to the arena, white space collapsed, references decoded.
  void read(std::string_view script, Arena& arena, Meter& meter);

  std::vector<JsonThing> things;
  std::vector<JsonName> authors;
  std::vector<JsonProduct> products;
  std::uint32_t types = 0;       // of all things
  std::string type_names;        // the @types themselves, each once, parted by blanks
  std::uint32_t unreadable = 0;  // scripts dropped

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Character references decoded and tags dropped: values of JSON and of meta elements are often escaped once
// too often.
std::string_view plain_text(std::string_view s, Arena& arena);

// `script` with the usual mistakes mended, for a second try. In the arena; empty where there is nothing to
// mend.
std::string_view repair_json(std::string_view script, Arena& arena);

}  // namespace offprint
