// Tests of document/request.h: which blocks make up a request, what becomes of their roles and of the text.
#include "document/request.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace offprint {
namespace {

struct Line {
  Role role;
  std::string_view text;
  bool chosen = false;
  float confidence = 0.9f;
};

struct Found {
  bool present = false;
  std::vector<RequestPart> part;
  std::vector<Role> role;
  std::vector<bool> chosen;
};

// Flattened text, a block a line. `probable`: the role that comes second, where the model has one.
Found find(const std::vector<Line>& lines, Role probable = Role::other) {
  std::string page;
  for (const Line& line : lines) page.append(line.text).append("\n\n");
  Arena arena;
  Meter meter;
  Blocks blocks;
  flat_blocks(page, arena, blocks, meter);
  Decisions decisions;
  // Laid out in tiles, as classify() leaves them.
  std::vector<float> scores((lines.size() / feature_tile + 1) * net_scores_tile, 0.001f);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    decisions.of_block.push_back({.role = line.role, .confidence = line.confidence, .chosen = line.chosen});
    const auto score = [&](Role role) -> float& {
      return scores[i / feature_tile * net_scores_tile + (static_cast<std::size_t>(role) + 1) * feature_tile +
                    i % feature_tile];
    };
    score(line.role) = line.confidence;
    score(probable) += 0.05f;
  }
  EXPECT_EQ(blocks.blocks.size(), lines.size());
  Page tree;
  Request request;
  find_request(tree, blocks, {scores}, "", decisions, arena, request);
  Found found{.present = request.present, .part = request.part};
  for (const Decision& d : decisions.of_block) {
    found.role.push_back(d.role);
    found.chosen.push_back(d.chosen);
  }
  return found;
}

constexpr std::string_view story =
    "The ferry left the stone pier at ten past seven on Tuesday, for the first time in eleven winters.";

TEST(Request, HeadlineAndCreditAreCutOff) {
  const Found found = find({{Role::appeal, "Our journalism is banned. We need your help to go on."},
                            {Role::appeal, "Ferry returns to Skerry Sound"},
                            {Role::appeal, "County Press Service"},
                            {Role::body, story, true}},
                           Role::caption);
  EXPECT_TRUE(found.present);
  EXPECT_EQ(found.part, (std::vector<RequestPart>{RequestPart::ask, RequestPart::none, RequestPart::none,
                                                  RequestPart::none}));
  EXPECT_EQ(found.role, (std::vector<Role>{Role::appeal, Role::headline, Role::caption, Role::body}));
  EXPECT_TRUE(found.chosen[3]);
}

TEST(Request, GapsAreFilledAndLeaveTheText) {
  const Found found =
      find({{Role::body, story, true},
            {Role::body, "A letter from the editors", true},
            {Role::appeal, "Dear readers,"},
            {Role::body, "We have reported on these islands for a century, and we go on.", true},
            {Role::appeal, "If you can, please support us from £3 a month."},
            {Role::contribution, "Once"},
            {Role::byline, "£3", true},
            {Role::byline, "£8", true},
            {Role::contribution, "Continue"},
            {Role::body, "Not able to give today?", true},
            {Role::body, "Remind me later.", true},
            {Role::body, story, true}});
  using enum RequestPart;
  EXPECT_EQ(found.part, (std::vector<RequestPart>{none, ask, ask, ask, ask, control, control, control,
                                                  control, defer, defer, none}));
  for (std::size_t i = 0; i < found.chosen.size(); ++i) EXPECT_EQ(found.chosen[i], i == 0 || i == 11) << i;
  EXPECT_EQ(found.role[1], Role::appeal);
  EXPECT_EQ(found.role[6], Role::contribution);
  EXPECT_EQ(found.role[10], Role::controls);
}

TEST(Request, QuotedWordsAndStoriesAreNoRequest) {
  EXPECT_FALSE(
      find({{Role::appeal, "“We need your help,” the mayor told the volunteers."}, {Role::body, story, true}})
          .present);
  EXPECT_FALSE(find({{Role::appeal, "If you can do more than 15 reps, consider a heavier weight."}}).present);
  EXPECT_FALSE(find({{Role::contribution, "Join the community on the forum."}}).present);
}

TEST(Request, SharingIsNoTrade) {
  EXPECT_TRUE(find({{Role::appeal, "Please donate today and share this article."}}).present);
  EXPECT_TRUE(find({{Role::appeal, "We rely on you. Please support us with a donation and share this story."}}).present);
  EXPECT_FALSE(find({{Role::appeal, "Support us and give a subscription today."}}).present);
}

TEST(Request, AffiliateLinksAreNoRequest) {
  EXPECT_FALSE(find({{Role::appeal,
                      "Support us! We may earn a small commission from affiliate links in this article."}})
                   .present);
  EXPECT_TRUE(find({{Role::contribution, "Donate"}}).present);
}

TEST(Request, WordsOfOthersAreNone) {
  // A reader's, among comments.
  EXPECT_FALSE(find({{Role::comments, "2 comments"}, {Role::comments, "Jo wrote:"}, {Role::appeal, "I give them £5 a month, everyone should. Please donate."}}).present);
  // An advertiser's; the publisher's own says "we".
  EXPECT_FALSE(find({{Role::ad, "Advertisement"}, {Role::appeal, "Clean Water Fund: £5 a month can help a family. Donate today."}}).present);
  EXPECT_TRUE(find({{Role::ad, "Advertisement"}, {Role::appeal, "We are funded by readers. Please support us."}}).present);
  // What sells access or a gift.
  EXPECT_FALSE(find({{Role::appeal, "Support local journalism"}, {Role::paywall, "Subscribe today and get unlimited access for just $1 a week"}}).present);
  EXPECT_FALSE(find({{Role::contribution, "Give a gift subscription"}}).present);
  EXPECT_FALSE(find({{Role::appeal, "Help with this story by sending a lead."}, {Role::contribution, "Send a tip"}}).present);
}

// A run of buttons in a menu, one of them that of advertisements.
TEST(Request, AButtonBelowTheMenusAdvertisements) {
  EXPECT_TRUE(find({{Role::navigation, "Advertisement"}, {Role::contribution, "Support us"}}).present);
}

// A story on donations, in flattened text: where nothing asks readers, all of it stays.
TEST(Request, StoriesOnDonationsStayWhole) {
  const Found found = find({{Role::body, story, true},
                            {Role::appeal, "A monthly donation could be made on the website of the fund, and most people there chose the smallest of the sums."},
                            {Role::body, story, true}});
  EXPECT_FALSE(found.present);
  EXPECT_EQ(found.role[1], Role::body);
  EXPECT_TRUE(found.chosen[1]);
}

// Without markup the model takes a notice about advertisements for a headline, a name or a menu, but is not sure of it.
TEST(Request, NoticeAboutAdvertisementsIsKept) {
  using enum RequestPart;
  for (const auto& [question, since] :
       {std::pair{"Нравится читать без рекламы?", "С 1 июля 2024 года мы отключили всю рекламу на сайте."},
        std::pair{"Подобається читати без реклами?", "З 1 липня 2024 року ми вимкнули всю рекламу на сайті."},
        std::pair{"هل تستمتع بمحتوى بدون إعلانات؟", "منذ 1 يوليو 2024 أوقفنا جميع الإعلانات لتحسين تجربة القراءة."},
        std::pair{"Reklamsız okumaktan memnun musunuz?", "1 Temmuz 2024'ten beri tüm reklamları kaldırdık."}}) {
    const std::vector<Line> lines = {{Role::navigation, question, false, 0.2f},
                                     {Role::headline, since, false, 0.3f},
                                     {Role::appeal, "This costs us a lot each month. Please support us."},
                                     {Role::byline, "Ferry returns to Skerry Sound", false, 0.2f},
                                     {Role::body, story, true}};
    const Found found = find(lines);
    EXPECT_EQ(found.part, (std::vector<RequestPart>{ask, ask, ask, none, none})) << since;
    EXPECT_EQ(found.role[1], Role::appeal);
    std::vector<Line> seeded = lines;
    seeded[0] = {Role::contribution, question, false, 0.2f};
    EXPECT_EQ(find(seeded).part, found.part) << since;
    std::vector<Line> certain = lines;
    certain[1].confidence = 0.9f;  // a headline about advertisements
    EXPECT_EQ(find(certain).part[1], none) << since;
  }
}

TEST(Request, GreetingsOfOtherLanguages) {
  for (const char* greeting : {"Дорогие читатели!", "亲爱的读者：", "Queridos lectores:", "読者の皆さまへ"}) {
    const Found found = find({{Role::contribution, greeting}, {Role::appeal, "We are a small newsroom, and we need your help to go on with our work."}});
    EXPECT_EQ(found.part[0], RequestPart::ask) << greeting;
  }
  EXPECT_EQ(find({{Role::contribution, "Support us now!"}, {Role::appeal, "We are a small newsroom, and we need your help to go on with our work."}}).part[0],
            RequestPart::control);
}

// A headline and a name behind the request's button go, though the model took both for its controls.
TEST(Request, ARunBesideARequestGoesAsAWhole) {
  const Found found = find({{Role::appeal, "We need your help to go on. Please support us."},
                            {Role::contribution, "Support us"},
                            {Role::contribution, "Ferry returns to Skerry Sound", false, 0.3f},
                            {Role::contribution, "Ann Hill", false, 0.1f},
                            {Role::body, story, true}});
  using enum RequestPart;
  EXPECT_EQ(found.part, (std::vector<RequestPart>{ask, control, none, none, none}));
}

// A box to sign up right before a request; its "not now" is its own.
TEST(Request, BehindANewsletter) {
  const Found found = find({{Role::newsletter, "Enter your email address for our newsletter"},
                            {Role::newsletter, "No thanks"},
                            {Role::newsletter, "We are reader-funded. If you can, please support us from $1.50 a week.", false, 0.6f},
                            {Role::newsletter, "One time", false, 0.4f},
                            {Role::newsletter, "Weekly", false, 0.6f},
                            {Role::paywall, "Monthly", false, 0.3f},
                            {Role::contribution, "$10"},
                            {Role::contribution, "Give now"}});
  using enum RequestPart;
  EXPECT_EQ(found.part, (std::vector<RequestPart>{none, none, ask, control, control, control, control, control}));
}

TEST(Request, ADateIsNoRowOfSums) {
  const std::vector<Line> lines = {{Role::appeal, "We need your help to go on. Please support us."}, {Role::contribution, "5 20 50 100 Other", false, 0.1f}};
  EXPECT_EQ(find(lines).part[1], RequestPart::control);
  for (const char* row : {"01 23 45 67 89", "3 5 2024", "1 2 3 4 5 Next"}) {
    const std::vector<Line> other = {{Role::appeal, "We need your help to go on. Please support us."}, {Role::other, row, false, 0.9f}};
    EXPECT_NE(find(other).part[1], RequestPart::control) << row;
  }
  const std::vector<Line> date = {{Role::appeal, "We need your help to go on. Please support us."}, {Role::date, "2024年6月10日", false, 0.9f}};
  EXPECT_EQ(find(date).part[1], RequestPart::none);
}

TEST(Request, TiersWithAName) {
  const Found found = find({{Role::appeal, "We need your help to go on. Please support us."},
                            {Role::paywall, "Supporter 6 €/month", false, 0.3f},
                            {Role::ad, "Patron 65 €/year", false, 0.3f},
                            {Role::related, "Next", false, 0.3f},
                            {Role::related, "Not today", false, 0.3f}});
  using enum RequestPart;
  EXPECT_EQ(found.part, (std::vector<RequestPart>{ask, control, control, near, defer}));
}

// A paragraph of the story that the model of flattened text took for an appeal is given back to the story.
TEST(Request, StoryIsGivenBack) {
  const Found found =
      find({{Role::body, story, true},
            {Role::appeal, "The district engineer said that he had not believed it would hold at all."},
            {Role::appeal, "We are funded by readers. Please support us, dear readers."}});
  EXPECT_TRUE(found.present);
  EXPECT_EQ(found.role[1], Role::body);
  EXPECT_TRUE(found.chosen[1]);
}

TEST(Request, NothingIsTouchedWithoutOne) {
  const Found found = find({{Role::appeal, "Ferry returns to Skerry Sound"}, {Role::body, story, true}});
  EXPECT_FALSE(found.present);
  EXPECT_EQ(found.role[0], Role::appeal);
  EXPECT_TRUE(found.chosen[1]);
}

// A menu's link and a story; `chance`: of being of a request, for the link.
Found find_in_menu(std::string_view label, float chance) {
  const std::string html = "<body><nav><a href='/give'>" + std::string(label) + "</a></nav><article><p>" + std::string(story) + "</p></article>";
  Page tree;
  Meter meter;
  Blocks blocks;
  parse(tree, html, {}, meter);
  find_blocks(tree, blocks, meter);
  EXPECT_EQ(blocks.blocks.size(), 2u);
  Decisions decisions;
  decisions.of_block = {{.role = Role::navigation, .confidence = 0.6f}, {.role = Role::body, .confidence = 0.9f, .chosen = true}};
  std::vector<float> scores(net_scores_tile, 0.001f);
  scores[(static_cast<std::size_t>(Role::contribution) + 1) * feature_tile] = chance;
  Arena arena;
  Request request;
  find_request(tree, blocks, {scores}, "", decisions, arena, request);
  return {request.present, request.part, {decisions.of_block[0].role, decisions.of_block[1].role}, {}};
}

TEST(Request, ALoneLinkIsOneAndKeepsItsRole) {
  const Found found = find_in_menu("Donate", 0.2f);
  EXPECT_TRUE(found.present);
  EXPECT_NE(found.part[0], RequestPart::none);
  EXPECT_EQ(found.part[1], RequestPart::none);
  EXPECT_EQ(found.role, (std::vector<Role>{Role::navigation, Role::body}));
  // Not by its words alone, and not by the chance alone.
  EXPECT_FALSE(find_in_menu("Donate", 0.05f).present);
  EXPECT_FALSE(find_in_menu("Contact", 0.2f).present);
}

// What becomes of a paragraph of a story, with a good chance of being of a request; whether it leaves the story.
bool leaves_story(const std::string& paragraph, bool amid = true) {
  const std::string other = "<p>" + std::string(story) + "</p>";
  const std::string html = "<body><article>" + other + "<p>" + paragraph + "</p>" + (amid ? other : "") + "</article></body>";
  Page tree;
  Meter meter;
  Blocks blocks;
  parse(tree, html, {}, meter);
  find_blocks(tree, blocks, meter);
  Decisions decisions;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) decisions.of_block.push_back({.role = Role::body, .confidence = 0.8f, .chosen = true});
  std::vector<float> scores(net_scores_tile, 0.001f);
  scores[(static_cast<std::size_t>(Role::appeal) + 1) * feature_tile + 1] = 0.2f;
  Arena arena;
  Request request;
  find_request(tree, blocks, {scores}, "https://news.example.org/story", decisions, arena, request);
  EXPECT_EQ(request.present, paragraph.find("example.com") == paragraph.npos && paragraph.find("Roboter") == paragraph.npos);
  EXPECT_EQ(decisions.of_block[1].chosen, decisions.of_block[1].role == Role::body);
  return !decisions.of_block[1].chosen;
}

TEST(Request, WhatAStoryAsksForOthersIsItsOwn) {
  EXPECT_TRUE(leaves_story("We need your help. Please support us: <a href=/donate>donate</a>."));
  EXPECT_TRUE(leaves_story("We need your help. Please support us: <a href=https://www.patreon.com/gazette>donate</a>."));
  EXPECT_TRUE(leaves_story("We need your help to go on. Please support us.", false));
  EXPECT_FALSE(leaves_story("We must support local news if our democracy is to survive."));
  for (const bool amid : {true, false}) EXPECT_FALSE(leaves_story("Please support us in helping the victims: <a href=https://relief.example.com/donate>donate to the relief fund</a>.", amid));
  EXPECT_FALSE(leaves_story("Wozu brauchen wir ihre Roboter? Wir wissen es nicht.", false));
}

}  // namespace
}  // namespace offprint
