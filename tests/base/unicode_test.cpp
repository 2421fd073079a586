#include "base/unicode.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace offprint {
namespace {

TEST(Unicode, CodePointsGoForthAndBack) {
  const std::string text = "aé€😀";
  std::size_t at = 0;
  std::u32string points;
  while (at < text.size()) points += next_code_point(text, at);
  EXPECT_EQ(points, U"aé€😀");
  EXPECT_EQ(at, text.size());
  std::u32string back;
  for (std::size_t end = text.size(); end != 0;) {
    const CodePoint c = code_point_before(text, end);
    back += c.value;
    end -= c.size;
  }
  EXPECT_EQ(back, U"😀€éa");
  EXPECT_EQ(count_code_points(text), 4u);
  for (const char32_t c : {U'a', U'é', U'€', U'😀', char32_t{0x7F}, char32_t{0x80}, char32_t{0x7FF},
                           char32_t{0x800}, char32_t{0xFFFF}, char32_t{0x10000}, char32_t{0x10FFFF}}) {
    char bytes[4];
    const std::string_view s(bytes, static_cast<std::size_t>(append_utf8(bytes, c) - bytes));
    EXPECT_EQ(code_point_at(s, 0).value, c);
    EXPECT_EQ(code_point_at(s, 0).size, s.size());
  }
}

TEST(Unicode, Classes) {
  for (const char32_t c : U"aZéßЖяΩ中あ한กاא")
    EXPECT_EQ(is_letter(c), c != 0) << static_cast<std::uint32_t>(c);
  for (const char32_t c : U"5٣५") EXPECT_EQ(is_decimal(c), c != 0);
  EXPECT_FALSE(is_decimal(U'½'));
  EXPECT_TRUE(is_word_char(U'½'));
  EXPECT_TRUE(is_mark(0x301));
  EXPECT_FALSE(is_letter(0x301));
  EXPECT_TRUE(is_word_char(0x301));
  EXPECT_TRUE(is_upper_letter(U'É') && is_upper_letter(U'Ж') && !is_upper_letter(U'é'));
  for (const char32_t c : {U' ', U'\t', U'\n', char32_t{0xA0}, char32_t{0x3000}, char32_t{0x2009},
                           char32_t{0x200B}, char32_t{0xFEFF}, char32_t{0xAD}, char32_t{0x2028}})
    EXPECT_TRUE(is_white_space(c)) << static_cast<std::uint32_t>(c);
  for (const char32_t c :
       {U'a', U'.', char32_t{0x200D}, char32_t{0x200C}, char32_t{0x10FFFF}, char32_t{0xE000}})
    EXPECT_FALSE(is_white_space(c));
  EXPECT_TRUE(is_cjk(U'中') && is_cjk(U'あ') && is_cjk(U'カ') && is_cjk(U'々') && is_cjk(U'〇') &&
              is_cjk(0x20000));
  EXPECT_FALSE(is_cjk(U'한') || is_cjk(U'a') || is_cjk(U'。'));
  EXPECT_TRUE(is_unspaced(U'ก') && !is_unspaced(U'a'));
}

TEST(Unicode, Writings) {
  EXPECT_EQ(writing_of(U'a'), Writing::latin);
  EXPECT_EQ(writing_of(U'ẞ'), Writing::latin);
  EXPECT_EQ(writing_of(U'я'), Writing::cyrillic);
  EXPECT_EQ(writing_of(U'1'), Writing::none);
  EXPECT_EQ(writing_of(U'ꦄ'), Writing::other);
  EXPECT_EQ(main_writing("Привет, world"), Writing::cyrillic);
  EXPECT_EQ(main_writing("hello 12"), Writing::latin);
  EXPECT_EQ(main_writing("12 — 13"), Writing::none);
  EXPECT_EQ(main_writing(""), Writing::none);
  EXPECT_EQ(main_writing("日本の首相は昨日、新しい法律を発表した"), Writing::kana);
  EXPECT_EQ(main_writing("国家主席昨天在北京会见了来访的外国代表团"), Writing::han);
  EXPECT_EQ(main_writing("대통령은 어제 서울에서"), Writing::hangul);
  EXPECT_EQ(main_writing("أعلن رئيس الوزراء"), Writing::arabic);
  EXPECT_EQ(main_writing("राष्ट्रपति ने कहा"), Writing::devanagari);
}

TEST(Unicode, WithoutCase) {
  EXPECT_EQ(find_ascii_case("The Quick", "quick"), 4u);
  EXPECT_EQ(find_ascii_case("The Quick", "quicker"), std::string_view::npos);
  EXPECT_EQ(find_ascii_case("aAa", "a", 1), 1u);
  EXPECT_EQ(find_ascii_case("", ""), 0u);
  EXPECT_EQ(find_ascii_case("abc", "c", 9), std::string_view::npos);
  EXPECT_TRUE(starts_with_ascii_case("<!DOCTYPE", "<!doctype"));
  EXPECT_TRUE(ends_with_ascii_case("page.HTML", ".html"));
  EXPECT_TRUE(equal_ascii_case("UTF-8", "utf-8"));
  EXPECT_FALSE(equal_ascii_case("É", "é"));
}

TEST(Unicode, TrimAndCollapse) {
  Arena arena;
  EXPECT_EQ(trim("\xC2\xA0 a b\n\xE2\x80\x8B"), "a b");
  EXPECT_EQ(trim(" \xC2\xA0"), "");
  const std::string plain = "a b c";
  EXPECT_EQ(collapse(plain, arena).data(), plain.data());
  EXPECT_EQ(collapse("  a \t\n b\xC2\xA0\xC2\xA0"
                     "c so\xC2\xAD"
                     "ft\xE2\x80\x8B"
                     "ly ",
                     arena),
            "a b c softly");
  EXPECT_EQ(collapse("a \xC2\xAD b", arena), "a b");
  EXPECT_EQ(collapse("", arena), "");
}

TEST(Unicode, WholePrefix) {
  const std::string_view text = "aยยb€";  // 1 + 3 + 3 + 1 + 3 bytes
  const std::array<std::size_t, 13> sizes = {0, 1, 1, 1, 4, 4, 4, 7, 8, 8, 8, 11, 11};
  for (std::size_t limit = 0; limit < sizes.size(); ++limit) EXPECT_EQ(whole_prefix(text, limit).size(), sizes[limit]) << limit;
  EXPECT_EQ(whole_prefix("", 5), "");
}

TEST(Unicode, LowerCase) {
  Arena arena;
  const std::string plain = "straße ı ß";
  EXPECT_EQ(lower_into(arena, plain).data(), plain.data());
  EXPECT_EQ(lower_into(arena, "ÀÉÎ ŁÓDŹ ŞİĞ Ÿ"), "àéî łódź şiğ ÿ");
  EXPECT_EQ(lower_into(arena, "ПРИВЕТ Ёлка Ї ЃЌ"), "привет ёлка ї ѓќ");
  EXPECT_EQ(lower_into(arena, "ΑΒΓ ΆΈ ΣΑΣ"), "αβγ άέ σασ");
  EXPECT_EQ(lower_into(arena, "ԱԲԳ ＡＢＣ ẞ"), "աբգ ａｂｃ ß");
  EXPECT_EQ(lower_into(arena, "\xC8\xBA"), "\xE2\xB1\xA5");  // two bytes become three
  EXPECT_EQ(lower_into(arena, "国 한 ก 5"), "国 한 ก 5");
  EXPECT_EQ(lower_into(arena, ""), "");
}

}  // namespace
}  // namespace offprint
