#include "base/cpu.h"

#if defined(OFFPRINT_HAS_AVX2) && defined(__linux__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace offprint::cpu {

bool allow_amx() {
#if defined(OFFPRINT_HAS_AVX2) && defined(__linux__)
  // Intel's SDM, CPUID leaf 7: AMX-TILE and AMX-INT8. Linux, Documentation/arch/x86/xstate.rst.
  constexpr unsigned tiles_and_bytes = 1u << 24 | 1u << 25;
  constexpr long ask_for_state = 0x1023, tile_data = 18;
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!has_avx512_vnni() || __get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (d & tiles_and_bytes) != tiles_and_bytes) return false;
  if (syscall(SYS_arch_prctl, ask_for_state, tile_data) != 0) return false;
  amx_allowed.store(true, std::memory_order_relaxed);
  return true;
#else
  return false;
#endif
}

}  // namespace offprint::cpu
