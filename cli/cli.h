// The program's parts: arguments -> what to do; one page; many pages; what a terminal shows.
#pragma once

#include <string>
#include <vector>

#include "offprint/offprint.h"
#include "pipeline/pipeline.h"

namespace offprint::cli {

// docs: OUTPUT.md. 0 all done; 1 some inputs failed; 2 nothing could be done.
enum Exit : int { all_done = 0, some_failed = 1, nothing_done = 2 };

struct Arguments {
  enum class Command : unsigned char { extract, inspect, read } command = Command::extract;
  std::vector<std::string> inputs;
  bool format_given = false;
  std::string output;  // empty or "-" = standard output
  std::string report;
  bool table_given = false;  // by -f
  bool restart = false, quiet = false;
  pipeline::RunOptions run;
};

// The whole program: its exit status. Throws what the library and the system do.
int run(int argc, char** argv);

// True where the program is to go on; else `exit` is its status, and everything was said.
bool parse_arguments(int argc, char** argv, Arguments& arguments, int& exit);

int extract(Arguments& arguments);          // crawl.cpp
int make_page(const Arguments& arguments);  // one_page.cpp: inspect and read

// A table, by the end of an output's name; lines where it is none.
pipeline::Container container_of(std::string_view path);
// By the end of an output's name (without .gz and .zst); false where it says nothing.
bool format_of(std::string_view path, Format& format);

void say(std::string_view message);  // a line on standard error
// One line that is written over again and again; nothing where standard error is no terminal.
void show_progress(const pipeline::Progress& progress);
void clear_progress();
bool on_terminal();

}  // namespace offprint::cli
