// Bytes → UTF-8: the text is UTF-8, offsets lead back to the bytes that they came from, and all machines decode alike.
#include <array>

#include "base/cpu.h"
#include "encoding/encoding.h"
#include "fuzz/harness.h"
#include "fuzz/twin.h"
#include "tests/hostile/check.h"

namespace offprint::fuzz {
namespace {

constexpr std::array<std::string_view, 45> charsets = {
    "",              "utf-8",        "IBM866",       "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",
    "ISO-8859-5",    "ISO-8859-6",   "ISO-8859-7",   "ISO-8859-8",   "ISO-8859-8-I", "ISO-8859-10",
    "ISO-8859-13",   "ISO-8859-14",  "ISO-8859-15",  "ISO-8859-16",  "KOI8-R",       "KOI8-U",
    "macintosh",     "windows-874",  "windows-1250", "windows-1251", "windows-1252", "windows-1253",
    "windows-1254",  "windows-1255", "windows-1256", "windows-1257", "windows-1258", "x-mac-cyrillic",
    "GBK",           "gb18030",      "Big5",         "EUC-JP",       "ISO-2022-JP",  "Shift_JIS",
    "EUC-KR",        "replacement",  "UTF-16BE",     "UTF-16LE",     "x-user-defined", "utf-7",
    " Latin1\n",     "no such thing", "hz-gb-2312"};

// Offsets of UTF-8 input: what was not repaired is the same bytes.
void check_offsets(const DecodedText& text, std::string_view bytes) {
  for (std::size_t i = 1; i < text.shifts.size(); ++i)
    expect(text.shifts[i - 1].at < text.shifts[i].at, "shifts are out of order");
  std::uint32_t before = 0;
  for (std::uint32_t at = 0; at < text.utf8.size(); ++at) {
    const Span span = captured_span(text, {at, at + 1});
    expect(span.begin >= before && span.begin <= span.end && span.end <= bytes.size(), "offset outside the capture");
    before = span.begin;
    const std::string_view here = text.utf8.substr(at >= 2 ? at - 2 : 0, 5);
    if (here.find("\xEF\xBF\xBD") == here.npos)
      expect(span.begin < bytes.size() && bytes[span.begin] == text.utf8[at], "offset of another byte");
  }
}

}  // namespace
}  // namespace offprint::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offprint;
  using namespace offprint::fuzz;
  const Case input(data, size);
  const Exact exact(input.bytes);
  const std::string_view charset = charsets[input.options % charsets.size()];
  Arena arena;
  Meter meter;
  const DecodedText text = decode(exact.bytes, charset, arena, meter);
  expect(hostile::well_formed_utf8(text.utf8), "no UTF-8");
  expect(!text.encoding.empty(), "no encoding");
  if (text.encoding == "UTF-8") check_offsets(text, exact.bytes);

  const std::string_view found = prescan(exact.bytes);
  expect(found.empty() || encoding_of_label(found) == found, "prescan() gives what is no encoding's name");
  const std::string_view named = encoding_of_label(exact.bytes);
  expect(named.empty() || encoding_of_label(named) == named, "a label's encoding is no label of itself");

  const std::string told = told_by_decoder(exact.bytes, charset);
  expect(told == offprint_portable::fuzz::told_by_decoder(exact.bytes, charset), "portable code decodes otherwise");

  Budgets few;
  few.bytes = exact.bytes.size() / 2;
  Meter half(few);
  expect(hostile::well_formed_utf8(decode(exact.bytes, charset, arena, half).utf8), "cut: no UTF-8");
  return 0;
}
