// Runs the fuzz targets over files, without libFuzzer: replay TARGET FOLDER..., or one file after another. For the inputs of
// tests/found and for seeds. All targets are in this one program: CMake gives the entry of each another name.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using Target = int (*)(const std::uint8_t* data, std::size_t size);
extern "C" {
int one_input_encoding(const std::uint8_t* data, std::size_t size);
int one_input_tree(const std::uint8_t* data, std::size_t size);
int one_input_flat(const std::uint8_t* data, std::size_t size);
int one_input_extract(const std::uint8_t* data, std::size_t size);
int one_input_sources(const std::uint8_t* data, std::size_t size);
int one_input_options(const std::uint8_t* data, std::size_t size);
}

namespace {

struct Named {
  std::string_view name;
  Target run;
};
constexpr Named targets[] = {{"encoding", one_input_encoding}, {"tree", one_input_tree},       {"flat", one_input_flat},
                             {"extract", one_input_extract},   {"sources", one_input_sources}, {"options", one_input_options}};

void run(Target target, const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  // Of its exact size, so that a sanitizer sees a byte too many.
  const auto exact = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), exact.get());
  std::fprintf(stderr, "%s\n", path.c_str());  // where it fails, the last line says on what
  target(exact.get(), bytes.size());
}

}  // namespace

int main(int count, char** arguments) {
  namespace fs = std::filesystem;
  const Named* target = count < 2 ? std::end(targets)
                                  : std::find_if(std::begin(targets), std::end(targets),
                                                 [&](const Named& t) { return t.name == arguments[1]; });
  if (target == std::end(targets)) {
    std::fprintf(stderr, "replay TARGET FOLDER...\n");
    return 2;
  }
  std::size_t files = 0;
  for (int i = 2; i < count; ++i) {
    std::vector<fs::path> paths;
    if (fs::is_directory(arguments[i]))
      for (const auto& entry : fs::directory_iterator(arguments[i])) paths.push_back(entry.path());
    else if (fs::exists(arguments[i]))
      paths.emplace_back(arguments[i]);
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) run(target->run, path);
    files += paths.size();
  }
  std::fprintf(stderr, "%zu inputs\n", files);
  return files == 0 ? 1 : 0;
}
