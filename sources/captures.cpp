#include <fmt/format.h>

#include "sources/interest.h"
#include "sources/sniff.h"
#include "sources/state.h"

namespace offprint::sources {

void Source::State::begin(CaptureRecord& record) const {
  record.source.clear();
  record.file = stream ? stream->name() : files[file].path;
  record.offset = 0;
  record.file_index = file;
  record.entry_index = entry;
  record.ordinal = ordinal;
  record.seekable = false;
  record.url = options.url;
  record.date.clear();
  record.charset.clear();
  record.content_type.clear();
  record.title.clear();
  record.seed = false;
  record.http_status = 0;
  record.input = options.input;
  record.bytes.clear();
  record.bytes.trim(4u << 20);
  record.error.clear();
  record.damage.clear();
  record.pending = record.sniff = record.from_http = false;
  record.transfer_encoding.clear();
  record.content_encoding.clear();
  record.http_head.clear();
  record.block_digest.clear();
  record.payload_digest.clear();
}

void Source::State::put(CaptureRecord& record, std::string_view bytes) {
  pool.make_room(record.bytes, bytes.size());
  record.bytes.append(bytes);
}

// One page: the whole stream.
bool Source::State::read_page(CaptureRecord& record) {
  begin(record);
  record.source = stream->name();
  Step step = Step::more;
  for (;; step = stream->grow()) {
    record.bytes.append(stream->ahead());
    stream->consume(stream->ahead().size());
    if (record.bytes.size() > options.most_bytes) {
      record.bytes.resize_down(options.most_bytes);
      record.damage = fmt::format("larger than {} bytes", options.most_bytes);
      losses.add(record.file, 0, 0, record.damage);
      break;
    }
    if (step == Step::damage || step == Step::end) break;
  }
  if (step == Step::damage)
    record.damage = stream->last_problem();
  else if (!stream->last_problem().empty() && record.damage.empty())
    record.damage = stream->last_problem();
  const std::string_view bytes = record.bytes.view();
  if (!record.damage.empty() && bytes.empty()) record.error = record.damage;
  if (looks_of(bytes) == Looks::binary) {
    record.error = fmt::format("not a page: {}", binary_name(bytes));
    record.bytes.clear();
  }
  if (!record.error.empty()) ++counts.failed;
  return true;
}

bool Source::State::read_warc(CaptureRecord& record) {
  for (;;) {
    const std::uint64_t before = warc.records;
    const bool more = warc.next(warc_record);
    counts.records += warc.records - before;
    if (!more) return false;
    const WarcRecord& r = warc_record;
    switch (r.type) {
      case RecordType::response:
      case RecordType::resource:
      case RecordType::conversion:
        if (r.skipped)
          ++(r.problem.empty() ? counts.not_pages : counts.too_large);
        else if (take(r, record))
          return true;
        else
          ++counts.not_pages;
        break;
      case RecordType::revisit:
        ++counts.revisits;
        break;
      default:
        ++counts.other_types;
    }
  }
}

// A record of a page -> a capture; false where it is none.
bool Source::State::take(const WarcRecord& r, CaptureRecord& record) {
  HttpHead http;
  std::string_view body = r.body, declared = r.content_type;
  if (r.type == RecordType::response) {
    http = parse_http(r.body);
    if (!http.valid) {
      // dns: and the like are responses too.
      if (r.target.substr(0, 4) == "http")
        losses.add(stream->name(), r.offset, r.body.size(), "a response without an HTTP head");
      return false;
    }
    body.remove_prefix(http.length);
    declared = http.content_type;
  }
  const MediaType media = parse_media_type(declared);
  const bool flattened = r.type == RecordType::conversion && media.type == "text/plain";
  const Interest interest = flattened || is_html(r.payload_type) ? Interest::html : interest_of(media.type);
  if (interest == Interest::none) return false;
  // Redirections and errors without a body are no pages.
  if (body.empty() && http.status != 0 && http.status / 100 != 2) return false;

  begin(record);
  record.offset = r.offset;
  record.seekable = r.at_member && warc.aligned && stream->can_seek();
  record.source = r.target.empty() ? fmt::format("{}#{}", stream->name(), r.offset) : std::string(r.target);
  if (!r.target.empty()) record.url = r.target;
  record.date = r.date;
  record.charset = media.charset;
  record.content_type = media.type;
  record.http_status = http.status;
  record.damage = r.problem;
  if (!r.truncated.empty() && record.damage.empty())
    record.damage = fmt::format("truncated by the crawler ({})", r.truncated);
  if (flattened && record.input == Input::detect) {
    record.input = Input::text;
    if (record.charset.empty()) record.charset = "utf-8";
  }
  if (options.check_digests) {
    record.http_head = r.body.substr(0, r.body.size() - body.size());
    record.block_digest = r.block_digest;
    record.payload_digest = r.payload_digest;
  }
  if (!warc.give_body(body, record.bytes)) put(record, body);
  record.pending = true;
  record.from_http = r.type == RecordType::response;
  record.sniff = interest == Interest::maybe;
  record.transfer_encoding = http.transfer_encoding;
  record.content_encoding = http.content_encoding;
  if (const auto found = pages.find(record.url); found != pages.end()) {
    record.title = found->second.title;
    record.seed = found->second.seed;
  }
  return true;
}

bool Source::State::read_line(CaptureRecord& record) {
  std::string problem;
  for (bool ended = false;;) {
    std::size_t end = stream->ahead().find('\n');
    std::uint64_t offset = stream->report_offset();
    std::size_t searched = 0;
    bool too_long = false;
    const auto refuse = [&](std::size_t bytes) {  // noted once
      if (!too_long) losses.add(stream->name(), offset, bytes, fmt::format("a line of more than {} bytes", options.most_bytes));
      too_long = true;
    };
    while (end == std::string_view::npos && !ended) {
      searched = stream->ahead().size();
      if (searched > options.most_bytes) {
        stream->consume(searched);
        searched = 0;
        refuse(0);
      }
      const Step step = stream->grow();
      if (step == Step::end) ended = true;
      if (step == Step::damage) {
        stream->consume(stream->ahead().size());  // half a line
        searched = 0;
        too_long = false;
        offset = stream->report_offset();
      }
      end = stream->ahead().find('\n', std::min(searched, stream->ahead().size()));
    }
    std::string_view line = stream->ahead().substr(0, end);
    if (line.size() > options.most_bytes) refuse(line.size());  // it came whole
    if (line.empty() && ended && end == std::string_view::npos) return false;
    const std::size_t whole = end == std::string_view::npos ? line.size() : end + 1;
    JsonLine parsed;
    const bool blank = line.find_first_not_of(" \t\r") == std::string_view::npos;
    if (too_long || blank || !json.parse(line, options.columns, parsed, problem)) {
      if (!too_long && !blank) losses.add(stream->name(), offset, line.size(), problem);
      stream->consume(whole);
      continue;
    }
    fill(record, parsed);
    record.offset = offset;
    stream->consume(whole);
    return true;
  }
}

// A row of named columns.
void Source::State::fill(CaptureRecord& record, const JsonLine& row) {
  begin(record);
  record.source = !row.id.empty()    ? std::string(row.id)
                  : !row.url.empty() ? std::string(row.url)
                                     : fmt::format("{}#{}", record.file, ordinal);
  if (!row.url.empty()) record.url = row.url;
  record.date = row.date;
  record.charset = "utf-8";
  if (record.input == Input::detect) record.input = row.has_html ? Input::html : Input::text;
  put(record, row.bytes);
}

// Rows stand where their number says: `offset` is that of the row.
bool Source::State::read_row(CaptureRecord& record) {
  for (;;) {
    JsonLine row;
    std::uint64_t number = 0;
    if (!parquet.next(row, number)) return false;
    ordinal = number;
    if (row.bytes.size() > options.most_bytes) {
      losses.add(files[file].path, number, 0,
                 fmt::format("row {}: {} bytes, more than the {} allowed", number, row.bytes.size(),
                             options.most_bytes));
      continue;
    }
    fill(record, row);
    record.offset = number;
    record.seekable = true;
    return true;
  }
}

}  // namespace offprint::sources
