// The types of schema.org that tell kinds of pages apart.
#include <array>

#include "base/ascii.h"
#include "document/jsonld.h"

namespace offprint {
namespace {

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

}  // namespace

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

}  // namespace offprint
