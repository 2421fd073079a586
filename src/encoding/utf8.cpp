#include "encoding/utf8.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/cpu.h"

namespace offprint {

const char* ascii_end(const char* p, const char* end) {
#if defined(OFFPRINT_SSE2)
  for (; end - p >= 16; p += 16) {
    const int high = _mm_movemask_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
    if (high != 0) return p + std::countr_zero(static_cast<unsigned>(high));
  }
#else
  for (std::uint64_t word; end - p >= 8; p += 8) {
    std::memcpy(&word, p, 8);
    if ((word & 0x8080808080808080u) != 0) break;
  }
#endif
  while (p != end && static_cast<unsigned char>(*p) < 0x80) ++p;
  return p;
}

namespace {

// The sequence at p, which is no ASCII: its size if well-formed, else minus the size of its maximal subpart.
// The bounds of the second byte are those of https://encoding.spec.whatwg.org/#utf-8-decoder.
inline int sequence(const char* p, const char* end) {
  const auto byte = [&](int i) { return static_cast<unsigned char>(p[i]); };
  const auto lead = byte(0);
  int more;
  unsigned low = 0x80, high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    more = 1;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    more = 2;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    more = 3;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return -1;
  }
  const auto left = end - p;
  for (int i = 1; i <= more; ++i) {
    if (i >= left || byte(i) < low || byte(i) > high) return -i;
    low = 0x80;
    high = 0xBF;
  }
  return more + 1;
}

}  // namespace

IllFormed next_ill_formed(const char* p, const char* end) {
  while (true) {
    p = ascii_end(p, end);
    if (p == end) return {end, 0};
    do {
      const int size = sequence(p, end);
      if (size < 0) return {p, static_cast<std::uint32_t>(-size)};
      p += size;
    } while (p != end && static_cast<unsigned char>(*p) >= 0x80);
  }
}

bool is_utf8(std::string_view bytes) {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

std::size_t unfinished_utf8(std::string_view bytes) {
  const char* end = bytes.data() + bytes.size();
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
    const auto byte = static_cast<unsigned char>(end[-static_cast<std::ptrdiff_t>(back)]);
    if (byte < 0x80) return 0;
    if (byte < 0xC0) continue;
    // A lead byte: its sequence is unfinished if all that is here is one subpart that wants more.
    const char* p = end - back;
    if (sequence(p, end) != -static_cast<int>(back)) return 0;
    const std::size_t wanted = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    return byte >= 0xC2 && byte <= 0xF4 && back < wanted ? back : 0;
  }
  return 0;
}

void take_utf8(std::string_view bytes, std::uint32_t skipped, bool sound, Arena& arena, DecodedText& to) {
  to.utf8 = bytes;
  to.repaired = !sound && !is_utf8(bytes);
  if (!to.repaired) {
    if (skipped != 0) {
      to.shifts = arena.make<OffsetShift>(1);
      const_cast<OffsetShift&>(to.shifts[0]) = {0, skipped};
    }
    return;
  }
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  const char* const begin = bytes.data();
  const char* const end = begin + bytes.size();
  std::size_t errors = 0, size = bytes.size();
  for (IllFormed ill = next_ill_formed(begin, end); ill.size != 0;
       ill = next_ill_formed(ill.at + ill.size, end)) {
    ++errors;
    size += replacement.size() - ill.size;
  }
  // Bytes that are no UTF-8 at all would cost a shift each, sixteen bytes for one. Past a million of them
  // only every n-th is kept, and spans between them are off by as little as that.
  constexpr std::size_t most_shifts = 1u << 20;
  const std::size_t every = errors / most_shifts + 1;
  const std::span<OffsetShift> shifts = arena.make<OffsetShift>(errors / every + 2);
  std::size_t n = 0;
  if (skipped != 0) shifts[n++] = {0, skipped};
  char* const text = static_cast<char*>(arena.allocate(size, 1));
  char* out = text;
  const char* p = begin;
  std::int64_t shift = skipped;
  std::int64_t kept = skipped;
  std::size_t seen = 0;
  while (true) {
    const IllFormed ill = next_ill_formed(p, end);
    std::memcpy(out, p, static_cast<std::size_t>(ill.at - p));
    out += ill.at - p;
    if (ill.size == 0) break;
    std::memcpy(out, replacement.data(), replacement.size());
    out += replacement.size();
    p = ill.at + ill.size;
    shift += static_cast<std::int64_t>(ill.size) - static_cast<std::int64_t>(replacement.size());
    if (++seen % every == 0 && shift != kept) {
      shifts[n++] = {static_cast<std::uint32_t>(out - text), shift};
      kept = shift;
    }
  }
  if (shift != kept) shifts[n++] = {static_cast<std::uint32_t>(size), shift};  // no offset lies outside
  to.utf8 = {text, size};
  to.shifts = shifts.first(n);
}

}  // namespace offprint
