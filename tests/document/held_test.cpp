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

}  // namespace
}  // namespace offprint
