// Arrow arrays between Python objects and their consumers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/arrow.h"

namespace offprint::python {

// An array that may be exported any number of times: each export is a view that keeps the memory alive.
class SharedArray {
 public:
  SharedArray() = default;
  explicit SharedArray(ArrowArray&& array);  // takes it over
  void share(ArrowArray* out) const;
  std::int64_t rows() const { return array_->length; }

 private:
  std::shared_ptr<ArrowArray> array_;
};

// A stream over arrays that are there already.
void share_stream(ArrowField shape, std::vector<SharedArray> arrays, ArrowArrayStream* out);

// A column of strings or bytes that someone else gave us: utf8, binary, their large and their view forms.
class Column {
 public:
  Column() = default;
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;
  ~Column();

  // Takes both over. False where the type is none of those, and `type` then names it.
  bool take(ArrowSchema* schema, ArrowArray* array, std::string& type);
  // Takes all of a stream over; false with `why`.
  bool take(ArrowArrayStream* stream, std::string& why);

  std::int64_t size() const { return size_; }
  // False where it is null. Rows in rising order are found fastest.
  bool at(std::int64_t row, std::string_view& value) const;

 private:
  struct Chunk {
    ArrowArray array{};
    std::int64_t begin = 0;
    char kind = 'u';  // u, U: 32- and 64-bit offsets; v: views
  };
  std::vector<Chunk> chunks_;
  std::int64_t size_ = 0;
};

}  // namespace offprint::python
