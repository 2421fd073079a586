// Memory of captures that are done with, for those that are read next: a page of some hundred kilobytes is a
// mapping of its own to malloc, given back to the system and faulted in again page by page, a twelfth of a
// crawl's time. Any thread may give and take.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

#include "sources/buffer.h"

namespace offprint::sources {

class BufferPool {
 public:
  // Makes sure that an empty buffer has room for so many bytes, by memory that was given where there is some
  // of that size.
  void make_room(Buffer& buffer, std::size_t bytes) {
    if (buffer.capacity() >= bytes) return;
    const std::size_t size = std::bit_ceil(bytes);
    if (size < smallest || size > largest) return;  // as it grows by itself
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      std::vector<Buffer>& of_size = idle_[index_of(size)];
      if (!of_size.empty()) {
        buffer.swap(of_size.back());
        of_size.pop_back();
        held_ -= size;
        return;
      }
    }
    buffer.room(size);
  }

  // Takes a buffer's memory; the buffer keeps no more than `smallest` bytes.
  void give(Buffer& buffer) {
    buffer.clear();
    const std::size_t size = std::bit_floor(buffer.capacity());
    if (size < smallest) return;
    if (size <= largest) {
      const std::lock_guard<std::mutex> lock(mutex_);
      // Few pages are large: what a larger one left makes room.
      for (std::size_t other = idle_.size() - 1; held_ + size > most_held && other > index_of(size); --other)
        for (; held_ + size > most_held && !idle_[other].empty(); idle_[other].pop_back()) held_ -= smallest << other;
      if (held_ + size <= most_held) {
        held_ += size;
        idle_[index_of(size)].emplace_back(std::move(buffer));
        return;
      }
    }
    buffer.trim(smallest);
  }

  static constexpr std::size_t smallest = 16u << 10, largest = 8u << 20, most_held = 24u << 20;

 private:
  static std::size_t index_of(std::size_t size) {
    return static_cast<std::size_t>(std::countr_zero(size) - std::countr_zero(smallest));
  }

  std::mutex mutex_;
  // By the power of two that their capacity reaches.
  std::array<std::vector<Buffer>, std::countr_zero(largest) - std::countr_zero(smallest) + 1> idle_;
  std::size_t held_ = 0;
};

}  // namespace offprint::sources
