#include "document/jsonld.h"

#include <gtest/gtest.h>

#include <string>

namespace offprint {
namespace {

struct Read {
  Arena arena;
  Meter meter;
  JsonLd json;
  explicit Read(const std::string& script) {
    const std::string exact(script.data(), script.size());
    json.read(arena.copy(std::string_view(exact)), arena, meter);
  }
  std::string authors() const {
    std::string all;
    for (const JsonName& a : json.authors)
      all += (all.empty() ? "" : "; ") + std::string(a.name.empty() ? a.id : a.name);
    return all;
  }
};

TEST(JsonLdRead, Article) {
  Read r(
      R"({"@context":"https://schema.org","@type":"NewsArticle","headline":"A &amp; B","datePublished":"2015-12-15",
    "author":[{"@type":"Person","name":"Jane Doe"},{"@type":"Person","name":"John Roe"}],"publisher":{"name":"The Example"},
    "image":{"@type":"ImageObject","url":"https://e.org/a.jpg"},"isAccessibleForFree":"False","articleBody":"Text."})");
  ASSERT_EQ(r.json.things.size(), 1u);
  const JsonThing& t = r.json.things[0];
  EXPECT_EQ(t.types, json_article);
  EXPECT_EQ(t.headline, "A & B");
  EXPECT_EQ(t.published, "2015-12-15");
  EXPECT_EQ(t.publisher, "The Example");
  EXPECT_EQ(t.image, "https://e.org/a.jpg");
  EXPECT_EQ(t.body, "Text.");
  EXPECT_FALSE(t.free);
  EXPECT_EQ(r.authors(), "Jane Doe; John Roe");
  EXPECT_EQ(r.json.type_names, "NewsArticle");
}

TEST(JsonLdRead, GraphWithReferences) {
  Read r(
      R"({"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Jane Doe"},
    {"@type":["WebPage","FAQPage"],"name":"X"}]})");
  EXPECT_EQ(r.authors(), "#p");
  EXPECT_EQ(r.json.types, json_article | json_person | json_webpage | json_faq);
}

TEST(JsonLdRead, AuthorsInOtherShapes) {
  EXPECT_EQ(Read(R"({"@type":"Article","author":"Jane Doe"})").authors(), "Jane Doe");
  EXPECT_EQ(Read(R"({"@type":"Article","author":["Jane Doe","John Roe"]})").authors(), "Jane Doe; John Roe");
  EXPECT_EQ(Read(R"({"@type":"Article","author":{"name":["Jane Doe","John Roe"]}})").authors(),
            "Jane Doe; John Roe");
  EXPECT_EQ(Read(R"({"@type":"Article","author":{"givenName":"Jane","familyName":"Doe"}})").authors(),
            "Jane Doe");
}

TEST(JsonLdRead, ReviewsAndCommentsSayNothingOfThePage) {
  Read r(
      R"({"@type":"Product","name":"Lamp","review":[{"@type":"Review","author":"A","datePublished":"2015-01-01"}],
    "comment":{"@type":"Comment","author":"B"}})");
  EXPECT_EQ(r.json.things.size(), 1u);
  EXPECT_EQ(r.authors(), "");
}

TEST(JsonLdRead, MainEntity) {
  Read r(R"({"@type":"QAPage","mainEntity":{"@type":"Question","name":"Why?","author":{"name":"Jane"}}})");
  ASSERT_EQ(r.json.things.size(), 2u);
  EXPECT_EQ(r.json.things[1].depth, 1);
  EXPECT_EQ(r.authors(), "Jane");
}

// What pages get wrong; each must be read all the same.
TEST(JsonLdRead, Mended) {
  const char* broken[] = {
      "<!-- {\"@type\":\"Article\",\"headline\":\"H\"} -->",
      "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"H\"}\n//]]>",
      "/*<![CDATA[*/{\"@type\":\"Article\",\"headline\":\"H\"}/*]]>*/",
      "{\"@type\":\"Article\",\"headline\":\"H\",}",
      "{\"@type\":\"Article\",\"keywords\":[\"a\",\"b\",],\"headline\":\"H\"}",
      "{\"@type\":\"Article\",\"description\":\"one\ntwo\ttabs\",\"headline\":\"H\"}",
      "{\"@type\":\"Article\",\"description\":\"it\\'s\",\"headline\":\"H\"}",
      "{\"@type\":\"Article\",\"description\":\"he said \"yes\" to it\",\"headline\":\"H\"}",
      "{\"@type\":\"Article\",\"headline\":\"H\"};",
      "{\"@type\":\"WebSite\",\"name\":\"S\"}{\"@type\":\"Article\",\"headline\":\"H\"}",
      "{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;H&quot;}",
      "{\"@type\":\"Article\", /* note */ \"headline\":\"H\"}",
      "\xEF\xBB\xBF{\"@type\":\"Article\",\"headline\":\"H\"}",
      "{\"@type\":\"Article\",\"description\":\"bad \\x escape \\u12\",\"headline\":\"H\"}",
  };
  for (const char* script : broken) {
    Read r(script);
    bool found = false;
    for (const JsonThing& t : r.json.things) found |= t.headline == "H" && t.types == json_article;
    EXPECT_TRUE(found) << script;
  }
}

TEST(JsonLdRead, HopelessIsDropped) {
  for (const char* script :
       {"", "{", "[", "null", "\"x\"", "{{TEMPLATE}}", "function() {}", "}{", "[}", "{\"a\":\"", "{\"a\\"}) {
    Read r(script);
    EXPECT_TRUE(r.json.authors.empty()) << script;
  }
}

TEST(JsonLdRead, DepthBudget) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "{\"a\":[";
  Read r(deep);
  EXPECT_EQ(r.json.unreadable, 1u);
  std::string closed = "{\"@type\":\"Article\",\"x\":";
  for (int i = 0; i < 500; ++i) closed += '[';
  for (int i = 0; i < 500; ++i) closed += ']';
  Read s(closed + "}");
  EXPECT_EQ(s.meter.noted, Limit::json_depth);
  EXPECT_EQ(s.meter.spent, Limit::none);
}

TEST(JsonLdRead, ReusedFromPageToPage) {
  JsonLd json;
  Arena arena;
  Meter meter;
  for (int i = 0; i < 3; ++i) {
    json.clear();
    json.read(R"({"@type":"Article","headline":"H"})", arena, meter);
    EXPECT_EQ(json.things.size(), 1u);
    EXPECT_EQ(json.type_names, "Article");
  }
}

TEST(JsonTypeOf, Names) {
  EXPECT_EQ(json_type_of("https://schema.org/NewsArticle"), json_article);
  EXPECT_EQ(json_type_of("schema:Product"), json_product);
  EXPECT_EQ(json_type_of("SomethingPosting"), json_article);
  EXPECT_EQ(json_type_of(""), 0u);
}

TEST(PlainText, EscapedOnceTooOften) {
  Arena arena;
  EXPECT_EQ(plain_text("A &amp; B <b>c</b>&nbsp;d", arena), "A & B c d");
  EXPECT_EQ(plain_text("a < b > c", arena), "a < b > c");
}

}  // namespace
}  // namespace offprint
