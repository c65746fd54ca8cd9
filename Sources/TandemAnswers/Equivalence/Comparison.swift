/// Decides whether an answer equals a gold answer, both parsed.
///
/// Values are peeled from the outside: names, lists and sets, tuples and intervals, matrices,
/// marks and units, then scalars. `policy` holds the rule that decided last.
struct Comparison {
  let gold: Tree
  let answer: Tree
  let hints: QuestionHints
  var policy = Policy.kind
  /// A bound that was met on the way; it matters only when nothing else proves equality.
  var limit: Limit?
  /// What all parts of this comparison may still spend together.
  var budget = Budget()

  init(gold: Tree, answer: Tree, hints: QuestionHints) {
    self.gold = gold
    self.answer = answer
    self.hints = hints
  }

  /// Whether the two roots are equal.
  mutating func rootsAreEqual() -> Bool {
    if Tree.areAlike(gold, gold.root, answer, answer.root) {
      policy = .exact
      return true
    }
    return areEqual(gold.root, answer.root)
  }

  mutating func areEqual(_ g: Int, _ a: Int) -> Bool {
    do throws(Obstacle) {
      try budget.spend(1)
    } catch {
      note(error)
      return false
    }
    if let result = relations(g, a) ?? collections(g, a) ?? marked(g, a) { return result }
    switch (gold.kind(g), answer.kind(a)) {
    case (.group, .group): return groups(g, a)
    case (.matrix, .matrix): return matrices(g, a)
    case (.ratio, .ratio): return ratios(g, a)
    case (.ratio, _) where gold.count(g) == 2 && isScalar(answer, a):
      return ratio(gold, g, answer, a)
    case (.quotient, .ratio) where answer.count(a) == 2:
      return ratio(answer, a, gold, g)
    case (.time, _), (_, .time): return times(g, a)
    case (.based, .based):
      policy = .base
      return gold.payload(g) == answer.payload(a)
        && gold.numeral(gold.child(g, 0)).value == answer.numeral(answer.child(a, 0)).value
    case (.based, _), (_, .based):
      policy = .base
      return false
    case (.text, .text):
      policy = .text
      return gold.text(g) == answer.text(a)
    case (.text, .symbol):
      policy = .text
      return gold.text(g) == Self.folded(Symbol(code: answer.payload(a)))
    case (.symbol, .text):
      policy = .text
      return answer.text(a) == Self.folded(Symbol(code: gold.payload(g)))
    case (.infinity, .infinity), (.emptySet, .emptySet), (.reals, .reals):
      policy = .exact
      return true
    case (.negative, .negative) where gold.kind(gold.child(g, 0)) == .infinity:
      return areEqual(gold.child(g, 0), answer.child(a, 0))
    default: break
    }
    guard isScalar(gold, g), isScalar(answer, a) else {
      policy = .kind
      return false
    }
    return scalars(g, a)
  }

  func isScalar(_ tree: Tree, _ node: Int) -> Bool {
    switch tree.kind(node) {
    case .number, .symbol, .sum, .negative, .product, .quotient, .power, .root, .call, .logarithm,
      .binomial, .mixed, .percent, .degree:
      true
    default: false
    }
  }

  /// A one-letter name as prose spells it.
  private static func folded(_ symbol: Symbol) -> [UInt8] {
    symbol.description.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
  }

  // MARK: Ordered values

  private mutating func groups(_ g: Int, _ a: Int) -> Bool {
    policy = .tuple
    guard gold.count(g) == answer.count(a) else { return false }
    let angle = Tree.Bracket.pair(Tree.Bracket.angle, Tree.Bracket.angle)
    let round = Tree.Bracket.pair(Tree.Bracket.round, Tree.Bracket.round)
    let (p, q) = (gold.payload(g), answer.payload(a))
    guard p == q || (p == angle && q == round) || (p == round && q == angle) else { return false }
    for index in 0..<gold.count(g)
    where !areEqual(gold.child(g, index), answer.child(a, index)) {
      return false
    }
    policy = .tuple
    return true
  }

  private mutating func matrices(_ g: Int, _ a: Int) -> Bool {
    policy = .matrix
    guard gold.payload(g) == answer.payload(a), gold.count(g) == answer.count(a) else {
      return false
    }
    for index in 0..<gold.count(g)
    where !areEqual(gold.child(g, index), answer.child(a, index)) {
      return false
    }
    policy = .matrix
    return true
  }

  private mutating func ratios(_ g: Int, _ a: Int) -> Bool {
    defer { policy = .ratio }
    guard gold.count(g) == answer.count(a) else { return false }
    do throws(Obstacle) {
      let p = try NormalForm(tree: gold).quotient(gold.child(g, 0), &budget)
      let q = try NormalForm(tree: answer).quotient(answer.child(a, 0), &budget)
      for index in 1..<gold.count(g) {
        let x = try NormalForm(tree: gold).quotient(gold.child(g, index), &budget)
        let y = try NormalForm(tree: answer).quotient(answer.child(a, index), &budget)
        let left = try Quotient.multiply(p, y, &budget)
        let right = try Quotient.multiply(q, x, &budget)
        guard try Quotient.areEqual(left, right, &budget) else { return false }
      }
      return true
    } catch {
      note(error)
      return Tree.areAlike(gold, g, answer, a)
    }
  }

  private mutating func ratio(_ tree: Tree, _ node: Int, _ other: Tree, _ value: Int) -> Bool {
    policy = .ratio
    do throws(Obstacle) {
      let form = NormalForm(tree: tree)
      let top = try form.quotient(tree.child(node, 0), &budget)
      let bottom = try form.quotient(tree.child(node, 1), &budget)
      let quotient = try NormalForm(tree: other).quotient(value, &budget)
      let product = try Quotient.multiply(quotient, bottom, &budget)
      return try Quotient.areEqual(top, product, &budget)
    } catch {
      note(error)
      return false
    }
  }

  /// Times of day; the half of the day may be missing on one side.
  private mutating func times(_ g: Int, _ a: Int) -> Bool {
    policy = .time
    guard let x = minutes(gold, g), let y = minutes(answer, a) else { return false }
    return x.minutes == y.minutes && (x.half == y.half || x.half == 0 || y.half == 0)
  }

  private func minutes(_ tree: Tree, _ node: Int) -> (minutes: Int, half: UInt64)? {
    switch tree.kind(node) {
    case .time: return (Int(tree.payload(node) & 0xFFFF_FFFF), tree.payload(node) >> 32)
    case .number:
      let value = tree.numeral(node).value
      guard value.isInteger, let hour = value.numerator.word, 0...24 ~= hour else { return nil }
      return (hour * 60, 0)
    case .ratio where tree.count(node) == 2:
      let (p, q) = (tree.child(node, 0), tree.child(node, 1))
      guard tree.kind(p) == .number, tree.kind(q) == .number,
        let hour = tree.numeral(p).value.numerator.word, 0...24 ~= hour,
        let minute = tree.numeral(q).value.numerator.word, 0..<60 ~= minute
      else { return nil }
      return (hour * 60 + minute, 0)
    default: return nil
    }
  }

  mutating func note(_ obstacle: Obstacle) {
    if case .limit(let limit) = obstacle { self.limit = limit }
  }
}
