// The vector type of all kernels: sixteen float lanes. The compiler makes of it one AVX-512 register, two AVX2 registers
// or whatever the target has, so the kernels are written once and perform the same operations at every level.
//
// Included by each variant inside its target attribute.

#include <stddef.h>
#include <stdint.h>

typedef float vf __attribute__((ext_vector_type(16)));
typedef int32_t vi __attribute__((ext_vector_type(16)));
typedef uint32_t vu __attribute__((ext_vector_type(16)));
typedef int8_t vb __attribute__((ext_vector_type(16)));
typedef float vf_unaligned __attribute__((ext_vector_type(16), aligned(4), may_alias));
typedef uint32_t vu_unaligned __attribute__((ext_vector_type(16), aligned(4), may_alias));
typedef int8_t vb_unaligned __attribute__((ext_vector_type(16), aligned(1), may_alias));

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

INLINE vf v_load(const float *p) { return *(const vf_unaligned *)p; }
INLINE void v_store(float *p, vf v) { *(vf_unaligned *)p = v; }
INLINE vu v_load_bits(const void *p) { return *(const vu_unaligned *)p; }
INLINE vf v_all(float x) { return (vf)x; }
INLINE vf v_fma(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }
INLINE vf v_bits_to_float(vu u) { return (vf)u; }

// The greater of two; b where either is NaN, so a NaN in a leaves b.
INLINE vf v_max(vf a, vf b) { return a > b ? a : b; }

// Ends of rows are rare: kept out of line, so that they do not swell the kernels.
static __attribute__((noinline)) void copy_some(const float *from, size_t n, float *to) {
  for (size_t i = 0; i < n; i++) to[i] = from[i];
}

// The first n < 16 values, the other lanes `rest`.
INLINE vf v_load_some(const float *p, size_t n, float rest) {
  float t[16];
  v_store(t, v_all(rest));
  copy_some(p, n, t);
  return v_load(t);
}

INLINE void v_store_some(float *p, vf v, size_t n) {
  float t[16];
  v_store(t, v);
  copy_some(t, n, p);
}

// The sum of the lanes as a tree of halves.
INLINE float v_sum(vf v) {
  float t[16];
  v_store(t, v);
  for (int width = 8; width > 0; width /= 2)
    for (int i = 0; i < width; i++) t[i] = t[i] + t[i + width];
  return t[0];
}

INLINE float v_largest(vf v) {
  float t[16];
  v_store(t, v);
  float best = t[0];
  for (int i = 1; i < 16; i++) best = t[i] > best ? t[i] : best;
  return best;
}
