// `offprint read`: the article alone, as a page to read. Pictures are links, since nothing may be loaded; the
// request for support is one card after the story, with a link to the publisher's own page and no form that
// goes anywhere.
#include <algorithm>
#include <array>
#include <vector>

#include "formats/html_flow.h"
#include "reader/card.h"
#include "reader/page.h"
#include "reader/reader.h"

namespace offprint {
namespace {

class Story : public HtmlFlow<Story> {
 public:
  using HtmlFlow::HtmlFlow;
  // What may be wider than the screen scrolls by itself, and by keyboard too.
  static constexpr std::string_view table_open =
      "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n";
  static constexpr std::string_view table_close = "</table></div>\n";
  static constexpr std::string_view pre_open =
      "<pre tabindex=\"0\" role=\"group\" aria-label=\"Code\" dir=\"ltr\">";

  // The head of the page holds the title.
  void title(std::string_view) {}
  // Pages skip levels for the looks of it; here they follow one another, as those who hear a page rely on.
  void heading(const Block& block, int level) {
    if (level == 1) return;
    while (depth_ > 0 && levels_[depth_ - 1] >= level) --depth_;
    levels_[depth_++] = level;
    HtmlFlow::heading(block, static_cast<int>(depth_) + 1);
  }

  bool open(const Mark& mark, std::uint32_t begin, std::uint32_t end, bool nests) {
    if (mark.kind == MarkKind::link && !is_web_address(mark.target)) return false;
    return HtmlFlow::open(mark, begin, end, nests);
  }
  void open_link(std::string_view target) {
    out_.append("<a");
    address_attribute("href", target, out_);
    out_.append(outward).push_back('>');
  }
  void picture(std::string_view address, std::string_view alt) {
    const std::string_view host = shown_host(address);
    if (host.empty()) {
      append_markup(alt, out_);
      return;
    }
    const bool inside_link = link_;  // links do not nest
    out_.append(inside_link ? "<span class=\"picture\"" : "<a class=\"picture\"");
    if (!inside_link) {
      address_attribute("href", address, out_);
      out_.append(outward);
    }
    out_.append("><span class=\"alt\">");
    append_markup(alt.empty() ? std::string_view("Picture") : alt, out_);
    out_.append("</span> <span class=\"host\" lang=\"en\" dir=\"ltr\">picture at ");
    append_markup(host, out_);
    out_.append(inside_link ? "</span></span>" : "</span></a>");
  }
  void tex(const Mark& mark) {
    out_.append("<code class=\"math\" dir=\"ltr\">");
    append_markup(mark.target, out_);
    out_.append("</code>");
  }

 private:
  std::array<int, 6> levels_{};  // of the open headings as the page has them; rise strictly from 2 to 6
  std::size_t depth_ = 0;
};

// What the head of the reading copy shows instead of the story.
bool in_head(const Block& block) {
  return block.role == Role::standfirst || block.role == Role::headline;
}

const Block* find_block(const Document& document, Role role) {
  for (const Block& block : document.blocks) {
    if (block.role == role && !block.text.empty() && (!block.hidden || block.content)) return &block;
  }
  return nullptr;
}

void append_link(std::string_view address, std::string_view text, std::string& out) {
  out.append("<a");
  address_attribute("href", address, out);
  out.append(outward).push_back('>');
  append_markup(text, out);
  out.append("</a>");
}

void append_head(const Document& document, std::string& out) {
  out.append("<header>\n");
  const std::string_view host = shown_host(document.url);
  if (!document.site.empty() || !host.empty()) {
    out.append("<p class=\"site\"><bdi>");
    append_markup(document.site, out);
    out.append("</bdi>");
    if (!host.empty()) {
      if (!document.site.empty()) out.append(" <span class=\"dot\" aria-hidden=\"true\">·</span> ");
      out.append("<span class=\"origin\" dir=\"ltr\">");
      append_link(document.url, host, out);
      out.append("</span>");
    }
    out.append("</p>\n");
  }
  const Block* const headline = find_block(document, Role::headline);
  const std::string_view title = headline != nullptr ? headline->text : document.title;
  out.append("<h1 dir=\"auto\">");
  append_markup(!title.empty()           ? title
                : !document.site.empty() ? document.site
                                         : std::string_view("Untitled page"),
                out);
  out.append("</h1>\n");
  if (const Block* const standfirst = find_block(document, Role::standfirst); standfirst != nullptr) {
    out.append("<p class=\"standfirst\" dir=\"auto\">");
    append_markup(standfirst->text, out);
    out.append("</p>\n");
  }
  if (document.authors.empty() && document.date.empty()) {
    out.append("</header>\n");
    return;
  }
  out.append("<p class=\"byline\">");
  bool any = false;
  if (!document.authors.empty()) {
    out.append("<span class=\"authors\" dir=\"auto\">");
    for (std::size_t i = 0; i < document.authors.size() && i < 12; ++i) {
      if (i > 0) out.append(", ");
      append_markup(document.authors[i], out);
    }
    out.append("</span>");
    any = true;
  }
  if (!document.date.empty()) {
    if (any) out.append(" <span class=\"dot\" aria-hidden=\"true\">·</span> ");
    append_time(document.date, out);
    if (!document.modified.empty() && document.modified.substr(0, 10) != document.date.substr(0, 10)) {
      out.append(" <span class=\"dot\" aria-hidden=\"true\">·</span> <span lang=\"en\" dir=\"ltr\">updated ");
      append_time(document.modified, out);
      out.append("</span>");
    }
  }
  out.append("</p>\n</header>\n");
}

bool is_shown(const Block& block) {
  if (in_head(block)) return false;
  return block.content || (block.role == Role::caption && !block.hidden);
}

void append_story(const Document& document, std::string& out) {
  out.append("<div class=\"story\">\n");
  const std::size_t before = out.size();
  const WriteOptions options;
  Story story(options, out);
  walk_flow(document, story, true, is_shown);
  if (out.size() == before) {
    out.append("<p class=\"none\" lang=\"en\" dir=\"ltr\">");
    if (document.status == Status::failed && !document.error.empty()) {
      out.append("This page could not be read: ");
      append_markup(document.error, out);
      out.append(".");
    } else {
      out.append("No article was found on this page.");
    }
    out.append("</p>\n");
  }
  out.append("</div>\n");
  if (document.status == Status::partial) {
    out.append(
        "<p class=\"none\" lang=\"en\" dir=\"ltr\">The end of this page was not read: it is over the limit "
        "of ");
    append_markup(document.budget.empty() ? std::string_view("size") : document.budget, out);
    out.append(".</p>\n");
  }
}

// Corrections and disclosures belong to the story; banners above and below it do not.
void append_notes(const Document& document, std::string& out) {
  std::size_t first = document.blocks.size(), last = 0;
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    if (!document.blocks[i].content) continue;
    first = std::min(first, i);
    last = i;
  }
  bool any = false;
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const Block& block = document.blocks[i];
    const bool notice = block.role == Role::notice && i > first && i <= last + 8;
    if (block.content || block.hidden || block.text.empty() || !(notice || block.role == Role::bio)) continue;
    if (!any) out.append("<footer class=\"notes\">\n");
    any = true;
    out.append("<p dir=\"auto\">");
    append_markup(block.text, out);
    out.append("</p>\n");
  }
  if (any) out.append("</footer>\n");
}

}  // namespace

void write_reading_copy(const Document& document, std::string& out) {
  const std::string_view title = !document.title.empty()    ? document.title
                                 : !document.source.empty() ? document.source
                                                            : std::string_view("Untitled page");
  open_page({title, "", document.language, document.right_to_left}, read_css, read_js, out);
  out.append("<body>\n<main>\n<article>\n");
  append_head(document, out);
  append_story(document, out);
  append_notes(document, out);
  out.append("</article>\n");
  append_support_card(document, out);
  out.append("</main>\n<footer class=\"end\" lang=\"en\" dir=\"ltr\">\n<p>Reading copy made by offprint");
  if (is_web_address(document.url)) {
    out.append(" from <a");
    address_attribute("href", document.url, out);
    out.append(outward).append(">");
    append_shown_address(document.url, out);
    out.append("</a>");
  }
  out.append(". The words are the publisher’s.</p>\n</footer>\n");
  close_page(read_js, out);
}

}  // namespace offprint
