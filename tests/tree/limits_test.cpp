// Budgets, and inputs made to be slow: work stays linear, trees stay well-formed and flat.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "tests/hostile/measure.h"
#include "tests/tree/well_formed.h"

namespace offprint::tests {
namespace {

std::string repeat(std::string_view what, std::size_t bytes) {
  std::string s;
  s.reserve(bytes + what.size());
  while (s.size() < bytes) s += what;
  return s;
}

TEST(Limits, DepthIsCapped) {
  Page page;
  for (const std::uint32_t cap : {512u, 32u}) {
    Meter meter({.depth = cap});
    std::string html = "<!DOCTYPE html>";
    for (int i = 0; i < 2000; ++i) html += "<div>" + std::to_string(i);
    parse(page, html, {}, meter);
    EXPECT_TRUE(well_formed(page));
    EXPECT_EQ(meter.noted, Limit::depth);
    EXPECT_EQ(meter.spent, Limit::none);
    EXPECT_EQ(depth_of(page), cap + 1);  // and a text
    EXPECT_GT(page.nodes.size(), 4000u);
  }
}

TEST(Limits, EndTagsPastTheDepthCapStillFindTheirElements) {
  Page page;
  Meter meter;
  std::string html = "<!DOCTYPE html><body><section>";
  for (int i = 0; i < 600; ++i) html += "<div>";
  html += "deep";
  for (int i = 0; i < 600; ++i) html += "</div>";
  html += "<p id=after>after</section>";
  parse(page, html, {}, meter);
  EXPECT_TRUE(well_formed(page));
  NodeId p = no_node;
  for (NodeId at = 0; at < page.nodes.size(); ++at)
    if (page[at].tag == Tag::p) p = at;
  ASSERT_NE(p, no_node);
  EXPECT_EQ(page[page[p].parent].tag, Tag::section);
}

TEST(Limits, NodesAreCapped) {
  Page page;
  Meter meter({.nodes = 1000});
  const std::string html = repeat("<p>x", 100'000);
  parse(page, html, {}, meter);
  EXPECT_EQ(meter.spent, Limit::nodes);
  EXPECT_GE(page.nodes.size(), 1000u);
  EXPECT_LE(page.nodes.size(), 1100u);
  EXPECT_TRUE(well_formed(page));
}

TEST(Limits, TimeIsCapped) {
  Page page;
  Meter meter({.milliseconds = 1});
  const std::string html = repeat("<b><p>x</b>", 8'000'000);
  const double begin = hostile::cpu_seconds();
  parse(page, html, {}, meter);
  EXPECT_EQ(meter.spent, Limit::time);
  EXPECT_LT(hostile::cpu_seconds() - begin, 0.5);
  EXPECT_TRUE(well_formed(page));
}

struct Hostile {
  const char* name;
  std::function<std::string(std::size_t bytes)> make;
};

std::string numbered(std::string_view before, std::string_view after, std::size_t bytes) {
  std::string s;
  for (std::size_t i = 0; s.size() < bytes; ++i) (s += before) += std::to_string(i) += after;
  return s;
}

std::vector<Hostile> hostile_inputs() {
  const auto repeated = [](std::string what) {
    return [what](std::size_t bytes) { return repeat(what, bytes); };
  };
  // Half of one, then half of the other.
  const auto halves = [](std::string one, std::string two) {
    return [one, two](std::size_t bytes) { return repeat(one, bytes / 2) + repeat(two, bytes / 2); };
  };
  return {
      {"AdoptionChain", repeated("<a><b>")},
      {"AdoptionOfBlocks", repeated("<a><p>x</a>")},
      {"AdoptionOfManyFormats", repeated("<a><b><i><u><s><p></a></b></i></u></s>")},
      {"AdoptionOfManyChildren",
       [](std::size_t n) {
         return repeat("<b><i><u><tt><em><code><big><small>", 40) + "<div>" + repeat("<p>x</p>", n / 2) +
                repeat("</b></i></u></tt></em>", n / 2);
       }},
      {"FormatsAndParagraphs", repeated("<b><p>")},
      {"FormatsAndTables", repeated("<b><table><td>")},
      {"FormatsAndEndTags", halves("<i>", "</b>")},
      {"NobrFlood", repeated("<nobr><p>")},
      {"DistinctFormats", [](std::size_t n) { return numbered("<font size=", "><p>x", n); }},
      {"DistinctAttributeOrders",
       [](std::size_t n) {
         std::string many, reverse;
         for (int i = 0; i < 500; ++i) {
           many += " a" + std::to_string(i);
           reverse += " a" + std::to_string(499 - i);
         }
         return repeat("<b" + many + "><b" + reverse + ">", n);
       }},
      {"FosterText", [](std::size_t n) { return "<table>" + repeat("x</x> </x>", n); }},
      {"FosterElements", [](std::size_t n) { return "<table>" + repeat("<i>x<tr>", n); }},
      {"FosterTables", repeated("<table>x<table>")},
      {"NestedTables", repeated("<table><tr><td>")},
      {"NestedTablesInButtons", repeated("<button><table>")},
      {"NestedTemplates", repeated("<template>")},
      {"NestedTemplatesAndRows", repeated("<template><tr><td>")},
      {"NestedForms", repeated("<form><div>")},
      {"FormEndTags", halves("<div>", "<form></form>")},
      {"NestedSvg", repeated("<svg>")},
      {"NestedIntegrationPoints", repeated("<svg><foreignObject><math><mi>")},
      {"SvgBreakouts", repeated("<svg><g><p>")},
      {"SvgEndTags", halves("<svg><g>", "</x>")},
      {"DeepDivs", repeated("<div>")},
      {"DeepDivsAndEndTags", halves("<div>", "</p>")},
      {"DeepSpansAndEndTags", halves("<span>", "</x>")},
      {"DeepSpansAndHeadings", halves("<span>", "</h1>")},
      {"DeepSpansAndParagraphs", halves("<p><span><object>", "</p>")},
      {"DeepListsAndItems", halves("<ul><li><div>", "<li>")},
      {"DeepDivsAndTables", halves("<div>", "<table></table>")},
      {"ScopesOfSelects", halves("<div>", "<select><option>")},
      {"SelectedContents",
       repeated("<select><button><selectedcontent></button><option selected>x<b>y</select>")},
      {"NestedOptions", repeated("<select><selectedcontent><option selected><div>")},
      {"ManyHtmlTags", [](std::size_t n) { return "<html><body>" + numbered("<html a", ">", n); }},
      {"ManyHtmlTagsAndOthers",
       [](std::size_t n) { return "<html><body>" + numbered("<html a", "><b x>", n); }},
      {"ManyAttributesOnHtml", [](std::size_t n) { return "<html" + numbered(" a", "=1", n) + ">"; }},
      {"RepeatedMerges",
       [](std::size_t n) {
         return "<html" + numbered(" a", "=1", 5000) + "><body>" + repeat("<html zz><p y=1>", n);
       }},
      {"TextInPieces", repeated("a</x>&amp;")},
      {"Nul", [](std::size_t n) { return repeat(std::string_view("\0<p>\0", 5), n); }},
      {"Framesets", repeated("<frameset> x ")},
      {"RubyFlood", repeated("<ruby><rt><rtc>")},
      {"ButtonFlood", repeated("<button><p>")},
      {"Comments", repeated("<!-->")},
  };
}

// Of this process: other programs on the machine do not count.
double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double parse_seconds(Page& page, const std::string& html) {
  const double begin = cpu_seconds();
  Meter meter;
  parse(page, html, {}, meter);
  return cpu_seconds() - begin;
}

class HostileInput : public testing::TestWithParam<Hostile> {};

TEST_P(HostileInput, CostsLinearTime) {
  constexpr std::size_t megabyte = 1'000'000;
  const std::string one = GetParam().make(megabyte), four = GetParam().make(4 * megabyte);
  Page page;
  parse_seconds(page, four);  // grows the page's memory
  EXPECT_TRUE(well_formed(page));
  // Formatting elements are cloned into their blocks, past the depth cap of the stack but not without bound.
  EXPECT_LE(depth_of(page), 2 * 512u);
  // The least of three runs. What takes 0.4 seconds for 4 MB (sanitizers!) is not measured finer: caches make
  // small pages look faster than they are.
  double small = 1e9, large = 1e9;
  for (int i = 0; i < 3; ++i) {
    small = std::min(small, parse_seconds(page, one));
    large = std::min(large, parse_seconds(page, four));
  }
  RecordProperty("milliseconds_per_megabyte", static_cast<int>(small * 1000));
  EXPECT_LT(small, 4.0);
  EXPECT_LT(large, std::max(6 * small, 0.4)) << small;
}

INSTANTIATE_TEST_SUITE_P(Tree, HostileInput, testing::ValuesIn(hostile_inputs()),
                         [](const auto& input) { return std::string(input.param.name); });

}  // namespace
}  // namespace offprint::tests
