#include "pipeline/hashes.h"

#include <fmt/format.h>
#define XXH_INLINE_ALL  // short inputs, many of them
#include <xxhash.h>

#include <array>
#include <bit>

namespace offprint::pipeline {
namespace {

// How many of the hashes have each bit set, without a loop over the bits: plane k holds bit k of all 64
// counts.
class BitCounts {
 public:
  void add(std::uint64_t bits) {
    ++total_;
    for (std::size_t k = 0; bits != 0 && k < planes_.size(); ++k) {
      const std::uint64_t carry = planes_[k] & bits;
      planes_[k] ^= bits;
      bits = carry;
    }
  }
  std::uint64_t majority() const {
    std::uint64_t set = 0;
    for (unsigned bit = 0; bit < 64; ++bit) {
      std::uint64_t count = 0;
      for (std::size_t k = 0; k < planes_.size(); ++k) count |= (planes_[k] >> bit & 1) << k;
      if (2 * count > total_) set |= std::uint64_t{1} << bit;
    }
    return set;
  }
  std::uint64_t total() const { return total_; }

 private:
  std::array<std::uint64_t, 32> planes_{};
  std::uint64_t total_ = 0;
};

// What bytes are to a word. Of UTF-8's others all count as letters but those that ideograph() names and the
// punctuation of U+2000..U+206F and U+3000..U+301F.
enum class Kind : unsigned char { none, letter };
constexpr std::array<Kind, 128> ascii = [] {
  std::array<Kind, 128> kinds{};
  for (std::size_t c = 0; c < 128; ++c) {
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    kinds[c] = letter ? Kind::letter : Kind::none;
  }
  return kinds;
}();

struct Words {
  std::string_view text;
  std::size_t at = 0;
  std::string lower;  // of the word found, where that differs

  static unsigned byte(std::string_view s, std::size_t i) { return static_cast<unsigned char>(s[i]); }
  unsigned point(std::size_t i) const {  // of a sequence of three bytes
    return (byte(text, i) & 15) << 12 | (byte(text, i + 1) & 63) << 6 | (byte(text, i + 2) & 63);
  }

  // False at the end.
  bool next(std::uint64_t& hash) {
    std::size_t begin = at;
    bool inside = false, upper = false;
    while (at < text.size()) {
      const unsigned c = byte(text, at);
      std::size_t length = 1;
      bool letter = true, whole = false;
      if (c < 0x80) {
        letter = ascii[c] == Kind::letter;
        upper |= c >= 'A' && c <= 'Z';
      } else if (c == 0xc2) {
        length = 2;  // U+0080..U+00BF: spaces and signs
        letter = false;
      } else if ((c & 0xf0) == 0xe0 && at + 2 < text.size()) {
        length = 3;
        const unsigned p = point(at);
        letter = !((p >= 0x2000 && p <= 0x206f) || (p >= 0x3000 && p <= 0x301f));
        whole = letter && ((p >= 0x3040 && p <= 0x30ff) || (p >= 0x3400 && p <= 0x9fff));
      }
      if (inside && (!letter || whole)) break;
      if (letter && !inside) {
        begin = at;
        inside = true;
      }
      at += length;
      if (whole) break;
    }
    at = std::min(at, text.size());
    if (!inside) return false;
    std::string_view word = text.substr(begin, at - begin);
    if (upper) {
      lower.assign(word);
      for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      word = lower;
    }
    hash = XXH3_64bits(word.data(), word.size());
    return true;
  }
};

}  // namespace

std::string text_hash(std::string_view text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::uint64_t simhash(std::string_view text) {
  Words words{text, 0, {}};
  BitCounts counts;
  std::array<std::uint64_t, 3> last{};
  std::size_t n = 0;
  for (std::uint64_t hash = 0; words.next(hash); ++n) {
    last = {last[1], last[2], hash};
    if (n >= 2) counts.add(XXH3_64bits(last.data(), sizeof last));
  }
  if (n != 0 && n < 3) return XXH3_64bits(last.data(), sizeof last);
  return n == 0 ? 0 : counts.majority();
}

}  // namespace offprint::pipeline
