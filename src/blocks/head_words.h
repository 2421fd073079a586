// The words of the head of a page, which those of its blocks are compared with. Within blocks/ alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/cpu.h"
#include "blocks/features.h"
#include "blocks/text_scan.h"

namespace offprint {

// In tables that are probed place by place: what finds none within so many is left out. Only hashes made to collide need more.
inline constexpr std::size_t most_probes = 128;

// A set of word hashes in a power-of-two table.
struct WordSet {
  std::vector<std::uint32_t> slots;
  std::uint32_t count = 0;
  void build(std::size_t expected);
  void insert(std::uint32_t h);
  bool contains(std::uint32_t h) const {
    if (slots.empty()) return false;
    std::size_t i = (h * 0x9E3779B1u >> 7) & (slots.size() - 1);
    for (std::size_t probes = 0; slots[i] != 0 && probes < most_probes; ++probes) {
      if (slots[i] == h) return true;
      i = (i + 1) & (slots.size() - 1);
    }
    return false;
  }
};

// Words of title and description, four to a bucket: which words of a page they are is nothing that a processor foresees, so that a
// bucket is compared and counted without a branch.
class HeadBuckets {
 public:
  // How many words of a text stand in the title (low half), how many in the description (high half).
  struct Counts {
#ifdef OFFPRINT_SSE2
    __m128i lanes = _mm_setzero_si128();
    std::uint32_t sum() const {
      const __m128i two = _mm_add_epi32(lanes, _mm_srli_si128(lanes, 8));
      return static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_add_epi32(two, _mm_srli_si128(two, 4))));
    }
#else
    std::uint32_t lanes = 0;
    std::uint32_t sum() const { return lanes; }
#endif
  };
  static constexpr std::uint32_t of_title = 1, of_description = 1u << 16;
  static_assert(most_scanned / 2 < of_description);

  // False where its bucket is full.
  bool add(std::uint32_t word, std::uint32_t of);
  void count(std::uint32_t word, Counts& counts) const {
    const Bucket& b = buckets_[word >> (32 - bits)];
#ifdef OFFPRINT_SSE2
    const __m128i same = _mm_cmpeq_epi32(_mm_load_si128(reinterpret_cast<const __m128i*>(b.words.data())), _mm_set1_epi32(static_cast<int>(word)));
    counts.lanes = _mm_add_epi32(counts.lanes, _mm_and_si128(same, _mm_load_si128(reinterpret_cast<const __m128i*>(b.of.data()))));
#else
    for (std::size_t k = 0; k < 4; ++k) counts.lanes += b.words[k] == word ? b.of[k] : 0;
#endif
  }

 private:
  static constexpr unsigned bits = 8;
  struct alignas(32) Bucket {
    std::array<std::uint32_t, 4> words{}, of{};  // words are never 0
  };
  std::array<Bucket, std::size_t{1} << bits> buckets_{};
};

struct HeadWords {
  WordSet title, description;
  WordSet body;         // pairs of words that follow one another: enough to tell the article's own sentences from others
  HeadBuckets buckets;  // title and description
  bool crowded = false; // they do not hold them all

  HeadWords(const PageHints& hints, TextScan& scratch);
};

}  // namespace offprint
