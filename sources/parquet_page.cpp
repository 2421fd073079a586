#include "sources/parquet_page.h"

#include <algorithm>

namespace offprint::sources {
namespace {

bool take_varint(std::string_view& bytes, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

// Of `width` bits, at most 64, beginning at `bit`; what lies behind the bytes is 0.
std::uint64_t bits_at(std::string_view bytes, std::uint64_t bit, unsigned width) {
  std::uint64_t value = 0;
  for (unsigned have = 0; have < width;) {
    const std::uint64_t at = (bit + have) / 8;
    const auto shift = static_cast<unsigned>((bit + have) % 8);
    const std::uint64_t byte =
        at < bytes.size() ? static_cast<unsigned char>(bytes[static_cast<std::size_t>(at)]) : 0;
    value |= (byte >> shift) << have;
    have += 8 - shift;
  }
  return width >= 64 ? value : value & ((std::uint64_t{1} << width) - 1);
}

}  // namespace

bool HybridNumbers::next(std::uint32_t& value) {
  while (run_left_ == 0 && packed_left_ == 0) {
    std::uint64_t head = 0;
    if (!take_varint(bytes_, head)) return false;
    if ((head & 1) != 0) {
      // The last group may be cut short, where writers leave out what nobody reads.
      packed_left_ = std::min<std::uint64_t>(head >> 1, std::uint64_t{1} << 40) * 8;
      bit_ = 0;
      if (width_ != 0) packed_left_ = std::min<std::uint64_t>(packed_left_, bytes_.size() * 8 / width_);
      if (packed_left_ == 0) return false;
    } else {
      const std::size_t size = (width_ + 7) / 8;
      if (bytes_.size() < size) return false;
      run_left_ = head >> 1;
      run_value_ = static_cast<std::uint32_t>(bits_at(bytes_, 0, width_));
      bytes_.remove_prefix(size);
    }
  }
  if (run_left_ != 0) {
    --run_left_;
    value = run_value_;
    return true;
  }
  value = static_cast<std::uint32_t>(bits_at(bytes_, bit_, width_));
  bit_ += width_;
  if (--packed_left_ == 0)
    bytes_.remove_prefix(std::min<std::size_t>(bytes_.size(), static_cast<std::size_t>((bit_ + 7) / 8)));
  return true;
}

bool take_deltas(std::string_view& bytes, std::uint64_t most, std::vector<std::int64_t>& values) {
  values.clear();
  std::uint64_t block = 0, minis = 0, count = 0, first = 0;
  if (!take_varint(bytes, block) || !take_varint(bytes, minis) || !take_varint(bytes, count) ||
      !take_varint(bytes, first))
    return false;
  if (count > most || minis == 0 || minis > 512 || block % minis != 0 || block > (1u << 20) ||
      (block / minis) % 8 != 0 || block == 0)
    return false;
  const auto unzigzag = [](std::uint64_t n) { return (n >> 1) ^ (0 - (n & 1)); };
  std::uint64_t last = unzigzag(first);
  if (count == 0) return true;
  values.push_back(static_cast<std::int64_t>(last));
  const std::uint64_t per_mini = block / minis;
  while (values.size() < count) {
    std::uint64_t least = 0;
    if (!take_varint(bytes, least) || bytes.size() < minis) return false;
    least = unzigzag(least);
    const std::string_view widths = bytes.substr(0, static_cast<std::size_t>(minis));
    bytes.remove_prefix(static_cast<std::size_t>(minis));
    for (const char w : widths) {
      if (values.size() >= count) break;
      const auto width = static_cast<unsigned char>(w);
      const std::uint64_t size = per_mini / 8 * width;
      if (width > 64 || size > bytes.size()) return false;
      for (std::uint64_t i = 0; i < per_mini && values.size() < count; ++i) {
        last += least + (width == 0 ? 0 : bits_at(bytes, i * width, width));
        values.push_back(static_cast<std::int64_t>(last));
      }
      bytes.remove_prefix(static_cast<std::size_t>(size));
    }
  }
  return true;
}

bool take_plain(std::string_view& bytes, std::string_view& value) {
  if (bytes.size() < 4) return false;
  const std::uint64_t size = bits_at(bytes, 0, 32);
  if (size > bytes.size() - 4) return false;
  value = bytes.substr(4, static_cast<std::size_t>(size));
  bytes.remove_prefix(4 + static_cast<std::size_t>(size));
  return true;
}

bool PageStrings::begin(PageEncoding encoding, std::string_view bytes, std::uint64_t count) {
  encoding_ = encoding;
  bytes_ = bytes;
  at_ = 0;
  last_.clear();
  switch (encoding) {
    case PageEncoding::plain:
      return true;
    case PageEncoding::dictionary: {
      if (bytes.empty()) return count == 0;
      const auto width = static_cast<unsigned char>(bytes.front());
      if (width > 32) return false;
      numbers_ = HybridNumbers(bytes.substr(1), width);
      return true;
    }
    case PageEncoding::delta_length:
      return take_deltas(bytes_, count, lengths_);
    case PageEncoding::delta:
      return take_deltas(bytes_, count, prefixes_) && take_deltas(bytes_, count, lengths_) &&
             lengths_.size() == prefixes_.size();
  }
  return false;
}

bool PageStrings::next(const std::vector<std::string_view>& dictionary, std::string_view& value) {
  if (encoding_ == PageEncoding::plain) return take_plain(bytes_, value);
  if (encoding_ == PageEncoding::dictionary) {
    std::uint32_t number = 0;
    if (!numbers_.next(number) || number >= dictionary.size()) return false;
    value = dictionary[number];
    return true;
  }
  if (at_ >= lengths_.size()) return false;
  const std::int64_t length = lengths_[at_];
  if (length < 0 || static_cast<std::uint64_t>(length) > bytes_.size()) return false;
  value = bytes_.substr(0, static_cast<std::size_t>(length));
  bytes_.remove_prefix(static_cast<std::size_t>(length));
  if (encoding_ == PageEncoding::delta) {
    const std::int64_t prefix = prefixes_[at_];
    if (prefix < 0 || static_cast<std::uint64_t>(prefix) > last_.size()) return false;
    last_.resize(static_cast<std::size_t>(prefix));
    last_.append(value);
    value = last_;
  }
  ++at_;
  return true;
}

}  // namespace offprint::sources
