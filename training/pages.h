// What all commands of offprint-features read: captured pages up to their blocks, and the targets that labels.py writes.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "blocks/blocks.h"
#include "document/fields.h"
#include "document/hints.h"
#include "encoding/encoding.h"

namespace offprint {

inline constexpr int folds = 5;

// One page up to its blocks.
struct Reader {
  std::string captured;
  Arena arena;
  Page page;
  Blocks blocks;
  HeadFields head;
  PageHints hints;
  DecodedText text;

  // False where there is no such page.
  bool read(const std::string& path);
};

struct Target {
  std::string page, domain;
  int fold = -1;
  std::vector<float> content;  // NaN = unknown
  std::vector<int> role;       // -1 = unknown
};

// Reads the page of a target; false, with a word on standard error, where it cannot be read or has other blocks than the target knows of.
bool read_page(Reader& reader, const std::string& corpora, const Target& target);

// The first words of texts, one after the other in PREFIXwords.u32, how many of each in PREFIXword_sizes.u32.
class WordFiles {
 public:
  explicit WordFiles(const std::string& prefix);
  ~WordFiles();
  WordFiles(const WordFiles&) = delete;
  WordFiles& operator=(const WordFiles&) = delete;
  bool good() const { return words_ != nullptr && sizes_ != nullptr; }
  void put(std::string_view text);

 private:
  std::FILE *words_, *sizes_;
  std::vector<std::uint32_t> tokens_;
};

// Empty where the file cannot be read.
std::vector<Target> read_targets(const std::string& path);

// The commands; each gives an exit status, and says on standard error what went wrong.
int write_matrix(const std::string& corpora, const std::string& targets_path, const std::string& out);
int write_flat(const std::string& corpora, const std::string& targets_path, const std::string& out);
int write_words(const std::string& corpora, const std::string& targets_path, const std::string& out);

}  // namespace offprint
