#include "base/text.h"

#include <bit>

#include "base/ascii.h"
#include "base/cpu.h"
#include "base/short_load.h"
#include "base/unicode.h"

#if defined(OFFPRINT_HAS_AVX2)
#include <immintrin.h>
#endif

namespace offprint {

namespace {

// Of 16 bits: the compiler calls a function for it where it may not take for granted that the processor can count.
[[maybe_unused]] std::uint32_t bits_set(std::uint32_t x) {
  x -= x >> 1 & 0x5555u;
  x = (x & 0x3333u) + (x >> 2 & 0x3333u);
  x = (x + (x >> 4)) & 0x0F0Fu;
  return (x + (x >> 8)) & 0x1Fu;
}

#if defined(OFFPRINT_HAS_AVX2)
// Where the white space of 64 bytes stands. TAB, LF, FF and CR are four of the five from 9 on.
OFFPRINT_AVX512 inline WhiteSpace white_space_of(__m512i v) {
  const std::uint64_t others = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8('\t')), _mm512_set1_epi8(5)) &
                               ~_mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\v'));
  return {.white = others | _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(' ')), .others = others};
}

// Counts the words that begin before the first character that is not ASCII; how many bytes stand before it.
OFFPRINT_AVX512 std::size_t count_ascii_512(std::string_view text, bool& in_run, std::uint32_t& runs) {
  std::uint64_t carry = in_run ? 1 : 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t left = text.size() - at;
    const __m512i v = _mm512_maskz_loadu_epi8(first_bits(left), text.data() + at);
    const __m512i alpha = _mm512_sub_epi8(_mm512_or_si512(v, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
    const __m512i digit = _mm512_sub_epi8(v, _mm512_set1_epi8('0'));
    const std::uint64_t high = _mm512_movepi8_mask(v);
    const std::uint64_t before = high == 0 ? ~std::uint64_t{0} : (high & (0 - high)) - 1;
    const std::uint64_t words = (_mm512_cmplt_epu8_mask(alpha, _mm512_set1_epi8(26)) | _mm512_cmplt_epu8_mask(digit, _mm512_set1_epi8(10))) & before;
    runs += static_cast<std::uint32_t>(std::popcount(words & ~(words << 1 | carry)));
    if (high != 0) {
      const auto ascii = static_cast<std::size_t>(std::countr_zero(high));
      if (ascii != 0) carry = words >> (ascii - 1) & 1;
      at += ascii;
      break;
    }
    carry = words >> 63;
    at += left < 64 ? left : 64;
  }
  in_run = carry != 0;
  return at;
}

OFFPRINT_AVX512 std::size_t words_run_512(std::string_view text) {
  const std::size_t n = text.size();
  std::uint64_t blank = 0;  // before `at`
  for (std::size_t at = 0; at < n; at += 64) {
    const __m512i v = _mm512_maskz_loadu_epi8(first_bits(n - at), text.data() + at);
    const WhiteSpace found = white_space_of(v);
    const std::uint64_t white = found.white, others = found.others;
    const std::uint64_t behind_white = white << 1 | blank;
    const std::uint64_t ends = others | (white & behind_white);
    if (ends != 0) {
      const auto k = static_cast<unsigned>(std::countr_zero(ends));
      return at + k - (behind_white >> k & 1);
    }
    blank = n - at >= 64 ? white >> 63 : white >> (n - at - 1) & 1;
  }
  return n - blank;
}

OFFPRINT_AVX512 void find_white_space_512(std::string_view text, WhiteSpace& out) {
  const __m512i v = _mm512_maskz_loadu_epi8(first_bits(text.size()), text.data());
  out = white_space_of(v);
  out.size = text.size();
  out.high = _mm512_movepi8_mask(v) != 0;
}

OFFPRINT_AVX512 bool may_hold_unseen_512(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += 64) {
    const __m512i v = _mm512_maskz_loadu_epi8(first_bits(text.size() - at), text.data() + at);
    if (_mm512_movepi8_mask(v) == 0) continue;
    const auto is = [&](char c) OFFPRINT_AVX512 { return static_cast<std::uint64_t>(_mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c))); };
    // What stands behind these 64 is not known: the last two may begin anything.
    constexpr std::uint64_t last = std::uint64_t{1} << 63, last_two = last | last >> 1;
    const std::uint64_t wide = is('\xE2') & ((is('\x80') >> 1 & (is('\x8B') | is('\xAF')) >> 2) | is('\x81') >> 1 | last_two);
    if ((is('\xC2') | wide | (is('\xEF') & (is('\xBB') >> 1 | last))) != 0) return true;
  }
  return false;
}
#endif

}  // namespace

std::uint32_t count_words(std::string_view utf8) {
  std::uint32_t runs = 0, halves = 0, letters = 0;  // letters: of scripts without spaces
  bool in_run = false;
  std::size_t at = 0;
#if defined(OFFPRINT_HAS_AVX2)
  const bool wide = cpu::has_avx512();
#endif
  while (at < utf8.size()) {
#if defined(OFFPRINT_HAS_AVX2)
    if (wide) at += count_ascii_512(utf8.substr(at), in_run, runs);
    if (at == utf8.size()) break;
#endif
#if defined(OFFPRINT_SSE2)
    // Sixteen ASCII bytes at a time, or what is left: a word begins where an alphanumeric byte follows one that is none.
    while (at < utf8.size()) {
      const std::size_t left = utf8.size() - at;
      const __m128i v = load_left(utf8.data() + at, left);
      if (_mm_movemask_epi8(v) != 0) break;
      const __m128i folded = _mm_or_si128(v, _mm_set1_epi8(0x20));
      const __m128i alpha = _mm_and_si128(_mm_cmpgt_epi8(folded, _mm_set1_epi8('a' - 1)),
                                          _mm_cmplt_epi8(folded, _mm_set1_epi8('z' + 1)));
      const __m128i digit =
          _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
      const auto words = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(alpha, digit)));
      runs += bits_set(words & ~(words << 1 | (in_run ? 1u : 0u)));
      in_run = (words >> 15 & 1) != 0;
      at += left < 16 ? left : 16;
    }
    if (at == utf8.size()) break;
#endif
    // Up to the end of this block character by character.
    const std::size_t stop = at + 16 < utf8.size() ? at + 16 : utf8.size();
    while (at < stop) {
      const char byte = utf8[at];
      if (static_cast<unsigned char>(byte) < 0x80) {
        const bool word = is_alnum(byte);
        runs += word && !in_run;
        in_run = word;
        ++at;
        continue;
      }
      const char32_t c = next_code_point(utf8, at);
      const unsigned flags = kind_of(c).flags;
      if ((flags & (unicode::cjk | unicode::unspaced)) == 0) [[likely]] {
        const bool word = (flags & (unicode::letter | unicode::mark | unicode::number)) != 0;
        runs += word && !in_run;
        in_run = word;
        continue;
      }
      in_run = false;
      if ((flags & unicode::cjk) != 0)
        ++halves;
      else
        letters += (flags & unicode::mark) == 0;
    }
  }
  return runs + (halves + 1) / 2 + (letters + 4) / 5;
}

std::size_t words_run(std::string_view text) {
#if defined(OFFPRINT_HAS_AVX2)
  if (cpu::has_avx512()) return words_run_512(text);
#endif
  const std::size_t n = text.size();
  std::size_t at = 0;
  bool blank = false;  // before `at`
#if defined(OFFPRINT_SSE2)
  while (at < n) {
    const std::size_t left = n - at;
    const __m128i v = load_left(text.data() + at, left);
    const auto is = [&](char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); };
    const auto others = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(is('\n'), is('\t')), _mm_or_si128(is('\r'), is('\f')))));
    const unsigned white = others | static_cast<unsigned>(_mm_movemask_epi8(is(' '))), behind_white = white << 1 | (blank ? 1u : 0u);
    const unsigned ends = others | (white & behind_white);
    if (ends != 0) {
      const auto k = static_cast<unsigned>(std::countr_zero(ends));
      return at + k - (behind_white >> k & 1);
    }
    const std::size_t step = left < 16 ? left : 16;
    blank = (white >> (step - 1) & 1) != 0;
    at += step;
  }
#else
  for (; at < n; ++at) {
    const char c = text[at];
    const bool white = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    if (white && (blank || c != ' ')) break;
    blank = white;
  }
#endif
  return at - (blank ? 1 : 0);
}

bool find_white_space([[maybe_unused]] std::string_view text, [[maybe_unused]] WhiteSpace& out) {
#if defined(OFFPRINT_HAS_AVX2)
  if (text.size() <= 64 && cpu::has_avx512()) {
    find_white_space_512(text, out);
    return true;
  }
#endif
  return false;
}

bool may_hold_unseen([[maybe_unused]] std::string_view text) {
#if defined(OFFPRINT_HAS_AVX2)
  if (cpu::has_avx512()) return may_hold_unseen_512(text);
#endif
  return true;
}

std::size_t spaces_run(std::string_view text) {
  std::size_t at = 0;
#if defined(OFFPRINT_SSE2)
  // Most are a single blank, or a line's end and how far the next one stands in.
  while (at < text.size() && is_space(text[at])) {
    const std::size_t left = text.size() - at;
    const __m128i v = load_left(text.data() + at, left);
    const auto is = [&](char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); };
    const __m128i lines = _mm_or_si128(_mm_or_si128(is('\n'), is('\t')), _mm_or_si128(is('\r'), is('\f')));
    const auto white = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(lines, is(' '))));
    at += static_cast<std::size_t>(std::countr_one(white));
    if (white != 0xFFFFu) break;
  }
#else
  while (at < text.size() && is_space(text[at])) ++at;
#endif
  return at;
}

}  // namespace offprint
