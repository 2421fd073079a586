// Tests of blocks/row_columns.h: columns made of many rows at once against a plain reading, with and without AVX2.
#include "blocks/row_columns.h"

#include <gtest/gtest.h>

#include <random>

#include "base/cpu.h"

namespace offprint {
namespace {

struct Columns {
  std::vector<float> values = std::vector<float>(32 * column_stride, -7.0f);
  float of(std::size_t column, std::size_t row) const { return values[column * column_stride + row]; }
};

template <class Test>
void on_all_levels(Test test) {
  for (const cpu::Level most : {cpu::Level::base, cpu::Level::avx512}) {
    cpu::allow_at_most(most);
    test();
  }
}

RowBits random_bits(std::mt19937& random) {
  RowBits bits;
  for (std::uint32_t& b : bits) b = static_cast<std::uint32_t>(random() & random());
  return bits;
}

TEST(RowColumns, OfBits) {
  on_all_levels([] {
    std::mt19937 random(1);
    const RowBits own = random_bits(random), near = random_bits(random), all = random_bits(random);
    constexpr std::uint32_t wanted = 0x00F3A5u;
    Columns plain, nearest;
    fill_bits(own, wanted, plain.values.data());
    fill_nearest(own, near, all, wanted, nearest.values.data());
    for (std::size_t k = 0; k < 24; ++k)
      for (std::size_t i = 0; i < feature_tile; ++i) {
        const bool asked = (wanted >> k & 1) != 0;
        const float far = (own[i] >> k & 1) != 0 ? 3.0f : (near[i] >> k & 1) != 0 ? 2.0f : (all[i] >> k & 1) != 0 ? 1.0f : 0.0f;
        ASSERT_EQ(plain.of(k, i), !asked ? -7.0f : (own[i] >> k & 1) != 0 ? 1.0f : 0.0f) << k << ' ' << i;
        ASSERT_EQ(nearest.of(k, i), asked ? far : -7.0f) << k << ' ' << i;
      }
  });
}

TEST(RowColumns, OfRoles) {
  on_all_levels([] {
    std::mt19937 random(2);
    RoleTile tile;
    for (auto& row : tile)
      for (std::int8_t& r : row) r = static_cast<std::int8_t>(random());
    Columns columns;
    fill_roles(tile, 0x7FFFFFu & ~8u, columns.values.data());
    for (std::size_t k = 0; k < role_width; ++k)
      for (std::size_t i = 0; i < feature_tile; ++i) ASSERT_EQ(columns.of(k, i), k == 3 || k == 23 ? -7.0f : static_cast<float>(tile[i][k]));
  });
}

TEST(RowColumns, OfEchoes) {
  std::mt19937 random(3);
  std::vector<Features::Echo> around(feature_tile);
  for (auto& echo : around)
    for (float& e : echo) e = static_cast<float>(random() % 1000);
  Columns columns;
  fill_around(around.data(), (1u << purpose_count) - 1, columns.values.data());
  for (std::size_t k = 0; k < 32; ++k)
    for (std::size_t i = 0; i < feature_tile; ++i) ASSERT_EQ(columns.of(k, i), k < purpose_count ? around[i][k] : -7.0f);
}

TEST(RowColumns, PartsOfSumsAreWholeNumbersOfTheProduct) {
  std::mt19937 random(4);
  for (int round = 0; round < 1000; ++round) {
    RoleSums sums;
    for (std::int16_t& s : sums.of) s = static_cast<std::int16_t>(random());
    const auto part = static_cast<std::int16_t>(random() % 4097);
    const RoleSums parts = parts_of(sums, part);
    for (std::size_t r = 0; r < role_width; ++r) ASSERT_EQ(parts.of[r], static_cast<std::int16_t>((sums.of[r] * part) >> 8));
  }
}

}  // namespace
}  // namespace offprint
