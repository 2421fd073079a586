// The command line itself: whatever the arguments, parsing ends with a status or with options that hold
// together, and every input that was named becomes files to read or an error. Inputs: arguments parted by
// newlines, then, behind an empty line, the file "list" for --files-from. Read in a folder of its own; names
// that lead out of it are left out.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <vector>

#include "cli/cli.h"
#include "fuzz/harness.h"
#include "sources/files.h"
#include "tests/sources/make.h"

// What arguments.cpp wants of terminal.cpp.
void offprint::cli::say(std::string_view) {}

namespace offprint::fuzz {
namespace {

struct Room {
  sources::testing::Folder folder;
  Room() {
    folder.write("a.html", "<title>A</title><p>Some words.");
    folder.write("b.txt", "Some words.");
    std::filesystem::create_directory(folder.path / "pages");
    folder.write("pages/c.html", "<p>More words.");
    folder.write("pages/d", "<!DOCTYPE html><p>Words.");
    std::cout.rdbuf(nullptr);
    std::cerr.rdbuf(nullptr);
  }
};

// Where work is done for one input; the place before is gone back to, since failures are written relative to
// it.
struct Inside {
  std::filesystem::path before = std::filesystem::current_path();
  explicit Inside(const std::filesystem::path& folder) { std::filesystem::current_path(folder); }
  ~Inside() { std::filesystem::current_path(before); }
};

void check(const cli::Arguments& a) {
  using pipeline::Container;
  expect(!a.inputs.empty(), "nothing to read");
  expect(a.run.sources.shards >= 1 && a.run.sources.shard < a.run.sources.shards, "a shard that is none");
  expect(
      a.run.extract.favor <= Favor::recall && static_cast<int>(a.run.format) <= static_cast<int>(Format::tei),
      "an option out of its range");
  expect(a.run.sources.most_bytes > a.run.extract.limits.bytes || a.run.extract.limits.bytes + 1 == 0,
         "captures are refused that would be cut");
  for (Role role : a.run.roles) expect(static_cast<int>(role) < role_count, "a role that is none");
  expect(!a.table_given || a.run.container != Container::lines, "a table that is none");
  Format format = Format::text;
  if (cli::format_of(a.output, format))
    expect(cli::container_of(a.output) == Container::lines, "lines and a table");
  std::vector<std::string> near;
  for (const std::string& input : a.inputs)
    if (input.find('/') == input.npos && input.find("..") == input.npos && !input.starts_with('~'))
      near.push_back(input);
  std::size_t files = 0;
  for (const sources::FileEntry& entry : sources::list_files(near)) {
    expect(!entry.path.empty() || !entry.error.empty(), "a file without a name");
    sources::kind_of_name(entry.path);
    ++files;
  }
  expect(files >= near.size() || near.size() > 1, "an input came to nothing");
}

}  // namespace
}  // namespace offprint::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offprint;
  using namespace offprint::fuzz;
  static const Room room;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t middle = std::min(bytes.find("\n\n"), size);
  const std::string_view lines = bytes.substr(0, middle);
  std::vector<std::string> arguments{"offprint"};
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    arguments.emplace_back(lines.substr(at, end - at));
    std::erase(arguments.back(), '\0');
    at = end + 1;
  }
  // A list is read at once: none from elsewhere, none without an end.
  const auto any = [&](std::string_view what) {
    return std::any_of(arguments.begin(), arguments.end(),
                       [&](const auto& a) { return a.find(what) != a.npos; });
  };
  if (any("--files-from") && any("/")) return -1;
  room.folder.write("list", bytes.substr(std::min(middle + 2, size)));
  const Inside inside(room.folder.path);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  cli::Arguments parsed;
  int exit = -1;
  if (cli::parse_arguments(static_cast<int>(arguments.size()), argv.data(), parsed, exit))
    check(parsed);
  else
    expect(exit == cli::all_done || exit == cli::nothing_done, "no status");
  return 0;
}
