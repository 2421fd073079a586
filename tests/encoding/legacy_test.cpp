// The legacy decoders: against ICU where the two agree by design, and by the standard's rules where they do
// not.
#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <ctime>
#include <random>

#include "encoding/labels.h"
#include "encoding/legacy.h"
#include "encoding/utf8.h"
#include "tests/encoding/common.h"

namespace offprint {
namespace {

using namespace std::string_view_literals;

std::string decoded(std::string_view bytes, Encoding e) {
  const testing::Exact exact(bytes);
  static Arena arena;  // kept: a new one costs more than what is decoded here
  arena.reset();
  const std::string text(decode_legacy(exact.view(), e, arena).utf8);
  EXPECT_TRUE(is_utf8(text));
  return text;
}

std::string of(char32_t c) {
  char text[4];
  return {text, static_cast<std::size_t>(put_utf8(text, c) - text)};
}

Encoding numbered(std::size_t i) {
  return static_cast<Encoding>(i);
}

// What ICU's converter of that name encodes `text` as; empty where it cannot.
struct Converter {
  UConverter* handle = nullptr;
  explicit Converter(const char* name) {
    UErrorCode error = U_ZERO_ERROR;
    handle = ucnv_open(name, &error);
    if (U_FAILURE(error)) handle = nullptr;
    if (handle != nullptr) {
      ucnv_setFromUCallBack(handle, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
      ucnv_setToUCallBack(handle, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
      ucnv_setFallback(handle, false);
    }
  }
  ~Converter() { ucnv_close(handle); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  std::string encode(char32_t c) const {
    UChar source[2];
    int32_t n = 0;
    U16_APPEND_UNSAFE(source, n, static_cast<UChar32>(c));
    char to[32];
    UErrorCode error = U_ZERO_ERROR;
    const int32_t size = ucnv_fromUChars(handle, to, sizeof to, source, n, &error);
    return U_FAILURE(error) ? "" : std::string(to, static_cast<std::size_t>(size));
  }
};

struct Twin {
  Encoding encoding;
  const char* icu;
  double agreement;  // of the characters that ICU can write, the share that we read back
};

class WithIcu : public ::testing::TestWithParam<Twin> {};

// ICU's tables are vendors', not the standard's: a few characters differ by design (see agreement). What must
// hold: what ICU writes reads back, for all but those.
TEST_P(WithIcu, ReadsBackWhatIcuWrites) {
  const Twin twin = GetParam();
  const Converter converter(twin.icu);
  if (converter.handle == nullptr) GTEST_SKIP() << "this ICU has no " << twin.icu;
  std::size_t n = 0, same = 0;
  std::string differ;
  for (char32_t c = 0x20; c < 0x30000; ++c) {
    if (c >= 0xD800 && c < 0xF900) continue;  // surrogates and private use
    const std::string bytes = converter.encode(c);
    if (bytes.empty()) continue;
    ++n;
    if (decoded(bytes, twin.encoding) == of(c))
      ++same;
    else if (differ.size() < 400)
      differ += of(c) + " ";
  }
  ASSERT_GT(n, 90u);
  EXPECT_GE(static_cast<double>(same), static_cast<double>(n) * twin.agreement)
      << same << " of " << n << "; differ: " << differ;
}

INSTANTIATE_TEST_SUITE_P(
    Encodings, WithIcu,
    ::testing::Values(
        Twin{Encoding::ibm866, "ibm-866", 0.99}, Twin{Encoding::iso_8859_2, "iso-8859-2", 1},
        Twin{Encoding::iso_8859_3, "iso-8859-3", 1}, Twin{Encoding::iso_8859_4, "iso-8859-4", 1},
        Twin{Encoding::iso_8859_5, "iso-8859-5", 1}, Twin{Encoding::iso_8859_6, "iso-8859-6", 1},
        Twin{Encoding::iso_8859_7, "iso-8859-7", 0.98}, Twin{Encoding::iso_8859_8, "iso-8859-8", 0.98},
        Twin{Encoding::iso_8859_8_i, "iso-8859-8", 0.98}, Twin{Encoding::iso_8859_10, "iso-8859-10", 1},
        Twin{Encoding::iso_8859_13, "iso-8859-13", 1}, Twin{Encoding::iso_8859_14, "iso-8859-14", 1},
        Twin{Encoding::iso_8859_15, "iso-8859-15", 1}, Twin{Encoding::iso_8859_16, "iso-8859-16", 1},
        Twin{Encoding::koi8_r, "koi8-r", 1}, Twin{Encoding::koi8_u, "koi8-u", 0.98},
        Twin{Encoding::macintosh, "macintosh", 0.98}, Twin{Encoding::windows_874, "windows-874", 0.95},
        Twin{Encoding::windows_1250, "windows-1250", 1}, Twin{Encoding::windows_1251, "windows-1251", 1},
        Twin{Encoding::windows_1252, "windows-1252", 1}, Twin{Encoding::windows_1253, "windows-1253", 0.98},
        Twin{Encoding::windows_1254, "windows-1254", 1}, Twin{Encoding::windows_1255, "windows-1255", 0.98},
        Twin{Encoding::windows_1256, "windows-1256", 1}, Twin{Encoding::windows_1257, "windows-1257", 0.98},
        Twin{Encoding::windows_1258, "windows-1258", 0.98},
        Twin{Encoding::x_mac_cyrillic, "x-mac-cyrillic", 0.98}, Twin{Encoding::gbk, "gb18030", 0.999},
        Twin{Encoding::gb18030, "gb18030", 0.999}, Twin{Encoding::big5, "Big5-HKSCS", 0.98},
        Twin{Encoding::euc_jp, "euc-jp-2007", 0.98}, Twin{Encoding::shift_jis, "ibm-943_P15A-2003", 0.98},
        Twin{Encoding::euc_kr, "windows-949", 0.99}, Twin{Encoding::iso_2022_jp, "ISO-2022-JP", 0.9},
        Twin{Encoding::utf_16be, "UTF-16BE", 1}, Twin{Encoding::utf_16le, "UTF-16LE", 1}),
    [](const auto& p) {
      std::string name(name_of(p.param.encoding));
      for (char& c : name)
        if (!is_alnum(c)) c = '_';
      return name;
    });

TEST(SingleByte, UndefinedBytesAreControlsOrErrors) {
  EXPECT_EQ(decoded("\x81\x8D\x8F\x90\x9D", Encoding::windows_1252),
            of(0x81) + of(0x8D) + of(0x8F) + of(0x90) + of(0x9D));
  EXPECT_EQ(decoded("\x80\x93\xE9", Encoding::windows_1252), "€“é");
  EXPECT_EQ(decoded("\x98", Encoding::windows_1251), of(0x98));
  EXPECT_EQ(decoded("\xA1", Encoding::iso_8859_6), "\xEF\xBF\xBD");
  EXPECT_EQ(decoded("\xDB", Encoding::windows_874), "\xEF\xBF\xBD");
  EXPECT_EQ(decoded("a\x80\xFF", Encoding::x_user_defined), std::string("a") + of(0xF780) + of(0xF7FF));
}

TEST(Replacement, IsOneCharacter) {
  EXPECT_EQ(decoded("whatever", Encoding::replacement), "\xEF\xBF\xBD");
  EXPECT_EQ(decoded("", Encoding::replacement), "");
  EXPECT_EQ(testing::decode_exact("<p>", "iso-2022-kr").encoding, "replacement");
}

// An error must not swallow markup: an ASCII byte that completes nothing stands.
TEST(MultiByte, ErrorsLeaveAsciiAlone) {
  const std::string r = "\xEF\xBF\xBD";
  for (const Encoding e : {Encoding::shift_jis, Encoding::euc_jp, Encoding::gbk, Encoding::gb18030,
                           Encoding::big5, Encoding::euc_kr}) {
    SCOPED_TRACE(name_of(e));
    EXPECT_EQ(decoded("\x88<p>", e).substr(3), "<p>");
    EXPECT_EQ(decoded("x\x88", e), "x" + r);
    EXPECT_EQ(decoded("\xFF<p>", e), r + "<p>");
  }
  EXPECT_EQ(decoded("\x8F\xA1<", Encoding::euc_jp), r + "<");
  EXPECT_EQ(decoded("\x8F<", Encoding::euc_jp), r + "<");
  EXPECT_EQ(decoded("\x8E<", Encoding::euc_jp), r + "<");
  EXPECT_EQ(decoded("\x8F\xA1", Encoding::euc_jp), r);
  EXPECT_EQ(decoded("\x81\x30<", Encoding::gb18030), r + "0<");
  EXPECT_EQ(decoded("\x81\x30\x81<", Encoding::gb18030), r + "0" + r + "<");
  EXPECT_EQ(decoded("\x81\x30\x81", Encoding::gb18030), r);
  EXPECT_EQ(decoded("\x81\x30", Encoding::gb18030), r);
  EXPECT_EQ(decoded("\x84\x32\xA4\x30", Encoding::gb18030), r);
  EXPECT_EQ(decoded("\x80", Encoding::gbk), "€");
  EXPECT_EQ(decoded("\xA6\xD9", Encoding::gb18030), "︐");  // GB 18030-2022
  EXPECT_EQ(decoded("\x81\x35\xF4\x37", Encoding::gb18030), of(0xE7C7));
  EXPECT_EQ(decoded("\x90\x30\x81\x30", Encoding::gb18030), of(0x10000));
  EXPECT_EQ(decoded("\xE3\x32\x9A\x35", Encoding::gb18030), of(0x10FFFF));
  EXPECT_EQ(decoded("\xE3\x32\x9A\x36", Encoding::gb18030), r);
  EXPECT_EQ(decoded("\x88\x62\x88\x64\x88\xA3\x88\xA5", Encoding::big5),
            of(0xCA) + of(0x304) + of(0xCA) + of(0x30C) + of(0xEA) + of(0x304) + of(0xEA) + of(0x30C));
  EXPECT_EQ(decoded("\xF0\x40\x80\xA0\xB1", Encoding::shift_jis), of(0xE000) + of(0x80) + r + "ｱ");
}

TEST(Iso2022Jp, Escapes) {
  const std::string r = "\xEF\xBF\xBD";
  EXPECT_EQ(decoded("a\x1B$B$\"\x1B(Bb", Encoding::iso_2022_jp), "aあb");
  EXPECT_EQ(decoded("\x1B(J\\~\x1B(B\\~", Encoding::iso_2022_jp), "¥‾\\~");
  EXPECT_EQ(decoded("\x1B(I1\x1B(B1", Encoding::iso_2022_jp), "ｱ1");
  EXPECT_EQ(decoded("\x1B(B\x1B(B", Encoding::iso_2022_jp), r);
  EXPECT_EQ(decoded("\x1B$B$", Encoding::iso_2022_jp), r);
  EXPECT_EQ(decoded("\x1B$B$\x1B(B<", Encoding::iso_2022_jp), r + "<");
  EXPECT_EQ(decoded("\x1B$", Encoding::iso_2022_jp), r + "$");
  EXPECT_EQ(decoded("\x1B(X", Encoding::iso_2022_jp), r + "(X");
  EXPECT_EQ(decoded("\x1B", Encoding::iso_2022_jp), r);
  EXPECT_EQ(decoded("\x0E\xFF", Encoding::iso_2022_jp), r + r);
}

TEST(Utf16, SurrogatesAndOddEnds) {
  const std::string r = "\xEF\xBF\xBD";
  EXPECT_EQ(decoded("\x3D\xD8\x00\xDE"sv, Encoding::utf_16le), "😀");
  EXPECT_EQ(decoded("\xD8\x3D\xDE\x00"sv, Encoding::utf_16be), "😀");
  EXPECT_EQ(decoded("\x3D\xD8x\0"sv, Encoding::utf_16le), r + "x");
  EXPECT_EQ(decoded("\x00\xDEx\0"sv, Encoding::utf_16le), r + "x");
  EXPECT_EQ(decoded("x\0\x3D\xD8"sv, Encoding::utf_16le), "x" + r);
  EXPECT_EQ(decoded("x\0y"sv, Encoding::utf_16le), "x" + r);
  EXPECT_EQ(decoded("\x3D\xD8\x00"sv, Encoding::utf_16le), r);
  EXPECT_EQ(decoded("y"sv, Encoding::utf_16le), r);
}

// Whatever bytes come: valid UTF-8 comes out, within the room, and ASCII markup after them survives.
TEST(Hostile, EveryEncodingTakesEverything) {
  std::mt19937 random(11);
  for (std::size_t i = 1; i < encoding_count; ++i) {
    const Encoding e = numbered(i);
    SCOPED_TRACE(name_of(e));
    for (int round = 0; round < 2000; ++round) {
      std::string s;
      const std::size_t n = random() % 40;
      for (std::size_t k = 0; k < n; ++k)
        s += static_cast<char>(random() % 3 == 0 ? "\x1B$(BJI@0<9\x81\x30\x8E\x8F"[random() % 14]
                                                 : random() % 256);
      decoded(s, e);
      if (HasFailure()) return;
    }
    for (int a = 0; a < 256; ++a) {
      for (int b = 0; b < 256; ++b) decoded(std::string{static_cast<char>(a), static_cast<char>(b)}, e);
      if (HasFailure()) return;
    }
  }
}

TEST(Hostile, TimeIsLinear) {
  for (std::size_t i = 1; i < encoding_count; ++i) {
    for (const std::string_view unit :
         {"\x81"sv, "\x8F\xA1"sv, "\x81\x30\x81"sv, "\x1B("sv, "\xFF"sv, "\xE9 a"sv}) {
      std::string s;
      while (s.size() < (1u << 20)) s += unit;
      Arena arena;
      const std::clock_t start = std::clock();  // not the wall's: machines are shared
      decode_legacy(s, numbered(i), arena);
      EXPECT_LT(std::clock() - start, 2 * CLOCKS_PER_SEC) << name_of(numbered(i));
    }
  }
  // Undeclared bytes go through every detector.
  for (const std::string_view unit : {"<"sv, "<!--"sv, "<meta "sv, "\x1B"sv, "\xFF<"sv, "\xE9>"sv, "\x80"sv,
                                      "<a b='"sv, "\xC3\xA9\xE9"sv}) {
    std::string s;
    while (s.size() < (4u << 20)) s += unit;
    Arena arena;
    Meter meter;
    const std::clock_t start = std::clock();  // not the wall's: machines are shared
    decode(s, "", arena, meter);
    EXPECT_LT(std::clock() - start, 3 * CLOCKS_PER_SEC) << unit;
  }
}

}  // namespace
}  // namespace offprint
