// Products of whole matrices: tiles of rows times steps of one, two or four panels.

typedef struct tile_job {
  const char *x;
  const char *block;
  size_t panel;  // in the block
  const ck_product *product;
  size_t inputs, first_row, first_output;
  size_t outputs;  // of the matrix
  ptrdiff_t ahead;
} tile_job;

INLINE void finish_tile(int R, int P, const tile_job *job, const vf *acc) {
  const ck_product *product = job->product;
  UNROLL for (int p = 0; p < P; p++) {
    size_t output = job->first_output + (size_t)p * ck_lanes;
    size_t lanes = job->outputs - output;
    bool whole = lanes >= ck_lanes;
    vf bias = v_all(0);
    if (product->bias)
      bias = whole ? v_load(product->bias + output) : v_load_some(product->bias + output, lanes, 0);
    UNROLL for (int r = 0; r < R; r++) {
      float *y = product->y + (job->first_row + (size_t)r) * product->y_stride + output;
      vf sum = acc[r * P + p];
      if (product->ending == ck_ending_add) {
        vf old = whole ? v_load(y) : v_load_some(y, lanes, 0);
        sum = v_fma(v_all(product->scale), sum, old);
      } else if (product->bias) {
        sum = sum + bias;
      }
      if (whole) v_store(y, sum);
      else v_store_some(y, sum, lanes);
    }
  }
}

INLINE void run_tile(int R, int P, ck_storage storage, bool dot, const tile_job *job) {
  vf acc[most_sums];
  UNROLL for (int i = 0; i < R * P; i++) acc[i] = v_all(0);
  const float *x = (const float *)job->x;
  const char *w = job->block + job->panel * line, *bytes = job->block + step + job->panel * ck_lanes;
  if (dot) tile_dot(R, P, (const uint32_t *)x, job->inputs, w, job->ahead, acc);
  else if (storage == ck_storage_float32) tile_float32(R, P, x, job->inputs, w, step, line, job->ahead, acc);
  else if (storage == ck_storage_bfloat16) tile_bfloat16(R, P, x, job->inputs, w, job->ahead, acc);
  else tile_int8(R, P, x, job->inputs, w, bytes, job->ahead, acc);
  finish_tile(R, P, job, acc);
}

// One function for each number of rows and panels, and for each storage.
#define TILE(R, P) \
  static void tile_##R##_##P##_f32(const tile_job *j) { run_tile(R, P, ck_storage_float32, false, j); } \
  static void tile_##R##_##P##_b16(const tile_job *j) { run_tile(R, P, ck_storage_bfloat16, false, j); } \
  static void tile_##R##_##P##_i8(const tile_job *j) { run_tile(R, P, ck_storage_int8, false, j); } \
  static void tile_##R##_##P##_dot(const tile_job *j) { run_tile(R, P, ck_storage_bfloat16, true, j); }
#define ENTRY(R, P) {tile_##R##_##P##_f32, tile_##R##_##P##_b16, tile_##R##_##P##_i8, tile_##R##_##P##_dot}

typedef void (*tile_function)(const tile_job *);

// By rows - 1; by panels 1, 2, 4; by storage, with 3 for bfloat16 products. Empty where the registers do not suffice.
#if CK_TILE_ROWS == 12
#define TILES_124(R) TILE(R, 1) TILE(R, 2) TILE(R, 4)
#define TILES_12(R) TILE(R, 1) TILE(R, 2)
TILES_124(1) TILES_124(2) TILES_124(3) TILES_124(4) TILES_124(5) TILES_124(6)
TILES_12(7) TILES_12(8) TILES_12(9) TILES_12(10) TILES_12(11) TILES_12(12)
#define ENTRIES_124(R) {ENTRY(R, 1), ENTRY(R, 2), ENTRY(R, 4)}
#define ENTRIES_12(R) {ENTRY(R, 1), ENTRY(R, 2)}
static const tile_function tile_functions[CK_TILE_ROWS][3][4] = {
  ENTRIES_124(1), ENTRIES_124(2), ENTRIES_124(3), ENTRIES_124(4), ENTRIES_124(5), ENTRIES_124(6),
  ENTRIES_12(7), ENTRIES_12(8), ENTRIES_12(9), ENTRIES_12(10), ENTRIES_12(11), ENTRIES_12(12),
};
#else
TILE(1, 1) TILE(1, 2) TILE(1, 4) TILE(2, 1) TILE(2, 2) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1)
static const tile_function tile_functions[CK_TILE_ROWS][3][4] = {
  {ENTRY(1, 1), ENTRY(1, 2), ENTRY(1, 4)}, {ENTRY(2, 1), ENTRY(2, 2)},
  {ENTRY(3, 1)}, {ENTRY(4, 1)}, {ENTRY(5, 1)}, {ENTRY(6, 1)},
};
#endif

static size_t tile_count(size_t rows) { return (rows + CK_TILE_ROWS - 1) / CK_TILE_ROWS; }

// The most panels, at most `wanted`, that a tile of some rows takes at once: the exponent of a power of two.
static int widest(size_t rows, size_t wanted) {
  int width = wanted >= 4 ? 2 : wanted >= 2 ? 1 : 0;
  while (!tile_functions[rows - 1][width][0]) width--;
  return width;
}

// Bytes that a single row's pass prefetches ahead, found by trial: eight bits keep the processor busier for each byte, so that its own
// reach ahead is shorter.
enum { ahead_wide = 2048, ahead_int8 = 12288 };

static void multiply(const ck_matrix *w, const ck_product *product, size_t first, size_t last) {
  size_t tiles = tile_count(product->rows);
  if (tiles == 0) return;
  size_t largest = (product->rows + tiles - 1) / tiles;
  int kind = product->bfloat16 ? 3 : (int)w->storage;
  size_t row_floats = product->bfloat16 ? (w->inputs + 1) / 2 : w->inputs;
  size_t panel_bytes = w->storage == ck_storage_int8 ? ck_lanes : line;
  for (size_t panel = first; panel < last;) {
    size_t in_block = panel % ck_block_panels, rest = ck_block_panels - in_block;
    size_t count = (size_t)1 << widest(largest, last - panel < rest ? last - panel : rest);
    const char *block = (const char *)w->blocks + panel / ck_block_panels * w->block_bytes;
    for (size_t t = 0; t < tiles; t++) {
      size_t row = t * product->rows / tiles, rows = (t + 1) * product->rows / tiles - row;
      tile_job job = {
        .x = (const char *)product->x + row * row_floats * sizeof(float),
        .block = block,
        .product = product,
        .inputs = w->inputs,
        .first_row = row,
        .outputs = w->outputs,
      };
      // A single tile of few rows waits for memory and fetches some lines ahead. Otherwise the first tile fetches the next
      // panels while it computes, and the others find the weights in the cache.
      if (tiles == 1 && rows < 4) job.ahead = w->storage == ck_storage_int8 ? ahead_int8 : ahead_wide;
      else if (t == 0)
        job.ahead = (ptrdiff_t)(count < rest ? count * panel_bytes : w->block_bytes - in_block * panel_bytes);
      int width = widest(rows, count);
      for (size_t p = 0; p < count; p += (size_t)1 << width) {
        job.panel = in_block + p;
        job.first_output = (panel + p) * ck_lanes;
        tile_functions[rows - 1][width][kind](&job);
      }
    }
    panel += count;
  }
}

// Rows are packed some inputs at a time, so that what is written stays in the nearest cache until all rows have been there.
enum { pack_inputs = 64 };

static void pack_rows(
    const float *x, size_t stride, size_t rows, size_t columns, size_t first, size_t last, float *out) {
  size_t tiles = tile_count(rows);
  for (size_t t = first; t < last; t++) {
    size_t row = t * rows / tiles, count = (t + 1) * rows / tiles - row;
    for (size_t start = 0; start < columns; start += pack_inputs) {
      size_t end = columns - start < pack_inputs ? columns : start + pack_inputs;
      for (size_t r = 0; r < count; r++) {
        const float *source = x + (row + r) * stride;
        float *to = out + row * columns + r;
        for (size_t k = start; k < end; k++) to[k * count] = source[k];
      }
    }
  }
}

// Rounds to bfloat16, ties to even; NaN stays NaN, subnormal values become zero as in the processor's own products.
INLINE uint32_t round_bfloat16(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  uint32_t normal = (rounded & 0x7f80) == 0 ? rounded & 0x8000 : rounded;
  return (bits & 0x7fffffffu) > 0x7f800000u ? (bits >> 16) | 0x40 : normal;
}

static void pack_rows_bfloat16(
    const float *x, size_t stride, size_t rows, size_t columns, size_t first, size_t last, uint32_t *out) {
  size_t tiles = tile_count(rows), pairs = (columns + 1) / 2;
  for (size_t t = first; t < last; t++) {
    size_t row = t * rows / tiles, count = (t + 1) * rows / tiles - row;
    for (size_t start = 0; start < pairs; start += pack_inputs) {
      size_t end = pairs - start < pack_inputs ? pairs : start + pack_inputs;
      for (size_t r = 0; r < count; r++) {
        const float *source = x + (row + r) * stride;
        uint32_t *to = out + row * pairs + r;
        for (size_t k = start; k < end; k++) {
          uint32_t odd = 2 * k + 1 < columns ? round_bfloat16(source[2 * k + 1]) : 0;
          to[k * count] = round_bfloat16(source[2 * k]) | odd << 16;
        }
      }
    }
  }
}
