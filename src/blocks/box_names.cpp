#include "blocks/box_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <utility>

#include "blocks/name_groups.h"
#include "blocks/text_scan.h"

namespace offprint {
namespace {

// Token → groups, built at compile time: each token stands in one of the two slots that its hash names, so that both are looked at
// without a branch. Which names belong to a group is nothing that a processor foresees.
struct GroupTable {
  static constexpr unsigned bits = 10;
  struct Slot {
    std::uint32_t token = 0, groups = 0;
  };
  std::array<Slot, std::size_t{1} << bits> slots{};
  static constexpr std::size_t first(std::uint32_t token) { return token & ((1u << bits) - 1); }
  static constexpr std::size_t second(std::uint32_t token) { return token >> (32 - bits); }
  constexpr std::uint32_t groups_in(std::size_t slot, std::uint32_t token) const {
    return slots[slot].groups & -static_cast<std::uint32_t>(slots[slot].token == token);
  }
  constexpr std::uint32_t groups_of(std::uint32_t token) const { return groups_in(first(token), token) | groups_in(second(token), token); }
  constexpr void add(std::uint32_t token, std::uint32_t groups) {
    for (const std::size_t known : {first(token), second(token)})
      if (slots[known].token == token) {
        slots[known].groups |= groups;
        return;
      }
    // Who stands in the way goes to its other slot, and so on.
    Slot in_hand{token, groups};
    std::size_t at = first(token);
    for (int steps = 0; steps < 1000; ++steps) {
      std::swap(in_hand, slots[at]);
      if (in_hand.token == 0) return;
      at = first(in_hand.token) == at ? second(in_hand.token) : first(in_hand.token);
    }
    complete = false;
  }
  bool complete = true;
};

constexpr GroupTable group_table = [] {
  GroupTable t;
  for (std::size_t g = 0; g < name_groups.size(); ++g) {
    std::string_view words = name_groups[g];
    words.remove_prefix(words.find(' ') + 1);
    while (!words.empty()) {
      const std::size_t end = words.find(' ') == std::string_view::npos ? words.size() : words.find(' ');
      t.add(hash_word(words.substr(0, end)), 1u << g);
      words.remove_prefix(end == words.size() ? end : end + 1);
    }
  }
  return t;
}();
static_assert(group_table.complete, "the groups of names need more slots");

// Tokens of one attribute value: the parts of each word (runs of letters, cut where a capital follows a small
// letter), and the word as the sequence of its parts, where it has several. Each takes two bytes of the value or more.
using ValueTokens = std::array<std::uint32_t, longest_name>;
template <class Found>
std::size_t split_value(std::string_view value, ValueTokens& tokens, Found found) {
  constexpr std::uint32_t whole_start = 0x57u, whole_step = 0x85EBCA6Bu;
  NameScan scan;
  scan_name(value, scan);
  // Where a part begins, and where one that began before has ended.
  std::uint64_t starts[longest_name / 64 + 1], stops[longest_name / 64 + 1];
  std::uint64_t letter_before = 0, lower_before = 0;
  const std::size_t words = scan.size / 64 + 1;
  for (std::size_t k = 0; k < words; ++k) {
    const std::uint64_t lower = scan.lower[k], upper = scan.upper[k], letter = lower | upper;
    starts[k] = (letter & ~(letter << 1 | letter_before)) | (upper & (lower << 1 | lower_before));
    stops[k] = ~letter | starts[k];
    letter_before = letter >> 63;
    lower_before = lower >> 63;
  }
  std::size_t n = 0, word_end = 0, letters = 0;
  std::uint32_t whole = whole_start, parts = 0;
  const auto end_word = [&] {
    if (parts <= 1 || letters <= 2) return;
    tokens[n++] = std::max(whole, 1u);
    found(tokens[n - 1]);
  };
  for (std::size_t k = 0; k < words; ++k)
    for (std::uint64_t left = starts[k]; left != 0; left &= left - 1) {
      const std::size_t begin = k * 64 + static_cast<std::size_t>(std::countr_zero(left));
      if (begin >= word_end) {
        end_word();
        word_end = next_bit(scan.blank, begin + 1);
        whole = whole_start;
        parts = 0;
        letters = 0;
      }
      const std::size_t end = next_bit(stops, begin + 1);
      const std::uint32_t part = hash_scanned(scan.low + begin, end - begin);
      tokens[n] = part;
      n += end - begin > 1;
      found(part);
      letters += end - begin;
      ++parts;
      whole = (whole ^ part) * whole_step;
      whole ^= whole >> 15;
    }
  end_word();
  return n;
}

}  // namespace

std::uint32_t tag_token(const Page& page, NodeId element) {
  return std::max(hash_word(page[element].text().substr(0, 64)) ^ 0x3C3C3C3Cu, 1u);
}

std::uint32_t groups_of_token(std::uint32_t token) { return group_table.groups_of(token); }

void read_value(std::string_view value, const NodeLexicon& lexicon, Boxes::Memo& score) {
  ValueTokens all;
  const bool asked = !lexicon.names.index.empty();
  const std::size_t n = split_value(value, all, [&](std::uint32_t token) {
    if (asked) lexicon.names.call_index(token);
  });
  const std::span<const std::uint32_t> tokens{all.data(), n};
  for (const std::uint32_t token : tokens) {
    score.groups |= group_table.groups_of(token);
    const TokenRecord* const record = lexicon.names.find(token);
    if (record == nullptr) continue;
    if ((record->told & tells_roles) != 0) {
      score.roles.add(record->roles);
      ++score.role_count;
    }
    if ((record->told & tells_content) == 0) continue;
    const float v = static_cast<float>(record->content) / 16.0f;
    score.sum += v;
    score.max = std::max(score.max, v);
    score.min = std::min(score.min, v);
    ++score.count;
  }
}

void collect_tokens(const Page& page, NodeId element, std::vector<std::uint32_t>& tokens) {
  tokens.clear();
  tokens.push_back(tag_token(page, element));
  const Node& node = page[element];
  for (std::uint32_t k = 0; k < node.attributes_count; ++k) {
    const Attribute& a = page.attributes[node.attributes_begin + k];
    if ((use_of(a.id) & for_names) == 0) continue;
    ValueTokens of_value;
    const std::size_t n = split_value(a.raw_value(), of_value, [](std::uint32_t) {});
    tokens.insert(tokens.end(), of_value.begin(), of_value.begin() + static_cast<std::ptrdiff_t>(n));
  }
}

}  // namespace offprint
