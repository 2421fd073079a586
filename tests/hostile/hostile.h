// Pages made to be slow, deep, huge or broken. Shared by the tests of tests/hostile, bench/hostile.cpp and
// the seeds of fuzz/. What they must not do is in hostile_test.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace offprint::hostile {

enum class Shape : unsigned char { html, text };  // text: read as flattened text

struct Generator {
  std::string_view name;  // as in a file's name: a-z, digits, _
  Shape shape;
  std::string (*make)(std::size_t bytes);  // about so many bytes, of the same shape whatever the size
};

std::span<const Generator> generators();

// The page of a generator's name; empty where there is none.
std::string make(std::string_view name, std::size_t bytes);

}  // namespace offprint::hostile
