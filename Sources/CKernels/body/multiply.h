// Products of whole matrices: tiles of rows times groups of panels.

typedef struct tile_job {
  const char *x;
  const char *w;
  const ck_matrix *matrix;
  const ck_product *product;
  size_t first_row, first_output;
  ptrdiff_t ahead;
} tile_job;

INLINE void finish_tile(int R, int P, const tile_job *job, vf (*acc)[P]) {
  const ck_product *product = job->product;
  UNROLL for (int p = 0; p < P; p++) {
    size_t output = job->first_output + (size_t)p * ck_lanes;
    size_t lanes = job->matrix->outputs - output;
    if (lanes > ck_lanes) lanes = ck_lanes;
    vf bias = v_all(0);
    if (product->bias)
      bias = lanes == ck_lanes ? v_load(product->bias + output) : v_load_some(product->bias + output, lanes, 0);
    UNROLL for (int r = 0; r < R; r++) {
      float *y = product->y + (job->first_row + (size_t)r) * product->y_stride + output;
      vf sum = acc[r][p];
      if (product->ending == ck_ending_add) {
        vf old = lanes == ck_lanes ? v_load(y) : v_load_some(y, lanes, 0);
        sum = v_fma(v_all(product->scale), sum, old);
      } else if (product->bias) {
        sum = sum + bias;
      }
      if (lanes == ck_lanes) v_store(y, sum);
      else v_store_some(y, sum, lanes);
    }
  }
}

INLINE void run_tile(int R, int P, ck_storage storage, bool dot, const tile_job *job) {
  vf acc[R][P];
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int p = 0; p < P; p++) acc[r][p] = v_all(0);
  size_t inputs = job->matrix->inputs, bytes = job->matrix->panel_bytes;
  if (dot) tile_dot(R, P, (const uint32_t *)job->x, inputs, job->w, bytes, job->ahead, acc);
  else if (storage == ck_storage_float32)
    tile_float32(R, P, (const float *)job->x, inputs, job->w, bytes, job->ahead, acc);
  else if (storage == ck_storage_bfloat16)
    tile_bfloat16(R, P, (const float *)job->x, inputs, job->w, bytes, job->ahead, acc);
  else tile_int8(R, P, (const float *)job->x, inputs, job->w, bytes, job->ahead, acc);
  finish_tile(R, P, job, acc);
}

// One function for each number of rows, storage and width: `wide` panels at once, or a single one at the end.
#define TILE(R, P) \
  static void tile_##R##_##P##_f32(const tile_job *j) { run_tile(R, P, ck_storage_float32, false, j); } \
  static void tile_##R##_##P##_b16(const tile_job *j) { run_tile(R, P, ck_storage_bfloat16, false, j); } \
  static void tile_##R##_##P##_i8(const tile_job *j) { run_tile(R, P, ck_storage_int8, false, j); } \
  static void tile_##R##_##P##_dot(const tile_job *j) { run_tile(R, P, ck_storage_bfloat16, true, j); }
#define TILE_ENTRY(R, P) {tile_##R##_##P##_f32, tile_##R##_##P##_b16, tile_##R##_##P##_i8, tile_##R##_##P##_dot}
#define TILE_BOTH(R, P) {{TILE_ENTRY(R, 1), TILE_ENTRY(R, P)}, P}

typedef void (*tile_function)(const tile_job *);
typedef struct tile_row {
  tile_function functions[2][4];  // [one panel, wide][storage, or 3 for bfloat16 products]
  size_t wide;
} tile_row;

#if CK_TILE_ROWS == 12
TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1)
TILE(7, 1) TILE(8, 1) TILE(9, 1) TILE(10, 1) TILE(11, 1) TILE(12, 1)
TILE(1, 8) TILE(2, 4) TILE(3, 4) TILE(4, 4) TILE(5, 4) TILE(6, 4)
TILE(7, 2) TILE(8, 2) TILE(9, 2) TILE(10, 2) TILE(11, 2) TILE(12, 2)
static const tile_row tile_rows[] = {
  TILE_BOTH(1, 8), TILE_BOTH(2, 4), TILE_BOTH(3, 4), TILE_BOTH(4, 4), TILE_BOTH(5, 4), TILE_BOTH(6, 4),
  TILE_BOTH(7, 2), TILE_BOTH(8, 2), TILE_BOTH(9, 2), TILE_BOTH(10, 2), TILE_BOTH(11, 2), TILE_BOTH(12, 2),
};
#else
TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1)
TILE(1, 4) TILE(2, 2)
static const tile_row tile_rows[] = {
  TILE_BOTH(1, 4), TILE_BOTH(2, 2), TILE_BOTH(3, 1), TILE_BOTH(4, 1), TILE_BOTH(5, 1), TILE_BOTH(6, 1),
};
#endif

static size_t tile_count(size_t rows) { return (rows + CK_TILE_ROWS - 1) / CK_TILE_ROWS; }

static void multiply(const ck_matrix *w, const ck_product *product, size_t first, size_t last) {
  size_t tiles = tile_count(product->rows);
  if (tiles == 0) return;
  size_t largest = (product->rows + tiles - 1) / tiles;
  size_t wide = tile_rows[largest - 1].wide;
  int kind = product->bfloat16 ? 3 : (int)w->storage;
  size_t row_floats = product->bfloat16 ? (w->inputs + 1) / 2 : w->inputs;
  for (size_t panel = first; panel < last;) {
    size_t count = last - panel >= wide ? wide : 1;
    for (size_t t = 0; t < tiles; t++) {
      size_t row = t * product->rows / tiles, end = (t + 1) * product->rows / tiles;
      tile_job job = {
        .x = (const char *)product->x + row * row_floats * sizeof(float),
        .w = (const char *)w->panels + panel * w->panel_bytes,
        .matrix = w,
        .product = product,
        .first_row = row,
        .first_output = panel * ck_lanes,
        // A single tile runs through the weights once and fetches some lines ahead; of several, the first fetches the next panels.
        .ahead = tiles == 1 && end - row < 4 ? 1024 : t == 0 ? (ptrdiff_t)(count * w->panel_bytes) : 0,
      };
      // A tile of fewer rows than the largest may be as wide or wider; the group's width is the largest's.
      const tile_row *entry = &tile_rows[end - row - 1];
      if (count == 1 || entry->wide == count) {
        entry->functions[count > 1][kind](&job);
      } else {
        for (size_t p = 0; p < count; p++) {
          entry->functions[0][kind](&job);
          job.w += w->panel_bytes;
          job.first_output += ck_lanes;
        }
      }
    }
    panel += count;
  }
}

static void pack_rows(
    const float *x, size_t stride, size_t rows, size_t columns, size_t first, size_t last, float *out) {
  size_t tiles = tile_count(rows);
  for (size_t t = first; t < last; t++) {
    size_t row = t * rows / tiles, count = (t + 1) * rows / tiles - row;
    float *tile = out + row * columns;
    for (size_t r = 0; r < count; r++) {
      const float *source = x + (row + r) * stride;
      for (size_t k = 0; k < columns; k++) tile[k * count + r] = source[k];
    }
  }
}

// Rounds to bfloat16, ties to even; NaN stays NaN, subnormal values become zero as in the processor's own products.
INLINE uint32_t round_bfloat16(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  uint32_t magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return (bits >> 16) | 0x40;
  uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  return (rounded & 0x7f80) == 0 ? rounded & 0x8000 : rounded;
}

static void pack_rows_bfloat16(
    const float *x, size_t stride, size_t rows, size_t columns, size_t first, size_t last, uint32_t *out) {
  size_t tiles = tile_count(rows), pairs = (columns + 1) / 2;
  for (size_t t = first; t < last; t++) {
    size_t row = t * rows / tiles, count = (t + 1) * rows / tiles - row;
    uint32_t *tile = out + row * pairs;
    for (size_t r = 0; r < count; r++) {
      const float *source = x + (row + r) * stride;
      for (size_t k = 0; k < columns / 2; k++)
        tile[k * count + r] = round_bfloat16(source[2 * k]) | round_bfloat16(source[2 * k + 1]) << 16;
      if (columns % 2) tile[columns / 2 * count + r] = round_bfloat16(source[columns - 1]);
    }
  }
}
