// UTF-8 text → HTML tokens, after https://html.spec.whatwg.org/multipage/parsing.html#tokenization
//
// The one outside interface of this stage is Tokenizer below. It is tested by html5lib's tokenizer tests
// (tests/tokens), and its SIMD scans (base/scan.h) against their portable twins.
//
// The input is valid UTF-8 of at most 4 GiB - 1 whose newlines are NOT normalised: CR and CR LF become LF where they
// reach a token, so that spans stay offsets of the input. A token's strings are views of the input where they stand
// there verbatim, else of the arena. They live as long as both.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/budget.h"
#include "base/scan.h"
#include "base/span.h"
#include "generated/names.h"

namespace offprint {

enum class AttributeNamespace : std::uint8_t { none, xlink, xml, xmlns };

// 32 bytes. Values are decoded on demand: most are never read.
struct Attribute {
  const char* name_data;       // ASCII lower case (tree construction adjusts the case of foreign ones)
  const char* value_data;      // as in the source, between the quotes, or decoded
  std::uint32_t name_size;
  std::uint32_t value_size;
  AttributeName id;            // unknown where the table of names lacks it
  AttributeNamespace ns;
  bool undecoded;              // value holds '&', CR or NUL: attribute_value() decodes it
  std::uint32_t number;        // 0, or that of its value on the page: tree/values.h

  std::string_view name() const { return {name_data, name_size}; }
  std::string_view raw_value() const { return {value_data, value_size}; }
};

// The value as the standard gives it; the first call on an undecoded attribute decodes it into the arena and stores it.
std::string_view attribute_value(Attribute& attribute, Arena& arena);

enum class TokenKind : std::uint8_t { text, start_tag, end_tag, comment, doctype, eof };

// What tree construction wants of the tokenizer after a start tag; it is a return value of the tree builder, and
// the next call of Tokenizer::next() takes it.
enum class ContentModel : std::uint8_t { data, rcdata, rawtext, script_data, plaintext };

struct Token {
  TokenKind kind;
  bool self_closing = false;
  bool force_quirks = false;         // doctype
  bool has_public = false;           // doctype: identifier present (may be empty)
  bool has_system = false;
  bool has_nul = false;              // text: holds U+0000, left as it is for the tree builder (it knows the insertion
                                     // mode). Where the tokenizer itself must say U+FFFD (rcdata, rawtext, script data,
                                     // plaintext) it already has.
  Tag tag = Tag::unknown;            // start and end tags
  Span span;                         // of the token in the input
  std::string_view text;             // text and comment data; a tag's name in lower case; a doctype's name
  std::string_view public_id, system_id;
  std::uint32_t attributes_begin = 0;  // tags: index and count in the vector given to the tokenizer
  std::uint32_t attributes_count = 0;
};

// What follows the "</" of an end tag as most are written, of a name of seven letters at most: the name and its '>', as the
// eight bytes that begin with it are compared. Nothing where size is 0.
struct PlainEnd {
  std::uint64_t bytes = 0, mask = 0;
  std::uint32_t size = 0;  // of the whole tag
};
constexpr PlainEnd plain_end(std::string_view name) {
  PlainEnd of{0, ~std::uint64_t{0} >> (56 - 8 * name.size()), static_cast<std::uint32_t>(name.size() + 3)};
  for (std::size_t i = 0; i <= name.size(); ++i)
    of.bytes |= std::uint64_t{static_cast<unsigned char>(i < name.size() ? name[i] : '>')} << 8 * i;
  return of;
}

// Whether the '<' at p opens a tag, a comment, a doctype or "</>" in the data state, rather than being text. It does nearly always,
// but which of them comes in no order that a processor could learn: so all of them are one bit of a table.
// https://html.spec.whatwg.org/multipage/parsing.html#tag-open-state
inline bool opens_markup(const char* p, const char* end) {
  constexpr std::array<std::uint64_t, 4> openers = [] {
    std::array<std::uint64_t, 4> t{};
    for (int c = 0; c < 256; ++c)
      if (is_alpha(static_cast<char>(c)) || c == '!' || c == '?' || c == '/') t[static_cast<std::size_t>(c) >> 6] |= std::uint64_t{1} << (c & 63);
    return t;
  }();
  if (end - p < 3 && (end - p < 2 || p[1] == '/')) [[unlikely]]
    return false;  // "</" at the very end is text
  const auto c = static_cast<unsigned char>(p[1]);
  return (openers[c >> 6] >> (c & 63) & 1) != 0;
}

class Tokenizer {
 public:
  // Attributes of each tag are appended to `attributes`; the tree builder truncates the vector where it drops them.
  Tokenizer(std::string_view input, Arena& arena, std::vector<Attribute>& attributes, Meter& meter);

  // The next token. `model` is the content model from here on where it is not data (it lasts until the matching end
  // tag, as the standard says). `cdata` says that <![CDATA[ opens a section (the adjusted current node is foreign).
  // A text token is the longest run of characters up to the next tag, comment or doctype, character references
  // decoded; a run may be split at CDATA boundaries. After eof, eof again.
  void next(Token& token, bool cdata);
  void set_content_model(ContentModel model, std::string_view last_start_tag);

  // What a page has most of, in the data state and where it stands next; else nothing happens, and next() tells what there is. A
  // text that is verbatim in the source; the end tag `of` as it is most often written; a start tag whose name begins with a
  // lower case letter: of the token only what start tags have is written (where the input ends within the tag, it is the end).
  bool take_text(std::string_view& text, Span& span) {
    if (at_ == end_ || *at_ == '<' || model_ != ContentModel::data) return false;
    const char* const p = scan::find<scan::Set::text>(at_, end_);
    if (p == end_ || *p != '<' || !opens_markup(p, end_)) return false;
    text = {at_, static_cast<std::size_t>(p - at_)};
    span = {static_cast<std::uint32_t>(at_ - begin_), static_cast<std::uint32_t>(p - begin_)};
    at_ = p;
    return true;
  }
  bool take_start(Token& token) {
    return end_ - at_ >= 2 && at_[0] == '<' && at_[1] >= 'a' && at_[1] <= 'z' && model_ == ContentModel::data && tag(token, false);
  }
  bool take_end(const PlainEnd& of, Span& span) {
    if (end_ - at_ < 10 || at_[0] != '<' || at_[1] != '/' || of.size == 0 || model_ != ContentModel::data) return false;
    std::uint64_t word;
    std::memcpy(&word, at_ + 2, sizeof word);
    if (((word ^ of.bytes) & of.mask) != 0) return false;
    const auto begin = static_cast<std::uint32_t>(at_ - begin_);
    span = {begin, begin + of.size};
    at_ += of.size;
    return true;
  }

 private:
  // Each parses one kind of thing at at_ (tags.cpp, raw_text.cpp, doctype.cpp, tokenizer.cpp).
  bool tag(Token& token, bool is_end_tag);                // false where the input ended within: the tag is dropped
  // What follows the tag's '>', null where none does. Its attributes are those from `first` on, `seen` the bits of their names.
  const char* attributes(Token& token, const char* p, std::size_t first, std::uint64_t seen);
  const char* plain_attributes(const char* p, std::size_t first, std::uint64_t& seen);
  bool raw_text(Token& token);                            // false where the text is empty
  const char* script_data_end(bool& verbatim) const;
  bool is_appropriate_end_tag(const char* p) const;
  bool markup_declaration(Token& token, bool cdata);      // false where it gives no token: an empty CDATA section
  void comment(Token& token);
  void bogus_comment(Token& token, const char* data);
  bool cdata_section(Token& token);
  void doctype(Token& token);
  void text(Token& token);
  void finish(Token& token, const char* end) {            // the token's span is at_ to `end`, where at_ goes
    token.span = span_of(static_cast<std::uint32_t>(at_ - begin_), static_cast<std::uint32_t>(end - begin_));
    at_ = end;
  }
  bool is_duplicate(const Attribute& attribute, std::size_t first, std::uint64_t& seen);

  const char* begin_;
  const char* at_;
  const char* end_;
  Arena& arena_;
  std::vector<Attribute>& attributes_;
  Meter& meter_;
  std::string_view last_start_tag_;       // empty where no end tag is appropriate
  ContentModel model_ = ContentModel::data;
  std::vector<std::uint32_t> slots_;      // hash table of the attributes of an element that has many
};

}  // namespace offprint
