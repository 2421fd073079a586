#include "roles/choose.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <utility>

#include "base/unicode.h"

namespace offprint {
namespace {

// Below this expected F1 a page most likely has no content (shells, error pages): give nothing back.
constexpr double least_expected = 0.2;
// A chosen block of so many words whose text was chosen already is a second copy of it.
constexpr std::uint32_t copy_words = 8;
constexpr std::uint64_t few_copies = 10;  // at most one word of so many
constexpr float sure_copy = 0.97f;
constexpr float likely_copy = 0.9f;       // that stands under another heading
// A word among so many that are expected counts as much as a role that is right. So what is said of a table's cell or of a line
// that is short or of little weight on a long page is decided by its role, what is said of a paragraph by its words.
constexpr double words_of_a_role = 700;

bool is_step(const RawBlock& b) {
  return b.hidden == Hidden::no && b.kind == BlockKind::list_item && b.ordinal != 0;
}

bool is_item(const RawBlock& b) {
  return b.hidden == Hidden::no && b.kind == BlockKind::list_item;
}
// Of ten items of a list so many are taken: then all are that are not surely none of the text.
constexpr std::size_t most_of_a_list = 8;
constexpr float least_of_a_list = 0.1f;

// What is one thing to its reader, a number each within its group: the items of a list, by how many lists there are around them, the rows of a table, the terms
// and definitions of a glossary. A long item stands for itself, as pages are laid out in lists, too. Of threads items are none: each post may be one, and
// quotes what another says.
constexpr std::size_t deepest_list = 8, rows = deepest_list + 1, entries = rows + 1, no_whole = entries + 1;
std::size_t whole_of(const RawBlock& b, bool thread) {
  constexpr std::uint32_t long_item = 40;
  if (b.hidden != Hidden::no) return no_whole;
  switch (b.kind) {
    case BlockKind::list_item: return b.words < long_item && !thread ? std::min<std::size_t>(b.in.lists, deepest_list) : no_whole;
    case BlockKind::table: return rows;
    case BlockKind::term:
    case BlockKind::definition: return entries;
    default: return no_whole;
  }
}

// Members of one list or table that were judged apart are taken or left together, by what all of them bring. Items may be left, rows and entries are only
// added.
void decide_together(const Blocks& blocks, bool thread, const std::vector<float>& gains, std::vector<Decision>& of) {
  constexpr std::uint32_t fewest = 3;
  struct Sum {
    std::uint32_t members = 0, taken = 0;
    double gain = 0;
  };
  std::array<Sum, no_whole + 1> sums;
  for (std::size_t i = 0; i < of.size();) {
    const std::uint32_t group = blocks.blocks[i].group;
    if (group == 0) {
      ++i;
      continue;
    }
    sums.fill({});
    std::size_t end = i, taken = 0;
    for (; end < of.size() && blocks.blocks[end].group == group; ++end) {
      Sum& sum = sums[whole_of(blocks.blocks[end], thread)];
      sum.gain += static_cast<double>(gains[end]);
      ++sum.members;
      sum.taken += of[end].chosen;
      taken += of[end].chosen;
    }
    for (std::size_t k = i; taken > 0 && k < end; ++k) {
      const std::size_t whole = whole_of(blocks.blocks[k], thread);
      const Sum& sum = sums[whole];
      if (whole == no_whole || sum.members < fewest || sum.taken == 0 || sum.taken == sum.members) continue;
      if (sum.gain > 0) {
        of[k].chosen = true;
      } else if (whole <= deepest_list) {
        of[k].chosen = false;
      }
    }
    i = end;
  }
}

// Code and formulas amid the text are part of it, though they may look like captions of their figures.
void keep_code(const Blocks& blocks, std::vector<Decision>& of) {
  constexpr std::size_t farthest = 3;
  for (std::size_t i = 1; i + 1 < of.size(); ++i) {
    const RawBlock& b = blocks.blocks[i];
    if (of[i].chosen || b.hidden != Hidden::no || (b.kind != BlockKind::code && b.kind != BlockKind::math)) continue;
    bool before = false, behind = false;
    for (std::size_t far = 1; far <= farthest; ++far) {
      before = before || (far <= i && of[i - far].chosen);
      behind = behind || (i + far < of.size() && of[i + far].chosen);
    }
    of[i].chosen = before && behind;
  }
}

// The heading of what is taken, where the text before it is taken, too.
void keep_headings(const Blocks& blocks, std::vector<Decision>& of) {
  constexpr float least = 0.1f;
  constexpr std::size_t most_below = 3;
  for (std::size_t i = of.size(); i-- > 1;) {
    const RawBlock& heading = blocks.blocks[i];
    if (of[i].chosen || !of[i - 1].chosen || heading.kind != BlockKind::heading || heading.hidden != Hidden::no || of[i].content < least) continue;
    std::size_t below = 0, taken = 0;
    for (std::size_t k = i + 1; k < of.size() && below < most_below; ++k) {
      if (blocks.blocks[k].kind == BlockKind::heading && blocks.blocks[k].level <= heading.level) break;
      ++below;
      taken += of[k].chosen;
    }
    of[i].chosen = below > 0 && taken == below;
  }
}

// Hidden boxes all of whose texts are seen elsewhere: the other form of what a narrow screen shows. A tab may repeat the steps of another one.
void leave_out_hidden_copies(const Blocks& blocks, const Features& features, std::vector<Decision>& of) {
  const auto is_hidden = [&](std::size_t i) { return is_hidden_at_first(blocks.blocks[i].hidden); };
  bool any = false;
  for (std::size_t i = 0; i < of.size() && !any; ++i) any = of[i].chosen && is_hidden(i) && features.facts[i].duplicates > 1;
  if (!any) return;
  std::vector<std::uint32_t> seen;
  for (std::size_t i = 0; i < of.size(); ++i)
    if (of[i].chosen && features.facts[i].duplicates > 1 && blocks.blocks[i].hidden == Hidden::no) seen.push_back(features.facts[i].text_hash);
  std::sort(seen.begin(), seen.end());
  for (std::size_t i = 0; i < of.size();) {
    std::size_t end = i;
    bool all = true;
    for (; end < of.size() && is_hidden(end); ++end)
      all = all && (!of[end].chosen || std::binary_search(seen.begin(), seen.end(), features.facts[end].text_hash));
    for (std::size_t k = i; k < end && all; ++k) of[k].chosen = false;
    i = end + 1;
  }
}

// "The old harbour was never meant to … Read more", where the text that begins so comes soon after. Behind the dots stands a link, if anything.
void leave_out_teasers(const Blocks& blocks, std::vector<Decision>& of) {
  constexpr std::size_t shortest = 24, longest_behind = 32, most_behind = 6;
  for (std::size_t i = 0; i + 1 < of.size(); ++i) {
    const RawBlock& teaser = blocks.blocks[i];
    const std::string_view text = teaser.text;
    if (!of[i].chosen || text.size() < shortest || teaser.kind != BlockKind::paragraph) continue;
    const std::size_t from = text.size() - std::min(text.size(), longest_behind);
    const std::string_view tail = text.substr(from);
    if (tail.find_first_of(".\xE2") == tail.npos) continue;
    const std::size_t few = tail.rfind("..."), one = tail.rfind("\u2026"), at = few == tail.npos ? one : one == tail.npos ? few : std::max(few, one);
    if (at == tail.npos) continue;
    const std::size_t dots = from + at;
    const std::size_t behind = text.find_first_not_of(' ', dots + 3);
    bool linked = behind >= text.size();
    for (std::uint32_t k = 0; k < teaser.marks_count && !linked; ++k) {
      const RawMark& mark = blocks.marks[teaser.marks_begin + k];
      linked = mark.kind == MarkKind::link && mark.begin <= behind && mark.end >= text.size() && mark.begin >= dots;
    }
    if (!linked) continue;
    std::string_view begin = text.substr(0, dots);
    while (begin.ends_with(' ') || begin.ends_with('.')) begin.remove_suffix(1);
    if (begin.size() < shortest) continue;
    for (std::size_t k = i + 1; k < of.size() && k <= i + most_behind && of[i].chosen; ++k)
      if (of[k].chosen && blocks.blocks[k].text.size() > text.size() && blocks.blocks[k].text.starts_with(begin)) of[i].chosen = false;
  }
}

// Does something with what only screen readers are told and was chosen, where anything else was. A headline may be. `role`: what a block is said to be, as far
// as that is known.
template <typename RoleOf, typename What>
void each_heard(const Blocks& blocks, std::vector<Decision>& of, RoleOf role, What what) {
  const auto heard = [&](std::size_t i) { return blocks.blocks[i].hidden == Hidden::screen_reader && role(of[i]) != Role::headline; };
  bool seen = false;
  for (std::size_t i = 0; i < of.size() && !seen; ++i) seen = of[i].chosen && !heard(i);
  for (std::size_t i = 0; i < of.size() && seen; ++i)
    if (of[i].chosen && heard(i)) what(of[i]);
}

// Items between chosen ones of their numbered list belong to it, where most between its first and last chosen one are
// chosen, and so do the last few of any list: readers miss a lost item more than they mind a surplus one.
void fill_holes(const Blocks& blocks, std::vector<Decision>& of) {
  for (std::size_t i = 0; i < of.size();) {
    const std::uint32_t group = blocks.blocks[i].group;
    std::size_t end = i, first = of.size(), last = 0, taken = 0, items = 0, taken_items = 0;
    for (; end < of.size() && blocks.blocks[end].group == group; ++end) {
      const bool item = is_item(blocks.blocks[end]);
      items += item;
      if (!of[end].chosen) continue;
      first = std::min(first, end);
      last = end;
      ++taken;
      taken_items += item;
    }
    if (group != 0 && taken_items >= 2 && taken_items < items && taken_items * 10 >= items * most_of_a_list)
      for (std::size_t k = i; k < end; ++k)
        if (is_item(blocks.blocks[k]) && of[k].content >= least_of_a_list) of[k].chosen = true;
    if (group != 0 && taken >= 2 && 2 * taken > last + 1 - first)
      for (std::size_t k = first; k <= last; ++k)
        if (is_step(blocks.blocks[k])) of[k].chosen = true;
    i = end;
  }
}

// The terms of a definition that is taken: without them it would be that of the term before. It may begin with code, or with a table.
void keep_terms(const Blocks& blocks, std::vector<Decision>& of) {
  constexpr std::size_t most_terms = 3;  // of one definition
  for (std::size_t i = 1; i < of.size(); ++i) {
    const RawBlock& definition = blocks.blocks[i];
    if (!of[i].chosen || definition.kind == BlockKind::term || definition.in.definitions <= blocks.blocks[i - 1].in.definitions) continue;
    for (std::size_t k = i; k-- > 0 && i - k <= most_terms && blocks.blocks[k].kind == BlockKind::term && blocks.blocks[k].hidden == Hidden::no;) of[k].chosen = true;
  }
}

bool announces_something(std::string_view text) { return text.ends_with(':') || text.ends_with("\uFF1A"); }

// What a text that ends with a colon speaks of: the links that follow look like recommendations, and are the text's own.
void keep_what_is_announced(const Blocks& blocks, std::vector<Decision>& of) {
  constexpr std::size_t most_items = 60;
  for (std::size_t i = 0; i + 1 < of.size(); ++i) {
    const RawBlock& announces = blocks.blocks[i];
    if (!of[i].chosen || of[i + 1].chosen || !announces_something(announces.text)) continue;
    if (announces.kind != BlockKind::paragraph && announces.kind != BlockKind::list_item) continue;
    const std::uint32_t group = blocks.blocks[i + 1].group;
    for (std::size_t k = i + 1; k < of.size() && k <= i + most_items && is_item(blocks.blocks[k]) && blocks.blocks[k].group == group && of[k].elsewhere.role == Role::related; ++k)
      of[k].chosen = true;
  }
}

// "Jane wrote:", "Originally posted by Jane": what stands before a quotation. Without it, it would stand before the reply.
bool is_attribution(std::string_view text) {
  constexpr std::size_t longest = 120;
  if (text.size() > longest) return false;
  if (text.ends_with(':')) return true;
  for (const std::string_view begin : {"originally posted by", "quote from", "quoting ", "zitat von", "citation de"})
    if (starts_with_ascii_case(text, begin)) return true;
  // "Jane wrote: Sat Feb 24", in the quotation itself.
  for (const std::string_view said : {" wrote:", " schrieb:", " a \u00E9crit", " escribi\u00F3:", " ha scritto:", " escreveu:", " napisa\u0142", " \u043F\u0438\u0441\u0430\u043B"})
    if (text.find(said) != text.npos) return true;
  return false;
}

// Tables keep their heads and manuals their examples, though others are the same.
bool may_be_copy(const RawBlock& block) { return block.words >= copy_words && block.kind != BlockKind::table && block.kind != BlockKind::code; }

// Hash and place of what may be a copy, by hash.
using Twins = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// All but the first of each hash.
template <typename What>
void each_later(const Twins& twins, What what) {
  for (std::size_t k = 1; k < twins.size(); ++k)
    if (twins[k].first == twins[k - 1].first) what(twins[k].second, k);
}

// Lists, by rising group, that hold copies and no fewer items that are none: a step that comes twice is a step. Not of threads,
// whose posts may be items.
std::vector<std::uint32_t> lists_that_stay(const Blocks& blocks, const Features& features, const Twins& twins, const std::vector<Decision>& of) {
  std::vector<std::uint32_t> copied, stay;
  const auto group_of_item = [&](std::uint32_t i) { return blocks.blocks[i].kind == BlockKind::list_item ? blocks.blocks[i].group : 0; };
  each_later(twins, [&](std::uint32_t i, std::size_t) {
    if (const std::uint32_t group = group_of_item(i); group != 0) copied.push_back(group);
  });
  if (copied.empty()) return stay;
  std::sort(copied.begin(), copied.end());
  std::vector<std::uint32_t> items;
  for (std::uint32_t i = 0; i < of.size(); ++i)
    if (const std::uint32_t group = of[i].chosen && features.facts[i].duplicates <= 1 ? group_of_item(i) : 0; group != 0) items.push_back(group);
  std::sort(items.begin(), items.end());
  for (auto at = copied.begin(); at != copied.end();) {
    const auto end = std::upper_bound(at, copied.end(), *at);
    const auto [first, last] = std::equal_range(items.begin(), items.end(), *at);
    if (last - first >= end - at) stay.push_back(*at);
    at = end;
  }
  return stay;
}

// Headings that stood before on the page, too, and whose text was left out as a copy.
void leave_out_their_headings(const Blocks& blocks, const Features& features, const std::vector<std::uint32_t>& left_out, std::vector<Decision>& of) {
  constexpr std::size_t most_below = 64;
  if (left_out.empty()) return;
  Twins headings;
  for (std::uint32_t i = 0; i < of.size(); ++i)
    if (of[i].chosen && blocks.blocks[i].kind == BlockKind::heading && features.facts[i].duplicates > 1) headings.push_back({features.facts[i].text_hash, i});
  std::sort(headings.begin(), headings.end());
  std::vector<std::uint32_t> later;
  each_later(headings, [&](std::uint32_t i, std::size_t) { later.push_back(i); });
  std::sort(later.begin(), later.end(), std::greater<>());  // what stands under another heading before that
  for (const std::uint32_t heading : later) {
    bool any = false, copies = false;
    for (std::size_t i = heading + 1; i < of.size() && i <= heading + most_below && !any; ++i) {
      if (blocks.blocks[i].kind == BlockKind::heading && blocks.blocks[i].level <= blocks.blocks[heading].level) break;
      any = of[i].chosen;
      copies = copies || std::binary_search(left_out.begin(), left_out.end(), static_cast<std::uint32_t>(i));
    }
    if (copies && !any) of[heading].chosen = false;
  }
}

// Of blocks in order of `twins`: 1 where a later one stands under another heading than all before, of the same level, as the answers to one question do for
// each of several firms. A page for narrow screens repeats its headings, too.
void find_under_other_headings(const Blocks& blocks, const Features& features, const Twins& twins, const std::vector<Decision>& of, std::vector<std::uint8_t>& other) {
  struct Under {
    std::uint32_t heading = 0;
    std::uint8_t level = 0;
  };
  other.assign(twins.size(), 0);
  std::vector<Under> under(of.size());
  Under last;
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (of[i].chosen && blocks.blocks[i].kind == BlockKind::heading) last = {features.facts[i].text_hash, blocks.blocks[i].level};
    under[i] = last;
  }
  std::vector<std::pair<std::uint32_t, std::size_t>> copies;  // of one text: under which heading, and which of `twins`
  for (std::size_t first = 0, end = 0; first < twins.size(); first = end) {
    copies.clear();
    for (end = first; end < twins.size() && twins[end].first == twins[first].first; ++end) copies.push_back({under[twins[end].second].heading, end});
    const Under& of_first = under[twins[first].second];
    if (copies.size() < 2 || of_first.heading == 0) continue;
    std::sort(copies.begin(), copies.end());
    for (std::size_t k = 0; k < copies.size(); ++k) {
      const auto [heading, at] = copies[k];
      other[at] = heading != of_first.heading && (k == 0 || copies[k - 1].first != heading) && under[twins[at].second].level == of_first.level;
    }
  }
}

// A label of what was left out, "Read also:", says nothing any more.
void leave_out_bare_labels(const Blocks& blocks, std::vector<Decision>& of) {
  constexpr std::uint32_t most_words = 6;
  for (std::size_t i = 0; i + 1 < of.size(); ++i) {
    const RawBlock& label = blocks.blocks[i];
    if (!of[i].chosen || label.words == 0 || label.words > most_words || of[i + 1].chosen || blocks.blocks[i + 1].hidden != Hidden::no) continue;
    if (i + 2 < of.size() && of[i + 2].chosen) continue;  // some of it stays
    const Role behind = of[i + 1].elsewhere.role;
    if (announces_something(label.text) && (behind == Role::related || behind == Role::navigation || behind == Role::social)) of[i].chosen = false;
  }
}

// Later copies of long texts (mobile and desktop versions, sticky summaries) are left out. Where they are few, those that are
// surely content stay: a manual says the same of two functions.
void leave_out_copies(const Blocks& blocks, const Features& features, bool thread, std::vector<Decision>& of) {
  Twins long_texts;
  std::uint64_t chosen = 0, copied = 0;
  for (std::uint32_t i = 0; i < of.size(); ++i) {
    if (!of[i].chosen) continue;
    chosen += blocks.blocks[i].words;
    if (features.facts[i].duplicates > 1 && may_be_copy(blocks.blocks[i])) long_texts.push_back({features.facts[i].text_hash, i});
  }
  std::sort(long_texts.begin(), long_texts.end());
  each_later(long_texts, [&](std::uint32_t i, std::size_t) { copied += blocks.blocks[i].words; });
  const bool few = copied * few_copies <= chosen;
  std::vector<std::uint32_t> left_out;
  const std::vector<std::uint32_t> lists = thread ? std::vector<std::uint32_t>{} : lists_that_stay(blocks, features, long_texts, of);
  std::vector<std::uint8_t> other;
  if (!thread && copied > 0) find_under_other_headings(blocks, features, long_texts, of, other);
  each_later(long_texts, [&](std::uint32_t i, std::size_t k) {
    if (!other.empty() && other[k] != 0 && blocks.blocks[i].in.quotes == 0 && of[i].content > likely_copy) return;
    if (std::binary_search(lists.begin(), lists.end(), blocks.blocks[i].group)) return;
    of[i].chosen = few && of[i].content >= sure_copy;
    if (!of[i].chosen) left_out.push_back(i);
    if (!of[i].chosen && i > 0 && blocks.blocks[i].in.quotes > 0 && of[i - 1].chosen && is_attribution(blocks.blocks[i - 1].text)) of[i - 1].chosen = false;
  });
  std::sort(left_out.begin(), left_out.end());
  leave_out_their_headings(blocks, features, left_out, of);
}

}  // namespace

void leave_out_unshown(const Blocks& blocks, Decisions& decisions) {
  each_heard(blocks, decisions.of_block, [](const Decision& d) { return d.role; }, leave_out);
}

double recall_weight(Favor favor) {
  switch (favor) {
    case Favor::precision: return 0.1;
    case Favor::recall: return 4.0;
    default: return 1.0;
  }
}

void choose_content(const Blocks& blocks, const Features& features, double recall_weight, Decisions& decisions) {
  std::vector<Decision>& of = decisions.of_block;
  // Likeliest first, equal ones in their order: the bits of a number that is not negative sort as it does.
  std::vector<std::uint64_t> order(of.size());
  for (std::uint32_t i = 0; i < of.size(); ++i)
    order[i] = static_cast<std::uint64_t>(~std::bit_cast<std::uint32_t>(of[i].content)) << 32 | i;
  // Most of a page is surely no content, and what is unlikely is looked at only where it matters: below.
  constexpr std::uint64_t unlikely = std::uint64_t{~std::bit_cast<std::uint32_t>(0.05f)} << 32;
  const auto likely_end = std::partition(order.begin(), order.end(), [](std::uint64_t o) { return o < unlikely; });
  std::sort(order.begin(), likely_end);
  std::size_t sorted = static_cast<std::size_t>(likely_end - order.begin());
  double all = 0;
  for (std::size_t i = 0; i < of.size(); ++i) all += static_cast<double>(of[i].content) * blocks.blocks[i].words;
  double hit = 0, said = 0, best = 0, last = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (k == sorted) {
      // A block raises what is expected only where (1 + weight) times its likelihood is more than that. With some room for what
      // sums of doubles lose, no unlikely one does, nor any behind it.
      if ((1 + recall_weight) * 0.06 < last) break;
      std::sort(order.begin() + static_cast<std::ptrdiff_t>(k), order.end());
      sorted = order.size();
    }
    const auto i = static_cast<std::uint32_t>(order[k]);
    hit += static_cast<double>(of[i].content) * blocks.blocks[i].words;
    said += blocks.blocks[i].words;
    if (said <= 0) continue;
    const double expected = (1 + recall_weight) * hit / (said + recall_weight * all);
    last = expected;
    best = std::max(best, expected);
  }
  if (best < least_expected) return;
  // Words that are likelier than this raise the best that is expected, others lower it.
  const double least = best / (1 + recall_weight), favored = std::max(recall_weight, 1 / recall_weight);
  // Who favors precision or recall of the words cares less for roles.
  const double worth = words_of_a_role * favored / all;
  std::vector<float> gains(of.size());
  bool any_code = false, any_heard = false;
  for (std::size_t i = 0; i < of.size(); ++i) {
    Decision& d = of[i];
    // What has no words, a row of strokes say, is text only where it is likely to be.
    const double above = static_cast<double>(d.content) - least, by_words = above * blocks.blocks[i].words * worth;
    const double gain = by_words + static_cast<double>(d.in_text.chance - d.elsewhere.chance);
    d.chosen = blocks.blocks[i].words == 0 ? above > 0 : gain > 0;
    if (blocks.blocks[i].words != 0) gains[i] = static_cast<float>(gain);
    any_code = any_code || blocks.blocks[i].kind == BlockKind::code || blocks.blocks[i].kind == BlockKind::math;
    any_heard = any_heard || blocks.blocks[i].hidden == Hidden::screen_reader;
  }

  const bool thread = decisions.page_type == PageType::forum;
  // Before what is seen is taken for a copy of it.
  if (any_heard) each_heard(blocks, of, [](const Decision& d) { return d.in_text.role; }, [](Decision& d) { d.chosen = false; });
  decide_together(blocks, thread, gains, of);
  if (any_code) keep_code(blocks, of);
  leave_out_hidden_copies(blocks, features, of);
  leave_out_teasers(blocks, of);
  fill_holes(blocks, of);
  keep_headings(blocks, of);
  keep_terms(blocks, of);
  keep_what_is_announced(blocks, of);
  leave_out_copies(blocks, features, thread, of);
  leave_out_bare_labels(blocks, of);
}

}  // namespace offprint
