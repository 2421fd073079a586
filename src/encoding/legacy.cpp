#include "encoding/legacy.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "encoding/utf8.h"

namespace offprint {
namespace {

using Byte = unsigned char;
constexpr std::uint32_t replacement = 0xFFFD;

// Input and output of one decoder. The output has room for three bytes for each byte of input that is no
// ASCII (stateful encodings and UTF-16: for each byte at all), more than any sequence or error needs.
struct Work {
  const Byte* p;
  const Byte* end;
  char* out;
  std::size_t errors = 0;

  void put(std::uint32_t c) { out = put_utf8(out, c); }
  void error() {
    put(replacement);
    ++errors;
  }
  void copy_ascii() {
    const char* from = reinterpret_cast<const char*>(p);
    const char* to = ascii_end(from, reinterpret_cast<const char*>(end));
    std::memcpy(out, from, static_cast<std::size_t>(to - from));
    out += to - from;
    p += to - from;
  }
  // What a two-byte sequence whose second byte has been read comes to: a code point, or 0 for an error. An
  // ASCII byte that completes nothing stands for itself.
  void finish(std::uint32_t c, Byte second) {
    if (c != 0) return put(c);
    error();
    if (second < 0x80) --p;
  }
};

std::uint32_t at(const std::uint16_t* index, std::size_t size, std::size_t pointer) {
  return pointer < size ? index[pointer] : 0;
}

bool within(Byte b, Byte low, Byte high) {
  return b >= low && b <= high;
}

// https://encoding.spec.whatwg.org/#single-byte-decoder
// Sixteen bytes at a time: copied where they are ASCII, else each through a table of its UTF-8, without a
// branch. Four bytes are stored for each, of which the next takes back what is too much: `slack` bytes follow
// the room for text.
constexpr std::size_t slack = 4;

void single_byte(Work& w, const std::uint16_t* index) {
  struct Unit {
    char bytes[4];
  };
  Unit units[256];
  std::uint8_t sizes[256];
  bool wrong[256] = {};
  for (unsigned i = 0; i < 256; ++i) {
    const std::uint32_t c = i < 0x80 ? i : index[i - 0x80];
    wrong[i] = i >= 0x80 && c == 0;
    sizes[i] =
        static_cast<std::uint8_t>(put_utf8(units[i].bytes, wrong[i] ? replacement : c) - units[i].bytes);
  }
  while (w.p != w.end) {
    const char* const from = reinterpret_cast<const char*>(w.p);
    const std::size_t n = std::min<std::size_t>(16, static_cast<std::size_t>(w.end - w.p));
    if (ascii_end(from, from + n) == from + n) {
      w.copy_ascii();
      continue;
    }
    for (const Byte* const stop = w.p + n; w.p != stop; ++w.p) {
      std::memcpy(w.out, units[*w.p].bytes, 4);
      w.out += sizes[*w.p];
      w.errors += wrong[*w.p];
    }
  }
}

std::uint32_t gb18030_ranges_code_point(std::uint32_t pointer) {
  if ((pointer > 39419 && pointer < 189000) || pointer > 1237575) return 0;
  if (pointer >= 189000) return 0x10000 + pointer - 189000;
  const Gb18030Range* range =
      std::upper_bound(gb18030_ranges, gb18030_ranges + gb18030_range_count, pointer,
                       [](std::uint32_t a, const Gb18030Range& b) { return a < b.pointer; }) -
      1;
  return range->code_point == 0 ? 0 : range->code_point + pointer - range->pointer;
}

// https://encoding.spec.whatwg.org/#gb18030-decoder, which is that of GBK, too
void gb18030(Work& w) {
  while (w.p != w.end) {
    const Byte first = *w.p;
    if (first < 0x80) {
      w.copy_ascii();
      continue;
    }
    ++w.p;
    if (first == 0x80) {
      w.put(0x20AC);
      continue;
    }
    if (first == 0xFF || w.p == w.end) {
      w.error();
      continue;
    }
    const Byte second = *w.p++;
    if (!within(second, 0x30, 0x39)) {
      std::uint32_t c = 0;
      if (within(second, 0x40, 0x7E) || within(second, 0x80, 0xFE))
        c = at(gb18030_index, gb18030_size, (first - 0x81u) * 190 + second - (second < 0x7F ? 0x40u : 0x41u));
      w.finish(c, second);
      continue;
    }
    // An unfinished sequence of four at the end is one error; a wrong third or fourth byte gives back all but
    // the first.
    if (w.p == w.end) {
      w.error();
      continue;
    }
    if (!within(*w.p, 0x81, 0xFE)) {
      w.error();
      w.p -= 1;
      continue;
    }
    if (w.end - w.p < 2) {
      w.error();
      w.p = w.end;
      continue;
    }
    const Byte third = w.p[0], fourth = w.p[1];
    if (!within(fourth, 0x30, 0x39)) {
      w.error();
      w.p -= 1;
      continue;
    }
    w.p += 2;
    const std::uint32_t c = gb18030_ranges_code_point(((first - 0x81u) * 10 + second - 0x30u) * 1260 +
                                                      (third - 0x81u) * 10 + fourth - 0x30u);
    if (c != 0)
      w.put(c);
    else
      w.error();
  }
}

// https://encoding.spec.whatwg.org/#big5-decoder
void big5(Work& w) {
  while (w.p != w.end) {
    const Byte lead = *w.p;
    if (lead < 0x80) {
      w.copy_ascii();
      continue;
    }
    ++w.p;
    if (!within(lead, 0x81, 0xFE) || w.p == w.end) {
      w.error();
      continue;
    }
    const Byte second = *w.p++;
    std::uint32_t c = 0;
    if (within(second, 0x40, 0x7E) || within(second, 0xA1, 0xFE)) {
      const std::size_t pointer = (lead - 0x81u) * 157 + second - (second < 0x7F ? 0x40u : 0x62u);
      // The four pairs of a letter and a combining mark.
      if (pointer == 1133 || pointer == 1135 || pointer == 1164 || pointer == 1166) {
        w.put(pointer < 1150 ? 0xCA : 0xEA);
        w.put(pointer == 1133 || pointer == 1164 ? 0x304 : 0x30C);
        continue;
      }
      c = at(big5_index, big5_size, pointer);
      if (pointer < big5_size && (big5_plane_2[pointer / 32] >> pointer % 32 & 1) != 0) c |= 0x20000;
    }
    w.finish(c, second);
  }
}

// https://encoding.spec.whatwg.org/#euc-jp-decoder
void euc_jp(Work& w) {
  while (w.p != w.end) {
    const Byte lead = *w.p;
    if (lead < 0x80) {
      w.copy_ascii();
      continue;
    }
    ++w.p;
    if ((lead != 0x8E && lead != 0x8F && !within(lead, 0xA1, 0xFE)) || w.p == w.end) {
      w.error();
      continue;
    }
    const Byte second = *w.p++;
    if (lead == 0x8E && within(second, 0xA1, 0xDF)) {
      w.put(0xFF61 - 0xA1 + second);
    } else if (lead == 0x8F && within(second, 0xA1, 0xFE)) {
      if (w.p == w.end) {
        w.error();
        continue;
      }
      const Byte third = *w.p++;
      std::uint32_t c = 0;
      if (within(third, 0xA1, 0xFE))
        c = at(jis0212_index, jis0212_size, (second - 0xA1u) * 94 + third - 0xA1u);
      w.finish(c, third);
    } else {
      std::uint32_t c = 0;
      if (within(lead, 0xA1, 0xFE) && within(second, 0xA1, 0xFE))
        c = at(jis0208_index, jis0208_size, (lead - 0xA1u) * 94 + second - 0xA1u);
      w.finish(c, second);
    }
  }
}

// https://encoding.spec.whatwg.org/#shift_jis-decoder
void shift_jis(Work& w) {
  while (w.p != w.end) {
    const Byte lead = *w.p;
    if (lead < 0x80) {
      w.copy_ascii();
      continue;
    }
    ++w.p;
    if (lead == 0x80) {
      w.put(0x80);
      continue;
    }
    if (within(lead, 0xA1, 0xDF)) {
      w.put(0xFF61 - 0xA1 + lead);
      continue;
    }
    if ((!within(lead, 0x81, 0x9F) && !within(lead, 0xE0, 0xFC)) || w.p == w.end) {
      w.error();
      continue;
    }
    const Byte second = *w.p++;
    std::uint32_t c = 0;
    if (within(second, 0x40, 0x7E) || within(second, 0x80, 0xFC)) {
      const std::size_t pointer =
          (lead - (lead < 0xA0 ? 0x81u : 0xC1u)) * 188 + second - (second < 0x7F ? 0x40u : 0x41u);
      c = pointer >= 8836 && pointer <= 10715 ? static_cast<std::uint32_t>(0xE000 - 8836 + pointer)
                                              : at(jis0208_index, jis0208_size, pointer);
    }
    w.finish(c, second);
  }
}

// https://encoding.spec.whatwg.org/#euc-kr-decoder
void euc_kr(Work& w) {
  while (w.p != w.end) {
    const Byte lead = *w.p;
    if (lead < 0x80) {
      w.copy_ascii();
      continue;
    }
    ++w.p;
    if (!within(lead, 0x81, 0xFE) || w.p == w.end) {
      w.error();
      continue;
    }
    const Byte second = *w.p++;
    std::uint32_t c = 0;
    if (within(second, 0x41, 0xFE)) c = at(euc_kr_index, euc_kr_size, (lead - 0x81u) * 190 + second - 0x41u);
    w.finish(c, second);
  }
}

// https://encoding.spec.whatwg.org/#iso-2022-jp-decoder
void iso_2022_jp(Work& w) {
  enum class State : std::uint8_t { ascii, roman, katakana, lead };
  State state = State::ascii;
  bool output = false;
  while (w.p != w.end) {
    const Byte b = *w.p++;
    if (b == 0x1B) {
      // Escape start and escape state: two more bytes name the state; else they are read as what they are.
      if (w.end - w.p >= 2) {
        const Byte x = w.p[0], y = w.p[1];
        bool known = true;
        if (x == '(' && y == 'B')
          state = State::ascii;
        else if (x == '(' && y == 'J')
          state = State::roman;
        else if (x == '(' && y == 'I')
          state = State::katakana;
        else if (x == '$' && (y == '@' || y == 'B'))
          state = State::lead;
        else
          known = false;
        if (known) {
          w.p += 2;
          // Two escapes in a row could hide markup from filters: the standard makes it an error.
          if (output) w.error();
          output = true;
          continue;
        }
      }
      output = false;
      w.error();
      continue;
    }
    switch (state) {
      case State::ascii:
      case State::roman:
        output = false;
        if (b >= 0x80 || b == 0x0E || b == 0x0F)
          w.error();
        else if (state == State::roman && b == '\\')
          w.put(0xA5);
        else if (state == State::roman && b == '~')
          w.put(0x203E);
        else
          w.put(b);
        break;
      case State::katakana:
        output = false;
        if (within(b, 0x21, 0x5F))
          w.put(0xFF61 - 0x21 + b);
        else
          w.error();
        break;
      case State::lead: {
        output = false;
        if (!within(b, 0x21, 0x7E)) {
          w.error();
          break;
        }
        if (w.p == w.end || *w.p == 0x1B) {  // trail byte state: an escape or the end is one error
          w.error();
          break;
        }
        const Byte trail = *w.p++;
        const std::uint32_t c =
            within(trail, 0x21, 0x7E) ? at(jis0208_index, jis0208_size, (b - 0x21u) * 94 + trail - 0x21u) : 0;
        if (c != 0)
          w.put(c);
        else
          w.error();
        break;
      }
    }
  }
}

// https://encoding.spec.whatwg.org/#shared-utf-16-decoder
void utf_16(Work& w, bool big_endian) {
  const auto unit = [&](const Byte* p) -> std::uint32_t {
    return big_endian ? static_cast<std::uint32_t>(p[0] << 8 | p[1])
                      : static_cast<std::uint32_t>(p[1] << 8 | p[0]);
  };
  while (w.end - w.p >= 2) {
    const std::uint32_t c = unit(w.p);
    w.p += 2;
    if ((c & 0xF800) != 0xD800) {
      w.put(c);
    } else if (c < 0xDC00 && w.end - w.p >= 2 && (unit(w.p) & 0xFC00) == 0xDC00) {
      w.put(0x10000 + ((c - 0xD800) << 10) + (unit(w.p) - 0xDC00));
      w.p += 2;
    } else if (c < 0xDC00 && w.end - w.p == 1) {
      w.p = w.end;  // a lead surrogate and an odd byte at the end are one error
      w.error();
    } else {
      w.error();
    }
  }
  if (w.p != w.end) w.error();
  w.p = w.end;
}

// https://encoding.spec.whatwg.org/#x-user-defined-decoder
void x_user_defined(Work& w) {
  while (w.p != w.end) {
    const Byte b = *w.p;
    if (b < 0x80) {
      w.copy_ascii();
      continue;
    }
    w.put(0xF780 + b - 0x80u);
    ++w.p;
  }
}

}  // namespace

LegacyText decode_legacy(std::string_view bytes, Encoding encoding, Arena& arena) {
  if (bytes.empty()) return {};
  std::size_t room = bytes.size();
  if (encoding == Encoding::utf_16be || encoding == Encoding::utf_16le || encoding == Encoding::iso_2022_jp) {
    room *= 3;
  } else if (encoding == Encoding::replacement) {
    room = 3;
  } else {
    for (const char c : bytes) room += static_cast<Byte>(c) >> 7 << 1;
  }
  room += slack;
  char* const text = static_cast<char*>(arena.allocate(room, 1));
  const Byte* const from = reinterpret_cast<const Byte*>(bytes.data());
  Work w{from, from + bytes.size(), text};
  switch (encoding) {
    case Encoding::gbk:
    case Encoding::gb18030:
      gb18030(w);
      break;
    case Encoding::big5:
      big5(w);
      break;
    case Encoding::euc_jp:
      euc_jp(w);
      break;
    case Encoding::iso_2022_jp:
      iso_2022_jp(w);
      break;
    case Encoding::shift_jis:
      shift_jis(w);
      break;
    case Encoding::euc_kr:
      euc_kr(w);
      break;
    case Encoding::utf_16be:
      utf_16(w, true);
      break;
    case Encoding::utf_16le:
      utf_16(w, false);
      break;
    case Encoding::x_user_defined:
      x_user_defined(w);
      break;
    case Encoding::replacement:
      w.error();
      break;  // https://encoding.spec.whatwg.org/#replacement-decoder
    default:
      if (const std::uint16_t* index = single_byte_index(encoding)) single_byte(w, index);
      break;
  }
  arena.shrink(text + room, w.out);
  return {{text, static_cast<std::size_t>(w.out - text)}, w.errors};
}

}  // namespace offprint
