// What is left to do of a capture that was read: its HTTP codings, its digests, and whether it is a page.
#include <fmt/format.h>

#include "sources/digest.h"
#include "sources/sniff.h"
#include "sources/sources.h"

namespace offprint::sources {
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
