// Pages that the reader's tests are about, as documents and the source they would have come from.
#pragma once

#include <string>

#include "tests/formats/sample.h"

namespace offprint::fixtures {

using sample::Made;

inline Mark mark(MarkKind kind, std::uint32_t begin, std::uint32_t end, std::string_view target = {},
                 std::string_view label = {}) {
  return {kind, begin, end, false, target, label};
}

// Gives every block a span of a source made up for it.
inline std::string source_of(Made& made) {
  std::string source = "<!DOCTYPE html>\n";
  for (Block& block : made.blocks) {
    block.span_begin = source.size();
    source += "<div class=\"";
    source += name_of(block.role);
    source += "\">";
    source += block.text;
    source += "</div>";
    block.span_end = source.size();
    source += "\n";
  }
  return source;
}

inline void fill_story(Made& made) {
  Document& d = made.document;
  d.source = "pages/harbour.html";
  d.url = "https://www.example.org/2024/03/harbour-lights";
  d.title = "The harbour keeps its lights on";
  d.site = "The Harbour Post";
  d.language = "en";
  d.date = "2024-03-14T08:30:00+01:00";
  d.modified = "2024-03-16T10:00:00+01:00";
  d.page_type = PageType::article;
  d.encoding = "UTF-8";
  made.authors = {"Ida Lindqvist", "Tom Okafor"};

  const auto put = [&](Role role, BlockKind kind, std::string_view text, std::string_view reason,
                       float confidence = 0.93f) -> Block& {
    Block& block = made.add(role, kind, text);
    block.reason = reason;
    block.confidence = confidence;
    return block;
  };
  put(Role::consent, BlockKind::paragraph, "We use cookies to remember your choices.",
      "inside a dialog; words of consent", 0.97f);
  put(Role::consent, BlockKind::control, "Accept all", "button of a consent dialog", 0.95f);
  put(Role::masthead, BlockKind::paragraph, "The Harbour Post", "first link of the head", 0.88f);
  for (const char* item : {"News", "Harbour", "Culture", "Opinion", "Donate"}) {
    Block& block =
        put(Role::navigation, BlockKind::list_item, item, "inside nav; 100 % link text; short", 0.99f);
    block.level = 1;
  }
  put(Role::headline, BlockKind::heading, "The harbour keeps its lights on", "only h1; equals the title",
      0.99f)
      .level = 1;
  put(Role::standfirst, BlockKind::paragraph,
      "After three winters of repairs the old pilot station is crewed again, by people who were told it "
      "would never reopen.",
      "between the headline and the byline", 0.81f);
  put(Role::byline, BlockKind::paragraph, "By Ida Lindqvist and Tom Okafor",
      "starts with “By”; beside the headline", 0.96f);
  put(Role::date, BlockKind::paragraph, "14 March 2024, updated 16 March", "a date; 5 words", 0.97f);
  put(Role::social, BlockKind::control, "Share", "inside a list of share links", 0.9f);
  {
    Block& picture = made.add(Role::body, BlockKind::image, "",
                              {mark(MarkKind::image, 0, 0, "https://img.example.org/pilot-station.jpg",
                                    "The pilot station at dusk, its lamp lit above the breakwater")});
    picture.reason = "picture inside the article";
  }
  put(Role::caption, BlockKind::caption, "The pilot station last week. Photo: Ann Berg / Harbour Post",
      "figcaption", 0.98f);
  {
    const std::string_view text =
        "On the evening the lamp was lit, nobody made a speech. The harbour master turned the key, waited "
        "for the hum, and "
        "walked back along the quay, as the engineers’ report had foreseen.";
    const auto at = static_cast<std::uint32_t>(text.find("the engineers’ report"));
    const auto quiet = static_cast<std::uint32_t>(text.find("nobody made a speech"));
    Block& first = made.body(text, {mark(MarkKind::emphasis, quiet, quiet + 20),
                                    mark(MarkKind::link, at, at + 23, "https://www.example.org/report")});
    first.reason = "long text; few links; follows other content";
  }
  made.body(
      "It had taken the town eleven hundred days, four contractors and one lawsuit to get that far. The "
      "station, which "
      "guided ships past the shoals from 1871, had stood empty since a storm took the lower gallery.");
  made.add(Role::related, BlockKind::paragraph, "Read more: What the storm of 2019 left behind").reason =
      "a link on a line of its own; “Read more”";
  made.heading("What the repairs cost", 2);
  made.body(
      "Most of the money went where nobody will ever see it: into piles, drains and a sea wall two metres "
      "thick.");
  made.row({"#Part", "#Year", "#Cost", "#Paid by"}, 7);
  made.row({"Piles and sea wall", "2021–2022", "€1,840,000", "Region"}, 7);
  made.row({"Gallery and stairs", "2022", "€410,500", "Town"}, 7);
  made.row({"Lamp, optics, switch gear", "2023", "€96,200", "Readers’ collection"}, 7);
  made.heading("How the light is run", 3);
  made.body("Three people share the watch. The rota hangs beside the door:");
  made.item("Lindholm, dusk to midnight", 1, 3, 1);
  made.item("Abara, midnight to four", 1, 3, 2);
  made.item("on foggy nights with a second pair of eyes", 2, 3);
  made.item("Roux, four to sunrise", 1, 3, 3);
  made.body("The controller that replaced the clockwork is a few lines long, and public:");
  {
    Block& code = made.add(Role::body, BlockKind::code,
                           "while (true) {\n    bool dark = lux() < 12.5;\n    lamp(dark || fog());   // <- "
                           "the whole secret\n    sleep(30s);\n}");
    code.language = "cpp";
  }
  made.add(Role::body, BlockKind::quote,
           "A light nobody tends is only a lamp. A light somebody tends is a promise.")
      .level = 1;
  made.body("When the ferry came in at nine, it sounded its horn once. That is not in the rules either.");
  put(Role::appeal, BlockKind::heading, "A message from The Harbour Post", "words of support; asks readers",
      0.9f)
      .level = 3;
  put(Role::appeal, BlockKind::paragraph,
      "We have shown no ads since January 2023. That costs us €4,000 a month.",
      "words of support; an amount of money", 0.92f);
  put(Role::contribution, BlockKind::control, "Monthly", "radio button of a form about support", 0.94f);
  put(Role::bio, BlockKind::paragraph,
      "Ida Lindqvist writes about the coast. Tom Okafor is the paper’s engineer at large.",
      "after the text; names the author", 0.77f);
  put(Role::notice, BlockKind::paragraph,
      "Correction: an earlier version gave the year of the storm as 2018.", "“Correction”; after the text",
      0.83f);
  put(Role::related, BlockKind::heading, "Most read", "heads a list of links", 0.96f).level = 2;
  put(Role::newsletter, BlockKind::paragraph, "Get the tide table every morning.",
      "form with an e-mail field", 0.9f);
  put(Role::comments, BlockKind::heading, "12 comments", "words of comments", 0.91f).level = 2;
  put(Role::ad, BlockKind::paragraph, "Advertisement", "the label of an advertisement", 0.98f);
  put(Role::form, BlockKind::control, "Search", "input of type search", 0.9f);
  put(Role::footer, BlockKind::paragraph, "© 2024 The Harbour Post. Imprint", "inside footer; ©", 0.99f);
  Block& hidden =
      put(Role::controls, BlockKind::paragraph, "Loading comments…", "hidden; status words", 0.7f);
  hidden.hidden = true;

  Support& support = d.support;
  support.present = true;
  made.asks = {"We have shown no ads since January 2023. That costs us €4,000 a month.",
               "If you can spare it, help us keep the light on. Every contribution counts."};
  made.frequencies = {"once", "monthly", "annual"};
  made.amounts = {{25, "EUR", "once", ""},    {50, "EUR", "once", ""},   {5, "EUR", "monthly", ""},
                  {10, "EUR", "monthly", ""}, {60, "EUR", "annual", ""}, {120, "EUR", "annual", ""}};
  support.has_minimum = true;
  support.minimum = {2, "EUR", "monthly", ""};
  made.costs = {{4000, "EUR", "month", "That costs us €4,000 a month."}};
  support.ad_free_since = "2023-01-01";
  support.defer = "Not now? Remind me later.";
  made.methods = {"card", "PayPal", "bank transfer"};
  support.url = "https://www.example.org/support";
}

inline void fill_arabic(Made& made) {
  Document& d = made.document;
  d.source = "pages/ar.html";
  d.url = "https://example.org/ar/1";
  d.title = "الميناء يبقي أضواءه مشتعلة";
  d.site = "بريد الميناء";
  d.language = "ar";
  d.date = "2024-03-14";
  d.right_to_left = true;
  d.encoding = "UTF-8";
  made.authors = {"ليلى حداد"};
  Block& headline = made.add(Role::headline, BlockKind::heading, d.title);
  headline.level = 1;
  made.body(
      "في مساء إضاءة المصباح لم يلقِ أحد خطابًا. أدار مدير الميناء المفتاح وانتظر الهمهمة ثم عاد ماشيًا على "
      "الرصيف.");
  made.heading("كلفة الترميم", 2);
  made.body("استغرق الأمر ألفًا ومئة يوم وأربعة مقاولين ودعوى قضائية واحدة (HTML 5).",
            {mark(MarkKind::emphasis, 0, 10)});
  made.item("الأرصفة والجدار البحري", 1, 1);
  made.item("السلالم", 1, 1);
  made.add(Role::body, BlockKind::quote, "الضوء الذي لا يرعاه أحد ليس سوى مصباح.").level = 1;
  d.support.present = true;
  made.asks = {"ساعدونا على إبقاء الضوء مشتعلًا."};
  made.frequencies = {"monthly"};
  d.support.url = "https://example.org/ar/support";
}

inline void fill_japanese(Made& made) {
  Document& d = made.document;
  d.source = "pages/ja.html";
  d.url = "https://example.org/ja/1";
  d.title = "港の灯りは消えない";
  d.site = "港新聞";
  d.language = "ja";
  d.date = "2024-03-14";
  d.encoding = "UTF-8";
  made.authors = {"佐藤 花"};
  made.add(Role::headline, BlockKind::heading, d.title).level = 1;
  made.body("灯がともった夜、演説をする者はいなかった。港長は鍵を回し、うなりを待ち、岸壁を歩いて帰った。",
            {mark(MarkKind::emphasis, 0, 9)});
  made.body("そこに至るまで、町は千百日と四つの業者、そして一つの訴訟を要した。");
}

// What a page that means harm would put everywhere it can.
inline const std::string& hostile_text() {
  static const std::string text = std::string(
                                      "</script><script>window.hacked=1</script>\"><img src=x "
                                      "onerror=\"window.hacked=1\">' onclick='x' ") +
                                  "</style></pre></title><!-- ]]> <![CDATA[ javascript:window.hacked=1 {{x}} "
                                  "${x} &lt; &#0; \\u003c/script> " +
                                  std::string("\0\x01\x1b[31m\x7f", 8) +
                                  "\xFF\xFE \xE2\x80\xAE"
                                  "desrever\xE2\x80\xA8 \xED\xA0\x80";
  return text;
}

inline void fill_hostile(Made& made) {
  Document& d = made.document;
  const std::string_view text = hostile_text();
  d.source = d.title = d.site = d.description = d.budget = d.error = d.encoding = d.date = d.modified =
      d.language = text;
  d.url = "javascript:window.hacked=1";
  d.image = "https://evil.example/x.png";
  made.authors = {text, text};
  for (int kind = 0; kind <= static_cast<int>(BlockKind::rule); ++kind) {
    for (int role = 0; role < role_count; ++role) {
      const auto size = static_cast<std::uint32_t>(text.size());
      Block& block =
          made.add(static_cast<Role>(role), static_cast<BlockKind>(kind), text,
                   {mark(MarkKind::image, 0, 0, "https://evil.example/\"onerror=\"x.png", text),
                    mark(MarkKind::link, 2, 30,
                         role % 2 == 0 ? "javascript:window.hacked=1" : "https://evil.example/\"><script>"),
                    mark(MarkKind::strong, 3, size), mark(MarkKind::math, 40, 44, text)});
      block.content = role % 3 != 0;
      block.reason = block.language = text;
      block.level = static_cast<std::uint8_t>(role);
      block.group = static_cast<std::uint32_t>(role / 4);
    }
  }
  d.support.present = true;
  made.asks = made.methods = {text};
  made.frequencies = {text, "once", "monthly"};
  made.amounts = {{5, text, text, text}, {1e300, "USD", "monthly", ""}, {-5, "EUR", "once", ""}};
  made.costs = {{10, text, text, text}};
  d.support.has_minimum = true;
  d.support.minimum = {2, text, text, text};
  d.support.defer = d.support.ad_free_since = text;
  d.support.url = "javascript:window.hacked=1";
}

inline void fill_large(Made& made) {
  made.document.source = "pages/large.html";
  made.document.title = "Three thousand blocks";
  made.document.language = "en";
  for (int i = 0; i < 3000; ++i) {
    Block& block =
        made.add(static_cast<Role>(i % role_count), static_cast<BlockKind>(i % 8),
                 "Block " + std::to_string(i) +
                     ": some words of a page that has very many blocks, as long threads and listings do.");
    block.reason = "long text; few links; block ";
    block.hidden = i % 17 == 0;
  }
}

}  // namespace offprint::fixtures
