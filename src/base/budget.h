// What a page may cost. A stage that meets a limit stops early, keeps what it has, and names the limit; the
// document then says `partial`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace offprint {

enum class Limit : std::uint8_t { none, bytes, nodes, depth, attributes, output, json_depth, time };

struct Budgets {
  std::size_t bytes = 64u << 20;            // of captured input that is read
  std::uint32_t nodes = 4'000'000;          // of the tree
  std::uint32_t depth = 512;                // of open elements, as browsers cap it; deeper ones become siblings
  std::uint32_t attributes = 1000;          // of one element; further ones are dropped
  std::size_t output = 256u << 20;          // bytes of all text handed on
  std::uint32_t json_depth = 128;           // of JSON-LD and other embedded JSON
  std::uint32_t milliseconds = 0;           // monotonic; 0 = no limit
};

// Passed down the stages of one page. `spent` names the first hard limit that ran out (bytes, nodes, output, time);
// depth, attributes and json_depth are soft: noted here, work goes on.
struct Meter {
  Budgets budgets;
  Limit spent = Limit::none;
  Limit noted = Limit::none;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();

  explicit Meter(const Budgets& b = {}) : budgets(b) {
    if (b.milliseconds != 0)
      deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(b.milliseconds);
  }
  // Costs a clock read: call it every few thousand steps. True where work must stop.
  bool out_of_time() {
    if (budgets.milliseconds != 0 && spent == Limit::none && std::chrono::steady_clock::now() > deadline)
      spent = Limit::time;
    return spent == Limit::time;
  }
};

}  // namespace offprint
