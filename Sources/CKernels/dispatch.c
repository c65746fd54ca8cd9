// Which variants this processor can run.

#include "levels.h"

ck_level ck_best_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return ck_level_portable;
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw") ||
      !__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512vl"))
    return ck_level_avx2;
  return __builtin_cpu_supports("avx512bf16") ? ck_level_avx512bf16 : ck_level_avx512;
#else
  return ck_level_portable;
#endif
}

const ck_kernels *ck_kernels_of(ck_level level) {
#if defined(__x86_64__)
  switch (level) {
    case ck_level_avx2: return &ck_kernels_avx2;
    case ck_level_avx512: return &ck_kernels_avx512;
    case ck_level_avx512bf16: return &ck_kernels_avx512bf16;
    case ck_level_portable: break;
  }
#else
  (void)level;
#endif
  return &ck_kernels_portable;
}
