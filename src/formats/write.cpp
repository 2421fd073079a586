#include "formats/flow.h"
#include "formats/formats.h"

namespace offprint {
namespace {

// Equal but for ASCII case and the amount of white space: titles are often set in capitals by style sheets'
// authors.
bool same_words(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const auto skip = [](std::string_view text, std::size_t& at) {
    const std::size_t before = at;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t')) ++at;
    return at != before;
  };
  skip(a, i);
  skip(b, j);
  for (;;) {
    const bool space_a = skip(a, i), space_b = skip(b, j);
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (space_a != space_b || lower(a[i++]) != lower(b[j++])) return false;
  }
}

}  // namespace

const Block* find_headline(const Document& document) {
  constexpr std::size_t most_before = 5;  // blocks of the content above a paragraph that is the title
  const Block* same = nullptr;
  std::size_t before = 0;
  bool above = false;  // the headline stands above the content, and what says the same further down is none
  for (const Block& block : document.blocks) {
    if (!block.content) {
      above = above || (block.role == Role::headline && before == 0 && same_words(block.text, document.title));
      continue;
    }
    if (above && before > 0) return same;
    if (block.role == Role::headline) return &block;
    // Flattened text has no headings; there the title is a line like any other. Further down it is the name of a thing that is told of.
    if (same == nullptr && (block.kind == BlockKind::heading || (block.kind == BlockKind::paragraph && before < most_before)) &&
        !document.title.empty() && same_words(block.text, document.title)) {
      same = &block;
    }
    ++before;
  }
  return same;
}

void write_text(const Document& document, std::string& out) {
  if (document.text.empty()) return;
  // The headline belongs to the article as it is read, though not to the text that is scored and trained on.
  if (!document.title.empty() && find_headline(document) == nullptr) {
    out.append(document.title);
    out.append("\n\n");
  }
  out.append(document.text);
  if (document.text.back() != '\n') out.push_back('\n');
}

void write(const Document& document, Format format, std::string& out, const WriteOptions& options) {
  switch (format) {
    case Format::text:
      write_text(document, out);
      break;
    case Format::markdown:
      write_markdown(document, options, out);
      break;
    case Format::html:
      write_html(document, options, out);
      break;
    case Format::json:
      write_json(document, options, out);
      break;
    case Format::xml:
      write_xml(document, options, out);
      break;
    case Format::tei:
      write_tei(document, options, out);
      break;
  }
}

}  // namespace offprint
