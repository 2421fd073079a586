#include "document/held.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace offprint {
namespace {

const std::string sentence =
    "The ferry left the pier at ten past seven and turned her bow to the mainland once more. ";

std::string prose(int n) {
  std::string all;
  for (int i = 0; i < n; ++i) all += std::to_string(i) + " " + sentence;
  return all;
}

struct Shell {
  std::string input;
  Page page, inner;
  Blocks blocks, inner_blocks;
  Decisions decisions;
  HeadFields head;
  Meter meter;
  bool added = false;
  std::string text;

  explicit Shell(std::string html, Role role = Role::other) : input(std::move(html)) {
    parse(page, input, {}, meter);
    read_head(page, {}, page.arena, meter, head, {1994, 2027});
    find_blocks(page, blocks, meter);
    decisions.of_block.resize(blocks.blocks.size());
    for (Decision& d : decisions.of_block) d.role = role;
    added = add_held_content(page, head, inner, inner_blocks, blocks, decisions, page.arena, meter);
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i)
      if (decisions.of_block[i].chosen) text += std::string(blocks.blocks[i].text) + "\n";
  }
};

const std::string shell = "<p>Loading…</p><a href=/>Home</a>";

TEST(Held, ArticleBody) {
  Shell p(shell + "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"" +
          prose(4) + "\\n" + prose(3) + "\"}</script>");
  EXPECT_TRUE(p.added);
  EXPECT_EQ(p.text.find("Loading"), std::string::npos);
  EXPECT_EQ(std::count(p.text.begin(), p.text.end(), '\n'), 2);
  EXPECT_EQ(p.text.substr(0, 11), "0 The ferry");
  const RawBlock& last = p.blocks.blocks.back();
  const std::string_view source = std::string_view(p.input).substr(last.span.begin, last.span.size());
  EXPECT_EQ(source.substr(0, 11), "0 The ferry");
  EXPECT_EQ(source.substr(source.size() - 9), "once more");
  EXPECT_EQ(source.size() + 1, last.text.size());
}

// A story that is all in data stands among captions, a headline and who wrote it.
TEST(Held, WhatStandsAroundTheStoryIsNotIt) {
  const std::string around = "<p>" + prose(4) + "</p><p>" + prose(1) + "</p>";
  const std::string told = "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"" + prose(9) + "\"}</script>";
  EXPECT_TRUE(Shell(around + told, Role::caption).added);
  EXPECT_TRUE(Shell(around + told, Role::bio).added);
  EXPECT_FALSE(Shell(around + told, Role::body).added);
  EXPECT_FALSE(Shell(around, Role::caption).added);
}

TEST(Held, HydrationWithMarkup) {
  Shell p(shell +
          "<script id=__NEXT_DATA__ "
          "type=application/json>{\"props\":{\"post\":{\"bodyHtml\":\"<h2>Home<\\/h2><p>" +
          prose(4) + "<\\/p><p>" + prose(3) + "<\\/p>\"}}}</script>");
  ASSERT_TRUE(p.added);
  EXPECT_EQ(p.text.substr(0, 5), "Home\n");
  EXPECT_EQ(p.blocks.blocks[p.blocks.blocks.size() - 3].kind, BlockKind::heading);
}

TEST(Held, ParagraphsOfAGlobal) {
  std::string list;
  for (int i = 0; i < 8; ++i)
    list += std::string(i ? "," : "") + "{\"type\":\"p\",\"text\":\"" + prose(1) + "\"}";
  Shell p(shell + "<script>window.__INITIAL_STATE__ = {\"teasers\":[{\"description\":\"" + prose(20) +
          "\"}],\"blocks\":[" + list + "]};boot();</script>");
  ASSERT_TRUE(p.added);
  EXPECT_EQ(p.decisions.of_block.size(), p.blocks.blocks.size());
  EXPECT_EQ(std::count(p.text.begin(), p.text.end(), '\n'), 8);
}

TEST(Held, ChunksOfServerComponents) {
  const std::string text = "<p>" + prose(4) + "</p><p>" + prose(4) + "</p>";
  char size[16];
  std::snprintf(size, sizeof size, "%zx", text.size());
  const std::size_t half = text.size() / 2;
  std::string rows = "<script>self.__next_f.push([1,\"1:[\\\"$\\\",\\\"div\\\"]\\n2:T" + std::string(size) +
                     "," + text.substr(0, half) + "\"])</script><script>self.__next_f.push([1,\"" +
                     text.substr(half) + "3:{}\"])</script>";
  Shell p(shell + rows);
  ASSERT_TRUE(p.added);
  EXPECT_EQ(std::count(p.text.begin(), p.text.end(), '\n'), 2);
  EXPECT_EQ(p.text.substr(0, 11), "0 The ferry");
}

// The prose of footers and cookie bars is that of every page of a site; with it a page is as much of a shell.
TEST(Held, DescriptionOfTheProductWhereNothingIsContent) {
  const std::string page = shell + "<footer><p>" + prose(6) + "</p></footer><script type=application/ld+json>{\"@type\":\"Product\","
                           "\"name\":\"Boat\",\"description\":\"A boat of oak. " + prose(3) + "\"}</script>";
  Shell p(page, Role::footer);
  ASSERT_TRUE(p.added);
  EXPECT_EQ(p.text.substr(0, 14), "A boat of oak.");
  const RawBlock& last = p.blocks.blocks.back();
  EXPECT_EQ(p.input.substr(last.span.begin, 13), "A boat of oak");
  EXPECT_FALSE(Shell(page, Role::body).added);
}

TEST(Held, ShadowRootsAreShown) {
  Shell p("<x-story><template shadowrootmode=open><p>" + prose(1) +
          "</p></template></x-story><template><p>No</p></template>");
  ASSERT_EQ(p.blocks.blocks.size(), 2u);
  EXPECT_EQ(p.blocks.blocks[0].hidden, Hidden::no);
  EXPECT_EQ(p.blocks.blocks[1].hidden, Hidden::template_);
}

TEST(Held, PagesWithProseAreNotTouched) {
  Shell p("<p>" + prose(5) +
          "</p><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"" + prose(40) +
          "\"}</script>");
  EXPECT_FALSE(p.added);
}

TEST(Held, ShortTextsAndBrokenDataAreNone) {
  EXPECT_FALSE(Shell(shell + "<script type=application/json>{\"text\":\"" + prose(2) + "\"}</script>").added);
  EXPECT_FALSE(Shell(shell + "<script type=application/json>{\"text\":\"" + prose(9) + "</script>").added);
  EXPECT_FALSE(Shell(shell + "<script>window.__X__ = {\"text\":\"" + prose(9) + "</script>").added);
  const std::string deep(300, '[');
  EXPECT_FALSE(Shell(shell + "<script type=application/json>" + deep + "</script>").added);
}

// What a page shows, however short, gives way to the whole of it alone.
TEST(Held, ShortTextsThatAreShownStay) {
  const std::string others = "<script type=application/json>{\"mostRead\":[{\"title\":\"Another story\",\"body\":\"" + prose(9) + "\"}]}</script>";
  EXPECT_FALSE(Shell("<title>A fire on the pier</title><h1>A fire on the pier</h1><p>A small fire broke out on the pier last night, and was put out soon.</p>"
                     "<p>Nobody was hurt, and it is open again, the county said.</p>" + others).added);
  EXPECT_FALSE(Shell("<title>旧港口</title><p>这座旧港口原本不应维持一个世纪，但橡木桩比工程师预想的还要坚硬。</p><p>因此县政府决定重新考虑原来的计划。</p>" + others).added);
  EXPECT_FALSE(Shell("<title>puddle</title><p>noun</p><p>a small pool of water, usually from rain</p><p>clay worked wet until it holds</p><p>Origin: Old English pudd, a ditch</p>" + others).added);
  // Told in another script than its title.
  EXPECT_FALSE(Shell("<title>旧港口之下</title>" + shell + others).added);
}

TEST(Held, DataOfThePageIsTakenBeforeOthers) {
  const std::string teaser = "<title>The ferry at ten past seven | Courier</title><p>The ferry turned her bow to the mainland and left the pier once more, as she has done every day.</p><p>Read on below.</p>";
  const std::string data = "{\"mostRead\":[{\"title\":\"Another story\",\"body\":\"Other. " + prose(20) + "\"}],\"post\":{\"title\":{\"rendered\":\"The ferry at ten past seven\"},\"content\":\"" + prose(9) + "\"}}";
  Shell p(teaser + "<script type=application/json>" + data + "</script>");
  ASSERT_TRUE(p.added);
  EXPECT_EQ(p.text.substr(0, 11), "0 The ferry");
  // What is shown is its beginning.
  Shell q("<p>It was a cold morning when the boat went out to sea without her mate</p><p>and nobody said why</p><script type=application/json>{\"n\":{\"text\":\"It was a cold morning when the boat went out to sea without her mate and nobody said why. " + prose(9) + "\"}}</script>");
  EXPECT_TRUE(q.added);
}

TEST(Held, TeasersOfOtherPagesAreNotItsText) {
  Shell p("<title>The pier</title><p>Loading</p>", Role::other);
  const std::string page = "<title>The pier at night</title><p>Loading</p><h3>More</h3><p>" + prose(5) + "</p><script type=application/json>{\"a\":{\"title\":\"The pier at night\",\"body\":\"" + prose(20) + "\"}}</script>";
  EXPECT_TRUE(Shell(page, Role::related).added);
  EXPECT_FALSE(Shell(page, Role::body).added);
}

TEST(Held, ParsedStrings) {
  Shell p(shell + "<script>window.__STATE__ = JSON.parse(\"{\\\"a\\\":{\\\"bodyHtml\\\":\\\"\\u003cp>Caf\\\\u00e9. " + prose(4) + "<\\/p><p>" + prose(4) + "<\\/p>\\\"}}\");</script>");
  ASSERT_TRUE(p.added);
  EXPECT_EQ(p.text.substr(0, 6), "Café.");
  EXPECT_EQ(std::count(p.text.begin(), p.text.end(), '\n'), 2);
  EXPECT_TRUE(Shell(shell + "<script>window.state=JSON.parse(decodeURIComponent('%7B%22text%22%3A%22" + prose(9) + "%22%7D'))</script>").added);
  EXPECT_FALSE(Shell(shell + "<script>window.__STATE__ = JSON.parse(\"{\\\"text\\\":\\\"" + prose(9) + "</script>").added);
}

TEST(Held, TextsInMarkdown) {
  Shell p(shell + "<script type=application/json>{\"text\":\"## The *bow*\\n\\n" + prose(3) + "\\nand **so** on, see [the log](https://x.example/log).\\n\\n- oak\\n- clay\\n\\n```py\\nif a < b:\\n  # no\\n```\\n\\n" + prose(3) + "\"}</script>");
  ASSERT_TRUE(p.added);
  const auto begin = p.blocks.blocks.end() - 6;
  EXPECT_EQ(begin[0].kind, BlockKind::heading);
  EXPECT_EQ(begin[1].text.substr(begin[1].text.size() - 23), "and so on, see the log.");
  EXPECT_EQ(begin[2].kind, BlockKind::list_item);
  EXPECT_EQ(begin[3].text, "clay");
  EXPECT_EQ(begin[4].kind, BlockKind::code);
  EXPECT_EQ(begin[4].text, "if a < b:\n  # no");
  EXPECT_EQ(begin[5].text.substr(0, 11), "0 The ferry");
}

TEST(Held, DataOfAttributes) {
  Shell p(shell + "<div id=app data-page='{&quot;props&quot;:{&quot;post&quot;:{&quot;body&quot;:&quot;<p>" + prose(4) + "</p><p>" + prose(4) + "</p>&quot;}}}'></div>");
  ASSERT_TRUE(p.added);
  EXPECT_EQ(std::count(p.text.begin(), p.text.end(), '\n'), 2);
  EXPECT_EQ(p.input.substr(p.blocks.blocks.back().span.begin, 11), "0 The ferry");
}

TEST(Held, LiteralsOfJavaScript) {
  Shell p("<title>The ferry</title>" + shell + "<script>window.__NUXT__=(function(a,b,c){return {layout:\"x\",data:[{id:a,title:b,draft:c,when:new Date(1,2),body:\"<p>Caf\\u00e9. " + prose(4) +
          "\\u003C/p><p>" + prose(4) + "</p>\",}],error:void 0}}(42,\"The ferry\",!1));</script>");
  ASSERT_TRUE(p.added);
  EXPECT_EQ(p.text.substr(0, 6), "Café.");
  EXPECT_EQ(std::count(p.text.begin(), p.text.end(), '\n'), 2);
  EXPECT_TRUE(Shell(shell + "<script>window.page = { /* all */ post: { 'text': '" + prose(9) + "', n: .5, f: g({a:1}, ']') } };</script>").added);
  for (const std::string_view broken : {"{a:", "{a", "{a:[}", "{a:'x", "{[a]:1}", "(function(a", "(function(a){return {a:'}(", "(function(){return {text:1}}("})
    EXPECT_FALSE(Shell(shell + "<script>window.__X__ = " + std::string(broken) + " /* " + prose(9) + "*/</script>").added) << broken;
}

std::string rich_text(std::string_view paragraph, std::string_view heading) {
  std::string list;
  for (int i = 0; i < 6; ++i) {
    std::string one(i == 2 ? heading : paragraph);
    if (const std::size_t at = one.find("TEXT"); at != std::string::npos) one.replace(at, 4, sentence);
    list += (i ? "," : "") + one;
  }
  return "{\"post\":{\"id\":7,\"parts\":[" + list + "]}}";
}

TEST(Held, TreesOfRichText) {
  const std::pair<std::string_view, std::string_view> kinds[] = {
      // Portable Text, ProseMirror, Contentful, Editor.js, Draft.js
      {R"({"_type":"block","style":"normal","children":[{"_type":"span","text":"Early: "},{"_type":"span","marks":["em"],"text":"TEXT"}]})",
       R"({"_type":"block","style":"h3","children":[{"_type":"span","text":"The bow"}]})"},
      {R"({"type":"paragraph","content":[{"type":"text","text":"Early: "},{"type":"text","marks":[{"type":"bold"}],"text":"TEXT"}]})",
       R"({"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"The bow"}]})"},
      {R"({"nodeType":"paragraph","data":{},"content":[{"nodeType":"text","value":"Early: "},{"nodeType":"text","value":"TEXT"}]})",
       R"({"nodeType":"heading-3","content":[{"nodeType":"text","value":"The bow"}]})"},
      {R"({"type":"paragraph","data":{"text":"Early: TEXT"}})", R"({"type":"header","data":{"text":"The bow","level":3}})"},
      {R"({"type":"unstyled","text":"Early: TEXT"})", R"({"type":"header-three","text":"The bow"})"}};
  for (const auto& [paragraph, heading] : kinds) {
    SCOPED_TRACE(paragraph);
    Shell p(shell + "<script type=application/json>" + rich_text(paragraph, heading) + "</script>");
    ASSERT_TRUE(p.added);
    EXPECT_EQ(std::count(p.text.begin(), p.text.end(), '\n'), 6);
    EXPECT_EQ(p.text.substr(0, 16), "Early: The ferry");
    const RawBlock& third = p.blocks.blocks[p.blocks.blocks.size() - 4];
    EXPECT_EQ(third.text, "The bow");
    EXPECT_EQ(third.kind, BlockKind::heading);
    EXPECT_EQ(third.level, 3);
  }
}

TEST(Held, ListsAndQuotationsOfRichText) {
  Shell p(shell + "<script type=application/json>{\"doc\":{\"type\":\"doc\",\"content\":["
          R"({"type":"paragraph","content":[{"type":"text","text":")" + prose(6) + R"("}]},)"
          R"({"type":"orderedList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"Oak"}]}]},)"
          R"({"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"Clay"}]}]}]},)"
          R"({"type":"blockquote","content":[{"type":"paragraph","content":[{"type":"text","text":"Until it sings"}]}]}]}}</script>)");
  ASSERT_TRUE(p.added);
  const std::size_t n = p.blocks.blocks.size();
  EXPECT_EQ(p.blocks.blocks[n - 3].kind, BlockKind::list_item);
  EXPECT_EQ(p.blocks.blocks[n - 2].text, "Clay");
  EXPECT_EQ(p.blocks.blocks[n - 1].kind, BlockKind::quote);
}

// Things of which each has paragraphs of its own are no text.
TEST(Held, PartsOfThePageAreNoParagraphs) {
  for (const char* document : {"", "\"nodeType\":\"document\","}) {
    std::string offers;
    for (int i = 0; i < 8; ++i)
      offers += std::string(i ? "," : "") + "{\"label\":\"x\",\"text\":{" + document + "\"content\":[{\"type\":\"paragraph\",\"content\":[{\"value\":\"" + prose(1) + "\"}]}]}}";
    EXPECT_FALSE(Shell("<title>The ferry</title>" + shell + "<script type=application/json>{\"title\":\"The ferry\",\"offers\":[" + offers + "]}</script>").added) << document;
  }
}

TEST(Held, ElementsOfServerComponents) {
  std::string children;
  for (int i = 0; i < 6; ++i)
    children += std::string(i ? "," : "") + "[\"$\",\"p\",\"" + std::to_string(i) + "\",{\"className\":\"x\",\"children\":[\"Early: \",[\"$\",\"em\",null,{\"children\":\"all\"}],\" of it. " + sentence + "\"]}]";
  std::string row = "0:[\"$\",\"main\",null,{\"children\":[[\"$\",\"nav\",null,{\"children\":\"Home\"}],[\"$\",\"h2\",null,{\"children\":\"The bow\"}]," + children + "]}]\n";
  std::string escaped;
  for (const char c : row) c == '"' ? escaped += "\\\"" : c == '\n' ? escaped += "\\n" : escaped += c;
  Shell p(shell + "<script>self.__next_f.push([1,\"" + escaped + "\"])</script>");
  ASSERT_TRUE(p.added);
  EXPECT_EQ(p.text.substr(0, 8), "The bow\n");
  EXPECT_EQ(p.text.substr(8, 26), "Early: all of it. The ferr");
  EXPECT_EQ(std::count(p.text.begin(), p.text.end(), '\n'), 7);
}

TEST(Held, PayloadsOfReferences) {
  Shell p("<title>The ferry</title>" + shell + "<script type=application/json id=__NUXT_DATA__>[[\"ShallowReactive\",1],{\"data\":2},{\"post\":3,\"n\":7},{\"title\":4,\"body\":5,\"self\":3},\"The ferry\",\"<p>" +
          prose(4) + "<\\/p><p>" + prose(4) + "<\\/p>\",\"unused\",12]</script>");
  ASSERT_TRUE(p.added);
  EXPECT_EQ(std::count(p.text.begin(), p.text.end(), '\n'), 2);
}

TEST(Held, PartsAndEscapedMarkupOfJsonLd) {
  Shell parts(shell + "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":[\"" + prose(3) + "\",\"" + prose(3) + "\"]}</script>");
  ASSERT_TRUE(parts.added);
  EXPECT_EQ(std::count(parts.text.begin(), parts.text.end(), '\n'), 2);
  Shell escaped(shell + "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"&lt;p&gt;" + prose(3) + "&lt;/p&gt;&lt;p&gt;" + prose(3) + "&lt;/p&gt;\"}</script>");
  ASSERT_TRUE(escaped.added);
  EXPECT_EQ(std::count(escaped.text.begin(), escaped.text.end(), '\n'), 2);
  EXPECT_EQ(escaped.text.substr(0, 11), "0 The ferry");
  // Short, but all there is.
  EXPECT_TRUE(Shell(shell + "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"" + prose(2) + "\"}</script>").added);
}

TEST(Held, RecipesQuestionsAndJobsOfJsonLd) {
  const auto page = [](std::string json) { return shell + "<script type=application/ld+json>" + json + "</script>"; };
  Shell recipe(page(R"({"@type":"Recipe","name":"Oatcakes","description":"A quick supper that feeds four of a crew.","recipeIngredient":["200 g oatmeal","1 apple"],
    "recipeInstructions":[{"@type":"HowToStep","text":"Mix the oatmeal with the oil and enough hot water."},{"@type":"HowToStep","text":"Roll it out thinly and bake until it is crisp."}]})"));
  ASSERT_TRUE(recipe.added);
  EXPECT_NE(recipe.text.find("feeds four of a crew.\n200 g oatmeal\n1 apple\nMix the oatmeal"), std::string::npos);
  Shell question(page(R"({"@type":"QAPage","mainEntity":{"@type":"Question","name":"How?","text":"How do I seal an oak jetty that dries out at every tide?",
    "acceptedAnswer":{"@type":"Answer","text":"Use raw oil and tar, warmed, after a dry week."},"suggestedAnswer":[{"@type":"Answer","text":"I would leave it alone, oak lasts."}]}})"));
  ASSERT_TRUE(question.added);
  EXPECT_EQ(std::count(question.text.begin(), question.text.end(), '\n'), 3);
  Shell asked(page(R"({"@type":"QAPage","mainEntity":{"@type":"Question","name":"How?","text":")" + prose(6) + R"(","acceptedAnswer":{"@type":"Answer","text":"Use raw oil."}}})"));
  EXPECT_TRUE(asked.text.ends_with("Use raw oil.\n")) << asked.text;
  EXPECT_TRUE(Shell(page(R"({"@type":"JobPosting","title":"Engineer","description":"<p>)" + prose(2) + R"(</p>"})")).added);
  const std::string job = R"({"@type":"JobPosting","description":"<p>)" + prose(2) + R"(</p>"})";
  EXPECT_FALSE(Shell(page("[" + job + "," + job + "]")).added);
}

}  // namespace
}  // namespace offprint
