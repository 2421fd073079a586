#include "reader/reader.h"

#include <gtest/gtest.h>

#include "reader/page.h"
#include "tests/reader/fixtures.h"

namespace offprint {
namespace {

using fixtures::Made;

std::string inspected(void (*fill)(Made&)) {
  Made made;
  fill(made);
  const std::string source = fixtures::source_of(made);
  std::string out;
  write_inspect(made.finish(), source, out);
  return out;
}
std::string reading(void (*fill)(Made&)) {
  Made made;
  fill(made);
  std::string out;
  write_reading_copy(made.finish(), out);
  return out;
}
std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size()) ++n;
  return n;
}
// The page without the style sheet and the script that are ours.
std::string without_assets(std::string out) {
  for (const std::string_view text : {inspect_css.text, inspect_js.text, read_css.text, read_js.text}) {
    if (const std::size_t at = out.find(text); at != std::string::npos) out.erase(at, text.size());
  }
  return out;
}

// A character that XML and HTML let pass is passed; controls, NULs and broken UTF-8 are not.
bool is_clean(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p < end) {
    const auto c = static_cast<unsigned char>(*p);
    if (c < 0x20 && c != '\n' && c != '\t') return false;
    if (c < 0x80) {
      ++p;
      continue;
    }
    int length = 1;
    while (p + length < end && (static_cast<unsigned char>(p[length]) & 0xC0) == 0x80) ++length;
    if (length < 2 || length > 4 || c < 0xC2 || c > 0xF4) return false;
    if (c == 0xED && static_cast<unsigned char>(p[1]) >= 0xA0) return false;
    p += length;
  }
  return true;
}

// The tags alone, without what stands in their quotes: names of elements and attributes.
std::string bare_tags(std::string_view out) {
  std::string tags;
  bool inside = false, quoted = false;
  for (const char c : out) {
    if (!inside) {
      inside = c == '<';
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == '>') {
      inside = false;
    } else if (!quoted) {
      tags.push_back(c);
    }
  }
  EXPECT_FALSE(inside);
  return tags;
}

TEST(Reader, HostilePageBringsNoMarkup) {
  for (const std::string& page : {inspected(fixtures::fill_hostile), reading(fixtures::fill_hostile)}) {
    const std::string out = without_assets(page);
    EXPECT_LE(count(out, "<script"), 2u);  // the data and the script
    EXPECT_EQ(count(out, "<script"), count(out, "</script>"));
    EXPECT_EQ(count(out, "<style"), 1u);
    EXPECT_EQ(count(out, "</style"), 1u);
    EXPECT_EQ(count(out, "</title"), 1u);
    EXPECT_EQ(count(out, "<img"), 0u);
    EXPECT_EQ(count(out, "<!--"), 0u);
    EXPECT_EQ(count(out, "<![CDATA["), 0u);
    EXPECT_EQ(count(out, "href=\"javascript"), 0u);
    const std::string tags = bare_tags(out);
    for (const std::string_view part : {"src", "onerror", "onclick", "style=", "hacked", "evil"})
      EXPECT_EQ(tags.find(part), std::string::npos) << part;
    EXPECT_TRUE(is_clean(page));
  }
}

TEST(Reader, PolicyNamesOurAssetsOnly) {
  for (const std::string& page : {inspected(fixtures::fill_story), reading(fixtures::fill_story)}) {
    EXPECT_NE(page.find("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"),
              std::string::npos);
    EXPECT_EQ(page.find("unsafe"), std::string::npos);
    EXPECT_EQ(count(page, " style=\""), 0u);
    EXPECT_EQ(count(page, " action="), 0u);
    EXPECT_EQ(count(page, "<link "), 0u);
  }
}

TEST(Reader, InspectShowsEveryBlock) {
  const std::string page = inspected(fixtures::fill_large);
  EXPECT_EQ(count(page, "role=\"option\""), 3000u);
  EXPECT_LT(page.size(), 3'000'000u);
  EXPECT_NE(inspected([](Made&) {}).find("This page has no blocks."), std::string::npos);
}

TEST(Reader, InspectTakesSpansAsTheyCome) {
  Made made;
  Block& beyond = made.body("x");
  beyond.span_begin = 10;
  beyond.span_end = ~std::uint64_t{0};
  Block& backwards = made.body("y");
  backwards.span_begin = 5;
  backwards.span_end = 2;
  std::string out;
  write_inspect(made.finish(), "0123456789<b>", out);
  EXPECT_NE(out.find("\"\\u003cb\\u003e\",0]"), std::string::npos);
}

TEST(Reader, ReadingCopyOfTheStory) {
  const std::string page = reading(fixtures::fill_story);
  EXPECT_EQ(count(page, "<h1"), 1u);
  EXPECT_EQ(count(page, "The harbour keeps its lights on"), 2u);  // the tab and the head
  EXPECT_NE(page.find("<p class=\"standfirst\""), std::string::npos);
  EXPECT_NE(page.find("<figcaption>The pilot station last week."), std::string::npos);
  EXPECT_NE(page.find("href=\"https://img.example.org/pilot-station.jpg\""), std::string::npos);
  EXPECT_EQ(page.find("Most read"), std::string::npos);
  EXPECT_EQ(page.find("Advertisement"), std::string::npos);
  EXPECT_NE(page.find("href=\"https://www.example.org/support\""), std::string::npos);
  EXPECT_NE(page.find("From €2 a month"), std::string::npos);
  EXPECT_NE(
      page.find(
          "Without ads since <time lang=\"en\" dir=\"ltr\" datetime=\"2023-01-01\">1 January 2023</time>"),
      std::string::npos);
  EXPECT_NE(page.find("Correction: an earlier version"), std::string::npos);
}

TEST(Reader, NoCardWithoutARequest) {
  EXPECT_EQ(reading(fixtures::fill_japanese).find("id=\"support\""), std::string::npos);
  const std::string arabic = reading(fixtures::fill_arabic);
  EXPECT_NE(arabic.find("<html lang=\"ar\" dir=\"rtl\">"), std::string::npos);
  EXPECT_NE(arabic.find("id=\"support\""), std::string::npos);
}

// Only web addresses become links; without one there is none.
TEST(Reader, SupportLinkOnTheWebOnly) {
  const std::string page = reading(fixtures::fill_hostile);
  EXPECT_EQ(page.find("class=\"give\""), std::string::npos);
  EXPECT_NE(page.find("This page sends nothing anywhere."), std::string::npos);
}

TEST(Page, Pieces) {
  EXPECT_EQ(shown_host("https://www.example.org/a"), "example.org");
  EXPECT_EQ(shown_host("http://user:pw@evil.org\\@good.org/"), "evil.org");
  EXPECT_EQ(shown_host("javascript:alert(1)"), "");
  const auto money = [](double amount, std::string_view currency) {
    std::string out;
    append_money({amount, currency, "", ""}, out);
    return out;
  };
  EXPECT_EQ(money(10000, "USD"), "$10,000");
  EXPECT_EQ(money(2.5, "EUR"), "€2.50");
  EXPECT_EQ(money(300, "RUB"), "300\u00A0₽");
  EXPECT_EQ(money(20, "CHF"), "20\u00A0CHF");
  EXPECT_EQ(money(1234567.899, "USD"), "$1,234,567.90");
  std::string day;
  append_day("2015-12-15T18:20:00+03:00", day);
  append_day(" / 2015", day);
  append_day("2015-13-01", day);
  EXPECT_EQ(day, "15 December 2015 / 20152015-13-01");
}

// What stands right around a block is shown with its source; what opened further away is not.
TEST(Reader, InspectShowsTheTagsAround) {
  const std::string source = "<main><!-- x --><p class=lead> <em>Text</em> more</p></main>";
  const Block block{.text = "Text more", .span_begin = source.find("Text"), .span_end = source.find("</p>")};
  Document document;
  document.blocks = {&block, 1};
  std::string out;
  write_inspect(document, source, out);
  EXPECT_NE(out.find("p class=lead"), out.npos);
  EXPECT_EQ(out.find("main\\u003e"), out.npos);
  EXPECT_EQ(out.find("-- x --"), out.npos);
}

// Addresses are shown as people write them, but never so that they could be taken for others.
TEST(Reader, ShownAddresses) {
  const auto shown = [](std::string_view address) {
    std::string out;
    append_shown_address(address, out);
    return out;
  };
  EXPECT_EQ(shown("https://example.org/news/a-b?c=1"), "example.org/news/a-b?c=1");
  EXPECT_EQ(shown("https://example.org/%D9%85%D8%B1%D9%81%D8%A3"), "example.org/مرفأ");
  EXPECT_EQ(shown("https://example.org/a%2Fb%3Fc"), "example.org/a%2Fb%3Fc");
  // A character that turns the direction, and broken UTF-8, stay coded.
  EXPECT_EQ(shown("https://example.org/%E2%80%AEgpj.exe"), "example.org/%E2%80%AEgpj.exe");
  EXPECT_EQ(shown("https://example.org/%D9x"), "example.org/%D9x");
  EXPECT_EQ(shown("https://example.org/<script>"), "example.org/&lt;script&gt;");
  EXPECT_TRUE(shown("https://example.org/" + std::string(500, 'a')).ends_with("a…"));
}

}  // namespace
}  // namespace offprint
