internal import Glibc

/// How rotary frequencies are stretched for longer texts than a model was first trained on.
///
/// The formulas are those of transformers 5 (`modeling_rope_utils.py`), without the kinds whose frequencies change with
/// the length of the text.
package enum RotaryScaling: Hashable, Sendable {
  /// As they are.
  case none
  /// Every frequency divided by a factor.
  case linear(factor: Double)
  /// Long waves divided by the factor, short ones kept, those between interpolated, as in Llama 3.1.
  case llama3(factor: Double, low: Double, high: Double, original: Double)
  /// YaRN, https://arxiv.org/abs/2309.00071.
  case yarn(YaRN)

  /// The parameters of YaRN.
  package struct YaRN: Hashable, Sendable {
    /// How much longer texts become.
    package var factor: Double
    /// The length that the model was first trained on.
    package var original: Double
    /// Rotations above which a frequency is kept.
    package var betaFast = 32.0
    /// Rotations below which a frequency is divided by the factor.
    package var betaSlow = 1.0
    /// Whether the bounds of the ramp are rounded outwards to whole frequencies.
    package var truncate = true
    /// The factor of cosine and sine.
    package var attentionFactor: Double

    /// The factor of cosine and sine that follows from the others where none is given.
    static func attentionFactor(factor: Double, mscale: Double?, mscaleAllDim: Double?) -> Double {
      func scale(_ mscale: Double) -> Double { factor <= 1 ? 1 : 0.1 * mscale * log(factor) + 1 }
      if let mscale, let mscaleAllDim, mscale != 0, mscaleAllDim != 0 {
        return scale(mscale) / scale(mscaleAllDim)
      }
      return scale(1)
    }
  }

  /// The factor that cosine and sine are multiplied with.
  package var attentionFactor: Double {
    if case .yarn(let yarn) = self { yarn.attentionFactor } else { 1 }
  }

  /// The angles by which a position turns each pair of elements: `headSize / 2` numbers.
  ///
  /// Without scaling, number j is `theta^(-2j / headSize)`.
  package func inverseFrequencies(theta: Double, headSize: Int) -> [Double] {
    let frequencies = stride(from: 0, to: headSize, by: 2).map {
      pow(theta, -Double($0) / Double(headSize))
    }
    switch self {
    case .none: return frequencies
    case .linear(let factor): return frequencies.map { $0 / factor }
    case .llama3(let factor, let low, let high, let original):
      return frequencies.map { frequency in
        let wavelength = 2 * Double.pi / frequency
        if wavelength > original / low { return frequency / factor }
        if wavelength < original / high { return frequency }
        let smooth = (original / wavelength - low) / (high - low)
        return (1 - smooth) * frequency / factor + smooth * frequency
      }
    case .yarn(let yarn):
      let ramp = yarn.ramp(theta: theta, headSize: headSize)
      return zip(frequencies, ramp).map { frequency, share in
        frequency / yarn.factor * share + frequency * (1 - share)
      }
    }
  }
}

extension RotaryScaling.YaRN {
  /// The share of each frequency that is divided by the factor, from 0 to 1.
  fileprivate func ramp(theta: Double, headSize: Int) -> [Double] {
    func dimension(_ rotations: Double) -> Double {
      Double(headSize) * log(original / (rotations * 2 * .pi)) / (2 * log(theta))
    }
    var low = dimension(betaFast)
    var high = dimension(betaSlow)
    if truncate {
      low = low.rounded(.down)
      high = high.rounded(.up)
    }
    low = max(low, 0)
    high = min(high, Double(headSize - 1))
    // Two equal bounds would divide by zero.
    if low == high { high += 0.001 }
    return (0..<headSize / 2).map { min(max((Double($0) - low) / (high - low), 0), 1) }
  }
}
