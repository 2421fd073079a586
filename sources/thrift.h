// Thrift's compact protocol, as far as the metadata of Parquet files needs it: what other programs wrote is
// read with every length checked, and ours is written. Tested by tests/sources/parquet_test.cpp.
// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace offprint::sources {

enum class ThriftType : unsigned char {
  stop = 0,
  yes = 1,
  no = 2,
  byte = 3,
  i16 = 4,
  i32 = 5,
  i64 = 6,
  real = 7,
  binary = 8,
  list = 9,
  set = 10,
  map = 11,
  structure = 12
};

// Every getter gives zeros once something was wrong; ask good() at the end.
//
//   reader.begin();
//   for (ThriftReader::Field f; reader.next(f);)   // to the end of the struct
//     if (f.id == 3) rows = reader.number(); else reader.skip(f.type);
class ThriftReader {
 public:
  struct Field {
    int id = 0;
    ThriftType type = ThriftType::stop;
  };
  struct List {
    ThriftType element = ThriftType::stop;
    std::uint64_t size = 0;
  };

  explicit ThriftReader(std::string_view bytes) : bytes_(bytes) {}
  bool good() const { return good_; }
  std::size_t position() const { return at_; }

  void begin() { ids_.push_back(0); }
  bool next(Field& field);
  std::int64_t number();
  bool boolean(const Field& field) const { return field.type == ThriftType::yes; }
  std::string_view text();
  List list();
  void skip(ThriftType type);

 private:
  unsigned char take();
  std::uint64_t varint();
  void take(std::uint64_t n);

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
  std::vector<int> ids_;  // of the last field, of each struct that is open
};

class ThriftWriter {
 public:
  explicit ThriftWriter(std::string& out) : out_(out) {}

  void begin() { ids_.push_back(0); }
  void end() {
    out_.push_back(0);
    ids_.pop_back();
  }
  void begin(int id) {
    head(id, ThriftType::structure);
    begin();
  }
  void number(int id, std::int64_t value, ThriftType type = ThriftType::i32) {
    head(id, type);
    item(value);
  }
  void text(int id, std::string_view value) {
    head(id, ThriftType::binary);
    item(value);
  }
  void boolean(int id, bool value) { head(id, value ? ThriftType::yes : ThriftType::no); }
  void list(int id, ThriftType element, std::size_t size);
  // Elements of a list; structs are begun and ended.
  void item(std::int64_t value) {
    varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void item(std::string_view value) {
    varint(value.size());
    out_.append(value);
  }

 private:
  void head(int id, ThriftType type);
  void varint(std::uint64_t value);

  std::string& out_;
  std::vector<int> ids_;
};

}  // namespace offprint::sources
