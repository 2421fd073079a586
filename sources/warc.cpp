#include "sources/warc.h"

#include <fmt/format.h>

#include <algorithm>

#include "sources/warc_head.h"

namespace offprint::sources {
namespace {

constexpr std::size_t most_head = 64 * 1024;
constexpr std::size_t large = 1u << 20;  // beyond it, an unwanted body is not held in memory
constexpr std::size_t least_own = 64 * 1024;  // bodies from here on are given away with their memory
constexpr std::size_t peep = 4096;  // of what may be the next record: enough for its head

std::string_view without_record_end(std::string_view body) {
  for (int i = 0; i < 2; ++i) {
    if (!body.empty() && body.back() == '\n') {
      body.remove_suffix(1);
      if (!body.empty() && body.back() == '\r') body.remove_suffix(1);
    }
  }
  return body;
}

}  // namespace

// A record while it is read: where it begins, and what of it is at hand.
struct WarcReader::Reading {
  WarcReader& reader;
  WarcRecord& record;
  Stream& in;
  std::uint64_t offset = 0;
  bool at_member = false;
  // A member's end ends its record too, where members and records go together: that end, in ahead().
  std::size_t limit = std::string_view::npos;
  bool ended = false, broken = false;  // nothing more comes
  std::size_t head = 0;                // bytes of the record's head, with the blank line that ends it
  WarcHead parsed;

  Reading(WarcReader& of, WarcRecord& to) : reader(of), record(to), in(*of.stream) {}

  std::string_view bytes() const { return in.ahead().substr(0, limit); }
  // Views of the head move with the buffer.
  void read_head() { parsed = parse_head(in.ahead().substr(0, head), record); }
  void lose(std::uint64_t at, std::uint64_t bytes, std::string what) { in.losses().add(in.name(), at, bytes, std::move(what)); }
  void consume(std::size_t count) {
    in.consume(count);
    if (limit != std::string_view::npos) limit -= count;
  }

  bool bound(std::size_t boundary);
  bool grow(std::size_t most = Stream::piece);

  // In this order.
  bool find_begin();
  bool find_head();
  enum class Want { kept, passed_over, lost };
  Want ask_for();
  void pass_over_body();
  void read_body(std::size_t end);
  bool length_holds(std::size_t end, std::size_t& gap);
  bool find_end(std::size_t end);
};

// Where the record's member ends: what is at hand behind it is the next record's. False where that is no record's beginning.
bool WarcReader::Reading::bound(std::size_t boundary) {
  bool damaged = false;  // the next member, which is none of this record's
  while (!damaged && !ended && in.ahead().size() < boundary + 6) {
    const Step more = in.grow(peep);
    damaged = more == Step::damage;
    ended = more == Step::end;
  }
  const std::string_view beyond = in.ahead().substr(std::min(boundary, in.ahead().size()));
  if (!damaged && !beyond.empty() && find_record(beyond, 0) != 0) {
    reader.aligned = false;
    in.expect({});
    return false;
  }
  ended = ended && beyond.empty();
  limit = std::min(boundary, in.ahead().size());
  return true;
}

// Asks for more bytes of this record: false where there are none.
bool WarcReader::Reading::grow(std::size_t most) {
  if (ended || broken || limit != std::string_view::npos) return false;
  const std::size_t before = in.ahead().size();
  const Step step = in.grow(most);
  if (step == Step::more || (step == Step::member_end && !reader.aligned)) return true;
  broken = step == Step::damage;
  ended = step == Step::end;
  if (step == Step::member_end) {
    if (!bound(in.ahead().size())) return true;
  } else {
    limit = in.ahead().size();
  }
  return limit > before;
}

// Where the next record begins: behind what is none, which is noted. False at the end.
bool WarcReader::Reading::find_begin() {
  at_member = in.at_member_start();
  offset = in.ahead().empty() ? in.member_offset() : in.report_offset();
  Step last = Step::more;
  bool none = false;  // no record comes any more
  std::uint64_t garbage = 0, garbage_at = 0;
  for (;;) {
    std::string_view bytes = in.ahead();
    // Line ends before a record belong to the one before it.
    std::size_t blank = 0;
    while (blank < bytes.size() && line_end(bytes[blank])) ++blank;
    if (blank != 0) {
      in.consume(blank);
      // The next member may be at hand already.
      const bool begins = !in.ahead().empty() && in.at_member_start();
      if (begins || !at_member || in.coding() == Coding::plain) offset = in.report_offset();
      at_member = at_member || begins;
      bytes = in.ahead();
    }
    if (bytes.size() >= 6 || (last == Step::end && !bytes.empty())) {
      const std::size_t at = find_record(bytes, 0);
      if (at == 0) break;
      if (garbage == 0) garbage_at = offset;
      // The last bytes may be the beginning of the magic.
      const std::size_t gone = at != std::string_view::npos ? at
                               : last == Step::end          ? bytes.size()
                                                            : bytes.size() - std::min(bytes.size(), longest_begin);
      garbage += gone;
      in.consume(gone);
      at_member = false;
      if (at != std::string_view::npos) {
        offset = in.report_offset();
        break;
      }
    }
    none = last == Step::end;
    if (none) break;
    const bool was_empty = in.ahead().empty();
    const bool start = in.at_member_start();
    if (was_empty) offset = in.member_offset();
    last = in.grow(peep);
    if (was_empty && start) at_member = last != Step::damage;
    if (last == Step::damage) {
      offset = in.member_offset();
      at_member = in.at_member_start();
    }
  }
  if (garbage != 0) lose(garbage_at, garbage, fmt::format("{} bytes that are no record", garbage));
  if (none) return false;
  const bool plain = in.coding() == Coding::plain;
  if (garbage != 0 && !plain) reader.aligned = reader.aligned && at_member;
  if (plain) at_member = true;
  record.offset = offset;
  record.at_member = at_member;
  ended = last == Step::end;
  return true;
}

// Its head. False where that has no end, which is noted; what it was is passed over.
bool WarcReader::Reading::find_head() {
  const bool plain = in.coding() == Coding::plain;
  if (reader.aligned && !ended && !plain)
    if (const std::size_t left = in.member_left(); left != std::string_view::npos) bound(left);
  while ((head = head_length(bytes().substr(0, most_head))) == 0 && bytes().size() < most_head)
    if (!grow(peep)) break;
  if (head == 0) {
    // The next record may stand within these bytes.
    const std::size_t next_at = find_record(bytes(), 5);
    const std::size_t gone = next_at != std::string_view::npos ? next_at : std::min(bytes().size(), most_head);
    lose(offset, gone, ended ? "a record's head cut off" : "a record's head without an end");
    in.consume(gone);
    return false;
  }
  read_head();
  record.type = type_of(parsed.type);
  if (reader.aligned && at_member && !plain && reader.records == 0) in.expect(warc_magic);
  return true;
}

// Whether a large body is wanted at all. Lost: its member broke, which is noted.
WarcReader::Reading::Want WarcReader::Reading::ask_for() {
  if (parsed.length <= large && parsed.length <= reader.most_bytes) return Want::kept;
  // (No more than is its own: what stands behind it must not depend on how far was looked.)
  const std::size_t first = head + static_cast<std::size_t>(std::min<std::uint64_t>(parsed.length, 4096));
  while (bytes().size() < first && grow(peep)) {
  }
  if (bytes().size() < head) {  // what was at hand is gone
    in.consume(bytes().size());
    return Want::lost;
  }
  read_head();
  if (reader.pass_over && reader.pass_over(record, bytes().substr(head))) return Want::passed_over;
  if (parsed.length <= reader.most_bytes) return Want::kept;
  record.problem = fmt::format("a record of {} bytes, more than the {} allowed", parsed.length, reader.most_bytes);
  lose(offset, 0, record.problem);
  return Want::passed_over;
}

// Passes over a body without holding it. A record that begins within it means that the length is wrong; an archive within an archive of
// this size would be taken apart by that, which harms nobody.
void WarcReader::Reading::pass_over_body() {
  record.skipped = true;
  record.target = record.date = record.id = record.content_type = record.payload_type = record.truncated = record.block_digest =
      record.payload_digest = {};
  std::uint64_t left = parsed.length;
  consume(head);
  while (left != 0) {
    const std::size_t here = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes().size()));
    const std::string_view body = bytes().substr(0, here);
    const std::size_t other = find_record(body, 1);
    if (other != std::string_view::npos && other >= 2 && body[other - 2] == '\r') {
      in.consume(other);
      break;
    }
    // A record's beginning may lie across what comes next.
    const std::size_t keep = here == left ? 0 : std::min<std::size_t>(here, 8);
    consume(here - keep);
    left -= here - keep;
    if (left == 0) return;
    if (!grow()) {
      in.consume(std::min(bytes().size(), keep));
      break;
    }
  }
  if (left != 0) lose(offset, 0, fmt::format("a record shorter than its Content-Length of {}", parsed.length));
}

// Reads up to the end that its length tells. Its line ends and the end of its member are had with it, and of what comes next no more than a
// record's head.
void WarcReader::Reading::read_body(std::size_t end) {
  const std::size_t whole = end + 64;
  // (Only where little has to be moved: many records that claim too much would else move what is at hand again and again.)
  if (in.ahead().size() <= 2 * peep && !in.has_room(whole + peep)) {
    Buffer own;
    reader.pool->make_room(own, std::clamp(whole + peep, 2 * least_own, BufferPool::largest));
    in.move_to(own);
    reader.pool->give(own);
  }
  while (bytes().size() < end)
    if (!grow(std::min(whole - bytes().size(), Stream::piece))) break;
}

// Whether behind the body stand two line ends (or what there is of them), then a record, or the end. gap: from the body to that record,
// where it is near.
bool WarcReader::Reading::length_holds(std::size_t end, std::size_t& gap) {
  if (bytes().size() < end) return false;
  for (;;) {
    const std::string_view behind = bytes().substr(end);
    std::size_t blank = 0;
    while (blank < behind.size() && blank < 16 && line_end(behind[blank])) ++blank;
    const std::size_t rest = behind.size() - blank;
    if (rest == 0 || (rest < 6 && warc_magic.substr(0, rest) == behind.substr(blank, 5))) {
      if (grow(peep)) continue;
      // (What was at hand is gone where its member broke.)
      return bytes().size() >= end && (blank == bytes().size() - end || blank >= 2);
    }
    // A record stands where it should (a damaged line end more or less before it), or there are exactly
    // the two line ends and then something else: garbage between records, which the next call notes.
    const std::size_t near = behind.substr(0, 16).find(warc_magic);
    if (near <= 6) gap = near;
    return near <= 6 || find_record(behind, blank) == blank || behind.substr(0, 4) == "\r\n\r\n";
  }
}

// The length is wrong, or what follows is garbage: the next record's beginning tells where this one ends. False where it is cut off, which
// is noted; what there is of it is passed over.
bool WarcReader::Reading::find_end(std::size_t end) {
  const std::size_t first = head - 1;
  std::size_t searched = first, next_at = std::string_view::npos;
  for (;;) {
    next_at = find_record(bytes(), searched);
    const std::string_view before = in.ahead().substr(0, next_at);
    // A header line that quotes a record is no record; a blank line must stand before.
    if (next_at != std::string_view::npos && next_at > head && !before.ends_with("\n\n") && !before.ends_with("\n\r\n")) {
      searched = next_at + 1;
      continue;
    }
    if (next_at != std::string_view::npos || bytes().size() > reader.most_bytes) break;
    searched = std::max(first, bytes().size() - std::min<std::size_t>(bytes().size(), 8));
    if (!grow()) break;
  }
  const bool found = next_at != std::string_view::npos;
  const std::size_t stop = found ? next_at : bytes().size();
  const bool whole = parsed.has_length && stop >= end;  // the body is there, and something behind it
  if (!found && !whole && (ended || broken)) {
    if (stop != 0 || !broken)
      lose(offset, stop,
           fmt::format("a record cut off after {} of {} bytes", stop - std::min(stop, head),
                       parsed.has_length ? fmt::format("{}", parsed.length) : std::string("unknown")));
    in.consume(stop);
    return false;
  }
  read_head();
  // As much of it as is allowed: what has no length ends at the next record, however far that is.
  record.body = without_record_end(in.ahead().substr(head, stop - head)).substr(0, reader.most_bytes);
  record.problem = parsed.has_length ? fmt::format("Content-Length says {}, {} bytes are there", parsed.length, record.body.size())
                                     : std::string("no Content-Length");
  lose(offset, 0, "a record whose length is wrong: " + record.problem);
  reader.to_consume_ = stop;
  return true;
}

bool WarcReader::next(WarcRecord& record) {
  stream->consume(to_consume_);
  to_consume_ = 0;
  for (;;) {
    record = {};
    Reading reading(*this, record);
    if (!reading.find_begin()) return false;
    if (!reading.find_head()) continue;
    std::size_t end = reading.head, gap = 0;  // of the record, in ahead(); from there to the next, where that is known
    bool holds = false;
    if (reading.parsed.has_length) {
      const Reading::Want want = reading.ask_for();
      if (want == Reading::Want::lost) continue;
      if (want == Reading::Want::passed_over) {
        reading.pass_over_body();
        ++records;
        return true;
      }
      end += static_cast<std::size_t>(reading.parsed.length);
      reading.read_body(end);
      holds = reading.length_holds(end, gap);
    }
    if (holds) {
      reading.read_head();
      record.body = stream->ahead().substr(reading.head, end - reading.head);
      to_consume_ = end + gap;
    } else if (!reading.find_end(end)) {
      continue;
    }
    ++records;
    if (record.type != RecordType::unknown) return true;
    const std::string_view type = reading.parsed.type;
    reading.lose(record.offset, to_consume_,
                 type.empty() ? std::string("a record without a type") : fmt::format("a record of unknown type '{}'", type.substr(0, 40)));
    stream->consume(to_consume_);
    to_consume_ = 0;
  }
}

bool WarcReader::give_body(std::string_view body, Buffer& to) {
  const std::string_view ahead = stream->ahead();
  if (body.size() < least_own || ahead.size() - to_consume_ > body.size() / 2) return false;
  pool->make_room(to, 2 * least_own);
  stream->give_away(static_cast<std::size_t>(body.data() - ahead.data()), body.size(), to_consume_, to);
  to_consume_ = 0;
  return true;
}

}  // namespace offprint::sources
