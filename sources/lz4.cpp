// lz4 frames, as FastWARC writes them (a frame a record).
#include <lz4frame.h>

#include <algorithm>
#include <new>

#include "sources/codec.h"

namespace offprint::sources {
namespace {

struct Lz4 final : Codec {
  LZ4F_dctx* context = nullptr;

  Lz4() {
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) throw std::bad_alloc();
  }
  ~Lz4() override { LZ4F_freeDecompressionContext(context); }

  bool begins(std::string_view head) const override {
    return head.size() >= 7 && head.substr(0, 4) == std::string_view("\x04\x22\x4d\x18", 4) &&
           (head[4] & 0xc0) == 0x40;
  }
  void start() override { LZ4F_resetDecompressionContext(context); }

  State run(std::string_view& in, Buffer& out, std::size_t room, std::string& problem) override {
    std::size_t written = room, taken = in.size();
    const std::size_t left = LZ4F_decompress(context, out.room(room), &written, in.data(), &taken, nullptr);
    if (LZ4F_isError(left)) {
      problem = LZ4F_getErrorName(left);
      return State::broken;
    }
    out.commit(written);
    in.remove_prefix(taken);
    return left == 0 ? State::done : State::more;
  }
  int first_byte() const override { return 0x04; }
};

}  // namespace

std::unique_ptr<Codec> make_lz4() {
  return std::make_unique<Lz4>();
}

}  // namespace offprint::sources
