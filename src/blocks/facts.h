// What a block's text, the page's address and the words of its head say, before any structure is looked at.
#pragma once

#include "blocks/features.h"

namespace offprint {

// Fills out.facts for every block.
void compute_facts(const Blocks& blocks, const PageHints& hints, const TokenTable& words, Features& out);

// The first words of a text as the lexicon of words knows them, never 0; at most `told_words`.
inline constexpr std::size_t told_words = 24;
void collect_words(std::string_view text, std::vector<std::uint32_t>& words);

struct UrlShape {
  int depth = 0;        // path segments
  int digits = 0;       // digits in the path, at most 20
  int last_words = 0;   // words of the last segment, parted by '-' or '_'
  bool home = false, query = false;
  int word = 0;         // the first telling path word: index into the table in facts.cpp, 0 = none
};
UrlShape shape_of(std::string_view url);

struct TypeHints {
  float article = 0, product = 0, list = 0, faq = 0, forum = 0, service = 0, howto = 0, page = 0, any = 0;
  float og_article = 0, og_product = 0, og_website = 0;
};
TypeHints type_hints(const PageHints& hints);

}  // namespace offprint
