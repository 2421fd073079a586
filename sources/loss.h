// What could not be read of an input, and where.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace offprint::sources {

struct Loss {
  std::string file;
  std::uint64_t offset = 0;  // in the file as it lies on disk (of the member, where it is compressed)
  std::uint64_t bytes = 0;   // of the file that the reader passed over; 0 where none
  std::string what;
};

// The list is bounded; the count is not.
struct Losses {
  static constexpr std::size_t most_kept = 100'000;
  std::vector<Loss> list;
  std::uint64_t count = 0;

  void add(std::string file, std::uint64_t offset, std::uint64_t bytes, std::string what) {
    ++count;
    if (list.size() < most_kept) list.push_back({std::move(file), offset, bytes, std::move(what)});
  }
};

}  // namespace offprint::sources
