// The choice of the blocks that make the text, from their probabilities.
#include "roles/choose.h"

#include <gtest/gtest.h>

#include <string>

#include "blocks/features.h"
#include "roles/signatures.h"
#include "tree/tree.h"

namespace offprint {
namespace {

struct Case {
  Blocks blocks;
  Features features;
  Decisions decisions;
  Decision& add(float content, std::uint32_t words, std::uint32_t group = 0, std::uint32_t ordinal = 0) {
    RawBlock b;
    b.kind = group != 0 ? BlockKind::list_item : BlockKind::paragraph;
    b.words = words;
    b.group = group;
    b.ordinal = ordinal;
    blocks.blocks.push_back(b);
    features.facts.emplace_back();
    Decision& d = decisions.of_block.emplace_back();
    d.content = content;
    return d;
  }
  void add_with_roles(float content, std::uint32_t words, float body, float navigation) {
    Decision& d = add(content, words);
    d.in_text = {Role::body, body};
    d.elsewhere = {Role::navigation, navigation};
  }
  std::string chosen() {
    choose_content(blocks, features, 1, decisions);
    std::string s;
    for (const Decision& d : decisions.of_block) s += d.chosen ? 'x' : '.';
    return s;
  }
};

TEST(Choose, TheLikeliestThatMaximiseTheExpectedF1) {
  Case c;
  for (float p : {0.02f, 0.95f, 0.9f, 0.4f, 0.6f, 0.01f}) c.add(p, 40);
  EXPECT_EQ(c.chosen(), ".xx.x.");
}

TEST(Choose, NothingWhereNothingIsLikely) {
  Case c;
  for (int i = 0; i < 5; ++i) c.add(0.01f, 10);
  EXPECT_EQ(c.chosen(), ".....");
}

TEST(Choose, OfFewWordsTheRoleDecidesAndOfManyTheWords) {
  Case c;
  for (int i = 0; i < 3; ++i) c.add_with_roles(0.95f, 200, 0.9f, 0.05f);
  c.add_with_roles(0.3f, 3, 0.9f, 0.05f);
  c.add_with_roles(0.3f, 300, 0.9f, 0.05f);
  c.add_with_roles(0.8f, 2, 0.05f, 0.9f);
  c.add_with_roles(0.8f, 100, 0.05f, 0.9f);
  for (float content : {0.3f, 0.8f}) c.add_with_roles(content, 0, 0.6f, 0.3f);  // strokes, stars
  EXPECT_EQ(c.chosen(), "xxxx..x.x");
}

TEST(Choose, WordsWeighLessTheLongerThePageIs) {
  // Of the same block, on a page of 400 words and on one of 40,000.
  Case small, large;
  for (int i = 0; i < 2; ++i) small.add_with_roles(0.95f, 200, 0.9f, 0.05f), large.add_with_roles(0.95f, 20000, 0.9f, 0.05f);
  for (Case* c : {&small, &large}) c->add_with_roles(0.2f, 20, 0.6f, 0.3f);
  EXPECT_EQ(small.chosen(), "xx.");
  EXPECT_EQ(large.chosen(), "xxx");
}

TEST(Choose, NoRoleIsWorthATextWhereNothingIsLikely) {
  Case c;
  for (int i = 0; i < 5; ++i) c.add_with_roles(0.01f, 10, 0.9f, 0.05f);
  EXPECT_EQ(c.chosen(), ".....");
}

TEST(Choose, OfALongTextOneCopyIsTaken) {
  // A page for narrow and one for wide screens; and a manual that says the same of two functions.
  Case twice, manual;
  const auto copy = [](Case& c, float content, std::uint32_t words, std::uint32_t hash) {
    c.add(content, words);
    c.features.facts.back().text_hash = hash;
    c.features.facts.back().duplicates = 2;
  };
  for (std::uint32_t hash : {1u, 2u, 1u, 2u}) copy(twice, 0.99f, 30, hash);
  copy(twice, 0.9f, 3, 3);
  copy(twice, 0.9f, 3, 3);
  EXPECT_EQ(twice.chosen(), "xx..xx");
  for (int i = 0; i < 10; ++i) manual.add(0.98f, 100);
  for (float content : {0.98f, 0.98f, 0.9f}) copy(manual, content, 30, 1);
  EXPECT_EQ(manual.chosen(), "xxxxxxxxxxxx.");
}

TEST(Choose, TermsStayWithTheirDefinitions) {
  Case c;
  for (float content : {0.9f, 0.01f, 0.01f, 0.9f, 0.01f, 0.01f}) c.add(content, 10);
  for (std::size_t i : {1u, 2u, 4u}) c.blocks.blocks[i].kind = BlockKind::term;
  for (std::size_t i : {3u, 5u}) {
    c.blocks.blocks[i].kind = BlockKind::definition;
    c.blocks.blocks[i].first_of_item = true;
    c.blocks.blocks[i].in.definitions = 1;
  }
  EXPECT_EQ(c.chosen(), "xxxx..");
  Case code;
  for (float content : {0.9f, 0.01f, 0.9f, 0.01f, 0.9f}) code.add(content, 10);
  for (std::size_t i : {1u, 3u}) code.blocks.blocks[i].kind = BlockKind::term;
  code.blocks.blocks[2].kind = BlockKind::code;  // that the first definition begins with
  code.blocks.blocks[2].in.definitions = 1;
  EXPECT_EQ(code.chosen(), "xxx.x");
}

// Rows of tables stay, and with the copy of a quotation goes what says whose it is.
TEST(Choose, CopiesOfRowsAndQuotations) {
  const auto chosen = [](BlockKind kind, std::uint8_t quotes, std::string_view before) {
    Case c;
    for (std::uint32_t hash : {1u, 2u, 3u, 1u}) {
      c.add(0.99f, hash == 1 ? 30 : 4);
      c.features.facts.back().text_hash = hash;
      c.features.facts.back().duplicates = hash == 1 ? 2 : 1;
    }
    c.blocks.blocks[2].text = before;
    c.blocks.blocks[3].kind = kind;
    c.blocks.blocks[3].in.quotes = quotes;
    return c.chosen();
  };
  EXPECT_EQ(chosen(BlockKind::paragraph, 0, "Jane wrote:"), "xxx.");
  EXPECT_EQ(chosen(BlockKind::table, 0, "Jane wrote:"), "xxxx");
  EXPECT_EQ(chosen(BlockKind::code, 0, "Jane wrote:"), "xxxx");  // the same example twice
  EXPECT_EQ(chosen(BlockKind::quote, 1, "Jane wrote:"), "xx..");
  EXPECT_EQ(chosen(BlockKind::quote, 1, "Originally Posted by Jane"), "xx..");
  EXPECT_EQ(chosen(BlockKind::quote, 1, "jane42 wrote: Sat Feb 24, 2024"), "xx..");
  EXPECT_EQ(chosen(BlockKind::quote, 1, "I do not think so."), "xxx.");
}

// A step that comes twice stays in its list; not where all of the list comes twice, nor in threads.
TEST(Choose, CopiesOfItems) {
  const auto chosen = [](std::size_t own, PageType type) {
    Case c;
    c.decisions.page_type = type;
    for (std::size_t i = 0; i < 4 + own; ++i) {
      const bool copy = i == 0 || i == 3 + own;
      c.add(0.9f, 30, 1);
      c.features.facts.back().text_hash = copy ? 7 : static_cast<std::uint32_t>(100 + i);
      c.features.facts.back().duplicates = copy ? 2 : 1;
    }
    return c.chosen();
  };
  EXPECT_EQ(chosen(0, PageType::article), "xxxx");
  EXPECT_EQ(chosen(0, PageType::forum), "xxx.");
  Case twice;
  for (std::uint32_t i = 0; i < 6; ++i) {
    twice.add(0.9f, 30, 1 + i / 3);
    twice.features.facts.back().text_hash = i % 3;
    twice.features.facts.back().duplicates = 2;
  }
  EXPECT_EQ(twice.chosen(), "xxx...");
}

// With its text goes the heading of a copy, where it stood before; other headings stay.
TEST(Choose, HeadingsOfCopies) {
  Case c;
  for (std::uint32_t hash : {1u, 2u, 3u, 1u, 2u, 4u, 2u}) {
    c.add(0.9f, hash == 2 ? 30 : 3);
    c.features.facts.back().text_hash = hash;
    c.features.facts.back().duplicates = hash == 1 || hash == 2 ? 2 : 1;
    c.blocks.blocks.back().kind = hash == 2 ? BlockKind::paragraph : BlockKind::heading;
    c.blocks.blocks.back().level = 2;
  }
  EXPECT_EQ(c.chosen(), "xxx..x.");
}

// "See:", and links that look like recommendations.
TEST(Choose, WhatIsAnnounced) {
  const auto chosen = [](std::string_view text, Role role) {
    Case c;
    c.add(0.9f, 30);
    c.blocks.blocks.back().text = text;
    for (int i = 0; i < 2; ++i) {
      c.add(0.05f, 10, 3);
      c.decisions.of_block.back().elsewhere = {role, 0.9f};
    }
    c.add(0.9f, 30);
    return c.chosen();
  };
  EXPECT_EQ(chosen("These may help:", Role::related), "xxxx");
  EXPECT_EQ(chosen("See：", Role::related), "xxxx");
  EXPECT_EQ(chosen("These may help.", Role::related), "x..x");
  EXPECT_EQ(chosen("Share it:", Role::social), "x..x");
}

TEST(Signatures, OfPosts) {
  const std::string html = "<div class=has-signature><p>Said in so many words of the thread.</p><div class='message-signature'><p>Buy!</p></div><div class=no-signature><p>Said, too.</p></div><div class=signaturecontainer>Sell!</div></div>";
  Page page;
  Blocks blocks;
  Meter meter;
  parse(page, html, {}, meter);
  find_blocks(page, blocks, meter);
  Decisions decisions;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    Decision& d = decisions.of_block.emplace_back();
    d.role = Role::body;
    d.elsewhere = {Role::bio, 0.5f};
    d.chosen = true;
  }
  leave_out_signatures(page, blocks, decisions);
  std::string left;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i)
    if (decisions.of_block[i].chosen) left.append(blocks.blocks[i].text);
  EXPECT_EQ(left, "Said in so many words of the thread.Said, too.");
  EXPECT_EQ(decisions.of_block[1].role, Role::bio);
}

TEST(Choose, WhatOnlyScreenReadersAreToldIsNotChosen) {
  Case c;
  for (int i = 0; i < 4; ++i) c.add(0.99f, 30).chosen = true;
  c.blocks.blocks[1].hidden = c.blocks.blocks[2].hidden = Hidden::screen_reader;
  c.decisions.of_block[2].role = Role::headline;
  leave_out_unshown(c.blocks, c.decisions);
  EXPECT_TRUE(c.decisions.of_block[0].chosen && !c.decisions.of_block[1].chosen && c.decisions.of_block[2].chosen);
  Case all;
  all.add(0.99f, 30).chosen = true;
  all.blocks.blocks[0].hidden = Hidden::screen_reader;
  leave_out_unshown(all.blocks, all.decisions);
  EXPECT_TRUE(all.decisions.of_block[0].chosen);
}

TEST(Choose, ListsTablesAndGlossariesAreDecidedAsAWhole) {
  const auto chosen = [](BlockKind kind, std::initializer_list<float> contents, Hidden hidden = Hidden::no) {
    Case c;
    c.add(0.95f, 60);
    for (const float content : contents) {
      c.add(content, 10, 1);
      c.blocks.blocks.back().kind = kind;
    }
    c.blocks.blocks.back().hidden = hidden;
    return c.chosen();
  };
  for (const BlockKind kind : {BlockKind::list_item, BlockKind::table, BlockKind::term, BlockKind::definition}) {
    EXPECT_EQ(chosen(kind, {0.9f, 0.2f, 0.9f, 0.9f}), "xxxxx");
    EXPECT_EQ(chosen(kind, {0.9f, 0.9f, 0.1f}, Hidden::style), "xxx.");
    EXPECT_EQ(chosen(kind, {0.6f, 0.1f, 0.1f, 0.1f}), kind == BlockKind::list_item ? "x...." : "xx...");
  }
  EXPECT_EQ(chosen(BlockKind::paragraph, {0.9f, 0.2f, 0.9f, 0.9f}), "xx.xx");
  EXPECT_EQ(chosen(BlockKind::list_item, {0.9f, 0.2f}), "xx.");  // two are no list
}

TEST(Choose, ListsWithinListsAndLongItemsStandForThemselves) {
  Case c;
  for (const float content : {0.95f, 0.95f, 0.95f}) c.add(content, 60, 1);
  for (const float content : {0.1f, 0.6f, 0.1f, 0.1f, 0.1f}) c.add(content, 5, 1);  // a menu in the page's layout
  for (std::size_t i = 0; i < 8; ++i) c.blocks.blocks[i].in.lists = i < 3 ? 1 : 2;
  EXPECT_EQ(c.chosen(), "xxx.....");
}

TEST(Choose, CodeAmidTheTextIsPartOfIt) {
  const auto chosen = [](BlockKind kind, float behind) {
    Case c;
    for (const float content : {0.95f, 0.02f, 0.03f, behind, 0.01f}) c.add(content, 40);
    c.blocks.blocks[1].kind = kind;
    c.blocks.blocks[4].kind = kind;
    return c.chosen();
  };
  EXPECT_EQ(chosen(BlockKind::code, 0.95f), "xx.x.");
  EXPECT_EQ(chosen(BlockKind::math, 0.95f), "xx.x.");
  EXPECT_EQ(chosen(BlockKind::paragraph, 0.95f), "x..x.");
  EXPECT_EQ(chosen(BlockKind::code, 0.02f), "x....");
}

TEST(Choose, HeadingsOfWhatIsTaken) {
  const auto chosen = [](float heading, float below) {
    Case c;
    for (const float content : {0.95f, heading, below, 0.95f, 0.2f, 0.01f}) c.add(content, content == heading ? 5 : 40);
    for (const std::size_t i : {1u, 4u}) {
      c.blocks.blocks[i].kind = BlockKind::heading;
      c.blocks.blocks[i].level = 2;
    }
    return c.chosen();
  };
  EXPECT_EQ(chosen(0.2f, 0.95f), "xxxx..");
  EXPECT_EQ(chosen(0.05f, 0.95f), "x.xx..");
  EXPECT_EQ(chosen(0.2f, 0.05f), "x..x..");
}

TEST(Choose, CopiesUnderOtherHeadings) {
  const auto chosen = [](std::uint32_t second_heading, float content, std::uint8_t level = 2) {
    Case c;
    for (const std::uint32_t hash : {1u, 2u, 3u, second_heading, 2u, 2u}) {
      c.add(hash == 2 && c.blocks.blocks.size() > 2 ? content : 0.95f, 30);
      c.features.facts.back().text_hash = hash;
      c.features.facts.back().duplicates = hash == 2 || hash == 1 ? 2 : 1;
    }
    for (const std::size_t i : {0u, 3u}) {
      c.blocks.blocks[i].kind = BlockKind::heading;
      c.blocks.blocks[i].level = i == 0 ? 2 : level;
    }
    return c.chosen();
  };
  EXPECT_EQ(chosen(4, 0.95f), "xxxxx.");
  EXPECT_EQ(chosen(4, 0.8f), "xxxx..");
  EXPECT_EQ(chosen(4, 0.95f, 3), "xxxx..");
  EXPECT_EQ(chosen(1, 0.95f), "xxx...");  // the page once more
}

TEST(Choose, WhatIsSeenIsNoCopyOfWhatIsNot) {
  Case c;
  for (const std::uint32_t hash : {1u, 2u, 1u}) {
    c.add(0.95f, 30);
    c.features.facts.back().text_hash = hash;
    c.features.facts.back().duplicates = hash == 1 ? 2 : 1;
  }
  c.blocks.blocks[0].hidden = Hidden::screen_reader;
  EXPECT_EQ(c.chosen(), ".xx");
}

TEST(Choose, LabelsOfWhatWasLeftOut) {
  const auto chosen = [](std::string_view label, Role behind, float next = 0.01f) {
    Case c;
    for (const float content : {0.95f, 0.95f, 0.01f, next}) c.add(content, content < 0.5f ? 20 : 3);
    c.blocks.blocks[1].text = label;
    c.decisions.of_block[2].elsewhere = {behind, 0.9f};
    return c.chosen();
  };
  EXPECT_EQ(chosen("Read also:", Role::related), "x...");
  EXPECT_EQ(chosen("Read also", Role::related), "xx..");
  EXPECT_EQ(chosen("Read also:", Role::footer), "xx..");
  EXPECT_EQ(chosen("Read also:", Role::related, 0.95f), "xx.x");
}

TEST(Choose, TeasersOfWhatFollows) {
  const auto chosen = [](std::string_view teaser, std::string_view text, bool linked = true) {
    Case c;
    for (int i = 0; i < 3; ++i) c.add(0.95f, 20);
    c.blocks.blocks[0].text = teaser;
    if (const std::size_t more = teaser.find("Read more"); more != teaser.npos) {
      c.blocks.marks.emplace_back(linked ? MarkKind::link : MarkKind::strong, static_cast<std::uint32_t>(more), static_cast<std::uint32_t>(teaser.size()), no_node);
      c.blocks.blocks[0].marks_count = 1;
    }
    c.blocks.blocks[2].text = text;
    return c.chosen();
  };
  EXPECT_EQ(chosen("The old harbour was never meant to … Read more", "The old harbour was never meant to last a century."), ".xx");
  EXPECT_EQ(chosen("The old harbour was never meant to...", "The old harbour was never meant to last a century."), ".xx");
  EXPECT_EQ(chosen("The old harbour was never meant to … Read more", "The old harbour was never meant to last a century.", false), "xxx");
  EXPECT_EQ(chosen("The old harbour was never meant to", "The old harbour was never meant to last a century."), "xxx");
  EXPECT_EQ(chosen("The old harbour was never meant to …", "The new harbour was never meant to last a century."), "xxx");
}

TEST(Choose, HiddenBoxesThatAreSeenElsewhere) {
  const auto chosen = [](std::uint32_t last) {
    Case c;
    for (const std::uint32_t hash : {1u, 2u, 9u, 1u, 2u, last}) {
      c.add(0.95f, 3);
      c.features.facts.back().text_hash = hash;
      c.features.facts.back().duplicates = hash <= 2 ? 2 : 1;
    }
    for (const std::size_t i : {0u, 1u}) c.blocks.blocks[i].hidden = Hidden::style;
    if (last == 4) c.blocks.blocks[4].hidden = c.blocks.blocks[5].hidden = Hidden::style;  // a tab with a step of its own
    return c.chosen();
  };
  EXPECT_EQ(chosen(3), "..xxxx");
  EXPECT_EQ(chosen(4), "xxxxxx");
}

// In threads, where lists are not decided as a whole.
TEST(Choose, TheLastFewItemsOfAListAreTakenToo) {
  Case c;
  c.decisions.page_type = PageType::forum;
  c.add(0.95f, 400);
  for (float p : {0.9f, 0.9f, 0.1f, 0.9f, 0.9f, 0.1f}) c.add(p, 4, 1);
  c.add(0.01f, 30);
  for (float p : {0.9f, 0.1f, 0.9f, 0.1f}) c.add(p, 4, 2);
  EXPECT_EQ(c.chosen(), "xxx.xx..x.x.");  // four of six are too few
  Case most;
  most.decisions.page_type = PageType::forum;
  most.add(0.95f, 400);
  for (float p : {0.9f, 0.9f, 0.9f, 0.1f, 0.9f}) most.add(p, 4, 1);
  EXPECT_EQ(most.chosen(), "xxxxxx");
}

TEST(Choose, ANumberedListHasNoHoles) {
  Case c;
  c.add(0.95f, 60);
  for (std::uint32_t n = 1; n <= 6; ++n) c.add(n == 3 || n == 4 ? 0.1f : 0.9f, 10, 1, n);
  c.add(0.05f, 30);
  EXPECT_EQ(c.chosen(), "xxxxxxx.");
}

TEST(Choose, ButItMayEndEarlyAndBulletsMayHaveThem) {
  Case numbered, bullets, sparse;
  for (Case* c : {&numbered, &bullets, &sparse}) c->decisions.page_type = PageType::forum;
  for (std::uint32_t n = 1; n <= 5; ++n) {
    numbered.add(n <= 3 ? 0.9f : 0.05f, 10, 1, n);
    bullets.add(n == 2 || n == 3 ? 0.05f : 0.9f, 10, 1, 0);
    sparse.add(n == 1 || n == 5 ? 0.9f : 0.05f, 10, 1, n);
  }
  EXPECT_EQ(numbered.chosen(), "xxx..");
  EXPECT_EQ(bullets.chosen(), "x..xx");
  EXPECT_EQ(sparse.chosen(), "x...x");
}

}  // namespace
}  // namespace offprint
