// The insertion mode in template.
#include "tree/builder.h"

namespace offprint {

static Step switch_template(TreeBuilder& b, InsertionMode mode) {
  if (!b.template_modes.empty()) b.template_modes.back() = mode;
  b.mode = mode;
  return again;
}

// #parsing-main-intemplate
Step in_template(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::text:
    case TokenKind::comment:
    case TokenKind::doctype:
      return in_body(b, t);
    case TokenKind::start_tag:
      switch (t.tag) {
        case Tag::caption:
        case Tag::colgroup:
        case Tag::tbody:
        case Tag::tfoot:
        case Tag::thead:
          return switch_template(b, InsertionMode::in_table);
        case Tag::col:
          return switch_template(b, InsertionMode::in_column_group);
        case Tag::tr:
          return switch_template(b, InsertionMode::in_table_body);
        case Tag::td:
        case Tag::th:
          return switch_template(b, InsertionMode::in_row);
        case Tag::base:
        case Tag::basefont:
        case Tag::bgsound:
        case Tag::link:
        case Tag::meta:
        case Tag::noframes:
        case Tag::script:
        case Tag::style:
        case Tag::template_:
        case Tag::title:
          return in_head(b, t);
        default:
          return switch_template(b, InsertionMode::in_body);
      }
    case TokenKind::end_tag:
      return t.tag == Tag::template_ ? in_head(b, t) : done;
    case TokenKind::eof:
      if (!has_open(b, Tag::template_)) return done;
      pop_until(b, t, Tag::template_, t.span.begin);
      clear_to_marker(b);
      if (!b.template_modes.empty()) b.template_modes.pop_back();
      reset_mode(b);
      return again;
  }
  return done;
}

}  // namespace offprint
