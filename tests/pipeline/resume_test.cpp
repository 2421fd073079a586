// The output of a run that was killed at any instant and gone on with is that of an undisturbed one, byte for
// byte.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cstdlib>
#include <random>

#include "tests/pipeline/program.h"

namespace offprint::testing {
namespace {

using namespace sources::testing;

// Archives of every kind, damage in them, and pages by themselves.
std::vector<std::string> make_crawl(const Folder& folder, int times = 1) {
  std::vector<std::string> inputs;
  std::string members, big, frames;
  for (int i = 0; i < 90 * times; ++i) {
    std::string member = deflated(response(uri(i), page(i, 20'000 + 100u * static_cast<unsigned>(i % 90))));
    if (i % 40 == 17) member[member.size() / 2] = static_cast<char>(member[member.size() / 2] ^ 0x20);
    members += member;
    big += response(uri(1000 + i), page(1000 + i, 15'000));
    if (i == 40) big += "garbage between records";
    frames += zstd_packed(response(uri(2000 + i), page(2000 + i, 15'000)));
  }
  inputs.push_back(folder.write("0.warc.gz", members));
  inputs.push_back(folder.write("1.warc.gz", deflated(big)));
  inputs.push_back(folder.write("2.html", page(5000)));
  inputs.push_back((folder.path / "missing.html").string());
  inputs.push_back(folder.write("4.warc.zst", frames));
  inputs.push_back(folder.write("5.warc", big));
  std::string lines;
  for (int i = 0; i < 120 * times; ++i)
    lines +=
        "{\"url\":\"http://j/" + std::to_string(i) + "\",\"html\":\"<p>" + std::string(9000, 'x') + "\"}\n";
  inputs.push_back(folder.write("6.jsonl", lines));
  return inputs;
}

// For each kind of output.
int kills() {
  const char* wanted = std::getenv("OFFPRINT_KILLS");
  return wanted != nullptr ? std::atoi(wanted) : 4;
}

// Without what differs from run to run.
std::string counts_of(const std::filesystem::path& report) {
  std::string text = slurp(report);
  const std::size_t from = text.find(",\"seconds\""), to = text.find(",\"finished\"");
  if (from != std::string::npos && to != std::string::npos) text.erase(from, to - from);
  return text;
}

void kill_and_go_on(const std::string& name, int times = 1) {
  const Folder folder;
  const std::vector<std::string> inputs = make_crawl(folder, times);
  const auto arguments = [&](const std::string& output) {
    std::vector<std::string> a = inputs;
    for (const std::string& more :
         {std::string("-o"), (folder.path / output).string(), std::string("--report"),
          (folder.path / (output + ".report")).string(), std::string("--checkpoint"), std::string("0")})
      a.push_back(more);
    return a;
  };
  const Ended whole = run(arguments("whole" + name));
  ASSERT_EQ(whole.exit, 1) << whole.error;  // damaged and missing inputs
  const std::string expected = slurp(folder.path / ("whole" + name));
  ASSERT_GT(expected.size(), 10'000u);

  std::mt19937 random(static_cast<unsigned>(std::hash<std::string>{}(name)));
  const std::string output = "killed" + name;
  int killed = 0, finished = 0, went_on = 0;
  double longest = whole.seconds;  // may have been a bad moment of a loaded machine
  while (killed < kills() && finished < 10 * kills()) {
    // One run to its end, with as many deaths on the way as come.
    for (bool anew = true;; anew = false) {
      Limited how;
      how.error_file = folder.path / "error";
      const Program program = start(arguments(output), how);
      sleep_beside(program, std::uniform_real_distribution<double>(0, longest)(random));
      ::kill(program.pid, SIGKILL);
      const Ended ended = wait_for(program);
      went_on += slurp(how.error_file).find("going on behind") != std::string::npos;
      if (ended.exit != 128 + SIGKILL) {
        ASSERT_EQ(ended.exit, 1) << slurp(how.error_file);
        if (anew) longest = std::min(longest, ended.seconds);
        break;
      }
      ++killed;
      if (std::filesystem::exists(folder.path / output)) {
        // Never torn under its final name.
        ASSERT_EQ(slurp(folder.path / output), expected);
      }
      if (killed > 20 * kills()) break;  // a machine so loaded that nothing ever ends
    }
    const Ended last = std::filesystem::exists(folder.path / (output + ".part")) ? run(arguments(output))
                                                                                 : Ended{1, 0, {}, {}};
    ASSERT_EQ(last.exit, 1) << last.error;
    ASSERT_EQ(slurp(folder.path / output), expected);
    EXPECT_EQ(counts_of(folder.path / (output + ".report")),
              counts_of(folder.path / ("whole" + name + ".report")));
    EXPECT_FALSE(std::filesystem::exists(folder.path / (output + ".part")));
    EXPECT_FALSE(std::filesystem::exists(folder.path / (output + ".part.journal")));
    std::filesystem::remove(folder.path / output);
    ++finished;
  }
  EXPECT_GE(killed, kills());
  std::printf("killed %d times, went on %d times, finished %d times\n", killed, went_on, finished);
}

TEST(Resume, KilledJsonLines) {
  kill_and_go_on(".jsonl");
}
TEST(Resume, KilledZstd) {
  kill_and_go_on(".jsonl.zst");
}
TEST(Resume, KilledGzip) {
  kill_and_go_on(".jsonl.gz");
}

TEST(Resume, KilledParquet) {
  kill_and_go_on(".parquet", 4);  // its batches are larger
}
TEST(Resume, KilledArrow) {
  kill_and_go_on(".arrow", 4);
}

// A state as a kill leaves it: the program is stopped by a limit on the size of files.
struct Interrupted {
  Folder folder;
  std::vector<std::string> arguments;
  std::string expected;
  std::filesystem::path output = folder.path / "out.jsonl", part = folder.path / "out.jsonl.part",
                        journal = folder.path / "out.jsonl.part.journal";
  Ended stopped;

  Interrupted() {
    arguments = make_crawl(folder);
    for (const std::string& more :
         {std::string("--checkpoint"), std::string("0"), std::string("-o"), output.string()})
      arguments.push_back(more);
    EXPECT_EQ(run(arguments).exit, 1);
    expected = slurp(output);
    std::filesystem::remove(output);
    stopped = run(arguments, {}, expected.size() / 2);
  }
  void expect_goes_on() {
    const Ended ended = run(arguments);
    ASSERT_EQ(ended.exit, 1) << ended.error;
    ASSERT_TRUE(slurp(output) == expected);
    std::filesystem::remove(output);
  }
};

TEST(Resume, FullDiskStopsCleanly) {
  Interrupted i;
  EXPECT_EQ(i.stopped.exit, 1);
  EXPECT_NE(i.stopped.error.find("make room and run the same command again to go on"), std::string::npos)
      << i.stopped.error;
  EXPECT_FALSE(std::filesystem::exists(i.output));
  EXPECT_TRUE(std::filesystem::exists(i.part));
  const Ended ended = run(i.arguments);
  EXPECT_NE(ended.error.find("going on behind"), std::string::npos) << ended.error;
  EXPECT_EQ(slurp(i.output), i.expected);
}

// Full after any number of bytes: make test tries a few, make test-faults many.
TEST(Resume, FullDiskAnywhere) {
  const Folder folder;
  const std::vector<std::string> inputs = make_crawl(folder);
  for (const char* name : {"out.jsonl", "out.parquet", "out.arrow"}) {
    std::vector<std::string> arguments = inputs;
    const std::filesystem::path out = folder.path / name, part = out.string() + ".part";
    for (const std::string& more :
         {std::string("--checkpoint"), std::string("0"), std::string("-o"), out.string()})
      arguments.push_back(more);
    ASSERT_EQ(run(arguments).exit, 1);
    const std::string expected = slurp(out);
    const std::size_t steps = std::getenv("OFFPRINT_KILLS") != nullptr ? 40 : 3;
    for (std::size_t step = 1; step <= steps; ++step) {
      std::filesystem::remove(out);
      // The last byte is missing, too: of a table that is amid its footer.
      const std::size_t limit = step == steps ? expected.size() - 1 : expected.size() * step / steps;
      const Ended ended = run(arguments, {}, limit);
      ASSERT_EQ(ended.exit, 1) << ended.error;
      ASSERT_FALSE(std::filesystem::exists(out)) << name << " " << limit;
      ASSERT_NE(ended.error.find("File too large"), std::string::npos) << ended.error;
      ASSERT_EQ(run(arguments).exit, 1);
      ASSERT_TRUE(slurp(out) == expected) << name << " " << limit;
    }
  }
}

// A disk of its own that is really full, where we may mount one: the journal has no room either.
TEST(Resume, FullFileSystem) {
  const Folder folder;
  const std::filesystem::path disk = folder.path / "disk";
  std::filesystem::create_directories(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=256k") != 0) GTEST_SKIP() << "no right to mount";
  struct Mounted {
    std::string path;
    ~Mounted() { ::umount2(path.c_str(), MNT_DETACH); }
  } const mounted{disk.string()};
  const std::vector<std::string> inputs = make_crawl(folder);
  for (const char* name : {"out.jsonl", "out.parquet"}) {
    std::vector<std::string> arguments = inputs;
    for (const std::string& more : {std::string("--checkpoint"), std::string("0"), std::string("-o")})
      arguments.push_back(more);
    arguments.push_back((folder.path / name).string());
    ASSERT_EQ(run(arguments).exit, 1);
    const std::string expected = slurp(folder.path / name);
    ASSERT_GT(expected.size(), 300'000u) << name;
    arguments.back() = (disk / name).string();
    const Ended ended = run(arguments);
    ASSERT_EQ(ended.exit, 1) << ended.error;
    ASSERT_NE(ended.error.find("No space left on device"), std::string::npos) << ended.error;
    ASSERT_FALSE(std::filesystem::exists(disk / name));
    ASSERT_EQ(::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0);
    ASSERT_EQ(run(arguments).exit, 1);
    ASSERT_TRUE(slurp(disk / name) == expected) << name;
    std::filesystem::remove(disk / name);
    ASSERT_EQ(::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=256k"), 0);
  }
}

TEST(Resume, DamagedJournalOrPart) {
  Interrupted i;
  const std::string part = slurp(i.part), journal = slurp(i.journal);
  ASSERT_GT(journal.size(), 1000u);
  std::mt19937 random(1);
  const auto put = [](const std::filesystem::path& to, const std::string& bytes) {
    std::ofstream(to, std::ios::binary) << bytes;
  };
  for (int round = 0; round < 16; ++round) {
    std::string bad_part = part, bad_journal = journal;
    switch (round % 4) {
      case 0:
        bad_journal.resize(random() % journal.size());
        break;
      case 1:
        bad_part.resize(random() % part.size());
        break;
      case 2:
        bad_journal[random() % journal.size()] ^= 0x11;
        break;
      case 3:
        bad_part[random() % part.size()] ^= 0x11;
        break;
    }
    put(i.part, bad_part);
    put(i.journal, bad_journal);
    i.expect_goes_on();
    if (::testing::Test::HasFatalFailure()) return;
  }
  // A tail that no entry vouches for.
  put(i.part, part + "torn{\"half\":");
  put(i.journal, journal + "00000000 {\"file\"");
  i.expect_goes_on();
}

TEST(Resume, OtherOptionsAreNotGoneOnWith) {
  Interrupted i;
  std::vector<std::string> other = i.arguments;
  other.push_back("--no-blocks");
  const Ended refused = run(other);
  EXPECT_EQ(refused.exit, 2);
  EXPECT_NE(refused.error.find("--restart"), std::string::npos) << refused.error;
  other.push_back("--restart");
  EXPECT_EQ(run(other).exit, 1);
  EXPECT_TRUE(std::filesystem::exists(i.output));
}

TEST(Resume, ChangedInputsAreNotGoneOnWith) {
  Interrupted i;
  std::ofstream(i.arguments[5], std::ios::app) << "more";
  EXPECT_EQ(run(i.arguments).exit, 2);
}

TEST(Resume, StopsInGoodOrderWhenAsked) {
  Interrupted i;
  i.expect_goes_on();
  for (int after : {0, 5, 20, 60, 150}) {
    Limited how;
    how.error_file = i.folder.path / "error";
    const Program program = start(i.arguments, how);
    ::usleep(static_cast<unsigned>(after) * 1000);
    ::kill(program.pid, SIGTERM);
    const int exit = wait_for(program).exit;
    EXPECT_TRUE(exit == 128 + SIGTERM || exit == 1) << exit << slurp(how.error_file);
    if (exit == 1) std::filesystem::remove(i.output);
  }
  i.expect_goes_on();
}

TEST(Resume, OneRunAtATime) {
  Interrupted i;
  const int fd = ::open(i.part.c_str(), O_RDWR);
  ASSERT_GE(fd, 0);
  ASSERT_EQ(::flock(fd, LOCK_EX), 0);
  const Ended ended = run(i.arguments);
  ::close(fd);
  EXPECT_EQ(ended.exit, 2);
  EXPECT_NE(ended.error.find("another run"), std::string::npos) << ended.error;
  i.expect_goes_on();
}

}  // namespace
}  // namespace offprint::testing
