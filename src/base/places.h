// Where a character stands in short texts, such as addresses, of which a page has thousands: sixteen bytes
// are looked at at once where there is SSE2. Tested by tests/base/few_words_test.cpp.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/cpu.h"

namespace offprint {

// Calls each(place) for every `c` in the text, from the first on.
template <class Each>
void each_place(std::string_view text, char c, Each each) {
  std::size_t at = 0;
#ifdef OFFPRINT_SSE2
  const __m128i sought = _mm_set1_epi8(c);
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    for (auto left = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(here, sought))); left != 0;
         left &= left - 1)
      each(at + static_cast<std::size_t>(std::countr_zero(left)));
  }
#endif
  for (; at < text.size(); ++at)
    if (text[at] == c) each(at);
}

}  // namespace offprint
