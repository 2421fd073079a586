#include "document/request_others.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/unicode.h"
#include "base/url.h"
#include "document/elements.h"
#include "document/giving.h"

namespace offprint {

bool is_foreign(Role r) {
  return r == Role::consent || r == Role::newsletter || r == Role::comments || r == Role::related || r == Role::social ||
         r == Role::headline || r == Role::navigation || r == Role::masthead;
}

bool is_beside(Role r) {
  return r == Role::controls || r == Role::form || r == Role::other || r == Role::notice || r == Role::paywall || r == Role::ad ||
         r == Role::appeal || r == Role::contribution;
}

bool chooses(const Said& s) {
  return s.hits.has(Purpose::frequency) || s.priced || s.methods || s.supports() || s.hits.has(Purpose::payment);
}

GivingLink giving_link(Page& page, const Blocks& blocks, std::size_t block, std::string_view base, Arena& arena) {
  const RawBlock& b = blocks.blocks[block];
  if (blocks.flat || b.node == no_node) return GivingLink::none;
  GivingLink found = GivingLink::none;
  const auto look = [&](NodeId link) {
    const std::string_view href = attribute(page, link, AttributeName::href);
    if (href.empty() || href.size() > most_address) return;
    const std::string_view absolute = resolve_url(base, href, arena);
    if (leads_to_giving(absolute) == 2) {
      const std::string_view host = host_of(absolute);
      const bool own = host.empty() || is_giving_host(host) || registrable_domain(host) == registrable_domain(host_of(base));
      found = std::max(found, own ? GivingLink::own : GivingLink::of_others);
    }
    arena.shrink(absolute.data() + absolute.size(), absolute.data());
  };
  for (std::uint32_t k = 0; k < std::min(b.marks_count, most_marks_asked) && found != GivingLink::own; ++k) {
    const RawMark& mark = blocks.marks[b.marks_begin + k];
    if (mark.kind == MarkKind::link && mark.node != no_node) look(mark.node);
  }
  NodeId up = b.node;
  for (int k = 0; k < 4 && up != no_node && found != GivingLink::own; ++k, up = page[up].parent)
    if (page[up].kind == NodeKind::element && page[up].tag == Tag::a) look(up);
  return found;
}

bool leads_to_giving(Page& page, const Blocks& blocks, std::size_t block, std::string_view base, Arena& arena) {
  return giving_link(page, blocks, block, base, arena) != GivingLink::none;
}

bool among_comments(Page& page, const RawBlock& block) {
  NodeId up = block.node;
  for (int k = 0; k < 10 && up != no_node && up != page.body && page[up].kind == NodeKind::element; ++k, up = page[up].parent)
    for (const AttributeName a : {AttributeName::class_, AttributeName::id}) {
      const auto is_of_comments = [](std::string_view name) {
        for (const std::string_view w :
             {"comment", "comments", "commentlist", "comment-list", "comment-body", "comment-content", "comments-area", "comments-list"})
          if (equal_ascii_case(name, w)) return true;
        return false;
      };
      if (any_token(attribute(page, up, a).substr(0, 400), is_of_comments)) return true;
    }
  return false;
}

bool labels_advertisement(const Said& s) {
  return s.words <= 3 && s.hits.has(Purpose::advertisement) && s.share(Purpose::advertisement) >= 0.7;
}

}  // namespace offprint
