/// A union of intervals of real numbers, sorted, with its bounds as nodes of a tree.
struct RealSet {
  struct Bound {
    /// The node of a finite bound.
    var node: Int?
    /// Its place in double precision; infinite without a node.
    var position: Double
    var isClosed: Bool
  }

  struct Piece {
    var lower: Bound
    var upper: Bound
  }

  private(set) var pieces: [Piece]
  /// The name that a condition is about.
  private(set) var name: UInt64?

  private static let everything = Piece(
    lower: Bound(position: -.infinity, isClosed: false),
    upper: Bound(position: .infinity, isClosed: false))

  /// Reads intervals, unions, inequalities in one name and conditions joined by "or"; nil for
  /// anything else.
  init?(_ tree: Tree, _ node: Int) {
    pieces = []
    guard add(tree, node) else { return nil }
    pieces.sort { $0.lower.position < $1.lower.position }
  }

  private mutating func add(_ tree: Tree, _ node: Int) -> Bool {
    switch tree.kind(node) {
    case .emptySet: return true
    case .reals:
      pieces.append(Self.everything)
      return true
    case .member:
      if tree.kind(tree.child(node, 0)) == .symbol { name = tree.payload(tree.child(node, 0)) }
      return add(tree, tree.child(node, 1))
    case .union:
      return tree.children(node).allSatisfy { add(tree, $0) }
    case .group:
      let angle = Tree.Bracket.angle
      guard tree.count(node) == 2, tree.payload(node) & 0xFF != angle else { return false }
      guard let lower = Self.bound(tree, tree.child(node, 0), tree.payload(node) & 0xFF == 1),
        let upper = Self.bound(tree, tree.child(node, 1), tree.payload(node) >> 8 == 1)
      else { return false }
      pieces.append(Piece(lower: lower, upper: upper))
      return true
    case .set:
      for child in tree.children(node) {
        guard let point = Self.bound(tree, child, true) else { return false }
        pieces.append(Piece(lower: point, upper: point))
      }
      return true
    case .difference: return addDifference(tree, node)
    case .relation: return addRelation(tree, node)
    case .list: return addConditions(tree, node)
    default: return false
    }
  }

  private static func bound(_ tree: Tree, _ node: Int, _ isClosed: Bool) -> Bound? {
    if tree.kind(node) == .infinity { return Bound(position: .infinity, isClosed: false) }
    if tree.kind(node) == .negative, tree.kind(tree.child(node, 0)) == .infinity {
      return Bound(position: -.infinity, isClosed: false)
    }
    guard let value = Evaluation(tree: tree, isComplex: false).value(node), value.isReal else {
      return nil
    }
    return Bound(node: node, position: value.re, isClosed: isClosed)
  }

  /// `\mathbb{R} \setminus \{a, b\}`.
  private mutating func addDifference(_ tree: Tree, _ node: Int) -> Bool {
    guard tree.kind(tree.child(node, 0)) == .reals, tree.kind(tree.child(node, 1)) == .set else {
      return false
    }
    var points: [Bound] = []
    for child in tree.children(tree.child(node, 1)) {
      guard let point = Self.bound(tree, child, false), point.node != nil else { return false }
      points.append(point)
    }
    appendGaps(points)
    return true
  }

  private mutating func appendGaps(_ points: [Bound]) {
    var lower = Self.everything.lower
    for point in points.sorted(by: { $0.position < $1.position }) {
      pieces.append(Piece(lower: lower, upper: point))
      lower = point
    }
    pieces.append(Piece(lower: lower, upper: Self.everything.upper))
  }

  /// `x < a`, `a <= x < b` and their mirror images, `x \ne a`.
  private mutating func addRelation(_ tree: Tree, _ node: Int) -> Bool {
    let count = tree.count(node)
    guard count == 2 || count == 3 else { return false }
    let middle = count == 3 ? 1 : tree.kind(tree.child(node, 0)) == .symbol ? 0 : 1
    let center = tree.child(node, middle)
    guard tree.kind(center) == .symbol, Symbol(code: tree.payload(center)).isVariable,
      name == nil || name == tree.payload(center)
    else { return false }
    name = tree.payload(center)
    var piece = Self.everything
    for index in 0..<count where index != middle {
      let sign = tree.relation(node, min(index, middle))
      // Read with the name on the left.
      let side = index > middle ? sign : sign.mirrored
      let isClosed = side == .lessOrEqual || side == .greaterOrEqual
      guard let bound = Self.bound(tree, tree.child(node, index), isClosed) else { return false }
      switch side {
      case .less, .lessOrEqual: piece.upper = bound
      case .greater, .greaterOrEqual: piece.lower = bound
      case .notEqual:
        guard count == 2, bound.node != nil else { return false }
        appendGaps([bound])
        return true
      case .equal: return false
      }
    }
    pieces.append(piece)
    return true
  }

  /// Conditions in a row: "or" unites them, otherwise they hold together where that is possible.
  private mutating func addConditions(_ tree: Tree, _ node: Int) -> Bool {
    var parts: [Piece] = []
    for child in tree.children(node) {
      guard tree.kind(child) == .relation || tree.kind(child) == .group else { return false }
      guard tree.kind(child) == .relation || tree.payload(node) == 1 else { return false }
      let before = pieces
      pieces = []
      guard add(tree, child) else { return false }
      parts.append(contentsOf: pieces)
      pieces = before
    }
    if tree.payload(node) == 0, parts.count == 2 {
      let lower = parts[0].lower.position > parts[1].lower.position ? parts[0] : parts[1]
      let upper = parts[0].upper.position < parts[1].upper.position ? parts[0] : parts[1]
      if lower.lower.position < upper.upper.position {
        pieces.append(Piece(lower: lower.lower, upper: upper.upper))
        return true
      }
    }
    pieces.append(contentsOf: parts)
    return true
  }
}
