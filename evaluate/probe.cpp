// offprint-probe: what the content decision was made of, for evaluate/. Not installed.
//
//   offprint-probe WEIGHT[,WEIGHT...] CORPORA PAGE...     a JSON line a page:
//     {"source", "words": of each block, "content": its probability, "texts", "chosen": {WEIGHT: indices of blocks}}
//
// WEIGHT is the weight of recall in the choice of blocks (--favor moves between three of them). Probability and choice are
// those of the program: classify() and choose_content(), with the models that were linked.
#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/features.h"
#include "document/fields.h"
#include "document/hints.h"
#include "encoding/encoding.h"
#include "formats/escape.h"
#include "roles/choose.h"
#include "roles/roles.h"
#include "training/read_gzip.h"

namespace offprint {
namespace {

// A number a block, as the array NAME.
template <class Number>
void append_array(std::string& line, std::string_view name, const Blocks& blocks, Number number) {
  line += fmt::format(",\"{}\":[", name);
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    if (i > 0) line.push_back(',');
    number(i);
  }
  line.push_back(']');
}

int probe(const std::vector<std::string>& weights, const std::string& corpora, int count, char** pages) {
  Arena arena;
  Page page;
  Blocks blocks;
  HeadFields head;
  Features features;
  ClassifyScratch scratch;
  Decisions decisions;
  std::vector<Decision>& of = decisions.of_block;
  for (int i = 0; i < count; ++i) {
    const std::string captured = read_gzip(corpora + "/" + pages[i]);
    if (captured.empty()) {
      fmt::print(stderr, "cannot read {}\n", pages[i]);
      return 1;
    }
    arena.reset();
    page.clear();
    head.clear();
    Meter meter;
    const DecodedText text = decode(captured, {}, arena, meter);
    parse(page, text.utf8, as_captured, meter);
    read_head(page, {}, arena, meter, head);
    find_blocks(page, blocks, meter);
    prepare_features(page, blocks, hints_of(head), node_lexicon(), features);
    classify(blocks, features, Favor::balance, false, arena, scratch, decisions);

    std::string line = fmt::format("{{\"source\":\"{}\"", pages[i]);
    append_array(line, "words", blocks, [&](std::size_t k) { line += fmt::format("{}", blocks.blocks[k].words); });
    append_array(line, "content", blocks, [&](std::size_t k) { line += fmt::format("{:.5f}", of[k].content); });
    append_array(line, "texts", blocks, [&](std::size_t k) { line.push_back('"'); append_json(blocks.blocks[k].text, line); line.push_back('"'); });
    line += ",\"chosen\":{";
    for (const std::string& weight : weights) {
      for (Decision& d : of) d.chosen = false;
      choose_content(blocks, features, std::strtod(weight.c_str(), nullptr), decisions);
      line += fmt::format("{}\"{}\":[", &weight == &weights.front() ? "" : ",", weight);
      for (std::size_t k = 0; k < of.size(); ++k)
        if (of[k].chosen) line += fmt::format("{}{}", line.back() == '[' ? "" : ",", k);
      line.push_back(']');
    }
    line += "}}\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
  return 0;
}

}  // namespace
}  // namespace offprint

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: offprint-probe WEIGHT[,WEIGHT...] CORPORA PAGE...\n");
    return 2;
  }
  std::vector<std::string> weights(1);
  for (const char* c = argv[1]; *c != 0; ++c) {
    if (*c == ',')
      weights.emplace_back();
    else
      weights.back().push_back(*c);
  }
  return offprint::probe(weights, argv[2], argc - 3, argv + 3);
}
