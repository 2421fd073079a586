#include <csignal>
#include <exception>

#include "cli/cli.h"
#include "offprint/offprint.h"

int main(int argc, char** argv) {
  using namespace offprint::cli;
  // A reader that closes its end is an error of writing, which is told, not a death.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // nor is a limit on the size of files
  static_cast<void>(offprint::allow_amx());
  try {
    Arguments arguments;
    int exit = all_done;
    if (!parse_arguments(argc, argv, arguments, exit)) return exit;
    return arguments.command == Arguments::Command::extract ? extract(arguments) : make_page(arguments);
  } catch (const std::exception& problem) {
    say(problem.what());
    return nothing_done;
  }
}
