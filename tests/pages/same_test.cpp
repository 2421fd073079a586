// The same bytes give the same document: from any extractor, whatever it read before, on any thread, with whatever
// instructions the machine has.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "base/cpu.h"
#include "tests/pages/expectations.h"
#include "tests/pages/samples.h"
#include "tests/pipeline/program.h"

namespace offprint::testing {
namespace {

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

// In this program: without AVX2, and with each of the kernels that simdjson has for this machine.
TEST(Same, WithoutAvx2) {
  const std::vector<Sample> all = samples();
  Extractor extractor;
  std::vector<std::string> usual;
  for (const Sample& sample : all) usual.push_back(json_of(extractor, sample));
  cpu::forbid_avx2(true);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(json_of(extractor, all[i]), usual[i]) << all[i].name;
  cpu::forbid_avx2(false);
  const simdjson::implementation* best = simdjson::get_active_implementation();
  for (const simdjson::implementation* other : simdjson::get_available_implementations()) {
    if (!other->supported_by_runtime_system()) continue;
    simdjson::get_active_implementation() = other;
    for (std::size_t i = 0; i < all.size(); ++i)
      EXPECT_EQ(json_of(extractor, all[i]), usual[i]) << other->name() << ": " << all[i].name;
  }
  simdjson::get_active_implementation() = best;
}

// Another program, compiled without vector instructions, on a machine that seems to have none but SSE2: the C library
// has functions of mathematics for machines with FMA and for others, too.
TEST(Same, FromPortableCode) {
  if (*OFFPRINT_PORTABLE_DOCUMENTS == '\0') GTEST_SKIP() << "not built under sanitizers";
  const Folder folder;
  std::string list;
  for (const std::string& path : sample_paths()) list += path + '\n';
  const std::string out = folder.path / "out";
  const std::string command =
      "SIMDJSON_FORCE_IMPLEMENTATION=fallback GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-FMA,-FMA4,-SSE4_2,-SSE4_1 "
      "'" OFFPRINT_PORTABLE_DOCUMENTS "' <'" +
      folder.write("list", list) + "' >'" + out + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const std::string portable = slurp(out);
  Extractor extractor;
  std::size_t at = 0;
  for (const Sample& sample : samples()) {
    const std::string json = json_of(extractor, sample);
    EXPECT_EQ(portable.substr(at, json.size()), json) << sample.name;
    at = portable.find('\n', at) + 1;
    ASSERT_NE(at, 0u) << "no document of " << sample.name;
  }
  EXPECT_EQ(at, portable.size());
}

TEST(Same, FromTheProgramWithAnyThreads) {
  const Folder folder;
  const std::vector<std::string> paths = sample_paths();
  std::string list;
  for (const std::string& path : paths) list += path + '\n';
  const std::string file = folder.write("list", list);
  const Ended one = run({"-j", "1", "--files-from", file});
  EXPECT_EQ(one.exit, 0) << one.error;
  EXPECT_EQ(std::count(one.out.begin(), one.out.end(), '\n'), static_cast<std::ptrdiff_t>(paths.size()));
  for (const char* threads : {"2", "4", "7"})
    EXPECT_EQ(run({"-j", threads, "--files-from", file}).out, one.out) << threads << " threads";
}

}  // namespace
}  // namespace offprint::testing
