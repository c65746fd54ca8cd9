#include "include/CElementwise.h"

#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

// Vectors never cross a call: every helper is inlined.
#pragma clang diagnostic ignored "-Wpsabi"
#pragma STDC FP_CONTRACT OFF

typedef float lanes __attribute__((vector_size(64)));
typedef int32_t whole __attribute__((vector_size(64)));
enum { width = 16 };

// Calls a body for whole blocks with `left` known to the compiler, and for the rest of a row.
#define FOR_EACH_BLOCK(body)                                              \
  size_t index = 0;                                                       \
  for (; index + width <= count; index += width) body(index, width);      \
  if (index < count) body(index, count - index);

#define JOIN(a, b) a##_##b
#define JOINED(a, b) JOIN(a, b)
#define NAME(name) JOINED(name, LEVEL)

#define LEVEL portable
#include "body.h"
#undef LEVEL

#if defined(__x86_64__)
#define LEVEL avx2
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "body.h"
#pragma clang attribute pop
#undef LEVEL

#define LEVEL avx512
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#include "body.h"
#pragma clang attribute pop
#undef LEVEL

#define DISPATCH(name, ...)                                                                  \
  (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&                \
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")          \
       ? name##_avx512(__VA_ARGS__)                                                          \
   : __builtin_cpu_supports("avx2") ? name##_avx2(__VA_ARGS__)                               \
                                    : name##_portable(__VA_ARGS__))
#else
#define DISPATCH(name, ...) name##_portable(__VA_ARGS__)
#endif

float ce_exponentiate(float *values, float offset, size_t count) {
  return DISPATCH(exponentiate, values, offset, count);
}

float ce_exponentiate_weighing(float *values, float offset, size_t count, float *weighted) {
  return DISPATCH(exponentiate_weighing, values, offset, count, weighted);
}

void ce_swiglu(const float *gate, const float *up, float *h, size_t count) { DISPATCH(swiglu, gate, up, h, count); }

void ce_swiglu_backward(
    const float *gate, const float *up, float *dh, float *gate_gradient, float *up_gradient, size_t count) {
  DISPATCH(swiglu_backward, gate, up, dh, gate_gradient, up_gradient, count);
}

void ce_softmax_backward(float *scores, float *ds, float log_sum, float shift, size_t count, size_t all) {
  DISPATCH(softmax_backward, scores, ds, log_sum, shift, count, all);
}
