#include "document/request_roles.h"

#include <algorithm>

#include "base/unicode.h"
#include "document/request_words.h"

namespace offprint {
namespace {

class Agreement {
 public:
  Agreement(const Blocks& blocks, RoleProbabilities probabilities, std::span<const RequestPart> part,
            SaidOfBlocks& said, Decisions& decisions)
      : blocks_(blocks), probabilities_(probabilities), part_(part), said_(said), decisions_(decisions) {}

  // Roles follow the parts; what is in the request is no part of the text.
  void run() {
    // A headline that is of the request is none.
    for (std::size_t i = 0; i < part_.size(); ++i)
      headline_ |= role(i) == Role::headline && (part_[i] == RequestPart::none || part_[i] == RequestPart::near);
    for (std::size_t i = 0; i < part_.size(); ++i) {
      const Role was = role(i);
      switch (part_[i]) {
        case RequestPart::ask:
          decide(i, Role::appeal, "stands within a request for support and speaks to readers");
          break;
        case RequestPart::control:
          decide(i, Role::contribution, "stands among the controls of a request for support");
          break;
        case RequestPart::defer:
          if (was != Role::controls) decide(i, Role::controls, "puts off the request for support before it");
          break;
        default:
          if (!stray(i)) continue;
          if (continues_story(i)) {
            decide(i, Role::body, "beside a request for support, but of the story");
            decisions_.of_block[i].chosen = true;
          } else {
            decide(i, otherwise(i), "beside a request for support, but no words of one");
          }
          continue;
      }
      decisions_.of_block[i].chosen = false;
    }
  }

 private:
  const Blocks& blocks_;
  RoleProbabilities probabilities_;
  std::span<const RequestPart> part_;
  SaidOfBlocks& said_;
  Decisions& decisions_;
  bool headline_ = false;  // whether the page has one

  Role role(std::size_t i) const { return decisions_.of_block[i].role; }
  const Said& said(std::size_t i) { return said_.of(blocks_, i); }
  bool shown(std::size_t i) const {
    const Hidden h = blocks_.blocks[i].hidden;
    return h != Hidden::noscript && h != Hidden::template_ && !trim(blocks_.blocks[i].text).empty();
  }
  std::size_t next(std::size_t i) const {
    do ++i;
    while (i < part_.size() && !shown(i));
    return i;
  }
  std::size_t before(std::size_t i) const {
    while (i-- > 0)
      if (shown(i)) return i;
    return part_.size();
  }

  // The likeliest role besides those of a request and of the text.
  Role otherwise(std::size_t i) {
    if (said(i).words == 0) return Role::controls;
    if (blocks_.flat && heads_story(i)) return Role::headline;
    if (!probabilities_.known(i)) return role(i);
    std::uint32_t roles = all_roles & ~set_of({Role::appeal, Role::contribution, Role::body});
    if (headline_) roles &= ~set_of({Role::headline});
    return probabilities_.likeliest(i, roles).role;
  }
  // A paragraph next to the story, of flattened text: the story's.
  bool continues_story(std::size_t i) {
    if (!blocks_.flat || !said(i).closed || said(i).words < 12 || said(i).supports()) return false;
    const std::size_t a = before(i), b = next(i);
    return (a < part_.size() && decisions_.of_block[a].chosen) ||
           (b < part_.size() && decisions_.of_block[b].chosen);
  }
  // Between a request and the story, where no other block is the headline.
  bool heads_story(std::size_t i) {
    if (said(i).closed || said(i).words < 3) return false;
    if (headline_) return false;
    std::size_t k = next(i);
    for (int steps = 0; k < part_.size() && steps < 4; ++steps, k = next(k))
      if (decisions_.of_block[k].chosen) return true;
    return false;
  }
  void decide(std::size_t i, Role r, std::string_view reason) {
    Decision& d = decisions_.of_block[i];
    if (d.role == r) return;
    if (probabilities_.known(i)) d.confidence = std::clamp(probabilities_.of(i, r), 0.5f, 1.0f);
    d.role = r;
    headline_ |= r == Role::headline;
    if (!d.reason.empty()) d.reason = reason;
  }
  // What the model took for part of a request, on a page that has one. With markup it is seldom wrong, but
  // for headlines and tags; without it the words must tell.
  bool stray(std::size_t i) {
    const Role r = role(i);
    if (r != Role::appeal && r != Role::contribution) return false;
    return blocks_.flat || (r == Role::appeal && !said(i).closed && !said(i).speaks());
  }
};

}  // namespace

void agree_with_request(const Blocks& blocks, RoleProbabilities probabilities,
                        std::span<const RequestPart> part, SaidOfBlocks& said, Decisions& decisions) {
  Agreement(blocks, probabilities, part, said, decisions).run();
}

}  // namespace offprint
