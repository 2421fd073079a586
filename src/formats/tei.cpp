// TEI P5 (https://tei-c.org/release/doc/tei-p5-doc/en/html/): a header with what is known, and the content as
// nested divisions, one per heading. Every construct here is valid against tei_all; tests/formats keeps it
// well-formed.
#include "formats/formats.h"
#include "formats/markup.h"

namespace offprint {
namespace {

class Tei : public MarkupInline<Tei> {
 public:
  using MarkupInline::MarkupInline;
  static constexpr std::string_view line_break_tag = "<lb/>";
  static constexpr std::string_view close_link = "</ref>";

  static TagPair tags(MarkKind kind) {
    switch (kind) {
      case MarkKind::strong:
        return {"<hi rend=\"bold\">", "</hi>"};
      case MarkKind::emphasis:
        return {"<hi rend=\"italic\">", "</hi>"};
      case MarkKind::subscript:
        return {"<hi rend=\"subscript\">", "</hi>"};
      case MarkKind::superscript:
        return {"<hi rend=\"superscript\">", "</hi>"};
      case MarkKind::keyboard:
        return {"<hi rend=\"keyboard\">", "</hi>"};
      case MarkKind::code:
        return {"<hi rend=\"code\">", "</hi>"};  // <code> takes no other elements
      case MarkKind::deleted:
        return {"<del>", "</del>"};
      case MarkKind::quote:
        return {"<q>", "</q>"};
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
    address_attribute("url", address, out_);
    if (alt.empty()) {
      out_.append("/>");
    } else {
      out_.push_back('>');
      element("desc", alt, out_);
      out_.append("</graphic>");
    }
  }
  void note_mark(std::string_view label) {
    out_.append("<ref type=\"note\" n=\"");
    append_attribute(label, out_);
    out_.append("\">");
    append_markup(label, out_);
    out_.append("</ref>");
  }
  void note(const Block& block) {
    out_.append("<note n=\"");
    append_attribute(block.note, out_);
    wrapped("\">", block, "</note>\n");
  }
  using MarkupInline::note;
  void tex(const Mark& mark) {
    out_.append("<formula notation=\"TeX\">");
    append_markup(mark.target, out_);
    out_.append("</formula>");
  }

  void wrapped(std::string_view open, const Block& block, std::string_view close) {
    flow();
    out_.append(open);
    inside(block);
    out_.append(close);
  }
  void title(std::string_view text) {
    open_division(1);
    element("head", text, out_);
    out_.push_back('\n');
  }
  void heading(const Block& block, int level) {
    open_division(level);
    wrapped("<head>", block, "</head>\n");
  }
  void heading_of_item(const Block& block) { wrapped("<label>", block, "</label>\n"); }  // <head> begins divisions, which items have none of
  void paragraph(const Block& block) { wrapped("<p>", block, "</p>\n"); }
  void code(const Block& block) {
    flow();
    out_.append("<p rend=\"code\" xml:space=\"preserve\"><code");
    attribute("lang", block.language, out_);
    out_.push_back('>');
    append_markup(block.text, out_);
    out_.append("</code></p>\n");
  }
  void math(const Block& block) { wrapped("<p rend=\"formula\">", block, "</p>\n"); }
  using MarkupInline::math;
  void rule() {
    flow();
    out_.append("<milestone unit=\"section\" rend=\"rule\"/>\n");
  }
  void open_list(bool ordered, std::uint32_t) {
    flow();
    out_.append(ordered ? "<list rend=\"numbered\">\n" : "<list rend=\"bulleted\">\n");
  }
  void close_list() { out_.append("</list>\n"); }
  void open_item(const Block& block) {
    out_.append("<item");
    if (block.ordinal != 0) {
      out_.append(" n=\"");
      append_number(std::uint64_t{block.ordinal}, out_);
      out_.push_back('"');
    }
    wrapped(">", block, "\n");
  }
  void close_item() { out_.append("</item>\n"); }
  void open_quote() {
    flow();
    out_.append("<quote>\n");
  }
  void close_quote() { out_.append("</quote>\n"); }
  void open_figure() {
    flow();
    out_.append("<figure>\n");
  }
  void close_figure() { out_.append("</figure>\n"); }
  void image(const Block& block) { wrapped("<p>", block, "</p>\n"); }
  using MarkupInline::image;
  void caption(const Block& block) { wrapped("<p rend=\"caption\">", block, "</p>\n"); }
  // <list type="gloss"> wants its labels and items in pairs, which pages do not keep to.
  void open_definitions() {}
  void close_definitions() {}
  void term(const Block& block) { wrapped("<p rend=\"term\"><term>", block, "</term></p>\n"); }
  void open_definition(const Block& block) { wrapped("<p rend=\"definition\">", block, "</p>\n"); }
  void close_definition() {}
  void table(std::span<const Block> rows) {
    flow();
    out_.append("<table>\n");
    for (const Block& row : rows) {
      if (!row.content || row.kind != BlockKind::table) continue;
      out_.append("<row>");
      walk_cells(row, [&](const Block& cell, std::uint32_t begin, std::uint32_t end, bool header) {
        out_.append(header ? "<cell role=\"label\">" : "<cell>");
        inside(cell, begin, end);
        out_.append("</cell>");
      });
      out_.append("</row>\n");
    }
    out_.append("</table>\n");
  }

  void finish() {
    if (depth_ == 0) {
      out_.append("<div><p/></div>\n");
    }
    close_divisions(0);
  }

 private:
  // Content before any heading needs a division as well: nothing may follow a division beside it.
  void flow() {
    if (depth_ == 0) open_division(1);
  }
  void open_division(int level) {
    close_divisions(level);
    levels_[depth_++] = level;
    out_.append("<div>\n");
  }
  void close_divisions(int level) {
    while (depth_ > 0 && levels_[depth_ - 1] >= level) {
      out_.append("</div>\n");
      --depth_;
    }
  }
  std::array<int, 8> levels_{};  // rise strictly from 1 to 6
  std::size_t depth_ = 0;
};

// teidata.temporal.w3c: a year, a month or a day; times are cut, since ISO 8601 allows forms that W3C does
// not.
std::string_view day_of(std::string_view date) {
  constexpr std::string_view shape = "dddd-dd-dd";
  std::size_t n = 0;
  while (n < date.size() && n < shape.size() &&
         (shape[n] == 'd' ? date[n] >= '0' && date[n] <= '9' : date[n] == shape[n])) {
    ++n;
  }
  return date.substr(0, n >= 10 ? 10 : n >= 7 ? 7 : n >= 4 ? 4 : 0);
}

void date_element(std::string_view date, std::string_view type, std::string& out) {
  if (date.empty()) return;
  out.append("<date");
  attribute("type", type, out);
  attribute("when", day_of(date), out);
  out.push_back('>');
  append_markup(date, out);
  out.append("</date>");
}

}  // namespace

void write_tei(const Document& document, const WriteOptions& options, std::string& out) {
  const bool language = is_language_tag(document.language);
  out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"");
  if (language) attribute("xml:lang", document.language, out);
  out.append(">\n<teiHeader>\n<fileDesc>\n<titleStmt><title type=\"main\">");
  append_markup(document.title, out);
  out.append("</title>");
  for (const std::string_view author : document.authors) element("author", author, out);
  out.append("</titleStmt>\n<publicationStmt>");
  if (document.site.empty()) {
    out.append("<p/>");
  } else {
    element("publisher", document.site, out);
    date_element(document.date, "published", out);
  }
  out.append("</publicationStmt>\n<sourceDesc><bibl>");
  element("title", document.title, out);
  for (const std::string_view author : document.authors) element("author", author, out);
  element("publisher", document.site, out);
  date_element(document.date, "published", out);
  date_element(document.modified, "modified", out);
  if (is_web_address(document.url)) {
    out.append("<ptr type=\"URL\"");
    address_attribute("target", document.url, out);
    out.append("/>");
  }
  out.append("</bibl></sourceDesc>\n</fileDesc>\n");
  if (language || !document.description.empty()) {
    out.append("<profileDesc>");
    if (!document.description.empty()) {
      out.append("<abstract>");
      element("p", document.description, out);
      out.append("</abstract>");
    }
    if (language) {
      out.append("<langUsage><language");
      attribute("ident", document.language, out);
      out.append("/></langUsage>");
    }
    out.append("</profileDesc>\n");
  }
  out.append("</teiHeader>\n<text>\n<body>\n");
  Tei tei(options, out);
  walk_flow(document, tei, options.images, true);
  tei.finish();
  out.append("</body>\n</text>\n</TEI>\n");
}

}  // namespace offprint
