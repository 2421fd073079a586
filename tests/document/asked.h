// What is read of a request for support, for tests. The roles are set by hand: the model that finds them is tested elsewhere.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "document/assemble.h"
#include "document/support.h"

namespace offprint {

using Strings = std::vector<std::string>;

// A support object that owns its strings, so that tests can forget the page.
struct Sum {
  double amount;
  std::string currency, frequency;
  bool operator==(const Sum&) const = default;
};
inline void PrintTo(const Sum& s, std::ostream* out) {
  *out << s.amount << ' ' << s.currency << ' ' << s.frequency;
}

struct Result {
  bool present = false;
  Strings asks, frequencies, methods;
  std::vector<Sum> amounts, costs;
  Strings cost_texts;
  bool has_minimum = false;
  Sum minimum{};
  std::string ad_free_since, defer, url;
};

inline Result own(const Support& s) {
  Result r;
  r.present = s.present;
  for (const auto a : s.asks) r.asks.emplace_back(a);
  for (const auto f : s.frequencies) r.frequencies.emplace_back(f);
  for (const auto m : s.methods) r.methods.emplace_back(m);
  const auto sum = [](const Money& m) {
    return Sum{m.amount, std::string(m.currency), std::string(m.frequency)};
  };
  for (const Money& m : s.amounts) r.amounts.push_back(sum(m));
  for (const Money& m : s.costs) {
    r.costs.push_back(sum(m));
    r.cost_texts.emplace_back(m.text);
  }
  r.has_minimum = s.has_minimum;
  r.minimum = sum(s.minimum);
  r.ad_free_since = s.ad_free_since;
  r.defer = s.defer;
  r.url = s.url;
  return r;
}

using RoleOf = std::function<Role(std::string_view text, std::size_t index)>;

// Flattened text, a block a line.
inline Result from_text(std::string_view text, const RoleOf& role_of, std::string_view url = "") {
  const std::unique_ptr<std::string> copy = std::make_unique<std::string>(text);
  Arena arena;
  Meter meter;
  Blocks blocks;
  flat_blocks(*copy, arena, blocks, meter);
  Decisions decisions;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i)
    decisions.of_block.push_back({.role = role_of(blocks.blocks[i].text, i), .confidence = 1});
  Page page;
  Support out;
  Request request;
  const std::string_view base = base_of(page, url, arena);
  find_request(page, blocks, {}, base, decisions, arena, request);
  find_support(page, blocks, decisions, request, base, arena, out);
  return own(out);
}

inline Result from_html(std::string_view html, const RoleOf& role_of,
                 std::string_view url = "https://example.org/news/story") {
  const std::unique_ptr<std::string> copy = std::make_unique<std::string>(html);
  Arena arena;
  Meter meter;
  Page page;
  Blocks blocks;
  parse(page, *copy, {}, meter);
  find_blocks(page, blocks, meter);
  Decisions decisions;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i)
    decisions.of_block.push_back({.role = role_of(blocks.blocks[i].text, i), .confidence = 1});
  Support out;
  Request request;
  const std::string_view base = base_of(page, url, arena);
  find_request(page, blocks, {}, base, decisions, arena, request);
  find_support(page, blocks, decisions, request, base, arena, out);
  return own(out);
}

inline bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

// Everything of a list of beginnings is contribution, long lines are the appeal.
inline RoleOf all_request() {
  return
      [](std::string_view text, std::size_t) { return text.size() > 40 ? Role::appeal : Role::contribution; };
}

}  // namespace offprint
