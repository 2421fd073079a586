// All that decoding, the tokenizer and the tree say of an input, as one string. fuzz/twin.cpp is compiled twice with
// the stages that it needs: as it is, and with OFFPRINT_PORTABLE and another name for the namespace. Both must say the
// same. tests/conformance says whether it is right; this says whether the vector instructions change it.
#pragma once

#include <string>
#include <string_view>

namespace offprint::fuzz {
std::string told_by_decoder(std::string_view bytes, std::string_view charset);
std::string told_by_tree(std::string_view utf8, std::string_view context, bool scripting);
}  // namespace offprint::fuzz
#if defined(OFFPRINT_NO_TWIN)  // replay.cpp: tests/pages compares with portable code at less expense
namespace offprint_portable = offprint;
#else
namespace offprint_portable::fuzz {
std::string told_by_decoder(std::string_view bytes, std::string_view charset);
std::string told_by_tree(std::string_view utf8, std::string_view context, bool scripting);
}  // namespace offprint_portable::fuzz
#endif
