// Causal attention with grouped queries. The rows of a tile are (position, head) pairs that share a key-value head, so that
// keys and values are read once for all of them.
//
// Score: one chain over the head's dimensions. Weight: exp(score - greatest score of the row). Output: one chain
// over the positions in increasing order, divided by the sum of the weights. None of it depends on tiles or pages.

// Keeps rows of scores from falling on the same cache sets: an odd number of cache lines.
static size_t score_stride(size_t keys) { return ((keys + 15) / 16 | 1) * 16; }

typedef struct attention_tile {
  const ck_cache *cache;
  const ck_queries *queries;
  size_t first, rows;  // rows first ..< first + rows of the (position, head) pairs
  size_t keys;         // keys that the last row sees
  size_t stride;       // floats between rows of scores
  size_t value_stride;
  float *q;            // [head_dim][rows]
  float *scores;       // [rows][stride]
  float *sums;         // [rows][value_stride]
} attention_tile;

static size_t keys_of_row(const attention_tile *t, size_t r) {
  return t->queries->first_position + (t->first + r) / t->queries->heads_per_kv + 1;
}

static const float *page_of(const attention_tile *t, size_t index) {
  const ck_cache *c = t->cache;
  size_t head = c->positions * (c->head_dim + t->value_stride);
  return c->pages + (size_t)c->table[index] * c->page_stride + t->queries->kv_head * head;
}

// Scores of P panels of 16 keys, which start at `key`.
INLINE void score_panels(int R, int P, const attention_tile *t, const float *panels, size_t key) {
  vf acc[most_sums];
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int p = 0; p < P; p++) acc[r * P + p] = v_all(0);
  size_t d = t->cache->head_dim;
  tile_float32(R, P, t->q, d, (const char *)panels, line, d * line, 0, acc);
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int p = 0; p < P; p++)
      v_store(t->scores + (size_t)r * t->stride + key + 16 * (size_t)p, acc[r * P + p] * v_all(t->queries->scale));
}

INLINE void score_tile(int R, int P, const attention_tile *t) {
  size_t positions = t->cache->positions, d = t->cache->head_dim;
  for (size_t start = 0; start < t->keys; start += positions) {
    const float *page = page_of(t, start / positions);
    size_t count = t->keys - start < positions ? t->keys - start : positions;
    size_t panels = (count + 15) / 16, panel = 0;
    for (; panel + (size_t)P <= panels; panel += (size_t)P)
      score_panels(R, P, t, page + panel * 16 * d, start + panel * 16);
    for (; panel < panels; panel++) score_panels(R, 1, t, page + panel * 16 * d, start + panel * 16);
  }
}

// Turns a row of n scores into weights and gives their sum. Lanes beyond n become 0.
static float weigh(float *scores, size_t n) {
  float greatest = maximum(scores, n);
  size_t rest = n % 16;
  if (rest) v_store(scores + n - rest, v_load_some(scores + n - rest, rest, -INFINITY));
  vf shift = v_all(greatest);
  vf sums[2] = {v_all(0), v_all(0)};
  for (size_t i = 0, j = 0; i < n; i += 16, j ^= 1) {
    vf e = v_exp(v_load(scores + i) - shift);
    v_store(scores + i, e);
    sums[j] = sums[j] + e;
  }
  return v_sum(sums[0] + sums[1]);
}

// Adds the values of `count` positions, weighted, to the sums of R rows in P vectors of 16 dimensions.
INLINE void add_values(
    int R, int P, const float *weights, size_t stride, const float *values, size_t value_stride, size_t count,
    float *sums) {
  vf acc[most_sums];
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int p = 0; p < P; p++)
      acc[r * P + p] = v_load(sums + (size_t)r * value_stride + 16 * (size_t)p);
  for (size_t j = 0; j < count; j++) {
    vf v[most_panels];
    UNROLL for (int p = 0; p < P; p++) v[p] = v_load(values + j * value_stride + 16 * (size_t)p);
    UNROLL for (int r = 0; r < R; r++) {
      vf w = v_all(weights[(size_t)r * stride + j]);
      UNROLL for (int p = 0; p < P; p++) acc[r * P + p] = v_fma(w, v[p], acc[r * P + p]);
    }
  }
  UNROLL for (int r = 0; r < R; r++) UNROLL for (int p = 0; p < P; p++)
      v_store(sums + (size_t)r * value_stride + 16 * (size_t)p, acc[r * P + p]);
}

INLINE void add_page(
    int R, int P, const attention_tile *t, size_t row, const float *values, size_t key, size_t count) {
  const float *weights = t->scores + row * t->stride + key;
  float *sums = t->sums + row * t->value_stride;
  size_t d = 0;
  for (; d + 16 * (size_t)P <= t->value_stride; d += 16 * (size_t)P)
    add_values(R, P, weights, t->stride, values + d, t->value_stride, count, sums + d);
  for (; d < t->value_stride; d += 16)
    add_values(R, 1, weights, t->stride, values + d, t->value_stride, count, sums + d);
}

// Positions that every row sees go for all rows at once, the few others row by row.
INLINE void value_tile(int R, int P, const attention_tile *t) {
  size_t positions = t->cache->positions, shared = keys_of_row(t, 0);
  for (size_t start = 0; start < t->keys; start += positions) {
    const float *values = page_of(t, start / positions) + positions * t->cache->head_dim;
    size_t all = shared <= start ? 0 : shared - start < positions ? shared - start : positions;
    if (all) add_page(R, P, t, 0, values, start, all);
    for (int r = 0; r < R; r++) {
      size_t n = keys_of_row(t, (size_t)r);
      size_t own = n <= start ? 0 : n - start < positions ? n - start : positions;
      if (own > all)
        add_page(1, 4, t, (size_t)r, values + all * t->value_stride, start + all, own - all);
    }
  }
}

INLINE void attend_tile(int R, int P, const attention_tile *t) {
  score_tile(R, P, t);
  float total[CK_TILE_ROWS];
  for (int r = 0; r < R; r++) total[r] = weigh(t->scores + (size_t)r * t->stride, keys_of_row(t, (size_t)r));
  memset(t->sums, 0, (size_t)R * t->value_stride * sizeof(float));
  value_tile(R, P, t);
  const ck_queries *queries = t->queries;
  size_t d = t->cache->head_dim, heads = queries->heads_per_kv;
  for (int r = 0; r < R; r++) {
    size_t row = t->first + (size_t)r;
    float *out = queries->out + row / heads * queries->out_stride + (queries->kv_head * heads + row % heads) * d;
    divide(t->sums + (size_t)r * t->value_stride, total[r], d, out);
  }
}

#define ATTEND(R, P) \
  static void attend_##R(const attention_tile *t) { attend_tile(R, P, t); }
#if CK_TILE_ROWS == 12
ATTEND(1, 4) ATTEND(2, 4) ATTEND(3, 4) ATTEND(4, 4) ATTEND(5, 4) ATTEND(6, 4)
ATTEND(7, 2) ATTEND(8, 2) ATTEND(9, 2) ATTEND(10, 2) ATTEND(11, 2) ATTEND(12, 2)
static void (*const attend_functions[])(const attention_tile *) = {
  attend_1, attend_2, attend_3, attend_4, attend_5, attend_6,
  attend_7, attend_8, attend_9, attend_10, attend_11, attend_12,
};
#else
ATTEND(1, 4) ATTEND(2, 2) ATTEND(3, 1) ATTEND(4, 1) ATTEND(5, 1) ATTEND(6, 1)
static void (*const attend_functions[])(const attention_tile *) = {
  attend_1, attend_2, attend_3, attend_4, attend_5, attend_6,
};
#endif

static void attend(const ck_cache *cache, const ck_queries *queries, float *scratch) {
  size_t heads = queries->heads_per_kv, d = cache->head_dim, rows = queries->count * heads;
  size_t tiles = tile_count(rows);
  attention_tile t = {.cache = cache, .queries = queries, .value_stride = (d + 15) / 16 * 16};
  t.q = scratch;
  t.sums = t.q + CK_TILE_ROWS * t.value_stride;
  t.scores = t.sums + CK_TILE_ROWS * t.value_stride;
  for (size_t tile = 0; tile < tiles; tile++) {
    t.first = tile * rows / tiles;
    t.rows = (tile + 1) * rows / tiles - t.first;
    t.keys = keys_of_row(&t, t.rows - 1);
    t.stride = score_stride(t.keys);
    for (size_t r = 0; r < t.rows; r++) {
      size_t row = t.first + r;
      const float *q = queries->q + row / heads * queries->q_stride + (queries->kv_head * heads + row % heads) * d;
      for (size_t i = 0; i < d; i++) t.q[i * t.rows + r] = q[i];
    }
    attend_functions[t.rows - 1](&t);
  }
}
