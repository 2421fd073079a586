// https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type, less strict about what
// may stand before the first tag.
#include "sources/sniff.h"

#include <cstddef>

namespace offprint::sources {
namespace {

struct Magic {
  std::string_view bytes, name;
};
using namespace std::string_view_literals;
constexpr Magic magics[] = {
    {"\x89PNG\r\n\x1a\n"sv, "a PNG image"},
    {"\xff\xd8\xff"sv, "a JPEG image"},
    {"GIF87a"sv, "a GIF image"},
    {"GIF89a"sv, "a GIF image"},
    {"%PDF-"sv, "a PDF document"},
    {"\x7f"
     "ELF"sv,
     "a program"},
    {"PK\x03\x04"sv, "a ZIP archive"},
    {"Rar!\x1a"sv, "a RAR archive"},
    {"7z\xbc\xaf\x27\x1c"sv, "a 7z archive"},
    {"BZh"sv, "bzip2 data"},
    {"\xfd"
     "7zXZ\0"sv,
     "xz data"},
    {"wOFF"sv, "a font"},
    {"wOF2"sv, "a font"},
    {"\0\x01\0\0\0"sv, "a font"},
    {"OggS"sv, "Ogg media"},
    {"ID3"sv, "MP3 audio"},
    {"\x1a\x45\xdf\xa3"sv, "Matroska media"},
    {"\0\0\x01\0"sv, "an icon"},
    {"SQLite format 3\0"sv, "an SQLite database"},
    {"PAR1"sv, "a Parquet file"},
    {"ARROW1"sv, "an Arrow file"},
    {"\xd0\xcf\x11\xe0"sv, "an Office document"},
    {"\0\0\0\x18"
     "ftyp"sv,
     "MP4 media"},
    {"\0\0\0\x20"
     "ftyp"sv,
     "MP4 media"},
    {"\x1f\x8b"sv, "gzip data"},
    {"\x28\xb5\x2f\xfd"sv, "zstd data"},
};

bool space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool starts_as(std::string_view bytes, std::string_view upper) {
  if (bytes.size() < upper.size()) return false;
  for (std::size_t i = 0; i < upper.size(); ++i) {
    const char c = bytes[i] >= 'a' && bytes[i] <= 'z' ? static_cast<char>(bytes[i] - 32) : bytes[i];
    if (c != upper[i]) return false;
  }
  return true;
}

bool html_start(std::string_view bytes) {
  static constexpr std::string_view tags[] = {
      "<!DOCTYPE HTML", "<HTML", "<HEAD",  "<SCRIPT", "<IFRAME",  "<H1",      "<DIV", "<FONT",
      "<TABLE",         "<A",    "<STYLE", "<TITLE",  "<B",       "<BODY",    "<BR",  "<P",
      "<!--",           "<META", "<LINK",  "<MAIN",   "<ARTICLE", "<SECTION", "<UL",  "<IMG"};
  for (std::size_t skipped = 0; skipped < 4; ++skipped) {
    while (!bytes.empty() && space(bytes.front())) bytes.remove_prefix(1);
    if (!starts_as(bytes, "<?XML")) break;
    const std::size_t end = bytes.find("?>");
    if (end == std::string_view::npos) return false;
    bytes.remove_prefix(end + 2);
  }
  for (std::string_view tag : tags) {
    if (!starts_as(bytes, tag)) continue;
    if (tag == "<!--") return true;
    const char next = bytes.size() > tag.size() ? bytes[tag.size()] : '>';
    if (space(next) || next == '>' || next == '/') return true;
  }
  return false;
}

// UTF-16 without a mark, zeros at odd (little endian) or even places: it begins with ASCII, and markup and spaces are ASCII in
// every language, a fifth of it at the least. What has a zero beside it is a character of a text, and hardly any other byte is 0.
bool unmarked_utf16(std::string_view bytes, std::size_t low) {
  const std::size_t units = bytes.size() / 2;
  std::size_t ascii = 0, others = 0;
  for (std::size_t i = 0; i < units; ++i) {
    const char c = bytes[2 * i + low], high = bytes[2 * i + 1 - low];
    const bool printable = space(c) || (c >= 0x20 && c < 0x7f);
    if (i < 4 && (high != 0 || !printable)) return false;
    if (high == 0 && (printable || static_cast<unsigned char>(c) >= 0xa0)) ascii += printable;
    else others += high == 0 || c == 0;
  }
  return units >= 4 && ascii * 5 > units && others * 20 <= units;
}

}  // namespace

std::string_view binary_name(std::string_view bytes) {
  for (const Magic& magic : magics)
    if (bytes.substr(0, magic.bytes.size()) == magic.bytes) return magic.name;
  return "binary data";
}

Looks looks_of(std::string_view bytes) {
  if (bytes.empty()) return Looks::empty;
  bytes = bytes.substr(0, 4096);
  if (bytes.substr(0, 3) == "\xef\xbb\xbf")
    bytes.remove_prefix(3);
  else if (bytes.substr(0, 2) == "\xff\xfe" || bytes.substr(0, 2) == "\xfe\xff")
    return Looks::text;  // UTF-16
  if (html_start(bytes)) return Looks::html;
  for (const Magic& magic : magics)
    if (bytes.substr(0, magic.bytes.size()) == magic.bytes) return Looks::binary;
  if (unmarked_utf16(bytes, 0) || unmarked_utf16(bytes, 1)) return Looks::text;
  // Control characters that no text has; ESC stands in ISO-2022-JP. A few are no proof: captures are dirty.
  std::size_t controls = 0;
  for (const char c : bytes) controls += static_cast<unsigned char>(c) < 0x20 && !space(c) && c != 0x1b;
  return controls * 20 > bytes.size() ? Looks::binary : Looks::text;
}

}  // namespace offprint::sources
