internal import CKernels
internal import Glibc

/// The pieces of softmax over one row of logits; each is defined by one fixed order of operations.
package struct Softmax {
  private let kernels: UnsafePointer<ck_kernels>

  package init(level: KernelLevel = .best) {
    kernels = level.kernels
  }

  /// The greatest logit; NaN is passed over, minus infinity when nothing is left.
  package func maximum(_ logits: UnsafeBufferPointer<Float>) -> Float {
    guard let start = logits.baseAddress else { return -.infinity }
    return kernels.pointee.maximum(start, logits.count)
  }

  /// The index of the greatest logit, the lowest on ties; NaN is passed over, 0 when nothing is left.
  package func argmax(_ logits: UnsafeBufferPointer<Float>) -> Int {
    guard let start = logits.baseAddress else { return 0 }
    return kernels.pointee.argmax(start, logits.count)
  }

  /// log(sum(exp(logits))), in float64 from the block sums on; the raw logprob of token t is `logits[t]` minus this.
  ///
  /// Minus infinity for no logits or only minus infinities, NaN with a NaN or plus infinity among them.
  package func logSumExp(_ logits: UnsafeBufferPointer<Float>) -> Double {
    guard let start = logits.baseAddress else { return -.infinity }
    let greatest = kernels.pointee.maximum(start, logits.count)
    guard greatest > -.infinity else { return logits.contains { $0.isNaN } ? .nan : -.infinity }
    return Double(greatest) + log(kernels.pointee.exp_sum(start, greatest, logits.count))
  }

  /// Divides every logit by the temperature, which is positive.
  package func divide(_ logits: UnsafeMutableBufferPointer<Float>, by temperature: Float) {
    guard let start = logits.baseAddress else { return }
    kernels.pointee.divide(start, temperature, logits.count, start)
  }

  /// Replaces every logit by exp(logit - shift).
  package func exponentiate(_ logits: UnsafeMutableBufferPointer<Float>, minus shift: Float) {
    guard let start = logits.baseAddress else { return }
    kernels.pointee.exponential(start, shift, logits.count, start)
  }
}
