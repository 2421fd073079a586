// The insertion modes of tables: in table, in caption, in column group, in table body, in row, in cell.
#include "tree/builder.h"

namespace offprint {

// #clear-the-stack-back-to-a-table-context and its two relatives
static void clear_to(TreeBuilder& b, const Token& t, Tag one, Tag two = Tag::unknown,
                     Tag three = Tag::unknown) {
  while (b.open.size() > 1 && !current_is(b, one) && !current_is(b, Tag::template_) &&
         (two == Tag::unknown || (!current_is(b, two) && !current_is(b, three))))
    pop(b, t.span.begin);
}
static void clear_to_table(TreeBuilder& b, const Token& t) {
  clear_to(b, t, Tag::table);
}
static void clear_to_table_body(TreeBuilder& b, const Token& t) {
  clear_to(b, t, Tag::tbody, Tag::tfoot, Tag::thead);
}
static void clear_to_row(TreeBuilder& b, const Token& t) {
  clear_to(b, t, Tag::tr);
}

// "Anything else" of #parsing-main-intable: in body, with foster parenting.
static Step foster(TreeBuilder& b, Token& t) {
  b.foster = true;
  const Step step = in_body(b, t);
  b.foster = false;
  return step;
}

// #parsing-main-intabletext. The token is the whole run of characters.
static Step text_in_table(TreeBuilder& b, Token& t) {
  if (!(current(b).traits & trait_foster) && !current_is(b, Tag::template_)) return foster(b, t);
  drop_nul(b, t);
  if (leading_whitespace(t.text) != t.text.size()) return foster(b, t);
  insert_text(b, t.text, t.span);
  return done;
}

// #parsing-main-intable
Step in_table(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::text:
      return text_in_table(b, t);
    case TokenKind::comment:
      insert_comment(b, t);
      return done;
    case TokenKind::doctype:
      return done;
    case TokenKind::eof:
      return in_body(b, t);
    case TokenKind::start_tag:
      switch (t.tag) {
        case Tag::caption:
          clear_to_table(b, t);
          push_marker(b);
          insert_element(b, t);
          b.mode = InsertionMode::in_caption;
          return done;
        case Tag::colgroup:
          clear_to_table(b, t);
          insert_element(b, t);
          b.mode = InsertionMode::in_column_group;
          return done;
        case Tag::col:
          clear_to_table(b, t);
          insert_implied(b, Tag::colgroup, t.span.begin);
          b.mode = InsertionMode::in_column_group;
          return again;
        case Tag::tbody:
        case Tag::tfoot:
        case Tag::thead:
          clear_to_table(b, t);
          insert_element(b, t);
          b.mode = InsertionMode::in_table_body;
          return done;
        case Tag::td:
        case Tag::th:
        case Tag::tr:
          clear_to_table(b, t);
          insert_implied(b, Tag::tbody, t.span.begin);
          b.mode = InsertionMode::in_table_body;
          return again;
        case Tag::table:
          if (!has_in_scope(b, Tag::table, in_table_scope)) return done;
          pop_until(b, t, Tag::table, t.span.begin);
          reset_mode(b);
          return again;
        case Tag::style:
        case Tag::script:
        case Tag::template_:
          return in_head(b, t);
        case Tag::input:
          if (!is_hidden_input(b, t)) break;
          insert_void(b, t);
          return done;
        case Tag::form:
          if (has_open(b, Tag::template_) || b.form != no_node) return done;
          b.form = insert_void(b, t);
          return done;
        default:
          break;
      }
      break;
    case TokenKind::end_tag:
      switch (t.tag) {
        case Tag::table:
          if (!has_in_scope(b, Tag::table, in_table_scope)) return done;
          pop_until(b, t, Tag::table, t.span.end);
          reset_mode(b);
          return done;
        case Tag::body:
        case Tag::caption:
        case Tag::col:
        case Tag::colgroup:
        case Tag::html:
        case Tag::tbody:
        case Tag::td:
        case Tag::tfoot:
        case Tag::th:
        case Tag::thead:
        case Tag::tr:
          return done;
        case Tag::template_:
          return in_head(b, t);
        default:
          break;
      }
      break;
  }
  return foster(b, t);
}

static bool end_caption(TreeBuilder& b, const Token& t, std::uint32_t end) {
  if (!has_in_scope(b, Tag::caption, in_table_scope)) return false;
  pop_until(b, t, Tag::caption, end);
  clear_to_marker(b);
  b.mode = InsertionMode::in_table;
  return true;
}

// #parsing-main-incaption
Step in_caption(TreeBuilder& b, Token& t) {
  if (t.kind == TokenKind::start_tag) switch (t.tag) {
      case Tag::caption:
      case Tag::col:
      case Tag::colgroup:
      case Tag::tbody:
      case Tag::td:
      case Tag::tfoot:
      case Tag::th:
      case Tag::thead:
      case Tag::tr:
        return end_caption(b, t, t.span.begin) ? again : done;
      default:
        break;
    }
  if (t.kind == TokenKind::end_tag) switch (t.tag) {
      case Tag::caption:
        end_caption(b, t, t.span.end);
        return done;
      case Tag::table:
        return end_caption(b, t, t.span.begin) ? again : done;
      case Tag::body:
      case Tag::col:
      case Tag::colgroup:
      case Tag::html:
      case Tag::tbody:
      case Tag::td:
      case Tag::tfoot:
      case Tag::th:
      case Tag::thead:
      case Tag::tr:
        return done;
      default:
        break;
    }
  return in_body(b, t);
}

// #parsing-main-incolgroup
Step in_column_group(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::text:
      take_whitespace(b, t, true);
      if (t.text.empty()) return done;
      break;
    case TokenKind::comment:
      insert_comment(b, t);
      return done;
    case TokenKind::doctype:
      return done;
    case TokenKind::eof:
      return in_body(b, t);
    case TokenKind::start_tag:
      if (t.tag == Tag::html) return in_body(b, t);
      if (t.tag == Tag::col) {
        insert_void(b, t);
        return done;
      }
      if (t.tag == Tag::template_) return in_head(b, t);
      break;
    case TokenKind::end_tag:
      if (t.tag == Tag::colgroup) {
        if (!current_is(b, Tag::colgroup)) return done;
        pop(b, t.span.end);
        b.mode = InsertionMode::in_table;
        return done;
      }
      if (t.tag == Tag::col) return done;
      if (t.tag == Tag::template_) return in_head(b, t);
      break;
  }
  if (!current_is(b, Tag::colgroup)) return done;
  pop(b, t.span.begin);
  b.mode = InsertionMode::in_table;
  return again;
}

// #parsing-main-intbody
Step in_table_body(TreeBuilder& b, Token& t) {
  bool ends_body = false;
  if (t.kind == TokenKind::start_tag) switch (t.tag) {
      case Tag::tr:
        clear_to_table_body(b, t);
        insert_element(b, t);
        b.mode = InsertionMode::in_row;
        return done;
      case Tag::th:
      case Tag::td:
        clear_to_table_body(b, t);
        insert_implied(b, Tag::tr, t.span.begin);
        b.mode = InsertionMode::in_row;
        return again;
      case Tag::caption:
      case Tag::col:
      case Tag::colgroup:
      case Tag::tbody:
      case Tag::tfoot:
      case Tag::thead:
        ends_body = true;
        break;
      default:
        break;
    }
  if (t.kind == TokenKind::end_tag) switch (t.tag) {
      case Tag::tbody:
      case Tag::tfoot:
      case Tag::thead:
        if (!has_in_scope(b, t.tag, in_table_scope)) return done;
        clear_to_table_body(b, t);
        pop(b, t.span.end);
        b.mode = InsertionMode::in_table;
        return done;
      case Tag::table:
        ends_body = true;
        break;
      case Tag::body:
      case Tag::caption:
      case Tag::col:
      case Tag::colgroup:
      case Tag::html:
      case Tag::td:
      case Tag::th:
      case Tag::tr:
        return done;
      default:
        break;
    }
  if (!ends_body) return in_table(b, t);
  if (!has_in_scope(b, Tag::tbody, in_table_scope) && !has_in_scope(b, Tag::thead, in_table_scope) &&
      !has_in_scope(b, Tag::tfoot, in_table_scope))
    return done;
  clear_to_table_body(b, t);
  pop(b, t.span.begin);
  b.mode = InsertionMode::in_table;
  return again;
}

static bool end_row(TreeBuilder& b, const Token& t, std::uint32_t end) {
  if (!has_in_scope(b, Tag::tr, in_table_scope)) return false;
  clear_to_row(b, t);
  pop(b, end);
  b.mode = InsertionMode::in_table_body;
  return true;
}

// #parsing-main-intr
Step in_row(TreeBuilder& b, Token& t) {
  if (t.kind == TokenKind::start_tag) switch (t.tag) {
      case Tag::th:
      case Tag::td:
        clear_to_row(b, t);
        insert_element(b, t);
        b.mode = InsertionMode::in_cell;
        push_marker(b);
        return done;
      case Tag::caption:
      case Tag::col:
      case Tag::colgroup:
      case Tag::tbody:
      case Tag::tfoot:
      case Tag::thead:
      case Tag::tr:
        return end_row(b, t, t.span.begin) ? again : done;
      default:
        break;
    }
  if (t.kind == TokenKind::end_tag) switch (t.tag) {
      case Tag::tr:
        end_row(b, t, t.span.end);
        return done;
      case Tag::table:
        return end_row(b, t, t.span.begin) ? again : done;
      case Tag::tbody:
      case Tag::tfoot:
      case Tag::thead:
        if (!has_in_scope(b, t.tag, in_table_scope)) return done;
        return end_row(b, t, t.span.begin) ? again : done;
      case Tag::body:
      case Tag::caption:
      case Tag::col:
      case Tag::colgroup:
      case Tag::html:
      case Tag::td:
      case Tag::th:
        return done;
      default:
        break;
    }
  return in_table(b, t);
}

// #close-the-cell
static Step close_cell(TreeBuilder& b, const Token& t) {
  while (b.open.size() > 1) {
    const bool cell = current_is(b, Tag::td) || current_is(b, Tag::th);
    pop(b, t.span.begin);
    if (cell) break;
  }
  clear_to_marker(b);
  b.mode = InsertionMode::in_row;
  return again;
}

// #parsing-main-intd
Step in_cell(TreeBuilder& b, Token& t) {
  if (t.kind == TokenKind::start_tag) switch (t.tag) {
      case Tag::caption:
      case Tag::col:
      case Tag::colgroup:
      case Tag::tbody:
      case Tag::td:
      case Tag::tfoot:
      case Tag::th:
      case Tag::thead:
      case Tag::tr:
        return close_cell(b, t);
      default:
        break;
    }
  if (t.kind == TokenKind::end_tag) switch (t.tag) {
      case Tag::td:
      case Tag::th:
        if (!has_in_scope(b, t.tag, in_table_scope)) return done;
        pop_until(b, t, t.tag, t.span.end);
        clear_to_marker(b);
        b.mode = InsertionMode::in_row;
        return done;
      case Tag::body:
      case Tag::caption:
      case Tag::col:
      case Tag::colgroup:
      case Tag::html:
        return done;
      case Tag::table:
      case Tag::tbody:
      case Tag::tfoot:
      case Tag::thead:
      case Tag::tr:
        return has_in_scope(b, t.tag, in_table_scope) ? close_cell(b, t) : done;
      default:
        break;
    }
  return in_body(b, t);
}

}  // namespace offprint
