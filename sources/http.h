// The HTTP message inside a response record: its head, and its body without transfer and content codings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/buffer.h"
#include "sources/codec.h"

namespace offprint::sources {

struct HttpHead {
  bool valid = false;
  int status = 0;
  std::size_t length = 0;             // of the head with its blank line
  std::string_view content_type;      // as declared, with parameters
  std::string_view content_encoding;  // comma-separated, in the order applied
  std::string_view transfer_encoding;
};

HttpHead parse_http(std::string_view message);

// "text/html; charset=..." -> "text/html" (lower case) and the charset's label.
struct MediaType {
  std::string type;
  std::string_view charset;
};
MediaType parse_media_type(std::string_view value);

// Undoes the codings. False where they are broken: `out` then holds what could be had, `problem` what was
// wrong. A body that does not carry a coding that its head declares (crawlers undo codings and keep the head)
// is taken as it is.
struct HttpDecoder {
  bool decode(std::string_view body, std::string_view transfer_encoding, std::string_view content_encoding,
              const UnpackLimits& limits, Buffer& out, std::string& problem);

  Buffer decoded;  // for the caller to decode into, kept from one record to the next

 private:
  Codec& codec(Coding coding);
  std::unique_ptr<Codec> codecs_[7];  // made once, reused
  Buffer spare_;
};

}  // namespace offprint::sources
