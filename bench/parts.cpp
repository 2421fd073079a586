// The parts of a page's way by Google Benchmark, over every 16th page of a folder:
//   bench_parts FOLDER [--benchmark_filter=REGEX …]
// bytes_per_second is that of the pages' own bytes, whatever the part reads, so that the parts can be compared.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "blocks/facts.h"
#include "generated/content_model.h"
#include "generated/role_model.h"
#include "generated/sequence_model.h"
#include "pages.h"
#include "stages.h"

namespace {

using namespace offprint;
using bench::Stages;

struct Sample {
  std::vector<std::string> pages;
  std::vector<std::unique_ptr<Stages>> done;  // each page taken all the way
  std::size_t bytes = 0;
};
Sample sample;

void measure(const char* name, const std::function<void(Stages&, const std::string&)>& part) {
  benchmark::RegisterBenchmark(name, [part](benchmark::State& state) {
    for (auto _ : state)
      for (std::size_t i = 0; i < sample.pages.size(); ++i) part(*sample.done[i], sample.pages[i]);
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * sample.bytes));
  })->Unit(benchmark::kMillisecond);
}

// One tile after the other of a page.
template <class Each>
void each_tile(Stages& s, Each each) {
  for (std::size_t first = 0; first < s.features.rows; first += feature_tile)
    each(first / feature_tile, std::min<std::size_t>(feature_tile, s.features.rows - first));
}

Document document_of(const Stages& s) {
  Document d;
  d.title = s.fields.title;
  d.text = s.assembly.text;
  d.blocks = s.assembly.blocks;
  return d;
}

void register_all() {
  static Stages own;  // of the parts that make what the others read
  static Arena work;
  static std::vector<float> scores(net_scores_tile);
  static std::string out;
  measure("decode", [](Stages&, const std::string& page) { own.decode(page); });
  measure("decode+parse", [](Stages&, const std::string& page) {
    own.decode(page);
    own.parse();
  });
  measure("decode+parse+blocks", [](Stages&, const std::string& page) {
    own.decode(page);
    own.parse();
    own.find_blocks();
  });
  measure("head", [](Stages& s, const std::string&) {
    work.reset();
    read_head(s.page, {}, work, s.meter, own.head);
  });
  measure("features/boxes", [](Stages& s, const std::string&) { find_boxes(s.page, s.blocks, node_lexicon(), own.features.boxes); });
  measure("features/facts", [](Stages& s, const std::string&) { compute_facts(s.blocks, hints_of(s.head), node_lexicon().words, own.features); });
  measure("features/prepare", [](Stages& s, const std::string&) { s.prepare(); });
  measure("features/rows", [](Stages& s, const std::string&) {
    each_tile(s, [&](std::size_t tile, std::size_t) { fill_features(s.blocks, s.features, s.scratch.wanted, tile, s.scratch.columns.data()); });
  });
  measure("forest/content", [](Stages& s, const std::string&) {
    each_tile(s, [&](std::size_t, std::size_t rows) {
      quantise_tile(generated::content_model, s.scratch.columns.data(), rows, own.scratch.content_rows);
      evaluate_tile(generated::content_model, own.scratch.content_rows, scores.data());
    });
  });
  measure("forest/roles", [](Stages& s, const std::string&) {
    each_tile(s, [&](std::size_t, std::size_t rows) {
      quantise_tile(generated::role_model, s.scratch.columns.data(), rows, own.scratch.role_rows);
      evaluate_tile(generated::role_model, own.scratch.role_rows, scores.data());
    });
  });
  measure("net", [](Stages& s, const std::string&) {
    prepare_net(generated::sequence_model, s.blocks.blocks.size(), own.scratch.net);
    each_tile(s, [&](std::size_t tile, std::size_t rows) {
      std::array<const std::int16_t*, feature_tile> vectors;
      put_rows(generated::sequence_model, s.scratch.columns.data(), s.features.vectors.of_tile(tile * feature_tile, rows, vectors),
               tile * feature_tile, rows, own.scratch.net);
    });
    own.scratch.net_scores.assign(s.scratch.net_scores.size(), 0.0f);
    run_net(generated::sequence_model, own.scratch.net, own.scratch.net_scores.data());
  });
  measure("classify", [](Stages& s, const std::string&) { s.classify(); });
  measure("fields", [](Stages& s, const std::string&) {
    work.reset();
    find_fields(s.page, s.head, s.blocks, s.decisions, work, s.meter, own.fields);
  });
  measure("assemble", [](Stages& s, const std::string&) {
    work.reset();
    assemble(s.page, s.blocks, s.decisions, s.text, {}, work, s.meter, own.assembly);
  });
  static constexpr std::pair<const char*, Format> formats[] = {{"format/text", Format::text}, {"format/markdown", Format::markdown},
                                                              {"format/html", Format::html}, {"format/json", Format::json},
                                                              {"format/xml", Format::xml},   {"format/tei", Format::tei}};
  for (const auto& [name, format] : formats) {
    measure(name, [format = format](Stages& s, const std::string&) {
      out.clear();
      write(document_of(s), format, out);
    });
  }
  static Extractor extractor;
  measure("bytes_to_document", [](Stages&, const std::string& page) { extractor.extract({.bytes = page}); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  bench::begin();
  for (std::string& page : bench::pages_of(argv[1], 16)) {
    auto s = std::make_unique<Stages>();
    sample.bytes += page.size();
    sample.pages.push_back(std::move(page));
    s->all(sample.pages.back());
    // Flattened text, and what was held in data, have no features to be measured here.
    if (s->blocks.flat || s->blocks.blocks.size() != s->features.rows) {
      sample.bytes -= sample.pages.back().size();
      sample.pages.pop_back();
      continue;
    }
    sample.done.push_back(std::move(s));
  }
  for (int i = 1; i + 1 < argc; ++i) argv[i] = argv[i + 1];
  --argc;
  register_all();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
