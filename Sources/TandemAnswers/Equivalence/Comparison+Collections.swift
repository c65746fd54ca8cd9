/// Lists, sets and sets of real numbers.
extension Comparison {
  /// Compares when one side is a list, set or union; nil when neither is.
  mutating func collections(_ g: Int, _ a: Int) -> Bool? {
    if let set = listedSet(gold, g) { return areEqual(set, a) }
    if let set = listedSet(answer, a) { return areEqual(g, set) }
    let isList = isCollection(gold, g) || isCollection(answer, a)
    guard isList || isRealSet(gold, g) || isRealSet(answer, a) else { return nil }
    if let result = realSets(g, a) { return result }
    guard isList else { return nil }
    policy = .list
    let listed = answer.kind(a) == .list ? namedTuple(g, a) : nil
    if let listed { return listed }
    if gold.kind(g) == .union || answer.kind(a) == .union {
      guard gold.kind(g) == answer.kind(a) else { return false }
    }
    let x = members(gold, g)
    let y = members(answer, a)
    if x.count == 1, y.count > 1, answer.kind(a) == .list, answer.payload(a) == 1 {
      // "1/2 or 0.5": two spellings of one value; two values are no answer.
      for member in y where !areEqual(x[0], member) { return false }
      return true
    }
    guard x.count == y.count else { return false }
    return areMatched(x, y)
  }

  private func isCollection(_ tree: Tree, _ node: Int) -> Bool {
    switch tree.kind(node) {
    case .list, .set, .union, .intersection, .difference: true
    default: false
    }
  }

  /// The members listed in `x \in \{1, 2\}`.
  private func listedSet(_ tree: Tree, _ node: Int) -> Int? {
    guard tree.kind(node) == .member, tree.kind(tree.child(node, 1)) == .set else { return nil }
    return tree.child(node, 1)
  }

  private func isRealSet(_ tree: Tree, _ node: Int) -> Bool {
    switch tree.kind(node) {
    case .member, .reals, .emptySet: return true
    case .relation:
      return (0..<tree.count(node) - 1).contains { tree.relation(node, $0) != .equal }
    default: return false
    }
  }

  private func members(_ tree: Tree, _ node: Int) -> [Int] {
    isCollection(tree, node) ? tree.children(node) : [node]
  }

  /// Pairs each gold member with a different equal member of the answer.
  private mutating func areMatched(_ x: [Int], _ y: [Int]) -> Bool {
    var rest = y
    for member in x {
      guard let index = firstMatch(member, rest) else {
        policy = .list
        return false
      }
      rest.remove(at: index)
    }
    policy = .list
    return true
  }

  private mutating func firstMatch(_ member: Int, _ candidates: [Int]) -> Int? {
    for (index, candidate) in candidates.enumerated() where areEqual(member, candidate) {
      return index
    }
    return nil
  }

  /// `x = 3, y = 4` for the gold pair `(3, 4)`, names in the order of the question.
  private mutating func namedTuple(_ g: Int, _ a: Int) -> Bool? {
    let round = Tree.Bracket.pair(Tree.Bracket.round, Tree.Bracket.round)
    guard gold.kind(g) == .group, gold.payload(g) == round, answer.payload(a) == 0 else {
      return nil
    }
    var values: [(name: UInt64, value: Int)] = []
    for member in answer.children(a) {
      guard answer.kind(member) == .relation, answer.count(member) == 2,
        answer.relation(member, 0) == .equal, answer.kind(answer.child(member, 0)) == .symbol
      else { return nil }
      values.append((answer.payload(answer.child(member, 0)), answer.child(member, 1)))
    }
    values = hints.ordered(values) { $0.name }
    guard values.count == gold.count(g) else { return false }
    for (index, entry) in values.enumerated() where !areEqual(gold.child(g, index), entry.value) {
      return false
    }
    policy = .tuple
    return true
  }

  // MARK: Sets of real numbers

  /// Compares two sets of real numbers piece by piece; nil when one is none.
  private mutating func realSets(_ g: Int, _ a: Int) -> Bool? {
    let isPlain = { (tree: Tree, node: Int) in
      tree.kind(node) == .list || tree.kind(node) == .set
    }
    if isPlain(gold, g) && isPlain(answer, a) && !holdsInequality(gold, g)
      && !holdsInequality(answer, a)
    {
      return nil
    }
    guard let x = RealSet(gold, g), let y = RealSet(answer, a) else { return nil }
    // Inequalities in different names differ.
    if let p = x.name, let q = y.name, p != q {
      policy = .realSet
      return false
    }
    policy = .realSet
    guard x.pieces.count == y.pieces.count else { return false }
    for (p, q) in zip(x.pieces, y.pieces) {
      guard p.lower.isClosed == q.lower.isClosed, p.upper.isClosed == q.upper.isClosed,
        areSame(p.lower, q.lower), areSame(p.upper, q.upper)
      else {
        policy = .realSet
        return false
      }
    }
    policy = .realSet
    return true
  }

  private func holdsInequality(_ tree: Tree, _ node: Int) -> Bool {
    tree.children(node).contains { isRealSet(tree, $0) }
  }

  private mutating func areSame(_ p: RealSet.Bound, _ q: RealSet.Bound) -> Bool {
    switch (p.node, q.node) {
    case (nil, nil): p.position == q.position
    case (let x?, let y?): areEqual(x, y)
    default: false
    }
  }
}
