#include "document/held.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"
#include "document/held_data.h"
#include "document/words.h"

namespace offprint {
namespace {

// Prose that can be seen: blocks of so many words that are no links; a page with more of it than this is no
// shell. Where less than least_seen words of any kind can be read it shows nothing of its own.
constexpr std::uint32_t prose_words = 15, most_visible = 60, least_seen = 20, least_held = 80, least_told = 25;
constexpr std::size_t most_missed = 32u << 20;

// What every page of a site shows is no prose of the page's own.
bool is_furniture(Role role) {
  switch (role) {
    case Role::newsletter:
    case Role::consent:
    case Role::navigation:
    case Role::social:
    case Role::masthead:
    case Role::footer:
    case Role::form:
    case Role::controls:
    case Role::ad:
      return true;
    default:
      return false;
  }
}

bool is_elsewhere(Role role) {
  return role == Role::related || role == Role::comments;
}

// What stands around a story whether or not it is there.
bool is_around_story(Role role) {
  return role == Role::headline || role == Role::caption || role == Role::bio || role == Role::byline || is_elsewhere(role);
}

// What can be read on a page, in words.
struct Shown {
  std::uint32_t prose = 0;               // of what may be the page's own
  std::uint32_t own = 0, all = 0;       // short blocks, too: without what stands below headings of other pages' texts, and with it
};

// A run of a block's words that data will hold as it is: letters, digits and blanks.
std::string_view words_seen(std::string_view text) {
  const auto plain = [](char c) { return is_alnum(c) || c == ' ' || static_cast<unsigned char>(c) >= 0x80; };
  std::string_view best;
  for (std::size_t i = 0; i < text.size() && best.size() < 24;) {
    std::size_t end = i;
    while (end < text.size() && plain(text[end]) && end - i < 48) ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;  // no half a character
    if (end - i > best.size()) best = text.substr(i, end - i);
    i = end + 1;
  }
  return best.size() < 12 ? std::string_view() : best;
}

// The writing of most letters beyond ASCII: 0 where there are hardly any, else a number for each.
int script_of(std::string_view text) {
  std::uint32_t counts[6] = {}, letters = 0;
  text = text.substr(0, 4096);
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size(); i += length) {
    const char32_t c = code_point(text, i, length);
    if (!is_word(c)) continue;
    ++letters;
    const int script = c < 0x370 ? 0 : c < 0x400 ? 1 : c < 0x530 ? 2 : c < 0x900 ? 3 : c < 0x1100 ? 4 : 5;
    ++counts[script];
  }
  const auto most = std::max_element(std::begin(counts) + 1, std::end(counts));
  return *most * 4 > letters ? static_cast<int>(most - std::begin(counts)) : 0;
}

// A page whose title is Chinese is told in Chinese; one whose title is English may be told in any language.
bool same_script(const HeadFields& head, const Held& held) {
  const int title = script_of(head.title);
  std::string begin;
  for (const HeldPart& part : held.parts) {
    if (begin.size() >= 2048) break;
    begin += part.text.substr(0, 1024);
  }
  return title == 0 || title == script_of(begin);
}

// Whether the first blocks of the text alone are more than any shell shows: nearly every page's are.
bool shows_enough(const Blocks& blocks, const Decisions& decisions) {
  std::uint32_t words = 0;
  bool below_others = false;
  for (std::size_t i = 0; i < blocks.blocks.size() && words < most_visible; ++i) {
    const Role role = decisions.of_block[i].role;
    if (blocks.blocks[i].kind == BlockKind::heading) below_others = is_elsewhere(role);
    if (decisions.of_block[i].chosen && !below_others && !is_elsewhere(role)) words += blocks.blocks[i].words;
  }
  return words >= most_visible;
}

// tells_story: the page's JSON-LD holds a text. Gathers runs of words of what is the page's own.
Shown what_is_shown(const Blocks& blocks, const Decisions& decisions, bool tells_story, std::vector<std::string_view>& runs) {
  Shown shown;
  bool below_others = false;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    const RawBlock& b = blocks.blocks[i];
    const Role role = decisions.of_block[i].role;
    const bool chosen = decisions.of_block[i].chosen;
    if (b.kind == BlockKind::heading) below_others = is_elsewhere(role);
    const bool linked = b.link_bytes * 2 >= b.text.size();
    const bool own = !below_others && !is_elsewhere(role);
    if (is_furniture(role) || (b.hidden != Hidden::no && b.hidden != Hidden::noscript)) continue;
    if (own && !linked && !(tells_story && is_around_story(role)) && b.words >= prose_words) shown.prose += b.words;
    if (b.hidden != Hidden::no || role == Role::headline || role == Role::byline || role == Role::date) continue;
    if (!linked || (chosen && own)) shown.all += b.words;
    if (linked || !own || role == Role::bio || role == Role::caption) continue;
    shown.own += b.words;
    if (const std::string_view run = words_seen(b.text); !run.empty() && runs.size() < 8) runs.push_back(run);
  }
  return shown;
}

// The script that holds JSON-LD's text: the longest one, as the text is most of it.
Span span_of_jsonld(Page& page) {
  Span span;
  for (const NodeId id : page.scripts) {
    if (page[id].first_child == no_node) continue;
    if (!equals_lowercase(attribute(page, id, AttributeName::type), "application/ld+json")) continue;
    const Span s = page[page[id].first_child].span;
    if (s.size() > span.size()) span = s;
  }
  return span;
}

// The first or last run of letters, digits and blanks of a text: what no escape of JSON or markup changes.
std::string_view plain_run(std::string_view text, bool last) {
  std::string_view best;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_alnum(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && (is_alnum(text[end]) || text[end] == ' ') && end - i < 40) ++end;
    while (text[end - 1] == ' ') --end;
    if (end - i >= (last ? 3u : 6u)) {
      best = text.substr(i, end - i);
      if (!last) return best;
    }
    i = end;
  }
  return best;
}

// Where a block's text stands in the source of its script, from `searched` on; the whole script where it is
// not found. `missed`: bytes that were searched for nothing, of which there may not be many.
Span place_in(std::string_view source, std::string_view text, Span script, std::size_t& searched, std::size_t& missed) {
  const std::string_view first = plain_run(text, false), last = plain_run(text, true);
  if (first.empty() || last.empty() || missed > most_missed) return script;
  const std::size_t begin = source.find(first, searched);
  if (begin == std::string_view::npos) {
    missed += source.size() - searched;
    return script;
  }
  // Escapes and markup make it longer, but not without end: "\\u00fc" is three times its character.
  const std::size_t room = std::min(source.size() - begin, 6 * text.size() + 64);
  std::size_t end = begin + first.size();
  const std::size_t least = text.size() - last.size() - text.size() / 16;
  if (const std::size_t at =
          source.substr(begin, room).find(last, std::min(std::min(least, text.size()), room));
      at != std::string_view::npos)
    end = begin + at + last.size();
  searched = end;
  return {script.begin + static_cast<std::uint32_t>(begin), script.begin + static_cast<std::uint32_t>(end)};
}

}  // namespace

bool add_held_content(Page& page, const HeadFields& head, Page& inner, Blocks& inner_blocks, Blocks& blocks,
                      Decisions& decisions, Arena& arena, Meter& meter) {
  if (blocks.flat || page.html == no_node || meter.spent != Limit::none) return false;
  if (shows_enough(blocks, decisions)) return false;
  const std::uint32_t told = count_words(head.article_body);
  std::vector<std::string_view> runs;
  const Shown shown = what_is_shown(blocks, decisions, told >= least_held, runs);
  if (shown.prose >= most_visible) return false;
  const auto telling = [&] { return Held{{{head.article_body, HeldTag::none, false}}, told, HeldFit::own, span_of_jsonld(page)}; };
  Held held;
  if (told >= least_held) {
    held = telling();
    // The answers to a question are no part of its text.
    Held said;
    if ((head.json.types & json_question) != 0 && shown.own < least_seen) search_jsonld(page, arena, meter, said);
    if (said.words > held.words) held = said;
  } else {
    PageSigns signs = signs_of(head, arena);
    signs.seen = runs;
    search_scripts(page, signs, arena, meter, held);
    // A text of the page's own that is seen gives way to its whole, to nothing else.
    if (held.words < least_held || (shown.all >= least_seen && held.fit != HeldFit::own) || !same_script(head, held)) held = {};
    // What JSON-LD says of the page is the page's own, however short.
    if (shown.own < least_seen) {
      Held said;
      search_jsonld(page, arena, meter, said);
      if (told > said.words) said = telling();
      if (said.words >= (held.fit == HeldFit::own ? std::max(least_told, held.words) : least_told)) held = said;
    }
  }
  if (held.words == 0 || held.words * 2 < shown.all * 3) return false;

  std::string markup;
  write_markup(held, arena, markup);
  parse(inner, arena.copy(std::string_view(markup)), {}, meter);
  find_blocks(inner, inner_blocks, meter);

  const std::string_view source = page.input.substr(held.span.begin, held.span.size());
  std::size_t searched = 0, missed = 0;
  std::uint32_t groups = 0, items = 0, quotes = 0;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    groups = std::max(groups, blocks.blocks[i].group);
    items = std::max(items, blocks.blocks[i].in.item);
    quotes = std::max(quotes, blocks.blocks[i].in.quote);
    decisions.of_block[i].chosen = false;  // "Loading…"
    if (decisions.of_block[i].role == Role::body) decisions.of_block[i].role = Role::other;
  }
  for (RawBlock b : inner_blocks.blocks) {
    if (b.hidden != Hidden::no) continue;
    b.node = no_node;  // its nodes and marks are those of another tree
    b.marks_begin = b.marks_count = 0;
    b.span = place_in(source, b.text, held.span, searched, missed);
    if (b.group != 0) b.group += groups;
    if (b.in.list != 0) b.in.list += groups;
    if (b.in.item != 0) b.in.item += items;
    if (b.in.quote != 0) b.in.quote += quotes;
    blocks.blocks.push_back(b);
    decisions.of_block.push_back({.role = Role::body, .confidence = 0.5f, .content = 1, .chosen = true});
  }
  return true;
}

}  // namespace offprint
