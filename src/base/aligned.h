// Vectors whose memory begins at a cache line, so that loads of whole lines never touch two; large ones, for which the system's
// usual pages of 4 KB would be looked up every few elements, ask for huge pages. Without any it is memory like all other.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace offprint {

template <class T>
struct AlignedAllocator {
  using value_type = T;
  static constexpr std::size_t line = 64, huge_page = std::size_t{2} << 20, large = 2 * huge_page;
  AlignedAllocator() = default;
  template <class U>
  AlignedAllocator(const AlignedAllocator<U>&) {}
  T* allocate(std::size_t n) {
    const std::size_t bytes = n * sizeof(T);
    void* const memory = ::operator new(bytes, alignment(bytes));
#if defined(MADV_HUGEPAGE)
    if (bytes >= large) (void)::madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    return static_cast<T*>(memory);
  }
  // One call for both kinds: of two in a condition Clang 16 made a double free.
  void deallocate(T* p, std::size_t n) { ::operator delete(p, alignment(n * sizeof(T))); }
  static std::align_val_t alignment(std::size_t bytes) { return std::align_val_t{bytes < large ? line : huge_page}; }
  template <class U>
  bool operator==(const AlignedAllocator<U>&) const {
    return true;
  }
};

template <class T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

}  // namespace offprint
