#include "sources/stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace offprint::sources {

Stream::Stream(std::string name, std::unique_ptr<Feed> feed, Coding coding, const UnpackLimits& limits,
               Losses& losses)
    : name_(std::move(name)),
      window_(std::move(feed)),
      coding_(coding),
      codec_(make_codec(coding)),
      limits_(limits),
      losses_(&losses) {}

bool Stream::want(std::size_t n) {
  while (ahead().size() < n) {
    switch (grow()) {
      case Step::more:
      case Step::member_end:
        break;
      case Step::damage:
      case Step::end:
        return false;
    }
  }
  return true;
}

void Stream::count_from_ahead() {
  unpacked_before_ += position_;
  member_at_ -= std::min(member_at_, position_);
  position_ = 0;
}

void Stream::move_to(Buffer& roomier) {
  roomier.append(ahead());
  buffer_.swap(roomier);
  count_from_ahead();
}

void Stream::give_away(std::size_t from, std::size_t n, std::size_t consumed, Buffer& to) {
  const std::size_t begin = position_ + from;
  consume(consumed);
  to.clear();
  move_to(to);
  to.resize_down(begin + n);
  to.drop_front(begin);
}

Step Stream::grow(std::size_t most) {
  if (position_ != 0) {
    buffer_.drop_front(position_);
    count_from_ahead();
    if (buffer_.empty()) buffer_.trim(16 * piece);
  }
  if (ended_) return Step::end;
  if (failing_) {
    failing_ = false;
    // Where a broken member ran on into the next ones (a flipped bit can do that), they stand behind its
    // first byte, not behind the byte where we noticed. Hostile files could make that quadratic, so it ends
    // when much was in vain.
    wasted_ += raw_ - member_begin_;
    const bool far = wasted_ > (1u << 30) + 16 * member_begin_;
    return fail(fmt::format("{} member: {}", name_of(coding_), problem_), member_begin_,
                far ? std::max(raw_, member_begin_ + 1) : member_begin_ + 1);
  }
  if (!open_) {
    std::string_view head = window_.at(raw_, 32);
    if (head.empty()) {
      ended_ = true;
      if (!window_.error().empty()) {
        problem_ = "cannot be read on: " + window_.error();
        losses_->add(name_, raw_, 0, problem_);
      }
      return Step::end;
    }
    if (coding_ == Coding::plain) {
      // A plain file is one member, without an end to be told.
    } else if (raw_ != 0 && !codec_->begins(head)) {
      // Zeros behind the last member are padding, as the gzip tool has it.
      std::uint64_t at = raw_;
      for (std::string_view zeros = head; !zeros.empty(); zeros = window_.at(at, 1)) {
        std::size_t n = zeros.find_first_not_of('\0');
        at += n == std::string_view::npos ? zeros.size() : n;
        if (n != std::string_view::npos) break;
      }
      if (window_.at(at, 1).empty()) {
        raw_ = at;
        ended_ = true;
        return Step::end;
      }
      return fail(fmt::format("bytes that begin no {} member", name_of(coding_)), raw_, raw_);
    } else if (raw_ == 0 && coding_ != Coding::brotli && coding_ != Coding::raw_deflate &&
               coding_ != Coding::zlib && !codec_->begins(head)) {
      return fail(fmt::format("bytes that begin no {} member", name_of(coding_)), raw_, raw_);
    }
    codec_->start();
    open_ = true;
    member_begin_ = raw_;
    member_at_ = buffer_.size();
    produced_ = 0;
    window_.keep_from(raw_);
    while (marks_.size() > 1 && marks_[1].at <= offset()) marks_.pop_front();
    marks_.push_back({unpacked_before_ + buffer_.size(), raw_});
  }
  for (;;) {
    std::string_view in = window_.at(raw_, 1);
    const std::size_t offered = in.size(), before = buffer_.size();
    Codec::State state = codec_->run(in, buffer_, most, problem_);
    raw_ += offered - in.size();
    raw_ -= codec_->given_back;
    const std::size_t added = buffer_.size() - before;
    produced_ += added;
    if (state == Codec::State::done) {
      open_ = false;
      member_at_ = buffer_.size();
      if (coding_ == Coding::brotli || coding_ == Coding::raw_deflate || coding_ == Coding::zlib)
        ended_ = true;
      return Step::member_end;
    }
    if (state == Codec::State::broken) {
      failing_ = true;
      if (added != 0) return Step::more;
      return grow();
    }
    if (produced_ > limits_.ratio_from && coding_ != Coding::plain &&
        static_cast<double>(produced_) > limits_.most_ratio * static_cast<double>(raw_ - member_begin_)) {
      problem_ = fmt::format("a decompression bomb ({} bytes out of {})", produced_, raw_ - member_begin_);
      failing_ = true;
      return grow();
    }
    if (added != 0) return Step::more;
    if (offered == 0) {
      if (coding_ == Coding::plain) {
        open_ = false;
        ended_ = true;
        if (!window_.error().empty()) {
          problem_ = "cannot be read on: " + window_.error();
          losses_->add(name_, raw_, 0, problem_);
        }
        return Step::end;
      }
      problem_ = window_.error().empty() ? "cut off by the end of the file"
                                         : "cannot be read on: " + window_.error();
      failing_ = true;
      return grow();
    }
  }
}

// Drops the bytes of the member in work, notes the loss, and stands before the next member.
Step Stream::fail(std::string what, std::uint64_t begin, std::uint64_t search_from) {
  if (!keep_damaged_) {
    buffer_.resize_down(std::max(member_at_, position_));
  }
  // A bomb's own bytes are sound: the next member is behind it, wherever its end is.
  const std::uint64_t found = find_member(search_from);
  problem_ = what;
  losses_->add(name_, begin, found - begin, std::move(what));
  raw_ = found;
  open_ = false;
  member_at_ = buffer_.size();
  return Step::damage;
}

// The offset of the next member at or behind `from`, or of the end of the input.
std::uint64_t Stream::find_member(std::uint64_t from, std::uint64_t until) {
  std::uint64_t at = std::max(from, window_.first());
  const int first = codec_->first_byte();
  for (;;) {
    std::string_view bytes = window_.at(at, 64);
    if (bytes.empty() || at > until) return at;
    if (first < 0) {  // nothing to search by
      at += bytes.size();
      continue;
    }
    const char* hit = static_cast<const char*>(std::memchr(bytes.data(), first, bytes.size()));
    if (hit == nullptr) {
      at += bytes.size();
      continue;
    }
    const std::size_t skip = static_cast<std::size_t>(hit - bytes.data());
    if (bytes.size() - skip < 32 && skip != 0) {  // see the whole head
      at += skip;
      continue;
    }
    at += skip;
    if (codec_->begins(bytes.substr(skip)) && try_member(at)) return at;
    ++at;
  }
}

// Do the first bytes of a member at this offset unpack, and to what is expected?
bool Stream::try_member(std::uint64_t at) {
  scratch_.clear();
  codec_->start();
  std::string problem;
  std::uint64_t raw = at;
  for (int turns = 0; turns < 4096; ++turns) {
    std::string_view in = window_.at(raw, 1);
    const std::size_t offered = in.size();
    const Codec::State state = codec_->run(in, scratch_, 64, problem);
    raw += offered - in.size();
    raw -= codec_->given_back;
    if (state == Codec::State::broken) return false;
    const std::string_view got = scratch_.view();
    if (got.size() >= 16 || state == Codec::State::done)
      return expected_.empty() || got.substr(0, expected_.size()) == expected_;
    if (offered == 0) return false;
  }
  return false;
}

bool Stream::seek(std::uint64_t raw) {
  if (!window_.can_seek()) return false;
  if (coding_ == Coding::zstd && raw != 0) {
    // The frames may need the dictionary at the head of the file.
    std::string_view head = window_.at(0, 8);
    if (head.size() >= 8 && (static_cast<unsigned char>(head[0]) & 0xf0) == 0x50 &&
        grow() != Step::member_end)
      return false;
  }
  buffer_.clear();
  position_ = member_at_ = 0;
  unpacked_before_ = coding_ == Coding::plain ? raw : 0;
  raw_ = raw;
  open_ = failing_ = ended_ = false;
  marks_.clear();
  return true;
}

bool Stream::member_within(std::uint64_t bytes) {
  const std::uint64_t found = find_member(0, bytes);
  return found <= bytes && !window_.at(found, 1).empty();
}

namespace {

struct StreamFeed final : Feed {
  std::unique_ptr<Stream> stream;
  std::int64_t read(char* to, std::size_t n) override {
    for (;;) {
      const std::string_view bytes = stream->ahead();
      if (!bytes.empty()) {
        n = std::min(n, bytes.size());
        std::memcpy(to, bytes.data(), n);
        stream->consume(n);
        return static_cast<std::int64_t>(n);
      }
      const Step step = stream->grow();
      if (step == Step::end || (step == Step::damage && stream->ahead().empty())) return 0;
    }
  }
};

}  // namespace

std::unique_ptr<Feed> feed_of(std::unique_ptr<Stream> stream) {
  auto feed = std::make_unique<StreamFeed>();
  feed->stream = std::move(stream);
  return feed;
}

}  // namespace offprint::sources
