#include "roles/page_type.h"

#include <algorithm>
#include <array>

#include "base/cpu.h"

namespace offprint {
namespace {

constexpr std::size_t first_chance = page_column_count, first_mean = first_chance + role_count;
constexpr std::size_t parts = 8;  // of a sum: so many rows are added at once, in the same order on every machine

struct Weights {
  std::array<float, feature_tile> words;
  std::size_t count;
};

Weights weights_of(const Blocks& blocks, std::size_t tile) {
  const std::size_t first = tile * feature_tile;
  Weights w;
  w.count = std::min(feature_tile, blocks.blocks.size() - first);
  for (std::size_t i = 0; i < w.count; ++i) w.words[i] = static_cast<float>(blocks.blocks[first + i].words);
  return w;
}

[[gnu::always_inline]] inline void add_plain(const Weights& w, const float* values, float* sums) {
  std::array<float, parts> sum;
  for (std::size_t k = 0; k < parts; ++k) sum[k] = sums[k];
  std::size_t i = 0;
  for (; i + parts <= w.count; i += parts)
    for (std::size_t k = 0; k < parts; ++k) {
      const float product = w.words[i + k] * values[i + k];
      sum[k] += product;
    }
  for (std::size_t k = 0; i < w.count; ++i, ++k) {
    const float product = w.words[i] * values[i];
    sum[k] += product;
  }
  for (std::size_t k = 0; k < parts; ++k) sums[k] = sum[k];
}

// Of the inputs from `from` to `to`: input `from` + n is the mean of what stands at n × stride.
[[gnu::always_inline]] inline void add_all_plain(const Forest& model, std::size_t from, std::size_t to, const Weights& w, const float* values,
                                                 std::size_t stride, float* sums) {
  for (std::size_t c = inputs_below(model.input, from); c < model.input.size() && model.input[c] < to; ++c)
    add_plain(w, values + (model.input[c] - from) * stride, sums + c * parts);
}
#ifdef OFFPRINT_HAS_AVX2
OFFPRINT_AVX2 void add_all_avx2(const Forest& model, std::size_t from, std::size_t to, const Weights& w, const float* values, std::size_t stride,
                                float* sums) {
  add_all_plain(model, from, to, w, values, stride, sums);
}
#endif
void add_all(const Forest& model, std::size_t from, std::size_t to, const Weights& w, const float* values, std::size_t stride, float* sums) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx2()) return add_all_avx2(model, from, to, w, values, stride, sums);
#endif
  add_all_plain(model, from, to, w, values, stride, sums);
}

}  // namespace

std::vector<std::string> page_input_names() {
  const auto features = feature_names();
  std::vector<std::string> names(features.begin(), features.begin() + page_column_count);
  for (int role = 0; role < role_count; ++role) names.push_back("chance_" + std::string(name_of(static_cast<Role>(role))));
  for (std::size_t c = page_column_count; c < features.size(); ++c) names.push_back("mean_" + std::string(features[c]));
  return names;
}

void want_page_inputs(const Forest& model, FeatureSet& wanted) {
  for (const std::uint16_t input : model.input) {
    if (input < first_chance) wanted.columns[input] = true;
    if (input >= first_mean) wanted.columns[input - first_mean + page_column_count] = true;
  }
}

void begin_page(const Forest& model, PageMeans& out) {
  out.words = 0;
  out.sums.assign(model.input.size() * parts, 0.0f);
  out.inputs.assign(model.input.size(), 0.0f);
}

void add_columns(const Forest& model, const Blocks& blocks, std::size_t tile, const float* columns, PageMeans& out) {
  if (tile == 0)
    for (std::size_t c = 0; c < inputs_below(model.input, first_chance); ++c) out.inputs[c] = columns[model.input[c] * column_stride];
  const Weights w = weights_of(blocks, tile);
  for (std::size_t i = 0; i < w.count; ++i) out.words += blocks.blocks[tile * feature_tile + i].words;
  add_all(model, first_mean, model.inputs, w, columns + page_column_count * column_stride, column_stride, out.sums.data());
}

void add_chances(const Forest& model, const Blocks& blocks, std::size_t tile, const float* chances, PageMeans& out) {
  add_all(model, first_chance, first_mean, weights_of(blocks, tile), chances, feature_tile, out.sums.data());
}

PageType type_of_page(const Forest& model, PageMeans& sums) {
  const float words = static_cast<float>(std::max<std::uint64_t>(1, sums.words));
  for (std::size_t c = inputs_below(model.input, first_chance); c < model.input.size(); ++c) {
    float sum = 0;
    for (std::size_t k = 0; k < parts; ++k) sum += sums.sums[c * parts + k];
    sums.inputs[c] = sum / words;
  }
  evaluate_row(model, sums.inputs, sums.bins, sums.scores);
  // Its outputs are the types of the enumeration from `article` on.
  const auto best = std::max_element(sums.scores.begin(), sums.scores.end());
  return static_cast<PageType>(best - sums.scores.begin() + 1);
}

}  // namespace offprint
