#include "roles/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace offprint {
namespace {

// How a feature is put into words. `form`: what its number is.
enum class Form : std::uint8_t { flag, count, log_count, percent, number };
struct Phrase {
  std::string_view feature, yes, no;  // flag: said when set / when not; others: {} takes the value in `yes`
  Form form;
};

constexpr std::array<Phrase, 95> phrases = {{
    {"words", "{} words", "", Form::log_count},
    {"bytes", "{} bytes of text", "", Form::log_count},
    {"link_share", "{} % link text", "", Form::percent},
    {"links", "{} links in it", "", Form::count},
    {"digit_share", "{} % digits", "", Form::percent},
    {"upper_share", "{} % capitals", "", Form::percent},
    {"punctuation_share", "{} % of words followed by punctuation", "", Form::percent},
    {"letter_share", "{} % letters", "", Form::percent},
    {"strong_share", "{} % bold", "", Form::percent},
    {"ends_sentence", "ends a sentence", "no end of a sentence", Form::flag},
    {"starts_upper", "begins with a capital", "begins without a capital", Form::flag},
    {"copyright", "has a copyright sign", "no copyright sign", Form::flag},
    {"date_like", "looks like a date", "no date in it", Form::flag},
    {"currency", "has a currency sign", "no currency sign", Form::flag},
    {"images", "{} pictures", "", Form::count},
    {"hidden", "hidden at first", "visible", Form::flag},
    {"heading_level", "a heading of level {}", "", Form::count},
    {"duplicates", "repeated {} times", "", Form::count},
    {"earlier_duplicates", "said {} times before", "", Form::count},
    {"title_in_block", "holds {} % of the title's words", "", Form::percent},
    {"block_in_title", "{} % of its words are in the title", "", Form::percent},
    {"block_in_description", "{} % of its words are in the description", "", Form::percent},
    {"block_in_body", "{} % of it is in the page's own articleBody", "", Form::percent},
    {"position", "at {} % of the page", "", Form::percent},
    {"words_before", "{} % of the page's words before it", "", Form::percent},
    {"index", "block {} of the page", "", Form::log_count},
    {"blocks_after", "{} blocks after it", "", Form::log_count},
    {"after_h1", "after the headline", "before the headline", Form::flag},
    {"from_h1", "{} blocks from the main heading", "", Form::number},
    {"from_title", "{} blocks from the title", "", Form::number},
    {"from_heading", "{} blocks after a heading", "", Form::number},
    {"section_words", "in a section of {} words", "", Form::log_count},
    {"section_blocks", "in a section of {} blocks", "", Form::log_count},
    {"section_links", "its section is {} % links", "", Form::percent},
    {"window3_words", "blocks around it have {} words", "", Form::number},
    {"window8_words", "blocks around it have {} words", "", Form::number},
    {"window3_links", "{} % links around it", "", Form::percent},
    {"window8_links", "{} % links around it", "", Form::percent},
    {"prev1_links", "the block before is {} % links", "", Form::percent},
    {"next1_links", "the block after is {} % links", "", Form::percent},
    {"prev1_words", "the block before has {} words", "", Form::log_count},
    {"next1_words", "the block after has {} words", "", Form::log_count},
    {"depth", "{} boxes deep", "", Form::count},
    {"group_count", "one of {} alike", "", Form::log_count},
    {"group_words", "its likes have {} words", "", Form::log_count},
    {"group_links", "its likes are {} % links", "", Form::percent},
    {"group_share", "its likes hold {} % of the page", "", Form::percent},
    {"siblings", "one of {} like boxes", "", Form::log_count},
    {"siblings_most", "in a row of {} like boxes", "", Form::log_count},
    {"record_count", "in one of {} records", "", Form::log_count},
    {"record_words", "in a record of {} words", "", Form::log_count},
    {"in_half_paragraphs", "beside most paragraphs", "apart from most paragraphs", Form::flag},
    {"in_most_paragraphs", "in the box of the paragraphs", "outside the box of the paragraphs", Form::flag},
    {"in_direct", "in the box of the running text", "outside the running text", Form::flag},
    {"box_links", "its box is {} % links", "", Form::percent},
    {"box_words", "its box has {} words", "", Form::log_count},
    {"a1_links", "the box around is {} % links", "", Form::percent},
    {"a2_links", "the second box around is {} % links", "", Form::percent},
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
    {"says_defer", "words that put off", "", Form::flag},
    {"says_payment", "names of payment", "", Form::flag},
    {"says_ad_free", "speaks of ads", "", Form::flag},
    {"says_consent", "words of consent", "no words of consent", Form::flag},
    {"says_newsletter", "words of newsletters", "no words of newsletters", Form::flag},
    {"says_share", "words of sharing", "no words of sharing", Form::flag},
    {"says_paywall", "words of subscription", "no words of subscription", Form::flag},
    {"says_login", "words of log-in", "", Form::flag},
    {"says_comments", "words of comments", "no words of comments", Form::flag},
    {"says_related", "words that lead to other stories", "no words of other stories", Form::flag},
    {"says_advertisement", "an advertising label", "no advertising label", Form::flag},
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

bool put_in_words(std::string_view feature, float value, std::string& out) {
  const std::size_t before = out.size();
  if (!out.empty()) out += "; ";
  const std::size_t start = out.size();
  if (feature.starts_with("lex_")) {
    out += value > 0.15f ? "its names are those of content" : value < -0.15f ? "its names are not those of content" : "";
  } else if (feature.starts_with("near_") && phrase_of(feature) == nullptr) {
    if (value > 8) out += fmt::format("its box is named like {}", feature.substr(5));
  } else if (feature.starts_with("far_")) {
    if (value > 8) out += fmt::format("boxes around are named like {}", feature.substr(4));
  } else if (feature.starts_with("word_") && feature != "word_length") {
    if (value > 8) out += fmt::format("words of {}", feature.substr(5));
  } else if (feature.starts_with("heading_says_")) {
    if (value > 0) {
      out += "under a heading with ";
      const Phrase* p = phrase_of(feature.substr(8));
      out += p != nullptr ? p->yes : "such words";
    }
  } else if (const Phrase* p = phrase_of(feature)) {
    switch (p->form) {
      case Form::flag: out += value > 0 ? p->yes : p->no; break;
      case Form::count:
        if (value > 0) out += fmt::format(fmt::runtime(p->yes), std::lround(value));
        break;
      case Form::log_count: out += value < 0 ? "" : fmt::format(fmt::runtime(p->yes), std::lround(std::exp2(value) - 1)); break;
      case Form::percent: out += fmt::format(fmt::runtime(p->yes), std::lround(std::min(1.0f, value) * 100)); break;
      case Form::number: out += fmt::format(fmt::runtime(p->yes), std::lround(value)); break;
    }
  }
  if (out.size() == start) {
    out.resize(before);
    return false;
  }
  return true;
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
    const float value = columns[net.input[best[i].column] * feature_tile + row % feature_tile];
    said += put_in_words(net.name[best[i].column], value, words);
  }
  // What stands around the block is one reason more where it weighs as much as the strongest of its own.
  if (n > 0 && around > std::abs(best[0].value)) words += words.empty() ? "blocks of this kind around it" : "; blocks of this kind around it";
  return arena.copy(words);
}

}  // namespace offprint
