// The first words of all blocks, of which the nets learn vectors.
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <vector>

#include "blocks/facts.h"
#include "pages.h"

namespace offprint {

int write_words(const std::string& corpora, const std::string& targets_path, const std::string& out) {
  std::FILE* const words = std::fopen((out + "/words.u32").c_str(), "wb");
  std::FILE* const sizes = std::fopen((out + "/word_sizes.u32").c_str(), "wb");
  if (words == nullptr || sizes == nullptr) {
    fmt::print(stderr, "cannot write {}/words.u32\n", out);
    return 1;
  }
  Reader reader;
  std::vector<std::uint32_t> tokens;
  for (const Target& target : read_targets(targets_path)) {
    if (!reader.read(corpora + "/" + target.page)) {
      fmt::print(stderr, "cannot read {}\n", target.page);
      return 1;
    }
    if (reader.blocks.blocks.size() != target.content.size()) {
      fmt::print(stderr, "{}: {} blocks, {} targets: write the targets anew\n", target.page, reader.blocks.blocks.size(), target.content.size());
      return 1;
    }
    for (const RawBlock& block : reader.blocks.blocks) {
      collect_words(block.text, tokens);
      const auto size = static_cast<std::uint32_t>(tokens.size());
      std::fwrite(tokens.data(), sizeof tokens[0], tokens.size(), words);
      std::fwrite(&size, sizeof size, 1, sizes);
    }
  }
  std::fclose(words);
  std::fclose(sizes);
  return 0;
}

}  // namespace offprint
