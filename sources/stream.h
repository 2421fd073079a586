// A compressed (or plain) file as one stream of bytes that survives damage: where a member is broken, its
// bytes are dropped, the loss is noted, and reading goes on with the next member that can be found. Tested by
// tests/sources/codec_test.cpp and damage_test.cpp.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "sources/buffer.h"
#include "sources/codec.h"
#include "sources/loss.h"
#include "sources/window.h"

namespace offprint::sources {

// What happened when more was asked for.
enum class Step : unsigned char {
  more,        // bytes were added
  member_end,  // the member in work is complete (bytes may have been added too); not for plain files
  damage,  // the member in work is broken: its bytes are gone from the buffer, the next ones are of another
           // member
  end,
};

class Stream {
 public:
  Stream(std::string name, std::unique_ptr<Feed> feed, Coding coding, const UnpackLimits& limits,
         Losses& losses);

  // The bytes at hand that were not yet consumed. Valid until the next grow().
  std::string_view ahead() const { return buffer_.view().substr(position_); }
  void consume(std::size_t n) { position_ += n; }
  Step grow(std::size_t most = piece);  // by so many bytes at most
  // Goes on in other memory that has more room: `roomier`, which is empty and gets the old one.
  void move_to(Buffer& roomier);
  // The bytes [from, from + n) of those at hand become those of `to`, with the memory that they lie in; `consumed` bytes are
  // done with. The stream goes on in the memory of `to`, in which what is left at hand is put.
  void give_away(std::size_t from, std::size_t n, std::size_t consumed, Buffer& to);
  // Room for so many bytes, counted from the first one at hand, without other memory.
  bool has_room(std::size_t n) const { return n <= ahead().size() || buffer_.has_room(n - ahead().size()); }
  // Grows until n bytes are at hand; false where damage or the end comes first.
  bool want(std::size_t n);

  // Where reading stands in the file: of the member whose bytes come next where nothing is at hand.
  std::uint64_t member_offset() const { return open_ ? member_begin_ : raw_; }
  // In the unpacked stream, of the first byte ahead.
  std::uint64_t offset() const { return unpacked_before_ + position_; }
  // The offset to name in a message about the byte ahead.
  std::uint64_t report_offset() const {
    if (coding_ == Coding::plain) return offset();
    const Mark* mark = mark_here();
    return mark == nullptr ? raw_ : mark->raw;
  }
  // Is the first byte ahead the first one of its member? (Bytes of the next members may be at hand, too.)
  bool at_member_start() const {
    if (ahead().empty()) return !open_;
    const Mark* mark = mark_here();
    return mark != nullptr && mark->at == offset();
  }

  // How many of the bytes at hand are of the member of the first; npos where it goes on behind them.
  std::size_t member_left() const {
    for (const Mark& mark : marks_)
      if (mark.at > offset()) return static_cast<std::size_t>(mark.at - offset());
    return open_ ? std::string_view::npos : ahead().size();
  }

  // Only members that begin so count as members when the next one is searched after damage.
  void expect(std::string_view prefix) { expected_ = prefix; }
  // Keep what was unpacked of a broken member (a single page is worth reading up to there).
  void keep_damaged(bool keep) { keep_damaged_ = keep; }
  // Starts over at a member (or, in a plain file, a byte) of which the offset is known.
  bool seek(std::uint64_t raw);
  bool can_seek() const { return window_.can_seek(); }
  // Is there a whole member somewhere in the first megabytes? (For files whose first bytes are damaged.)
  bool member_within(std::uint64_t bytes);

  Coding coding() const { return coding_; }
  const std::string& name() const { return name_; }
  Losses& losses() { return *losses_; }
  std::uint64_t raw_position() const { return raw_; }
  const std::string& last_problem() const { return problem_; }

  static constexpr std::size_t piece = 256 * 1024;

 private:
  void count_from_ahead();  // what was consumed is no longer in the buffer
  Step fail(std::string what, std::uint64_t begin, std::uint64_t search_from);
  std::uint64_t find_member(std::uint64_t from, std::uint64_t until = ~std::uint64_t{0});
  bool try_member(std::uint64_t at);

  std::string name_;
  Window window_;
  Coding coding_;
  std::unique_ptr<Codec> codec_;
  UnpackLimits limits_;
  Losses* losses_;

  Buffer buffer_;
  std::size_t position_ = 0;           // of the first byte ahead, in the buffer
  std::size_t member_at_ = 0;          // where the bytes of the member in work begin in the buffer
  std::uint64_t unpacked_before_ = 0;  // bytes of the stream before the buffer

  std::uint64_t raw_ = 0;  // next byte of the file
  std::uint64_t member_begin_ = 0;
  // Where members begin: in the unpacked stream, and in the file. Those behind the byte ahead, and its own.
  struct Mark {
    std::uint64_t at, raw;
  };
  std::deque<Mark> marks_;
  const Mark* mark_here() const {
    const Mark* here = nullptr;
    for (const Mark& mark : marks_) {
      if (mark.at > offset()) break;
      here = &mark;
    }
    return here;
  }
  std::uint64_t produced_ = 0;  // by the member in work
  bool open_ = false;
  bool failing_ = false;  // `problem_` is to be told at the next step
  bool ended_ = false;
  bool keep_damaged_ = false;
  std::string problem_;
  std::string expected_;
  std::uint64_t wasted_ = 0;  // bytes that were unpacked in vain
  Buffer scratch_;
};

// A stream as a feed: an archive inside a compressed entry of another.
std::unique_ptr<Feed> feed_of(std::unique_ptr<Stream> stream);

}  // namespace offprint::sources
