/// Numbers and expressions.
extension Comparison {
  mutating func scalars(_ g: Int, _ a: Int) -> Bool {
    policy = .exact
    if gold.kind(g) == .number, answer.kind(a) == .number {
      let (x, y) = (gold.numeral(g), answer.numeral(a))
      if x.value == y.value { return true }
      if !x.isDecimal, !y.isDecimal, !hints.asksForRounding { return false }
    }
    if Tree.areAlike(gold, g, answer, a) { return true }
    var forms: (gold: Quotient, answer: Quotient)?
    do throws(Obstacle) {
      let x = try NormalForm(tree: gold).quotient(g, &budget)
      let y = try NormalForm(tree: answer).quotient(a, &budget)
      if try Quotient.areEqual(x, y, &budget) { return true }
      forms = (x, y)
    } catch {
      note(error)
      if case .undefined = error { return false }
    }
    if let result = decimals(g, a, forms) { return result }
    if forms != nil {
      policy = .exact
      return false
    }
    return numeric(g, a)
  }

  // MARK: Decimals

  /// Judges a decimal beside an exact value; nil when there is no such pair.
  private mutating func decimals(
    _ g: Int, _ a: Int, _ forms: (gold: Quotient, answer: Quotient)?
  ) -> Bool? {
    let shown = Self.decimal(answer, a)
    let stated = Self.decimal(gold, g)
    if let shown, shown.isDecimal || hints.asksForRounding {
      let exact = forms?.gold.rational
      guard let value = exact?.double ?? approximate(gold, g) else { return nil }
      policy = .decimal
      return DecimalRule.accepts(
        shown, for: value, exact: exact,
        decimals: stated?.isDecimal == true ? nil : hints.decimals(for: value))
    }
    if let stated, stated.isDecimal, shown == nil {
      guard let value = forms?.answer.rational?.double ?? approximate(answer, a) else { return nil }
      policy = .decimal
      return DecimalRule.accepts(
        stated, for: value, exact: forms?.answer.rational, decimals: nil)
    }
    return nil
  }

  private func approximate(_ tree: Tree, _ node: Int) -> Double? {
    guard let value = Evaluation(tree: tree, isComplex: false).value(node), value.isReal,
      value.isFinite
    else { return nil }
    return value.re
  }

  /// A number literal with its sign, also in scientific notation.
  static func decimal(_ tree: Tree, _ node: Int) -> Numeral? {
    switch tree.kind(node) {
    case .number: return tree.numeral(node)
    case .negative:
      guard var numeral = decimal(tree, tree.child(node, 0)) else { return nil }
      numeral.value = -numeral.value
      return numeral
    case .product where tree.count(node) == 2:
      guard var numeral = decimal(tree, tree.child(node, 0)), numeral.isDecimal,
        tree.kind(tree.child(node, 1)) == .power
      else { return nil }
      var budget = Budget(steps: 100)
      guard let power = try? NormalForm(tree: tree).quotient(tree.child(node, 1), &budget),
        let scale = power.rational
      else { return nil }
      numeral.value = numeral.value * scale
      return numeral
    default: return nil
    }
  }

  // MARK: Double precision

  private mutating func numeric(_ g: Int, _ a: Int) -> Bool {
    do throws(Obstacle) {
      try budget.spend(FunctionSample.cost + gold.nodes.count + answer.nodes.count)
    } catch {
      note(error)
      return false
    }
    let names = gold.variables.union(answer.variables)
    let isComplex = Self.holdsImaginary(gold) || Self.holdsImaginary(answer)
    if names.isEmpty {
      policy = .numeric
      guard let x = Evaluation(tree: gold, isComplex: isComplex).value(g),
        let y = Evaluation(tree: answer, isComplex: isComplex).value(a)
      else { return false }
      // A whole number is equal only to what is known more closely than to the next one.
      if Self.decimal(gold, g) != nil, x.error + y.error > 1e-3 { return false }
      // Two finite values that agree need no exact form; two that do not prove a difference.
      if x.isFinite && y.isFinite { limit = nil }
      return Approximation.agree(x, y) == true
    }
    policy = .sampled
    return FunctionSample(names: names.sorted { $0.code < $1.code }, isComplex: isComplex)
      .agree(gold, g, answer, a)
  }

  private static func holdsImaginary(_ tree: Tree) -> Bool {
    tree.nodes.contains { $0.kind == .symbol && $0.payload == Symbol.i.code }
  }
}
