#include <algorithm>
#include <array>

#include "base/cpu.h"
#include "base/short_load.h"
#include "document/date_parts.h"
#include "document/words.h"

namespace offprint {
namespace {

int digit_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 0x660 && c <= 0x669) return static_cast<int>(c - 0x660);
  if (c >= 0x6F0 && c <= 0x6F9) return static_cast<int>(c - 0x6F0);
  if (c >= 0xFF10 && c <= 0xFF19) return static_cast<int>(c - 0xFF10);
  return -1;
}

}  // namespace

bool may_hold_date(std::string_view text) {
#ifdef OFFPRINT_SSE2
  // Sixteen bytes at a time, and the sixteen before them: a number of six digits may begin there.
  std::uint32_t before = 0;
  bool one = false;
  for (std::size_t at = 0; at < text.size(); at += 16) {
    const std::size_t left = text.size() - at;
    const __m128i v = load_left(text.data() + at, left);
    if (_mm_movemask_epi8(v) != 0) {  // Arabic (D9 to DB) and full-width digits (EF)
      const __m128i arabic = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('\xD8')), _mm_cmplt_epi8(v, _mm_set1_epi8('\xDC')));
      if (_mm_movemask_epi8(_mm_or_si128(arabic, _mm_cmpeq_epi8(v, _mm_set1_epi8('\xEF')))) != 0) return true;
    }
    const __m128i digits = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
    const auto here = static_cast<std::uint32_t>(_mm_movemask_epi8(digits));
    if (here != 0) {
      const std::uint32_t both = before | here << 16;
      const std::uint32_t begins = here & ~(both >> 15);
      if ((begins & (begins - 1)) != 0 || (begins != 0 && one)) return true;
      one |= begins != 0;
      std::uint32_t run = both & both >> 1;
      run &= run >> 2;
      if ((run & run >> 2) != 0) return true;
    }
    before = here;
  }
  return false;
#else
  int numbers = 0;
  std::size_t length = 0;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    length = is_digit(c) ? length + 1 : 0;
    numbers += length == 1;
    if (numbers >= 2 || length == 6 || (byte >= 0xD9 && byte <= 0xDB) || byte == 0xEF) return true;
  }
  return false;
#endif
}

std::size_t cut_pieces(std::string_view text, std::array<Piece, max_pieces>& out) {
  std::size_t n = 0, length = 0, i = 0;
  bool space = false;
  while (i < text.size() && n < max_pieces) {
    char32_t c = code_point(text, i, length);
    Piece& p = out[n];
    if (digit_value(c) >= 0) {
      p.start(PieceKind::number, space, i);
      int value = 0, count = 0;
      while (i < text.size() && digit_value(c = code_point(text, i, length)) >= 0) {
        if (count < 9) value = value * 10 + digit_value(c);
        ++count;
        i += length;
      }
      p.value = value;
      p.digits = static_cast<std::uint8_t>(std::min(count, 200));
      p.end = static_cast<std::uint32_t>(i);
      space = false;
      ++n;
      continue;
    }
    if (is_word(c)) {
      p.start(PieceKind::word, space, i);
      if (is_cjk(c) || is_hangul(c)) {  // a piece each
        p.folded_size =
            static_cast<std::uint8_t>(fold_into(text.substr(i, length), p.folded, sizeof p.folded).size());
        i += length;
      } else {
        const std::size_t begin = i;
        while (i < text.size()) {
          c = code_point(text, i, length);
          if (!is_word(c) || digit_value(c) >= 0 || is_cjk(c)) break;
          i += length;
        }
        if (i - begin <= 40)
          p.folded_size = static_cast<std::uint8_t>(
              fold_into(text.substr(begin, i - begin), p.folded, sizeof p.folded).size());
      }
      p.end = static_cast<std::uint32_t>(i);
      space = false;
      ++n;
      continue;
    }
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x3000 ||
        (c >= 0x2000 && c <= 0x200F)) {
      space = true;
    } else {
      char sign = c < 0x80 ? static_cast<char>(c) : '?';
      if (c >= 0x2010 && c <= 0x2015) sign = '-';
      if (c == 0x2019) sign = '\'';
      if (c == 0x60C || c == 0xFF0C || c == 0x3001) sign = ',';
      if (c == 0xFF1A) sign = ':';
      if (c == 0xFF0F) sign = '/';
      if (c == 0xFF0E || c == 0x3002) sign = '.';
      if (c == 0xBA || c == 0xB0) sign = 'o';  // 1º
      p.start(PieceKind::sign, space, i);
      p.sign = sign;
      p.end = static_cast<std::uint32_t>(i + length);
      space = false;
      ++n;
    }
    i += length;
  }
  for (std::size_t k = 0; k < n; ++k)
    if (out[k].kind == PieceKind::word) {
      // Names of months matter only beside numbers.
      bool near = false;
      for (std::size_t d = 1; d <= 3 && !near; ++d)
        near = (k >= d && out[k - d].kind == PieceKind::number) || (k + d < n && out[k + d].kind == PieceKind::number);
      if (near) out[k].month = static_cast<std::int8_t>(month_of(out[k].text()));
    }
  return n;
}

}  // namespace offprint
