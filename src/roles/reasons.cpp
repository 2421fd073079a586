#include "roles/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace offprint {
namespace {

// How a feature is put into words. `form`: what its number is.
enum class Form : std::uint8_t { flag, count, log_count, percent, place, steps };
struct Phrase {
  std::string_view feature;
  std::string_view some;  // flag: when set; others: {} takes the value
  std::string_view none;  // flag: when not set; others: of 0; where empty, some is said, or nothing of counts
  Form form;
  std::string_view full = {};  // count: of 1; percent: of 100
};

constexpr std::array<Phrase, 95> phrases = {{
    {"words", "{} words", "no words", Form::log_count, "one word"},
    {"bytes", "{} bytes of text", "", Form::log_count},
    {"link_share", "{} % link text", "no link text", Form::percent, "link text only"},
    {"links", "{} links in it", "no links in it", Form::count, "a link in it"},
    {"digit_share", "{} % digits", "no digits", Form::percent, "digits only"},
    {"upper_share", "{} % capitals", "no capitals", Form::percent, "capitals only"},
    {"punctuation_share", "{} % of its words are followed by punctuation", "no punctuation", Form::percent},
    {"letter_share", "{} % letters", "no letters", Form::percent, "letters only"},
    {"strong_share", "{} % bold", "nothing bold", Form::percent, "bold"},
    {"ends_sentence", "ends a sentence", "no end of a sentence", Form::flag},
    {"starts_upper", "begins with a capital", "begins without a capital", Form::flag},
    {"copyright", "has a copyright sign", "no copyright sign", Form::flag},
    {"date_like", "looks like a date", "no date in it", Form::flag},
    {"currency", "has a currency sign", "no currency sign", Form::flag},
    {"images", "{} pictures", "no picture", Form::count, "a picture"},
    {"hidden", "hidden at first", "visible", Form::flag},
    {"heading_level", "a heading of level {}", "no heading", Form::count},
    {"duplicates", "repeated {} times", "said once on the page", Form::count, "repeated once"},
    {"earlier_duplicates", "said {} times before", "not said before", Form::count, "said before"},
    {"title_in_block", "holds {} % of the title's words", "no words of the title", Form::percent,
     "holds the whole title"},
    {"block_in_title", "{} % of its words are in the title", "none of its words are in the title",
     Form::percent, "all its words are in the title"},
    {"block_in_description", "{} % of its words are in the description",
     "none of its words are in the description", Form::percent, "all its words are in the description"},
    {"block_in_body", "{} % of it is in the page's own articleBody",
     "nothing of it is in the page's own articleBody", Form::percent,
     "all of it is in the page's own articleBody"},
    {"position", "{} % down the page", "", Form::place},
    {"words_before", "{} % into the page's text", "", Form::place},
    {"index", "block {} of the page", "first block of the page", Form::log_count},
    {"blocks_after", "{} blocks after it", "last block of the page", Form::log_count, "one block after it"},
    {"after_h1", "after the headline", "before the headline", Form::flag},
    {"from_h1", "{} blocks {} the main heading", "the main heading itself", Form::steps},
    {"from_title", "{} blocks {} the title", "the title itself", Form::steps},
    {"from_heading", "{} blocks {} a heading", "a heading itself", Form::steps},
    {"section_words", "in a section of {} words", "", Form::log_count},
    {"section_blocks", "in a section of {} blocks", "", Form::log_count, "alone in its section"},
    {"section_links", "its section is {} % links", "no links in its section", Form::percent,
     "its section is all links"},
    {"window3_words", "blocks around it have {} words", "no words around it", Form::count,
     "blocks around it have a word each"},
    {"window8_words", "blocks around it have {} words", "no words around it", Form::count,
     "blocks around it have a word each"},
    {"window3_links", "{} % links around it", "no links around it", Form::percent, "all links around it"},
    {"window8_links", "{} % links around it", "no links around it", Form::percent, "all links around it"},
    {"prev1_links", "the block before is {} % links", "no link in the block before", Form::percent,
     "the block before is a link"},
    {"next1_links", "the block after is {} % links", "no link in the block after", Form::percent,
     "the block after is a link"},
    {"prev1_words", "the block before has {} words", "", Form::log_count, "the block before has one word"},
    {"next1_words", "the block after has {} words", "", Form::log_count, "the block after has one word"},
    {"depth", "{} boxes deep", "", Form::count, "one box deep"},
    {"group_count", "one of {} blocks alike", "", Form::log_count, "no other block like it"},
    {"group_words", "blocks like it have {} words", "", Form::log_count},
    {"group_links", "blocks like it are {} % links", "no links in blocks like it", Form::percent,
     "blocks like it are all links"},
    {"group_share", "blocks like it hold {} % of the page", "", Form::percent},
    {"siblings", "one of {} like boxes", "", Form::log_count, "no other box like its own"},
    {"siblings_most", "in a row of {} like boxes", "", Form::log_count, "in no row of like boxes"},
    {"record_count", "in one of {} records", "", Form::log_count, "in the only record"},
    {"record_words", "in a record of {} words", "", Form::log_count},
    {"in_half_paragraphs", "among most of the page's paragraphs", "apart from most paragraphs", Form::flag},
    {"in_most_paragraphs", "in the box of the paragraphs", "outside the box of the paragraphs", Form::flag},
    {"in_direct", "in the box of the running text", "outside the running text", Form::flag},
    {"box_links", "its box is {} % links", "no links in its box", Form::percent, "its box is all links"},
    {"box_words", "its box has {} words", "", Form::log_count, "its box has one word"},
    {"a1_links", "the box around it is {} % links", "no links in the box around it", Form::percent,
     "the box around it is all links"},
    {"a2_links", "the second box around it is {} % links", "no links in the second box around it",
     Form::percent, "the second box around it is all links"},
    {"in_article", "inside article", "outside any article", Form::flag},
    {"in_main", "inside main", "outside main", Form::flag},
    {"in_nav", "inside nav", "not in a nav", Form::flag},
    {"in_aside", "inside aside", "not in an aside", Form::flag},
    {"in_footer", "inside footer", "not in a footer", Form::flag},
    {"in_header", "inside header", "not in a header", Form::flag},
    {"in_form", "inside a form", "not in a form", Form::flag},
    {"in_list", "inside a list", "not in a list", Form::flag},
    {"in_table", "inside a table", "not in a table", Form::flag},
    {"in_figure", "inside figure", "not in a figure", Form::flag},
    {"in_dialog", "inside a dialog", "not in a dialog", Form::flag},
    {"in_link", "inside a link", "not in a link", Form::flag},
    {"in_button", "a button", "not a button", Form::flag},
    {"says_support_ask", "words that ask for support", "no words that ask for support", Form::flag},
    {"says_support_control", "words of giving", "no words of giving", Form::flag},
    {"says_frequency", "says how often", "", Form::flag},
    {"says_defer", "words that put a decision off", "", Form::flag},
    {"says_payment", "names ways to pay", "", Form::flag},
    {"says_ad_free", "speaks of ads", "", Form::flag},
    {"says_consent", "words of consent", "no words of consent", Form::flag},
    {"says_newsletter", "words of newsletters", "no words of newsletters", Form::flag},
    {"says_share", "words of sharing", "no words of sharing", Form::flag},
    {"says_paywall", "words of subscription", "no words of subscription", Form::flag},
    {"says_login", "words of log-in", "", Form::flag},
    {"says_comments", "words of comments", "no words of comments", Form::flag},
    {"says_related", "words that lead to other stories", "no words of other stories", Form::flag},
    {"says_advertisement", "words of advertising", "no words of advertising", Form::flag},
    {"says_byline", "words of authorship", "no words of authorship", Form::flag},
    {"says_published", "words of publication", "no words of publication", Form::flag},
    {"says_reading_time", "a reading time", "", Form::flag},
    {"says_credit", "a picture credit", "no picture credit", Form::flag},
    {"says_legal", "legal words", "no legal words", Form::flag},
    {"says_navigation", "words of navigation", "no words of navigation", Form::flag},
    {"says_search", "words of search", "", Form::flag},
    {"says_cart", "words of a shop", "no words of a shop", Form::flag},
    {"says_controls", "words of controls", "no words of controls", Form::flag},
    {"says_notice", "words of a notice", "", Form::flag},
}};

const Phrase* phrase_of(std::string_view feature) {
  for (const Phrase& p : phrases)
    if (p.feature == feature) return &p;
  return nullptr;
}

std::string number_in(std::string_view text, long value) {
  return fmt::format(fmt::runtime(text), value);
}

std::string words_for(const Phrase& p, float value) {
  const long whole =
      std::lround(p.form == Form::log_count                          ? std::exp2(std::max(0.0f, value)) - 1
                  : p.form == Form::percent || p.form == Form::place ? std::min(1.0f, value) * 100
                                                                     : value);
  switch (p.form) {
    case Form::flag:
      return std::string(value > 0 ? p.some : p.none);
    case Form::count:
    case Form::log_count:
      if (value < 0) return {};
      if (whole == 0) return std::string(p.none);
      return whole == 1 && !p.full.empty() ? std::string(p.full) : number_in(p.some, whole);
    case Form::percent:
      if (whole <= 0 && !p.none.empty()) return std::string(p.none);
      return whole >= 100 && !p.full.empty() ? std::string(p.full) : number_in(p.some, whole);
    case Form::place:
      return whole <= 3    ? "at the top of the page"
             : whole >= 97 ? "at the end of the page"
                           : number_in(p.some, whole);
    case Form::steps: {
      if (whole == 0) return std::string(p.none);
      std::string text = fmt::format(fmt::runtime(p.some), std::labs(whole), whole < 0 ? "before" : "after");
      if (std::labs(whole) == 1) text.replace(0, 8, "one block");
      return text;
    }
  }
  return {};
}

// What a feature says; empty where it says nothing worth telling.
std::string put_in_words(std::string_view feature, float value) {
  if (feature.starts_with("lex_")) {
    if (value > 0.15f) return "class names that content often has";
    return value < -0.15f ? "class names that content seldom has" : "";
  }
  if (feature.starts_with("far_"))
    return value > 8 ? fmt::format("its boxes are named like {}", feature.substr(4)) : "";
  if (feature.starts_with("word_") && feature != "word_length")
    return value > 8 ? fmt::format("words of {}", feature.substr(5)) : "";
  if (feature.starts_with("heading_says_")) {
    const Phrase* p = phrase_of(feature.substr(8));
    return value > 0 ? fmt::format("under a heading with {}", p != nullptr ? p->some : "such words") : "";
  }
  const Phrase* const p = phrase_of(feature);
  return p == nullptr ? "" : words_for(*p, value);
}

}  // namespace

std::string_view reason_of(std::span<const float> columns, const Net& net, const NetRows& rows, std::size_t row, Role role, Arena& arena) {
  std::array<NetContribution, 24> best;
  float around = 0;
  // The first output of the net is the content.
  const std::size_t n = explain(net, rows, row, static_cast<std::uint32_t>(role) + 1, best, around);
  std::string words;
  int said = 0;
  for (std::size_t i = 0; i < n && said < 3; ++i) {
    if (best[i].value <= 0) continue;
    const std::uint32_t column = best[i].column;
    const std::string reason =
        column == net.name.size()
            ? fmt::format("words of {}", name_of(role))
            : put_in_words(net.name[column], columns[net.input[column] * column_stride + row % feature_tile]);
    // Features that differ by little may be put alike.
    if (reason.empty() || words.find(reason) != words.npos) continue;
    if (reason.starts_with("class names") && words.find("class names") != words.npos) continue;
    if (said++ > 0) words += "; ";
    words += reason;
  }
  // What stands around the block is one reason more where it weighs as much as the strongest of its own.
  if (n > 0 && around > std::abs(best[0].value)) words += words.empty() ? "blocks of this kind around it" : "; blocks of this kind around it";
  return arena.copy(words);
}

}  // namespace offprint
