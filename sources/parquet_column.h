// One column of strings of a Parquet file: its values, a page behind the other. Damage costs a page's rows.
// Tested by tests/sources/parquet_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sources/loss.h"
#include "sources/parquet_footer.h"
#include "sources/parquet_page.h"
#include "sources/parquet_unpack.h"
#include "sources/window.h"

namespace offprint::sources {

class ParquetColumn {
 public:
  enum class Value : unsigned char { given, null, lost };

  ParquetColumn(std::string path, std::unique_ptr<Feed> file, const ParquetLeaf& leaf,
                const UnpackLimits& limits, Losses& losses);
  // Of a row group.
  void start(const ParquetChunk& chunk, std::uint64_t file_size);
  Value next(std::string_view& value);
  bool dead() const { return dead_; }  // nothing more can be had of the row group
  std::uint64_t position() const { return at_; }

 private:
  void lose(std::uint64_t rows, std::string_view why);
  void die(std::string_view why);
  Value fail(std::string_view why);
  bool load();
  bool read_head(ParquetPageHead& head);
  void load_dictionary(const ParquetPageHead& head, std::string_view bytes, std::string& problem);
  void begin_page(const ParquetPageHead& head, std::string_view bytes, std::string& problem);

  std::string file_, name_;
  unsigned most_definition_;
  Window window_;
  Losses* losses_;
  ParquetUnpacker unpacker_;

  std::uint64_t at_ = 0, end_ = 0;  // in the file, of the chunk
  int codec_ = 0;
  bool dead_ = false;
  Buffer dictionary_bytes_, page_, level_bytes_;
  std::vector<std::string_view> dictionary_;
  HybridNumbers levels_;
  PageStrings strings_;
  std::uint64_t left_ = 0;  // values of the page
  bool page_lost_ = false;
  std::uint64_t page_at_ = 0, page_size_ = 0;
};

}  // namespace offprint::sources
