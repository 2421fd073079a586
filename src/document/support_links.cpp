// Where one gives: the best address among the links and forms of the request and, failing those, of the page.
#include <algorithm>

#include "base/url.h"
#include "document/elements.h"
#include "document/giving.h"
#include "document/support_reader.h"

namespace offprint {

void SupportReader::offer_url(std::string_view reference, int score) {
  reference = trim(reference);
  if (score <= url_score || reference.empty() || reference[0] == '#') return;
  const std::string_view absolute = resolve_url(base, reference, arena);
  if (!is_web_url(absolute)) return;
  url = absolute;
  url_score = score;
}

// A link's worth: where it leads, what it says, and whether it stands in the request. any: though neither speaks of giving.
void SupportReader::offer_link(NodeId link, RequestPart where, bool any) {
  const std::string_view href = attribute(page, link, AttributeName::href);
  if (href.empty() || href.size() > most_address) return;
  const std::string_view absolute = resolve_url(base, href, arena);
  const int leads = leads_to_giving(absolute);
  // Most links are looked at in vain: their addresses must not pile up.
  arena.shrink(absolute.data() + absolute.size(), absolute.data());
  LexiconHits h;
  match_lexicons(text_of(page, link, 120, arena), h);
  const bool says_so = h.has(Purpose::support_control) || (h.has(Purpose::support_ask) && h.scanned < 60);
  int score = leads * 3 + (says_so ? 2 : 0);
  if (where == RequestPart::control) score += 4;
  if (where == RequestPart::ask) score += 1;
  if (where == RequestPart::none && !(leads == 2 || (leads == 1 && says_so))) return;
  if (!any && where != RequestPart::none && leads == 0 && !says_so) return;
  offer_url(href, score);
}

void SupportReader::read_links() {
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    const RawBlock& b = blocks.blocks[i];
    if (part[i] == RequestPart::defer) {  // "Yes, I'll give" beside "Not now"
      const std::string_view later = defer_words(i);
      if (later.size() == text(i).size()) continue;
      const std::size_t begin = static_cast<std::size_t>(later.data() - b.text.data());
      for (std::uint32_t k = 0; k < std::min(b.marks_count, most_marks_asked); ++k) {
        const RawMark& mark = blocks.marks[b.marks_begin + k];
        if (mark.kind == MarkKind::link && mark.node != no_node && (begin < mark.begin || begin >= mark.end)) offer_link(mark.node, RequestPart::control, false);
      }
      continue;
    }
    if (part[i] != RequestPart::ask && part[i] != RequestPart::control) continue;
    if (blocks.flat || b.node == no_node) {
      read_bare_address(text(i), part[i]);
      continue;
    }
    for (std::uint32_t k = 0; k < std::min(b.marks_count, most_marks_asked); ++k) {
      const RawMark& mark = blocks.marks[b.marks_begin + k];
      if (mark.kind == MarkKind::link && mark.node != no_node) offer_link(mark.node, part[i], part[i] == RequestPart::control);
    }
    NodeId up = b.node;
    for (int k = 0; k < 4 && up != no_node; ++k, up = page[up].parent)
      if (page[up].kind == NodeKind::element && page[up].tag == Tag::a) offer_link(up, part[i], part[i] == RequestPart::control);
    read_bare_address(text(i), part[i]);
  }
  if (url_score >= 8 || blocks.flat || !page.has(Tag::a)) return;
  std::size_t seen = 0;
  for (NodeId id = document_node; id != no_node && seen < 20 * element_limit && !page.nodes.empty();
       id = next_in_order(page, id, document_node), ++seen)
    if (page[id].kind == NodeKind::element && page[id].tag == Tag::a) offer_link(id, RequestPart::none, false);
}

// An address written out in the text.
void SupportReader::read_bare_address(std::string_view words, RequestPart where) {
  for (const std::string_view start : {"https://", "http://", "www."}) {
    const std::size_t at = words.find(start);
    if (at == words.npos) continue;
    std::size_t end = at;
    while (end < words.size() && !is_space(words[end]) && static_cast<unsigned char>(words[end]) < 0x80 &&
           words[end] != ')' && words[end] != '"' && words[end] != '<')
      ++end;
    while (end > at && (words[end - 1] == '.' || words[end - 1] == ',' || words[end - 1] == ';' ||
                        words[end - 1] == '!' || words[end - 1] == '?' || words[end - 1] == ':'))
      --end;
    std::string_view address = words.substr(at, end - at);
    if (start == "www.") {
      const std::span<char> to = arena.make<char>(address.size() + 8);
      std::copy(address.begin(), address.end(), std::copy_n("https://", 8, to.data()));
      address = {to.data(), to.size()};
    }
    const int leads = leads_to_giving(address);
    if (leads > 0 || where == RequestPart::control)
      offer_url(address, leads * 3 + (where == RequestPart::control ? 4 : 1));
    return;
  }
}

}  // namespace offprint
