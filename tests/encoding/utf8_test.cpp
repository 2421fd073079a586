// UTF-8: repair against a slow and obvious twin, spans, cuts.
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "encoding/utf8.h"
#include "tests/encoding/common.h"

namespace offprint {
namespace {

// https://encoding.spec.whatwg.org/#utf-8-decoder, step by step. `from[i]` is the byte of the input that the
// i-th byte of the result begins at; the last entry is its end.
struct Reference {
  std::string utf8;
  std::vector<std::size_t> from;
};

Reference reference(std::string_view bytes) {
  Reference r;
  unsigned point = 0, seen = 0, needed = 0, low = 0x80, high = 0xBF;
  std::size_t start = 0;
  const auto emit = [&](std::uint32_t c, std::size_t at) {
    char text[4];
    const std::size_t n = static_cast<std::size_t>(put_utf8(text, c) - text);
    r.utf8.append(text, n);
    r.from.insert(r.from.end(), n, at);
  };
  for (std::size_t i = 0;; ++i) {
    if (i == bytes.size()) {
      if (needed != 0) emit(0xFFFD, start);
      break;
    }
    const auto b = static_cast<unsigned char>(bytes[i]);
    if (needed == 0) {
      start = i;
      if (b <= 0x7F) {
        emit(b, i);
      } else if (b >= 0xC2 && b <= 0xDF) {
        needed = 1;
        point = b & 0x1F;
      } else if (b >= 0xE0 && b <= 0xEF) {
        if (b == 0xE0) low = 0xA0;
        if (b == 0xED) high = 0x9F;
        needed = 2;
        point = b & 0xF;
      } else if (b >= 0xF0 && b <= 0xF4) {
        if (b == 0xF0) low = 0x90;
        if (b == 0xF4) high = 0x8F;
        needed = 3;
        point = b & 7;
      } else {
        emit(0xFFFD, i);
      }
      continue;
    }
    if (b < low || b > high) {
      needed = seen = 0;
      low = 0x80;
      high = 0xBF;
      emit(0xFFFD, start);
      --i;
      continue;
    }
    low = 0x80;
    high = 0xBF;
    point = point << 6 | (b & 0x3F);
    if (++seen != needed) continue;
    emit(point, start);
    needed = seen = 0;
  }
  r.from.push_back(bytes.size());
  return r;
}

void compare(std::string_view bytes) {
  const testing::Exact exact(bytes);
  Arena arena;
  const Reference r = reference(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
  const std::size_t mark = bytes.size() - r.from.back();
  DecodedText t;
  take_utf8(exact.view().substr(mark), static_cast<std::uint32_t>(mark), false, arena, t);
  ASSERT_EQ(t.utf8, r.utf8);
  ASSERT_TRUE(is_utf8(t.utf8));
  ASSERT_EQ(t.repaired, r.utf8.find("\xEF\xBF\xBD") != r.utf8.npos && r.utf8 != bytes.substr(mark));
  if (!t.repaired && !bytes.empty() && mark != bytes.size()) {
    ASSERT_EQ(t.utf8.data(), exact.view().data() + mark);  // a view, no copy
  }
  for (std::size_t i = 1; i < t.shifts.size(); ++i) ASSERT_LT(t.shifts[i - 1].at, t.shifts[i].at);
  // Every character maps to where it was.
  for (std::size_t i = 0; i < r.utf8.size();) {
    std::size_t next = i + 1;
    while (next < r.utf8.size() && (static_cast<unsigned char>(r.utf8[next]) & 0xC0) == 0x80) ++next;
    const Span s = captured_span(t, {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(next)});
    ASSERT_EQ(s.begin, r.from[i] + mark) << i;
    ASSERT_EQ(s.end, r.from[next] + mark) << i;
    i = next;
  }
}

TEST(Utf8, RepairsAsTheStandard) {
  for (const std::string_view s : {"",
                                   "a",
                                   "\xC3\xA9",
                                   "\xC3",
                                   "\x80",
                                   "\xE2\x82",
                                   "\xE2\x82\xAC",
                                   "\xE2\x28\xA1",
                                   "\xF0\x9F\x98\x80",
                                   "\xF0\x9F\x98",
                                   "\xF0\x9F\x98x",
                                   "\xED\xA0\x80",
                                   "\xC0\xAF",
                                   "\xF5\x80\x80\x80",
                                   "\xF4\x90\x80\x80",
                                   "\xE0\x80\x80",
                                   "\xFF\xFD\xFE",
                                   "\xEF\xBB\xBF",
                                   "\xEF\xBB\xBF\xEF\xBB\xBFx",
                                   "\xEF\xBB\xBF\x80"
                                   "abc",
                                   "caf\xE9 d\xE9j\xE0 vu"})
    compare(s);
}

TEST(Utf8, RepairsWhateverComes) {
  std::mt19937 random(7);
  const unsigned char pool[] = {'a',  '<',  0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF,
                                0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF, 0xBB, 0xBF};
  for (int i = 0; i < 20000; ++i) {
    std::string s;
    const std::size_t n = random() % 24;
    while (s.size() < n) {
      if (random() % 4 == 0) s += std::string(random() % 20, 'x');
      if (random() % 4 == 0) s += "é€😀";
      s += static_cast<char>(pool[random() % sizeof pool]);
    }
    // Byte order marks of other encodings come first, whatever the header says.
    if (s.starts_with("\xFF\xFE") || s.starts_with("\xFE\xFF")) continue;
    compare(s);
    if (HasFatalFailure()) return;
  }
}

TEST(Utf8, UnfinishedSequences) {
  EXPECT_EQ(unfinished_utf8(""), 0u);
  EXPECT_EQ(unfinished_utf8("a"), 0u);
  EXPECT_EQ(unfinished_utf8("a\xC3"), 1u);
  EXPECT_EQ(unfinished_utf8("a\xC3\xA9"), 0u);
  EXPECT_EQ(unfinished_utf8("a\xE2\x82"), 2u);
  EXPECT_EQ(unfinished_utf8("a\xE2\x82\xAC"), 0u);
  EXPECT_EQ(unfinished_utf8("a\xF0\x9F\x98"), 3u);
  EXPECT_EQ(unfinished_utf8("\x98\x98\x98"), 0u);
  EXPECT_EQ(unfinished_utf8("\xE0\x80"), 0u);
  EXPECT_EQ(unfinished_utf8("\xFF"), 0u);
}

TEST(Utf8, BudgetCutsBetweenCharacters) {
  const std::string text =
      "ab\xF0\x9F\x98\x80"
      "cd";
  for (std::size_t n = 0; n <= text.size() + 1; ++n) {
    Arena arena;
    Budgets budgets;
    budgets.bytes = n;
    Meter meter(budgets);
    const DecodedText t = decode(text, "utf-8", arena, meter);
    EXPECT_EQ(meter.spent, n < text.size() ? Limit::bytes : Limit::none) << n;
    EXPECT_FALSE(t.repaired) << n;
    EXPECT_EQ(t.utf8, text.substr(0, n > 2 && n < 6 ? 2 : n)) << n;
  }
}

TEST(Utf8, UndeclaredMayBeCutOrSlightlyBroken) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "Grüße aus Köln, ça va? ";
  EXPECT_EQ(testing::decode_exact(text).encoding, "UTF-8");
  EXPECT_EQ(testing::decode_exact(text).source, EncodingSource::detected);
  EXPECT_EQ(testing::decode_exact(text + "\xE2\x82").encoding, "UTF-8");
  EXPECT_EQ(testing::decode_exact(text + "\xE9 " + text).encoding, "UTF-8");
  EXPECT_NE(testing::decode_exact("Gr\xFC\xDF"
                                  "e aus K\xF6ln")
                .encoding,
            "UTF-8");
}

TEST(Utf8, BrokenMegabytesCostLittle) {
  const std::string bytes(8u << 20, '\x80');
  Arena arena;
  DecodedText t;
  take_utf8(bytes, 0, false, arena, t);
  EXPECT_EQ(t.utf8.size(), bytes.size() * 3);
  EXPECT_LE(t.shifts.size(), (1u << 20) + 2);
  const std::uint32_t middle = static_cast<std::uint32_t>(t.utf8.size() / 2 / 3 * 3);
  EXPECT_NEAR(captured_span(t, {middle, middle}).begin, bytes.size() / 2, 64);
}

}  // namespace
}  // namespace offprint
