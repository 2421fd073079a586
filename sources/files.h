// What the user named -> the files to read, in order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace offprint::sources {

struct FileEntry {
  std::string path;
  std::uint64_t bytes = 0;  // 0 = not known
  bool named = false;       // by the user, not found in a folder: then it is read whatever it looks like
  std::string error;        // it cannot be read, and why
};

// Paths, folders (their pages, recursively, sorted by path; hidden files and links to folders are left out),
// globs that the shell has not expanded, "-". Never fails: what cannot be had is an entry with an error.
std::vector<FileEntry> list_files(const std::vector<std::string>& specs);

// The lines of a list of specs ("-": standard input); false with `error` where it cannot be read.
bool read_list(const std::string& path, std::vector<std::string>& specs, std::string& error);

// What a name promises.
enum class NameKind : unsigned char { unknown, page, warc, wacz, jsonl, parquet, other };
NameKind kind_of_name(std::string_view path);

}  // namespace offprint::sources
