// Pieces of softmax over one row.

static float maximum(const float *x, size_t n) {
  vf best[2] = {v_all(-INFINITY), v_all(-INFINITY)};
  size_t i = 0;
  for (; i + 32 <= n; i += 32) {
    best[0] = v_max(v_load(x + i), best[0]);
    best[1] = v_max(v_load(x + i + 16), best[1]);
  }
  float largest = v_largest(v_max(best[0], best[1]));
  for (; i < n; i++) largest = x[i] > largest ? x[i] : largest;
  return largest;
}

// The maximum first, then its first place: two fast passes instead of a slow one.
static size_t argmax(const float *x, size_t n) {
  float largest = maximum(x, n);
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    vi equal = v_load(x + i) == v_all(largest);
    if (__builtin_reduce_or(equal)) break;
  }
  for (; i < n; i++)
    if (x[i] == largest) return i;
  return 0;
}

// The sum of exp(x - shift) within a block: four sums of 16 lanes take turns.
INLINE float exp_sum_block(const float *x, vf shift, size_t n) {
  vf sums[4] = {v_all(0), v_all(0), v_all(0), v_all(0)};
  size_t i = 0;
  for (; i + 64 <= n; i += 64)
    UNROLL for (int j = 0; j < 4; j++) sums[j] = sums[j] + v_exp(v_load(x + i + 16 * j) - shift);
  for (int j = 0; i < n; i += 16, j++) {
    vf v = n - i >= 16 ? v_load(x + i) : v_load_some(x + i, n - i, -INFINITY);
    sums[j] = sums[j] + v_exp(v - shift);
  }
  return v_sum((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

static double exp_sum(const float *x, float shift, size_t n) {
  const size_t block = 1024;
  double sum = 0;
  for (size_t i = 0; i < n; i += block)
    sum += (double)exp_sum_block(x + i, v_all(shift), n - i < block ? n - i : block);
  return sum;
}
