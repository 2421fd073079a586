#include "sources/jsonl.h"

#include <simdjson.h>

namespace offprint::sources {

struct JsonLines::State {
  simdjson::dom::parser parser;
};

JsonLines::JsonLines() : state_(std::make_unique<State>()) {}
JsonLines::~JsonLines() = default;

bool JsonLines::parse(std::string_view line, const JsonColumns& columns, JsonLine& result,
                      std::string& problem) {
  result = {};
  simdjson::dom::element element;
  if (auto error = state_->parser.parse(line.data(), line.size(), true).get(element)) {
    problem = std::string("not JSON: ") + simdjson::error_message(error);
    return false;
  }
  simdjson::dom::object object;
  if (element.get_object().get(object)) {
    problem = "a line that is no JSON object";
    return false;
  }
  const auto text_of = [&](const std::string& column, std::string_view& to) {
    return !column.empty() && object[column].get_string().get(to) == simdjson::SUCCESS;
  };
  result.has_html = text_of(columns.html, result.bytes);
  if (!result.has_html) result.has_text = text_of(columns.text, result.bytes);
  text_of(columns.url, result.url);
  text_of(columns.date, result.date);
  text_of(columns.id, result.id);
  if (!result.has_html && !result.has_text) {
    problem = "neither \"" + columns.html + "\" nor \"" + columns.text + "\" in it";
    return false;
  }
  return true;
}

}  // namespace offprint::sources
