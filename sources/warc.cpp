#include "sources/warc.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace offprint::sources {
namespace {

constexpr std::size_t most_head = 64 * 1024;
constexpr std::size_t large = 1u << 20;  // beyond it, an unwanted body is not held in memory
constexpr std::size_t least_own = 64 * 1024;  // bodies from here on are given away with their memory
constexpr std::size_t peep = 4096;  // of what may be the next record: enough for its head
constexpr std::string_view magic = "WARC/";

bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char x = a[i] >= 'A' && a[i] <= 'Z' ? static_cast<char>(a[i] + 32) : a[i];
    if (x != b[i]) return false;
  }
  return true;
}

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

bool line_end(char c) {
  return c == '\r' || c == '\n';
}

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

// The length of a record's head with the blank line that ends it; 0 where that is not at hand.
std::size_t head_length(std::string_view bytes) {
  for (std::size_t at = 0;;) {
    at = bytes.find('\n', at);
    if (at == std::string_view::npos) return 0;
    ++at;
    if (at < bytes.size() && bytes[at] == '\n') return at + 1;
    if (at + 1 < bytes.size() && bytes[at] == '\r' && bytes[at + 1] == '\n') return at + 2;
  }
}

struct Head {
  std::string_view type;
  bool has_length = false;
  std::uint64_t length = 0;
};

Head parse_head(std::string_view head, WarcRecord& record) {
  Head parsed;
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

// The first place at or behind `from` where a record can begin: "WARC/" and a digit behind a line end, or a
// whole first line and the beginning of a second one behind anything.
std::size_t find_record(std::string_view bytes, std::size_t from) {
  for (std::size_t at = from;;) {
    at = bytes.find(magic, at);
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
constexpr std::size_t longest_begin = 20;  // bytes that find_record() may need to see

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

bool WarcReader::next(WarcRecord& record) {
  Stream& in = *stream;
  const auto lose = [&](std::uint64_t offset, std::uint64_t bytes, std::string what) {
    in.losses().add(in.name(), offset, bytes, std::move(what));
  };
  in.consume(to_consume_);
  to_consume_ = 0;

  for (;;) {
    record = {};
    // 1. Where the record begins.
    bool at_member = in.at_member_start();
    std::uint64_t offset = in.ahead().empty() ? in.member_offset() : in.report_offset();
    Step last = Step::more;
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
      if (last == Step::end) {
        if (garbage != 0) lose(garbage_at, garbage, fmt::format("{} bytes that are no record", garbage));
        return false;
      }
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
    if (garbage != 0) {
      lose(garbage_at, garbage, fmt::format("{} bytes that are no record", garbage));
      if (in.coding() != Coding::plain) aligned = aligned && at_member;
    }
    if (in.coding() == Coding::plain) at_member = true;
    record.offset = offset;
    record.at_member = at_member;

    // 2. Its head. A member's end ends it too, where members and records go together; `limit` is that end.
    std::size_t limit = std::string_view::npos;
    bool ended = last == Step::end, broken = false;
    const auto bytes_of_record = [&] { return in.ahead().substr(0, limit); };
    // Where the record's member ends: what is at hand behind it is the next record's. False where that is no record's beginning.
    const auto bound = [&](std::size_t boundary) -> bool {
      bool damaged = false;  // the next member, which is none of this record's
      while (!damaged && !ended && in.ahead().size() < boundary + 6) {
        const Step more = in.grow(peep);
        damaged = more == Step::damage;
        ended = more == Step::end;
      }
      const std::string_view beyond = in.ahead().substr(std::min(boundary, in.ahead().size()));
      if (!damaged && !beyond.empty() && find_record(beyond, 0) != 0) {
        aligned = false;
        in.expect({});
        return false;
      }
      ended = ended && beyond.empty();
      limit = std::min(boundary, in.ahead().size());
      return true;
    };
    // Asks for more bytes of this record: false where there are none.
    const auto grow = [&](std::size_t most = Stream::piece) -> bool {
      if (ended || broken || limit != std::string_view::npos) return false;
      const std::size_t before = in.ahead().size();
      const Step step = in.grow(most);
      if (step == Step::more || (step == Step::member_end && !aligned)) return true;
      broken = step == Step::damage;
      ended = step == Step::end;
      if (step == Step::member_end) {
        if (!bound(in.ahead().size())) return true;
      } else {
        limit = in.ahead().size();
      }
      return limit > before;
    };
    if (aligned && !broken && !ended && in.coding() != Coding::plain)
      if (const std::size_t left = in.member_left(); left != std::string_view::npos) bound(left);

    std::size_t head = 0;
    while ((head = head_length(bytes_of_record().substr(0, most_head))) == 0 &&
           bytes_of_record().size() < most_head)
      if (!grow(peep)) break;
    if (head == 0) {
      // No end of a head: go on with the next record, which may stand within these bytes.
      const std::size_t next_at = find_record(bytes_of_record(), 5);
      const std::size_t gone =
          next_at != std::string_view::npos ? next_at : std::min(bytes_of_record().size(), most_head);
      lose(offset, gone, ended ? "a record's head cut off" : "a record's head without an end");
      in.consume(gone);
      continue;
    }
    Head parsed = parse_head(in.ahead().substr(0, head), record);
    record.type = type_of(parsed.type);
    if (aligned && at_member && in.coding() != Coding::plain && records == 0) in.expect(magic);

    // 3. Its body.
    std::size_t end = head;  // of the record, in ahead()
    bool length_holds = parsed.has_length;
    std::size_t gap = 0;  // between its end and the next record, where that is known
    if (parsed.has_length) {
      bool skip = false;
      if (parsed.length > large || parsed.length > most_bytes) {
        // (No more than is its own: what stands behind it must not depend on how far was looked.)
        const std::size_t first = head + static_cast<std::size_t>(std::min<std::uint64_t>(parsed.length, 4096));
        while (bytes_of_record().size() < first && grow(peep)) {
        }
        if (bytes_of_record().size() < head) {  // its member broke, which is noted, and what was at hand is gone
          in.consume(bytes_of_record().size());
          continue;
        }
        // The views of the head may have moved with the buffer.
        parse_head(in.ahead().substr(0, head), record);
        skip = pass_over && pass_over(record, bytes_of_record().substr(head));
        if (!skip && parsed.length > most_bytes) {
          skip = true;
          record.problem =
              fmt::format("a record of {} bytes, more than the {} allowed", parsed.length, most_bytes);
          lose(offset, 0, record.problem);
        }
      }
      if (skip) {
        // Passed over without being held. A record that begins within it means that the length is wrong; an
        // archive within an archive of this size would be taken apart by that, which harms nobody.
        record.skipped = true;
        record.target = record.date = record.id = record.content_type = record.payload_type =
            record.truncated = record.block_digest = record.payload_digest = {};
        std::uint64_t left = parsed.length;
        in.consume(head);
        if (limit != std::string_view::npos) limit -= head;
        bool wrong = false;
        while (left != 0) {
          const std::string_view bytes = bytes_of_record();
          const std::size_t here = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
          const std::size_t other = find_record(bytes.substr(0, here), 1);
          if (other != std::string_view::npos && other >= 2 && bytes[other - 2] == '\r') {
            in.consume(other);
            wrong = true;
            break;
          }
          // A record's beginning may lie across what comes next.
          const std::size_t keep = here == left ? 0 : std::min<std::size_t>(here, 8);
          in.consume(here - keep);
          left -= here - keep;
          if (limit != std::string_view::npos) limit -= here - keep;
          if (left == 0) break;
          if (!grow()) {
            in.consume(std::min(bytes_of_record().size(), keep));
            wrong = true;
            break;
          }
        }
        if (wrong) {
          lose(offset, 0, fmt::format("a record shorter than its Content-Length of {}", parsed.length));
        }
        ++records;
        return true;
      }
      end = head + static_cast<std::size_t>(parsed.length);
      // Its line ends and the end of its member are had with it, and of what comes next no more than a record's head.
      const std::size_t whole = end + 64;
      // (Only where little has to be moved: many records that claim too much would else move what is at hand again and again.)
      if (in.ahead().size() <= 2 * peep && !in.has_room(whole + peep)) {
        Buffer own;
        pool->make_room(own, std::clamp(whole + peep, 2 * least_own, BufferPool::largest));
        in.move_to(own);
        pool->give(own);
      }
      while (bytes_of_record().size() < end)
        if (!grow(std::min(whole - bytes_of_record().size(), Stream::piece))) break;
      length_holds = bytes_of_record().size() >= end;
    }
    // Behind the body: two line ends (or what there is of them), then a record, or the end.
    if (length_holds) {
      for (;;) {
        const std::string_view behind = bytes_of_record().substr(end);
        std::size_t blank = 0;
        while (blank < behind.size() && blank < 16 && line_end(behind[blank])) ++blank;
        if (blank == behind.size() || (behind.size() - blank < 6 &&
                                       magic.substr(0, behind.size() - blank) == behind.substr(blank, 5))) {
          if (grow(peep)) continue;
          // (What was at hand is gone where its member broke.)
          length_holds =
              bytes_of_record().size() >= end && (blank == bytes_of_record().size() - end || blank >= 2);
          break;
        }
        // A record stands where it should (a damaged line end more or less before it), or there are exactly
        // the two line ends and then something else: garbage between records, which the next call notes.
        const std::size_t near = behind.substr(0, 16).find(magic);
        length_holds = near <= 6 || find_record(behind, blank) == blank || behind.substr(0, 4) == "\r\n\r\n";
        if (near <= 6) gap = near;
        break;
      }
    }
    if (length_holds) {
      parsed = parse_head(in.ahead().substr(0, head), record);
      record.body = in.ahead().substr(head, end - head);
      to_consume_ = end + gap;
    } else {
      // The length is wrong, or what follows is garbage. The next record's beginning tells where this one
      // ends.
      std::size_t searched = head > 0 ? head - 1 : 0, next_at = std::string_view::npos;
      for (;;) {
        next_at = find_record(bytes_of_record(), searched);
        // A header line that quotes a record is no record; a blank line must stand before.
        if (next_at != std::string_view::npos && next_at > head && next_at >= 2 &&
            !(in.ahead()[next_at - 1] == '\n' &&
              (in.ahead()[next_at - 2] == '\n' ||
               (in.ahead()[next_at - 2] == '\r' && next_at >= 3 && in.ahead()[next_at - 3] == '\n')))) {
          searched = next_at + 1;
          continue;
        }
        if (next_at != std::string_view::npos || bytes_of_record().size() > most_bytes) break;
        searched = std::max<std::size_t>(
            head > 0 ? head - 1 : 0,
            bytes_of_record().size() - std::min<std::size_t>(bytes_of_record().size(), 8));
        if (!grow()) break;
      }
      const bool found = next_at != std::string_view::npos;
      const std::size_t stop = found ? next_at : bytes_of_record().size();
      const bool whole = parsed.has_length && stop >= end;  // the body is there, and something behind it
      if (!found && !whole && (ended || broken)) {
        if (stop != 0 || !broken)
          lose(offset, stop,
               fmt::format("a record cut off after {} of {} bytes", stop - std::min(stop, head),
                           parsed.has_length ? fmt::format("{}", parsed.length) : std::string("unknown")));
        in.consume(stop);
        continue;
      }
      parsed = parse_head(in.ahead().substr(0, head), record);
      // As much of it as is allowed: what has no length ends at the next record, however far that is.
      const std::string_view body = without_record_end(in.ahead().substr(head, stop - head)).substr(0, most_bytes);
      record.body = body;
      if (!parsed.has_length) {
        record.problem = "no Content-Length";
      } else {
        record.problem =
            fmt::format("Content-Length says {}, {} bytes are there", parsed.length, body.size());
      }
      lose(offset, 0, "a record whose length is wrong: " + record.problem);
      to_consume_ = stop;
    }
    ++records;
    if (record.type == RecordType::unknown) {
      lose(offset, to_consume_,
           parsed.type.empty() ? std::string("a record without a type")
                               : fmt::format("a record of unknown type '{}'", parsed.type.substr(0, 40)));
      in.consume(to_consume_);
      to_consume_ = 0;
      continue;
    }
    return true;
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
