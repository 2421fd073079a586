#include "sources/warc_head.h"

#include <charconv>

#include "sources/field_text.h"

namespace offprint::sources {

RecordType type_of(std::string_view value) {
  struct Name {
    std::string_view name;
    RecordType type;
  };
  static constexpr Name names[] = {
      {"response", RecordType::response}, {"request", RecordType::request},
      {"metadata", RecordType::metadata}, {"conversion", RecordType::conversion},
      {"resource", RecordType::resource}, {"revisit", RecordType::revisit},
      {"warcinfo", RecordType::warcinfo}, {"continuation", RecordType::continuation}};
  for (const Name& n : names)
    if (same(value, n.name)) return n.type;
  return RecordType::unknown;
}

std::size_t head_length(std::string_view bytes) {
  for (std::size_t at = 0;;) {
    at = bytes.find('\n', at);
    if (at == std::string_view::npos) return 0;
    ++at;
    if (at < bytes.size() && bytes[at] == '\n') return at + 1;
    if (at + 1 < bytes.size() && bytes[at] == '\r' && bytes[at + 1] == '\n') return at + 2;
  }
}

WarcHead parse_head(std::string_view head, WarcRecord& record) {
  WarcHead parsed;
  std::size_t at = head.find('\n');
  while (at != std::string_view::npos && ++at < head.size()) {
    const std::size_t end = head.find('\n', at);
    const std::string_view line = head.substr(at, end == std::string_view::npos ? end : end - at);
    at = end;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.front() == ' ' || line.front() == '\t') continue;
    const std::string_view name = line.substr(0, colon), value = trim(line.substr(colon + 1));
    if (same(name, "content-length")) {
      if (parsed.has_length) continue;
      const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), parsed.length);
      parsed.has_length = error == std::errc{} && stop == value.data() + value.size();
    } else if (same(name, "warc-type")) {
      parsed.type = value;
    } else if (same(name, "warc-target-uri")) {
      record.target = value;
      // wget writes <...>, as the grammar of WARC 1.0 (not its text) has it.
      if (value.size() >= 2 && value.front() == '<' && value.back() == '>')
        record.target = value.substr(1, value.size() - 2);
    } else if (same(name, "warc-record-id")) {
      record.id = value;
    } else if (same(name, "warc-date")) {
      record.date = value;
    } else if (same(name, "content-type")) {
      record.content_type = value;
    } else if (same(name, "warc-identified-payload-type")) {
      record.payload_type = value;
    } else if (same(name, "warc-truncated")) {
      record.truncated = value;
    } else if (same(name, "warc-block-digest")) {
      record.block_digest = value;
    } else if (same(name, "warc-payload-digest")) {
      record.payload_digest = value;
    }
  }
  return parsed;
}

std::size_t find_record(std::string_view bytes, std::size_t from) {
  for (std::size_t at = from;;) {
    at = bytes.find(warc_magic, at);
    if (at == std::string_view::npos || at + 5 >= bytes.size()) return std::string_view::npos;
    if (bytes[at + 5] >= '0' && bytes[at + 5] <= '9') {
      if (at == 0 || line_end(bytes[at - 1])) return at;
      const std::string_view line = bytes.substr(at, 20);
      if (line.size() < 18) {
        ++at;
        continue;
      }
      if (line.substr(8, 7) == "\r\nWARC-" || line.substr(8, 10) == "\r\nContent-") return at;
    }
    ++at;
  }
}

}  // namespace offprint::sources
