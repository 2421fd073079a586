// Flattened text: blocks lie in the text, one behind the other, and the document is sound.
#include "base/arena.h"
#include "blocks/blocks.h"
#include "encoding/encoding.h"
#include "fuzz/document.h"

namespace offprint::fuzz {
namespace {

void check_blocks(std::string_view bytes) {
  Arena arena;
  Meter meter;
  const Exact exact(decode(bytes, "utf-8", arena, meter).utf8);
  Blocks blocks;
  flat_blocks(exact.bytes, arena, blocks, meter);
  std::uint32_t before = 0;
  for (const RawBlock& block : blocks.blocks) {
    expect(block.span.begin < block.span.end && block.span.end <= exact.bytes.size(), "a block outside the text");
    expect(block.span.begin >= before, "blocks overlap");
    before = block.span.end;
    expect(!block.text.empty() && hostile::well_formed_utf8(block.text), "a block's text");
    expect(block.text.size() <= block.span.size() + 2, "a block is longer than what it was made of");
  }
  looks_like_html(exact.bytes);
}

}  // namespace
}  // namespace offprint::fuzz

// Options: bit 0 detected (else text), 1-2 favour, 3 reasons, 4 an address, 5 small limits, 7 checked again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offprint;
  using namespace offprint::fuzz;
  const Case input(data, size);
  const Exact exact(input.bytes);
  check_blocks(exact.bytes);
  Capture capture{.bytes = exact.bytes, .source = "fuzz", .input = input.bit(0) ? Input::detect : Input::text};
  if (input.bit(4)) capture.url = "https://example.org/2024/05/06/a-story.html";
  Options options;
  options.favor = static_cast<Favor>((input.options >> 1 & 3) % 3);
  options.reasons = input.bit(3);
  if (input.bit(5)) options.limits = {.bytes = 2000, .nodes = 40, .output = 300};
  check_document(capture, options, input.bit(7));
  return 0;
}
