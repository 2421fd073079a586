// Blocks and features of captured pages, for training.
//
//   offprint-features blocks CORPORA PAGE...              the blocks of pages, a JSON line a page
//   offprint-features matrix CORPORA TARGETS.jsonl OUT    learns the node-token lexicon from the targets and writes
//                                                         OUT/fold{0..4}.f32, OUT/all.f32 (row-major float32, a row a
//                                                         block, pages in the order of the targets), OUT/names.txt,
//                                                         OUT/lexicon.tsv (token hash, log-odds in sixteenths, domains) and
//                                                         OUT/lexicon{0..4}.tsv, each learned without that fold
//   offprint-features flat CORPORA TARGETS.jsonl OUT      OUT/flat.f32, OUT/flat_rows.i32 and OUT/flat_sizes.i32 (rows of each text): the same pages with their
//                                                         markup gone; after `matrix`, whose lexicons it reads
//
// PAGE and the targets' "page" are paths under CORPORA such as wcxb-dev/html/0001.html.gz. In fold{k}.f32 the rows of
// fold k's pages see a lexicon learned without fold k; every other row sees one learned without fold k and without
// its own domain, so that what training rows see is as strange to them as what they will meet.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/facts.h"
#include "blocks/features.h"
#include "document/fields.h"
#include "document/hints.h"
#include "encoding/encoding.h"
#include "read_gzip.h"
#include "role_lexicon.h"
#include "token_table.h"

namespace offprint {
namespace {

constexpr int folds = 5;
constexpr float least_domains = 4;

void append_json(std::string& out, std::string_view s) {
  out.push_back('"');
  for (char c : s) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

// One page up to its blocks.
struct Reader {
  std::string captured;
  Arena arena;
  Page page;
  Blocks blocks;
  HeadFields head;
  PageHints hints;
  DecodedText text;

  bool read(const std::string& path) {
    captured = read_gzip(path);
    if (captured.empty()) return false;
    arena.reset();
    head.clear();
    Meter meter;
    text = decode(captured, {}, arena, meter);
    parse(page, text.utf8, {}, meter);
    read_head(page, {}, arena, meter, head);
    hints = hints_of(head);
    find_blocks(page, blocks, meter);
    return true;
  }
};

constexpr std::string_view hidden_names[] = {"no", "attribute", "style", "dialog", "noscript", "template", "screen_reader"};

int print_blocks(const std::string& corpora, int count, char** pages) {
  Reader reader;
  for (int i = 0; i < count; ++i) {
    if (!reader.read(corpora + "/" + pages[i])) {
      fmt::print(stderr, "cannot read {}\n", pages[i]);
      return 1;
    }
    std::string line = "{\"page\":";
    append_json(line, pages[i]);
    line += ",\"title\":";
    append_json(line, reader.hints.title);
    line += ",\"blocks\":[";
    for (std::size_t k = 0; k < reader.blocks.blocks.size(); ++k) {
      const RawBlock& b = reader.blocks.blocks[k];
      if (k > 0) line.push_back(',');
      line += "{\"text\":";
      append_json(line, b.text);
      line += fmt::format(",\"kind\":\"{}\",\"hidden\":\"{}\",\"words\":{},\"link\":{},\"tag\":\"{}\",\"span\":[{},{}]}}",
                          name_of(b.kind), hidden_names[static_cast<int>(b.hidden)], b.words,
                          b.text.empty() ? 0.0 : static_cast<double>(b.link_bytes) / static_cast<double>(b.text.size()),
                          b.node == no_node ? "" : reader.page[b.node].text(), b.span.begin, b.span.end);
    }
    line += "]}\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
  return 0;
}

struct Target {
  std::string page, domain;
  int fold = -1;
  std::vector<float> content;  // NaN = unknown
  std::vector<int> role;       // -1 = unknown
};

std::vector<Target> read_targets(const std::string& path) {
  std::vector<Target> targets;
  simdjson::dom::parser parser;
  simdjson::dom::document_stream stream;
  simdjson::padded_string json;
  if (simdjson::padded_string::load(path).get(json) != simdjson::SUCCESS) return targets;
  if (parser.parse_many(json, 64u << 20).get(stream) != simdjson::SUCCESS) return targets;
  for (auto line : stream) {
    Target t;
    simdjson::dom::element root;
    if (line.get(root) != simdjson::SUCCESS) break;
    std::string_view s;
    if (root["page"].get(s) == simdjson::SUCCESS) t.page = s;
    if (root["domain"].get(s) == simdjson::SUCCESS) t.domain = s;
    std::int64_t fold = -1;
    if (root["fold"].get(fold) == simdjson::SUCCESS) t.fold = static_cast<int>(fold);
    simdjson::dom::array shares;
    if (root["content"].get(shares) == simdjson::SUCCESS)
      for (auto value : shares) {
        double d = NAN;
        if (value.get(d) != simdjson::SUCCESS) d = NAN;
        t.content.push_back(static_cast<float>(d));
      }
    if (root["role"].get(shares) == simdjson::SUCCESS)
      for (auto value : shares) {
        std::int64_t role = -1;
        if (value.get(role) != simdjson::SUCCESS) role = -1;
        t.role.push_back(static_cast<int>(role));
      }
    targets.push_back(std::move(t));
  }
  return targets;
}

struct TokenCount {
  std::uint32_t token;
  float content, other;
};

struct Counts {
  float content = 0, other = 0, domains = 0;
};
using CountMap = std::unordered_map<std::uint32_t, Counts>;

// Of one page, per token: the share of content in the words that stand under the elements that carry it. A page
// weighs one, however often it uses the token.
std::vector<TokenCount> count_tokens(Reader& reader, const Target& target, Boxes& boxes) {
  find_boxes(reader.page, reader.blocks, NodeLexicon{}, boxes);
  const std::size_t n = boxes.boxes.size();
  std::vector<float> content(n, 0), other(n, 0);
  float labelled = 0;
  for (std::size_t i = 0; i < reader.blocks.blocks.size() && i < target.content.size(); ++i) {
    if (std::isnan(target.content[i])) continue;
    const float w = static_cast<float>(reader.blocks.blocks[i].words);
    content[boxes.of_block[i]] += w * target.content[i];
    other[boxes.of_block[i]] += w * (1 - target.content[i]);
    labelled += w;
  }
  for (std::size_t i = n; i-- > 1;) {
    content[boxes.boxes[i].parent] += content[i];
    other[boxes.boxes[i].parent] += other[i];
  }
  const float weight = std::min(1.0f, labelled / 100.0f);
  std::unordered_map<std::uint32_t, std::pair<float, float>> sums;
  std::vector<std::uint32_t> tokens;
  for (std::size_t i = 0; i < n; ++i) {
    if (content[i] + other[i] <= 0) continue;
    collect_tokens(reader.page, boxes.boxes[i].node, tokens);
    std::sort(tokens.begin(), tokens.end());
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    for (std::uint32_t t : tokens) {
      sums[t].first += content[i];
      sums[t].second += other[i];
    }
  }
  std::vector<TokenCount> counts;
  for (const auto& [token, sum] : sums) {
    const float all = sum.first + sum.second;
    counts.push_back({token, weight * sum.first / all, weight * sum.second / all});
  }
  return counts;
}

// What the names above and the words of the page's blocks stand for: as many tokens for each block as src/blocks looks at.
struct PageTokens {
  PageShares names, words;
};

PageTokens count_roles(Reader& reader, const Target& target, const Boxes& boxes) {
  std::unordered_map<std::uint32_t, RoleShares> names, words;
  std::vector<RoleShares> inside(boxes.boxes.size());
  std::vector<std::uint32_t> tokens;
  for (std::size_t i = 0; i < reader.blocks.blocks.size() && i < target.role.size(); ++i) {
    if (target.role[i] < 0) continue;
    const auto role = static_cast<std::size_t>(target.role[i]);
    inside[boxes.of_block[i]][role] += 1;
    collect_words(reader.blocks.blocks[i].text, tokens);
    for (std::uint32_t t : tokens) words[t][role] += 1;
  }
  for (std::size_t i = boxes.boxes.size(); i-- > 0;) {
    float sum = 0;
    for (float s : inside[i]) sum += s;
    if (sum == 0) continue;
    collect_tokens(reader.page, boxes.boxes[i].node, tokens);
    std::sort(tokens.begin(), tokens.end());
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    for (std::uint32_t t : tokens)
      for (std::size_t r = 0; r < role_width; ++r) names[t][r] += inside[i][r];
    if (i > 0)
      for (std::size_t r = 0; r < role_width; ++r) inside[boxes.boxes[i].parent][r] += inside[i][r];
  }
  return {shares_of(names), shares_of(words)};
}

std::int8_t log_odds(float content, float other) {
  const float v = 16.0f * std::log((content + 1.0f) / (other + 1.0f));
  return static_cast<std::int8_t>(std::lround(std::max(-127.0f, std::min(127.0f, v))));
}

int write_matrix(const std::string& corpora, const std::string& targets_path, const std::string& out) {
  const std::vector<Target> targets = read_targets(targets_path);
  if (targets.empty()) {
    fmt::print(stderr, "no targets in {}\n", targets_path);
    return 1;
  }
  Reader reader;
  Features features;
  Boxes boxes;
  std::vector<std::vector<TokenCount>> counts(targets.size());
  std::vector<PageTokens> role_counts(targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (!reader.read(corpora + "/" + targets[i].page)) {
      fmt::print(stderr, "cannot read {}\n", targets[i].page);
      return 1;
    }
    if (reader.blocks.blocks.size() != targets[i].content.size()) {
      fmt::print(stderr, "{}: {} blocks, {} targets: write the targets anew\n", targets[i].page,
                 reader.blocks.blocks.size(), targets[i].content.size());
      return 1;
    }
    counts[i] = count_tokens(reader, targets[i], boxes);
    role_counts[i] = count_roles(reader, targets[i], boxes);
  }
  if (std::FILE* names = std::fopen((out + "/names.txt").c_str(), "w")) {
    for (std::string_view name : feature_names()) fmt::print(names, "{}\n", name);
    std::fclose(names);
  }
  for (int fold = 0; fold <= folds; ++fold) {
    const bool all = fold == folds;
    CountMap totals;
    std::map<std::string, CountMap> by_domain;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (!all && targets[i].fold == fold) continue;
      CountMap& own = by_domain[targets[i].domain];
      for (const TokenCount& c : counts[i]) {
        Counts& d = own[c.token];
        d.content += c.content;
        d.other += c.other;
      }
    }
    for (auto& [domain, own] : by_domain)
      for (auto& [token, c] : own) {
        // A domain weighs at most as three pages.
        const float sum = c.content + c.other, scale = sum > 3 ? 3 / sum : 1;
        c.content *= scale;
        c.other *= scale;
        Counts& t = totals[token];
        t.content += c.content;
        t.other += c.other;
        t.domains += 1;
      }
    std::vector<std::pair<std::uint32_t, Counts>> sorted;
    for (const auto& [token, c] : totals)
      if (c.domains >= least_domains) sorted.push_back({token, c});
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    TokenStore name_tokens, word_tokens;
    for (const auto& [token, c] : sorted) {
      TokenRecord& record = name_tokens.put(token);
      record.content = log_odds(c.content, c.other);
      record.told = tells_content;
    }
    RoleLearner names, words;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (!all && targets[i].fold == fold) continue;
      names.add(targets[i].domain, role_counts[i].names);
      words.add(targets[i].domain, role_counts[i].words);
    }
    names.learn(name_tokens);
    words.learn(word_tokens);
    const std::string suffix = all ? ".tsv" : fmt::format("{}.tsv", fold);
    const NodeLexicon lexicon{name_tokens.table(), word_tokens.table()};
    if (!names.write(out + "/role_names" + suffix, lexicon.names) || !words.write(out + "/role_words" + suffix, lexicon.words)) return 1;
    const std::string name = all ? out + "/lexicon.tsv" : fmt::format("{}/lexicon{}.tsv", out, fold);
    if (std::FILE* file = std::fopen(name.c_str(), "w")) {
      for (const auto& [token, c] : sorted) fmt::print(file, "{}\t{}\t{}\n", token, log_odds(c.content, c.other), c.domains);
      std::fclose(file);
    }
    const std::string path = all ? out + "/all.f32" : fmt::format("{}/fold{}.f32", out, fold);
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) {
      fmt::print(stderr, "cannot write {}\n", path);
      return 1;
    }
    for (const Target& target : targets) {
      if (!reader.read(corpora + "/" + target.page)) return 1;
      // Leave the page's own domain out, for as long as this page is looked at.
      std::vector<std::pair<std::uint32_t, std::int8_t>> undo;
      if (all || target.fold != fold) {
        names.leave_out(target.domain, name_tokens);
        words.leave_out(target.domain, word_tokens);
        for (const auto& [token, c] : by_domain[target.domain]) {
          TokenRecord* const record = name_tokens.find(token);
          if (record == nullptr || (record->told & tells_content) == 0) continue;
          const Counts& t = totals[token];
          undo.push_back({token, record->content});
          // Too few others: as good as never seen.
          record->content = t.domains - 1 < least_domains - 1 ? std::int8_t{0} : log_odds(t.content - c.content, t.other - c.other);
        }
      }
      compute_features(reader.page, reader.blocks, reader.hints, lexicon, features);
      std::fwrite(features.values.data(), sizeof(float), static_cast<std::size_t>(features.rows) * features.columns, file);
      for (const auto& [token, value] : undo) name_tokens.find(token)->content = value;
      names.restore(name_tokens);
      words.restore(word_tokens);
    }
    std::fclose(file);
    fmt::print(stderr, "{}: {} pages, {} tokens\n", path, targets.size(), sorted.size());
  }
  return 0;
}

// What a page asks of its reader (support, subscription, letters, consent), as it stands on some labelled page: a run of
// such blocks. Few pages are labelled, so the runs are spliced into other pages of the same fold.
struct Run {
  int fold;
  std::vector<std::pair<std::string, std::int32_t>> blocks;  // text, row
};

std::vector<Run> find_runs(Reader& reader, const std::vector<Target>& targets, const std::string& corpora) {
  std::vector<Run> runs;
  std::int32_t base = 0;
  for (const Target& t : targets) {
    bool any = false;
    for (int r : t.role)
      any = any || r == static_cast<int>(Role::appeal) || r == static_cast<int>(Role::contribution) ||
            r == static_cast<int>(Role::paywall);
    if (any && reader.read(corpora + "/" + t.page)) {
      Run run{t.fold, {}};
      for (std::size_t i = 0; i <= t.role.size(); ++i) {
        const Role role = i < t.role.size() && t.role[i] >= 0 ? static_cast<Role>(t.role[i]) : Role::other;
        const bool asks = role == Role::appeal || role == Role::contribution || role == Role::paywall || role == Role::notice;
        if (asks && run.blocks.size() < 30) {
          run.blocks.push_back({std::string(reader.blocks.blocks[i].text), base + static_cast<std::int32_t>(i)});
        } else if (!run.blocks.empty()) {
          runs.push_back(run);
          run.blocks.clear();
        }
      }
    }
    base += static_cast<std::int32_t>(t.content.size());
  }
  return runs;
}

// A page's visible text with the markup gone, as people paste it: paragraphs parted by blank lines and the rest by
// line ends (mixed), or all by the one or the other. starts: offset of each block that is in the text.
struct Flattened {
  std::string text;
  std::vector<std::pair<std::size_t, std::size_t>> starts;  // offset, row
};

struct Splice {
  std::size_t before = 0;  // index of a block
  const Run* run = nullptr;
};

// starts: offset and row of each block that is in the text; rows of the page's own blocks count from `base`.
Flattened flatten(const Blocks& blocks, int style, std::size_t base, std::span<const Splice> splices) {
  Flattened flat;
  bool blank = false;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    for (const Splice& splice : splices) {
      if (splice.before != i) continue;
      for (const auto& [text, row] : splice.run->blocks) {
        const bool airy = style == 0 ? text.size() >= 60 : style == 1;
        if (!flat.text.empty()) flat.text += airy || blank ? "\n\n" : "\n";
        blank = airy;
        flat.starts.push_back({flat.text.size(), static_cast<std::size_t>(~row)});
        flat.text += text;
      }
    }
    const RawBlock& b = blocks.blocks[i];
    if (b.hidden != Hidden::no && b.hidden != Hidden::noscript && b.hidden != Hidden::screen_reader) continue;
    const bool airy = style == 0 ? b.words >= 8 || b.kind == BlockKind::heading : style == 1;
    if (!flat.text.empty()) flat.text += airy || blank ? "\n\n" : "\n";
    blank = airy;
    flat.starts.push_back({flat.text.size(), base + i});
    flat.text += b.text;
  }
  return flat;
}

// OUT/flat.f32 and OUT/flat_rows.i32: features of every page's flattened text, twice, and for each row the row of the
// block that it was, counted over all pages; the complement (~row) for blocks that were spliced in.
int write_flat(const std::string& corpora, const std::string& targets_path, const std::string& out) {
  const std::vector<Target> targets = read_targets(targets_path);
  Reader reader;
  Features features;
  Blocks blocks;
  Page none;
  Arena arena;
  std::FILE* file = std::fopen((out + "/flat.f32").c_str(), "wb");
  std::FILE* rows = std::fopen((out + "/flat_rows.i32").c_str(), "wb");
  std::FILE* sizes = std::fopen((out + "/flat_sizes.i32").c_str(), "wb");
  if (file == nullptr || rows == nullptr || sizes == nullptr) return 1;
  const std::vector<Run> runs = find_runs(reader, targets, corpora);
  // What words say about roles is told by a lexicon that has not seen the fold of the page.
  std::vector<TokenStore> words;
  for (int fold = 0; fold < folds; ++fold) words.push_back(read_role_table(fmt::format("{}/role_words{}.tsv", out, fold)));
  std::mt19937 random(1);
  std::int32_t base = 0;
  std::size_t count = 0;
  for (std::size_t t = 0; t < targets.size(); ++t) {
    if (!reader.read(corpora + "/" + targets[t].page)) return 1;
    for (int style : {0, 1 + static_cast<int>(t % 2)}) {
      // The airy copy of a page gets two runs: anywhere in it, and at its top or in the midst of its content.
      std::vector<Splice> splices;
      const std::size_t n = reader.blocks.blocks.size();
      if (style == 0 && n > 4 && !runs.empty()) {
        std::size_t longest = 0;
        for (std::size_t i = 0; i < n; ++i)
          if (reader.blocks.blocks[i].words > reader.blocks.blocks[longest].words) longest = i;
        const std::size_t places[2] = {random() % n, random() % 2 == 0 ? random() % std::min<std::size_t>(n, 6) : longest + random() % 3};
        for (std::size_t place : places) {
          const Run* run = nullptr;
          for (int tries = 0; tries < 40 && run == nullptr; ++tries) {
            const Run& r = runs[random() % runs.size()];
            if (r.fold == targets[t].fold) run = &r;
          }
          if (run != nullptr) splices.push_back({place, run});
        }
      }
      const Flattened flat = flatten(reader.blocks, style, static_cast<std::size_t>(base), splices);
      arena.reset();
      none.clear();
      Meter meter;
      flat_blocks(flat.text, arena, blocks, meter);
      const NodeLexicon lexicon{{}, words[static_cast<std::size_t>(targets[t].fold)].table()};
      compute_features(none, blocks, PageHints{}, lexicon, features);
      std::fwrite(features.values.data(), sizeof(float), static_cast<std::size_t>(features.rows) * features.columns, file);
      std::size_t at = 0;
      const auto size = static_cast<std::int32_t>(blocks.blocks.size());
      std::fwrite(&size, sizeof size, 1, sizes);
      for (const RawBlock& b : blocks.blocks) {
        while (at + 1 < flat.starts.size() && flat.starts[at + 1].first <= b.span.begin) ++at;
        const std::int32_t row = static_cast<std::int32_t>(flat.starts[at].second);
        std::fwrite(&row, sizeof row, 1, rows);
        ++count;
      }
    }
    base += static_cast<std::int32_t>(targets[t].content.size());
  }
  std::fclose(file);
  std::fclose(rows);
  std::fclose(sizes);
  fmt::print(stderr, "{}/flat.f32: {} rows\n", out, count);
  return 0;
}

}  // namespace
}  // namespace offprint

int main(int argc, char** argv) {
  const std::string_view verb = argc > 1 ? argv[1] : "";
  if (verb == "blocks" && argc > 3) return offprint::print_blocks(argv[2], argc - 3, argv + 3);
  if (verb == "matrix" && argc == 5) return offprint::write_matrix(argv[2], argv[3], argv[4]);
  if (verb == "flat" && argc == 5) return offprint::write_flat(argv[2], argv[3], argv[4]);
  fmt::print(stderr, "usage: offprint-features blocks CORPORA PAGE... | matrix|flat CORPORA TARGETS.jsonl OUT\n");
  return 2;
}
