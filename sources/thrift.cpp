#include "sources/thrift.h"

namespace offprint::sources {

unsigned char ThriftReader::take() {
  if (at_ >= bytes_.size()) {
    good_ = false;
    return 0;
  }
  return static_cast<unsigned char>(bytes_[at_++]);
}

void ThriftReader::take(std::uint64_t n) {
  if (n > bytes_.size() - at_) {
    good_ = false;
    n = 0;
  }
  at_ += static_cast<std::size_t>(n);
}

std::uint64_t ThriftReader::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    const unsigned char byte = take();
    if (shift < 64) value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return good_ ? value : 0;
  }
  good_ = false;
  return 0;
}

std::int64_t ThriftReader::number() {
  const std::uint64_t value = varint();
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

bool ThriftReader::next(Field& field) {
  const unsigned char byte = take();
  if (!good_ || byte == 0) {
    ids_.pop_back();
    return false;
  }
  const int delta = byte >> 4;
  field.type = static_cast<ThriftType>(byte & 15);
  field.id = delta != 0 ? ids_.back() + delta : static_cast<int>(static_cast<std::int16_t>(number()));
  ids_.back() = field.id;
  return true;
}

std::string_view ThriftReader::text() {
  const std::uint64_t size = varint();
  const std::size_t from = at_;
  take(size);
  return good_ ? bytes_.substr(from, static_cast<std::size_t>(size)) : std::string_view{};
}

ThriftReader::List ThriftReader::list() {
  const unsigned char byte = take();
  List list{static_cast<ThriftType>(byte & 15), static_cast<std::uint64_t>(byte >> 4)};
  if (list.size == 15) list.size = varint();
  // Every element takes a byte at least.
  if (!good_ || list.size > bytes_.size() - at_) {
    good_ = false;
    return {};
  }
  return list;
}

// Without recursion: what is nested is the file's choice.
void ThriftReader::skip(ThriftType type) {
  struct Level {
    ThriftType element;  // stop: a struct
    std::uint64_t left;
  };
  std::vector<Level> open;
  bool in_list = false;
  while (good_) {
    switch (type) {
      case ThriftType::yes:
      case ThriftType::no:
        if (in_list) take(1);
        break;
      case ThriftType::byte:
        take(1);
        break;
      case ThriftType::i16:
      case ThriftType::i32:
      case ThriftType::i64:
        varint();
        break;
      case ThriftType::real:
        take(8);
        break;
      case ThriftType::binary:
        text();
        break;
      case ThriftType::list:
      case ThriftType::set: {
        const List l = list();
        open.push_back({l.element, l.size});
        if (l.element == ThriftType::stop) good_ = good_ && l.size == 0;
        break;
      }
      case ThriftType::structure:
        open.push_back({ThriftType::stop, 1});
        break;
      default:  // Parquet has no maps
        good_ = false;
    }
    for (;;) {
      if (!good_ || open.empty()) return;
      Level& level = open.back();
      if (level.left == 0) {
        open.pop_back();
        continue;
      }
      in_list = level.element != ThriftType::stop;
      if (in_list) {
        --level.left;
        type = level.element;
        break;
      }
      const unsigned char byte = take();
      if (byte == 0) {
        open.pop_back();
        continue;
      }
      if (byte >> 4 == 0) varint();
      type = static_cast<ThriftType>(byte & 15);
      break;
    }
  }
}

void ThriftWriter::varint(std::uint64_t value) {
  while (value >= 0x80) {
    out_.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out_.push_back(static_cast<char>(value));
}

void ThriftWriter::head(int id, ThriftType type) {
  const int delta = id - ids_.back();  // all our fields come in order, at most 15 apart
  ids_.back() = id;
  out_.push_back(static_cast<char>(delta << 4 | static_cast<int>(type)));
}

void ThriftWriter::list(int id, ThriftType element, std::size_t size) {
  head(id, ThriftType::list);
  if (size < 15) {
    out_.push_back(static_cast<char>(size << 4 | static_cast<std::size_t>(element)));
    return;
  }
  out_.push_back(static_cast<char>(0xf0 | static_cast<int>(element)));
  varint(size);
}

}  // namespace offprint::sources
