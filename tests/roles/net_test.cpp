// The kernels of the net against each other, bit for bit, and the whole net against a slow twin in plain numbers.
#include "roles/net.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "base/cpu.h"
#include "roles/net_kernels.h"

namespace offprint {
namespace {

constexpr NetKernel kernels[] = {NetKernel::portable, NetKernel::avx2, NetKernel::avx512, NetKernel::amx};
// Where the machine has AMX, all tests here see it.
[[maybe_unused]] const bool amx = cpu::allow_amx();

// A net of random weights with as many columns and outputs as asked for.
struct RandomNet {
  std::vector<std::uint16_t> input;
  std::vector<std::string_view> name;
  std::vector<float> low, scale;
  std::vector<std::uint8_t> usual;
  std::vector<std::vector<std::int8_t>> weights;
  std::vector<std::vector<float>> numbers;
  std::vector<std::int32_t> words;
  std::vector<std::int16_t> usual_words;
  Net net;

  RandomNet(std::uint32_t columns, std::uint32_t outputs, std::uint32_t layers, unsigned seed) {
    std::mt19937 random(seed);
    weights.reserve(32);
    numbers.reserve(64);
    for (std::uint32_t c = 0; c < columns; ++c) {
      input.push_back(static_cast<std::uint16_t>(columns - 1 - c));
      name.push_back("input");
      low.push_back(static_cast<float>(random() % 5) - 2);
      scale.push_back(static_cast<float>(random() % 90) / 3);
      usual.push_back(static_cast<std::uint8_t>(random() % 128));
    }
    net.inputs = columns;
    net.outputs = outputs;
    net.layers = layers;
    net.input = input;
    net.name = name;
    net.low = low;
    net.scale = scale;
    net.usual = usual;
    net.first = layer(random, columns, net_width, 0.002f);
    net.page = layer(random, net_width, net_found, 0.0002f);
    for (std::uint32_t i = 0; i < layers; ++i) {
      net.look[i] = layer(random, net_width + 2 * net_side, net_found, 0.002f);
      net.back[i] = layer(random, net_found, net_width, 0.002f);
      net.keep[i] = 0.9f;
    }
    net.last = layer(random, net_width, outputs, 0.01f);
  }

  void remember_behind(std::size_t l, std::mt19937& random) {
    net.remember[l] = layer(random, net_width, 4 * net_memory, 0.002f);
    net.recall[l] = layer(random, net_found, net_width, 0.002f);
    net.recall_keep[l] = 0.8f;
  }

  void look_at_words(std::mt19937& random) {
    for (std::size_t i = 0; i < net_width; ++i) {
      words.push_back(static_cast<std::int32_t>(random() % 3000) - 200);
      usual_words.push_back(static_cast<std::int16_t>(static_cast<int>(random() % 200) - 100));
    }
    net.words = words;
    net.usual_words = usual_words;
  }

  NetLayer layer(std::mt19937& random, std::size_t inputs, std::size_t outputs, float size) {
    const std::size_t pieces = (outputs + 15) / 16, groups = (inputs + 3) / 4;
    std::vector<std::int8_t> w(pieces * groups * 64, 0);
    for (std::size_t o = 0; o < outputs; ++o)
      for (std::size_t i = 0; i < inputs; ++i)
        w[((o / 16 * groups + i / 4) * 16 + o % 16) * 4 + i % 4] = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
    weights.push_back(std::move(w));
    std::vector<float> factor, bias;
    for (std::size_t o = 0; o < pieces * 16; ++o) {
      factor.push_back(size * static_cast<float>(1 + random() % 8) / 8);
      bias.push_back(static_cast<float>(random() % 40) - 20);
    }
    numbers.push_back(std::move(factor));
    numbers.push_back(std::move(bias));
    return {weights.back(), numbers[numbers.size() - 2], numbers.back()};
  }
};

std::vector<float> random_columns(std::size_t columns, std::size_t rows, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<float> values(columns * ((rows + net_tile - 1) / net_tile) * column_stride);
  for (float& v : values) v = static_cast<float>(static_cast<int>(random() % 2000) - 600) / 77;
  values[3] = std::nanf("");
  values[5] = 1e30f;
  return values;
}

// Vectors of texts: `words` has net_width numbers a row, or none at all.
std::vector<float> scores_of(const Net& net, const std::vector<float>& values, std::size_t rows,
                             NetKernel kernel, bool remember = false, std::size_t same_columns = 0,
                             const std::vector<std::int16_t>& words = {}) {
  NetRows state;
  state.remember = remember;
  prepare_net(net, rows, state, same_columns);
  state.kernel = kernel;
  std::vector<const std::int16_t*> vectors;
  for (std::size_t at = 0; at < words.size(); at += net_width) vectors.push_back(words.data() + at);
  for (std::size_t first = 0; first < rows; first += net_tile) {
    const std::size_t count = std::min(net_tile, rows - first);
    const std::span<const std::int16_t* const> of_tile =
        vectors.empty() ? std::span<const std::int16_t* const>{} : std::span(vectors).subspan(first, count);
    put_rows(net, values.data() + first / net_tile * column_stride * net.inputs, of_tile, first, count, state);
  }
  std::vector<float> tiles((rows + net_tile - 1) / net_tile * net_tile * net.outputs), scores;
  run_net(net, state, tiles.data());
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t o = 0; o < net.outputs; ++o) scores.push_back(tiles[(row / net_tile * net.outputs + o) * net_tile + row % net_tile]);
  return scores;
}

// The same net, a number at a time, straight from its description.
struct Slow {
  const Net& net;
  static float clamp(float v) { return v > 0 ? std::nearbyint(std::min(v, 127.0f)) : 0.0f; }
  static std::vector<float> layer(const NetLayer& l, const std::vector<float>& in, std::size_t outputs,
                                  const std::vector<std::int64_t>& added = {}) {
    std::vector<float> out(outputs);
    for (std::size_t o = 0; o < outputs; ++o) {
      std::int64_t sum = added.empty() ? 0 : added[o];
      for (std::size_t i = 0; i < in.size(); ++i)
        sum += static_cast<std::int64_t>(in[i]) * weight_of(l.weights, (in.size() + 3) / 4, o, i);
      out[o] = static_cast<float>(sum) * l.factor[o];
    }
    return out;
  }
  // Each way by itself, a number after the other.
  void remember(std::size_t l, std::vector<std::vector<float>>& here) const {
    const std::size_t rows = here.size();
    std::vector<std::vector<float>> own(rows), carried(rows, std::vector<float>(net_found));
    for (std::size_t r = 0; r < rows; ++r) {
      own[r] = layer(net.remember[l], here[r], 4 * net_memory);
      for (std::size_t i = 0; i < own[r].size(); ++i) own[r][i] = clamp(own[r][i] + net.remember[l].bias[i]);
    }
    for (std::size_t i = 0; i < net_found; ++i) {
      std::int64_t held = 0;
      for (std::size_t k = 0; k < rows; ++k) {
        const std::size_t r = i < net_memory ? k : rows - 1 - k;
        const auto gate = static_cast<std::int64_t>(own[r][i]), value = static_cast<std::int64_t>(own[r][net_found + i]);
        held += static_cast<std::int64_t>(std::floor(static_cast<double>((value * 128 - held) * (gate < 64 ? gate : gate + 1)) / 128 + 0.5));
        carried[r][i] = static_cast<float>((held + 64) / 128);
      }
    }
    for (std::size_t r = 0; r < rows; ++r) {
      std::vector<float> next = layer(net.recall[l], carried[r], net_width);
      for (std::size_t i = 0; i < net_width; ++i) next[i] = clamp((next[i] + net.recall[l].bias[i]) + here[r][i] * net.recall_keep[l]);
      here[r] = next;
    }
  }
  std::vector<float> scores(const std::vector<float>& values, std::size_t rows,
                            const std::vector<std::int16_t>& words = {}) const {
    std::vector<std::vector<float>> here(rows);
    std::vector<std::int64_t> total(net_width, 0);
    for (std::size_t r = 0; r < rows; ++r) {
      std::vector<float> in;
      for (std::size_t c = 0; c < net.input.size(); ++c) {
        const float v = values[(r / net_tile * net.inputs + net.input[c]) * column_stride + r % net_tile];
        in.push_back(clamp((v - net.low[c]) * net.scale[c]));
      }
      std::vector<std::int64_t> added(net_width, 0);
      if (!words.empty())
        for (std::size_t i = 0; i < net_width; ++i)
          added[i] = (std::int64_t{words[r * net_width + i]} * net.words[i]) >> 6;
      here[r] = layer(net.first, in, net_width, added);
      for (std::size_t i = 0; i < net_width; ++i)
        total[i] += static_cast<std::int64_t>(here[r][i] = clamp(here[r][i] + net.first.bias[i]));
    }
    std::vector<float> mean(net_width);
    const auto n = static_cast<std::int64_t>(rows);
    for (std::size_t i = 0; i < net_width; ++i) mean[i] = static_cast<float>((total[i] * 16 + n / 2) / n);
    const std::vector<float> of_page = layer(net.page, mean, net_found);
    for (std::size_t l = 0; l < net.layers; ++l) {
      std::vector<std::vector<float>> next(rows);
      const auto far = static_cast<std::ptrdiff_t>(1) << l;
      for (std::size_t r = 0; r < rows; ++r) {
        std::vector<float> around;
        for (const std::ptrdiff_t step : {-far, std::ptrdiff_t{0}, far}) {
          const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(r) + step;
          for (std::size_t i = step > 0 ? net_width - net_side : 0; i < (step < 0 ? net_side : net_width); ++i)
            around.push_back(at < 0 || at >= static_cast<std::ptrdiff_t>(rows) ? 0.0f : here[static_cast<std::size_t>(at)][i]);
        }
        std::vector<float> found = layer(net.look[l], around, net_found);
        for (std::size_t i = 0; i < net_found; ++i) found[i] = clamp(found[i] + (l == 0 ? net.look[l].bias[i] + of_page[i] : net.look[l].bias[i]));
        next[r] = layer(net.back[l], found, net_width);
        for (std::size_t i = 0; i < net_width; ++i) {
          const float kept = here[r][i] * net.keep[l];
          next[r][i] = clamp((next[r][i] + net.back[l].bias[i]) + kept);
        }
      }
      here = next;
      if (!net.remember[l].weights.empty()) remember(l, here);
    }
    std::vector<float> out;
    for (std::size_t r = 0; r < rows; ++r) {
      const std::vector<float> v = layer(net.last, here[r], net.outputs);
      for (std::size_t o = 0; o < net.outputs; ++o) out.push_back(v[o] + net.last.bias[o]);
    }
    return out;
  }
};

// Columns that are the same in all rows are looked at once.
TEST(Net, SameColumnsGiveTheSameBits) {
  constexpr std::uint32_t columns = 61;
  constexpr std::size_t rows = 150, same = 23;
  RandomNet random(columns, 24, 3, 5);
  for (std::uint32_t c = 0; c < columns; ++c) random.input[c] = static_cast<std::uint16_t>(c);
  std::vector<float> values = random_columns(columns, rows, 9);
  for (std::size_t tile = 0; tile * net_tile < rows; ++tile)
    for (std::size_t c = 0; c < same; ++c)
      for (std::size_t row = 0; row < net_tile; ++row) values[(tile * columns + c) * column_stride + row] = static_cast<float>(c) / 3;
  const std::vector<float> slow = Slow{random.net}.scores(values, rows);
  for (const NetKernel kernel : kernels)
    if (kernel <= best_net_kernel()) {
      EXPECT_EQ(scores_of(random.net, values, rows, kernel, false, same), slow);
    }
}

TEST(Net, KernelsAndTheSlowTwinGiveTheSameBits) {
  for (const std::uint32_t columns : {1u, 5u, 380u})
    for (const std::size_t rows : {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65}, std::size_t{150}}) {
      const RandomNet random(columns, 24, 4, columns + static_cast<unsigned>(rows));
      const std::vector<float> values = random_columns(std::max(columns, 6u), rows, 7);
      const std::vector<float> slow = Slow{random.net}.scores(values, rows);
      EXPECT_EQ(scores_of(random.net, values, rows, NetKernel::portable), slow) << columns << " columns, " << rows << " rows";
      if (best_net_kernel() != NetKernel::portable) {
        EXPECT_EQ(scores_of(random.net, values, rows, NetKernel::avx2), slow);
      }
      for (const NetKernel kernel : {NetKernel::avx512, NetKernel::amx})
        if (kernel <= best_net_kernel()) {
          EXPECT_EQ(scores_of(random.net, values, rows, kernel), slow);
      }
      // The test would be worth nothing if everything were stuck at an end of its range.
      EXPECT_NE(slow.front(), slow[1]);
    }
}

// The vectors of words are added to what the first layer makes of the columns, of which some may be the same
// in all rows.
TEST(Net, WordsAddToTheFirstLayer) {
  constexpr std::uint32_t columns = 61;
  constexpr std::size_t rows = 150, same = 23;
  RandomNet random(columns, 24, 3, 5);
  std::mt19937 numbers(8);
  random.look_at_words(numbers);
  for (std::uint32_t c = 0; c < columns; ++c) random.input[c] = static_cast<std::uint16_t>(c);
  std::vector<float> values = random_columns(columns, rows, 9);
  for (std::size_t tile = 0; tile * net_tile < rows; ++tile)
    for (std::size_t c = 0; c < same; ++c)
      for (std::size_t row = 0; row < net_tile; ++row)
        values[(tile * columns + c) * column_stride + row] = static_cast<float>(c) / 3;
  std::vector<std::int16_t> words(rows * net_width);
  for (std::int16_t& w : words) w = static_cast<std::int16_t>(static_cast<int>(numbers() % 4065) - 2032);
  const std::vector<float> slow = Slow{random.net}.scores(values, rows, words);
  EXPECT_NE(slow, Slow{random.net}.scores(values, rows));
  for (const NetKernel kernel : kernels)
    if (kernel <= best_net_kernel()) {
      EXPECT_EQ(scores_of(random.net, values, rows, kernel, false, same, words), slow);
      EXPECT_EQ(scores_of(random.net, values, rows, kernel, false, 0, words), slow);
    }
}

// What a memory carries crosses all tiles; it is the same by all kernels, and a page of another size leaves no trace in it.
TEST(Net, MemoryReachesAcrossThePage) {
  constexpr std::uint32_t columns = 40;
  for (const std::size_t behind : {std::size_t{0}, std::size_t{2}}) {
    RandomNet random(columns, 24, 3, 21);
    std::mt19937 numbers(6);
    random.remember_behind(1, numbers);
    random.remember_behind(behind, numbers);
    for (const std::size_t rows : {std::size_t{1}, std::size_t{64}, std::size_t{65}, std::size_t{300}}) {
      std::vector<float> values = random_columns(columns, rows, 7);
      const std::vector<float> slow = Slow{random.net}.scores(values, rows);
      for (const NetKernel kernel : kernels)
        if (kernel <= best_net_kernel()) {
          EXPECT_EQ(scores_of(random.net, values, rows, kernel), slow) << behind << " " << rows;
        }
    }
    RandomNet without(columns, 24, 3, 21);
    const std::vector<float> values = random_columns(columns, 300, 7);
    EXPECT_NE(scores_of(random.net, values, 300, best_net_kernel()), scores_of(without.net, values, 300, best_net_kernel()));
  }
}

// What a number that takes over nothing but in the first row carries is that row's number, to the end of the page.
TEST(Net, MemoryKeepsWhatItIsNotTold) {
  constexpr std::size_t rows = 200;
  RandomNet random(8, 24, 1, 2);
  std::mt19937 numbers(3);
  random.remember_behind(0, numbers);
  std::vector<float>& gates = random.numbers[random.numbers.size() - 3];  // the bias of `remember`
  std::fill(gates.begin(), gates.begin() + net_found, -1e9f);
  const std::vector<float> values = random_columns(8, rows, 4);
  NetRows state;
  const auto run = [&] {
    prepare_net(random.net, rows, state);
    for (std::size_t first = 0; first < rows; first += net_tile)
      put_rows(random.net, values.data() + first / net_tile * column_stride * 8, {}, first, std::min(net_tile, rows - first), state);
    std::vector<float> scores(256 * 24);
    run_net(random.net, state, scores.data());
  };
  run();
  EXPECT_EQ(std::count(state.carried[0].begin(), state.carried[0].end(), 0), static_cast<std::ptrdiff_t>(state.carried[0].size()));
  std::fill(gates.begin(), gates.begin() + net_found, 1e9f);
  run();
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t i = 0; i < net_found; ++i) ASSERT_EQ(state.carried[0][row * net_found + i], state.own[0][row * net_width + net_found + i]);
}

// Scores are added to what stands there.
TEST(Net, AddsToTheScoresThere) {
  const RandomNet random(40, 24, 2, 3);
  const std::vector<float> values = random_columns(40, 20, 2);
  NetRows state;
  prepare_net(random.net, 20, state);
  put_rows(random.net, values.data(), {}, 0, 20, state);
  const std::vector<float> alone = scores_of(random.net, values, 20, best_net_kernel());
  for (const NetKernel kernel : kernels)
    if (kernel <= best_net_kernel()) {
      NetRows rows = state;
      rows.kernel = kernel;
      std::vector<float> scores(24 * net_tile, 2.5f);
      run_net(random.net, rows, scores.data());
      for (std::size_t row = 0; row < 20; ++row)
        for (std::size_t o = 0; o < 24; ++o)
          EXPECT_EQ(scores[o * net_tile + row], 2.5f + alone[row * 24 + o]);
    }
}

TEST(Net, ScratchOfALargerPageLeavesNoTrace) {
  const RandomNet random(40, 24, 4, 3);
  const std::vector<float> large = random_columns(40, 200, 1), small = random_columns(40, 20, 2);
  NetRows state;
  std::vector<float> scores(256 * 24);
  prepare_net(random.net, 200, state);
  for (std::size_t first = 0; first < 200; first += net_tile)
    put_rows(random.net, large.data() + first / net_tile * column_stride * 40, {}, first,
             std::min<std::size_t>(net_tile, 200 - first), state);
  run_net(random.net, state, scores.data());
  prepare_net(random.net, 20, state);
  put_rows(random.net, small.data(), {}, 0, 20, state);
  std::fill(scores.begin(), scores.end(), 0.0f);
  run_net(random.net, state, scores.data());
  const std::vector<float> fresh = scores_of(random.net, small, 20, best_net_kernel());
  for (std::size_t row = 0; row < 20; ++row)
    for (std::size_t o = 0; o < 24; ++o) EXPECT_EQ(scores[o * net_tile + row], fresh[row * 24 + o]);
}

// The slope of an output in each input of a row, and what the rows around added, by plain loops over the description of the net.
void slow_slopes(const Net& net, const NetRows& rows, std::size_t row, std::uint32_t output, std::vector<double>& slopes, double& around) {
  const std::size_t pad = std::size_t{1} << (most_net_layers - 1), width = net_width, all = net_width + 2 * net_side;
  std::vector<double> slope(width);
  for (std::size_t i = 0; i < width; ++i) slope[i] = static_cast<double>(net.last.factor[output]) * weight_of(net.last.weights, width / 4, output, i);
  around = 0;
  for (std::size_t l = net.layers; l-- > 0;) {
    const bool memory = !net.remember[l].weights.empty();
    if (memory) {
      std::vector<double> carried(net_found), next(width);
      for (std::size_t o = 0; o < width; ++o) {
        if (rows.heres[l + 1][(pad + row) * width + o] == 0) continue;
        next[o] = slope[o] * static_cast<double>(net.recall_keep[l]);
        for (std::size_t f = 0; f < net_found; ++f)
          carried[f] += slope[o] * static_cast<double>(net.recall[l].factor[o]) * weight_of(net.recall[l].weights, net_found / 4, o, f);
      }
      for (std::size_t f = 0; f < net_found; ++f) {
        const int gate = rows.own[l][row * width + f], value = rows.own[l][row * width + net_found + f];
        const double held = rows.carried[l][(f < net_memory ? row - 1 : row + 1) * net_found + f], part = (gate < 64 ? gate : gate + 1) / 128.0;
        around += carried[f] * (1 - part) * held;
        for (std::size_t i = 0; i < width; ++i) {
          if (value > 0)
            next[i] += carried[f] * part * static_cast<double>(net.remember[l].factor[net_found + f]) * weight_of(net.remember[l].weights, width / 4, net_found + f, i);
          if (gate > 0 && gate < 127)
            next[i] += carried[f] * (value - held) / 127 * static_cast<double>(net.remember[l].factor[f]) * weight_of(net.remember[l].weights, width / 4, f, i);
        }
      }
      slope = next;
    }
    const AlignedVector<std::uint8_t>& behind = memory ? rows.before_memory[l] : rows.heres[l + 1];
    const auto here = [&](std::size_t at, std::size_t i) { return static_cast<double>(rows.heres[l][(pad + at) * width + i]); };
    std::vector<double> inner(net_found), next(width);
    for (std::size_t o = 0; o < width; ++o) {
      if (behind[(pad + row) * width + o] == 0) continue;
      next[o] = slope[o] * static_cast<double>(net.keep[l]);
      for (std::size_t f = 0; f < net_found; ++f)
        inner[f] += slope[o] * static_cast<double>(net.back[l].factor[o]) * weight_of(net.back[l].weights, net_found / 4, o, f);
    }
    const std::size_t far = std::size_t{1} << l;
    for (std::size_t f = 0; f < net_found; ++f) {
      if (rows.founds[l][row * net_found + f] == 0) continue;
      const double by = inner[f] * static_cast<double>(net.look[l].factor[f]);
      for (std::size_t i = 0; i < all; ++i) {
        const double w = by * weight_of(net.look[l].weights, all / 4, f, i);
        if (i < net_side) around += w * here(row - far, i);
        else if (i < net_side + width) next[i - net_side] += w;
        else around += w * here(row + far, i - 2 * net_side);
      }
    }
    slope = next;
  }
  slopes.assign(net.input.size(), 0);
  for (std::size_t o = 0; o < width; ++o) {
    if (rows.heres[0][(pad + row) * width + o] == 0) continue;
    for (std::size_t c = 0; c < slopes.size(); ++c)
      slopes[c] += slope[o] * static_cast<double>(net.first.factor[o]) * weight_of(net.first.weights, (slopes.size() + 3) / 4, o, c);
  }
}

// What words added is one contribution more: the slope of each number that the first layer makes, times how
// far their part is from the usual.
TEST(Net, WordsAreAContribution) {
  RandomNet random(12, 24, 0, 11);
  std::mt19937 numbers(4);
  random.look_at_words(numbers);
  const std::size_t rows = 40, row = 17;
  const std::vector<float> values = random_columns(12, rows, 5);
  std::vector<std::int16_t> words(rows * net_width);
  for (std::int16_t& w : words) w = static_cast<std::int16_t>(static_cast<int>(numbers() % 400) - 200);
  std::vector<const std::int16_t*> vectors;
  for (std::size_t at = 0; at < words.size(); at += net_width) vectors.push_back(words.data() + at);
  NetRows state;
  state.remember = true;
  prepare_net(random.net, rows, state);
  put_rows(random.net, values.data(), vectors, 0, rows, state);
  std::vector<float> scores(net_tile * 24);
  run_net(random.net, state, scores.data());
  std::array<NetContribution, 13> all;
  float around = 0;
  ASSERT_EQ(explain(random.net, state, row, 4, all, around), 13u);
  double wanted = 0;
  for (std::size_t o = 0; o < net_width; ++o)
    if (state.here[(16 + row) * net_width + o] > 0)
      wanted += static_cast<double>(random.net.last.factor[4]) *
                weight_of(random.net.last.weights, net_width / 4, 4, o) *
                static_cast<double>(random.net.first.factor[o]) *
                (((words[row * net_width + o] * random.words[o]) >> 6) -
                 ((random.usual_words[o] * random.words[o]) >> 6));
  const auto of_words =
      std::find_if(all.begin(), all.end(), [](const NetContribution& c) { return c.column == 12; });
  ASSERT_NE(of_words, all.end());
  EXPECT_NE(wanted, 0);
  EXPECT_NEAR(of_words->value, wanted, 1e-3 * std::abs(wanted) + 1e-4);
  // What has no words is not explained by them.
  std::fill_n(words.begin() + row * net_width, net_width, std::int16_t{0});
  put_rows(random.net, values.data(), vectors, 0, rows, state);
  run_net(random.net, state, scores.data());
  EXPECT_EQ(explain(random.net, state, row, 4, all, around), 12u);
}

// What explain() says of an input is the slope of the score in it, times how far it is from its mean.
TEST(Net, ContributionsAreSlopes) {
  RandomNet random(12, 24, 2, 11);
  std::mt19937 numbers(13);
  random.remember_behind(0, numbers);
  random.remember_behind(1, numbers);
  const std::size_t rows = 40, row = 17;
  const std::vector<float> values = random_columns(12, rows, 5);
  NetRows state;
  state.remember = true;
  prepare_net(random.net, rows, state);
  for (std::size_t first = 0; first < rows; first += net_tile)
    put_rows(random.net, values.data() + first / net_tile * column_stride * 12, {}, first,
             std::min(net_tile, rows - first), state);
  std::vector<float> scores(net_tile * 24);
  run_net(random.net, state, scores.data());
  std::array<NetContribution, 12> all;
  float around = 0;
  ASSERT_EQ(explain(random.net, state, row, 4, all, around), 12u);
  for (std::size_t k = 1; k < all.size(); ++k) EXPECT_GE(std::abs(all[k - 1].value), std::abs(all[k].value));
  std::vector<double> slopes;
  double beside = 0;
  slow_slopes(random.net, state, row, 4, slopes, beside);
  EXPECT_NEAR(around, beside, 1e-4 * std::abs(beside) + 1e-5);
  EXPECT_NE(beside, 0);
  for (const NetContribution& c : all) {
    const float v = values[(row / net_tile * 12 + random.net.input[c.column]) * column_stride + row % net_tile];
    const float byte = Slow::clamp((v - random.net.low[c.column]) * random.net.scale[c.column]);
    const double wanted = slopes[c.column] * static_cast<double>(byte - static_cast<float>(random.net.usual[c.column]));
    EXPECT_NEAR(c.value, wanted, 1e-3 * std::abs(wanted) + 1e-4) << c.column;
  }
  // By hand for a net without layers that look around: last × first, where the first layer's number is not cut off.
  RandomNet flat(12, 24, 0, 11);
  NetRows plain;
  plain.remember = true;
  prepare_net(flat.net, rows, plain);
  for (std::size_t first = 0; first < rows; first += net_tile)
    put_rows(flat.net, values.data() + first / net_tile * column_stride * 12, {}, first,
             std::min(net_tile, rows - first), plain);
  run_net(flat.net, plain, scores.data());
  ASSERT_EQ(explain(flat.net, plain, row, 4, all, around), 12u);
  EXPECT_EQ(around, 0.0f);
  for (const NetContribution& c : all) {
    double slope = 0;
    for (std::size_t o = 0; o < net_width; ++o) {
      const std::uint8_t h = plain.here[(16 + row) * net_width + o];
      if (h > 0)
        slope += static_cast<double>(flat.net.last.factor[4]) * weight_of(flat.net.last.weights, net_width / 4, 4, o) *
                 static_cast<double>(flat.net.first.factor[o]) * weight_of(flat.net.first.weights, 3, o, c.column);
    }
    const float v = values[(row / net_tile * 12 + flat.net.input[c.column]) * column_stride + row % net_tile];
    const float byte = Slow::clamp((v - flat.net.low[c.column]) * flat.net.scale[c.column]);
    EXPECT_NEAR(c.value, slope * static_cast<double>(byte - static_cast<float>(flat.net.usual[c.column])), 1e-3 * std::abs(slope * 127) + 1e-4);
  }
}

}  // namespace
}  // namespace offprint
