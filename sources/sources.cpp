#include "sources/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "sources/digest.h"
#include "sources/files.h"
#include "sources/parquet.h"
#include "sources/sniff.h"
#include "sources/stream.h"
#include "sources/warc.h"
#include "sources/zip.h"

namespace offprint::sources {
namespace {

enum class Kind : unsigned char { page, warc, jsonl, parquet };

enum class Interest : unsigned char { html, maybe, none };

bool is_html(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml" || type == "application/vnd.wap.xhtml+xml";
}

// By the declared type. Servers declare HTML as these things too, so the bytes decide.
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

struct Titles {
  std::unordered_map<std::string, std::pair<std::string, bool>> by_url;
};

void read_titles(Stream& stream, Titles& titles) {
  JsonLines lines;
  JsonColumns columns{.html = "url", .text = "", .url = "title", .date = "seed", .id = "id"};
  std::string problem;
  for (bool more = true; more;) {
    const std::size_t end = stream.ahead().find('\n');
    if (end == std::string_view::npos) {
      if (stream.ahead().size() > (1u << 20)) stream.consume(stream.ahead().size());
      const Step step = stream.grow();
      more = step != Step::end && step != Step::damage;
      continue;
    }
    const std::string_view line = stream.ahead().substr(0, end);
    JsonLine parsed;
    if (lines.parse(line, columns, parsed, problem)) {
      const bool seed = line.find("\"seed\": true") != std::string_view::npos ||
                        line.find("\"seed\":true") != std::string_view::npos;
      if (titles.by_url.size() < 1'000'000)
        titles.by_url.emplace(parsed.bytes, std::pair<std::string, bool>(parsed.url, seed));
    }
    stream.consume(end + 1);
  }
}

}  // namespace

struct Source::State {
  SourceOptions options;
  std::vector<FileEntry> files;
  Losses losses;
  SourceCounts counts;
  HttpDecoder decoder;
  JsonLines json;
  ParquetReader parquet;
  WarcReader warc;
  WarcRecord warc_record;

  std::uint32_t file = 0;  // the next to open, or the one in work
  bool file_open = false;
  std::vector<ZipEntry> entries;  // of the file in work, where it is a ZIP file
  bool zip = false;
  std::uint32_t entry = 0;  // the next to open, or the one in work
  Titles titles;
  std::unique_ptr<Stream> stream;  // null: open the next
  bool in_rows = false;            // a Parquet file is open, which is no stream
  Kind kind = Kind::page;
  bool named = false;
  std::uint64_t ordinal = 0;
  std::uint64_t done_bytes = 0;
  std::uint64_t seek_to = 0;  // of the entry to be opened next

  UnpackLimits limits() const { return {.most_bytes = options.most_bytes, .most_ratio = options.most_ratio}; }
  bool mine(std::uint64_t number) const {
    return options.shards <= 1 || number % options.shards == options.shard;
  }

  void begin(CaptureRecord& record) const {
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

  bool fail(CaptureRecord& record, std::string name, std::string why) {
    begin(record);
    record.file = name;
    record.source = std::move(name);
    record.error = std::move(why);
    ++counts.failed;
    return true;
  }

  void close_file() {
    done_bytes += files[file].bytes;
    stream.reset();
    in_rows = false;
    entries.clear();
    zip = file_open = false;
    titles.by_url.clear();
    entry = 0;
    ordinal = 0;
    ++file;
  }
  void close_stream() {
    stream.reset();
    in_rows = false;
    if (zip) {
      ++entry;
      ordinal = 0;
      if (entry >= entries.size()) close_file();
    } else {
      close_file();
    }
  }

  // Opens what comes next. False where that failed: `why` says so, and the input is closed.
  bool open_stream(std::string& why) {
    const FileEntry& f = files[file];
    if (!file_open) {
      file_open = true;
      ++counts.files;
    }
    std::unique_ptr<Feed> feed;
    std::string name = f.path;
    if (!zip) {
      feed = open_file(f.path, why);
    } else {
      name += "/" + entries[entry].name;
      feed = open_entry(f.path, entries[entry], limits(), losses, why);
    }
    if (!feed) return false;
    const bool seekable = feed->can_seek();
    NameKind promised = kind_of_name(name);

    // The first bytes decide on the compression; where they are damaged, the name.
    char head[8] = {};
    std::int64_t got = 0;
    if (seekable) {
      got = feed->read(head, sizeof head);
      if (got < 0) {
        why = feed->error;
        return false;
      }
      feed->seek(0);
    }
    Coding coding = coding_of({head, static_cast<std::size_t>(got)});
    if (!seekable) {
      // A pipe: its first bytes must come again.
      struct Pushed final : Feed {
        std::unique_ptr<Feed> rest;
        std::string first;
        std::size_t at = 0;
        std::int64_t read(char* to, std::size_t n) override {
          if (at < first.size()) {
            n = std::min(n, first.size() - at);
            std::copy_n(first.data() + at, n, to);
            at += n;
            return static_cast<std::int64_t>(n);
          }
          const std::int64_t count = rest->read(to, n);
          if (count < 0) error = rest->error;
          return count;
        }
      };
      auto pushed = std::make_unique<Pushed>();
      pushed->first.resize(8);
      std::size_t have = 0;
      while (have < 8) {
        const std::int64_t count = feed->read(pushed->first.data() + have, 8 - have);
        if (count < 0) why = feed->error;
        if (count <= 0) break;
        have += static_cast<std::size_t>(count);
      }
      if (have == 0 && !why.empty()) return false;
      pushed->first.resize(have);
      coding = coding_of(pushed->first);
      std::copy_n(pushed->first.data(), have, head);
      got = static_cast<std::int64_t>(have);
      pushed->rest = std::move(feed);
      feed = std::move(pushed);
    }
    if (!zip && (std::string_view(head, 4) == "PAR1" || promised == NameKind::parquet))
      return open_parquet(why);
    if (!zip && got >= 4 &&
        (std::string_view(head, 4) == "PK\x03\x04" || std::string_view(head, 4) == "PK\x05\x06")) {
      if (!seekable) {
        why = "a ZIP file (WACZ) cannot be read from a pipe: its table of contents stands at its end";
        return false;
      }
      return open_zip(why);
    }
    if (!zip && promised == NameKind::wacz) {
      // Its first bytes are damaged; the table of contents stands at the end.
      return open_zip(why);
    }
    const auto ends = [&](std::string_view with) {
      return name.size() > with.size() && std::string_view(name).substr(name.size() - with.size()) == with;
    };
    Coding by_name = ends(".gz")    ? Coding::gzip
                     : ends(".zst") ? Coding::zstd
                     : ends(".lz4") ? Coding::lz4
                                    : Coding::plain;
    if (coding == Coding::plain && ends(".br")) coding = Coding::brotli;
    if (coding == Coding::plain && by_name != Coding::plain && got > 0 && seekable) {
      // Mislabelled, or damaged?
      Losses none;
      std::string ignored;
      auto again =
          zip ? open_entry(f.path, entries[entry], limits(), none, ignored) : open_file(f.path, ignored);
      if (again) {
        Stream probe(name, std::move(again), by_name, limits(), none);
        if (promised == NameKind::warc) probe.expect("WARC/");
        if (probe.member_within(16u << 20)) coding = by_name;
      }
    }
    stream = std::make_unique<Stream>(name, std::move(feed), coding, limits(), losses);

    // What is in it.
    const std::uint64_t start = seek_to;
    seek_to = 0;
    if (start != 0) {
      if (!stream->seek(start)) {
        why = "cannot be read from the middle";
        return false;
      }
      kind = Kind::warc;
    } else if (promised == NameKind::warc) {
      kind = Kind::warc;
    } else {
      // A page is read up to its damage; other things go on behind it.
      stream->keep_damaged(promised != NameKind::jsonl);
      stream->want(512);
      std::string_view first = stream->ahead();
      if (first.substr(0, 5) == "WARC/" && first.size() > 5 && first[5] >= '0' && first[5] <= '9') {
        kind = Kind::warc;
      } else if (promised == NameKind::jsonl) {
        kind = Kind::jsonl;
      } else {
        while (!first.empty() && (first.front() == ' ' || first.front() == '\n' || first.front() == '\r'))
          first.remove_prefix(1);
        const bool object = first.size() > 2 && first.front() == '{' && first.find('"') < 8;
        kind = promised == NameKind::unknown && object ? Kind::jsonl : Kind::page;
      }
      stream->keep_damaged(kind == Kind::page);
    }
    named = f.named;
    if (kind == Kind::warc) {
      warc = WarcReader{};
      warc.stream = stream.get();
      warc.most_bytes = options.most_bytes;
      warc.pass_over = pass_over;
      if (start != 0 && coding != Coding::plain) stream->expect("WARC/");
    }
    return true;
  }

  bool open_parquet(std::string& why) {
    const std::uint64_t start = seek_to;
    seek_to = 0;
    if (!parquet.open(files[file].path, options.columns, limits(), losses, why)) return false;
    if (start != 0) parquet.go_to(start);
    in_rows = true;
    kind = Kind::parquet;
    named = files[file].named;
    return true;
  }

  bool open_zip(std::string& why) {
    entries.clear();
    if (!list_zip(files[file].path, entries, why)) return false;
    const auto is = [](const ZipEntry& e, std::string_view prefix) {
      return e.name.compare(0, prefix.size(), prefix) == 0;
    };
    for (const ZipEntry& e : entries) {
      if (!is(e, "pages/") || kind_of_name(e.name) != NameKind::jsonl) continue;
      std::string problem;
      if (auto feed = open_entry(files[file].path, e, limits(), losses, problem)) {
        Stream lines(files[file].path + "/" + e.name, std::move(feed), Coding::plain, limits(), losses);
        read_titles(lines, titles);
      } else {
        losses.add(files[file].path + "/" + e.name, e.offset, e.packed, problem);
      }
    }
    std::erase_if(entries, [&](const ZipEntry& e) {
      const NameKind of = kind_of_name(e.name);
      return !(of == NameKind::warc || of == NameKind::page) || e.name.empty() || e.name.back() == '/';
    });
    if (entries.empty()) {
      why = "a ZIP file without archives or pages";
      return false;
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
    zip = true;
    entry = 0;
    return true;
  }

  // One page: the whole stream.
  void read_page(CaptureRecord& record) {
    begin(record);
    record.source = stream->name();
    bool damaged = false;
    for (;;) {
      record.bytes.append(stream->ahead());
      stream->consume(stream->ahead().size());
      if (record.bytes.size() > options.most_bytes) {
        record.bytes.resize_down(options.most_bytes);
        record.damage = fmt::format("larger than {} bytes", options.most_bytes);
        losses.add(record.file, 0, 0, record.damage);
        break;
      }
      const Step step = stream->grow();
      if (step == Step::damage) {
        damaged = true;
        break;
      }
      if (step == Step::end) break;
    }
    record.bytes.append(stream->ahead());
    if (damaged)
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
  }

  // False where the archive has no more captures.
  bool read_warc(CaptureRecord& record) {
    WarcRecord& r = warc_record;
    for (;;) {
      const std::uint64_t before = warc.records;
      const bool more = warc.next(r);
      counts.records += warc.records - before;
      if (!more) return false;
      if (r.skipped) {
        if (r.type == RecordType::response || r.type == RecordType::resource ||
            r.type == RecordType::conversion)
          ++(r.problem.empty() ? counts.not_pages : counts.too_large);
        else if (r.type == RecordType::revisit)
          ++counts.revisits;
        else
          ++counts.other_types;
        continue;
      }
      HttpHead http;
      MediaType media;
      std::string_view body = r.body;
      Interest interest = Interest::none;
      switch (r.type) {
        case RecordType::revisit:
          ++counts.revisits;
          continue;
        case RecordType::response:
          http = parse_http(r.body);
          if (!http.valid) {
            // dns: and the like are responses too.
            if (r.target.substr(0, 4) == "http")
              losses.add(stream->name(), r.offset, r.body.size(), "a response without an HTTP head");
            ++counts.not_pages;
            continue;
          }
          body.remove_prefix(http.length);
          media = parse_media_type(http.content_type);
          interest = interest_of(r, http);
          break;
        case RecordType::resource:
        case RecordType::conversion:
          media = parse_media_type(r.content_type);
          interest = is_html(r.payload_type) ? Interest::html : interest_of(media.type);
          if (r.type == RecordType::conversion && media.type == "text/plain") interest = Interest::html;
          break;
        default:
          ++counts.other_types;
          continue;
      }
      // Redirections and errors without a body are no pages.
      if (interest == Interest::none || (body.empty() && http.status != 0 && http.status / 100 != 2)) {
        ++counts.not_pages;
        continue;
      }
      begin(record);
      record.offset = r.offset;
      record.seekable = r.at_member && warc.aligned && stream->can_seek();
      record.source =
          r.target.empty() ? fmt::format("{}#{}", stream->name(), r.offset) : std::string(r.target);
      if (!r.target.empty()) record.url = r.target;
      record.date = r.date;
      record.charset = media.charset;
      record.content_type = media.type;
      record.http_status = http.status;
      record.damage = r.problem;
      if (!r.truncated.empty() && record.damage.empty())
        record.damage = fmt::format("truncated by the crawler ({})", r.truncated);
      if (r.type == RecordType::conversion && media.type == "text/plain" && record.input == Input::detect) {
        record.input = Input::text;
        if (record.charset.empty()) record.charset = "utf-8";
      }
      if (options.check_digests) {
        record.http_head = r.body.substr(0, r.body.size() - body.size());
        record.block_digest = r.block_digest;
        record.payload_digest = r.payload_digest;
      }
      record.bytes.append(body);
      record.pending = true;
      record.from_http = r.type == RecordType::response;
      record.sniff = interest == Interest::maybe;
      record.transfer_encoding = http.transfer_encoding;
      record.content_encoding = http.content_encoding;
      if (!titles.by_url.empty()) {
        if (const auto found = titles.by_url.find(record.url); found != titles.by_url.end()) {
          record.title = found->second.first;
          record.seed = found->second.second;
        }
      }
      return true;
    }
  }

  bool read_line(CaptureRecord& record) {
    std::string problem;
    for (bool ended = false;;) {
      std::size_t end = stream->ahead().find('\n');
      std::uint64_t offset = stream->report_offset();
      std::size_t searched = 0;
      bool too_long = false;
      while (end == std::string_view::npos && !ended) {
        searched = stream->ahead().size();
        if (searched > options.most_bytes) {
          stream->consume(searched);
          searched = 0;
          if (!too_long)
            losses.add(stream->name(), offset, 0,
                       fmt::format("a line of more than {} bytes", options.most_bytes));
          too_long = true;
        }
        const Step step = stream->grow();
        if (step == Step::end) ended = true;
        if (step == Step::damage) {
          stream->consume(stream->ahead().size());  // half a line
          searched = 0;
          offset = stream->report_offset();
        }
        end = stream->ahead().find('\n', std::min(searched, stream->ahead().size()));
      }
      std::string_view line = stream->ahead().substr(0, end);
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
  void fill(CaptureRecord& record, const JsonLine& row) {
    begin(record);
    record.source = !row.id.empty()    ? std::string(row.id)
                    : !row.url.empty() ? std::string(row.url)
                                       : fmt::format("{}#{}", record.file, ordinal);
    if (!row.url.empty()) record.url = row.url;
    record.date = row.date;
    record.charset = "utf-8";
    if (record.input == Input::detect) record.input = row.has_html ? Input::html : Input::text;
    record.bytes.append(row.bytes);
  }

  // Rows stand where their number says: `offset` is that of the row.
  bool read_row(CaptureRecord& record) {
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

  // The next capture of any shard; `share` says which number decides whose it is.
  bool step(CaptureRecord& record, std::uint64_t& share) {
    while (file < files.size()) {
      if (!stream && !in_rows) {
        if (!file_open && files.size() > 1 && !mine(file)) {
          ++file;
          continue;
        }
        const FileEntry& f = files[file];
        share = files.size() > 1 ? file : 0;
        if (!f.error.empty()) {
          fail(record, f.path, f.error);
          close_file();
          return true;
        }
        std::string why;
        if (!open_stream(why)) {
          const std::string name = zip ? f.path + "/" + entries[entry].name : f.path;
          fail(record, name, why);
          close_stream();
          return true;
        }
        if (!stream && !in_rows) continue;  // a ZIP file's table of contents was read
      }
      switch (kind) {
        case Kind::page:
          read_page(record);
          share = files.size() > 1 ? file : ordinal;
          record.ordinal = ordinal;
          close_stream();
          return true;
        case Kind::warc:
          if (!read_warc(record)) break;
          share = files.size() > 1 ? file : ordinal;
          record.ordinal = ordinal++;
          return true;
        case Kind::jsonl:
          if (!read_line(record)) break;
          share = files.size() > 1 ? file : ordinal;
          record.ordinal = ordinal++;
          return true;
        case Kind::parquet:
          if (!read_row(record)) break;
          share = files.size() > 1 ? file : ordinal;
          record.ordinal = ordinal;
          return true;
      }
      close_stream();
    }
    return false;
  }
};

Source::Source() : state_(std::make_unique<State>()) {}
Source::~Source() = default;
Source::Source(Source&&) noexcept = default;
Source& Source::operator=(Source&&) noexcept = default;

void Source::open(const std::vector<std::string>& specs, const SourceOptions& options) {
  state_ = std::make_unique<State>();
  state_->options = options;
  state_->files = list_files(specs);
  if (!options.leave_out.empty()) {
    std::erase_if(state_->files, [&](const FileEntry& f) {
      std::error_code ignored;
      return !f.named && std::filesystem::equivalent(f.path, options.leave_out, ignored);
    });
  }
}

bool Source::next(CaptureRecord& record) {
  State& s = *state_;
  std::uint64_t share = 0;
  while (s.step(record, share)) {
    if (!s.mine(share)) continue;
    if (record.error.empty() && record.pending && !s.options.defer &&
        !finish(record, s.decoder, s.options, s.losses)) {
      ++s.counts.not_pages;
      continue;
    }
    ++s.counts.captures;
    return true;
  }
  return false;
}

bool Source::go_behind(const Position& position) {
  State& s = *state_;
  if (position.file_index >= s.files.size()) return false;
  s.stream.reset();
  s.entries.clear();
  s.zip = s.file_open = s.in_rows = false;
  s.entry = 0;
  s.ordinal = 0;
  s.done_bytes = 0;
  for (std::uint32_t i = 0; i < position.file_index; ++i) s.done_bytes += s.files[i].bytes;
  s.file = position.file_index;
  CaptureRecord record;
  std::string why;
  std::uint64_t share = 0;
  bool found = false;
  if (position.entry_index != 0) {
    if (!s.open_zip(why) || position.entry_index >= s.entries.size()) return false;
    s.file_open = true;
    s.entry = position.entry_index;
  }
  if (position.seekable && position.offset != 0) {
    if (position.entry_index == 0 && kind_of_name(s.files[s.file].path) == NameKind::wacz) {
      if (!s.open_zip(why)) return false;
      s.file_open = true;
    }
    s.seek_to = position.offset;
    s.ordinal = position.ordinal;
  }
  while (s.file == position.file_index && s.step(record, share)) {
    if (record.file_index != position.file_index || record.entry_index > position.entry_index) break;
    if (record.entry_index == position.entry_index && record.ordinal == position.ordinal) {
      found = record.offset == position.offset;
      break;
    }
  }
  s.losses.list.clear();
  s.losses.count = 0;
  s.counts = {};
  return found;
}

std::size_t Source::inputs() const {
  return state_->files.size();
}
const std::string& Source::path_of(std::uint32_t file_index) const {
  return state_->files[file_index].path;
}

bool Source::single_page() {
  State& s = *state_;
  if (s.files.size() != 1 || !s.files[0].named) return false;
  if (!s.files[0].error.empty()) return true;
  if (!s.stream && !s.in_rows && !s.zip && s.file == 0) {
    std::string why;
    if (!s.open_stream(why)) {
      s.stream.reset();
      s.file_open = false;
      s.counts.files = 0;
      return true;
    }
  }
  return s.stream && s.kind == Kind::page && !s.zip;
}

std::uint64_t Source::total_bytes() const {
  std::uint64_t sum = 0;
  for (const FileEntry& f : state_->files) {
    if (f.bytes == 0 && f.path == "-") return 0;
    sum += f.bytes;
  }
  return sum;
}
std::uint64_t Source::read_bytes() const {
  const State& s = *state_;
  if (s.in_rows) return s.done_bytes + s.parquet.position();
  return s.done_bytes + (s.stream && !s.zip ? s.stream->raw_position() : 0);
}
Losses& Source::losses() {
  return state_->losses;
}
const SourceCounts& Source::counts() const {
  return state_->counts;
}

namespace {

// Are the bytes those that were captured? A payload's digest is asked where there is none of the block. It
// should be that of the body without its transfer coding; programs differ, so it may be that of the body as
// it is stored or without any coding, too.
struct DigestCheck {
  const CaptureRecord& record;
  bool block_differs = false, payload_differs = false;

  explicit DigestCheck(const CaptureRecord& r) : record(r) {
    if (!r.damage.empty()) return;
    const std::string_view bytes = r.bytes.view();
    const Digest block = check_digest(r.block_digest, r.http_head, bytes);
    block_differs = block == Digest::other;
    payload_differs = block == Digest::unknown && check_digest(r.payload_digest, bytes) == Digest::other;
  }
  void look_at(std::string_view decoded) {
    payload_differs = payload_differs && check_digest(record.payload_digest, decoded) == Digest::other;
  }
  std::string problem() const {
    return block_differs     ? "the bytes are not those of its WARC-Block-Digest"
           : payload_differs ? "the bytes are not those of its WARC-Payload-Digest"
                             : "";
  }
};

}  // namespace

bool finish(CaptureRecord& record, HttpDecoder& decoder, const SourceOptions& options, Losses& losses) {
  if (!record.pending) return true;
  record.pending = false;
  DigestCheck digests(record);
  if (!record.transfer_encoding.empty() || !record.content_encoding.empty()) {
    Buffer& decoded = decoder.decoded;
    std::string problem;
    const UnpackLimits limits{.most_bytes = options.most_bytes, .most_ratio = options.most_ratio};
    if (digests.payload_differs && !record.transfer_encoding.empty()) {
      decoder.decode(record.bytes.view(), record.transfer_encoding, {}, limits, decoded, problem);
      digests.look_at(decoded.view());
      problem.clear();
    }
    if (!decoder.decode(record.bytes.view(), record.transfer_encoding, record.content_encoding, limits,
                        decoded, problem)) {
      losses.add(record.file, record.offset, 0, fmt::format("{}: {}", record.source, problem));
      if (record.damage.empty()) record.damage = problem;
    }
    digests.look_at(decoded.view());
    record.bytes.swap(decoded);
  }
  if (const std::string wrong = digests.problem(); !wrong.empty()) {
    losses.add(record.file, record.offset, 0, fmt::format("{}: {}", record.source, wrong));
    if (record.damage.empty()) record.damage = wrong;
  }
  const Looks looks = looks_of(record.bytes.view());
  if (record.sniff && looks != Looks::html) return false;
  return looks != Looks::binary;
}

}  // namespace offprint::sources
