#include "sources/parquet_unpack.h"

#include <fmt/format.h>
#include <lz4.h>
#include <snappy.h>

#include "sources/thrift.h"

namespace offprint::sources {
namespace {

// Of parquet.thrift.
enum { codec_snappy = 1, codec_gzip = 2, codec_brotli = 4, codec_zstd = 6, codec_lz4 = 7 };

}  // namespace

bool read_page_head(std::string_view bytes, ParquetPageHead& head) {
  ThriftReader r(bytes);
  r.begin();
  for (ThriftReader::Field f; r.next(f);) {
    if (f.id == 1) {
      head.type = r.number();
    } else if (f.id == 2) {
      head.unpacked = r.number();
    } else if (f.id == 3) {
      head.packed = r.number();
    } else if (f.id == 4) {
      head.crc = r.number();
      head.has_crc = true;
    } else if ((f.id == 5 || f.id == 7 || f.id == 8) && f.type == ThriftType::structure) {
      const bool second = f.id == 8;
      r.begin();
      for (ThriftReader::Field inner; r.next(inner);) {
        if (inner.id == 1)
          head.values = r.number();
        else if (inner.id == (second ? 4 : 2))
          head.encoding = r.number();
        else if (second && inner.id == 5)
          head.definition_bytes = r.number();
        else if (second && inner.id == 6)
          head.repetition_bytes = r.number();
        else if (second && inner.id == 7)
          head.is_packed = r.boolean(inner);
        else
          r.skip(inner.type);
      }
    } else {
      r.skip(f.type);
    }
  }
  head.length = r.position();
  return r.good() && head.packed >= 0 && head.unpacked >= 0 && head.values >= 0;
}

Codec& ParquetUnpacker::codec_for(int codec) {
  const std::size_t which = codec == codec_gzip ? 0 : codec == codec_brotli ? 1 : 2;
  if (!codecs_[which])
    codecs_[which] = make_codec(codec == codec_gzip     ? Coding::gzip
                                : codec == codec_brotli ? Coding::brotli
                                                        : Coding::zstd);
  return *codecs_[which];
}

bool ParquetUnpacker::unpack(int codec, std::string_view in, std::uint64_t size, Buffer& out,
                             std::string& problem) {
  out.clear();
  if (size > most_parquet_page ||
      (size > limits_.ratio_from && codec != not_packed &&
       static_cast<double>(size) > limits_.most_ratio * static_cast<double>(in.size()))) {
    problem = fmt::format("a decompression bomb ({} bytes out of {})", size, in.size());
    return false;
  }
  const auto want = static_cast<std::size_t>(size);
  problem = "it does not unpack";
  switch (codec) {
    case not_packed:
      out.append(in);
      break;
    case codec_snappy: {
      std::size_t length = 0;
      if (!snappy::GetUncompressedLength(in.data(), in.size(), &length) || length != want ||
          !snappy::RawUncompress(in.data(), in.size(), out.room(want + 1)))
        return false;
      out.commit(want);
      break;
    }
    case codec_lz4:
      if (in.size() > LZ4_MAX_INPUT_SIZE ||
          LZ4_decompress_safe(in.data(), out.room(want + 1), static_cast<int>(in.size()),
                              static_cast<int>(want)) != static_cast<int>(want))
        return false;
      out.commit(want);
      break;
    case codec_gzip:
    case codec_brotli:
    case codec_zstd: {
      if (in.empty() && want == 0) break;
      UnpackLimits exact = limits_;
      exact.most_bytes = want;
      std::string why;
      if (!unpack_all(codec_for(codec), in, out, exact, why)) {
        problem = why;
        return false;
      }
      break;
    }
    default:
      problem = fmt::format("packed by a method that is not known ({})", codec);
      return false;
  }
  if (out.size() != want) return false;
  problem.clear();
  return true;
}

}  // namespace offprint::sources
