// The line above a post of a thread, "Jane 3 May 2024 #2": who wrote it and when are blocks of their own.
//
// Only in posts, comments and answers: the line under a story's headline stays whole, as a reader sees it.
// Tested by tests/blocks/posts_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>

#include "tree/tree.h"

namespace offprint {

enum class PostPart : std::uint8_t { none, author, date };

// A line that is longer than this before the part, or four times as long as a whole, or that ends in a full
// stop, is a sentence.
inline constexpr std::size_t most_post_line = 64;

// Of a class: that it tells of an author or a date, of neither, or of something that only looks like one.
enum class ClassPart : std::uint8_t { nothing, author, date, other };
using ClassParts = FoundByNumber<ClassPart>;

// What an inline element's markup says that it holds.
PostPart post_part(Page& page, NodeId element, ClassParts& classes);

// A <blockquote> that holds what a post says, as forums once marked it up, and quotes nobody.
bool is_post_body(Page& page, NodeId blockquote);
// True where `block` is a short line within a post, a comment or an answer.
bool is_post_line(Page& page, NodeId block);

}  // namespace offprint
