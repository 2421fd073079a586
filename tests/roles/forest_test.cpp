// The forest against CatBoost's own answers, its two kernels against each other, and the compiled-in models
// against the features of this build.
#include "roles/forest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <random>

#include "forest_fixture.h"
#include "roles/forest_kernels.h"

namespace offprint {
namespace {

struct Case {
  const char* name;
  const Forest* forest;
  std::span<const std::uint8_t> leaves;  // rows × trees
  std::span<const float> catboost, exact;
};

const Case cases[] = {
    {"one", &fixture::one, fixture::one_leaves, fixture::one_catboost, fixture::one_exact},
    {"shallow", &fixture::shallow, fixture::shallow_leaves, fixture::shallow_catboost,
     fixture::shallow_exact},
    {"three", &fixture::three, fixture::three_leaves, fixture::three_catboost, fixture::three_exact},
    {"roles", &fixture::roles, fixture::roles_leaves, fixture::roles_catboost, fixture::roles_exact},
};

std::vector<ForestKernel> kernels() {
  std::vector<ForestKernel> all = {ForestKernel::portable};
  if (best_forest_kernel() >= ForestKernel::avx2) all.push_back(ForestKernel::avx2);
  if (best_forest_kernel() >= ForestKernel::avx512) all.push_back(ForestKernel::avx512);
  return all;
}

std::vector<float> scores_of(const Forest& forest, const float* values, std::size_t rows, std::size_t stride,
                             ForestKernel kernel) {
  QuantisedRows quantised;
  quantise(forest, values, rows, stride, quantised, kernel);
  std::vector<float> scores;
  evaluate(forest, quantised, scores, kernel);
  return scores;
}

// Numbers that lie on borders, beside them, and nowhere near.
std::vector<float> awkward_rows(const Forest& forest, std::size_t rows) {
  std::mt19937 random(7);
  std::vector<float> out(rows * forest.inputs);
  for (float& x : out) {
    const float border = forest.borders[random() % forest.borders.size()];
    switch (random() % 8) {
      case 0:
        x = border;
        break;
      case 1:
        x = std::nextafter(border, 1e30f);
        break;
      case 2:
        x = std::nextafter(border, -1e30f);
        break;
      case 3:
        x = std::numeric_limits<float>::infinity();
        break;
      case 4:
        x = -std::numeric_limits<float>::infinity();
        break;
      case 5:
        x = std::numeric_limits<float>::quiet_NaN();
        break;
      default:
        x = static_cast<float>(random() % 4000) / 1000.0f - 2.0f;
    }
  }
  return out;
}

TEST(Forest, reaches_the_leaves_that_catboost_reaches) {
  for (const Case& c : cases) {
    for (const ForestKernel kernel : kernels()) {
      for (std::size_t row = 0; row < fixture::row_count; ++row) {
        QuantisedRows one;
        quantise(*c.forest, fixture::rows + row * c.forest->inputs, 1, c.forest->inputs, one, kernel);
        std::vector<float> scores;
        evaluate(*c.forest, one, scores, kernel);
        for (std::size_t tree = 0; tree < c.forest->trees; ++tree) {
          ASSERT_EQ(one.leaves[tree * QuantisedRows::tile_rows], c.leaves[row * c.forest->trees + tree])
              << c.name << " row " << row << " tree " << tree;
        }
      }
    }
  }
}

TEST(Forest, scores_as_catboost_up_to_the_rounding_of_leaves) {
  for (const Case& c : cases) {
    for (const ForestKernel kernel : kernels()) {
      const std::vector<float> scores =
          scores_of(*c.forest, fixture::rows, fixture::row_count, c.forest->inputs, kernel);
      ASSERT_EQ(scores.size(), c.exact.size());
      for (std::size_t i = 0; i < scores.size(); ++i) {
        ASSERT_EQ(scores[i], c.exact[i]) << c.name << " " << i;
        ASSERT_NEAR(scores[i], c.catboost[i], 0.03) << c.name << " " << i;
      }
    }
  }
}

TEST(Forest, kernels_agree_to_the_bit_for_every_number_of_rows) {
  for (const Case& c : cases) {
    for (std::size_t rows = 0; rows <= 135; ++rows) {
      const std::vector<float> values = awkward_rows(*c.forest, rows);
      // A buffer of its exact size, so that a sanitizer sees one float too many.
      const std::unique_ptr<float[]> exact(new float[values.size()]);
      std::copy(values.begin(), values.end(), exact.get());
      const std::vector<float> first =
          scores_of(*c.forest, exact.get(), rows, c.forest->inputs, ForestKernel::portable);
      ASSERT_EQ(first.size(), rows * c.forest->outputs);
      for (const ForestKernel kernel : kernels()) {
        ASSERT_EQ(scores_of(*c.forest, exact.get(), rows, c.forest->inputs, kernel), first)
            << c.name << " " << rows << " rows";
      }
    }
  }
}

TEST(Forest, bins_count_the_borders_below) {
  const Forest& f = fixture::one;
  const std::size_t rows = 50;
  const std::vector<float> values = awkward_rows(f, rows);
  for (const ForestKernel kernel : kernels()) {
    QuantisedRows q;
    quantise(f, values.data(), rows, f.inputs, q, kernel);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < f.input.size(); ++c) {
        int below = 0;
        for (std::size_t b = f.border_begin[c]; b < f.border_begin[c + 1]; ++b)
          below += values[r * f.inputs + f.input[c]] > f.borders[b];
        ASSERT_EQ(q.bin(r, c), below) << "row " << r << " column " << c;
      }
    }
  }
}

TEST(Forest, a_row_scores_the_same_wherever_it_stands) {
  const Forest& f = fixture::roles;
  const std::vector<float> all =
      scores_of(f, fixture::rows, fixture::row_count, f.inputs, best_forest_kernel());
  for (std::size_t r = 0; r < fixture::row_count; ++r) {
    const std::vector<float> alone =
        scores_of(f, fixture::rows + r * f.inputs, 1, f.inputs, best_forest_kernel());
    ASSERT_TRUE(
        std::equal(alone.begin(), alone.end(), all.begin() + static_cast<std::ptrdiff_t>(r * f.outputs)))
        << r;
  }
}

// A whole tile lies output by output; its rows are judged and turned into probabilities as they are alone.
TEST(Forest, tiles_are_judged_like_rows) {
  constexpr std::size_t tile = QuantisedRows::tile_rows;
  for (const Case& c : cases) {
    const Forest& f = *c.forest;
    const std::vector<float> values = awkward_rows(f, tile);
    std::vector<float> columns(f.inputs * column_stride), scores(f.outputs * tile);
    for (std::size_t r = 0; r < tile; ++r)
      for (std::size_t k = 0; k < f.inputs; ++k) columns[k * column_stride + r] = values[r * f.inputs + k];
    const std::vector<float> rows = scores_of(f, values.data(), tile, f.inputs, ForestKernel::portable);
    for (const ForestKernel kernel : kernels()) {
      QuantisedRows q;
      quantise_tile(f, columns.data(), tile, q, 0, kernel);
      // Again, all but the first columns.
      const auto bins = q.bins;
      const std::size_t alike = f.input.size() / 3;
      std::fill(q.bins.begin() + static_cast<std::ptrdiff_t>(alike * tile), q.bins.end(), std::uint8_t{77});
      quantise_tile(f, columns.data(), tile, q, alike, kernel);
      EXPECT_EQ(bins, q.bins);
      evaluate_tile(f, q, scores.data(), kernel);
      std::vector<float> probabilities = scores;
      softmax_tile(probabilities.data(), f.outputs, kernel);
      for (std::size_t r = 0; r < tile; ++r) {
        std::vector<float> row(rows.begin() + static_cast<std::ptrdiff_t>(r * f.outputs),
                               rows.begin() + static_cast<std::ptrdiff_t>((r + 1) * f.outputs));
        for (std::size_t k = 0; k < f.outputs; ++k) ASSERT_EQ(scores[k * tile + r], row[k]) << c.name << " row " << r;
        softmax(row);
        for (std::size_t k = 0; k < f.outputs; ++k) ASSERT_EQ(probabilities[k * tile + r], row[k]) << c.name << " row " << r;
      }
    }
  }
}

// One scratch for many forests, as tests and the page's models might use it.
TEST(Forest, a_single_row_scores_as_in_a_tile) {
  std::vector<std::uint8_t> bins;
  std::vector<float> scores;
  for (const Case& c : cases) {
    constexpr std::size_t rows = 70;
    const std::vector<float> values = awkward_rows(*c.forest, rows);
    const std::vector<float> all = scores_of(*c.forest, values.data(), rows, c.forest->inputs, best_forest_kernel());
    for (std::size_t row = 0; row < rows; ++row) {
      std::vector<float> columns;
      for (const std::uint16_t input : c.forest->input) columns.push_back(values[row * c.forest->inputs + input]);
      evaluate_row(*c.forest, columns, bins, scores);
      const std::vector<float> same(all.begin() + static_cast<std::ptrdiff_t>(row * c.forest->outputs),
                                    all.begin() + static_cast<std::ptrdiff_t>((row + 1) * c.forest->outputs));
      EXPECT_EQ(scores, same) << c.name << " row " << row;
    }
  }
}

TEST(Forest, scratch_may_be_used_for_another_forest) {
  for (const ForestKernel kernel : kernels()) {
    QuantisedRows q;
    for (const Case& c : cases) {
      std::vector<float> scores;
      quantise(*c.forest, fixture::rows, fixture::row_count, c.forest->inputs, q, kernel);
      evaluate(*c.forest, q, scores, kernel);
      ASSERT_TRUE(std::equal(scores.begin(), scores.end(), c.exact.begin(), c.exact.end())) << c.name;
    }
  }
}

TEST(Forest, softmax_gives_probabilities) {
  std::vector<float> s = {1000.0f, 999.0f, -1000.0f};
  softmax(s);
  EXPECT_NEAR(s[0], 0.7310586f, 1e-5);
  EXPECT_NEAR(s[0] + s[1] + s[2], 1.0f, 1e-6);
}

TEST(Forest, logarithms_are_near_the_library_s) {
  for (float x = 0.0101f; x < 99.0f; x *= 1.003f) EXPECT_NEAR(forest::log_of(x), std::log(x), 4e-7 * std::max(1.0f, std::fabs(std::log(x)))) << x;
}

TEST(Forest, hash_of_names_is_that_of_the_exporter) {
  EXPECT_EQ(hash_of_names(fixture::names), fixture::one.names_hash);
  EXPECT_NE(hash_of_names(std::span(fixture::names).first(3)), fixture::one.names_hash);
}

}  // namespace
}  // namespace offprint
