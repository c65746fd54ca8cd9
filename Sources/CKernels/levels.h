// The tables of the variants and the C library's part of them.

#ifndef CK_LEVELS_H
#define CK_LEVELS_H

#include <math.h>
#include <string.h>

#include "include/CKernels.h"

extern const ck_kernels ck_kernels_portable;
#if defined(__x86_64__)
extern const ck_kernels ck_kernels_avx2;
extern const ck_kernels ck_kernels_avx512;
extern const ck_kernels ck_kernels_avx512bf16;
#endif

/// The table of the functions that body/kernels.h defines.
#define CK_KERNELS(name) \
  { \
    .level = name, .tile_rows = CK_TILE_ROWS, .pack_rows = pack_rows, .pack_rows_bfloat16 = pack_rows_bfloat16, \
    .multiply = multiply, .rms_norm = rms_norm, .rotate = rotate, .silu_multiply = silu_multiply, .add = add, \
    .divide = divide, .exponential = exponential, .maximum = maximum, .argmax = argmax, .exp_sum = exp_sum, \
    .attend = attend, .peak = peak, .read = read_memory, \
  }

#endif
