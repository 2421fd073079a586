// The kernels of every instruction set against a loop that cannot be wrong.
#include "base/scan.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <random>
#include <string>

namespace offprint::scan {
namespace {

constexpr Isa all_isas[] = {Isa::portable, Isa::sse2, Isa::avx2, Isa::neon};

// A copy in a buffer of its exact size, so that a sanitizer sees one byte too many.
struct Exact {
  explicit Exact(std::string_view s) : bytes(new char[s.size()]), end(bytes.get() + s.size()) {
    if (!s.empty()) std::memcpy(bytes.get(), s.data(), s.size());
  }
  std::unique_ptr<char[]> bytes;
  const char* end;
};

std::size_t expected_find(std::string_view s, int set) {
  std::size_t i = 0;
  while (i < s.size() && std::memchr(members[set], s[i], 4) == nullptr) ++i;
  return i;
}

template <Set set>
std::size_t inline_find(const Exact& e) {
  return static_cast<std::size_t>(find<set>(e.bytes.get(), e.end) - e.bytes.get());
}

void check(std::string_view s) {
  const Exact e(s);
  for (int set = 0; set < set_count; ++set) {
    const std::size_t expected = expected_find(s, set);
    for (const Isa isa : all_isas) {
      const Kernels* k = kernels_of(isa);
      if (k == nullptr) continue;
      ASSERT_EQ(k->find[set](e.bytes.get(), e.end) - e.bytes.get(), static_cast<std::ptrdiff_t>(expected))
          << "isa " << static_cast<int>(isa) << ", set " << set << ", size " << s.size();
    }
  }
  ASSERT_EQ(inline_find<Set::text>(e), expected_find(s, 0));
  ASSERT_EQ(inline_find<Set::double_quoted>(e), expected_find(s, 1));
  ASSERT_EQ(inline_find<Set::single_quoted>(e), expected_find(s, 2));
  ASSERT_EQ(inline_find<Set::special>(e), expected_find(s, 3));
  ASSERT_EQ(inline_find<Set::newline>(e), expected_find(s, 4));
  ASSERT_EQ(inline_find<Set::angle>(e), expected_find(s, 5));
  ASSERT_EQ(inline_find<Set::raw>(e), expected_find(s, 6));
}

template <NameKind kind>
void check_name(std::string_view s) {
  const Exact e(s);
  const Name twin = name_portable<kind>(e.bytes.get(), e.end);
  const Name fast = name<kind>(e.bytes.get(), e.end);
  ASSERT_EQ(fast.end, twin.end);
  ASSERT_EQ(fast.verbatim, twin.verbatim);
  bool verbatim = true;
  for (const char* p = e.bytes.get(); p != twin.end; ++p) {
    ASSERT_FALSE(ends_name<kind>(*p));
    verbatim &= !is_upper(*p) && *p != 0;
  }
  ASSERT_EQ(verbatim, twin.verbatim);
  ASSERT_TRUE(twin.end == e.end || ends_name<kind>(*twin.end));
}

TEST(Scan, EveryByteAtEveryPlace) {
  for (std::size_t size = 0; size <= 150; size += (size < 70 ? 1 : 9)) {
    check(std::string(size, 'x'));
    for (std::size_t at = 0; at < size; at += (size < 40 ? 1 : 7)) {
      for (const char c :
           {'<', '>', '&', '"', '\'', '\r', '\n', '\0', '-', '\x80', '\xBC', '\x8D', '\x1C', '\x0C'}) {
        std::string s(size, 'x');
        s[at] = c;
        check(s);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(Scan, EveryByteValue) {
  for (int c = 0; c < 256; ++c) {
    std::string s(100, 'y');
    s[90] = static_cast<char>(c);
    check(s);
    s[3] = static_cast<char>(c);
    check(s);
    check_name<NameKind::tag>(s);
    check_name<NameKind::attribute>(s);
    if (HasFatalFailure()) return;
  }
}

TEST(Scan, RandomBytes) {
  std::mt19937 random(20240607);
  for (int round = 0; round < 4000; ++round) {
    std::string s(random() % 300, ' ');
    const unsigned rare = 1 + random() % 60;
    for (char& c : s)
      c = random() % rare == 0 ? "<&\"'\r\n>=/ A\0"[random() % 12] : static_cast<char>('a' + random() % 26);
    if (round % 4 == 0)
      for (char& c : s) c = static_cast<char>(random());
    check(s);
    check_name<NameKind::tag>(s);
    check_name<NameKind::attribute>(s);
    if (HasFatalFailure()) return;
  }
}

TEST(Scan, TheMachineHasKernels) {
  ASSERT_NE(kernels_of(Isa::portable), nullptr);
  EXPECT_EQ(&kernels(), kernels_of(kernels().isa));
}

}  // namespace
}  // namespace offprint::scan
