// Random tag soup: whatever comes, the tree is well-formed, and parsing into a used page gives the same tree.
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

#include "tests/tree/dat.h"
#include "tests/tree/well_formed.h"

namespace offprint::tests {
namespace {

std::string soup(std::mt19937& random, int tokens) {
  static constexpr const char* names[] = {"a",
                                          "b",
                                          "i",
                                          "nobr",
                                          "font",
                                          "p",
                                          "div",
                                          "ul",
                                          "li",
                                          "dl",
                                          "dd",
                                          "dt",
                                          "h1",
                                          "h2",
                                          "form",
                                          "button",
                                          "table",
                                          "caption",
                                          "colgroup",
                                          "col",
                                          "tbody",
                                          "thead",
                                          "tr",
                                          "td",
                                          "th",
                                          "select",
                                          "option",
                                          "optgroup",
                                          "template",
                                          "svg",
                                          "math",
                                          "foreignObject",
                                          "desc",
                                          "mi",
                                          "annotation-xml",
                                          "mglyph",
                                          "g",
                                          "title",
                                          "script",
                                          "style",
                                          "textarea",
                                          "pre",
                                          "html",
                                          "head",
                                          "body",
                                          "frameset",
                                          "frame",
                                          "noscript",
                                          "iframe",
                                          "object",
                                          "marquee",
                                          "ruby",
                                          "rt",
                                          "rtc",
                                          "br",
                                          "hr",
                                          "img",
                                          "image",
                                          "input",
                                          "selectedcontent",
                                          "x-y",
                                          "plaintext"};
  static constexpr const char* others[] = {"text",
                                           " ",
                                           "\n",
                                           "&amp;",
                                           "<!--c-->",
                                           "<![CDATA[x]]>",
                                           "<!doctype html>",
                                           "\r\n",
                                           "<input type=hidden>",
                                           "<font color=x>",
                                           "<p/>",
                                           "<svg/>"};
  std::string s;
  for (int i = 0; i < tokens; ++i) {
    const auto pick = random() % 16;
    // <plaintext> would end the soup each time.
    const std::string name = names[random() % (std::size(names) - (pick % 8 ? 1 : 0))];
    if (pick < 8)
      s += "<" + name + (pick == 0 ? " a=1 b='&lt;'>" : ">");
    else if (pick < 12)
      s += "</" + name + ">";
    else
      s += others[random() % std::size(others)];
    if (random() % 64 == 0) s += '\0';
  }
  return s;
}

TEST(Soup, GivesWellFormedTrees) {
  std::mt19937 random(20240607);
  Page used;
  for (int round = 0; round < 4000; ++round) {
    const std::string html = soup(random, round % 10 == 0 ? 2000 : 60);
    const std::unique_ptr<char[]> buffer(new char[html.size()]);
    html.copy(buffer.get(), html.size());
    const std::string_view input(buffer.get(), html.size());
    Budgets budgets;
    if (round % 3 == 0) budgets.depth = 16;
    if (round % 7 == 0) budgets.nodes = 50;
    const bool scripting = round % 2 == 0;
    Page fresh;
    Meter one(budgets), two(budgets);
    static constexpr const char* contexts[] = {"",         "div",      "table",   "tr",       "select",
                                               "template", "svg desc", "math mi", "frameset", "form"};
    const std::string_view context = contexts[random() % std::size(contexts)];
    if (context.empty()) {
      parse(used, input, {.scripting = scripting}, one);
      parse(fresh, input, {.scripting = scripting}, two);
    } else {
      parse_fragment(used, input, context, {.scripting = scripting}, one);
      parse_fragment(fresh, input, context, {.scripting = scripting}, two);
    }
    ASSERT_TRUE(well_formed(used)) << html;
    ASSERT_LE(depth_of(used), 2 * budgets.depth + 64) << html;
    ASSERT_EQ(serialise(used, !context.empty()), serialise(fresh, !context.empty())) << html;
  }
}

}  // namespace
}  // namespace offprint::tests
