// The loops, for the instructions that are in force where this file is included; NAME tells the variants apart.

INLINE lanes NAME(load)(const float *from, size_t count, float fill) {
  lanes result = (lanes){} + fill;
  memcpy(&result, from, count * sizeof(float));
  return result;
}

INLINE lanes NAME(load_all)(const float *from) {
  lanes result;
  memcpy(&result, from, sizeof result);
  return result;
}

INLINE void NAME(store)(float *to, lanes values, size_t count) { memcpy(to, &values, count * sizeof(float)); }

INLINE void NAME(store_all)(float *to, lanes values) { memcpy(to, &values, sizeof values); }

INLINE lanes NAME(choose)(whole mask, lanes yes, lanes no) {
  return (lanes)((mask & (whole)yes) | (~mask & (whole)no));
}

// The exponent is split into a multiple of ln 2 and a rest of at most half of that, whose Taylor polynomial of degree 7 is
// within 5e-9.
INLINE lanes NAME(power)(lanes x) {
  x = NAME(choose)(x < -87.0f, (lanes){} - 87.0f, x);
  x = NAME(choose)(x > 88.0f, (lanes){} + 88.0f, x);
  // Adding 1.5 * 2^23 rounds to a whole number that stands in the low bits.
  const lanes shifted = x * 1.44269504f + 12582912.0f;
  const lanes multiple = shifted - 12582912.0f;
  const lanes r = (x - multiple * 0.693359375f) - multiple * -2.12194440e-4f;
  lanes sum = r * (1.0f / 5040) + (1.0f / 720);
  sum = sum * r + (1.0f / 120);
  sum = sum * r + (1.0f / 24);
  sum = sum * r + (1.0f / 6);
  sum = sum * r + 0.5f;
  sum = sum * r + 1.0f;
  sum = sum * r + 1.0f;
  return (lanes)((whole)sum + ((whole)shifted << 23));
}

INLINE float NAME(total)(lanes values) {
  float sum = 0;
  for (int step = 8; step > 0; step /= 2)
    for (int lane = 0; lane < step; lane++) values[lane] += values[lane + step];
  sum = values[0];
  return sum;
}

static float NAME(exponentiate)(float *values, float offset, size_t count) {
  lanes sum = {};
  size_t index = 0;
  for (; index + width <= count; index += width) {
    const lanes result = NAME(power)(NAME(load_all)(values + index) - offset);
    NAME(store_all)(values + index, result);
    sum += result;
  }
  if (index < count) {
    lanes result = NAME(power)(NAME(load)(values + index, count - index, offset) - offset);
    NAME(store)(values + index, result, count - index);
    result = NAME(load)(values + index, count - index, 0);
    sum += result;
  }
  return NAME(total)(sum);
}

static float NAME(exponentiate_weighing)(float *values, float offset, size_t count, float *weighted) {
  lanes sum = {}, products = {};
  size_t index = 0;
  for (; index + width <= count; index += width) {
    const lanes value = NAME(load_all)(values + index);
    const lanes result = NAME(power)(value - offset);
    NAME(store_all)(values + index, result);
    sum += result;
    products += result * value;
  }
  if (index < count) {
    const lanes value = NAME(load)(values + index, count - index, 0);
    lanes result = NAME(power)(value - offset);
    NAME(store)(values + index, result, count - index);
    result = NAME(load)(values + index, count - index, 0);
    sum += result;
    products += result * value;
  }
  *weighted = NAME(total)(products);
  return NAME(total)(sum);
}

static void NAME(swiglu)(const float *gate, const float *up, float *h, size_t count) {
#define BODY(index, left)                                                               \
  do {                                                                                  \
    const lanes g = NAME(load)(gate + index, left, 0);                                        \
    NAME(store)(h + index, g * NAME(load)(up + index, left, 0) / (1.0f + NAME(power)(-g)), left);         \
  } while (0)
  FOR_EACH_BLOCK(BODY)
#undef BODY
}

static void NAME(swiglu_backward)(
    const float *gate, const float *up, float *dh, float *gate_gradient, float *up_gradient, size_t count) {
#define BODY(index, left)                                                                                  \
  do {                                                                                                     \
    const lanes g = NAME(load)(gate + index, left, 0), u = NAME(load)(up + index, left, 0), d = NAME(load)(dh + index, left, 0); \
    const lanes s = 1.0f / (1.0f + NAME(power)(-g));                                                             \
    const lanes activated = g * s;                                                                         \
    NAME(store)(gate_gradient + index, d * u * (s + activated * (1.0f - s)), left);                              \
    NAME(store)(up_gradient + index, d * activated, left);                                                       \
    NAME(store)(dh + index, activated * u, left);                                                                \
  } while (0)
  FOR_EACH_BLOCK(BODY)
#undef BODY
}

static void NAME(softmax_backward)(float *scores, float *ds, float log_sum, float shift, size_t count, size_t all) {
#define BODY(index, left)                                        \
  do {                                                           \
    const lanes p = NAME(power)(NAME(load)(scores + index, left, 0) - log_sum); \
    NAME(store)(scores + index, p, left);                              \
    NAME(store)(ds + index, p * (NAME(load)(ds + index, left, 0) - shift), left); \
  } while (0)
  FOR_EACH_BLOCK(BODY)
#undef BODY
  memset(scores + count, 0, (all - count) * sizeof(float));
  memset(ds + count, 0, (all - count) * sizeof(float));
}
