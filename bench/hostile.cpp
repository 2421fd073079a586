// What hostile pages cost: bench_hostile [--stages] [GENERATOR...]
//
// For each generator of tests/hostile: milliseconds for 1 MB, time of 4 MB ÷ time of 1 MB, peak memory ÷
// input. With
// --stages for every stage by itself. What breaks the rules (60 ms, 5 times, 40 times) is marked with '!'.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/boxes.h"
#include "blocks/features.h"
#include "encoding/encoding.h"
#include "tests/hostile/hostile.h"
#include "tests/hostile/measure.h"
#include "tree/tree.h"
#if __has_include("offprint/offprint.h") && defined(OFFPRINT_WHOLE)
#include "offprint/offprint.h"
#endif

using namespace offprint;

namespace {

constexpr std::size_t megabyte = 1'000'000;
constexpr double most_milliseconds = 60, most_ratio = 5, most_memory = 40;

struct Cost {
  double small = 1e9, large = 1e9;  // milliseconds
};

enum Stage { decoding, parsing, blocking, featuring, whole, stage_count };
constexpr const char* stage_names[stage_count] = {"decode", "parse", "blocks", "features", "extract"};

void add(double& least, double& begin) {
  const double now = hostile::cpu_seconds();
  least = std::min(least, (now - begin) * 1000);
  begin = hostile::cpu_seconds();
}

struct Bench {
  Arena arena;
  Page page;
  Blocks blocks;
  Features features;
#ifdef OFFPRINT_WHOLE
  Extractor extractor;
#endif

  void run(const std::string& bytes, hostile::Shape shape, bool stages, Cost (&costs)[stage_count],
           double Cost::*size) {
    if (stages) {
      arena.reset();
      Meter meter;
      double begin = hostile::cpu_seconds();
      const DecodedText text = decode(bytes, {}, arena, meter);
      add(costs[decoding].*size, begin);
      page.clear();
      if (shape == hostile::Shape::html) {
        parse(page, text.utf8, {}, meter);
        add(costs[parsing].*size, begin);
        find_blocks(page, blocks, meter);
      } else {
        flat_blocks(text.utf8, arena, blocks, meter);
      }
      add(costs[blocking].*size, begin);
      compute_features(page, blocks, {}, node_lexicon(), features);
      add(costs[featuring].*size, begin);
    }
#ifdef OFFPRINT_WHOLE
    double begin = hostile::cpu_seconds();
    const Document& d = extractor.extract(
        {.bytes = bytes, .input = shape == hostile::Shape::html ? Input::html : Input::text});
    add(costs[whole].*size, begin);
    block_count = d.blocks.size();
    partial = d.budget;
#endif
  }
  std::size_t block_count = 0;
  std::string_view partial;
};

double memory_of(const std::string& bytes, hostile::Shape shape) {
  hostile::PeakMemory peak;
  Cost costs[stage_count];
  {
    Bench bench;
#ifdef OFFPRINT_WHOLE
    bench.run(bytes, shape, false, costs, &Cost::small);
#else
    bench.run(bytes, shape, true, costs, &Cost::small);
#endif
  }
  return static_cast<double>(peak.bytes()) / static_cast<double>(bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  bool stages = false;
  std::vector<std::string_view> wanted;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--stages")
      stages = true;
    else
      wanted.emplace_back(argv[i]);
  }
#ifndef OFFPRINT_WHOLE
  stages = true;
#endif
  int violations = 0, count = 0;
  double slowest = 0, steepest = 0, largest = 0;
  Bench bench;
  for (const hostile::Generator& g : hostile::generators()) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), g.name) == wanted.end()) continue;
    ++count;
    const std::string one = g.make(megabyte), four = g.make(4 * megabyte);
    const double memory = memory_of(four, g.shape);
    Cost costs[stage_count];
    // Where a round takes a few milliseconds, whatever else the machine does is much of them.
    const auto rounds = [&costs] { return costs[whole].small < 10 ? 16 : 4; };
    for (int round = 0; round < rounds(); ++round) {
      bench.run(four, g.shape, stages, costs, &Cost::large);
      bench.run(one, g.shape, stages, costs, &Cost::small);
    }
    std::printf("%-28.*s", static_cast<int>(g.name.size()), g.name.data());
    bool bad = memory > most_memory;
    for (int s = 0; s < stage_count; ++s) {
      if (costs[s].small > 1e8) continue;
      const double ratio =
          costs[s].large / std::max(costs[s].small, 1.0);  // what takes less than 1 ms is not measured
      const bool slow = costs[s].small > most_milliseconds || ratio > most_ratio;
      bad |= slow;
      if (s == whole || !stages)
        slowest = std::max(slowest, costs[s].small), steepest = std::max(steepest, ratio);
      std::printf(" %s %6.1f ms x%4.1f%c", stage_names[s], costs[s].small, ratio, slow ? '!' : ' ');
    }
    largest = std::max(largest, memory);
    std::printf(" memory %5.1f%c %7zu blocks %.*s\n", memory, memory > most_memory ? '!' : ' ',
                bench.block_count, static_cast<int>(bench.partial.size()), bench.partial.data());
    std::fflush(stdout);
    violations += bad;
  }
  std::printf(
      "%d hostile pages: 1 MB at most %.1f ms, 4 MB at most %.1f times that, memory at most %.1f times the "
      "page; "
      "%d break a rule\n",
      count, slowest, steepest, largest, violations);
  return 0;
}
