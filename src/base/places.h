// Where a character stands in short texts, such as addresses, of which a page has thousands: sixteen bytes
// are looked at at once where there is SSE2. Tested by tests/base/few_words_test.cpp.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/cpu.h"
#include "base/short_load.h"

namespace offprint {

// Calls each(place) for every `c` or `other` in the text, from the first on.
template <class Each>
void each_place(std::string_view text, char c, char other, Each each) {
  std::size_t at = 0;
#ifdef OFFPRINT_SSE2
  const __m128i sought = _mm_set1_epi8(c), or_sought = _mm_set1_epi8(other);
  for (; at < text.size(); at += 16) {
    const std::size_t bytes = text.size() - at;
    const __m128i here = load_left(text.data() + at, bytes);
    auto left = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(here, sought), _mm_cmpeq_epi8(here, or_sought))));
    if (bytes < 16) left &= (1u << bytes) - 1;  // behind the end are zeros
    for (; left != 0; left &= left - 1) each(at + static_cast<std::size_t>(std::countr_zero(left)));
  }
#else
  for (; at < text.size(); ++at)
    if (text[at] == c || text[at] == other) each(at);
#endif
}
template <class Each>
void each_place(std::string_view text, char c, Each each) {
  each_place(text, c, c, each);
}

}  // namespace offprint
