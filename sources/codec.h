// One decompressor a file (gzip.cpp, zstd.cpp, lz4.cpp, brotli.cpp, plain.cpp), all behind the same three
// questions. Tested by tests/sources/codec_test.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "sources/buffer.h"

namespace offprint::sources {

enum class Coding : unsigned char { plain, gzip, zlib, raw_deflate, zstd, lz4, brotli };
std::string_view name_of(Coding coding);

// A gzip member, a zstd frame, an lz4 frame: here all are "members".
struct Codec {
  enum class State : unsigned char { more, done, broken };

  virtual ~Codec() = default;
  // Could a member begin with these bytes (the next 32 of the input, or fewer at its end)?
  virtual bool begins(std::string_view head) const = 0;
  // Forgets the member in work and expects a new one.
  virtual void start() = 0;
  // Takes from the front of `in` and appends up to `room` bytes to `out`. `more` with nothing taken and
  // nothing written means that it needs input. A member's end may show that bytes of earlier calls were taken
  // in vain: `given_back` of them (a register's worth), just before `in`, belong to what follows.
  virtual State run(std::string_view& in, Buffer& out, std::size_t room, std::string& problem) = 0;
  std::size_t given_back = 0;
  // The first byte that every member begins with, for a fast search; -1 where there is none.
  virtual int first_byte() const = 0;
};

std::unique_ptr<Codec> make_codec(Coding coding);

// By the first bytes; plain where they say nothing.
Coding coding_of(std::string_view head);

struct UnpackLimits {
  std::size_t most_bytes = 128u << 20;
  double most_ratio = 300;             // of bytes out to bytes in, beyond
  std::size_t ratio_from = 16u << 20;  // this many bytes out
};

// A whole body in memory. False where it is broken, cut off or too large; `out` then holds what came before
// and `problem` says what it was. Several members in a row are one body.
bool unpack_all(Codec& codec, std::string_view in, Buffer& out, const UnpackLimits& limits,
                std::string& problem);

// For the files that implement one.
std::unique_ptr<Codec> make_deflate(Coding coding);
std::unique_ptr<Codec> make_zstd();
std::unique_ptr<Codec> make_lz4();
std::unique_ptr<Codec> make_brotli();
std::unique_ptr<Codec> make_plain();

}  // namespace offprint::sources
