/// Units, currency, degree and percent marks.
extension Comparison {
  /// Compares two values of which one has a mark; nil when neither has.
  mutating func marked(_ g: Int, _ a: Int) -> Bool? {
    let (p, q) = (Self.mark(gold, g), Self.mark(answer, a))
    switch (p, q) {
    case (nil, nil): return nil
    case (let unit?, nil):
      let inner = gold.child(g, 0)
      if answer.kind(a) == .time, gold.kind(inner) != .time {
        policy = .time
        return false
      }
      if areEqual(inner, a) { return true }
      return unit == .percent && isHundredth(percent: gold, inner, of: answer, a)
    case (nil, let unit?):
      let inner = answer.child(a, 0)
      guard unit == .percent else {
        if isModulus(unit), !hints.asksForRemainder {
          policy = .unit
          return false
        }
        if isMeasured(gold, g) || (gold.kind(g) == .time && answer.kind(inner) == .time) {
          return areEqual(g, inner)
        }
        policy = .unit
        return false
      }
      if hints.asksForPercent, areEqual(g, inner) { return true }
      return isHundredth(percent: answer, inner, of: gold, g)
    case (let x?, let y?):
      guard x == y || Mark.areOneNoun(x, y) else {
        policy = .unit
        return false
      }
      return areEqual(gold.child(g, 0), answer.child(a, 0))
    }
  }

  enum Mark: Hashable {
    case percent
    case unit([UInt8])

    /// Whether two counted nouns can be one: the words of one are among those of the other.
    static func areOneNoun(_ a: Mark, _ b: Mark) -> Bool {
      guard case .unit(let x) = a, case .unit(let y) = b, !Unit.isMeasure(x), !Unit.isMeasure(y)
      else { return false }
      let p = Set(x.split(separator: 0x20).map(Array.init))
      let q = Set(y.split(separator: 0x20).map(Array.init))
      return p.isSubset(of: q) || q.isSubset(of: p)
    }
  }

  static func mark(_ tree: Tree, _ node: Int) -> Mark? {
    switch tree.kind(node) {
    case .percent: .percent
    case .degree: .unit(Array("degree".utf8))
    case .quantity: .unit(tree.text(node))
    default: nil
    }
  }

  private func isModulus(_ mark: Mark) -> Bool {
    guard case .unit(let name) = mark else { return false }
    return name.starts(with: Unit.modulus)
  }

  /// Whether a value can carry a unit.
  private func isMeasured(_ tree: Tree, _ node: Int) -> Bool {
    isScalar(tree, node) || tree.kind(node) == .ratio
  }

  /// Whether n % is the plain value n / 100.
  private mutating func isHundredth(
    percent: Tree, _ node: Int, of other: Tree, _ value: Int
  ) -> Bool {
    policy = .unit
    guard isScalar(other, value), isScalar(percent, node) else { return false }
    do throws(Obstacle) {
      let count = try NormalForm(tree: percent).quotient(node, &budget)
      let plain = try NormalForm(tree: other).quotient(value, &budget)
      let scaled = try Quotient.multiply(plain, Quotient(Rational(100)), &budget)
      return try Quotient.areEqual(count, scaled, &budget)
    } catch {
      note(error)
      return false
    }
  }
}
