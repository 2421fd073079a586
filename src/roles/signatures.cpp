#include "roles/signatures.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace offprint {
namespace {

bool parts(char c) { return c == '-' || c == '_'; }

bool is_signature(std::string_view classes) {
  constexpr std::size_t longest = 256;
  constexpr std::string_view signs[] = {"signature", "signature-content", "signature_content", "signaturecontainer"};
  constexpr std::string_view of_posts[] = {"has", "no", "with", "without", "show", "hide", "is", "not"};  // "has-signature" is said of the post
  return any_token(classes.substr(0, longest), [&](std::string_view name) {
    const auto begins = [&](std::string_view word) { return name.size() > word.size() && name.starts_with(word) && parts(name[word.size()]); };
    const auto ends = [&](std::string_view sign) { return name.ends_with(sign) && (name.size() == sign.size() || parts(name[name.size() - sign.size() - 1])); };
    return std::none_of(std::begin(of_posts), std::end(of_posts), begins) && std::any_of(std::begin(signs), std::end(signs), ends);
  });
}

}  // namespace

void leave_out_signatures(Page& page, const Blocks& blocks, Decisions& decisions) {
  constexpr int most_levels = 6;
  constexpr std::uint64_t most_words = 3;  // one of so many: what holds more is no signature, whatever its class says
  std::uint64_t words = 0, signed_words = 0;
  std::vector<std::size_t> signatures;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    if (!decisions.of_block[i].chosen) continue;
    words += blocks.blocks[i].words;
    NodeId id = blocks.blocks[i].node;
    for (int level = 0; level < most_levels && id != no_node; ++level, id = page[id].parent) {
      if (page[id].kind != NodeKind::element || !is_signature(attribute(page, id, AttributeName::class_))) continue;
      signatures.push_back(i);
      signed_words += blocks.blocks[i].words;
      break;
    }
  }
  if (signed_words * most_words > words) return;
  for (const std::size_t i : signatures) leave_out(decisions.of_block[i]);
}

}  // namespace offprint
