#include "document/titles.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/url.h"
#include "blocks/twice_encoded.h"
#include "document/authors.h"
#include "document/words.h"

namespace offprint {
namespace {

bool same_but_for_blanks(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  for (;; ++i, ++j) {
    while (i < a.size() && a[i] == ' ') ++i;
    while (j < b.size() && b[j] == ' ') ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (a[i] != b[j]) return false;
  }
}

// The block with the role of headline; the most certain one, the first of equals.
std::size_t headline_block(const Blocks& blocks, const Decisions& decisions) {
  std::size_t best = no_block;
  if (decisions.of_block.size() != blocks.blocks.size()) return best;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i)
    if (decisions.of_block[i].role == Role::headline && !blocks.blocks[i].text.empty() &&
        (best == no_block || decisions.of_block[i].confidence > decisions.of_block[best].confidence + 0.05f))
      best = i;
  return best;
}

// Flattened text without roles: the last short line without a sentence's end before the first long paragraph.
std::size_t flat_headline(const Blocks& blocks, const Decisions& decisions, DateRange range, DateOrder order) {
  std::size_t body = no_block, best = no_block;
  // Of a request for support, which knows its blocks.
  const auto pleads = [&](std::size_t i) {
    return decisions.of_block.size() == blocks.blocks.size() &&
           (decisions.of_block[i].role == Role::appeal || decisions.of_block[i].role == Role::contribution);
  };
  for (std::size_t i = 0; i < std::min<std::size_t>(blocks.blocks.size(), 200); ++i)
    if (blocks.blocks[i].words >= 18 && !pleads(i)) {
      if (i + 1 < blocks.blocks.size() && blocks.blocks[i + 1].words < 6 && i < 4)
        continue;  // a notice on top
      body = i;
      break;
    }
  if (body == no_block) body = std::min<std::size_t>(blocks.blocks.size(), 40);
  for (std::size_t i = body; i-- > 0 && body - i < 12;) {
    const RawBlock& b = blocks.blocks[i];
    if (b.text.empty() || b.words < 3 || b.words > 30 || pleads(i)) continue;
    const char last = b.text.back();
    if (last == '.' || last == ':' || last == ';') continue;
    if (announcement(b.text) != 0) continue;
    std::array<FoundDate, 1> found;
    if (b.words < 8 && find_dates(b.text, range, order, found) > 0) continue;
    if (best == no_block || b.words >= blocks.blocks[best].words + (best - i) || b.kind == BlockKind::heading)
      best = i;
  }
  return best;
}

std::string_view address_of(const HeadFields& head) {
  return saved_address(!head.url.empty() ? head.url : !head.canonical.empty() ? head.canonical : head.og_url);
}

// The metadata that name the page.
enum MetaTitle : std::size_t { of_json, of_og, of_twitter, of_meta, of_element, meta_titles };

struct Titles {
  const Page& page;
  const HeadFields& head;
  const Blocks& blocks;
  const Decisions& decisions;
  SiteNames sites;
  DateOrder order;
  Arena& arena;
  TitleChoice choice{};

  std::array<std::string_view, meta_titles> metas{};                    // as they stand
  std::array<std::string_view, meta_titles> folded{};                   // their words
  std::array<std::string_view, meta_titles> first_part{}, last_part{};  // of titles that signs part, folded
  std::array<Bag, meta_titles> bags{};
  std::array<bool, meta_titles> twin{};  // says what an earlier one says
  std::string_view slug{};               // the last part of the address often is the title in short
  Bag slug_bag{};
  std::vector<TextCandidate> headings{};  // of the head; then the block that the model calls the headline, where it is none of them
  std::vector<float> said{};              // of headings: how surely the model calls them the headline; below 0, something else
  std::vector<bool> hung{};               // of headings: <title> hangs them to another title

  // What the model's say of a heading is worth, and from when on it stands against <title>.
  static constexpr float of_model = 0.1f, surely_headline = 0.9f;
  // As well as the head must know a headline that is no h1.
  static constexpr float surely_known = 0.89f;

  bool tree() const { return page.nodes.size() > 1; }

  void read_metas() {
    metas = {head.json_title, head.og_title, head.twitter_title, head.meta_title, head.title_element};
    for (std::string_view& meta : metas) meta = without_loose_signs(without_date(meta, head.range, order));
    slug = folded_words(last_segment(path_of(address_of(head))), arena);
    if (slug.ends_with(" html") || slug.ends_with(" htm") || slug.ends_with(" php"))
      slug = slug.substr(0, slug.rfind(' '));
    make_bag(slug, slug_bag);
    for (std::size_t k = 0; k < meta_titles; ++k) {
      bags[k].count = 0;
      for (std::size_t e = 0; e < k && !twin[k]; ++e) twin[k] = metas[e] == metas[k];
      if (metas[k].empty()) continue;
      folded[k] = folded_words(metas[k], arena);
      make_bag(folded[k], bags[k]);
      if (twin[k]) continue;
      TitleParts parts;
      const std::size_t n = cut_title(metas[k], parts);
      if (n < 2) continue;
      // "The Site » Blog Archive » The Story"
      const std::string_view middle = n == 3 ? folded_words(parts[1].text, arena) : std::string_view();
      const bool archive = middle == "blog archive" || middle == "blog archiv" || middle == "archive" || middle == "archiv";
      first_part[k] = folded_words(parts[archive ? 2 : 0].text, arena);
      last_part[k] = folded_words(parts[archive ? 0 : n - 1].text, arena);
    }
  }

  void read_headings(std::size_t headline) {
    headings = head.headings;
    said.assign(headings.size(), 0);
    if (decisions.of_block.size() != blocks.blocks.size()) return;
    for (std::size_t b = 0; b < blocks.blocks.size(); ++b) {
      const Decision& d = decisions.of_block[b];
      if (blocks.blocks[b].node == no_node || (d.role != Role::headline && d.role != Role::masthead && d.role != Role::navigation)) continue;
      for (std::size_t i = 0; i < headings.size(); ++i)
        if (headings[i].node == blocks.blocks[b].node && (said[i] <= 0 || d.role == Role::headline))
          said[i] = d.role == Role::headline ? std::max(said[i], d.confidence) : -d.confidence;
    }
    if (headline == no_block || !tree() || std::any_of(said.begin(), said.end(), [](float s) { return s > 0; })) return;
    headings.push_back({collapse(blocks.blocks[headline].text, arena), FieldSource::block, blocks.blocks[headline].node});
    said.push_back(decisions.of_block[headline].confidence);
  }

  // How well the metadata and the address know a heading.
  float score_heading(std::size_t i) {
    const std::string_view words = folded_words(headings[i].text, arena);
    const int count = word_count(words);
    if (count == 0) return 0;
    Bag bag;
    make_bag(words, bag);
    float score = 0;
    // All that another title of the head says.
    const bool whole = folded[of_json] == words || folded[of_og] == words || folded[of_twitter] == words;
    for (std::size_t k = 0; k < meta_titles; ++k) {
      if (folded[k].empty() || twin[k]) continue;
      score = std::max(score, likeness(bag, bags[k]));
      // All of the heading in a longer title, which then has a suffix.
      if (count >= 2 && coverage(bag, bags[k]) >= 0.99f) score = std::max(score, count >= 3 ? 0.9f : 0.75f);
      if (bags[k].count >= 3 && coverage(bags[k], bag) >= 0.99f) score = std::max(score, 0.85f);
      // The whole first part of it; or the last, which then is the site, the book or the section, if there is
      // a first one that is not.
      if (first_part[k].empty()) continue;
      if (first_part[k] == words) score = std::max(score, 0.95f);
      const bool last = last_part[k] == words;
      const bool begins_last = count >= 2 && last_part[k].starts_with(words) &&
                               word_count(last_part[k]) <= count + 1 && coverage(words, first_part[k]) < 0.5f;
      // What is longer than the part before it and surely a headline to the model is one: "Customs - News - The new law on customs".
      const bool headline = (whole && count >= 3) || (said[i] >= surely_headline && !offers() && count > word_count(first_part[k]));
      if ((last || begins_last) && !is_site(first_part[k], sites.all(), arena) && !headline) hung[i] = true;
      if (last && !hung[i]) score = std::max(score, 0.95f);
    }
    if (!slug.empty()) {
      const float in_slug = coverage(slug_bag, bag), of_slug = coverage(bag, slug_bag);
      if (in_slug >= 0.5f && of_slug >= 0.4f && (word_count(slug) >= 2 || count <= 2))
        score = std::max(score, 0.45f + 0.45f * in_slug * of_slug);
    }
    const bool site = is_site(words, sites.all(), arena);
    // <title> holds the heading and, apart from it, another title: "The Blog: The Story". Not where OpenGraph says what the heading
    // says: then <title> was made for search engines.
    for (MetaTitle k : {of_json, of_og})
      if (bags[k].count >= 2 && coverage(bag, bags[of_element]) >= 0.99f &&
          coverage(bags[k], bags[of_element]) >= 0.99f && likeness(bag, bags[k]) < 0.2f && (folded[of_og] != words || site))
        hung[i] = true;
    if (hung[i]) score = std::min(score, 0.25f);
    if (site && (headings.size() > 1 || word_count(folded[of_element]) > count)) score -= 0.5f;
    if (count > 30) score -= 0.4f;  // a paragraph dressed as a heading
    score -= 0.03f * static_cast<float>(std::min<std::size_t>(i, 4));
    if (is_generic_heading(words)) score -= 0.4f;
    if (tree() && headings[i].node == head.heading) score += 0.02f;
    return score;
  }

  bool article() const {
    return (head.json_type_bits & (json_article | json_forum | json_recipe)) != 0 ||
           head.og_type == "article";
  }

  // A heading that the metadata know.
  bool take_heading(std::size_t headline) {
    const bool told = headline != no_block;
    std::size_t best = no_block;
    float best_score = 0, known = 0;
    hung.assign(headings.size(), false);
    for (std::size_t i = 0; i < headings.size(); ++i) {
      const float score = score_heading(i);
      if (score <= 0 || (i >= head.headings.size() && (sells() || score < surely_known))) continue;
      if (const float with_model = score + (offers() ? 0 : of_model * said[i]); with_model > best_score + 0.001f) {
        best_score = with_model;
        known = score;
        best = i;
      }
    }
    headings.resize(head.headings.size());
    if (best == no_block || known < (article() ? 0.25f : 0.55f)) return false;
    choice = best < headings.size() ? TitleChoice{headings[best].text, FieldSource::heading, headings[best].node, no_block}
                                    : TitleChoice{collapse(blocks.blocks[headline].text, arena), FieldSource::block, blocks.blocks[headline].node, headline};
    if (!article() && !slug.empty() && (!told || decisions.page_type != PageType::article)) {
      // Pages that sell head themselves with slogans; where the address sides with the metadata, so do we.
      const std::string_view stripped = strip_site(head.og_title, sites.all(), {}, arena);
      const std::string_view words = folded_words(stripped, arena),
                             heading = folded_words(choice.text, arena);
      if (likeness(words, heading) < 0.8f && coverage(heading, words) < 0.99f &&
          !is_site(words, sites.all(), arena) && likeness(slug, words) > likeness(slug, heading) + 0.1f) {
        choice.text = stripped;
        choice.source = FieldSource::meta;
      }
    }
    return true;
  }

  // A block that the model calls the headline, where the metadata do not belie it and where the page is one
  // that has a headline: on pages that sell and on front pages the most prominent line is a slogan.
  bool take_headline(std::size_t block) {
    if (block == no_block) return false;
    const bool alone = blocks.blocks[block].kind == BlockKind::heading && metas_tell_the_site();
    if (decisions.of_block[block].confidence < (alone ? 0.1f : 0.5f)) return false;
    const std::string_view text = collapse(blocks.blocks[block].text, arena);
    Bag bag;
    make_bag(folded_words(text, arena), bag);
    bool known = false, any = false;
    for (std::size_t k = 0; k < meta_titles; ++k) {
      any |= !folded[k].empty();
      known |= likeness(bag, bags[k]) >= 0.5f || (bag.count >= 3 && coverage(bag, bags[k]) >= 0.99f);
    }
    const std::string_view words = folded_words(text, arena);
    // Communities that are shells for scripts often have one <title> for all threads.
    known |= alone || decisions.page_type == PageType::forum;
    if (any && (!known || sells() || is_site(words, sites.all(), arena) || is_hung(words))) return false;
    choice = {text, FieldSource::block, blocks.blocks[block].node, block};
    return true;
  }

  // On top of an article the page's masthead says no more than that.
  bool is_masthead(std::string_view words) const {
    if (decisions.page_type != PageType::article || decisions.of_block.size() != blocks.blocks.size()) return false;
    for (std::size_t i = 0; i < std::min<std::size_t>(blocks.blocks.size(), 24); ++i) {
      const RawBlock& b = blocks.blocks[i];
      if (decisions.of_block[i].role == Role::masthead && decisions.of_block[i].confidence >= 0.6f && b.words <= 8 && folded_words(b.text, arena) == words) return true;
    }
    return false;
  }

  // No more than the site's name, with or without what it says of itself.
  bool metas_tell_the_site() const {
    bool any = false;
    for (std::size_t k = 0; k < meta_titles; ++k) {
      if (folded[k].empty()) continue;
      any = true;
      if (!is_site(folded[k], sites.all(), arena) && !is_generic_heading(folded[k]) &&
          (first_part[k].empty() || !is_site(first_part[k], sites.all(), arena)) && !is_masthead(folded[k]))
        return false;
    }
    return any;
  }

  bool offers() const {
    return decisions.page_type == PageType::product || decisions.page_type == PageType::collection || decisions.page_type == PageType::service;
  }
  bool sells() const { return offers() || decisions.page_type == PageType::listing; }

  bool is_hung(std::string_view words) const {
    for (std::size_t i = 0; i < headings.size(); ++i)
      if (hung[i] && folded_words(headings[i].text, arena) == words) return true;
    return false;
  }

  // Metadata alone: the part that most of them share.
  void take_metas() {
    std::vector<std::string_view> others;
    for (std::size_t i = 0; i < headings.size(); ++i) {
      const std::string_view words = folded_words(headings[i].text, arena);
      if (!hung[i])
        others.push_back(words);
      else if (sites.count < sites.names.size())
        sites.names[sites.count++] = words;  // the blog's or the book's name
    }
    for (MetaTitle k : {of_og, of_json, of_twitter, of_element, of_meta}) {
      if (metas[k].empty()) continue;
      std::string_view stripped = strip_site(metas[k], sites.all(), others, arena);
      const std::string_view words = folded_words(stripped, arena);
      if (words.empty()) continue;
      if (is_site(words, sites.all(), arena) && k != of_element && !metas[of_element].empty()) {
        // og:title often is the site's name on pages that have a title of their own.
        const std::string_view from_element = strip_site(metas[of_element], sites.all(), others, arena);
        const std::string_view element_words = folded_words(from_element, arena);
        if (!is_site(element_words, sites.all(), arena) && word_count(element_words) >= 2) {
          choice.text = from_element;
          choice.source = FieldSource::title;
          break;
        }
      }
      // No heading says how much of it is the title: its first part, where that is more than a word.
      TitleParts parts;
      if (cut_title(stripped, parts) > 1 && word_count(folded_words(parts[0].text, arena)) >= 2)
        stripped = trim(parts[0].text);
      // "Home - The Example" without the site is nothing.
      if (is_generic_heading(folded_words(stripped, arena)) && stripped != metas[k]) stripped = metas[k];
      choice.text = stripped;
      choice.source = k == of_element ? FieldSource::title
                      : k == of_json  ? FieldSource::json
                                      : FieldSource::meta;
      break;
    }
    if (!head.headings.empty()) choice.node = head.heading;
    if (choice.text.empty() && !head.headings.empty())
      choice = {head.headings[0].text, FieldSource::heading, head.headings[0].node, no_block};
  }

  // Blocks of about the title's length that are looked at word by word: of more, each costs a microsecond.
  static constexpr std::size_t most_compared = 512;

  // Of a heading that holds its kicker or its second line without any sign between ("Breaking Dog Bites Man Nobody was hurt"), what
  // another title of the page says, too.
  void leave_out_other_lines() {
    if ((choice.source != FieldSource::heading && choice.source != FieldSource::block) || offers()) return;
    for (std::size_t k = 0; k < meta_titles; ++k) {
      const bool cut_off = metas[k].ends_with("...") || metas[k].ends_with("\xE2\x80\xA6") ||
                           std::count(metas[k].begin(), metas[k].end(), '(') > std::count(metas[k].begin(), metas[k].end(), ')');
      if (folded[k].empty() || twin[k] || cut_off) continue;
      const std::string_view line = line_that_says(folded_words(strip_site(metas[k], sites.all(), {}, arena), arena), choice.text, arena);
      if (line.size() == choice.text.size()) continue;
      choice.text = line;
      return;
    }
  }

  // "Collection: Shoes", of which screens show "Shoes" alone.
  void leave_out_unseen() {
    if (choice.source != FieldSource::heading || choice.node == no_node) return;
    const auto begin = blocks.blocks.begin();
    const auto at = std::find_if(begin, blocks.blocks.end(), [&](const RawBlock& b) { return b.node == choice.node; });
    if (at == blocks.blocks.end() || at->hidden != Hidden::no) return;
    const RawBlock& seen = *at;
    if (seen.heard_more && !seen.text.empty() && choice.text.find(seen.text) != choice.text.npos) {
      choice.text = seen.text;
      return;
    }
    if (at == begin) return;
    const RawBlock& unseen = *(at - 1);
    if (unseen.hidden != Hidden::screen_reader || seen.text.empty() || !choice.text.ends_with(seen.text)) return;
    if (trim(choice.text.substr(0, choice.text.size() - seen.text.size())) == trim(unseen.text)) choice.text = seen.text;
  }

  // Where the title stands among the blocks: the same words, as a heading if it can be.
  std::size_t place() const {
    std::size_t best = no_block;
    if (choice.text.empty()) return best;
    for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
      const RawBlock& b = blocks.blocks[i];
      if (b.hidden != Hidden::no ||
          (b.text != choice.text && (choice.node == no_node || b.node != choice.node)))
        continue;
      if (best == no_block || b.kind == BlockKind::heading) best = i;
      if (b.kind == BlockKind::heading) break;
    }
    if (best != no_block) return best;
    Bag title_bag, block_bag;
    make_bag(folded_words(choice.text, arena), title_bag);
    const std::size_t size = choice.text.size();
    std::size_t compared = 0;
    for (std::size_t i = 0; i < blocks.blocks.size() && compared < most_compared; ++i) {
      const RawBlock& b = blocks.blocks[i];
      if (b.hidden != Hidden::no || b.text.size() > size + size / 4 + 8 || b.text.size() * 5 < size * 4)
        continue;
      ++compared;
      make_bag(folded_words(b.text, arena), block_bag);
      if (likeness(block_bag, title_bag) < 0.9f) continue;
      best = i;
      if (b.kind == BlockKind::heading) break;
    }
    return best;
  }
};

}  // namespace

SiteNames site_names(const HeadFields& head, Arena& arena) {
  SiteNames sites;
  for (std::string_view s : head.sites)
    if (sites.count < 8) {
      const std::string_view words = folded_words(s, arena);
      if (!words.empty()) sites.names[sites.count++] = words;
    }
  sites.label = site_label(host_of(address_of(head)));
  if (!sites.label.empty()) sites.names[sites.count++] = folded_words(sites.label, arena);
  return sites;
}

TitleChoice choose_title(const Page& page, const HeadFields& head, const Blocks& blocks,
                         const Decisions& decisions, const SiteNames& sites, DateOrder order, Arena& arena) {
  const std::size_t block = headline_block(blocks, decisions);
  Titles t{
      .page = page, .head = head, .blocks = blocks, .decisions = decisions, .sites = sites, .order = order, .arena = arena};
  t.read_metas();
  t.read_headings(block);
  if (!t.take_heading(block) && !t.take_headline(block)) t.take_metas();
  if (t.choice.text.empty() && !t.tree()) {
    if (const std::size_t i = flat_headline(blocks, decisions, head.range, order); i != no_block)
      t.choice = {collapse(blocks.blocks[i].text, arena), FieldSource::block, no_node, i};
  }
  if (t.choice.source == FieldSource::heading || t.choice.source == FieldSource::block) {
    // What a heading begins with belongs to it; a site's name comes last.
    const std::string_view stripped = strip_site(t.choice.text, sites.all(), {}, arena);
    if (stripped.data() == t.choice.text.data()) t.choice.text = stripped;
    t.choice.text = without_date(t.choice.text, head.range, order);
    t.leave_out_other_lines();
  }
  if (t.choice.block == no_block) t.choice.block = block != no_block ? block : t.place();
  t.leave_out_unseen();
  // What the page shows was put right when its blocks were found.
  if (shows_two_encodings(t.choice.text) && t.choice.block != no_block) {
    t.choice.text = collapse(blocks.blocks[t.choice.block].text, arena);
    if (t.choice.text.ends_with("¶")) t.choice.text.remove_suffix(std::string_view("¶").size());  // its permalink, which was not known as one
  }
  // What touches in the markup, a line and what stands over it, has a blank where blocks were found.
  if (t.choice.block != no_block && same_but_for_blanks(t.choice.text, blocks.blocks[t.choice.block].text)) t.choice.text = collapse(blocks.blocks[t.choice.block].text, arena);
  if (t.choice.node == no_node && t.choice.block != no_block)
    t.choice.node = blocks.blocks[t.choice.block].node;
  return t.choice;
}

}  // namespace offprint
