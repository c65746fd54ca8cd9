// exp by argument reduction and a polynomial: exp(x) = 2^k exp(r) with |r| <= ln(2)/2. The two-part ln 2 and the minimax
// coefficients are those of Cephes' expf (S. Moshier). Results underflow gradually; above 88.73 they are infinite; NaN
// stays NaN.
INLINE vf v_exp(vf x) {
  // Beyond these every result is 0 or infinite, and k stays small enough for the exponent arithmetic.
  vf bounded = x < v_all(-104.0f) ? v_all(-104.0f) : x;
  bounded = bounded > v_all(89.0f) ? v_all(89.0f) : bounded;
  // Adding and taking away 1.5 * 2^23 rounds to the nearest integer, ties to even.
  const vf round = v_all(12582912.0f);
  vf shifted = bounded * v_all(1.44269504f) + round;
  vf k = shifted - round;
  vf r = v_fma(k, v_all(-0.693359375f), bounded);
  r = v_fma(k, v_all(2.12194440e-4f), r);
  vf p = v_all(1.9875691500e-4f);
  p = v_fma(p, r, v_all(1.3981999507e-3f));
  p = v_fma(p, r, v_all(8.3334519073e-3f));
  p = v_fma(p, r, v_all(4.1665795894e-2f));
  p = v_fma(p, r, v_all(1.6666665459e-1f));
  p = v_fma(p, r, v_all(5.0000001201e-1f));
  p = v_fma(p, r * r, r + v_all(1.0f));
  // 2^k in two factors, because k may lie below the least exponent of a normal number.
  vi integer = (vi)shifted - (vi)round;
  vi half = integer >> 1;
  vf low = (vf)((half + 127) << 23);
  vf high = (vf)((integer - half + 127) << 23);
  return p * low * high;
}
