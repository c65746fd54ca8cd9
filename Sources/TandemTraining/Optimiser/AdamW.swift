/// Adam with decoupled weight decay.
///
/// Loshchilov and Hutter, https://arxiv.org/abs/1711.05101.
package struct AdamWOptions: Hashable, Sendable {
  /// The factor of old means of the gradient.
  package var beta1 = 0.9
  /// The factor of old means of its square.
  package var beta2 = 0.999
  package var epsilon = 1e-8
  /// The share of every number that is taken away at learning rate 1.
  package var decay = 0.01

  /// With the usual values.
  package init() {}
}

/// The means that AdamW keeps of every trained number.
final class AdamW {
  let options: AdamWOptions
  /// The mean of the gradient, then of its square.
  let means: FloatMemory
  let squares: FloatMemory
  /// Steps taken.
  var step = 0

  /// Fresh means for as many numbers as a store has.
  init(_ options: AdamWOptions, count: Int) throws(TrainingError) {
    self.options = options
    means = try FloatMemory(count: count)
    squares = try FloatMemory(count: count)
  }

  /// x *= 1 - rate * decay; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
  /// x -= rate * (m / (1 - b1^k)) / (sqrt(v / (1 - b2^k)) + epsilon), with g the gradient times `scale`.
  func update(_ parameters: ParameterStore, rate: Double, scale: Double, _ workers: Workers) {
    step += 1
    let (b1, b2) = (Float(options.beta1), Float(options.beta2))
    let (n1, n2) = (Float(1 - options.beta1), Float(1 - options.beta2))
    let keep = Float(1 - rate * options.decay)
    let pace = Float(rate / (1 - options.beta1.power(step)))
    let root = Float(1 / (1 - options.beta2.power(step)).squareRoot())
    let (epsilon, scale) = (Float(options.epsilon), Float(scale))
    let (x, g) = (parameters.values.base, parameters.gradients.base)
    let (m, v) = (means.base, squares.base)
    workers.forEachRange(of: parameters.count, size: 1 << 16) { range, _ in
      for index in range {
        let gradient = g[index] * scale
        m[index] = b1 * m[index] + n1 * gradient
        v[index] = b2 * v[index] + n2 * (gradient * gradient)
        x[index] =
          x[index] * keep - pace * m[index] / (v[index].squareRoot() * root + epsilon)
      }
    }
  }
}
