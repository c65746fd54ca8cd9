// The product of one tile: R rows of activations with P panels of 16 outputs, R * P sums in registers.
// Each sum is one chain of fused multiply-adds over the inputs in increasing order.

#define TILE_PREFETCH(pointer) __builtin_prefetch((pointer), 0, 2)

// R and P are constants at every call, so the loops over them vanish.
// x: [inputs][R]. ahead: bytes from a weight to the one to prefetch.
INLINE void tile_step(int R, int P, const float *x, const vf *w, vf (*acc)[P]) {
  UNROLL for (int r = 0; r < R; r++) {
    vf b = v_all(x[r]);
    UNROLL for (int p = 0; p < P; p++) acc[r][p] = v_fma(b, w[p], acc[r][p]);
  }
}

INLINE void tile_float32(
    int R, int P, const float *x, size_t inputs, const char *w, size_t panel_bytes, ptrdiff_t ahead, vf (*acc)[P]) {
  for (size_t k = 0; k < inputs; k++) {
    vf weights[P];
    UNROLL for (int p = 0; p < P; p++) {
      const char *line = w + (size_t)p * panel_bytes + k * 64;
      TILE_PREFETCH(line + ahead);
      weights[p] = v_load((const float *)line);
    }
    tile_step(R, P, x + k * (size_t)R, weights, acc);
  }
}

// Widening bfloat16 is a shift: the pair in a 32-bit lane is (even input, odd input).
INLINE void tile_bfloat16(
    int R, int P, const float *x, size_t inputs, const char *w, size_t panel_bytes, ptrdiff_t ahead, vf (*acc)[P]) {
  size_t pairs = inputs / 2;
  for (size_t k = 0; k < pairs; k++) {
    vf even[P], odd[P];
    UNROLL for (int p = 0; p < P; p++) {
      const char *line = w + (size_t)p * panel_bytes + k * 64;
      TILE_PREFETCH(line + ahead);
      vu both = v_load_bits(line);
      even[p] = v_bits_to_float(both << 16);
      odd[p] = v_bits_to_float(both & 0xffff0000u);
    }
    tile_step(R, P, x + 2 * k * (size_t)R, even, acc);
    tile_step(R, P, x + (2 * k + 1) * (size_t)R, odd, acc);
  }
  if (inputs % 2) {
    vf even[P];
    UNROLL for (int p = 0; p < P; p++)
        even[p] = v_bits_to_float(v_load_bits(w + (size_t)p * panel_bytes + pairs * 64) << 16);
    tile_step(R, P, x + 2 * pairs * (size_t)R, even, acc);
  }
}

INLINE void tile_int8(
    int R, int P, const float *x, size_t inputs, const char *w, size_t panel_bytes, ptrdiff_t ahead, vf (*acc)[P]) {
  const size_t group_bytes = 64 + ck_group * 16;
  for (size_t k = 0; k < inputs; k += ck_group) {
    const char *group = w + k / ck_group * group_bytes;
    size_t count = inputs - k < ck_group ? inputs - k : ck_group;
    vf scale[P];
    UNROLL for (int p = 0; p < P; p++) {
      const char *line = group + (size_t)p * panel_bytes;
      scale[p] = v_load((const float *)line);
      for (size_t b = 0; b < group_bytes; b += 64) TILE_PREFETCH(line + b + ahead);
    }
    for (size_t i = 0; i < count; i++) {
      vf weights[P];
      UNROLL for (int p = 0; p < P; p++) {
        vb q = *(const vb_unaligned *)(group + (size_t)p * panel_bytes + 64 + i * 16);
        weights[p] = __builtin_convertvector(__builtin_convertvector(q, vi), vf) * scale[p];
      }
      tile_step(R, P, x + (k + i) * (size_t)R, weights, acc);
    }
  }
}

// One pair of bfloat16 products added to acc as the processor's instruction does it: the odd product first, then the even one,
// each fused, subnormal operands and results taken as zero.
#if CK_BFLOAT16_DOT
INLINE vf v_dot_pair(vf acc, vu x, vu w) {
  return (vf)_mm512_dpbf16_ps((__m512)acc, (__m512bh)x, (__m512bh)w);
}
#else
INLINE vf v_flush(vf v) {
  vu bits = (vu)v;
  return (vf)((bits & 0x7f800000u) == 0 ? bits & 0x80000000u : bits);
}

INLINE vf v_dot_pair(vf acc, vu x, vu w) {
  vf xe = v_flush((vf)(x << 16)), xo = v_flush((vf)(x & 0xffff0000u));
  vf we = v_flush((vf)(w << 16)), wo = v_flush((vf)(w & 0xffff0000u));
  acc = v_flush(v_fma(xo, wo, v_flush(acc)));
  return v_flush(v_fma(xe, we, acc));
}
#endif

// x: [ceil(inputs/2)][R] pairs.
INLINE void tile_dot(
    int R, int P, const uint32_t *x, size_t inputs, const char *w, size_t panel_bytes, ptrdiff_t ahead,
    vf (*acc)[P]) {
  size_t pairs = (inputs + 1) / 2;
  for (size_t k = 0; k < pairs; k++) {
    vu weights[P];
    UNROLL for (int p = 0; p < P; p++) {
      const char *line = w + (size_t)p * panel_bytes + k * 64;
      TILE_PREFETCH(line + ahead);
      weights[p] = v_load_bits(line);
    }
    UNROLL for (int r = 0; r < R; r++) {
      vu b = (vu)x[k * (size_t)R + (size_t)r];
      UNROLL for (int p = 0; p < P; p++) acc[r][p] = v_dot_pair(acc[r][p], b, weights[p]);
    }
  }
}
