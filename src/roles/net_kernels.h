// What the net's layers are made of: products of bytes, each with AVX-512, AVX2 and portable twins of the
// same bits.
#pragma once

#include "roles/net.h"

namespace offprint {

// Rows of bytes, four by four ("groups") a stride apart: of each row the groups of all its parts, one part
// behind the other.
struct NetPart {
  std::ptrdiff_t at = 0;  // bytes from the row
  std::size_t groups = 0;
};
struct NetInput {
  const std::uint8_t* at = nullptr;
  std::size_t row_stride = 0, group_stride = 0;
  std::span<const NetPart> parts;
  // So many groups stand before all parts in each row and are not looked at: what they add is in `starts`.
  // There may be none.
  std::size_t alike = 0;
  // What the sums of a row begin with, `start_stride` numbers from row to row (0: all rows with the same);
  // where null, with 0.
  const std::int32_t* starts = nullptr;
  std::size_t start_stride = 0;
  std::size_t groups() const {
    std::size_t all = alike;
    for (const NetPart& part : parts) all += part.groups;
    return all;
  }
};

// The weight of an input for an output; groups: of all inputs.
inline int weight_of(std::span<const std::int8_t> weights, std::size_t groups, std::size_t output,
                     std::size_t input) {
  return weights[((output / 16 * groups + input / 4) * 16 + output % 16) * 4 + input % 4];
}

// What becomes of sums: `width` bytes a row (a multiple of 32), sum × factor + bias (+ before × keep, where
// there is a before), rounded, between 0 and 127.
struct NetBytes {
  const float* factor = nullptr;
  const float* bias = nullptr;
  const std::uint8_t* before = nullptr;
  float keep = 0;
  std::size_t width = 0;
  std::uint8_t* out = nullptr;
};

// Products and what becomes of them; `sums` is scratch for rows × width (AMX: 32 rows are enough).
void multiply_to_bytes(const NetInput& input, const NetLayer& layer, const NetBytes& to, std::size_t rows,
                       std::int32_t* sums, NetKernel kernel);

// Adds to the scores of a tile, an output after the other, net_tile each: sum × factor + bias of the rows
// there are, bias alone behind them. `sums`: rows × padded (a multiple of 16).
void to_scores(const std::int32_t* sums, std::size_t padded, std::size_t outputs, const float* factor,
               const float* bias, std::size_t rows, float* scores, NetKernel kernel);

// sums: rows × pieces × 16, from nothing. Inputs are at most 127, so no pair of products leaves 16 bits.
void multiply(const NetInput& input, const NetLayer& layer, std::size_t pieces, std::size_t rows,
              std::int32_t* sums, NetKernel kernel);

// A tile of columns (net_tile floats each) as groups of four bytes of net_tile rows, from the group `alike` on; `out` has room for
// all groups.
void take_input(const Net& net, const float* columns, std::size_t alike, std::uint8_t* out, NetKernel kernel);

}  // namespace offprint
