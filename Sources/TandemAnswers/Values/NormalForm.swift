/// Turns the scalars of a tree into their normal form.
struct NormalForm {
  let tree: Tree

  /// Binomial coefficients of expressions are written out up to here.
  private static let largestChoice = 12

  /// The quotient of polynomials that a node stands for.
  ///
  /// Ends with `other` for what is no rational function of names, roots, `π`, `e` and `i`.
  func quotient(_ node: Int, _ budget: inout Budget) throws(Obstacle) -> Quotient {
    try budget.spend(1)
    switch tree.kind(node) {
    case .number: return Quotient(tree.numeral(node).value)
    case .symbol: return Quotient(Symbol(code: tree.payload(node)))
    case .mixed, .based: return try quotient(tree.child(node, 0), &budget)
    case .negative: return -(try quotient(tree.child(node, 0), &budget))
    case .percent: return try scaled(node, Rational(Integer(1), Integer(100)), &budget)
    case .degree:
      let turn = try scaled(node, Rational(Integer(1), Integer(180)), &budget)
      return try Quotient.multiply(turn, Quotient(Symbol.pi), &budget)
    case .sum:
      var result = try quotient(tree.child(node, 0), &budget)
      for index in 1..<max(1, tree.count(node)) {
        let term = try quotient(tree.child(node, index), &budget)
        result = try Quotient.add(result, term, &budget)
      }
      return result
    case .product:
      var result = try quotient(tree.child(node, 0), &budget)
      for index in 1..<max(1, tree.count(node)) {
        let factor = try quotient(tree.child(node, index), &budget)
        result = try Quotient.multiply(result, factor, &budget)
      }
      return result
    case .quotient:
      let top = try quotient(tree.child(node, 0), &budget)
      let bottom = try quotient(tree.child(node, 1), &budget)
      if let p = top.rational, let q = bottom.rational {
        guard let reciprocal = q.reciprocal else { throw .undefined }
        return Quotient(p * reciprocal)
      }
      return try Quotient.multiply(top, try bottom.reciprocal(), &budget)
    case .power: return try power(node, &budget)
    case .root: return try root(node, &budget)
    case .binomial: return try binomial(node, &budget)
    case .call: return try call(node, &budget)
    default: throw .other
    }
  }

  private func scaled(
    _ node: Int, _ factor: Rational?, _ budget: inout Budget
  ) throws(Obstacle) -> Quotient {
    guard let factor else { throw .undefined }
    return try Quotient.multiply(
      try quotient(tree.child(node, 0), &budget), Quotient(factor), &budget)
  }

  private func power(_ node: Int, _ budget: inout Budget) throws(Obstacle) -> Quotient {
    let exponent = try quotient(tree.child(node, 1), &budget)
    let base = try quotient(tree.child(node, 0), &budget)
    guard let value = exponent.rational else { throw .other }
    guard let top = value.numerator.word, let bottom = value.denominator.word else {
      throw .limit(.digits)
    }
    if base.rational?.isZero == true, top <= 0 { throw .undefined }
    return try base.power(top, bottom, &budget)
  }

  private func root(_ node: Int, _ budget: inout Budget) throws(Obstacle) -> Quotient {
    let radicand = try quotient(tree.child(node, 0), &budget)
    guard tree.count(node) > 1 else { return try radicand.power(1, 2, &budget) }
    let index = try quotient(tree.child(node, 1), &budget)
    guard let degree = index.rational, degree.isInteger, let word = degree.numerator.word, word > 0
    else { throw .other }
    return try radicand.power(1, word, &budget)
  }

  private func whole(_ node: Int, _ budget: inout Budget) throws(Obstacle) -> Int {
    guard let value = try quotient(node, &budget).rational, value.isInteger, value.signum >= 0
    else { throw .other }
    guard let word = value.numerator.word, word <= Limit.maximumFactorial else {
      throw .limit(.factorial)
    }
    return word
  }

  private func binomial(_ node: Int, _ budget: inout Budget) throws(Obstacle) -> Quotient {
    let top = try quotient(tree.child(node, 0), &budget)
    let k = try whole(tree.child(node, 1), &budget)
    guard let n = top.rational else { return try binomial(top, k, &budget) }
    guard n.isInteger, n.signum >= 0 else { throw .other }
    let steps = n.numerator.word.map { min(k, $0 - k) } ?? k
    if steps < 0 { return Quotient(Rational(0)) }
    var result = Integer(1)
    for step in 0..<steps {
      try budget.spend(1 + result.limbCount / 4)
      if result.limbCount > Limit.maximumLimbs { throw .limit(.digits) }
      let product = result * (n.numerator - Integer(step))
      guard let (quotient, _) = product.divided(by: Integer(step + 1)) else { throw .undefined }
      result = quotient
    }
    return Quotient(Rational(result))
  }

  /// `n (n - 1) ... (n - k + 1) / k!` for an expression n.
  private func binomial(
    _ n: Quotient, _ k: Int, _ budget: inout Budget
  ) throws(Obstacle) -> Quotient {
    if k > Self.largestChoice { throw .other }
    var result = Quotient(Rational(1))
    for step in 0..<k {
      let factor = try Quotient.add(n, Quotient(Rational(-step)), &budget)
      guard let part = Rational(Integer(1), Integer(step + 1)) else { throw .undefined }
      let scaled = try Quotient.multiply(factor, Quotient(part), &budget)
      result = try Quotient.multiply(result, scaled, &budget)
    }
    return result
  }

  private func call(_ node: Int, _ budget: inout Budget) throws(Obstacle) -> Quotient {
    guard let function = tree.function(node) else { throw .other }
    switch function {
    case .factorial:
      let n = try whole(tree.child(node, 0), &budget)
      var result = Integer(1)
      for factor in 1...max(1, n) {
        try budget.spend(1 + result.limbCount / 32)
        result = result * Integer(factor)
      }
      return Quotient(Rational(result))
    case .exp:
      let exponent = try quotient(tree.child(node, 0), &budget)
      guard let value = exponent.rational, let top = value.numerator.word,
        let bottom = value.denominator.word
      else { throw .other }
      return try Quotient(Symbol.e).power(top, bottom, &budget)
    case .abs, .floor, .ceiling, .gcd, .lcm, .max, .min:
      var values: [Rational] = []
      for child in tree.children(node) {
        guard let value = try quotient(child, &budget).rational else { throw .other }
        values.append(value)
      }
      guard let value = function.value(values) else { throw .other }
      return Quotient(value)
    default: throw .other
    }
  }
}

extension Function {
  /// The value at rational arguments of the functions that stay rational.
  fileprivate func value(_ values: [Rational]) -> Rational? {
    guard let first = values.first else { return nil }
    switch self {
    case .abs: return first.magnitude
    case .floor: return Rational(first.floor)
    case .ceiling: return -Rational((-first).floor)
    case .max: return values.max()
    case .min: return values.min()
    case .gcd, .lcm:
      guard values.allSatisfy(\.isInteger) else { return nil }
      var result = first.numerator.magnitude
      for value in values.dropFirst() {
        let divisor = Integer.gcd(result, value.numerator)
        if self == .gcd {
          result = divisor
        } else {
          guard let (quotient, _) = (result * value.numerator).divided(by: divisor) else {
            return Rational(0)
          }
          result = quotient.magnitude
        }
      }
      return Rational(result)
    default: return nil
    }
  }
}
