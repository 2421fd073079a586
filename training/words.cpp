// The first words of all blocks, of which the nets learn vectors.
#include <string>

#include "blocks/facts.h"
#include "pages.h"

namespace offprint {

WordFiles::WordFiles(const std::string& prefix)
    : words_(std::fopen((prefix + "words.u32").c_str(), "wb")), sizes_(std::fopen((prefix + "word_sizes.u32").c_str(), "wb")) {
  if (!good()) std::fprintf(stderr, "cannot write %swords.u32\n", prefix.c_str());
}

WordFiles::~WordFiles() {
  for (std::FILE* const file : {words_, sizes_})
    if (file != nullptr) std::fclose(file);
}

void WordFiles::put(std::string_view text) {
  collect_words(text, tokens_);
  const auto size = static_cast<std::uint32_t>(tokens_.size());
  std::fwrite(tokens_.data(), sizeof tokens_[0], tokens_.size(), words_);
  std::fwrite(&size, sizeof size, 1, sizes_);
}

int write_words(const std::string& corpora, const std::string& targets_path, const std::string& out) {
  WordFiles files(out + "/");
  if (!files.good()) return 1;
  Reader reader;
  for (const Target& target : read_targets(targets_path)) {
    if (!read_page(reader, corpora, target)) return 1;
    for (const RawBlock& block : reader.blocks.blocks) files.put(block.text);
  }
  return 0;
}

}  // namespace offprint
