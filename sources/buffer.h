// Bytes that grow without being cleared first and keep their memory when emptied: std::string would write
// zeros over every stretch that a decompressor is about to fill.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

namespace offprint::sources {

class Buffer {
 public:
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Buffer() { std::free(data_); }

  char* data() { return data_; }
  const char* data() const { return data_; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  std::string_view view() const { return {data_, size_}; }
  void clear() { size_ = 0; }
  void resize_down(std::size_t size) { size_ = size < size_ ? size : size_; }

  // Room for n more bytes behind the last one; commit() says how many were written.
  char* room(std::size_t n) {
    if (capacity_ - size_ < n) grow(size_ + n);
    return data_ + size_;
  }
  void commit(std::size_t n) { size_ += n; }

  void append(std::string_view bytes) {
    if (bytes.empty()) return;
    std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
    commit(bytes.size());
  }
  void assign(std::string_view bytes) {
    clear();
    append(bytes);
  }
  // Drops the first n bytes.
  void drop_front(std::size_t n) {
    if (n == 0) return;
    size_ -= n;
    if (size_ != 0) std::memmove(data_, data_ + n, size_);
  }
  // Gives memory back where one huge record made the buffer huge.
  void trim(std::size_t most) {
    if (capacity_ <= most || size_ > most) return;
    if (char* smaller = static_cast<char*>(std::realloc(data_, most))) {
      data_ = smaller;
      capacity_ = most;
    }
  }
  void swap(Buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

 private:
  void grow(std::size_t least) {
    std::size_t capacity = capacity_ * 2 > least ? capacity_ * 2 : least;
    if (capacity < 4096) capacity = 4096;
    char* data = static_cast<char*>(std::realloc(data_, capacity));
    if (data == nullptr) throw std::bad_alloc();
    data_ = data;
    capacity_ = capacity;
  }

  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace offprint::sources
