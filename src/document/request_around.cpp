// What stands beside a request's cluster and belongs to it: notices and greetings above, controls and what puts off below.
#include "document/request_finder.h"

namespace offprint {

void RequestFinder::widen(std::size_t first, std::size_t last) {
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
    } else if (said(i).words <= 4 && (is_beside(role(i)) || (role(i) == Role::newsletter && !alien(i)) ||
                                      (said(i).words <= 2 && !surely_foreign(i) && part_[tail] == RequestPart::control))) {
      ++passed;
    } else {
      break;
    }
  }
  // The question before what puts the decision off.
  for (std::size_t i = head; i <= tail; ++i) {
    if (part_[i] != RequestPart::defer) continue;
    const std::size_t q = before(i);
    const std::size_t above = q < n ? before(q) : n;  // behind controls no question pleads any more
    const bool behind_controls = above < n && (part_[above] == RequestPart::control || part_[above] == RequestPart::near);
    if (q < n && q >= head && is_question(text(q)) && said(q).words <= 8 && said(q).words > 0 &&
        (part_[q] != RequestPart::ask || said(q).plea == 0 || behind_controls) && part_[q] != RequestPart::defer &&
        role(q) != Role::consent && !said(q).hits.has(Purpose::ad_free))
      part_[q] = RequestPart::defer;
  }
}

bool RequestFinder::puts_off_next(std::size_t i) {
  const std::size_t later = next(i);
  return is_question(text(i)) && said(i).words <= 8 && said(i).words > 0 && later < part_.size() &&
         outside(later, i, false) == RequestPart::defer;
}

bool RequestFinder::below_plea(std::size_t i) {
  std::size_t k = i;
  for (int steps = 0; steps < 6 && k < part_.size() && said(k).label && chooses(said(k)); ++steps) k = before(k);
  return k < part_.size() && said(k).closed && (said(k).plea > 0 || said(k).hits.has(Purpose::ad_free)) && said(k).voice > 0 && !said(k).trade && !said(k).hits.has(Purpose::newsletter);
}

RequestPart RequestFinder::outside(std::size_t i, std::size_t neighbour, bool above) {
  const Role r = role(i);
  if (taken(i) || alien(i)) return RequestPart::none;
  const bool told = in_story(i, neighbour);
  const Said& s = said(i);
  const bool notice = weak_notice(i);
  if (above && !is_foreign(r) && opens_letter(i)) return RequestPart::ask;
  if (told || s.trade) return RequestPart::none;
  if (!above && s.defers) return RequestPart::defer;
  if (s.label || s.methods) return chooses(s) && (!above || below_plea(i)) ? RequestPart::control : RequestPart::none;
  if (!above && s.tier && !surely_foreign(i)) return RequestPart::control;
  if (!above && s.words <= 6 && s.giving > 0 && (is_beside(r) || boxed(i, neighbour)))
    return RequestPart::control;
  // A notice or a paragraph that plainly asks, or that is about advertisements or what they cost. Beside
  // controls only these.
  const bool pleads = r == Role::newsletter && below_plea(i);
  if (!s.closed || s.words < 3 || (is_foreign(r) && !notice && !pleads)) return RequestPart::none;
  if (s.plea > 0) return RequestPart::ask;
  const bool reckons = s.voice > 0 && (s.hits.has(Purpose::ad_free) || (s.costs && s.priced));
  if (reckons && (blocks_.flat || boxed(i, neighbour))) return RequestPart::ask;
  if (part_[neighbour] != RequestPart::ask || !(is_beside(r) || blocks_.flat || boxed(i, neighbour)))
    return RequestPart::none;
  return s.hits.has(Purpose::ad_free) || (s.supports() && s.voice > 0) ? RequestPart::ask
                                                                       : RequestPart::none;
}

bool RequestFinder::opens_letter(std::size_t i) {
  if (said(i).voice == 0 || said(i).words > 12 || role(i) == Role::headline) return false;
  const std::size_t greeting = next(i);
  return greeting < part_.size() && part_[greeting] == RequestPart::ask && said(greeting).words <= 6 &&
         said(greeting).voice > 0;
}

bool RequestFinder::alien(std::size_t i) {
  const Role r = role(i);
  if (r != Role::consent && r != Role::newsletter && r != Role::comments) return false;
  if (r == Role::newsletter && below_plea(i)) return false;
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

void RequestFinder::spread() {
  const std::size_t n = blocks_.blocks.size();
  std::size_t from = n;
  const auto mark = [&](std::size_t i) {
    if (part_[i] != RequestPart::none && part_[i] != RequestPart::near) {
      from = i;
      return;
    }
    const std::size_t away = from == n ? n : (i > from ? i - from : from - i);
    if (away > reach || !usable(i) || seed(i)) return;  // what was cut off is no part of it

    if (!is_beside(role(i))) {
      from = n;
      return;
    }
    part_[i] = RequestPart::near;
  };
  for (std::size_t i = 0; i < n; ++i) mark(i);
  from = n;
  for (std::size_t i = n; i-- > 0;) mark(i);
}

}  // namespace offprint
