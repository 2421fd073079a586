// The lexicons of a fold, learned, and the features of all pages as they look with them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "blocks/facts.h"
#include "blocks/features.h"
#include "pages.h"
#include "role_lexicon.h"
#include "token_table.h"

namespace offprint {
namespace {

constexpr float least_domains = 4;

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

}  // namespace

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
    if (!read_page(reader, corpora, targets[i])) return 1;
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
    const NodeLexicon lexicon{name_tokens.table(), word_tokens.table(), {}};
    if (!names.write(out + "/role_names" + suffix, lexicon.names) ||
        !words.write(out + "/role_words" + suffix, lexicon.words))
      return 1;
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

}  // namespace offprint
