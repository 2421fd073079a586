// A small net that looks at all blocks of a page together: rows of features → scores of every block.
//
// The outside interface: prepare_net(), put_rows(), run_net() and explain(). The weights are src/generated/sequence_model.cpp and
// sequence_flat_model.cpp, written by training/export_net.py; training/sequence.py has the same net in floats. Tested by
// tests/roles/net_test.cpp.
//
// A block's features become bytes of 7 bits. One layer makes `net_width` numbers of them, to which the
// vectors of its words are added; then each of a few layers looks at the block, and at some numbers of the
// one 1, 2, 4… before and behind it, and adds what it finds; the first of them also sees the mean of the
// page. Behind some of them stands a memory: numbers that are carried along the page from its begin and from its end, into
// which each block puts as much of its own as it says. Between layers all numbers are bytes of 7 bits, weights are bytes, and sums are integers: AMX, AVX-512,
// AVX2 and portable code give the same bits. Work is linear in the blocks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/aligned.h"
#include "base/columns.h"

namespace offprint {

// outputs × inputs weights, in pieces of 16 outputs × 4 inputs (an output's four side by side), all inputs of 16 outputs
// before the next 16. An output is factor × sum + bias.
struct NetLayer {
  std::span<const std::int8_t> weights;
  std::span<const float> factor, bias;
};

inline constexpr std::size_t most_net_layers = 5;
// Numbers of a row; how many of them a layer sees of the row before (its first ones) and of the row behind (its last ones); and
// how many a layer makes of what it sees, before it adds them to the row.
inline constexpr std::size_t net_width = 64, net_side = 16, net_found = 32;
// Numbers that the memory carries each way.
inline constexpr std::size_t net_memory = net_found / 2;
static_assert(net_width == 4 * net_memory);

struct Net {
  std::uint32_t inputs = 0;      // columns of a row of features
  std::uint64_t names_hash = 0;  // of the names of all inputs: hash_of_names() of forest.h
  std::uint32_t outputs = 0;     // scores a row, at most 32
  std::uint32_t layers = 0;      // that look around; layer i looks 2^i blocks away

  // A column of a block is the byte (value − low) × scale, rounded, between 0 and 127.
  std::span<const std::uint16_t> input;   // a column: which input it is
  std::span<const std::string_view> name;
  std::span<const float> low, scale;
  std::span<const std::uint8_t> usual;    // a column: its mean in training, for explain() alone

  NetLayer first;  // columns → width
  // To the sums of that layer the vector of a block's text (TextVectors of features.h) is added, times this,
  // in 64ths; empty where the net does not look at words. `usual_words`: the mean of the vectors in training,
  // for explain() alone.
  std::span<const std::int32_t> words;
  std::span<const std::int16_t> usual_words;
  std::array<NetLayer, most_net_layers> look;  // before, here, behind → net_found
  NetLayer page;                               // width → net_found, of the mean in sixteenths; no bias
  std::array<NetLayer, most_net_layers> back;  // net_found → width, added to what was there
  std::array<float, most_net_layers> keep;     // by which that is multiplied first
  // A memory may stand behind a layer; there is none where `remember` is empty. A row's own numbers for it are four times net_memory:
  // how much the numbers carried from the begin take over (127: all), how much those from the end do, then what they take over.
  std::array<NetLayer, most_net_layers> remember;  // width → 4 × net_memory
  std::array<NetLayer, most_net_layers> recall;    // what is carried, from the begin and from the end → width, added to what was there
  std::array<float, most_net_layers> recall_keep;  // by which that is multiplied first
  NetLayer last;                               // width → outputs
};

enum class NetKernel : std::uint8_t { portable, avx2, avx512, amx };
// The fastest that this machine has; AMX where the process was allowed it (base/cpu.h).
NetKernel best_net_kernel();

// What a page needs; kept from page to page.
struct NetRows {
  std::size_t rows = 0;
  NetKernel kernel = NetKernel::portable;  // the same for all of a page
  AlignedVector<std::uint8_t> input;       // of a tile: as take_input() writes it
  AlignedVector<std::uint8_t> here, next;  // width a row, with empty rows before and behind
  AlignedVector<std::int32_t> sums;        // of a tile
  AlignedVector<std::uint8_t> found;       // of a tile, or of all rows
  // Of all rows, at the memory behind each layer: what it gets (4 × net_memory a row) and what it carries (2 × net_memory).
  std::array<AlignedVector<std::uint8_t>, most_net_layers> own, carried;
  std::size_t alike = 0;                   // groups of four columns that are the same in all rows, before the others
  std::array<std::int32_t, net_width> sums_alike{};  // what they add to the first layer's sums
  AlignedVector<std::int32_t> starts;                // of a tile, where the net looks at words: what the first layer's sums begin with
  std::array<std::int64_t, net_width> total{};  // over all rows, behind the first layer
  // For explain(), where asked for: the inputs of all rows and what stood between the layers.
  bool remember = false;
  std::vector<std::uint8_t> inputs;
  std::vector<std::int32_t> of_words;  // net_width a row: what its words added to the first layer's sums
  std::array<AlignedVector<std::uint8_t>, most_net_layers + 1> heres;
  std::array<std::vector<std::uint8_t>, most_net_layers> founds;
  std::array<AlignedVector<std::uint8_t>, most_net_layers> before_memory;  // heres[layer + 1] is what stands behind the memory
};

inline constexpr std::size_t net_tile = 64;

// A page of so many rows begins. Of the first `same_columns` inputs (of rows, not of the net) all its rows have the same.
// It is worked on by the fastest kernel, or by that which is put into NetRows::kernel then.
void prepare_net(const Net& net, std::size_t rows, NetRows& out, std::size_t same_columns = 0);
// The rows from `first` on (a multiple of net_tile; first those from 0 on), at most net_tile of them, that
// lie column by column (base/columns.h), as fill_features() gives them. vectors: of each of the rows that of
// its words, net_width numbers; empty where the net does not look at words.
void put_rows(const Net& net, const float* columns, std::span<const std::int16_t* const> vectors,
              std::size_t first, std::size_t count, NetRows& out);
// Adds scores to what stands there, once all rows are there: in tiles of net_tile rows side by side,
// `net.outputs` scores one after the other. What lies behind the last row is nobody's.
void run_net(const Net& net, NetRows& rows, float* scores);

struct NetContribution {
  std::uint32_t column = 0;  // of net.name; behind the last of them: the words of the text
  float value = 0;
};
// Which of a row's inputs moved an output most, against what is usual: the slope of the output in each input, times how far the
// input is from its mean. `around`: what the rows that the layers look at beside this one added. Strongest first; returns how
// many. Needs NetRows::remember.
std::size_t explain(const Net& net, const NetRows& rows, std::size_t row, std::uint32_t output, std::span<NetContribution> best,
                    float& around);

}  // namespace offprint
