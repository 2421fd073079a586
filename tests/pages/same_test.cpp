// The same bytes give the same document: from any extractor, whatever it read before, on any thread.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "tests/pages/expectations.h"
#include "tests/pipeline/program.h"

namespace offprint::testing {
namespace {

struct Sample {
  std::string name, bytes;
};

// A file, unpacked where it is gzip'd.
std::string unpacked(const std::string& path) {
  std::string bytes, piece(1 << 16, '\0');
  const gzFile file = gzopen(path.c_str(), "rb");
  for (int n; (n = gzread(file, piece.data(), static_cast<unsigned>(piece.size()))) > 0;)
    bytes.append(piece, 0, static_cast<std::size_t>(n));
  gzclose(file);
  return bytes;
}

// The sample pages, and some of the development corpora where they are at hand.
std::vector<Sample> samples() {
  std::vector<Sample> all;
  const auto add = [&](const std::filesystem::path& folder, std::size_t step) {
    if (!std::filesystem::exists(folder)) return;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (entry.path().extension() != ".md") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (std::size_t i = 0; i < paths.size(); i += step)
      all.push_back({paths[i].string(), unpacked(paths[i].string())});
  };
  add(OFFPRINT_SOURCE_DIR "/examples/pages", 1);
  add(OFFPRINT_SHARED_DIR "/corpora/wcxb-dev/html", 60);
  add(OFFPRINT_SHARED_DIR "/corpora/trafilatura-dev/html", 30);
  return all;
}

std::string json_of(Extractor& extractor, const Sample& sample) {
  std::string json;
  write(extractor.extract({.bytes = sample.bytes, .source = sample.name}, {.reasons = true}), Format::json,
        json);
  return json;
}

TEST(Same, FromAFreshAndAUsedExtractor) {
  const std::vector<Sample> all = samples();
  Extractor used;
  for (const Sample& sample : all) {
    Extractor fresh;
    const std::string json = json_of(fresh, sample);
    EXPECT_EQ(json, json_of(used, sample)) << sample.name;
    EXPECT_EQ(json, json_of(used, sample)) << "at once again: " << sample.name;
  }
}

TEST(Same, AfterOtherPages) {
  const std::vector<Sample> all = samples();
  Extractor extractor;
  std::vector<std::string> forwards;
  for (const Sample& sample : all) forwards.push_back(json_of(extractor, sample));
  for (std::size_t i = all.size(); i-- > 0;)
    EXPECT_EQ(forwards[i], json_of(extractor, all[i])) << all[i].name;
}

TEST(Same, OnThreadsOfTheirOwn) {
  const std::vector<Sample> all = samples();
  Extractor extractor;
  std::vector<std::string> alone;
  for (const Sample& sample : all) alone.push_back(json_of(extractor, sample));
  std::vector<std::vector<std::string>> together(4);
  std::vector<std::thread> threads;
  for (std::vector<std::string>& mine : together) {
    threads.emplace_back([&mine, &all] {
      Extractor own;
      for (const Sample& sample : all) mine.push_back(json_of(own, sample));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::vector<std::string>& mine : together)
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(mine[i], alone[i]) << all[i].name;
}

TEST(Same, FromTheProgramWithAnyThreads) {
  const std::string folder = OFFPRINT_SOURCE_DIR "/examples/pages";
  const Ended one = run({folder, "-j", "1"});
  EXPECT_EQ(one.exit, 0) << one.error;
  EXPECT_EQ(std::count(one.out.begin(), one.out.end(), '\n'), 9);
  EXPECT_EQ(run({folder, "-j", "4"}).out, one.out);
  EXPECT_EQ(run({folder, "-j", "4"}).out, one.out);
}

}  // namespace
}  // namespace offprint::testing
