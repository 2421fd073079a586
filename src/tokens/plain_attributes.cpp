// Attributes as nearly all are written, name="value" with a name in lower case, or with single quotes, 64 bytes at a time where there is AVX-512.
#include "tokens/plain_attributes.h"

#ifdef OFFPRINT_HAS_AVX2
#include <immintrin.h>

#include <array>
#include <bit>
#include <cstring>

#include "base/ascii.h"

namespace offprint {
namespace {

constexpr std::size_t window = 64;

// A bit for what a plain name ends before, and for what would be changed in it: '&' too, so that what spoils a value is in none.
// Of other bytes than ASCII it does not matter: what is not found here is left to the general way.
constexpr std::array<char, 128> odd_in_names = [] {
  std::array<char, 128> t{};
  for (int c = 0; c < 128; ++c) t[static_cast<std::size_t>(c)] = c <= ' ' || is_upper(static_cast<char>(c));
  for (const char c : {'/', '>', '=', '"', '\'', '&'}) t[static_cast<std::size_t>(c)] = 1;
  return t;
}();
// Each of '&', CR and NUL where its low four bits say, as in base/scan.cpp; for each sixteen bytes.
constexpr std::array<char, window> spoiling = [] {
  std::array<char, window> t{};
  for (std::size_t i = 0; i < window; i += 16) {
    t[i + ('&' & 15)] = '&';
    t[i + ('\r' & 15)] = '\r';
  }
  return t;
}();

constexpr std::uint16_t double_quoted = '=' | '"' << 8, single_quoted = '=' | '\'' << 8;  // as two bytes are loaded

// The ones below the lowest one; all ones where there is none.
constexpr std::uint64_t below(std::uint64_t bits) { return ~bits & (bits - 1); }

}  // namespace

OFFPRINT_AVX512 const char* take_plain_attributes(const char* p, const char* end, std::size_t most, std::vector<Attribute>& to,
                                                  std::uint64_t& seen) {
  const __m512i low = _mm512_loadu_si512(odd_in_names.data()), high = _mm512_loadu_si512(odd_in_names.data() + window);
  const __m512i spoils = _mm512_loadu_si512(spoiling.data());
  __m512i quote = _mm512_set1_epi8('"');
  std::uint16_t assigned = double_quoted;
  for (; most > 0; --most) {
    const char* from = p;
    while (from != end && is_space(*from)) ++from;
    if (end - from < static_cast<std::ptrdiff_t>(window)) return p;
    __m512i v = _mm512_loadu_si512(from);
    const __m512i odd = _mm512_permutex2var_epi8(low, v, high);
    const auto name_size = static_cast<std::size_t>(std::countr_zero(_mm512_test_epi8_mask(odd, odd)));
    std::uint16_t after;
    if (name_size == 0 || name_size > window - 2) return p;
    std::memcpy(&after, from + name_size, sizeof after);
    if (after != assigned) [[unlikely]] {
      if (after != double_quoted && after != single_quoted) return p;
      assigned = after;
      quote = _mm512_set1_epi8(static_cast<char>(after >> 8));
    }
    std::uint64_t quotes = _mm512_cmpeq_epi8_mask(v, quote);
    quotes &= quotes - 1;
    std::uint64_t spoilt = _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(spoils, v), v) & below(quotes);
    const char* at = from;
    while (quotes == 0) {
      at += window;
      if (end - at < static_cast<std::ptrdiff_t>(window)) return p;
      v = _mm512_loadu_si512(at);
      quotes = _mm512_cmpeq_epi8_mask(v, quote);
      spoilt |= _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(spoils, v), v) & below(quotes);
    }
    const std::string_view name{from, name_size};
    const FoundAttribute found = find_attribute_from_eight(name);
    const std::uint64_t bit = bit_of(found);
    if ((seen & bit) != 0) return p;
    seen |= bit;
    const char* const value = from + name_size + 2;
    const char* const value_end = at + std::countr_zero(quotes);
    to.emplace_back(from, value, static_cast<std::uint32_t>(name_size), static_cast<std::uint32_t>(value_end - value),
                    found.id, AttributeNamespace::none, spoilt != 0, 0u);
    p = value_end + 1;
    if (p == end || *p == '>') return p;
  }
  return p;
}

}  // namespace offprint
#endif
