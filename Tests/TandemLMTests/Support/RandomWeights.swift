import TandemMath

@testable import TandemLM

/// Weights made up from a seed, for models that stand in no folder: the same name and shape give the same numbers.
struct RandomWeights: WeightSource {
  var seed = 1
  var type = TensorType.f32

  func withTensors<Result>(
    _ wanted: [WantedTensor], _ body: ([TensorBytes]) throws -> Result
  ) throws -> Result {
    let arrays = wanted.map(bytes)
    func nest(_ index: Int, _ found: [TensorBytes]) throws -> Result {
      guard index < arrays.count else { return try body(found) }
      return try arrays[index].withUnsafeBytes { bytes in
        let rows = wanted[index].shape.count > 1 ? wanted[index].shape[0] : 1
        return try nest(
          index + 1, found + [TensorBytes(bytes, element: type.element, rows: rows)])
      }
    }
    return try nest(0, [])
  }

  /// The bytes of a tensor.
  func bytes(_ wanted: WantedTensor) -> [UInt8] {
    let values = values(wanted)
    switch type {
    case .bf16:
      return values.flatMap { value -> [UInt8] in
        let bits = UInt16(value.bitPattern >> 16)
        return [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
      }
    case .f16:
      return values.flatMap { value -> [UInt8] in
        let bits = Float16(value).bitPattern
        return [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
      }
    default: return values.withUnsafeBytes { Array($0) }
    }
  }

  /// Norms near one, everything else small enough for activations to stay of one size.
  func values(_ wanted: WantedTensor) -> [Float] {
    let hash = wanted.name.utf8.reduce(seed) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }
    var random = SeededGenerator(hash)
    let isNorm = wanted.name.contains("norm")
    let inputs = wanted.shape.count > 1 ? wanted.shape[1] : 4
    let spread = isNorm ? 0.3 : 1.7 / Float(inputs).squareRoot()
    return (0..<wanted.shape.reduce(1, *)).map { _ in
      Float.random(in: -spread...spread, using: &random) + (isNorm ? 1 : 0)
    }
  }
}
