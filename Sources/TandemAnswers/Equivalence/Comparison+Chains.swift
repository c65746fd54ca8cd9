/// Chains of values such as `2 + 3 = 5` or `x = 9/2 = 4.5`.
extension Comparison {
  /// Whether an answer's sides are all values.
  func isConstantChain(_ a: Int) -> Bool {
    answer.children(a).allSatisfy { constant($0) != nil }
  }

  /// Whether one side that is a value, in a chain of at least two, equals the gold answer.
  mutating func isConstantSide(_ g: Int, _ a: Int) -> Bool {
    let sides = answer.children(a).filter { constant($0) != nil }
    guard sides.count > 1 else { return false }
    for side in sides where areEqual(g, side) { return true }
    return false
  }

  /// Whether the sides that are values say one value: exactly, or as a decimal rounds it.
  mutating func sidesAgree(_ a: Int) -> Bool {
    let sides = answer.children(a).filter { constant($0) != nil }.map(strip)
    guard sides.count > 1, let first = sides.first else { return true }
    let reference = sides.first { !isDecimal($0) } ?? first
    let isApproximate =
      hints.asksForRounding || (0..<answer.count(a) - 1).contains { answer.isApproximate(a, $0) }
    for side in sides where side != reference {
      if !agree(reference, side, isApproximate: isApproximate) { return false }
    }
    return true
  }

  private func constant(_ node: Int) -> Approximation? {
    Evaluation(tree: answer, isComplex: true).value(strip(node))
  }

  private func strip(_ node: Int) -> Int {
    answer.kind(node) == .quantity ? answer.child(node, 0) : node
  }

  private func isDecimal(_ node: Int) -> Bool {
    Self.decimal(answer, node)?.isDecimal == true
  }

  private mutating func agree(_ reference: Int, _ side: Int, isApproximate: Bool) -> Bool {
    var exact: Rational?
    do throws(Obstacle) {
      let x = try NormalForm(tree: answer).quotient(reference, &budget)
      let y = try NormalForm(tree: answer).quotient(side, &budget)
      if try Quotient.areEqual(x, y, &budget) { return true }
      exact = x.rational
    } catch {
      if let x = constant(reference), let y = constant(side), Approximation.agree(x, y) == true {
        return true
      }
    }
    guard let shown = Self.decimal(answer, side),
      isApproximate || (shown.isDecimal && !isDecimal(reference)),
      let value = exact?.double ?? constant(reference)?.re
    else { return false }
    return DecimalRule.isShortened(shown, from: value, exact: exact)
  }
}
