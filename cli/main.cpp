#include <csignal>
#include <exception>

#include "cli/cli.h"

int main(int argc, char** argv) {
  using namespace offprint::cli;
  // A reader that closes its end is an error of writing, which is told, not a death.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // nor is a limit on the size of files
  try {
    return run(argc, argv);
  } catch (const std::exception& problem) {
    say(problem.what());
    return nothing_done;
  }
}
