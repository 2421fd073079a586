#include "document/words.h"

#include <algorithm>
#include <cstring>

namespace offprint {
namespace {

// Base letters of U+00C0…U+017F, lower case; '*' marks letters that fold to themselves in lower case by rule.
constexpr char latin[] =
    "aaaaaa*ceeeeiiii"  // C0
    "*nooooo*ouuuuy**"  // D0
    "aaaaaa*ceeeeiiii"  // E0
    "*nooooo*ouuuuy*y"  // F0
    "aaaaaaccccccccdd"  // 100
    "ddeeeeeeeeeegggg"  // 110
    "gggghhhhiiiiiiii"  // 120
    "ii**jjkk*lllllll"  // 130
    "lllnnnnnn***oooo"  // 140
    "oo**rrrrrrssssss"  // 150
    "ssttttttuuuuuuuu"  // 160
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
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}
constexpr bool is_nothing(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || (c >= 0x202A && c <= 0x202E) ||
         (c < 0x20 && !is_blank(c)) || c == 0x7F;
}

// Hashes of the words of a folded string, the first 64.
int hashes(std::string_view s, std::uint32_t (&out)[64]) {
  int n = 0;
  for (std::size_t i = 0; i < s.size() && n < 64;) {
    std::uint32_t h = 2166136261u;
    while (i < s.size() && s[i] != ' ') h = (h ^ static_cast<unsigned char>(s[i++])) * 16777619u;
    out[n++] = h;
    ++i;
  }
  return n;
}

int common_words(std::string_view a, std::string_view b, int& na, int& nb) {
  std::uint32_t x[64], y[64];
  na = hashes(a, x);
  nb = hashes(b, y);
  std::sort(x, x + na);
  std::sort(y, y + nb);
  int common = 0;
  for (int i = 0, j = 0; i < na && j < nb;) {
    if (x[i] == y[j]) {
      ++common, ++i, ++j;
    } else if (x[i] < y[j]) {
      ++i;
    } else {
      ++j;
    }
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
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;   // Greek
  if (c >= 0x3AC && c <= 0x3AF) return U"αεηι"[c - 0x3AC];
  if (c == 0x386) return 0x3B1;
  if (c == 0x388) return 0x3B5;
  if (c == 0x389) return 0x3B7;
  if (c == 0x38A) return 0x3B9;
  if (c == 0x38C || c == 0x3CC) return 0x3BF;
  if (c == 0x38E || c == 0x3CD) return 0x3C5;
  if (c == 0x38F || c == 0x3CE) return 0x3C9;
  if (c == 0x3C2) return 0x3C3;                    // final sigma
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;   // Cyrillic
  if (c == 0x401 || c == 0x451) return 0x435;      // ё
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if (c == 0x490) return 0x491;
  if (c >= 0x622 && c <= 0x627) return c == 0x624 || c == 0x626 ? c : 0x627;  // alef with hamza or madda
  if (c >= 0x1EA0 && c <= 0x1EF9) {  // Vietnamese
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
    const char32_t c = code_point(s, i, length);
    if (c >= 0x300 && c < 0x370) continue;  // combining accents
    at += put(fold(c), at);
  }
  return {out, static_cast<std::size_t>(at - out)};
}

std::string_view folded_words(std::string_view s, Arena& arena) {
  if (s.empty()) return {};
  const std::size_t capacity = s.size() * 2 + 4;  // a blank after each three-byte character, folded letters no longer
  char* const out = arena.make<char>(capacity).data();
  char* at = out;
  bool open = false;  // within a word
  std::size_t length = 0;
  for (std::size_t i = 0; i < s.size(); i += length) {
    const char32_t c = code_point(s, i, length);
    // Apostrophes within words go, so that curly and straight ones compare equal.
    if (c == '\'' || c == 0x2019 || c == 0x2018 || (c >= 0x300 && c < 0x370) || is_nothing(c)) continue;
    if (!is_word(c)) {
      open = false;
      continue;
    }
    const bool alone = is_cjk(c);
    if (at != out && (!open || alone)) *at++ = ' ';
    at += put(fold(c), at);
    open = !alone;
  }
  arena.shrink(out + capacity, at);
  return {out, static_cast<std::size_t>(at - out)};
}

float likeness(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return 0;
  int na = 0, nb = 0;
  const int common = common_words(a, b, na, nb);
  return 2.0f * static_cast<float>(common) / static_cast<float>(na + nb);
}

float coverage(std::string_view part, std::string_view whole) {
  if (part.empty() || whole.empty()) return 0;
  int na = 0, nb = 0;
  const int common = common_words(part, whole, na, nb);
  return static_cast<float>(common) / static_cast<float>(na);
}

int word_count(std::string_view folded) {
  return folded.empty() ? 0 : static_cast<int>(std::count(folded.begin(), folded.end(), ' ')) + 1;
}

}  // namespace offprint
