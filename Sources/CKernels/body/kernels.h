// All kernels of one variant. The including file has set the target and defines CK_LEVEL (a ck_level), CK_TABLE (the name of the
// table), CK_TILE_ROWS (12 with 32 registers, else 6) and CK_BFLOAT16_DOT.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"

#include "vector.h"
#include "exponential.h"
#include "tile.h"
#include "multiply.h"
#include "layers.h"
#include "softmax.h"
#include "attention.h"
#include "measures.h"
