// Flattened text: lines, wrapped paragraphs, lists, headings, spans; markup told from text.
#include <gtest/gtest.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>

#include "base/text.h"
#include "blocks/blocks.h"

namespace offprint {
namespace {

struct Flat {
  std::string input;
  std::unique_ptr<char[]> exact;
  Arena arena;
  Meter meter;
  Blocks blocks;
  explicit Flat(std::string_view text, const Budgets& budgets = {}) : input(text), meter(budgets) {
    exact.reset(new char[text.size()]);
    std::copy(text.begin(), text.end(), exact.get());
    flat_blocks({exact.get(), text.size()}, arena, blocks, meter);
  }
  const RawBlock& operator[](std::size_t i) const { return blocks.blocks.at(i); }
  std::size_t size() const { return blocks.blocks.size(); }
  // "kind:text" for each block, for comparison at one go.
  std::string all() const {
    std::string s;
    for (const RawBlock& b : blocks.blocks) {
      s += std::string(name_of(b.kind)) + ":" + std::string(b.text);
      s += '\n';
    }
    return s;
  }
};

TEST(Flat, ABlockALine) {
  const Flat f("\n\nOne line.\n\nAnother\r\n\r\n\r\nThird\rFourth");
  EXPECT_EQ(f.all(), "paragraph:One line.\nparagraph:Another\nparagraph:Third\nparagraph:Fourth\n");
  EXPECT_TRUE(f.blocks.flat);
  EXPECT_EQ(f[0].blank_lines, 2u);
  EXPECT_EQ(f[1].blank_lines, 1u);
  EXPECT_EQ(f[2].blank_lines, 2u);
  EXPECT_EQ(f[3].blank_lines, 0u);
  EXPECT_EQ(f[0].words, 2u);
}

TEST(Flat, NothingInNothingOut) {
  for (const char* s : {"", "\n", " \t\r\n\r\n  ", "\xC2\xA0\n\xE2\x80\x8B", "\xEF\xBB\xBF"})
    EXPECT_EQ(Flat(s).size(), 0u) << s;
}

TEST(Flat, SpansAreExact) {
  const Flat f("  One line. \n\xC2\xA0Two\xC2\xA0words\xC2\xA0\n\t- a\n\t- b\n");
  for (const RawBlock& b : f.blocks.blocks) EXPECT_EQ(f.input.substr(b.span.begin, b.span.size()), b.text);
  EXPECT_EQ(f[0].text, "One line.");
  EXPECT_EQ(f[1].text, "Two\xC2\xA0words");
}

TEST(Flat, WhiteSpaceCollapses) {
  const Flat f("One  \t line\x01 here");
  EXPECT_EQ(f[0].text, "One line here");
  EXPECT_EQ(f[0].span.end, f.input.size());
}

TEST(Flat, HardWrappedParagraphsAreJoined) {
  const Flat f(
      "The quick brown fox jumps over the lazy dog while the other animals look on\n"
      "and wonder what it is all about. Some of them have seen this a hundred times\n"
      "before, others never, and none of them would ever think of doing it without\n"
      "a good reason.\n"
      "\n"
      "Another paragraph begins here and goes on for a while until it is long enough\n"
      "to be wrapped.\n");
  ASSERT_EQ(f.size(), 2u);
  EXPECT_EQ(f[0].text,
            "The quick brown fox jumps over the lazy dog while the other animals look on and wonder what it "
            "is all about. "
            "Some of them have seen this a hundred times before, others never, and none of them would ever "
            "think of doing "
            "it without a good reason.");
  EXPECT_EQ(f[1].blank_lines, 1u);
  EXPECT_EQ(f.input.substr(f[0].span.begin, 9), "The quick");
  EXPECT_EQ(f.input.substr(f[0].span.end - 7, 7), "reason.");
}

TEST(Flat, HyphensAndIdeographsAtTheEndOfALine) {
  const Flat f(
      "Wrapped text may break within a compound word, which then ends in a hyphen-\n"
      "ated line, and goes on in the next without any space between the two parts\n"
      "as if nothing had happened.\n");
  ASSERT_EQ(f.size(), 1u);
  EXPECT_NE(
      f[0].text.find("hyphen-ated line, and goes on in the next without any space between the two parts as"),
      std::string_view::npos);
  std::string line;
  for (int i = 0; i < 35; ++i) line += "国";
  const Flat g(line + "\n" + line + "\n" + line + "\n国。\n");
  ASSERT_EQ(g.size(), 1u);
  EXPECT_EQ(g[0].text, line + line + line + "国。");
}

TEST(Flat, LinesThatOnlyLieTogetherStayApart) {
  EXPECT_EQ(Flat("Once\nMonthly\nAnnual\nContinue\n").size(), 4u);
  // Headlines one above the other, of about the same length.
  EXPECT_EQ(Flat("President Meets With Secretary of State in Moscow, Talks of Syria\n"
                 "Parliament Votes on the New Budget as Opposition Leaves the House\n"
                 "Central Bank Raises Its Key Rate for the Third Time in Four Months\n")
                .size(),
            3u);
  // Paragraphs of one line each.
  EXPECT_EQ(Flat("Our journalism is banned in Russia. We need your help to go on with it.\n"
                 "This commitment costs us $10,000 a month. Your support can fill the gap.\n")
                .size(),
            2u);
  // Long lines are paragraphs whole.
  const std::string longer(150, 'x');
  EXPECT_EQ(Flat("a " + longer + "\nb " + longer + "\n").size(), 2u);
}

TEST(Flat, Lists) {
  const Flat f(
      "Before:\n• one\n• two\n  ◦ two and a half\n• three\nAfter\n\n1. first\n2. second\n10) tenth\n");
  EXPECT_EQ(f.all(),
            "paragraph:Before:\nlist_item:one\nlist_item:two\nlist_item:two and a "
            "half\nlist_item:three\nparagraph:After\n"
            "list_item:first\nlist_item:second\nparagraph:10) tenth\n");
  EXPECT_EQ(f[1].group, f[4].group);
  EXPECT_NE(f[1].group, f[6].group);
  EXPECT_EQ(f[1].level, 1);
  EXPECT_EQ(f[3].level, 2);
  EXPECT_EQ(f[4].level, 1);
  EXPECT_EQ(f[6].ordinal, 1u);
  EXPECT_EQ(f[7].ordinal, 2u);
  EXPECT_EQ(f[1].ordinal, 0u);
  EXPECT_TRUE(f[1].first_of_item);
  EXPECT_EQ(f[0].group, 0u);
}

TEST(Flat, MarkersThatAreNone) {
  EXPECT_EQ(Flat("1. FC Nürnberg gewinnt\nweiter").all(),
            "paragraph:1. FC Nürnberg gewinnt\nparagraph:weiter\n");
  EXPECT_EQ(Flat("- Reuters").all(), "paragraph:- Reuters\n");
  EXPECT_EQ(Flat("— Привет, — сказал он.\n— Привет.").all(),
            "paragraph:— Привет, — сказал он.\nparagraph:— Привет.\n");
  EXPECT_EQ(Flat("2024. A year\n2025. Another").all(), "paragraph:2024. A year\nparagraph:2025. Another\n");
  EXPECT_EQ(Flat("- a\n- b").all(), "list_item:a\nlist_item:b\n");
  EXPECT_EQ(Flat("3.5 percent\n4.5 percent").all(), "paragraph:3.5 percent\nparagraph:4.5 percent\n");
  EXPECT_EQ(Flat("#hashtag").all(), "paragraph:#hashtag\n");
}

TEST(Flat, WrappedListItems) {
  const Flat f(
      "* An item of a list that is long enough to be wrapped by whoever wrote it,\n"
      "  and goes on in a second line that is indented below the text of the first\n"
      "  one.\n"
      "* Another item.\n");
  ASSERT_EQ(f.size(), 2u);
  EXPECT_EQ(f[0].kind, BlockKind::list_item);
  EXPECT_TRUE(f[0].text.ends_with("text of the first one."));
  EXPECT_EQ(f[1].text, "Another item.");
}

TEST(Flat, ControlsRulesHeadings) {
  EXPECT_EQ(Flat("×\nContinue\n☰\n…\n* * *\nText\n\n-----\n\n# Title\n### "
                 "Section\nUnderlined\n======\nAlso\n----\nText")
                .all(),
            "control:×\nparagraph:Continue\ncontrol:☰\ncontrol:…\nrule:* * "
            "*\nparagraph:Text\nrule:-----\nheading:Title\n"
            "heading:Section\nheading:Underlined\nheading:Also\nparagraph:Text\n");
  const Flat f("### Section\nUnderlined\n======\nAlso\n----\n");
  EXPECT_EQ(f[0].level, 3);
  EXPECT_EQ(f[1].level, 1);
  EXPECT_EQ(f[2].level, 2);
  EXPECT_EQ(f.input.substr(f[1].span.begin, f[1].span.size()), "Underlined");
}

TEST(Flat, TheModelCapture) {
  const std::filesystem::path path =
      std::filesystem::path(OFFPRINT_SHARED_DIR) / "captures/moscow-times-article.txt";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_FALSE(looks_like_html(text));
  const Flat f(text);
  // Every line that is not blank is a block, verbatim.
  std::size_t at = 0, lines = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) {
      ASSERT_LT(at, f.size());
      EXPECT_EQ(f[at].text, std::string_view(text).substr(begin, end - begin));
      EXPECT_EQ(f[at].span, (Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}));
      ++at;
      ++lines;
    }
    begin = end + 1;
  }
  EXPECT_EQ(f.size(), lines);
  EXPECT_EQ(f[0].kind, BlockKind::control);
  for (std::size_t i = 1; i < f.size(); ++i) EXPECT_EQ(f[i].kind, BlockKind::paragraph) << f[i].text;
}

TEST(Flat, BudgetOfBlocks) {
  Budgets budgets;
  budgets.nodes = 3;
  Flat f("a\nb\nc\nd\ne\n", budgets);
  EXPECT_EQ(f.size(), 3u);
  EXPECT_EQ(f.meter.spent, Limit::nodes);
}

TEST(Flat, WhateverComes) {
  std::mt19937 random(3);
  const char* pieces[] = {"\n",
                          "\r",
                          " ",
                          "\t",
                          "- ",
                          "* ",
                          "1. ",
                          "2. ",
                          "(3) ",
                          "• ",
                          "# ",
                          "---",
                          "===",
                          "×",
                          "\xC2\xA0",
                          "word ",
                          "Word. ",
                          "-\n",
                          "国",
                          "ไทย",
                          "\xC2\xAD\n",
                          "a reasonably long stretch of text that may be wrapped ",
                          "\xE2\x80\x8B",
                          "\x01",
                          "½"};
  for (int i = 0; i < 20000; ++i) {
    std::string s;
    for (std::size_t n = random() % 30; n != 0; --n) s += pieces[random() % std::size(pieces)];
    const Flat f(s);
    std::uint32_t end = 0;
    for (const RawBlock& b : f.blocks.blocks) {
      ASSERT_FALSE(b.text.empty()) << s;
      ASSERT_LE(end, b.span.begin) << s;
      ASSERT_LT(b.span.begin, b.span.end) << s;
      ASSERT_LE(b.span.end, s.size()) << s;
      ASSERT_EQ(b.text.find('\n'), b.text.npos);
      end = b.span.end;
    }
  }
}

TEST(Flat, TimeIsLinear) {
  for (const std::string_view unit :
       {"- ", "1. a\n", "a\n", "\n", "-\n", "* x\n", "(", "<a ", "<p", "word ", "\xC2\xA0", "国"}) {
    std::string s;
    while (s.size() < (4u << 20)) s += unit;
    const std::clock_t start = std::clock();  // not the wall's: machines are shared
    const Flat f(s);
    looks_like_html(s);
    EXPECT_LT(std::clock() - start, 4 * CLOCKS_PER_SEC) << unit;
  }
}

TEST(LooksLikeHtml, Markup) {
  for (const char* s :
       {"", "  \n", "<!DOCTYPE html><p>x", "<!doctype html>", "<html>", "  <HTML lang=en>", "<!-- c --><p>x",
        "\xEF\xBB\xBF<html>", "<?xml version=\"1.0\"?><html xmlns='x'>", "<div>x</div>", "<p>Hello<p>World",
        "<a href=x>y</a>", "<b>bold</b>", "<br>", "<meta charset=utf-8>", "<table><tr><td>1</table>",
        "<script>var a</script>", "Hello <b>world</b>, and <i>so</i> on, says <a href='/x'>this link</a>."})
    EXPECT_TRUE(looks_like_html(s)) << s;
}

TEST(LooksLikeHtml, Text) {
  for (const char* s :
       {"Hello", "a < b and c > d", "<3 this", "<<", "<",
        "Use <b> for bold text, or better <strong>, which says more about the text than its weight.",
        "<b> is the tag for bold text. It has been with us since the first version of HTML.",
        "if (a<b) return c>d;", "Write to John <john@example.org>.", "<john@example.org> wrote:",
        "The <p> element represents a paragraph. Its end tag </p> may be left out. Here is an example of it, "
        "among other things, "
        "and a good many words that are no markup at all, for this is prose about markup."})
    EXPECT_FALSE(looks_like_html(s)) << s;
}

TEST(CountWords, RunsOfLettersAndDigits) {
  EXPECT_EQ(count_words(""), 0u);
  EXPECT_EQ(count_words("one two"), 2u);
  EXPECT_EQ(count_words("one-two, three 4 5th"), 5u);
  EXPECT_EQ(count_words("Привет, мир"), 2u);
  EXPECT_EQ(count_words("naïve café"), 2u);
  EXPECT_EQ(count_words("e\xCC\x81t\xCC\x81"), 1u);
  EXPECT_EQ(count_words("日本語"), 2u);
  EXPECT_EQ(count_words("日本 2024 news"), 3u);
  EXPECT_EQ(count_words("한국어 단어"), 2u);
  EXPECT_EQ(count_words("— … « »"), 0u);
  EXPECT_GE(count_words("นายกรัฐมนตรีกล่าวว่า"), 3u);
}

// The sixteen-byte path against one letter at a time.
TEST(CountWords, FastPathAgrees) {
  std::mt19937 random(5);
  for (int i = 0; i < 20000; ++i) {
    std::string s;
    for (std::size_t n = random() % 80; n != 0; --n)
      s += random() % 40 == 0 ? "é" : std::string(1, "aZ09 .-@[`{/:"[random() % 13]);
    std::uint32_t words = 0;
    bool in = false;
    for (const char c : s) {
      const bool word =
          static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0;
      words += word && !in;
      in = word;
    }
    ASSERT_EQ(count_words(s), words) << s;
  }
}

}  // namespace
}  // namespace offprint
