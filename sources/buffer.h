// Bytes that grow without being cleared first and keep their memory when emptied: std::string would write
// zeros over every stretch that a decompressor is about to fill. What is dropped in front leaves a gap there, which is closed
// where room is wanted and closing it moves no more than was dropped.
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

  char* data() { return data_ + front_; }
  const char* data() const { return data_ + front_; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  std::string_view view() const { return {data(), size_}; }
  void clear() { front_ = size_ = 0; }
  void resize_down(std::size_t size) { size_ = size < size_ ? size : size_; }

  // Room for n more bytes behind the last one; commit() says how many were written.
  char* room(std::size_t n) {
    if (!has_room(n)) make_room(n);
    return data() + size_;
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
  // Room for n more bytes without other memory.
  bool has_room(std::size_t n) const { return capacity_ - front_ - size_ >= n; }
  // Drops the first n bytes.
  void drop_front(std::size_t n) {
    size_ -= n;
    front_ = size_ == 0 ? 0 : front_ + n;
  }
  // Gives memory back where one huge record made the buffer huge.
  void trim(std::size_t most) {
    if (capacity_ <= most || front_ + size_ > most) return;
    if (char* smaller = static_cast<char*>(std::realloc(data_, most))) {
      data_ = smaller;
      capacity_ = most;
    }
  }
  void swap(Buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(front_, other.front_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

 private:
  void make_room(std::size_t n) {
    if (front_ != 0 && front_ >= size_) {
      std::memcpy(data_, data_ + front_, size_);
      front_ = 0;
      if (capacity_ - size_ >= n) return;
    }
    const std::size_t least = front_ + size_ + n;
    std::size_t capacity = capacity_ * 2 > least ? capacity_ * 2 : least;
    if (capacity < 4096) capacity = 4096;
    char* data = static_cast<char*>(std::realloc(data_, capacity));
    if (data == nullptr) throw std::bad_alloc();
    data_ = data;
    capacity_ = capacity;
  }

  char* data_ = nullptr;
  std::size_t front_ = 0, size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace offprint::sources
