// Strings of JSON values, for the readers of JSON-LD.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "base/arena.h"

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

// All strings of an array, a paragraph each; else as first_string(). In the arena.
inline std::string_view joined_strings(simdjson::dom::element value, Arena& arena) {
  simdjson::dom::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return arena.copy(first_string(value));
  std::string all;
  for (simdjson::dom::element part : list) {
    const std::string_view s = first_string(part);
    if (s.empty()) continue;
    if (!all.empty()) all += "\n\n";
    all += s;
  }
  return arena.copy(std::string_view(all));
}

}  // namespace offprint
