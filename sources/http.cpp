#include "sources/http.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "sources/field_text.h"

namespace offprint::sources {
namespace {

bool contains_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    if (same(trim(list.substr(0, comma)), token)) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

enum class Chunks { whole, broken, none };

// RFC 9112, section 7.1. `none` where the body does not even begin with a chunk.
Chunks dechunk(std::string_view body, Buffer& out) {
  bool first = true;
  for (;;) {
    std::uint64_t size = 0;
    const auto [stop, error] = std::from_chars(body.data(), body.data() + body.size(), size, 16);
    std::size_t at = static_cast<std::size_t>(stop - body.data());
    if (error != std::errc{} || at > 16) return first ? Chunks::none : Chunks::broken;
    while (at < body.size() && (body[at] == ' ' || body[at] == '\t')) ++at;
    if (at < body.size() && body[at] == ';') {  // an extension
      at = body.find('\n', at);
      if (at == std::string_view::npos) return first ? Chunks::none : Chunks::broken;
    }
    if (at < body.size() && body[at] == '\r') ++at;
    if (at >= body.size() || body[at] != '\n') return first ? Chunks::none : Chunks::broken;
    body.remove_prefix(at + 1);
    if (size == 0) return Chunks::whole;  // trailers follow; nobody needs them
    first = false;
    if (size > body.size()) {
      out.append(body);
      return Chunks::broken;
    }
    out.append(body.substr(0, static_cast<std::size_t>(size)));
    body.remove_prefix(static_cast<std::size_t>(size));
    if (!body.empty() && body.front() == '\r') body.remove_prefix(1);
    if (body.empty() || body.front() != '\n') return Chunks::broken;
    body.remove_prefix(1);
  }
}

// RFC 1950: is this a zlib wrapper? ("deflate" means zlib, but many servers sent raw deflate.)
bool zlib_head(std::string_view body) {
  if (body.size() < 2) return false;
  const unsigned first = static_cast<unsigned char>(body[0]), second = static_cast<unsigned char>(body[1]);
  return (first & 0x0f) == 8 && (first >> 4) <= 7 && (first * 256 + second) % 31 == 0;
}

}  // namespace

HttpHead parse_http(std::string_view message) {
  HttpHead head;
  if (message.substr(0, 5) != "HTTP/") return head;
  std::size_t at = message.find('\n');
  if (at == std::string_view::npos) return head;
  std::string_view status_line = message.substr(0, at);
  const std::size_t space = status_line.find(' ');
  if (space != std::string_view::npos) {
    const std::string_view digits = trim(status_line.substr(space));
    std::from_chars(digits.data(), digits.data() + std::min<std::size_t>(3, digits.size()), head.status);
  }
  ++at;
  while (at < message.size()) {
    const std::size_t end = message.find('\n', at);
    if (end == std::string_view::npos) return head;  // the head is cut off
    const std::string_view line = message.substr(at, end - at);
    at = end + 1;
    if (trim(line).empty()) {
      head.valid = true;
      head.length = at;
      return head;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = trim(line.substr(0, colon)), value = trim(line.substr(colon + 1));
    if (head.content_type.empty() && same(name, "content-type"))
      head.content_type = value;
    else if (head.content_encoding.empty() && same(name, "content-encoding"))
      head.content_encoding = value;
    else if (head.transfer_encoding.empty() && same(name, "transfer-encoding"))
      head.transfer_encoding = value;
  }
  // No blank line and no body: a bare head.
  head.valid = true;
  head.length = message.size();
  return head;
}

MediaType parse_media_type(std::string_view value) {
  MediaType media;
  std::size_t semicolon = value.find(';');
  std::string_view type = value.substr(0, semicolon);
  // Two Content-Type headers folded into one.
  type = trim(type.substr(0, type.find(',')));
  for (char c : type) media.type.push_back(lower(c));
  while (semicolon != std::string_view::npos) {
    value.remove_prefix(semicolon + 1);
    semicolon = value.find(';');
    const std::string_view parameter = trim(value.substr(0, semicolon));
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos || !same(trim(parameter.substr(0, equals)), "charset")) continue;
    std::string_view charset = trim(parameter.substr(equals + 1));
    if (!charset.empty() && (charset.front() == '"' || charset.front() == '\'')) {
      const char quote = charset.front();
      charset.remove_prefix(1);
      charset = charset.substr(0, charset.find(quote));
    }
    media.charset = trim(charset.substr(0, charset.find(',')));
    break;
  }
  return media;
}

Codec& HttpDecoder::codec(Coding coding) {
  auto& slot = codecs_[static_cast<std::size_t>(coding)];
  if (!slot) slot = make_codec(coding);
  return *slot;
}

bool HttpDecoder::decode(std::string_view body, std::string_view transfer_encoding,
                         std::string_view content_encoding, const UnpackLimits& limits, Buffer& out,
                         std::string& problem) {
  out.clear();
  bool sound = true;
  // What is decoded stands in `out` when `in_out`, else still in `body`.
  bool in_out = false;
  const auto input = [&]() -> std::string_view { return in_out ? out.view() : body; };

  if (contains_token(transfer_encoding, "chunked")) {
    switch (dechunk(body, out)) {
      case Chunks::none:
        out.clear();
        break;  // the crawler has undone it
      case Chunks::broken:
        sound = false;
        problem = "broken chunked transfer coding";
        in_out = true;
        break;
      case Chunks::whole:
        in_out = true;
        break;
    }
  }
  // Undone from the last to the first; transfer codings other than chunked count as content codings.
  std::string_view lists[2] = {transfer_encoding, content_encoding};
  int depth = 0;
  for (std::string_view list : lists) {
    while (!list.empty()) {
      const std::size_t comma = list.rfind(',');
      const std::string_view token = trim(comma == std::string_view::npos ? list : list.substr(comma + 1));
      list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
      const std::string_view in = input();
      Coding coding = Coding::plain;
      bool sure = false;  // the bytes say so too
      if (same(token, "gzip") || same(token, "x-gzip")) {
        coding = Coding::gzip;
        sure = coding_of(in) == Coding::gzip;
        if (!sure) continue;
      } else if (same(token, "deflate")) {
        if (coding_of(in) == Coding::gzip)
          coding = Coding::gzip;
        else
          coding = zlib_head(in) ? Coding::zlib : Coding::raw_deflate;
      } else if (same(token, "br")) {
        coding = Coding::brotli;
      } else if (same(token, "zstd")) {
        coding = Coding::zstd;
        sure = coding_of(in) == Coding::zstd;
        if (!sure) continue;
      } else {
        continue;  // identity, utf-8 and other things that people write there
      }
      if (in.empty()) continue;
      if (++depth > 5) {
        problem = "more than five content codings";
        return false;
      }
      spare_.clear();
      std::string trouble;
      if (!unpack_all(codec(coding), in, spare_, limits, trouble)) {
        if (spare_.empty() && !sure) continue;  // not coded at all, as far as one can see
        // Without a magic, a text that happens to begin like a stream unpacks to a few bytes before it
        // breaks.
        if (!sure && in.find('<') < 256 && spare_.view().find('<') == std::string_view::npos) continue;
        sound = false;
        problem = std::string(name_of(coding)) + " content coding: " + trouble;
      }
      if (coding == Coding::zlib && !sound && spare_.empty()) continue;
      out.swap(spare_);
      in_out = true;
    }
  }
  if (!in_out) out.assign(body);
  return sound;
}

}  // namespace offprint::sources
