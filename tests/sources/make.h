// Makes the files that the tests read: WARC records, and every packing of them.
#pragma once

#include <brotli/encode.h>
#include <lz4frame.h>
#include <unistd.h>
#include <zdict.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "sources/sources.h"

namespace offprint::sources::testing {

// window_bits: 31 gzip, 15 zlib, -15 raw.
inline std::string deflated(std::string_view bytes, int window_bits = 31) {
  z_stream z{};
  deflateInit2(&z, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, bytes.size()) + 64, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

inline std::string zstd_packed(std::string_view bytes, std::string_view dictionary = {}) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  if (!dictionary.empty()) ZSTD_CCtx_loadDictionary(context, dictionary.data(), dictionary.size());
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size()));
  ZSTD_freeCCtx(context);
  return out;
}

inline std::string lz4_packed(std::string_view bytes) {
  LZ4F_preferences_t preferences{};
  preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
  std::string out(LZ4F_compressFrameBound(bytes.size(), &preferences), '\0');
  out.resize(LZ4F_compressFrame(out.data(), out.size(), bytes.data(), bytes.size(), &preferences));
  return out;
}

inline std::string brotli_packed(std::string_view bytes) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size()) + 64;
  std::string out(size, '\0');
  BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, bytes.size(),
                        reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                        reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

inline std::string record(std::string_view type, std::string_view uri, std::string_view content_type,
                          std::string_view block, std::string_view version = "1.0") {
  std::string r = "WARC/" + std::string(version) + "\r\nWARC-Type: " + std::string(type) + "\r\n";
  if (!uri.empty()) r += "WARC-Target-URI: " + std::string(uri) + "\r\n";
  r += "WARC-Date: 2024-02-03T04:05:06Z\r\nWARC-Record-ID: <urn:uuid:" +
       std::to_string(std::hash<std::string_view>{}(uri)) +
       ">\r\nContent-Type: " + std::string(content_type) +
       "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n";
  r += block;
  r += "\r\n\r\n";
  return r;
}

inline std::string response(std::string_view uri, std::string_view body,
                            std::string_view headers = "Content-Type: text/html; charset=utf-8\r\n",
                            int status = 200) {
  return record(
      "response", uri, "application/http; msgtype=response",
      "HTTP/1.1 " + std::to_string(status) + " OK\r\n" + std::string(headers) + "\r\n" + std::string(body));
}

inline std::string page(int n, std::size_t bytes = 300) {
  std::string html = "<!DOCTYPE html><html><head><title>Page " + std::to_string(n) + "</title></head><body>";
  unsigned x = static_cast<unsigned>(n) * 2654435761u + 1;
  while (html.size() < bytes) {
    x = x * 1664525u + 1013904223u;
    html += "<p>word" + std::to_string(x >> 12) + " of page " + std::to_string(n) + "</p>\n";
  }
  return html + "</body></html>";
}

inline std::string uri(int n) {
  return "http://example.org/" + std::to_string(n);
}

// A folder of its own, gone with the test.
struct Folder {
  std::filesystem::path path;
  Folder() {
    // In memory where that can be had: some tests write ten thousand files.
    std::error_code none;
    const auto base = std::filesystem::is_directory("/dev/shm", none)
                          ? std::filesystem::path("/dev/shm")
                          : std::filesystem::temp_directory_path();
    std::string name = (base / "offprint-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string write(const std::string& name, std::string_view bytes) const {
    const auto to = path / name;
    std::filesystem::create_directories(to.parent_path());
    std::ofstream(to, std::ios::binary) << bytes;
    return to.string();
  }
};

struct Seen {
  std::string source, bytes, error, damage, charset, url, title, date;
  Input input;
  std::uint64_t offset;
  Position position;
  bool seed = false;
};

struct Read {
  std::vector<Seen> pages;
  std::vector<Loss> losses;
  SourceCounts counts;
};

inline Read read_all(const std::vector<std::string>& specs, const SourceOptions& options = {}) {
  Source source;
  source.open(specs, options);
  Read all;
  CaptureRecord r;
  while (source.next(r))
    all.pages.push_back({r.source, std::string(r.bytes.view()), r.error, r.damage, r.charset, r.url, r.title,
                         r.date, r.input, r.offset, position_of(r), r.seed});
  all.losses = source.losses().list;
  all.counts = source.counts();
  return all;
}

}  // namespace offprint::sources::testing
