// The compiled-in models were trained on the features that this build computes.
#include <gtest/gtest.h>

#include <algorithm>

#include "blocks/features.h"
#include "generated/content_flat_model.h"
#include "generated/content_model.h"
#include "generated/page_model.h"
#include "generated/role_model.h"
#include "generated/sequence_flat_model.h"
#include "generated/sequence_model.h"
#include "roles/page_type.h"

namespace offprint {
namespace {

// Fails after the features have changed: run training/run.sh.
TEST(Models, were_trained_on_the_features_of_this_build) {
  const auto check = [](const auto& model) {
    EXPECT_EQ(model.inputs, feature_names().size());
    EXPECT_EQ(model.names_hash, hash_of_names(feature_names()));
    for (std::size_t c = 0; c < model.input.size(); ++c) EXPECT_EQ(model.name[c], feature_names()[model.input[c]]);
  };
  check(generated::content_model);
  check(generated::content_flat_model);
  check(generated::role_model);
  check(generated::sequence_model);
  check(generated::sequence_flat_model);
  const std::vector<std::string> names = page_input_names();
  const std::vector<std::string_view> of_page(names.begin(), names.end());
  EXPECT_EQ(generated::page_model.inputs, names.size());
  EXPECT_EQ(generated::page_model.names_hash, hash_of_names(of_page));
  for (std::size_t c = 0; c < generated::page_model.input.size(); ++c)
    EXPECT_EQ(generated::page_model.name[c], names[generated::page_model.input[c]]);
  EXPECT_EQ(generated::content_model.outputs, 1u);
  EXPECT_EQ(generated::role_model.outputs, static_cast<std::uint32_t>(role_count));
}

// What the kernels rely on without looking.
TEST(Models, forests_are_well_formed) {
  for (const Forest* model : {&generated::content_model, &generated::content_flat_model,
                              &generated::role_model, &generated::page_model}) {
    const std::size_t columns = model->input.size(), splits = std::size_t{model->trees} * model->depth;
    ASSERT_TRUE(model->depth >= 1 && model->depth <= 6);
    ASSERT_EQ(model->border_begin.size(), columns + 1);
    ASSERT_EQ(model->border_begin[columns], model->borders.size());
    ASSERT_EQ(model->split_column.size(), splits);
    ASSERT_EQ(model->split_least.size(), splits);
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

TEST(Models, nets_are_well_formed) {
  for (const Net* net : {&generated::sequence_model, &generated::sequence_flat_model}) {
    const std::size_t columns = net->input.size();
    ASSERT_EQ(net->outputs, static_cast<std::uint32_t>(role_count) + 1);
    ASSERT_LE(net->layers, most_net_layers);
    for (const std::uint16_t column : net->input) ASSERT_LT(column, net->inputs);
    ASSERT_EQ(net->low.size(), columns);
    ASSERT_EQ(net->scale.size(), columns);
    ASSERT_EQ(net->usual.size(), columns);
    const auto check = [](const NetLayer& layer, std::size_t inputs, std::size_t outputs) {
      const std::size_t pieces = (outputs + 15) / 16;
      EXPECT_EQ(layer.weights.size(), pieces * ((inputs + 3) / 4) * 64);
      EXPECT_EQ(layer.factor.size(), pieces * 16);
      EXPECT_EQ(layer.bias.size(), pieces * 16);
      // A weight of -128 would let a pair of products leave 16 bits in maddubs.
      EXPECT_GE(*std::min_element(layer.weights.begin(), layer.weights.end()), -127);
    };
    check(net->first, columns, net_width);
    check(net->page, net_width, net_found);
    for (std::uint32_t i = 0; i < net->layers; ++i) {
      check(net->look[i], net_width + 2 * net_side, net_found);
      check(net->back[i], net_found, net_width);
      EXPECT_GT(net->keep[i], 0.0f);
      if (net->remember[i].weights.empty()) continue;
      check(net->remember[i], net_width, 4 * net_memory);
      check(net->recall[i], net_found, net_width);
      EXPECT_GT(net->recall_keep[i], 0.0f);
    }
    check(net->last, net_width, net->outputs);
    ASSERT_EQ(net->words.size(), net->usual_words.size());
    ASSERT_TRUE(net->words.empty() || net->words.size() == net_width);
  }
}

}  // namespace
}  // namespace offprint
