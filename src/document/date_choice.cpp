// Choosing the dates of publication and of the last change.
#include <algorithm>
#include <array>
#include <cstring>

#include "base/url.h"
#include "document/elements.h"
#include "document/field_context.h"
#include "document/words.h"

namespace offprint {
namespace {

struct DateChoice : FieldContext {
  Fields& out;

  void choose_dates() {
    DateCandidate best, changed;
    const std::string_view url = saved_address(!head.url.empty() ? head.url : head.canonical);
    const Date in_url = date_of_url(url, head.range), month_in_url = month_of_url(url, head.range);
    const auto offer = [&](DateCandidate& to, DateCandidate c) {
      // The address settles which number is the month.
      if (in_url.known() && c.date.year == in_url.year && c.date.month == in_url.day &&
          c.date.day == in_url.month) {
        c.date.month = in_url.month;
        c.date.day = in_url.day;
      }
      // What the address says, too, is surer.
      if (in_url.known() && c.date.same_day(in_url) && c.word != DateWord::modified)
        c.strength = static_cast<std::uint8_t>(std::min(c.strength + 25, 99));
      else if (!in_url.known() && month_in_url.known() && c.date.year == month_in_url.year &&
               c.date.month == month_in_url.month)
        c.strength = static_cast<std::uint8_t>(std::min(c.strength + 15, 99));
      if (c.date.known() && c.strength > to.strength) to = c;
    };
    for (DateCandidate c : head.published) {
      if (c.source == FieldSource::property || c.source == FieldSource::element)
        c.strength = static_cast<std::uint8_t>(std::max(1, c.strength + place(c.node)));
      offer(best, c);
    }
    for (DateCandidate c : head.modified) {
      if (c.source == FieldSource::property)
        c.strength = static_cast<std::uint8_t>(std::max(1, c.strength + place(c.node)));
      offer(changed, c);
    }
    if (best.strength < 70) {
      for (const DateCandidate& s : head.seen) {
        DateCandidate c = s;
        const int at = place(c.node), strength = c.strength + at;
        if (strength < 12 || at <= -34) continue;
        if (strength <= best.strength && strength <= changed.strength) continue;
        std::array<FoundDate, 4> found;
        if (!c.date.known()) {
          const std::string_view text = text_of(page, c.node, 200, arena);
          if (text.empty() || text.size() > 160) continue;
          const std::size_t n = find_dates(text, head.range, order, found);
          for (std::size_t k = 0; k < n; ++k) {
            if (found[k].word == DateWord::other) continue;
            DateCandidate d = c;
            d.date = found[k].date;
            if (found[k].word != DateWord::none) d.word = found[k].word;
            d.strength = static_cast<std::uint8_t>(std::min(strength - static_cast<int>(k), 100));
            offer(d.word == DateWord::modified ? changed : best, d);
          }
          continue;
        }
        c.strength = static_cast<std::uint8_t>(strength);
        // The words before a <time> tell what it is: "Updated <time>".
        if (c.word == DateWord::none) c.word = word_before(c.node);
        if (c.word == DateWord::none) c.word = own_word(c.node);
        if (c.word == DateWord::other) continue;
        if (c.word == DateWord::published)
          c.strength = static_cast<std::uint8_t>(std::min(c.strength + 8, 99));
        offer(c.word == DateWord::modified ? changed : best, c);
      }
      block_dates(best, changed, offer);
    }
    if (decisions.page_type == PageType::forum && best.source != FieldSource::json &&
        best.source != FieldSource::meta && best.source != FieldSource::property)
      first_post(best);
    if (best.strength < 62)
      offer(best, {in_url, FieldSource::address, DateWord::none, 38, no_node});  // 63 with its own bonus
    if (!best.date.known() && !changed.date.known()) lone_date(best);
    correct_by_sight(best, changed);
    // A page that names only its change: better than nothing where the change is visible.
    if (!best.date.known() && changed.date.known()) best = changed;
    take_from_markup(best);
    take_from_markup(changed);
    out.date = format_date(best.date, arena);
    out.date_source = best.source;
    if (changed.date.known() && best.date.known() && changed.date.day_number() >= best.date.day_number())
      out.modified = format_date(changed.date, arena);
  }

  // Of what code shows ("2005-12-30 18:10:35 status installed") no date is the page's.
  // Nor of three numbers in a row of a table ("10 | 03 | 2019").
  static bool may_tell(const RawBlock& b) {
    return b.hidden == Hidden::no && !b.text.empty() && b.kind != BlockKind::code && !(b.kind == BlockKind::table && b.words <= 3);
  }

  // A thread is of the day of its first post: the first date behind the title that is not that of a change.
  void first_post(DateCandidate& best) {
    const std::uint32_t title_at = title_node == no_node ? 0 : page[title_node].span.begin;
    std::uint32_t first_at = 0xFFFFFFFF;
    DateCandidate first;
    std::array<FoundDate, 2> found;
    const std::size_t begin = title_block == no_block ? 0 : title_block + 1;
    for (std::size_t i = begin; i < blocks.blocks.size() && !first.date.known(); ++i) {
      const RawBlock& b = blocks.blocks[i];
      if (!may_tell(b) || b.words > 45) continue;
      const std::size_t n = find_dates(b.text, head.range, order, found);
      for (std::size_t k = 0; k < n && !first.date.known(); ++k) {
        DateWord word = found[k].word;
        if (word == DateWord::none && found[k].begin == 0 && i > 0)
          word = word_at_end(blocks.blocks[i - 1].text);
        if (word == DateWord::modified || word == DateWord::other) continue;
        first = {found[k].date, FieldSource::block, DateWord::none, 61, b.node};
        first_at = b.span.begin;
      }
    }
    for (const DateCandidate& s : head.seen) {
      if (!s.date.known() || s.node == no_node) continue;
      const std::uint32_t at = page[s.node].span.begin;
      if (at <= title_at || at >= first_at) continue;
      const DateWord word = s.word != DateWord::none ? s.word : word_before(s.node);
      if (word == DateWord::modified || word == DateWord::other) continue;
      first = s;
      first.strength = 61;
      first_at = at;
    }
    if (first.date.known()) best = first;
  }

  // A <time> within the block says the same day with its time and zone.
  void take_from_markup(DateCandidate& of) const {
    if (of.source != FieldSource::block || of.node == no_node || !tree()) return;
    const Span block = page[of.node].span;
    for (const DateCandidate& s : head.seen) {
      if (s.node == no_node || s.date.hour < 0 || !s.date.same_day(of.date)) continue;
      const std::uint32_t at = page[s.node].span.begin;
      if (at < block.begin || at >= block.end) continue;
      of.date = s.date;
      return;
    }
  }

  // What the reader sees beside the title corrects what machines are told where it is older and the other
  // date is not to be seen, or only as that of a change: the system that sends the page has forgotten the
  // first one.
  void correct_by_sight(DateCandidate& best, const DateCandidate& changed) {
    if (!best.date.known()) return;
    if (best.source != FieldSource::json && best.source != FieldSource::meta &&
        best.source != FieldSource::property)
      return;
    if (title_block == no_block) return;
    const bool same = changed.date.known() && changed.date.same_day(best.date);
    Date older;
    std::array<FoundDate, 4> found;
    for (std::size_t i = title_block >= 6 ? title_block - 6 : 0;
         i < std::min(blocks.blocks.size(), title_block + 11); ++i) {
      const RawBlock& b = blocks.blocks[i];
      if (!may_tell(b) || b.words > 30 || (role(i) == Role::body && decisions.of_block[i].confidence > 0.8f)) continue;
      const std::size_t n = find_dates(b.text, head.range, order, found);
      for (std::size_t k = 0; k < n; ++k) {
        if (found[k].word == DateWord::modified || found[k].word == DateWord::other) continue;
        if (found[k].date.same_day(best.date)) return;
        // The year before, which somebody still wrote in January.
        if (found[k].date.day == best.date.day && found[k].date.month == best.date.month && found[k].date.year + 1 == best.date.year) return;
        // The other order of day and month: "11/01/2021" of the first of November, on a page in German.
        if (order == DateOrder::day_first && found[k].date.year == best.date.year && found[k].date.day == best.date.month && found[k].date.month == best.date.day) return;
        const bool told = decided() && (role(i) == Role::date || role(i) == Role::byline);
        if (!same && !told) continue;
        // A day's difference may be the time zone's.
        if (found[k].date.day_number() < best.date.day_number() - 1 && !older.known() && b.words <= 16)
          older = found[k].date;
      }
    }
    if (!older.known()) return;
    best.date = older;
    best.source = FieldSource::block;
  }

  // The only date of a page is its date wherever it stands; many dates are those of other things.
  // Except in a thread: there the first post, told by its time of day, is the page's.
  void lone_date(DateCandidate& best) {
    const auto members = std::count_if(head.names.begin(), head.names.end(), [](const NameCandidate& c) {
      return c.strength == member_link || c.strength == user_name;
    });
    std::array<Date, 3> dates;
    std::size_t n = 0;
    const auto add = [&](const Date& date, NodeId node, int worth) {
      for (std::size_t k = 0; k < n; ++k)
        if (dates[k].same_day(date)) return true;
      if (n == dates.size()) return false;
      dates[n++] = date;
      if (worth > best.strength)
        best = {date, FieldSource::block, DateWord::none, static_cast<std::uint8_t>(worth), node};
      return true;
    };
    std::array<FoundDate, 2> found;
    for (const RawBlock& b : blocks.blocks) {
      // "14.11.11 Codes of a matrix" is a section of the menu.
      if (!may_tell(b) || b.words > 14 || (decided() && role(static_cast<std::size_t>(&b - blocks.blocks.data())) == Role::navigation)) continue;
      const std::size_t count = find_dates(b.text, head.range, order, found);
      if (count == 0 || b.text.find("©") != std::string_view::npos) continue;
      for (std::size_t k = 0; k < count; ++k) {
        if (found[k].word == DateWord::other) continue;
        if (members >= 2 && found[k].date.hour >= 0 && found[k].word != DateWord::modified) {
          best = {found[k].date, FieldSource::block, DateWord::none, 20, b.node};
          return;
        }
        if (!add(found[k].date, b.node,
                 std::max(1, (found[k].word == DateWord::published ? 40 : found[k].word == DateWord::modified ? 30 : 20) - static_cast<int>(n)))) {
          best = {};
          return;
        }
      }
    }
    for (const DateCandidate& c : head.seen)
      if (c.date.known() && !add(c.date, c.node, 10)) {
        best = {};
        return;
      }
  }

  // What the last words of a text say of a date that follows.
  DateWord word_at_end(std::string_view text) const {
    if (text.size() > 40) text = text.substr(text.size() - 40);
    char buffer[80];
    std::memcpy(buffer, text.data(), text.size());
    std::memcpy(buffer + text.size(), " 2000-01-01", 11);
    std::array<FoundDate, 3> found;
    const std::size_t n = find_dates({buffer, text.size() + 11}, {1994, 2100}, order, found);
    return n > 0 ? found[n - 1].word : DateWord::none;
  }

  DateWord word_before(NodeId node) {
    // The text just before it within the parent, and the parent's class.
    for (int up = 0; up < 2 && node != no_node; ++up) {
      NodeId before = page[node].previous;
      int steps = 0;
      std::string_view text;
      while (before != no_node && ++steps < 4) {
        text = page[before].kind == NodeKind::text ? trim(page[before].text())
                                                   : text_of(page, before, 60, arena);
        if (text.find_first_not_of(" :.,-|/()[]") != std::string_view::npos) break;  // a sign alone says nothing
        text = {};
        before = page[before].previous;
      }
      if (!text.empty()) return word_at_end(text);
      node = page[node].parent;
    }
    return DateWord::none;
  }

  // "<time datetime=2025-07-09>Updated July 9</time>"
  DateWord own_word(NodeId node) {
    if (node == no_node) return DateWord::none;
    const std::string_view text = text_of(page, node, 80, arena);
    const std::size_t number = std::min(text.find_first_of("0123456789"), text.size());
    const std::string_view before = trim(text.substr(0, number));
    return before.empty() ? DateWord::none : word_at_end(is_date_alone(text.substr(number)) ? before : without_month(before));
  }
  // "05/05/2020": needs no month before it.
  static bool is_date_alone(std::string_view text) {
    const std::size_t sign = text.find_first_not_of("0123456789");
    return sign < text.size() && std::string_view("/.-").find(text[sign]) != std::string_view::npos && sign + 1 < text.size() && is_digit(text[sign + 1]);
  }
  // "Updated July", "Tisdag maj": the month says nothing, though French abbreviates a change so.
  static std::string_view without_month(std::string_view text) {
    char folded[32];
    const std::size_t blank = text.rfind(' '), begin = blank == std::string_view::npos ? 0 : blank + 1;
    const std::string_view last = text.substr(begin);
    return last.size() < 20 && month_of(fold_into(last, folded, sizeof folded)) != 0 ? text.substr(0, begin) : text;
  }

  // What stands behind the date parts it from the story: "27.1.2022 - ", "| Berlin"; "2001 the towers fell" is the story.
  static bool is_dateline(std::string_view rest) {
    rest = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
    // "(AP) — ", "/PRNewswire/ -- ": whose it is
    if (rest.starts_with('(') || rest.starts_with('/')) {
      const std::size_t end = rest.substr(0, 24).find(rest[0] == '(' ? ')' : '/', 1);
      if (end != rest.npos) rest = rest.substr(std::min(rest.find_first_not_of(' ', end + 1), rest.size()));
    }
    for (std::string_view sign : {"- ", "-- ", "|", ":", "\xE2\x80\x93", "\xE2\x80\x94"})
      if (rest.starts_with(sign)) return true;
    return false;
  }

  template <class Offer>
  void block_dates(DateCandidate& best, DateCandidate& changed, const Offer& offer) {
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
      const RawBlock& b = blocks.blocks[i];
      const bool told = decided() && (role(i) == Role::date || role(i) == Role::byline) &&
                        decisions.of_block[i].confidence >= 0.4f;
      if (!told && !near_title(i)) {
        if (!decided() && title_block != no_block && i > title_block + 14) break;
        continue;
      }
      // Of a long text behind the title only its begin: "Press release of 25 January 2022 | Berlin – …", "27.1.2022 - …".
      const bool is_long = b.words > 45;
      if (!may_tell(b) || (is_long && (title_block == no_block || i <= title_block || i > title_block + 6))) continue;
      std::array<FoundDate, 4> found;
      const std::size_t n = find_dates(is_long ? whole_prefix(b.text, 56) : b.text, head.range, order, found);
      if (n == 0 || b.text.find("©") != std::string_view::npos) continue;
      if (is_long && (found[0].begin > (i > title_block + 2 ? 0 : 28) || found[0].word == DateWord::modified || !is_dateline(b.text.substr(found[0].end)))) continue;
      for (std::size_t k = 0; k < (is_long ? 1 : n); ++k) {
        if (found[k].word == DateWord::other) continue;
        int strength = told ? 52 : 40;
        if (b.words <= 14) strength += 6;
        if (found[k].word != DateWord::none) strength += 8;
        if (!told && b.words > 20) strength -= 14;
        if (title_block != no_block && !told)
          strength -= static_cast<int>(i > title_block ? (i - title_block) / 3 : (title_block - i) / 2 + 2);
        strength -= static_cast<int>(k);
        if (strength <= 0) continue;
        const DateCandidate c{found[k].date, FieldSource::block, found[k].word,
                              static_cast<std::uint8_t>(strength), b.node};
        offer(found[k].word == DateWord::modified ? changed : best, c);
      }
    }
  }
};

}  // namespace

void choose_dates(const FieldContext& context, Fields& out) {
  DateChoice choice{context, out};
  choice.choose_dates();
}

}  // namespace offprint
