// The compiled-in models were trained on the features that this build computes.
#include <gtest/gtest.h>

#include <algorithm>

#include "blocks/features.h"
#include "generated/content_model.h"
#include "generated/role_model.h"

namespace offprint {
namespace {

// Fails after the features have changed: run training/run.sh.
TEST(Models, were_trained_on_the_features_of_this_build) {
  for (const Forest* model : {&generated::content_model, &generated::role_model}) {
    EXPECT_EQ(model->inputs, feature_names().size());
    EXPECT_EQ(model->names_hash, hash_of_names(feature_names()));
    for (std::size_t c = 0; c < model->input.size(); ++c) {
      EXPECT_EQ(model->name[c], feature_names()[model->input[c]]);
    }
  }
  EXPECT_EQ(generated::content_model.outputs, 1u);
  EXPECT_EQ(generated::role_model.outputs, static_cast<std::uint32_t>(role_count));
}

// What the kernels rely on without looking.
TEST(Models, are_well_formed) {
  for (const Forest* model : {&generated::content_model, &generated::role_model}) {
    const std::size_t columns = model->input.size(), splits = std::size_t{model->trees} * model->depth;
    ASSERT_TRUE(model->depth >= 1 && model->depth <= 6);
    ASSERT_EQ(model->border_begin.size(), columns + 1);
    ASSERT_EQ(model->border_begin[columns], model->borders.size());
    ASSERT_EQ(model->split_column.size(), splits);
    ASSERT_EQ(model->split_least.size(), splits);
    ASSERT_EQ(model->cover.size(), std::size_t{model->trees} << model->depth);
    ASSERT_EQ(model->bias.size(), model->outputs);
    for (const std::uint16_t column : model->split_column) ASSERT_LT(column, columns);
    for (std::size_t c = 0; c < columns; ++c) {
      ASSERT_LE(model->border_begin[c + 1] - model->border_begin[c], 254);
      for (std::size_t b = model->border_begin[c] + 1u; b < model->border_begin[c + 1]; ++b) {
        ASSERT_LT(model->borders[b - 1], model->borders[b]);
      }
    }
    if (model->outputs == 1) {
      ASSERT_EQ(model->leaf_bytes.size(), std::size_t{model->trees} * 2 * std::max(16u, 1u << model->depth));
    } else {
      ASSERT_EQ(model->leaf_vectors.size(),
                (std::size_t{model->trees} << model->depth) * ((model->outputs + 7) / 8 * 8));
      ASSERT_EQ(model->leaf_shift.size(), model->trees);
    }
  }
}

}  // namespace
}  // namespace offprint
