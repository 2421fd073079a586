// Where the time of a page goes, stage by stage: bench_stages FOLDER [ROUNDS] [STEP]
//
// Every page is taken through the stages ROUNDS times. Of each stage of each page the fastest round counts, by the time of
// the thread, so that what else runs on the machine disturbs little: the sums are of time that the work cannot do without. `judge` is computed
// here a second time in its parts (rows of features, quantising, trees), which are inside of it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "blocks/facts.h"
#include "blocks/page_sums.h"
#include "generated/content_model.h"
#include "generated/role_model.h"
#include "generated/sequence_model.h"
#include "pages.h"
#include "stages.h"

namespace {

// The time of this thread's processor.
struct Clock {
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<Clock, duration>;
  static time_point now() {
    timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return time_point(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
  }
};

enum Stage : std::size_t {
  s_decode, s_parse, s_head, s_blocks, s_prepare, s_judge, s_held, s_request, s_fields, s_support, s_assemble, s_text, s_json,
  // Parts of `prepare` and `judge`, measured by themselves.
  p_boxes, p_facts, p_climbs, p_rows, p_content_quantise, p_content_trees, p_roles, p_net_rows, p_net, p_softmax,
  stage_count
};
constexpr std::array<const char*, stage_count> names = {
    "decode", "parse", "head", "blocks", "features: prepare", "features: rows, forests and net", "held content", "request", "fields", "support",
    "assemble", "(format: text)", "(format: JSON)", "(boxes)", "(facts of texts)", "(sums, groups, climbs)", "(rows of features)",
    "(content: quantise)", "(content: trees)", "(roles: forest)", "(net: first layer)", "(net: other layers)", "(softmax)"};
constexpr std::size_t last_of_page = s_assemble;

struct Timer {
  std::array<double, stage_count>& best;
  Clock::time_point start = Clock::now();
  void lap(Stage stage) {
    const auto end = Clock::now();
    best[stage] = std::min(best[stage], std::chrono::duration<double>(end - start).count());
    start = Clock::now();
  }
};

void one_page(bench::Stages& s, const std::string& bytes, std::string& out, std::array<double, stage_count>& best) {
  using namespace offprint;
  Timer t{best};
  s.decode(bytes);
  t.lap(s_decode);
  s.parse();
  t.lap(s_parse);
  s.read_head();
  t.lap(s_head);
  s.find_blocks();
  t.lap(s_blocks);
  s.prepare();
  t.lap(s_prepare);
  s.classify();
  t.lap(s_judge);
  s.find_held();
  t.lap(s_held);
  s.find_request();
  t.lap(s_request);
  s.find_fields();
  t.lap(s_fields);
  s.find_support();
  t.lap(s_support);
  s.assemble();
  t.lap(s_assemble);
  Document d;
  d.title = s.fields.title;
  d.text = s.assembly.text;
  d.blocks = s.assembly.blocks;
  out.clear();
  t.lap(s_text);
  write(d, Format::text, out);
  best[s_text] = std::min(best[s_text], std::chrono::duration<double>(Clock::now() - t.start).count());
  out.clear();
  t.start = Clock::now();
  write(d, Format::json, out);
  t.lap(s_json);

  // Parts. A page of no blocks has none; neither has one whose content was held in data.
  if (s.blocks.blocks.empty() || s.blocks.flat || s.blocks.blocks.size() != s.features.rows) {
    for (std::size_t k = p_boxes; k < stage_count; ++k) best[k] = 0;
    return;
  }
  t.start = Clock::now();
  find_boxes(s.page, s.blocks, node_lexicon(), s.features.boxes);
  t.lap(p_boxes);
  compute_facts(s.blocks, hints_of(s.head), node_lexicon().words, s.features);
  t.lap(p_facts);
  const Logs logs;
  sum_boxes(s.blocks, s.features);
  find_groups(s.blocks, s.features);
  const PageSums sums = sum_page(s.page, s.blocks, s.features);
  find_climbs(sums, logs, s.features);
  t.lap(p_climbs);
  std::array<double, stage_count> part{};
  const Forest& content = generated::content_model;
  const Net& net = generated::sequence_model;
  NetRows& net_rows = s.scratch.net;
  prepare_net(net, s.blocks.blocks.size(), net_rows, page_column_count);
  const std::size_t of_page = inputs_below(content.input, page_column_count);
  const Forest& roles = generated::role_model;
  const std::size_t of_page_in_roles = inputs_below(roles.input, page_column_count);
  const auto add = [&](Stage stage, Clock::time_point& from) {
    const auto end = Clock::now();
    part[stage] += std::chrono::duration<double>(end - from).count();
    from = Clock::now();
  };
  for (std::size_t first = 0; first < s.blocks.blocks.size(); first += feature_tile) {
    const std::size_t rows = std::min(feature_tile, s.blocks.blocks.size() - first);
    auto from = Clock::now();
    fill_features(s.blocks, s.features, s.scratch.wanted, first / feature_tile, s.scratch.columns.data());
    add(p_rows, from);
    quantise_tile(content, s.scratch.columns.data(), rows, s.scratch.content_rows, first == 0 ? 0 : of_page);
    add(p_content_quantise, from);
    evaluate_tile(content, s.scratch.content_rows, s.scratch.content_scores.data());
    add(p_content_trees, from);
    float* const scores = s.scratch.net_scores.data() + first / feature_tile * net_scores_tile;
    std::fill_n(scores, feature_tile, 0.0f);
    quantise_tile(roles, s.scratch.columns.data(), rows, s.scratch.role_rows,
                  first == 0 ? 0 : of_page_in_roles);
    evaluate_tile(roles, s.scratch.role_rows, scores + feature_tile);
    add(p_roles, from);
    std::array<const std::int16_t*, feature_tile> vectors;
    put_rows(net, s.scratch.columns.data(), s.features.vectors.of_tile(first, rows, vectors), first, rows, net_rows);
    add(p_net_rows, from);
  }
  auto from = Clock::now();
  run_net(net, net_rows, s.scratch.net_scores.data());
  add(p_net, from);
  for (std::size_t at = 0; at < s.scratch.net_scores.size(); at += net_scores_tile) softmax_tile(s.scratch.net_scores.data() + at + feature_tile, role_count);
  add(p_softmax, from);
  for (std::size_t k = p_rows; k < stage_count; ++k) best[k] = std::min(best[k], part[k]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  bench::begin();
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  const std::vector<std::string> pages = bench::pages_of(argv[1], argc > 3 ? static_cast<std::size_t>(std::atoi(argv[3])) : 1);
  const double bytes = static_cast<double>(bench::bytes_of(pages));
  std::array<double, stage_count> sum{};
  std::size_t blocks = 0;
  bench::Stages stages;
  std::string out;
  for (const std::string& page : pages) {
    std::array<double, stage_count> best;
    best.fill(1e9);
    for (int round = 0; round < rounds; ++round) one_page(stages, page, out, best);
    for (std::size_t k = 0; k < stage_count; ++k) sum[k] += best[k];
    blocks += stages.blocks.blocks.size();
  }
  double whole = 0;
  for (std::size_t k = 0; k <= last_of_page; ++k) whole += sum[k];
  fmt::print("{} pages, {:.1f} MB, {} blocks\n", pages.size(), bytes / 1e6, blocks);
  fmt::print("| stage | ps a byte | ns a block | share of the document |\n| --- | ---: | ---: | ---: |\n");
  for (std::size_t k = 0; k < stage_count; ++k)
    fmt::print("| {} | {:.0f} | {:.0f} | {:.1f} % |\n", names[k], sum[k] * 1e12 / bytes, sum[k] * 1e9 / static_cast<double>(blocks),
               100 * sum[k] / whole);
  fmt::print("| **bytes → document** | {:.0f} | {:.0f} | {:.0f} MB/s |\n", whole * 1e12 / bytes, whole * 1e9 / static_cast<double>(blocks), bytes / whole / 1e6);
}
