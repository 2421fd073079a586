#include "sources/codec.h"

#include <algorithm>

namespace offprint::sources {

std::string_view name_of(Coding coding) {
  switch (coding) {
    case Coding::plain:
      return "plain";
    case Coding::gzip:
      return "gzip";
    case Coding::zlib:
      return "zlib";
    case Coding::raw_deflate:
      return "deflate";
    case Coding::zstd:
      return "zstd";
    case Coding::lz4:
      return "lz4";
    case Coding::brotli:
      return "brotli";
  }
  return "plain";
}

std::unique_ptr<Codec> make_codec(Coding coding) {
  switch (coding) {
    case Coding::plain:
      return make_plain();
    case Coding::gzip:
    case Coding::zlib:
    case Coding::raw_deflate:
      return make_deflate(coding);
    case Coding::zstd:
      return make_zstd();
    case Coding::lz4:
      return make_lz4();
    case Coding::brotli:
      return make_brotli();
  }
  return make_plain();
}

Coding coding_of(std::string_view head) {
  auto byte = [&](std::size_t i) { return i < head.size() ? static_cast<unsigned char>(head[i]) : 0u; };
  if (byte(0) == 0x1f && byte(1) == 0x8b) return Coding::gzip;
  if (byte(0) == 0x28 && byte(1) == 0xb5 && byte(2) == 0x2f && byte(3) == 0xfd) return Coding::zstd;
  if ((byte(0) & 0xf0) == 0x50 && byte(1) == 0x2a && byte(2) == 0x4d && byte(3) == 0x18) return Coding::zstd;
  if (byte(0) == 0x04 && byte(1) == 0x22 && byte(2) == 0x4d && byte(3) == 0x18) return Coding::lz4;
  return Coding::plain;
}

bool unpack_all(Codec& codec, std::string_view in, Buffer& out, const UnpackLimits& limits,
                std::string& problem) {
  const std::size_t whole = in.size();
  const std::size_t out_before = out.size();
  codec.start();
  for (;;) {
    const std::size_t written = out.size() - out_before;
    if (written > limits.ratio_from &&
        static_cast<double>(written) > limits.most_ratio * static_cast<double>(whole - in.size())) {
      problem = "a decompression bomb";
      return false;
    }
    const std::size_t in_before = in.size(), size_before = out.size();
    // Starts small: most bodies are, and a buffer that grows keeps its size for the next one.
    const std::size_t room = std::clamp<std::size_t>(in.size() * 4, 16 * 1024, 512 * 1024);
    const Codec::State state = codec.run(in, out, room, problem);
    if (codec.given_back != 0) in = {in.data() - codec.given_back, in.size() + codec.given_back};
    if (out.size() - out_before > limits.most_bytes) {
      out.resize_down(out_before + limits.most_bytes);
      problem = "larger than " + std::to_string(limits.most_bytes) + " bytes unpacked";
      return false;
    }
    switch (state) {
      case Codec::State::broken:
        return false;
      case Codec::State::done:
        if (in.empty() || !codec.begins(in.substr(0, 32))) return true;
        codec.start();
        break;
      case Codec::State::more:
        if (in.size() == in_before && out.size() == size_before) {
          problem = "cut off";
          return false;
        }
        break;
    }
  }
}

}  // namespace offprint::sources
