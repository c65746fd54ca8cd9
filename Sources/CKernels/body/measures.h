// What the machine can do, for benchmarks.

// As many independent chains as a tile has rows: more than latency times throughput, and all in registers.
static float peak(size_t count) {
  vf acc[CK_TILE_ROWS], a = v_all(0.999f), b = v_all(0.001f);
  UNROLL for (int i = 0; i < CK_TILE_ROWS; i++) acc[i] = v_all((float)i);
  for (size_t n = 0; n < count; n++) {
    UNROLL for (int i = 0; i < CK_TILE_ROWS; i++) acc[i] = v_fma(acc[i], a, b);
    __asm__ volatile("" ::: "memory");
  }
  vf sum = acc[0];
  for (int i = 1; i < CK_TILE_ROWS; i++) sum = sum + acc[i];
  return v_sum(sum);
}

static float read_memory(const void *data, size_t bytes, size_t ahead) {
  vu acc[8];
  UNROLL for (int i = 0; i < 8; i++) acc[i] = (vu)0;
  const char *bytes_of = data;
  for (size_t at = 0; at < bytes; at += 512) UNROLL for (int i = 0; i < 8; i++) {
    __builtin_prefetch(bytes_of + at + 64 * i + ahead, 0, 2);
    acc[i] = acc[i] ^ v_load_bits(bytes_of + at + 64 * i);
  }
  vu sum = acc[0];
  for (int i = 1; i < 8; i++) sum = sum ^ acc[i];
  return v_sum(__builtin_convertvector(sum & 1u, vf));
}
