// Zstandard frames, with the dictionary of "Zstandard Compression for WARC Files 1.0": a skippable frame of
// magic 0x184D2A5D at the very beginning holds the dictionary of all frames behind it, as it is or as a zstd
// frame itself. Other skippable frames are members without bytes.
#include <zstd.h>

#include <algorithm>
#include <cstdint>

#include "sources/codec.h"

namespace offprint::sources {
namespace {

constexpr std::uint32_t frame_magic = 0xFD2FB528;
constexpr std::uint32_t dictionary_frame = 0x184D2A5D;
constexpr std::size_t most_dictionary = 16u << 20;
constexpr int most_window_log = 27;  // 128 MB, what the zstd tool takes too unless told otherwise

std::uint32_t word(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4 && i < bytes.size(); ++i)
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return value;
}
bool skippable(std::uint32_t magic) {
  return (magic & 0xfffffff0u) == 0x184D2A50u;
}

struct Zstd final : Codec {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  bool at_head = true;  // of a member: its first eight bytes decide
  std::string head;
  std::uint64_t to_skip = 0;  // of a skippable frame
  bool skipping = false;
  bool is_dictionary = false;
  bool first_member = true;
  Buffer dictionary;

  Zstd() {
    if (context == nullptr) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, most_window_log);
  }
  ~Zstd() override { ZSTD_freeDCtx(context); }

  bool begins(std::string_view bytes) const override {
    if (bytes.size() < 8) return false;
    const std::uint32_t magic = word(bytes);
    return magic == frame_magic || skippable(magic);
  }

  void start() override {
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only);  // the dictionary stays
    at_head = true;
    skipping = is_dictionary = false;
    head.clear();
    dictionary.clear();
  }

  State run(std::string_view& in, Buffer& out, std::size_t room, std::string& problem) override {
    if (at_head) {
      while (head.size() < 8 && !in.empty()) {
        head.push_back(in.front());
        in.remove_prefix(1);
      }
      if (head.size() < 8) return State::more;
      at_head = false;
      const std::uint32_t magic = word(head);
      if (skippable(magic)) {
        skipping = true;
        to_skip = word(std::string_view(head).substr(4));
        is_dictionary = magic == dictionary_frame && first_member && to_skip <= most_dictionary;
      }
      first_member = false;
    }
    if (skipping) {
      const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(to_skip, in.size()));
      if (is_dictionary) dictionary.append(in.substr(0, n));
      in.remove_prefix(n);
      to_skip -= n;
      if (to_skip != 0) return State::more;
      if (is_dictionary && !load_dictionary()) {
        problem = "broken dictionary";
        return State::broken;
      }
      return State::done;
    }
    room = std::max(room, std::size_t{1});
    ZSTD_outBuffer to{out.room(room), room, 0};
    if (!head.empty()) {
      ZSTD_inBuffer from{head.data(), head.size(), 0};
      const std::size_t left = ZSTD_decompressStream(context, &to, &from);
      head.clear();
      if (ZSTD_isError(left)) {
        problem = ZSTD_getErrorName(left);
        return State::broken;
      }
    }
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    const std::size_t left = ZSTD_decompressStream(context, &to, &from);
    in.remove_prefix(from.pos);
    out.commit(to.pos);
    if (ZSTD_isError(left)) {
      problem = ZSTD_getErrorName(left);
      return State::broken;
    }
    return left == 0 ? State::done : State::more;
  }

  bool load_dictionary() {
    if (word(dictionary.view()) == frame_magic) {
      Buffer unpacked;
      Zstd inner;
      std::string problem;
      if (!unpack_all(inner, dictionary.view(), unpacked, {.most_bytes = most_dictionary}, problem))
        return false;
      dictionary.swap(unpacked);
    }
    const bool loaded =
        !ZSTD_isError(ZSTD_DCtx_loadDictionary(context, dictionary.data(), dictionary.size()));
    dictionary.clear();
    return loaded;
  }

  int first_byte() const override { return 0x28; }
};

}  // namespace

std::unique_ptr<Codec> make_zstd() {
  return std::make_unique<Zstd>();
}

}  // namespace offprint::sources
