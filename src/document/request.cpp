// Clusters of blocks that the model called appeal or contribution are judged one after another: what each
// block says sorts it, stretches without words of a request are cut off at the ends, gaps are filled, and a
// cluster without any words that plainly ask is none.
#include "document/request.h"

#include "document/request_finder.h"

namespace offprint {

void RequestFinder::find() {
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

std::size_t RequestFinder::next_seed(std::size_t i) const {
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

std::size_t RequestFinder::next(std::size_t i) const {
  do ++i;
  while (i < blocks_.blocks.size() && !usable(i));
  return i;
}

std::size_t RequestFinder::before(std::size_t i) const {
  while (i-- > 0)
    if (usable(i)) return i;
  return blocks_.blocks.size();
}

RequestPart RequestFinder::by_words(std::size_t i) {
  const Said& s = said(i);
  if (s.words == 0 && !s.priced) return RequestPart::none;
  if (s.defers) return RequestPart::defer;
  if (s.label || s.methods || s.tier) return RequestPart::control;
  const bool notice = s.closed && s.words >= 3 && s.hits.has(Purpose::ad_free);  // "Enjoying ad-free content?"
  if (role(i) == Role::contribution && (s.words < 10 || !s.closed) && !notice && !greets(i)) return RequestPart::control;
  // A link that leads to where one gives: "Double my gift".
  if (s.words <= 6 && !s.closed && (s.supports() || role(i) == Role::contribution || decisions_.of_block[i].confidence < 0.3f) &&
      leads_to_giving(page_, blocks_, i, base_, arena_))
    return RequestPart::control;
  if (s.hits.has(Purpose::payment) && !s.closed) return RequestPart::control;  // "by bank transfer, IBAN …"
  if (blocks_.flat && s.words <= 4 && !s.closed && s.supports() && !heads_ask(i)) return RequestPart::control;  // "Support us"
  const bool heads = blocks_.blocks[i].kind == BlockKind::heading && !blocks_.flat;
  return s.speaks() || s.closed || heads ? RequestPart::ask : RequestPart::none;
}

bool RequestFinder::greets(std::size_t i) {
  const std::string_view t = text(i);
  if (said(i).voice == 0 || said(i).words > 6) return false;
  for (const std::string_view end : {",", "，", "、", "،"})
    if (t.ends_with(end)) return true;
  // These end other lines, too: a letter begins behind.
  const std::size_t k = next(i);
  if (k >= part_.size() || is_foreign(role(k)) || !said(k).closed || said(k).words < 8 || !said(k).speaks() || said(i).plea + said(i).giving > 0) return false;
  for (const std::string_view end : {"!", ":", "！", "：", "へ"})
    if (t.ends_with(end)) return true;
  return false;
}

bool RequestFinder::heads_ask(std::size_t i) {
  const std::size_t k = next(i);
  return k < part_.size() && seed(k) && said(k).closed && said(k).words >= 6;
}

bool RequestFinder::sure(std::size_t i) {
  const Said& s = said(i);
  if (part_[i] == RequestPart::control)
    return s.label || s.tier || s.methods || s.supports() || s.hits.has(Purpose::payment) ||
           (s.words <= 6 && leads_to_giving(page_, blocks_, i, base_, arena_));
  if (part_[i] == RequestPart::ask) return s.supports() || (s.closed && s.voice > 0) || opens_letter(i);
  return part_[i] == RequestPart::defer;
}

bool RequestFinder::likely(std::size_t i) {
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

void RequestFinder::judge(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i <= last; ++i)
    if (seed(i)) part_[i] = by_words(i);
  trim_ends(first, last);
  fill(first, last);
  if (!asks(first, last) || of_others(first, last)) {
    drop(first, last + 1);
    return;
  }
  out_.present = true;
  widen(first, last);
}

void RequestFinder::trim_ends(std::size_t first, std::size_t last) {
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
  // The others of a run stay between two that are kept.
  std::size_t from = last + 1;  // behind the last that is kept
  for (std::size_t i = first; i <= last; ++i) {
    if (!usable(i)) continue;
    if (kept_[i - first]) {
      from = i + 1;
    } else if (taken(i) && from <= last) {
      continue;
    } else {
      drop(from <= last ? from : i, i + 1);
      from = last + 1;
    }
  }
  if (from <= last) drop(from, last + 1);
}

void RequestFinder::fill(std::size_t first, std::size_t last) {
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

RequestPart RequestFinder::between(std::size_t i, bool between_asks) {
  if (alien(i)) return RequestPart::none;
  const Said& s = said(i);
  if (s.defers) return RequestPart::defer;
  if (s.label || s.methods) return chooses(s) ? RequestPart::control : RequestPart::none;
  if (s.tier && !surely_foreign(i)) return RequestPart::control;
  if (is_foreign(role(i)) && !weak_notice(i)) return RequestPart::none;
  if (opens_letter(i)) return RequestPart::ask;
  // With markup the model seldom takes a plea for a story's paragraph; without it the words must tell.
  const bool told = in_story(i, before(i)) && !between_asks;
  return s.closed && s.speaks() && !(told && s.plea == 0) ? RequestPart::ask : RequestPart::none;
}

bool RequestFinder::of_others(std::size_t first, std::size_t last) {
  std::size_t head = last + 1;
  bool voice = false, gives = false, asking = false;
  for (std::size_t i = first; i <= last; ++i) {
    if (!taken(i) || part_[i] == RequestPart::near) continue;
    head = std::min(head, i);
    asking |= part_[i] == RequestPart::ask;
    voice |= said(i).voice > 0 && part_[i] == RequestPart::ask;
    gives = gives || part_[i] != RequestPart::ask || leads_to_giving(page_, blocks_, i, base_, arena_);
  }
  if (head > last) return false;
  const std::size_t above = before(head);
  if (asking && !voice && above < part_.size() && labels_advertisement(said(above))) return true;
  return !gives && (blocks_.flat ? below_comments(head) : among_comments(page_, blocks_.blocks[head]));
}

bool RequestFinder::below_comments(std::size_t i) {
  std::size_t k = before(i);
  for (int steps = 0; steps < 4 && k < part_.size(); ++steps, k = before(k)) {
    if (said(k).words > 6 && role(k) != Role::comments) return false;
    if (role(k) == Role::comments && said(k).hits.has(Purpose::comments)) return true;
  }
  return false;
}

bool RequestFinder::heads_sale(std::size_t i) {
  if (said(i).closed || said(i).words > 8) return false;
  const std::size_t k = next(i);
  return k < part_.size() && !taken(k) && said(k).hits.has(Purpose::paywall) && said(k).giving == 0 && said(k).plea == 0;
}

bool RequestFinder::asks(std::size_t first, std::size_t last) {
  std::size_t choices = 0, sums = 0, gives = 0;
  bool words = false;
  for (std::size_t i = first; i <= last; ++i) {
    words |= seed(i) && role(i) == Role::appeal && said(i).closed && said(i).words >= 6;
    if (!taken(i)) {  // a select of sums often is of another role
      if (usable(i) && is_beside(role(i)) && said(i).label && !alien(i)) {
        choices += said(i).periods;
        sums += said(i).sums;
      }
      continue;
    }
    if (part_[i] == RequestPart::near || heads_sale(i)) continue;
    const Said& s = said(i);
    const bool names = s.giving > 0 && !s.trade;
    gives += names ? 1 : 0;
    if (s.plea > 0 && !s.trade) return true;
    if (names && ((s.words <= 8 && s.giving_bytes * 4 >= text(i).size()) || s.names_first)) return true;
    if (names && s.voice > 0 && role(i) == Role::appeal &&
        (decisions_.of_block[i].confidence >= 0.5f || s.hits.has(Purpose::payment) || text(i).find("IBAN") != std::string_view::npos))
      return true;
    if ((s.words <= 8 || s.supports()) && leads_to_giving(page_, blocks_, i, base_, arena_)) return true;
    if (part_[i] != RequestPart::control) continue;
    // A row of labels, or a select, is one block.
    const bool row = words || gives > 0;
    choices += std::max<std::size_t>(s.hits.has(Purpose::frequency) ? 1 : 0, row ? s.periods : 0);
    sums += std::max<std::size_t>(s.priced ? 1 : 0, row ? s.sums : 0);
  }
  // Monthly or yearly; or three sums to choose from, and a word of giving beside them.
  return choices >= 2 || (choices >= 1 && sums >= 2) || (sums >= 3 && gives > 0);
}

bool RequestFinder::in_story(std::size_t i, std::size_t beside) {
  return decisions_.of_block[i].chosen && !blocks_.flat && !boxed(i, beside);
}

bool RequestFinder::boxed(std::size_t i, std::size_t other) {
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

void RequestFinder::find_story() {
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

void RequestFinder::give_back() {
  for (std::size_t i = 0; i < blocks_.blocks.size(); ++i) {
    if (role(i) != Role::appeal || blocks_.blocks[i].words < 12) continue;
    const std::size_t a = before(i), b = next(i);
    if (a >= blocks_.blocks.size() || b >= blocks_.blocks.size() || !decisions_.of_block[a].chosen || !decisions_.of_block[b].chosen) continue;
    const Said s = what_is_said(text(i), blocks_.blocks[i].words);
    if (!s.closed || s.voice > 0 || s.plea > 0) continue;
    Decision& d = decisions_.of_block[i];
    d.role = Role::body;
    d.chosen = true;
    if (probabilities_.known(i)) d.confidence = std::clamp(probabilities_.of(i, Role::body), 0.5f, 1.0f);
    if (!d.reason.empty()) d.reason = "asks readers for nothing amid the story";
  }
}

void RequestFinder::leave_story() {
  std::size_t first = part_.size(), last = 0;  // of the story
  for (std::size_t i = 0; i < part_.size(); ++i)
    if (decisions_.of_block[i].chosen && role(i) == Role::body && usable(i)) {
      first = std::min(first, i);
      last = i;
    }
  for (std::size_t i = first; i <= last && i < part_.size(); ++i) {
    Decision& d = decisions_.of_block[i];
    if (part_[i] != RequestPart::ask || !d.chosen || d.role != Role::body) continue;
    const Said& s = said(i);
    if (s.plea == 0 || s.voice == 0 || s.words > 40) continue;
    // A story asks for others, too: "support us in helping the victims", with a link to who does.
    const GivingLink link = giving_link(page_, blocks_, i, base_, arena_);
    if (link == GivingLink::of_others) {
      part_[i] = RequestPart::none;
      continue;
    }
    if (link == GivingLink::none && i != first && i != last) continue;
    d.role = Role::appeal;
    d.chosen = false;
    if (!d.reason.empty()) d.reason = "asks readers for support";
  }
  out_.present = std::any_of(part_.begin(), part_.end(), [](RequestPart p) { return p != RequestPart::none && p != RequestPart::near; });
}

void find_request(Page& page, const Blocks& blocks, RoleProbabilities probabilities, std::string_view base,
                  Decisions& decisions, Arena& arena, Request& out) {
  out.present = false;
  out.part.clear();
  if (decisions.of_block.size() < blocks.blocks.size()) return;
  RequestFinder(page, blocks, probabilities, base, decisions, arena, out).run();
}

}  // namespace offprint
