// Weights into panels and back, the same at every level.

#include "levels.h"

#pragma STDC FP_CONTRACT OFF

enum {
  outputs = ck_lanes * ck_block_panels,
  int8_group_bytes = (4 + ck_group) * outputs,
};

size_t ck_block_bytes(ck_storage storage, size_t inputs) {
  switch (storage) {
    case ck_storage_float32: return inputs * 4 * outputs;
    case ck_storage_bfloat16: return (inputs + 1) / 2 * 4 * outputs;
    case ck_storage_int8: return (inputs + ck_group - 1) / ck_group * int8_group_bytes;
  }
  return 0;
}

static float float_of(uint32_t bits) {
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

static uint32_t bits_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return bits;
}

static float widen_half(uint16_t half) {
  uint32_t sign = (uint32_t)(half & 0x8000) << 16, magnitude = half & 0x7fffu;
  // A product with a power of two is exact, and normalises what is subnormal in the half.
  uint32_t finite = bits_of(float_of(magnitude << 13) * 0x1p112f);
  return float_of(sign | (magnitude >= 0x7c00 ? 0x7f800000u | (magnitude & 0x3ffu) << 13 : finite));
}

static uint16_t narrow_bfloat16(float value) {
  uint32_t bits = bits_of(value);
  uint32_t rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
  return (uint16_t)((bits & 0x7fffffffu) > 0x7f800000u ? bits >> 16 | 0x40 : rounded);
}

static uint16_t half_at(const char *from, size_t index) {
  uint16_t half;
  memcpy(&half, from + 2 * index, 2);
  return half;
}

void ck_widen(ck_element element, const void *from, size_t count, float *to) {
  switch (element) {
    case ck_element_float32: memcpy(to, from, 4 * count); break;
    case ck_element_bfloat16:
      for (size_t i = 0; i < count; i++) to[i] = float_of((uint32_t)half_at(from, i) << 16);
      break;
    case ck_element_float16:
      for (size_t i = 0; i < count; i++) to[i] = widen_half(half_at(from, i));
      break;
  }
}

// Some rows of a block, as many inputs at a time as share a scale, with the outputs side by side as the block has them.
typedef struct strip {
  size_t first_lane, lanes;
  size_t start, count;  // inputs
  float values[ck_group][outputs];
} strip;

static void put_float32(const strip *s, float *block) {
  for (size_t i = 0; i < s->count; i++)
    memcpy(block + (s->start + i) * outputs + s->first_lane, s->values[i], s->lanes * sizeof(float));
}

static void put_bfloat16(const strip *s, uint16_t *block) {
  for (size_t i = 0; i < s->count; i++) {
    uint16_t *to = block + ((s->start + i) / 2 * outputs + s->first_lane) * 2 + i % 2;
    for (size_t r = 0; r < s->lanes; r++) to[2 * r] = narrow_bfloat16(s->values[i][r]);
  }
}

// The greatest magnitude of a group becomes 127. A group with a value that is not finite has a scale that is not, and
// so no weight of it is.
static void put_int8(const strip *s, char *block) {
  char *group = block + s->start / ck_group * int8_group_bytes;
  float *scales = (float *)group + s->first_lane;
  float greatest[outputs] = {0};
  for (size_t i = 0; i < s->count; i++)
    for (size_t r = 0; r < s->lanes; r++) {
      float magnitude = fabsf(s->values[i][r]);
      // A NaN compares false either way: it is taken, and then stays.
      greatest[r] = magnitude <= greatest[r] || greatest[r] != greatest[r] ? greatest[r] : magnitude;
    }
  float divisors[outputs];
  for (size_t r = 0; r < s->lanes; r++) {
    scales[r] = greatest[r] / 127;
    divisors[r] = scales[r] > 0 ? scales[r] : 1;
  }
  for (size_t i = 0; i < s->count; i++) {
    int8_t *to = (int8_t *)group + (4 + i) * outputs + s->first_lane;
    for (size_t r = 0; r < s->lanes; r++) {
      float quotient = s->values[i][r] / divisors[r];
      float bounded = quotient < 127 ? quotient : 127;
      bounded = bounded > -127 ? bounded : -127;
      // Adding and taking away 1.5 * 2^23 rounds to the nearest integer, ties to even.
      int8_t integer = (int8_t)(int)((bounded + 12582912.0f) - 12582912.0f);
      to[r] = integer;
    }
  }
}

// The commonest case needs no numbers: pairs of bfloat16 are moved.
static void move_pairs(const char *rows, size_t first_lane, size_t lanes, size_t inputs, uint32_t *block) {
  for (size_t k = 0; k + 2 <= inputs; k += 2)
    for (size_t r = 0; r < lanes; r++) memcpy(&block[k / 2 * outputs + first_lane + r], rows + (r * inputs + k) * 2, 4);
  if (inputs % 2)
    for (size_t r = 0; r < lanes; r++)
      block[inputs / 2 * outputs + first_lane + r] = half_at(rows, r * inputs + inputs - 1);
}

void ck_pack_rows(
    ck_storage storage, ck_element element, const void *rows, size_t first_lane, size_t count, size_t inputs,
    void *block) {
  if (storage == ck_storage_bfloat16 && element == ck_element_bfloat16) {
    move_pairs(rows, first_lane, count, inputs, block);
    return;
  }
  size_t size = element == ck_element_float32 ? 4 : 2;
  strip s = {.first_lane = first_lane, .lanes = count};
  for (s.start = 0; s.start < inputs; s.start += ck_group) {
    s.count = inputs - s.start < ck_group ? inputs - s.start : ck_group;
    float by_row[outputs][ck_group + 1];
    for (size_t r = 0; r < count; r++)
      ck_widen(element, (const char *)rows + (r * inputs + s.start) * size, s.count, by_row[r]);
    for (size_t i = 0; i < s.count; i++)
      for (size_t r = 0; r < count; r++) s.values[i][r] = by_row[r][i];
    switch (storage) {
      case ck_storage_float32: put_float32(&s, block); break;
      case ck_storage_bfloat16: put_bfloat16(&s, block); break;
      case ck_storage_int8: put_int8(&s, block); break;
    }
  }
}

void ck_unpack_row(ck_storage storage, const void *block, size_t lane, size_t inputs, float *out) {
  for (size_t k = 0; k < inputs; k++) {
    switch (storage) {
      case ck_storage_float32: out[k] = ((const float *)block)[k * outputs + lane]; break;
      case ck_storage_bfloat16:
        out[k] = float_of((uint32_t)((const uint16_t *)block)[(k / 2 * outputs + lane) * 2 + k % 2] << 16);
        break;
      case ck_storage_int8: {
        const char *group = (const char *)block + k / ck_group * int8_group_bytes;
        float scale = ((const float *)group)[lane];
        out[k] = (float)((const int8_t *)group)[4 * outputs + k % ck_group * outputs + lane] * scale;
        break;
      }
    }
  }
}
