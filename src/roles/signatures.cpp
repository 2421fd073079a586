#include "roles/signatures.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "roles/choose.h"

namespace offprint {
namespace {

bool is_signature(std::string_view classes) {
  constexpr std::size_t longest = 256;
  classes = classes.substr(0, longest);
  for (std::size_t at = 0; at < classes.size();) {
    const std::size_t end = std::min(classes.find_first_of(" \t\n\r\f", at), classes.size());
    const std::string_view name = classes.substr(at, end - at);
    at = end + 1;
    // "has-signature" is said of the post.
    constexpr std::string_view of_posts[] = {"has", "no", "with", "without", "show", "hide", "is", "not"};
    if (std::any_of(std::begin(of_posts), std::end(of_posts), [&](std::string_view word) { return name.starts_with(word) && name.size() > word.size() && (name[word.size()] == '-' || name[word.size()] == '_'); })) continue;
    for (const std::string_view sign : {"signature", "signature-content", "signature_content", "signaturecontainer"})
      if (name == sign || (name.size() > sign.size() && name.ends_with(sign) && (name[name.size() - sign.size() - 1] == '-' || name[name.size() - sign.size() - 1] == '_'))) return true;
  }
  return false;
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
  for (const std::size_t i : signatures) {
    Decision& d = decisions.of_block[i];
    d.chosen = false;
    becomes(d, d.elsewhere);
  }
}

}  // namespace offprint
