// Tests of blocks/echoes.h: the fading of what is spoken of, against plain multiplication.
#include "blocks/echoes.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "base/cpu.h"

namespace offprint {
namespace {

void compare_with_plain_numbers(std::size_t n) {
  // Purposes from frequent to spoken of once in thousands of blocks, so that many fade away.
  std::mt19937 random(1);
  Features features;
  features.facts.resize(n);
  for (TextFacts& facts : features.facts)
    for (std::uint32_t k = 0; k < purpose_count; ++k)
      if (random() % (k < 5 ? 3u : k < 20 ? 400u : 3000u) == 0) facts.hits.purposes |= 1u << k;

  std::vector<Features::Echo> plain(n);
  Features::Echo echo{};
  const auto fade = [&](std::uint32_t purposes) {
    for (std::size_t k = 0; k < echo.size(); ++k) {
      const float faded = echo[k] * 0.75f;
      echo[k] = (faded > 1e-6f ? faded : 0.0f) + static_cast<float>((purposes >> k) & 1u);
    }
  };
  for (std::size_t i = 0; i < n; ++i) {
    plain[i] = echo;
    fade(features.facts[i].hits.purposes);
  }
  echo = {};
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = 0; k < echo.size(); ++k) plain[i][k] += echo[k];
    fade(features.facts[i].hits.purposes);
  }

  for (const cpu::Level most : {cpu::Level::base, cpu::Level::avx2, cpu::Level::avx512}) {
    cpu::allow_at_most(most);
    find_echoes(features);
    std::vector<float> columns(purpose_count * column_stride);
    std::size_t silent = 0;
    for (std::size_t first = 0; first < n; first += feature_tile) {
      const std::size_t rows = std::min(feature_tile, n - first);
      fill_echoes(features, first / feature_tile, rows, (1u << purpose_count) - 1, columns.data());
      for (std::size_t k = 0; k < purpose_count; ++k) {
        for (std::size_t i = 0; i < rows; ++i) {
          ASSERT_EQ(columns[k * column_stride + i], plain[first + i][k]) << "row " << first + i << " purpose " << k;
          silent += plain[first + i][k] == 0;
        }
      }
    }
    if (n > 1000) {
      EXPECT_GT(silent, 100u);
    }
  }
}

TEST(Echoes, FadeAsPlainNumbersDo) {
  compare_with_plain_numbers(40 * feature_tile - 13);
  for (const std::size_t n : {std::size_t{1}, feature_tile - 1, feature_tile, feature_tile + 1, 2 * feature_tile}) compare_with_plain_numbers(n);
}

}  // namespace
}  // namespace offprint
