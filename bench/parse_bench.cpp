// How fast pages become trees: parse_bench FOLDER [ROUNDS]
//
// Reads every file of the folder (decompressed pages, taken as UTF-8) into memory, parses all of them ROUNDS
// times into one reused Page, and prints the best round, with what the tokenizer alone takes of it.
// bench/lexbor_bench.py measures lexbor on the same folder.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tree/tree.h"

using namespace offprint;

// Of this process, so that a busy machine disturbs less.
static double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: parse_bench FOLDER [ROUNDS]\n");
    return 2;
  }
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  std::vector<std::string> pages;
  std::size_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    pages.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    bytes += pages.back().size();
  }

  Page page;
  std::size_t nodes = 0, tokens = 0;
  double best_parse = 1e9, best_tokens = 1e9;
  for (int round = 0; round < rounds; ++round) {
    double begin = cpu_seconds();
    nodes = 0;
    for (const std::string& text : pages) {
      Meter meter;
      parse(page, text, {}, meter);
      nodes += page.nodes.size();
    }
    best_parse = std::min(best_parse, cpu_seconds() - begin);

    // The tokenizer alone, told the content models of ordinary pages.
    begin = cpu_seconds();
    tokens = 0;
    for (const std::string& text : pages) {
      Meter meter;
      page.clear();
      Tokenizer tokenizer(text, page.arena, page.attributes, meter);
      Token token{};
      do {
        tokenizer.next(token, false);
        ++tokens;
        if (token.kind != TokenKind::start_tag) continue;
        if (token.tag == Tag::script)
          tokenizer.set_content_model(ContentModel::script_data, token.text);
        else if (token.tag == Tag::style)
          tokenizer.set_content_model(ContentModel::rawtext, token.text);
        else if (token.tag == Tag::title || token.tag == Tag::textarea)
          tokenizer.set_content_model(ContentModel::rcdata, token.text);
      } while (token.kind != TokenKind::eof);
    }
    best_tokens = std::min(best_tokens, cpu_seconds() - begin);
  }
  const double mb = static_cast<double>(bytes) / 1e6;
  std::printf("%zu pages, %.1f MB, %zu tokens, %zu nodes\n", pages.size(), mb, tokens, nodes);
  std::printf("parse:    %7.1f MB/s (%.3f s)\n", mb / best_parse, best_parse);
  std::printf("tokenize: %7.1f MB/s (%.3f s)\n", mb / best_tokens, best_tokens);
  return 0;
}
