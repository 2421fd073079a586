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
    waiting_[held_++] = bits;
    if (held_ == waiting_.size()) add_eight();
  }
  std::uint64_t majority() {
    for (std::size_t i = 0; i < held_; ++i) ripple(0, waiting_[i]);
    held_ = 0;
    std::uint64_t set = 0;
    for (unsigned bit = 0; bit < 64; ++bit) {
      std::uint64_t count = 0;
      for (std::size_t k = 0; k < planes_.size(); ++k) count |= (planes_[k] >> bit & 1) << k;
      if (2 * count > total_) set |= std::uint64_t{1} << bit;
    }
    return set;
  }

 private:
  void ripple(std::size_t k, std::uint64_t bits) {
    for (; bits != 0 && k < planes_.size(); ++k) {
      const std::uint64_t carry = planes_[k] & bits;
      planes_[k] ^= bits;
      bits = carry;
    }
  }
  // `sum` and two more: what stays of them, and what is carried.
  static std::uint64_t carry_of(std::uint64_t& sum, std::uint64_t b, std::uint64_t c) {
    const std::uint64_t either = sum ^ b;
    const std::uint64_t carry = (sum & b) | (either & c);
    sum = either ^ c;
    return carry;
  }
  // Eight at once need but one long way up (Harley and Seal's way to count bits).
  void add_eight() {
    const auto& w = waiting_;
    auto& p = planes_;
    const std::uint64_t two_a = carry_of(p[0], w[0], w[1]), two_b = carry_of(p[0], w[2], w[3]);
    const std::uint64_t four_a = carry_of(p[1], two_a, two_b);
    const std::uint64_t two_c = carry_of(p[0], w[4], w[5]), two_d = carry_of(p[0], w[6], w[7]);
    const std::uint64_t four_b = carry_of(p[1], two_c, two_d);
    ripple(3, carry_of(p[2], four_a, four_b));
    held_ = 0;
  }

  std::array<std::uint64_t, 32> planes_{};
  std::array<std::uint64_t, 8> waiting_{};
  std::size_t held_ = 0;
  std::uint64_t total_ = 0;
};

// What bytes are to a word. Of UTF-8's others all count as letters but those that ideograph() names and the
// punctuation of U+2000..U+206F and U+3000..U+301F.
enum class Kind : unsigned char { none, letter, capital, beyond };
constexpr std::array<Kind, 256> kinds = [] {
  std::array<Kind, 256> of{};
  for (std::size_t c = 0; c < 256; ++c) {
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
    of[c] = c >= 0x80              ? Kind::beyond
            : c >= 'A' && c <= 'Z' ? Kind::capital
            : letter               ? Kind::letter
                                   : Kind::none;
  }
  return of;
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
    const auto kind = [&] { return at < text.size() ? kinds[byte(text, at)] : Kind::none; };
    while (at < text.size() && kind() == Kind::none) ++at;
    std::size_t begin = at;
    // Most words are of small letters alone.
    while (kind() == Kind::letter) ++at;
    if (kind() == Kind::none && at != begin) {
      hash = XXH3_64bits(text.data() + begin, at - begin);
      return true;
    }
    at = begin;
    bool inside = false, upper = false;
    while (at < text.size()) {
      const unsigned c = byte(text, at);
      std::size_t length = 1;
      bool letter = true, whole = false;
      if (c < 0x80) {
        letter = kinds[c] != Kind::none;
        upper |= kinds[c] == Kind::capital;
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

// Of three words in their order; with MurmurHash3's last step, in registers.
std::uint64_t feature_of(std::uint64_t first, std::uint64_t second, std::uint64_t third) {
  std::uint64_t h = first * 0x9e3779b97f4a7c15u;
  h = (std::rotl(h, 29) + second) * 0xbf58476d1ce4e5b9u;
  h = (std::rotl(h, 31) + third) * 0x94d049bb133111ebu;
  h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
  h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53u;
  return h ^ (h >> 33);
}

}  // namespace

std::string text_hash(std::string_view text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::uint64_t simhash(std::string_view text) {
  Words words{text, 0, {}};
  BitCounts counts;
  std::uint64_t first = 0, second = 0, third = 0;
  std::size_t n = 0;
  for (std::uint64_t hash = 0; words.next(hash); ++n) {
    first = second;
    second = third;
    third = hash;
    if (n >= 2) counts.add(feature_of(first, second, third));
  }
  if (n != 0 && n < 3) return feature_of(first, second, third);
  return n == 0 ? 0 : counts.majority();
}

}  // namespace offprint::pipeline
