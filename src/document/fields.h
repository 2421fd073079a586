// What a page says of itself: title, authors, dates, language, site, description, image, address.
//
// The outside interface: read_head() and find_fields(). read_head() runs before the blocks are judged, since
// likeness to the title and the types of the page help to judge them; it goes over the tree once and only
// gathers. find_fields() runs when the roles are known and chooses. Both do without the other's extras:
// without decisions the tree alone must do, without a tree (flattened text: an empty page) the blocks alone.
// Tested by tests/document/fields_test.cpp; measured by training/fields_dump.cpp with eval/score.py.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/budget.h"
#include "blocks/blocks.h"
#include "document/dates.h"
#include "document/elements.h"
#include "document/jsonld.h"
#include "document/sites.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

enum class FieldSource : std::uint8_t {
  none,
  json,      // JSON-LD
  meta,      // <meta>: OpenGraph, Twitter, Dublin Core, parsely…
  property,  // microdata, RDFa
  link,      // rel=author, links to pages of authors
  element,   // class or id names it
  time,      // <time>
  heading,   // <h1>
  title,     // <title>
  block,     // role or place of a visible block
  address,   // the page's address
};

struct NameCandidate {
  std::string_view text;
  FieldSource source = FieldSource::none;
  std::uint8_t strength = 0;  // what its markup is worth, 0..100
  std::uint8_t group = 0;     // of <meta>: which name it has
  NodeId node = no_node;
};

struct DateCandidate {
  Date date;
  FieldSource source = FieldSource::none;
  DateWord word = DateWord::none;
  std::uint8_t strength = 0;
  NodeId node = no_node;
};

struct TextCandidate {
  std::string_view text;
  FieldSource source = FieldSource::none;
  NodeId node = no_node;
};

// Kept from page to page. The views belong to the page's input and arena.
struct HeadFields {
  std::string_view url;   // of the page, as given
  std::string_view base;  // what links are relative to
  // For the features of blocks.
  std::string_view title;  // best guess before roles are known
  std::string_view description;
  std::string_view article_body;     // JSON-LD articleBody or text
  std::string_view json_types;       // @types, parted by blanks
  std::uint32_t json_type_bits = 0;  // JsonType
  std::string_view og_type;

  std::string_view title_element, og_title, twitter_title, meta_title, json_title;
  std::string_view site;  // og:site_name, JSON-LD publisher or WebSite, application-name
  std::string_view canonical, og_url, image, amp_url;
  std::string_view language;         // declared, BCP 47
  std::string_view locale;           // og:locale or Content-Language, BCP 47
  std::string_view labelled_author;  // twitter:data1 where twitter:label1 says "Written by"
  NodeId heading = no_node;          // the <h1> that is most like the title
  DateRange range;

  std::vector<TextCandidate> headings;  // h1 in page order, the first few
  std::vector<NameCandidate> names;
  std::vector<DateCandidate> published, modified;
  std::vector<DateCandidate> seen;      // visible dates with their markup: neither known
  std::vector<std::string_view> sites;  // every name of the site that was found, as given
  std::vector<std::string_view> owners;  // <meta name=copyright>, as given
  JsonLd json;
  FoundByNumber<ClassHint> class_hints;
  std::vector<std::string_view> scratch;

  void clear();
};

// `page_url` may be empty. The arena must be the page's or live as long.
void read_head(Page& page, std::string_view page_url, Arena& arena, Meter& meter, HeadFields& out,
               DateRange range = plausible_dates());

struct Fields {
  std::string_view title, site, description, image;  // image: absolute
  std::string_view url;                              // canonical, absolute
  std::string_view language;                         // BCP 47
  std::string_view date, modified;                   // ISO 8601
  std::span<const std::string_view> authors;
  std::string_view article_body;  // of JSON-LD
  std::string_view json_types, og_type;
  FieldSource title_source = FieldSource::none, author_source = FieldSource::none,
              date_source = FieldSource::none;
  std::size_t title_block = static_cast<std::size_t>(-1);  // the block that shows the title; -1 where none does
  bool free = true;  // JSON-LD isAccessibleForFree
  bool right_to_left = false;
};

// `decisions` may be empty (of_block.empty()). `out` lies in the arena.
void find_fields(Page& page, const HeadFields& head, const Blocks& blocks, const Decisions& decisions,
                 Arena& arena, Meter& meter, Fields& out);

// Where no block has the role of headline, the one that shows the title gets it.
void head_with_title(const Fields& fields, Decisions& decisions);

// "<time datetime=PT15M>15 Min</time>", taken for a date: what is left out of the text for it alone, amid the text, belongs to it.
void keep_durations(Page& page, const Blocks& blocks, Decisions& decisions);

// "en_US" → "en-US", "german" → "de"; empty for what is no language.
std::string_view normalize_language(std::string_view declared, Arena& arena);
// The language of running text (CLD2), BCP 47; empty where it is not sure. Reads at most 2 KiB.
std::string_view detect_language(std::string_view text);
bool is_right_to_left(std::string_view language);

}  // namespace offprint
