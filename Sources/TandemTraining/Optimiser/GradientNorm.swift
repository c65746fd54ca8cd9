extension ParameterStore {
  /// The Euclidean norm of all gradients together.
  func gradientNorm(_ workers: Workers) -> Double {
    let cuts = Cuts(count, size: 1 << 16)
    var sums = [Double](repeating: 0, count: cuts.count)
    sums.withUnsafeMutableBufferPointer { sums in
      workers.forEach(cuts.count) { index, _ in
        for number in cuts[index] {
          let gradient = Double(gradients.base[number])
          sums[index] += gradient * gradient
        }
      }
    }
    return sums.reduce(0, +).squareRoot()
  }

  /// What the gradients must be multiplied with so that their norm is at most `limit`.
  static func clipping(norm: Double, limit: Double) -> Double {
    // The small number is that of PyTorch's clip_grad_norm_.
    min(1, limit / (norm + 1e-6))
  }
}
