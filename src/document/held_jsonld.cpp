// JSON-LD's recipes, questions and their answers, jobs, films and products → markup: on a page that shows nothing it is the
// one place where they are told.
#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "base/unicode.h"
#include "document/held_data.h"
#include "document/jsonld_values.h"

namespace offprint {
namespace {

using simdjson::dom::element;

constexpr std::size_t most_work = 4096, most_answers = 256;

std::string_view member(element value, std::string_view key) {
  element inner;
  return value.is_object() && value[key].get(inner) == simdjson::SUCCESS ? first_string(inner) : std::string_view();
}

std::uint32_t types_of(element thing) {
  element value;
  simdjson::dom::array list;
  if (!thing.is_object() || thing["@type"].get(value) != simdjson::SUCCESS) return 0;
  if (value.is_string()) return json_type_of(string_of(value));
  std::uint32_t types = 0;
  if (value.get_array().get(list) == simdjson::SUCCESS)
    for (element type : list) types |= json_type_of(string_of(type));
  return types;
}

// A value, or each value of an array.
template <class Each>
void each_of(element thing, std::string_view key, Each each) {
  element value;
  simdjson::dom::array list;
  if (!thing.is_object() || thing[key].get(value) != simdjson::SUCCESS) return;
  if (value.get_array().get(list) != simdjson::SUCCESS) return each(value);
  std::size_t n = 0;
  for (element one : list)
    if (++n <= most_answers) each(one);
}

struct Teller {
  Arena& arena;
  std::string markup;
  void text(std::string_view s) {
    if (s.empty()) return;
    Held one;
    one.parts.push_back({s, HeldTag::none, false});
    write_markup(one, arena, markup);
  }
  void heading(std::string_view s) {
    if (s.empty()) return;
    markup += "<h2>";
    append_text(s, markup);
    markup += "</h2>";
  }
  void item(std::string_view s) {
    markup += "<li>";
    text(s);
  }
};

void tell_answers(Teller& t, element question) {
  each_of(question, "acceptedAnswer", [&](element answer) { t.text(member(answer, "text")); });
  each_of(question, "suggestedAnswer", [&](element answer) { t.text(member(answer, "text")); });
}

// A step is a text, a thing with one, or a section of steps.
void tell_steps(Teller& t, element thing, std::string_view key) {
  bool open = false;
  const auto step = [&](element one) {
    std::string_view s = one.is_string() ? string_of(one) : member(one, "text");
    if (s.empty()) s = member(one, "name");
    if (s.empty()) return;
    if (!open) t.markup += "<ol>";
    open = true;
    t.item(s);
  };
  each_of(thing, key, [&](element one) {
    element steps;
    if (!one.is_object() || one["itemListElement"].get(steps) != simdjson::SUCCESS) return step(one);
    if (open) t.markup += "</ol>";
    open = false;
    t.heading(member(one, "name"));
    each_of(one, "itemListElement", step);
  });
  if (open) t.markup += "</ol>";
}

void tell(Teller& t, element thing, std::uint32_t types) {
  if ((types & (json_recipe | json_how_to)) != 0) {
    t.text(member(thing, "description"));
    bool open = false;
    each_of(thing, "recipeIngredient", [&](element one) {
      if (!one.is_string()) return;
      if (!open) t.markup += "<ul>";
      open = true;
      t.item(string_of(one));
    });
    if (open) t.markup += "</ul>";
    tell_steps(t, thing, (types & json_recipe) != 0 ? "recipeInstructions" : "step");
  } else if ((types & (json_question | json_faq)) != 0) {
    const bool many = (types & json_faq) != 0;
    each_of(thing, "mainEntity", [&](element question) {
      if (many) t.heading(member(question, "name"));
      t.text(member(question, "text"));
      tell_answers(t, question);
    });
    if (!many && types_of(thing) != 0 && !member(thing, "text").empty()) {
      t.text(member(thing, "text"));
      tell_answers(t, thing);
    }
  } else if ((types & (json_job | json_video | json_product | json_event | json_course)) != 0) {
    t.text(member(thing, "description"));
    if ((types & json_video) != 0) t.text(member(thing, "transcript"));
  }
}

// How much of a text is no markup.
std::uint32_t told_words(std::string_view markup) {
  std::uint32_t words = 0;
  for (std::size_t at = 0; at < markup.size();) {
    const std::size_t open = std::min(markup.find('<', at), markup.size());
    words += count_words(markup.substr(at, open - at));
    at = markup.find('>', open);
    if (at == std::string_view::npos) break;
    ++at;
  }
  return words;
}

}  // namespace

void search_jsonld(Page& page, Arena& arena, Meter& meter, Held& best) {
  simdjson::dom::parser parser;
  const std::size_t depth = std::max<std::size_t>(meter.budgets.json_depth, 4);
  constexpr std::uint32_t told = json_recipe | json_how_to | json_question | json_faq | json_job | json_video | json_product | json_event | json_course;
  constexpr std::uint32_t single = json_job | json_video | json_product | json_event | json_course;
  std::uint32_t seen = 0, twice = 0, of_best = 0;  // of two products neither is the page's
  for (const NodeId id : page.scripts) {
    const NodeId child = page[id].first_child;
    if (child == no_node || page[id].parent == no_node) continue;
    if (!equals_lowercase(attribute(page, id, AttributeName::type), "application/ld+json")) continue;
    if (meter.out_of_time()) return;
    const std::string_view script = trim(page[child].text());
    if (script.size() < 2 || parser.allocate(script.size(), depth) != simdjson::SUCCESS) continue;
    element root;
    simdjson::error_code error = parser.parse(script.data(), script.size(), true).get(root);
    if (error != simdjson::SUCCESS && error != simdjson::DEPTH_ERROR) {
      const std::string_view mended = repair_json(script, arena);
      if (!mended.empty() && parser.allocate(mended.size(), depth) == simdjson::SUCCESS) error = parser.parse(mended.data(), mended.size(), true).get(root);
    }
    if (error != simdjson::SUCCESS) continue;
    std::vector<element> work{root};
    for (std::size_t w = 0; w < work.size() && work.size() < most_work; ++w) {
      const element now = work[w];
      simdjson::dom::array list;
      if (now.get_array().get(list) == simdjson::SUCCESS) {
        for (element one : list) work.push_back(one);
        continue;
      }
      if (!now.is_object()) continue;
      element inner;
      if (now["@graph"].get(inner) == simdjson::SUCCESS) work.push_back(inner);
      const std::uint32_t types = types_of(now) & told;
      if ((types & (json_question | json_faq)) == 0 && now["mainEntity"].get(inner) == simdjson::SUCCESS) work.push_back(inner);
      if (types == 0) continue;
      twice |= seen & types;
      seen |= types;
      Teller teller{arena, {}};
      tell(teller, now, types);
      const std::uint32_t words = told_words(teller.markup);
      if (words <= best.words || (types & twice & single) != 0) continue;
      of_best = types;
      best = {{{arena.copy(std::string_view(teller.markup)), HeldTag::none, true}}, words, HeldFit::own, page[child].span};
    }
  }
  if ((twice & of_best & single) != 0) best = {};
}

}  // namespace offprint
