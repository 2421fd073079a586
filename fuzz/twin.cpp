#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "encoding/encoding.h"
#include "tokens/tokens.h"
#include "tree/tree.h"

namespace offprint::fuzz {
namespace {

void tell(std::string& all, std::uint64_t number) {
  all += std::to_string(number);
  all += ' ';
}
void tell(std::string& all, std::string_view text) {
  tell(all, text.size());
  all += text;
  all += '\n';
}

void tell(std::string& all, Attribute& attribute, Arena& arena) {
  tell(all, attribute.name());
  tell(all, static_cast<std::uint64_t>(attribute.ns));
  tell(all, attribute_value(attribute, arena));
}

}  // namespace

std::string told_by_decoder(std::string_view bytes, std::string_view charset) {
  Arena arena;
  Meter meter;
  const DecodedText text = decode(bytes, charset, arena, meter);
  std::string all;
  tell(all, text.encoding);
  tell(all, static_cast<std::uint64_t>(text.source));
  tell(all, text.utf8);
  tell(all, count_words(text.utf8));
  for (const OffsetShift& shift : text.shifts) {
    tell(all, shift.at);
    tell(all, static_cast<std::uint64_t>(shift.shift));
  }
  return all;
}

std::string told_by_tree(std::string_view utf8, std::string_view context, bool scripting) {
  Page page;
  Meter meter;
  if (context.empty())
    parse(page, utf8, {.scripting = scripting}, meter);
  else
    parse_fragment(page, utf8, context, {.scripting = scripting}, meter);
  std::string all;
  tell(all, static_cast<std::uint64_t>(meter.spent));
  tell(all, static_cast<std::uint64_t>(meter.noted));
  tell(all, static_cast<std::uint64_t>(page.quirks));
  for (NodeId at = document_node; at != no_node; at = next_in_order(page, at, document_node)) {
    const Node& node = page[at];
    tell(all, at);
    tell(all, node.parent);
    tell(all, static_cast<std::uint64_t>(node.kind));
    tell(all, static_cast<std::uint64_t>(node.ns));
    tell(all, static_cast<std::uint64_t>(node.tag));
    tell(all, node.span.begin);
    tell(all, node.span.end);
    tell(all, node.open_end);
    tell(all, node.text());
    if (node.kind != NodeKind::element) continue;
    for (std::uint32_t i = 0; i < node.attributes_count; ++i)
      tell(all, page.attributes[node.attributes_begin + i], page.arena);
  }
  return all;
}

}  // namespace offprint::fuzz
