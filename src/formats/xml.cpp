// XML with the vocabulary that users of trafilatura know: doc, main, p, head, list/item, quote, code,
// table/row/cell, hi, ref, graphic, del, lb. No DTD, no namespaces, no entities but the five of XML.
#include "formats/formats.h"
#include "formats/markup.h"

namespace offprint {
namespace {

class Xml : public MarkupInline<Xml> {
 public:
  using MarkupInline::MarkupInline;
  static constexpr std::string_view line_break_tag = "<lb/>";
  static constexpr std::string_view close_link = "</ref>";

  static TagPair tags(MarkKind kind) {
    switch (kind) {
      case MarkKind::strong:
        return {"<hi rend=\"#b\">", "</hi>"};
      case MarkKind::emphasis:
        return {"<hi rend=\"#i\">", "</hi>"};
      case MarkKind::subscript:
        return {"<hi rend=\"#sub\">", "</hi>"};
      case MarkKind::superscript:
        return {"<hi rend=\"#sup\">", "</hi>"};
      case MarkKind::keyboard:
        return {"<hi rend=\"#t\">", "</hi>"};
      case MarkKind::code:
        return {"<code>", "</code>"};
      case MarkKind::deleted:
        return {"<del>", "</del>"};
      case MarkKind::quote:
        return {"<hi rend=\"#q\">", "</hi>"};
      default:
        return {};
    }
  }
  void open_link(std::string_view target) {
    out_.append("<ref");
    address_attribute("target", target, out_);
    out_.push_back('>');
  }
  void picture(std::string_view address, std::string_view alt) {
    out_.append("<graphic");
    address_attribute("src", address, out_);
    attribute("alt", alt, out_);
    out_.append("/>");
  }
  void note_mark(std::string_view label) {
    out_.append("<ref target=\"#note-");
    append_attribute(label, out_);
    out_.append("\">");
    append_markup(label, out_);
    out_.append("</ref>");
  }
  void note(const Block& block) {
    out_.append("<p rend=\"note\" n=\"");
    append_attribute(block.note, out_);
    wrapped("\">", block, "</p>\n");
  }
  using MarkupInline::note;
  void tex(const Mark& mark) { element("formula", mark.target, out_); }

  void wrapped(std::string_view open, const Block& block, std::string_view close) {
    out_.append(open);
    inside(block);
    out_.append(close);
  }
  void title(std::string_view text) {
    out_.append("<head rend=\"h1\">");
    append_markup(text, out_);
    out_.append("</head>\n");
  }
  void heading(const Block& block, int level) {
    out_.append("<head rend=\"h").push_back(static_cast<char>('0' + level));
    wrapped("\">", block, "</head>\n");
  }
  void paragraph(const Block& block) { wrapped("<p>", block, "</p>\n"); }
  void code(const Block& block) {
    out_.append("<code xml:space=\"preserve\"");
    attribute("lang", block.language, out_);
    lines_kept_ = true;
    wrapped(">", block, "</code>\n");
    lines_kept_ = false;
  }
  void math(const Block& block) { wrapped("<p>", block, "</p>\n"); }
  using MarkupInline::math;
  void rule() { out_.append("<lb/>\n"); }
  void open_list(bool ordered, std::uint32_t) {
    out_.append(ordered ? "<list rend=\"ol\">\n" : "<list rend=\"ul\">\n");
  }
  void close_list() { out_.append("</list>\n"); }
  void open_item(const Block& block) { wrapped("<item>", block, "\n"); }
  void close_item() { out_.append("</item>\n"); }
  void open_quote() { out_.append("<quote>\n"); }
  void close_quote() { out_.append("</quote>\n"); }
  void open_figure() {}
  void close_figure() {}
  void image(const Block& block) { wrapped("<p>", block, "</p>\n"); }
  using MarkupInline::image;
  void caption(const Block& block) { wrapped("<p rend=\"caption\">", block, "</p>\n"); }
  void open_definitions() { out_.append("<list rend=\"dl\">\n"); }
  void close_definitions() { out_.append("</list>\n"); }
  void term(const Block& block) { wrapped("<item rend=\"dt\">", block, "</item>\n"); }
  void open_definition(const Block& block) { wrapped("<item rend=\"dd\">", block, ""); }
  void close_definition() { out_.append("</item>\n"); }
  void table(std::span<const Block> rows) {
    out_.append("<table>\n");
    for (const Block& row : rows) {
      if (!row.content || row.kind != BlockKind::table) continue;
      out_.append("<row>");
      walk_cells(row, [&](const Block& cell, std::uint32_t begin, std::uint32_t end, bool header) {
        out_.append(header ? "<cell role=\"head\">" : "<cell>");
        inside(cell, begin, end);
        out_.append("</cell>");
      });
      out_.append("</row>\n");
    }
    out_.append("</table>\n");
  }
};

}  // namespace

void write_xml(const Document& document, const WriteOptions& options, std::string& out) {
  out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<doc");
  attribute("sitename", document.site, out);
  attribute("title", document.title, out);
  if (!document.authors.empty()) {
    out.append(" author=\"");
    bool first = true;
    for (const std::string_view author : document.authors) {
      if (!first) out.append("; ");
      first = false;
      append_attribute(author, out);
    }
    out.push_back('"');
  }
  attribute("date", document.date, out);
  attribute("modified", document.modified, out);
  attribute("source", document.url.empty() ? document.source : document.url, out);
  attribute("excerpt", document.description, out);
  attribute("image", document.image, out);
  attribute("language", document.language, out);
  attribute("pagetype", name_of(document.page_type), out);
  attribute("status", name_of(document.status), out);
  out.append(">\n<main>\n");
  Xml xml(options, out);
  walk_flow(document, xml, options.images, true);
  out.append("</main>\n</doc>\n");
}

}  // namespace offprint
