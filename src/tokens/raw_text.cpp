// RCDATA, raw text, script data and plain text: what is text until the end tag that belongs to it.
#include <cstring>

#include "base/ascii.h"
#include "base/scan.h"
#include "tokens/decode.h"
#include "tokens/tokens.h"

namespace offprint {
namespace {

// The next '<'. On the way, whether all before it is verbatim, as it most often is: then nobody need go through it again.
const char* find_angle(const char* p, const char* end, bool& verbatim) {
  if (verbatim) [[likely]] {
    p = scan::find<scan::Set::raw>(p, end);
    if (p == end || *p == '<') return p;
    verbatim = false;
  }
  const void* found = std::memchr(p, '<', static_cast<std::size_t>(end - p));
  return found != nullptr ? static_cast<const char*>(found) : end;
}

// Whether `name`, in whatever case, stands at p and ends there as a tag's name does.
bool is_name(const char* p, const char* end, std::string_view name) {
  if (static_cast<std::size_t>(end - p) <= name.size()) return false;
  const char after = p[name.size()];
  if (!is_space(after) && after != '/' && after != '>') return false;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (to_lower(p[i]) != to_lower(name[i])) return false;
  return true;
}

}  // namespace

// https://html.spec.whatwg.org/multipage/parsing.html#appropriate-end-tag-token, for the '<' at p. An end tag
// that the input ends within its name is text.
bool Tokenizer::is_appropriate_end_tag(const char* p) const {
  return end_ - p > 2 && p[1] == '/' && !last_start_tag_.empty() && is_name(p + 2, end_, last_start_tag_);
}

// https://html.spec.whatwg.org/multipage/parsing.html#rcdata-state
// https://html.spec.whatwg.org/multipage/parsing.html#rawtext-state
// https://html.spec.whatwg.org/multipage/parsing.html#plaintext-state
bool Tokenizer::raw_text(Token& token) {
  const char* p = at_;
  bool verbatim = model_ == ContentModel::script_data || model_ == ContentModel::rawtext;  // no character references
  switch (model_) {
    case ContentModel::plaintext:
    case ContentModel::data:
      p = end_;
      break;
    case ContentModel::script_data:
      p = script_data_end(verbatim);
      break;
    case ContentModel::rcdata:
    case ContentModel::rawtext:
      for (;; ++p) {
        p = find_angle(p, end_, verbatim);
        if (p == end_ || is_appropriate_end_tag(p)) break;
      }
      break;
  }
  const References references = model_ == ContentModel::rcdata ? References::text : References::none;
  if (p != end_) model_ = ContentModel::data;  // the end tag is read as any other
  if (p == at_) return false;
  token.kind = TokenKind::text;
  token.text = {at_, static_cast<std::size_t>(p - at_)};
  if (!verbatim) token.text = decode(token.text, references, Nul::replace, arena_);
  finish(token, p);
  return true;
}

// https://html.spec.whatwg.org/multipage/parsing.html#script-data-state
// Within "<!--" … "-->" a "<script" hides the next "</script" (the double escaped states).
const char* Tokenizer::script_data_end(bool& verbatim) const {
  // https://html.spec.whatwg.org/multipage/parsing.html#script-data-escaped-state
  // https://html.spec.whatwg.org/multipage/parsing.html#script-data-double-escaped-state
  enum { plain, escaped, double_escaped } state = plain;
  for (const char* p = at_;; ++p) {
    p = state == plain ? find_angle(p, end_, verbatim) : scan::find<scan::Set::angle>(p, end_);
    if (p == end_) return end_;
    if (*p == '>') {
      // The dashes of "<!--" may be those of "-->", and nothing nearer precedes them.
      if (p[-1] == '-' && p[-2] == '-') state = plain;
    } else if (state == double_escaped) {
      // https://html.spec.whatwg.org/multipage/parsing.html#script-data-double-escape-end-state
      if (end_ - p > 2 && p[1] == '/' && is_name(p + 2, end_, "script")) state = escaped;
    } else if (is_appropriate_end_tag(p)) {
      return p;
    } else if (state == escaped) {
      // https://html.spec.whatwg.org/multipage/parsing.html#script-data-double-escape-start-state
      if (is_name(p + 1, end_, "script")) state = double_escaped;
    } else if (end_ - p >= 4 && p[1] == '!' && p[2] == '-' && p[3] == '-') {
      // https://html.spec.whatwg.org/multipage/parsing.html#script-data-escape-start-state
      state = escaped;
      verbatim = false;  // as far as is known
      p += 3;
    }
  }
}

}  // namespace offprint
