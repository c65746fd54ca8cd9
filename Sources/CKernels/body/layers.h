// The layers between products: each works on one row.

// Four sums of 16 lanes take turns, so that additions overlap; their order is part of the definition.
static float sum_of_squares(const float *x, size_t n) {
  vf sums[4] = {v_all(0), v_all(0), v_all(0), v_all(0)};
  size_t i = 0;
  for (; i + 64 <= n; i += 64)
    UNROLL for (int j = 0; j < 4; j++) {
      vf v = v_load(x + i + 16 * j);
      sums[j] = v_fma(v, v, sums[j]);
    }
  for (int j = 0; i < n; i += 16, j++) {
    vf v = n - i >= 16 ? v_load(x + i) : v_load_some(x + i, n - i, 0);
    sums[j] = v_fma(v, v, sums[j]);
  }
  return v_sum((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

static void rms_norm(const float *x, const float *weight, float epsilon, size_t n, float *y) {
  vf scale = v_all(1.0f / sqrtf(sum_of_squares(x, n) / (float)n + epsilon));
  size_t i = 0;
  for (; i + 16 <= n; i += 16) v_store(y + i, v_load(x + i) * scale * v_load(weight + i));
  if (i < n)
    v_store_some(
        y + i, v_load_some(x + i, n - i, 0) * scale * v_load_some(weight + i, n - i, 0), n - i);
}

INLINE void rotate_lanes(vf *first, vf *second, vf cosine, vf sine) {
  vf a = *first, b = *second;
  *first = v_fma(-b, sine, a * cosine);
  *second = v_fma(a, sine, b * cosine);
}

static void rotate(float *x, const float *cosines, const float *sines, size_t half) {
  size_t i = 0;
  for (; i + 16 <= half; i += 16) {
    vf a = v_load(x + i), b = v_load(x + half + i);
    rotate_lanes(&a, &b, v_load(cosines + i), v_load(sines + i));
    v_store(x + i, a);
    v_store(x + half + i, b);
  }
  if (i < half) {
    size_t n = half - i;
    vf a = v_load_some(x + i, n, 0), b = v_load_some(x + half + i, n, 0);
    rotate_lanes(&a, &b, v_load_some(cosines + i, n, 0), v_load_some(sines + i, n, 0));
    v_store_some(x + i, a, n);
    v_store_some(x + half + i, b, n);
  }
}

INLINE vf silu_lanes(vf gate, vf up) { return gate / (v_all(1.0f) + v_exp(-gate)) * up; }

static void silu_multiply(const float *gate, const float *up, size_t n, float *y) {
  size_t i = 0;
  for (; i + 16 <= n; i += 16) v_store(y + i, silu_lanes(v_load(gate + i), v_load(up + i)));
  if (i < n)
    v_store_some(
        y + i, silu_lanes(v_load_some(gate + i, n - i, 0), v_load_some(up + i, n - i, 0)), n - i);
}

static void add(const float *x, size_t n, float *y) {
  size_t i = 0;
  for (; i + 16 <= n; i += 16) v_store(y + i, v_load(y + i) + v_load(x + i));
  for (; i < n; i++) y[i] = y[i] + x[i];
}

static void divide(const float *x, float divisor, size_t n, float *y) {
  size_t i = 0;
  for (; i + 16 <= n; i += 16) v_store(y + i, v_load(x + i) / v_all(divisor));
  for (; i < n; i++) y[i] = x[i] / divisor;
}

static void exponential(const float *x, float shift, size_t n, float *y) {
  vf by = v_all(shift);
  size_t i = 0;
  for (; i + 16 <= n; i += 16) v_store(y + i, v_exp(v_load(x + i) - by));
  if (i < n) v_store_some(y + i, v_exp(v_load_some(x + i, n - i, 0) - by), n - i);
}
