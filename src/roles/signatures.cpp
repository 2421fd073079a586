#include "roles/signatures.h"

#include <algorithm>
#include <string_view>

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
    for (const std::string_view sign : {"signature", "signature-content", "signature_content", "signaturecontainer"})
      if (name == sign || (name.size() > sign.size() && name.ends_with(sign) && (name[name.size() - sign.size() - 1] == '-' || name[name.size() - sign.size() - 1] == '_'))) return true;
  }
  return false;
}

}  // namespace

void leave_out_signatures(Page& page, const Blocks& blocks, Decisions& decisions) {
  constexpr int most_levels = 6;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    Decision& d = decisions.of_block[i];
    if (!d.chosen) continue;
    NodeId id = blocks.blocks[i].node;
    for (int level = 0; level < most_levels && id != no_node; ++level, id = page[id].parent) {
      if (page[id].kind != NodeKind::element || !is_signature(attribute(page, id, AttributeName::class_))) continue;
      d.chosen = false;
      becomes(d, d.elsewhere);
      break;
    }
  }
}

}  // namespace offprint
