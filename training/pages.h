// What all commands of offprint-features read: captured pages up to their blocks, and the targets that labels.py writes.
#pragma once

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

// Empty where the file cannot be read.
std::vector<Target> read_targets(const std::string& path);

// The commands; each gives an exit status, and says on standard error what went wrong.
int write_matrix(const std::string& corpora, const std::string& targets_path, const std::string& out);
int write_flat(const std::string& corpora, const std::string& targets_path, const std::string& out);
int write_words(const std::string& corpora, const std::string& targets_path, const std::string& out);

}  // namespace offprint
