// Strings of JSON values, for the readers of JSON-LD.
#pragma once

#include <simdjson.h>

#include <string_view>

namespace offprint {

inline std::string_view string_of(simdjson::dom::element value) {
  std::string_view s;
  if (value.get_string().get(s) == simdjson::SUCCESS) return s;
  return {};
}

// The first string of a value that may be a string, an array of them, or {"@value": …}.
inline std::string_view first_string(simdjson::dom::element value) {
  for (int k = 0; k < 3; ++k) {
    switch (value.type()) {
      case simdjson::dom::element_type::STRING:
        return string_of(value);
      case simdjson::dom::element_type::ARRAY: {
        simdjson::dom::array list;
        if (value.get_array().get(list) != simdjson::SUCCESS || list.begin() == list.end()) return {};
        value = *list.begin();
        break;
      }
      case simdjson::dom::element_type::OBJECT: {
        simdjson::dom::element inner;
        if (value["@value"].get(inner) != simdjson::SUCCESS && value["name"].get(inner) != simdjson::SUCCESS)
          return {};
        value = inner;
        break;
      }
      default:
        return {};
    }
  }
  return {};
}

}  // namespace offprint
