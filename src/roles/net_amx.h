// The net's products of bytes with AMX (Xeons since Sapphire Rapids): 16 rows × 16 outputs × 64 inputs an instruction.
// The same bits as the other kernels of net_kernels.h.
#pragma once

#include "roles/net_kernels.h"

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(OFFPRINT_PORTABLE)
#define OFFPRINT_HAS_AMX 1
#endif

namespace offprint {

#if defined(OFFPRINT_HAS_AMX)

// As multiply_to_bytes() and multiply(). Rows up to the next multiple of 16 are read, too, and lie side by side: `group_stride` is 4.
// Parts have a multiple of 16 groups, or all the same number behind one; there are pairs of pieces. multiply_amx() takes no `starts`.
void multiply_to_bytes_amx(const NetInput& input, const NetLayer& layer, const NetBytes& to, std::size_t rows, std::int32_t* sums);
void multiply_amx(const NetInput& input, const NetLayer& layer, std::size_t pieces, std::size_t rows, std::int32_t* sums);
// As take_input(), but row by row, net_row_stride() bytes apart; the last one has zeros up to there.
void take_input_amx(const Net& net, const float* columns, std::size_t alike, std::uint8_t* out);
// This thread is done with products: what it leaves behind would be saved at each switch of threads.
void release_amx();

#endif

// Of the input of a tile, row by row.
inline std::size_t net_row_stride(const Net& net) { return (net.input.size() + 63) / 64 * 64; }

}  // namespace offprint
