// The layout of pages of keys and values.

#include "levels.h"

size_t ck_attention_scratch(size_t head_dim, size_t keys) {
  // The most rows of any variant, with room for the widest rounding of a row of scores.
  const size_t rows = 12;
  size_t width = (head_dim + 15) / 16 * 16;
  return rows * (2 * width + keys + 48);
}

void ck_cache_write(
    float *page, size_t positions, size_t kv_heads, size_t head_dim, size_t slot, const float *keys,
    const float *values) {
  size_t width = (head_dim + 15) / 16 * 16;
  for (size_t head = 0; head < kv_heads; head++) {
    float *first = page + head * positions * (head_dim + width);
    float *column = first + slot / 16 * 16 * head_dim + slot % 16;
    for (size_t i = 0; i < head_dim; i++) column[i * 16] = keys[head * head_dim + i];
    float *row = first + positions * head_dim + slot * width;
    memcpy(row, values + head * head_dim, head_dim * sizeof(float));
    memset(row + head_dim, 0, (width - head_dim) * sizeof(float));
  }
}
