// Every candidate reads a sample of the text, without markup, and is scored for what it reads: letters of a
// language it is used for are good; symbols, unassigned bytes, capitals within words and scripts mixed within
// a word are bad. A score is an average over what is not ASCII, so that single-byte and multi-byte readings
// compare. Measured by tests/encoding/detect_test.cpp on one paragraph each of twenty languages.
#include "encoding/detect.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include "base/ascii.h"
#include "encoding/utf8.h"

namespace offprint {
namespace {

using Byte = unsigned char;
constexpr std::size_t sample_bytes = 16 * 1024;

// Text between tags that holds bytes beyond ASCII. '<' and '>' are no second bytes of any candidate.
std::string sample_of(std::string_view bytes) {
  std::string sample;
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  while (p != end && sample.size() < sample_bytes) {
    const char* high = ascii_end(p, end);
    if (high == end) break;
    // The piece around it: back to the end of the tag before, on to the next tag.
    const char* begin = high;
    while (begin != p && begin[-1] != '>' && high - begin < 256) --begin;
    const char* stop = high;
    while (stop != end && *stop != '<' && *stop != '>' && stop - high < 4096) ++stop;
    sample.append(begin, stop);
    sample += ' ';
    p = stop;
  }
  if (sample.size() > 2 * sample_bytes) sample.resize(2 * sample_bytes);
  return sample;
}

enum class Script : std::uint8_t { latin, cased, caseless };

// Letters beyond ASCII that texts of a language consist of, in lower case and in upper case.
struct Language {
  Encoding encoding;
  Script script;
  std::u16string_view lower, upper;
  std::u16string_view frequent = {};
};

constexpr std::u16string_view cyrillic_lower = u"абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґђјљњћџўѓќѕ";
constexpr std::u16string_view cyrillic_upper = u"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁЄІЇҐЂЈЉЊЋЏЎЃЌЅ";
constexpr std::u16string_view cyrillic_frequent = u"оеаинтсрвл";
constexpr std::u16string_view greek_lower = u"αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ";
constexpr std::u16string_view greek_upper = u"ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ";

constexpr Language languages[] = {
    {Encoding::windows_1252, Script::latin, u"éèêëàâîïôùûçœæ", u"ÉÈÊËÀÂÎÏÔÙÛÇŒÆ", u"éèà"},  // French
    {Encoding::windows_1252, Script::latin, u"äöüßé", u"ÄÖÜ", u"äöü"},                      // German
    {Encoding::windows_1252, Script::latin, u"áéíóúüñçïàèò·ªº¿¡", u"ÁÉÍÓÚÜÑÇÀÈÒ",
     u"áéíóñ"},  // Spanish, Catalan
    {Encoding::windows_1252, Script::latin, u"ãõçáéíóúâêôàüªº", u"ÃÕÇÁÉÍÓÚÂÊÔÀ", u"ãçáéí"},  // Portuguese
    {Encoding::windows_1252, Script::latin, u"àèéìòùî", u"ÀÈÉÌÒÙ", u"àèù"},                  // Italian
    {Encoding::windows_1252, Script::latin, u"åäöæøéüðþáíóúý", u"ÅÄÖÆØÉÐÞÁÍÓÚ", u"åäöæø"},   // Nordic
    {Encoding::windows_1252, Script::latin, u"éëïöüóèê", u"ÉËÏÖÜ", u"éë"},                   // Dutch
    {Encoding::windows_1250, Script::latin, u"ąćęłńóśźż", u"ĄĆĘŁŃÓŚŹŻ", u"ąęłó"},            // Polish
    {Encoding::windows_1250, Script::latin, u"áčďéěíňóřšťúůýžäľĺôŕ", u"ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",
     u"áíéěč"},                                                                   // Czech, Slovak
    {Encoding::windows_1250, Script::latin, u"áéíóöőúüű", u"ÁÉÍÓÖŐÚÜŰ", u"áéő"},  // Hungarian
    {Encoding::windows_1250, Script::latin, u"čćđšž", u"ČĆĐŠŽ", u"čšž"},          // Croatian, Slovene
    {Encoding::windows_1250, Script::latin, u"ăâîşţ", u"ĂÂÎŞŢ", u"ăşţ"},          // Romanian
    {Encoding::iso_8859_2, Script::latin, u"ąćęłńóśźż", u"ĄĆĘŁŃÓŚŹŻ", u"ąęłó"},
    {Encoding::iso_8859_2, Script::latin, u"áčďéěíňóřšťúůýžäľĺôŕ", u"ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ", u"áíéěč"},
    {Encoding::iso_8859_2, Script::latin, u"áéíóöőúüű", u"ÁÉÍÓÖŐÚÜŰ", u"áéő"},
    {Encoding::iso_8859_2, Script::latin, u"čćđšž", u"ČĆĐŠŽ", u"čšž"},
    {Encoding::iso_8859_2, Script::latin, u"ăâîşţ", u"ĂÂÎŞŢ", u"ăşţ"},
    {Encoding::windows_1254, Script::latin, u"çğıöşüâî", u"ÇĞİÖŞÜ", u"ışğü"},          // Turkish
    {Encoding::windows_1257, Script::latin, u"ąčęėįšųūž", u"ĄČĘĖĮŠŲŪŽ", u"ėšįų"},      // Lithuanian
    {Encoding::windows_1257, Script::latin, u"āčēģīķļņšūž", u"ĀČĒĢĪĶĻŅŠŪŽ", u"āīēš"},  // Latvian
    {Encoding::windows_1257, Script::latin, u"äöõüšž", u"ÄÖÕÜŠŽ", u"äõü"},             // Estonian
    {Encoding::windows_1251, Script::cased, cyrillic_lower, cyrillic_upper, cyrillic_frequent},
    {Encoding::koi8_u, Script::cased, cyrillic_lower, cyrillic_upper, cyrillic_frequent},
    {Encoding::ibm866, Script::cased, cyrillic_lower, cyrillic_upper, cyrillic_frequent},
    {Encoding::iso_8859_5, Script::cased, cyrillic_lower, cyrillic_upper, cyrillic_frequent},
    {Encoding::x_mac_cyrillic, Script::cased, cyrillic_lower, cyrillic_upper, cyrillic_frequent},
    {Encoding::windows_1253, Script::cased, greek_lower, greek_upper, u"αοιετσν"},
    {Encoding::iso_8859_7, Script::cased, greek_lower, greek_upper, u"αοιετσν"},
    {Encoding::windows_1255, Script::caseless, u"אבגדהוזחטיךכלםמןנסעףפץצקרשתְִֵֶַָֹּׁ", u"", u"יוהלארמת"},
    {Encoding::windows_1256, Script::caseless, u"ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی،؛؟ًٌٍَُِّْـ", u"",
     u"اليمونرت"},
    {Encoding::iso_8859_6, Script::caseless, u"ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي،؛؟ـ", u"", u"اليمونرت"},
    {Encoding::windows_874, Script::caseless, u"กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะัาำิีึืฺุู฿เแโใไๅๆ็่้๊๋์ํ๎", u"",
     u"านรอกเงมย"},
};

enum class Class : std::uint8_t {
  other,
  ascii_lower,
  ascii_upper,
  lower,
  upper,
  letter,
  typographic,
  odd,
  bad
};

// Marks that texts of every language may hold. Those that a western keyboard lacks are odd, not impossible.
constexpr std::u16string_view typographic = u"“”‘’–—…«»„‚‹›•€\u00A0";
constexpr std::u16string_view symbols = u"©®™°£§·¿¡½¼¾№º\u00AD×±²³´¶";

bool has(std::u16string_view set, std::uint32_t c) {
  return set.find(static_cast<char16_t>(c)) != set.npos;
}

double single_byte_score(std::string_view sample, const Language& language) {
  const std::uint16_t* index = single_byte_index(language.encoding);
  std::array<Class, 256> classes;
  std::array<bool, 256> frequent{};
  for (int b = 0; b < 256; ++b) {
    Class& c = classes[static_cast<std::size_t>(b)];
    if (b < 0x80) {
      const char ascii = static_cast<char>(b);
      c = !is_alpha(ascii) ? Class::other : is_upper(ascii) ? Class::ascii_upper : Class::ascii_lower;
      continue;
    }
    const std::uint32_t point = index[b - 0x80];
    frequent[static_cast<std::size_t>(b)] = has(language.frequent, point);
    if (point < 0xA0)
      c = Class::bad;
    else if (has(language.lower, point))
      c = language.script == Script::caseless ? Class::letter : Class::lower;
    else if (has(language.upper, point))
      c = Class::upper;
    else if (has(typographic, point))
      c = Class::typographic;
    else if (has(symbols, point))
      c = Class::odd;
    else
      c = Class::bad;
  }
  double score = 0;
  std::size_t n = 0;
  Class previous = Class::other;
  const auto native = [](Class c) { return c == Class::lower || c == Class::upper || c == Class::letter; };
  const bool latin = language.script == Script::latin;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const Byte b = static_cast<Byte>(sample[i]);
    const Class c = classes[b];
    if (b < 0x80) {
      // Cyrillic, Greek, Thai … and Latin letters do not make one word.
      if (!latin && native(previous) && (c == Class::ascii_lower || c == Class::ascii_upper)) score -= 1.5;
      previous = c;
      continue;
    }
    ++n;
    const bool after_ascii = previous == Class::ascii_lower || previous == Class::ascii_upper;
    switch (c) {
      case Class::bad:
        score -= 3;
        break;
      case Class::odd:
        score += native(previous) || after_ascii ? -0.7 : 0.1;
        break;
      case Class::typographic:
        score += 0.5;
        break;
      default:
        score += frequent[b] ? 1.2 : 0.9;
        if (latin && native(previous)) score -= 0.8;
        if (!latin && after_ascii) score -= 1.5;
        // Few words are of one letter; spaces and dashes of other encodings would all be such.
        if (!latin && !native(previous) && (i + 1 == sample.size() || !native(classes[static_cast<Byte>(sample[i + 1])]))) score -= 0.9;
        if (c == Class::upper && (previous == Class::lower || previous == Class::ascii_lower)) score -= 2;
        if (c == Class::upper && latin && previous == Class::other) score -= 0.1;
        break;
    }
    previous = c;
  }
  return n == 0 ? -3 : score / static_cast<double>(n);
}

// The characters that a tenth to a third of any text consists of.
constexpr std::u16string_view frequent_simplified =
    u"的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用"
    u"道行所然家种事"
    u"成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实";
constexpr std::u16string_view frequent_traditional =
    u"的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用"
    u"道行所然家種事"
    u"成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實";
constexpr std::u16string_view frequent_korean =
    u"이다는의에가을하고한지로기도은를사리자인해그서어나대아시있정수일들과라부제보것장전상주만여으년원전";

// What one sequence means to a reading; how many bytes it takes.
struct Reading {
  double score;
  int size;
};

Reading read_pair(Encoding encoding, const Byte* p, const Byte* end) {
  constexpr Reading broken = {-3, 1};
  const unsigned a = p[0];
  if (encoding == Encoding::shift_jis && a >= 0xA1 && a <= 0xDF)
    return {-0.2, 1};  // half-width katakana: rare
  if (end - p < 2) return {0, 1};
  const unsigned b = p[1];
  const auto hit = [](std::u16string_view frequent, std::uint32_t c, double common) {
    return has(frequent, c) ? 1.5 : common;
  };
  switch (encoding) {
    case Encoding::gb18030: {
      if (a >= 0x81 && a <= 0xFE && b >= 0x30 && b <= 0x39) {
        const bool four = end - p >= 4 && p[2] >= 0x81 && p[2] <= 0xFE && p[3] >= 0x30 && p[3] <= 0x39;
        return four ? Reading{-0.5, 4} : broken;
      }
      if (a < 0x81 || a > 0xFE || b < 0x40 || b == 0x7F || b == 0xFF) return broken;
      const std::uint32_t c = gb18030_index[(a - 0x81) * 190 + b - (b < 0x7F ? 0x40 : 0x41)];
      if (a >= 0xB0 && a <= 0xD7 && b >= 0xA1) return {hit(frequent_simplified, c, 0.6), 2};
      if (a == 0xA1 || a == 0xA3) return {0.8, 2};
      return {b >= 0xA1 && a >= 0xD8 && a <= 0xF7 ? -0.2 : -1.0, 2};
    }
    case Encoding::big5: {
      if (a < 0x81 || a > 0xFE || b < 0x40 || (b > 0x7E && b < 0xA1) || b == 0xFF) return broken;
      const std::uint32_t c = big5_index[(a - 0x81) * 157 + b - (b < 0x7F ? 0x40 : 0x62)];
      if (c == 0) return broken;
      if (a >= 0xA4 && a <= 0xC6) return {hit(frequent_traditional, c, 0.6), 2};
      if (a >= 0xA1 && a <= 0xA3) return {0.8, 2};
      return {a >= 0xC9 && a <= 0xF9 ? -0.2 : -1.0, 2};
    }
    case Encoding::euc_kr: {
      if (a < 0x81 || a > 0xFE || b < 0x41 || b == 0xFF) return broken;
      const std::uint32_t c = euc_kr_index[(a - 0x81) * 190 + b - 0x41];
      if (c == 0) return broken;
      if (a >= 0xB0 && a <= 0xC8 && b >= 0xA1) return {hit(frequent_korean, c, 0.9), 2};
      if (a >= 0xA1 && a <= 0xA3 && b >= 0xA1) return {0.5, 2};
      return {-0.7, 2};
    }
    case Encoding::euc_jp: {
      if (a == 0x8E) return b >= 0xA1 && b <= 0xDF ? Reading{-0.5, 2} : broken;
      if (a == 0x8F) return end - p >= 3 && b >= 0xA1 && p[2] >= 0xA1 ? Reading{-0.5, 3} : broken;
      if (a < 0xA1 || a > 0xFE || b < 0xA1 || b > 0xFE) return broken;
      if (jis0208_index[(a - 0xA1) * 94 + b - 0xA1] == 0) return broken;
      if (a == 0xA4 || a == 0xA5) return {1.4, 2};
      if ((a >= 0xB0 && a <= 0xCF) || a == 0xA1 || a == 0xA3) return {0.7, 2};
      return {-0.7, 2};
    }
    case Encoding::shift_jis: {
      const bool lead = (a >= 0x81 && a <= 0x9F) || (a >= 0xE0 && a <= 0xFC);
      if (!lead || b < 0x40 || b == 0x7F || b > 0xFC) return broken;
      if ((a == 0x82 && b >= 0x9F) || (a == 0x83 && b <= 0x96)) return {1.4, 2};
      if (a == 0x81 || a == 0x82 || (a >= 0x88 && a <= 0x97)) return {0.7, 2};
      const std::size_t pointer = (a - (a < 0xA0 ? 0x81 : 0xC1)) * 188 + b - (b < 0x7F ? 0x40 : 0x41);
      if (pointer >= jis0208_size || jis0208_index[pointer] == 0) return broken;
      return {-0.5, 2};
    }
    default:
      return broken;
  }
}

constexpr Encoding multi_byte_encodings[] = {Encoding::shift_jis, Encoding::euc_jp, Encoding::gb18030, Encoding::big5, Encoding::euc_kr};

double multi_byte_score(std::string_view sample, Encoding encoding) {
  const Byte* p = reinterpret_cast<const Byte*>(sample.data());
  const Byte* const end = p + sample.size();
  double score = 0;
  std::size_t n = 0;
  bool after = false;  // a character of this script
  while (p != end) {
    if (*p < 0x80) {
      ++p;
      after = false;
      continue;
    }
    const Reading r = read_pair(encoding, p, end);
    score += r.score;
    ++n;
    p += r.size;
    // A quotation mark and the letter behind it make such a pair, too.
    if (!after && r.score > 0 && (p == end || *p < 0x80)) score -= 0.9;
    after = true;
  }
  return n == 0 ? -3 : score / static_cast<double>(n);
}

// Below every score.
constexpr double unknown_score = -100;

// Of the language that it reads best in; unknown_score for encodings that no language here is written in.
double score_of(std::string_view sample, Encoding encoding) {
  if (encoding == Encoding::koi8_r) encoding = Encoding::koi8_u;
  if (encoding == Encoding::gbk) encoding = Encoding::gb18030;
  for (const Encoding pairs : multi_byte_encodings)
    if (encoding == pairs) return multi_byte_score(sample, encoding);
  double best = unknown_score;
  for (const Language& language : languages)
    if (language.encoding == encoding) best = std::max(best, single_byte_score(sample, language));
  return best;
}

struct BestReading {
  Encoding encoding = Encoding::none;
  double score = unknown_score;
};

BestReading best_reading(std::string_view sample) {
  std::size_t high = 0;
  for (const char c : sample) high += static_cast<Byte>(c) >> 7;
  // A few bytes prove little, and most pages that declare nothing are western: a © or a quotation mark.
  const double doubt = 2 / static_cast<double>(std::max<std::size_t>(high, 1));
  BestReading best;
  const auto offer = [&](Encoding encoding, double score) {
    if (score > best.score) best = {encoding, score};
  };
  // What hardly any page is written in has letters where others have spaces and signs.
  const double rare = 0.15;
  for (const Language& language : languages) {
    const Encoding e = language.encoding;
    const bool is_rare = e == Encoding::ibm866 || e == Encoding::iso_8859_5 || e == Encoding::x_mac_cyrillic;
    offer(e, single_byte_score(sample, language) - (e == Encoding::windows_1252 ? 0 : doubt) - (is_rare ? rare : 0));
  }
  for (const Encoding encoding : multi_byte_encodings) offer(encoding, multi_byte_score(sample, encoding) - doubt);
  // The names under which pages would declare them: GBK is read with the decoder of gb18030.
  if (best.encoding == Encoding::gb18030) best.encoding = Encoding::gbk;
  return best;
}

struct Sibling {
  Encoding iso, windows;
};
constexpr Sibling windows_of_iso[] = {{Encoding::iso_8859_2, Encoding::windows_1250}, {Encoding::iso_8859_5, Encoding::windows_1251},
                                      {Encoding::iso_8859_6, Encoding::windows_1256}, {Encoding::iso_8859_7, Encoding::windows_1253}};

bool is_cyrillic(Encoding e) {
  return e == Encoding::windows_1251 || e == Encoding::koi8_r || e == Encoding::koi8_u || e == Encoding::ibm866 ||
         e == Encoding::iso_8859_5 || e == Encoding::x_mac_cyrillic;
}

}  // namespace

Encoding detect_utf_16(std::string_view bytes) {
  const std::size_t n = std::min<std::size_t>(bytes.size(), 4096) & ~std::size_t{1};
  if (n < 8) return Encoding::none;
  std::size_t zeros[2] = {0, 0};
  for (std::size_t i = 0; i < n; ++i) zeros[i & 1] += bytes[i] == '\0';
  // Markup and spaces are ASCII in every language: a fifth of the units at the least.
  const std::size_t units = n / 2;
  if (zeros[1] * 5 > units && zeros[0] * 20 < units) return Encoding::utf_16le;
  if (zeros[0] * 5 > units && zeros[1] * 20 < units) return Encoding::utf_16be;
  return Encoding::none;
}

Encoding detect_iso_2022_jp(std::string_view bytes) {
  std::size_t at = bytes.find('\x1B');
  if (at == bytes.npos || ascii_end(bytes.data(), bytes.data() + bytes.size()) != bytes.data() + bytes.size())
    return Encoding::none;
  std::size_t known = 0, unknown = 0;
  for (; at != bytes.npos; at = bytes.find('\x1B', at + 1)) {
    const std::string_view two = bytes.substr(at + 1, 2);
    (two == "$B" || two == "$@" || two == "(B" || two == "(J" || two == "(I" ? known : unknown) += 1;
  }
  return known >= 2 && unknown * 10 <= known ? Encoding::iso_2022_jp : Encoding::none;
}

bool mostly_utf8(std::string_view bytes) {
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  std::size_t high = 0, ill = 0;
  for (const char c : bytes) high += static_cast<Byte>(c) >> 7;
  const std::size_t unfinished = unfinished_utf8(bytes);
  // The chance that other encodings look like this falls with each whole sequence; two bytes a sequence,
  // about.
  for (IllFormed at = next_ill_formed(p, end); at.size != 0; at = next_ill_formed(at.at + at.size, end)) {
    if (at.at + at.size == end && at.size == unfinished) {
      high -= unfinished;
      break;
    }
    ill += at.size;
    if (ill * 20 > high) return false;
  }
  return high > ill && (ill == 0 || ill * 20 <= high);
}

bool surely_utf8(std::string_view bytes, Encoding declared) {
  if (!is_utf8(bytes)) return false;
  const bool pairs = single_byte_index(declared) == nullptr;
  const std::size_t wanted = pairs ? 16 : 2;
  std::size_t seen = 0;
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  while (seen < wanted && (p = ascii_end(p, end)) != end) {
    const Byte lead = static_cast<Byte>(*p);
    const int size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    seen += lead == 0xC2 || size > 2 ? 2 : 1;
    p += size;
  }
  return seen >= wanted;
}

Encoding instead_of_utf8(std::string_view bytes) {
  const char* p = bytes.data();
  const char* const end = p + bytes.size() - unfinished_utf8(bytes);
  std::size_t high = 0, ill = 0, lone = 0;
  for (const char* c = p; c != end; ++c) high += static_cast<Byte>(*c) >> 7;
  for (IllFormed at = next_ill_formed(p, end); at.size != 0; at = next_ill_formed(at.at + at.size, end)) {
    ill += at.size;
    lone += at.size == 1;  // more would be the beginning of a sequence
  }
  const bool hardly = lone * 2 > high;
  if (!hardly && (high < 16 || ill * 5 <= high)) return Encoding::none;
  const std::string sample = sample_of(bytes);
  const BestReading best = best_reading(sample);
  // Pairs of bytes are whole sequences now and then.
  if (best.score >= (hardly ? 0.5 : 0.6)) return best.encoding;
  // Signs between words of ASCII, which stand for no language.
  return hardly && (high < 32 || score_of(sample, Encoding::windows_1252) >= -0.6) ? Encoding::windows_1252 : Encoding::none;
}

Encoding detect_legacy(std::string_view bytes) {
  const std::string sample = sample_of(bytes);
  const BestReading best = best_reading(sample);
  return best.score > -0.5 ? best.encoding : Encoding::none;
}

Encoding corrected(std::string_view bytes, Encoding declared) {
  const std::string sample = sample_of(bytes);
  std::size_t high = 0, controls = 0;
  for (const char c : sample) {
    high += static_cast<Byte>(c) >> 7;
    controls += static_cast<Byte>(c) >= 0x80 && static_cast<Byte>(c) < 0xA0;
  }
  const double score = score_of(sample, declared);
  if (score <= unknown_score) return declared;
  // What an ISO encoding has no letters for are letters or quotation marks of the Windows encoding of the same languages.
  if (controls > 1)
    for (const auto& [iso, windows] : windows_of_iso)
      if (declared == iso && score_of(sample, windows) > score) return windows;
  if (high < 16) return declared;
  const bool cyrillic = is_cyrillic(declared);
  if (score >= 0 && (!cyrillic || high < 200)) return declared;
  const BestReading best = best_reading(sample);
  // Cyrillic reads as Cyrillic in all of its encodings; capitals and rare letters tell.
  if (score >= 0) return is_cyrillic(best.encoding) && best.score > score + 0.2 ? best.encoding : declared;
  return best.score >= 0.6 ? best.encoding : declared;
}

}  // namespace offprint
