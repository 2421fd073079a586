// Which vector instructions the code uses. SSE2 is settled when it is compiled (it is part of x86-64), AVX2 and AVX-512
// when it runs. -DOFFPRINT_PORTABLE leaves out all of them, so that tests and fuzz/ can compare with the portable twins.
#pragma once

#include <atomic>

#if defined(__SSE2__) && !defined(OFFPRINT_PORTABLE)
#define OFFPRINT_SSE2 1
#include <emmintrin.h>
#endif
#if defined(__x86_64__) && defined(__GNUC__) && !defined(OFFPRINT_PORTABLE)
#define OFFPRINT_HAS_AVX2 1
// Of functions that are called only where has_avx2().
#define OFFPRINT_AVX2 __attribute__((target("avx2")))
// And has_avx512(); such machines have the others, too.
#define OFFPRINT_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi,popcnt,bmi")))
#endif

namespace offprint::cpu {

// What a machine has; each level includes those before it. `avx512` is AVX-512 F, BW and VBMI: Ice Lake, Zen 4 and later.
enum class Level : signed char { unknown, base, avx2, avx512 };
inline std::atomic<Level> level{Level::unknown};

inline Level level_of_this_machine() {
#if defined(OFFPRINT_HAS_AVX2)
  if (!__builtin_cpu_supports("avx2")) return Level::base;
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi");
  return wide ? Level::avx512 : Level::avx2;
#else
  return Level::base;
#endif
}

// The highest level of this machine that no test forbids.
inline Level best() {
  const Level known = level.load(std::memory_order_relaxed);
  if (known != Level::unknown) [[likely]]
    return known;
  const Level found = level_of_this_machine();
  level.store(found, std::memory_order_relaxed);
  return found;
}
inline bool has_avx2() { return best() >= Level::avx2; }
inline bool has_avx512() { return best() >= Level::avx512; }

// Whether it has the products of bytes of AVX-512 (VNNI), too.
inline bool has_avx512_vnni() {
#if defined(OFFPRINT_HAS_AVX2)
  static const bool found = __builtin_cpu_supports("avx512vnni");
  return found && has_avx512();
#else
  return false;
#endif
}

// AMX's products of bytes: only where the process was allowed its registers. It is not by itself, since each signal's frame grows by 8 KB:
// a stack for signals of less than AT_MINSIGSTKSZ bytes is refused from then on. So the library never asks the system; programs do
// (offprint::allow_amx()).
inline std::atomic<bool> amx_allowed{false};
inline bool has_amx() { return amx_allowed.load(std::memory_order_relaxed) && has_avx512_vnni(); }
// Asks the system for this process. False where the machine has none, or the system says no.
bool allow_amx();

// For tests: what is done from here on is done with this level at most.
inline void allow_at_most(Level most) {
  const Level found = level_of_this_machine();
  level.store(found < most ? found : most, std::memory_order_relaxed);
}
inline void forbid_avx2(bool forbidden) { allow_at_most(forbidden ? Level::base : Level::avx512); }

}  // namespace offprint::cpu
