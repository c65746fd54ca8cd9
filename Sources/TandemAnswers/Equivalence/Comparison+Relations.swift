/// Equations, inequalities and named values.
extension Comparison {
  /// Compares when one side is an equation or inequality; nil when that decides nothing.
  mutating func relations(_ g: Int, _ a: Int) -> Bool? {
    let (isGold, isAnswer) = (isEquation(gold, g), isEquation(answer, a))
    if !isGold && !isAnswer {
      let both = gold.kind(g) == .relation && answer.kind(a) == .relation
      return both ? inequalities(g, a) : nil
    }
    if isGold && isAnswer { return equations(g, a) }
    if isGold {
      guard answer.kind(a) != .relation, let value = namedValue(gold, g) else { return nil }
      return areEqual(value, a)
    }
    guard gold.kind(g) != .relation else { return false }
    if let value = namedValue(answer, a) {
      return sidesAgree(a) && (areEqual(g, value) || isConstantSide(g, a))
    }
    return isConstantChain(a) ? isConstantSide(g, a) && sidesAgree(a) : nil
  }

  private func isEquation(_ tree: Tree, _ node: Int) -> Bool {
    tree.kind(node) == .relation
      && (0..<tree.count(node) - 1).allSatisfy { tree.relation(node, $0) == .equal }
  }

  /// The value of `name = value`, either way round; the last of a chain.
  private func namedValue(_ tree: Tree, _ node: Int) -> Int? {
    let (first, last) = (tree.child(node, 0), tree.child(node, tree.count(node) - 1))
    if isName(tree, first) { return last }
    // "5 is wrong" is no name for 5.
    guard tree.count(node) == 2, tree.kind(last) != .text else { return nil }
    return isName(tree, last) ? first : nil
  }

  /// A name, a function of names such as `f(x)`, or words.
  private func isName(_ tree: Tree, _ node: Int) -> Bool {
    switch tree.kind(node) {
    case .symbol: return Symbol(code: tree.payload(node)).isVariable
    case .text: return true
    case .product:
      guard tree.kind(tree.child(node, 0)) == .symbol else { return false }
      return tree.children(node).allSatisfy { child in
        tree.kind(child) == .symbol || tree.kind(child) == .number || isName(tree, child)
      }
    case .group: return tree.children(node).allSatisfy { tree.kind($0) == .symbol }
    case .quantity: return isName(tree, tree.child(node, 0))
    case .call where tree.function(node) == .abs:
      // The length of a segment, not of a number.
      let inner = tree.child(node, 0)
      return tree.kind(inner) != .symbol && isName(tree, inner)
    default: return false
    }
  }

  // MARK: Equations

  private mutating func equations(_ g: Int, _ a: Int) -> Bool {
    policy = .relation
    if gold.count(g) == 2, answer.count(a) == 2 {
      if isName(gold, gold.child(g, 0)), isName(answer, answer.child(a, 0)),
        alike(gold.child(g, 0), answer.child(a, 0)),
        areEqual(gold.child(g, 1), answer.child(a, 1))
      {
        return true
      }
      if let ratio = ratio(g, a) {
        policy = .relation
        return !ratio.isZero
      }
    }
    if areEqualSides(g, a, isReversed: false) || areEqualSides(g, a, isReversed: true) {
      policy = .relation
      return true
    }
    // `S = \pi r^2 = 25\pi` beside `S = 25\pi`.
    if gold.count(g) != answer.count(a), alike(gold.child(g, 0), answer.child(a, 0)),
      let x = namedValue(gold, g), let y = namedValue(answer, a)
    {
      return sidesAgree(a) && areEqual(x, y)
    }
    policy = .relation
    return false
  }

  private mutating func alike(_ x: Int, _ y: Int) -> Bool {
    Tree.areAlike(gold, x, answer, y)
  }

  private mutating func areEqualSides(_ g: Int, _ a: Int, isReversed: Bool) -> Bool {
    let count = gold.count(g)
    guard count == answer.count(a) else { return false }
    for index in 0..<count {
      let other = isReversed ? count - 1 - index : index
      if !areEqual(gold.child(g, index), answer.child(a, other)) { return false }
      guard index + 1 < count else { break }
      let sign = gold.relation(g, index)
      let opposite =
        isReversed
        ? answer.relation(a, count - 2 - index).mirrored : answer.relation(a, index)
      if sign != opposite { return false }
    }
    return true
  }

  private mutating func inequalities(_ g: Int, _ a: Int) -> Bool? {
    if areEqualSides(g, a, isReversed: false) || areEqualSides(g, a, isReversed: true) {
      policy = .relation
      return true
    }
    guard gold.count(g) == 2, answer.count(a) == 2 else { return nil }
    guard let ratio = ratio(g, a) else { return nil }
    policy = .relation
    if ratio.isZero { return nil }
    let sign = answer.relation(a, 0)
    return gold.relation(g, 0) == (ratio.signum > 0 ? sign : sign.mirrored)
  }

  /// The constant factor between the differences of the sides; 0 when there is none, nil when the
  /// sides have no normal form.
  private mutating func ratio(_ g: Int, _ a: Int) -> Rational? {
    do throws(Obstacle) {
      let x = try difference(gold, g, &budget)
      let y = try difference(answer, a, &budget)
      let one = Polynomial(Rational(1))
      let left = try Polynomial.multiply(x.numerator, y.denominator ?? one, &budget)
      let right = try Polynomial.multiply(y.numerator, x.denominator ?? one, &budget)
      return left.ratio(to: right) ?? Rational(0)
    } catch {
      note(error)
      return nil
    }
  }

  private func difference(
    _ tree: Tree, _ node: Int, _ budget: inout Budget
  ) throws(Obstacle) -> Quotient {
    let form = NormalForm(tree: tree)
    let left = try form.quotient(tree.child(node, 0), &budget)
    let right = try form.quotient(tree.child(node, 1), &budget)
    return try Quotient.add(left, -right, &budget)
  }
}
