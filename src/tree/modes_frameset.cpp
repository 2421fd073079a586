// The insertion modes in frameset, after frameset and after after frameset.
#include "tree/builder.h"

namespace offprint {

// Of text only the white space stays.
static void insert_only_whitespace(TreeBuilder& b, const Token& t) {
  std::string_view rest = t.text;
  while (!rest.empty()) {
    const std::size_t n = leading_whitespace(rest);
    insert_text(b, rest.substr(0, n), t.span);
    rest.remove_prefix(n);
    const std::size_t next = rest.find_first_of(" \n\t\f\r");
    rest.remove_prefix(next == std::string_view::npos ? rest.size() : next);
  }
}

// #parsing-main-inframeset
Step in_frameset(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::text:
      insert_only_whitespace(b, t);
      return done;
    case TokenKind::comment:
      insert_comment(b, t);
      return done;
    case TokenKind::start_tag:
      switch (t.tag) {
        case Tag::html:
          return in_body(b, t);
        case Tag::frameset:
          insert_element(b, t);
          return done;
        case Tag::frame:
          insert_void(b, t);
          return done;
        case Tag::noframes:
          return in_head(b, t);
        default:
          return done;
      }
    case TokenKind::end_tag:
      if (t.tag != Tag::frameset || b.open.size() == 1) return done;
      pop(b, t.span.end);
      if (!b.fragment && !current_is(b, Tag::frameset)) b.mode = InsertionMode::after_frameset;
      return done;
    default:
      return done;
  }
}

// #parsing-main-afterframeset
Step after_frameset(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::text:
      insert_only_whitespace(b, t);
      return done;
    case TokenKind::comment:
      insert_comment(b, t);
      return done;
    case TokenKind::start_tag:
      if (t.tag == Tag::html) return in_body(b, t);
      if (t.tag == Tag::noframes) return in_head(b, t);
      return done;
    case TokenKind::end_tag:
      if (t.tag != Tag::html) return done;
      b.nodes[b.open[0].node].span.end = t.span.end;
      b.mode = InsertionMode::after_after_frameset;
      return done;
    default:
      return done;
  }
}

// #the-after-after-frameset-insertion-mode
Step after_after_frameset(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::comment:
      insert_comment_into(b, t, document_node);
      return done;
    // White space goes through "in body", which would insert it at the same place.
    case TokenKind::text:
      insert_only_whitespace(b, t);
      return done;
    case TokenKind::start_tag:
      if (t.tag == Tag::html) return in_body(b, t);
      if (t.tag == Tag::noframes) return in_head(b, t);
      return done;
    default:
      return done;
  }
}

}  // namespace offprint
