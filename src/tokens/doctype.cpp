// <!DOCTYPE …>, all of its sixteen states.
#include "base/ascii.h"
#include "tokens/decode.h"
#include "tokens/tokens.h"

namespace offprint {
namespace {

const char* skip_spaces(const char* p, const char* end) {
  while (p != end && is_space(*p)) ++p;
  return p;
}

bool is_keyword(const char* p, const char* end, std::string_view lowercase) {
  return static_cast<std::size_t>(end - p) >= lowercase.size() &&
         equals_lowercase({p, lowercase.size()}, lowercase);
}

// https://html.spec.whatwg.org/multipage/parsing.html#doctype-public-identifier-(double-quoted)-state and the
// three like it. p is at the quote. Returns what follows the identifier; `closed` says whether its quote
// came.
const char* identifier(const char* p, const char* end, std::string_view& id, bool& closed, Arena& arena) {
  const char quote = *p++;
  const char* const from = p;
  while (p != end && *p != quote && *p != '>') ++p;
  id = decode({from, static_cast<std::size_t>(p - from)}, References::none, Nul::replace, arena);
  closed = p != end && *p == quote;
  return closed ? p + 1 : p;
}

bool is_quote(const char* p, const char* end) {
  return p != end && (*p == '"' || *p == '\'');
}

// From what follows the name to where the doctype ends or turns out bogus.
const char* identifiers(const char* p, const char* end, Token& token, Arena& arena) {
  // https://html.spec.whatwg.org/multipage/parsing.html#after-doctype-name-state
  p = skip_spaces(p, end);
  if (p != end && *p == '>') return p;
  bool closed = true;
  token.force_quirks = true;  // unless all goes well
  if (is_keyword(p, end, "public")) {
    // https://html.spec.whatwg.org/multipage/parsing.html#after-doctype-public-keyword-state
    p = skip_spaces(p + 6, end);
    if (!is_quote(p, end)) return p;
    token.has_public = true;
    p = identifier(p, end, token.public_id, closed, arena);
    if (!closed) return p;
    // https://html.spec.whatwg.org/multipage/parsing.html#after-doctype-public-identifier-state
    p = skip_spaces(p, end);
    if (p != end && *p == '>') {
      token.force_quirks = false;
      return p;
    }
  } else if (is_keyword(p, end, "system")) {
    // https://html.spec.whatwg.org/multipage/parsing.html#after-doctype-system-keyword-state
    p = skip_spaces(p + 6, end);
  } else {
    return p;
  }
  if (!is_quote(p, end)) return p;
  token.has_system = true;
  p = identifier(p, end, token.system_id, closed, arena);
  if (!closed) return p;
  // https://html.spec.whatwg.org/multipage/parsing.html#after-doctype-system-identifier-state: what else may
  // follow does no harm, only the end of the input does.
  p = skip_spaces(p, end);
  if (p != end) token.force_quirks = false;
  return p;
}

}  // namespace

// https://html.spec.whatwg.org/multipage/parsing.html#doctype-state
void Tokenizer::doctype(Token& token) {
  token.kind = TokenKind::doctype;
  // https://html.spec.whatwg.org/multipage/parsing.html#before-doctype-name-state
  const char* p = skip_spaces(at_ + 9, end_);
  const char* const from = p;
  // https://html.spec.whatwg.org/multipage/parsing.html#doctype-name-state
  while (p != end_ && *p != '>' && !is_space(*p)) ++p;
  token.text = lower_name({from, static_cast<std::size_t>(p - from)}, arena_);
  if (p == end_ || p == from)
    token.force_quirks = true;
  else
    p = identifiers(p, end_, token, arena_);
  // https://html.spec.whatwg.org/multipage/parsing.html#bogus-doctype-state
  while (p != end_ && *p != '>') ++p;
  finish(token, p == end_ ? end_ : p + 1);
}

}  // namespace offprint
