// The product of a page, out of JSON-LD, microdata, OpenGraph and tables.
#include "document/product.h"

#include <gtest/gtest.h>

#include <string>

namespace offprint {
namespace {

struct Shop {
  std::string html;
  Page page;
  Blocks blocks;
  Decisions decisions;
  HeadFields head;
  Fields fields;
  Meter meter;
  Product product;
  explicit Shop(std::string_view markup, PageType type = PageType::product) : html("<!DOCTYPE html>") {
    html += markup;
    parse(page, html, {}, meter);
    read_head(page, "https://shop.example/p/kettle", page.arena, meter, head, {1994, 2027});
    find_blocks(page, blocks, meter);
    decisions.of_block.resize(blocks.blocks.size());
    decisions.page_type = type;
    find_fields(page, head, blocks, decisions, page.arena, meter, fields);
    find_product(page, head, fields, blocks, decisions, page.arena, product);
  }
};

const std::string json =
    R"(<h1>Kettle</h1><script type=application/ld+json>{"@context":"https://schema.org","@type":"Product","name":"Kettle 0.9 l",
    "sku":"K-9","gtin13":"4006381333931","brand":{"@type":"Brand","name":"Copper & Clay"},"offers":{"@type":"Offer","price":129.5,
    "priceCurrency":"EUR","availability":"https://schema.org/InStock"},"aggregateRating":{"@type":"AggregateRating",
    "ratingValue":"4.6","bestRating":5,"reviewCount":"1,204"},"additionalProperty":[{"@type":"PropertyValue","name":"Volume",
    "value":"0.9 l"}]}</script>)";

TEST(Product, JsonLd) {
  const Shop s(json);
  ASSERT_TRUE(s.product.present);
  EXPECT_EQ(s.product.name, "Kettle 0.9 l");
  EXPECT_TRUE(s.product.has_price);
  EXPECT_EQ(s.product.price, 129.5);
  EXPECT_EQ(s.product.high_price, 0);
  EXPECT_EQ(s.product.currency, "EUR");
  EXPECT_EQ(s.product.availability, "InStock");
  EXPECT_TRUE(s.product.has_rating);
  EXPECT_EQ(s.product.rating, 4.6);
  EXPECT_EQ(s.product.best_rating, 5);
  EXPECT_EQ(s.product.review_count, 1204u);
  EXPECT_EQ(s.product.brand, "Copper & Clay");
  EXPECT_EQ(s.product.sku, "K-9");
  EXPECT_EQ(s.product.gtin, "4006381333931");
  ASSERT_EQ(s.product.specification.size(), 1u);
  EXPECT_EQ(s.product.specification[0].name, "Volume");
  EXPECT_EQ(s.product.specification[0].value, "0.9 l");
}

// Breadcrumbs within the product's element have names, too.
TEST(Product, NamesOfOtherThings) {
  const Shop s("<div itemscope itemtype=https://schema.org/Product><ol itemscope itemtype=https://schema.org/BreadcrumbList><li itemprop=itemListElement itemscope "
               "itemtype=https://schema.org/ListItem><meta itemprop=name content=Home></ol><h1 itemprop=name>Kettle</h1><div itemprop=offers itemscope "
               "itemtype=https://schema.org/Offer><meta itemprop=price content=9.5><meta itemprop=priceCurrency content=EUR></div></div>");
  EXPECT_EQ(s.product.name, "Kettle");
  EXPECT_EQ(s.product.price, 9.5);
  const Shop brand("<div itemscope itemtype=https://schema.org/Product><div itemprop=isRelatedTo itemscope itemtype=https://schema.org/Thing><b itemprop=name>Other</b></div>"
                   "<h1 itemprop=name>Kettle</h1><div itemprop=brand itemscope itemtype=https://schema.org/Organization><b itemprop=name>Copper</b></div></div>");
  EXPECT_EQ(brand.product.name, "Kettle");
  EXPECT_EQ(brand.product.brand, "Copper");
}

TEST(Product, RangeOfPricesAndVariants) {
  const Shop range(
      R"(<script type=application/ld+json>{"@type":"Product","name":"Cup","offers":{"@type":"AggregateOffer",
    "lowPrice":"9,90","highPrice":"14,90","priceCurrency":"EUR","offers":[{"availability":"OutOfStock"}]}}</script>)");
  EXPECT_EQ(range.product.price, 9.9);
  EXPECT_EQ(range.product.high_price, 14.9);
  EXPECT_EQ(range.product.availability, "OutOfStock");
  const Shop group(
      R"(<script type=application/ld+json>{"@type":"ProductGroup","name":"Shoe","hasVariant":[{"@type":"Product",
    "offers":{"price":"80","priceCurrency":"USD"}}]}</script>)");
  EXPECT_EQ(group.product.price, 80);
  EXPECT_EQ(group.product.currency, "USD");
  const Shop sizes(
      R"(<script type=application/ld+json>{"@type":"ProductGroup","name":"Shoe","hasVariant":[{"offers":{"price":69.9,"priceCurrency":"EUR"}},
    {"offers":{"price":"74.90","priceCurrency":"EUR"}},{"offers":{"price":60,"priceCurrency":"EUR"}},{"offers":{"price":9,"priceCurrency":"USD"}}],
    "additionalProperty":[{"name":"Height","value":32,"unitText":"cm"},{"name":"Lined","value":true}]}</script>)");
  EXPECT_EQ(sizes.product.price, 60);
  EXPECT_EQ(sizes.product.high_price, 74.9);
  ASSERT_EQ(sizes.product.specification.size(), 2u);
  EXPECT_EQ(sizes.product.specification[0].value, "32 cm");
  EXPECT_EQ(sizes.product.specification[1].value, "true");
}

TEST(Product, Microdata) {
  const Shop s(
      "<div itemscope itemtype='https://schema.org/Product'><h1 itemprop=name>Kettle</h1><div itemprop=brand "
      "itemscope "
      "itemtype='https://schema.org/Brand'><span itemprop=name>Clay</span></div><div itemprop=offers "
      "itemscope "
      "itemtype='https://schema.org/Offer'><meta itemprop=priceCurrency content=GBP><span "
      "itemprop=price>£1,299.00</span><link "
      "itemprop=availability href='http://schema.org/PreOrder'></div><div itemprop=aggregateRating "
      "itemscope><span "
      "itemprop=ratingValue>4</span>/<span itemprop=bestRating>5</span><span "
      "itemprop=reviewCount>7</span></div><div "
      "itemprop=isRelatedTo itemscope itemtype='https://schema.org/Product'><span "
      "itemprop=price>5</span></div></div>");
  ASSERT_TRUE(s.product.present);
  EXPECT_EQ(s.product.name, "Kettle");
  EXPECT_EQ(s.product.brand, "Clay");
  EXPECT_EQ(s.product.price, 1299);
  EXPECT_EQ(s.product.currency, "GBP");
  EXPECT_EQ(s.product.availability, "PreOrder");
  EXPECT_EQ(s.product.rating, 4);
  EXPECT_EQ(s.product.review_count, 7u);
}

TEST(Product, OpenGraph) {
  const Shop s(
      "<head><meta property=og:type content=product><meta property=product:price:amount "
      "content='49.00'><meta "
      "property=product:price:currency content=USD><meta property=product:availability content='in "
      "stock'><meta "
      "property=product:brand content=Acme></head><h1>Lamp</h1>",
      PageType::other);
  ASSERT_TRUE(s.product.present);
  EXPECT_EQ(s.product.name, "Lamp");
  EXPECT_EQ(s.product.price, 49);
  EXPECT_EQ(s.product.currency, "USD");
  EXPECT_EQ(s.product.availability, "InStock");
  EXPECT_EQ(s.product.brand, "Acme");
}

TEST(Product, SpecificationOfTablesAndTerms) {
  const Shop s(
      "<h1>Lamp</h1><table><tr><th>Height:<td>40 cm<tr><th>Weight<td>2 "
      "kg</table><dl><dt>Colour<dd>Red<dt>Bulb<dd>E27</dl>"
      "<table><tr><th>Size<th>Chest<th>Waist<tr><td>S<td>90<td>80</table>");
  ASSERT_EQ(s.product.specification.size(), 4u);
  EXPECT_EQ(s.product.specification[0].name, "Height");
  EXPECT_EQ(s.product.specification[0].value, "40 cm");
  EXPECT_EQ(s.product.specification[3].name, "Bulb");
}

// What stands below the name, where no markup tells it.
TEST(Product, AsItIsShown) {
  const std::string top = "<title>Oilskin jacket</title><h1>Oilskin jacket</h1>", rest = "<h2>More</h2><p class=price>$5</p>";
  const Shop s(top + "<div class=rating aria-label='4.6 out of 5'>\u2605\u2605 4.6 (87 reviews)</div><p class=price><del>£179.00</del> <ins>£149.00</ins></p><p class=stock>In stock, ships in 2 days</p>" + rest);
  ASSERT_TRUE(s.product.present);
  EXPECT_EQ(s.product.price, 149);
  EXPECT_EQ(s.product.currency, "GBP");
  EXPECT_EQ(s.product.availability, "InStock");
  EXPECT_EQ(s.product.rating, 4.6);
  EXPECT_EQ(s.product.best_rating, 5);
  EXPECT_EQ(s.product.review_count, 87u);
  const Shop range(top + "<div class=product-price>10,00 € – 20,00 €</div><div class=availability>Nicht vorrätig</div>" + rest);
  EXPECT_EQ(range.product.price, 10);
  EXPECT_EQ(range.product.high_price, 20);
  EXPECT_EQ(range.product.availability, "OutOfStock");
  for (const char* none : {"<p>$5 off</p>", "<p class=old-price>$9</p>", "<p class=price>$9 or $8</p>", "<p class=price>$9 a month</p>", "<button class=price>$9</button>"})
    EXPECT_FALSE(Shop(top + none + rest).product.has_price) << none;
  EXPECT_FALSE(Shop("<title>Oilskin jacket</title><h1>Jackets</h1><h1>More</h1><p class=price>$9</p>").product.has_price);
  const std::string card = "<div><a href=/p>One</a><p class=price>$9</p></div>";  // a list of what is sold
  EXPECT_FALSE(Shop(top + card + card + card).product.has_price);
  const Shop marked(json + "<p class=price>€999</p>");
  EXPECT_EQ(marked.product.price, 129.5);
}

TEST(Product, PagesOfNoneAndOfMany) {
  EXPECT_FALSE(Shop("<h1>Story</h1><p>Text.", PageType::article).product.present);
  // A story that compares products, and a firm that rates itself.
  EXPECT_FALSE(
      Shop(
          R"(<h1>Ten kettles</h1><script type=application/ld+json>[{"@type":"Product","name":"A","offers":{"price":1}},
    {"@type":"Product","name":"B","offers":{"price":2}}]</script>)",
          PageType::article)
          .product.present);
  EXPECT_FALSE(Shop(R"(<h1>Plumber</h1><script type=application/ld+json>{"@type":"Product","name":"Plumber",
    "aggregateRating":{"ratingValue":5}}</script>)",
                    PageType::service)
                   .product.present);
  EXPECT_FALSE(Shop("<h1>Lamps</h1><table><tr><td>a<td>b<tr><td>c<td>d</table>", PageType::collection)
                   .product.present);
}

TEST(Product, WrittenBadly) {
  const Shop s(
      R"(<script type=application/ld+json>{"@type":"Product","name":"X","sku":"1","offers":[],"aggregateRating":
    {"ratingValue":"0","reviewCount":"none"},"brand":[null],"additionalProperty":{"name":"a"}}</script>)");
  ASSERT_TRUE(s.product.present);
  EXPECT_FALSE(s.product.has_price);
  EXPECT_FALSE(s.product.has_rating);
  EXPECT_EQ(s.product.review_count, 0u);
  EXPECT_TRUE(s.product.specification.empty());
}

}  // namespace
}  // namespace offprint
