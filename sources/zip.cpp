// APPNOTE.TXT of the ZIP format, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14-16 (its
// end).
#include "sources/zip.h"

#include <algorithm>
#include <string_view>

namespace offprint::sources {
namespace {

constexpr std::uint32_t end_magic = 0x06054b50, end64_magic = 0x06064b50, locator64_magic = 0x07064b50,
                        central_magic = 0x02014b50, local_magic = 0x04034b50;
constexpr std::uint64_t most_directory = 256u << 20;

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return value;
}

}  // namespace

bool list_zip(const std::string& path, std::vector<ZipEntry>& entries, std::string& error) {
  auto feed = open_file(path, error);
  if (!feed) return false;
  if (!feed->can_seek()) {
    error = "a ZIP file (WACZ) cannot be read from a pipe: its table of contents stands at its end";
    return false;
  }
  const std::uint64_t size = feed->size();
  Window window(std::move(feed));
  error = "not a readable ZIP file: no table of contents (cut off?)";

  // Its end record is the last thing but for a comment of up to 64 KiB.
  const std::uint64_t tail_at = size > 65557 ? size - 65557 : 0;
  const std::string tail(window.at(tail_at, static_cast<std::size_t>(size - tail_at)));
  std::size_t end = std::string::npos;
  for (std::size_t at = tail.size() < 22 ? std::string::npos : tail.size() - 22; at != std::string::npos;
       at = at == 0 ? std::string::npos : at - 1) {
    if (number(tail, at, 4) == end_magic && at + 22 + number(tail, at + 20, 2) <= tail.size()) {
      end = at;
      break;
    }
  }
  if (end == std::string::npos) return false;
  std::uint64_t count = number(tail, end + 10, 2), directory_bytes = number(tail, end + 12, 4),
                directory = number(tail, end + 16, 4);
  if ((count == 0xffff || directory_bytes == 0xffffffff || directory == 0xffffffff) && end >= 20 &&
      number(tail, end - 20, 4) == locator64_magic) {
    const std::uint64_t at = number(tail, end - 20 + 8, 8);
    const std::string_view record = window.at(at, 56);
    if (record.size() < 56 || number(record, 0, 4) != end64_magic) return false;
    count = number(record, 32, 8);
    directory_bytes = number(record, 40, 8);
    directory = number(record, 48, 8);
  }
  if (directory > size || directory_bytes > size - directory || directory_bytes > most_directory)
    return false;
  const std::string_view table = window.at(directory, static_cast<std::size_t>(directory_bytes))
                                     .substr(0, static_cast<std::size_t>(directory_bytes));
  for (std::size_t at = 0; at + 46 <= table.size() && entries.size() < count;) {
    if (number(table, at, 4) != central_magic) return false;
    ZipEntry entry;
    const std::size_t name = static_cast<std::size_t>(number(table, at + 28, 2)),
                      extra = static_cast<std::size_t>(number(table, at + 30, 2)),
                      comment = static_cast<std::size_t>(number(table, at + 32, 2));
    if (at + 46 + name + extra + comment > table.size()) return false;
    entry.encrypted = (number(table, at + 8, 2) & 1) != 0;
    entry.method = static_cast<int>(number(table, at + 10, 2));
    entry.packed = number(table, at + 20, 4);
    entry.bytes = number(table, at + 24, 4);
    entry.offset = number(table, at + 42, 4);
    entry.name = table.substr(at + 46, name);
    // ZIP64's extra field holds those of the three that did not fit, in this order.
    std::string_view fields = table.substr(at + 46 + name, extra);
    while (fields.size() >= 4) {
      const std::size_t length = static_cast<std::size_t>(number(fields, 2, 2));
      if (length + 4 > fields.size()) break;
      if (number(fields, 0, 2) == 1) {
        std::string_view values = fields.substr(4, length);
        for (std::uint64_t* value : {&entry.bytes, &entry.packed, &entry.offset}) {
          if (*value != 0xffffffff || values.size() < 8) continue;
          *value = number(values, 0, 8);
          values.remove_prefix(8);
        }
      }
      fields.remove_prefix(length + 4);
    }
    if (entry.offset < size) entries.push_back(std::move(entry));
    at += 46 + name + extra + comment;
  }
  error.clear();
  return true;
}

std::unique_ptr<Feed> open_entry(const std::string& path, const ZipEntry& entry, const UnpackLimits& limits,
                                 Losses& losses, std::string& error) {
  if (entry.encrypted) {
    error = "encrypted";
    return nullptr;
  }
  if (entry.method != 0 && entry.method != 8) {
    error = "packed by a method that is not known (" + std::to_string(entry.method) + ")";
    return nullptr;
  }
  auto whole = open_file(path, error);
  if (!whole) return nullptr;
  const std::uint64_t size = whole->size();
  char head[30];
  if (!whole->seek(entry.offset) || whole->read(head, 30) != 30 || number({head, 30}, 0, 4) != local_magic) {
    error = "its header is damaged";
    return nullptr;
  }
  const std::uint64_t begin = entry.offset + 30 + number({head, 30}, 26, 2) + number({head, 30}, 28, 2);
  if (begin > size || entry.packed > size - begin) {
    error = "it does not lie within the file";
    return nullptr;
  }
  auto part = open_part(path, begin, entry.packed, error);
  if (!part || entry.method == 0) return part;
  return feed_of(std::make_unique<Stream>(path + "/" + entry.name, std::move(part), Coding::raw_deflate,
                                          limits, losses));
}

}  // namespace offprint::sources
