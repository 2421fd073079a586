#include "blocks/text_scan.h"

#include <algorithm>
#include <array>

#include "base/cpu.h"
#include "base/short_load.h"

#ifdef OFFPRINT_HAS_AVX2
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12's own header reads "undefined" registers
#endif
#include <immintrin.h>
#endif

namespace offprint {
namespace {

// What one byte that is no plain letter, digit or blank tells, with those behind it.
void look_closer(const unsigned char* p, std::size_t i, std::size_t n, TextScan& r) {
  const unsigned char c = p[i];
  switch (c) {
    case '.':
    case '!':
    case '?':
      if (i + 1 == n || p[i + 1] == ' ' || p[i + 1] == '"') ++r.ends;
      return;
    case '$': ++r.currency; return;
    case '|': r.pipe = true; return;
    case '@': r.at_sign = true; return;
    case '>': r.arrow = true; return;
    default: break;
  }
  if (c < 0xC0) return;
  ++r.letters;
  if (c == 0xC2 && i + 1 < n) {
    const unsigned char d = p[i + 1];
    if (d == 0xA9) r.copyright = true;
    if (d == 0xA3 || d == 0xA5) ++r.currency;
    if (d == 0xBB) r.arrow = true;
    if (d < 0xC0) --r.letters;
  } else if (c == 0xE2 && i + 2 < n) {
    const unsigned char d = p[i + 1], e = p[i + 2];
    if (d == 0x82) ++r.currency;
    if (d == 0x86 || (d == 0x80 && e == 0xBA)) r.arrow = true;
    if (d == 0x80 && e == 0xA2) r.pipe = true;
    --r.letters;
  } else if (c == 0xE3 && i + 2 < n && p[i + 1] == 0x80) {
    if (p[i + 2] == 0x82) ++r.ends;
    if (p[i + 2] == 0x81) ++r.commas;
  } else if (c == 0xEF && i + 2 < n && p[i + 1] == 0xBC) {
    if (p[i + 2] == 0x81 || p[i + 2] == 0x9F) ++r.ends;
    if (p[i + 2] == 0x8C) ++r.commas;
  } else if (c == 0xD8 && i + 1 < n && p[i + 1] == 0x8C) {
    ++r.commas;
  }
}

// ASCII that does not end a phrase between two words: lexicons::fold says the same.
constexpr bool is_soft(unsigned char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '&' || c == '\'' || c == '+' || c == '-' || c == '/' || c == '`';
}

void begin_scan(std::size_t size, TextScan& out) {
  out.commas = out.ends = out.letters = out.upper = out.digits = out.currency = 0;
  out.copyright = out.pipe = out.at_sign = out.arrow = out.any_high = false;
  out.digit[0] = out.digit[1] = 0;
  out.scanned = std::min(size, most_scanned);
}
void clear_masks(TextScan& out) {
  const std::size_t n = out.scanned / 64 + 1;
  std::fill_n(out.words, n, std::uint64_t{0});
  std::fill_n(out.high, n, std::uint64_t{0});
  std::fill_n(out.untied, n, std::uint64_t{0});
}

// From what ends phrases (hard) to the words behind it: of a run of bytes that are no words, with something hard among them, the
// sum of both carries into the first bit behind the run, and no further. carry: into the next 64 bytes.
std::uint64_t words_behind(std::uint64_t hard, std::uint64_t words, std::uint64_t& carry) {
  const std::uint64_t gaps = ~words, some = gaps + carry, all = some + hard;
  carry = static_cast<std::uint64_t>(some < gaps) | static_cast<std::uint64_t>(all < hard);
  return all & words;
}
// The same for all that was scanned.
void part_phrases(TextScan& out) {
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i * 64 < out.scanned; ++i) out.untied[i] = words_behind(out.untied[i], out.words[i], carry);
}

#ifdef OFFPRINT_SSE2
// Whether a byte lies within [first, first + count): compared with its sign turned, as SSE2 can.
inline __m128i within(__m128i v, char first, int count) {
  return _mm_cmplt_epi8(_mm_add_epi8(v, _mm_set1_epi8(static_cast<char>(-128 - first))), _mm_set1_epi8(static_cast<char>(-128 + count)));
}

// Counters of 16 lanes, which hold 255 each.
struct Lanes {
  __m128i letters = _mm_setzero_si128(), upper = letters, digits = letters, commas = letters;
};
std::uint32_t sum_of(__m128i lanes) {
  const __m128i s = _mm_sad_epu8(lanes, _mm_setzero_si128());
  return static_cast<std::uint32_t>(_mm_cvtsi128_si32(s) + _mm_cvtsi128_si32(_mm_srli_si128(s, 8)));
}

// 16 bytes that stand at `at` in a text of n: zeros tell nothing.
inline void look_at(__m128i v, const unsigned char* p, std::size_t at, std::size_t n, Lanes& lanes, TextScan& out) {
  const __m128i upper = within(v, 'A', 26), low = _mm_or_si128(v, _mm_and_si128(upper, _mm_set1_epi8(0x20)));
  const __m128i letter = within(low, 'a', 26), digit = within(v, '0', 10);
  const __m128i comma = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(',')), _mm_cmpeq_epi8(v, _mm_set1_epi8(';')));
  lanes.letters = _mm_sub_epi8(lanes.letters, letter);
  lanes.upper = _mm_sub_epi8(lanes.upper, upper);
  lanes.digits = _mm_sub_epi8(lanes.digits, digit);
  lanes.commas = _mm_sub_epi8(lanes.commas, comma);
  const auto is = [&](char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); };
  const __m128i closer = _mm_or_si128(_mm_or_si128(_mm_or_si128(is('.'), is('!')), _mm_or_si128(is('$'), is('|'))),
                                      within(v, '>', 3));  // > ? @
  const auto high = static_cast<std::uint32_t>(_mm_movemask_epi8(v));
  if (at < 128) out.digit[at / 64] |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(digit))) << (at % 64);
  for (std::uint32_t left = static_cast<std::uint32_t>(_mm_movemask_epi8(closer)) | high; left != 0; left &= left - 1)
    look_closer(p, at + static_cast<std::size_t>(std::countr_zero(left)), n, out);
  if (at >= out.scanned) return;
  out.high[at / 64] |= static_cast<std::uint64_t>(high) << (at % 64);
  out.any_high |= high != 0;
  const std::uint64_t word = high | static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(letter, digit)));
  out.words[at / 64] |= word << (at % 64);
  const __m128i soft = _mm_or_si128(_mm_or_si128(_mm_or_si128(within(v, '\t', 2), within(v, '\f', 2)), _mm_or_si128(is(' '), within(v, '&', 2))),
                                    _mm_or_si128(_mm_or_si128(is('+'), is('-')), _mm_or_si128(is('/'), is('`'))));
  const std::uint64_t mild = word | static_cast<std::uint32_t>(_mm_movemask_epi8(soft));
  const std::uint64_t inside = n - at >= 16 ? 0xFFFFu : (1u << (n - at)) - 1;
  out.untied[at / 64] |= (~mild & inside) << (at % 64);
  _mm_store_si128(reinterpret_cast<__m128i*>(out.low + at), low);
}
#endif

#ifdef OFFPRINT_HAS_AVX2
// What each character of ASCII is.
enum Kind : std::uint8_t { is_capital = 1, is_letter = 2, a_digit = 4, is_comma = 8, is_mild = 16, asks_closer = 32 };
struct Kinds {
  alignas(64) std::array<std::uint8_t, 128> of{};
};
constexpr Kinds kinds = [] {
  Kinds k;
  for (unsigned c = 0; c < 128; ++c) {
    const bool capital = c >= 'A' && c <= 'Z', letter = capital || (c >= 'a' && c <= 'z'), digit = c >= '0' && c <= '9';
    const bool closer = c == '.' || c == '!' || c == '$' || c == '|' || (c >= '>' && c <= '@');
    k.of[c] = static_cast<std::uint8_t>((capital ? is_capital : 0) | (letter ? is_letter : 0) | (digit ? a_digit : 0) |
                                        (c == ',' || c == ';' ? is_comma : 0) | (closer ? asks_closer : 0) |
                                        (letter || digit || is_soft(static_cast<unsigned char>(c)) ? is_mild : 0));
  }
  return k;
}();

OFFPRINT_AVX512 void scan_text_512(std::string_view text, TextScan& out) {
  begin_scan(text.size(), out);
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t n = text.size();
  const __m512i first = _mm512_load_si512(kinds.of.data()), second = _mm512_load_si512(kinds.of.data() + 64);
  std::uint64_t carry = 0;
  for (std::size_t at = 0; at < n; at += 64) {
    const std::uint64_t inside = first_bits(n - at);
    const __m512i v = _mm512_maskz_loadu_epi8(inside, p + at);
    const std::uint64_t high = _mm512_movepi8_mask(v);
    const __m512i kind = _mm512_maskz_mov_epi8(~high, _mm512_permutex2var_epi8(first, v, second));
    const auto are = [kind](Kind k) OFFPRINT_AVX512 __attribute__((always_inline)) {
      return static_cast<std::uint64_t>(_mm512_test_epi8_mask(kind, _mm512_set1_epi8(static_cast<char>(k))));
    };
    const std::uint64_t upper = are(is_capital), letter = are(is_letter), digit = are(a_digit);
    out.upper += static_cast<std::uint32_t>(std::popcount(upper));
    out.letters += static_cast<std::uint32_t>(std::popcount(letter));
    out.digits += static_cast<std::uint32_t>(std::popcount(digit));
    out.commas += static_cast<std::uint32_t>(std::popcount(are(is_comma)));
    if (at < 128) out.digit[at / 64] = digit;
    for (std::uint64_t left = are(asks_closer) | high; left != 0; left &= left - 1)
      look_closer(p, at + static_cast<std::size_t>(std::countr_zero(left)), n, out);
    if (at >= out.scanned) continue;
    const std::uint64_t word = letter | digit | high;
    out.words[at / 64] = word;
    out.high[at / 64] = high;
    out.any_high |= high != 0;
    out.untied[at / 64] = words_behind(~(are(is_mild) | high) & inside, word, carry);
    _mm512_store_si512(out.low + at, _mm512_mask_add_epi8(v, upper, v, _mm512_set1_epi8(32)));
  }
  if (out.scanned % 64 == 0) out.words[out.scanned / 64] = 0;
}

OFFPRINT_AVX512 void scan_name_512(std::string_view name, NameScan& out) {
  const std::size_t n = out.size = std::min(name.size(), longest_name);
  for (std::size_t at = 0; at <= n; at += 64) {
    const std::uint64_t inside = first_bits(n - at);
    const __m512i v = _mm512_maskz_loadu_epi8(inside, name.data() + at), low = _mm512_or_si512(v, _mm512_set1_epi8(32));
    const std::uint64_t high = _mm512_movepi8_mask(v);
    const std::uint64_t letter = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(low, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
    const std::uint64_t small = letter & _mm512_test_epi8_mask(v, _mm512_set1_epi8(32)), capital = letter ^ small;
    out.upper[at / 64] = capital;
    out.lower[at / 64] = small | high;
    out.high[at / 64] = high;
    out.blank[at / 64] = _mm512_cmple_epu8_mask(v, _mm512_set1_epi8(' '));
    _mm512_store_si512(out.low + at, _mm512_mask_add_epi8(v, capital, v, _mm512_set1_epi8(32)));
  }
}
#endif

}  // namespace

void scan_text_portable(std::string_view text, TextScan& out) {
  begin_scan(text.size(), out);
  clear_masks(out);
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char c = p[i];
    const bool upper = c >= 'A' && c <= 'Z', letter = upper || (c >= 'a' && c <= 'z'), digit = c >= '0' && c <= '9';
    out.upper += upper;
    out.letters += letter;
    out.digits += digit;
    out.commas += c == ',' || c == ';';
    if (i < 128) out.digit[i / 64] |= static_cast<std::uint64_t>(digit) << (i % 64);
    if (!letter && !digit) look_closer(p, i, text.size(), out);
    if (i >= out.scanned) continue;
    const bool high = c >= 0x80;
    out.high[i / 64] |= static_cast<std::uint64_t>(high) << (i % 64);
    out.any_high |= high;
    out.words[i / 64] |= static_cast<std::uint64_t>(letter || digit || high) << (i % 64);
    out.untied[i / 64] |= static_cast<std::uint64_t>(!letter && !digit && !high && !is_soft(c)) << (i % 64);
    out.low[i] = static_cast<char>(upper ? c + 32 : c);
  }
  part_phrases(out);
}

void scan_text(std::string_view text, TextScan& out) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx512()) return scan_text_512(text, out);
#endif
#ifdef OFFPRINT_SSE2
  begin_scan(text.size(), out);
  clear_masks(out);
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t n = text.size();
  std::size_t at = 0;
  while (at < n) {
    Lanes lanes;
    for (int k = 0; k < 255 && at < n; ++k, at += 16) {
      const __m128i v = load_left(text.data() + at, n - at);
      look_at(v, p, at, n, lanes, out);
    }
    out.letters += sum_of(lanes.letters);
    out.upper += sum_of(lanes.upper);
    out.digits += sum_of(lanes.digits);
    out.commas += sum_of(lanes.commas);
  }
  part_phrases(out);
#else
  scan_text_portable(text, out);
#endif
}

void scan_name_portable(std::string_view name, NameScan& out) {
  const std::size_t n = out.size = std::min(name.size(), longest_name);
  for (std::size_t base = 0; base <= n; base += 64) {
    std::uint64_t upper = 0, lower = 0, high = 0, blank = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      const auto c = base + i < n ? static_cast<unsigned char>(name[base + i]) : static_cast<unsigned char>(0);
      const bool capital = c >= 'A' && c <= 'Z', small = (c >= 'a' && c <= 'z') || c >= 0x80;
      upper |= static_cast<std::uint64_t>(capital) << i;
      lower |= static_cast<std::uint64_t>(small) << i;
      high |= static_cast<std::uint64_t>(c >= 0x80) << i;
      blank |= static_cast<std::uint64_t>(c <= ' ') << i;
      if (base + i < n) out.low[base + i] = static_cast<char>(capital ? c + 32 : c);
    }
    out.upper[base / 64] = upper;
    out.lower[base / 64] = lower;
    out.high[base / 64] = high;
    out.blank[base / 64] = blank;
  }
}

void scan_name(std::string_view name, NameScan& out) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx512()) return scan_name_512(name, out);
#endif
#ifdef OFFPRINT_SSE2
  const std::size_t n = out.size = std::min(name.size(), longest_name);
  std::size_t at = 0;
  for (std::size_t word = 0; word * 64 <= n; ++word) {
    std::uint64_t upper = 0, lower = 0, beyond = 0, dark = 0;  // dark: not blank
    for (unsigned k = 0; k < 64 && at < n; k += 16, at += 16) {
      const __m128i v = load_left(name.data() + at, n - at);
      const __m128i capital = within(v, 'A', 26), low = _mm_or_si128(v, _mm_and_si128(capital, _mm_set1_epi8(0x20)));
      const auto bits = [k](__m128i mask) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(mask))) << k; };
      const std::uint64_t high = bits(v);
      upper |= bits(capital);
      lower |= bits(within(v, 'a', 26)) | high;
      beyond |= high;
      dark |= bits(_mm_cmpgt_epi8(v, _mm_set1_epi8(' '))) | high;
      _mm_store_si128(reinterpret_cast<__m128i*>(out.low + at), low);
    }
    out.upper[word] = upper;
    out.lower[word] = lower;
    out.high[word] = beyond;
    out.blank[word] = ~dark;
  }
#else
  scan_name_portable(name, out);
#endif
}

}  // namespace offprint
