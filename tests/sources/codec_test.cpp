#include "sources/codec.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/sources/make.h"

namespace offprint::sources {
namespace {

using testing::brotli_packed, testing::deflated, testing::lz4_packed, testing::zstd_packed;

struct Packed {
  Coding coding;
  std::string bytes;
};
std::vector<Packed> packings(std::string_view text) {
  return {{Coding::plain, std::string(text)}, {Coding::gzip, deflated(text)},     {Coding::zlib, deflated(text, 15)},
          {Coding::raw_deflate, deflated(text, -15)}, {Coding::zstd, zstd_packed(text)}, {Coding::lz4, lz4_packed(text)},
          {Coding::brotli, brotli_packed(text)}};
}

std::string long_text() {
  std::string text;
  for (int i = 0; text.size() < 200000; ++i) text += "line " + std::to_string(i * 7919) + " of a page\n";
  return text;
}

TEST(Codec, WholeBodies) {
  const std::string text = long_text();
  for (const Packed& packed : packings(text)) {
    if (packed.coding == Coding::plain) continue;  // has no end of its own
    const auto codec = make_codec(packed.coding);
    for (int again = 0; again < 2; ++again) {
      Buffer out;
      std::string problem;
      EXPECT_TRUE(unpack_all(*codec, packed.bytes, out, {}, problem)) << name_of(packed.coding) << ": " << problem;
      EXPECT_TRUE(out.view() == text) << name_of(packed.coding);
    }
  }
}

// What a body that is cut off begins with is kept, and nothing else is.
TEST(Codec, CutBodies) {
  const std::string text = long_text();
  for (const Packed& packed : packings(text)) {
    if (packed.coding == Coding::plain) continue;
    const auto codec = make_codec(packed.coding);
    for (std::size_t size : {packed.bytes.size() / 3, packed.bytes.size() - 1}) {
      Buffer out;
      std::string problem;
      EXPECT_FALSE(unpack_all(*codec, std::string_view(packed.bytes).substr(0, size), out, {}, problem)) << name_of(packed.coding);
      EXPECT_FALSE(problem.empty());
      EXPECT_TRUE(text.starts_with(out.view())) << name_of(packed.coding);
    }
  }
}

TEST(Codec, Limits) {
  const std::string text(4u << 20, 'a');
  for (const Packed& packed : packings(text)) {
    if (packed.coding == Coding::plain) continue;
    const auto codec = make_codec(packed.coding);
    Buffer out;
    std::string problem;
    EXPECT_FALSE(unpack_all(*codec, packed.bytes, out, {.most_bytes = 1u << 20}, problem)) << name_of(packed.coding);
    EXPECT_LE(out.size(), 1u << 20);
    out.clear();  // a whole member in one piece
    EXPECT_FALSE(unpack_all(*codec, packed.bytes, out, {.most_bytes = 1000}, problem)) << name_of(packed.coding);
    EXPECT_LE(out.size(), 1000u);
    out.clear();
    problem.clear();
    EXPECT_FALSE(unpack_all(*codec, packed.bytes, out, {.most_ratio = 10, .ratio_from = 1000}, problem)) << name_of(packed.coding);
  }
}

// Bits of deflate data, the lowest first; codes of Huffman begin with their highest (RFC 1951, 3.1.1).
struct Bits {
  std::string bytes;
  unsigned used = 0;
  void bit(unsigned b) {
    if (used % 8 == 0) bytes.push_back(0);
    bytes.back() = static_cast<char>(static_cast<unsigned char>(bytes.back()) | b << used % 8);
    ++used;
  }
  void number(unsigned value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) bit(value >> i & 1);
  }
  void code(unsigned value, unsigned size) {
    while (size-- > 0) bit(value >> size & 1);
  }
};

// "abcd", then 258 bytes from before the beginning, or from a distance that is none: what another member left there must not
// come out.
TEST(Codec, MatchOfAWrongDistance) {
  for (unsigned distance : {29u, 30u}) {
    Bits bits;
    bits.number(1, 1);  // the last block
    bits.number(1, 2);  // fixed codes
    for (char c : {'a', 'b', 'c', 'd'}) bits.code(0x30 + static_cast<unsigned>(c), 8);
    bits.code(0xC0 + 285 - 280, 8);  // a match of 258
    bits.code(distance, 5);          // 29: from 24,577 to 32,768 back; 30: there is no such code
    bits.number(0, 13);
    bits.code(0, 7);
    for (const std::string& before : {std::string(100000, 'X'), std::string(100000, 'Y'), std::string()}) {
      const auto codec = make_codec(Coding::raw_deflate);
      Buffer out;
      std::string problem;
      if (!before.empty()) {
        EXPECT_TRUE(unpack_all(*codec, deflated(before, -15), out, {}, problem));
        out.clear();
      }
      EXPECT_FALSE(unpack_all(*codec, bits.bytes, out, {}, problem));
      EXPECT_TRUE(std::string_view("abcd").starts_with(out.view())) << out.view();
    }
  }
}

}  // namespace
}  // namespace offprint::sources
