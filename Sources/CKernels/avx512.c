#include "levels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define CK_TILE_ROWS 12
#define CK_BFLOAT16_DOT 0

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#include "body/kernels.h"
#pragma clang attribute pop

const ck_kernels ck_kernels_avx512 = CK_KERNELS(ck_level_avx512);

#endif
