// Which vector instructions the code uses. SSE2 is settled when it is compiled (it is part of x86-64), AVX2 when it
// runs. -DOFFPRINT_PORTABLE leaves out all of them, so that tests and fuzz/ can compare with the portable twins.
#pragma once

#include <atomic>

#if defined(__SSE2__) && !defined(OFFPRINT_PORTABLE)
#define OFFPRINT_SSE2 1
#include <emmintrin.h>
#endif
#if defined(__x86_64__) && defined(__GNUC__) && !defined(OFFPRINT_PORTABLE)
#define OFFPRINT_HAS_AVX2 1
#endif

namespace offprint::cpu {

enum class Avx2 : signed char { unknown, no, yes };
inline std::atomic<Avx2> avx2{Avx2::unknown};

// Whether this machine has AVX2, and no test forbids it.
inline bool has_avx2() {
#if defined(OFFPRINT_HAS_AVX2)
  const Avx2 known = avx2.load(std::memory_order_relaxed);
  if (known != Avx2::unknown) [[likely]]
    return known == Avx2::yes;
  const Avx2 found = __builtin_cpu_supports("avx2") ? Avx2::yes : Avx2::no;
  avx2.store(found, std::memory_order_relaxed);
  return found == Avx2::yes;
#else
  return false;
#endif
}

// For tests: what is done from here on is done without AVX2. `forbid_avx2(false)` asks the machine again.
inline void forbid_avx2(bool forbidden) {
  avx2.store(forbidden ? Avx2::no : Avx2::unknown, std::memory_order_relaxed);
}

}  // namespace offprint::cpu
