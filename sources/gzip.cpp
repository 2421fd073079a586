// gzip members, zlib and raw deflate, through ISA-L.
//
// Why ISA-L: measured twice, one core. 2,491 WARC records of 80 KB in gzip members of their own (200 MB unpacked, level 6,
// an AMD EPYC): libdeflate unpacks 1.09-1.20 GB/s, ISA-L 0.98-1.04, zlib 0.49-0.52. 1,245 pages of 296 KB (an Intel Xeon
// with AVX-512): libdeflate 1.17, ISA-L 1.16 in pieces of 256 KB and 1.11 in pieces of 8 MB, zlib 0.44. libdeflate
// wants the whole member and room for all of its output at once, so that a record may cost several tries and
// a member of 1 GB cannot be streamed at all; ISA-L streams in fixed memory at about the same speed, and
// one way for all members is worth that. Unpacking is an eighth of a run from WARC.gz to JSON Lines.
#include <isa-l.h>

#include <algorithm>

#include "sources/codec.h"

namespace offprint::sources {
namespace {

constexpr std::size_t longest_match = 258;  // RFC 1951, 3.2.5

struct Deflate final : Codec {
  Coding coding;
  std::unique_ptr<inflate_state> state = std::make_unique<inflate_state>();

  explicit Deflate(Coding c) : coding(c) { isal_inflate_init(state.get()); }

  bool begins(std::string_view head) const override {
    if (coding != Coding::gzip) return false;  // one after another makes no sense for the others
    if (head.size() < 10) return false;
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(head[i]); };
    return byte(0) == 0x1f && byte(1) == 0x8b && byte(2) == 8 && (byte(3) & 0xe0) == 0;
  }

  void start() override {
    isal_inflate_reset(state.get());
    state->crc_flag = coding == Coding::gzip ? ISAL_GZIP : coding == Coding::zlib ? ISAL_ZLIB : ISAL_DEFLATE;
  }

  State run(std::string_view& in, Buffer& out, std::size_t room, std::string& problem) override {
    const std::size_t give = std::min<std::size_t>(in.size(), 1u << 30);
    room = std::min<std::size_t>(room, 1u << 30);
    state->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(in.data()));
    state->avail_in = static_cast<std::uint32_t>(give);
    state->next_out = reinterpret_cast<std::uint8_t*>(out.room(room));
    state->avail_out = static_cast<std::uint32_t>(room);
    const int result = isal_inflate(state.get());
    // ISA-L reads ahead into a register, over the end of a call too, and at the end of a member gives back what
    // it did not need.
    given_back = state->avail_in > give ? state->avail_in - give : 0;
    in.remove_prefix(given_back != 0 ? 0 : give - state->avail_in);
    std::size_t written = room - state->avail_out;
    // ISA-L counts a match of a wrong distance as written, but leaves there what stood there: bytes of another member. No
    // match is longer.
    if (result == ISAL_INVALID_LOOKBACK || result == ISAL_INVALID_SYMBOL) written -= std::min<std::size_t>(written, longest_match);
    out.commit(written);
    switch (result) {
      case ISAL_DECOMP_OK:
      case ISAL_END_INPUT:
        break;
      case ISAL_INCORRECT_CHECKSUM:
        problem = "wrong checksum";
        return State::broken;
      case ISAL_NEED_DICT:
        problem = "needs a dictionary";
        return State::broken;
      case ISAL_INVALID_WRAPPER:
        problem = "broken head";
        return State::broken;
      case ISAL_UNSUPPORTED_METHOD:
        problem = "unknown method";
        return State::broken;
      default:
        problem = "broken deflate data";
        return State::broken;
    }
    return state->block_state == ISAL_BLOCK_FINISH ? State::done : State::more;
  }

  int first_byte() const override { return coding == Coding::gzip ? 0x1f : -1; }
};

}  // namespace

std::unique_ptr<Codec> make_deflate(Coding coding) {
  return std::make_unique<Deflate>(coding);
}

}  // namespace offprint::sources
