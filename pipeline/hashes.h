// Marks by which duplicates are found later; nothing is ever left out because of them.
//
// text_hash: XXH3 of 128 bits over the bytes of `text`: equal where the texts are.
// simhash (Charikar, 2002), 64 bits: texts that share most of their wording differ in few bits. Its features
// are all runs of three words, each once as often as it occurs: XXH3 of 64 bits of each word, the three
// mixed; words are runs of letters and digits, ASCII letters in lower case; an ideograph or kana is a word.
// Bit i is set where more features have it set than not. A text of fewer than three words is one feature; one
// without words has 0. Tested by tests/pipeline/hashes_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace offprint::pipeline {

std::string text_hash(std::string_view text);  // 32 hexadecimal digits
std::uint64_t simhash(std::string_view text);

}  // namespace offprint::pipeline
