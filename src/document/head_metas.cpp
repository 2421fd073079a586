#include "document/head_metas.h"

#include <iterator>

#include "document/words.h"

namespace offprint {
namespace {

struct MetaName {
  std::string_view name;
  Meta meta;
};
// Names of <meta name=…>, <meta property=…>, <meta itemprop=…>, lower case, by size so that few are compared.
constexpr MetaName meta_names[] = {
    {"og:title", Meta::og_title},
    {"twitter:title", Meta::twitter_title},
    {"title", Meta::title},
    {"dc.title", Meta::title},
    {"dcterms.title", Meta::title},
    {"citation_title", Meta::title},
    {"parsely-title", Meta::title},
    {"sailthru.title", Meta::title},
    {"headline", Meta::title},
    {"og:description", Meta::og_description},
    {"description", Meta::description},
    {"twitter:description", Meta::og_description},
    {"dc.description", Meta::description},
    {"dcterms.description", Meta::description},
    {"og:image", Meta::image},
    {"og:image:url", Meta::image},
    {"og:image:secure_url", Meta::image},
    {"twitter:image", Meta::image},
    {"twitter:image:src", Meta::image},
    {"thumbnail", Meta::image},
    {"parsely-image-url", Meta::image},
    {"og:site_name", Meta::site},
    {"application-name", Meta::weak_site},
    {"apple-mobile-web-app-title", Meta::weak_site},
    {"dc.publisher", Meta::weak_site},
    {"dcterms.publisher", Meta::weak_site},
    {"copyright", Meta::owner},
    {"og:type", Meta::type},
    {"og:url", Meta::url},
    {"og:locale", Meta::locale},
    {"content-language", Meta::locale},
    {"dc.language", Meta::locale},
    {"dcterms.language", Meta::locale},
    {"language", Meta::locale},
    {"author", Meta::author},
    {"authors", Meta::author},
    {"article:author", Meta::author},
    {"article:author_name", Meta::strong_author},
    {"article:author:name", Meta::strong_author},
    {"article.author", Meta::author},
    {"og:author", Meta::author},
    {"og:article:author", Meta::author},
    {"book:author", Meta::author},
    {"dc.creator", Meta::author},
    {"dc.creator.name", Meta::author},
    {"dcterms.creator", Meta::author},
    {"dc:creator", Meta::author},
    {"creator", Meta::author},
    {"parsely-author", Meta::strong_author},
    {"sailthru.author", Meta::strong_author},
    {"citation_author", Meta::strong_author},
    {"byl", Meta::strong_author},
    {"byline", Meta::strong_author},
    {"cxenseparse:author", Meta::strong_author},
    {"shareaholic:article_author_name", Meta::strong_author},
    {"rbauthors", Meta::strong_author},
    {"twitter:label1", Meta::label1},
    {"twitter:data1", Meta::data1},
    {"article:published_time", Meta::published},
    {"article:published", Meta::published},
    {"article:published_date", Meta::published},
    {"article.published", Meta::published},
    {"og:article:published_time", Meta::published},
    {"og:published_time", Meta::published},
    {"og:pubdate", Meta::published},
    {"datepublished", Meta::published},
    {"date_published", Meta::published},
    {"date-published", Meta::published},
    {"pubdate", Meta::published},
    {"publishdate", Meta::published},
    {"publish_date", Meta::published},
    {"publish-date", Meta::published},
    {"published_date", Meta::published},
    {"published-date", Meta::published},
    {"published_time", Meta::published},
    {"published", Meta::published},
    {"publication_date", Meta::published},
    {"publication-date", Meta::published},
    {"dc.date", Meta::weak_published},
    {"dc.date.issued", Meta::published},
    {"dc.date.created", Meta::published},
    {"dcterms.date", Meta::weak_published},
    {"dcterms.issued", Meta::published},
    {"dcterms.created", Meta::published},
    {"dcterms.available", Meta::weak_published},
    {"date", Meta::weak_published},
    {"date.created", Meta::weak_published},
    {"created", Meta::weak_published},
    {"parsely-pub-date", Meta::published},
    {"sailthru.date", Meta::published},
    {"citation_publication_date", Meta::published},
    {"citation_date", Meta::weak_published},
    {"citation_online_date", Meta::published},
    {"displaydate", Meta::published},
    {"shareaholic:article_published_time", Meta::published},
    {"article_date_original", Meta::published},
    {"cxenseparse:recs:publishtime", Meta::published},
    {"originalpublicationdate", Meta::published},
    {"bt:pubdate", Meta::published},
    {"pdate", Meta::published},
    {"article:modified_time", Meta::modified},
    {"article:modified", Meta::modified},
    {"og:updated_time", Meta::modified},
    {"og:modified_time", Meta::modified},
    {"article.updated", Meta::modified},
    {"last-modified", Meta::modified},
    {"last_modified", Meta::modified},
    {"lastmod", Meta::modified},
    {"datemodified", Meta::modified},
    {"dc.date.modified", Meta::modified},
    {"dcterms.modified", Meta::modified},
    {"modified", Meta::modified},
    {"revised", Meta::modified},
    {"shareaholic:article_modified_time", Meta::modified},
};

constexpr auto meta_table = [] {
  WordTable<std::uint8_t, 512> t;  // index + 1
  for (std::size_t i = 0; i < std::size(meta_names); ++i)
    t.add(meta_names[i].name, static_cast<std::uint8_t>(i + 1));
  return t;
}();

}  // namespace

std::uint8_t find_meta(std::string_view name, Meta& meta) {
  const std::uint8_t found = meta_table.find(name);
  if (found != 0) meta = meta_names[found - 1].meta;
  return found;
}

}  // namespace offprint
