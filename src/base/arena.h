// One bump allocator per page. Memory is given back all at once by reset(), which keeps the chunks, so that in
// steady state a page costs no malloc. What lies in an arena is never destroyed: trivial types only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace offprint {

class Arena {
 public:
  static constexpr std::size_t chunk_bytes = 256 * 1024;

  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  void* allocate(std::size_t bytes, std::size_t alignment) {
    std::uintptr_t at = (reinterpret_cast<std::uintptr_t>(next_) + alignment - 1) & ~(std::uintptr_t(alignment) - 1);
    if (next_ == nullptr || at + bytes > reinterpret_cast<std::uintptr_t>(end_)) return allocate_slow(bytes, alignment);
    next_ = reinterpret_cast<char*>(at + bytes);
    return reinterpret_cast<void*>(at);
  }

  // n uninitialised elements.
  template <class T>
  std::span<T> make(std::size_t n) {
    static_assert(std::is_trivially_destructible_v<T>);
    return {static_cast<T*>(allocate(n * sizeof(T), alignof(T))), n};
  }

  template <class T>
  std::span<T> copy(std::span<const T> from) {
    std::span<T> to = make<T>(from.size());
    if (!from.empty()) std::memcpy(to.data(), from.data(), from.size_bytes());
    return to;
  }

  std::string_view copy(std::string_view from) {
    if (from.empty()) return {};
    char* to = static_cast<char*>(allocate(from.size(), 1));
    std::memcpy(to, from.data(), from.size());
    return {to, from.size()};
  }

  // Grows the newest allocation, which ends at `end`, in place; false where there is no room for it.
  bool extend(const char* end, std::size_t more) {
    if (end != next_ || next_ == nullptr || static_cast<std::size_t>(end_ - next_) < more) return false;
    next_ += more;
    return true;
  }

  // Gives back the unused tail of the newest allocation.
  void shrink(const char* old_end, const char* new_end) {
    if (old_end == next_ && new_end <= old_end) next_ = const_cast<char*>(new_end);
  }

  // Forgets everything; keeps ordinary chunks for the next page and frees oversized ones.
  void reset();

  // Bytes held from the system.
  std::size_t held() const { return held_; }

 private:
  void* allocate_slow(std::size_t bytes, std::size_t alignment);

  struct Chunk {
    std::unique_ptr<char[]> memory;
    std::size_t size;
  };
  std::vector<Chunk> chunks_;
  std::size_t current_ = 0;  // index of the first chunk not yet begun
  char* next_ = nullptr;
  char* end_ = nullptr;
  std::size_t held_ = 0;
};

}  // namespace offprint
