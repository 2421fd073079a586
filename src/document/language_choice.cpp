// Choosing the language: what the page declares, unless its text plainly belies it.
#include <algorithm>
#include <array>
#include <cstring>

#include "base/cpu.h"
#include "base/places.h"
#include "base/unicode.h"
#include "document/field_context.h"
#include "document/words.h"

namespace offprint {
namespace {

// Calls each(word) for what blanks part. How many; a blank at the end counts, too.
template <class Each>
int each_word(std::string_view text, Each each) {
  int words = 0;
  std::size_t begin = 0;
  const auto word = [&](std::size_t end) {
    if (end > begin) ++words, each(text.substr(begin, end - begin));
    begin = end + 1;
  };
  each_place(text, ' ', word);
  word(text.size());
  return words + text.ends_with(' ');
}

struct LanguageChoice : FieldContext {
  Fields& out;

  void choose_language() {
    std::string_view declared = !head.language.empty() ? head.language : head.locale;
    // A sample of what is read: chosen blocks, else the longest ones.
    char sample[1024];
    std::size_t n = 0;
    for (int pass = 0; pass < 2 && n < 200; ++pass)
      for (std::size_t i = 0; i < blocks.blocks.size() && n + 8 < sizeof sample; ++i) {
        const RawBlock& b = blocks.blocks[i];
        if (b.hidden != Hidden::no || b.kind == BlockKind::code || b.words < 8) continue;
        if (pass == 0 && decided() && !decisions.of_block[i].chosen) continue;
        const std::string_view some = whole_prefix(b.text, sizeof sample - n - 1);
        std::memcpy(sample + n, some.data(), some.size());
        n += some.size();
        sample[n++] = ' ';
      }
    const std::string_view text(sample, n);
    const auto primary = [](std::string_view tag) {
      return tag.substr(0, std::min(tag.find('-'), tag.size()));
    };
    if (declared.empty() || plainly_wrong(declared, text)) {
      const std::string_view found = detect_language(text);
      if (!found.empty() && (declared.empty() || primary(found) != primary(declared))) declared = found;
    }
    out.language = declared;
    out.right_to_left = is_right_to_left(declared);
  }

  // A language declared that the letters or the commonest words of the text belie; cheap, so that the
  // detector runs only for the doubtful few.
  bool plainly_wrong(std::string_view declared, std::string_view text) const {
    if (text.size() < 200) return false;
    std::size_t latin = 0, cyrillic = 0, arabic = 0, cjk = 0, other = 0, length = 0;
    for (std::size_t i = 0; i < text.size(); i += length) {
#ifdef OFFPRINT_SSE2
      for (; i + 16 <= text.size(); i += 16) {
        const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
        if (_mm_movemask_epi8(v) != 0) break;
        const __m128i small = _mm_or_si128(v, _mm_set1_epi8(0x20));
        const __m128i letters = _mm_and_si128(_mm_cmpgt_epi8(small, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(small, _mm_set1_epi8('z' + 1)));
        const __m128i sums = _mm_sad_epu8(_mm_and_si128(letters, _mm_set1_epi8(1)), _mm_setzero_si128());
        latin += static_cast<std::size_t>(_mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4));
      }
      if (i == text.size()) break;
#endif
      const char32_t c = code_point(text, i, length);
      if (c < 0x250)
        latin += is_word(c) && !(c < 0x80 && is_digit(static_cast<char>(c)));
      else if (c >= 0x400 && c < 0x530)
        ++cyrillic;
      else if (c >= 0x600 && c < 0x780)
        ++arabic;
      else if (is_cjk(c) || is_hangul(c))
        cjk += 2;
      else if (is_word(c))
        ++other;
    }
    const std::size_t most = std::max({latin, cyrillic, arabic, cjk, other});
    static constexpr std::string_view in_cyrillic[] = {"ru", "uk", "be", "bg", "sr", "mk", "kk",
                                                       "ky", "mn", "tg", "tt", "ba", "uz", "os"};
    static constexpr std::string_view in_arabic[] = {"ar", "fa", "ur", "ps", "ug", "sd", "ku"};
    static constexpr std::string_view in_cjk[] = {"zh", "ja", "ko", "yu"};
    static constexpr std::string_view in_others[] = {"el", "he", "iw", "hi", "th", "ka", "hy", "bn",
                                                     "ta", "te", "mr", "gu", "kn", "ml", "pa", "si",
                                                     "km", "lo", "my", "am", "ne", "yi", "bo", "dv"};
    const std::string_view two = declared.substr(0, 2);
    const auto in = [&](const auto& list) {
      return std::find(std::begin(list), std::end(list), two) != std::end(list);
    };
    if (most == cyrillic) return !in(in_cyrillic);
    if (most == arabic) return !in(in_arabic);
    if (most == cjk) return !in(in_cjk);
    if (most == other) return !in(in_others);
    if (in(in_cyrillic) && two != "sr" && two != "uz" && two != "kk") return true;
    if (in(in_arabic) || in(in_cjk) || in(in_others)) return true;
    // "en" is what themes declare by default: English has its small words everywhere.
    if (two == "en") {
      int small = 0;
      const int words = each_word(text, [&](std::string_view w) {
        switch (w.size()) {
          case 2:
            small += w == "of" || w == "to" || w == "is" || w == "on" || w == "it";
            break;
          case 3:
            small += equals_lowercase(w, "the") || equals_lowercase(w, "and") || w == "for" || w == "you" || w == "are";
            break;
          case 4:
            small += w == "with" || w == "that" || w == "your" || w == "this";
            break;
          default:
            break;
        }
      });
      return small * 25 < words;
    }
    // Others: where English small words abound.
    int english = 0;
    const int words = each_word(text, [&](std::string_view w) {
      english += w.size() <= 4 && (w == "the" || w == "and" || w == "of" || w == "with" || w == "that" || w == "your" || w == "this");
    });
    return english * 12 > words;
  }
};

}  // namespace

void choose_language(const FieldContext& context, Fields& out) {
  LanguageChoice choice{context, out};
  choice.choose_language();
}

}  // namespace offprint
