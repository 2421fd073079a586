// The insertion modes up to <body>: initial, before html, before head, in head, in head noscript, after head;
// and text.
#include <algorithm>
#include <array>

#include "tree/builder.h"

namespace offprint {

static bool equal_ignoring_case(std::string_view text, std::string_view lowercase) {
  return std::equal(text.begin(), text.end(), lowercase.begin(), lowercase.end(),
                    [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}
static bool starts_with_ignoring_case(std::string_view text, std::string_view lowercase) {
  return equal_ignoring_case(text.substr(0, lowercase.size()), lowercase);
}

// #the-initial-insertion-mode: the public identifiers whose documents are rendered in quirks mode.
static constexpr std::array<std::string_view, 55> quirks_prefixes = {
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//",
    "-//ietf//dtd html 2.0 strict level 1//",
    "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//",
    "-//ietf//dtd html 2.0//",
    "-//ietf//dtd html 2.1e//",
    "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//",
    "-//ietf//dtd html 3.2//",
    "-//ietf//dtd html 3//",
    "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//",
    "-//ietf//dtd html level 2//",
    "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//",
    "-//ietf//dtd html strict level 1//",
    "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//",
    "-//ietf//dtd html strict//",
    "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//",
    "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//",
    "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//",
    "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava html//",
    "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//",
    "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//",
};

static QuirksMode quirks_of(const Token& t) {
  const std::string_view id = t.public_id;
  if (t.force_quirks || t.text != "html") return QuirksMode::quirks;
  if (equal_ignoring_case(id, "-//w3o//dtd w3 html strict 3.0//en//") ||
      equal_ignoring_case(id, "-/w3c/dtd html 4.0 transitional/en") || equal_ignoring_case(id, "html") ||
      equal_ignoring_case(t.system_id, "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd"))
    return QuirksMode::quirks;
  if (!id.empty())
    for (std::string_view prefix : quirks_prefixes)
      if (starts_with_ignoring_case(id, prefix)) return QuirksMode::quirks;
  const bool html401 = starts_with_ignoring_case(id, "-//w3c//dtd html 4.01 frameset//") ||
                       starts_with_ignoring_case(id, "-//w3c//dtd html 4.01 transitional//");
  if (html401) return t.has_system ? QuirksMode::limited_quirks : QuirksMode::quirks;
  if (starts_with_ignoring_case(id, "-//w3c//dtd xhtml 1.0 frameset//") ||
      starts_with_ignoring_case(id, "-//w3c//dtd xhtml 1.0 transitional//"))
    return QuirksMode::limited_quirks;
  return QuirksMode::no_quirks;
}

static void add_identifier(TreeBuilder& b, Node& doctype, std::string_view name, std::string_view value) {
  b.page.attributes.push_back({name.data(), value.data(), static_cast<std::uint32_t>(name.size()),
                               static_cast<std::uint32_t>(value.size()), AttributeName::unknown,
                               AttributeNamespace::none, false, 0});
  ++doctype.attributes_count;
}

// #the-initial-insertion-mode
Step initial(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::text:
      take_whitespace(b, t, false);
      if (t.text.empty()) return done;
      break;
    case TokenKind::comment:
      insert_comment_into(b, t, document_node);
      return done;
    case TokenKind::doctype: {
      const NodeId id = new_node(b, NodeKind::doctype, t.span);
      Node& n = b.nodes[id];
      n.text_data = t.text.data();
      n.text_size = static_cast<std::uint32_t>(t.text.size());
      n.attributes_begin = static_cast<std::uint32_t>(b.page.attributes.size());
      if (t.has_public) add_identifier(b, n, "public", t.public_id);
      if (t.has_system) add_identifier(b, n, "system", t.system_id);
      append(b, document_node, id);
      b.page.quirks = quirks_of(t);
      b.mode = InsertionMode::before_html;
      return done;
    }
    default:
      break;
  }
  b.page.quirks = QuirksMode::quirks;
  b.mode = InsertionMode::before_html;
  return again;
}

static void take_root(TreeBuilder& b, NodeId html) {
  append(b, document_node, html);
  push(b, html, Tag::html);
  b.page.html = html;
  b.mode = InsertionMode::before_head;
}

static bool is_head_body_html_br(Tag tag) {
  return tag == Tag::head || tag == Tag::body || tag == Tag::html || tag == Tag::br;
}

// #the-before-html-insertion-mode
Step before_html(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::doctype:
      return done;
    case TokenKind::comment:
      insert_comment_into(b, t, document_node);
      return done;
    case TokenKind::text:
      take_whitespace(b, t, false);
      if (t.text.empty()) return done;
      break;
    case TokenKind::start_tag:
      if (t.tag != Tag::html) break;
      take_root(b, new_element(b, t));
      return done;
    case TokenKind::end_tag:
      if (!is_head_body_html_br(t.tag)) return done;
      break;
    default:
      break;
  }
  take_root(b, new_implied(b, Tag::html, t.span.begin));
  return again;
}

// #the-before-head-insertion-mode
Step before_head(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::doctype:
      return done;
    case TokenKind::comment:
      insert_comment(b, t);
      return done;
    case TokenKind::text:
      take_whitespace(b, t, false);
      if (t.text.empty()) return done;
      break;
    case TokenKind::start_tag:
      if (t.tag == Tag::html) return in_body(b, t);
      if (t.tag != Tag::head) break;
      b.head = b.page.head = insert_element(b, t);
      b.mode = InsertionMode::in_head;
      return done;
    case TokenKind::end_tag:
      if (!is_head_body_html_br(t.tag)) return done;
      break;
    default:
      break;
  }
  b.head = b.page.head = insert_implied(b, Tag::head, t.span.begin);
  b.mode = InsertionMode::in_head;
  return again;
}

// The end tag of <template>: "An end tag whose tag name is template" of #parsing-main-inhead.
static Step end_template(TreeBuilder& b, Token& t) {
  if (!has_open(b, Tag::template_)) return done;
  while (current(b).traits & trait_implied_more) pop(b, t.span.begin);
  pop_until(b, t, Tag::template_, t.span.end);
  clear_to_marker(b);
  if (!b.template_modes.empty()) b.template_modes.pop_back();
  reset_mode(b);
  return done;
}

static Step start_template(TreeBuilder& b, Token& t) {
  const NodeId id = insert_element(b, t);
  const NodeId contents = new_node(b, NodeKind::fragment, {t.span.end, t.span.end});
  append(b, id, contents);
  b.open.back().into = contents;
  push_marker(b);
  b.frameset_ok = false;
  b.mode = InsertionMode::in_template;
  b.template_modes.push_back(b.mode);
  return done;
}

// #parsing-main-inhead
Step in_head(TreeBuilder& b, Token& t) {
  std::uint32_t end = t.span.begin;
  switch (t.kind) {
    case TokenKind::text:
      take_whitespace(b, t, true);
      if (t.text.empty()) return done;
      end = t.span.begin;
      break;
    case TokenKind::comment:
      insert_comment(b, t);
      return done;
    case TokenKind::doctype:
      return done;
    case TokenKind::start_tag:
      switch (t.tag) {
        case Tag::html:
          return in_body(b, t);
        case Tag::base:
        case Tag::basefont:
        case Tag::bgsound:
        case Tag::link:
        case Tag::meta:
          insert_void(b, t);
          return done;
        case Tag::title:
          return insert_raw(b, t, ContentModel::rcdata);
        case Tag::noscript:
          if (b.scripting) return insert_raw(b, t, ContentModel::rawtext);
          insert_element(b, t);
          b.mode = InsertionMode::in_head_noscript;
          return done;
        case Tag::noframes:
        case Tag::style:
          return insert_raw(b, t, ContentModel::rawtext);
        case Tag::script:
          return insert_raw(b, t, ContentModel::script_data);
        case Tag::template_:
          return start_template(b, t);
        case Tag::head:
          return done;
        default:
          break;
      }
      break;
    case TokenKind::end_tag:
      switch (t.tag) {
        case Tag::head:
          pop(b, t.span.end);
          b.mode = InsertionMode::after_head;
          return done;
        case Tag::template_:
          return end_template(b, t);
        case Tag::body:
        case Tag::html:
        case Tag::br:
          break;
        default:
          return done;
      }
      break;
    default:
      break;
  }
  pop(b, end);
  b.mode = InsertionMode::after_head;
  return again;
}

// #parsing-main-inheadnoscript
Step in_head_noscript(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::doctype:
      return done;
    case TokenKind::text:
      take_whitespace(b, t, true);
      if (t.text.empty()) return done;
      break;
    case TokenKind::comment:
      return in_head(b, t);
    case TokenKind::start_tag:
      switch (t.tag) {
        case Tag::html:
          return in_body(b, t);
        case Tag::basefont:
        case Tag::bgsound:
        case Tag::link:
        case Tag::meta:
        case Tag::noframes:
        case Tag::style:
          return in_head(b, t);
        case Tag::head:
        case Tag::noscript:
          return done;
        default:
          break;
      }
      break;
    case TokenKind::end_tag:
      if (t.tag == Tag::noscript) {
        pop(b, t.span.end);
        b.mode = InsertionMode::in_head;
        return done;
      }
      if (t.tag != Tag::br) return done;
      break;
    default:
      break;
  }
  pop(b, t.span.begin);
  b.mode = InsertionMode::in_head;
  return again;
}

// #the-after-head-insertion-mode
Step after_head(TreeBuilder& b, Token& t) {
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
    case TokenKind::start_tag:
      switch (t.tag) {
        case Tag::html:
          return in_body(b, t);
        case Tag::body:
          b.page.body = insert_element(b, t);
          b.frameset_ok = false;
          b.mode = InsertionMode::in_body;
          return done;
        case Tag::frameset:
          b.page.body = insert_element(b, t);
          b.mode = InsertionMode::in_frameset;
          return done;
        case Tag::base:
        case Tag::basefont:
        case Tag::bgsound:
        case Tag::link:
        case Tag::meta:
        case Tag::noframes:
        case Tag::script:
        case Tag::style:
        case Tag::template_:
        case Tag::title: {
          const std::size_t at = b.open.size();
          const std::uint32_t head_end = b.nodes[b.head].span.end;
          push(b, b.head, Tag::head);
          const Step step = in_head(b, t);
          // What was inserted lies above the head, which leaves the stack from below it and keeps its span.
          remove_from_open(b, at, head_end);
          return step;
        }
        case Tag::head:
          return done;
        default:
          break;
      }
      break;
    case TokenKind::end_tag:
      if (t.tag == Tag::template_) return in_head(b, t);
      if (t.tag != Tag::body && t.tag != Tag::html && t.tag != Tag::br) return done;
      break;
    default:
      break;
  }
  b.page.body = insert_implied(b, Tag::body, t.span.begin);
  b.mode = InsertionMode::in_body;
  return again;
}

// #parsing-main-incdata
Step in_text(TreeBuilder& b, Token& t) {
  if (t.kind == TokenKind::text) {
    replace_nul(b, t);
    insert_text(b, t.text, t.span);
    return done;
  }
  b.mode = b.original_mode;
  if (t.kind == TokenKind::eof) {
    pop(b, t.span.begin);
    return again;
  }
  pop(b, t.span.end);
  return done;
}

}  // namespace offprint
