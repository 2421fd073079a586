// The reader of a request for support, which find_support() runs once for a page: what it gathers, and its
// steps, a file a group. Nothing outside of support*.cpp includes this.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/unicode.h"
#include "blocks/blocks.h"
#include "blocks/lexicon.h"
#include "document/dates.h"
#include "document/money.h"
#include "document/request.h"
#include "offprint/document.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// How many words a text has; two characters of Chinese or Japanese count as one.
std::size_t words_between(std::string_view text);

struct SupportReader {
  static constexpr std::size_t list_limit = 200;  // of each list: a page that repeats itself ends somewhere
  static constexpr std::size_t choice_limit = 2000;  // controls read, whether or not they add to a list
  static constexpr std::size_t element_limit = 20000;  // elements looked at

  // A frequency or an amount with its place in the source.
  struct Choice {
    std::uint32_t at;
    PhraseValue value;
  };
  struct Amount {
    std::uint32_t at;
    double amount;
    std::string_view currency;
    PhraseValue frequency;
  };
  struct Label {  // of a form's control
    std::string_view for_, text;
    NodeId node;
  };
  struct Tab {  // names the element that it shows, and says how often
    std::string_view panel, id;
    PhraseValue frequency;
  };
  // What is said once for all controls of a box. Lists are bounded.
  struct BoxFacts {
    std::string_view currency;  // by an attribute, a field or a lone sign
    std::string_view dollar;    // the dollars that its words name
    std::vector<Label> labels;
    std::vector<Tab> tabs;
  };
  // Stand for the currency of "$5" and "¥500" until all is read.
  static constexpr std::string_view some_dollars = "$", some_yen = "¥";

  Page& page;
  const Blocks& blocks;
  const Decisions& decisions;
  const std::vector<RequestPart>& part;
  SaidOfBlocks& said;
  Arena& arena;
  std::string_view base;
  DateOrder order = DateOrder::day_first;

  std::vector<std::string_view> asks, methods;
  std::string_view methods_label;  // "payment methods", where no method is named
  // What the words say, and what the elements say: where these say something, the words' guess is not used.
  std::vector<Choice> choices, element_choices;
  std::vector<Amount> amounts, element_amounts;
  std::size_t choices_read = 0;
  std::vector<Money> costs;
  bool has_minimum = false;
  Money minimum;
  std::string_view currency;  // what bare numbers are in
  std::string_view dollar, yen;  // what "$" and "¥" are the signs of here, where anything tells
  std::string_view defer;
  std::string_view ad_free_since;
  std::string_view url;
  int url_score = 0;

  // support.cpp
  void read();
  void write(Support& out);

  // support_words.cpp: the words of the blocks.
  void read_ask(std::size_t i);
  void read_ad_free(std::string_view words);
  void read_control(std::size_t i, bool sure);
  void read_defer();
  std::string_view defer_words(std::size_t i) const;

  // support_methods.cpp: ways to pay, in words and as icons.
  void add_method(std::string_view name);
  bool read_methods(std::string_view words);  // whether the text names any
  void read_icon(NodeId id, const std::vector<Label>& labels);
  void read_icon_name(std::string_view value);

  // support_elements.cpp: the boxes of a request and the choices in them.
  void read_elements();
  bool harmless(std::size_t i) const;
  NodeId box_of(std::size_t i);
  void read_box(NodeId box, std::size_t& left);
  void read_facts(NodeId box, std::size_t left, BoxFacts& facts);

  // support_choices.cpp: what one radio button, option, button or field says.
  void read_choice(NodeId id, NodeId box, const BoxFacts& facts);
  void read_least(NodeId id, std::string_view box_currency);
  std::string_view label_of(NodeId input, const std::vector<Label>& labels);
  bool is_of_dates(NodeId id);
  PhraseValue frequency_around(NodeId id, NodeId box, const BoxFacts& facts);

  // support_links.cpp: where one gives.
  void read_links();
  void offer_url(std::string_view reference, int score);
  void offer_link(NodeId link, RequestPart where, bool any);
  void read_bare_address(std::string_view words, RequestPart where);

  Role role(std::size_t i) const { return decisions.of_block[i].role; }
  std::string_view text(std::size_t i) const { return trim(blocks.blocks[i].text); }
  bool usable(std::size_t i) const {
    const Hidden h = blocks.blocks[i].hidden;
    return h != Hidden::noscript && h != Hidden::template_ && !text(i).empty();
  }
  void set_minimum(const FoundMoney& m);
  // Whether an amount is the least one may give: "only" says so where a word of giving stands near, and none of raising.
  static bool is_least(const FoundMoney& m, std::string_view words);
  static std::string_view currency_of_sum(const FoundMoney& m) {
    return !m.vague ? m.currency : m.currency == "JPY" ? some_yen : some_dollars;
  }
  void find_local_currencies();
  std::string_view resolved(std::string_view code) const {
    if (code == some_dollars) return dollar.empty() ? "USD" : dollar;
    if (code == "MXN" && !dollar.empty() && !dollar.ends_with('D')) return dollar;  // "pesos" of the page's country
    if (code == some_yen) return yen.empty() ? "JPY" : yen;
    return code;
  }
};

}  // namespace offprint
