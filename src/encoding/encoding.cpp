// The flow of this stage: which encoding, then its decoder.
#include "encoding/encoding.h"

#include <algorithm>

#include "base/ascii.h"
#include "encoding/detect.h"
#include "encoding/labels.h"
#include "encoding/legacy.h"
#include "encoding/prescan.h"
#include "encoding/utf8.h"

namespace offprint {
namespace {

struct Choice {
  Encoding encoding;
  EncodingSource source;
  std::size_t mark = 0;  // bytes of the byte order mark
  bool sound = false;    // known to be valid UTF-8
};

// https://encoding.spec.whatwg.org/#bom-sniff
Choice byte_order_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {Encoding::utf_8, EncodingSource::bom, 3};
  if (bytes.starts_with("\xFE\xFF")) return {Encoding::utf_16be, EncodingSource::bom, 2};
  if (bytes.starts_with("\xFF\xFE")) return {Encoding::utf_16le, EncodingSource::bom, 2};
  return {Encoding::none, EncodingSource::fallback};
}

// A browser that meets a <meta> after the first 1,024 bytes starts again with what it says
// (https://html.spec.whatwg.org/multipage/parsing.html#changing-the-encoding-while-parsing). Here that is
// looked for only where the bytes are no UTF-8, and not for ever.
constexpr std::size_t late_meta_bytes = 64 * 1024;

bool is_legacy(Encoding e) {
  return e != Encoding::none && e != Encoding::utf_8 && e != Encoding::utf_16be && e != Encoding::utf_16le &&
         e != Encoding::replacement && e != Encoding::x_user_defined;
}

// Not in the standard: what is declared is believed where the bytes can be it. Pages that were transcoded when they were saved
// keep their <meta>, and some never were what they say. Of 1,763 pages of the corpora 17 declare a legacy encoding and are not
// ASCII; three of them are UTF-8, and none is harmed.
Choice believed(std::string_view bytes, Encoding declared, EncodingSource source) {
  Encoding e = declared;
  if (declared == Encoding::utf_8) {
    if (is_utf8(bytes)) return {e, source, 0, true};
    if (const Encoding read = instead_of_utf8(bytes); read != Encoding::none) {
      const Encoding meta = source == EncodingSource::transport ? prescan_encoding(bytes.substr(0, prescan_bytes)) : Encoding::none;
      e = is_legacy(meta) && meta != Encoding::iso_2022_jp ? corrected(bytes, meta) : read;
    }
  } else if (is_legacy(declared)) {
    if (source == EncodingSource::meta && surely_utf8(bytes, declared)) e = Encoding::utf_8;
    else if (declared != Encoding::iso_2022_jp) e = corrected(bytes, declared);
  }
  return {e, e == declared ? source : EncodingSource::detected};
}

// https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
Choice choose(std::string_view bytes, std::string_view transport_charset) {
  if (const Choice mark = byte_order_mark(bytes); mark.encoding != Encoding::none) return mark;
  if (const Encoding e = find_encoding(transport_charset); e != Encoding::none)
    return believed(bytes, e, EncodingSource::transport);
  if (const Encoding e = prescan_encoding(bytes.substr(0, prescan_bytes)); e != Encoding::none)
    return believed(bytes, e, EncodingSource::meta);
  // These two are valid UTF-8 as they stand.
  if (const Encoding e = detect_utf_16(bytes); e != Encoding::none) return {e, EncodingSource::detected};
  if (const Encoding e = detect_iso_2022_jp(bytes); e != Encoding::none) return {e, EncodingSource::detected};
  if (ascii_end(bytes.data(), bytes.data() + bytes.size()) == bytes.data() + bytes.size())
    return {Encoding::utf_8, EncodingSource::fallback};
  const bool sound = is_utf8(bytes);
  if (sound || mostly_utf8(bytes)) return {Encoding::utf_8, EncodingSource::detected, 0, sound};
  if (const Encoding e = prescan_encoding(bytes.substr(0, late_meta_bytes)); e != Encoding::none)
    return believed(bytes, e, EncodingSource::meta);
  if (const Encoding e = detect_legacy(bytes); e != Encoding::none) return {e, EncodingSource::detected};
  return {Encoding::windows_1252, EncodingSource::fallback};
}

}  // namespace

Encoding find_encoding(std::string_view label) {
  while (!label.empty() && is_space(label.front())) label.remove_prefix(1);
  while (!label.empty() && is_space(label.back())) label.remove_suffix(1);
  if (label.empty() || label.size() > longest_label) return Encoding::none;
  char lower[longest_label];
  for (std::size_t i = 0; i < label.size(); ++i) lower[i] = to_lower(label[i]);
  return encoding_from_label({lower, label.size()});
}

std::string_view encoding_of_label(std::string_view label) {
  return name_of(find_encoding(label));
}

std::string_view prescan(std::string_view bytes) {
  return name_of(prescan_encoding(bytes.substr(0, prescan_bytes)));
}

DecodedText decode(std::string_view bytes, std::string_view transport_charset, Arena& arena, Meter& meter) {
  // Spans are 32 bits wide, and a byte may become three.
  constexpr std::size_t most_bytes = 0xFFFFFFFF / 3;
  const std::size_t most = std::min(meter.budgets.bytes, most_bytes);
  const bool cut = bytes.size() > most;
  if (cut) {
    bytes = bytes.substr(0, most);
    meter.spent = Limit::bytes;
  }
  const Choice choice = choose(bytes, transport_charset);
  DecodedText text;
  text.encoding = name_of(choice.encoding);
  text.source = choice.source;
  bytes.remove_prefix(choice.mark);
  if (choice.encoding == Encoding::utf_8) {
    if (cut) bytes.remove_suffix(unfinished_utf8(bytes));
    take_utf8(bytes, static_cast<std::uint32_t>(choice.mark), choice.sound, arena, text);
    return text;
  }
  const LegacyText legacy = decode_legacy(bytes, choice.encoding, arena);
  text.utf8 = legacy.utf8;
  text.repaired = legacy.errors != 0;
  return text;
}

Span captured_span(const DecodedText& text, Span decoded) {
  const auto captured = [&](std::uint32_t offset) {
    const auto after = std::upper_bound(text.shifts.begin(), text.shifts.end(), offset,
                                        [](std::uint32_t a, const OffsetShift& b) { return a < b.at; });
    const std::int64_t shift = after == text.shifts.begin() ? 0 : after[-1].shift;
    std::int64_t at = static_cast<std::int64_t>(offset) + shift;
    if (after != text.shifts.end()) at = std::min(at, static_cast<std::int64_t>(after->at) + after->shift);
    return static_cast<std::uint32_t>(at);
  };
  const std::uint32_t begin = captured(decoded.begin);
  return {begin, std::max(begin, captured(decoded.end))};
}

}  // namespace offprint
