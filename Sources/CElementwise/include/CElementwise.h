// Loops of training that spend their time in exponentials.
//
// Every function works on sixteen numbers at a time, whatever the processor: wider instructions are chosen at run time
// and change no bit, because nothing is fused and sums are taken in a fixed order.
#pragma once

#include <stddef.h>

/// Replaces every number by e to the power of its distance from `offset`, and returns their sum.
///
/// Relative errors are about 1e-7; distances below -87 count as -87, those above 88 as 88.
float ce_exponentiate(float *values, float offset, size_t count);

/// The same, and the sum of every result times the number it was made from.
float ce_exponentiate_weighing(float *values, float offset, size_t count, float *weighted);

/// h = silu(gate) * up, with silu(g) = g / (1 + e^-g).
void ce_swiglu(const float *gate, const float *up, float *h, size_t count);

/// From dh: the gradients of gate and up; dh is replaced by h.
void ce_swiglu_backward(
    const float *gate, const float *up, float *dh, float *gate_gradient, float *up_gradient, size_t count);

/// p = e^(scores - log_sum), then ds = p * (ds - shift), for the first `count` numbers; the rest up to `all` becomes zero.
void ce_softmax_backward(float *scores, float *ds, float log_sum, float shift, size_t count, size_t all);
