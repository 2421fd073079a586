// `offprint inspect`: every block of the page in place, coloured by role.
//
// The list is plain HTML that is readable without its script. What is shown on demand (reason, span, source)
// lies in one JSON element, so that a page of 3,000 blocks opens at once: the browser lays out only what is
// on screen (content-visibility), and the script has one listener per event, not one per block.
#include <array>
#include <cmath>

#include "base/unicode.h"
#include "formats/markup.h"
#include "reader/page.h"
#include "reader/reader.h"

namespace offprint {
namespace {

constexpr std::size_t max_text = 8000;    // bytes of a block that are shown
constexpr std::size_t max_source = 1200;  // bytes of its source

// Roles in the order of the legend: the content first, then what asks for something, then what surrounds it.
constexpr std::array<Role, role_count> legend_order = {
    Role::headline, Role::standfirst, Role::byline,  Role::date,         Role::body,     Role::caption,
    Role::bio,      Role::notice,     Role::appeal,  Role::contribution, Role::paywall,  Role::newsletter,
    Role::ad,       Role::consent,    Role::related, Role::social,       Role::comments, Role::navigation,
    Role::masthead, Role::footer,     Role::form,    Role::controls,     Role::other};

std::string_view about(Role role) {
  switch (role) {
    case Role::headline:
      return "the title of the content";
    case Role::standfirst:
      return "the summary under the headline";
    case Role::byline:
      return "who wrote or took it";
    case Role::date:
      return "published, updated, reading time";
    case Role::body:
      return "the content itself";
    case Role::caption:
      return "caption and credit of a picture or chart";
    case Role::bio:
      return "about the author";
    case Role::notice:
      return "the publisher’s word that asks for nothing";
    case Role::appeal:
      return "words that ask for voluntary support";
    case Role::contribution:
      return "controls that take voluntary support";
    case Role::paywall:
      return "access needs a payment or an account";
    case Role::newsletter:
      return "sign-up for letters, alerts or an app";
    case Role::ad:
      return "advertisement, or its label";
    case Role::consent:
      return "cookies and privacy choices";
    case Role::related:
      return "teasers and links to other content";
    case Role::social:
      return "share, follow, like";
    case Role::comments:
      return "readers’ comments and their form";
    case Role::navigation:
      return "menus, breadcrumbs, topics, pages";
    case Role::masthead:
      return "the site’s identity";
    case Role::footer:
      return "copyright, legal, imprint, contact";
    case Role::form:
      return "search, login, filters, booking";
    case Role::controls:
      return "what operates the page";
    case Role::other:
      return "none of these";
  }
  return {};
}

void append_fact(std::string_view name, std::string_view value, std::string& out) {
  if (value.empty()) return;
  out.append("<div><dt>").append(name).append("</dt><dd dir=\"auto\">");
  append_markup(whole_prefix(value, 300), out);
  out.append("</dd></div>\n");
}

void append_legend(const Document& document, std::string& out) {
  std::array<std::uint64_t, role_count> counts{};
  std::uint64_t content = 0, hidden = 0;
  for (const Block& block : document.blocks) {
    ++counts[static_cast<std::size_t>(block.role)];
    content += block.content ? 1 : 0;
    hidden += block.hidden ? 1 : 0;
  }
  out.append(
      "<form class=\"legend\" id=\"legend\" aria-label=\"Filter\">\n<fieldset "
      "class=\"roles\">\n<legend>Roles</legend>\n");
  int place = 0;
  for (const Role role : legend_order) {
    const std::uint64_t count = counts[static_cast<std::size_t>(role)];
    if (count == 0) continue;
    ++place;
    const std::string_view name = name_of(role);
    out.append("<label class=\"role r-").append(name).append("\" title=\"").append(about(role));
    out.append("\"><input type=\"checkbox\" name=\"role\" checked value=\"").append(name).append("\">");
    out.append("<i class=\"swatch\"></i><span class=\"name\">")
        .append(name)
        .append("</span> <span class=\"count\">");
    append_grouped(count, out);
    out.append("</span>");
    if (place <= 9) {
      out.append("<kbd>");
      append_number(static_cast<std::uint64_t>(place), out);
      out.append("</kbd>");
    }
    out.append("</label>\n");
  }
  out.append(
      "</fieldset>\n<div class=\"buttons\"><button type=\"button\" id=\"all\">All</button>"
      "<button type=\"button\" id=\"none\">None</button></div>\n"
      "<fieldset class=\"more\">\n<legend>Show</legend>\n"
      "<label><input type=\"checkbox\" id=\"only\"> only the content <span class=\"count\">");
  append_grouped(content, out);
  out.append(
      "</span><kbd>c</kbd></label>\n<label><input type=\"checkbox\" id=\"hidden\"> hidden blocks <span "
      "class=\"count\">");
  append_grouped(hidden, out);
  out.append(
      "</span><kbd>h</kbd></label>\n</fieldset>\n<p class=\"shown\" id=\"shown\" "
      "role=\"status\"></p>\n</form>\n");
}

// What stands for a block without text.
void append_picture(const Block& block, std::string& out) {
  std::string_view label;
  bool picture = block.kind == BlockKind::image;
  for (const Mark& mark : block.marks) {
    if (mark.kind != MarkKind::image) continue;
    picture = true;
    if (label.empty()) label = whole_prefix(mark.label, 400);
  }
  out.append("<span class=\"why\">").append(picture ? "picture" : "no text").append("</span>");
  if (label.empty()) return;
  out.append(" ");
  append_markup(label, out);
}

void append_block(const Block& block, std::size_t number, std::string& out) {
  const std::string_view role = name_of(block.role);
  out.append("<div class=\"b r-").append(role).append(" k-").append(name_of(block.kind));
  if (block.content) out.append(" content");
  if (block.hidden) out.append(" hid");
  if (block.level != 0 && (block.kind == BlockKind::heading || block.kind == BlockKind::list_item)) {
    out.append(" l").push_back(static_cast<char>('0' + std::min<int>(block.level, 6)));
  }
  out.append("\" role=\"option\" aria-selected=\"false\" tabindex=\"").append(number == 0 ? "0" : "-1");
  out.append("\" id=\"b");
  append_number(std::uint64_t{number}, out);
  out.append("\"><span class=\"tag\">").append(role);
  if (block.hidden) out.append("<span class=\"why\"> hidden</span>");
  out.append("</span><span class=\"t\" dir=\"auto\">");
  const std::string_view text = whole_prefix(block.text, max_text);
  append_markup(text, out);
  if (text.size() < block.text.size()) out.append("…");
  if (block.text.empty()) append_picture(block, out);
  out.append("</span></div>\n");
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// A span holds what is between a block's tags. Shown with it are the tags right around, at most three, since
// class names say much: `<p class="lead">…</p>`.
std::string_view with_tags(std::string_view source, std::size_t begin, std::size_t end) {
  constexpr std::size_t longest_tag = 400;
  std::array<std::string_view, 3> names;  // of the tags that were opened, the innermost first
  std::size_t opened = 0, closed = 0;
  for (std::size_t at = begin; opened < 3; ++opened) {
    while (at > 0 && begin - at < 200 && is_blank(source[at - 1])) --at;
    if (at < 3 || source[at - 1] != '>') break;
    const std::size_t tag = source.rfind('<', at - 1);
    if (tag == source.npos || at - tag > longest_tag || source[tag + 1] == '/' || source[tag + 1] == '!')
      break;
    const std::string_view rest = source.substr(tag + 1, at - tag - 1);
    names[opened] = rest.substr(0, rest.find_first_of(" \t\n\r/>"));
    begin = at = tag;
  }
  for (std::size_t at = end; closed < opened;) {
    while (at < source.size() && at - end < 200 && is_blank(source[at])) ++at;
    if (!source.substr(at).starts_with("</")) break;
    const std::size_t tag = source.find('>', at);
    if (tag == source.npos || tag - at > longest_tag) break;
    const std::string_view name = source.substr(at + 2, tag - at - 2);
    while (closed < opened && names[closed] != name) ++closed;  // what was closed within the block
    if (closed == opened) break;
    ++closed;
    end = at = tag + 1;
  }
  return source.substr(begin, end - begin);
}

// [confidence in percent, span begin, span end, kind, level, reason, source, the source was cut]
void append_details(const Block& block, std::string_view source, std::string& out) {
  const float confidence = std::isfinite(block.confidence) ? std::clamp(block.confidence, 0.0f, 1.0f) : 0.0f;
  out.push_back('[');
  append_number(static_cast<std::uint64_t>(std::lround(confidence * 100.0f)), out);
  out.push_back(',');
  append_number(block.span_begin, out);
  out.push_back(',');
  append_number(block.span_end, out);
  out.append(",\"").append(name_of(block.kind)).append("\",");
  append_number(std::uint64_t{block.level}, out);
  out.append(",\"");
  append_script_json(block.reason, out);
  out.append("\",\"");
  std::string_view whole;
  if (block.span_begin < source.size() && block.span_end > block.span_begin) {
    const auto begin = static_cast<std::size_t>(block.span_begin);
    const auto end = static_cast<std::size_t>(std::min<std::uint64_t>(block.span_end, source.size()));
    whole = with_tags(source, begin, end);
  }
  const std::string_view part = whole_prefix(whole, max_source);
  append_script_json(part, out);
  out.append(part.size() < whole.size() ? "\",1]" : "\",0]");
}

}  // namespace

void write_inspect(const Document& document, std::string_view source, std::string& out) {
  const std::string_view title = !document.title.empty() ? document.title
                                 : !document.url.empty() ? document.url
                                                         : document.source;
  open_page({title, " · inspected", "en", false}, inspect_css, inspect_js, out);
  out.append("<body>\n<header class=\"top\">\n<p class=\"what\">offprint inspect</p>\n<h1 dir=\"auto\">");
  append_markup(title.empty() ? std::string_view("Untitled page") : title, out);
  out.append("</h1>\n<dl class=\"facts\">\n");
  append_fact("Source", document.source, out);
  append_fact("Address", document.url, out);
  append_fact("Status", name_of(document.status), out);
  append_fact("Budget", document.budget, out);
  append_fact("Error", document.error, out);
  append_fact("Type", name_of(document.page_type), out);
  append_fact("Language", document.language, out);
  append_fact("Encoding", document.encoding, out);
  append_fact("Date", document.date, out);
  out.append(
      "</dl>\n</header>\n<div class=\"layout\">\n<nav class=\"side\" aria-label=\"Filter by role\">\n"
      "<details class=\"filters\" id=\"filters\" open><summary>Filter</summary>\n");
  append_legend(document, out);
  out.append(
      "</details>\n<details class=\"keys\"><summary>Keys</summary><dl>"
      "<div><dt><kbd>j</kbd> <kbd>k</kbd> or arrows</dt><dd>next, previous block</dd></div>"
      "<div><dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>next, previous of the same role</dd></div>"
      "<div><dt><kbd>Enter</kbd></dt><dd>keep the details open</dd></div>"
      "<div><dt><kbd>Esc</kbd></dt><dd>close the details</dd></div>"
      "<div><dt><kbd>1</kbd>–<kbd>9</kbd></dt><dd>show or hide a role</dd></div>"
      "<div><dt><kbd>0</kbd></dt><dd>show all roles</dd></div>"
      "</dl></details>\n</nav>\n<main>\n"
      "<div class=\"blocks no-hidden\" id=\"blocks\" role=\"listbox\" aria-label=\"Blocks of the page, in "
      "order\">\n");
  std::size_t number = 0;
  for (const Block& block : document.blocks) append_block(block, number++, out);
  out.append("</div>\n");
  out.append(number == 0 ? "<p class=\"empty\">This page has no blocks.</p>\n"
                         : "<p class=\"empty\" id=\"empty\" hidden>No block is left by this filter.</p>\n");
  out.append(
      "</main>\n<aside class=\"detail\" id=\"detail\" aria-label=\"The block\" hidden>\n"
      "<div class=\"bar\"><strong id=\"d-role\"></strong><span id=\"d-about\"></span>"
      "<button type=\"button\" id=\"close\" aria-label=\"Close the details\">×</button></div>\n"
      "<div class=\"sure\"><span id=\"d-sure\"></span><progress id=\"d-meter\" max=\"100\" value=\"0\" "
      "aria-label=\"Confidence\"></progress></div>\n"
      "<dl><div><dt>Kind</dt><dd id=\"d-kind\"></dd></div><div><dt>Span</dt><dd "
      "id=\"d-span\"></dd></div></dl>\n"
      "<h2 id=\"d-reason-title\">Why</h2>\n<ul id=\"d-reason\"></ul>\n<h2>Source</h2>\n"
      "<pre id=\"d-source\" tabindex=\"0\" aria-label=\"Source of the block\" "
      "role=\"region\"></pre>\n</aside>\n</div>\n"
      "<script type=\"application/json\" id=\"data\">[");
  bool first = true;
  for (const Block& block : document.blocks) {
    out.append(first ? "\n" : ",\n");
    first = false;
    append_details(block, source, out);
  }
  out.append("\n]</script>\n");
  close_page(inspect_js, out);
}

}  // namespace offprint
