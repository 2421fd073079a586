// Runs the program and looks at what it did.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/sources/make.h"

namespace offprint::testing {

using sources::testing::Folder;

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Program {
  pid_t pid = -1;
  std::chrono::steady_clock::time_point start;
};

struct Limited {
  std::string input_file;   // for standard input; empty: /dev/null
  std::string output_file;  // for standard output
  std::string error_file;
  std::uint64_t most_file_bytes = 0;
};

inline Program start(const std::vector<std::string>& arguments, const Limited& how) {
  std::vector<char*> argv{const_cast<char*>(OFFPRINT_PROGRAM)};
  for (const std::string& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
  argv.push_back(nullptr);
  Program program;
  program.start = std::chrono::steady_clock::now();
  program.pid = ::fork();
  if (program.pid == 0) {
    const auto to = [](const std::string& file, int fd, int flags) {
      const int opened = ::open(file.empty() ? "/dev/null" : file.c_str(), flags, 0600);
      ::dup2(opened, fd);
      ::close(opened);
    };
    to(how.input_file, 0, O_RDONLY);
    to(how.output_file, 1, O_WRONLY | O_CREAT | O_TRUNC);
    to(how.error_file, 2, O_WRONLY | O_CREAT | O_TRUNC);
    if (how.most_file_bytes != 0) {
      const rlimit limit{how.most_file_bytes, how.most_file_bytes};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ::execv(OFFPRINT_PROGRAM, argv.data());
    ::_exit(127);
  }
  return program;
}

struct Ended {
  int exit = -1;  // 128 + signal where it was killed
  double seconds = 0;
  std::string out, error;
};

inline Ended wait_for(const Program& program) {
  int status = 0;
  ::waitpid(program.pid, &status, 0);
  Ended ended;
  ended.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - program.start).count();
  ended.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ended;
}

// Sleeps so long, or until the program has ended.
inline void sleep_beside(const Program& program, double seconds) {
  // glibc 2.36 declares pidfd_open() for C alone.
  pollfd end{static_cast<int>(::syscall(SYS_pidfd_open, program.pid, 0)), POLLIN, 0};
  const auto whole = static_cast<time_t>(seconds);
  const timespec most{whole, static_cast<long>((seconds - static_cast<double>(whole)) * 1e9)};
  ::ppoll(&end, 1, &most, nullptr);
  ::close(end.fd);
}

inline Ended run(const std::vector<std::string>& arguments, std::string_view input = {},
                 std::uint64_t most_file_bytes = 0) {
  const Folder folder;
  Limited how;
  how.input_file = folder.write("in", input);
  how.output_file = folder.path / "out";
  how.error_file = folder.path / "error";
  how.most_file_bytes = most_file_bytes;
  Ended ended = wait_for(start(arguments, how));
  ended.out = slurp(folder.path / "out");
  ended.error = slurp(folder.path / "error");
  return ended;
}

}  // namespace offprint::testing
