// The same pages with their markup gone, each line with the row of the block that it was.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "blocks/features.h"
#include "pages.h"
#include "role_lexicon.h"
#include "token_table.h"

namespace offprint {
namespace {

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

}  // namespace

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
  WordFiles files(out + "/flat_");
  if (file == nullptr || rows == nullptr || sizes == nullptr || !files.good()) return 1;
  const std::vector<Run> runs = find_runs(reader, targets, corpora);
  // What words say about roles is told by a lexicon that has not seen the fold of the page.
  std::vector<TokenStore> words;
  for (int fold = 0; fold < folds; ++fold) words.push_back(read_role_table(fmt::format("{}/role_words{}.tsv", out, fold)));
  std::mt19937 random(1);
  std::int32_t base = 0;
  std::size_t count = 0;
  for (std::size_t t = 0; t < targets.size(); ++t) {
    if (!read_page(reader, corpora, targets[t])) return 1;
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
      const NodeLexicon lexicon{{}, {}, words[static_cast<std::size_t>(targets[t].fold)].table()};
      compute_features(none, blocks, PageHints{}, lexicon, features);
      std::fwrite(features.values.data(), sizeof(float), static_cast<std::size_t>(features.rows) * features.columns, file);
      std::size_t at = 0;
      const auto size = static_cast<std::int32_t>(blocks.blocks.size());
      std::fwrite(&size, sizeof size, 1, sizes);
      for (const RawBlock& b : blocks.blocks) {
        while (at + 1 < flat.starts.size() && flat.starts[at + 1].first <= b.span.begin) ++at;
        const std::int32_t row = static_cast<std::int32_t>(flat.starts[at].second);
        std::fwrite(&row, sizeof row, 1, rows);
        files.put(b.text);
        ++count;
      }
    }
    base += static_cast<std::int32_t>(targets[t].content.size());
  }
  for (std::FILE* each : {file, rows, sizes}) std::fclose(each);
  fmt::print(stderr, "{}/flat.f32: {} rows\n", out, count);
  return 0;
}

}  // namespace offprint
