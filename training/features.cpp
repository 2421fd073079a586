// Blocks and features of captured pages, for training.
//
//   offprint-features blocks CORPORA PAGE...              the blocks of pages, a JSON line a page
//   offprint-features matrix CORPORA TARGETS.jsonl OUT    learns the node-token lexicon from the targets and writes
//                                                         OUT/fold{0..4}.f32, OUT/all.f32 (row-major float32, a row a
//                                                         block, pages in the order of the targets), OUT/names.txt,
//                                                         OUT/lexicon.tsv (token hash, log-odds in sixteenths, domains) and
//                                                         OUT/lexicon{0..4}.tsv, each learned without that fold
//   offprint-features flat CORPORA TARGETS.jsonl OUT      OUT/flat.f32, OUT/flat_rows.i32 and OUT/flat_sizes.i32 (rows of each text), OUT/flat_words.u32
//                                                         with flat_word_sizes.u32 (of each row): the same pages with their
//                                                         markup gone; after `matrix`, whose lexicons it reads
//   offprint-features words CORPORA TARGETS.jsonl OUT     OUT/words.u32 with word_sizes.u32 (of each row): the first words of all blocks
//
// PAGE and the targets' "page" are paths under CORPORA such as wcxb-dev/html/0001.html.gz. In fold{k}.f32 the rows of
// fold k's pages see a lexicon learned without fold k; every other row sees one learned without fold k and without
// its own domain, so that what training rows see is as strange to them as what they will meet.
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "pages.h"

namespace offprint {
namespace {

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

}  // namespace
}  // namespace offprint

int main(int argc, char** argv) {
  const std::string_view verb = argc > 1 ? argv[1] : "";
  if (verb == "blocks" && argc > 3) return offprint::print_blocks(argv[2], argc - 3, argv + 3);
  if (verb == "matrix" && argc == 5) return offprint::write_matrix(argv[2], argv[3], argv[4]);
  if (verb == "flat" && argc == 5) return offprint::write_flat(argv[2], argv[3], argv[4]);
  if (verb == "words" && argc == 5) return offprint::write_words(argv[2], argv[3], argv[4]);
  fmt::print(
      stderr,
      "usage: offprint-features blocks CORPORA PAGE... | matrix|flat|words CORPORA TARGETS.jsonl OUT\n");
  return 2;
}
