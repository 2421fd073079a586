// Posts of a thread, as blocks in page order tell them apart. Tested by tests/formats/formats_test.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "base/unicode.h"
#include "offprint/document.h"

namespace offprint {

// Who wrote a post and when stands between it and the one before, and is no text. Formats have a rule there, or what five people say
// would read as one.
class PostsOfThread {
 public:
  void pass(const Block& block) {
    if (block.hidden || block.text.empty()) return;
    passed_ = true;
    const bool signs = block.role == Role::byline || (block.role == Role::date && !is_within_post(block.text));
    signed_ = signed_ || (signs && block.in.quotes == 0 && !block.text.ends_with(':'));  // not "Jane wrote:"
  }
  // Of the next block of the text.
  bool begins(const Block& block) {
    const bool begun = signed_ && since_ > 0 && !(since_ == 1 && name_);
    since_ = passed_ ? 1 : since_ + 1;
    name_ = !signed_ && block.text.size() <= longest_name && !ends_sentence(block.text);
    signed_ = passed_ = false;
    return begun;
  }
  void pass_title() { since_ = 0; }

 private:
  static constexpr std::size_t longest_name = 40;
  static bool ends_sentence(std::string_view text) {
    constexpr std::string_view ends[] = {".", "!", "?", "…", "。", "！", "？"};
    return std::any_of(std::begin(ends), std::end(ends), [&](std::string_view end) { return text.ends_with(end); });
  }
  // When a post was edited, or what it quotes was said. A lone "Edit" is what its writer may do.
  static bool is_within_post(std::string_view text) {
    constexpr std::string_view signs[] = {"edited", "edit:", "last edit", "edytow", "modif", "bearbeitet", "wrote", "редакт", "编辑", "編輯", "編集"};
    return std::any_of(std::begin(signs), std::end(signs), [&](std::string_view sign) { return contains_ascii_case(text, sign); });
  }
  std::size_t since_ = 0;  // blocks of text since the last block that is none
  bool passed_ = false;    // such a block came since the last block of text,
  bool signed_ = false;    // and told who or when
  bool name_ = false;      // the last block of text may be a writer's name that stands before what they say
};

}  // namespace offprint
