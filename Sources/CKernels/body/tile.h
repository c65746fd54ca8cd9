// The product of one tile: R rows of activations with P panels of 16 outputs, R * P sums in registers.
// Each sum is one chain of fused multiply-adds over the inputs in increasing order.

// Sums of the largest tile, and its panels. Arrays have fixed sizes, so that the compiler can keep them in registers.
enum { most_sums = 24, most_panels = 4 };

// Bytes of one step through the inputs in a block of four panels, and of one panel in it.
enum { line = 64, step = line * ck_block_panels };

INLINE void prefetch(const char *address) { __builtin_prefetch(address, 0, 2); }

// R and P are constants at every call, so the loops over them vanish.
INLINE void tile_step(int R, int P, const float *x, const vf *w, vf *acc) {
  UNROLL for (int r = 0; r < R; r++) {
    vf b = v_all(x[r]);
    UNROLL for (int p = 0; p < P; p++) acc[r * P + p] = v_fma(b, w[p], acc[r * P + p]);
  }
}

// x: [inputs][R]. ahead: bytes from a weight to the one to prefetch.
INLINE void tile_float32(
    int R, int P, const float *x, size_t inputs, const char *w, size_t input_bytes, size_t panel_bytes,
    ptrdiff_t ahead, vf *acc) {
  for (size_t k = 0; k < inputs; k++) {
    vf weights[most_panels];
    UNROLL for (int p = 0; p < P; p++) {
      const char *at = w + k * input_bytes + (size_t)p * panel_bytes;
      prefetch(at + ahead);
      weights[p] = v_load((const float *)at);
    }
    tile_step(R, P, x + k * (size_t)R, weights, acc);
  }
}

// Widening bfloat16 is a shift: the pair in a 32-bit lane is (even input, odd input).
INLINE void tile_bfloat16(int R, int P, const float *x, size_t inputs, const char *w, ptrdiff_t ahead, vf *acc) {
  size_t pairs = inputs / 2;
  vf even[most_panels], odd[most_panels];
  for (size_t k = 0; k < pairs; k++) {
    UNROLL for (int p = 0; p < P; p++) {
      const char *at = w + k * step + p * line;
      prefetch(at + ahead);
      vu both = v_load_bits(at);
      even[p] = v_bits_to_float(both << 16);
      odd[p] = v_bits_to_float(both & 0xffff0000u);
    }
    tile_step(R, P, x + 2 * k * (size_t)R, even, acc);
    tile_step(R, P, x + (2 * k + 1) * (size_t)R, odd, acc);
  }
  if (inputs % 2) {
    UNROLL for (int p = 0; p < P; p++)
        even[p] = v_bits_to_float(v_load_bits(w + pairs * step + p * line) << 16);
    tile_step(R, P, x + 2 * pairs * (size_t)R, even, acc);
  }
}

// The integers of a group are summed first and then scaled, so a weight costs one multiply-add as in the other storages:
// acc = fma(sum of the group, scale, acc).
INLINE void tile_int8(
    int R, int P, const float *x, size_t inputs, const char *scales, const char *w, ptrdiff_t ahead, vf *acc) {
  const size_t group_bytes = step + ck_group * line;
  for (size_t k = 0; k < inputs; k += ck_group, scales += group_bytes, w += group_bytes) {
    size_t count = inputs - k < ck_group ? inputs - k : ck_group;
    vf sums[most_sums];
    UNROLL for (int i = 0; i < R * P; i++) sums[i] = v_all(0);
    for (size_t i = 0; i < count; i++) {
      vf weights[most_panels];
      const char *at = w + i * line;
      prefetch(at + ahead);
      UNROLL for (int p = 0; p < P; p++) {
        vb q = *(const vb_unaligned *)(at + p * ck_lanes);
        weights[p] = __builtin_convertvector(__builtin_convertvector(q, vi), vf);
      }
      tile_step(R, P, x + (k + i) * (size_t)R, weights, sums);
    }
    UNROLL for (int p = 0; p < P; p++) {
      const char *at = scales + p * line;
      prefetch(at + ahead);
      vf scale = v_load((const float *)at);
      UNROLL for (int r = 0; r < R; r++) acc[r * P + p] = v_fma(sums[r * P + p], scale, acc[r * P + p]);
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
INLINE void tile_dot(int R, int P, const uint32_t *x, size_t inputs, const char *w, ptrdiff_t ahead, vf *acc) {
  size_t pairs = (inputs + 1) / 2;
  for (size_t k = 0; k < pairs; k++) {
    vu weights[most_panels];
    UNROLL for (int p = 0; p < P; p++) {
      const char *at = w + k * step + p * line;
      prefetch(at + ahead);
      weights[p] = v_load_bits(at);
    }
    UNROLL for (int r = 0; r < R; r++) {
      vu b = (vu)x[k * (size_t)R + (size_t)r];
      UNROLL for (int p = 0; p < P; p++) acc[r * P + p] = v_dot_pair(acc[r * P + p], b, weights[p]);
    }
  }
}
