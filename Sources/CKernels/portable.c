#include "levels.h"

#define CK_TILE_ROWS 6
#define CK_BFLOAT16_DOT 0
#include "body/kernels.h"

const ck_kernels ck_kernels_portable = CK_KERNELS(ck_level_portable);
