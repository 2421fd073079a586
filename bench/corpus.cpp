// Whole pages, as a crawl has them: bytes in memory → tree, → document, → JSON; one thread and two; pages of growing size;
// memory, and whether it grows.
//
//   bench_corpus FOLDER [LOOPS [PAGES]]     FOLDER holds *.html or *.html.gz; prints "name value unit" lines for bench/run.sh
//
// PAGES (0): so many pages in a loop over the folder, and the resident memory at a tenth, a half and the end of them.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "offprint/offprint.h"
#include "pages.h"
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
void* operator new(std::size_t size, std::align_val_t to) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  const auto line = static_cast<std::size_t>(to);
  if (void* p = std::aligned_alloc(line, (size + line - 1) / line * line)) return p;
  throw std::bad_alloc();
}
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace {

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

// Takes pages that no other thread has taken until none is left; returns the time of this thread's processor.
double extract_all(const std::vector<std::string>& pages, std::atomic<std::size_t>& next) {
  offprint::Extractor extractor;
  const double start = now();
  for (std::size_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < pages.size();) extractor.extract({.bytes = pages[i]});
  return now() - start;
}

// One thread against two, by the clock on the wall and by the processors' time: the second says what the threads take
// from each other (memory, caches, locks) where other work on the machine makes the first meaningless.
struct Threads {
  double alone = 1e9, both = 1e9;             // on the wall
  double alone_cpu = 1e9, both_cpu = 1e9;     // of the processors; of both together
  void round(const std::vector<std::string>& pages) {
    std::atomic<std::size_t> next{0};
    double start = wall();
    alone_cpu = std::min(alone_cpu, extract_all(pages, next));
    alone = std::min(alone, wall() - start);
    next = 0;
    double other_cpu = 0;
    start = wall();
    std::thread other([&] { other_cpu = extract_all(pages, next); });
    const double cpu = extract_all(pages, next);
    other.join();
    both = std::min(both, wall() - start);
    both_cpu = std::min(both_cpu, cpu + other_cpu);
  }
};

// One ordinary page, and the same repeated within a document: work per byte must not grow with the size.
void sizes(const std::vector<std::string>& pages) {
  const std::string* base = &pages[0];
  const auto far = [](const std::string& page) { return page.size() > 65536 ? page.size() - 65536 : 65536 - page.size(); };
  for (const std::string& page : pages)
    if (far(page) < far(*base)) base = &page;
  offprint::Extractor extractor;
  offprint::Page tree;
  std::string page;
  for (int times = 1; times <= 256; times *= 4) {
    while (page.size() < base->size() * static_cast<std::size_t>(times)) page += *base;
    double parse = 1e9, extract = 1e9;
    for (int round = 0; round < 1 + 256 / times; ++round) {
      offprint::Meter meter;
      double start = now();
      tree.clear();
      offprint::parse(tree, page, {}, meter);
      parse = std::min(parse, now() - start);
      start = now();
      extractor.extract({.bytes = page});
      extract = std::min(extract, now() - start);
    }
    const double size = static_cast<double>(page.size());
    fmt::print("size_{:.0f}_kb {:.1f} {:.1f}\n", size / 1e3, size / 1e6 / parse, size / 1e6 / extract);
  }
}

double resident_mb() {
  std::ifstream file("/proc/self/statm");
  std::size_t whole = 0, resident = 0;
  file >> whole >> resident;
  return static_cast<double>(resident) * 4096 / 1e6;
}

void growth(const std::vector<std::string>& pages, std::size_t count) {
  offprint::Extractor extractor;
  std::string out;
  for (std::size_t done = 1; done <= count; ++done) {
    out.clear();
    offprint::write(extractor.extract({.bytes = pages[done % pages.size()]}), offprint::Format::json, out);
    if (done == count / 10 || done == count / 2 || done == count) fmt::print("resident_after_{} {:.1f} MB\n", done, resident_mb());
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  bench::begin();
  // First, memory: pages read one at a time, as a run does.
  const std::vector<std::string> paths = bench::paths_of(argv[1]);
  std::size_t total = 0, largest = 0;
  {
    offprint::Extractor extractor;
    for (const std::string& path : paths) {
      const std::string page = offprint::read_gzip(path);
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
  for (const std::string& path : paths) pages.push_back(offprint::read_gzip(path));
  const int loops = argc > 2 ? std::atoi(argv[2]) : 3;
  double parse = 1e9, extract = 1e9, json = 1e9;
  Threads threads;
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
    threads.round(pages);
  }
  fmt::print("parse {:.1f} MB/s\n", mb / parse);
  fmt::print("extract {:.1f} MB/s\n", mb / extract);
  fmt::print("json {:.1f} MB/s\n", mb / json);
  fmt::print("two_threads {:.2f} times\n", threads.alone / threads.both);
  fmt::print("two_threads_cpu {:.2f} times\n", 2 * threads.alone_cpu / threads.both_cpu);
  fmt::print("allocations {:.1f} a page\n", static_cast<double>(steady) / static_cast<double>(pages.size()));
  sizes(pages);
  if (argc > 3) growth(pages, static_cast<std::size_t>(std::atoll(argv[3])));
  return 0;
}
