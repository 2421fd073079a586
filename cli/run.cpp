#include "cli/cli.h"

namespace offprint::cli {

int run(int argc, char** argv) {
  Arguments arguments;
  int exit = all_done;
  if (!parse_arguments(argc, argv, arguments, exit)) return exit;
  static_cast<void>(allow_amx());
  return arguments.command == Arguments::Command::extract ? extract(arguments) : make_page(arguments);
}

}  // namespace offprint::cli
