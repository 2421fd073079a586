// HTML: a small whole document, semantic elements only, nothing that runs. Addresses other than http, https,
// mailto, tel and ftp are dropped, so what a page smuggles into a link does not come out live.
#include "formats/formats.h"
#include "formats/html_flow.h"

namespace offprint {
namespace {

class Html : public HtmlFlow<Html> {
 public:
  using HtmlFlow::HtmlFlow;
  static constexpr std::string_view table_open = "<table>\n", table_close = "</table>\n", pre_open = "<pre>";

  void open_link(std::string_view target) {
    out_.append("<a");
    address_attribute("href", target, out_);
    out_.push_back('>');
  }
  void picture(std::string_view address, std::string_view alt) {
    out_.append("<img");
    address_attribute("src", address, out_);
    out_.append(" alt=\"");
    append_attribute(alt, out_);
    out_.append("\" loading=\"lazy\">");
  }
  void tex(const Mark& mark) {
    out_.append("<span class=\"math\">\\(");
    append_markup(mark.target, out_);
    out_.append("\\)</span>");
  }
};

}  // namespace

void write_html(const Document& document, const WriteOptions& options, std::string& out) {
  out.append("<!DOCTYPE html>\n<html");
  if (is_language_tag(document.language)) attribute("lang", document.language, out);
  if (document.right_to_left) out.append(" dir=\"rtl\"");
  out.append(">\n<head>\n<meta charset=\"utf-8\">\n<title>");
  append_markup(document.title.empty() ? document.source : document.title, out);
  out.append("</title>\n");
  const auto meta = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append("<meta name=\"").append(name).append("\" content=\"");
    append_attribute(value, out);
    out.append("\">\n");
  };
  if (is_web_address(document.url)) {
    out.append("<link rel=\"canonical\"");
    address_attribute("href", document.url, out);
    out.append(">\n");
  }
  for (const std::string_view author : document.authors) meta("author", author);
  meta("description", document.description);
  meta("date", document.date);
  meta("last-modified", document.modified);
  meta("application-name", document.site);
  out.append("</head>\n<body>\n<article>\n");
  Html html(options, out);
  walk_flow(document, html, options.images, options.links);
  out.append("</article>\n</body>\n</html>\n");
}

}  // namespace offprint
