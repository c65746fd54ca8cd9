#include "levels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define CK_TILE_ROWS 6
#define CK_BFLOAT16_DOT 0

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#include "body/kernels.h"
#pragma clang attribute pop

const ck_kernels ck_kernels_avx2 = CK_KERNELS(ck_level_avx2);

#endif
