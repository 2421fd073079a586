// Brotli: of HTTP bodies and files named .br. It has no magic and no checksum.
#include <brotli/decode.h>

#include <algorithm>
#include <cstdint>
#include <new>

#include "sources/codec.h"

namespace offprint::sources {
namespace {

struct Brotli final : Codec {
  BrotliDecoderState* state = nullptr;

  ~Brotli() override { BrotliDecoderDestroyInstance(state); }
  bool begins(std::string_view) const override { return false; }
  void start() override {
    BrotliDecoderDestroyInstance(state);  // it has no reset
    state = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
    if (state == nullptr) throw std::bad_alloc();
  }
  State run(std::string_view& in, Buffer& out, std::size_t room, std::string& problem) override {
    std::size_t in_left = in.size(), out_left = room;
    const auto* next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    auto* next_out = reinterpret_cast<std::uint8_t*>(out.room(room));
    const auto result =
        BrotliDecoderDecompressStream(state, &in_left, &next_in, &out_left, &next_out, nullptr);
    in.remove_prefix(in.size() - in_left);
    out.commit(room - out_left);
    if (result == BROTLI_DECODER_RESULT_ERROR) {
      problem = "broken brotli data";
      return State::broken;
    }
    return result == BROTLI_DECODER_RESULT_SUCCESS ? State::done : State::more;
  }
  int first_byte() const override { return -1; }
};

}  // namespace

std::unique_ptr<Codec> make_brotli() {
  return std::make_unique<Brotli>();
}

}  // namespace offprint::sources
