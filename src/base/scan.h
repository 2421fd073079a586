// The handful of byte scans that the library spends its time in. Each has a portable twin and gives the same
// answer on every machine; none reads a byte outside [p, end). tests/base/scan_test.cpp compares them all.
//
// The runs looked for are short more often than not, so the first sixteen bytes are tried in line (SSE2 is
// part of x86-64); only longer runs pay for a call of the widest kernel that this machine has.
#pragma once

#include <bit>
#include <cstdint>

#include "base/ascii.h"
#include "base/cpu.h"

namespace offprint::scan {

// What is looked for: the first byte that is one of these, else `end`.
enum class Set : std::uint8_t {
  text,           // '<' '&' CR NUL: what ends or spoils a run of text
  double_quoted,  // '"' '&' CR NUL: what ends or spoils an attribute's value
  single_quoted,  // ''' '&' CR NUL
  special,        // '&' CR NUL: what decoding changes in RCDATA and in attributes' values
  newline,        // CR NUL: what it changes elsewhere
  angle,          // '<' '>'
  raw,            // '<' CR NUL: what may end or spoils raw text
};
inline constexpr int set_count = 7;
inline constexpr char members[set_count][4] = {{'<', '&', '\r', '\0'},   {'"', '&', '\r', '\0'},
                                               {'\'', '&', '\r', '\0'},  {'&', '\r', '\0', '\0'},
                                               {'\r', '\0', '\r', '\0'}, {'<', '>', '<', '>'},
                                               {'<', '\r', '\0', '<'}};

enum class Isa : std::uint8_t { portable, sse2, avx2, neon };
using Find = const char* (*)(const char* p, const char* end);
struct Kernels {
  Isa isa;
  Find find[set_count];
};
// The best of this machine (base/cpu.h).
const Kernels& kernels();
// The kernels of one instruction set; null where this machine or build lacks it. For tests.
const Kernels* kernels_of(Isa isa);

template <Set set>
inline const char* find(const char* p, const char* end) {
#if defined(OFFPRINT_SSE2)
  if (end - p >= 16) [[likely]] {
    constexpr const char(&m)[4] = members[static_cast<int>(set)];
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    __m128i hit = _mm_cmpeq_epi8(v, _mm_set1_epi8(m[0]));
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8(m[1])));
    if constexpr (m[2] != m[0]) hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8(m[2])));
    if constexpr (m[3] != m[1] && m[3] != m[2])
      hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8(m[3])));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(hit));
    if (bits != 0) return p + std::countr_zero(bits);
    p += 16;
  }
#endif
  return kernels().find[static_cast<int>(set)](p, end);
}

// Where a name ends, and whether it is what the standard makes of it as it stands: without upper-case letters
// and without NUL.
struct Name {
  const char* end;
  bool verbatim;
};
// A tag's name ends before white space, '/' or '>'; an attribute's before '=', too.
enum class NameKind : std::uint8_t { tag, attribute };

template <NameKind kind>
constexpr bool ends_name(char c) {
  return is_space(c) || c == '/' || c == '>' || (kind == NameKind::attribute && c == '=');
}

template <NameKind kind>
inline Name name_portable(const char* p, const char* end, bool verbatim = true) {
  for (; p != end && !ends_name<kind>(*p); ++p) verbatim &= !is_upper(*p) && *p != '\0';
  return {p, verbatim};
}

template <NameKind kind>
inline Name name(const char* p, const char* end) {
#if defined(OFFPRINT_SSE2)
  if (end - p >= 16) [[likely]] {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    __m128i hit = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(' ')), v);  // white space and other controls
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('/')));
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));
    if constexpr (kind == NameKind::attribute) hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('=')));
    const __m128i upper =
        _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('A' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('Z' + 1)));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(hit)) | 0x10000u;
    const auto uppers = static_cast<unsigned>(_mm_movemask_epi8(upper));
    const bool verbatim = (uppers & ((bits & -bits) - 1)) == 0;
    const char* at = p + std::countr_zero(bits);
    if (bits != 0x10000u && ends_name<kind>(*at)) [[likely]]
      return {at, verbatim};
    return name_portable<kind>(at, end,
                               verbatim);  // longer than sixteen bytes, or holding a control character
  }
#endif
  return name_portable<kind>(p, end);
}

}  // namespace offprint::scan
