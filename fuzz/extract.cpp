// Whole pages: what comes out is a sound document, whatever the page.
#include <array>

#include "fuzz/document.h"

// Options: bit 0 HTML (else detected), 1-2 favour, 3 reasons, 4 an address, 5 small limits, 6 a charset, 7 checked again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offprint;
  using namespace offprint::fuzz;
  const Case input(data, size);
  const Exact exact(input.bytes);
  Capture capture{.bytes = exact.bytes, .source = "fuzz"};
  if (input.bit(0)) capture.input = Input::html;
  if (input.bit(4)) capture.url = "https://example.org/2024/05/06/a-story.html?page=1#top";
  constexpr std::array<std::string_view, 4> charsets = {"windows-1252", "gb18030", "utf-16le", "iso-2022-jp"};
  if (input.bit(6)) capture.charset = charsets[exact.bytes.size() % charsets.size()];
  Options options;
  options.favor = static_cast<Favor>((input.options >> 1 & 3) % 3);
  options.reasons = input.bit(3);
  if (input.bit(5))
    options.limits = {.bytes = 3000, .nodes = 60, .depth = 12, .attributes = 3, .output = 500, .json_depth = 6};
  check_document(capture, options, input.bit(7));
  return 0;
}
