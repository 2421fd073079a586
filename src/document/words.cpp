#include "document/words.h"

#include <algorithm>
#include <cstring>

namespace offprint {
namespace {

// Base letters of U+00C0…U+017F, lower case; '*' marks letters that fold to themselves in lower case by rule.
constexpr char latin[] =
    "aaaaaa*ceeeeiiii"   // C0
    "*nooooo*ouuuuy**"   // D0
    "aaaaaa*ceeeeiiii"   // E0
    "*nooooo*ouuuuy*y"   // F0
    "aaaaaaccccccccdd"   // 100
    "ddeeeeeeeeeegggg"   // 110
    "gggghhhhiiiiiiii"   // 120
    "ii**jjkk*lllllll"   // 130
    "lllnnnnnn***oooo"   // 140
    "oo**rrrrrrssssss"   // 150
    "ssttttttuuuuuuuu"   // 160
    "uuuuwwyyyzzzzzz*";  // 170

int put(char32_t c, char* out) {
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = static_cast<char>(0xC0 | c >> 6);
    out[1] = static_cast<char>(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xE0 | c >> 12);
    out[1] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out[2] = static_cast<char>(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | c >> 18);
  out[1] = static_cast<char>(0x80 | (c >> 12 & 0x3F));
  out[2] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
  out[3] = static_cast<char>(0x80 | (c & 0x3F));
  return 4;
}

constexpr bool is_blank(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}
constexpr bool is_nothing(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF ||
         (c >= 0x202A && c <= 0x202E) || (c < 0x20 && !is_blank(c)) || c == 0x7F;
}

// What folded_words() makes of a byte of ASCII: its letter in lower case, 0 for what parts words, `nothing` for what goes.
constexpr char nothing = 1;
constexpr auto ascii_words = [] {
  std::array<char, 128> t{};
  for (char32_t c = 0; c < 0x80; ++c) {
    const char byte = static_cast<char>(c);
    t[c] = c == '\'' || is_nothing(c) ? nothing : is_alnum(byte) ? to_lower(byte) : '\0';
  }
  return t;
}();

int common_words(const Bag& a, const Bag& b) {
  int common = 0;
  for (int i = 0, j = 0; i < a.count && j < b.count;) {
    const std::uint32_t x = a.words[static_cast<std::size_t>(i)], y = b.words[static_cast<std::size_t>(j)];
    common += x == y;
    i += x <= y;
    j += y <= x;
  }
  return common;
}

}  // namespace

char32_t fold(char32_t c) {
  if (c < 0x80) return static_cast<char32_t>(to_lower(static_cast<char>(c)));
  if (c < 0xC0) return c;
  if (c < 0x180) {
    const char base = latin[c - 0xC0];
    if (base != '*') return static_cast<char32_t>(base);
    if (c == 0xC6 || c == 0xD0 || c == 0xDE) return c + 0x20;
    if (c == 0xD8 || c == 0xF8) return 'o';
    if (c == 0x131) return 'i';
    if (c == 0x152 || c == 0x132 || c == 0x14A) return c + 1;
    return c;
  }
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;  // Greek
  if (c >= 0x3AC && c <= 0x3AF) return U"αεηι"[c - 0x3AC];
  if (c == 0x386) return 0x3B1;
  if (c == 0x388) return 0x3B5;
  if (c == 0x389) return 0x3B7;
  if (c == 0x38A) return 0x3B9;
  if (c == 0x38C || c == 0x3CC) return 0x3BF;
  if (c == 0x38E || c == 0x3CD) return 0x3C5;
  if (c == 0x38F || c == 0x3CE) return 0x3C9;
  if (c == 0x3C2) return 0x3C3;                   // final sigma
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;  // Cyrillic
  if (c == 0x401 || c == 0x451) return 0x435;     // ё
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if (c == 0x490) return 0x491;
  if (c >= 0x622 && c <= 0x627) return c == 0x624 || c == 0x626 ? c : 0x627;  // alef with hamza or madda
  if (c >= 0x1EA0 && c <= 0x1EF9) {                                           // Vietnamese
    if (c <= 0x1EB7) return 'a';
    if (c <= 0x1EC7) return 'e';
    if (c <= 0x1ECB) return 'i';
    if (c <= 0x1EE3) return 'o';
    if (c <= 0x1EF1) return 'u';
    return 'y';
  }
  if (c >= 0xFF01 && c <= 0xFF5E) return fold(c - 0xFEE0);  // full-width ASCII
  return c;
}

std::string_view fold_into(std::string_view s, char* out, std::size_t capacity) {
  char* at = out;
  std::size_t length = 0;
  for (std::size_t i = 0; i < s.size(); i += length) {
    if (static_cast<std::size_t>(at - out) + 4 > capacity) break;
    if (static_cast<unsigned char>(s[i]) < 0x80) {
      *at++ = to_lower(s[i]);
      length = 1;
      continue;
    }
    const char32_t c = code_point(s, i, length);
    if (c >= 0x300 && c < 0x370) continue;  // combining accents
    at += put(fold(c), at);
  }
  return {out, static_cast<std::size_t>(at - out)};
}

std::string_view folded_words(std::string_view s, Arena& arena) {
  if (s.empty()) return {};
  const std::size_t capacity =
      s.size() * 2 + 4;  // a blank after each three-byte character, folded letters no longer
  char* const out = arena.make<char>(capacity).data();
  char* at = out;
  bool open = false;  // within a word
  std::size_t length = 0;
  for (std::size_t i = 0; i < s.size(); i += length) {
    if (const auto byte = static_cast<unsigned char>(s[i]); byte < 0x80) {
      length = 1;
      const char letter = ascii_words[byte];
      if (letter == nothing) continue;
      if (letter != 0) {
        if (!open && at != out) *at++ = ' ';
        *at++ = letter;
      }
      open = letter != 0;
      continue;
    }
    const char32_t c = code_point(s, i, length);
    // Apostrophes within words go, so that curly and straight ones compare equal.
    if (c == '\'' || c == 0x2019 || c == 0x2018 || (c >= 0x300 && c < 0x370) || is_nothing(c)) continue;
    if (!is_word(c)) {
      open = false;
      continue;
    }
    const bool alone = c >= 0x1100 && is_cjk(c);
    if (at != out && (!open || alone)) *at++ = ' ';
    at += put(fold(c), at);
    open = !alone;
  }
  arena.shrink(out + capacity, at);
  return {out, static_cast<std::size_t>(at - out)};
}

void make_bag(std::string_view s, Bag& out) {
  out.count = 0;
  for (std::size_t i = 0; i < s.size() && out.count < 64;) {
    std::uint32_t h = 2166136261u;
    while (i < s.size() && s[i] != ' ') h = (h ^ static_cast<unsigned char>(s[i++])) * 16777619u;
    out.words[static_cast<std::size_t>(out.count++)] = h;
    ++i;
  }
  std::sort(out.words.begin(), out.words.begin() + out.count);
}

float likeness(const Bag& a, const Bag& b) {
  if (a.count == 0 || b.count == 0) return 0;
  return 2.0f * static_cast<float>(common_words(a, b)) / static_cast<float>(a.count + b.count);
}

float coverage(const Bag& part, const Bag& whole) {
  if (part.count == 0 || whole.count == 0) return 0;
  return static_cast<float>(common_words(part, whole)) / static_cast<float>(part.count);
}

float likeness(std::string_view a, std::string_view b) {
  Bag x, y;
  make_bag(a, x);
  make_bag(b, y);
  return likeness(x, y);
}

float coverage(std::string_view part, std::string_view whole) {
  Bag x, y;
  make_bag(part, x);
  make_bag(whole, y);
  return coverage(x, y);
}

int word_count(std::string_view folded) {
  return folded.empty() ? 0 : static_cast<int>(std::count(folded.begin(), folded.end(), ' ')) + 1;
}

}  // namespace offprint
