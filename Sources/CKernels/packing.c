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
  if (magnitude >= 0x7c00) return float_of(sign | 0x7f800000u | (magnitude & 0x3ffu) << 13);
  // A product with a power of two is exact, and normalises what is subnormal in the half.
  return float_of(bits_of(float_of(magnitude << 13) * 0x1p112f) | sign);
}

static uint16_t narrow_bfloat16(float value) {
  uint32_t bits = bits_of(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) return (uint16_t)(bits >> 16 | 0x40);
  return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

static float element_at(ck_element element, const char *row, size_t index) {
  uint16_t half;
  float value;
  switch (element) {
    case ck_element_float32: memcpy(&value, row + 4 * index, 4); return value;
    case ck_element_bfloat16: memcpy(&half, row + 2 * index, 2); return float_of((uint32_t)half << 16);
    case ck_element_float16: memcpy(&half, row + 2 * index, 2); return widen_half(half);
  }
  return 0;
}

static void pack_float32(ck_element element, const char *row, size_t inputs, size_t lane, float *block) {
  for (size_t k = 0; k < inputs; k++) block[k * outputs + lane] = element_at(element, row, k);
}

static void pack_bfloat16(ck_element element, const char *row, size_t inputs, size_t lane, uint16_t *block) {
  for (size_t k = 0; k < inputs; k++) {
    uint16_t value;
    if (element == ck_element_bfloat16) memcpy(&value, row + 2 * k, 2);
    else value = narrow_bfloat16(element_at(element, row, k));
    block[(k / 2 * outputs + lane) * 2 + k % 2] = value;
  }
}

// The greatest magnitude of a group becomes 127. A group with a value that is not finite has a scale that is not, and
// so gives none.
static void pack_int8(ck_element element, const char *row, size_t inputs, size_t lane, char *block) {
  for (size_t start = 0; start < inputs; start += ck_group) {
    size_t count = inputs - start < ck_group ? inputs - start : ck_group;
    float values[ck_group], greatest = 0;
    for (size_t i = 0; i < count; i++) {
      values[i] = element_at(element, row, start + i);
      float magnitude = fabsf(values[i]);
      if (magnitude > greatest || isnan(magnitude)) greatest = magnitude;
    }
    char *group = block + start / ck_group * int8_group_bytes;
    float scale = greatest / 127;
    memcpy(group + lane * 4, &scale, 4);
    int8_t *integers = (int8_t *)group + 4 * outputs;
    for (size_t i = 0; i < count; i++) {
      float quotient = scale > 0 && isfinite(scale) ? values[i] / scale : greatest == 0 ? 0 : 1;
      float bounded = quotient > 127 ? 127 : quotient < -127 ? -127 : quotient;
      integers[i * outputs + lane] = (int8_t)rintf(bounded);
    }
  }
}

void ck_pack_block(
    ck_storage storage, ck_element element, const void *const *rows, size_t inputs, void *block) {
  for (size_t lane = 0; lane < outputs; lane++) {
    if (!rows[lane]) continue;
    switch (storage) {
      case ck_storage_float32: pack_float32(element, rows[lane], inputs, lane, block); break;
      case ck_storage_bfloat16: pack_bfloat16(element, rows[lane], inputs, lane, block); break;
      case ck_storage_int8: pack_int8(element, rows[lane], inputs, lane, block); break;
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

void ck_widen(ck_element element, const void *from, size_t count, float *to) {
  for (size_t i = 0; i < count; i++) to[i] = element_at(element, from, i);
}
