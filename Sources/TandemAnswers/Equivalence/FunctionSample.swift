internal import TandemRecords

/// Compares two expressions as functions at seeded points.
struct FunctionSample {
  let names: [Symbol]
  let isComplex: Bool

  private static let points: UInt64 = 60
  /// Steps that a comparison pays for a sample.
  static let cost = 60

  private static let fewestDefined = 6
  private static let generator = Philox(key: 0x7461_6E64_656D)

  /// Whether both are defined at the same points and agree there.
  func agree(_ a: Tree, _ x: Int, _ b: Tree, _ y: Int) -> Bool {
    var defined = 0
    let isCounting = Self.holdsFactorial(a, x) || Self.holdsFactorial(b, y)
    var first = Evaluation(tree: a, isComplex: isComplex)
    var second = Evaluation(tree: b, isComplex: isComplex)
    for point in 0..<Self.points {
      for (index, name) in names.enumerated() {
        let uniform = Self.generator.block(point, UInt64(index)).0
        let unit = Double(uniform >> 11) * 0x1p-53
        let value = isCounting ? 8 + 20 * unit : Self.spread(unit, point)
        first.values[name] = value
        second.values[name] = value
      }
      switch (first.value(x), second.value(y)) {
      case (nil, nil): continue
      case (let p?, let q?):
        guard let agree = Approximation.agree(p, q) else { continue }
        if !agree { return false }
        defined += 1
      default: return false
      }
    }
    return defined >= Self.fewestDefined
  }

  /// Whether a factorial or binomial coefficient of a name occurs; these are about large numbers.
  private static func holdsFactorial(_ tree: Tree, _ node: Int) -> Bool {
    let isOne =
      tree.kind(node) == .binomial
      || tree.kind(node) == .call && tree.function(node) == .factorial
    return isOne && holdsName(tree, node)
      || tree.children(node).contains { holdsFactorial(tree, $0) }
  }

  private static func holdsName(_ tree: Tree, _ node: Int) -> Bool {
    tree.kind(node) == .symbol && Symbol(code: tree.payload(node)).isVariable
      || tree.children(node).contains { holdsName(tree, $0) }
  }

  /// Small positive numbers, numbers around 0, and numbers up to 1,000, in turn.
  private static func spread(_ unit: Double, _ point: UInt64) -> Double {
    switch point % 3 {
    case 0: return 0.1 + 2.9 * unit
    case 1: return -3 + 6 * unit
    default:
      let size = 1_000 * unit * unit * unit
      return point % 2 == 0 ? size : -size
    }
  }
}
