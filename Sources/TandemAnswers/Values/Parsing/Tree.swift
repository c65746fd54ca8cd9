/// A parsed answer: nodes in one array, children by index.
struct Tree: Sendable {
  enum Kind: UInt8, Sendable {
    case number, symbol, infinity
    case sum, negative, product, quotient, power, root, call, logarithm, binomial
    case plusMinus
    /// Brackets of any kind around one or more members: a tuple or interval.
    case group
    case set, list, matrix, relation, member, union, intersection, difference
    case ratio, based, mixed, quantity, percent, degree, time, text, emptySet, reals, remainder
  }

  struct Node: Sendable {
    var kind: Kind
    /// Where its children begin in `children`, and how many they are.
    var first: Int32 = 0
    var count: Int32 = 0
    /// An index, a symbol's code, a bracket pair and the like, by kind.
    var payload: UInt64 = 0
    /// Levels of nodes from here down.
    var height: Int32 = 1
  }

  /// The relation signs of a chain, four bits each.
  enum Relation: UInt64, Sendable {
    case equal = 1, less, lessOrEqual, greater, greaterOrEqual, notEqual

    /// The sign read from the other side.
    var mirrored: Relation {
      switch self {
      case .less: .greater
      case .lessOrEqual: .greaterOrEqual
      case .greater: .less
      case .greaterOrEqual: .lessOrEqual
      case .equal, .notEqual: self
      }
    }
  }

  /// Shapes of a bracket pair: opening in the low byte, closing in the next.
  enum Bracket {
    static let round: UInt64 = 0
    static let square: UInt64 = 1
    static let angle: UInt64 = 2

    static func pair(_ open: UInt64, _ close: UInt64) -> UInt64 { open | close << 8 }
  }

  private(set) var nodes: [Node] = []
  private(set) var childIndices: [Int32] = []
  private(set) var numerals: [Numeral] = []
  private(set) var texts: [[UInt8]] = []
  var root = 0

  mutating func add(_ kind: Kind, _ children: [Int] = [], payload: UInt64 = 0) -> Int {
    let first = childIndices.count
    var height: Int32 = 0
    for child in children {
      childIndices.append(Int32(truncatingIfNeeded: child))
      height = max(height, nodes[child].height)
    }
    nodes.append(
      Node(
        kind: kind, first: Int32(truncatingIfNeeded: first),
        count: Int32(truncatingIfNeeded: children.count), payload: payload, height: height + 1))
    return nodes.count - 1
  }

  mutating func add(_ kind: Kind, _ child: Int, payload: UInt64 = 0) -> Int {
    nodes.append(
      Node(
        kind: kind, first: Int32(truncatingIfNeeded: childIndices.count), count: 1,
        payload: payload, height: nodes[child].height + 1))
    childIndices.append(Int32(truncatingIfNeeded: child))
    return nodes.count - 1
  }

  mutating func add(_ numeral: Numeral) -> Int {
    numerals.append(numeral)
    return add(.number, payload: UInt64(numerals.count - 1))
  }

  mutating func add(symbol: Symbol) -> Int {
    add(.symbol, payload: symbol.code)
  }

  mutating func add(_ kind: Kind, text: [UInt8], _ children: [Int] = []) -> Int {
    texts.append(text)
    return add(kind, children, payload: UInt64(texts.count - 1))
  }

  /// The levels of nodes, which bound every recursion over the tree.
  var height: Int { nodes.reduce(0) { max($0, Int($1.height)) } }

  func kind(_ node: Int) -> Kind { nodes[node].kind }
  func payload(_ node: Int) -> UInt64 { nodes[node].payload }
  func count(_ node: Int) -> Int { Int(nodes[node].count) }

  func child(_ node: Int, _ index: Int) -> Int {
    Int(childIndices[Int(nodes[node].first) + index])
  }

  func children(_ node: Int) -> [Int] {
    (0..<count(node)).map { child(node, $0) }
  }

  func numeral(_ node: Int) -> Numeral { numerals[Int(payload(node))] }
  func text(_ node: Int) -> [UInt8] { texts[Int(payload(node))] }

  /// The sign between children `index` and `index + 1` of a relation.
  func relation(_ node: Int, _ index: Int) -> Relation {
    Relation(rawValue: payload(node) >> UInt64(4 * index) & 7) ?? .equal
  }

  /// Whether a sign of equality is one of approximation.
  func isApproximate(_ node: Int, _ index: Int) -> Bool {
    payload(node) >> UInt64(4 * index) & 8 != 0
  }

  /// The function of a call.
  func function(_ node: Int) -> Function? { Function(rawValue: payload(node)) }

  /// Whether two nodes are written alike.
  static func areAlike(_ a: Tree, _ x: Int, _ b: Tree, _ y: Int) -> Bool {
    let (p, q) = (a.nodes[x], b.nodes[y])
    guard p.kind == q.kind, p.count == q.count else { return false }
    switch p.kind {
    case .number: if a.numeral(x).value != b.numeral(y).value { return false }
    case .text, .quantity: if a.text(x) != b.text(y) { return false }
    default: if p.payload != q.payload { return false }
    }
    for index in 0..<Int(p.count) where !areAlike(a, a.child(x, index), b, b.child(y, index)) {
      return false
    }
    return true
  }

  /// The names that occur in it.
  var variables: Set<Symbol> {
    var result: Set<Symbol> = []
    for node in nodes where node.kind == .symbol {
      let symbol = Symbol(code: node.payload)
      if symbol.isVariable { result.insert(symbol) }
    }
    return result
  }
}
