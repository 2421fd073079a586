#include "sources/parquet_column.h"

#include <fmt/format.h>
#include <isa-l.h>

#include <algorithm>
#include <bit>

namespace offprint::sources {

ParquetColumn::ParquetColumn(std::string path, std::unique_ptr<Feed> file, const ParquetLeaf& leaf,
                             const UnpackLimits& limits, Losses& losses)
    : file_(std::move(path)),
      name_(leaf.name),
      most_definition_(leaf.most_definition),
      window_(std::move(file)),
      losses_(&losses),
      unpacker_(limits) {}

void ParquetColumn::start(const ParquetChunk& chunk, std::uint64_t file_size) {
  at_ = chunk.begin;
  end_ = std::min(file_size, chunk.begin + std::min(chunk.size, file_size));
  codec_ = chunk.codec;
  dead_ = page_lost_ = false;
  left_ = 0;
  dictionary_.clear();
}

void ParquetColumn::lose(std::uint64_t rows, std::string_view why) {
  losses_->add(file_, page_at_, page_size_, fmt::format("column {}: {} rows lost: {}", name_, rows, why));
}

void ParquetColumn::die(std::string_view why) {
  page_at_ = at_;
  page_size_ = end_ - std::min(at_, end_);
  losses_->add(file_, page_at_, page_size_,
               fmt::format("column {}: the rest of a row group lost: {}", name_, why));
  dead_ = true;
}

ParquetColumn::Value ParquetColumn::fail(std::string_view why) {
  lose(left_ + 1, why);
  page_lost_ = true;
  return Value::lost;
}

ParquetColumn::Value ParquetColumn::next(std::string_view& value) {
  while (left_ == 0)
    if (dead_ || !load()) return Value::lost;
  --left_;
  if (page_lost_) return Value::lost;
  std::uint32_t level = most_definition_;
  if (most_definition_ != 0 && !levels_.next(level)) return fail("its levels end too early");
  if (level != most_definition_) return Value::null;
  if (!strings_.next(dictionary_, value)) return fail("its values are broken");
  return Value::given;
}

// The head of the page at `at_`.
bool ParquetColumn::read_head(ParquetPageHead& head) {
  const std::uint64_t rest = end_ - at_;
  // It may hold the column's least and greatest value.
  for (std::size_t want = 512;; want *= 16) {
    const std::string_view bytes =
        window_.at(at_, static_cast<std::size_t>(std::min<std::uint64_t>(want, rest)));
    head = {};
    if (read_page_head(bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), rest))),
                       head))
      return true;
    if (want > (16u << 20) || want >= rest) return false;
  }
}

// Reads the next page. False where the chunk has no more of them.
bool ParquetColumn::load() {
  if (at_ >= end_) {
    die("it has fewer values than rows");
    return false;
  }
  ParquetPageHead head;
  if (!read_head(head)) {
    die("a page's head is broken");
    return false;
  }
  const auto packed = static_cast<std::uint64_t>(head.packed);
  if (packed > end_ - at_ - head.length || packed > most_parquet_page) {
    die("a page is longer than its column");
    return false;
  }
  page_at_ = at_;
  page_size_ = head.length + packed;
  std::string_view bytes = window_.at(at_ + head.length, static_cast<std::size_t>(packed));
  if (bytes.size() < packed) {
    die("the file is cut off");
    return false;
  }
  bytes = bytes.substr(0, static_cast<std::size_t>(packed));
  at_ += page_size_;
  std::string problem;
  if (head.has_crc && crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(bytes.data()), packed) !=
                          static_cast<std::uint32_t>(head.crc))
    problem = "wrong checksum";
  if (head.type == ParquetPageHead::dictionary) {
    if (problem.empty()) load_dictionary(head, bytes, problem);
    if (!problem.empty())
      losses_->add(file_, page_at_, page_size_,
                   fmt::format("column {}: its dictionary is lost: {}", name_, problem));
    return true;
  }
  if (head.type != ParquetPageHead::data && head.type != ParquetPageHead::data_2) return true;
  left_ = static_cast<std::uint64_t>(head.values);
  page_lost_ = false;
  if (problem.empty()) begin_page(head, bytes, problem);
  if (!problem.empty()) {
    lose(left_, problem);
    page_lost_ = true;
  }
  return true;
}

void ParquetColumn::load_dictionary(const ParquetPageHead& head, std::string_view bytes,
                                    std::string& problem) {
  if (!unpacker_.unpack(codec_, bytes, static_cast<std::uint64_t>(head.unpacked), dictionary_bytes_, problem))
    return;
  std::string_view rest = dictionary_bytes_.view(), entry;
  for (std::int64_t i = 0; i < head.values && problem.empty(); ++i) {
    if (take_plain(rest, entry))
      dictionary_.push_back(entry);
    else
      problem = "its entries are broken";
  }
}

void ParquetColumn::begin_page(const ParquetPageHead& head, std::string_view bytes, std::string& problem) {
  std::string_view defined, values;
  const auto unpacked = static_cast<std::uint64_t>(head.unpacked);
  if (head.type == ParquetPageHead::data_2) {
    // Levels stand before the rest, never packed.
    if (head.definition_bytes < 0 || head.repetition_bytes < 0 ||
        static_cast<std::uint64_t>(head.definition_bytes) +
                static_cast<std::uint64_t>(head.repetition_bytes) >
            std::min<std::uint64_t>(bytes.size(), unpacked)) {
      problem = "its levels are broken";
      return;
    }
    const auto before = static_cast<std::size_t>(head.repetition_bytes);
    const auto size = static_cast<std::size_t>(head.definition_bytes);
    level_bytes_.assign(bytes.substr(before, size));
    defined = level_bytes_.view();
    bytes.remove_prefix(before + size);
    unpacker_.unpack(head.is_packed ? codec_ : ParquetUnpacker::not_packed, bytes, unpacked - before - size,
                     page_, problem);
    values = page_.view();
  } else {
    if (!unpacker_.unpack(codec_, bytes, unpacked, page_, problem)) return;
    values = page_.view();
    if (most_definition_ != 0 && !take_plain(values, defined)) problem = "its levels are broken";
  }
  if (!problem.empty()) return;
  levels_ = HybridNumbers(defined, static_cast<unsigned>(std::bit_width(most_definition_)));
  PageEncoding encoding = PageEncoding::plain;
  switch (head.encoding) {
    case 0:
      break;
    case 2:
    case 8:
      encoding = PageEncoding::dictionary;
      break;
    case 6:
      encoding = PageEncoding::delta_length;
      break;
    case 7:
      encoding = PageEncoding::delta;
      break;
    default:
      problem = fmt::format("an encoding that is not known ({})", head.encoding);
      return;
  }
  if (!strings_.begin(encoding, values, static_cast<std::uint64_t>(head.values)))
    problem = "its values are broken";
}

}  // namespace offprint::sources
