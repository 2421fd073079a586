// The tokenizer's loop, and text, comments and CDATA sections. The states of the standard are not a variable
// here: between tokens there is only the content model, and within a token the place in the code says the
// state.
#include <cstring>

#include "base/ascii.h"
#include "base/scan.h"
#include "tokens/decode.h"
#include "tokens/tokens.h"

namespace offprint {
namespace {

const char* find(const char* p, const char* end, char c) {
  const void* found = std::memchr(p, c, static_cast<std::size_t>(end - p));
  return found != nullptr ? static_cast<const char*>(found) : end;
}

std::string_view between(const char* from, const char* to) {
  return {from, static_cast<std::size_t>(to - from)};
}

}  // namespace

Tokenizer::Tokenizer(std::string_view input, Arena& arena, std::vector<Attribute>& attributes, Meter& meter)
    : begin_(input.data()),
      at_(begin_),
      end_(begin_ + input.size()),
      arena_(arena),
      attributes_(attributes),
      meter_(meter) {}

void Tokenizer::set_content_model(ContentModel model, std::string_view last_start_tag) {
  model_ = model;
  last_start_tag_ = last_start_tag;
  // The end tag states of raw text collect letters only, so that </h1> is never an appropriate end tag.
  for (const char c : last_start_tag)
    if (!is_alpha(c)) last_start_tag_ = {};
}

// https://html.spec.whatwg.org/multipage/parsing.html#data-state
void Tokenizer::next(Token& token, bool cdata) {
  token = Token{TokenKind::eof};
  while (at_ != end_) {
    if (model_ != ContentModel::data) {
      if (raw_text(token)) return;
      continue;
    }
    if (*at_ != '<' || !opens_markup(at_, end_)) return text(token);
    // https://html.spec.whatwg.org/multipage/parsing.html#tag-open-state
    const char c = at_[1];
    if (c == '!') {
      if (markup_declaration(token, cdata)) return;
    } else if (c == '?') {
      return bogus_comment(token, at_ + 1);
    } else if (c != '/') {
      if (tag(token, false)) return;
    } else if (is_alpha(at_[2])) {
      // https://html.spec.whatwg.org/multipage/parsing.html#end-tag-open-state
      if (tag(token, true)) return;
    } else if (at_[2] == '>') {
      at_ += 3;  // "</>" is nothing at all
    } else {
      return bogus_comment(token, at_ + 2);
    }
  }
  finish(token, end_);
}

// At least one character of text stands at at_.
void Tokenizer::text(Token& token) {
  token.kind = TokenKind::text;
  const char* p = at_ + (*at_ == '<' ? 1 : 0);
  bool verbatim = true;
  for (;;) {
    p = scan::find<scan::Set::text>(p, end_);
    if (p == end_) break;
    if (*p != '<') {
      verbatim = false;
      break;
    }
    if (opens_markup(p, end_)) break;
    ++p;
  }
  if (verbatim) [[likely]] {
    token.text = between(at_, p);
  } else {
    while (p != end_) {
      p = find(p, end_, '<');
      if (p == end_ || opens_markup(p, end_)) break;
      ++p;
    }
    const std::string_view raw = between(at_, p);
    token.has_nul = std::memchr(raw.data(), '\0', raw.size()) != nullptr;
    token.text = decode(raw, References::text, Nul::keep, arena_);
  }
  finish(token, p);
}

// https://html.spec.whatwg.org/multipage/parsing.html#markup-declaration-open-state
bool Tokenizer::markup_declaration(Token& token, bool cdata) {
  const std::string_view after = between(at_ + 2, end_);
  if (after.starts_with("--")) {
    comment(token);
    return true;
  }
  if (equals_lowercase(after.substr(0, 7), "doctype")) {
    doctype(token);
    return true;
  }
  if (cdata && after.starts_with("[CDATA[")) return cdata_section(token);
  bogus_comment(token, at_ + 2);
  return true;
}

// https://html.spec.whatwg.org/multipage/parsing.html#comment-start-state and those after it. A comment ends
// with
// "-->" or "--!>", and one that starts with ">" or "->" is over at once; what else the states tell apart are
// errors.
void Tokenizer::comment(Token& token) {
  token.kind = TokenKind::comment;
  const char* const data = at_ + 4;
  const char* data_end = end_;
  const char* after = end_;
  for (const char* p = data;; ++p) {
    p = find(p, end_, '>');
    if (p == end_) {
      // What may have been the beginning of the end is not part of the comment.
      const std::string_view all = between(data, end_);
      data_end -= all.ends_with("--!") ? 3 : all.ends_with("--") ? 2 : all.ends_with('-') ? 1 : 0;
      break;
    }
    const std::string_view before = between(data, p);
    if (before.empty() || before == "-") {
      data_end = data;
    } else if (before.ends_with("--")) {
      data_end = p - 2;
    } else if (before.ends_with("--!")) {
      data_end = p - 3;
    } else {
      continue;
    }
    after = p + 1;
    break;
  }
  token.text = decode(between(data, data_end), References::none, Nul::replace, arena_);
  finish(token, after);
}

// https://html.spec.whatwg.org/multipage/parsing.html#bogus-comment-state
void Tokenizer::bogus_comment(Token& token, const char* data) {
  token.kind = TokenKind::comment;
  const char* p = find(data, end_, '>');
  token.text = decode(between(data, p), References::none, Nul::replace, arena_);
  finish(token, p == end_ ? end_ : p + 1);
}

// https://html.spec.whatwg.org/multipage/parsing.html#cdata-section-state
bool Tokenizer::cdata_section(Token& token) {
  const char* const data = at_ + 9;
  const char* data_end = end_;
  const char* after = end_;
  for (const char* p = data; p != end_; ++p) {
    p = find(p, end_, '>');
    if (p == end_) break;
    if (between(data, p).ends_with("]]")) {
      data_end = p - 2;
      after = p + 1;
      break;
    }
  }
  const std::string_view raw = between(data, data_end);
  if (raw.empty()) {
    at_ = after;
    return false;
  }
  token.kind = TokenKind::text;
  token.has_nul = std::memchr(raw.data(), '\0', raw.size()) != nullptr;
  token.text = decode(raw, References::none, Nul::keep, arena_);
  finish(token, after);
  return true;
}

}  // namespace offprint
