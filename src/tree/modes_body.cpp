// The insertion modes in body, after body and after after body. Most tokens of most pages end here.
#include "tree/builder.h"

namespace offprint {

static Step text_in_body(TreeBuilder& b, Token& t) {
  drop_nul(b, t);
  if (t.text.empty()) [[unlikely]]
    return done;
  plain_text_in_body(b, t.text, t.span);
  return done;
}

// Whether <noscript> begins right before a place: one in the head is closed by a frame before that is seen here.
static bool follows_noscript(std::string_view before) {
  const std::size_t end = before.find_last_not_of(" \t\n\r\f");
  if (end == std::string_view::npos || before[end] != '>') return false;
  const std::size_t begin = before.substr(0, end).rfind('<', end);
  return begin != std::string_view::npos && end - begin < 64 && equals_lowercase(before.substr(begin + 1, 8), "noscript");
}

// Whether an <iframe> whose tag ends at `from` is closed before its <noscript> is. The input is looked through once, however many ask.
static bool closes_frame(TreeBuilder& b, std::size_t from) {
  if (from <= b.frame_end) return b.frame_end_closes;
  const std::string_view input = b.page.input;
  b.frame_end_closes = true;
  for (std::size_t at = input.find("</", from);; at = input.find("</", at + 2)) {
    b.frame_end = at;
    if (at == std::string_view::npos || equals_lowercase(input.substr(at + 2, 6), "iframe")) return true;
    if (equals_lowercase(input.substr(at + 2, 8), "noscript")) return b.frame_end_closes = false;
  }
}

// Start tags <li>, <dd>, <dt>: closes the item before, looking past <address>, <div> and <p> only.
static void close_item(TreeBuilder& b, const Token& t, Tag one, Tag other) {
  b.frameset_ok = false;
  if (has_open(b, one) || has_open(b, other)) {
    const std::size_t floor = search_floor(b);
    for (std::size_t i = b.open.size(); i-- > floor;) {
      const OpenElement& e = b.open[i];
      if (is(e, one) || is(e, other)) {
        pop_until_index(b, t, i, t.span.begin);
        break;
      }
      if ((e.traits & (trait_special | trait_address_div_p)) == trait_special) break;
    }
  }
  close_p_in_button_scope(b, t);
}

static Step insert_formatting(TreeBuilder& b, Token& t) {
  reconstruct(b, t);
  const NodeId id = insert_element(b, t);
  push_formatting(b, id, t.tag);
  return done;
}

// "A start tag whose tag name is a"
static Step start_a(TreeBuilder& b, Token& t) {
  for (std::size_t i = b.formatting.size(); i-- > 0 && b.formatting[i].node != no_node;) {
    if (b.formatting[i].tag != Tag::a) continue;
    const NodeId old = b.formatting[i].node;
    adoption_agency(b, t);
    remove_formatting(b, old);
    if (!has_open(b, Tag::a)) break;
    const std::size_t floor = search_floor(b);
    for (std::size_t at = b.open.size(); at-- > floor;)
      if (b.open[at].node == old) {
        remove_from_open(b, at, t.span.begin);
        break;
      }
    break;
  }
  return insert_formatting(b, t);
}

static Step start_foreign(TreeBuilder& b, Token& t, Namespace ns) {
  reconstruct(b, t);
  insert_foreign(b, t, ns);
  if (t.self_closing) pop(b, t.span.end);
  return done;
}

static Step start_frameset(TreeBuilder& b, Token& t) {
  if (b.open.size() < 2 || !is(b.open[1], Tag::body) || !b.frameset_ok) return done;
  const NodeId body = b.open[1].node;
  while (b.open.size() > 1) pop(b, t.span.begin);
  detach(b, body);
  b.page.body = insert_element(b, t);
  b.mode = InsertionMode::in_frameset;
  return done;
}

static bool context_is_select(const TreeBuilder& b) {
  return b.fragment && is(b.context, Tag::select);
}

Step start_tag_in_body(TreeBuilder& b, Token& t) {
  switch (t.tag) {
    case Tag::html:
      if (!has_open(b, Tag::template_)) merge_attributes(b, t, b.open[0].node);
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
    case Tag::title:
      return in_head(b, t);
    case Tag::body:
      if (b.open.size() < 2 || !is(b.open[1], Tag::body) || has_open(b, Tag::template_)) return done;
      b.frameset_ok = false;
      merge_attributes(b, t, b.open[1].node);
      return done;
    case Tag::frameset:
      return start_frameset(b, t);

    case Tag::div:
    case Tag::p:
    case Tag::ul:
    case Tag::address:
    case Tag::article:
    case Tag::aside:
    case Tag::blockquote:
    case Tag::center:
    case Tag::details:
    case Tag::dialog:
    case Tag::dir:
    case Tag::dl:
    case Tag::fieldset:
    case Tag::figcaption:
    case Tag::figure:
    case Tag::footer:
    case Tag::header:
    case Tag::hgroup:
    case Tag::main:
    case Tag::menu:
    case Tag::nav:
    case Tag::ol:
    case Tag::search:
    case Tag::section:
    case Tag::summary:
      close_p_in_button_scope(b, t);
      insert_element(b, t);
      return done;
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
      close_p_in_button_scope(b, t);
      if (current(b).traits & trait_heading) pop(b, t.span.begin);
      insert_element(b, t);
      return done;
    case Tag::pre:
    case Tag::listing:
      close_p_in_button_scope(b, t);
      insert_element(b, t);
      b.skip_newline = true;
      b.frameset_ok = false;
      return done;
    case Tag::form: {
      const bool in_template_contents = has_open(b, Tag::template_);
      if (b.form != no_node && !in_template_contents) return done;
      close_p_in_button_scope(b, t);
      const NodeId id = insert_element(b, t);
      if (!in_template_contents) b.form = id;
      return done;
    }
    case Tag::li:
      close_item(b, t, Tag::li, Tag::li);
      insert_element(b, t);
      return done;
    case Tag::dd:
    case Tag::dt:
      close_item(b, t, Tag::dd, Tag::dt);
      insert_element(b, t);
      return done;
    case Tag::plaintext:
      close_p_in_button_scope(b, t);
      insert_element(b, t);
      return {ContentModel::plaintext, false};
    case Tag::button:
      if (has_in_scope(b, Tag::button, in_scope)) pop_until(b, t, Tag::button, t.span.begin);
      reconstruct(b, t);
      insert_element(b, t);
      b.frameset_ok = false;
      return done;
    case Tag::a:
      return start_a(b, t);
    case Tag::b:
    case Tag::big:
    case Tag::code:
    case Tag::em:
    case Tag::font:
    case Tag::i:
    case Tag::s:
    case Tag::small:
    case Tag::strike:
    case Tag::strong:
    case Tag::tt:
    case Tag::u:
      return insert_formatting(b, t);
    case Tag::nobr:
      reconstruct(b, t);
      if (has_in_scope(b, Tag::nobr, in_scope)) adoption_agency(b, t);
      return insert_formatting(b, t);
    case Tag::applet:
    case Tag::marquee:
    case Tag::object:
      reconstruct(b, t);
      insert_element(b, t);
      push_marker(b);
      b.frameset_ok = false;
      return done;
    case Tag::table:
      if (b.page.quirks != QuirksMode::quirks) close_p_in_button_scope(b, t);
      insert_element(b, t);
      b.frameset_ok = false;
      b.mode = InsertionMode::in_table;
      return done;
    case Tag::area:
    case Tag::br:
    case Tag::embed:
    case Tag::img:
    case Tag::keygen:
    case Tag::wbr:
      reconstruct(b, t);
      insert_void(b, t);
      b.frameset_ok = false;
      return done;
    case Tag::input:
      if (context_is_select(b)) return done;
      if (has_in_scope(b, Tag::select, in_scope)) pop_until(b, t, Tag::select, t.span.begin);
      reconstruct(b, t);
      if (b.frameset_ok && !is_hidden_input(b, t)) b.frameset_ok = false;
      insert_void(b, t);
      return done;
    case Tag::param:
    case Tag::source:
    case Tag::track:
      insert_void(b, t);
      return done;
    case Tag::hr:
      close_p_in_button_scope(b, t);
      if (has_in_scope(b, Tag::select, in_scope)) generate_implied(b, t);
      insert_void(b, t);
      b.frameset_ok = false;
      return done;
    case Tag::image:
      t.tag = Tag::img;
      t.text = "img";
      return again;
    case Tag::textarea:
      b.skip_newline = true;
      b.frameset_ok = false;
      return insert_raw(b, t, ContentModel::rcdata);
    case Tag::xmp:
      close_p_in_button_scope(b, t);
      reconstruct(b, t);
      b.frameset_ok = false;
      return insert_raw(b, t, ContentModel::rawtext);
    case Tag::iframe:
      b.frameset_ok = false;
      if (b.empty_frames_of_noscript && (is(current(b), Tag::noscript) || follows_noscript(b.page.input.substr(0, t.span.begin))) && !closes_frame(b, t.span.end)) {
        insert_void(b, t);
        return done;
      }
      return insert_raw(b, t, ContentModel::rawtext);
    case Tag::noembed:
      return insert_raw(b, t, ContentModel::rawtext);
    case Tag::noscript:
      if (b.scripting) return insert_raw(b, t, ContentModel::rawtext);
      break;
    // <select> has no insertion mode of its own any more: it is an ordinary element that ends scopes.
    case Tag::select:
      if (context_is_select(b)) return done;
      if (has_in_scope(b, Tag::select, in_scope)) {
        pop_until(b, t, Tag::select, t.span.begin);
        return done;
      }
      reconstruct(b, t);
      insert_element(b, t);
      b.frameset_ok = false;
      return done;
    case Tag::option:
      if (has_in_scope(b, Tag::select, in_scope)) {
        generate_implied(b, t, Tag::optgroup);
      } else if (current_is(b, Tag::option)) {
        pop(b, t.span.begin);
      }
      break;
    case Tag::optgroup:
      if (has_in_scope(b, Tag::select, in_scope)) {
        generate_implied(b, t);
      } else if (current_is(b, Tag::option)) {
        pop(b, t.span.begin);
      }
      break;
    case Tag::selectedcontent:
      reconstruct(b, t);
      b.page.scratch.selected_contents.push_back(insert_element(b, t));
      return done;
    case Tag::rb:
    case Tag::rtc:
      if (has_in_scope(b, Tag::ruby, in_scope)) generate_implied(b, t);
      insert_element(b, t);
      return done;
    case Tag::rp:
    case Tag::rt:
      if (has_in_scope(b, Tag::ruby, in_scope)) generate_implied(b, t, Tag::rtc);
      insert_element(b, t);
      return done;
    case Tag::math:
      return start_foreign(b, t, Namespace::mathml);
    case Tag::svg:
      return start_foreign(b, t, Namespace::svg);
    case Tag::caption:
    case Tag::col:
    case Tag::colgroup:
    case Tag::frame:
    case Tag::head:
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
  reconstruct(b, t);
  insert_element(b, t);
  return done;
}

static Step end_form(TreeBuilder& b, Token& t) {
  if (has_open(b, Tag::template_)) {
    if (has_in_scope(b, Tag::form, in_scope)) pop_until(b, t, Tag::form, t.span.end);
    return done;
  }
  const NodeId node = b.form;
  b.form = no_node;
  if (node == no_node) return done;
  const std::size_t floor = search_floor(b);
  for (std::size_t i = b.open.size(); i-- > floor;) {
    if (b.open[i].node == node) {
      while (b.open.size() > i + 1 && (current(b).traits & trait_implied)) pop(b, t.span.begin);
      remove_from_open(b, i, t.span.end);
      return done;
    }
    if (b.open[i].traits & trait_scope) return done;
  }
  return done;
}

// #parsing-main-inbody, </body> and </html>. Both elements stay open; their source ends here all the same.
static bool end_body(TreeBuilder& b, const Token& t) {
  if (!has_in_scope(b, Tag::body, in_scope)) return false;
  if (t.tag == Tag::body && b.open.size() > 1) b.nodes[b.open[1].node].span.end = t.span.end;
  b.mode = InsertionMode::after_body;
  return true;
}

static Step end_tag_in_body(TreeBuilder& b, Token& t) {
  switch (t.tag) {
    case Tag::div:
    case Tag::ul:
    case Tag::address:
    case Tag::article:
    case Tag::aside:
    case Tag::blockquote:
    case Tag::button:
    case Tag::center:
    case Tag::details:
    case Tag::dialog:
    case Tag::dir:
    case Tag::dl:
    case Tag::fieldset:
    case Tag::figcaption:
    case Tag::figure:
    case Tag::footer:
    case Tag::header:
    case Tag::hgroup:
    case Tag::listing:
    case Tag::main:
    case Tag::menu:
    case Tag::nav:
    case Tag::ol:
    case Tag::pre:
    case Tag::search:
    case Tag::section:
    case Tag::select:
    case Tag::summary:
      // Here and below, generating implied end tags first would only matter to parse errors.
      if (current_is(b, t.tag)) [[likely]]
        pop(b, t.span.end);
      else if (has_in_scope(b, t.tag, in_scope))
        pop_until(b, t, t.tag, t.span.end);
      return done;
    case Tag::p:
      if (current_is(b, Tag::p)) [[likely]] {
        pop(b, t.span.end);
        return done;
      }
      if (!has_in_scope(b, Tag::p, in_button_scope)) insert_implied(b, Tag::p, t.span.begin);
      pop_until(b, t, Tag::p, t.span.end);
      return done;
    case Tag::li:
      if (has_in_scope(b, Tag::li, in_list_scope)) pop_until(b, t, Tag::li, t.span.end);
      return done;
    case Tag::dd:
    case Tag::dt:
      if (has_in_scope(b, t.tag, in_scope)) pop_until(b, t, t.tag, t.span.end);
      return done;
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
      if (!any_in_scope(b, trait_heading, in_scope)) return done;
      while (!(current(b).traits & trait_heading)) pop(b, t.span.begin);
      pop(b, t.span.end);
      return done;
    case Tag::a:
    case Tag::b:
    case Tag::big:
    case Tag::code:
    case Tag::em:
    case Tag::font:
    case Tag::i:
    case Tag::nobr:
    case Tag::s:
    case Tag::small:
    case Tag::strike:
    case Tag::strong:
    case Tag::tt:
    case Tag::u:
      if (adoption_agency(b, t)) return done;
      return any_other_end_tag(b, t);
    case Tag::form:
      return end_form(b, t);
    case Tag::applet:
    case Tag::marquee:
    case Tag::object:
      if (!has_in_scope(b, t.tag, in_scope)) return done;
      pop_until(b, t, t.tag, t.span.end);
      clear_to_marker(b);
      return done;
    case Tag::br:
      t.attributes_count = 0;
      reconstruct(b, t);
      insert_void(b, t);
      b.frameset_ok = false;
      return done;
    case Tag::template_:
      return in_head(b, t);
    case Tag::body:
      end_body(b, t);
      return done;
    case Tag::html:
      return end_body(b, t) ? again : done;
    default:
      return any_other_end_tag(b, t);
  }
}

// #parsing-main-inbody
Step in_body(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::text:
      return text_in_body(b, t);
    case TokenKind::start_tag:
      return start_tag_in_body(b, t);
    case TokenKind::end_tag:
      return end_tag_in_body(b, t);
    case TokenKind::comment:
      insert_comment(b, t);
      return done;
    case TokenKind::doctype:
      return done;
    case TokenKind::eof:
      return b.template_modes.empty() ? done : in_template(b, t);
  }
  return done;
}

// #parsing-main-afterbody
Step after_body(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::text:
      if (leading_whitespace(t.text) == t.text.size()) return in_body(b, t);
      break;
    case TokenKind::comment:
      insert_comment_into(b, t, b.open[0].node);
      return done;
    case TokenKind::doctype:
    case TokenKind::eof:
      return done;
    case TokenKind::start_tag:
      if (t.tag == Tag::html) return in_body(b, t);
      break;
    case TokenKind::end_tag:
      if (t.tag != Tag::html) break;
      if (b.fragment) return done;
      b.nodes[b.open[0].node].span.end = t.span.end;
      b.mode = InsertionMode::after_after_body;
      return done;
  }
  b.mode = InsertionMode::in_body;
  return again;
}

// #the-after-after-body-insertion-mode
Step after_after_body(TreeBuilder& b, Token& t) {
  switch (t.kind) {
    case TokenKind::comment:
      insert_comment_into(b, t, document_node);
      return done;
    case TokenKind::doctype:
    case TokenKind::eof:
      return done;
    case TokenKind::text:
      if (leading_whitespace(t.text) == t.text.size()) return in_body(b, t);
      break;
    case TokenKind::start_tag:
      if (t.tag == Tag::html) return in_body(b, t);
      break;
    default:
      break;
  }
  b.mode = InsertionMode::in_body;
  return again;
}

}  // namespace offprint
