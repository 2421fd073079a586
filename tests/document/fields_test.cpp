#include "document/fields.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include "base/cpu.h"
#include "document/elements.h"
#include "document/words.h"

namespace offprint {
namespace {

struct Found {
  std::string input, url;
  Page page;
  Blocks blocks;
  Decisions decisions;
  HeadFields head;
  Meter meter;
  Fields f;

  // headline: how sure the models are of the first heading's role; 0: nothing is decided.
  explicit Found(std::string html, std::string address = "https://www.example.org/2015/story-of-a-dog", float headline = 0)
      : input(std::move(html)), url(std::move(address)) {
    parse(page, input, {}, meter);
    find_blocks(page, blocks, meter);
    read_head(page, url, page.arena, meter, head, {1994, 2027});
    if (headline > 0) {
      decisions.of_block.resize(blocks.blocks.size());
      const auto at = std::find_if(blocks.blocks.begin(), blocks.blocks.end(), [](const RawBlock& b) { return b.kind == BlockKind::heading; });
      Decision& first = decisions.of_block[static_cast<std::size_t>(at - blocks.blocks.begin())];
      first.role = Role::headline;
      first.confidence = headline;
    }
    find_fields(page, head, blocks, decisions, page.arena, meter, f);
  }
  std::string authors() const {
    std::string all;
    for (std::string_view n : f.authors) all += (all.empty() ? "" : "; ") + std::string(n);
    return all;
  }
};

constexpr const char* body =
    "<p>The dog went to the market and bought a bone, and then it walked home again with the bone in its "
    "mouth.</p>";

TEST(Title, HeadingThatTheHeadKnows) {
  Found p(
      std::string(
          "<title>The Dog Went Home | Example News</title><h1>Example News</h1><h1>The Dog Went Home</h1>") +
      body);
  EXPECT_EQ(p.f.title, "The Dog Went Home");
  EXPECT_EQ(p.f.title_source, FieldSource::heading);
}

TEST(Title, NotTheNameOfTheSite) {
  Found p(std::string("<meta property=og:site_name content='The Daily Dog'><title>The Dog Went Home - Pets - "
                      "The Daily Dog</title>"
                      "<h1>The Daily Dog</h1>") +
          body);
  EXPECT_EQ(p.f.title, "The Dog Went Home");
  EXPECT_EQ(p.f.site, "The Daily Dog");
}

TEST(Title, NotTheNameOfTheBook) {
  Found p(std::string("<title>What is Ownership? - The Dog Book</title><h1>The Dog Book</h1><h2>What is "
                      "Ownership?</h2>") +
          body);
  EXPECT_EQ(p.f.title, "What is Ownership?");
}

TEST(Title, HeadlineWhereTheHeadTellsTheSiteAlone) {
  const std::string page = std::string("<title>Example - The heart of the kennel</title><h1>Which bone is best?</h1>") + body;
  EXPECT_EQ(Found(page, "https://www.example.org/r/15", 0.3f).f.title, "Which bone is best?");
  EXPECT_NE(Found(page, "https://www.example.org/r/15", 0.05f).f.title, "Which bone is best?");
  const std::string other = std::string("<title>A dog of ours</title><h1>Which bone is best?</h1>") + body;
  EXPECT_EQ(Found(other, "https://www.example.org/r/15", 0.3f).f.title, "A dog of ours");
}

TEST(Title, WithoutWhatScreensDoNotShow) {
  Found p(std::string("<title>Collection of fine bones – Example</title><h1><span class=visually-hidden>Collection of</span> fine bones</h1>") + body);
  EXPECT_EQ(p.f.title, "fine bones");
  Found seen(std::string("<title>Collection of fine bones – Example</title><h1><span>Collection of</span> fine bones</h1>") + body);
  EXPECT_EQ(seen.f.title, "Collection of fine bones");
}

TEST(Title, WithoutPermalinkSign) {
  Found p(
      std::string("<title>Quickstart — Dog 3.1 documentation</title><h1>Quickstart<a href=#q>¶</a></h1>") +
      body);
  EXPECT_EQ(p.f.title, "Quickstart");
}

TEST(Title, OpenGraphWhereNoHeadingIs) {
  Found p(std::string("<meta property=og:title content='The Dog Went Home'><title>x</title>") + body);
  EXPECT_EQ(p.f.title, "The Dog Went Home");
}

TEST(Title, SlugSidesWithTheHeading) {
  Found p(std::string("<title>Ten facts you must know now</title><h1>Story of a dog</h1>") + body);
  EXPECT_EQ(p.f.title, "Story of a dog");
}

TEST(Title, FirstPartWhereNoHeadingTellsMore) {
  Found p(
      std::string(
          "<title>Moving in the Big City - Services & Help for All</title><h1>Licensed and insured!</h1>") +
      body);
  EXPECT_EQ(p.f.title, "Moving in the Big City");
}

TEST(Title, HomeAloneIsNone) {
  Found p(std::string("<title>Home - The Daily Dog</title>") + body, "https://www.thedailydog.org/");
  EXPECT_EQ(p.f.title, "Home - The Daily Dog");
}

TEST(Title, NotTheNameOfTheForum) {
  Found p(std::string(
              "<title>What happened to the bone? / Dog Talk / Daily Dog Forums</title><h1>Daily Dog</h1>") +
              body,
          "");
  EXPECT_EQ(p.f.title.substr(0, 26), "What happened to the bone?");
}

// A slogan that the model takes for the headline loses against the metadata where the page sells something.
TEST(Title, SloganOfAPageThatSells) {
  for (const PageType type : {PageType::service, PageType::article}) {
    const bool sells = type == PageType::service;
    Found p(
        std::string(
            "<title>Dog walking in Skerry</title><h2>Dog walking in Skerry, reinvented for good dogs</h2>") +
            body,
        "");
    p.decisions.of_block.resize(p.blocks.blocks.size());
    p.decisions.of_block[0] = {.role = Role::headline, .confidence = 0.9f};
    p.decisions.page_type = type;
    find_fields(p.page, p.head, p.blocks, p.decisions, p.page.arena, p.meter, p.f);
    EXPECT_EQ(p.f.title, sells ? "Dog walking in Skerry" : "Dog walking in Skerry, reinvented for good dogs");
  }
}

TEST(Authors, NotThoseOfComments) {
  const std::string page = std::string("<title>Bones</title><main><h1>Bones are good</h1>") + body +
                           "</main><ul id=recentcomments><li class=recentcomments><span class=comment-author-link>Katrin Lauber</span> on "
                           "<a href=/x>Cats</a></li></ul>";
  EXPECT_EQ(Found(page).authors(), "");
  const std::string signed_page = std::string("<title>Bones</title><main><h1>Bones are good</h1><span class=author-link>Katrin Lauber</span>") + body + "</main>";
  EXPECT_EQ(Found(signed_page).authors(), "Katrin Lauber");
}

TEST(Authors, LinksToAllTheirPosts) {
  for (const char* words : {"View all posts by ", "Zeige alle Beiträge von ", "Voir tous les articles de ",
                            "Ver todas las entradas de ", "Все записи автора "}) {
    Found p(std::string("<h1>The Dog Went Home</h1><p class=post-author><a href=/author/jane>") + words +
            "Jane Doe</a></p>" + body);
    EXPECT_EQ(p.authors(), "Jane Doe") << words;
  }
}

TEST(Authors, PlaceholdersAreNobody) {
  for (const char* nobody : {"undefined", "N/A", "null"})
    EXPECT_EQ(
        Found("<meta name=author content='" + std::string(nobody) + "'><h1>The Dog Went Home</h1>" + body)
            .authors(),
        "");
}

TEST(Dates, FirstPostOfAThread) {
  std::string html = "<title>Dogs?</title>";
  for (int i = 1; i < 6; ++i)
    html += "<div><a href=/u/jane>jane</a><p>» Dec " + std::to_string(i) + ", 2015 1:47 am</p><p>" +
            std::string(600, 'x') + "</p></div>";
  EXPECT_EQ(Found(html, "https://forum.example.org/t?f=1").f.date, "2015-12-01T01:47");
}

TEST(StripSite, Signs) {
  Arena arena;
  const std::string_view sites[] = {"example news", "example"};
  EXPECT_EQ(strip_site("Story - Example News", sites, {}, arena), "Story");
  EXPECT_EQ(strip_site("Example News: Story", sites, {}, arena), "Example News: Story");
  EXPECT_EQ(strip_site("Example | Story", sites, {}, arena), "Story");
  EXPECT_EQ(strip_site("One – two of it – Example", sites, {}, arena), "One – two of it");
  EXPECT_EQ(strip_site("A long story about dogs | World | Example News", sites, {}, arena),
            "A long story about dogs");
  EXPECT_EQ(strip_site("Well-known story", sites, {}, arena), "Well-known story");
  EXPECT_EQ(strip_site("Example", sites, {}, arena), "Example");
  EXPECT_EQ(strip_site("Dogs? - View topic", sites, {}, arena), "Dogs? - View topic");
  EXPECT_EQ(strip_site("View topic - Dogs?", sites, {}, arena), "Dogs?");
  EXPECT_EQ(strip_site("Sales 2014 / 2015", sites, {}, arena), "Sales 2014 / 2015");
}

TEST(Authors, JsonBeforeAllElse) {
  Found p(std::string("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"The Dog "
                      "Went Home\",\"author\":[{\"name\":\"Jane Doe\"},"
                      "{\"name\":\"John Roe\"}]}</script><meta name=author content='Somebody Else'><h1>The "
                      "Dog Went Home</h1>") +
          body);
  EXPECT_EQ(p.authors(), "Jane Doe; John Roe");
}

// One of them in JSON-LD, all of them in <meta>.
TEST(Authors, FullerMetaBeforeJson) {
  const auto authors = [](const std::string& meta) {
    return Found(std::string("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"Jane Doe\"}]}</script><meta name=author content='") + meta +
                 "'><h1>The Dog Went Home</h1>" + body)
        .authors();
  };
  EXPECT_EQ(authors("Jane Doe, John Roe"), "Jane Doe; John Roe");
  EXPECT_EQ(authors("Somebody Else, John Roe"), "Jane Doe");
}

TEST(Authors, SiteOnlyWhereNobodyElseSigns) {
  const std::string head =
      "<meta property=og:site_name content='Example News'><script "
      "type=application/ld+json>{\"@type\":\"NewsArticle\","
      "\"author\":{\"@type\":\"Organization\",\"name\":\"Example News\"}}</script><h1>The Dog Went Home</h1>";
  EXPECT_EQ(Found(head + "<p class=byline>By Jane Doe</p>" + body).authors(), "Jane Doe");
  EXPECT_EQ(Found(head + body).authors(), "Example News");
}

TEST(Authors, AddressIsNoName) {
  Found p(std::string("<meta property=article:author content='https://www.facebook.com/janedoe'><h1>The Dog "
                      "Went Home</h1>"
                      "<div class='post-author'>By <a href=/author/jane>Jane Doe</a></div>") +
          body);
  EXPECT_EQ(p.authors(), "Jane Doe");
}

TEST(Authors, Microdata) {
  Found p(std::string("<article itemscope itemtype=https://schema.org/Article><h1 itemprop=headline>The Dog "
                      "Went Home</h1>"
                      "<span itemprop=author itemscope itemtype=https://schema.org/Person><a itemprop=url "
                      "href=/x><span itemprop=name>Jane Doe</span></a>"
                      "</span></article><div itemscope itemtype=https://schema.org/Comment><span "
                      "itemprop=author>Troll</span></div>") +
          body);
  EXPECT_EQ(p.authors(), "Jane Doe");
}

TEST(Authors, LinkWithRelAuthor) {
  EXPECT_EQ(
      Found(std::string("<h1>The Dog Went Home</h1><a rel=author href=/jane>Jane Doe</a>") + body).authors(),
      "Jane Doe");
}

TEST(Authors, TextNearTheTitle) {
  EXPECT_EQ(Found(std::string("<h1>The Dog Went Home</h1><p>By Jane Doe</p>") + body).authors(), "Jane Doe");
  EXPECT_EQ(Found(std::string("<h1>The Dog Went Home</h1><p>Written by</p><p>Jane Doe</p>") + body).authors(),
            "Jane Doe");
  EXPECT_EQ(
      Found(std::string("<h1>The Dog Went Home</h1>") + body + body + body + "<p>Written by Jane Doe</p>")
          .authors(),
      "Jane Doe");
}

TEST(Authors, NotThoseOfOtherStories) {
  Found p(std::string("<h1>The Dog Went Home</h1><div class=author>Jane Doe</div>") + body +
          "<div class=related-posts><div class=card><span class=author>Ann Poe</span></div></div>");
  EXPECT_EQ(p.authors(), "Jane Doe");
}

TEST(Dates, JsonBeforeMetaBeforeSight) {
  Found p(std::string("<script "
                      "type=application/"
                      "ld+json>{\"@type\":\"Article\",\"datePublished\":\"2015-12-15T10:00:00Z\","
                      "\"dateModified\":\"2015-12-20\"}"
                      "</script><meta property=article:published_time content=2015-12-14><h1>The Dog Went "
                      "Home</h1><p>Dec 15, 2015</p>") +
          body);
  EXPECT_EQ(p.f.date, "2015-12-15T10:00:00Z");
  EXPECT_EQ(p.f.modified, "2015-12-20");
}

TEST(Dates, TimeNearestToTheTitle) {
  Found p(std::string("<h1>The Dog Went Home</h1><time datetime=2015-12-15>yesterday</time>") + body +
          "<div class=related><time datetime=2016-01-01>x</time></div>");
  EXPECT_EQ(p.f.date, "2015-12-15");
}

TEST(Dates, PublishedAndUpdatedBySight) {
  Found p(std::string("<h1>The Dog Went Home</h1><p>Published: Dec 1, 2015. Updated: Dec 15, 2015</p>") +
          body);
  EXPECT_EQ(p.f.date, "2015-12-01");
  EXPECT_EQ(p.f.modified, "2015-12-15");
}

TEST(Dates, AddressSettles) {
  EXPECT_EQ(Found(std::string("<h1>The Dog Went Home</h1>") + body, "https://e.org/2015/12/15/dog").f.date,
            "2015-12-15");
}

TEST(Dates, NeverTheCopyright) {
  EXPECT_EQ(Found(std::string("<h1>The Dog Went Home</h1>") + body +
                  "<footer>© 2015 Example. All rights reserved.</footer>")
                .f.date,
            "");
}

TEST(Dates, OlderBySightWhereMachinesForget) {
  Found p(std::string("<script "
                      "type=application/"
                      "ld+json>{\"@type\":\"Article\",\"datePublished\":\"2025-06-01\",\"dateModified\":"
                      "\"2025-06-01\"}</script>"
                      "<title>The Dog Went Home</title><h1>The Dog Went Home</h1><p>January 31, 2014</p>") +
          body);
  EXPECT_EQ(p.f.date, "2014-01-31");
}

TEST(Language, DeclaredAndWrong) {
  EXPECT_EQ(Found(std::string("<html lang=en_us><h1>x</h1>") + body).f.language, "en-US");
  const std::string german =
      "<p>Der Hund ging auf den Markt und kaufte sich einen Knochen, und dann lief er mit dem Knochen im "
      "Maul wieder nach Hause, "
      "wo seine Freunde schon lange auf ihn gewartet hatten und sich sehr über den Knochen freuten.</p>";
  EXPECT_EQ(Found("<html lang=en><h1>Der Hund</h1>" + german + german).f.language, "de");
  EXPECT_EQ(Found("<html><h1>Der Hund</h1>" + german).f.language, "de");
  EXPECT_EQ(Found("<html lang=de><h1>Der Hund</h1>" + german).f.language, "de");
}

TEST(Headline, IsWhatShowsTheTitleWhereNoOtherIs) {
  Found p(std::string("<title>The Dog Went Home | Example News</title><h1>The Dog Went Home</h1>") + body);
  ASSERT_EQ(p.f.title_block, 0u);
  p.decisions.of_block.assign(p.blocks.blocks.size(), {.role = Role::body, .confidence = 0.4f});
  p.decisions.of_block[0].reason = "a heading";
  Decisions other = p.decisions;
  other.of_block[1].role = Role::headline;
  head_with_title(p.f, p.decisions);
  head_with_title(p.f, other);
  EXPECT_EQ(p.decisions.of_block[0].role, Role::headline);
  EXPECT_EQ(p.decisions.of_block[0].reason, "shows the title of the page");
  EXPECT_EQ(other.of_block[0].role, Role::body);
  EXPECT_GT(Found(std::string("<title>The Dog Went Home</title><h2>Dogs</h2>") + body).f.title_block, 99u);
}

TEST(Language, ByScriptWhereNothingIsSure) {
  EXPECT_EQ(detect_language("7.3. GUI（图形用户界面）架构 7.4. GUI（图形用户界面）应用 Debian GNU/Linux 7.5. 字体栅格化 TrueType 7.6. 沙盒 7.7. 远程桌面"), "zh");
  EXPECT_EQ(detect_language("Debian GNU/Linux ではどんな種類のアプリケーションが利用できますか SSH, SMTP, POP3"), "ja");
  EXPECT_EQ(detect_language("a b c d e f g h 0 1 2 3 4 5 6 7 8 9"), "");
  EXPECT_EQ(detect_language("The 木 in the name of the library means tree and is read ki in the language it is taken from"), "en");
}

TEST(Language, Normalized) {
  Arena arena;
  EXPECT_EQ(normalize_language("EN", arena), "en");
  EXPECT_EQ(normalize_language("en_us", arena), "en-US");
  EXPECT_EQ(normalize_language("zh-hant-tw", arena), "zh-Hant-TW");
  EXPECT_EQ(normalize_language("German", arena), "de");
  EXPECT_EQ(normalize_language("de-DE.UTF-8", arena), "de-DE");
  EXPECT_EQ(normalize_language("en, fr", arena), "en");
  EXPECT_EQ(normalize_language("{{lang}}", arena), "");
  EXPECT_EQ(normalize_language("x", arena), "");
  EXPECT_EQ(normalize_language("es-419", arena), "es-419");
  EXPECT_TRUE(is_right_to_left("ar-EG"));
  EXPECT_FALSE(is_right_to_left("en"));
}

TEST(Rest, AbsoluteAddresses) {
  Found p(std::string("<link rel=canonical href=/dog><meta property=og:image content=img/dog.jpg><base "
                      "href=https://cdn.example.org/a/>") +
          body);
  EXPECT_EQ(p.f.url, "https://cdn.example.org/dog");
  EXPECT_EQ(p.f.image, "https://cdn.example.org/a/img/dog.jpg");
}

TEST(Rest, CanonicalOfTheFrontPageIsASlip) {
  Found p(std::string("<link rel=canonical href=https://www.example.org/>") + body);
  EXPECT_EQ(p.f.url, "https://www.example.org/2015/story-of-a-dog");
}

TEST(FlatText, FieldsFromBlocksAlone) {
  const std::string text =
      "Menu\nSubscribe\nThe Dog Went Home With A Bone\nBy Jane Doe\nDec. 15, 2015\n"
      "The dog went to the market and bought a bone, and then it walked home again with the bone in its "
      "mouth, happily.\n";
  Page page;
  Arena arena;
  Meter meter;
  Blocks blocks;
  for (std::size_t at = 0; at < text.size();) {  // a block a line
    const std::size_t end = text.find('\n', at);
    RawBlock b;
    b.text = std::string_view(text).substr(at, end - at);
    b.words = static_cast<std::uint32_t>(word_count(folded_words(b.text, arena)));
    blocks.blocks.push_back(b);
    at = end + 1;
  }
  blocks.flat = true;
  HeadFields head;
  Decisions decisions;
  Fields f;
  read_head(page, {}, arena, meter, head, {1994, 2027});
  find_fields(page, head, blocks, decisions, arena, meter, f);
  EXPECT_EQ(f.title, "The Dog Went Home With A Bone");
  ASSERT_EQ(f.authors.size(), 1u);
  EXPECT_EQ(f.authors[0], "Jane Doe");
  EXPECT_EQ(f.date, "2015-12-15");
  EXPECT_EQ(f.language, "en");
}

TEST(Roles, HeadlineBylineAndDateBlocksCount) {
  const std::string lines[] = {"Something Else In Front", "A Dog Story", "Jane Doe", "15 December 2015"};
  Page page;
  Arena arena;
  Meter meter;
  Blocks blocks;
  Decisions decisions;
  const Role roles[] = {Role::navigation, Role::headline, Role::byline, Role::date};
  for (int i = 0; i < 4; ++i) {
    RawBlock b;
    b.text = lines[i];
    b.words = 3;
    blocks.blocks.push_back(b);
    decisions.of_block.push_back({roles[i], 0.9f, 0, false, {}});
  }
  HeadFields head;
  Fields f;
  read_head(page, {}, arena, meter, head, {1994, 2027});
  find_fields(page, head, blocks, decisions, arena, meter, f);
  EXPECT_EQ(f.title, "A Dog Story");
  ASSERT_EQ(f.authors.size(), 1u);
  EXPECT_EQ(f.authors[0], "Jane Doe");
  EXPECT_EQ(f.date, "2015-12-15");
}

TEST(ClassHint, Words) {
  EXPECT_GT(class_hint("post-author").name, 60);
  EXPECT_GT(class_hint("AuthorName_name__x1").name, 70);
  EXPECT_GT(class_hint("c-byline__name").name, 60);
  EXPECT_LT(class_hint("author-avatar").name, 45);
  EXPECT_EQ(class_hint("flex items-center justify-between").name, 0);
  EXPECT_GT(class_hint("entry-date published").date, 50);
  EXPECT_TRUE(class_hint("last-updated").modified || class_hint("last-updated").date == 0);
  EXPECT_EQ(class_hint("update-button-wrapper").name, 0);
  EXPECT_TRUE(class_hint("lastmod").modified);
  EXPECT_TRUE(class_hint("post-revised").modified);
  EXPECT_EQ(class_hint("screen-reader-text post position-x").date, 0);
  EXPECT_EQ(is_aside("related-posts"), 2);
  EXPECT_EQ(is_aside("site-footer"), 1);
  EXPECT_EQ(is_aside("article-body"), 0);
  EXPECT_EQ(is_author_path("/author/jane-doe"), 2);
  EXPECT_EQ(is_author_path("/u/jane"), 1);
  EXPECT_EQ(is_author_path("/news/author"), 0);
  EXPECT_EQ(is_author_path("https://www.example.org/users/people.html"), 0);
  EXPECT_EQ(is_author_path("/users/faq"), 0);
  EXPECT_EQ(is_author_path("/people/jane-doe.html"), 2);
}

TEST(Hostile, EmptyAndBroken) {
  for (const char* html :
       {"", "<", "<title>", "<h1></h1>", "<meta name=author>", "<script type=application/ld+json>", "<time>",
        "\xEF\xBF\xBD", "<h1>\xEF\xBF\xBD</h1><p class=byline>By \xEF\xBF\xBD"})
    EXPECT_NO_FATAL_FAILURE(Found{html}) << html;
}

// Many places of a class at once, and place by place.
TEST(ClassHints, DoNotDependOnTheMachine) {
  std::mt19937 random(8);
  for (int round = 0; round < 3000; ++round) {
    std::string value;
    const std::size_t size = random() % 150;
    while (value.size() < size) {
      value += std::array{"post", "-", "_", " ", "author", "Date", "update", "By", "line", "x", "\xC3\xA9", "card", "\t", "time", "META"}[random() % 15];
      if (random() % 4 == 0) value += static_cast<char>(random());
    }
    cpu::allow_at_most(cpu::Level::base);
    const ClassHint slow = class_hint(value);
    cpu::allow_at_most(cpu::Level::avx512);
    const ClassHint fast = class_hint(value);
    ASSERT_EQ(slow.name, fast.name) << value;
    ASSERT_EQ(slow.date, fast.date) << value;
    ASSERT_EQ(slow.modified, fast.modified) << value;
  }
}

TEST(Rest, AddressesWithoutABase) {
  EXPECT_EQ(Found("<meta property=og:image content=//bones.example/dog.jpg><h1>Dogs</h1>", "").f.image, "https://bones.example/dog.jpg");
  // A canonical address that leads to the front page is a slip where og:url leads deeper.
  EXPECT_EQ(Found("<link rel=canonical href=https://bones.example/><meta property=og:url content=https://bones.example/dogs><h1>Dogs</h1>", "").f.url, "https://bones.example/dogs");
  EXPECT_EQ(Found("<link rel=canonical href=https://bones.example/><h1>Dogs</h1>", "").f.url, "https://bones.example/");
}

TEST(Rest, PicturesThatStandForOne) {
  const std::string logo = "<meta property=og:image content=https://bones.example/logo-default.png>";
  EXPECT_EQ(Found(logo + "<meta name=twitter:image content=https://bones.example/dog.jpg>").f.image, "https://bones.example/dog.jpg");
  EXPECT_EQ(Found(logo).f.image, "https://bones.example/logo-default.png");
  EXPECT_EQ(Found("<meta property=og:image content=https://bones.example/logos/dialogo.jpg><meta name=twitter:image content=https://bones.example/dog.jpg>").f.image,
            "https://bones.example/logos/dialogo.jpg");
}

TEST(Rest, SiteBehindTheTitle) {
  const auto site = [](const std::string& title, const std::string& address) { return std::string(Found("<title>" + title + "</title><h1>The Dog</h1>", address).f.site); };
  EXPECT_EQ(site("The Dog | The Dogtown Courier", "https://www.dogtowncourier.example/dog"), "The Dogtown Courier");
  EXPECT_EQ(site("Dogtown Courier - The Dog", "https://www.dogtown-courier.example/dog"), "Dogtown Courier");
  EXPECT_EQ(site("The Dog | Bones", "https://www.dogtowncourier.example/dog"), "dogtowncourier.example");  // a section
}

TEST(Rest, PagesOfWebArchivesAreThoseThatWereSaved) {
  const std::string copy = "https://web.archive.example/web/20160330101229";
  const std::string html = "<link rel=canonical href=" + copy + "/http://bones.example/dogs/><meta property=og:image content=" + copy + "im_/http://bones.example/dog.jpg><h1>Dogs</h1>";
  for (const std::string& address : {std::string(), copy + "/http://bones.example/dogs/"}) {
    const Found f(html, address);
    EXPECT_EQ(f.f.url, "http://bones.example/dogs/");
    EXPECT_EQ(f.f.site, "bones.example");
    EXPECT_EQ(f.f.image, "http://bones.example/dog.jpg");
  }
  EXPECT_EQ(Found("<h1>Dogs</h1>", copy + "/http://bones.example/dogs/").f.url, "http://bones.example/dogs/");
}

}  // namespace
}  // namespace offprint
