// Kernels of the embedded engine, each in several variants chosen at run time.
//
// One rule holds everywhere: the value of an output is defined by a fixed sequence of correctly rounded float32
// operations that depends on the shapes of its own row alone. It does not depend on how many rows are computed
// together, on blocking, on threads, or on the variant: every variant performs the same operations in the same order.
//
// Matrices of activations are row-major float32; a stride counts floats between the starts of two rows.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// MARK: - Variants

/// Instruction sets, in increasing order.
typedef enum __attribute__((enum_extensibility(closed))) ck_level {
  ck_level_portable = 0,    ///< plain C; uses the C library's fused multiply-add, slow without hardware for it
  ck_level_avx2 = 1,        ///< AVX2 and FMA
  ck_level_avx512 = 2,      ///< AVX-512 F, BW, DQ, VL
  ck_level_avx512bf16 = 3,  ///< the same and AVX-512 BF16
} ck_level;

/// The highest level that this processor and its operating system support.
ck_level ck_best_level(void);

// MARK: - Weights

/// Outputs of a panel: the lanes of the widest vector.
#define ck_lanes 16
/// Panels that lie interleaved in a block, so that reading a matrix is reading memory from front to back.
#define ck_block_panels 4
/// Inputs that share one scale in an int8 matrix.
#define ck_group 32

/// How weights are stored, in blocks of 64 outputs.
typedef enum __attribute__((enum_extensibility(closed))) ck_storage {
  /// [inputs][64] float32.
  ck_storage_float32 = 0,
  /// [ceil(inputs/2)][64][2] bfloat16; an odd last input is paired with zeros.
  ck_storage_bfloat16 = 1,
  /// [ceil(inputs/32)] groups, each 64 float32 scales and then [32][64] int8; the last group is padded with zeros.
  ck_storage_int8 = 2,
} ck_storage;

/// Types of element that weights come in.
typedef enum __attribute__((enum_extensibility(closed))) ck_element {
  ck_element_float32 = 0,
  ck_element_bfloat16 = 1,
  ck_element_float16 = 2,
} ck_element;

/// The bytes of one block of 64 outputs with `inputs` inputs; a multiple of 256.
size_t ck_block_bytes(ck_storage storage, size_t inputs);

/// Packs `count` rows of `inputs` little-endian elements, which follow each other at any alignment, to outputs first_lane ..<
/// first_lane + count of a block that was zeros before its first rows. Values that bfloat16 cannot hold are rounded to nearest, ties
/// to even.
void ck_pack_rows(
    ck_storage storage, ck_element element, const void *rows, size_t first_lane, size_t count, size_t inputs,
    void *block);

/// Unpacks one of the 64 outputs of a block to `inputs` floats; an int8 weight is the float32 product of its integer and its
/// scale.
void ck_unpack_row(ck_storage storage, const void *block, size_t lane, size_t inputs, float *out);

/// Widens `count` little-endian elements (any alignment) to float32, exactly.
void ck_widen(ck_element element, const void *from, size_t count, float *to);

/// A packed matrix: block b holds the weights of outputs 64 b ..< 64 b + 64.
typedef struct ck_matrix {
  const void *blocks;
  size_t block_bytes;
  size_t outputs;
  size_t inputs;
  ck_storage storage;
} ck_matrix;

// MARK: - Products

/// What becomes of a sum of products.
typedef enum __attribute__((enum_extensibility(closed))) ck_ending {
  ck_ending_store = 0,  ///< y = sum + bias (bias may be null)
  ck_ending_add = 1,    ///< y = fma(scale, sum, y)
} ck_ending;

/// One multiplication Y = X W^T; every y[m, n] is one chain of fused multiply-adds over the inputs, in order, from zero.
/// With int8 weights each group of 32 inputs is such a chain, and the groups' sums times their scales are another.
typedef struct ck_product {
  const void *x;               ///< rows as `pack_rows` leaves them; for one row in float32, the row itself
  size_t rows;                 ///< rows of X and Y
  bool bfloat16;               ///< whether x was packed as bfloat16 pairs (the weights must be bfloat16 then)
  float *y;                    ///< the first row of Y
  size_t y_stride;             ///< floats between rows of Y
  ck_ending ending;
  const float *_Nullable bias; ///< one float per output
  float scale;
} ck_product;

// MARK: - Attention

/// Keys and values of one layer: pages of `positions` positions, found through a table. A page holds, for every
/// key-value head, the keys as [positions/16][head_dim][16] and then the values as [positions][value_stride], where
/// value_stride is head_dim rounded up to 16.
typedef struct ck_cache {
  const float *pages;      ///< where page 0 of this layer starts
  size_t page_stride;      ///< floats between two pages
  const int32_t *table;    ///< page of positions i * positions ..< (i + 1) * positions
  size_t positions;        ///< positions per page, a multiple of 16
  size_t kv_heads;
  size_t head_dim;
} ck_cache;

/// Consecutive query positions of one sequence and one key-value head.
typedef struct ck_queries {
  const float *q;          ///< the first query row, [heads][head_dim] for all heads
  size_t q_stride;
  float *out;              ///< the first output row, laid out as `q`
  size_t out_stride;
  size_t first_position;   ///< position of the first query; it sees keys 0 ... first_position
  size_t count;
  size_t heads_per_kv;     ///< query heads that share one key-value head
  size_t kv_head;
  float scale;             ///< multiplies the scores
} ck_queries;

/// Floats of scratch memory (64-byte aligned) that `attend` needs for queries that see at most `keys` keys.
size_t ck_attention_scratch(size_t head_dim, size_t keys);

// MARK: - The table of kernels

/// The kernels of one level.
typedef struct ck_kernels {
  ck_level level;
  /// Rows that one tile of packed activations holds at most. Rows are dealt evenly to ceil(rows / tile_rows) tiles:
  /// tile t holds rows t * rows / tiles ..< (t + 1) * rows / tiles.
  size_t tile_rows;

  /// Packs tiles first ..< last of X for `multiply`, to out + (first row) * columns: a tile is [columns][rows of the tile].
  void (*pack_rows)(
      const float *x, size_t stride, size_t rows, size_t columns, size_t first, size_t last, float *out);
  /// The same with values rounded to bfloat16 (nearest, ties to even, subnormal values to zero), as
  /// [ceil(columns/2)][rows of the tile] pairs, to out + (first row) * ceil(columns/2).
  void (*pack_rows_bfloat16)(
      const float *x, size_t stride, size_t rows, size_t columns, size_t first, size_t last, uint32_t *out);
  /// Computes the outputs of panels first ..< last; panel p is outputs 16 p ..< 16 p + 16.
  void (*multiply)(const ck_matrix *w, const ck_product *product, size_t first, size_t last);

  /// y = x / sqrt(mean(x^2) + epsilon) * weight, n values.
  void (*rms_norm)(const float *x, const float *weight, float epsilon, size_t n, float *y);
  /// Rotary embedding of one head in place: x has 2 * half values; (x[i], x[half + i]) is turned by the angle whose cosine
  /// and sine are cosines[i] and sines[i].
  void (*rotate)(float *x, const float *cosines, const float *sines, size_t half);
  /// y = gate / (1 + exp(-gate)) * up, n values; y may be gate or up.
  void (*silu_multiply)(const float *gate, const float *up, size_t n, float *y);
  /// y = y + x, n values.
  void (*add)(const float *x, size_t n, float *y);
  /// y = x / divisor, n values; y may be x.
  void (*divide)(const float *x, float divisor, size_t n, float *y);
  /// y = exp(x - shift), n values; exp is within 2 units in the last place; y may be x.
  void (*exponential)(const float *x, float shift, size_t n, float *y);

  /// The greatest of n values; NaN is passed over. Minus infinity when there is none.
  float (*maximum)(const float *x, size_t n);
  /// The lowest index of the greatest value; NaN is passed over. 0 when there is none.
  size_t (*argmax)(const float *x, size_t n);
  /// The sum of exp(x - shift) over n values: float32 within blocks of 1024, float64 over the blocks.
  double (*exp_sum)(const float *x, float shift, size_t n);

  /// Causal attention of query rows over the keys and values 0 ... position of their sequence, two passes: all scores, then
  /// softmax with the row's maximum, then one chain over the positions in increasing order.
  void (*attend)(const ck_cache *cache, const ck_queries *queries, float *scratch);

  /// Measures: `count` rounds of `tile_rows` independent fused multiply-adds of 16 lanes each.
  float (*peak)(size_t count);
  /// Measures: reads `bytes` bytes (a multiple of 512), prefetching `ahead` bytes ahead.
  float (*read)(const void *data, size_t bytes, size_t ahead);
} ck_kernels;

/// The kernels of a level, which must not be above the best level.
const ck_kernels *ck_kernels_of(ck_level level);

/// Writes one position's keys and values (each [kv_heads][head_dim]) into its page.
void ck_cache_write(
    float *page, size_t positions, size_t kv_heads, size_t head_dim, size_t slot, const float *keys, const float *values);

// MARK: - Threads

/// Threads that share index ranges with the thread that calls.
typedef struct ck_workers ck_workers;

/// Starts threads - 1 threads; null when the system refuses.
ck_workers *_Nullable ck_workers_create(size_t threads);
/// Ends and joins the threads; none may be in `ck_workers_run`.
void ck_workers_destroy(ck_workers *workers);
/// Calls body once for every index 0 ..< count (below 2^31), on any thread, and returns when all calls have returned.
/// `lane` tells the calling threads apart: 0 for the caller, below `threads` for all. The caller takes indices
/// itself, so that a thread which the system does not schedule costs nothing. One call at a time.
void ck_workers_run(
    ck_workers *workers, size_t count, void (*body)(void *context, size_t index, size_t lane), void *context);

#pragma clang assume_nonnull end

#endif
