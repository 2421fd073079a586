#include "blocks/head_words.h"

#include <bit>
#include <string_view>

namespace offprint {
namespace {

constexpr std::size_t most_title = 400, most_description = 1200, most_body = 1u << 20;
static_assert(most_description <= most_scanned);

WordSet words_of(std::string_view text, std::size_t most, TextScan& scan) {
  WordSet set;
  if (text.empty()) return set;
  scan_text(text.substr(0, most), scan);
  std::size_t n = 0;
  each_word(scan, [&](std::size_t, std::size_t) { ++n; });
  set.build(n);
  each_word(scan, [&](std::size_t begin, std::size_t end) { set.insert(hash_scanned(scan.low + begin, end - begin)); });
  return set;
}

WordSet pairs_of(std::string_view text, std::size_t most) {
  WordSet set;
  if (text.size() < 100) return set;
  std::vector<std::uint32_t> words;
  each_word_hash(text, most, [&](std::uint32_t h) { words.push_back(h); });
  set.build(words.size());
  for (std::size_t i = 1; i < words.size(); ++i) set.insert((words[i - 1] * 31 + words[i]) | 1u);
  return set;
}

}  // namespace

void WordSet::build(std::size_t expected) {
  slots.assign(std::bit_ceil(expected * 2 + 8), 0);
  count = 0;
}

void WordSet::insert(std::uint32_t h) {
  std::size_t i = (h * 0x9E3779B1u >> 7) & (slots.size() - 1);
  for (std::size_t probes = 0; slots[i] != 0; ++probes) {
    if (slots[i] == h || probes + 1 == most_probes) return;
    i = (i + 1) & (slots.size() - 1);
  }
  slots[i] = h;
  ++count;
}

bool HeadBuckets::add(std::uint32_t word, std::uint32_t of) {
  Bucket& b = buckets_[word >> (32 - bits)];
  for (std::size_t k = 0; k < b.words.size(); ++k)
    if (b.words[k] == word || b.words[k] == 0) {
      b.words[k] = word;
      b.of[k] |= of;
      return true;
    }
  return false;
}

HeadWords::HeadWords(const PageHints& hints, TextScan& scratch)
    : title(words_of(hints.title, most_title, scratch)),
      description(words_of(hints.description, most_description, scratch)),
      body(pairs_of(hints.article_body, most_body)) {
  for (const std::uint32_t word : title.slots) crowded |= word != 0 && !buckets.add(word, HeadBuckets::of_title);
  for (const std::uint32_t word : description.slots) crowded |= word != 0 && !buckets.add(word, HeadBuckets::of_description);
}

}  // namespace offprint
