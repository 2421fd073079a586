#include "sources/interest.h"

namespace offprint::sources {

bool is_html(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml" || type == "application/vnd.wap.xhtml+xml";
}

Interest interest_of(std::string_view type) {
  if (is_html(type)) return Interest::html;
  for (std::string_view vague :
       {"", "text/plain", "application/octet-stream", "binary/octet-stream", "unknown/unknown",
        "application/unknown", "content/unknown", "application/x-unknown-content-type", "*/*", "text", "html",
        "text/xml", "application/xml"})
    if (type == vague) return Interest::maybe;
  return Interest::none;
}

Interest interest_of(const WarcRecord& record, const HttpHead& http) {
  if (is_html(record.payload_type)) return Interest::html;
  return interest_of(parse_media_type(http.content_type).type);
}

bool pass_over(const WarcRecord& record, std::string_view first_bytes) {
  switch (record.type) {
    case RecordType::response: {
      const HttpHead http = parse_http(first_bytes);
      return http.valid && interest_of(record, http) == Interest::none;
    }
    case RecordType::resource:
    case RecordType::conversion: {
      const MediaType media = parse_media_type(record.content_type);
      return !is_html(record.payload_type) && interest_of(media.type) == Interest::none;
    }
    default:
      return true;
  }
}

}  // namespace offprint::sources
