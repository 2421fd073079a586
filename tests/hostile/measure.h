// What a piece of work costs: time of this thread alone, since other programs on the machine do not count,
// and the peak of resident memory.
#pragma once

#include <malloc.h>

#include <cstddef>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace offprint::hostile {

inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// How far resident memory rises above where it stood. Linux can forget a process's peak; where it cannot,
// known() is false.
class PeakMemory {
 public:
  PeakMemory() {
    malloc_trim(0);
    if (std::FILE* file = std::fopen("/proc/self/clear_refs", "w")) {
      known_ = std::fputs("5", file) >= 0;
      known_ &= std::fclose(file) == 0;
    }
    before_ = read("VmRSS:");
  }
  bool known() const { return known_ && before_ != 0; }
  std::size_t bytes() const {
    const std::size_t peak = read("VmHWM:");
    return peak > before_ ? peak - before_ : 0;
  }

 private:
  static std::size_t read(const char* field) {
    std::size_t kilobytes = 0;
    if (std::FILE* file = std::fopen("/proc/self/status", "r")) {
      char line[256];
      while (std::fgets(line, sizeof line, file) != nullptr)
        if (std::strncmp(line, field, std::strlen(field)) == 0)
          std::sscanf(line + std::strlen(field), "%zu", &kilobytes);
      std::fclose(file);
    }
    return kilobytes * 1024;
  }
  std::size_t before_ = 0;
  bool known_ = false;
};

}  // namespace offprint::hostile
