// Clusters of blocks that the model called appeal or contribution are judged one after another: what each
// block says sorts it, stretches without words of a request are cut off at the ends, gaps are filled, and a
// cluster without any words that plainly ask is none.
#include "document/request.h"

#include <algorithm>

#include "base/unicode.h"
#include "base/url.h"
#include "document/elements.h"
#include "document/giving.h"
#include "document/request_roles.h"
#include "document/request_words.h"

namespace offprint {
namespace {

constexpr float good_chance = 0.1f;  // words decide what becomes of it

constexpr std::size_t reach = 4;  // blocks between two of the same cluster
constexpr std::size_t gap_asked =
    3;  // blocks in a row that may be taken for words of the request though the model did not

class Finder {
 public:
  Finder(Page& page, const Blocks& blocks, RoleProbabilities probabilities, std::string_view base,
         Decisions& decisions, Arena& arena, Request& out)
      : page_(page),
        blocks_(blocks),
        probabilities_(probabilities),
        base_(base),
        decisions_(decisions),
        arena_(arena),
        out_(out),
        part_(out.part) {}

  void run() {
    find();
    if (out_.present) {
      spread();
      agree_with_request(blocks_, probabilities_, part_, out_.said, decisions_);
      return;
    }
    // A lone link to give by, in a menu or a footer, has a role of its own, but a reading copy should still know of it.
    if (blocks_.flat) return;
    by_chance_ = true;
    find();
    if (out_.present) spread();
  }

 private:
  void find() {
    const std::size_t n = blocks_.blocks.size();
    std::size_t first = next_seed(0);
    if (first == n) return;
    part_.assign(n, RequestPart::none);
    out_.said.begin(n);
    while (first < n) {
      std::size_t last = first, passed = 0;
      for (std::size_t i = first + 1; i < n && passed <= reach; ++i) {
        if (seed(i)) {
          last = i;
          passed = 0;
        } else if (usable(i) && !said(i).label) {  // ten amounts to choose from part nothing
          ++passed;
        }
      }
      judge(first, last);
      first = next_seed(last + 1);
    }
  }

  Page& page_;
  const Blocks& blocks_;
  RoleProbabilities probabilities_;
  std::string_view base_;
  Decisions& decisions_;
  Arena& arena_;
  Request& out_;
  std::vector<RequestPart>& part_;
  std::vector<bool> kept_;
  NodeId story_ = no_node;
  bool story_known_ = false;
  bool by_chance_ = false;  // blocks begin a request that are likely, not likeliest, to be of one

  Role role(std::size_t i) const { return decisions_.of_block[i].role; }
  std::string_view text(std::size_t i) const { return trim(blocks_.blocks[i].text); }
  bool usable(std::size_t i) const {
    const Hidden h = blocks_.blocks[i].hidden;
    return h != Hidden::noscript && h != Hidden::template_ && !text(i).empty();
  }
  bool seed(std::size_t i) const {
    const bool likely = by_chance_ ? chance(i) >= good_chance : role(i) == Role::appeal || role(i) == Role::contribution;
    return likely && usable(i);
  }
  // Of being of a request.
  float chance(std::size_t i) const {
    return probabilities_.known(i) ? probabilities_.of(i, Role::appeal) + probabilities_.of(i, Role::contribution) : 0.0f;
  }
  // The first seed from block i on, or the number of blocks. Most pages have none: by chance they are passed over a tile at once.
  std::size_t next_seed(std::size_t i) const {
    const std::size_t n = blocks_.blocks.size();
    for (; i < n; ++i) {
      if (by_chance_ && i % feature_tile == 0) {
        while (i < n && !probabilities_.any(i / feature_tile, Role::appeal, Role::contribution, good_chance)) i += feature_tile;
        if (i >= n) break;
      }
      if (seed(i)) return i;
    }
    return n;
  }
  const Said& said(std::size_t i) { return out_.said.of(blocks_, i); }
  bool taken(std::size_t i) const { return i < part_.size() && part_[i] != RequestPart::none; }

  // The next block that is shown, or the number of blocks.
  std::size_t next(std::size_t i) const {
    do ++i;
    while (i < blocks_.blocks.size() && !usable(i));
    return i;
  }
  std::size_t before(std::size_t i) const {
    while (i-- > 0)
      if (usable(i)) return i;
    return blocks_.blocks.size();
  }

  // What a block that the model counts to the request is; none where its words say nothing of one and it does
  // not even end as a sentence would: a headline, a name, a credit, a tag.
  RequestPart by_words(std::size_t i) {
    const Said& s = said(i);
    if (s.words == 0 && !s.priced) return RequestPart::none;
    if (s.defers) return RequestPart::defer;
    if (s.label || s.methods) return RequestPart::control;
    if (role(i) == Role::contribution && (s.words < 10 || !s.closed) && !greets(i)) return RequestPart::control;
    if (s.hits.has(Purpose::payment) && !s.closed) return RequestPart::control;  // "by bank transfer, IBAN …"
    const bool heads = blocks_.blocks[i].kind == BlockKind::heading && !blocks_.flat;
    return s.speaks() || s.closed || heads ? RequestPart::ask : RequestPart::none;
  }
  // "Dear readers,": no label ends so.
  bool greets(std::size_t i) {
    const std::string_view t = text(i);
    return said(i).voice > 0 && said(i).words <= 6 && (t.ends_with(',') || t.ends_with("，") || t.ends_with("、") || t.ends_with("،"));
  }
  // Whether its words alone show it: "you" in a headline does not.
  bool sure(std::size_t i) {
    const Said& s = said(i);
    if (part_[i] == RequestPart::control)
      return s.label || s.methods || s.supports() || s.hits.has(Purpose::payment);
    if (part_[i] == RequestPart::ask) return s.supports() || (s.closed && s.voice > 0) || opens_letter(i);
    return part_[i] == RequestPart::defer;
  }
  // What the model is sure of, though its words could be a story's, or anybody's.
  bool likely(std::size_t i) {
    const Said& s = said(i);
    if (decisions_.of_block[i].confidence < 0.5f) return false;
    const bool called = text(i).ends_with('!') || text(i).ends_with("！") || is_question(text(i));
    if (part_[i] == RequestPart::ask && blocks_.blocks[i].kind == BlockKind::heading && !blocks_.flat)
      return true;
    // Without markup the model takes many a paragraph beside a request for one of it.
    return part_[i] == RequestPart::ask ? s.closed && (s.words >= 8 || called) &&
                                              !(blocks_.flat && s.words >= 12) && role(i) == Role::appeal
                                        : s.words <= 6 && role(i) == Role::contribution;
  }

  void judge(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i <= last; ++i)
      if (seed(i)) part_[i] = by_words(i);
    trim_ends(first, last);
    fill(first, last);
    if (!asks(first, last)) {
      std::fill(part_.begin() + static_cast<std::ptrdiff_t>(first),
                part_.begin() + static_cast<std::ptrdiff_t>(last) + 1, RequestPart::none);
      return;
    }
    out_.present = true;
    widen(first, last);
  }

  // Blocks whose words show nothing of a request stay only where they stand between two blocks of it, or next
  // to one where the model is sure.
  void trim_ends(std::size_t first, std::size_t last) {
    kept_.assign(last - first + 1, false);
    const auto pass = [&](std::size_t i, bool& kept) {
      if (!usable(i)) return;
      kept = taken(i) && (sure(i) || (kept && likely(i)));
      if (kept) kept_[i - first] = true;
    };
    bool kept = false;
    for (std::size_t i = first; i <= last; ++i) pass(i, kept);
    kept = false;
    for (std::size_t i = last + 1; i-- > first;) pass(i, kept);
    for (std::size_t i = first; i <= last; ++i) {
      if (!taken(i) || kept_[i - first]) continue;
      const std::size_t a = before(i), b = next(i);
      if (!(a < part_.size() && a >= first && b <= last && taken(a) && taken(b)))
        part_[i] = RequestPart::none;
    }
  }

  // Blocks between two of the request that the model took for something else.
  void fill(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i <= last;) {
      if (taken(i) || !usable(i)) {
        ++i;
        continue;
      }
      std::size_t end = i, told = 0;
      for (; end <= last && !taken(end); ++end) told += usable(end) && !said(end).label ? 1 : 0;
      const bool within = i > first && end <= last && told <= gap_asked;
      const bool between_asks =
          within && part_[before(i)] == RequestPart::ask && part_[end] == RequestPart::ask;
      for (; i < end; ++i)
        if (within && usable(i) && !seed(i)) {
          part_[i] = between(i, between_asks);
          // A legend: "How often".
          if (!taken(i) && said(i).words <= 4 && !alien(i) && !decisions_.of_block[i].chosen)
            part_[i] = RequestPart::near;
        }
    }
  }
  RequestPart between(std::size_t i, bool between_asks) {
    if (alien(i)) return RequestPart::none;
    const Said& s = said(i);
    if (s.defers) return RequestPart::defer;
    if (s.label || s.methods) return chooses(s) ? RequestPart::control : RequestPart::none;
    if (foreign(role(i))) return RequestPart::none;
    if (opens_letter(i)) return RequestPart::ask;
    // With markup the model seldom takes a plea for a story's paragraph; without it the words must tell.
    const bool told = in_story(i, before(i)) && !between_asks;
    return s.closed && s.speaks() && !(told && s.plea == 0) ? RequestPart::ask : RequestPart::none;
  }

  // Whether anything in a cluster plainly asks.
  bool asks(std::size_t first, std::size_t last) {
    std::size_t choices = 0, sums = 0, gives = 0;
    for (std::size_t i = first; i <= last; ++i) {
      if (!taken(i) || part_[i] == RequestPart::near) continue;
      const Said& s = said(i);
      const bool names = s.giving > 0 && !s.trade;
      gives += names ? 1 : 0;
      if (s.plea > 0 && !s.trade) return true;
      if (names && ((s.words <= 8 && s.giving_bytes * 4 >= text(i).size()) || s.names_first)) return true;
      if (names && s.voice > 0 && role(i) == Role::appeal && decisions_.of_block[i].confidence >= 0.5f)
        return true;
      if (leads(i) && (s.words <= 8 || s.supports())) return true;
      if (part_[i] != RequestPart::control) continue;
      choices += s.hits.has(Purpose::frequency) ? 1 : 0;
      sums += s.priced ? 1 : 0;
    }
    // Monthly or yearly; or three sums to choose from, and a word of giving beside them.
    return choices >= 2 || (choices >= 1 && sums >= 2) || (sums >= 3 && gives > 0);
  }

  // Part of the text, as far as anything tells: in flattened text nothing does.
  bool in_story(std::size_t i, std::size_t beside) {
    return decisions_.of_block[i].chosen && !blocks_.flat && !boxed(i, beside);
  }
  // Whether two blocks stand in an element that holds none of the story: a box of its own.
  bool boxed(std::size_t i, std::size_t other) {
    if (blocks_.flat || other >= blocks_.blocks.size()) return false;
    if (!story_known_) find_story();
    NodeId up = blocks_.blocks[other].node;
    if (up == no_node || story_ == no_node) return false;
    const auto holds = [&](NodeId box, std::uint32_t at) {
      return page_[box].span.begin <= at && at < page_[box].span.end;
    };
    for (int k = 0; k < 8 && up != no_node && page_[up].kind == NodeKind::element;
         ++k, up = page_[up].parent) {
      if (up == page_.body || holds(up, page_[story_].span.begin)) return false;
      if (holds(up, blocks_.blocks[i].span.begin)) return true;
    }
    return false;
  }
  // A block of the story: the longest of the text that says nothing of support.
  void find_story() {
    story_known_ = true;
    std::uint32_t most = 0;
    for (std::size_t i = 0; i < blocks_.blocks.size(); ++i) {
      const RawBlock& b = blocks_.blocks[i];
      if (!decisions_.of_block[i].chosen || b.words <= most || b.node == no_node || said(i).supports())
        continue;
      most = b.words;
      story_ = b.node;
    }
  }

  // Whether a link in the block, or around it, leads to where one gives.
  bool leads(std::size_t i) {
    const RawBlock& b = blocks_.blocks[i];
    if (blocks_.flat || b.node == no_node) return false;
    const auto gives = [&](NodeId link) {
      const std::string_view href = attribute(page_, link, AttributeName::href);
      if (href.empty()) return false;
      const std::string_view absolute = resolve_url(base_, href, arena_);
      const bool yes = leads_to_giving(absolute) == 2;
      arena_.shrink(absolute.data() + absolute.size(), absolute.data());
      return yes;
    };
    for (std::uint32_t k = 0; k < std::min(b.marks_count, most_marks_asked); ++k) {
      const RawMark& mark = blocks_.marks[b.marks_begin + k];
      if (mark.kind == MarkKind::link && mark.node != no_node && gives(mark.node)) return true;
    }
    NodeId up = b.node;
    for (int k = 0; k < 4 && up != no_node; ++k, up = page_[up].parent)
      if (page_[up].kind == NodeKind::element && page_[up].tag == Tag::a && gives(up)) return true;
    return false;
  }

  // What stands right before and behind the cluster and belongs to it.
  void widen(std::size_t first, std::size_t last) {
    const std::size_t n = blocks_.blocks.size();
    std::size_t head = first, tail = last;
    while (head <= last && !taken(head)) ++head;
    while (tail > head && !taken(tail)) --tail;
    for (std::size_t i = before(head); i < n; i = before(i)) {
      const RequestPart p = outside(i, head, true);
      if (p == RequestPart::none) break;
      part_[head = i] = p;
    }
    for (std::size_t i = next(tail), passed = 0; i < n && passed < 3; i = next(i)) {
      const RequestPart p = outside(i, tail, false);
      if (p != RequestPart::none) {
        for (std::size_t k = next(tail); k < i; k = next(k))  // "How often"
          if (!taken(k)) part_[k] = RequestPart::near;
        part_[tail = i] = p;
        passed = 0;
      } else if (puts_off_next(i)) {
        part_[i] = RequestPart::defer;
      } else if (said(i).words <= 4 && (beside(role(i)) || (role(i) == Role::newsletter && !alien(i)))) {
        ++passed;
      } else {
        break;
      }
    }
    // The question before what puts the decision off.
    for (std::size_t i = head; i <= tail; ++i) {
      if (part_[i] != RequestPart::defer) continue;
      const std::size_t q = before(i);
      if (q < n && q >= head && is_question(text(q)) && said(q).words <= 8 && said(q).words > 0 &&
          (part_[q] != RequestPart::ask || said(q).plea == 0) && part_[q] != RequestPart::defer &&
          role(q) != Role::consent && !said(q).hits.has(Purpose::ad_free))
        part_[q] = RequestPart::defer;
    }
  }
  // A label of giving, unlike "Close" or "Learn more".
  static bool chooses(const Said& s) {
    return s.hits.has(Purpose::frequency) || s.priced || s.methods || s.supports() ||
           s.hits.has(Purpose::payment);
  }
  // "Not ready to give today?", before "Remind me later".
  bool puts_off_next(std::size_t i) {
    const std::size_t later = next(i);
    return is_question(text(i)) && said(i).words <= 8 && said(i).words > 0 && later < part_.size() &&
           outside(later, i, false) == RequestPart::defer;
  }
  RequestPart outside(std::size_t i, std::size_t neighbour, bool above) {
    const Role r = role(i);
    if (taken(i) || alien(i)) return RequestPart::none;
    const bool told = in_story(i, neighbour);
    const Said& s = said(i);
    if (above && !foreign(r) && opens_letter(i)) return RequestPart::ask;
    if (told || s.trade) return RequestPart::none;
    if (!above && s.defers) return RequestPart::defer;
    if (s.label || s.methods) return !above && chooses(s) ? RequestPart::control : RequestPart::none;
    if (!above && s.words <= 6 && s.giving > 0 && (beside(r) || boxed(i, neighbour)))
      return RequestPart::control;
    // A notice or a paragraph that plainly asks, or that is about advertisements or what they cost. Beside
    // controls only these.
    if (!s.closed || s.words < 3 || foreign(r)) return RequestPart::none;
    if (s.plea > 0) return RequestPart::ask;
    const bool reckons = s.voice > 0 && (s.hits.has(Purpose::ad_free) || (s.costs && s.priced));
    if (reckons && (blocks_.flat || boxed(i, neighbour))) return RequestPart::ask;
    if (part_[neighbour] != RequestPart::ask || !(beside(r) || blocks_.flat || boxed(i, neighbour)))
      return RequestPart::none;
    return s.hits.has(Purpose::ad_free) || (s.supports() && s.voice > 0) ? RequestPart::ask
                                                                         : RequestPart::none;
  }
  // "A letter from the editors", before "Dear readers,".
  bool opens_letter(std::size_t i) {
    if (said(i).voice == 0 || said(i).words > 12 || role(i) == Role::headline) return false;
    const std::size_t greeting = next(i);
    return greeting < part_.size() && part_[greeting] == RequestPart::ask && said(greeting).words <= 6 &&
           said(greeting).voice > 0;
  }

  // In a box that has controls and a "not now" of its own: the model is sure of it, or words there say so.
  bool alien(std::size_t i) {
    const Role r = role(i);
    if (r != Role::consent && r != Role::newsletter && r != Role::comments) return false;
    if (decisions_.of_block[i].confidence >= 0.6f) return true;
    const Purpose p = r == Role::consent      ? Purpose::consent
                      : r == Role::newsletter ? Purpose::newsletter
                                              : Purpose::comments;
    std::size_t k = i;
    for (int steps = 0; steps < 6 && k < part_.size() && role(k) == r; ++steps, k = before(k))
      if (said(k).hits.has(p)) return true;
    k = next(i);
    for (int steps = 0; steps < 3 && k < part_.size() && role(k) == r; ++steps, k = next(k))
      if (said(k).hits.has(p)) return true;
    return false;
  }
  // Roles that a request's words are not mistaken for.
  static bool foreign(Role r) {
    return r == Role::consent || r == Role::newsletter || r == Role::comments || r == Role::related ||
           r == Role::social || r == Role::headline || r == Role::navigation || r == Role::masthead;
  }
  static bool beside(Role r) {
    return r == Role::controls || r == Role::form || r == Role::other || r == Role::notice ||
           r == Role::paywall || r == Role::ad || r == Role::appeal || r == Role::contribution;
  }

  // Controls often get another role than contribution: those beside the request are marked as near.
  void spread() {
    const std::size_t n = blocks_.blocks.size();
    std::size_t from = n;
    const auto mark = [&](std::size_t i) {
      if (part_[i] != RequestPart::none && part_[i] != RequestPart::near) {
        from = i;
        return;
      }
      const std::size_t away = from == n ? n : (i > from ? i - from : from - i);
      if (away > reach || !usable(i) || seed(i)) return;  // what was cut off is no part of it

      if (!beside(role(i))) {
        from = n;
        return;
      }
      part_[i] = RequestPart::near;
    };
    for (std::size_t i = 0; i < n; ++i) mark(i);
    from = n;
    for (std::size_t i = n; i-- > 0;) mark(i);
  }
};

}  // namespace

void find_request(Page& page, const Blocks& blocks, RoleProbabilities probabilities, std::string_view base,
                  Decisions& decisions, Arena& arena, Request& out) {
  out.present = false;
  out.part.clear();
  if (decisions.of_block.size() < blocks.blocks.size()) return;
  Finder(page, blocks, probabilities, base, decisions, arena, out).run();
}

}  // namespace offprint
