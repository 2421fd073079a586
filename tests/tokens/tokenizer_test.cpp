// What html5lib's tests do not ask: spans, laziness, budgets, and that hostile input costs linear time.
#include <gtest/gtest.h>

#include <random>

#include "base/cpu.h"
#include "generated/entities.h"
#include "tests/hostile/measure.h"
#include "tests/tokens/tokenize.h"

namespace offprint {
namespace {

void expect_spans_cover(std::string_view input) {
  const Tokenized run = tokenize(input);
  std::uint32_t at = 0;
  for (const OwnedToken& t : run.tokens) {
    EXPECT_EQ(t.token.span.begin, at) << input;
    at = t.token.span.end;
  }
  EXPECT_EQ(at, input.size());
}

TEST(Spans, CoverTheInput) {
  expect_spans_cover("");
  expect_spans_cover("text");
  expect_spans_cover(
      "<!DOCTYPE html>\r\n<html lang=en><!-- c --><p class='a' id=\"b\">x &amp; y < z<br/></p ><?pi?>\n");
  expect_spans_cover("a<b>&unknown; &copy &#65;</b>\r\r\n<!x>");
}

TEST(Spans, AreThoseOfTheSource) {
  const std::string_view input = "a&amp;b<p  title = \"x&lt;y\">\r\n</p>";
  const Tokenized run = tokenize(input);
  const auto source = [&](std::size_t i) {
    const Span s = run.tokens[i].token.span;
    return input.substr(s.begin, s.size());
  };
  ASSERT_EQ(run.tokens.size(), 5u);
  EXPECT_EQ(source(0), "a&amp;b");
  EXPECT_EQ(run.tokens[0].text, "a&b");
  EXPECT_EQ(source(1), "<p  title = \"x&lt;y\">");
  EXPECT_EQ(run.tokens[1].attributes[0].second, "x<y");
  EXPECT_EQ(source(2), "\r\n");
  EXPECT_EQ(run.tokens[2].text, "\n");
  EXPECT_EQ(source(3), "</p>");
}

TEST(Spans, OfCdataSectionsHoldTheirMarks) {
  const Tokenized run = tokenize("a<![CDATA[<b>]]]>c", ContentModel::data, {}, true);
  ASSERT_EQ(run.tokens.size(), 4u);
  EXPECT_EQ(run.tokens[1].text, "<b>]");
  EXPECT_EQ(run.tokens[1].token.span, (Span{1, 17}));
}

struct Live {
  explicit Live(std::string_view text) : input(text), tokenizer(input, arena, attributes, meter) {}
  Token next() {
    Token token;
    tokenizer.next(token, false);
    return token;
  }
  bool is_view(std::string_view s) const {
    return s.data() >= input.data() && s.data() + s.size() <= input.data() + input.size();
  }
  std::string input;
  Arena arena;
  std::vector<Attribute> attributes;
  Meter meter;
  Tokenizer tokenizer;
};

TEST(Laziness, WhatStandsInTheInputIsAView) {
  Live live("plain < text, AT&T<div id=\"abc\"><!--c-->");
  Token t = live.next();
  EXPECT_TRUE(live.is_view(t.text));
  EXPECT_EQ(t.text, "plain < text, AT&T");
  t = live.next();
  EXPECT_TRUE(live.is_view(t.text));
  EXPECT_EQ(t.tag, Tag::div);
  EXPECT_TRUE(live.is_view(live.attributes[0].name()));
  EXPECT_TRUE(live.is_view(live.attributes[0].raw_value()));
  EXPECT_EQ(live.attributes[0].id, AttributeName::id);
  EXPECT_TRUE(live.is_view(live.next().text));
  EXPECT_EQ(live.arena.held(), 0u);
}

TEST(Laziness, ValuesAreDecodedWhenAsked) {
  Live live("<a href=\"?a=1&amp;b=2&copy=3\" TITLE='x\r\ny' rel=a&amp;b alt=>");
  const Token t = live.next();
  ASSERT_EQ(t.attributes_count, 4u);
  Attribute& href = live.attributes[0];
  EXPECT_TRUE(href.undecoded);
  EXPECT_EQ(href.raw_value(), "?a=1&amp;b=2&copy=3");
  EXPECT_EQ(href.number, 0u);
  EXPECT_EQ(attribute_value(href, live.arena), "?a=1&b=2&copy=3");
  EXPECT_FALSE(href.undecoded);
  EXPECT_EQ(attribute_value(href, live.arena), "?a=1&b=2&copy=3");
  EXPECT_EQ(live.attributes[1].name(), "title");
  EXPECT_EQ(attribute_value(live.attributes[1], live.arena), "x\ny");
  EXPECT_EQ(attribute_value(live.attributes[2], live.arena), "a&b");
  EXPECT_EQ(attribute_value(live.attributes[3], live.arena), "");
}

TEST(ContentModels, LastUntilTheirEndTag) {
  Live live("<script>if (a</b>c) \"</scripty>\"</SCRIPT ><p>");
  EXPECT_EQ(live.next().tag, Tag::script);
  live.tokenizer.set_content_model(ContentModel::script_data, "script");
  EXPECT_EQ(live.next().text, "if (a</b>c) \"</scripty>\"");
  const Token end = live.next();
  EXPECT_EQ(end.kind, TokenKind::end_tag);
  EXPECT_EQ(end.tag, Tag::script);
  EXPECT_EQ(live.next().tag, Tag::p);
  EXPECT_EQ(live.next().kind, TokenKind::eof);
  EXPECT_EQ(live.next().kind, TokenKind::eof);
}

TEST(ContentModels, ScriptEscapes) {
  const auto text_of = [](std::string_view input) {
    const Tokenized run = tokenize(input, ContentModel::script_data, "script");
    return run.tokens[0].text;
  };
  EXPECT_EQ(text_of("<!--<script></script>--></script>x"), "<!--<script></script>-->");
  EXPECT_EQ(text_of("<!--<script></script></script>x"), "<!--<script></script>");
  EXPECT_EQ(text_of("<!--></script><script>"), "<!-->");
  EXPECT_EQ(text_of("<!--<scriptx></script>"), "<!--<scriptx>");
  EXPECT_EQ(text_of("<!--<script--></script>"), "<!--<script-->");
  EXPECT_EQ(text_of("<!--<script>--></script>"), "<!--<script>-->");
  EXPECT_EQ(text_of("a<!-- b </script>"), "a<!-- b ");
  EXPECT_EQ(text_of("a</script"), "a</script");
}

std::string numbered(int i) {
  std::string name = "a";
  return name.append(std::to_string(i));
}

TEST(Attributes, DuplicatesAreDroppedHoweverMany) {
  for (const int n : {1, 2, 15, 16, 17, 18, 40, 64, 65, 300, 5000}) {
    std::string input = "<p";
    for (int round = 0; round < 2; ++round)
      for (int i = 0; i < n; ++i)
        input.append(round == 0 ? " a" : " A")
            .append(std::to_string(i))
            .append("=")
            .append(std::to_string(round * n + i));
    input += " id=1 class=2 ID=3><p a1=x a2=y>";
    Budgets budgets;
    budgets.attributes = 100'000;
    const Tokenized run = tokenize(input, ContentModel::data, {}, false, budgets);
    ASSERT_EQ(run.tokens.size(), 3u);
    const auto& attributes = run.tokens[0].attributes;
    ASSERT_EQ(attributes.size(), static_cast<std::size_t>(n + 2));
    for (int i = 0; i < n; ++i) {
      EXPECT_EQ(attributes[static_cast<std::size_t>(i)].first, numbered(i));
      EXPECT_EQ(attributes[static_cast<std::size_t>(i)].second, std::to_string(i));
    }
    EXPECT_EQ(run.tokens[1].attributes.size(), 2u);
    EXPECT_EQ(run.meter.noted, Limit::none);
  }
}

// Tags long enough for 64 bytes to be looked at at once, of pieces that are plain and others that are not.
TEST(Attributes, OfPlainTagsAreThoseOfTheGeneralWay) {
  static constexpr const char* pieces[] = {
      " class=\"a b\"", " id=\"i\"",   "\n\t href=\"/x?a=1&amp;b=2\"", " alt=\"\"",    " class=\"again\"", " Data-X=\"1\"",  " disabled",
      " a='1'",         " b = \"2\"", " c=3",                        "/",           "d=\"4\"",         " \xC3\xA9=\"5\"", " =\"6\"",
      " e=\"\r\n\"",    " f=\"\xA6\xA2\"", " g&=\"7\"",               " h\"=\"8\"", " >text",          "='x\"y'"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string input = "<p";
    for (auto left = random() % 24; left > 0; --left) {
      if (random() % 4 == 0)
        input += " n" + std::to_string(random() % 30) + "=\"" + std::string(random() % 150, "v&\x8D\n"[random() % 4]) + '"';
      else
        input += pieces[random() % std::size(pieces)];
    }
    if (random() % 8 != 0) input += "><!-- " + std::string(random() % 130, '-') + "-->";
    const Tokenized plain = tokenize(input);
    cpu::allow_at_most(cpu::Level::base);
    const Tokenized general = tokenize(input);
    cpu::allow_at_most(cpu::Level::avx512);
    ASSERT_EQ(plain.tokens.size(), general.tokens.size()) << input;
    for (std::size_t i = 0; i < plain.tokens.size(); ++i) {
      ASSERT_EQ(plain.tokens[i].token.span, general.tokens[i].token.span) << input;
      ASSERT_EQ(plain.tokens[i].token.self_closing, general.tokens[i].token.self_closing) << input;
      ASSERT_EQ(plain.tokens[i].text, general.tokens[i].text) << input;
      ASSERT_EQ(plain.tokens[i].attributes, general.tokens[i].attributes) << input;
    }
  }
}

// The closing quote is the last byte there is: of the tag nothing remains, and nothing behind it is read.
TEST(Attributes, MayEndWithTheInput) {
  for (std::size_t size = 0; size < 300; ++size) {
    const Tokenized run = tokenize("<p a=\"" + std::string(size, 'v') + '"');
    ASSERT_EQ(run.tokens.size(), 1u);
  }
}

TEST(Attributes, AreCappedPerElement) {
  std::string input = "<p";
  for (int i = 0; i < 3000; ++i) input.append(" ").append(numbered(i));
  input += " /><p x>";
  const Tokenized run = tokenize(input);
  EXPECT_EQ(run.tokens[0].attributes.size(), 1000u);
  EXPECT_TRUE(run.tokens[0].token.self_closing);
  EXPECT_EQ(run.tokens[1].attributes.size(), 1u);
  EXPECT_EQ(run.meter.noted, Limit::attributes);
}

TEST(Attributes, OfADroppedTagAreTakenBack) {
  Live live("x<p a=1 b=2");
  live.next();
  EXPECT_EQ(live.next().kind, TokenKind::eof);
  EXPECT_TRUE(live.attributes.empty());
}

TEST(References, AllNamesOfTheStandard) {
  EXPECT_EQ(entity_count, 2231u);
  EXPECT_EQ(entity_value("amp"), "&");
  EXPECT_EQ(entity_value("amp;"), "&");
  EXPECT_EQ(entity_value("nGt;"), "\xE2\x89\xAB\xE2\x83\x92");
  EXPECT_EQ(entity_value("CounterClockwiseContourIntegral;"), "\xE2\x88\xB3");
  EXPECT_EQ(entity_value(""), "");
  EXPECT_EQ(entity_value(";"), "");
  EXPECT_EQ(entity_value("hellip"), "");
}

// Each of these is a way to make some parser quadratic: eight times as much may take about eight times as
// long.
TEST(Hostile, CostsLinearTime) {
  struct Case {
    const char* name;
    std::string head, unit;
    ContentModel model = ContentModel::data;
    const char* last = "";
    bool cdata = false;
  };
  const Case cases[] = {
      {"angles", "", "<"},
      {"ampersands", "", "&"},
      {"references that are none", "", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
      {"references", "", "&nGt;"},
      {"digits", "&#", "0"},
      {"unterminated comment", "<!--", "->--!"},
      {"comments", "", "<!--"},
      {"comment ends", "<!--", "> "},
      {"bogus comment", "<?", "x"},
      {"doctypes", "", "<!doctype "},
      {"doctype identifiers", "<!doctype a public '", "<!"},
      {"end tags in script", "", "</", ContentModel::script_data, "script"},
      {"scripts in escaped script", "<!--", "<script ", ContentModel::script_data, "script"},
      {"escapes in script", "", "<!--", ContentModel::script_data, "script"},
      {"almost end tags", "", "</titl", ContentModel::rcdata, "title"},
      {"attributes", "<p ", "a"},
      {"many attributes", "<p ", "a "},
      {"empty attributes", "<p ", "= "},
      {"duplicates of many", "<p a b c d e f g h i j k l m n o q r s ", "a "},
      {"slashes", "<p ", "/"},
      {"unterminated value", "<p a='", "&\r\""},
      {"unterminated CDATA", "<![CDATA[", "]>", ContentModel::data, "", true},
      {"CDATA sections", "", "<![CDATA[]]>", ContentModel::data, "", true},
      {"newlines", "", "\r"},
      {"NUL", "", std::string(1, '\0'), ContentModel::plaintext},
      {"tags of control characters", "", "<p\x01"},
  };
  const auto seconds = [](const Case& c, std::size_t bytes) {
    std::string input = c.head;
    while (input.size() < bytes) input += c.unit;
    double best = 1e9;
    for (int i = 0; i < 2; ++i) {
      Arena arena;
      std::vector<Attribute> attributes;
      Meter meter;
      Tokenizer tokenizer(input, arena, attributes, meter);
      if (c.model != ContentModel::data) tokenizer.set_content_model(c.model, c.last);
      const double start = hostile::cpu_seconds();
      Token token;
      do {
        tokenizer.next(token, c.cdata);
        for (Attribute& a : attributes) attribute_value(a, arena);
        attributes.clear();
      } while (token.kind != TokenKind::eof);
      best = std::min(best, hostile::cpu_seconds() - start);
    }
    return best;
  };
  for (const Case& c : cases) {
    const double small = seconds(c, 32 << 10);
    const double large = seconds(c, 256 << 10);
    // Quadratic would be 64 times; and a quarter of a megabyte in 20 ms is no matter in any case.
    EXPECT_TRUE(large < 0.02 || large < 30 * small) << c.name << ": " << small << " s, " << large << " s";
  }
}

// However the input is cut or garbled, tokens come in order, spans lie in the input and the end comes.
TEST(Hostile, GarbledMarkup) {
  const std::string_view pieces[] = {"<",         ">",
                                     "/",         "!--",
                                     "--",        "!>",
                                     "<p ",       "a=",
                                     "\"",        "'",
                                     "&amp",      ";",
                                     "&#x41",     "&",
                                     "\r",        "\n",
                                     "\r\n",      "<!doctype ",
                                     "html",      "public",
                                     "system",    "[CDATA[",
                                     "]]",        "<script>",
                                     "</script>", "</title>",
                                     "=",         " ",
                                     "text",      "\xC3\xA9",
                                     "<!",        "?",
                                     "</",        std::string_view("\0", 1),
                                     "X"};
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    std::string input;
    for (unsigned n = random() % 30; n > 0; --n) input += pieces[random() % std::size(pieces)];
    const auto model = static_cast<ContentModel>(random() % 5);
    const Tokenized run = tokenize(input, model, random() % 2 ? "script" : "title", random() % 2 != 0);
    std::uint32_t at = 0;
    for (const OwnedToken& t : run.tokens) {
      ASSERT_GE(t.token.span.begin, at);
      ASSERT_GE(t.token.span.end, t.token.span.begin);
      at = t.token.span.end;
      if (t.token.kind != TokenKind::text) continue;
      ASSERT_FALSE(t.text.empty());
      ASSERT_EQ(t.text.find('\r'), std::string::npos);
    }
    ASSERT_EQ(at, input.size());
  }
}

}  // namespace
}  // namespace offprint
