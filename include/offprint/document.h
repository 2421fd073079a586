// What offprint gives back for a page: shapes only. The JSON form of the same is docs/output.md.
//
// Ownership: every view here belongs to the Extractor that made the document and lives until its next call.
// Text is UTF-8. An empty string means "unknown".
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace offprint {

// What a block is for; the guide to roles is docs/roles.md. Nearest schema.org / ARIA terms stand beside.
enum class Role : std::uint8_t {
  headline,      // headline
  standfirst,    // alternativeHeadline, description
  byline,        // author
  date,          // datePublished, dateModified
  body,          // articleBody, ARIA main
  caption,       // figcaption, creditText
  bio,           // author's description
  notice,        // note
  appeal,        // words that ask for voluntary support
  contribution,  // DonateAction
  paywall,       // isAccessibleForFree = false
  newsletter,    // SubscribeAction
  ad,            // WPAdBlock
  consent,
  navigation,    // SiteNavigationElement
  related,       // ARIA complementary
  social,        // ShareAction
  comments,      // Comment
  masthead,      // WPHeader, ARIA banner
  footer,        // WPFooter, ARIA contentinfo
  form,          // ARIA search, form
  controls,      // ARIA button, status
  other,
};
inline constexpr int role_count = 23;
std::string_view name_of(Role role);

enum class BlockKind : std::uint8_t { paragraph, heading, list_item, quote, code, table, caption, control, term, definition, math, image, embed, rule };
std::string_view name_of(BlockKind kind);
// What an item of a list of tasks begins with, a blank behind it.
inline constexpr std::string_view task_open = "\u2610", task_done = "\u2611";

enum class PageType : std::uint8_t { unknown, article, documentation, forum, product, collection, listing, service, other };
std::string_view name_of(PageType type);

enum class Status : std::uint8_t { ok, empty, partial, failed };
std::string_view name_of(Status status);

// Something within a block's text: bytes [begin, end) of it.
enum class MarkKind : std::uint8_t { link, strong, emphasis, code, deleted, subscript, superscript, image, line_break, cell, header_cell, quote, keyboard, math, note };
struct Mark {
  MarkKind kind;
  std::uint32_t begin = 0, end = 0;
  bool apart = false;        // a picture that stands by itself, not within a line: behind the text, or where begin is 0 before the list or quotation that begins here
  std::string_view target;   // link: address; image: address (its alt text is not part of the block's text: `label`); math: TeX
  std::string_view label;    // note: the footnote's, or empty where the mark leads back from it
};

// What a block stands in. Of flattened text nothing is told: what Block::level says is all.
struct Nesting {
  std::uint32_t list = 0;    // the group of the outermost list, also that of a table in an item
  std::uint32_t item = 0;    // blocks of one item of a list, those of lists within it apart, have the same number > 0
  std::uint32_t quote = 0;   // blocks of one outermost quotation have the same number > 0
  std::uint8_t lists = 0, quotes = 0, definitions = 0;  // so many of them, one in another
};

struct Block {
  Role role = Role::other;
  BlockKind kind = BlockKind::paragraph;
  bool content = false;         // its text is part of the document's text
  bool hidden = false;          // not shown when the page opens (display:none, closed tab, …)
  std::uint8_t level = 0;       // heading 1-6; list item: depth of nesting from 1; quote: depth
  float confidence = 0;         // of the role, 0..1
  std::uint32_t group = 0;      // blocks that follow one another with the same number > 0 are one list, table or listing
  std::string_view text;        // white space as rendered; code keeps its lines. A table row: its cells parted by " | "
  std::uint64_t span_begin = 0, span_end = 0;  // bytes of the capture (of the decoded text where encoding is not UTF-8)
  std::string_view reason;      // only where asked for
  std::span<const Mark> marks;  // sorted by begin, outer before inner
  std::uint32_t ordinal = 0;    // in a numbered list, from 1; 0 = bullet
  Nesting in;
  std::string_view language;    // code: as the page names it
  std::string_view note;        // a footnote's text: its label, as marks of kind note have it
};

struct Money {
  double amount = 0;
  std::string_view currency;    // ISO 4217
  std::string_view frequency;   // once | monthly | annual | weekly | "" ; costs: the period it is per ("month"…)
  std::string_view text;        // costs: the sentence it stands in
};

struct Support {
  bool present = false;
  std::span<const std::string_view> asks;
  std::span<const std::string_view> frequencies;  // once | monthly | annual | weekly, in the page's order
  std::span<const Money> amounts;
  bool has_minimum = false;
  Money minimum;
  std::span<const Money> costs;
  std::string_view ad_free_since;                 // ISO 8601
  std::string_view defer;
  std::span<const std::string_view> methods;
  std::string_view url;                           // absolute
};

struct Property {
  std::string_view name, value;
};

// What a page sells, where it is the page of one product (https://schema.org/Product).
struct Product {
  bool present = false;
  std::string_view name;
  bool has_price = false;
  double price = 0;                  // of a range, the lowest
  double high_price = 0;             // of a range, the highest; else 0
  std::string_view currency;         // ISO 4217
  std::string_view availability;     // schema.org's ItemAvailability: InStock, OutOfStock, PreOrder…
  bool has_rating = false;
  double rating = 0, best_rating = 0;  // best_rating: the end of the scale; 0 where the page does not say
  std::uint64_t review_count = 0;
  std::string_view brand, sku, gtin;
  std::span<const Property> specification;
};

struct Document {
  std::string_view source, url;
  Status status = Status::empty;
  std::string_view budget;       // status partial: bytes | nodes | depth | output | time
  std::string_view error;        // status failed
  std::string_view encoding;     // the standard's name
  PageType page_type = PageType::unknown;
  std::string_view title;
  std::span<const std::string_view> authors;
  std::string_view date, modified;  // ISO 8601
  std::string_view language;        // BCP 47
  std::string_view site, description, image;
  bool right_to_left = false;
  std::string_view text;            // the content blocks, parted by blank lines
  std::span<const Block> blocks;    // every block in page order, hidden ones with `hidden`
  Support support;
  Product product;
};

}  // namespace offprint
