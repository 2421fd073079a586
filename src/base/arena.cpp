#include "base/arena.h"

#include <algorithm>

namespace offprint {

void* Arena::allocate_slow(std::size_t bytes, std::size_t alignment) {
  const std::size_t wanted = bytes + alignment;
  while (current_ < chunks_.size() && chunks_[current_].size < wanted) ++current_;
  if (current_ == chunks_.size()) {
    // Chunks grow with what is held, so that their number stays logarithmic on huge pages.
    const std::size_t size = std::max({wanted, chunk_bytes, held_ / 2});
    chunks_.push_back({std::unique_ptr<char[]>(new char[size]), size});
    held_ += size;
  }
  Chunk& chunk = chunks_[current_++];
  next_ = chunk.memory.get();
  end_ = next_ + chunk.size;
  return allocate(bytes, alignment);
}

void Arena::reset() {
  constexpr std::size_t keep_bytes = 16 * 1024 * 1024;
  std::size_t kept = 0;
  std::size_t n = 0;
  for (Chunk& chunk : chunks_) {
    if (kept + chunk.size > keep_bytes) continue;
    kept += chunk.size;
    std::swap(chunks_[n], chunk);
    ++n;
  }
  chunks_.resize(n);
  held_ = kept;
  current_ = 0;
  next_ = end_ = nullptr;
}

}  // namespace offprint
