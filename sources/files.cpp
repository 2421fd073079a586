#include "sources/files.h"

#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "sources/sniff.h"
#include "sources/window.h"

namespace offprint::sources {
namespace {

namespace fs = std::filesystem;

bool ends(std::string_view path, std::string_view with) {
  if (path.size() < with.size()) return false;
  path.remove_prefix(path.size() - with.size());
  return std::equal(path.begin(), path.end(), with.begin(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
  });
}

// In a folder, a file whose name says nothing is looked into.
bool looks_like_page(const std::string& path) {
  std::string error;
  auto feed = open_file(path, error);
  if (!feed) return false;
  char head[2048];
  const std::int64_t got = feed->read(head, sizeof head);
  return got > 0 && looks_of({head, static_cast<std::size_t>(got)}) == Looks::html;
}

void list_folder(const std::string& folder, std::vector<FileEntry>& entries,
                 std::vector<FileEntry>& troubles) {
  std::vector<std::string> waiting{folder};
  std::vector<FileEntry> found;
  while (!waiting.empty()) {
    const std::string here = std::move(waiting.back());
    waiting.pop_back();
    std::error_code error;
    fs::directory_iterator at(here, error), end;
    if (error) {
      troubles.push_back({here, 0, false, error.message()});
      continue;
    }
    while (at != end) {
      const fs::directory_entry& entry = *at;
      const std::string name = entry.path().filename().string();
      if (!name.empty() && name.front() != '.') {
        std::error_code ignored;
        const std::string path = (here.back() == '/' ? here : here + "/") + name;
        if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
          waiting.push_back(path);
        } else if (entry.is_regular_file(ignored)) {
          const NameKind kind = kind_of_name(path);
          const bool take = kind == NameKind::unknown ? looks_like_page(path) : kind != NameKind::other;
          if (take) found.push_back({path, static_cast<std::uint64_t>(entry.file_size(ignored)), false, {}});
        }
      }
      at.increment(error);
      if (error) {
        troubles.push_back({here, 0, false, error.message()});
        break;
      }
    }
  }
  std::sort(found.begin(), found.end(),
            [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
  entries.insert(entries.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

void add(const std::string& spec, std::vector<FileEntry>& entries) {
  if (spec == "-") {
    entries.push_back({spec, 0, true, {}});
    return;
  }
  struct stat about {};
  if (::stat(spec.c_str(), &about) != 0) {
    const int why = errno;
    if (spec.find_first_of("*?[") != std::string::npos) {
      glob_t matches{};
      if (::glob(spec.c_str(), GLOB_TILDE_CHECK, nullptr, &matches) == 0) {  // sorted
        for (std::size_t i = 0; i < matches.gl_pathc; ++i) {
          const std::string path = matches.gl_pathv[i];
          if (::stat(path.c_str(), &about) == 0) add(path, entries);
        }
        ::globfree(&matches);
        return;
      }
      ::globfree(&matches);
      entries.push_back({spec, 0, true, "no file matches"});
      return;
    }
    entries.push_back({spec, 0, true, std::strerror(why)});
    return;
  }
  if (S_ISDIR(about.st_mode)) {
    const std::size_t before = entries.size();
    std::vector<FileEntry> troubles;
    list_folder(spec, entries, troubles);
    if (entries.size() == before && troubles.empty())
      entries.push_back({spec, 0, true, "a folder without pages"});
    entries.insert(entries.end(), std::make_move_iterator(troubles.begin()),
                   std::make_move_iterator(troubles.end()));
    return;
  }
  entries.push_back({spec, S_ISREG(about.st_mode) ? static_cast<std::uint64_t>(about.st_size) : 0, true, {}});
}

}  // namespace

NameKind kind_of_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  for (std::string_view packed : {".gz", ".zst", ".lz4", ".br"}) {
    if (ends(name, packed)) {
      name.remove_suffix(packed.size());
      break;
    }
  }
  for (std::string_view page : {".html", ".htm", ".xhtml", ".xht", ".shtml", ".txt", ".text"})
    if (ends(name, page)) return NameKind::page;
  for (std::string_view warc : {".warc", ".wet", ".open"})
    if (ends(name, warc)) return NameKind::warc;
  if (ends(name, ".wacz")) return NameKind::wacz;
  for (std::string_view lines : {".jsonl", ".ndjson", ".jsonlines"})
    if (ends(name, lines)) return NameKind::jsonl;
  if (ends(name, ".parquet")) return NameKind::parquet;
  // Names that are never pages, so that folders of whole sites are not all opened.
  for (std::string_view other :
       {".css", ".js",   ".mjs", ".json", ".xml",    ".rss",   ".atom", ".svg",     ".png",
        ".jpg", ".jpeg", ".gif", ".webp", ".avif",   ".ico",   ".woff", ".woff2",   ".ttf",
        ".otf", ".eot",  ".pdf", ".zip",  ".tar",    ".mp3",   ".mp4",  ".webm",    ".map",
        ".cdx", ".cdxj", ".md",  ".csv",  ".arrows", ".arrow", ".part", ".journal", ".tmp"})
    if (ends(name, other)) return NameKind::other;
  return NameKind::unknown;
}

std::vector<FileEntry> list_files(const std::vector<std::string>& specs) {
  std::vector<FileEntry> entries;
  for (const std::string& spec : specs) add(spec, entries);
  return entries;
}

bool read_list(const std::string& path, std::vector<std::string>& specs, std::string& error) {
  auto feed = open_file(path, error);
  if (!feed) return false;
  std::string text;
  char piece[65536];
  std::int64_t got = 0;
  while ((got = feed->read(piece, sizeof piece)) > 0) text.append(piece, static_cast<std::size_t>(got));
  if (got < 0) {
    error = feed->error;
    return false;
  }
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    std::string line = text.substr(at, end - at);
    at = end + 1;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) specs.push_back(std::move(line));
  }
  return true;
}

}  // namespace offprint::sources
