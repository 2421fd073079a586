// Whole pages, as a crawl has them: bytes in memory → tree, → document, → JSON; one thread and two; memory and growth.
//
//   bench_corpus FOLDER [LOOPS]     FOLDER holds *.html or *.html.gz; prints "name value unit" lines for bench/run.sh
#include <fmt/format.h>
#include <sys/resource.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "offprint/offprint.h"
#include "tree/tree.h"

namespace {

std::atomic<std::uint64_t> allocations{0};

}  // namespace

// Counts what the library asks of the heap.
void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* p = std::malloc(size == 0 ? 1 : size)) return p;
  throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace {

std::string read_file(const std::string& path) {
  std::string out;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return out;
  char buffer[65536];
  int n;
  while ((n = gzread(file, buffer, sizeof buffer)) > 0) out.append(buffer, static_cast<std::size_t>(n));
  gzclose(file);
  return out;
}

double now() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

double wall() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

long peak_kb() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

std::size_t extract_all(const std::vector<std::string>& pages, std::size_t first, std::size_t step) {
  offprint::Extractor extractor;
  std::size_t bytes = 0;
  for (std::size_t i = first; i < pages.size(); i += step) bytes += extractor.extract({.bytes = pages[i]}).text.size();
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  // First, memory: pages read one at a time, as a run does.
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
    if (entry.is_regular_file()) paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  std::size_t total = 0, largest = 0;
  {
    offprint::Extractor extractor;
    for (const std::string& path : paths) {
      const std::string page = read_file(path);
      total += page.size();
      largest = std::max(largest, page.size());
      extractor.extract({.bytes = page});
    }
  }
  const double mb = static_cast<double>(total) / 1e6;
  fmt::print("pages {} count\n", paths.size());
  fmt::print("bytes {:.1f} MB\n", mb);
  fmt::print("peak_memory {:.0f} MB\n", static_cast<double>(peak_kb()) / 1024);
  fmt::print("largest_page {:.1f} MB\n", static_cast<double>(largest) / 1e6);

  std::vector<std::string> pages;
  for (const std::string& path : paths) pages.push_back(read_file(path));
  const int loops = argc > 2 ? std::atoi(argv[2]) : 3;
  double parse = 1e9, extract = 1e9, json = 1e9, alone = 1e9, both = 1e9;
  std::uint64_t steady = 0;
  offprint::Page tree;
  offprint::Extractor extractor;
  std::string out;
  for (int loop = 0; loop < loops; ++loop) {
    double start = now();
    for (const std::string& page : pages) {
      offprint::Meter meter;
      tree.clear();
      offprint::parse(tree, page, {}, meter);
    }
    parse = std::min(parse, now() - start);
    const std::uint64_t before = allocations.load();
    start = now();
    for (const std::string& page : pages) extractor.extract({.bytes = page});
    extract = std::min(extract, now() - start);
    steady = allocations.load() - before;
    start = now();
    for (const std::string& page : pages) {
      out.clear();
      offprint::write(extractor.extract({.bytes = page}), offprint::Format::json, out);
    }
    json = std::min(json, now() - start);
    start = wall();
    extract_all(pages, 0, 1);
    alone = std::min(alone, wall() - start);
    start = wall();
    std::thread other([&] { extract_all(pages, 1, 2); });
    extract_all(pages, 0, 2);
    other.join();
    both = std::min(both, wall() - start);
  }
  fmt::print("parse {:.1f} MB/s\n", mb / parse);
  fmt::print("extract {:.1f} MB/s\n", mb / extract);
  fmt::print("json {:.1f} MB/s\n", mb / json);
  fmt::print("two_threads {:.2f} times\n", alone / both);
  fmt::print("allocations {:.1f} a page\n", static_cast<double>(steady) / static_cast<double>(pages.size()));
  return 0;
}
