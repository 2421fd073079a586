#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/cli.h"

namespace offprint::cli {
namespace {

bool shown = false;

std::string time_of(double seconds) {
  const auto s = static_cast<long>(seconds);
  if (s >= 3600) return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  return fmt::format("{}:{:02}", s / 60, s % 60);
}

}  // namespace

bool on_terminal() {
  static const bool terminal = ::isatty(STDERR_FILENO) == 1;
  return terminal;
}

void say(std::string_view message) {
  clear_progress();
  fmt::print(stderr, "offprint: {}\n", message);
}

void show_progress(const pipeline::Progress& p) {
  if (!on_terminal() || p.seconds <= 0) return;
  const double documents = static_cast<double>(p.documents - p.earlier_documents),
               bytes = static_cast<double>(p.read_bytes - std::min(p.read_bytes, p.earlier_bytes));
  std::string line = fmt::format("{} pages, {:.0f} pages/s, {:.1f} MB/s", p.documents, documents / p.seconds,
                                 bytes / 1e6 / p.seconds);
  if (p.total_bytes != 0 && bytes > 0) {
    const double left = static_cast<double>(p.total_bytes - std::min(p.total_bytes, p.read_bytes));
    line += fmt::format(", {:.0f} %, {} left",
                        100 * static_cast<double>(p.read_bytes) / static_cast<double>(p.total_bytes),
                        time_of(p.seconds * left / bytes));
  }
  if (p.failures != 0) line += fmt::format(", {} failed", p.failures);
  fmt::print(stderr, "\r\x1b[K{}", line);
  std::fflush(stderr);
  shown = true;
}

void clear_progress() {
  if (!shown) return;
  fmt::print(stderr, "\r\x1b[K");
  shown = false;
}

}  // namespace offprint::cli
