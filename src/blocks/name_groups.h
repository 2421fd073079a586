// Groups of words that authors of pages put into class names, ids and roles, by what they usually hold. Each group is
// a feature ("the nearest box named like comments is two levels up"), never a verdict: the models learn what it is worth.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace offprint {

// A group is a line: its name, then its words (parts of names as collect_tokens() splits them), parted by blanks.
inline constexpr std::array<std::string_view, 32> name_groups = {
    "comments comment comments disqus respond reply replies commenting discussion kommentar kommentare commentaire comentario komentarz",
    "share share sharing social follow addthis sharedaddy socials bookmark tweet facebook twitter linkedin whatsapp teilen partager compartir",
    "newsletter newsletter signup subscribe optin mailing mailchimp email subscription mailpoet abonnieren klaviyo",
    "consent cookie cookies consent gdpr ccpa onetrust cmp privacy didomi usercentrics cookiebot",
    "ads ad ads advert advertisement adsense sponsor sponsored dfp adslot outbrain taboola banner anzeige werbung publicidad commercial",
    "related related recommend recommended recommendations recirc recirculation similar popular trending latest mostread more also suggested upsell crosssell",
    "teaser teaser card cards tile promo promotion item items grid carousel slider slide swiper",
    "nav nav navigation menu navbar submenu megamenu hamburger topnav subnav mainmenu menubar",
    "crumbs breadcrumb breadcrumbs crumb crumbs",
    "tags tag tags topic topics keyword keywords taxonomy categories category cat label",
    "pager pagination pager paging page pages prev previous next nextprev",
    "toc toc contents outline anchor anchors jump",
    "footer footer foot bottom colophon copyright legal imprint impressum",
    "header header masthead top topbar hero logo brand branding site sitename tagline",
    "headline headline title heading titel titre titulo entrytitle posttitle",
    "deck standfirst dek subtitle subhead lead lede summary excerpt intro chapo strapline kicker subheading abstract teasertext",
    "byline byline author authors writer contributor contributors vcard autor auteur reporter",
    "date date time timestamp published updated datetime pubdate posted dateline datum fecha",
    "bio bio biography about profile aboutauthor authorbox authorbio gravatar avatar",
    "caption caption figcaption credit credits legend imagecaption wp photographer copyrightholder",
    "body body entry article post story text prose richtext markdown main contentbody articlebody copy wysiwyg",
    "paywall paywall premium piano regwall gate gated meter metered locked subscriber offer tp plus",
    "support donate donation donations contribute contribution support membership member patreon fundraising appeal spenden don",
    "search search searchform suche recherche buscar filter filters facet facets sort sorting refine",
    "form form field fieldset input login signin register account contact checkout booking captcha",
    "controls button btn buttons close toggle play player print share icon icons toolbar action actions control controls",
    "modal modal popup overlay lightbox dialog drawer offcanvas toast snackbar alert notification notice message",
    "side sidebar aside widget widgets rail secondary complementary rightcol",
    "product product price pricing sku cart shop woocommerce buy variant stock specs spec specification",
    "thread thread topic post posts message messages reply forum answer answers question votes qa discussion",
    "table table list listing listings results result row rows archive feed",
    "skip sr screen reader visually hidden offscreen"};
inline constexpr int name_group_count = static_cast<int>(name_groups.size());

// The groups that a token (see collect_tokens()) belongs to, a bit each.
std::uint32_t groups_of_token(std::uint32_t token);

}  // namespace offprint
